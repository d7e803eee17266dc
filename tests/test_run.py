"""The runner: a rule that breaks stops no other, what follows from another waits, findings do not depend on workers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from editions import Memory
from sigap import rules
from sigap.document import Problem
from sigap.model import Curriculum, Module, Severity
from sigap.rules.registry import Rule
from sigap.rules.run import findings, problems, standing
from sigap.rules.shares import Side, check
from test_clean_variations import with_text
from test_mutations import BASE, FILES, IN, SENTENCES, TK05, TODAY, WHOLE, Files, state


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


# --- The same findings whatever the number of workers ---------------------------------------------------------------


def everything_wrong() -> Files:
    """Every sentence of the catalogue in a module of its own, so that there is something in every share."""
    files = dict(FILES)
    text = FILES[TK05].decode()
    for number, (_, sentence) in enumerate(SENTENCES):
        changed = text.replace("TK-05", f"TQ-{number + 10}").replace(IN, f"{IN}{sentence}\n\n", 1)
        files[f"modules/modul-{number}/index.md"] = changed.encode()
    return files


ALTERED = {name.replace(" ", "-"): edit for name, _, _, edit, _ in WHOLE}


@pytest.mark.parametrize("workers", [2, 3])
@pytest.mark.parametrize("name", ["everything", *ALTERED])
def test_findings_do_not_depend_on_the_workers(name: str, workers: int) -> None:
    files = everything_wrong() if name == "everything" else ALTERED[name](FILES)
    alone = rules.run(replace(state(files), base=BASE, base_name="2026.1"), url="x/")
    base = Side(Memory(FILES), "2026.1")
    together, curriculum = check(Memory(files), base, today=TODAY, url="x/", workers=workers)
    assert together == alone
    assert len(curriculum.modules) == len(state(files).modules)


@pytest.mark.parametrize("select", ["L402", "V803", "H", "W901"])
def test_nor_do_selected_ones(select: str) -> None:
    files = everything_wrong()
    chosen = rules.matching([select])
    alone = rules.run(state(files), select=chosen)
    assert check(Memory(files), today=TODAY, select=chosen, workers=2)[0] == alone


def test_a_module_that_moved_is_held_against_its_old_folder() -> None:
    moved = {path.replace("/swarawat-supervisi/", "/swarawat/"): data for path, data in FILES.items()}
    alone = rules.run(replace(state(moved), base=BASE, base_name="2026.1"))
    assert {"V803", "V806"} <= {f.code for f in alone}
    assert check(Memory(moved), Side(Memory(FILES), "2026.1"), today=TODAY, workers=3)[0] == alone
