"""The pages of the rules: every code has one, and its two examples do in a real curriculum what the page says.

A page's good example stands once in tests/contoh; the bad one in its place gives exactly that code, once. What a fence
cannot hold (whole files, bytes, edits in several places) is in `INSTEAD`. V803 to V806 and H311 need a published
edition: their examples run in test_versions, P101's in test_handouts.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from editions import Memory
from repos import CONTOH
from sigap import pages, rules
from sigap.load import load
from sigap.model import Finding, Severity
from sigap.rules.registry import rule
from sigap.tree import Folder
from test_versions import CODES as AGAINST_A_BASE

TODAY = date(2026, 11, 30)
ROOT = Path(__file__).parents[1]
PAGES = ROOT / "docs" / "kontribusi" / "aturan"
SAMPLE = {p.relative_to(CONTOH).as_posix(): p.read_bytes() for p in sorted(CONTOH.rglob("*")) if p.is_file()}
QUESTIONS = {form: f"modules/jaga-diri/lampiran-soal-{form}.md" for form in "ab"}
SHEET = "modules/mendengar-aktif/lampiran-daftar-amati.md"
LISTEN, REFER, CARE = (f"modules/{slug}/index.md" for slug in ("mendengar-aktif", "rujukan-aman", "jaga-diri"))
PROGRAMME = "docs/program/dasar.md"

Files = dict[str, bytes]


def edited(*edits: tuple[str, str, str]) -> Files:
    """The sample with texts replaced, each of which stands once in its file."""
    files = dict(SAMPLE)
    for path, old, new in edits:
        assert files[path].count(old.encode()) == 1, f"{old!r} stands {files[path].count(old.encode())} times"
        files[path] = files[path].replace(old.encode(), new.encode())
    return files


def with_file(path: str, data: bytes) -> Files:
    return {**SAMPLE, path: data}


def folder(name: str) -> Files:
    """The files of TK-03 in another folder."""
    return {p.replace("modules/jaga-diri", name): d for p, d in SAMPLE.items() if p.startswith("modules/jaga-diri/")}


def questions(edit: Callable[[str], str], form: str = "a") -> Files:
    """The sample with one form of TK-03's questions edited."""
    return with_file(QUESTIONS[form], edit(SAMPLE[QUESTIONS[form]].decode()).encode())


def right_first(text: str) -> str:
    """The questions with the right answer as the first of all."""
    head, *items = re.split(r"(?m)^(?=## Soal )", text)
    found = [head]
    for item in items:
        stem, *options = re.split(r"(?m)^(?=- \[)", item.rstrip("\n") + "\n")
        found.append(stem + "".join(sorted(options, key=lambda option: not option.startswith("- [x]"))) + "\n")
    return "".join(found).rstrip("\n") + "\n"


def page(code: str) -> str:
    return (PAGES / f"{code}.md").read_text("utf-8")


def example(code: str, title: str) -> str:
    """The fenced example under a heading of a rule's page."""
    match = re.search(rf"\n## {title}\n(?:(?!\n## ).)*?\n(`{{3,}})\w+\n(.*?)\n\1\n", page(code), re.DOTALL)
    assert match, f"{code}.md has no fenced example under {title}"
    return match[2]


