"""Minutes that classes measured: on the module's page, on the cover of its book, beside the plan, and in an export."""

from __future__ import annotations

from datetime import date

import pytest
from editions import Memory
from sigap import pages
from sigap.load import load
from sigap.model import Trial
from test_rules_pages import LISTEN, SAMPLE

PAGE = "docs/panduan/menit-terukur.md"
FILES = {**SAMPLE, PAGE: b"# Menit terukur\n\n<!-- sigap: menit-terukur -->\n"}


def test_a_trial_is_read_and_shown_beside_the_plan() -> None:
    curriculum = load(Memory(FILES), date(2026, 11, 30))
    assert curriculum.by_kode["TK-01"].trials == (Trial(date(2026, 11, 21), 12, ((1, 95),)),)
    made = pages.pages(curriculum)
    text = made["panduan/menit-terukur.md"].content
    assert "| Sesi 1: Mendengar berpasangan | 90 | 95 | +5 | 12 | 21 November 2026 |" in text
    assert "Belum diuji di kelas: TK-02, TK-03." in text
    assert (
        "| Uji coba | 1 kelas dengan jam, terakhir 21 November 2026 |" in made["modul/mendengar-aktif/index.md"].content
    )
    assert "| Uji coba | Belum diuji di kelas |" in made["modul/jaga-diri/index.md"].content


@pytest.mark.parametrize("line", ["", "uji_coba: []\n"])
def test_nothing_and_an_empty_list_mean_the_same(line: str) -> None:
    text = SAMPLE[LISTEN].decode()
    start = text.index("uji_coba:")
    files = {**FILES, LISTEN: (text[:start] + line + text[text.index("\n", start) + 1 :]).encode()}
    made = pages.pages(load(Memory(files), date(2026, 11, 30)))
    assert "| Uji coba | Belum diuji di kelas |" in made["modul/mendengar-aktif/index.md"].content
    assert "Belum diuji di kelas: TK-01, TK-02, TK-03." in made["panduan/menit-terukur.md"].content


def test_fewer_minutes_carry_a_minus() -> None:
    files = {**FILES, LISTEN: SAMPLE[LISTEN].replace(b"{1: 95}", b"{1: 80}")}
    text = pages.pages(load(Memory(files), date(2026, 11, 30)))["panduan/menit-terukur.md"].content
    assert "| 90 | 80 | −10 | 12 |" in text
