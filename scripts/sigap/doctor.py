"""`sigap doctor`: is what is published whole, and is it what history says? Each trouble is one line with what to run.

It only reads. What Sigap published can be made again from history, so nearly every cure is one of three commands.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from . import branch, editions, git, publish, site
from .addresses import uri, web
from .branch import BRANCH, REF, ROOT_FILES, is_ours
from .comparison import files as comparison
from .errors import Trouble
from .load import edition_order
from .model import Curriculum
from .settings import LATEST
from .tree import MODULES

AGAIN = "sigap publish --all"
"""Makes every published file again, on top of the branch."""
ANEW = f"git branch -D {BRANCH} && sigap publish --all"
"""The same, where the branch says so little that nothing can be put on top of it."""
_EDITION = re.compile(r"\d{4}\.\d+")
_LOOKED_BACK = 200


@dataclass(frozen=True, order=True)
class Ill:
    """What is wrong, and what to run."""

    what: str
    run: str

    def __str__(self) -> str:
        return f"{self.what} Jalankan: {self.run}"


@dataclass(eq=False)
class Branch:
    """A commit of the branch, read: its files by path, and what it says of itself."""

    root: Path
    tip: str

    @cached_property
    def modes(self) -> Mapping[str, tuple[str, str]]:
        out = git.git(self.root, "ls-tree", "-r", "-z", self.tip).split(b"\0")
        found = {}
        for entry in out:
            if entry:
                head, _, path = entry.partition(b"\t")
                mode, _, blob = head.decode().split()
                found[path.decode("utf-8", "replace")] = (mode, blob)
        return found

    @cached_property
    def missing(self) -> set[str]:
        """Objects that the tree names and the repository does not have."""
        out = git.line(self.root, "rev-list", "--objects", "--missing=print", f"{self.tip}^{{tree}}", quiet=True)
        return {line[1:] for line in out.splitlines() if line.startswith("?")}

    def json(self, path: str) -> Any:
        """A JSON file; None where it is missing or cannot be read."""
        if path not in self.modes or self.modes[path][1] in self.missing:
            return None
        try:
            return json.loads(git.git(self.root, "cat-file", "blob", self.modes[path][1], quiet=True))
        except ValueError:
            return None

    @cached_property
    def versions(self) -> list[dict[str, Any]] | None:
        """The entries of versions.json; None where it cannot be read."""
        listed = self.json("versions.json")
        if not isinstance(listed, list) or not listed:
            return None
        sound = all(isinstance(entry, dict) and isinstance(entry.get("version"), str) for entry in listed)
        return listed if sound else None


def doctor(root: Path, *, rebuild: bool = False) -> Iterator[Ill]:
    """Everything that is wrong with what is published from `root`. Raises Trouble where that cannot be told.

    With `rebuild` every edition is also built aside and compared with the branch byte for byte.
    """
    git.require_repository(root)
    remote = _remote(root)
    tip = git.commit_of(root, REF)
    there = _fetched(root, remote) if remote else ""
    if not tip and there:
        yield Ill(f"Cabang {BRANCH} belum ada di sini.", f"git fetch {remote} {BRANCH}:{BRANCH}")
        return
    cuts = {cut.name: cut for cut in editions.history(root) if not cut.fault}
    gone = {old for cut in cuts.values() for old in cut.replaces}
    known = {name: cut.commit for name, cut in cuts.items() if name not in gone}
    if not tip:
        if known:
            yield Ill(f"Cabang {BRANCH} tidak ada, padahal ada {len(known)} edisi.", AGAIN)
        return
    history = list(_history(root, remote, {name: cut.commit for name, cut in cuts.items()}, tip))
    yield from history
    here = [] if history else list(examined(root, tip, known))
    if there and there != tip:
        sound = not history and not any(examined(root, there, known))
        if here and sound:
            what = f"{len(here)} hal rusak di sini, yang pertama: {here[0].what} {BRANCH} di {remote} utuh."
            yield Ill(what, f"git fetch {remote} +{BRANCH}:{BRANCH}")
            return
        yield from here
        if not here and not history:
            yield from _apart(root, remote, tip, there, sound)
    else:
        yield from here
        if remote and not there and not here and not history:
            yield Ill(f"{BRANCH} belum ada di {remote}.", f"git push {remote} {BRANCH}")
    if rebuild and not here and not history:
        yield from _rebuilt(root, tip)


# --- Remotes and history --------------------------------------------------------------------------------------------


def _remote(root: Path) -> str:
    """The remote that is published to: `origin`, or the only one; empty where there is none."""
    names = git.line(root, "remote").split()
    return "origin" if "origin" in names else names[0] if len(names) == 1 else ""


def _fetched(root: Path, remote: str) -> str:
    """The remote's branch as it stands now; empty where it has none. Nothing of ours is moved."""
    if not git.line(root, "ls-remote", "--heads", remote, REF):
        return ""
    git.git(root, "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", remote, REF)
    return git.line(root, "ls-remote", "--heads", remote, REF).split()[0]


