"""A published branch, damaged in many ways: each is named in one line, and what that line says restores every byte."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from repos import ENVIRONMENT, Repo, make

pytestmark = pytest.mark.site
MODULE = "modules/mendengar-aktif/index.md"
PAGE = "2026.1/modul/mendengar-aktif/index.html"


@dataclass(frozen=True)
class World:
    """A repository with two published editions, and the bare remote that both are pushed to."""

    repo: Repo
    remote: Repo
    tip: str
    main: str

    def reset(self) -> None:
        """Everything as it was published."""
        for repo in (self.repo, self.remote):
            repo.git("update-ref", "refs/heads/gh-pages", self.tip)
        self.remote.git("update-ref", "refs/heads/main", self.main)
        self.repo.git("reset", "-q", "--hard", self.main)

    def doctor(self, *words: str) -> list[str]:
        done = self.repo.sigap("doctor", *words)
        assert done.err == ""
        assert done.code == (0 if done.out.startswith("Utuh: ") else 1)
        return done.out.splitlines()

    def run(self, line: str) -> None:
        """Run what a line of the doctor says, in a shell as its reader would."""
        command = line.partition("Jalankan: ")[2]
        assert command, line
        done = subprocess.run(
            ["bash", "-c", f'sigap() {{ "{sys.executable}" -m sigap "$@"; }}; {command}'],
            cwd=self.repo.path, capture_output=True, text=True, check=False, env={**os.environ, **ENVIRONMENT},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    def tree(self) -> str:
        return self.repo.git("rev-parse", "gh-pages^{tree}")

    def edit(self, change: Callable[[Path], None], author: str = "Penguji") -> None:
        """Change the branch's files as a person would, in one commit on top."""
        folder = self.repo.path.parent / "tangan"
        self.repo.git("worktree", "add", "-q", "--detach", str(folder), "gh-pages")
        try:
            change(folder)
            there = Repo(folder)
            there.git("add", "-A")
            there.git("commit", "-q", "--allow-empty", "--author", f"{author} <{author}@localhost>", "-m", "Sunting")
            self.repo.git("update-ref", "refs/heads/gh-pages", there.git("rev-parse", "HEAD"))
        finally:
            self.repo.git("worktree", "remove", "--force", str(folder))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("dokter")
    repo = make(folder / "repo")
    repo.cut("2026.1")
    repo.replace(MODULE, "## Tujuan pembelajaran", "Kalimat edisi kedua.\n\n## Tujuan pembelajaran")
    repo.replace(MODULE, "versi: 1.0.0", "versi: 1.0.1")
    repo.replace(MODULE, "| 1.0.0 |", "| 1.0.1 | 2026-11-24 | Satu kalimat. | Lebih jelas. |\n| 1.0.0 |")
    repo.cut("2026.2")
    remote = folder / "jauh.git"
    repo.git("clone", "-q", "--bare", str(repo.path), str(remote))
    repo.git("remote", "add", "origin", str(remote))
    assert repo.sigap("publish", "--all", "--push", "origin").code == 0
    return World(repo, Repo(remote), repo.git("rev-parse", "gh-pages"), repo.git("rev-parse", "HEAD"))


@pytest.fixture
def sound(world: World) -> Iterator[World]:
    world.reset()
    yield world
    world.reset()


def versions(change: Callable[[list[dict[str, object]]], object]) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        listed = json.loads((folder / "versions.json").read_text())
        change(listed)
        (folder / "versions.json").write_text(json.dumps(listed))

    return edit


def write(path: str, text: str) -> Callable[[Path], None]:
    return lambda folder: (folder / path).write_text(text) and None


def remove(path: str) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        target = folder / path
        shutil.rmtree(target) if target.is_dir() else target.unlink()

    return edit


def flip(folder: Path) -> None:
    data = bytearray((folder / PAGE).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / PAGE).write_bytes(data)


def first(pattern: str, what: Callable[[Path], object]) -> Callable[[Path], None]:
    return lambda folder: what(sorted(folder.glob(pattern))[0]) and None