INSTEAD: Mapping[str, Files] = {
    "F106": {**SAMPLE, **folder("modules/jaga-teman")},
    "F107": {p: d for p, d in SAMPLE.items() if not p.startswith("modules/jaga-diri/")} | folder("modules/Jaga Diri"),
    "F108": edited((LISTEN, "tinjau_ulang: 2099-05-31", "tinjau_ulang: 2025-05-31")),
    "F110": with_file(CARE, SAMPLE[CARE].replace(b"Lelah tampak", "Débriefing tampak".encode("cp1252"))),
    "F111": with_file(CARE, SAMPLE[CARE] + b"a" * 1_400_000),
    "F113": with_file(CARE, SAMPLE[CARE].replace(b"\n", b"\r\n")),
    "H303": edited(
        (
            REFER,
            "Membandingkan dua contoh. | Diskusi | 1 | T | 20 |",
            "Membandingkan dua contoh. | Diskusi | 1 | T | 25 |",
        ),
        (
            REFER,
            "Menebak sebabnya. | Curah pendapat | 2 | T | 10 |",
            "Menebak sebabnya. | Curah pendapat | 2 | T | 5 |",
        ),
    ),
    "H306": edited(
        (CARE, "Diskusi | 1 | T | 35 |", "Diskusi | 1 | T | 170 |"),
        (CARE, "teori: 1,", "teori: 4,"),
        (PROGRAMME, "jp: 5", "jp: 8"),
        (PROGRAMME, "jp_per_hari: 3", "jp_per_hari: 4"),
    ),
    "H310": edited(
        (CARE, "jp: {teori: 1, penugasan: 0,", "jp: {teori: 0, penugasan: 1,"),
        (CARE, "Curah pendapat | 1 | T |", "Curah pendapat | 1 | P |"),
        (CARE, "Diskusi | 1 | T |", "Diskusi | 1 | P |"),
        (CARE, "Tanya jawab | 1 | T |", "Tanya jawab | 1 | P |"),
        (CARE, "## Evaluasi\n", "## Panduan penugasan\n\n1. Tulis satu langkah.\n\n## Evaluasi\n"),
    ),
    "H314": edited((PROGRAMME, "  jp_per_hari: 3\n", f"{example('H314', 'Contoh salah')}\n")),
    "N107": edited(
        (SHEET, "jenis: daftar-periksa", "jenis: rubrik"),
        (SHEET, "Lulus bila paling sedikit 1 dari 2 butir, termasuk butir wajib 1.\n\n", ""),
    ),
    "L404": with_file("modules/jaga-diri/poster-lama.png", SAMPLE["modules/mendengar-aktif/kursi.png"]),
    "F114": edited(("docs/edisi/2026.1.md", 'nama: "2026.1"', 'nama: "2026.10"')),
    "X707": edited((LISTEN, "\nsasaran:", "\nalamat_lama: [jaga-diri]\nsasaran:")),
    "X708": with_file("docs/modul/jaga-diri.md", b"# Jaga diri\n\nHalaman ini menimpa modulnya.\n"),
    "K606": with_file("modules/jaga-diri/lembar.html", b"<script>alert(1)</script>"),
    "Q106": questions(lambda text: text[: text.index("\n## Soal 6")]),
    "Q107": with_file(
        LISTEN.replace("index", "lampiran-soal-a"),
        SAMPLE[LISTEN.replace("index", "lampiran-soal-a")].replace(b"**IHB 1.**", b"**IHB 2.**"),
    ),
    "Q109": questions(lambda text: text.replace(", bentuk: A", "")),
    "Q110": {
        path: re.sub(rb"- Soal periksa diri.*\n", b"", data) if path == CARE else data
        for path, data in SAMPLE.items()
        if path not in QUESTIONS.values()
    },
    "Q111": questions(right_first),
    "Q112": questions(
        lambda text: re.sub(r"(?m)^(- \[x\] .*)\.", r"\1, dengan tenang, bersama rekan, dan dicatat sesudahnya.", text)
    ),
    "K603": edited((CARE, "Lelah tampak dari tidur", "Ibu R. (NIK 3273" + "0" * 8 + "0001) lelah")),
}
"""Bad states that a fence cannot hold. (F112 is a link on a disk: it has its own test.)"""

ELSEWHERE = {
    "F103": "---",
    "S202": "## Panduan penugasan",
    "S208": "## Materi pokok",
    "S213": "## Evaluasi",
    "S218": "### Sesi 1: Mendengar berpasangan",
    "S220": "### Sesi 1: Tanda lelah",
    "H304": "jp: {teori: 1, penugasan: 1, lapangan: 0}",
    "Q108": "lampiran: {jenis: soal, untuk: peserta, bentuk: B}",
    "P104": "lampiran: {jenis: daftar-periksa, untuk: pasangan}",
    "V802": "versi: 1.0.0",
    "X704": "kode: TK-03",
    "X706": "  modul: [TK-01, TK-02, TK-03]",
}
"""Rules whose finding stands on another line than the example: the line that a contributor would edit."""


