"""The tests of a programme on paper: both for participants without a key, and one key for the facilitator."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..model import Curriculum, Programme
from ..pages.programme_tests import programme_tests
from . import press
from .packs import Pack, Running, programme_code
from .questions import question_keys, question_sheet

SHEETS, KEY = "Tes awal dan tes akhir", "Kunci tes"
TESTS = (SHEETS, KEY)
TEST_NAMES = {SHEETS: "tes", KEY: "kunci-tes"}


def packs_of_tests(programme: Programme, curriculum: Curriculum, root: Path, *, address: str = "") -> Iterator[Pack]:
    """The sheets and the key; none where the programme's modules have no questions. As `packs.module_packs`."""
    if programme_tests(programme, curriculum):
        yield from (pack_of_test(title, programme, curriculum, root, address=address) for title in TESTS)


def pack_of_test(title: str, programme: Programme, curriculum: Curriculum, root: Path, *, address: str = "") -> Pack:
    """One of the two (`TESTS`), of a programme that has tests. Raises Trouble for what cannot be set."""
    tests = programme_tests(programme, curriculum)
    code = programme_code(programme, curriculum)
    images: set[str] = set()
    sheets = ["#pagebreak(weak: true)\n\n" + question_sheet(test, images) for test in tests if title == SHEETS]
    body = "\n\n".join(sheets) or question_keys(tests, images)
    running = Running(title, programme.kode, programme.title, "", (), address, code)
    source = f"{running.typst()}#show: pak.with(jalan)\n\n{body}"
    data = press.pdf(source, root, images, f"{programme.document.path}: {title}")
    return Pack(title, f"{programme.kode}-{TEST_NAMES[title]}", code, data)
