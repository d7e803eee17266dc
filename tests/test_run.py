"""The runner: a rule that breaks stops no other, what follows from another waits, findings do not depend on workers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sigap import rules
from sigap.document import Problem
from sigap.model import Curriculum, Module, Severity
from sigap.rules.registry import Rule
from sigap.rules.run import findings, problems, standing
from test_clean_variations import with_text


def breaks(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    yield Problem(module.document.at(0), "Temuan sebelum patah.", "Perbaiki.", "S201")
    raise ValueError("\x1b[31mpatah\nsekali")


def test_a_rule_that_breaks_is_one_finding_a_file_and_stops_no_other() -> None:
    curriculum = with_text("TODO lengkapi.")
    broken = Rule("S999", Severity.ERROR, "Patah", "module", breaks)
    found = findings(standing(problems([broken, *rules.registry().values()], curriculum), [], []))
    told = [f for f in found if f.code == "W902"]
    assert {f.path for f in told} == {m.path for m in curriculum.modules}
    assert all("S999" in f.message and "ValueError" in f.message and "\n" not in f.message for f in told)
    assert [f.code for f in found if f.code in ("S201", "S214")].count("S214") == 1
    assert [f.code for f in found].count("S201") == len(curriculum.modules)


HOSTILE = [
    "[dokumen](http://[bad)",
    "[dokumen](http://[bad].example/x)",
    "![gambar](//[::1/x.png)",
    "[a](http://\u2100.example/)",
    "[a](http://x.example:99999999/)",
    "[a](<http://[>)",
    "[a](%00)",
    "[a](lampiran%ZZ.md#%ff%fe)",
    "[a](" + "../" * 500 + "x.md)",
    "<http://[bad>",
    "[x]: http://[bad\n\n[x]",
    "Hubungi ²²² dan ١١٢.",
    "Modul ini ² JP, ٤٥ menit, 1.²³⁴ menit.",
    "\\\u0000",
    "\ud800",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_breaks_a_rule(text: str) -> None:
    assert "W902" not in {f.code for f in rules.run(with_text(text))}
