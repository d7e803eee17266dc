"""One defect, one finding: single mutations of real modules, each with the one code and line it must give.

The modules are those of edition 2026.1, frozen in tests/fixtures/modul; only their handouts say what they are (P101),
and one its whole pass mark (N105). A mutation replaces one match of a pattern; `where` says on which line of the mutated file the finding must stand: `@` the line where the replacement begins, a
number, or a text that begins that line. The end of a run prints how many mutations and codes were covered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from editions import Memory
from sigap import rules
from sigap.load import load
from sigap.model import Curriculum

FIXTURES = Path(__file__).resolve().parent / "fixtures" / "modul"
FILES = {p.relative_to(FIXTURES).as_posix(): p.read_bytes() for p in FIXTURES.rglob("*") if p.is_file()}
SLUGS = ("keselamatan-petugas", "dukungan-psikologis-awal", "swarawat-supervisi")
PROGRAMME = "docs/program/bekal-tanggap-krisis.md"
POLICY = "modules/kurikulum.yml"
TODAY = date(2026, 11, 24)

Edit = str | Callable[[re.Match[str]], str]


@dataclass(frozen=True)
class Mutation:
    """One defect: where to cut, what to put there, what must be found and on which line."""

    name: str
    code: str
    pattern: str
    edit: Edit
    where: str = "@"
    base: bool = False


def drop(match: re.Match[str]) -> str:
    return ""


FRONT = [
    *(
        Mutation(f"drop {key}", "F103", rf"^{key}: .*\n", drop, "1" if key != "teori" else "jp:")
        for key in (
            "kode",
            "judul",
            "ringkasan",
            "versi",
            "status",
            "kelompok",
            "sasaran",
            "prasyarat",
            "jp",
            "penyusun",
            "penelaah",
        )
    ),
    Mutation("misspell key", "F104", r"^ringkasan:", "ringkasn:"),
    Mutation("unknown key", "F104", r"^status:", "warna: biru\nstatus:"),
    Mutation("key twice", "F102", r"^(versi: .*\n)", r"\1\1", "versi:2"),
    Mutation("tab in YAML", "F101", r"^prasyarat: ", "\tprasyarat: "),
    Mutation("open bracket", "F101", r"^sasaran: \[(.*)\]", r"sasaran: [\1", "prasyarat|penelaah|kode|sasaran|jp"),
    Mutation("unknown status", "F105", r"^status: tinjauan", "status: jadi"),
    Mutation("unknown audience", "F105", r"penyuluh-sosial\]", "penyuluh]"),
    Mutation("unknown group", "F105", r"^kelompok: \w+", "kelompok: pokok"),
    Mutation("kode in small letters", "F105", r"^kode: TK", "kode: tk"),
    Mutation("date that does not exist", "F105", r"^tinjau_ulang: .*", "tinjau_ulang: 2027-02-30"),
    Mutation("review is due", "F108", r"^tinjau_ulang: .*", "tinjau_ulang: 2026-01-31"),
    Mutation("approved unreviewed", "F109", r"^status: tinjauan", "status: disahkan", "penelaah:"),
    Mutation("version with two parts", "V801", r"^versi: .*", "versi: 1.0"),
    Mutation("version beside history", "V802", r"^versi: 1\.0\.0", "versi: 1.0.1"),
    Mutation("jp negative", "H305", r"teori: \d", "teori: -1", "jp:"),
    Mutation("jp a word", "H305", r"penugasan: \d", "penugasan: satu", "jp:"),
    Mutation("jp a half", "H305", r"penugasan: \d", "penugasan: 1.5", "jp:"),
    Mutation("jp beside the tables", "H304", r"teori: (\d)", lambda m: f"teori: {int(m[1]) + 1}", "jp:"),
    Mutation("prerequisite unknown", "X701", r"^prasyarat: \[.*\]", "prasyarat: [TK-77]"),
]
SHAPE = [
    Mutation("title differs", "S201", r"^# (.*)", r"# \1 Lagi"),
    Mutation("title gone", "S201", r"^# .*\n", drop, "*"),
    *(
        Mutation(f"drop {title}", "S202", rf"^## {title}\n(?s:.*?)(?=^## )", drop, "*")
        for title in (
            "Deskripsi singkat",
            "Tujuan pembelajaran",
            "Materi pokok",
            "Metode",
            "Media dan alat bantu",
            "Langkah pembelajaran",
            "Uraian materi",
            "Rangkuman",
            "Evaluasi",
            "Referensi",
        )
    ),
    Mutation("drop assignments", "S213", r"^## Panduan penugasan\n(?s:.*?)(?=^## )", drop, "*"),
    Mutation("rename section", "S204", r"^## Rangkuman", "## Ringkasan"),
    Mutation("unknown section", "S204", r"^## Rangkuman", "## Penutup modul\n\nSelesai.\n\n## Rangkuman"),
    Mutation(
        "sections swapped", "S203", r"^(## Metode\n(?s:.*?))(## Media dan alat bantu\n(?s:.*?))(?=^## )", r"\2\1", "*"
    ),
    Mutation("section empty", "S205", r"^(## Metode\n)(?s:.*?)(?=^## )", r"\1\n"),
    Mutation("section twice", "S207", r"^(## Rangkuman\n(?s:.*?))(?=^## )", r"\1\1", "*"),
    Mutation("level skipped", "S206", r"^(### Materi pokok 1: .*\n\n)#### ", r"\1##### ", "##### "),
    Mutation("topic dropped", "S208", r"^(## Materi pokok\n\n)1\. (?s:.*?)(?=^2\. )", r"\1", "*"),
    Mutation("topic renamed", "S212", r"^(## Materi pokok\n\n1\. )(.*)", r"\1\2 lain", "*"),
    Mutation("topic part dropped", "S212", r"^### Materi pokok 2: (?s:.*?)(?=^### )", drop, "*"),
    Mutation("session numbered twice", "S215", r"^### Sesi 1: ", "### Sesi 4: "),
    Mutation("session without number", "S215", r"^### Sesi 1: ", "### "),
    Mutation("guide dropped", "S220", r"^#### Panduan fasilitator\n(?s:.*?)(?=^##+ )", drop, "### Sesi"),
    Mutation("guide empty", "S220", r"^(#### Panduan fasilitator\n)(?s:.*?)(?=^##+ )", r"\1\n"),
    Mutation("column renamed", "S216", r"\| Bentuk \| Menit \|", "| Bentuk | Waktu |"),
    Mutation("column dropped from the head", "M903", r"\| IHB \| Bentuk \| Menit \|", "| Bentuk | Menit |"),
    Mutation("opening dropped", "S218", r"^\| Pendahuluan \|", "| Inti |", "*"),
    Mutation("closing renamed", "S218", r"^\| Penutup \|", "| Inti |", "*"),
    Mutation("empty cell", "S217", r"^(\| Pendahuluan \| )[^|]+\|", r"\1 |"),
    Mutation("long cell", "S219", r"^(\| Pendahuluan \| )", rf"\1{'panjang sekali ' * 14}"),
    Mutation("placeholder", "S214", r"^## Rangkuman\n\n", "## Rangkuman\n\n[isi rangkuman]\n\n", "[isi"),
    Mutation("TODO", "S214", r"^## Rangkuman\n\n", "## Rangkuman\n\nTODO lengkapi.\n\n", "TODO"),
    Mutation("verb refused", "S209", r"^(### Indikator hasil belajar\n\n1\. )\S+", r"\1memahami", "1. memahami"),
]
TABLES = [
    Mutation("minutes as a range", "H301", r"(\| [TP] \| )(\d+)( \|\n)", r"\g<1>\2-99\3"),
    Mutation("minutes with a unit", "H301", r"(\| [TP] \| )(\d+)( \|\n)", r"\1\2 menit\3"),
    Mutation("minutes zero", "H301", r"(\| [TP] \| )(\d+)( \|\n)", r"\g<1>0\3"),
    Mutation("minutes empty", "H301", r"(\| [TP] \| )(\d+)( \|\n)", r"\1 \3"),
    Mutation("mode unknown", "H302", r"\| T \| (\d+) \|\n", r"| Teori | \1 |\n"),
    Mutation("minutes changed", "H304", r"(\| T \| )(\d+)( \|\n)", lambda m: f"{m[1]}{int(m[2]) + 5}{m[3]}", "jp:"),
    Mutation("mode changed", "H304", r"\| T \| (\d+) \|\n", r"| P | \1 |\n", "jp:"),
    Mutation("row dropped", "H304", r"^\| Inti \|[^\n]*\| [TP] \| \d+ \|\n", drop, "jp:"),
    Mutation("row doubled", "H304", r"^(\| Inti \|[^\n]*\| [TP] \| \d+ \|\n)", r"\1\1", "jp:"),
    Mutation("indicator unknown in a row", "S210", r"\| \d \| ([TP]) \| (\d+) \|\n", r"| 9 | \1 | \2 |\n"),
    Mutation(
        "assessment of no indicator",
        "S211",
        r"(\| Batas lulus \|\n\|[-|]+\|\n)",
        r"\1| 9 | Tes | Lembar | Tuntas |\n",
        "| 9 |",
    ),
    Mutation("assessment dropped", "S211", r"^\| 2 \| [^\n]*\n(?=(?:\| 3|\n## Ref))", drop, "*"),
    Mutation("history row without reason", "V807", r"(\| 1\.0\.0 \| \S+ \| )([^|]*)\| [^|]*\|", r"\1\2| \2|"),
    Mutation("history in the future", "V802", r"(\| 1\.0\.0 \| )\S+", r"\g<1>2031-01-01"),
]
TEXT = [
    Mutation("broken link", "L401", r"\]\(lampiran-", "](lampirn-"),
    Mutation(
        "code on a bullet",
        "M904",
        r"^## Rangkuman\n\n",
        "## Rangkuman\n\nUcapkan:\n\n- ```text\n    x\n    ```\n\n",
        "- ```",
    ),
    Mutation("missing image", "L403", r"^## Rangkuman\n\n", "## Rangkuman\n\n![Peta posko](peta.png)\n\n", "![Peta"),
    Mutation(
        "heading as an image", "L403", r"^## Rangkuman\n\n", "## Rangkuman\n\n![Peta posko](#rangkuman)\n\n", "![Peta"
    ),
    Mutation("missing anchor", "L402", r"\((\.\./[a-z-]+/index\.md)\)", r"(\1#tidak-ada)"),
    Mutation(
        "http", "L405", r"^## Rangkuman\n\n", "## Rangkuman\n\nLihat [pedoman](http://contoh.example/).\n\n", "Lihat"
    ),
    Mutation(
        "empty link text",
        "L406",
        r"^## Rangkuman\n\n",
        "## Rangkuman\n\nLihat [](https://contoh.example/).\n\n",
        "Lihat",
    ),
    Mutation("citation unknown", "L409", r"\[WHO 2011\]\.", "[WHO 1911]."),
    Mutation(
        "reference uncited",
        "L409",
        r"^## Referensi\n\n",
        "## Referensi\n\n- [XYZ 2001] Tim. (2001). *Buku*. Kota: Penerbit.\n",
        "- [XYZ",
    ),
    Mutation("reference without year", "L408", r"(- \[WHO 2011\] [^(]*)\(2011\)\. ", r"\1"),
    Mutation(
        "image of another site",
        "K602",
        r"^## Rangkuman\n\n",
        "## Rangkuman\n\n![Pola napas](https://contoh.example/a.png)\n\n",
        "![Pola",
    ),
    Mutation(
        "link without scheme",
        "K602",
        r"^## Rangkuman\n\n",
        "## Rangkuman\n\nBuka [pedoman lengkap](//contoh.example/).\n\n",
        "Buka",
    ),
    Mutation(
        "script in a link with a space",
        "K602",
        r"^## Rangkuman\n\n",
        "## Rangkuman\n\nBuka [pedoman lengkap](javascript:alert(1) //).\n\n",
        "Buka",
    ),
    Mutation(
        "script in what GitHub takes for code",
        "K605",
        r"^## Rangkuman\n\n",
        "## Rangkuman\n\n- Butir.\n\n      [x](javascript:alert(1))\n\n",
        "      [x]",
    ),
    Mutation(
        "attributes of a fence",
        "K605",
        r"^## Rangkuman\n\n",
        "## Rangkuman\n\n~~~ {.text .lain}\nx\n~~~\n\n",
        "~~~ {.text .lain",
    ),
    *(
        Mutation(name, "K601", r"^## Rangkuman\n\n", f"## Rangkuman\n\n{html}\n\n", html[:8])
        for name, html in (
            ("script between comments", "<!-- a --><script>alert(1)</script><!-- b -->"),
            ("comment that ends at once", "<!--><script>alert(1)</script> -->"),
            ("comment that ends otherwise", "<!-- x --!><script>alert(1)</script> -->"),
            ("closer first", "</p><img src=x onerror=alert(1)>"),
            ("closer alone", "</div>"),
            ("two comments on one line", "<!-- a --> <!-- b -->"),
            ("text behind a comment", "<!-- a --> isi"),
        )
    ),
    Mutation(
        "link says nothing",
        "A502",
        r"^## Rangkuman\n\n",
        "## Rangkuman\n\nBuka [di sini](https://contoh.example/).\n\n",
        "Buka",
    ),
    Mutation("bold heading", "A503", r"^## Rangkuman\n\n", "## Rangkuman\n\n**Yang penting**\n\n", "**Yang"),
    Mutation("empty head", "A504", r"^## Rangkuman\n\n", "## Rangkuman\n\n| | Isi |\n|---|---|\n| a | b |\n\n", "| |"),
    Mutation("raw HTML", "K601", r"^## Rangkuman\n\n", "## Rangkuman\n\n<center>Ingat</center>\n\n", "<center"),
    Mutation("script", "K601", r"^## Rangkuman\n\n", "## Rangkuman\n\n<script>alert(1)</script>\n\n", "<script"),
    Mutation(
        "javascript link",
        "K602",
        r"^## Rangkuman\n\n",
        "## Rangkuman\n\nBuka [panduan](javascript:alert(1)).\n\n",
        "Buka",
    ),
    Mutation(
        "NIK", "K603", r"^## Rangkuman\n\n", "## Rangkuman\n\nNIK contoh 3273011234560001 tidak boleh ada.\n\n", "NIK"
    ),
    Mutation(
        "mobile number", "K603", r"^## Rangkuman\n\n", "## Rangkuman\n\nKirim ke 0812-3456-7890 malam ini.\n\n", "Kirim"
    ),
    Mutation("hotline", "K604", r"^## Rangkuman\n\n", "## Rangkuman\n\nHubungi 129 bila perlu.\n\n", "Hubungi"),
    Mutation(
        "prose minutes", "H312", r"^## Rangkuman\n\n", "## Rangkuman\n\nModul ini berlangsung 7 menit.\n\n", "Modul ini"
    ),
    Mutation("prose JP", "H312", r"^## Rangkuman\n\n", "## Rangkuman\n\nModul ini sebanyak 40 JP.\n\n", "Modul ini"),
    Mutation("heading in a callout", "M902", r"^> \[!WARNING\]\n> ", "> [!WARNING]\n> ## Awas\n>\n> ", "> ## Awas"),
    Mutation("table that is none", "M903", r"^## Rangkuman\n\n", "## Rangkuman\n\n| a | b |\n| c | d |\n\n", "| a |"),
    Mutation(
        "list under a paragraph",
        "M904",
        r"^## Rangkuman\n\n",
        "## Rangkuman\n\nIngat hal berikut:\n- satu\n- dua\n\n",
        "- satu",
    ),
    Mutation(
        "waiver without use",
        "W901",
        r"^## Rangkuman\n",
        "<!-- sigap: abaikan H306 memang panjang -->\n\n## Rangkuman\n",
    ),
    Mutation("waiver without reason", "W901", r"^## Rangkuman\n", "<!-- sigap: abaikan H306 -->\n\n## Rangkuman\n"),
]
VERSIONS = [
    Mutation(
        "text without a version",
        "V803",
        r"^## Rangkuman\n\n",
        "## Rangkuman\n\nSatu kalimat baru.\n\n",
        "versi:",
        base=True,
    ),
]
ALL = [*FRONT, *SHAPE, *TABLES, *TEXT, *VERSIONS]


def cases() -> Iterator[tuple[str, Mutation]]:
    """Every mutation over every module that has something to mutate."""
    for mutation in ALL:
        for slug in SLUGS:
            if re.search(mutation.pattern, FILES[f"modules/{slug}/index.md"].decode(), re.MULTILINE):
                yield slug, mutation


def state(files: dict[str, bytes]) -> Curriculum:
    return load(Memory(files), TODAY)


BASE = state(FILES)
CASES = list(cases())


def line_of(text: str, start: int, where: str) -> set[int]:
    lines = text.split("\n")
    if where == "@":
        return {text.count("\n", 0, start) + 1}
    if where.isdigit():
        return {int(where)}
    if where == "versi:2":
        return {[n for n, line in enumerate(lines, 1) if line.startswith("versi:")][1]}
    if where == "*":
        return set(range(1, len(lines) + 1))
    return {
        n
        for n, line in enumerate(lines, 1)
        if re.match(where if "|" in where and where[0].isalpha() else re.escape(where), line)
    }


@pytest.mark.parametrize(
    ("slug", "mutation"), CASES, ids=lambda v: v if isinstance(v, str) else v.name.replace(" ", "-")
)
def test_one_defect_one_finding(slug: str, mutation: Mutation) -> None:
    path = f"modules/{slug}/index.md"
    text = FILES[path].decode()
    match = re.search(mutation.pattern, text, re.MULTILINE)
    assert match
    new = match.expand(mutation.edit) if isinstance(mutation.edit, str) else mutation.edit(match)
    changed = text[: match.start()] + new + text[match.end() :]
    curriculum = state({**FILES, path: changed.encode()})
    if mutation.base:
        curriculum = replace(curriculum, base=BASE, base_name="2026.1")
    found = [(f.path, f.line, f.code, f.message) for f in rules.run(curriculum)]
    assert [f[2] for f in found] == [mutation.code], found
    assert found[0][0] == path or mutation.code.startswith("X")
    assert found[0][1] in line_of(changed, match.start(), mutation.where), found


# --- Mutations of files, programmes, policy and versions ------------------------------------------------------------

TK02, TK05, TK13 = (f"modules/{slug}/index.md" for slug in SLUGS)
Files = dict[str, bytes]


def put(path: str, old: str, new: str) -> Callable[[Files], Files]:
    """Replace one text of one file."""

    def edit(files: Files) -> Files:
        text = files[path].decode()
        assert old in text, old
        return {**files, path: text.replace(old, new, 1).encode()}

    return edit


def both(*edits: Callable[[Files], Files]) -> Callable[[Files], Files]:
    def edit(files: Files) -> Files:
        for one in edits:
            files = one(files)
        return files

    return edit


def renamed(old: str, new: str) -> Callable[[Files], Files]:
    """Rename a folder, and what links to it."""
    return lambda files: {
        path.replace(f"modules/{old}/", f"modules/{new}/"): data.replace(f"../{old}/".encode(), f"../{new}/".encode())
        for path, data in files.items()
    }


def without(slug: str) -> Callable[[Files], Files]:
    """A module gone, with every mention of it."""

    def edit(files: Files) -> Files:
        kept = {path: data for path, data in files.items() if f"/{slug}/" not in path}
        return {
            p: re.sub(rb"\[([^\]]*)\]\(\.\./" + slug.encode() + rb"/index\.md\)", rb"\1", d) for p, d in kept.items()
        }

    return edit


LATEST = """
pukul_selesai_terakhir: {nilai: "12:00", sumber: Kesepakatan tim kurikulum.}

