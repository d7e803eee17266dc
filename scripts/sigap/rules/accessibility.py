"""A: what a reader with a screen reader, on paper or without colours would miss."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import Block, Document, Problem
from ..headings import AS_BOLD, BOLD
from ..model import Curriculum, Severity
from ..module import plan_table
from .registry import rule
from .structure import plans

DECORATION = "hiasan"
VAGUE = {
    "di sini",
    "disini",
    "sini",
    "klik",
    "klik di sini",
    "klik disini",
    "tautan",
    "tautan ini",
    "link",
    "link ini",
    "baca selengkapnya",
    "selengkapnya",
    "lihat",
    "lihat di sini",
    "berikut",
    "berikut ini",
    "unduh",
    "halaman ini",
    "ini",
}
COLOURS = r"(?:merah|kuning|hijau|biru|jingga|oranye|ungu|hitam|putih|abu-abu)"
ONLY_COLOUR = re.compile(rf"^(?:warna\s+)?{COLOURS}(?:\s*(?:/|,|dan|atau)\s*{COLOURS})*[.!]?$", re.IGNORECASE)
LONGEST_COLOURS = 100
EMOJI = r"[\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]"
ONLY_EMOJI = re.compile(rf"^(?:{EMOJI}[\ufe0e\ufe0f\u200d]*\s*)+$")


@rule("A501", "Gambar tanpa teks alternatif", each="document")
def missing_alt(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for link in document.links:
        if link.image and not link.text.strip() and link.title.strip().casefold() != DECORATION:
            yield Problem(
                document.at(link.start),
                f"Gambar `{link.target}` tidak punya teks alternatif.",
                'Tulis apa yang ditunjukkannya: `![…](…)`; gambar hiasan: `![](… "hiasan")`.',
            )


@rule("A502", "Teks tautan yang tidak berkata apa-apa", each="document")
def vague_link(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for link in document.links:
        text = " ".join(link.text.split()).strip(" .…!:")
        bare = link.kind == "Autolink" or re.match(r"(?:https?://|www\.)\S+$", text)
        if not link.image and (text.casefold() in VAGUE or bare):
            yield Problem(
                document.at(link.start),
                f"Teks tautan “{text}” tidak menyebut apa yang akan terbuka.",
                "Jadikan nama halaman atau dokumennya sebagai teks tautan.",
            )


@rule("A503", "Paragraf tebal sebagai judul", each="document")
def bold_heading(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for section in document.root.walk():
        written = [section.heading] if section.heading and section.heading.label == AS_BOLD else []
        for block in (*written, *section.blocks):
            if block in written or (block.kind == "paragraph" and _is_bold_title(document, block)):
                yield Problem(
                    document.at(block.start),
                    f"Paragraf tebal “{block.text.strip()}” dipakai sebagai judul.",
                    "Jadikan judul (`###` atau `####`), agar masuk daftar isi dan terbaca pembaca layar.",
                )


def _is_bold_title(document: Document, block: Block) -> bool:
    """Whether a paragraph is bold from end to end and no sentence."""
    if document.data[block.start : block.start + 2] not in (b"**", b"__"):
        return False
    return not block.text.rstrip(" ”\"'»)").endswith((".", "!", "?", "…")) and bool(
        BOLD.fullmatch(document.source(block).strip())
    )


@rule("A504", "Tabel tanpa kepala, atau kepala kosong", each="document")
def table_header(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    module = curriculum.by_path.get(document.path)
    spoken_of = {t for section, wanted, _ in plans(module) if (t := plan_table(section, wanted))} if module else set()
    for block in document.of("table"):
        if block.children and block not in spoken_of:  # of plans S216 speaks
            empty = [cell for cell in block.children[0].children if not cell.text]
            if empty:
                yield Problem(
                    document.at(empty[0].start),
                    f"Kepala tabel punya {len(empty)} sel kosong.",
                    "Beri setiap kolom nama.",
                )


@rule("A505", "Keterangan hanya lewat warna atau emoji", each="document", severity=Severity.WARNING)
def colour_alone(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for block in [block for kind in ("cell", "item", "paragraph") for block in document.of(kind)]:
        text = block.text.strip()
        if text:
            if not text[0].isascii() and ONLY_EMOJI.match(text):
                what = f"emoji “{text}”"
            elif block.kind == "cell" and len(text) < LONGEST_COLOURS and ONLY_COLOUR.match(text):
                what = f"kata warna “{text}”"
            else:
                continue
            yield Problem(
                document.at(block.start),
                f"Isi ini hanya berupa {what}.",
                "Tulis juga artinya dengan kata, misalnya “merah: tunda kunjungan”.",
            )
