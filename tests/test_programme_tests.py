"""The tests before and after a programme: from the modules' questions, evenly, always the same, and no certificate."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from editions import Memory
from repos import CONTOH
from sigap import paper, site
from sigap.items import Bank, bank_of
from sigap.load import load
from sigap.model import Curriculum
from sigap.pages import pages
from sigap.pages.programme_tests import LIMIT, programme_tests
from test_rules_pages import PROGRAMME, SAMPLE

LISTEN = "modules/mendengar-aktif/"


def state(files: dict[str, bytes]) -> Curriculum:
    return load(Memory(files), date(2026, 11, 30))


def read_tests(curriculum: Curriculum) -> list[Bank]:
    return [bank for test in programme_tests(curriculum.programmes[0], curriculum) if (bank := bank_of(test))]


def many(count: int) -> dict[str, bytes]:
    """The sample with so many more modules of two IHB in its programme."""
    files, kodes = dict(SAMPLE), [f"TK-{number}" for number in range(10, 10 + count)]
    for kode in kodes:
        for path, data in SAMPLE.items():
            if path.startswith(LISTEN):
                files[path.replace(LISTEN, f"modules/{kode.lower()}/")] = data.replace(b"TK-01", kode.encode())
    files[PROGRAMME] = files[PROGRAMME].replace(b"TK-03]", f"TK-03, {', '.join(kodes)}]".encode())
    return files


def test_before_and_after_ask_the_same_of_the_same_modules() -> None:
    before, after = read_tests(state(SAMPLE))
    assert (before.form, after.form) == ("A", "B")
    asked = [[(item.kode, item.indicator) for item in bank.items] for bank in (before, after)]
    assert asked[0] == asked[1] == [("TK-01", 1), ("TK-01", 2), ("TK-02", 1), ("TK-02", 2), ("TK-03", 1)]
    assert [item.number for item in before.items] == [1, 2, 3, 4, 5]
    assert before.items[0].text.startswith("Seorang warga bercerita pelan")
    assert after.items[0].text.startswith("Anda menerima bapak yang baru datang")
    assert not {item.text for item in before.items} & {item.text for item in after.items}
    for bank in (before, after):
        assert all(item.answer and all(len(option.reasons) == 1 for option in item.options) for item in bank.items)


def test_a_test_is_no_longer_than_a_class_bears_and_spread_evenly() -> None:
    before, _ = read_tests(state(many(15)))
    assert len(before.items) == LIMIT
    counts = Counter(item.kode for item in before.items)
    assert len(counts) == 18
    assert set(counts.values()) == {1, 2}
    assert [item.kode for item in before.items] == sorted((i.kode for i in before.items), key=list(counts).index)


def test_right_answers_do_not_gather_at_one_letter() -> None:
    for bank in read_tests(state(many(15))):
        assert max(Counter(item.answer for item in bank.items).values()) <= LIMIT / 2


def test_the_same_questions_are_chosen_each_time() -> None:
    one, two = (programme_tests(c.programmes[0], c) for c in (state(SAMPLE), state(SAMPLE)))
    assert [test.data for test in one] == [test.data for test in two]


def test_modules_without_both_forms_are_named_or_nothing_is_made() -> None:
    half = {path: data for path, data in SAMPLE.items() if path != f"{LISTEN}lampiran-soal-b.md"}
    before, _ = read_tests(state(half))
    assert {item.kode for item in before.items} == {"TK-02", "TK-03"}
    assert "Belum punya soal: TK-01." in before.document.data.decode()
    none = state({path: data for path, data in SAMPLE.items() if "lampiran-soal" not in path})
    assert programme_tests(none.programmes[0], none) == ()
    assert "Tes awal" not in pages(none)["program/dasar.md"].content
    assert list(paper.packs_of_tests(none.programmes[0], none, CONTOH)) == []


def test_links_in_a_question_lead_on_from_the_test() -> None:
    path = f"{LISTEN}lampiran-soal-a.md"
    text = (
        SAMPLE[path].decode().replace("menunjukkan Anda mendengar?", "menunjukkan Anda [mendengar](index.md#metode)?")
    )
    content = pages(state({**SAMPLE, path: text.encode()}))["program/dasar/tes-awal.md"].content
    assert "[mendengar](../../modul/mendengar-aktif/index.md#metode)?" in content


def test_the_pages_say_what_a_test_is_for_and_stand_below_their_programme() -> None:
    curriculum = state(SAMPLE)
    made = pages(curriculum)
    for name in ("tes-awal", "tes-akhir"):
        text = made[f"program/dasar/{name}.md"].content
        assert "mengukur apa yang dipelajari kelas" in text
        assert "tidak menentukan kelulusan, jam pelajaran, surat keterangan, atau sertifikat siapa pun" in text
        assert "Contoh, bukan modul resmi Kemensos" in text
        assert f"(dasar/{name}.md)" in made["program/dasar.md"].content
        assert f"program/dasar/{name}/" in site.addresses(curriculum)
    assert site.trail("program/dasar/tes-awal.md", curriculum)[-1] == ("Program Dasar", "program/dasar.md")


def test_the_row_of_a_timetable_leads_to_its_test() -> None:
    policy = "modules/kurikulum.yml"
    framed = SAMPLE[policy].replace(b"nama: Pembukaan", b"nama: Tes awal")
    shown = pages(state({**SAMPLE, policy: framed}))["program/dasar.md"].content
    assert "| 08.00–08.30 | *[Tes awal](dasar/tes-awal.md)* | — |" in shown


def test_an_edition_publishes_them_beside_the_booklet() -> None:
    curriculum = state(SAMPLE)
    offered = paper.pack_places(curriculum.programmes[0], curriculum, "")
    assert [title for title, _ in offered] == ["Buku program", "Tes awal dan tes akhir", "Kunci tes"]
    made = dict(paper.pack_files(curriculum, CONTOH))
    assert all((made[path] or b"").startswith(b"%PDF") for _, path in offered)


@pytest.mark.usefixtures("poppler")
def test_on_paper_the_key_is_apart(tmp_path: Path) -> None:
    curriculum = state(SAMPLE)
    shown = {}
    for pack in paper.packs_of_tests(curriculum.programmes[0], curriculum, CONTOH):
        (tmp_path / "a.pdf").write_bytes(pack.data)
        command = ["pdftotext", str(tmp_path / "a.pdf"), "-"]
        shown[pack.name] = " ".join(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
    sheets, key = shown["PROG-DASAR-tes"], shown["PROG-DASAR-kunci-tes"]
    assert "Tes awal Program Dasar" in sheets
    assert "Tes akhir Program Dasar" in sheets
    assert "sertifikat siapa pun" in sheets
    assert not re.search(r"☑|[Jj]awaban [a-d]|Kunci|[Bb]elum tepat|Tepat\.", sheets)
    for bank in read_tests(curriculum):
        for item in bank.items:
            assert f"{item.heading.text}: jawaban {item.answer}" in key
            for option in item.options:
                assert option.text in sheets
                why = " ".join(bank.document.data[slice(*option.reasons[0])].decode().split())
                assert why in key
                assert why not in sheets
