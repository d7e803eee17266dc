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
from .links import ALLOWED_SCHEMES, scheme, unread_links, unread_scheme
from .registry import reader_rule, rule

ANY_HOST = re.compile(r"[\\/]{2}")
CLOSER = re.compile(r"\s*</([A-Za-z][\w-]*)\s*>\s*")
OPENER = re.compile(r"<([A-Za-z][\w-]*)")
MOST_OPENED = 2_000
"""Opening brackets of a file up to which it is rendered: the renderer looks for the end of each."""
MOST_SUSPECTS = 50
SUSPECT = re.compile(
    rb"\](?=\(|:)(?!\(<?(?:https?://|mailto:|tel:|[\w./#-])[^\s()<>&:\\]*>?(?:\s+\"[^\"\n]*\")?\)"
    rb"|\(<?(?:https?://|mailto:|tel:)[^\s()<>&\\]*>?\)|:\s*<?(?:https?://[^\s<>&\\]*|[\w./#-]+)>?\s)"
    rb"|^[ >]*(?:```+|~~~+)[^\n`]*[{=]|^[ >]*#+ *_"
    rb"|\[\^(?![\w.-]+\])|[\0-\x08\x0b\x0c\x0e-\x1f]",
    re.MULTILINE,
)
"""Where a reading other than GitHub's may find what a page may not hold: links that are not plainly fine, attributes
of a fence, headings whose address the theme has, odd names of footnotes, control characters."""
DANGEROUS = re.compile(r"<\s*(script|iframe|style|object|embed|form|link|meta)\b|\son\w+\s*=", re.IGNORECASE)

_SHORT_NUMBER = re.compile(rb"[01]\d\d")
"""How every number begins that is to be dialled."""


@rule("K601", "HTML mentah", each="document")
def raw_html(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    end = -1
    opened: list[str] = []
    comments = {block.start for block in document.comments}
    for block in document.html:
        if block.start in comments:
            continue
        source = document.source(block)
        if (closer := CLOSER.fullmatch(source)) and closer[1].lower() in opened:
            opened.remove(closer[1].lower())  # what it closes has been told
            continue
        opened += [match[1].lower() for match in OPENER.finditer(source)]
        if block.start < end:
            continue
        end = block.end
        bad = DANGEROUS.search(source)
        what = source.strip().split("\n")[0][:60]
        yield Problem(
            document.at(block.start + len(source) - len(source.lstrip())),
            f"HTML mentah: `{what}`" + (", yang dapat menjalankan kode atau memuat pihak ketiga." if bad else "."),
            "Tulis dengan Markdown; bila yang dimaksud tanda “<”, tulis `&lt;`. Komentar: tepat satu `<!-- … -->`.",
        )


@rule("K602", "Alamat tautan yang tidak diizinkan", each="document")
def link_scheme(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for start, source in unread_links(document):
        if (found := unread_scheme(document, start)) not in ALLOWED_SCHEMES:
            yield Problem(
                document.at(start),
                f"`{source}` memakai skema `{found}:`; di situs ini menjadi tautan.",
                "Pakai https, mailto, tel, atau tautan relatif.",
            )
    for link in document.links:
        target = link.target.strip()
        if (found := scheme(target)) not in ALLOWED_SCHEMES:
            yield Problem(
                document.at(link.start),
                f"Tautan memakai skema `{found}:`.",
                "Pakai https, mailto, tel, atau tautan relatif.",
            )
        elif ANY_HOST.match(target):
            yield Problem(
                document.at(link.start),
                f"Tautan `{target}` menyebut situs lain tanpa skema.",
                "Tulis lengkap dengan `https://`, atau pakai tautan relatif.",
            )
        elif link.image and found:
            yield Problem(
                document.at(link.start),
                f"Gambar `{target}` dimuat dari situs lain, yang lalu tahu siapa yang membaca.",
                "Simpan gambarnya di samping berkas ini, lalu tautkan.",
            )


@rule("K605", "Yang tidak boleh ada di halaman", each="document")
def rendered(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    """What only the site's own reading shows: it is rendered where there is anything to fear."""
    suspects = [match.start() for match in SUSPECT.finditer(document.data, document.body)]
    if not suspects:
        return
    opened = document.data.count(b"[", document.body)
    if len(suspects) > MOST_SUSPECTS or opened > MOST_OPENED:  # rendering them would take minutes
        message = (
            f"Ada {len(suspects)} tautan atau pagar yang tidak wajar di antara {opened} tanda `[`; terlalu banyak."
        )
        yield Problem(document.at(suspects[0]), message, "Perbaiki tautan dan pagar kode di berkas ini.")
        return
    from ..allowed_html import faults
    from ..render import renderer

    told = {problem.location.line for check in (raw_html, link_scheme) for problem in check(document, curriculum)}
    text = document.data[document.body :]
    for block in reversed(document.comments):
        text = text[: block.start - document.body] + text[block.end - document.body :]
    for fault in faults(renderer(headings=True).convert(text.decode("utf-8", "replace"))):
        place = document.at(_suspect(document, fault.text, suspects))
        if fault.text and place.line not in told:
            told.add(place.line)
            yield Problem(
                place,
                f"Sesudah dirender, di sini ada {fault.what}, yang tidak boleh ada di halaman.",
                "Pakai tautan https, mailto, tel, atau relatif, tanpa spasi di dalam alamat.",
            )


def _suspect(document: Document, text: str, suspects: list[int]) -> int:
    """The place that a fault most likely comes from: the first that has its beginning near."""
    start = text.strip()[:12].encode()
    return next((at for at in suspects if start in document.data[at : at + 200]), suspects[0])


reader_rule("K606", "Berkas yang tidak boleh terbit")


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
