"""Handouts say what they are: front matter, cards and their cuts, and the rules that hold them (P)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from editions import Memory
from sigap import rules
from sigap.handout import cards, copies, copies_text, handout_of, writable
from sigap.load import load
from sigap.model import Curriculum, Finding
from sigap.source import read
from test_rules_pages import SAMPLE, example

FOLDER = "modules/mendengar-aktif"
SHEET, CARDS, KEY = (f"{FOLDER}/lampiran-{name}.md" for name in ("daftar-amati", "kartu-peran", "kunci-amati"))


def state(files: dict[str, bytes]) -> Curriculum:
    return load(Memory(files), date(2026, 11, 30))


def found(path: str, old: str, new: str) -> list[Finding]:
    text = SAMPLE[path].decode()
    assert text.count(old) == 1
    return rules.run(state({**SAMPLE, path: text.replace(old, new).encode()}))


@pytest.mark.parametrize(("path", "old", "new", "code", "line", "column"), [
    (SHEET, "jenis: daftar-periksa", "jenis: daftar", "F105", 2, 12),
    (SHEET, "untuk: pasangan", "untuk: berdua", "F105", 2, 35),
    (SHEET, ", untuk: pasangan", "", "F103", 2, 1),
    (SHEET, "untuk: pasangan", "untuk: pasangan, salin: 0", "P105", 2, 52),
    (SHEET, "untuk: pasangan", "untuk: pasangan, salinan: 2", "F104", 2, 52),
    (SHEET, "lampiran: {jenis", "lampirn: {jenis", "F104", 2, 1),
    (SHEET, "untuk: pasangan", "untuk: pasangan, ukuran: 4", "P105", 2, 52),
    (SHEET, "untuk: pasangan", "untuk: pasangan, potong: [Butir]", "P105", 2, 52),
    (SHEET, "untuk: pasangan", "untuk: pasangan, campur: true", "P105", 2, 52),
    (SHEET, "untuk: pasangan", "untuk: pasangan, bentuk: A", "P105", 2, 52),
    (KEY, "untuk: fasilitator", "untuk: peserta", "P102", 2, 26),
    (KEY, "untuk: fasilitator", "untuk: kelas", "P102", 2, 26),
    (CARDS, ", potong: [Penutur, Pendengar]", "", "P103", 2, 12),
    (CARDS, "potong: [Penutur, Pendengar]", "potong: [Penutur, Penengah]", "P103", 2, 61),
    (CARDS, "potong: [Penutur, Pendengar]", "potong: [Putaran 3, Penutur, Pendengar]", "P103", 2, 52),
    (CARDS, "potong: [Penutur, Pendengar]", "potong: [Putaran], butir: true", "P103", 2, 52),
    (KEY, "jenis: kunci, untuk: fasilitator", "jenis: formulir, untuk: peserta", "P104", 2, 12),
    (KEY, "jenis: kunci, untuk: fasilitator", "jenis: lembar-kerja, untuk: kelas", "P104", 2, 12),
    (SHEET, "Catatan: ________ (3 baris)", "________", "P106", 14, 1),
])  # fmt: skip
def test_one_contradiction_one_finding(path: str, old: str, new: str, code: str, line: int, column: int) -> None:
    (finding,) = found(path, old, new)
    assert (finding.code, finding.path, finding.line, finding.column) == (code, path, line, column), finding


def test_what_says_nothing_is_held_once_an_edition_is_out() -> None:
    """Editions stand as they were published; the next one must say what its sheets are."""
    assert example("P101", "Contoh benar") in SAMPLE[SHEET].decode()
    silent = SAMPLE[SHEET].decode().replace(example("P101", "Contoh benar"), example("P101", "Contoh salah"))
    curriculum = state({**SAMPLE, SHEET: silent.encode()})
    assert rules.run(curriculum) == []
    (finding,) = rules.run(replace(curriculum, base=state(SAMPLE), base_name="2026.1"), select={"P101"})
    assert (finding.code, finding.path, finding.line) == ("P101", SHEET, 1)
    assert rules.run(replace(state(SAMPLE), base=state(SAMPLE), base_name="2026.1")) == []


def test_a_card_is_what_stands_below_its_heading() -> None:
    document = read(CARDS, SAMPLE[CARDS])
    handout = handout_of(document)
    assert handout
    shown = [(card.role, card.above, card.heading.text if card.heading else "") for card in cards(document, handout)]
    assert shown == [
        ("Penutur", "Putaran 1: Kabar dari rumah", "Penutur putaran 1"),
        ("Pendengar", "Putaran 1: Kabar dari rumah", "Pendengar putaran 1"),
        ("Penutur", "Putaran 2: Barang yang tertinggal", "Penutur putaran 2"),
        ("Pendengar", "Putaran 2: Barang yang tertinggal", "Pendengar putaran 2"),
    ]
    assert [block.kind for block in cards(document, handout)[0].body] == ["paragraph", "list"]


def test_roles_without_headings_are_cut_at_their_paragraphs() -> None:
    """`Peran petugas: …` begins a card under the title of its round; a role with headings is cut there alone."""
    front = "---\nlampiran: {jenis: kartu, untuk: trio, potong: [Peran petugas, Peran anak, Kartu]}\n---\n\n# Judul\n\n"
    text = "Peran petugas dibaca dulu.\n\n## Putaran 1\n\nPengantar.\n\nPeran petugas: duduk.\n\n- tanya\n\n"
    text += "Peran anak: diam.\n\n### Kartu 1\n\nIsi.\n\n## Sesudahnya\n\nKartu dikumpulkan.\n"
    document = read("a.md", (front + text).encode())
    handout = handout_of(document)
    assert handout
    assert [(c.role, c.above, [block.text for block in c.body]) for c in cards(document, handout)] == [
        ("Peran petugas", "Putaran 1", ["Peran petugas: duduk.", ""]),
        ("Peran anak", "Putaran 1", ["Peran anak: diam."]),
        ("Kartu", "Putaran 1", ["Isi."]),
    ]


@pytest.mark.parametrize("pieces", ["1. satu\n2. dua\n", "| No | Isi |\n|---|---|\n| 1 | satu |\n| 2 | dua |\n"])
def test_rows_and_items_can_be_cards(pieces: str) -> None:
    front = "---\nlampiran: {jenis: kartu, untuk: kelas, potong: [Kartu], butir: true}\n---\n\n# Judul\n\n"
    document = read("a.md", f"{front}## Kartu tahap\n\n{pieces}\n## Catatan\n\n1. bukan kartu\n".encode())
    handout = handout_of(document)
    assert handout
    assert [(card.role, card.body[0].kind) for card in cards(document, handout)] in (
        [("Kartu", "item")] * 2,
        [("Kartu", "row")] * 2,
    )


@pytest.mark.parametrize(("text", "yes"), [
    ("Nama: ________", True), ("Ya/Belum", True), ("Ya / Tidak", True), ("☐ selesai", True), ("- [ ] selesai", True),
    ("Kaya/Belumut", False), ("a __ b", False), ("Ya atau belum", False),
])  # fmt: skip
def test_where_one_can_write(text: str, yes: bool) -> None:
    assert writable(read("a.md", f"# A\n\n{text}\n".encode())) is yes


@pytest.mark.parametrize(("front", "text"), [
    ("jenis: formulir, untuk: peserta, salin: 2", "2 untuk setiap peserta"),
    ("jenis: kartu, untuk: trio, potong: [A]", "1 set untuk setiap kelompok tiga orang"),
    ("jenis: bacaan, untuk: kelompok, ukuran: 5", "1 untuk setiap kelompok 5 orang"),
    ("jenis: kunci, untuk: fasilitator", "1 untuk fasilitator"),
    ("jenis: formulir, untuk: kelas", "1 untuk kelas"),
])  # fmt: skip
def test_copies_in_words(front: str, text: str) -> None:
    handout = handout_of(read("a.md", f"---\nlampiran: {{{front}}}\n---\n# A\n".encode()))
    assert handout
    assert copies_text(handout) == text


@pytest.mark.parametrize(("front", "counts"), [
    ("jenis: formulir, untuk: peserta, salin: 2", [48, 50, 52, 56, 58, 60]),
    ("jenis: formulir, untuk: pasangan", [12, 13, 13, 14, 15, 15]),
    ("jenis: bacaan, untuk: trio", [8, 9, 9, 10, 10, 10]),
    ("jenis: bacaan, untuk: kelompok, ukuran: 5", [5, 5, 6, 6, 6, 6]),
    ("jenis: bacaan, untuk: kelompok", [None] * 6),
    ("jenis: naskah, untuk: fasilitator, salin: 2", [2] * 6),
])  # fmt: skip
def test_copies_are_enough_for_whoever_is_left_over(front: str, counts: list[int | None]) -> None:
    handout = handout_of(read("a.md", f"---\nlampiran: {{{front}}}\n---\n# A\n".encode()))
    assert handout
    assert [copies(handout, people) for people in (24, 25, 26, 28, 29, 30)] == counts