def bad_state(code: str) -> tuple[Files, str, range]:
    """The sample with the bad example in the place of the good one; the file and the lines where it stands."""
    good, bad = example(code, "Contoh benar").encode(), example(code, "Contoh salah").encode()
    where = [path for path, data in SAMPLE.items() if good in data]
    assert len(where) == 1, f"the good example of {code} stands in {where or 'no file'}"
    before, _, after = SAMPLE[where[0]].partition(good)
    assert good not in after
    first = before.count(b"\n") + 1
    return {**SAMPLE, where[0]: before + bad + after}, where[0], range(first, first + bad.count(b"\n") + 1)


def findings(files: Files) -> list[Finding]:
    return rules.run(load(Memory(files), TODAY))


def shown(found: list[Finding]) -> str:
    return "\n".join(f"{f.path}:{f.line}:{f.column} {f.code} {f.message}" for f in found)


CODES = list(rules.registry())
FENCED = [
    code
    for code in CODES
    if code not in INSTEAD and code not in AGAINST_A_BASE and code not in ("F112", "F120", "P101", "W902")
]


def test_the_sample_is_clean() -> None:
    assert findings(SAMPLE) == []


@pytest.mark.parametrize("code", CODES)
def test_every_rule_has_a_page(code: str) -> None:
    known, text = rules.registry()[code], page(code)
    assert text.startswith(f"# {code}: {known.title}\n")
    outside = re.sub(r"(?ms)^(`{3,}).*?^\1$", "", text)
    assert re.findall(r"(?m)^## (.+)$", outside) == ["Mengapa", "Contoh salah", "Contoh benar", "Perbaikan"]
    assert example(code, "Contoh salah") != example(code, "Contoh benar")
    assert known.severity is Severity.ERROR or ("emuan ini" in text and "peringatan" in text)


def test_every_page_has_a_rule() -> None:
    assert {p.stem for p in PAGES.glob("*.md")} - {"index"} == set(CODES)


@pytest.mark.parametrize("code", FENCED)
def test_the_examples_of_a_page(code: str) -> None:
    files, path, lines = bad_state(code)
    found = findings(files)
    assert [f.code for f in found] == [code], shown(found)
    if code in ELSEWHERE:
        assert files[found[0].path].decode().splitlines()[found[0].line - 1] == ELSEWHERE[code]
    else:
        assert found[0].path == path
        assert found[0].line in lines, shown(found)


@pytest.mark.parametrize(("sentence", "wrong"), [
    ("Seluruh modul ini berlangsung 2 x 45 menit.", ""),
    ("Modul ini berisi 2 JP (90 menit).", ""),
    ("Modul ini berisi dua jam pelajaran: satu JP teori dan satu JP penugasan.", ""),
    ("Modul ini, semula 120 menit, menjadi 90 menit.", ""),
    ("Modul ini berlangsung 90 menit (sebelumnya 4 JP).", ""),
    ("Pembicaraan di modul ini diulang; setiap peserta berlatih 8 menit.", ""),
    ("Luangkan 10 menit sehari untuk berlatih.", ""),
    ("Jarak ke posko 25 menit berjalan kaki.", ""),
    ("PPPK belajar paling banyak 24 JP setahun.", ""),
    ("PNS belajar sedikitnya 20 JP setahun.", ""),
    ("Modul TK-01 dan TK-02 berjumlah 9 JP.", ""),
    ("Sesi 1 berlangsung 90 menit, dan 25 menit di antaranya penjelasan.", ""),
    ("Seluruh modul ini berlangsung 3 x 45 menit.", "3 x 45 menit"),
    ("Modul ini berisi 2 JP (80 menit).", "80 menit"),
    ("Modul ini berisi tiga jam pelajaran.", "tiga jam pelajaran"),
    ("Modul ini memuat 2 JP teori.", "2 JP teori"),
    ("Modul ini terdiri dari 4 JP.", "4 JP"),
    ("Modul ini, semula 90 menit, menjadi 120 menit.", "120 menit"),
    ("Modul TK-02 berisi 3 JP.", "3 JP"),
    ("Sesi 1 berlangsung 80 menit.", "80 menit"),
    ("PNS wajib belajar 24 JP setahun.", "24 JP"),
])  # fmt: skip
def test_hours_in_prose_are_held_as_their_page_says(sentence: str, wrong: str) -> None:
    found = findings(edited((LISTEN, "Seluruh modul ini berlangsung 90 menit.", sentence)))
    assert [f.code for f in found] == ["H312"] * bool(wrong), shown(found)
    assert all(f"“{wrong}”" in f.message for f in found), shown(found)


