"""What looks like data about a person or a place to hide: identity and telephone numbers, e-mail, coordinates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SEPARATORS = {ord(char): " " for char in "\u00a0\u2007\u2009\u202f"} | {
    ord(char): "-" for char in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
}
"""Blanks and dashes as people and word processors write them; one character for one, so that places stay."""

_DIGITS = bytes(48 if 48 <= byte <= 57 else byte for byte in range(256))
_BETWEEN = b" .-()\xc2\xa0\xe2\x80\x87\x89\xaf\x90\x91\x92\x93\x94\x95\x88"
"""The bytes of what may stand between the digits of a number."""

_SPACE = r"[ .-]?"
_NIK = re.compile(
    rf"(?<![\w.,/-])(?:\d{{16}}|\d{{4}}(?:{_SPACE}\d{{4}}){{3}}|\d{{6}}{_SPACE}\d{{6}}{_SPACE}\d{{4}}"
    rf"|\d{{2}}{_SPACE}\d{{2}}{_SPACE}\d{{2}}{_SPACE}\d{{6}}{_SPACE}\d{{4}})(?!\d)"
)
_NIK_WORD = re.compile(r"\b(?:NIK|KK|KTP|kartu keluarga|induk kependudukan)\b", re.IGNORECASE)
_MOBILE = re.compile(r"(?<![\d.])\(?(?:\+62|62|0)\)?[ .-]?8[1-9]\d\)?(?:[ .-]?\d{2,4}){2,3}(?!\d)")
_LANDLINE = re.compile(r"(?<![\d.,/-])(?:\(0\d{2,3}\)[ -]?|0\d{2,3}[ -])\d{3,4}[ -]?\d{3,4}(?![\d/])")
_EMAIL = re.compile(
    r"(?<![\w.+-])(?P<who>[\w.+-]{1,64})(?:@|\s?[\[(](?:at|et)[\])]\s?)"
    r"(?P<where>[\w-]+(?:(?:\.|\s?[\[(](?:dot|titik)[\])]\s?)[\w-]+)+)",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(
    r"(?:^|\.)(?:go\.id|ac\.id|or\.id|sch\.id|mil\.id|int|example|example\.(?:com|org))$", re.IGNORECASE
)
_FREE = re.compile(
    r"^(?:gmail|googlemail|yahoo|ymail|rocketmail|outlook|hotmail|live|icloud|proton(?:mail)?|aol)\.", re.I
)
_ROLES = frozenset(
    """admin administrasi bantuan center centre contact dinas dukungan editor enquiries halo hello help helpdesk hotline
    humas info informasi kantor kontak layanan library media office pengaduan posko press psychosocial publikasi
    publications pusat redaksi sekretariat support surat tim""".split()
)
"""Words of an address that an office answers, not a person."""
_DECIMAL = re.compile(r"(?<![\d.,])-?\d{1,2}[.,]\d{4,}\s*[,;/ ]\s*-?\d{2,3}[.,]\d{4,}")
_DEGREES = re.compile(
    r"\d{1,3}\s?°\s?\d{1,2}\s?['′’]\s?(?:\d{1,2}(?:[.,]\d+)?\s?(?:[\"″”]|''|’’)\s?)?(?:LS|LU|BT|BB|[NSEWUT])\b"
)


@dataclass(frozen=True, slots=True)
class Trace:
    """A piece of a text, by its characters, and what it seems to be."""

    start: int
    end: int
    what: str


def may_hold(data: bytes) -> bool:
    """Whether a text may hold such data; quick, for nearly no text does."""
    figures = data.translate(_DIGITS)
    return (
        b"@" in data
        or b"[at]" in data
        or b"(at)" in data
        or b".0000" in figures
        or b",0000" in figures
        or b"\xc2\xb0" in data
        or b"000000000" in figures.translate(None, _BETWEEN)
    )


def traces(text: str) -> Iterator[Trace]:
    """Everything in a text that looks like personal data, kind by kind."""
    text = text.translate(_SEPARATORS)
    for match in _EMAIL.finditer(text):
        if not _is_office(match["who"], match["where"]):
            yield Trace(match.start(), match.end(), "alamat surel pribadi")
    for match in _NIK.finditer(text):
        if _is_plausible(re.sub(r"\D", "", match[0])) or _NIK_WORD.search(
            text, max(0, match.start() - 40), match.start()
        ):
            yield Trace(match.start(), match.end(), "nomor 16 digit (NIK atau kartu keluarga)")
    for match in _MOBILE.finditer(text):
        yield Trace(match.start(), match.end(), "nomor telepon seluler")
    for pattern in (_DECIMAL, _DEGREES):
        for match in pattern.finditer(text):
            yield Trace(match.start(), match.end(), "koordinat sebuah tempat")


def landlines(text: str) -> Iterator[Trace]:
    """Telephone numbers with an area code: of those beside a service's name and source another rule speaks."""
    for match in _LANDLINE.finditer(text.translate(_SEPARATORS)):
        yield Trace(match.start(), match.end(), "nomor telepon")


def _is_plausible(digits: str) -> bool:
    """Whether 16 digits are built as a NIK is: a region from 11 to 94, then a day (women: plus 40) and a month."""
    region, day, month = int(digits[:2]), int(digits[6:8]), int(digits[8:10])
    return 11 <= region <= 94 and (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12


def _is_office(who: str, where: str) -> bool:
    """Whether an address belongs to an office: a public domain, or a word such as info before the @."""
    if _OFFICIAL.search(where):
        return True
    return not _FREE.match(where) and not _ROLES.isdisjoint(re.split(r"[._+-]", who.casefold()))
