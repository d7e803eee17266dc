"""M: Markdown that GitHub and the site (Python-Markdown) read differently."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..model import Block, Curriculum, Document, Fix, Problem, Section
from . import rule

STEP = 4
"""Spaces a nested list is indented by: what Python-Markdown needs, and GitHub accepts."""
LONGEST_INDENT = 400
"""Bytes after which a block surely does not start its line."""


_PARENTHESIS = re.compile(rb"\d{1,9}\)")
_QUOTED = re.compile(rb"(?: *> ?)+")
_OWN_LINE = ("paragraph", "quote", "table", "code")


@rule("M901", "Daftar yang dibaca berbeda oleh situs", each="document")
def list_indentation(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for section in document.root.walk():
        for top in section.blocks:
            for block in top.walk():
                if block.kind == "quote":
                    for child in block.children:
                        if child.kind == "list":
                            yield from _indentation(document, child)
                if block.kind == "list" and _PARENTHESIS.match(document.data, block.children[0].start):
                    marks = [document.data.index(b")", item.start) for item in block.children]
                    yield Problem(
                        document.at(block.start),
                        "Nomor daftar memakai kurung, `1)`; situs membacanya sebagai kalimat biasa.",
                        "Pakai titik: `1.`; `sigap validate --fix` dapat melakukannya.",
                        fix=tuple(Fix(mark, mark + 1, ".") for mark in marks),
                    )
            if top.kind == "list":
                yield from _indentation(document, top)


def _indentation(document: Document, top: Block) -> Iterator[Problem]:
    """The first item or continued block of a list that is not indented as the site needs it."""
    fixes: list[Fix] = []
    first: tuple[Block, int, int] | None = None
    for block, depth in _below(top):
        start = document.line_start(block.start)
        if block.start - start > LONGEST_INDENT:
            continue
        if quoted := _QUOTED.match(document.data, start, block.start):
            start = quoted.end()
        indent = document.data[start : block.start]
        wanted = depth * STEP
        if indent.strip() or (len(indent) == wanted if block.kind == "item" else len(indent) >= wanted):
            continue
        first = first or (block, len(indent), wanted)
        if block.kind == "item":
            fixes.append(Fix(start, block.start, " " * wanted))
        else:
            fixes = []  # moving items alone would leave what continues them behind
            break
    if first:
        block, found, wanted = first
        what = "Butir bertingkat ini" if block.kind == "item" else "Lanjutan butir ini"
        yield Problem(
            document.at(block.start),
            f"{what} menjorok {found} spasi; situs tidak membacanya sebagai bagian dari butir di atasnya.",
            f"Jorokkan {wanted} spasi" + ("; `sigap validate --fix` dapat melakukannya." if fixes else "."),
            fix=tuple(fixes),
        )


def _below(top: Block) -> Iterator[tuple[Block, int]]:
    """Items below a list, and blocks that continue an item on a line of their own, with the depth they belong to."""
    stack = [(top, 0)]
    while stack:
        block, depth = stack.pop()
        for item in block.children:
            if depth:
                yield item, depth
            yield from ((child, depth + 1) for child in item.children if child.kind in _OWN_LINE)
            stack.extend((child, depth + 1) for child in reversed(item.children) if child.kind == "list")


@rule("M902", "Judul di dalam daftar, kutipan, atau kotak", each="document")
def nested_heading(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for section in document.root.walk():
        for block in section.blocks:
            for below in block.walk():
                if below.kind == "heading":
                    yield Problem(
                        document.at(below.start),
                        f"Judul “{below.text}” ada di dalam {_WHERE.get(block.kind, block.kind)}.",
                        "Keluarkan judulnya, atau jadikan kalimat biasa.",
                    )


_WHERE = {"list": "daftar", "quote": "kutipan atau kotak", "footnote": "catatan kaki"}
_TABLE_LINE = re.compile(r"^\s*\|.*\|\s*$")


def table_lines(document: Document, block: Block) -> list[int]:
    """Of a paragraph, the offsets of the lines that look like a table's rows, where there are at least two."""
    found, at = [], block.start
    for line in document.source(block).split("\n") if block.kind == "paragraph" else ():
        if _TABLE_LINE.match(line):
            found.append(at)
        at += len(line.encode()) + 1
    return found if len(found) > 1 else []


@rule("M903", "Tabel yang tidak terbaca sebagai tabel", each="document")
def unseen_table(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for section in document.root.walk():
        for top in section.blocks:
            for block in top.walk():
                if lines := table_lines(document, block):
                    yield Problem(
                        document.at(lines[0]),
                        "Baris-baris ini tampak seperti tabel, tetapi tidak terbaca sebagai tabel.",
                        "Beri baris `|---|---|` dengan jumlah kolom yang sama di bawah kepala tabel.",
                    )
                elif block.kind == "table" and not _blank_before(document, block):
                    yield Problem(
                        document.at(block.start),
                        "Tabel menempel pada teks di atasnya; situs tidak membacanya sebagai tabel.",
                        "Beri satu baris kosong di atas tabel.",
                        fix=_blank_line(document, block),
                    )


@rule("M904", "Daftar atau kutipan menempel pada teks di atasnya", each="document")
def missing_blank_line(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for section in document.root.walk():
        for before, block in _neighbours(section):
            if block.kind not in ("list", "quote") or _blank_before(document, block):
                continue
            what = "Daftar" if block.kind == "list" else "Kutipan"
            yield Problem(
                document.at(block.start),
                f"{what} menempel pada {before} di atasnya; situs membacanya sebagai kelanjutannya.",
                f"Beri satu baris kosong di atas {what.lower()} ini.",
                fix=_blank_line(document, block),
            )


_STICKY = {"paragraph": "paragraf", "list": "daftar", "quote": "kutipan", "table": "tabel", "code": "kotak kode"}


def _neighbours(section: Section) -> Iterator[tuple[str, Block]]:
    """Lists and quotes with what stands right above them, where the site would join the two."""
    groups = [("", section.blocks)]
    for top in section.blocks:
        groups += [(b.kind, b.children) for b in top.walk() if b.kind in ("item", "quote", "footnote")]
    for kind, blocks in groups:
        if kind == "item" and blocks and blocks[0].kind == "quote":
            yield "butir", blocks[0]
        for number, (before, block) in enumerate(pairwise(blocks)):
            if before.kind not in _STICKY:
                continue
            own_list = block.kind == "list" and kind == "item" and number == 0 and before.kind == "paragraph"
            apart = block.kind == "quote" and kind != "item" and before.kind != "list"
            if not own_list and not apart:
                yield _STICKY[before.kind], block


def _blank_before(document: Document, block: Block) -> bool:
    line = document.line_number(block.start)
    above = document.line(line - 1).strip()
    return line == 1 or not above.strip("> ") or above == "---" or above.startswith("#")


def _blank_line(document: Document, block: Block) -> tuple[Fix, ...]:
    start = document.line_start(block.start)
    return () if document.data[start : block.start].strip() else (Fix(start, start, "\n"),)
