"""The kinds of change and the bump that each needs, as data; what a version says; the labels that readers see.

`docs/panduan/jenis-perubahan.md` shows `KINDS` to contributors; a test holds the page against it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

_SEMVER = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})")


class Bump(IntEnum):
    """How far a version rises. Greater bumps satisfy smaller needs."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3

    @property
    def word(self) -> str:
        """As in JSON."""
        return self.name.lower()

    @property
    def label(self) -> str:
        """As readers see it."""
        return BUMP_LABELS[self]


BUMP_LABELS = {Bump.NONE: "tidak perlu", Bump.PATCH: "tambalan", Bump.MINOR: "kecil", Bump.MAJOR: "besar"}


class Status(StrEnum):
    """What became of a module or programme; moved: its address is another, whatever else changed."""

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"
    MISSING = "missing"
    UNCHANGED = "unchanged"


STATUS_LABELS = {
    Status.ADDED: "baru",
    Status.CHANGED: "berubah",
    Status.MOVED: "pindah alamat",
    Status.WITHDRAWN: "dicabut",
    Status.MISSING: "hilang",
    Status.UNCHANGED: "tetap",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of change: the bump it needs, its name for readers, and why it needs that bump."""

    bump: Bump
    label: str
    why: str


_FIT = "Alokasi waktu, sertifikat, dan jadwal program menghitungnya."
_PROOF = "Sertifikat lama tidak lagi menyatakan kemampuan yang sama."
_ENTRY = "Peserta yang dahulu boleh ikut kini tidak."
_PLAN = "Pelatih perlu menyusun ulang rencananya, tetapi sertifikat tetap setara."
_OFFER = "Yang dipelajari bertambah atau bergeser; sertifikat tetap setara."
_WORDS = "Yang dipelajari tetap; hanya teksnya yang diperbaiki."
_STATE = "Keterangan tentang modul, bukan isinya."
_OUTSIDE = "Program dan kebijakan tidak bernomor versi."

KINDS: Mapping[str, Kind] = {
    # hours and what a certificate says
    "hours-changed": Kind(Bump.MAJOR, "JP berubah", _FIT),
    "indicator-added": Kind(Bump.MINOR, "IHB ditambah", _OFFER),
    "indicator-removed": Kind(Bump.MAJOR, "IHB dihapus", _PROOF),
    "indicator-reworded": Kind(Bump.MINOR, "IHB dirumuskan ulang", _OFFER),
    "indicator-moved": Kind(Bump.MINOR, "IHB pindah urutan", _PLAN),
    "assessment-added": Kind(Bump.MINOR, "Evaluasi ditambah", _OFFER),
    "assessment-removed": Kind(Bump.MAJOR, "Evaluasi dihapus", _PROOF),
    "assessment-changed": Kind(Bump.MINOR, "Evaluasi diubah", _PLAN),
    "threshold-changed": Kind(Bump.MINOR, "Batas lulus diubah", _PLAN),
    # who may take part
    "prerequisite-added": Kind(Bump.MAJOR, "Prasyarat ditambah", _ENTRY),
    "prerequisite-removed": Kind(Bump.MINOR, "Prasyarat dihapus", _PLAN),
    "audience-added": Kind(Bump.MINOR, "Sasaran ditambah", _OFFER),
    "audience-removed": Kind(Bump.MAJOR, "Sasaran dihapus", _ENTRY),
    # what is taught, and when
    "topic-added": Kind(Bump.MINOR, "Materi pokok ditambah", _OFFER),
    "topic-removed": Kind(Bump.MINOR, "Materi pokok dihapus", _OFFER),
    "topic-renamed": Kind(Bump.MINOR, "Materi pokok berganti judul", _OFFER),
    "topic-moved": Kind(Bump.MINOR, "Materi pokok pindah urutan", _PLAN),
    "subtopics-changed": Kind(Bump.MINOR, "Sub materi diubah", _OFFER),
    "session-added": Kind(Bump.MINOR, "Sesi ditambah", _PLAN),
    "session-removed": Kind(Bump.MAJOR, "Sesi dihapus", "Rencana pelatih yang memuat sesi itu tidak berlaku lagi."),
    "session-moved": Kind(Bump.MINOR, "Sesi pindah urutan", _PLAN),
    "session-retimed": Kind(Bump.MINOR, "Menit sesi berubah", _PLAN),
    "session-renamed": Kind(Bump.PATCH, "Sesi berganti judul", _WORDS),
    "activity-added": Kind(Bump.MINOR, "Kegiatan ditambah", _PLAN),
    "activity-removed": Kind(Bump.MINOR, "Kegiatan dihapus", _PLAN),
    "activity-moved": Kind(Bump.MINOR, "Kegiatan pindah urutan", _PLAN),
    "activity-retimed": Kind(Bump.MINOR, "Menit atau bentuk kegiatan berubah", _PLAN),
    "activity-indicators-changed": Kind(Bump.MINOR, "IHB kegiatan berubah", _PLAN),
    "method-changed": Kind(Bump.MINOR, "Metode kegiatan berubah", _PLAN),
    "activity-reworded": Kind(Bump.PATCH, "Kegiatan dirumuskan ulang", _WORDS),
    "grouping-changed": Kind(Bump.MINOR, "Pembagian kelompok berubah", _PLAN),
    "handout-added": Kind(Bump.MINOR, "Lampiran ditambah", _PLAN),
    "handout-removed": Kind(Bump.MINOR, "Lampiran dihapus", _PLAN),
    "section-added": Kind(Bump.MINOR, "Bagian ditambah", _OFFER),
    "section-removed": Kind(Bump.MINOR, "Bagian dihapus", _OFFER),
    "title-changed": Kind(Bump.MINOR, "Modul berganti judul", "Sertifikat memuat judul modul."),
    "group-changed": Kind(Bump.MINOR, "Kelompok berubah", "Struktur program menggolongkan modul menurut kelompok."),
    # how it is said
    "section-text": Kind(Bump.PATCH, "Teks diubah", _WORDS),
    "section-markup": Kind(Bump.PATCH, "Tautan, tanda baca, atau format diubah", _WORDS),
    "section-renamed": Kind(Bump.PATCH, "Bagian berganti judul", _WORDS),
    "section-moved": Kind(Bump.PATCH, "Bagian pindah urutan", _WORDS),
    "handout-changed": Kind(Bump.PATCH, "Lampiran diubah", _WORDS),
    "handout-renamed": Kind(Bump.PATCH, "Berkas lampiran berganti nama", _WORDS),
    "handout-file-added": Kind(Bump.PATCH, "Gambar atau berkas ditambah", _WORDS),
    "handout-file-removed": Kind(Bump.PATCH, "Gambar atau berkas dihapus", _WORDS),
    "handout-file-changed": Kind(Bump.PATCH, "Gambar atau berkas diganti", _WORDS),
    "reference-added": Kind(Bump.PATCH, "Referensi ditambah", _WORDS),
    "reference-removed": Kind(Bump.PATCH, "Referensi dihapus", _WORDS),
    "reference-changed": Kind(Bump.PATCH, "Referensi diubah", _WORDS),
    "summary-changed": Kind(Bump.PATCH, "Ringkasan diubah", _WORDS),
    "authors-changed": Kind(Bump.PATCH, "Penyusun berubah", _WORDS),
    "address-changed": Kind(Bump.PATCH, "Alamat berubah", "Tautan dan cetakan lama menunjuk alamat yang lain."),
    # the state of a module
    "module-added": Kind(Bump.NONE, "Modul baru", "Versi pertama ditulis bersama modulnya."),
    "module-removed": Kind(Bump.NONE, "Modul hilang", "Modul dicabut lebih dahulu, dengan versi dan alasannya."),
    "module-withdrawn": Kind(Bump.MAJOR, "Modul dicabut", "Program yang memuatnya tidak dapat dijalankan lagi."),
    "status-changed": Kind(Bump.NONE, "Status berubah", _STATE),
    "reviewer-added": Kind(Bump.NONE, "Penelaah ditambah", _STATE),
    "reviewer-removed": Kind(Bump.NONE, "Penelaah dihapus", _STATE),
    "review-date-changed": Kind(Bump.NONE, "Tanggal tinjau ulang berubah", _STATE),
    "trial-added": Kind(Bump.NONE, "Uji coba dicatat", _STATE),
    "trial-removed": Kind(Bump.NONE, "Catatan uji coba dihapus", _STATE),
    "redirects-changed": Kind(Bump.NONE, "Alamat lama berubah", _STATE),
    "grouping-told": Kind(Bump.NONE, "Catatan pembagian kelompok", _STATE),
    # programmes and policy, which have no version
    "programme-added": Kind(Bump.NONE, "Program baru", _OUTSIDE),
    "programme-removed": Kind(Bump.NONE, "Program hilang", _OUTSIDE),
    "programme-hours-changed": Kind(Bump.NONE, "JP program berubah", _OUTSIDE),
    "programme-module-added": Kind(Bump.NONE, "Modul masuk program", _OUTSIDE),
    "programme-module-removed": Kind(Bump.NONE, "Modul keluar dari program", _OUTSIDE),
    "programme-module-moved": Kind(Bump.NONE, "Modul pindah urutan dalam program", _OUTSIDE),
    "programme-audience-added": Kind(Bump.NONE, "Sasaran program ditambah", _OUTSIDE),
    "programme-audience-removed": Kind(Bump.NONE, "Sasaran program dihapus", _OUTSIDE),
    "programme-day-changed": Kind(Bump.NONE, "Hari program berubah", _OUTSIDE),
    "programme-session-moved": Kind(Bump.NONE, "Sesi pindah waktu", _OUTSIDE),
    "programme-end-changed": Kind(Bump.NONE, "Program selesai lain waktu", _OUTSIDE),
    "programme-minimum-changed": Kind(Bump.NONE, "Pernyataan minimum tahunan berubah", _OUTSIDE),
    "programme-title-changed": Kind(Bump.NONE, "Program berganti judul", _OUTSIDE),
    "programme-address-changed": Kind(Bump.NONE, "Alamat program berubah", _OUTSIDE),
    "programme-text": Kind(Bump.NONE, "Teks program diubah", _OUTSIDE),
    "policy-changed": Kind(Bump.NONE, "Kebijakan berubah", _OUTSIDE),
    "policy-source-changed": Kind(Bump.NONE, "Sumber kebijakan berubah", _OUTSIDE),
}

STRUCTURE = frozenset(
    kind
    for kind, known in KINDS.items()
    if known.bump >= Bump.MINOR or kind in ("address-changed", "module-added", "module-removed", "session-renamed")
)
"""What a reviewer reads first: hours, structure, who may take part. The rest is wording."""

POLICY = {
    "lesson_minutes": "menit_per_jp",
    "half_lessons": "setengah_jp",
    "yearly_lessons": "jp_minimum_tahunan",
    "daily_lessons": "jp_maksimum_per_hari",
    "longest_session": "menit_sesi_terpanjang",
    "theory_share": "persen_teori",
    "body_change_share": "persen_perubahan_isi",
    "contact_age_days": "hari_nomor_darurat",
    "law_age_days": "hari_peraturan",
    "breaks": "istirahat",
    "friday_breaks": "istirahat_jumat",
    "session_gap": "jeda_antarsesi",
    "latest_end": "pukul_selesai_terakhir",
    "frame": "kerangka",
}
"""Fields of `Policy` as `kurikulum.yml` names them."""


def numbers(version: str) -> tuple[int, int, int] | None:
    """`1.2.3` as numbers; None where it is no such version."""
    match = _SEMVER.fullmatch(version)
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


def declared(old: str, new: str) -> Bump:
    """How far a version rose; NONE where it did not, fell, or cannot be read."""
    before, after = numbers(old), numbers(new)
    if not before or not after or after <= before:
        return Bump.NONE
    first = next(place for place in range(3) if after[place] != before[place])
    return Bump(3 - first)


def fell(old: str, new: str) -> bool:
    """Whether a version is lower than before."""
    before, after = numbers(old), numbers(new)
    return bool(before and after and after < before)


def least(version: str, bump: Bump) -> str:
    """The lowest version that rises from `version` by that bump."""
    major, minor, patch = numbers(version) or (0, 0, 0)
    raised = {
        Bump.NONE: (major, minor, patch),
        Bump.PATCH: (major, minor, patch + 1),
        Bump.MINOR: (major, minor + 1, 0),
        Bump.MAJOR: (major + 1, 0, 0),
    }[bump]
    return ".".join(str(number) for number in raised)
