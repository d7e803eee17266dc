"""K: what could harm a reader's device or a person who is written about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ..document import Document, Problem
from ..model import Curriculum
from .links import ALLOWED_SCHEMES, scheme, unread_links, unread_scheme
from .registry import reader_rule, rule

ANY_HOST = re.compile(r"[\\/]{2}")
CLOSER = re.compile(r"\s*</([A-Za-z][\w-]*)\s*>\s*")
OPENER = re.compile(r"<([A-Za-z][\w-]*)")
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

NIK = re.compile(r"(?<![\d.,/-])(?:\d{16}|\d{4}[ .-]\d{4}[ .-]\d{4}[ .-]\d{4}|\d{6}[ .-]\d{6}[ .-]\d{4})(?![\d/-])")
MOBILE = re.compile(r"(?<![\d.])(?:\+62|62|0)[ .-]?8[1-9]\d(?:[ .-]?\d{2,4}){2,3}(?!\d)")
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
OFFICIAL_EMAIL = re.compile(
    r"@(?:[\w-]+\.)*(?:go\.id|ac\.id|or\.id|sch\.id|example|example\.(?:com|org))$", re.IGNORECASE
)
PRECISE = re.compile(r"\d\.\d{4}")
COORDINATES = re.compile(r"(?<![\d.])-?\d{1,2}\.\d{4,}\s*[,;]\s*\d{2,3}\.\d{4,}")
LONG_NUMBER = re.compile(r"\d(?:[ .-]?\d){8}")
"""What every such number holds; looked for first, because it is quick to look for."""

CONTACT_WORDS = (
    r"(?:hotline|call ?cent(?:er|re)|saluran siaga|layanan pengaduan|nomor darurat|panggilan darurat|"
    r"hubungi|telepon|telp|sejiwa|sapa)"
)
CONTACT = re.compile(
    rf"\b{CONTACT_WORDS}\b[^\n|]{{0,50}}?(?<![\d/.,-])(?P<number>1\d{{2}}(?: ?ext\.? ?\d)?|1500[ -]?\d{{3}}|"
    rf"0800[\d -]{{5,12}}|\(?0\d{{2,3}}\)?[ -]\d{{5,8}})(?![\d/.-])(?!\s*(?:JP|menit|jam|orang|hari|meter|ribu|%))",
    re.IGNORECASE,
)
SHORT_NUMBER = re.compile(r"1\d\d|0\d\d")
CHECKED = re.compile(r"sumber\b.{1,120}?\bdiperiksa\s+(?:pada\s+)?(\d{4}-\d{2}-\d{2})", re.IGNORECASE | re.DOTALL)


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
    if len(suspects) > MOST_SUSPECTS:  # rendering them would take minutes
        message = f"Ada {len(suspects)} tautan atau pagar yang tidak wajar, terlalu banyak untuk diperiksa."
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
    text = document.data.decode("utf-8", "replace")
    found = []
    if "@" in text:
        found += [(m, "alamat surel pribadi") for m in EMAIL.finditer(text) if not OFFICIAL_EMAIL.search(m[0])]
    if LONG_NUMBER.search(text):
        for start, line in _lines(text):
            if LONG_NUMBER.search(line):
                end = start + len(line)
                found += [(m, "nomor 16 digit (NIK atau kartu keluarga)") for m in NIK.finditer(text, start, end)]
                found += [(m, "nomor telepon seluler") for m in MOBILE.finditer(text, start, end)]
    if PRECISE.search(text):
        found += [(m, "koordinat sebuah tempat") for m in COORDINATES.finditer(text)]
    for match, what in found:
        yield Problem(
            document.at(len(text[: match.start()].encode())),
            f"“{_masked(match[0])}” tampak seperti {what}.",
            "Hapus, atau ganti dengan `________`; modul tidak memuat data orang atau tempat berlindung.",
        )


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line with the place where it begins."""
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, line
        start += len(line)


def _masked(text: str) -> str:
    """Enough to find it in the file, without repeating it in a public log."""
    return text[:4] + "•" * max(0, len(text) - 6) + text[-2:]


@rule("K604", "Nomor darurat tanpa sumber dan tanggal periksa", each="document", needs=("policy",))
def contact_number(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for section in document.root.walk():
        for top in section.blocks:
            for block in top.walk():
                if block.kind not in ("paragraph", "item", "cell") or not SHORT_NUMBER.search(block.text):
                    continue
                match = CONTACT.search(block.text)
                if not match:
                    continue
                offset = document.data.find(match["number"].encode(), block.start)
                place = document.at(offset if block.start <= offset < block.end else block.start)
                checked = CHECKED.search(block.text)
                hint = "Tulis `(sumber: …, diperiksa TTTT-BB-HH)`, atau cukup “periksa nomor resmi di daerah Anda”."
                if not checked:
                    yield Problem(place, f"Nomor {match['number']} tanpa sumber dan tanggal periksa.", hint)
                    continue
                try:
                    age = (curriculum.today - date.fromisoformat(checked[1])).days
                except ValueError:
                    yield Problem(place, f"Tanggal periksa “{checked[1]}” tidak ada di kalender.", hint)
                    continue
                if age > curriculum.policy.contact_age_days:
                    yield Problem(
                        place,
                        f"Nomor {match['number']} terakhir diperiksa {checked[1]}, {age} hari lalu; "
                        f"batasnya {curriculum.policy.contact_age_days} hari.",
                        "Periksa lagi ke sumber resminya, lalu perbarui tanggalnya.",
                    )
