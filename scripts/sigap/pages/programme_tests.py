"""The tests before and after a programme, put together from its modules' questions.

Form A is asked before, form B after, on the same IHB of the same modules, so that a class can be compared with itself.
A test is a document in the format of a handout of questions: what reads, shows and prints those does it with a test.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest

from ..addresses import uri
from ..document import Document
from ..handout import QUESTIONS
from ..items import FORMS, Bank, Item, banks_of
from ..markdown_out import Md, box, escape, joined, link, md, meta
from ..model import Curriculum, Module, Programme
from ..source import read
from ..tree import PROGRAMMES
from .editing import passage, splice
from .questions import answer_edits

LIMIT = 24
"""Questions in one test at most: 50 seconds for each in the twenty minutes of `kerangka` in modules/kurikulum.yml."""
TITLES = {"A": "Tes awal", "B": "Tes akhir"}
FILES = {"A": "tes-awal.md", "B": "tes-akhir.md"}
WHEN = {"A": "Kerjakan sebelum modul pertama.", "B": "Kerjakan sesudah modul terakhir."}
PURPOSE = (
    "Tes ini mengukur apa yang dipelajari kelas, supaya pelatih tahu apa yang perlu diulang. Hasilnya tidak menentukan "
    "kelulusan, jam pelajaran, surat keterangan, atau sertifikat siapa pun. Nama tidak perlu ditulis. "
    "Soal yang terasa berat boleh dilewati."
)

Asked = tuple[Module, Mapping[str, Item], Mapping[str, Bank]]
"""A question by its form, with its module and the banks that it stands in."""


def programme_tests(programme: Programme, curriculum: Curriculum) -> tuple[Document, ...]:
    """The test before and the test after; none where no module of the programme has questions in both forms."""
    asked = _chosen(programme, curriculum)
    return tuple(_test(form, programme, curriculum, asked) for form in FORMS) if asked else ()


def _chosen(programme: Programme, curriculum: Curriculum) -> list[Asked]:
    """The first question on each IHB, one of every module in turn until there are enough, in the programme's order."""
    modules = curriculum.modules_of(programme)
    turns = zip_longest(*(_pairs(module) for module in modules))
    found = [one for turn in turns for one in turn if one][:LIMIT]
    return sorted(found, key=lambda one: modules.index(one[0]))


def _pairs(module: Module) -> Iterator[Asked]:
    """The first question on each IHB in both forms, where both have one."""
    banks = {bank.form: bank for bank in banks_of(module)}
    for indicator in module.indicators or ():
        first = {
            form: next((item for item in bank.items if item.indicator == indicator.number and item.answer), None)
            for form, bank in banks.items()
        }
        items = {form: item for form, item in first.items() if item}
        if all(form in items for form in FORMS):
            yield module, items, banks


def _test(form: str, programme: Programme, curriculum: Curriculum, asked: list[Asked]) -> Document:
    path = f"{PROGRAMMES}/{programme.slug}/{FILES[form]}"
    other = next(one for one in FORMS if one != form)
    home = link(programme.title, f"../{programme.slug}.md")
    kodes = list(dict.fromkeys(module.kode for module, _, _ in asked))
    silent = [m.kode for m in curriculum.modules_of(programme) if m.kode not in kodes]
    parts = [
        f"---\nlampiran: {{jenis: {QUESTIONS}, untuk: peserta, bentuk: {form}}}\n---",
        md("# {} {}", TITLES[form], programme.title),
        md("{}: {} soal dari {}. **Contoh, bukan modul resmi Kemensos.**", home, len(asked), ", ".join(kodes)),
        escape(PURPOSE),
        md("{} {} menanyakan IHB yang sama dengan soal lain.", WHEN[form], link(TITLES[other], FILES[other])),
        *([md("Belum punya soal: {}.", ", ".join(silent))] if silent else []),
    ]
    for number, (module, items, banks) in enumerate(asked, 1):
        parts.append(_question(number, module, items[form], banks[form].document, posixpath.dirname(path)))
    return read(path, ("\n\n".join(parts) + "\n").encode())


def _question(number: int, module: Module, item: Item, document: Document, folder: str) -> str:
    """A question as a module has it, with its module's kode and its links led on from the folder of the test.

    Its options are turned on by one for each question: right answers from many modules would gather at one letter.
    """

    def text(span: tuple[int, int]) -> str:
        return passage(document, span, lambda target: posixpath.relpath(target, folder)).strip()

    stem = re.sub(r"IHB (\d+)\.", rf"{module.kode}, IHB \1.", text(item.span), count=1)
    lines, turn = [], number % len(item.options)
    for option in item.options[turn:] + item.options[:turn]:
        lines.append(f"- [{'x' if option.right else ' '}] {' '.join(text(option.span).split())}")
        lines += [f"    - {' '.join(text(span).split())}" for span in option.reasons]
    return f"## Soal {number}\n\n{stem}\n\n" + "\n".join(lines)


def page_of_test(test: Document, curriculum: Curriculum) -> str:
    """A test as a page of the site."""
    edits = answer_edits(test, lambda item: curriculum.by_kode.get(item.kode), curriculum.documents)
    return meta(title=test.title, description=PURPOSE) + splice(test, edits, curriculum.documents)


def links_to_tests(programme: Programme, curriculum: Curriculum, here: str) -> Md:
    """Links to both tests from the page at uri `here`; empty where there are none."""
    found = addresses_of_tests(programme, curriculum, here)
    lines = (md("- {}", link(f"{name} {programme.title}", address)) for name, address in found.items())
    return box("tes", md("{}\n\n{}", joined("\n", lines), PURPOSE)) if found else Md("")


def addresses_of_tests(programme: Programme, curriculum: Curriculum, here: str) -> dict[str, str]:
    """From the name of a test, as the frame of a programme's days has it too, to its address from uri `here`."""
    tests = zip(FORMS, programme_tests(programme, curriculum), strict=False)
    return {TITLES[form]: posixpath.relpath(uri(test.path), posixpath.dirname(here)) for form, test in tests}
