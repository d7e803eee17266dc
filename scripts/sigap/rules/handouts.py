"""P: handouts as paper. What a sheet is, whether it can be written on, cut, and handed to whom it is for."""

from __future__ import annotations

from collections.abc import Iterator

from ..document import Document, Problem
from ..handout import CARDS, FACILITATOR, GROUP, KEY, QUESTIONS, READERS, SHEETS, cards, handout_of, role_of, writable
from ..model import Curriculum, Module, Severity
from .registry import rule


@rule("P101", "Lampiran tidak menyebut jenis dan penerimanya", needs=("base",))
def says_nothing(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    """Held where something is published already: those editions stand as they are, the next one must say it."""
    for document in module.handouts:
        if document.front is None and not document.problems:
            yield Problem(
                document.at(0),
                "Lampiran ini tidak menyebut apa jenisnya, untuk siapa, dan berapa salinannya.",
                "Awali berkas dengan front matter, misalnya `lampiran: {jenis: formulir, untuk: peserta, salin: 1}`.",
            )


@rule("P102", "Kunci untuk peserta")
def key_for_participants(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    for document in module.handouts:
        handout = handout_of(document)
        if handout and handout.kind == KEY and not handout.for_facilitator:
            yield Problem(
                document.place("lampiran.untuk"),
                f"Kunci ini dibagikan kepada {READERS[handout.reader]}.",
                f"Tulis `untuk: {FACILITATOR}`, atau ganti `jenis` bila lembar ini memang bukan kunci.",
            )


@rule("P103", "Kartu tanpa judul untuk dipotong")
def cards_without_headings(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    for document in module.handouts:
        handout = handout_of(document)
        if handout is None or handout.kind != CARDS:
            continue
        if not handout.cut:
            yield Problem(
                document.place("lampiran.jenis"),
                "Kartu ini tidak menyebut di mana ia dipotong.",
                "Tambahkan `potong`, berisi awal judul kartu setiap peran, misalnya `potong: [Penolong, Penyintas]`.",
            )
            continue
        roles = {card.role for card in cards(document, handout)}
        titles = [section for section in document.root.walk() if role_of(section, handout)]
        for index, entry in enumerate(handout.cut):
            if entry not in roles:
                there = any(section.title.casefold().startswith(entry.casefold()) for section in titles)
                yield Problem(
                    document.place(f"lampiran.potong.{index}"),
                    f"Di bawah judul “{entry}” tidak ada butir untuk dipotong."
                    if there
                    else f"Tidak ada kartu yang judulnya diawali “{entry}”.",
                    "Samakan `potong` dengan judul kartunya; dengan `butir: true`, isinya tabel atau daftar.",
                )


@rule("P104", "Lembar isian tanpa tempat menulis")
def nothing_to_fill_in(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    for document in module.handouts:
        handout = handout_of(document)
        if handout and handout.kind in SHEETS and not writable(document):
            yield Problem(
                document.place("lampiran.jenis"),
                "Lembar ini diisi, tetapi tidak ada tempat untuk menulis atau mencentang.",
                "Beri isian `________`, `________ (5 baris)`, `Ya/Belum`, atau `☐`; yang hanya dibaca `jenis: bacaan`.",
            )


@rule("P105", "Keterangan lampiran bertentangan")
def contradictions(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    for document in module.handouts:
        handout = handout_of(document)
        if handout is None:
            continue
        for key, given, kind in (
            ("potong", handout.cut, CARDS),
            ("butir", handout.pieces, CARDS),
            ("campur", handout.mixed, CARDS),
            ("bentuk", handout.form, QUESTIONS),
        ):
            if given and handout.kind != kind:
                yield Problem(
                    document.place(f"lampiran.{key}"),
                    f"`{key}` hanya berarti pada {kind}; lampiran ini `{handout.kind}`.",
                    f"Hapus `{key}`, atau tulis `jenis: {kind}`.",
                )
        if not handout.copies and not handout.each_round:
            yield Problem(
                document.place("lampiran.salin"),
                "`salin: 0` berarti lembar ini tidak dicetak untuk siapa pun.",
                "Tulis berapa lembar untuk setiap penerima, atau `tiap_putaran` bila dihitung menurut putaran.",
            )
        if handout.size and handout.reader != GROUP:
            yield Problem(
                document.place("lampiran.ukuran"),
                f"`ukuran` menyebut {handout.size} orang, tetapi lampiran ini untuk {READERS[handout.reader]}.",
                f"Hapus `ukuran`, atau tulis `untuk: {GROUP}`.",
            )


@rule("P106", "Tempat menulis yang menjadi garis", each="module document", severity=Severity.WARNING)
def blank_that_is_a_rule(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for block in document.blocks:
        if block.kind == "rule" and document.source(block).strip().startswith("_"):
            yield Problem(
                document.at(block.start),
                "Baris yang hanya berisi garis bawah terbaca sebagai garis pemisah, bukan tempat menulis.",
                "Tulis dengan keterangan di depannya, misalnya `Catatan: ________`.",
            )
