"""The keys of front matter as pydantic models: what each may hold, and what it means to a contributor.

Apart from `schema` because pydantic is slow to import: `schema` asks for this file only when something is checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from .schema import TWICE, day

T = TypeVar("T", bound=str)


def once(values: list[str]) -> list[str]:
    """A list that says nothing twice."""
    if len(set(values)) < len(values):
        raise PydanticCustomError(TWICE, "twice")
    return values


Once = Annotated[list[T], AfterValidator(once), Field(json_schema_extra={"uniqueItems": True})]
Day = Annotated[date, BeforeValidator(day)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


Text = Annotated[str, Field(min_length=1)]
Kode = Annotated[str, Field(pattern=r"^[A-Z]{2,5}-[0-9]{2,3}$")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Whole = Annotated[int, Field(ge=0)]
Nomor = Annotated[str, Field(pattern=r"^[1-9][0-9]?$")]
Menit = Annotated[int, Field(gt=0)]
Audience = Literal["pekerja-sosial", "penyuluh-sosial"]
EditionName = Annotated[str, Field(pattern=r"^[0-9]{4}\.[1-9][0-9]*$")]
Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class Jp(Strict):
    teori: Whole = Field(description="JP teori (T)")
    penugasan: Whole = Field(description="JP penugasan (P)")
    lapangan: Whole = Field(description="JP praktik lapangan (PL)")


class Penelaah(Strict):
    unsur: Literal["akademisi", "praktisi", "pusdiklat", "sertifikasi"] = Field(description="Unsur yang diwakili")
    nama: Text = Field(description="Nama penelaah atau timnya")
    tanggal: Day = Field(description="Tanggal penelaahan selesai")


class Kelas(Strict):
    minimum: Annotated[int, Field(gt=0)]
    maksimum: Annotated[int, Field(gt=0)]


class Latihan(Strict):
    sesi: Annotated[int, Field(gt=0)] = Field(description="Nomor sesi")
    metode: Text = Field(description="Metode kegiatannya, seperti dalam tabel sesi")
    peran: Annotated[list[Text], Field(min_length=2)] = Field(
        description="Peran dalam satu kelompok, satu untuk setiap orang; sesudah setiap putaran bergeser satu"
    )
    peran_sisa: list[Text] = Field([], description="Peran dalam kelompok yang menampung sisa peserta")
    dinilai: Annotated[list[Text], Field(min_length=1)] = Field(description="Peran yang wajib didapat setiap orang")
    putaran: Annotated[int, Field(gt=0)] = Field(description="Banyaknya putaran")
    menit: Annotated[int, Field(gt=0)] = Field(description="Menit setiap putaran")
    putaran_sisa: Annotated[int, Field(gt=0)] | None = Field(None, description="Putaran kelompok sisa, bila berbeda")
    menit_sisa: Annotated[int, Field(gt=0)] | None = Field(None, description="Menit putarannya, bila berbeda")
    lembar: list[Text] = Field([], description="Lampiran yang dipakai setiap kelompok dalam putarannya")


class Pembagian(Strict):
    kelas: Kelas = Field(description="Banyaknya peserta yang dilayani modul ini")
    latihan: Annotated[list[Latihan], Field(min_length=1)] = Field(description="Latihan dalam kelompok")


class UjiCoba(Strict):
    tanggal: Day = Field(description="Hari terakhir kelas itu")
    peserta: Annotated[int, Field(gt=0)] = Field(description="Banyaknya peserta")
    sesi: Annotated[dict[Nomor, Menit], Field(min_length=1)] = Field(description="Nomor sesi dan menit yang terukur")
    catatan: Text | None = Field(None, description="Yang memakan waktu, tanpa nama orang")


class Modul(Strict):
    kode: Kode = Field(description="Kode modul, misalnya TK-05; tidak pernah berubah")
    judul: Text = Field(description="Judul modul; sama dengan H1")
    ringkasan: Text = Field(description="Satu kalimat tentang isi modul")
    versi: Text = Field(description="Versi SemVer, misalnya 1.0.0")
    status: Literal["draf", "tinjauan", "disahkan", "dicabut"] = Field(description="Tahap penelaahan")
    kelompok: Literal["dasar", "inti", "penunjang"] = Field(description="Kelompok dalam struktur program")
    sasaran: Annotated[Once[Audience], Field(min_length=1)] = Field(description="Peserta yang dituju")
    prasyarat: Once[Kode] = Field(description="Kode modul yang harus diikuti lebih dahulu")
    jp: Jp = Field(description="Jam pelajaran menurut bentuknya")
    penyusun: Annotated[list[Text], Field(min_length=1)] = Field(description="Penyusun modul")
    penelaah: list[Penelaah] = Field(description="Penelaah dari empat unsur; kosong sebelum ditelaah")
    tinjau_ulang: Day | None = Field(None, description="Tanggal modul harus ditinjau ulang")
    alamat_lama: list[Slug] = Field([], description="Nama folder lama, agar alamat lama tetap sampai")
    pembagian: Pembagian | None = Field(None, description="Latihan dalam kelompok: peran, putaran, dan lembarnya")
    uji_coba: list[UjiCoba] = Field([], description="Kelas yang mengukur menit sesi; tanpa kunci ini belum diuji")


class BagianKerangka(Strict):
    nama: Text = Field(description="Apa kegiatannya, misalnya Pembukaan")
    menit: Annotated[int, Field(gt=0)] = Field(description="Lamanya; tidak dihitung sebagai JP")
    hari: Literal["pertama", "terakhir", "setiap", "kecuali-pertama", "kecuali-terakhir"] = Field(
        description="Pada hari mana"
    )
    tempat: Literal["awal", "akhir"] = Field(description="Sebelum sesi pertama, atau sesudah sesi terakhir hari itu")


class HariLain(Strict):
    jp_per_hari: Annotated[int, Field(gt=0)] = Field(description="JP paling banyak dalam sehari")
    mulai: Clock = Field(description="Jam mulai tiap hari, misalnya 08:00")


class Varian(Strict):
    daring: HariLain | None = Field(None, description="Hari-hari bila program diajarkan daring")
    setengah_hari: HariLain | None = Field(None, description="Hari-hari bila peserta belajar setengah hari")


class IsiProgram(Strict):
    kode: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9-]*$")] = Field(description="Kode program")
    modul: Annotated[list[Kode], Field(min_length=1)] = Field(description="Kode modul menurut urutan belajar")
    jp: Annotated[int, Field(gt=0)] = Field(description="Jumlah JP program")
    sasaran: Annotated[Once[Audience], Field(min_length=1)] = Field(description="Peserta yang dituju")
    jp_per_hari: Annotated[int, Field(gt=0)] = Field(description="JP paling banyak dalam sehari")
    mulai: Clock = Field(description="Jam mulai tiap hari, misalnya 08:00")
    memenuhi_minimum_tahunan: bool = Field(False, description="Program ini menyatakan memenuhi JP minimum setahun")
    kerangka: list[BagianKerangka] | None = Field(
        None, description="Yang bukan modul; tanpa kunci ini berlaku kerangka dalam kebijakan"
    )
    varian: Varian | None = Field(None, description="Jadwal lain bagi program yang sama")


class Program(Strict):
    program: IsiProgram
    title: Text | None = None
    description: Text | None = None


class IsiEdisi(Strict):
    nama: EditionName = Field(description="Nama edisi, misalnya 2026.1")
    tanggal: Day = Field(description="Tanggal terbit")
    menggantikan: list[EditionName] = Field([], description="Edisi lama yang ditarik oleh edisi ini")


class Edisi(Strict):
    edisi: IsiEdisi
    title: Text | None = None
    description: Text | None = None


class IsiLampiran(Strict):
    jenis: Literal[
        "lembar-kerja", "formulir", "kartu", "daftar-periksa", "rubrik", "naskah", "soal", "kunci", "bacaan"
    ] = Field(description="Apa lembar ini")
    untuk: Literal["peserta", "pasangan", "trio", "kelompok", "kelas", "fasilitator"] = Field(
        description="Siapa yang menerima; satu salinan untuk setiap satuannya"
    )
    salin: Whole = Field(1, description="Berapa lembar untuk setiap penerima")
    tiap_putaran: Text | None = Field(
        None, description="Peran yang mendapat satu lembar lagi pada setiap putaran, misalnya pengamat"
    )
    ukuran: Annotated[int, Field(gt=1)] | None = Field(None, description="Banyaknya orang dalam satu kelompok")
    potong: list[Text] = Field(
        [], description="Awal judul kartu, satu untuk setiap peran; kartu lain peran tidak dicetak pada satu lembar"
    )
    butir: bool = Field(False, description="Setiap baris tabel atau butir daftar di bawah judul itu satu kartu")
    campur: bool = Field(False, description="Kartu lain peran boleh dicetak pada lembar yang sama")
    bentuk: Literal["A", "B"] | None = Field(None, description="Bentuk soal: A dipakai sebelum, B sesudah belajar")


class Lampiran(Strict):
    lampiran: IsiLampiran


class Angka(Strict):
    nilai: Annotated[int, Field(gt=0)]
    sumber: Text


class Ya(Strict):
    nilai: bool
    sumber: Text


class Rentang(Strict):
    minimum: Annotated[int, Field(ge=0, le=100)]
    maksimum: Annotated[int, Field(ge=0, le=100)]
    sumber: Text


class Rehat(Strict):
    nama: Text
    pukul: Clock
    menit: Annotated[int, Field(gt=0)]
    sampai: Clock | None = Field(None, description="Rehat berlangsung paling sedikit sampai pukul ini")


class Istirahat(Strict):
    nilai: list[Rehat]
    sumber: Text


class Pukul(Strict):
    nilai: Clock
    sumber: Text


class Kerangka(Strict):
    nilai: list[BagianKerangka]
    sumber: Text


class Kurikulum(Strict):
    menit_per_jp: Angka = Field(description="Menit dalam satu JP")
    setengah_jp: Ya = Field(description="Apakah sesi boleh berisi setengah JP")
    jp_minimum_tahunan: Angka = Field(description="JP minimum setahun bagi PNS")
    jp_maksimum_per_hari: Angka = Field(description="JP paling banyak sehari")
    menit_sesi_terpanjang: Angka = Field(description="Menit paling lama untuk satu sesi tanpa rehat")
    persen_teori: Rentang = Field(description="Rentang wajar bagian teori, dalam persen")
    persen_perubahan_isi: Angka = Field(description="Bagian isi yang boleh berubah sebelum JP perlu dihitung ulang")
    hari_nomor_darurat: Angka = Field(description="Umur tanggal periksa nomor darurat, dalam hari")
    hari_peraturan: Angka | None = Field(None, description="Umur tanggal periksa peraturan, dalam hari")
    istirahat: Istirahat = Field(description="Rehat dalam jadwal harian")
    istirahat_jumat: Istirahat | None = Field(None, description="Rehat pada hari Jumat, sebagai ganti `istirahat`")
    jeda_antarsesi: Angka | None = Field(None, description="Menit di antara dua sesi yang tidak dipisahkan rehat")
    pukul_selesai_terakhir: Pukul | None = Field(None, description="Paling lambat sebuah hari selesai")
    kerangka: Kerangka | None = Field(None, description="Yang bukan modul dalam hari-hari program, di luar JP")


MODELS: Mapping[str, type[BaseModel]] = {
    "modul": Modul,
    "program": Program,
    "edisi": Edisi,
    "lampiran": Lampiran,
    "kurikulum": Kurikulum,
}
"""The model of each kind of file."""
