"""Editions onto the gh-pages branch, through mike, in one atomic step (design.md sections 7 and 8).

Everything is built aside: pages in a temporary folder, commits under refs of a throwaway git folder that shares only
the object store. The branch itself moves once, and only if it still stands where it stood. A failure anywhere, a full
disk or a kill leaves the old site whole; what remains is unreferenced objects, which git clears away.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from . import editions, feeds, git, rules, settings, site
from .compare.changes import changes, data
from .comparison import files as comparison_files
from .errors import Trouble
from .load import edition_order
from .model import Curriculum, Edition, Severity
from .tree import DOCS, MODULES

BRANCH = "gh-pages"
REF = f"refs/heads/{BRANCH}"
ATTEMPTS = 5
"""How often a lost race is run again on top of the winner."""


@dataclass(frozen=True)
class Built:
    """An edition ready to be put on the branch: its files lie in `folder`."""

    edition: Edition
    content: str
    curriculum: Curriculum
    folder: Path


def publish(root: Path, name: str | None, push: str | None = None) -> Iterator[str]:
    """Publish one edition, or with `name` None the whole history from scratch.

    Yields Indonesian lines about what was done. Raises Trouble, with the branch as it was, when anything fails.
    """
    git.require_repository(root)
    git.require_clean(root)
    cut = editions.cut(root)
    if not cut:
        raise Trouble("Belum ada edisi; edisi dibuat oleh commit yang menambah `docs/edisi/<nama>.md`.")
    wanted = [name] if name else list(cut)
    if name and name not in cut:
        editions.edition(root, name)
    with _workshop() as workshop:
        tip, local = _tips(root, push)
        extra = sorted(set(published(root, local)) - set(published(root, tip)) - set(wanted))
        _refuse_other_content(root, tip, cut, wanted)
        built = {b.edition.name: b for b in _build_all(root, cut, [*wanted, *extra], workshop)}
        for _ in range(ATTEMPTS):
            new = _graft(root, "" if name is None else tip, tip, cut, list(built.values()), workshop)
            if new == tip and new == local:
                yield f"Tidak ada yang berubah: {BRANCH} sudah memuat {', '.join(built)}."
                if not push:
                    return
            elif not git.move(root, REF, new, local):
                local = git.commit_of(root, REF)
                tip = tip if push else local
                _refuse_other_content(root, tip, cut, wanted)
                continue
            else:
                yield f"Terbit di {BRANCH}: {', '.join(built)}."
            if not push:
                return
            local = new
            if _push(root, push):
                yield f"{BRANCH} didorong ke {push}."
                return
            tip = _fetch(root, push)
            _refuse_other_content(root, tip, cut, wanted)
        raise Trouble(f"{BRANCH} terus bergerak selama penerbitan; coba lagi sesudah penerbit lain selesai.")


@contextmanager
def _workshop() -> Iterator[Path]:
    try:
        with tempfile.TemporaryDirectory(prefix="sigap-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)
    except OSError as error:
        raise Trouble(f"Penerbitan batal, {BRANCH} tidak berubah: {error.strerror or error}.") from None


# --- Where the branch stands ----------------------------------------------------------------------------------------


def _tips(root: Path, push: str | None) -> tuple[str, str]:
    """The commit to build on and where the local branch stands; empty for a branch that does not exist."""
    local = git.commit_of(root, REF)
    if push:
        return _fetch(root, push) or local, local
    return local, local


def _fetch(root: Path, remote: str) -> str:
    """The remote's branch, fetched; empty where it has none yet."""
    if remote not in git.line(root, "remote").split() and not Path(remote).exists():
        known = ", ".join(git.line(root, "remote").split()) or "belum ada"
        raise Trouble(f"Remote `{remote}` tidak dikenal; yang ada: {known}.")
    if not git.line(root, "ls-remote", "--heads", remote, REF):
        return ""
    git.git(root, "fetch", "--quiet", "--no-tags", remote, REF)
    return git.commit_of(root, "FETCH_HEAD")


def _push(root: Path, remote: str) -> bool:
    """Push the branch; False when somebody else was faster."""
    try:
        git.git(root, "push", "--quiet", remote, f"{REF}:{REF}")
    except Trouble as trouble:
        out = git.line(root, "ls-remote", "--heads", remote, REF, quiet=True)
        if out and not git.line(root, "rev-parse", "--verify", "--quiet", out.split()[0] + "^{commit}", quiet=True):
            return False
        if out and out.split()[0] != git.commit_of(root, REF) and "push" in str(trouble):
            return False
        raise
    return True


def published(root: Path, tip: str) -> dict[str, dict[str, object]]:
    """What `versions.json` of a commit says, by edition."""
    blob = git.git(root, "show", f"{tip}:versions.json", quiet=True) if tip else b""
    try:
        return {entry["version"]: entry.get("properties") or {} for entry in json.loads(blob or b"[]")}
    except (ValueError, KeyError, TypeError):
        raise Trouble(f"versions.json di {BRANCH} rusak; hapus cabangnya, lalu `sigap publish --all`.") from None


