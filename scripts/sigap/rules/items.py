"""Q: questions. Whether each can be answered, and whether two forms measure the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from .. import vocabulary
from ..compare.pairing import alike
from ..document import Document, Problem
from ..items import FORMS, Bank, Item, bank_of, banks_of, may_hold_questions
from ..model import Curriculum, Module, Severity
from ..words import words_of
from .registry import rule

COUNT = range(6, 11)
"""Questions in one form."""
CHOICES = range(3, 5)
"""Options of one question."""
ALIKE = 0.8
"""From which share of common words two questions are taken for the same."""
MOST = 0.75
"""From which share of the questions on a pattern lets the right answers be guessed."""
REQUIRED_FROM = (vocabulary.APPROVED,)
"""States in which a module must have its questions, once another module has some."""


def _questions(document: Document) -> tuple[Item, ...]:
    """The questions of a document that are questions by their title."""
    bank = bank_of(document)
    return tuple(item for item in bank.items if item.number is not None) if bank else ()


@rule("Q101", "Soal tidak bernomor urut", each="module document")
def numbered(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    bank = bank_of(document)
    for place, item in enumerate(bank.items if bank else (), 1):
        if item.number != place:
            yield Problem(
                document.at(item.start),
                f"Judul “{item.heading.text}” berdiri di tempat soal ke-{place}.",
                f"Tulis `## Soal {place}`; lampiran soal hanya berisi soal, bernomor urut dari 1.",
            )
            return


@rule("Q102", "Soal tidak mengukur IHB modulnya")
def measures(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    known = {indicator.number for indicator in module.indicators or ()}
    for document in module.handouts:
        for item in _questions(document):
            if item.indicator is None:
                yield Problem(
                    document.at(item.span[0]),
                    f"Soal {item.number} tidak menyebut IHB yang diukurnya.",
                    "Awali soalnya dengan nomor IHB bercetak tebal, misalnya `**IHB 1.** …`.",
                )
            elif known and item.indicator not in known:
                yield Problem(
                    document.at(item.span[0]),
                    f"Soal {item.number} mengukur IHB {item.indicator}, yang tidak ada di modul ini.",
                    f"Tulis salah satu IHB modul ini: {_listed(sorted(known))}.",
                )


@rule("Q103", "Soal tanpa tiga atau empat pilihan di akhirnya", each="module document")
def choices(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for item in _questions(document):
        if len(item.options) not in CHOICES:
            yield Problem(
                document.at(item.choices.start if item.choices else item.start),
                f"Soal {item.number} punya {len(item.options)} pilihan jawaban.",
                "Tulis tiga atau empat pilihan dalam satu daftar `- [ ] …`, dan `- [x] …` untuk yang benar.",
            )
        elif item.rest:
            yield Problem(
                document.at(item.rest.start),
                f"Di bawah pilihan jawaban soal {item.number} masih ada isi lain.",
                "Pindahkan ke atas pilihan, atau ke alasannya: soal berakhir dengan satu daftar pilihan.",
            )


@rule("Q104", "Bukan tepat satu jawaban benar", each="module document", after=("Q103",))
def one_right(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for item in _questions(document):
        right = [option for option in item.options if option.right]
        if item.options and len(right) != 1:
            yield Problem(
                document.at(right[1].start if right else item.options[0].start),
                f"Soal {item.number} punya {len(right)} jawaban benar.",
                "Tandai tepat satu pilihan dengan `[x]`; yang lain `[ ]`.",
            )


@rule("Q105", "Pilihan tanpa satu alasan", each="module document", after=("Q103",))
def reasons(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for item in _questions(document):
        for option in item.options:
            if len(option.reasons) != 1:
                yield Problem(
                    document.at(option.start),
                    f"Pilihan “{_short(option.text)}” pada soal {item.number} punya {len(option.reasons)} alasan.",
                    "Tulis satu butir di bawahnya, menjorok empat spasi: mengapa tepat, atau mengapa tidak.",
                )


@rule("Q106", "Banyaknya soal di luar enam sampai sepuluh", each="module document", after=("Q101",))
def enough(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    bank = bank_of(document)
    if bank and len(bank.items) not in COUNT:
        yield Problem(
            document.place("lampiran.jenis"),
            f"Lampiran ini berisi {len(bank.items)} soal.",
            f"Satu bentuk berisi {COUNT[0]} sampai {COUNT[-1]} soal.",
        )


@rule("Q107", "IHB tanpa soal", after=("Q101", "Q102", "Q106"))
def all_measured(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    for bank in banks_of(module):
        asked = {item.indicator for item in bank.items}
        missing = [indicator.number for indicator in module.indicators or () if indicator.number not in asked]
        if missing:
            yield Problem(
                bank.document.place("lampiran.jenis"),
                f"IHB {_listed(missing)} tidak diukur satu soal pun di lampiran ini.",
                "Tambahkan sedikitnya satu soal untuk setiap IHB.",
            )


@rule("Q108", "Bentuk A dan B tidak setara")
def equivalent(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    """Silent where another rule speaks of what makes them unequal, in whichever file that is."""
    found = _both_forms(module)
    known = [indicator.number for indicator in module.indicators or ()]
    if not found or any(_unsound(bank, known) for bank in found):
        return
    one, two = (Counter(item.indicator for item in bank.items) for bank in found)
    if unequal := [number for number in known if one[number] != two[number]]:
        told = "; ".join(f"IHB {number}: A {one[number]}, B {two[number]}" for number in unequal)
        yield Problem(
            found[1].document.place("lampiran.bentuk"),
            f"Banyaknya soal untuk IHB yang sama berbeda di kedua bentuk ({told}).",
            "Samakan banyaknya soal setiap IHB, supaya hasil sebelum dan sesudah belajar dapat dibandingkan.",
        )


@rule("Q109", "Lampiran soal tanpa bentuk, atau tanpa pasangannya")
def paired(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    seen: set[str] = set()
    for bank in banks_of(module):
        other = next(form for form in FORMS if form != bank.form)
        if not bank.form:
            message, hint = "Lampiran soal ini tidak menyebut bentuknya.", "Tambahkan `bentuk: A` atau `bentuk: B`."
        elif bank.form in seen:
            message, hint = f"Modul ini punya dua bentuk {bank.form}.", f"Tulis `bentuk: {other}` pada salah satunya."
        elif sum(map(may_hold_questions, module.handouts)) == 1:
            message = f"Bentuk {bank.form} tidak punya pasangan, bentuk {other}."
            hint = f"Tambahkan `lampiran-soal-{other.lower()}.md` dengan soal lain untuk IHB yang sama."
        else:
            message = hint = ""
        if message:
            yield Problem(bank.document.place("lampiran.bentuk"), message, hint)
        seen.add(bank.form)


@rule("Q110", "Modul tanpa soal", each="curriculum")
def has_questions(curriculum: Curriculum) -> Iterator[Problem]:
    """Silent where no module has any: editions were cut before there were questions."""
    without = [m for m in curriculum.modules if not any(map(may_hold_questions, m.handouts))]
    if len(without) == len(curriculum.modules):
        return
    for module in without:
        if module.status in REQUIRED_FROM:
            yield Problem(
                module.document.place("status"),
                f"Modul {module.kode} {module.status}, tetapi tidak punya soal periksa diri.",
                "Tambahkan `lampiran-soal-a.md` dan `lampiran-soal-b.md`; bentuknya ada di panduan kontributor.",
            )


@rule("Q111", "Jawaban benar hampir selalu di tempat yang sama", each="module document", after=("Q103", "Q104", "Q106"))
def spread(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    items = _questions(document)
    for letter, count in Counter(item.answer for item in items if item.answer).items():
        if count > MOST * len(items):
            yield Problem(
                document.place("lampiran.jenis"),
                f"Jawaban benar {count} dari {len(items)} soal adalah pilihan {letter}.",
                "Ubah urutan pilihannya, supaya jawaban tidak dapat ditebak dari tempatnya.",
            )


@rule(
    "Q112",
    "Jawaban benar hampir selalu yang terpanjang",
    each="module document",
    severity=Severity.WARNING,
    after=("Q103", "Q104", "Q106"),
)
def lengths(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    items = _questions(document)
    count = sum(map(_longest_is_right, items))
    if count > MOST * len(items):
        yield Problem(
            document.place("lampiran.jenis"),
            f"Dalam {count} dari {len(items)} soal jawaban benar adalah pilihan yang terpanjang.",
            "Ringkas jawaban benar, atau lengkapi pilihan lain, pada beberapa soal.",
        )


@rule("Q113", "Soal yang sama di kedua bentuk")
def different(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    found = _both_forms(module)
    if not found:
        return
    before = [(item, words_of(item.text)) for item in found[0].items]
    for item in found[1].items:
        words = words_of(item.text)
        same = next((other for other, its in before if words and its and alike(words, its) >= ALIKE), None)
        if same:
            yield Problem(
                found[1].document.at(item.span[0]),
                f"Soal {item.number} hampir sama kata-katanya dengan soal {same.number} bentuk {FORMS[0]}.",
                "Tulis keadaan lain: peserta yang sudah mengerjakan satu bentuk mengingat jawabannya.",
            )


def _both_forms(module: Module) -> tuple[Bank, Bank] | None:
    """The two forms of a module, where it has each exactly once."""
    banks = banks_of(module)
    return (banks[0], banks[1]) if tuple(bank.form for bank in banks) == FORMS else None


def _unsound(bank: Bank, known: Collection[int]) -> bool:
    """Whether a form breaks Q101, Q102, Q106 or Q107."""
    asked = [item.indicator for item in bank.items if item.number is not None]
    return len(bank.items) not in COUNT or len(asked) < len(bank.items) or set(asked) != set(known)


def _longest_is_right(item: Item) -> bool:
    longest = max(item.options, key=lambda option: len(option.text), default=None)
    return bool(longest and longest.right)


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40].rstrip()}…"
