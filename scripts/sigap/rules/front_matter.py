"""F: front matter and the files themselves. Most of it is found while reading; these rules give it a voice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import vocabulary
from ..document import Problem
from ..model import Curriculum, Module, Severity
from .registry import reader_rule, rule

reader_rule("F101", "YAML tidak terbaca")
reader_rule("F102", "Kunci ditulis dua kali")
reader_rule("F103", "Kunci wajib tidak ada")
reader_rule("F104", "Kunci tidak dikenal")
reader_rule("F105", "Nilai salah jenis, bentuk, atau pilihan")
reader_rule("F107", "Folder modul salah nama atau tanpa index.md")
reader_rule("F110", "Berkas bukan teks UTF-8")
reader_rule("F111", "Berkas terlalu besar")
reader_rule("F112", "Tautan simbolis")
reader_rule("F113", "Akhir baris CRLF", Severity.WARNING)


@rule("F106", "Satu kode pada dua modul", each="curriculum")
def duplicate_kode(curriculum: Curriculum) -> Iterator[Problem]:
    for module in curriculum.modules:
        first = curriculum.by_kode[module.kode]
        if module.kode and first is not module:
            yield Problem(
                module.document.place("kode"),
                f"Kode {module.kode} sudah dipakai oleh `{first.path}`.",
                "Beri modul ini kode yang belum dipakai; kode modul yang sudah terbit tidak pernah berubah.",
            )


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


EDITION_NAME = re.compile(r"[0-9]{4}\.[1-9][0-9]*")


@rule("F114", "Halaman edisi salah nama atau urutan", each="curriculum")
def edition_page(curriculum: Curriculum) -> Iterator[Problem]:
    latest = None
    for edition in curriculum.editions:
        page = edition.document
        file = page.path.rpartition("/")[2].removesuffix(".md")
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
