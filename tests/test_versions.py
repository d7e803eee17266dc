"""Rules that hold a curriculum against the newest edition: V803 to V806, V808, V809 and H311, and the examples on their pages."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from editions import FOLDER, INDEX, edited, files, read
from sigap import rules
from sigap.model import Curriculum, Finding
from test_changes import BASE, EDITS, ORIGINAL

CODES = ("V803", "V804", "V805", "V806", "V808", "V809", "H311")
PAGES = Path(__file__).parents[1] / "docs" / "kontribusi" / "aturan"
REWRITTEN = re.sub(
    r"(?s)(?<=\n## Uraian materi\n).*(?=\n## Rangkuman)",
    "\n" + "".join(f"### Materi pokok {n}: {t}\n\nBaru sama sekali.\n\n" for n, t in (
        (1, "Persiapan, batas peran, dan Amati"),
        (2, "Dengarkan dengan aktif"),
        (3, "Hubungkan ke layanan dan orang terdekat"),
    )),
    ORIGINAL,
)  # fmt: skip
"""The module with its body written anew and its minutes as they were."""


def against(texts: dict[str, str], base: Curriculum = BASE) -> list[Finding]:
    """Findings of the base rules for these files."""
    curriculum = replace(read(texts), base=base, base_name="2026.1")
    return rules.run(curriculum, select=set(CODES))


def codes(texts: dict[str, str], base: Curriculum = BASE) -> list[str]:
    return [finding.code for finding in against(texts, base)]


def raised(version: str, *edits: tuple[str, str]) -> dict[str, str]:
    return edited(("versi: 1.0.0", f"versi: {version}"), *edits)


def test_without_a_base_they_are_silent() -> None:
    assert rules.run(read(edited(*EDITS["theory"][0])), select=set(CODES)) == []


def test_nothing_changed_nothing_found() -> None:
    assert codes(files()) == []


def test_one_word_asks_for_a_patch_and_hours_for_a_major() -> None:
    word, hours = EDITS["one word"][0], EDITS["theory"][0]
    (finding,) = against(edited(*word))
    assert (finding.code, finding.path, finding.line) == ("V803", INDEX, 5)
    assert "Teks diubah, Uraian materi › Materi pokok 2: Dengarkan dengan aktif" in finding.message
    assert "`versi: 1.0.1`" in finding.hint
    assert codes(raised("1.0.1", *word)) == []
    (finding,) = against(raised("1.1.0", *hours))
    assert "JP berubah, JP teori: 2 JP → 3 JP" in finding.message
    assert "naik kecil, dari 1.0.0 ke 1.1.0" in finding.message
    assert "`versi: 2.0.0`" in finding.hint
    assert codes(raised("2.0.0", *hours)) == []


def test_the_changes_that_need_most_are_named_first() -> None:
    names = ("one word", "summary", "emphasis", "theory", "threshold")
    (finding,) = against(edited(*(pair for name in names for pair in EDITS[name][0])))
    assert "Yang berubah: JP berubah, JP teori: 2 JP → 3 JP; Batas lulus diubah" in finding.message
    assert finding.message.endswith("dan 2 perubahan lain.")


@pytest.mark.parametrize("name", ["status", "reviewer", "review date", "redirect"])
def test_review_and_state_need_no_version(name: str) -> None:
    assert codes(edited(*EDITS[name][0])) == []


def test_a_new_module_needs_no_rise() -> None:
    more = {**files(), "modules/baru/index.md": ORIGINAL.replace("kode: TK-05", "kode: TK-09")}
    assert codes(more) == []


def test_a_version_that_fell_is_one_finding() -> None:
    (finding,) = against(raised("0.9.0", *EDITS["theory"][0]))
    assert (finding.code, finding.line) == ("V804", 5)
    assert "`versi: 2.0.0`" in finding.hint


def test_an_unreadable_version_is_left_to_others() -> None:
    assert codes(raised("satu", *EDITS["theory"][0])) == []


def test_a_vanished_module() -> None:
    without = {path: text for path, text in files().items() if not path.startswith(FOLDER)}
    (finding,) = against(without)
    assert (finding.code, finding.path, finding.line) == ("V805", "modules/kurikulum.yml", 1)
    assert "TK-05" in finding.message
    withdrawn = read(edited(("status: tinjauan", "status: dicabut")))
    assert codes(without, withdrawn) == []


def test_a_changed_kode() -> None:
    (finding,) = against(edited(("kode: TK-05", "kode: TK-55")))
    assert (finding.code, finding.path, finding.line) == ("V805", INDEX, 2)


def test_a_module_whose_front_matter_broke_has_not_vanished() -> None:
    assert codes(edited(("kode: TK-05", "kode: [TK-05"))) == []


def test_a_renamed_folder_needs_its_old_address_and_a_patch() -> None:
    def moved(text: str) -> dict[str, str]:
        texts = {path.replace("dukungan-psikologis-awal", "dpa"): t for path, t in files().items()}
        return {**texts, "modules/dpa/index.md": text}

    known = ORIGINAL.replace("penelaah: []\n", "penelaah: []\nalamat_lama: [dukungan-psikologis-awal]\n")
    assert codes(moved(ORIGINAL)) == ["V806", "V803"]
    assert codes(moved(known)) == ["V803"]
    assert codes(moved(known.replace("versi: 1.0.0", "versi: 1.0.1"))) == []


def test_an_old_address_is_kept_for_good() -> None:
    base = read(edited(("penelaah: []\n", "penelaah: []\nalamat_lama: [dpa]\n")))
    (finding,) = against(files(), base)
    assert (finding.code, finding.line) == ("V806", 2)
    assert "alamat_lama: [dpa]" in finding.hint


def test_a_vanished_programme_page() -> None:
    path = "docs/program/bekal.md"
    without = {p: t for p, t in files().items() if p != path}
    renamed = {**without, "docs/program/bekal-krisis.md": files()[path]}
    assert [(f.code, f.path) for f in against(without)] == [("V806", "docs/program/index.md")]
    assert [(f.code, f.path, f.line) for f in against(renamed)] == [("V806", "docs/program/bekal-krisis.md", 4)]


def test_a_rewritten_body_asks_for_new_minutes() -> None:
    texts = {**files(), INDEX: REWRITTEN.replace("versi: 1.0.0", "versi: 1.0.1")}
    (finding,) = against(texts)
    assert (finding.code, finding.severity.value) == ("H311", "warning")
    assert texts[INDEX].splitlines()[finding.line - 1] == "## Langkah pembelajaran"
    touched = texts[INDEX].replace("| Studi kasus singkat | 3 | T | 5 |", "| Studi kasus singkat | 3 | T | 10 |")
    assert "H311" not in codes({**texts, INDEX: touched})
    patient = files()["modules/kurikulum.yml"].replace("  nilai: 30", "  nilai: 99")
    assert codes({**texts, "modules/kurikulum.yml": patient}) == []


def test_an_edition_that_stands_already_is_left_alone() -> None:
    texts = {
        **files(),
        "docs/edisi/2026.2.md": '---\nedisi:\n  nama: "2026.2"\n  tanggal: 2026-11-01\n---\n\n# Edisi\n',
    }
    assert codes(texts) == ["V809"]
    assert codes(texts, read(texts)) == []


# --- The pages of the rules -----------------------------------------------------------------------------------------


def example(code: str, title: str) -> str:
    """The fenced example under a heading of a rule's page."""
    text = (PAGES / f"{code}.md").read_text("utf-8")
    match = re.search(rf"## {title}\n.*?```\w+\n(.*?)\n```", text, re.DOTALL)
    assert match
    return match[1]