def content_of(root: Path, commit: str) -> str:
    """What an edition's content is known by: the git ids of its two folders."""
    return "-".join(git.tree_of(root, commit, folder)[:20] for folder in (MODULES, DOCS))


def _refuse_other_content(root: Path, tip: str, cut: Mapping[str, str], wanted: Sequence[str]) -> None:
    """A published edition never changes its content, and none that we do not know may be on the branch."""
    for name, properties in published(root, tip).items():
        if name not in cut:
            raise Trouble(f"Edisi {name} sudah terbit tetapi tidak ada dalam riwayat ini; jalankan `git pull` dahulu.")
        if name in wanted and properties.get("isi") not in (None, content_of(root, cut[name])):
            raise Trouble(
                f"Edisi {name} sudah terbit dengan isi lain; isi edisi tidak pernah berubah. Buat edisi baru."
            )


# --- Building aside -------------------------------------------------------------------------------------------------


def _build_all(root: Path, cut: Mapping[str, str], names: Sequence[str], workshop: Path) -> list[Built]:
    newest = list(cut)[-1]
    told = _told(root, cut)
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        return list(pool.map(lambda name: _build(root, name, cut[name], workshop, told, check=name == newest), names))


def _told(root: Path, cut: Mapping[str, str]) -> dict[str, object]:
    """What each edition changed since the one before it, by edition."""
    names = list(cut)
    states = [editions.curriculum(editions.GitTree(root, commit)) for commit in cut.values()]
    pairs = zip(pairwise(names), pairwise(states), strict=True)
    return {new: data(changes(was, now), old, new) for (old, new), (was, now) in pairs}


def _build(root: Path, name: str, commit: str, workshop: Path, told: Mapping[str, object], *, check: bool) -> Built:
    """Build one edition: the content of its commit, the look and tools of today; strictly."""
    tree = editions.GitTree(root, commit)
    curriculum = editions.curriculum(tree)
    edition = next((edition for edition in curriculum.editions if edition.name == name), None)
    if edition is None:
        raise Trouble(f'`docs/edisi/{name}.md` pada commit {commit[:10]} tidak menyebut `nama: "{name}"`.')
    if check:
        _refuse_findings(curriculum, name)
    source, out = workshop / f"{name}-isi", workshop / f"{name}-situs"
    for path in tree.paths:
        target = source / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(tree.read(path))
    until = {known: what for known, what in told.items() if edition_order(known) <= edition_order(name)}
    build(source, out, until, epoch=_epoch(edition), published=not check)
    return Built(edition, content_of(root, commit), curriculum, out)


def _epoch(edition: Edition) -> int:
    moment = datetime(edition.date.year, edition.date.month, edition.date.day, tzinfo=UTC)
    return int(moment.timestamp())


def _refuse_findings(curriculum: Curriculum, name: str) -> None:
    """The newest edition is published only without errors; older ones were held by the rules of their time."""
    errors = [f for f in rules.run(curriculum) if f.severity is Severity.ERROR]
    if errors:
        first = errors[0]
        raise Trouble(
            f"Edisi {name} punya {len(errors)} galat dan tidak diterbitkan; yang pertama: "
            f"{first.path}:{first.line}: {first.code} {first.message}"
        )


def build(source: Path, out: Path, told: Mapping[str, object], epoch: int = 0, *, published: bool = False) -> None:
    """Build the site of the content in `source` (modules/, docs/) into `out`, as one edition. Raises Trouble.

    `told` is what earlier editions and this one changed; `epoch` the second that counts as now. In an edition that was
    `published` long ago, what a page may not hold is shown as text; in any other it stops the build.
    """
    changed = out.with_name(f"{out.name}.json")  # a file: an environment holds too little for many editions
    changed.write_text(json.dumps(told), encoding="utf-8")
    # not --quiet, which would hide the warnings from --strict
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean"]
    env = {
        **os.environ,
        "SIGAP_DOCS_DIR": str(source / DOCS),
        "SIGAP_CHANGES": str(changed),
        "SIGAP_PUBLISHED": "1" if published else "",
        "MIKE_DOCS_VERSION": settings.LATEST,
        "SOURCE_DATE_EPOCH": str(epoch),
        "PYTHONHASHSEED": "0",
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
    }
    words = [*command, "--config-file", str(settings.CONFIG), "--site-dir", str(out)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=env, cwd=settings.ROOT)
    said = (done.stderr + done.stdout).strip()
    if done.returncode:
        lines = [line for line in said.splitlines() if "WARNING" in line or "ERROR" in line or "Error" in line]
        raise Trouble(f"Situs tidak dapat dibangun: {(lines or said.splitlines() or ['tanpa keterangan'])[0].strip()}")


