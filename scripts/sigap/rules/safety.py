"""K: what could harm a reader's device or a person who is written about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from ..document import Document, Offsets, Problem
from ..model import Curriculum
from . import contacts
from . import personal_data as personal_data_in
from .links import scheme
from .registry import rule

ALLOWED_SCHEMES = ("", "https", "http", "mailto", "tel")
COMMENT = re.compile(r"\s*(?:<!--.*?-->\s*)+", re.DOTALL)
DANGEROUS = re.compile(r"<\s*(script|iframe|style|object|embed|form|link|meta)\b|\son\w+\s*=", re.IGNORECASE)

_SHORT_NUMBER = re.compile(rb"[01]\d\d")
"""How every number begins that is to be dialled."""


@rule("K601", "HTML mentah", each="document")
def raw_html(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    end = -1
    for block in document.html:
        source = document.source(block)
        if block.start < end or COMMENT.fullmatch(source) or source.lstrip().startswith("</"):
            continue
        end = block.end
        bad = DANGEROUS.search(source)
        what = source.strip().split("\n")[0][:60]
        yield Problem(
            document.at(block.start + len(source) - len(source.lstrip())),
            f"HTML mentah: `{what}`" + (", yang dapat menjalankan kode atau memuat pihak ketiga." if bad else "."),
            "Tulis dengan Markdown; bila yang dimaksud tanda “<”, tulis `\\<`.",
        )


@rule("K602", "Skema tautan yang tidak diizinkan", each="document")
def link_scheme(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for link in document.links:
        if (found := scheme(link.target)) not in ALLOWED_SCHEMES:
            yield Problem(
                document.at(link.start),
                f"Tautan memakai skema `{found}:`.",
                "Pakai https, mailto, tel, atau tautan relatif.",
            )


@rule("K603", "Seperti data pribadi", each="document")
def personal_data(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    if not personal_data_in.may_hold(document.data):
        return
    text = document.data.decode("utf-8", "replace")
    found = list(personal_data_in.traces(text))
    dialled = [(start, end) for start, end, _ in _contacts(document)]
    offset = Offsets(text)
    for trace in personal_data_in.landlines(text):
        start = offset.at(trace.start)
        if not any(begin <= start < end for begin, end in dialled) and all(t.start != trace.start for t in found):
            found.append(trace)  # of a number that is to be dialled K604 speaks
    for trace in sorted(found, key=lambda trace: trace.start):
        yield Problem(
            document.at(offset.at(trace.start)),
            f"“{_masked(text[trace.start : trace.end])}” tampak seperti {trace.what}.",
            "Hapus, atau ganti dengan `________`; modul tidak memuat data orang atau tempat berlindung.",
        )


def _masked(text: str) -> str:
    """Enough to find it in the file, without repeating it in a public log."""
    return text[:4] + "•" * max(0, len(text) - 6) + text[-2:]


def _contacts(document: Document) -> Iterator[tuple[int, int, contacts.Contact]]:
    """The numbers of a document that are to be dialled, with the bytes that they stand in."""
    places = [
        m.start()
        for m in _SHORT_NUMBER.finditer(document.data)
        if not document.data[m.start() - 1 : m.start()].isdigit()
    ]
    lowered = document.data.lower() if places else b""
    if not any(word.encode() in lowered for word in contacts.WORDS):
        return
    rows = {cell: row for row in document.of("row") for cell in row.children}
    for kind in ("paragraph", "item", "cell"):
        for block in document.of(kind):
            next_place = bisect_left(places, block.start)
            if next_place == len(places) or places[next_place] >= block.end:
                continue
            at = block.start
            for contact in contacts.contacts(block.text):
                start = document.data.find(contact.number.encode(), at, block.end)
                at = start + 1 if start >= 0 else at
                if not contact.checked and block in rows:
                    row = " | ".join(cell.text for cell in rows[block].children)
                    told = contacts.CHECKED.search(row.replace(" | ", " "))
                    contact = replace(contact, checked=told[1] if told else "")
                start = start if start >= 0 else block.start
                yield start, start + len(contact.number.encode()), contact


@rule("K604", "Nomor darurat tanpa sumber dan tanggal periksa", each="document", needs=("policy",))
def contact_number(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    hint = "Tulis `(sumber: …, diperiksa TTTT-BB-HH)`, atau cukup “periksa nomor resmi di daerah Anda”."
    for start, _, contact in _contacts(document):
        place = document.at(start)
        if not contact.checked:
            yield Problem(place, f"Nomor {contact.number} tanpa sumber dan tanggal periksa.", hint)
            continue
        try:
            age = (curriculum.today - date.fromisoformat(contact.checked)).days
        except ValueError:
            yield Problem(place, f"Tanggal periksa “{contact.checked}” tidak ada di kalender.", hint)
            continue
        if age > curriculum.policy.contact_age_days:
            yield Problem(
                place,
                f"Nomor {contact.number} terakhir diperiksa {contact.checked}, {age} hari lalu; "
                f"batasnya {curriculum.policy.contact_age_days} hari.",
                "Periksa lagi ke sumber resminya, lalu perbarui tanggalnya.",
            )
