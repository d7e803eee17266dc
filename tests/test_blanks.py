"""Blanks and boxes as HTML: the same words as written, and marks that paper and screen can draw."""

from __future__ import annotations

import html
import re

import pytest
from markdown import Markdown


def shown(text: str) -> str:
    return Markdown(extensions=["tables", "sane_lists", "sigap.blanks"]).convert(text)


def words(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())


@pytest.mark.parametrize(("text", "expected"), [
    ("Nama: ________", '<p class="isian-baris"><span class="isian-label">Nama: </span><span class="isian">________</span></p>'),
    (
        "**Isi.** Kode: ____ Jam: ____",
        '<p class="isian-baris"><span class="isian-label"><strong>Isi.</strong> Kode: </span><span class="isian">____</span>'
        '<span class="isian-label"> Jam: </span><span class="isian">____</span></p>',
    ),
    (
        "Catatan: ________ (5 baris)",
        '<p class="isian-baris"><span class="isian-label">Catatan: </span>'
        '<span class="isian" data-baris="5">________</span></p>',
    ),
    ("“Supaya ________.”", '<p class="isian-baris"><span class="isian-label">“Supaya </span><span class="isian">________</span>'
        '<span class="isian-label">.”</span></p>'),
    ("☐ Selesai", '<p><span class="isian-kotak">☐</span> Selesai</p>'),
    ("Isi Ya/Belum pada setiap baris.", "<p>Isi Ya/Belum pada setiap baris.</p>"),
    ("Tulis `________` saja.", "<p>Tulis <code>________</code> saja.</p>"),
    ("Tanpa isian, a __ b.", "<p>Tanpa isian, a __ b.</p>"),
])  # fmt: skip
def test_lines(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(("cell", "expected"), [
    ("________", '<td class="isian-sel"><span class="isian">________</span></td>'),
    ("____ (3 baris)", '<td class="isian-sel"><span class="isian" data-baris="3">____</span></td>'),
    ("Jam ____", '<td>Jam <span class="isian">____</span></td>'),
    ("Ya/Belum", '<td><span class="isian-kotak">☐</span> Ya <span class="isian-kotak">☐</span> Belum</td>'),
    ("Ya / Tidak", '<td><span class="isian-kotak">☐</span> Ya <span class="isian-kotak">☐</span> Tidak</td>'),
    ("biasa", "<td>biasa</td>"),
])  # fmt: skip
def test_cells(cell: str, expected: str) -> None:
    assert expected in shown(f"| No | Isi |\n|---|---|\n| 1 | {cell} |")
    assert "<th>No</th>" in shown(f"| No | Isi |\n|---|---|\n| 1 | {cell} |")


@pytest.mark.parametrize(
    "text",
    ["Nama: ________, tidak ada ____ lain", "- a: ____\n- b", "1. *x* ____ **y** ____ z", "| a |\n|---|\n| ____ b |"],
)
def test_no_word_is_lost(text: str) -> None:
    assert words(shown(text)) == words(Markdown(extensions=["tables", "sane_lists"]).convert(text))


def test_columns_that_take_sentences_get_room() -> None:
    page = shown("| No | Jawaban | Ya |\n|---|---|---|\n| 1 | ____ | ____ |\n| 2 | ____ | ____ |")
    assert '<th class="isian-kolom isian-kolom--1">Jawaban</th>\n<th>Ya</th>' in page
    assert "isian-kolom" not in shown("| No | Jawaban |\n|---|---|\n| 1 | ____ |\n| 2 | ada |")
