"""A proposal as a folder that any static host serves: its own edition and comparison beside the published ones."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, urlsplit

from .. import build, editions, git, settings, site
from ..branch import BRANCH, REF
from ..children import Children
from ..compare.changes import Comparison, changes
from ..compare.changes import data as told_of
from ..comparison import page
from ..comparison.report import Report
from ..document import Problem
from ..errors import Trouble
from ..model import Curriculum
from ..tree import Folder, Tree
from .data import NAME, Proposal, proposal

COMPARISON = f"banding-{NAME}"
"""The folder of the comparison page. Not below banding/, which holds the published editions only."""


@dataclass(frozen=True)
class Plain:
    """A working tree without its symbolic links: a stranger's link could show what lies beside the curriculum."""

    folder: Folder

    @property
    def paths(self) -> frozenset[str]:
        return frozenset(path for path in self.folder.paths if not self._linked(path))

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.folder.problems

    def read(self, path: str) -> bytes:
        return self.folder.read(path)

    def _linked(self, path: str) -> bool:
        full = self.folder.root / path
        return any(part.is_symlink() for part in (full, *full.parents) if part.is_relative_to(self.folder.root))


def base_of(root: Path, name: str) -> editions.Source:
    """What a proposal is held against. Of a branch it is where the proposal left it, so that what others have merged
    since is no change of this proposal.
    """
    found = editions.resolve(root, name)
    if found.commit and name not in editions.known(root):
        start = git.line(root, "merge-base", found.commit, "HEAD", quiet=True)
        if start and start != found.commit:
            return replace(found, tree=editions.GitTree(root, start), commit=start)
    return found


def make(root: Path, base: str, out: Path | None) -> Proposal:
    """What the working tree of `root` proposes to `base`; with `out`, also its preview in that new folder.

    Raises Trouble. A preview that cannot be built is said in the proposal: its findings are wanted all the more.
    """
    if out is not None and out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise Trouble(f"`{out}` sudah berisi; sebutkan folder baru atau kosong.")
    tree = Plain(Folder.open(root))
    source = base_of(root, base)
    old, new = editions.curriculum(source.tree), editions.curriculum(tree)
    made, report = proposal(old, new, source.name)
    if out is None:
        return made
    try:
        _write(root, tree, report, made, out)
    except Trouble as trouble:
        return made.model_copy(update={"preview": str(trouble)[:400]})
    return made


def _write(root: Path, tree: Tree, report: Report, made: Proposal, out: Path) -> None:
    """Write the preview aside, and put it in its place when it is whole."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".sigap-", dir=out.parent, ignore_cleanup_errors=True) as name:
        folder, source = Path(name) / "situs", Path(name) / "isi"
        folder.mkdir()
        build.write(tree, source)
        with Children() as children:
            build.build(source, folder / NAME, lambda: {"catatan": _told(root, report.comparison.new)}, 0, children)
        _published(root, folder)
        page.write(report, folder / COMPARISON)
        _root_files(folder, report.comparison, made)
        if out.exists():
            out.rmdir()
        shutil.move(folder, out)
    out.chmod(0o755)


def _told(root: Path, new: Curriculum) -> dict[str, object]:
    """For an edition that the proposal itself adds: what it changes since the newest one."""
    known = editions.known(root)
    added = [edition.name for edition in new.editions if edition.name not in known]
    newest = editions.newest(root)
    if not added or newest is None:
        return {}
    return {added[-1]: told_of(changes(editions.curriculum(newest.tree), new), newest.name, added[-1])}


def _published(root: Path, folder: Path) -> None:
    """The published editions beside the proposal, as they stand on the branch here or as a remote was last seen."""
    tip = published_tip(root)
    if not tip:
        return
    archive = ["git", "-C", str(root), "archive", "--format=tar", tip]
    with subprocess.Popen(archive, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as running:
        assert running.stdout is not None
        try:
            with tarfile.open(fileobj=running.stdout, mode="r|") as tar:
                tar.extractall(folder, filter="data")
        except tarfile.TarError as error:
            raise Trouble(f"Edisi yang sudah terbit tidak dapat dibaca dari {BRANCH}: {error}.") from None


def published_tip(root: Path) -> str:
    """The commit of the branch of published editions; empty where neither we nor a remote have one."""
    if not git.is_repository(root):
        return ""
    seen = git.line(root, "for-each-ref", "--format=%(objectname)", f"refs/remotes/*/{BRANCH}", quiet=True)
    return git.commit_of(root, REF) or next(iter(seen.split()), "")


def _root_files(folder: Path, comparison: Comparison, made: Proposal) -> None:
    """The entrance, the list of editions with the proposal on top, and a word to search engines to stay away."""
    versions = folder / "versions.json"
    try:
        listed = json.loads(versions.read_text(encoding="utf-8")) if versions.is_file() else []
    except ValueError:
        listed = []
    slugs = {module.kode: module.slug for module in comparison.new.modules if module.kode}
    listed.insert(0, {"version": NAME, "title": NAME, "aliases": [], "properties": {"modul": slugs}})
    versions.write_text(json.dumps(listed, ensure_ascii=False), encoding="utf-8")
    (folder / "robots.txt").write_text("User-agent: *\nDisallow: /\n", encoding="utf-8")
    if not (folder / "404.html").exists():
        address = urlsplit(settings.address("site_url")).path or "/"
        (folder / "404.html").write_text(site.not_found(address), encoding="utf-8")
    names = [str(entry["version"]) for entry in listed[1:] if isinstance(entry, Mapping) and "version" in entry]
    (folder / "index.html").write_text(_entrance(made, names), encoding="utf-8")


def _entrance(made: Proposal, published: list[str]) -> str:
    """The page that a reviewer sees first, in the frame of all; its menu leads into the proposal."""
    modules = [
        (f"{NAME}/modul/{quote(module.slug, safe='')}/", f"{module.kode} {module.title}")
        for module in made.modules
        if module.status != "missing"
    ]
    groups = [
        ("Usulan ini", [(f"{COMPARISON}/", f"Perubahannya sejak {made.base}"), (f"{NAME}/", "Seluruh situsnya")]),
        ("Modul yang berubah", modules),
        ("Sudah terbit", [(f"{quote(name, safe='')}/", f"Edisi {name}") for name in published]),
    ]
    shown = [(heading, links) for heading, links in groups if links]
    return site.outside("site/pratinjau.html", "./", "Pratinjau usulan", edition=f"{NAME}/", groups=shown)