istirahat:"""
PART = "  kerangka:\n    - {nama: Tinjauan, menit: 15, hari: kecuali-pertama, tempat: awal}\n"


SHEET = {form: f"modules/{SLUGS[0]}/lampiran-soal-{form.lower()}.md" for form in "AB"}
ASKED = {
    "A": "Banjir Gempa Longsor Angin Kebakaran Kekeringan".split(),
    "B": "Perahu Tenda Dapur Sekolah Puskesmas Gudang".split(),
}


STEMS = {"A": "{} datang. Apa langkah Anda?", "B": "Di dekat {}, siapa yang diajak bicara lebih dahulu?"}


def bank(form: str) -> bytes:
    """Six questions over the three IHB of TK-02."""
    text = f"---\nlampiran: {{jenis: soal, untuk: peserta, bentuk: {form}}}\n---\n\n# Periksa diri {form}\n\nContoh.\n"
    for number, word in enumerate(ASKED[form], 1):
        options = "".join(
            f"- [{'x' if place == number % 3 else ' '}] Pilihan {'tiga satu dua'.split()[place]} {word}.\n"
            f"    - Alasan {place + 1}.\n"
            for place in range(3)
        )
        text += f"\n## Soal {number}\n\n**IHB {(number - 1) % 3 + 1}.** {STEMS[form].format(word)}\n\n{options}"
    return text.encode()


def asked(*edits: Callable[[Files], Files]) -> Callable[[Files], Files]:
    """Both forms of questions for TK-02, then edits of them."""
    return both(
        lambda files: {**files, **{SHEET[form]: bank(form) for form in SHEET}},
        put(
            TK02,
            "## Media dan alat bantu\n\n",
            "## Media dan alat bantu\n\n- [A](lampiran-soal-a.md), [B](lampiran-soal-b.md)\n",
        ),
        *edits,
    )


def every(path: str, pattern: str, new: str) -> Callable[[Files], Files]:
    """Replace every match in one file."""
    return lambda files: {**files, path: re.sub(pattern, new, files[path].decode(), flags=re.MULTILINE).encode()}


QUESTIONS: list[tuple[str, str, str, Callable[[Files], Files], bool]] = [
    ("question renumbered", "Q101", SHEET["A"], asked(put(SHEET["A"], "## Soal 3", "## Soal 7")), False),
    ("question without number", "Q101", SHEET["B"], asked(put(SHEET["B"], "## Soal 6", "## Soal")), False),
    ("section that is no question", "Q101", SHEET["A"], asked(put(SHEET["A"], "## Soal 1", "## Petunjuk\n\nBaca.\n\n## Soal 1")), False),
    ("question without IHB", "Q102", SHEET["A"], asked(put(SHEET["A"], "**IHB 1.** ", "")), False),
    ("question of no IHB", "Q102", SHEET["B"], asked(put(SHEET["B"], "**IHB 3.**", "**IHB 9.**")), False),
    ("two options", "Q103", SHEET["A"], asked(put(SHEET["A"], "- [ ] Pilihan tiga Banjir.\n    - Alasan 1.\n", "")), False),
    ("five options", "Q103", SHEET["A"], asked(put(SHEET["A"], "- [ ] Pilihan tiga Banjir.\n", "- [ ] Satu.\n    - A.\n- [ ] Dua.\n    - B.\n- [ ] Pilihan tiga Banjir.\n")), False),
    ("no boxes", "Q103", SHEET["A"], asked(every(SHEET["A"], r"- \[.\] (.*Gempa)", r"- \1")), False),
    ("key below the options", "Q103", SHEET["A"], asked(put(SHEET["A"], "\n## Soal 2", "\nJawaban: b.\n\n## Soal 2")), False),
    ("no right answer", "Q104", SHEET["A"], asked(put(SHEET["A"], "[x]", "[ ]")), False),
    ("two right answers", "Q104", SHEET["A"], asked(put(SHEET["A"], "[ ]", "[x]")), False),
    ("option without reason", "Q105", SHEET["A"], asked(put(SHEET["A"], "    - Alasan 2.\n", "")), False),
    ("option with two reasons", "Q105", SHEET["A"], asked(put(SHEET["A"], "    - Alasan 2.\n", "    - Alasan 2.\n    - Lagi.\n")), False),
    ("five questions", "Q106", SHEET["B"], asked(every(SHEET["B"], r"\n## Soal 6(?s:.*)", "")), False),
    ("no question", "Q106", SHEET["B"], asked(every(SHEET["B"], r"\n## Soal 1(?s:.*)", "")), False),
    ("IHB not asked", "Q107", SHEET["A"], asked(every(SHEET["A"], r"\*\*IHB 2", "**IHB 1")), False),
    ("forms not equal", "Q108", SHEET["B"], asked(put(SHEET["A"], "**IHB 2", "**IHB 1")), False),
    ("form not said", "Q109", SHEET["B"], asked(put(SHEET["B"], ", bentuk: B", "")), False),
    ("form twice", "Q109", SHEET["B"], asked(put(SHEET["B"], "bentuk: B", "bentuk: A")), False),
    ("form alone", "Q109", SHEET["A"], asked(put(TK02, ", [B](lampiran-soal-b.md)", ""), lambda f: {p: d for p, d in f.items() if p != SHEET["B"]}), False),
    ("form that does not exist", "F105", SHEET["A"], asked(put(SHEET["A"], "bentuk: A", "bentuk: C")), False),
    ("always the second", "Q111", SHEET["A"], asked(every(SHEET["A"], r"- \[x\]", "- [ ]"), every(SHEET["A"], r"- \[ \] Pilihan satu", "- [x] Pilihan satu")), False),
    ("five of six the second", "Q111", SHEET["A"], asked(every(SHEET["A"], r"- \[x\]", "- [ ]"), every(SHEET["A"], r"- \[ \] Pilihan satu", "- [x] Pilihan satu"), put(SHEET["A"], "[x] Pilihan satu Kekeringan", "[ ] Pilihan satu Kekeringan"), put(SHEET["A"], "[ ] Pilihan dua Kekeringan", "[x] Pilihan dua Kekeringan")), False),
    ("always the longest", "Q112", SHEET["A"], asked(every(SHEET["A"], r"(- \[x\] .*)\.", r"\1, dan seterusnya.")), False),
    ("question in both forms", "Q113", SHEET["B"], asked(put(SHEET["B"], "Di dekat Tenda, siapa yang diajak bicara lebih dahulu?", "Gempa datang. Apakah langkah Anda?")), False),
]  # fmt: skip

IN = "## Rangkuman\n\n"
GROUPS = """pembagian:
  kelas: {minimum: 12, maksimum: 30}
  latihan:
    - sesi: 2
      metode: Bermain peran trio
      peran: [penolong, penyintas, pengamat]
      peran_sisa: [penolong, penyintas, pengamat, penjaga waktu]
      dinilai: [penolong, pengamat]
      putaran: 4
      menit: 12
      lembar: [lampiran-kartu-peran.md, lampiran-lembar-pengamatan.md]