def applied(fence: str) -> dict[str, str]:
    """The module with the front matter (and the place) of an example, or with its heading; or an edition beside it."""
    if fence.startswith("edisi:"):
        return {**files(), "docs/edisi/2026.2.md": f"---\n{fence}\n---\n\n# Edisi 2026.2\n"}
    folder, text = FOLDER, REWRITTEN if "## Langkah" in fence else ORIGINAL
    if "## Langkah" in fence:
        text = text.replace("## Langkah pembelajaran", fence).replace("versi: 1.0.0", "versi: 1.0.1")
    for line in fence.splitlines() if "## Langkah" not in fence else ():
        key = line.partition(":")[0]
        if line.startswith("# "):
            folder, text = line[2:].removesuffix("/index.md"), text.replace("versi: 1.0.0", "versi: 1.0.1")
        elif re.search(rf"(?m)^{key}:", text):
            text = re.sub(rf"(?m)^{key}:.*$", line, text)
        else:
            text = text.replace("penelaah: []\n", f"penelaah: []\n{line}\n")
    rest = {path.replace(FOLDER, folder): t for path, t in files().items()}
    return {**rest, f"{folder}/index.md": text}


@pytest.mark.parametrize("code", CODES)
def test_the_pages_say_what_the_rules_do(code: str) -> None:
    page = (PAGES / f"{code}.md").read_text("utf-8")
    assert page.startswith(f"# {code}: {rules.registry()[code].title}\n")
    assert re.findall(r"(?m)^## (.+)$", re.sub(r"(?s)```.*?```", "", page)) == [
        "Mengapa",
        "Contoh salah",
        "Contoh benar",
        "Perbaikan",
    ]
    assert codes(applied(example(code, "Contoh salah"))) == [code]
    assert codes(applied(example(code, "Contoh benar"))) == []


STATUSES = ("draf", "tinjauan", "disahkan", "dicabut")


@pytest.mark.parametrize("old", STATUSES)
@pytest.mark.parametrize("new", STATUSES)
@pytest.mark.parametrize("risen", [False, True])
def test_status_moves_one_step_or_to_withdrawn(old: str, new: str, risen: bool) -> None:
    before = edited(("status: tinjauan", f"status: {old}"))
    after = edited(
        ("status: tinjauan", f"status: {new}"), ("versi: 1.0.0", "versi: 2.0.0" if risen else "versi: 1.0.0")
    )
    found = [f for f in against(after, read(before)) if f.code == "V808"]
    forward = STATUSES.index(new) - STATUSES.index(old) in (0, 1)
    allowed = forward or new == "dicabut" or (risen and (old, new) == ("disahkan", "tinjauan"))
    assert bool(found) != allowed
    for finding in found:
        assert (finding.path, finding.line) == (INDEX, before[INDEX][: before[INDEX].index("status:")].count("\n") + 1)