@pytest.mark.parametrize("code", INSTEAD)
def test_the_bad_states_that_a_fence_cannot_hold(code: str) -> None:
    found = findings(INSTEAD[code])
    assert {f.code for f in found} == {code}, shown(found)
    assert len(found) == (2 if code == "H303" else 1), shown(found)


def test_a_link_that_leaves_the_repository(tmp_path: Path) -> None:
    for path, data in SAMPLE.items():
        (tmp_path / "repo" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "repo" / path).write_bytes(data)
    (tmp_path / "rahasia.png").write_bytes(b"rahasia")
    os.symlink(tmp_path / "rahasia.png", tmp_path / "repo/modules/jaga-diri/peta.png")
    found = rules.run(load(Folder.open(tmp_path / "repo"), TODAY))
    assert [(f.code, f.path) for f in found] == [("F112", "modules/jaga-diri/peta.png")], shown(found)


# --- One defect, one finding ----------------------------------------------------------------------------------------

POLICY, BULLET = "modules/kurikulum.yml", "- Hadap, diam, ulangi."


@pytest.mark.parametrize(("code", "files"), [
    ("F101", edited((LISTEN, "2099-05-31\n---\n", "2099-05-31\n"))),
    ("F101", edited((POLICY, "  nilai: false", "  nilai: fa: lse"))),
    ("F101", edited((PROGRAMME, "jp: 5", "jp: 5: 3"))),
    ("F103", with_file("docs/edisi/2026.1.md", b"# Edisi 2026.1\n\nCatatan.\n")),
    ("F104", edited((LISTEN, "kode: TK-01", "kod: TK-01"))),
    ("F104", edited((LISTEN, "penugasan: 1", "penugsan: 1"))),
    ("F105", edited((POLICY, "  nilai: false", "  nilai: salah"))),
    ("F106", edited((REFER, "kode: TK-02", "kode: TK-01"))),
    ("F107", {("modules/jaga-diri/isi.md" if p == CARE else p): d for p, d in SAMPLE.items()}),
    ("F110", with_file(LISTEN, b"\xef\xbb\xbf" + SAMPLE[LISTEN])),
    ("S202", edited((LISTEN, "## Langkah pembelajaran", "# Langkah pembelajaran"))),
    ("S202", edited((LISTEN, "## Uraian materi", "### Uraian materi"))),
    ("H305", edited((CARE, "teori: 1,", "teori: 0,"))),
    ("M902", edited((LISTEN, "> Pakai kartu", "> # Pakai kartu"))),
    ("M903", edited((LISTEN, "Batas lulus |\n|---|---|---|---|", "Batas lulus |\n|---|---|---|"))),
    ("X701", edited((PROGRAMME, "TK-02", "TK-20"))),
])  # fmt: skip
def test_a_defect_is_silent_where_it_only_shows(code: str, files: Files) -> None:
    found = findings(files)
    assert [f.code for f in found] == [code], shown(found)


