"""Packs are PDF/UA-1 as far as a machine can tell: by `pdfua`, and by what the standard asks beyond it (pdf_ua.py)."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdfua
import pytest
from pdf_ua import faults, walk
from pikepdf import Name, Pdf
from sigap import paper
from sigap.paper.packs import BOOK, Pack
from test_paper import packs, real

ALL = [(kode, title) for kode in ("TK-03", "TK-05", "TK-08") for title in packs(kode)]


def opened(pack: Pack) -> Pdf:
    return Pdf.open(io.BytesIO(pack.data))


@pytest.mark.parametrize(("kode", "title"), ALL)
def test_another_checker_finds_nothing(kode: str, title: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(packs(kode)[title].data)
    report = pdfua.validate(str(path))
    assert [finding for outcome in report.outcomes for finding in outcome.findings] == []
    skipped = {outcome.rule_id for outcome in report.outcomes if outcome.skipped_reason}
    assert skipped <= {"UA-14-001"}  # it trips over lists of attributes; headings are read in pdf_ua.py


@pytest.mark.parametrize(("kode", "title"), ALL)
def test_what_the_standard_asks_beyond_it(kode: str, title: str) -> None:
    with opened(packs(kode)[title]) as pdf:
        assert list(faults(pdf)) == []


def test_a_booklet_too() -> None:
    with opened(paper.programme_pack(real().programmes[0], real(), Path(__file__).parents[1])) as pdf:
        assert list(faults(pdf)) == []


def element(pdf: Pdf, kind: str) -> Any:
    root: Any = pdf.Root.StructTreeRoot
    return next(found for name, found in walk(root) if name == kind)


def no_text(pdf: Pdf) -> None:
    del element(pdf, "/Figure")["/Alt"]


def no_scope(pdf: Pdf) -> None:
    del element(pdf, "/TH")["/A"]


def deep_heading(pdf: Pdf) -> None:
    element(pdf, "/H2").S = Name.H5


def no_letters(pdf: Pdf) -> None:
    fonts: Any = pdf.pages[0].obj.Resources.Font
    del next(iter(dict(fonts.items()).values()))["/ToUnicode"]


def no_language(pdf: Pdf) -> None:
    del pdf.Root["/Lang"]


def no_tabs(pdf: Pdf) -> None:
    del pdf.pages[0].obj["/Tabs"]


def odd_type(pdf: Pdf) -> None:
    element(pdf, "/P").S = Name("/Kartu")


@pytest.mark.parametrize("broken", [odd_type, no_text, no_scope, deep_heading, no_letters, no_language, no_tabs])
def test_a_broken_file_is_found(broken: Callable[[Pdf], None]) -> None:
    with opened(packs("TK-05")[BOOK]) as pdf:
        broken(pdf)
        assert list(faults(pdf)) != []
