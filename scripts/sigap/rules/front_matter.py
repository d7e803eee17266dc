"""F: front matter and the files themselves. Most of it is found while reading; these rules give it a voice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import vocabulary
from ..document import Document, Problem
from ..model import Curriculum, Module, Severity
from .registry import reader_rule, rule

reader_rule("F101", "YAML tidak terbaca")
reader_rule("F102", "Kunci ditulis dua kali")
reader_rule("F103", "Kunci wajib tidak ada", after=("F101",))
reader_rule("F104", "Kunci tidak dikenal", after=("F101",))
reader_rule("F105", "Nilai salah jenis, bentuk, atau pilihan", after=("F101",))
reader_rule("F107", "Folder modul salah nama, tanpa index.md, atau bertingkat")
reader_rule("F110", "Berkas bukan teks UTF-8")
reader_rule("F111", "Berkas terlalu besar")
reader_rule("F112", "Tautan simbolis")
reader_rule("F120", "Berkas atau folder tidak dapat dibaca", alone=True)
reader_rule("F113", "Akhir baris CRLF atau CR", Severity.WARNING)


@rule("F106", "Satu kode pada dua modul atau program, atau satu nama pada dua edisi", each="curriculum")
def duplicate_kode(curriculum: Curriculum) -> Iterator[Problem]:
    owners = dict(curriculum.by_kode)
    for kode, old in (curriculum.base.by_kode if curriculum.base else {}).items():
        own = next((m for m in curriculum.modules if m.kode == kode and m.slug == old.slug), None)
        owners.update({kode: own} if own else {})  # who has published under a kode keeps it
    for module in curriculum.modules:
        if module.kode and (owner := owners[module.kode]) is not module:
            yield _taken(module.document, "kode", f"Kode {module.kode}", owner.path)
    programmes: dict[str, str] = {}
    for programme in curriculum.programmes:
        if (first := programmes.setdefault(programme.kode, programme.document.path)) != programme.document.path:
            yield _taken(programme.document, "program.kode", f"Kode {programme.kode}", first)
    editions: dict[str, str] = {}
    for edition in curriculum.editions:
        if (first := editions.setdefault(edition.name, edition.document.path)) != edition.document.path:
            yield _taken(edition.document, "edisi.nama", f"Nama edisi {edition.name}", first)


def _taken(document: Document, key: str, what: str, first: str) -> Problem:
    hint = "Beri halaman ini yang belum dipakai; yang sudah terbit tidak pernah berubah."
    return Problem(document.place(key), f"{what} sudah dipakai oleh `{first}`.", hint)


@rule("F108", "Tinjau ulang terlewat atau tidak ada", severity=Severity.WARNING)
def review_overdue(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    if module.review_by and module.review_by < curriculum.today:
        days = (curriculum.today - module.review_by).days
        yield Problem(
            module.document.place("tinjau_ulang"),
            f"Tanggal tinjau ulang {module.review_by.isoformat()} sudah lewat {days} hari.",
            "Tinjau modul ini, lalu isi tanggal tinjau ulang berikutnya.",
        )
    elif module.status == vocabulary.APPROVED and module.document.front and "tinjau_ulang" not in module.document.front:
        yield Problem(
            module.document.place("status"),
            "Modul disahkan tanpa tanggal tinjau ulang.",
            "Tambahkan `tinjau_ulang: TTTT-BB-HH`.",
        )


@rule("F109", "Disahkan tanpa keempat unsur penelaah")
def approved_without_reviewers(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    front = module.document.front
    if module.status != vocabulary.APPROVED or not front or "penelaah" not in front:
        return
    if front["penelaah"] and not module.reviewers:
        return  # F105 speaks
    missing = [party for party in vocabulary.PARTIES if party not in {r.party for r in module.reviewers}]
    if missing:
        yield Problem(
            module.document.place("penelaah"),
            f"Modul disahkan tanpa penelaah dari unsur {', '.join(missing)}.",
            "Tambahkan penelaah unsur itu, atau kembalikan `status: tinjauan`.",
        )
    newest = max((change.date for change in module.history or ()), default="")
    for index, reviewer in enumerate(module.reviewers):
        if reviewer.date and reviewer.date.isoformat() < newest:
            yield Problem(
                module.document.place(f"penelaah.{index}.tanggal"),
                f"Penelaahan unsur {reviewer.party} bertanggal {reviewer.date.isoformat()}, "
                f"lebih lama daripada versi terbaru ({newest}).",
                "Minta unsur itu menelaah versi terbaru, lalu perbarui tanggalnya.",
            )


@rule("F115", "Uji coba yang tidak mungkin", after=("F105", "S215"))
def impossible_trial(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    known = {session.number for session in module.sessions or ()}
    for index, trial in enumerate(module.trials):
        for number, minutes in trial.minutes:
            if number not in known:
                yield Problem(
                    module.document.place(f"uji_coba.{index}.sesi.{number}"),
                    f"Uji coba menyebut {minutes} menit untuk sesi {number}, yang tidak ada.",
                    "Perbaiki nomornya, atau hapus catatan tentang sesi yang sudah tidak diajarkan.",
                )
        if trial.date > curriculum.today:
            yield Problem(
                module.document.place(f"uji_coba.{index}.tanggal"),
                f"Uji coba bertanggal {trial.date.isoformat()}, sesudah hari ini.",
                "Catat hanya kelas yang sudah berlangsung.",
            )


EDITION_NAME = re.compile(r"[0-9]{4}\.[1-9][0-9]*")


@rule("F114", "Halaman edisi salah nama atau urutan", each="curriculum", after=("F106",))
def edition_page(curriculum: Curriculum) -> Iterator[Problem]:
    latest = None
    replaced = {name for edition in curriculum.editions for name in edition.replaces}
    for edition in curriculum.editions:
        page = edition.document
        file = page.path.rpartition("/")[2].removesuffix(".md")
        if file in replaced:
            continue  # a later edition has taken it back: nothing is left to mend
        if edition.name != file or not EDITION_NAME.fullmatch(edition.name):
            yield Problem(
                page.place("edisi.nama"),
                f'`nama: "{edition.name}"` tidak sama dengan nama berkasnya, `{file}`.'
                if edition.name != file
                else f"`{edition.name}` bukan tahun, titik, dan nomor urut.",
                "Nama edisi dan nama berkasnya sama: tahun, titik, nomor tanpa nol di depan, misalnya `2026.4`.",
            )
        elif latest and edition.date < latest.date:
            yield Problem(
                page.place("edisi.tanggal"),
                f"Edisi {edition.name} bertanggal {edition.date}, sebelum edisi {latest.name} ({latest.date}).",
                "Edisi terbit berurutan: perbaiki tanggalnya, atau beri nomor sesudah edisi yang terakhir.",
            )
        else:
            latest = edition
