"""`sigap publish --to`: a plain folder that is replaced as a whole, and nothing of anybody else's with it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from repos import Repo, make
from sigap import plain
from sigap.errors import Trouble

pytestmark = pytest.mark.site


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    repo = make(tmp_path_factory.mktemp("plain") / "repo")
    repo.cut("2026.1")
    assert repo.sigap("publish", "--all").code == 0
    return repo


def test_it_is_written_and_replaced_as_a_whole(repo: Repo, tmp_path: Path) -> None:
    target = tmp_path / "situs"
    count = plain.write(repo.path, target)
    (target / "2026.1" / "index.html").write_text("lama")
    (target / "banding" / "sisa.json").write_text("{}")
    assert plain.write(repo.path, target) == count
    assert (target / "2026.1" / "index.html").read_text() != "lama"
    assert not (target / "banding" / "sisa.json").exists()
    assert list(target.rglob("*.html.gz"))
    assert os.listdir(tmp_path) == ["situs"]


@pytest.mark.parametrize("name", ["catatan.txt", "data-saya", ".env"])
def test_what_is_somebody_else_s_is_named_and_stays(repo: Repo, tmp_path: Path, name: str) -> None:
    target = tmp_path / "situs"
    plain.write(repo.path, target)
    (target / name).write_text("milik orang")
    with pytest.raises(Trouble, match=name):
        plain.write(repo.path, target)
    assert (target / name).read_text() == "milik orang"


def test_a_failure_at_the_last_step_leaves_the_old_site(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "situs"
    plain.write(repo.path, target)
    rename = Path.rename

    def full(self: Path, to: Path) -> Path:
        if self.name == "baru":
            raise OSError(28, "No space left on device")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises((OSError, Trouble)):
        plain.write(repo.path, target)
    monkeypatch.undo()
    assert (target / "versions.json").is_file()


def test_a_branch_with_a_missing_object_is_trouble_and_nothing_is_written(repo: Repo, tmp_path: Path) -> None:
    blob = repo.git("rev-parse", "gh-pages:404.html")
    place = repo.path / ".git" / "objects" / blob[:2] / blob[2:]
    kept = place.read_bytes()
    place.chmod(0o644)
    place.unlink()
    try:
        with pytest.raises(Trouble):
            plain.write(repo.path, tmp_path / "situs")
        assert os.listdir(tmp_path) == []
    finally:
        place.write_bytes(kept)