def swap(folder: Path) -> None:
    shutil.rmtree(folder / "terbaru")
    shutil.copytree(folder / "2026.1", folder / "terbaru")


def link(folder: Path) -> None:
    (folder / PAGE).unlink()
    (folder / PAGE).symlink_to("../index.html")


DAMAGE: dict[str, tuple[Callable[[Path], None], str]] = {
    "a page gone": (remove(PAGE), f"kehilangan 1 berkas, yang pertama {PAGE}"),
    "a page empty": (write(PAGE, ""), "berkas kosong"),
    "one bit of a page": (flip, f"1 berkas diubah di luar Sigap, yang pertama {PAGE}"),
    "a page of other words": (write(PAGE, "<html>Lain</html>"), "diubah di luar Sigap"),
    "a page a link": (link, "berjenis lain"),
    "a source changed": (write("2026.1/modul/mendengar-aktif/index.md", "# Lain\n"), "Sumber atau gambar edisi 2026.1"),
    "a picture changed": (write("2026.2/modul/mendengar-aktif/kursi.png", "x"), "Sumber atau gambar edisi 2026.2"),
    "the data cut short": (write("2026.1/kurikulum.json", '{"modul": ['), "2026.1/kurikulum.json tidak terbaca"),
    "the search gone": (remove("2026.2/pagefind"), "pagefind/pagefind.js"),
    "an edition gone": (remove("2026.1"), "Edisi 2026.1 kehilangan"),
    "the alias gone": (remove("terbaru"), "Alias terbaru bukan salinan"),
    "the alias an older edition": (swap, "Alias terbaru bukan salinan edisi 2026.2"),
    "an edition of nobody": (lambda f: shutil.copytree(f / "2026.1", f / "2025.1") and None, "Folder 2025.1"),
    "the root page gone": (remove("index.html"), "Akar situs kehilangan index.html"),
    "the 404 page gone": (remove("404.html"), "Akar situs kehilangan 404.html"),
    "all comparisons gone": (remove("banding"), "Perbandingan kehilangan"),
    "a redline gone": (first("banding/r/*.json", Path.unlink), "banding/r/"),
    "a redline cut short": (first("banding/r/*.json", lambda p: p.write_text("{")), "tidak terbaca"),
    "a text gone": (first("banding/t/*.txt", Path.unlink), "banding/t/"),
    "a redline of nobody": (write("banding/r/0000000000000000-1111111111111111.json", "{}"), "tidak dipakai"),
    "a comparison's list broken": (write("banding/e/2026.1.json", "[]"), "banding/e/2026.1.json tidak terbaca"),
    "the plain comparison gone": (remove("banding/2026.1-2026.2"), "banding/2026.1-2026.2/index.html"),
    "no versions.json": (remove("versions.json"), "versions.json hilang"),
    "versions.json no JSON": (write("versions.json", "<<<<<<< HEAD\n[]"), "versions.json hilang atau tidak terbaca"),
    "versions.json empty": (write("versions.json", "[]"), "versions.json hilang atau tidak terbaca"),
    "an edition unlisted": (versions(lambda v: v.pop()), "Edisi 2026.1 ada dalam riwayat"),
    "an edition twice": (versions(lambda v: v.append(v[0])), "dua kali"),
    "another content": (versions(lambda v: v[0]["properties"].update(isi="0-0")), "isi lain untuk edisi 2026.2"),  # type: ignore[attr-defined]
    "another day": (versions(lambda v: v[1]["properties"].update(tanggal="2020-01-01")), "tanggal atau modul lain"),  # type: ignore[attr-defined]
    "the alias on another": (versions(lambda v: v[1].update(aliases=["terbaru"])), "judul atau alias lain"),
    "the order turned": (versions(lambda v: v.reverse()), "Urutan edisi"),
    "a name that is none": (versions(lambda v: v.append({"version": "lama", "aliases": []})), "menyebut lama"),
}  # fmt: skip


