"""Which editions history has, which of them can be published, and what each is held against."""

from __future__ import annotations

from pathlib import Path

import pytest
from repos import Repo, make
from sigap import editions

PAGE = '---\nedisi: {{nama: "{name}", tanggal: 2026-11-24{more}}}\n---\n\n# Edisi {name}\n\nCatatan.\n'


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = make(tmp_path / "repo")
    made.cut("2026.1")
    return made


def add(repo: Repo, file: str, name: str | None = None, more: str = "") -> None:
    repo.write(f"docs/edisi/{file}.md", PAGE.format(name=name or file, more=more))
    repo.commit(f"Tambah {file}")


@pytest.mark.parametrize(
    "name", ["2026.²", "２０２６.２", "2026.02", "2026.0", "2026.2.1", "26.2", "2026.a", "catatan", "2026.٢"]
)
def test_a_name_that_is_none_is_one_fault(repo: Repo, name: str) -> None:
    add(repo, name)
    assert list(editions.cut(repo.path)) == ["2026.1"]
    faults = [cut for cut in editions.history(repo.path) if cut.fault]
    assert [cut.name for cut in faults] == [name]
    assert "bukan tahun, titik, dan nomor urut" in faults[0].fault
    for words in (("validate",), ("compare", "2026.1", "HEAD")):
        assert repo.sigap(*words).code < 2
    done = repo.sigap("publish", name)
    assert done.code == 2
    assert done.err.count("\n") == 1
    assert "bukan tahun, titik, dan nomor urut" in done.err


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PAGE.format(name="2026.20", more=""), "tidak menyebut"),
        ("# Tanpa kepala\n", "tidak menyebut"),
        ('---\nedisi: {nama: "2026.2", tanggal: besok}\n---\n\n# Edisi\n', "tidak menyebut"),
        ("\udcff".encode("utf-8", "surrogateescape").decode("latin-1") + "# Rusak\n", "tidak menyebut"),
    ],
)
def test_a_page_that_does_not_fit_its_name(repo: Repo, text: str, expected: str) -> None:
    repo.write("docs/edisi/2026.2.md", text)
    repo.commit()
    add(repo, "2026.3")
    assert list(editions.cut(repo.path)) == ["2026.1", "2026.3"]
    assert [cut.name for cut in editions.history(repo.path) if expected in cut.fault] == ["2026.2"]


def test_an_edition_never_goes_back_in_time(repo: Repo) -> None:
    add(repo, "2026.3")
    add(repo, "2026.2")
    add(repo, "2025.9")
    add(repo, "2026.10")
    assert list(editions.cut(repo.path)) == ["2026.1", "2026.3", "2026.10"]
    assert {cut.name: "2026.3, sudah dibuat" in cut.fault for cut in editions.history(repo.path) if cut.fault} == {
        "2026.2": True,
        "2025.9": True,
    }


def test_one_commit_may_add_several(repo: Repo) -> None:
    for name in ("2026.10", "2026.9", "2026.2"):
        repo.write(f"docs/edisi/{name}.md", PAGE.format(name=name, more=""))
    repo.commit()
    assert list(editions.cut(repo.path)) == ["2026.1", "2026.2", "2026.9", "2026.10"]


def test_the_first_commit_that_adds_a_page_cuts_it(repo: Repo) -> None:
    first = repo.git("rev-parse", "HEAD")
    repo.git("rm", "-q", "docs/edisi/2026.1.md")
    repo.commit()
    repo.cut("2026.1")
    assert editions.cut(repo.path) == {"2026.1": first}


def test_an_edition_may_replace_others(repo: Repo) -> None:
    add(repo, "2026.2")
    add(repo, "2026.3", more=', menggantikan: ["2026.2"]')
    assert [cut.replaces for cut in editions.history(repo.path)] == [(), (), ("2026.2",)]
    assert repo.sigap("validate").code == 0


def test_folders_and_other_files_are_no_editions(repo: Repo) -> None:
    repo.write("docs/edisi/lama/2026.2.md", PAGE.format(name="2026.2", more=""))
    repo.write("docs/edisi/2026.4.txt", "x")
    repo.commit()
    assert [cut.name for cut in editions.history(repo.path)] == ["2026.1"]


def test_contents_are_read_once(repo: Repo) -> None:
    add(repo, "2026.2")
    blobs = editions.Blobs(repo.path)
    one, two = (
        editions.curriculum(editions.GitTree(repo.path, commit, blobs)) for commit in editions.cut(repo.path).values()
    )
    assert all(one.by_kode[kode] is module for kode, module in two.by_kode.items())
    assert all(one.documents[path] is two.documents[path] for path in one.documents)
