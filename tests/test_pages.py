"""Generated pages: golden files of the small curriculum, and what must hold of any."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from editions import Memory
from golden_files import same
from repos import CONTOH
from sigap import pages, site, timetable, vocabulary
from sigap.addresses import uri, web
from sigap.compare.changes import changes, data
from sigap.export import export, restore
from sigap.load import load
from sigap.model import Break, Curriculum, Mode
from sigap.pages import docs
from sigap.pages.docs import edition_changes
from sigap.pages.module import module_page
from sigap.tree import Folder

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def contoh() -> Curriculum:
    return load(Folder.open(CONTOH), TODAY)


def test_every_page_reads_as_its_golden_file(contoh: Curriculum) -> None:
    for where, page in pages.pages(contoh).items():
        if where.startswith(("modul/", "program/", "edisi/")) or where == "index.md":
            same(f"pages/{where.replace('/', '--')}", page.content)


def test_totals_are_sums_of_the_tables(contoh: Curriculum) -> None:
    for module in contoh.modules:
        text = module_page(module, contoh)
        for session in module.sessions or ():
            by_mode = {mode: session.minutes(mode) for mode in Mode}
            assert f"**Jumlah sesi:** {sum(by_mode.values())} menit" in text
        assert f"**{module.minutes()}**" in text


def test_each_page_says_where_it_is_edited(contoh: Curriculum) -> None:
    for where, page in pages.pages(contoh).items():
        assert page.source in contoh.documents
        assert where == uri(page.source) or where.startswith(f"{uri(page.source).removesuffix('.md')}/tes-")


def test_links_between_modules_and_docs_reach_a_page(contoh: Curriculum) -> None:
    made = pages.pages(contoh)
    import posixpath

    for where, page in made.items():
        for target in re.findall(r"\]\(([^)#:\s]+\.md)", page.content):
            reached = posixpath.normpath(posixpath.join(posixpath.dirname(where), target))
            assert reached in made, (where, target)


def test_the_menu_does_not_grow(contoh: Curriculum) -> None:
    menu = site.framed("modul/mendengar-aktif/lampiran-daftar-amati.md", "../../../", contoh)["menu"]
    assert [label for label, _, _ in menu] == [label for label, _ in site.TABS]
    assert [mark for _, address, mark in menu if address == "../../../modul/"] == ["true"]


def test_edition_notes_list_what_changed(contoh: Curriculum) -> None:
    text = edition_changes(data(changes(contoh, contoh), "2026.1", "2026.2"), contoh.editions[-1].document)
    assert "Tidak ada modul yang berubah." in text
    assert "](banding:../../../banding/2026.1-2026.2/)" in text


def test_breaks_stand_between_sessions_and_days_keep_their_limit(contoh: Curriculum) -> None:
    for programme in contoh.programmes:
        limit = programme.lessons_per_day * contoh.policy.lesson_minutes
        for slots in timetable.days(programme, contoh):
            assert not slots[0].pause
            assert not slots[-1].pause
            assert sum(s.session.minutes() for s in slots if s.session) <= limit or len(slots) == 1
            assert all(two.start - one.end in (0, contoh.policy.session_gap) for one, two in pairwise(slots))
            assert [s.pause for s in slots if s.pause] == sorted((s.pause for s in slots if s.pause), key=_start)


def test_a_programme_shows_its_other_days() -> None:
    files = {p.relative_to(CONTOH).as_posix(): p.read_bytes() for p in CONTOH.rglob("*") if p.is_file()}
    path = "docs/program/dasar.md"
    days = b'  varian: {daring: {jp_per_hari: 2, mulai: "13:00"}}\n'
    files[path] = files[path].replace(b"---\n\n", days + b"---\n\n", 1)
    curriculum = load(Memory(files), date(2026, 11, 24))
    (programme,) = curriculum.programmes
    assert restore(export(curriculum)).programmes[0].variants == programme.variants
    text = pages.pages(curriculum)["program/dasar.md"].content
    assert text.count("### Hari ") == 2
    assert text.count("#### Daring, hari ") == 3
    assert "[Susun jadwal daring dengan tanggal Anda](banding:?susun=1&jp=2&pukul=13%3A00)" in text
    assert "| 13.00–13.30 | *Pembukaan* | — |" in text


def _start(pause: Break) -> int:
    return pause.start


@pytest.mark.parametrize(("path", "address"), [
    ("modules/x/index.md", "modul/x/"),
    ("modules/x/lampiran-a.md", "modul/x/lampiran-a/"),
    ("modules/x/gambar.png", "modul/x/gambar.png"),
    ("docs/index.md", ""),
    ("docs/panduan/pelatih.md", "panduan/pelatih/"),
])  # fmt: skip
def test_addresses(path: str, address: str) -> None:
    assert web(path) == address


def test_every_part_that_a_page_may_ask_for_is_made() -> None:
    assert set(docs._GENERATED) == set(vocabulary.GENERATED)
