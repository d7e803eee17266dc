"""Paper from the site: links that say how much they bring, and the whole edition in one file."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from sigap import paper
from watch import RENAMED, Watched

pytestmark = [pytest.mark.browser, pytest.mark.site]


@pytest.mark.parametrize(("address", "most"), [(f"terbaru/modul/{RENAMED}/", 4), ("terbaru/program/dasar/", 3)])
def test_a_link_to_a_pack_says_its_pages_and_its_size(watched: Watched, address: str, most: int) -> None:
    page = watched.page
    watched.open(address)
    links = page.locator(".alat a[href*='berkas/']").all()
    assert len(links) == most
    for link in links:
        told = re.search(r"\(PDF, (\d+) halaman, (\d+) kB\)$", link.inner_text())
        assert told, link.inner_text()
        pages, size = paper.facts(page.request.get(link.evaluate("(a) => a.href")).body())
        assert (int(told[1]), int(told[2])) == (pages, -(-size // 1000))


def packed(files: list[tuple[str, bytes]]) -> bytes:
    """The archive as Python writes it: stored, without time, as no system in particular."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name)
            entry.create_system = entry.external_attr = 0
            archive.writestr(entry, data)
            entry.external_attr = 0  # which writestr fills in, and which is written at the end
    return out.getvalue()


def test_the_whole_edition_is_one_file_and_always_the_same(watched: Watched, tmp_path: Path) -> None:
    page = watched.page
    watched.open("terbaru/modul/")
    button = page.get_by_role("button", name="Unduh seluruh edisi 2026.3 (ZIP,")
    got = []
    for number in (1, 2):
        with page.expect_download() as download:
            button.click()
        assert download.value.suggested_filename == "sigap-2026.3.zip"
        download.value.save_as(tmp_path / f"{number}.zip")
        got.append((tmp_path / f"{number}.zip").read_bytes())
        page.get_by_text("Selesai: PDF siap cetak").wait_for()
    assert got[0] == got[1]
    with zipfile.ZipFile(io.BytesIO(got[0])) as archive:
        assert archive.testzip() is None
        held = [(name, archive.read(name)) for name in archive.namelist()]
    assert got[0] == packed(held)
    files = dict(held)
    assert "TK-01 Mendengar Aktif, versi 1.1.1" in files["BACA-SAYA.md"].decode()
    assert (
        files[f"markdown/TK-01-{RENAMED}/index.md"]
        == (watched.site.repo.path / f"modules/{RENAMED}/index.md").read_bytes()
    )
    assert files[f"cetak/TK-01-{RENAMED}/TK-01-kartu.pdf"].startswith(b"%PDF")
    assert files["cetak/PROG-DASAR-dasar/PROG-DASAR-program.pdf"].startswith(b"%PDF")
    assert files["kurikulum.json"] == watched.site.repo.blob("2026.3/kurikulum.json")


@pytest.mark.usefixtures("poppler")
def test_a_browser_prints_each_card_whole_in_a_frame_of_its_own(watched: Watched, tmp_path: Path) -> None:
    page = watched.page
    watched.open(f"terbaru/modul/{RENAMED}/lampiran-kartu-peran/")
    cards = page.locator(".sigap-potong")
    assert cards.count() == 4
    first = "[...document.querySelectorAll('.sigap-potong')].forEach((card) => (card.style.paddingBottom = '90mm'))"
    page.evaluate(first)  # so tall that two cards and a half would stand on a page
    page.emulate_media(media="print")
    for card in cards.all():
        style = card.evaluate("(card) => [getComputedStyle(card).breakInside, getComputedStyle(card).borderTopStyle]")
        assert style == ["avoid", "dashed"]
    (tmp_path / "a.pdf").write_bytes(page.pdf(format="A4"))
    words = ["pdftotext", str(tmp_path / "a.pdf"), "-"]
    pages = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split("\f")
    for one in pages:  # nor does a role see what another one holds
        assert not ("Penutur putaran" in one and "Pendengar putaran" in one), one
    assert any("Barang yang tertinggal" in one and "Penutur putaran 2" in one for one in pages)
    for title, last in (("Penutur putaran 1", "Bila dipotong"), ("Penutur putaran 2", "Buku tabungan")):
        assert any(title in one and last in one for one in pages), title
