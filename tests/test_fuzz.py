"""No input raises, hangs or is reported outside its own lines. Longer with `make fuzz` (SIGAP_FUZZ=1)."""

from __future__ import annotations

import os
import random
from datetime import date

import pytest
from editions import Memory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from repos import CONTOH
from sigap import export, fix, pages, rules
from sigap.load import load
from sigap.model import Curriculum

EXAMPLES = 3000 if os.environ.get("SIGAP_FUZZ") else 120
INDEX = "modules/mendengar-aktif/index.md"
FILES = {p.relative_to(CONTOH).as_posix(): p.read_bytes() for p in CONTOH.rglob("*") if p.is_file()}
LINES = FILES[INDEX].decode().split("\n")
calm = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def survive(data: bytes, path: str = INDEX) -> Curriculum:
    """Read, check, mend, show and export a curriculum with this file; every finding must stand in a file's lines."""
    curriculum = load(Memory({**FILES, path: data}), date(2026, 11, 24))
    for finding in rules.run(curriculum):
        assert finding.line >= 1
        assert finding.column >= 1
        if finding.path == path:
            ends = data if b"\n" in data else data.replace(b"\r", b"\n")  # an old Mac's file has lines too
            assert finding.line <= ends.count(b"\n") + 1
    fix.fixes(curriculum, None, frozenset())
    pages.pages(curriculum)
    export.dumps(curriculum)
    return curriculum


@calm
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    survive(data)


@calm
@given(st.text(max_size=400))
def test_any_text_under_the_front_matter(text: str) -> None:
    survive("\n".join(LINES[:14]).encode() + b"\n\n" + text.encode("utf-8", "surrogatepass"))


@calm
@given(st.integers(0, 2**32), st.integers(1, 6))
def test_a_real_module_with_its_bytes_disturbed(seed: int, count: int) -> None:
    chance = random.Random(seed)
    data = bytearray(FILES[INDEX])
    for _ in range(count):
        at = chance.randrange(len(data))
        what = chance.randrange(4)
        if what == 0:
            data[at] = chance.randrange(256)
        elif what == 1:
            del data[at : at + chance.randrange(1, 40)]
        elif what == 2:
            data[at:at] = data[chance.randrange(len(data)) :][: chance.randrange(1, 200)]
        else:
            data[at:at] = chance.choice(
                [b"|", b"\n", b"```\n", b"# ", b"> ", b"    ", b"[", b"](", b"<", b"*", b"---\n", b"\t", b"&", b"{"]
            )
    survive(bytes(data))


@calm
@given(st.lists(st.sampled_from(LINES), max_size=40), st.randoms())
def test_real_lines_in_any_order(lines: list[str], chance: random.Random) -> None:
    survive("\n".join([*LINES[: chance.randrange(16)], *lines]).encode())


@calm
@given(
    st.dictionaries(
        st.sampled_from("kode judul jp versi penelaah sasaran prasyarat tinjau_ulang alamat_lama".split()),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
            max_leaves=8,
        ),
    )
)
def test_any_front_matter(front: dict[str, object]) -> None:
    import yaml

    survive(b"---\n" + yaml.safe_dump(front, allow_unicode=True).encode("utf-8", "surrogatepass") + b"---\n\n# Judul\n")


HEAD = "\n".join(LINES[:14]) + "\n\n# Mendengar Aktif\n\n"
LISTED = "\n".join(LINES)
HUGE = {
    "cells": HEAD + "| a | b |\n|---|---|\n" + "| x | y |\n" * 50_000,
    "headings": HEAD + "".join(f"## Judul {n}\n\n" for n in range(10_000)),
    "quotes": HEAD + "> " * 5_000 + "dalam",
    "lists": HEAD + "".join("  " * n + "- x\n" for n in range(800)),
    "brackets": HEAD + "[" * 50_000 + "](" * 10,
    "emphasis": HEAD + "*a **b " * 20_000,
    "backticks": HEAD + "".join("`" * n + " " for n in range(800)),
    "one line": HEAD + "kata " * 200_000,
    "anchors": "---\na: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(300)) + "---\n\n# J\n",
    "bomb": "---\na: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{c}: &{c} [{','.join(['*' + p] * 9)}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True)) + "---\n",
    "deep yaml": "---\na: " + "[" * 5_000 + "]" * 5_000 + "\n---\n",
    "html": HEAD + "<div>" * 20_000,
    "footnotes": HEAD + "".join(f"[^{n}] " for n in range(5_000)) + "".join(f"\n\n[^{n}]: x" for n in range(5_000)),
    "mail": HEAD + "a.b-c+d@e.f " * 4_000,
    "mail in one word": HEAD + "a.b-c+d@" * 8_000,
    "mail beside letters of two bytes": HEAD + "é a.b@c.de " * 4_000,
    "comments": HEAD + "<!--" * 8_000,
    "comments in a line": HEAD + "teks " + "<!--" * 8_000,
    "hours": LISTED.replace("## Rangkuman\n\n", "## Rangkuman\n\n" + "Modul ini semula dari 5 menit " * 3_000),
    "from": LISTED.replace("## Rangkuman\n\n", "## Rangkuman\n\n" + "dari " * 8_000 + "modul ini 5 menit"),
    "placeholders": HEAD + "é TODO " * 3_000,
    "numbers to dial": HEAD + "hubungi 112 " * 3_000,
    "sixteen digits": HEAD + "1234 " * 8_000,
    "citations": HEAD + "é [WHO 2011] " * 3_000,
    "links that are none": HEAD + "[a](b " * 3_000,
    "waivers": HEAD + "<!-- sigap: abaikan H306 alasan -->\n\n" * 1_000,
    "links": HEAD + "[a](b.md) " * 20_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HUGE)
def test_hostile_sizes_end(name: str) -> None:
    survive(HUGE[name].encode())
