"""N: what is scored. Pass marks within reach, must-pass items that count, sheets and module that say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import scoring, vocabulary
from ..document import Block, Document, Problem
from ..handout import KEY, handout_of
from ..model import Assessment, Curriculum, Indicator, Module
from ..scoring import Item, Mark, Scale, listed
from .links import local_links
from .registry import rule

_NOT_NEEDED = re.compile(r"\bTP\b|“tidak diperlukan”")
_NO_POINT = re.compile(r"\b(?:tidak bernilai|tidak dihitung|tidak mendapat nilai)\b")
_NAME = re.compile(r"[(,:;]|\d")


def _scales(module: Module) -> Iterator[tuple[Document, Scale]]:
    """The scales of a module's sheets; a key only repeats what its sheet says."""
    for document in module.handouts:
        handout = handout_of(document)
        if handout is None or handout.kind != KEY:
            yield from ((document, scale) for scale in scoring.scales(document))


@rule("N101", "Batas lulus yang tidak cocok dengan butirnya")
def out_of_reach(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    for document, scale in _scales(module):
        alone = len(scale.marks) == 1
        for mark in scale.marks:
            highest = scale.highest if alone else mark.out_of
            if scale.items and highest and (mark.least > highest or (alone and mark.out_of not in (0, highest))):
                yield Problem(
                    document.at(mark.start),
                    f"Batas lulus menyebut {mark.said}, tetapi nilai tertinggi di tabelnya {highest} "
                    f"({len(scale.items)} butir, paling banyak {scale.points} setiap butir).",
                    "Samakan batas dan jumlahnya dengan butir di tabel, atau lengkapi butirnya.",
                )
        total = sum(mark.out_of for mark in scale.marks)
        if scale.items and not alone and all(mark.out_of for mark in scale.marks) and total != scale.highest:
            yield Problem(
                document.at(scale.marks[0].start),
                f"Bagian-bagian lembar ini berjumlah {total}, tetapi nilai tertinggi di tabelnya {scale.highest}.",
                "Samakan “dari …” setiap bagian dengan banyaknya butir bagian itu.",
            )


@rule("N102", "Butir wajib di batas lulus berbeda dari yang bertanda")
def other_must(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    for document, scale in _scales(module):
        named = frozenset[int]().union(*(mark.must for mark in scale.marks))
        known = {item.number for item in scale.items}
        if not named or not known:
            continue
        place = document.at(scale.marks[0].start)
        if stray := named - known:
            message = f"Batas lulus menyebut butir {listed(stray)}, yang tidak ada di tabelnya."
            yield Problem(place, message, "Perbaiki nomornya, atau tambahkan butirnya.")
        elif scale.must and named != scale.must:
            yield Problem(
                place,
                f"Batas lulus mewajibkan butir {listed(named)}, tetapi yang bertanda wajib {listed(scale.must)}.",
                "Samakan: awali butir wajib dengan “Wajib:”, dan sebut nomornya sesudah “termasuk butir wajib”.",
            )


@rule("N103", "Butir wajib yang boleh bernilai 0")
def must_without_effect(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    for document, scale in _scales(module):
        if any(mark.must or mark.of_all for mark in scale.marks):
            continue
        for mark in scale.marks:
            if missed := [item for item in scale.items if item.must and not _named(item, mark)]:
                yield Problem(
                    document.at(mark.start),
                    f"Lembar ini lulus sekalipun butir wajib {listed(frozenset(i.number for i in missed))} bernilai 0, "
                    "sebab batas lulusnya tidak menyebut butir itu.",
                    "Tulis, misalnya, “Lulus bila paling sedikit 6, termasuk butir wajib 2 dan 4”.",
                )


def _named(item: Item, mark: Mark) -> bool:
    """Whether a pass mark speaks of an item by a word of its name."""
    name = _NAME.split(item.text.removeprefix("Wajib:").strip(), maxsplit=1)[0].casefold()
    said = mark.text.casefold()
    return any(word in said for word in name.split() if len(word) > 3)


@rule("N104", "Butir yang tidak diperlukan dapat menambah nilai")
def not_needed(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    for document in dict.fromkeys(document for document, _ in _scales(module)):
        written = [block for block in document.blocks if block.kind in ("paragraph", "item", "cell")]
        first = next((block for block in written if _NOT_NEEDED.search(block.text)), None)
        if first and not any(_NO_POINT.search(block.text) for block in written):
            yield Problem(
                document.at(first.start),
                "Butir di lembar ini boleh diisi “tidak diperlukan”, tetapi lembarnya tidak menyebut nilainya.",
                "Tambahkan, misalnya, “TP tidak bernilai, dan batas lulus tidak turun karenanya”.",
            )


@rule("N105", "Batas lulus di Evaluasi berbeda dari lembarnya", after=("S216", "S217", "L401"))
def two_marks(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    faulty = {
        p.location.path for check in (out_of_reach, other_must, must_without_effect) for p in check(module, curriculum)
    }
    sheets = {document.path: document for document in module.handouts}
    for row in module.assessments or ():
        own = scoring.mark_in(row.threshold)
        paths = dict.fromkeys(path for path in _instruments(module, row) if path in sheets)
        found = [(path, mark) for path in paths for scale in scoring.scales(sheets[path]) for mark in scale.marks]
        agreed = any(_agree(own, mark) for _, mark in found) if own else True
        if own and found and not agreed and not faulty.intersection(paths):
            name, mark = found[0][0].rpartition("/")[2], found[0][1]
            yield Problem(
                module.document.at(row.cells[3].start),
                f"Evaluasi menyebut batas lulus {own.said}, tetapi `{name}` menyebut {mark.said}.",
                f"Samakan sel ini dan kalimat “Lulus bila …” di `{name}`.",
            )


def _agree(row: Mark, sheet: Mark) -> bool:
    return (
        row.least == sheet.least
        and (row.out_of == sheet.out_of or not (row.out_of and sheet.out_of))
        and (row.must == sheet.must or not (row.must and sheet.must))
        and row.speaks == sheet.speaks
    )


def _instruments(module: Module, row: Assessment) -> Iterator[str]:
    """The paths that the cell Instrumen links to."""
    cell: Block = row.cells[2]
    for link in local_links(module.document):
        if cell.start <= link.start < cell.end and not link.image:
            yield link.path


@rule("N106", "IHB tanpa instrumen yang ada", after=("S208", "S211", "S214", "S216", "S217", "L401", "L406"))
def no_instrument(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    rows = module.assessments or ()
    equipped = {
        number
        for row in rows
        if any(path in curriculum.paths for path in _instruments(module, row))
        for number in row.indicators
    }
    for indicator in module.indicators or ():
        row = _first(rows, indicator)
        if row and indicator.number not in equipped:
            yield Problem(
                module.document.at(row.cells[2].start),
                f"IHB {indicator.number} dinilai dengan “{row.instrument}”, tanpa tautan ke lembarnya.",
                f"Tautkan lampiran yang dipakai menilai, misalnya rubrik atau daftar amati, di kolom "
                f"{vocabulary.EVALUATION_COLUMNS[2]}.",
            )


def _first(rows: tuple[Assessment, ...], indicator: Indicator) -> Assessment | None:
    return next((row for row in rows if indicator.number in row.indicators), None)


@rule("N107", "Rubrik tanpa batas lulus")
def rubric_without_mark(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    for document in module.handouts:
        handout = handout_of(document)
        if handout and handout.kind == "rubrik" and not scoring.scales(document):
            yield Problem(
                document.place("lampiran.jenis"),
                "Rubrik ini tidak menyebut batas lulusnya.",
                "Tulis di bawah tabelnya, misalnya “Jumlah: ________ dari 12. Lulus bila paling sedikit 9.”",
            )
