"""W: what a document asks of Sigap in comments: to leave a finding out, and why; to put a generated part in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..document import Document, Location, Problem
from ..model import Curriculum, Severity
from ..tree import DOCS
from ..vocabulary import GENERATED, nearest
from .registry import reader_rule, registry, rule

NEVER = frozenset(("K601", "K602", "K605", "K606"))
"""Rules that guard a reader's device: no reason is good enough."""
BROKEN = "W902"
_TOLD = r"sigap:\s*abaikan\s+([A-Z]\d{3})\b[\s:,–—-]*(.*?)"
_WAIVER = re.compile(rf"<!--\s*{_TOLD}\s*-->", re.DOTALL)
_YAML_WAIVER = re.compile(rf"^[ \t]*#\s*{_TOLD}[ \t]*\r?$", re.MULTILINE)


_COMMENT = re.compile(r"<!--\s*sigap:\s*(.*?)\s*-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Waiver:
    """`<!-- sigap: abaikan H306 alasan … -->`, in front matter `# sigap: …`; `line` is the one that it speaks of."""

    location: Location
    code: str
    reason: str
    line: int

    @property
    def holds(self) -> bool:
        """Whether it is given a reason, and its rule may be waived."""
        return bool(self.reason) and self.code not in NEVER


def waivers_in(document: Document) -> Iterator[Waiver]:
    """Every waiver written in a document."""
    front = document.data[: document.body].decode("utf-8", "replace")
    places = [(0, match) for match in _YAML_WAIVER.finditer(front)]
    places += [(block.start, m) for block in document.html for m in _WAIVER.finditer(document.source(block))]
    for offset, match in places:
        start = document.at(offset + len(match.string[: match.start()].encode()))
        end = document.at(offset + len(match.string[: match.end()].encode()))
        line = end.line + 1
        while not document.line(line).strip() and line < end.line + 3:
            line += 1
        yield Waiver(start, match[1], match[2], line)


@rule("W901", "Pengecualian tanpa alasan atau tanpa guna", each="document", severity=Severity.WARNING)
def useless_waiver(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    if b"sigap:" not in document.data:
        return
    for waiver in waivers_in(document):
        if not waiver.reason:
            yield Problem(
                waiver.location,
                f"Pengecualian {waiver.code} tidak menyebut alasan, jadi tidak berlaku.",
                f"Tulis alasannya: `<!-- sigap: abaikan {waiver.code} alasan … -->`.",
            )
        elif waiver.code in NEVER:
            yield Problem(
                waiver.location,
                f"Aturan {waiver.code} tidak dapat dikecualikan.",
                "Hapus komentarnya, lalu perbaiki temuannya.",
            )
        elif waiver.code not in registry():
            yield Problem(
                waiver.location,
                f"Pengecualian menyebut aturan {waiver.code}, yang tidak ada.",
                "Periksa kodenya dengan `sigap rules`.",
            )


@rule("W903", "Komentar sigap yang tidak berbuat apa-apa", each="document")
def unknown_comment(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    if b"sigap:" not in document.data:
        return
    for block in document.html:
        source = document.source(block)
        for match in _COMMENT.finditer(source):
            place = document.at(block.start + len(source[: match.start()].encode()))
            if hint := _unheard(match[1], document, alone=document.line(place.line).strip() == match[0]):
                yield Problem(place, f"`<!-- sigap: {match[1]} -->` tidak berbuat apa-apa.", hint)


def _unheard(told: str, document: Document, *, alone: bool) -> str:
    """What would make a comment heard; empty where it is."""
    if _WAIVER.fullmatch(f"<!-- sigap: {told} -->"):
        return ""
    if told.split(" ")[0] == "abaikan":
        return "Sebut kode aturannya, lalu alasannya: `<!-- sigap: abaikan H306 alasan … -->`."
    if told not in GENERATED:
        like = nearest(told, GENERATED)
        return (
            f"Tulis `<!-- sigap: {like} -->`." if like else f"Hapus, atau pakai yang dikenal: {', '.join(GENERATED)}."
        )
    if not document.path.startswith(f"{DOCS}/"):
        return f"Bagian ini hanya disusun di halaman `{DOCS}/`; hapus dari sini."
    return "" if alone else "Tulis sendiri di barisnya, dengan satu baris kosong di atas dan di bawahnya."


reader_rule(BROKEN, "Sebuah aturan berhenti karena cacat dalam Sigap")
