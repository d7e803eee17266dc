"""Packs to print: every word of a module is in one of them, tagged, small and the same each time; nothing is dropped."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from editions import Memory
from repos import CONTOH
from sigap import paper, site, timetable
from sigap.errors import Trouble
from sigap.handout import BLANK
from sigap.items import bank_of
from sigap.load import load
from sigap.model import Curriculum
from sigap.paper.packs import BOOK, CUT, LARGE, SHEETS, Pack, programme_code
from sigap.paper.squeeze import unpacked
from sigap.tree import Folder
from sigap.vocabulary import VARIANTS
from sigap.words import words_of
from test_rules_pages import SAMPLE

ROOT = Path(__file__).parents[1]
needs_poppler = pytest.mark.usefixtures("poppler")
FOLDER = "modules/mendengar-aktif"
SHEET, CARDS = f"{FOLDER}/lampiran-daftar-amati.md", f"{FOLDER}/lampiran-kartu-peran.md"


@cache
def real() -> Curriculum:
    return load(Folder.open(ROOT))


@cache
def packs(kode: str) -> dict[str, Pack]:
    module = real().by_kode[kode]
    return {pack.title: pack for pack in paper.module_packs(module, real(), ROOT, address="https://sigap.example/cek/")}


def sample(**files: str) -> dict[str, Pack]:
    """The packs of the small curriculum's first module, with files replaced."""
    curriculum = load(Memory({**SAMPLE, **{path: text.encode() for path, text in files.items()}}), date(2026, 11, 30))
    return {pack.title: pack for pack in paper.module_packs(curriculum.by_kode["TK-01"], curriculum, CONTOH)}


def run(tool: str, pack: Pack, folder: Path, *options: str) -> str:
    path = folder / f"{pack.name}.pdf"
    path.write_bytes(pack.data)
    arguments = [tool, *options, str(path), *(["-"] if tool == "pdftotext" else [])]
    return subprocess.run(arguments, capture_output=True, text=True, check=True).stdout


def letters(text: str) -> str:
    """A text without what setting may change: white space, ligatures, soft hyphens."""
    return re.sub(r"[\s\u00ad]+", "", unicodedata.normalize("NFKC", text))


def stands(word: str, whole: str) -> bool:
    """Whether a word is in the letters of a text; at the end of a line poppler drops a hyphen, whoever wrote it."""
    return letters(word) in whole or letters(word).replace("-", "") in whole


KODES = ("TK-02", "TK-05", "TK-09", "TK-10")


@needs_poppler
@pytest.mark.parametrize("kode", KODES)
def test_every_word_of_a_module_is_in_its_packs(kode: str, tmp_path: Path) -> None:
    """Words, not only letters: what stands in the sources at least as often as there."""
    text = "\n".join(run("pdftotext", pack, tmp_path) for title, pack in packs(kode).items() if title != LARGE)
    whole = letters(text)
    printed = Counter(words_of(unicodedata.normalize("NFKC", text)))
    missing = []
    for document in real().by_kode[kode].documents:
        pictures = {link.text for link in document.links if link.image}  # their words are alternative texts
        for block in document.blocks:
            if block.text.strip() in pictures:
                continue
            own = BLANK.sub(" ", "" if block.kind in ("html", "rule") else block.text)
            for word in words_of(own.replace("☐", " ")):
                if word.strip("_") and not printed[word] and not stands(word, whole):
                    missing.append((document.path, block.kind, word))
            if block.kind in ("paragraph", "cell") and not BLANK.search(block.text) and "/" not in block.text:
                short = letters(block.text)[:60]
                if (
                    block.kind == "paragraph"
                    and short not in whole
                    and not document.data[block.start : block.end].count(b"](")
                ):
                    missing.append((document.path, block.kind, block.text[:60]))
    assert missing == []