"""
OBSERVED = f"modules/{SLUGS[1]}/lampiran-lembar-pengamatan.md"


def grouped(*edits: tuple[str, str]) -> Callable[[Files], Files]:
    """TK-05 with its exercise in groups as data, and texts of that replaced."""
    data = GROUPS
    for old, new in edits:
        assert data.count(old) == 1, old
        data = data.replace(old, new)
    return both(
        put(TK05, "penyusun:", f"{data}penyusun:"),
        put(OBSERVED, "untuk: peserta}", "untuk: peserta, tiap_putaran: pengamat}"),
    )


FOLDER = f"modules/{SLUGS[0]}"
APD, TALK = f"{FOLDER}/lampiran-daftar-periksa-apd.md", f"modules/{SLUGS[1]}/lampiran-lembar-pengamatan.md"
SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
GLOSSARY = b"""# Glosarium

| Pakai | Hindari | Sebabnya | Diperiksa |
|---|---|---|---|
| mengantre | antri, mengantri; baris, bila maksudnya antrean | Ejaan baku | otomatis |
| jeda | kata setop | Satu kata | otomatis |
| perahu | biduk | Satu kata | otomatis |
| penyintas | korban | Korban sebutan hukum | dibaca |
"""
LAWS_PAGE = "docs/rujukan-hukum.md"
LAWS = b"""# Rujukan hukum

