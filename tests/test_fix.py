"""`--fix`: only what cannot change meaning, once and for all, and never half a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from editions import Memory
from hypothesis import given, settings
from hypothesis import strategies as st
from repos import CONTOH, make
from sigap import fix
from sigap.document import Fix
from sigap.export import export
from sigap.load import load
from sigap.model import Curriculum

INDEX = "modules/mendengar-aktif/index.md"
TODAY = date(2026, 11, 24)


def read(text: str) -> Curriculum:
    return load(Memory({**FILES, INDEX: text.encode()}), TODAY)


FILES = {p.relative_to(CONTOH).as_posix(): p.read_bytes() for p in CONTOH.rglob("*") if p.is_file()}
CLEAN = FILES[INDEX].decode()
BROKEN = {
    "shallow list": CLEAN.replace("    - tubuh yang menghadap\n    - diam", "   - tubuh yang menghadap\n   - diam"),
    "bullets under a number by two": CLEAN.replace("    - Tanyakan:", "  - Tanyakan:").replace(
        "    - Jawaban", "  - Jawaban"
    ),
    "bullets under a number by one": CLEAN.replace("    - Tanyakan:", " - Tanyakan:").replace(
        "    - Jawaban", " - Jawaban"
    ),
    "bullets as word processors write them": CLEAN.replace(
        "- Hadap, diam, ulangi.", "• Hadap, diam, ulangi.\n•\u00a0Tunggu."
    ),
    "no blank line before a list": CLEAN.replace("\n\n- Hadap, diam, ulangi.", "\n\nIngat:\n- Hadap, diam, ulangi."),
}


@pytest.mark.parametrize("name", [name for name in BROKEN if name.startswith("bullets under")])
def test_what_fell_out_of_a_numbered_list_goes_back(name: str) -> None:
    assert fix.fixes(read(BROKEN[name]), None, frozenset()) == {INDEX: CLEAN.encode()}


def test_a_tab_is_right_and_stays() -> None:
    tabbed = CLEAN.replace("    - Tanyakan:", "\t- Tanyakan:").replace("    - Jawaban", "\t- Jawaban")
    assert fix.fixes(read(tabbed), None, frozenset()) == {}


@pytest.mark.parametrize("name", BROKEN)
def test_fixing_once_is_enough_and_keeps_the_model(name: str) -> None:
    broken = read(BROKEN[name])
    mended = fix.fixes(broken, None, frozenset())
    assert set(mended) == {INDEX}
    again = read(mended[INDEX].decode())
    assert fix.fixes(again, None, frozenset()) == {}
    one, two = (export(state)["modules"][0] for state in (broken, again))
    keep = {"texts": 0, "topics": 0} if name == "shallow list" else {"texts": 0}  # its subtopics are read again
    assert {**one, **keep} == {**two, **keep}


def test_a_clean_curriculum_needs_no_fix() -> None:
    assert fix.fixes(read(CLEAN), None, frozenset()) == {}


@settings(max_examples=100)
@given(
    st.binary(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 5), st.text(max_size=3)), max_size=5)
)
def test_overlapping_fixes_never_lose_bytes_beside_them(data: bytes, mends: list[tuple[int, int, str]]) -> None:
    fixes = [Fix(start, min(start + size, len(data)), text) for start, size, text in mends if start <= len(data)]
    out = fix.applied(data, fixes)
    assert len(out) >= len(data) - sum(f.end - f.start for f in fixes)


def test_the_command_writes_the_file_and_keeps_its_mode(tmp_path: Path) -> None:
    repo = make(tmp_path / "repo")
    path = repo.path / INDEX
    path.write_text(BROKEN["shallow list"], encoding="utf-8")
    path.chmod(0o640)
    shown = repo.sigap("validate", "--diff")
    assert "+    - tubuh" in shown.err
    assert path.read_text(encoding="utf-8") == BROKEN["shallow list"]
    done = repo.sigap("validate", "--fix")
    assert done.code == 0, done.out
    assert path.read_text(encoding="utf-8") == CLEAN
    assert path.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in path.parent.glob(".*")] == []