@needs_poppler
@pytest.mark.parametrize("kode", KODES)
def test_a_pack_says_on_every_page_what_it_is_a_copy_of(kode: str, tmp_path: Path) -> None:
    module = real().by_kode[kode]
    for title, pack in packs(kode).items():
        info = run("pdfinfo", pack, tmp_path)
        assert re.search(r"^Tagged: +yes$", info, re.MULTILINE)
        assert re.search(r"^Page size: .*A4", info, re.MULTILINE)
        assert f"Title:           {title}: {kode} {module.title}" in info
        assert f"Pages:           {pack.pages}\n" in info
        assert "Creation" not in info
        assert b"pdfuaid:part" in pack.data or b"pdfuaid" in unpacked(pack.data)
        pages = run("pdftotext", pack, tmp_path, "-layout").split("\f")[:-1]
        assert len(pages) == pack.pages
        for number, page in enumerate(pages, 1):
            assert f"versi {module.version}" in page
            assert f"Halaman {number} dari {pack.pages}" in page
            assert pack.code in page
            assert "Contoh, bukan modul resmi Kemensos." in page


@pytest.mark.parametrize("kode", KODES)
def test_packs_are_small_and_carry_their_fonts(kode: str) -> None:
    """5 kB a page of a book and what fonts and tags take: the symbol on every page stands in the file once."""
    book, *others = packs(kode).values()
    assert len(book.data) <= 40_000 + 5_000 * book.pages
    assert all(len(pack.data) <= 40_000 + 3_000 * pack.pages for pack in others)


def test_the_same_content_gives_the_same_bytes() -> None:
    assert {title: pack.data for title, pack in sample().items()} == {t: p.data for t, p in sample().items()}
    changed = sample(**{SHEET: SAMPLE[SHEET].decode() + "\nSatu kata.\n"})
    assert changed[SHEETS].code != sample()[SHEETS].code


@needs_poppler
def test_keys_lie_with_the_facilitator_and_cards_by_themselves(tmp_path: Path) -> None:
    found = {title: run("pdftotext", pack, tmp_path) for title, pack in sample().items()}
    assert list(found) == [BOOK, SHEETS, LARGE, CUT]
    assert "Boleh saya duduk di sini?" in found[BOOK]
    assert "Boleh saya duduk di sini?" not in found[SHEETS] + found[CUT]
    assert "Tidak memotong" in found[SHEETS]


def test_cards_ask_for_one_side(tmp_path: Path) -> None:
    for title, pack in sample().items():
        assert (b"/Duplex/Simplex" in unpacked(pack.data)) is (title == CUT)


@needs_poppler
def test_questions_are_handed_out_without_their_key(tmp_path: Path) -> None:
    """Not one reason, no ticked box and no letter of an answer is in the participants' sheets; all of it is in the book."""
    curriculum = load(Memory(SAMPLE), date(2026, 11, 30))
    banks = [bank for document in curriculum.by_kode["TK-01"].handouts if (bank := bank_of(document))]
    shown = {title: run("pdftotext", pack, tmp_path) for title, pack in sample().items()}
    for bank in banks:
        for item in bank.items:
            for option in item.options:
                why = "".join(bank.document.data[slice(*span)].decode() for span in option.reasons)
                assert letters(option.text) in letters(shown[SHEETS])
                assert letters(why) in letters(shown[BOOK])
                for title in (SHEETS, LARGE, CUT):
                    assert letters(why) not in letters(shown[title])
    for title in (SHEETS, LARGE, CUT):
        assert not re.search(r"☑|[Jj]awaban [a-d]|Kunci|[Bb]elum tepat|Tepat\.", shown[title])
    assert "Soal 1: jawaban b" in shown[BOOK]
    assert re.search(r"☐\s+a\.\s+Berdiri di depannya", shown[SHEETS])


@needs_poppler
def test_roles_never_share_a_page(tmp_path: Path) -> None:
    pages = run("pdftotext", sample()[CUT], tmp_path).split("\f")
    held = [{role for role in ("Penutur putaran", "Pendengar putaran") if role in page} for page in pages]
    assert max(map(len, held)) == 1
    assert {"Penutur putaran"} in held
    assert {"Pendengar putaran"} in held
    mixed = SAMPLE[CARDS].decode().replace("Pendengar]}", "Pendengar], campur: true}")
    pages = run("pdftotext", sample(**{CARDS: mixed})[CUT], tmp_path).split("\f")
    assert any("Penutur putaran 1" in page and "Pendengar putaran 2" in page for page in pages)


CUT_BY_ROLE = {
    "TK-08": ("Keadaan untuk petugas", "Bila ditanya sanggup", "Tersendiri, bila ditanya"),
    "TK-09": ("Petunjuk petugas putaran", "Baris penyintas putaran"),
    "TK-13": ("Peran petugas: Anda", "Peran supervisor: Anda"),
}


