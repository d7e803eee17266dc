"""The repository's own curriculum, whatever modules it has: a module that is added breaks nothing here.

What every module must hold is a rule, and `make test` runs `sigap validate`; what is a matter of taste (how long a
text is, how often an indicator is practised) is for reviewers.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from sigap import timetable
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


def test_every_module_says_that_it_is_an_example(curriculum: Curriculum) -> None:
    shown = {
        uri: page for uri, page in pages(curriculum).items() if uri.startswith("modul/") and uri != "modul/index.md"
    }
    assert shown
    for uri, page in shown.items():
        assert "ontoh, bukan modul resmi Kemensos" in page.content, uri
