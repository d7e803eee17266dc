"""What is written, is written whole or not at all, and never over what belongs to somebody else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from repos import ENVIRONMENT, Repo, make
from sigap import files
from sigap.errors import Trouble


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return make(tmp_path / "repo")


def listing(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if ".git" not in path.parts)


def test_a_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    files.write(path, "satu\ndua\n")
    path.chmod(0o640)
    files.write(path, b"tiga\r\n")
    assert path.read_bytes() == b"tiga\r\n"
    assert path.stat().st_mode & 0o777 == 0o640
    with pytest.raises(UnicodeEncodeError):
        files.write(path, "\ud800")
    assert path.read_bytes() == b"tiga\r\n"
    assert listing(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("target", ["out", "baru/di/bawah/out"])
def test_a_folder_comes_whole_or_not_at_all(tmp_path: Path, target: str) -> None:

    def fails() -> None:
        with files.new_folder(tmp_path / target) as folder:
            (folder / "a").write_text("a")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fails()
    assert listing(tmp_path) == []
    with files.new_folder(tmp_path / target) as folder:
        (folder / "a").write_text("a")
    assert (tmp_path / target / "a").read_text() == "a"
    with pytest.raises(Trouble), files.new_folder(tmp_path / target):
        pass
    assert (tmp_path / target / "a").read_text() == "a"


def test_what_stands_beside_it_stays(repo: Repo, tmp_path: Path) -> None:
    beside = tmp_path / ".out.sebagian"
    beside.mkdir()
    (beside / "penting.txt").write_text("x")
    assert repo.sigap("stage", str(tmp_path / "out")).code == 0
    assert (beside / "penting.txt").read_text() == "x"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".out.sebagian", "out", "repo"]


@pytest.mark.parametrize("target", ["modules/baru", "docs", "docs/baru", "modules", "modules/../docs/x"])
def test_nothing_is_staged_into_the_curriculum(repo: Repo, target: str) -> None:
    before = listing(repo.path)
    done = repo.sigap("stage", str(repo.path / target))
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert listing(repo.path) == before


def test_a_symbolic_link_is_not_staged(repo: Repo, tmp_path: Path) -> None:
    (repo.path / "modules/jaga-diri/catatan.png").symlink_to("../../.git/config")
    done = repo.sigap("stage", str(tmp_path / "out"))
    assert done.code == 0  # it is not read, as if it were not there; F112 speaks of it
    assert not list((tmp_path / "out").rglob("catatan.png"))


def test_stage_fills_an_empty_folder_it_stands_in(repo: Repo, tmp_path: Path) -> None:
    (tmp_path / "sini").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "sigap", "-C", str(repo.path), "stage", "."],
        cwd=tmp_path / "sini",
        capture_output=True,
        text=True,
        env={**os.environ, **ENVIRONMENT},
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "sini/index.md").exists()


@pytest.mark.parametrize(
    "words",
    [("new", "TB-01", "Logistik Posko"), ("stage", "out"), ("compare", "HEAD", ".", "--format", "html", "-o", "out")],
)
def test_a_full_disk_leaves_nothing_half_written(repo: Repo, words: tuple[str, ...]) -> None:
    repo.replace("modules/jaga-diri/index.md", "## Tujuan", "Kalimat baru.\n\n## Tujuan")
    before = listing(repo.path)
    full = f"ulimit -f 0; exec {sys.executable} -m sigap -C {repo.path} " + " ".join(f"'{word}'" for word in words)
    env = {**os.environ, **ENVIRONMENT, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(["bash", "-c", full], capture_output=True, text=True, cwd=repo.path, env=env)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert listing(repo.path) == before