@needs_poppler
@pytest.mark.parametrize("kode", CUT_BY_ROLE)
def test_scripts_are_cut_by_role_too(kode: str, tmp_path: Path) -> None:
    """Each role stands somewhere, the rounds in order, and no page shows two roles."""
    pages = run("pdftotext", packs(kode)[CUT], tmp_path).split("\f")
    held = [[role for role in CUT_BY_ROLE[kode] if role in page] for page in pages]
    assert max(map(len, held)) == 1
    assert {role for roles in held for role in roles} == set(CUT_BY_ROLE[kode])


@needs_poppler
def test_the_one_page_report_is_one_page(tmp_path: Path) -> None:
    pages = run("pdftotext", packs("TK-03")[SHEETS], tmp_path).split("\f")
    assert len([page for page in pages if "Templat laporan satu halaman" in page and "Kabar balik" in page]) == 1


@pytest.mark.parametrize(("text", "named"), [
    ("![Peta](peta.bmp)", "peta.bmp"),
    ("![Peta](https://contoh.example/peta.png)", "https://contoh.example/peta.png"),
    ("![Peta](peta.png)", "peta.png"),
    ("<center>a</center>", "<center>"),
    ("Lihat <u>ini</u>.", "<u>"),
])  # fmt: skip
def test_what_cannot_be_set_is_refused_by_name(text: str, named: str) -> None:
    with pytest.raises(Trouble, match=re.escape(named)):
        sample(**{SHEET: SAMPLE[SHEET].decode() + f"\n{text}\n"})


@needs_poppler
@pytest.mark.parametrize("text", [
    '#panic("x") $x$ @x < x > [x] {x} \\ " * _ ` ~ // /* = - + / x', "#import \"x\"", "- satu\n    1. dua\n        - tiga",
    "> [!WARNING]\n> Awas.\n>\n> - satu", "`kode #x`", "```\n#x \"y\"\n```", "~~lama~~ **te*b*al**", "satu[^a] dua[^a]\n\n[^a]: Catatan.",
    "- [ ] belum\n- [x] sudah", "[Pedoman](https://contoh.example/a?b=c#d)", "1. satu\n2. dua", "satu\\\ndua",
])  # fmt: skip
def test_every_kind_of_markdown_is_set_as_text(text: str, tmp_path: Path) -> None:
    pack = sample(**{SHEET: SAMPLE[SHEET].decode() + f"\n{text}\n"})[SHEETS]
    shown = run("pdftotext", pack, tmp_path)
    plain = re.sub(r"\[\^a\]:?|\[!WARNING\]|\[[ x]\](?= )", "", text) if "[" in text else text
    for word in words_of(plain.replace("https://", "")):
        assert word.strip("_") in letters(shown) or word in shown, word


@needs_poppler
def test_blanks_have_room_for_a_hand(tmp_path: Path) -> None:
    """A cell that is only a blank is at least 9 mm high; three lines asked for are three lines."""
    pack = sample()[SHEETS]
    box = run("pdftotext", pack, tmp_path, "-bbox").split("<page")[2]
    top = {m[2]: float(m[1]) for m in re.finditer(r'yMin="([\d.]+)"[^>]*>(meminta|Tidak|Catatan:)<', box)}
    assert top["Tidak"] - top["meminta"] >= 9 * 72 / 25.4
    assert "_" not in run("pdftotext", pack, tmp_path)


@needs_poppler
def test_a_programme_has_its_booklet(tmp_path: Path) -> None:
    for programme in real().programmes[:1]:
        pack = paper.programme_pack(programme, real(), ROOT)
        shown = run("pdftotext", pack, tmp_path)
        for module in real().modules_of(programme):
            assert module.kode in shown
            assert letters(module.summary)[:60] in letters(shown)
        assert "Hari 1" in shown


def test_another_timetable_has_another_code() -> None:
    curriculum = load(Memory(SAMPLE), date(2026, 11, 30))
    wider = replace(curriculum, policy=replace(curriculum.policy, session_gap=10))
    bare, before = (replace(c, policy=replace(c.policy, frame=())) for c in (curriculum, wider))
    (programme,) = curriculum.programmes
    assert programme_code(programme, curriculum) != programme_code(programme, wider)
    assert programme_code(programme, bare) == programme_code(programme, before)


