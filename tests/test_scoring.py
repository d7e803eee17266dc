"""What a sheet scores, read from the words that sheets and modules use for their pass marks."""

from __future__ import annotations

import pytest
from sigap.scoring import mark_in, scales
from sigap.source import read


@pytest.mark.parametrize(("text", "said"), [
    ("paling sedikit 10, termasuk butir wajib 3, 6, 10, dan 12", "10, wajib 3, 6, 10, dan 12"),
    ("Sedikitnya 6 dari 7 baris sesuai kunci, termasuk baris 1, 4, dan 7.", "6 dari 7, wajib 1, 4, dan 7"),
    ("Nilai paling sedikit 14 dari 20, tanpa nilai 0 pada butir wajib 3 dan 5.", "14 dari 20, wajib 3 dan 5"),
    ("Sedikitnya 7 dari 10; keselamatan 2, persetujuan 2, data masing-masing sedikitnya 1.", "7 dari 10"),
    ("Paling sedikit 8 dari 10, termasuk butir 4 (dua langkah) dan 5 (lapor, 3 kali).", "8 dari 10, wajib 4 dan 5"),
    ("Sedikitnya 6 dari 8, termasuk situasi 2 dan 4 (lembar B: 3 dan 6).", "6 dari 8, wajib 2 dan 4"),
    ("sedikitnya 8 tepat, termasuk kartu 7, dan sedikitnya satu pada kartu 4", "8, wajib 7"),
    ("paling sedikit empat situasi tepat, termasuk situasi 3", "4, wajib 3"),
    ("Tidak dinilai: lembar pribadi.", ""),
])  # fmt: skip
def test_a_pass_mark_in_words(text: str, said: str) -> None:
    mark = mark_in(text)
    assert (mark.said if mark else "") == said


ROWS = "| {} | Butir | Nilai |\n|---|---|---|\n"


@pytest.mark.parametrize(("text", "items", "highest", "must"), [
    (ROWS.format("No") + "| 1 | satu | _ |\n| 2 | Wajib: dua | _ |\n\nLulus bila sedikitnya 1.", [1, 2], 2, {2}),
    (ROWS.format("No") + "| 1 | a | _ |\n\nLalu:\n\n" + ROWS.format("No") + "| 2 | b | _ |\n\nLulus: sedikitnya 1.", [1, 2], 2, set()),
    (ROWS.format("No") + "| 1 | a | _ |\n\nLalu:\n\n" + ROWS.format("No") + "| 1 | b | _ |\n\nLulus: sedikitnya 1.", [1], 1, set()),
    ("| Aspek | 0 | 1 | 2 |\n|---|---|---|---|\n| Aman (wajib) | a | b | c |\n| Jelas | a | b | c |\n\nLulus bila sedikitnya 3.", [1, 2], 4, {1}),
    ("1. Satu\n2. (wajib) Dua\n\nLulus bila sedikitnya 1.", [1, 2], 2, {2}),
    ("| Hari | Isi |\n|---|---|\n| 1 | satu |\n\nLulus bila sedikitnya 1.", [], 0, set()),
])  # fmt: skip
def test_what_is_scored(text: str, items: list[int], highest: int, must: set[int]) -> None:
    (scale,) = scales(read("a.md", f"# A\n\n{text}\n".encode()))
    assert ([item.number for item in scale.items], scale.highest, set(scale.must)) == (items, highest, must)


def test_a_column_sets_a_mark_for_each_part() -> None:
    rows = "| 1 | Wajib: a | _ |\n| 2 | b | _ |\n| 3 | Wajib: c | _ |\n"
    marks = (
        "| Bagian | Nilai | Batas lulus |\n|---|---|---|\n"
        "| 1 | _ dari 2 | Paling sedikit 1, termasuk butir 1 |\n| 2 | _ dari 1 | Paling sedikit 1, termasuk butir 3 |\n"
    )
    (scale,) = scales(read("a.md", f"# A\n\n{ROWS.format('No')}{rows}\n## Nilai\n\n{marks}".encode()))
    assert [mark.said for mark in scale.marks] == ["1 dari 2, wajib 1", "1 dari 1, wajib 3"]
    assert (scale.highest, scale.must) == (3, {1, 3})