| Kunci | Peraturan | Keadaan | Diperiksa |
|---|---|---|---|
| `uu-12-2022` | Undang-Undang Nomor 12 Tahun 2022 | dilihat | 2026-11-20 |

| Di mana | Yang perlu diperiksa |
|---|---|
| TK-02, TK-05, TK-13 | Edisi |
"""


def laws(files: Files) -> Files:
    """The files with a page of laws."""
    return {**files, LAWS_PAGE: LAWS}


READING = b"---\nlampiran: {jenis: bacaan, untuk: peserta}\n---\n\n# Bacaan\n\nContoh, bukan modul resmi Kemensos.\n"
EDITION = b"---\nedisi: {nama: '2026.1', tanggal: 2026-11-20}\n---\n\n# Edisi 2026.1\n\nCatatan.\n"
WHOLE: list[tuple[str, str, str, Callable[[Files], Files], bool]] = [
    ("kode twice", "F106", TK13, put(TK13, "kode: TK-13", "kode: TK-05"), False),
    ("folder in capitals", "F107", "modules/Swarawat/index.md", renamed("swarawat-supervisi", "Swarawat"), False),
    (
        "handout in a folder of its own",
        "F107",
        f"{FOLDER}/dalam/lampiran-b.md",
        lambda f: {**f, f"{FOLDER}/dalam/lampiran-b.md": READING},
        False,
    ),
    ("byte order mark", "F110", TK02, lambda f: {**f, TK02: b"\xef\xbb\xbf" + f[TK02]}, False),
    ("binary", "F110", "modules/x/index.md", lambda f: {**f, "modules/x/index.md": bytes(range(256))}, False),
    ("too large", "F111", "modules/x/index.md", lambda f: {**f, "modules/x/index.md": b"a " * 3_000_000}, False),
    ("Windows line ends", "F113", TK02, lambda f: {**f, TK02: f[TK02].replace(b"\n", b"\r\n")}, False),
    ("session not whole", "H303", TK13, lambda f: {**f, TK13: moved_minutes(f[TK13])}, False),
    ("sessions too long", "H306", TK02, put(POLICY, "nilai: 135", "nilai: 89"), False),
    ("theory share", "H310", TK02, put(POLICY, "maksimum: 70", "maksimum: 45"), False),
    ("programme hours", "H307", PROGRAMME, put(PROGRAMME, "jp: 10", "jp: 11"), False),
    ("minimum claimed", "H308", PROGRAMME, put(PROGRAMME, "jp: 10", "jp: 10\n  memenuhi_minimum_tahunan: true"), False),
    ("day ends late", "H313", PROGRAMME, put(POLICY, "\nistirahat:", LATEST), False),
    (
        "part on no day",
        "H314",
        PROGRAMME,
        both(put(POLICY, "nilai: 9\n", "nilai: 10\n"), put(PROGRAMME, "jp_per_hari: 6\n", f"jp_per_hari: 10\n{PART}")),
        False,
    ),
    (
        "part on an unknown day",
        "F105",
        PROGRAMME,
        put(PROGRAMME, "---\n\n", PART.replace("kecuali-pertama", "besok") + "---\n\n"),
        False,
    ),
    (
        "part in an unknown place",
        "F105",
        PROGRAMME,
        put(PROGRAMME, "---\n\n", PART.replace("awal", "tengah") + "---\n\n"),
        False,
    ),
    (
        "online day too long",
        "H309",
        PROGRAMME,
        put(PROGRAMME, "---\n\n", "  varian: {daring: {jp_per_hari: 12, mulai: '08:00'}}\n---\n\n"),
        False,
    ),
    (
        "online day past midnight",
        "H309",
        PROGRAMME,
        put(PROGRAMME, "---\n\n", "  varian: {daring: {jp_per_hari: 4, mulai: '22:00'}}\n---\n\n"),
        False,
    ),
    (
        "half day ends late",
        "H313",
        PROGRAMME,
        both(
            put(POLICY, "\nistirahat:", LATEST.replace("12:00", "17:00")),
            put(PROGRAMME, "---\n\n", "  varian: {setengah_hari: {jp_per_hari: 4, mulai: '15:00'}}\n---\n\n"),
        ),
        False,
    ),
    (
        "unknown variant",
        "F104",
        PROGRAMME,
        put(PROGRAMME, "---\n\n", "  varian: {darin: {jp_per_hari: 4, mulai: '08:00'}}\n---\n\n"),
        False,
    ),
    ("day too long", "H309", PROGRAMME, put(PROGRAMME, "jp_per_hari: 6", "jp_per_hari: 12"), False),
    (
        "unused file",
        "L404",
        "modules/swarawat-supervisi/data.png",
        lambda f: {**f, "modules/swarawat-supervisi/data.png": b"a"},
        False,
    ),
    (
        "address of another",
        "X707",
        TK02,
        put(TK02, "prasyarat: []", f"prasyarat: []\nalamat_lama: [{SLUGS[1]}]"),
        False,
    ),
    ("own address", "X707", TK02, put(TK02, "prasyarat: []", f"prasyarat: []\nalamat_lama: [{SLUGS[0]}]"), False),
    ("old address twice", "X707", TK02, put(TK02, "prasyarat: []", "prasyarat: []\nalamat_lama: [lama, lama]"), False),
    (
        "old address of two",
        "X707",
        TK05,
        both(
            put(TK02, "prasyarat: []", "prasyarat: []\nalamat_lama: [lama]"),
            put(TK05, "kode: TK-05", "kode: TK-05\nalamat_lama: [lama]"),
        ),
        False,
    ),
    (
        "old address of a page",
        "X707",
        TK02,
        both(
            put(TK02, "prasyarat: []", "prasyarat: []\nalamat_lama: [lama]"),
            lambda f: {**f, "docs/modul/lama.md": b"# Lama\n\nSebuah halaman.\n"},
        ),
        False,
    ),
    (
        "page at a module's address",
        "X708",
        f"docs/modul/{SLUGS[0]}.md",
        lambda f: {**f, f"docs/modul/{SLUGS[0]}.md": b"# Lama\n\nSebuah halaman.\n"},
        False,
    ),
    (
        "readme beside the index",
        "X708",
        f"{FOLDER}/README.md",
        lambda f: {**f, f"{FOLDER}/README.md": READING},
        False,
    ),
    ("page in HTML", "K606", f"{FOLDER}/lembar.html", lambda f: {**f, f"{FOLDER}/lembar.html": b"<p>a</p>"}, False),
    ("drawing that runs", "K606", f"{FOLDER}/a.svg", lambda f: {**f, f"{FOLDER}/a.svg": SCRIPT}, False),
    (
        "image without alt",
        "A501",
        TK02,
        both(put(TK02, IN, f"{IN}![](pola.png)\n\n"), lambda f: {**f, f"{FOLDER}/pola.png": b"a"}),
        False,
    ),
    (
        "absolute link to the site",
        "L407",
        TK02,
        put(TK02, IN, f"{IN}Lihat [modul](http://localhost:8000/terbaru/modul/swarawat-supervisi/).\n\n"),
        False,
    ),
    ("colour alone", "A505", TK02, put(TK02, IN, f"{IN}| Tanda | Arti |\n|---|---|\n| Merah | Berhenti |\n\n"), False),
    ("circle", "X702", TK02, put(TK02, "prasyarat: []", "prasyarat: [TK-05]"), False),
    ("order", "X703", PROGRAMME, put(PROGRAMME, "[TK-02, TK-05, TK-13]", "[TK-05, TK-02, TK-13]"), False),
    ("in no programme", "X704", TK13, both(put(PROGRAMME, ", TK-13]", "]"), put(PROGRAMME, "jp: 10", "jp: 8")), False),
    ("twice in a programme", "X705", PROGRAMME, put(PROGRAMME, ", TK-13]", ", TK-13, TK-13]"), False),
    ("withdrawn in a programme", "X706", PROGRAMME, put(TK13, "status: tinjauan", "status: dicabut"), False),
    (
        "version fell",
        "V804",
        TK13,
        both(put(TK13, "versi: 1.0.0", "versi: 0.9.0"), put(TK13, "| 1.0.0 |", "| 0.9.0 |")),
        True,
    ),
    (
        "module vanished",
        "V805",
        POLICY,
        both(without("swarawat-supervisi"), put(PROGRAMME, ", TK-13]", "]"), put(PROGRAMME, "jp: 10", "jp: 8")),
        True,
    ),
    ("control character", "F110", TK02, put(TK02, IN, IN + "Satu \x1b[31m dua.\n\n"), False),
    ("old Mac line ends", "F113", TK02, lambda f: {**f, TK02: f[TK02].replace(b"\n", b"\r")}, False),
    ("control character in YAML", "F101", TK02, put(TK02, "penyusun: [", 'penyusun: ["\\e[31m", '), False),
    (
        "programme kode twice",
        "F106",
        "docs/program/kembar.md",
        lambda f: {**f, "docs/program/kembar.md": f[PROGRAMME]},
        False,
    ),
    (
        "edition twice",
        "F106",
        "docs/edisi/2026.2.md",
        lambda f: {**f, **{f"docs/edisi/2026.{n}.md": EDITION for n in (1, 2)}},
        False,
    ),
    ("kode of another", "F106", TK02, put(TK02, "kode: TK-02", "kode: TK-13"), True),
    (
        "index renamed",
        "F107",
        "modules/dukungan-psikologis-awal/indeks.md",
        lambda f: {p.replace("psikologis-awal/index.md", "psikologis-awal/indeks.md"): d for p, d in f.items()},
        False,
    ),
    ("kode changed", "X701", PROGRAMME, put(TK05, "kode: TK-05", "kode: TK-50"), False),
    ("fence unclosed", "M910", TK02, put(TK02, "## Materi pokok\n", "```text\n\n## Materi pokok\n"), False),
    ("tilde fence unclosed", "M910", TK02, put(TK02, IN, "~~~\n" + IN), False),
    ("fence closed by fewer", "M910", TK02, put(TK02, IN, "````\nx\n```\n\n" + IN), False),
    ("marker misspelt", "W903", PROGRAMME, put(PROGRAMME, "<!-- sigap: jadwal -->", "<!-- sigap: jadual -->"), False),
    (
        "marker within a line",
        "W903",
        PROGRAMME,
        put(PROGRAMME, "<!-- sigap: jadwal -->", "Ini: <!-- sigap: jadwal -->"),
        False,
    ),
    ("marker in a module", "W903", TK02, put(TK02, "## Metode\n", "<!-- sigap: katalog -->\n\n## Metode\n"), False),
    (
        "waiver without a code",
        "W903",
        TK02,
        put(TK02, "## Metode\n", "<!-- sigap: abaikan ini -->\n\n## Metode\n"),
        False,
    ),
    ("comment unclosed", "M910", TK02, put(TK02, "## Metode\n", "<!-- catatan\n\n## Metode\n"), False),
    ("blank line above front matter", "F101", TK02, lambda f: {**f, TK02: b"\n" + f[TK02]}, False),
    ("session one level down", "S206", TK02, put(TK02, "### Sesi 1", "#### Sesi 1"), False),
    ("date in another form", "V802", TK02, put(TK02, "| 1.0.0 | 2026-", "| 1.0.0 | 2026/"), False),
    (
        "date without dashes",
        "V802",
        TK02,
        lambda f: {**f, TK02: re.sub(rb"(\| 1\.0\.0 \| )\S+", rb"\g<1>20261101", f[TK02])},
        False,
    ),
    (
        "date as a week",
        "V802",
        TK02,
        lambda f: {**f, TK02: re.sub(rb"(\| 1\.0\.0 \| )\S+", rb"\g<1>2026-W46-2", f[TK02])},
        False,
    ),
    (
        "three rounds for four",
        "G101",
        TK05,
        grouped(("putaran: 4", "putaran: 3"), ("dinilai: [penolong, pengamat]", "dinilai: [penolong]")),
        False,
    ),
    (
        "rest has too few rounds",
        "G101",
        TK05,
        grouped(("menit: 12", "menit: 12\n      putaran_sisa: 3"), (", pengamat]\n      putaran", "]\n      putaran")),
        False,
    ),
    ("rounds too long", "G102", TK05, grouped(("menit: 12", "menit: 13")), False),
    ("rest too long", "G102", TK05, grouped(("menit: 12", "menit: 12\n      menit_sisa: 13")), False),
    ("session unknown", "G103", TK05, grouped(("sesi: 2", "sesi: 7")), False),
    ("method unknown", "G103", TK05, grouped(("Bermain peran trio", "Bermain peran")), False),
    ("role unknown", "G103", TK05, grouped(("dinilai: [penolong,", "dinilai: [petugas,")), False),
    ("role of one team only", "G103", TK05, grouped(("dinilai: [penolong,", "dinilai: [penjaga waktu,")), False),
    ("sheet unknown", "G103", TK05, grouped(("lampiran-kartu-peran.md", "lampiran-kartu.md")), False),
    (
        "sheet for an unknown role",
        "G103",
        OBSERVED,
        both(grouped(), put(OBSERVED, "tiap_putaran: pengamat", "tiap_putaran: juri")),
        False,
    ),
    ("sheet of no exercise", "G103", OBSERVED, grouped((", lampiran-lembar-pengamatan.md", "")), False),
    (
        "class not divided",
        "G104",
        TK05,
        grouped(
            (", penjaga waktu]", ", penjaga waktu, saksi, juri]"),
            ("putaran: 4", "putaran: 6"),
            ("menit: 12", "menit: 8"),
        ),
        False,
    ),
    ("class upside down", "G104", TK05, grouped(("minimum: 12", "minimum: 42")), False),
    (
        "one set for the class",
        "G105",
        f"modules/{SLUGS[1]}/lampiran-kartu-peran.md",
        both(grouped(), put(f"modules/{SLUGS[1]}/lampiran-kartu-peran.md", "untuk: kelompok", "untuk: kelas")),
        False,
    ),
    (
        "a sheet for each participant is not enough",
        "G105",
        OBSERVED,
        both(grouped(), put(OBSERVED, ", tiap_putaran: pengamat", "")),
        False,
    ),
    ("no copies", "P105", OBSERVED, put(OBSERVED, "untuk: peserta", "untuk: peserta, salin: 0"), False),
    ("pass mark above all points", "N101", APD, put(APD, "paling sedikit 16.", "paling sedikit 26."), False),
    ("points that the table lacks", "N101", TALK, put(TALK, "9 dari 12, termasuk", "9 dari 14, termasuk"), False),
    ("must-pass of another row", "N102", TALK, put(TALK, "butir 3, 9, dan 10.", "butir 3, 8, dan 10."), False),
    ("must-pass of no row", "N102", TALK, put(TALK, "butir 3, 9, dan 10.", "butir 3, 9, dan 13."), False),
    ("must-pass without effect", "N103", TALK, put(TALK, ", termasuk butir 3, 9, dan 10.", "."), False),
    ("not needed, worth what", "N104", TALK, put(TALK, "Jumlah: ", "Butir 8 boleh TP.\n\nJumlah: "), False),
    (
        "pass mark of the module",
        "N105",
        TK05,
        put(TK05, "Sedikitnya 9 dari 12 butir", "Sedikitnya 8 dari 12 butir"),
        False,
    ),
    ("must-pass of the module", "N105", TK13, put(TK13, "termasuk butir 4 dan 6", "termasuk butir 4 dan 5"), False),
    ("no condition in the module", "N105", TK05, put(TK05, ", termasuk ketiga butir wajib", ""), False),
    (
        "instrument without a sheet",
        "N106",
        TK02,
        put(TK02, "[Daftar periksa APD](lampiran-daftar-periksa-apd.md) | Paling", "Daftar periksa APD | Paling"),
        False,
    ),
    (
        "rubric without pass mark",
        "N107",
        APD,
        both(put(APD, "jenis: daftar-periksa", "jenis: rubrik"), put(APD, "Lulus bila", "Cukup bila")),
        False,
    ),
    *(
        (
            f"avoided word {number}",
            "B101",
            TK02,
            both(lambda f: {**f, "docs/glosarium.md": GLOSSARY}, put(TK02, IN, f"{IN}{text}\n\n")),
            False,
        )
        for number, text in enumerate(("Warga mengantri.", "Sepakati kata\nsetopnya.", "Warga dibidukkan, “antri”."))
    ),
    ("law that nobody listed", "R101", TK02, both(laws, put(TK02, IN, f"{IN}Menurut PP 1/2001.\n\n")), False),
    (
        "law by its long name",
        "R101",
        TK02,
        both(laws, put(TK02, IN, f"{IN}Undang-Undang Nomor 9 Tahun 2001.\n\n")),
        False,
    ),
    ("law seen too long ago", "R102", LAWS_PAGE, both(laws, put(LAWS_PAGE, "2026-11-20", "2025-11-20")), False),
    ("law seen without a day", "R102", LAWS_PAGE, both(laws, put(LAWS_PAGE, "2026-11-20", "kemarin")), False),
    ("doubt about a law", "R103", TK02, both(laws, put(TK02, IN, f"{IN}Ada UU 12/2022 (perlu diperiksa).\n\n")), False),
    ("doubt about a module", "R103", TK13, both(laws, put(LAWS_PAGE, ", TK-13", "")), False),
    *(
        (f"trial: {text}", code, TK02, put(TK02, "penelaah: []", f"penelaah: []\nuji_coba: [{{{text}}}]"), False)
        for code, text in (
            ("F115", "tanggal: 2026-11-20, peserta: 9, sesi: {9: 90}"),
            ("F115", "tanggal: 2026-11-25, peserta: 9, sesi: {1: 90}"),
            ("F105", "tanggal: 2026-11-20, peserta: 9, sesi: {1: 0}"),
            ("F105", "tanggal: 2026-11-20, peserta: 0, sesi: {1: 90}"),
            ("F105", "tanggal: 2026-11-20, peserta: 9, sesi: {}"),
            ("F105", "tanggal: 2026-11-20, peserta: 9, sesi: {satu: 90}"),
            ("F103", "tanggal: 2026-11-20, sesi: {1: 90}"),
        )
    ),
    ("list indented by three", "M901", TK02, put(TK02, "    - empat kelompok", "   - empat kelompok"), False),
    *QUESTIONS,
]


def moved_minutes(data: bytes) -> bytes:
    """Five minutes of theory from the first session to the second: the module's sums stay."""
    text = data.decode()
    head, mark, tail = text.partition("### Sesi 2: ")
    row = re.compile(r"(\| T \| )(\d+)( \|\n)")
    head = row.sub(lambda m: f"{m[1]}{int(m[2]) - 2}{m[3]}", head, count=1)
    tail = row.sub(lambda m: f"{m[1]}{int(m[2]) + 2}{m[3]}", tail, count=1)
    return (head + mark + tail).encode()