def test_what_is_whole_is_said_to_be(sound: World) -> None:
    assert sound.doctor() == ["Utuh: 2 edisi di gh-pages, 2026.1 sampai 2026.2."]
    assert sound.doctor("--rebuild") == ["Utuh: 2 edisi di gh-pages, 2026.1 sampai 2026.2."]


@pytest.mark.parametrize("name", DAMAGE)
def test_each_damage_is_named_and_the_remote_heals_it(sound: World, name: str) -> None:
    damage, says = DAMAGE[name]
    sound.edit(damage)
    tree = sound.repo.git("rev-parse", "gh-pages^{tree}")
    told = sound.doctor()
    assert len(told) == 1
    assert told[0].endswith("Jalankan: git fetch origin +gh-pages:gh-pages")
    sound.repo.git("remote", "rename", "origin", "lain")
    sound.repo.git("config", "remote.dua.url", "x")  # of two remotes none is chosen, so history must heal it
    try:
        alone = sound.doctor()
    finally:
        sound.repo.git("config", "--remove-section", "remote.dua")
        sound.repo.git("remote", "rename", "lain", "origin")
    assert any(says in line for line in alone), alone
    assert all(line.count("Jalankan: ") == 1 for line in alone)
    assert sound.tree() == tree, "the doctor only reads"
    sound.run(told[0])
    assert sound.repo.git("rev-parse", "gh-pages") == sound.tip


GROUPS = [list(DAMAGE)[start::7] for start in range(7)]
CONFLICTS = {"an edition gone", "all comparisons gone", "the alias gone", "no versions.json"}


@pytest.mark.parametrize("names", GROUPS, ids=lambda names: f"{len(names)} damages")
def test_history_alone_restores_every_byte(sound: World, names: list[str]) -> None:
    """Without a remote; several at once, and what stands in the way of another last."""
    sound.repo.git("remote", "remove", "origin")
    try:
        good = sound.tree()
        for name in sorted(names, key=lambda name: name in CONFLICTS):
            try:
                sound.edit(DAMAGE[name][0])
            except (OSError, ValueError):
                continue  # another has taken its file
        assert sound.tree() != good
        for _ in range(3):
            told = sound.doctor()
            if told[0].startswith("Utuh"):
                break
            anew = [line for line in told if "git branch -D" in line]
            sound.run((anew or told)[0])
        assert sound.doctor()[0].startswith("Utuh")
        assert sound.tree() == good
    finally:
        sound.repo.git("remote", "add", "origin", str(sound.remote.path))


def test_a_forged_commit_is_found_by_rebuilding(sound: World) -> None:
    sound.edit(flip, author="Sigap")
    told = sound.doctor("--rebuild")
    assert any("berbeda dari bangunan hari ini" in line or "+gh-pages:gh-pages" in line for line in told)


# --- Remotes and history --------------------------------------------------------------------------------------------


def test_no_branch_here(sound: World) -> None:
    sound.repo.git("update-ref", "-d", "refs/heads/gh-pages")
    (line,) = sound.doctor()
    assert line == "Cabang gh-pages belum ada di sini. Jalankan: git fetch origin gh-pages:gh-pages"
    sound.run(line)
    assert sound.repo.git("rev-parse", "gh-pages") == sound.tip


def test_no_branch_anywhere(sound: World) -> None:
    good = sound.tree()
    sound.repo.git("update-ref", "-d", "refs/heads/gh-pages")
    sound.remote.git("update-ref", "-d", "refs/heads/gh-pages")
    (line,) = sound.doctor()
    assert line.endswith("Jalankan: sigap publish --all")
    sound.run(line)
    assert sound.tree() == good
    (line,) = sound.doctor()
    assert line.endswith("Jalankan: git push origin gh-pages")
    sound.run(line)
    assert sound.doctor()[0].startswith("Utuh")


