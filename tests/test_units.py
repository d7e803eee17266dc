"""One list of changes: every sentence leads to a place, every place has a sentence, alike in both directions."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from sigap import editions
from sigap.compare.bumps import KINDS
from sigap.compare.changes import folders, module_change
from sigap.comparison.page import fragment
from sigap.comparison.units import HEAD, Units, group, units
from sigap.model import Curriculum
from sigap.redline.engine import Redline, redline
from test_changes import BASE, CARD, EDITS, edited, read

KODE = "TK-05"


def listed(old: Curriculum, new: Curriculum, kode: str = KODE) -> tuple[Units, Redline]:
    one, two = old.by_kode[kode], new.by_kode[kode]
    sides = (folders(old), folders(new))
    there, back = module_change(one, two, *sides), module_change(two, one, *reversed(sides))
    made = redline(fragment(one), fragment(two))
    return units(there, back, made), made


def holds(found: Units, made: Redline) -> None:
    count = len(made.hunks) + bool(found.head)
    for way in (found.forward, found.back):
        assert all(sentence.units for sentence in way)
        named = {at for sentence in way for at in sentence.units}
        assert named | ({1} if found.head else set()) == set(range(1, count + 1))
        assert not any("…" in sentence.text.replace("… ", "").replace(" …", "") for sentence in way)


@pytest.mark.parametrize("name", EDITS)
def test_every_edit_is_found_where_it_stands(name: str) -> None:
    new = read(edited(*EDITS[name][0]))
    if KODE in new.by_kode:
        holds(*listed(BASE, new))


def test_a_sentence_leads_to_its_own_part() -> None:
    new = edited(*EDITS["indicator reworded"][0], *EDITS["threshold"][0], *EDITS["summary"][0])
    new[CARD] = new[CARD].replace("Kasus ini fiktif", "Kasus ini rekaan")
    found, made = listed(BASE, read(new))
    assert found.head
    for sentence in found.forward:
        paths = [made.hunks[at - 2].path[-1] if at > 1 else HEAD for at in sentence.units]
        if sentence.text.startswith("IHB"):
            assert paths == ["Indikator hasil belajar"]
        elif sentence.text.startswith("Batas lulus"):
            assert paths == ["Evaluasi"]
        elif sentence.text.startswith("Ringkasan"):
            assert paths == [HEAD]
        elif sentence.text.startswith("Lampiran"):
            assert all(made.hunks[at - 2].path[0] == "Peta Layanan dan Kartu Rujukan" for at in sentence.units)


def test_the_list_over_the_history_of_this_curriculum() -> None:
    root = Path(__file__).resolve().parent.parent
    known = editions.known(root)
    if len(known) < 2:
        pytest.skip("a checkout without the history of its editions")
    states = [editions.curriculum(editions.edition(root, name).tree) for name in known]
    for old, new in combinations(states, 2):
        for kode in old.by_kode.keys() & new.by_kode.keys():
            holds(*listed(old, new, kode))


def test_every_kind_is_sorted() -> None:
    assert {group(kind) for kind in KINDS} == {"jam", "struktur", "ihb", "teks", "lampiran", "tampilan"}
