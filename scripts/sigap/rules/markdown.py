"""M: Markdown that GitHub and the site (Python-Markdown) read differently."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..model import Block, Curriculum, Document, Fix, Problem
from . import rule

STEP = 4
"""Spaces a nested list is indented by: what Python-Markdown needs, and GitHub accepts."""


def _line_start(document: Document, offset: int) -> int:
    return document.data.rfind(b"\n", 0, offset) + 1


@rule("M901", "Daftar bertingkat tidak menjorok empat spasi", each="document")
def list_indentation(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for section in document.root.walk():
        for block in section.blocks:
            if block.kind != "list":
                continue
            fixes: list[Fix] = []
            first: tuple[Block, int, int] | None = None
            for item, depth in _below(block):
                start = _line_start(document, item.start)
                indent = document.data[start : item.start]
                if indent.strip() or len(indent) == depth * STEP:
                    continue
                first = first or (item, len(indent), depth * STEP)
                fixes.append(Fix(start, item.start, " " * (depth * STEP)))
            if first:
                item, found, wanted = first
                yield Problem(
                    document.at(item.start),
                    f"Butir bertingkat ini menjorok {found} spasi; situs membacanya sebagai daftar lain.",
                    f"Jorokkan {wanted} spasi; `sigap validate --fix` dapat melakukannya.",
                    fix=tuple(fixes),
                )


def _below(block: Block) -> Iterator[tuple[Block, int]]:
    stack = [(block, 0)]
    while stack:
        top, depth = stack.pop()
        for item in top.children:
            if depth:
                yield item, depth
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


@rule("M903", "Tabel yang tidak terbaca sebagai tabel", each="document")
def unseen_table(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for section in document.root.walk():
        for top in section.blocks:
            for block in top.walk():
                if block.kind == "paragraph":
                    lines = document.source(block).split("\n")
                    piped = [number for number, line in enumerate(lines) if _TABLE_LINE.match(line)]
                    if len(piped) > 1:
                        at = block.start + sum(len(line.encode()) + 1 for line in lines[: piped[0]])
                        yield Problem(
                            document.at(at),
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


@rule("M904", "Daftar atau kutipan menempel pada paragraf", each="document")
def missing_blank_line(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for section in document.root.walk():
        yield from _stuck(document, section.blocks)
        for top in section.blocks:
            for block in top.walk():
                if block.kind == "quote":
                    yield from _stuck(document, block.children)


def _stuck(document: Document, blocks: tuple[Block, ...]) -> Iterator[Problem]:
    for before, block in pairwise(blocks):
        if before.kind == "paragraph" and block.kind == "list" and not _blank_before(document, block):
            yield Problem(
                document.at(block.start),
                "Daftar menempel pada paragraf di atasnya; situs membacanya sebagai satu paragraf.",
                "Beri satu baris kosong di atas daftar.",
                fix=_blank_line(document, block),
            )


def _blank_before(document: Document, block: Block) -> bool:
    line = document.at(block.start).line
    above = document.line(line - 1).strip()
    return line == 1 or not above.strip("> ") or above == "---" or above.startswith("#")


def _blank_line(document: Document, block: Block) -> tuple[Fix, ...]:
    start = _line_start(document, block.start)
    return () if document.data[start : block.start].strip() else (Fix(start, start, "\n"),)