@pytest.mark.parametrize(
    ("name", "code", "path", "edit", "base"), WHOLE, ids=[one[0].replace(" ", "-") for one in WHOLE]
)
def test_one_defect_in_a_file(name: str, code: str, path: str, edit: Callable[[Files], Files], base: bool) -> None:
    curriculum = state(edit(FILES))
    if base:
        # what a vanished module leaves behind in others was unlinked before, so that nothing else changed
        before = {p: data for p, data in FILES.items() if p not in edit(FILES)} | {
            **edit(FILES),
            PROGRAMME: FILES[PROGRAMME],
        }
        curriculum = replace(curriculum, base=BASE if code != "V805" else state(before), base_name="2026.1")
    found = rules.run(curriculum)
    assert {f.code for f in found} == {code}, [(f.path, f.line, f.code, f.message) for f in found]
    assert path in {f.path for f in found}
    assert code in ("H303", "H306", "H310", "X702") or len(found) == 1


def test_a_kode_that_an_edition_has_is_spoken_of_once() -> None:
    changed = state(put(TK05, "kode: TK-05", "kode: TK-50")(FILES))
    found = rules.run(replace(changed, base=BASE, base_name="2026.1"))
    assert [(f.code, f.path) for f in found] == [("V805", TK05)], found


@pytest.mark.parametrize("how", ["added", "removed", "changed"])
def test_another_image_is_a_change_that_needs_a_version(how: str) -> None:
    image = "modules/keselamatan-petugas/peta.png"
    shown = put(TK02, IN, f"{IN}![Peta posko](peta.png)\n\n")(FILES)
    one, two = {**shown, image: b"lama"}, {**shown, image: b"baru"}
    if how == "added":
        one = FILES
    elif how == "removed":
        one, two = two, FILES
    found = rules.run(replace(state(two), base=state(one), base_name="2026.1"))
    assert [(f.code, f.path) for f in found] == [("V803", TK02)], found
    assert "Gambar atau berkas di" in found[0].message


