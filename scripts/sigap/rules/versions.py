"""V: versions and the history that gives their reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from .. import schema, vocabulary
from ..compare.bumps import declared
from ..compare.changes import ModuleChange, folders, module_change
from ..document import Location, Problem
from ..model import Curriculum, Module, Severity
from ..tree import POLICY, PROGRAMMES
from .registry import rule
from .structure import is_placeholder

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
    if history is None or any(is_placeholder(cell.text) for row in history for cell in row.cells):
        return
    if not history:
        yield Problem(
            module.document.at(module.sections[vocabulary.HISTORY].start),
            f"Riwayat perubahan tidak punya baris untuk versi {module.version or 'mana pun'}.",
            "Tambahkan barisnya: versi, tanggal, perubahan, dan alasannya.",
        )
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
        day = schema.day(row.date)
        if not isinstance(day, date):
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
    if module.version and semver(module.version) and history[0].version not in ("", module.version):
        yield Problem(
            module.document.place("versi"),
            f"`versi` {module.version}, tetapi baris teratas riwayat {history[0].version}.",
            f"Tambahkan baris {module.version} di atas `## {vocabulary.HISTORY}`, atau samakan versinya.",
        )


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


@rule("V807", "Alasan perubahan kosong atau hanya mengulang", severity=Severity.WARNING)
def reason_given(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    for row in module.history or ():
        if not row.version or not row.what or is_placeholder(row.why):
            continue
        if not row.why or _plain(row.why) in ("", _plain(row.what)):
            yield Problem(
                module.document.at(row.cells[3].start),
                f"Alasan versi {row.version} " + ("kosong." if not row.why else "hanya mengulang perubahannya."),
                "Tulis mengapa modul diubah: temuan di lapangan, aturan baru, atau masukan peserta.",
            )


# --- Against the base: the newest published edition, or the ref that a pull request starts from ----------------------


def _of_base(module: Module, curriculum: Curriculum) -> Module | None:
    """The module as the base has it; None without a base or where the base does not have it."""
    return curriculum.base.by_kode.get(module.kode) if curriculum.base and module.kode else None


@rule(
    "V803",
    "Versi naik kurang dari yang diperlukan perubahannya",
    each="pair",
    needs=("base",),
    after=("F", "S", "H"),  # a broken module is mended before its version is raised
)
def version_rises(old: Module, module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    was, now = semver(old.version), semver(module.version)
    if was is None or now is None or now < was or module.path in curriculum.faulty_paths:
        return  # V801 or V804 speaks, or what cannot be read must be mended first
    change = module_change(old, module, folders(curriculum.base or curriculum), folders(curriculum))
    if not change.enough:
        yield Problem(
            module.document.place("versi"),
            f"Sejak {curriculum.base_name or 'versi terbit'}, modul ini berubah dan perlu naik "
            f"{change.required.label}, tetapi versi {_rise(old, module)}. Yang berubah: {_told(change)}.",
            f"Tulis `versi: {change.least}` atau lebih tinggi, lalu tambahkan barisnya di `## {vocabulary.HISTORY}`.",
        )


def _least(old: Module, new: Module, curriculum: Curriculum) -> str:
    """The lowest version that would do."""
    return module_change(old, new, folders(curriculum.base or curriculum), folders(curriculum)).least


def _rise(old: Module, new: Module) -> str:
    if old.version == new.version:
        return f"tetap {new.version}"
    return f"hanya naik {declared(old.version, new.version).label}, dari {old.version} ke {new.version}"


def _told(change: ModuleChange, most: int = 3) -> str:
    """The changes that need the most, by name; how many others there are."""
    named = sorted((c for c in change.changes if c.bump), key=lambda c: -c.bump)
    rest = len(named) - most
    return "; ".join(c.sentence for c in named[:most]) + (f"; dan {rest} perubahan lain" if rest > 0 else "")


@rule("V804", "Versi turun", each="pair", needs=("base",))
def version_falls(old: Module, module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    was, now = semver(old.version), semver(module.version)
    if was and now and now < was:
        yield Problem(
            module.document.place("versi"),
            f"Versi turun dari {old.version} ({curriculum.base_name or 'versi terbit'}) menjadi {module.version}.",
            f"Tulis `versi: {_least(old, module, curriculum)}` atau lebih tinggi.",
        )


@rule("V805", "Modul terbit hilang tanpa dicabut", each="curriculum", needs=("base",))
def module_vanishes(curriculum: Curriculum) -> Iterator[Problem]:
    if curriculum.base is None:
        return
    by_slug = {module.slug: module for module in curriculum.modules}
    for kode, old in curriculum.base.by_kode.items():
        if not kode or kode in curriculum.by_kode or old.status == vocabulary.WITHDRAWN:
            continue
        here = by_slug.get(old.slug)
        if here is None and old.path in curriculum.hidden_paths:
            continue  # F107 or F120 speaks: it is there and cannot be read
        if here is None:
            yield Problem(
                Location(POLICY),
                f"Modul {kode} “{old.title}” ada di {curriculum.base_name or 'edisi terbit'}, tetapi kini tidak ada.",
                f"Kembalikan `{old.path}` dan tulis `status: {vocabulary.WITHDRAWN}`, dengan versi dan alasan baru; "
                "foldernya boleh dihapus sesudah edisi itu terbit.",
            )
        elif here.kode and here.kode not in curriculum.base.by_kode:
            yield Problem(
                here.document.place("kode"),
                f"Kode modul terbit {kode} diganti {here.kode}.",
                f"Kembalikan `kode: {kode}`: kode tidak pernah berubah, walau judul atau foldernya berganti.",
            )


@rule("V806", "Alamat terbit hilang tanpa pengalihan", each="curriculum", needs=("base",), after=("F106",))
def address_vanishes(curriculum: Curriculum) -> Iterator[Problem]:
    if curriculum.base is None:
        return
    by_slug = {module.slug: module for module in curriculum.modules}
    for module in curriculum.by_kode.values():
        if old := _of_base(module, curriculum):
            known = {module.slug, *module.old_addresses}
            if lost := [slug for slug in (old.slug, *old.old_addresses) if slug not in known]:
                others = [by_slug[slug] for slug in lost if slug in by_slug]
                if any(other.kode == module.kode for other in others):
                    continue  # F106 speaks
                listed = ", ".join([*module.old_addresses, *lost])
                yield Problem(
                    module.document.place("alamat_lama" if module.old_addresses else "kode"),
                    f"Alamat `modul/{lost[0]}/` yang sudah terbit tidak lagi sampai ke modul ini.",
                    f"Kembalikan nama foldernya: alamat itu kini milik `{others[0].path}`."
                    if others
                    else f"Tulis `alamat_lama: [{listed}]`, agar tautan dan cetakan lama tetap sampai.",
                )
    pages = {programme.document.path for programme in curriculum.programmes} | curriculum.paths
    by_kode = {programme.kode: programme for programme in curriculum.programmes}
    for gone in curriculum.base.programmes:
        if gone.document.path not in pages:
            renamed = by_kode.get(gone.kode)
            yield Problem(
                renamed.document.place("program.kode") if renamed else Location(f"{PROGRAMMES}/index.md"),
                f"Halaman program {gone.kode}, `{gone.document.path}`, sudah terbit, tetapi kini tidak ada.",
                "Kembalikan nama berkasnya: alamat program tidak dapat dialihkan."
                if renamed
                else "Kembalikan halamannya, dan tulis di sana sejak kapan program itu tidak lagi diselenggarakan.",
            )


ORDER = tuple(vocabulary.STATUSES)
"""Status as it moves: written, under review, approved, withdrawn."""


@rule("V808", "Status melompat atau mundur", needs=("base",))
def status_moves(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    old = _of_base(module, curriculum)
    if old is None or old.status == module.status or not {old.status, module.status} <= set(ORDER):
        return
    was, now = ORDER.index(old.status), ORDER.index(module.status)
    risen = (semver(module.version) or (0, 0, 0)) > (semver(old.version) or (0, 0, 0))
    if now == was + 1 or module.status == vocabulary.WITHDRAWN or (_anew(old, module) and risen):
        return
    if old.status == vocabulary.WITHDRAWN:
        hint = f"Biarkan `status: {vocabulary.WITHDRAWN}`; isi yang hidup lagi menjadi modul baru dengan kode baru."
    elif now > was:
        hint = f"Tulis `status: {ORDER[was + 1]}` dahulu."
    else:
        hint = f"Tulis `status: {old.status}`" + (", atau naikkan versinya." if _anew(old, module) else ".")
    yield Problem(
        module.document.place("status"),
        f"Status {old.status} di {curriculum.base_name or 'edisi terbit'} menjadi {module.status}; "
        f"urutannya {', '.join(ORDER)}.",
        hint,
    )


def _anew(old: Module, new: Module) -> bool:
    """Whether an approved module goes back under review, as a new version of it must."""
    return (old.status, new.status) == (vocabulary.APPROVED, "tinjauan")


@rule(
    "V809", "Edisi baru bertanggal sebelum isinya", each="curriculum", needs=("base",), after=("F114", "F115", "V802")
)
def edition_precedes_content(curriculum: Curriculum) -> Iterator[Problem]:
    """An edition is held against its own date when it is published, so that it can be published again in two years."""
    known = {edition.name for edition in curriculum.base.editions} if curriculum.base else set()
    newest = curriculum.editions[-1] if curriculum.editions else None
    if newest is None or newest.name in known:
        return
    for module in curriculum.modules:
        days = [day for row in module.history or () if isinstance(day := schema.day(row.date), date)]
        days += [trial.date for trial in module.trials]
        if days and max(days) > newest.date:
            yield Problem(
                newest.document.place("edisi.tanggal"),
                f"Edisi {newest.name} bertanggal {newest.date}, tetapi {module.kode or module.path} memuat tanggal "
                f"{max(days)}.",
                f"Tulis tanggal hari edisi ini dipotong, paling awal {max(days)}.",
            )
            return