def test_a_remote_behind_and_a_remote_ahead(sound: World) -> None:
    sound.remote.git("update-ref", "-d", "refs/heads/gh-pages")
    (line,) = sound.doctor()
    assert line.endswith("git push origin gh-pages")
    sound.run(line)
    assert sound.remote.git("rev-parse", "gh-pages") == sound.tip
    on_top = sound.repo.git("commit-tree", f"{sound.tip}^{{tree}}", "-p", sound.tip, "-m", "Sama saja")
    sound.repo.git("push", "-q", "origin", f"{on_top}:refs/heads/gh-pages")
    (line,) = sound.doctor()
    assert line.endswith("git fetch origin gh-pages:gh-pages")
    sound.run(line)
    assert sound.repo.git("rev-parse", "gh-pages") == on_top
    assert sound.doctor()[0].startswith("Utuh")


def test_a_damaged_remote_and_a_whole_branch_here(sound: World) -> None:
    sound.edit(remove(PAGE))
    sound.repo.git("push", "-q", "--force", "origin", "gh-pages")
    sound.repo.git("update-ref", "refs/heads/gh-pages", sound.tip)
    (line,) = sound.doctor()
    assert "gh-pages di origin rusak" in line
    sound.repo.git("fetch", "-q", "origin")
    sound.run(line)
    assert sound.remote.git("rev-parse", "gh-pages") == sound.tip


def test_branches_that_parted(sound: World) -> None:
    tree = f"{sound.tip}^{{tree}}"
    one, two = (sound.repo.git("commit-tree", tree, "-p", sound.tip, "-m", text) for text in ("satu", "dua"))
    sound.repo.git("push", "-q", "--force", "origin", f"{one}:refs/heads/gh-pages")
    sound.repo.git("update-ref", "refs/heads/gh-pages", two)
    (line,) = sound.doctor()
    assert "bercabang" in line
    sound.run(line)
    assert sound.doctor()[0].startswith("Utuh")
    assert sound.repo.git("rev-parse", "gh-pages") == sound.remote.git("rev-parse", "gh-pages")


def test_history_rewritten(sound: World) -> None:
    sound.repo.replace(MODULE, "Kalimat edisi kedua.", "Kalimat yang diam-diam lain.")
    sound.repo.git("add", "-A")
    sound.repo.git("commit", "-q", "--amend", "--no-edit")
    (line,) = sound.doctor()
    assert "Riwayat ditulis ulang: edisi 2026.2" in line
    sound.run(line)
    assert sound.repo.git("rev-parse", "HEAD") == sound.main
    assert sound.doctor()[0].startswith("Utuh")


def test_history_lost(sound: World) -> None:
    sound.repo.git("reset", "-q", "--hard", "HEAD~1")
    (line,) = sound.doctor()
    assert "Edisi 2026.2 sudah terbit, tetapi tidak ada dalam riwayat main" in line
    sound.run(line)
    assert sound.repo.git("rev-parse", "HEAD") == sound.main


def test_an_object_lost(sound: World) -> None:
    good = sound.tree()
    sound.edit(write("2026.1/index.html", "<html>hanya di sini</html>"))
    blob = sound.repo.git("rev-parse", "gh-pages:2026.1/index.html")
    loose = sound.repo.path / ".git/objects" / blob[:2] / blob[2:]
    loose.unlink()
    sound.repo.git("remote", "remove", "origin")
    try:
        (line,) = sound.doctor()
        assert "1 objek git dari gh-pages hilang" in line
        sound.run(line)
        assert sound.tree() == good
    finally:
        sound.repo.git("remote", "add", "origin", str(sound.remote.path))


def test_a_rollback_by_revert_is_no_damage(sound: World) -> None:
    """The guide's way back: the tree is again one that Sigap made."""
    sound.edit(flip)
    parent = sound.repo.git("rev-parse", "gh-pages~1^{tree}")
    back = sound.repo.git("commit-tree", parent, "-p", "gh-pages", "-m", "Revert")
    sound.repo.git("update-ref", "refs/heads/gh-pages", back)
    (line,) = sound.doctor()
    assert line.endswith("git push origin gh-pages")


def test_files_of_the_host_are_no_damage(sound: World) -> None:
    sound.edit(lambda folder: (folder / "CNAME").write_text("situs.example\n") and None)
    (line,) = sound.doctor()
    assert line.endswith("git push origin gh-pages")
