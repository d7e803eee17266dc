"""The RBPMP table: media by the names that a module uses, minutes by the rows of its plan, sources by its citations."""

from __future__ import annotations

from datetime import date

from editions import Memory
from repos import CONTOH
from sigap.load import load
from sigap.model import Curriculum
from sigap.pages.rbpmp import SHARED, places, rbpmp, session_media

FILES = {p.relative_to(CONTOH).as_posix(): p.read_bytes() for p in CONTOH.rglob("*") if p.is_file()}
INDEX = "modules/mendengar-aktif/index.md"
EVALUATION = "[Daftar amati](lampiran-daftar-amati.md) | Paling"


def columns(*edits: tuple[str, str]) -> list[list[str]]:
    """Media, Waktu and Referensi of each indicator of the sample's module, with texts of it replaced."""
    text = FILES[INDEX].decode()
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    curriculum = load(Memory({**FILES, INDEX: text.encode()}), date(2026, 11, 24))
    table = made(curriculum)
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| ")]
    return [row[3:6] for row in rows[2:]]


def made(curriculum: Curriculum) -> str:
    module = curriculum.by_path[INDEX]
    return rbpmp(module, places(module, curriculum.documents))


def media(*edits: tuple[str, str]) -> list[str]:
    return [row[0] for row in columns(*edits)]


def test_what_an_assessment_names_belongs_to_its_indicators() -> None:
    assert media() == ["—", "[Daftar amati](lampiran-daftar-amati.md)"]
    assert media((EVALUATION, "Lembar | Paling")) == ["—", "—"]


def test_what_a_session_names_belongs_to_all_that_it_teaches() -> None:
    card = "[Kartu peran](lampiran-kartu-peran.md)"
    assert media(("Pakai kartu fiktif.", "Bagikan kartu peran.")) == [
        card,
        f"{card}, [Daftar amati](lampiran-daftar-amati.md)",
    ]
    both = "[Daftar amati](lampiran-daftar-amati.md)"
    named = ("Pakai kartu fiktif.", "Bagikan daftar amati.")
    assert media(named, (EVALUATION, "Lembar | Paling")) == [both, both]
    assert media(named) == ["—", both]


def test_keys_and_other_words_are_no_media() -> None:
    assert media(("Pakai kartu fiktif.", "Baca kunci amati; buat daftar amatinya, kartu peranan.")) == media()


def test_minutes_and_sources_come_from_the_rows_and_the_topic() -> None:
    assert [row[1] for row in columns()] == ["45 menit (T 45)", "55 menit (T 10, P 45)"]
    assert [row[2] for row in columns()] == ["[WHO 2011](#referensi)", "—"]
    assert (
        columns(("Sebutkan satu langkah berikut", "Sebutkan [WHO 2011] satu langkah berikut"))[1][2]
        == "[WHO 2011](#referensi)"
    )


def test_minutes_that_count_twice_are_said_to() -> None:
    for text, said in ((FILES[INDEX], True), (FILES[INDEX].replace(b"| 1, 2 | T", b"| 1 | T"), False)):
        curriculum = load(Memory({**FILES, INDEX: text}), date(2026, 11, 24))
        assert (SHARED in made(curriculum)) is said


def test_below_a_plan_stand_its_media_and_sources() -> None:
    text = FILES[INDEX].replace(b"Pakai kartu fiktif.", b"Bagikan kartu peran.")
    curriculum = load(Memory({**FILES, INDEX: text}), date(2026, 11, 24))
    module = curriculum.by_path[INDEX]
    (session,) = module.sessions or ()
    card = "[Kartu peran](lampiran-kartu-peran.md)"
    assert (
        session_media(module, session, places(module, curriculum.documents))
        == f"**Media:** {card}. **Referensi:** [WHO 2011](#referensi)."
    )