@pytest.mark.parametrize(("code", "text"), [
    ("M901", "1) satu\n2) dua"),
    ("M901", "- satu\n\n  lanjutan"),
    ("M901", "- satu\n  - dua"),
    ("M901", "> - satu\n>   - dua"),
    ("M904", "- satu\n\n    lanjutan\n    - dua"),
    ("M904", "- satu\n    > kutipan"),
    ("M904", "1. satu\n- dua"),
    ("M904", "> kutipan\n- satu"),
    ("M904", "| Satu | Dua |\n|---|---|\n| a | b |\n- satu"),
    ("M903", "- satu\n    | Satu | Dua |\n    |---|---|\n    | a | b |"),
    ("", "- satu\n\n    lanjutan\n\n    - dua"),
    ("", "- satu\n    1. dua\n        - tiga\n\n- empat"),
    ("", "- satu\n\n    > kutipan"),
    ("", "> kutipan\n>\n> - satu\n>     - dua"),
    ("", "- satu\n\n    | Satu | Dua |\n    |---|---|\n    | a | b |"),
    ("", "Kata:\n> kutipan"),
    ("", "```ordered\n1) satu\n```"),
])  # fmt: skip
def test_what_two_readers_see_differently(code: str, text: str) -> None:
    found = findings(edited((LISTEN, BULLET, text)))
    assert [f.code for f in found] == [code] * bool(code), shown(found)


# --- Waivers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "path", "line", "waiver", "expected"), [
    ("H310", CARE, "jp: {", "# sigap: abaikan H310 alasan seluruhnya latihan", []),
    ("H310", CARE, "jp: {", "# sigap: abaikan H310", ["H310", "W901"]),
    ("H310", CARE, "kode: TK-03", "# sigap: abaikan H310 alasan salah tempat", ["H310", "W901"]),
    ("H306", CARE, "### Sesi 1", "<!-- sigap: abaikan H306 alasan tidak dapat dipotong -->", []),
    ("H306", CARE, "### Sesi 1", "<!-- sigap: abaikan H306 alasan tidak dapat dipotong -->\n", []),
    ("H306", CARE, "### Sesi 1", "<!-- sigap: abaikan H306 -->", ["H306", "W901"]),
    ("H306", CARE, "### Sesi 1", "<!-- sigap: abaikan H999 alasan apa saja -->", ["H306", "W901"]),
    ("H306", CARE, "### Sesi 1", "<!-- sigap: abaikan H303 alasan lain -->", ["H306", "W901"]),
    ("H306", CARE, "### Sesi 1", "<!-- sigap: abaikan H311 alasan tanpa pembanding belum jelas -->", ["H306"]),
])  # fmt: skip
def test_waivers(code: str, path: str, line: str, waiver: str, expected: list[str]) -> None:
    text = INSTEAD[code][path].decode().replace(f"\n{line}", f"\n{waiver}\n{line}", 1)
    found = findings({**INSTEAD[code], path: text.encode()})
    assert sorted(f.code for f in found) == expected, shown(found)


# --- The registry ---------------------------------------------------------------------------------------------------


def test_a_code_used_twice_raises() -> None:
    with pytest.raises(ValueError, match="S202"):
        rule("S202", "Lain")(lambda module, curriculum: iter(()))


def test_codes_are_named_by_their_beginning() -> None:
    assert rules.matching(["h304"]) == {"H304"}
    assert rules.matching(["H30", "W"]) == {code for code in CODES if code.startswith(("H30", "W"))}
    for unknown in ("H999", "Z", ""):
        with pytest.raises(ValueError, match=f"^{unknown}$"):
            rules.matching(["S", unknown])


def test_the_index_lists_every_rule() -> None:
    index = pages.pages(load(Folder.open(ROOT), TODAY))["kontribusi/aturan/index.md"].content
    for code, known in rules.registry().items():
        assert re.search(
            rf"(?m)^\| \[{code}\]\({code}\.md\) \| {re.escape(known.title)} \| (galat|peringatan) \|$", index
        )