# --- Onto the branch ------------------------------------------------------------------------------------------------


def _graft(root: Path, start: str, parent: str, cut: Mapping[str, str], built: Sequence[Built], workshop: Path) -> str:
    """Put built editions on top of the tree of `start` ("" for an empty one).

    Out: the id of a commit on top of `parent`, or `parent` itself where its tree is that already. Nothing points to it.
    """
    from mike import commands, git_utils

    with _staging(root, start, workshop):
        standing = set(published(root, start)) | {b.edition.name for b in built}
        newest = max(standing, key=edition_order)
        for item in sorted(built, key=lambda b: edition_order(b.edition.name)):
            name = item.edition.name
            facts = {**site.properties(item.edition, item.curriculum), "isi": item.content}
            with commands.deploy(
                {"site_dir": str(item.folder), "use_directory_urls": True},
                name,
                title=name,
                aliases=[settings.LATEST] if name == newest else [],
                update_aliases=True,
                alias_type=commands.AliasType.copy,
                branch=BRANCH,
                message=f"Edisi {name}",
                allow_empty=True,
                set_props=list(facts.items()),
            ):
                pass
        with git_utils.Commit(BRANCH, "Akar situs", allow_empty=True) as commit:
            there = {path for _, _, path in git.files(root, start, ("banding",))} if start else set()
            for path, data in _root_files(root, cut, standing, built, there):
                there.discard(path)
                if data is not None:
                    commit.add_file(git_utils.FileInfo(path, data))
            commit.delete_files(sorted(there))
        tree = git_utils.get_latest_commit(f"{BRANCH}^{{tree}}")
    if parent and git.tree_of(root, parent) == tree:
        return parent
    latest = next(b for b in sorted(built, key=lambda b: edition_order(b.edition.name), reverse=True))
    return git.commit_tree(
        root, tree, [parent] if parent else [], f"Terbitkan {', '.join(b.edition.name for b in built)}",
        f"{_epoch(latest.edition)} +0000",
    )  # fmt: skip


@contextmanager
def _staging(root: Path, start: str, workshop: Path) -> Iterator[None]:
    """Let mike commit to refs that nobody sees: a fresh git folder over the repository's object store."""
    folder = Path(tempfile.mkdtemp(dir=workshop, prefix="git-"))
    git.git(root, "init", "--quiet", "--bare", str(folder))
    objects = git.line(root, "rev-parse", "--path-format=absolute", "--git-path", "objects")
    env = {
        "GIT_DIR": str(folder),
        "GIT_OBJECT_DIRECTORY": objects,
        "GIT_COMMITTER_NAME": "Sigap",
        "GIT_COMMITTER_EMAIL": "sigap@localhost",
        "GIT_COMMITTER_DATE": "1577836800 +0000",
    }
    before = {key: os.environ.get(key) for key in env}
    os.environ.update(env)
    try:
        with chdir(folder):
            if start:
                subprocess.run(["git", "update-ref", REF, start], check=True, capture_output=True)
            yield
    except subprocess.CalledProcessError as error:
        raise Trouble(
            f"Cabang {BRANCH} tidak dapat disusun: {error.stderr.decode('utf-8', 'replace').strip()}"
        ) from None
    except Exception as error:
        if type(error).__module__.startswith("mike"):
            reason = " ".join(str(error).split())
            raise Trouble(f"mike tidak dapat menyusun cabang {BRANCH}: {reason}") from None
        raise
    finally:
        for key, value in before.items():
            os.environ.pop(key, None) if value is None else os.environ.update({key: value})


def _root_files(
    root: Path, cut: Mapping[str, str], standing: set[str], built: Sequence[Built], there: set[str]
) -> Iterator[tuple[str, bytes | None]]:
    """What belongs to no edition: the entrance, the 404 page, files for search engines, comparisons.

    None stands for a file that is `there` already and stays as it is.
    """
    address = settings.address("site_url") or "/"
    address = address.rstrip("/") + "/"
    ready = {b.edition.name: b.curriculum for b in built}
    states = []
    for name in sorted(standing, key=edition_order):
        curriculum = ready.get(name) or editions.curriculum(editions.GitTree(root, cut[name]))
        states.append((next(e for e in curriculum.editions if e.name == name), curriculum))
    latest = states[-1][1]
    yield "index.html", site.redirect(f"{settings.LATEST}/", f"{settings.LATEST}/assets/").encode()
    yield "sw.js", site.service_worker()
    yield "llms.txt", feeds.machine_index(states, address)
    yield from feeds.files(states, address)
    yield "404.html", site.not_found(urlsplit(address).path or "/").encode()
    yield "robots.txt", site.robots(address).encode()
    yield "sitemap.xml", site.sitemap(address, site.addresses(latest)).encode()
    yield from comparison_files.files(states, frozenset(there))