def _apart(root: Path, remote: str, tip: str, there: str, sound: bool) -> Iterator[Ill]:
    """Our branch is whole and the remote's is another."""

    def leads(old: str, new: str) -> bool:
        return git.line(root, "merge-base", old, new, quiet=True) == old

    if leads(there, tip):
        yield Ill(f"{BRANCH} di {remote} tertinggal dari yang di sini.", f"git push {remote} {BRANCH}")
    elif not sound:
        yield Ill(f"{BRANCH} di {remote} rusak.", f"git push --force-with-lease {remote} {BRANCH}")
    elif leads(tip, there):
        yield Ill(f"{BRANCH} di sini tertinggal dari {remote}.", f"git fetch {remote} {BRANCH}:{BRANCH}")
    else:
        run = f"git fetch {remote} +{BRANCH}:{BRANCH} && sigap publish --all --push {remote}"
        yield Ill(f"{BRANCH} di sini dan di {remote} bercabang.", run)


def _history(root: Path, remote: str, known: Mapping[str, str], tip: str) -> Iterator[Ill]:
    """Editions that are published and that this history does not have, or has with other content."""
    here = Branch(root, tip)
    head = git.line(root, "symbolic-ref", "--short", "--quiet", "HEAD", quiet=True) or "main"
    back = f"git fetch {remote} && git reset --keep {remote}/{head}" if remote else "git reflog, lalu git reset --keep"
    for entry in here.versions or ():
        name = entry["version"]
        if not _EDITION.fullmatch(name):
            continue
        if name not in known:
            yield Ill(f"Edisi {name} sudah terbit, tetapi tidak ada dalam riwayat {head}.", back)
        elif _stated(entry) != _content(root, known[name]) and not _holds(here, root, name, known[name]):
            yield Ill(f"Riwayat ditulis ulang: edisi {name} di {head} bukan yang terbit.", back)


def _stated(entry: Mapping[str, Any]) -> object:
    properties = entry.get("properties")
    return properties.get("isi") if isinstance(properties, dict) else None


def _content(root: Path, commit: str) -> str:
    return branch.contents(root, [commit])[0]


def _holds(here: Branch, root: Path, name: str, commit: str) -> bool:
    """Whether an edition's folder holds the sources of that commit: then it is versions.json that is wrong."""
    sources = _sources(root, name, commit)
    return all(here.modes.get(path, ("", ""))[1] == blob for path, blob in sources.items())


def _sources(root: Path, name: str, commit: str) -> dict[str, str]:
    """The Markdown that an edition publishes as it is, by its place on the branch."""
    found = git.files(root, commit, (MODULES,))
    return {f"{name}/{uri(path)}": blob for _, blob, path in found if path.endswith(".md")}


# --- One commit of the branch ---------------------------------------------------------------------------------------


def examined(root: Path, tip: str, known: Mapping[str, str]) -> Iterator[Ill]:
    """Everything that is wrong with one commit of the branch, held against the editions of history."""
    here = Branch(root, tip)
    if here.missing:
        yield Ill(f"{len(here.missing)} objek git dari {BRANCH} hilang.", ANEW)
        return
    if here.versions is None:
        yield Ill("versions.json hilang atau tidak terbaca.", ANEW)
        return
    states = {name: editions.curriculum(editions.GitTree(root, commit)) for name, commit in known.items()}
    yield from _versions(here, known, states)
    for entry in here.versions:
        name = entry["version"]
        if name in known:
            yield from _edition(here, name, known[name], states[name])
    yield from _whole(here)
    if all(_EDITION.fullmatch(entry["version"]) for entry in here.versions):
        yield from _comparisons(here)
    yield from _by_hand(here)


