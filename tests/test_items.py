"""Questions as they are read: what is asked, what can be answered, which is right, and the bytes where each stands."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from editions import Memory
from sigap import rules
from sigap.compare.bumps import Status
from sigap.compare.changes import changes
from sigap.items import bank_of, banks_of
from sigap.load import load
from sigap.rules import items as item_rules
from sigap.source import read
from sigap.vocabulary import STATUSES
from test_rules_pages import SAMPLE

ROOT = Path(__file__).resolve().parents[1]
FRONT = "---\nlampiran: {jenis: soal, untuk: peserta, bentuk: B}\n---\n\n# Soal\n\nContoh.\n\n"


def test_a_question_is_read_with_its_places() -> None:
    text = (
        "## Soal 1\n\n**IHB 2.** Hujan\nturun. *Apa* lebih dahulu?\n\nPilih satu.\n\n- [ ] Menunggu\n  reda.\n"
        "    - Terlambat, lihat\n      [materi](index.md).\n- [X] Berteduh.\n\n    - Aman.\n- Berlari.\n"
    )
    document = read("modules/x/lampiran-soal-b.md", (FRONT + text).encode())
    bank = bank_of(document)
    assert bank
    (item,) = bank.items
    assert (bank.form, item.number, item.kode, item.indicator) == ("B", 1, "", 2)
    assert item.text == "Hujan turun. Apa lebih dahulu? Pilih satu."
    assert item.answer == "b"
    shown = [document.data[slice(*option.span)].decode().strip() for option in item.options]
    assert shown == ["Menunggu\n  reda.", "Berteduh.", "Berlari."]
    assert [option.right for option in item.options] == [False, True, False]
    why = [[document.data[slice(*span)].decode().strip() for span in option.reasons] for option in item.options]
    assert why == [["Terlambat, lihat\n      [materi](index.md)."], ["Aman."], []]
    assert document.at(item.options[1].start).line == text[: text.index("- [X]")].count("\n") + FRONT.count("\n") + 1


@pytest.mark.parametrize(
    "text", ["", "## Soal\n", "## Soal 1\n\nTanpa apa-apa.\n", "## Soal 1\n\n- [x] a\n", "### Soal 1\n"]
)
def test_what_is_missing_is_empty(text: str) -> None:
    bank = bank_of(read("a.md", (FRONT + text).encode()))
    assert bank
    for item in bank.items:
        assert item.indicator is None
        assert all(not option.reasons for option in item.options)


def test_other_handouts_hold_no_questions() -> None:
    front = FRONT.replace("jenis: soal", "jenis: bacaan").replace(", bentuk: B", "")
    assert bank_of(read("a.md", f"{front}## Soal 1\n\n- [x] a\n".encode())) is None
    curriculum = load(Memory(SAMPLE), date(2026, 11, 30))
    assert [bank.form for bank in banks_of(curriculum.by_kode["TK-01"])] == ["A", "B"]


def test_the_example_in_the_guide_is_a_question() -> None:
    guide = (ROOT / "docs/kontribusi/index.md").read_text("utf-8")
    text = next(fence for fence in re.findall(r"(?s)```markdown\n(.*?)```", guide) if "jenis: soal" in fence)
    bank = bank_of(read("modules/jaga-diri/lampiran-soal-a.md", text.encode()))
    assert bank
    assert [item.answer for item in bank.items] == ["b"]
    path = "modules/jaga-diri/lampiran-soal-a.md"
    found = rules.run(load(Memory({**SAMPLE, path: text.encode()}), date(2026, 11, 30)))
    assert [(f.code, f.path) for f in found] == [("Q106", path)]  # one question, where a form has six


def test_every_state_may_ask_for_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """`REQUIRED_FROM` is the one line that says from which state a module must have them."""
    without = {
        p: re.sub(rb"- Soal periksa diri.*\n", b"", d) for p, d in SAMPLE.items() if "rujukan-aman/lampiran" not in p
    }
    curriculum = load(Memory(without), date(2026, 11, 30))
    assert rules.run(curriculum, select={"Q110"}) == []
    monkeypatch.setattr(item_rules, "REQUIRED_FROM", tuple(STATUSES))
    (finding,) = rules.run(curriculum, select={"Q110"})
    assert finding.path == "modules/rujukan-aman/index.md"
    none = replace(curriculum, modules=tuple(replace(module, handouts=()) for module in curriculum.modules))
    assert rules.run(none, select={"Q110"}) == []


@pytest.mark.parametrize(("old", "new", "bump"), [
    ("- [ ] Berdiri", "- [x] Berdiri", "patch"),  # a moved key changes no word, and still is a change
    ("mencatat setiap kalimat", "mencatat setiap kata", "patch"),
    ("\n## Soal 6", "\n## Soal 7", "patch"),
    ("", "", "minor"),
])  # fmt: skip
def test_a_changed_question_asks_for_a_version(old: str, new: str, bump: str) -> None:
    """Questions are for oneself and decide no certificate: changing one is a patch, as of any handout, a new form more."""
    path = "modules/mendengar-aktif/lampiran-soal-a.md"
    before = load(Memory(SAMPLE if old else {p: d for p, d in SAMPLE.items() if p != path}), date(2026, 11, 30))
    after = load(Memory({**SAMPLE, path: SAMPLE[path].replace(old.encode(), new.encode(), 1)}), date(2026, 11, 30))
    (module,) = [m for m in changes(before, after).modules if m.status is Status.CHANGED]
    assert module.required.word == bump
    assert {change.kind for change in module.changes} == {"handout-changed" if old else "handout-added"}