@needs_poppler
def test_a_timetable_can_hang_on_a_wall(tmp_path: Path) -> None:
    """Each day whole on one page with room for its date, other days on pages of their own, and no wide word cut."""
    for programme in real().programmes:
        pages = run("pdftotext", paper.programme_pack(programme, real(), ROOT), tmp_path, "-layout").split("\f")
        days = list(timetable.days(programme, real()))
        for number, slots in enumerate(days, 1):
            (page,) = [page for page in pages if re.search(rf"(?m)^\s*Hari {number}$", page)]
            own = re.split(rf"(?m)^\s*Hari {number}$", page)[1]
            assert own.lstrip().startswith("Tanggal:")
            for slot in slots:
                assert f"{timetable.clock(slot.start)}–{timetable.clock(slot.end)}" in own, (programme.kode, number)
        for variant in programme.variants:
            name = VARIANTS[variant.name].capitalize()
            (page,) = [page for page in pages if re.search(rf"(?m)^\s*{name}$", page)]
            assert not re.search(r"(?m)^\s*Hari \d$", page)
            assert f"{name}, hari 1" in page


@needs_poppler
def test_the_columns_of_the_rbpmp_table_hold_their_words(tmp_path: Path) -> None:
    for module in real().modules:
        shown = run("pdftotext", packs(module.kode)[BOOK], tmp_path, "-layout")
        assert re.search(r"Media\s+Waktu\s+Referensi\s+Evaluasi", shown), module.kode


def test_codes_are_six_characters_that_cannot_be_mistaken() -> None:
    module = real().by_kode["TK-05"]
    code = paper.short_code(paper.state_digest(module.documents))
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{6}", code)
    moved = [replace(d, path=d.path.replace("/dukungan-psikologis-awal/", "/lain/")) for d in module.documents]
    assert paper.short_code(paper.state_digest(moved)) == code


def test_a_pack_that_is_there_is_not_made_again() -> None:
    curriculum = load(Memory(SAMPLE), date(2026, 11, 30))
    made = dict(paper.pack_files(curriculum, CONTOH))
    assert [path.rsplit("-", 2)[0] for path in made if "TK-01" in path] == [
        f"berkas/TK-01-{name}" for name in ("fasilitator", "lembar", "lembar-huruf-besar", "kartu")
    ]
    assert all(data and data.startswith(b"%PDF") for data in made.values())
    again = dict(paper.pack_files(curriculum, CONTOH, frozenset(made)))
    assert again == dict.fromkeys(made)
    changed = load(Memory({**SAMPLE, SHEET: SAMPLE[SHEET] + b"\nKata.\n"}), date(2026, 11, 30))
    new = {path for path, data in paper.pack_files(changed, CONTOH, frozenset(made)) if data}
    assert len(new) == 4
    assert all("TK-01" in path for path in new)


def test_a_card_is_named_by_what_it_shows_and_holds_any_text() -> None:
    module = real().by_kode["TK-05"]
    long = replace(module, title="Kata panjang " * 60, summary='"#]$ ' * 400)
    made = dict(paper.card_files([module, long]))
    assert len(made) == 2
    for data in made.values():
        assert data is not None
        assert site.picture_size(data) == paper.CARD_SIZE
        assert len(data) < 200_000
    assert dict(paper.card_files([module])) == {
        path: data for path, data in made.items() if path == paper.card_place(module)
    }
    assert list(paper.card_files([module], frozenset(made))) == [(paper.card_place(module), None)]


def test_the_same_module_among_others_is_another_file() -> None:
    """Its book names what it asks for; whichever edition is published first, a name always means the same bytes."""
    one = dict(paper.pack_files(load(Memory(SAMPLE), date(2026, 11, 30)), CONTOH))
    index = f"{FOLDER}/index.md"
    other = {
        **SAMPLE,
        "docs/program/dasar.md": SAMPLE["docs/program/dasar.md"].replace(b"# Program Dasar", b"# Program Awal"),
        "modules/kurikulum.yml": SAMPLE["modules/kurikulum.yml"] + b"\n# catatan\n",
    }
    two = dict(paper.pack_files(load(Memory(other), date(2026, 11, 30)), CONTOH))
    assert other[index] == SAMPLE[index]
    assert all(data == two[path] for path, data in one.items() if path in two)
    assert not any(path in two for path in one if "fasilitator" in path)