def _versions(here: Branch, known: Mapping[str, str], states: Mapping[str, Curriculum]) -> Iterator[Ill]:
    entries = here.versions or []
    names = [entry["version"] for entry in entries]
    if len(set(names)) != len(names):
        yield Ill("versions.json menyebut satu edisi dua kali.", ANEW)
        return
    wrong = sorted(set(names) - known.keys())
    if wrong:
        yield Ill(f"versions.json menyebut {wrong[0]}, yang bukan edisi atau sudah ditarik.", ANEW)
        return
    for name in known.keys() - set(names):
        yield Ill(f"Edisi {name} ada dalam riwayat, tetapi belum terbit.", f"sigap publish {name}")
    newest = max(names, key=edition_order)
    for entry in entries:
        name = entry["version"]
        if name not in known:
            continue
        if _stated(entry) != _content(here.root, known[name]):
            yield Ill(f"versions.json menyebut isi lain untuk edisi {name}.", ANEW)
        edition = next((edition for edition in states[name].editions if edition.name == name), None)
        facts = site.properties(edition, states[name]) if edition else {}
        if any((entry.get("properties") or {}).get(key) != value for key, value in facts.items()):
            yield Ill(f"versions.json menyebut tanggal atau modul lain untuk edisi {name}.", AGAIN)
        if entry.get("title") != name or entry.get("aliases") != ([LATEST] if name == newest else []):
            yield Ill(f"versions.json menyebut judul atau alias lain untuk edisi {name}.", ANEW)
    if names != sorted(names, key=edition_order, reverse=True):
        yield Ill("Urutan edisi dalam versions.json salah.", ANEW)
    if git.tree_of(here.root, here.tip, LATEST) != git.tree_of(here.root, here.tip, newest):
        yield Ill(f"Alias {LATEST} bukan salinan edisi {newest}.", AGAIN)


def _edition(here: Branch, name: str, commit: str, state: Curriculum) -> Iterator[Ill]:
    """Pages, sources and pictures of one edition."""
    wanted = [f"{name}/{web(path)}index.html" for path in state.documents]
    wanted += [f"{name}/kurikulum.json", f"{name}/index.html", f"{name}/pagefind/pagefind.js"]
    lost = sorted(path for path in wanted if path not in here.modes)
    if lost:
        yield Ill(f"Edisi {name} kehilangan {len(lost)} berkas, yang pertama {lost[0]}.", AGAIN)
    files = {f"{name}/{uri(path)}": blob for _, blob, path in git.files(here.root, commit, (MODULES,))
             if path.count("/") > 1}  # fmt: skip
    other = sorted(path for path, blob in files.items() if here.modes.get(path, ("", blob))[1] != blob)
    gone = sorted(path for path in files if path not in here.modes)
    if other or gone:
        yield Ill(f"Sumber atau gambar edisi {name} bukan yang terbit: {(other or gone)[0]}.", AGAIN)
    if here.json(f"{name}/kurikulum.json") is None and f"{name}/kurikulum.json" in here.modes:
        yield Ill(f"{name}/kurikulum.json tidak terbaca.", AGAIN)


def _whole(here: Branch) -> Iterator[Ill]:
    """The root, the kinds of files, and folders that belong to nothing."""
    lost = [path for path in sorted(ROOT_FILES) if path not in here.modes]
    if lost:
        yield Ill(f"Akar situs kehilangan {', '.join(lost)}.", AGAIN)
    empty = git.line(here.root, "hash-object", "-t", "blob", "/dev/null")
    hollow = sorted(path for path, (_, blob) in here.modes.items() if blob == empty and path != ".nojekyll")
    if hollow and (ours := [path for path in hollow if is_ours(path)]):
        yield Ill(f"{len(ours)} berkas kosong, yang pertama {ours[0]}.", AGAIN)
    strange = sorted(path for path, (mode, _) in here.modes.items() if mode != "100644" and is_ours(path))
    if strange:
        yield Ill(f"{len(strange)} berkas berjenis lain (tautan atau program), yang pertama {strange[0]}.", AGAIN)
    names = {entry["version"] for entry in here.versions or ()}
    tops = {path.partition("/")[0] for path in here.modes}
    for top in sorted(tops - names):
        if _EDITION.fullmatch(top):
            yield Ill(f"Folder {top} tidak disebut versions.json.", AGAIN)


