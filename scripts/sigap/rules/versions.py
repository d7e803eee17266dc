"""V: versions and the history that gives their reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from .. import schema
from ..model import Curriculum, Module, Problem, Severity
from . import rule

SEMVER = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})")


def semver(text: str) -> tuple[int, int, int] | None:
    """`1.2.3` as numbers; None where it is no such version."""
    match = SEMVER.fullmatch(text)
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


@rule("V801", "Versi bukan SemVer", each="curriculum")
def version_form(curriculum: Curriculum) -> Iterator[Problem]:
    yield from (problem for problem in curriculum.problems if problem.code == "V801")
    for module in curriculum.modules:
        if module.version and not semver(module.version):
            yield Problem(
                module.document.place("versi"),
                f"Versi `{module.version}` bukan tiga bilangan yang dipisah titik.",
                "Tulis misalnya `1.0.0`: besar.kecil.tambalan.",
            )


@rule("V802", "Riwayat perubahan tidak cocok dengan versi")
def history_matches(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    history = module.history
    if not history:
        return
    dates: list[str] = []
    versions: list[tuple[int, int, int]] = []
    for row in history:
        found = semver(row.version)
        if not found and row.version:
            yield Problem(
                module.document.at(row.cells[0].start),
                f"Versi “{row.version}” di riwayat bukan SemVer.",
                "Tulis misalnya `1.0.0`.",
            )
            return
        try:
            day = date.fromisoformat(row.date)
        except ValueError:
            if row.date:
                yield Problem(
                    module.document.at(row.cells[1].start),
                    f"Tanggal “{row.date}” bukan tanggal TTTT-BB-HH.",
                    "Tulis misalnya `2026-11-24`.",
                )
            return
        if day > curriculum.today:
            yield Problem(
                module.document.at(row.cells[1].start),
                f"Tanggal {row.date} belum tiba.",
                "Isi dengan tanggal perubahan ini dibuat.",
            )
            return
        if (versions and found and versions[-1] <= found) or (dates and dates[-1] < row.date):
            yield Problem(
                module.document.at(row.start),
                f"Riwayat tidak urut: {row.version} ({row.date}) berdiri di bawah {history[len(dates) - 1].version} "
                f"({dates[-1]}).",
                "Urutkan dari versi terbaru di atas.",
            )
            return
        versions.append(found or (0, 0, 0))
        dates.append(row.date)
    if module.version and semver(module.version) and history[0].version != module.version:
        yield Problem(
            module.document.place("versi"),
            f"`versi` {module.version}, tetapi baris teratas riwayat {history[0].version}.",
            f"Tambahkan baris {module.version} di atas `## {schema.HISTORY}`, atau samakan versinya.",
        )


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


@rule("V807", "Alasan perubahan kosong atau hanya mengulang", severity=Severity.WARNING)
def reason_given(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    for row in module.history or ():
        if not row.version or not row.what:
            continue
        if not row.why or _plain(row.why) in ("", _plain(row.what)):
            yield Problem(
                module.document.at(row.cells[3].start),
                f"Alasan versi {row.version} " + ("kosong." if not row.why else "hanya mengulang perubahannya."),
                "Tulis mengapa modul diubah: temuan di lapangan, aturan baru, atau masukan peserta.",
            )
