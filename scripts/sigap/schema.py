"""Front matter: pydantic models of the keys that contributors write, their faults, and the JSON Schema for editors.

Apart from `schema` because pydantic is slow to import, and only what loads a curriculum needs it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .vocabulary import nearest


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one key: `kind` is missing, unknown or wrong; `expected` says what would be right."""

    key: str
    kind: str
    expected: str
    given: object = None


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


Text = Annotated[str, Field(min_length=1)]
Kode = Annotated[str, Field(pattern=r"^[A-Z]{2,5}-[0-9]{2,3}$")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Whole = Annotated[int, Field(ge=0)]
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
    tanggal: date = Field(description="Tanggal penelaahan selesai")


class Modul(Strict):
    kode: Kode = Field(description="Kode modul, misalnya TK-05; tidak pernah berubah")
    judul: Text = Field(description="Judul modul; sama dengan H1")
    ringkasan: Text = Field(description="Satu kalimat tentang isi modul")
    versi: Text = Field(description="Versi SemVer, misalnya 1.0.0")
    status: Literal["draf", "tinjauan", "disahkan", "dicabut"] = Field(description="Tahap penelaahan")
    kelompok: Literal["dasar", "inti", "penunjang"] = Field(description="Kelompok dalam struktur program")
    sasaran: Annotated[list[Audience], Field(min_length=1)] = Field(description="Peserta yang dituju")
    prasyarat: list[Kode] = Field(description="Kode modul yang harus diikuti lebih dahulu")
    jp: Jp = Field(description="Jam pelajaran menurut bentuknya")
    penyusun: Annotated[list[Text], Field(min_length=1)] = Field(description="Penyusun modul")
    penelaah: list[Penelaah] = Field(description="Penelaah dari empat unsur; kosong sebelum ditelaah")
    tinjau_ulang: date | None = Field(None, description="Tanggal modul harus ditinjau ulang")
    alamat_lama: list[Slug] = Field([], description="Nama folder lama, agar alamat lama tetap sampai")


class IsiProgram(Strict):
    kode: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9-]*$")] = Field(description="Kode program")
    modul: Annotated[list[Kode], Field(min_length=1)] = Field(description="Kode modul menurut urutan belajar")
    jp: Annotated[int, Field(gt=0)] = Field(description="Jumlah JP program")
    sasaran: Annotated[list[Audience], Field(min_length=1)] = Field(description="Peserta yang dituju")
    jp_per_hari: Annotated[int, Field(gt=0)] = Field(description="JP paling banyak dalam sehari")
    mulai: Clock = Field(description="Jam mulai tiap hari, misalnya 08:00")
    memenuhi_minimum_tahunan: bool = Field(False, description="Program ini menyatakan memenuhi JP minimum setahun")


class Program(Strict):
    program: IsiProgram
    title: Text | None = None
    description: Text | None = None


class IsiEdisi(Strict):
    nama: EditionName = Field(description="Nama edisi, misalnya 2026.1")
    tanggal: date = Field(description="Tanggal terbit")
    menggantikan: list[EditionName] = Field([], description="Edisi lama yang ditarik oleh edisi ini")


class Edisi(Strict):
    edisi: IsiEdisi
    title: Text | None = None
    description: Text | None = None


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


class Istirahat(Strict):
    nilai: list[Rehat]
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
    istirahat: Istirahat = Field(description="Rehat dalam jadwal harian")


MODELS: Mapping[str, type[BaseModel]] = {
    "modul": Modul,
    "program": Program,
    "edisi": Edisi,
    "kurikulum": Kurikulum,
}
"""The model of each kind of file."""


def check(kind: str, data: Mapping[str, object]) -> list[Fault]:
    """Check front matter against the model of its kind.

    In: modul, program, edisi or kurikulum, and data as `source.read_yaml` gives it. Out: every fault at once, with
    dotted keys; empty when the data is right.
    """
    try:
        MODELS[kind].model_validate(data)
    except ValidationError as error:
        return [_fault(kind, item) for item in error.errors(include_url=False)]
    return []


def known_keys(kind: str, parents: Sequence[str]) -> list[str]:
    """The keys that may stand below the keys `parents`, for a suggestion."""
    model: Any = MODELS[kind]
    for part in parents:
        if part in getattr(model, "model_fields", {}):  # places in a list are no keys
            annotation = model.model_fields[part].annotation
            model = next(iter(getattr(annotation, "__args__", ())), annotation)
    return list(getattr(model, "model_fields", ()))


_EXPECTED = {
    "string_type": "teks",
    "string_too_short": "teks yang tidak kosong",
    "list_type": "daftar, misalnya `[a, b]`",
    "too_short": "daftar dengan paling sedikit satu isi",
    "model_type": "pasangan `kunci: nilai`",
    "dict_type": "pasangan `kunci: nilai`",
    "int_type": "bilangan bulat",
    "int_from_float": "bilangan bulat",
    "bool_type": "`true` atau `false`",
    "date_type": "tanggal, misalnya 2027-05-31",
    "date_from_datetime_inexact": "tanggal tanpa jam",
}

_PATTERNS = {
    r"^[A-Z]{2,5}-[0-9]{2,3}$": "kode modul, misalnya `TK-05`",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "nama folder kebab-case, misalnya `dukungan-psikologis-awal`",
    r"^([01][0-9]|2[0-3]):[0-5][0-9]$": 'jam dalam kutip, misalnya `"08:00"`',
    r"^[A-Z][A-Z0-9-]*$": "kode program dari huruf besar, angka, dan tanda hubung",
    r"^[0-9]{4}\.[1-9][0-9]*$": 'nama edisi dalam kutip, misalnya `"2026.1"`',
}


def _fault(kind: str, item: Any) -> Fault:
    key = ".".join(str(part) for part in item["loc"])
    if item["type"] == "missing":
        return Fault(key, "missing", "")
    if item["type"] == "extra_forbidden":
        *parents, last = (str(part) for part in item["loc"])
        return Fault(key, "unknown", nearest(last, known_keys(kind, parents)) or "")
    context = item.get("ctx", {})
    if item["type"] == "literal_error":
        expected = "salah satu dari " + str(context["expected"]).replace("'", "`").replace(" or ", " atau ")
    elif item["type"] == "string_pattern_mismatch":
        expected = _PATTERNS[context["pattern"]]
    elif item["type"] == "greater_than":
        expected = f"bilangan di atas {context['gt']}"
    elif item["type"] == "greater_than_equal":
        expected = f"bilangan {context['ge']} atau lebih"
    elif item["type"] == "less_than_equal":
        expected = f"bilangan {context['le']} atau kurang"
    else:
        expected = _EXPECTED.get(item["type"], "nilai lain")
    return Fault(key, "wrong", expected, item["input"])


def json_schema(kind: str) -> str:
    """The JSON Schema of one kind of front matter, for editors, with Indonesian descriptions."""
    import json

    schema = MODELS[kind].model_json_schema()
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def wrong_keys(kind: str, data: Mapping[str, object]) -> set[str]:
    """The top keys whose values cannot be used; unknown keys are not among them."""
    return {fault.key.split(".")[0] for fault in check(kind, data) if fault.kind != "unknown"}