def _comparisons(here: Branch) -> Iterator[Ill]:
    """`/banding/` must hold what any two editions need, and nothing that none needs."""
    names = sorted((entry["version"] for entry in here.versions or ()), key=edition_order)
    need = {"banding/index.html", "banding/word.json", *(f"banding/{name}" for name in comparison.static())}
    need |= {f"banding/e/{name}.json" for name in names}
    need |= {f"banding/p/{old}-{new}.json" for old, new in combinations(names, 2)}
    pages = {f"banding/{old}-{new}/index.html" for old, new in pairwise(names)}
    listed = {name: here.json(f"banding/e/{name}.json") for name in names}
    for name, modules in listed.items():
        if not isinstance(modules, dict) and f"banding/e/{name}.json" in here.modes:
            yield Ill(f"banding/e/{name}.json tidak terbaca.", AGAIN)
            return
    states = {
        name: {kode: str(module.get("isi")) for kode, module in modules.items() if isinstance(module, dict)}
        for name, modules in listed.items()
        if isinstance(modules, dict)
    }
    need |= {f"banding/m/{kode}.json" for modules in states.values() for kode in modules}
    for old, new in combinations(states, 2):
        for kode in states[old].keys() | states[new].keys():
            one, two = states[old].get(kode), states[new].get(kode)
            if one != two:
                need |= {f"banding/r/{one}-{two}.json"} if one and two else set()
                need |= {f"banding/t/{two or one}.txt"}
    have = {path for path in here.modes if path.startswith("banding/")}
    if lost := sorted((need | pages) - have):
        yield Ill(f"Perbandingan kehilangan {len(lost)} berkas, yang pertama {lost[0]}.", AGAIN)
    data = re.compile(r"banding/[empr]/[^/]+\.json|banding/t/[^/]+\.txt")
    if len(states) == len(names) and (orphans := sorted(p for p in have - need if data.fullmatch(p))):
        yield Ill(f"{len(orphans)} berkas perbandingan tidak dipakai, yang pertama {orphans[0]}.", AGAIN)
    broken = [path for path in sorted(have & need) if path.endswith(".json") and here.json(path) is None]
    if broken:
        yield Ill(f"{len(broken)} berkas perbandingan tidak terbaca, yang pertama {broken[0]}.", AGAIN)


def _by_hand(here: Branch) -> Iterator[Ill]:
    """What differs from the last commit that Sigap made: our files are changed by publishing and by nothing else."""
    out = git.git(
        here.root, "log", "--first-parent", f"--max-count={_LOOKED_BACK}", "-z", "--format=%H %T %an%n%B", here.tip
    )
    trees = []
    for entry in out.decode("utf-8", "replace").split("\0"):
        head, _, text = entry.partition("\n")
        if not head:
            continue
        commit, tree, author = head.split(" ", 2)
        named = re.search(r"^Sigap-Pohon: ([0-9a-f]+)$", text, re.MULTILINE)
        if author == "Sigap" and (named is None or named[1] == tree):
            trees.append((commit, tree))
    if not trees:
        yield Ill(f"Tidak ada commit buatan Sigap di {BRANCH}.", ANEW)
        return
    mine = git.tree_of(here.root, here.tip)
    if mine in (tree for _, tree in trees):
        return  # published, or turned back to what was published
    out = git.git(here.root, "diff-tree", "-r", "-z", "--no-renames", "--name-only", trees[0][0], here.tip)
    changed = [path for path in out.decode("utf-8", "replace").split("\0") if path and is_ours(path)]
    if changed:
        yield Ill(f"{len(changed)} berkas diubah di luar Sigap, yang pertama {changed[0]}.", AGAIN)


# --- Byte for byte --------------------------------------------------------------------------------------------------


def _rebuilt(root: Path, tip: str) -> Iterator[Ill]:
    """Publish everything in a clone that nobody sees, and compare."""
    with tempfile.TemporaryDirectory(prefix="sigap-", ignore_cleanup_errors=True) as folder:
        clone = Path(folder) / "salinan"
        git.git(root, "clone", "--quiet", "--shared", "--no-tags", "--single-branch", str(root), str(clone))
        for _ in publish.publish(clone, None):
            pass
        out = git.git(clone, "diff-tree", "-r", "-z", "--no-renames", "--name-only", tip, REF)
    differing = [path for path in out.decode("utf-8", "replace").split("\0") if path and is_ours(path)]
    if differing:
        what = f"{len(differing)} berkas berbeda dari bangunan hari ini, yang pertama {differing[0]}."
        yield Ill(what, AGAIN)


def checked(root: Path) -> str:
    """The closing line where nothing is wrong."""
    tip = git.commit_of(root, REF)
    if not tip:
        return f"Belum ada yang terbit; `{AGAIN}` membuat cabang {BRANCH}."
    names = [entry["version"] for entry in Branch(root, tip).versions or ()]
    if not names:
        raise Trouble(f"{BRANCH} tidak terbaca.")
    return f"Utuh: {len(names)} edisi di {BRANCH}, {names[-1]} sampai {names[0]}."
