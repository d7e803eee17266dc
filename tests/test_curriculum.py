"""The repository's own curriculum, whatever modules it has: a module that is added breaks nothing here.

What every module must hold is a rule, and `make test` runs `sigap validate`; what is a matter of taste (how long a
text is, how often an indicator is practised) is for reviewers.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from bench.generate import generate
from sigap import rules, timetable
from sigap.load import load
from sigap.model import Curriculum
from sigap.pages import pages
from sigap.tree import Folder

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def curriculum() -> Curriculum:
    return load(Folder.open(ROOT))


def test_the_timetable_of_a_programme_teaches_what_it_promises(curriculum: Curriculum) -> None:
    assert curriculum.programmes
    for programme in curriculum.programmes:
        taught = sum(
            slot.session.minutes() for day in timetable.days(programme, curriculum) for slot in day if slot.session
        )
        assert taught == (programme.lesson_hours or 0) * curriculum.policy.lesson_minutes, programme.kode


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
    shown = {
        uri: page for uri, page in pages(curriculum).items() if uri.startswith("modul/") and uri != "modul/index.md"
    }
    assert shown
    for uri, page in shown.items():
        assert "ontoh, bukan modul resmi Kemensos" in page.content, uri


def test_the_curriculum_that_the_bench_makes_up_is_clean(tmp_path: Path) -> None:
    generate(tmp_path, 14, 1)
    assert rules.run(load(Folder.open(tmp_path))) == []
