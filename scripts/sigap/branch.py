"""The branch gh-pages: where it stands, here and on a remote, what stands on it, and what of that Sigap has made."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import git, paper, settings
from .editions import NAME
from .errors import Trouble
from .feeds import FEEDS
from .site import SCHEMAS
from .tree import DOCS, MODULES

BRANCH = "gh-pages"
REF = f"refs/heads/{BRANCH}"
BANDING = "banding"
GENERATED = (BANDING, FEEDS, SCHEMAS, paper.FOLDER, paper.CHECK)
"""Folders at the root that are written anew with every publication."""
ROOT_FILES = frozenset(
    {"index.html", "404.html", "robots.txt", "sitemap.xml", "versions.json", ".nojekyll", "sw.js", "llms.txt"}
)
_LOOKED_BACK = 200
"""Commits of the branch among which the last one by Sigap is looked for."""


@dataclass(frozen=True)
class Own:
    """A commit that Sigap made and nobody changed, with the renderer that made its comparisons."""

    commit: str
    renderer: str


def message(text: str, tree: str, renderer: str) -> str:
    """The message of a commit by Sigap: it names its own tree, so that one changed by hand is told from it."""
    return f"{text}\n\nSigap-Pohon: {tree}\nSigap-Perender: {renderer}"


_SIGNED = re.compile(r"\n\nSigap-Pohon: ([0-9a-f]+)\nSigap-Perender: ([0-9a-f]+)\s*$")


def own(root: Path, tip: str) -> Own | None:
    """The last commit by Sigap that has the editions of `tip`; None where there is none, or none that is whole.

    A commit by hand on top of it is no such commit; a `git revert` leads to the one before.
    """
    if not tip:
        return None
    listed = git.tree_of(root, tip, "versions.json")
    out = git.git(root, "log", "--first-parent", f"--max-count={_LOOKED_BACK}", "-z", "--format=%H %T%n%B", tip)
    for entry in out.decode("utf-8", "replace").split("\0"):
        head, _, text = entry.partition("\n")
        signed = _SIGNED.search(text)
        if not signed or signed[1] != head.split()[1]:
            continue
        commit = head.split()[0]
        if git.tree_of(root, commit, "versions.json") == listed:
            return Own(commit, signed[2])
    return None


def is_ours(path: str) -> bool:
    """Whether a path of the branch is one that Sigap writes; all others were put there by hand and stay."""
    top = path.partition("/")[0]
    return path in ROOT_FILES or top in (*GENERATED, settings.LATEST) or bool(NAME.fullmatch(top))


def foreign(root: Path, tips: Sequence[str]) -> dict[str, tuple[str, str]]:
    """What was put on the branch by hand, such as CNAME: mode and git id by path; the first of the tips has it."""
    found: dict[str, tuple[str, str]] = {}
    for tip in dict.fromkeys(tip for tip in tips if tip):
        for mode, blob, path in git.files(root, tip, ()):
            if not is_ours(path):
                found.setdefault(path, (mode, blob))
    return found


def changed_by_hand(root: Path, made: Own | None, tip: str) -> list[str]:
    """The paths of ours at which `tip` is not as Sigap left it."""
    if made is None or made.commit == tip:
        return []
    out = git.git(root, "diff-tree", "-r", "-z", "--no-renames", "--name-only", made.commit, tip)
    return [path for path in out.decode("utf-8", "replace").split("\0") if path and is_ours(path)]


def published(root: Path, tip: str) -> dict[str, Mapping[str, object]]:
    """What `versions.json` of a commit says, by edition. Raises Trouble where it cannot be read."""
    blob = git.git(root, "show", f"{tip}:versions.json", quiet=True) if tip else b""
    try:
        listed = json.loads(blob or b"[]")
        if isinstance(listed, list):
            return {str(entry["version"]): dict(entry.get("properties") or {}) for entry in listed}
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    raise Trouble(f"versions.json di {BRANCH} rusak; hapus cabangnya, lalu `sigap publish --all`.")


def contents(root: Path, commits: Sequence[str]) -> list[str]:
    """What the contents of editions are known by: the git ids of their two folders."""
    found = git.ids(root, [f"{commit}:{folder}" for commit in commits for folder in (MODULES, DOCS)])
    return [f"{one[:20]}-{two[:20]}" for one, two in zip(found[::2], found[1::2], strict=True)]


def vouched(root: Path, tips: Sequence[str]) -> Iterator[tuple[str, object]]:
    """Every edition with its content that stands on a branch we know of, here or as a remote was last seen."""
    seen = git.line(root, "for-each-ref", "--format=%(objectname)", f"refs/remotes/*/{BRANCH}", quiet=True).split()
    for tip in dict.fromkeys([*tips, *seen]):
        try:
            for name, facts in published(root, tip).items():
                yield name, facts.get("isi")
        except Trouble:
            continue  # of the branch itself, its user says so


def remote_tip(root: Path, remote: str) -> str:
    """The remote's branch, fetched; empty where it has none yet."""
    known = git.line(root, "remote").split()
    if remote not in known and not Path(remote).exists():
        raise Trouble(f"Remote `{remote}` tidak dikenal; yang ada: {', '.join(known) or 'belum ada'}.")
    if not git.remote_commit(root, remote, REF):
        return ""
    git.git(root, "fetch", "--quiet", "--no-tags", remote, REF)
    return git.commit_of(root, "FETCH_HEAD")
