"""The curriculum itself: what no single rule holds, counted over the repository's own modules and programmes."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
from sigap import timetable, vocabulary
from sigap.load import load
from sigap.model import Curriculum, Mode
from sigap.tree import Folder

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def curriculum() -> Curriculum:
    return load(Folder.open(ROOT))


def test_the_timetables_teach_what_the_programmes_promise(curriculum: Curriculum) -> None:
    for programme in curriculum.programmes:
        taught = sum(
            slot.session.minutes() for day in timetable.days(programme, curriculum) for slot in day if slot.session
        )
        assert taught == (programme.lesson_hours or 0) * curriculum.policy.lesson_minutes


def test_every_module_has_substance_handouts_and_citations(curriculum: Curriculum) -> None:
    for module in curriculum.modules:
        content = (
            module.document.data.decode().split(f"## {vocabulary.CONTENT}")[1].split(f"## {vocabulary.SUMMARY}")[0]
        )
        assert len(re.findall(r"\w[\w’'-]*", content)) >= 1200, module.kode
        assert module.handouts, module.kode
        text = "".join(document.data.decode() for document in module.documents)
        for reference in module.references or ():
            assert reference.key, (module.kode, reference.text)
            assert len(re.findall(rf"\[[^\]\n]*{re.escape(reference.key)}[^\]\n]*\]", text)) > 1, reference.key


def test_every_indicator_is_practised_or_explained_and_assessed(curriculum: Curriculum) -> None:
    for module in curriculum.modules:
        assessed = {number for row in module.assessments or () for number in row.indicators}
        practised = {
            number
            for session in module.sessions or ()
            for activity in session.activities or ()
            if activity.mode is Mode.ASSIGNMENT
            for number in activity.indicators
        }
        numbers = {indicator.number for indicator in module.indicators or ()}
        assert assessed == numbers, module.kode
        assert practised == numbers, module.kode


CORE = "TK-14"
"""The safeguarding core: what stands there is said word for word wherever it is needed."""


def test_no_two_modules_share_a_paragraph_but_the_core(curriculum: Curriculum) -> None:
    seen: dict[str, set[str]] = defaultdict(set)
    for module in curriculum.modules:
        for document in module.documents:
            for block in document.blocks:
                words = block.text.split()
                if block.kind in ("paragraph", "item", "cell") and len(words) > 9:
                    seen[" ".join(words).casefold()].add(module.kode)
    references = {r.text.casefold() for module in curriculum.modules for r in module.references or ()}
    shared = {
        text: kodes
        for text, kodes in seen.items()
        if len(kodes) > 1 and CORE not in kodes and not any(reference[:40] in text for reference in references)
    }
    assert shared == {}


def test_every_module_says_that_it_is_an_example(curriculum: Curriculum) -> None:
    from sigap.pages import pages

    for uri, page in pages(curriculum).items():
        if uri.startswith("modul/") and uri != "modul/index.md":
            assert "ontoh, bukan modul resmi Kemensos" in page.content
