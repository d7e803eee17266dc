"""R: laws. Each that a module cites stands on `docs/rujukan-hukum.md`, was seen lately, or is open work there."""

from __future__ import annotations

from collections.abc import Iterator

from .. import laws
from ..document import Problem
from ..labels import day
from ..model import Curriculum, Severity
from .registry import rule


@rule("R101", "Peraturan yang tidak tercatat", each="curriculum")
def unlisted(curriculum: Curriculum) -> Iterator[Problem]:
    page = curriculum.documents.get(laws.PAGE)
    known = laws.entries(page) if page else {}
    for module in curriculum.modules if page else ():
        told: set[str] = set()
        for document in module.documents:
            for one in laws.citations(document):
                if one.key not in known and one.key not in told:
                    told.add(one.key)
                    yield Problem(
                        document.at(one.start),
                        f"“{one.text}” tidak ada dalam daftar peraturan.",
                        f"Tambahkan baris `{one.key}` di `{laws.PAGE}`: tentang apa, sudah dilihat atau belum.",
                    )


@rule("R102", "Peraturan lewat waktu periksa", each="curriculum", severity=Severity.WARNING, needs=("policy",))
def overdue(curriculum: Curriculum) -> Iterator[Problem]:
    page = curriculum.documents.get(laws.PAGE)
    most = curriculum.policy.law_age_days
    for key, entry in laws.entries(page).items() if page else ():
        if entry.key != key or not entry.seen:
            continue
        place = page.at(entry.start) if page else None
        age = (curriculum.today - entry.checked).days if entry.checked else None
        if place and age is None:
            yield Problem(
                place,
                f"`{key}` dinyatakan dilihat, tetapi tanggalnya tidak terbaca.",
                "Tulis tanggal pemeriksaan pada kolom Diperiksa, misalnya 2026-11-24.",
            )
        elif place and age is not None and entry.checked and age > most:
            yield Problem(
                place,
                f"`{key}` terakhir diperiksa {day(entry.checked)}, {age} hari lalu; batasnya {most} hari.",
                "Lihat lagi naskah dan perubahannya, lalu perbarui kolom Diperiksa dan Dengan.",
            )


@rule("R103", "Tanda “perlu diperiksa” tanpa pekerjaan terbuka", each="curriculum", severity=Severity.WARNING)
def forgotten(curriculum: Curriculum) -> Iterator[Problem]:
    page = curriculum.documents.get(laws.PAGE)
    keys, kodes = laws.open_work(page) if page else (frozenset[str](), frozenset[str]())
    for module in curriculum.modules if page else ():
        for document in module.documents:
            for doubt in laws.doubts(document):
                what = doubt.key if doubt.key else module.kode
                if what not in (keys if doubt.key else kodes):
                    yield Problem(
                        document.at(doubt.start),
                        f"Yang ditandai “perlu diperiksa” ini tidak ada dalam pekerjaan terbuka ({what}).",
                        f"Tambahkan baris `{what}` di bagian Pekerjaan terbuka `{laws.PAGE}`, atau hapus tandanya.",
                    )