# --- Sentences and blocks -------------------------------------------------------------------------------------------

NOW = "diperiksa 2026-11-20"
SENTENCES: list[tuple[str, str]] = [
    # K603: separators as word processors write them, numbers in other groups, other ways to write an address
    ("K603", "Kirim ke 0812–3456–7890 malam ini."),
    ("K603", "Kirim ke 0812\u00a03456\u00a07890 malam ini."),
    ("K603", "Kirim ke (0812) 345 6789 malam ini."),
    ("K603", "Kirim ke +62 812-3456-789 malam ini."),
    ("K603", "Rumahnya bernomor (021) 5551234."),
    ("K603", "Catatan 32.01.01.120390.0001 disimpan."),
    ("K603", "Catatan 3201011203900001/2024 disimpan."),
    ("K603", "Kartu keluarga 1234567890123456 disimpan."),
    ("K603", "Rumah aman di -6,208763; 106,845599 saja."),
    ("K603", "Rumah aman di -6.208763, 106.845599 saja."),
    ("K603", "Rumah aman di 6°12'31\"LS saja."),
    ("K603", "Tulis ke ratna.sari@gmail.com besok."),
    ("K603", "Tulis ke ratna.sari[at]gmail.com besok."),
    ("K603", "Tulis ke ratna.sari@rumahaman.org besok."),
    # K604: every number for itself
    ("K604", "Tekan 112."),
    ("K604", "Layanan darurat: 112."),
    ("K604", f"Hubungi 112 (sumber: BNPB, {NOW}), atau telepon 119."),
    ("K604", f"Hubungi 112 (sumber: BNPB, {NOW}) atau 119 (sumber: Kemenkes, diperiksa 2020-01-01)."),
    ("K604", "Hubungi 112 (sumber: BNPB, diperiksa 2026-02-31)."),
    ("K604", "Hubungi 129 bila perlu."),
    ("K604", "Telepon 0800-123-4567 kapan saja."),
    ("K604", "Hubungi kantor di (021) 5551234."),
    # H312: numbers in words and with thousands; other ways to say that it is this module
    ("H312", "Modul ini berlangsung empat puluh lima menit."),
    ("H312", "Modul ini berlangsung 1.225 menit."),
    ("H312", "Modul ini berlangsung seratus menit."),
    ("H312", "Alokasi waktu: 8 JP."),
    ("H312", "Modul ini memerlukan 7 JPL."),
    ("H312", "Jumlah JP modul ini delapan."),
    ("H312", "Total menit modul ini: 700."),
    # S214 in any case, A505 and tables as before
    ("S214", "Lorem ipsum dolor sit amet."),
    ("S214", "LOREM IPSUM dolor."),
    ("S214", "Todo: lengkapi."),
    ("S214", "[ISI nama]"),
    # bullets as word processors paste them, and what stands between text and address of a link
    ("M907", "• satu\n• dua"),
    ("M907", "– satu\n– dua"),
    ("M907", "·\u00a0satu\n·\u00a0dua"),
    ("L406", "Lihat [pedoman] (lampiran-kartu-pegangan.md)."),
    ("L406", "Lihat [pedoman](http://[bad)."),
    ("L406", "Lihat [pedoman](https://)."),
    # one slip of a list is one finding, of the rule that can mend it
    ("M901", "1. satu\n  - dua\n  - tiga\n2. empat"),
    ("M901", "1. satu\n  - dua\n2. tiga\n  - empat"),
    ("M901", "1. satu\n\n  - dua\n\n2. tiga"),
    ("M905", "| a | b |\n|---|---|\n| c | d | e |"),
    ("M905", "| a | b |\n|---|---|\n| c |"),
    ("S204", "Catatan\n---\n\nIsi catatan."),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text"), SENTENCES, ids=[f"{code}-{n}" for n, (code, _) in enumerate(SENTENCES)])
def test_one_sentence_one_finding(code: str, text: str) -> None:
    changed = FILES[TK05].decode().replace(IN, f"{IN}{text}\n\n", 1)
    found = rules.run(state({**FILES, TK05: changed.encode()}))
    assert [f.code for f in found] == [code], [(f.line, f.code, f.message) for f in found]
    first = changed[: changed.index(IN)].count("\n") + 3
    assert first <= found[0].line <= first + text.count("\n")


def test_the_modules_are_clean_before() -> None:
    assert [f for f in rules.run(BASE) if f.code not in ("L401", "L402", "X704")] == []


@pytest.mark.parametrize("text", [
    "Ia berkata, “kami mengantri”.", "Tulis `mengantri`.", "Judulnya *Mengantri Beras*.", "Korban di baris depan.",
    "Pantri dan antrian.", "<!-- kata setop -->",
])  # fmt: skip
def test_words_of_others_are_left_alone(text: str) -> None:
    changed = FILES[TK05].decode().replace(IN, f"{IN}{text}\n\n", 1)
    found = rules.run(state({**FILES, TK05: changed.encode(), "docs/glosarium.md": GLOSSARY}))
    assert [f.message for f in found if f.code == "B101"] == [
        "“antrian” dihindari; kurikulum ini memakai “mengantre”."
    ] * ("antrian" in text)


def test_there_are_at_least_120() -> None:
    assert len(CASES) >= 120


def summary() -> str:
    """One line for the end of a run."""
    codes = {mutation.code for _, mutation in CASES} | {one[1] for one in WHOLE} | {code for code, _ in SENTENCES}
    rest = sorted(set(rules.registry()) - codes)
    total = len(CASES) + len(WHOLE) + len(SENTENCES)
    return f"{total} mutasi, {len(codes)} dari {len(rules.registry())} kode; halaman aturan menguji sisanya: {', '.join(rest)}"
