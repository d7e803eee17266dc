"""Numbers that a reader in need may dial, and whether each one says where it comes from and when that was checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

WORDS = (
    "hotline", "call cent", "saluran siaga", "layanan", "darurat", "hubungi", "telepon", "telp", "tekan", "panggil",
    "putar", "sejiwa", "sapa", "ambulans", "polisi", "pemadam", "basarnas",
)  # fmt: skip
"""What stands near such a number, in small letters: without any of them nothing is looked for."""

_DIALLED = (
    r"(?P<long>1500[ -]?\d{3}|14\d{3}|0800[ -]?\d{1,4}(?:[ -]?\d{2,4}){1,2}|\(0\d{2,3}\)[ -]?\d{3,4}[ -]?\d{3,4}"
    r"|0\d{2,3}[ -]\d{3,4}[ -]?\d{3,4})|(?P<short>1\d\d)"
)
_NUMBER = re.compile(rf"(?<![\w/.,:–-])(?:{_DIALLED})(?P<ext> ext\.? ?\d+)?(?![\d%/–-]|[.,:]\d)")
_CALL = re.compile(
    r"(?:\b(?:hotline|call ?cent(?:er|re)|saluran siaga|layanan pengaduan|nomor darurat|panggilan darurat|hubungi"
    r"|telepon|menelepon|telp|tekan|panggil|putar|sejiwa|sapa)\b)[^\n|.;!?]{0,50}$",
    re.IGNORECASE,
)
_NO_NUMBER_BEFORE = re.compile(
    r"\b(?:halaman|hlm|hal|pasal|ayat|bab|butir|angka|tahun|uu|pp|ruang|kamar|sekitar|kira-kira|hampir|lebih dari"
    r"|kurang dari|sampai|hingga|ihb|sesi|modul|gambar|tabel|baris|poin|skor|nilai|rp|no)\.?\s*$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\s+(?!(?:ext|24)\b)(?P<word>[a-zé-]+)")
_NOT_COUNTED = frozenset(
    """adalah agar aktif atau bagi bebas bila dahulu dalam dan dari dengan di dulu gratis hanya ini itu jika juga kalau
    kapan karena ke ketika khusus lalu lewat maupun melalui oleh pada resmi saat saja sebab sebelum secara segera selama
    serta sesudah setelah setiap supaya tanpa terlebih tersedia tiap tetap tidak untuk yaitu yakni yang""".split()
)
"""Words that may follow a number which counts nothing: `Hubungi 112 bila perlu`, but not `Hubungi 100 warga`."""
_EMERGENCY = frozenset(("110", "112", "113", "115", "117", "118", "119", "122", "123", "129"))
_ABOUT_CALLING = re.compile(
    r"\b(?:darurat|ambulans|polisi|pemadam|basarnas|panggilan|telepon|hotline|layanan siaga)\b", re.I
)
CHECKED = re.compile(r"sumber\b[^|]{1,120}?\bdiperiksa\s+(?:pada\s+)?(\d{4}-\d{2}-\d{2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Contact:
    """A number, where it stands in its text, and the date at which its source was checked ('' where none is told)."""

    number: str
    start: int
    checked: str


def contacts(text: str) -> Iterator[Contact]:
    """The numbers in a text that are to be dialled.

    A source and date after a number hold for it and for those before it back to the last source; one in front holds
    for the numbers after it where it is the first.
    """
    numbers = [match for match in _NUMBER.finditer(text) if _is_dialled(text, match)]
    sources = [(match.start(), match[1]) for match in CHECKED.finditer(text)] if numbers else []
    for match in numbers:
        checked = next((day for start, day in sources if start > match.start()), "")
        if not checked and sources and sources[0][0] < numbers[0].start():
            checked = sources[0][1]
        yield Contact(match[0].strip(), match.start(), checked)


def _is_dialled(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 90) : match.start()]
    if _NO_NUMBER_BEFORE.search(before):
        return False
    following = _COUNTED.match(text, match.end())
    if match["short"] and following and following["word"] not in _NOT_COUNTED:
        return False  # it counts something
    if _CALL.search(before):
        return True
    return match[0] in _EMERGENCY and text.strip() != match[0] and bool(_ABOUT_CALLING.search(text))
