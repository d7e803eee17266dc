"""Typed changes: what each edit of a real module is called, and the laws that hold for all of them."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from editions import FOLDER, GOLDEN, INDEX, edited, files, read
from hypothesis import given, settings
from hypothesis import strategies as st
from sigap import export
from sigap.compare.bumps import KINDS, STATUS_LABELS, Bump, Status, declared, least
from sigap.compare.change import contrast
from sigap.compare.changes import changes, data
from sigap.compare.pairing import pair, rising
from sigap.compare.parts import Leaf, changed_words
from sigap.comparison import report as compare_report
from sigap.model import Curriculum
from sigap.words import Words

PAGE = Path(__file__).parents[1] / "docs" / "panduan" / "jenis-perubahan.md"
CARD = f"{FOLDER}/lampiran-kartu-rujukan.md"
CALL = f"{FOLDER}/lampiran-panggilan-telepon.md"

IHB_1 = "1. mengidentifikasi bahaya, kebutuhan mendesak, dan tanda tekanan berat dari sebuah adegan krisis (Amati)\n"
IHB_2 = "2. mempraktikkan mendengar aktif dalam percakapan singkat tanpa memaksa penyintas bercerita (Dengarkan)\n"
IHB_3 = "3. menghubungkan penyintas ke layanan dan orang terdekat lewat rujukan yang ia setujui (Hubungkan)\n"
WHO_2013 = (
    "- [WHO 2013] World Health Organization, War Trauma Foundation, dan World Vision International. (2013). "
    "*Psychological First Aid: Facilitator's Manual for Orienting Field Workers*. Jenewa: WHO. ISBN 9789241548618.\n"
)
ROW_1 = "| Studi kasus singkat | 3 | T | 5 |\n"
EVALUATION_3 = (
    "| 3 | Kartu Rujukan dan serah terima lisan | [Peta Layanan dan Kartu Rujukan](lampiran-kartu-rujukan.md) "
    "| Sedikitnya 7 dari 10; aspek persetujuan bernilai 2 dan aspek data seperlunya sedikitnya 1 |\n"
)
EXERCISE = (
    "pembagian:\n  kelas: {minimum: 12, maksimum: 30}\n  latihan:\n"
    "    - {sesi: 2, metode: Bermain peran trio, peran: [penolong, penyintas, pengamat], dinilai: [penolong], putaran: 3, menit: 15}\n"
)
ORIGINAL = files()[INDEX]


def between(start: str, end: str) -> str:
    """The text of the module from one place up to another."""
    at = ORIGINAL.index(start)
    return ORIGINAL[at : ORIGINAL.index(end, at)]


SESSION_1 = between("### Sesi 1:", "### Sesi 2:")
SESSION_2 = between("### Sesi 2:", "### Sesi 3:")
SESSION_3 = between("### Sesi 3:", "## Uraian materi")
TABLE_ROWS_1 = [line + "\n" for line in SESSION_1.splitlines() if line.startswith("| ")][1:]
ASSIGNMENT_2 = between("### Penugasan 2:", "### Penugasan 3:")
ASSIGNMENT_1 = between("### Penugasan 1:", "### Penugasan 2:")
FIRST_AID = between("#### Kesalahan saat mengamati", "### Materi pokok 2: Dengarkan dengan aktif")
NEW_SESSION = """### Sesi 4: Latihan Lapangan

| Tahap | Kegiatan fasilitator | Kegiatan peserta | Metode | IHB | Bentuk | Menit |
|---|---|---|---|---|---|---|
| Inti | Mengantar ke posko | Menyapa petugas posko | Kunjungan | 3 | PL | 45 |

#### Panduan fasilitator

Berangkat berdua.

"""

EDITS: dict[str, tuple[list[tuple[str, str]], str]] = {
    # front matter
    "title": ([("judul: Dukungan Psikologis Awal", "judul: Dukungan Awal")], "title-changed"),
    "summary": ([("secara aman dan hormat lewat Amati", "dengan aman lewat Amati")], "summary-changed"),
    "group": ([("kelompok: inti", "kelompok: dasar")], "group-changed"),
    "status": ([("status: tinjauan", "status: disahkan")], "status-changed"),
    "withdrawn": ([("status: tinjauan", "status: dicabut")], "module-withdrawn"),
    "audience in": ([("sasaran: [pekerja-sosial, penyuluh-sosial]", "sasaran: [penyuluh-sosial]")], "audience-removed"),
    "prerequisite in": ([("prasyarat: [TK-02]", "prasyarat: [TK-02, TK-01]")], "prerequisite-added"),
    "prerequisite out": ([("prasyarat: [TK-02]", "prasyarat: []")], "prerequisite-removed"),
    "theory": ([("{teori: 2,", "{teori: 3,")], "hours-changed"),
    "fieldwork": ([("lapangan: 0}", "lapangan: 2}")], "hours-changed"),
    "authors": ([("penyusun: [Tim Kurikulum]", "penyusun: [Tim Kurikulum, Tim Ahli]")], "authors-changed"),
    "reviewer": (
        [("penelaah: []", "penelaah: [{unsur: praktisi, nama: Tim A, tanggal: 2026-11-25}]")],
        "reviewer-added",
    ),
    "trial": (
        [("penelaah: []\n", "penelaah: []\nuji_coba: [{tanggal: 2026-11-20, peserta: 9, sesi: {1: 95}}]\n")],
        "trial-added",
    ),
    "review date": ([("tinjau_ulang: 2027-05-31", "tinjau_ulang: 2027-06-30")], "review-date-changed"),
    "redirect": ([("penelaah: []\n", "penelaah: []\nalamat_lama: [dpa]\n")], "redirects-changed"),
    "exercise as data": ([("penelaah: []\n", f"penelaah: []\n{EXERCISE}")], "grouping-told"),
    # indicators and topics
    "indicator reworded": ([("sebuah adegan krisis (Amati)", "adegan bencana (Amati)")], "indicator-reworded"),
    "indicator added": ([(IHB_3, IHB_3 + "4. merancang jadwal piket tim\n")], "indicator-added"),
    "indicator removed": ([(IHB_3, "")], "indicator-removed"),
    "topic renamed": (
        [("1. Persiapan, batas peran, dan Amati\n", "1. Persiapan dan Amati\n"),
         ("### Materi pokok 1: Persiapan, batas peran, dan Amati", "### Materi pokok 1: Persiapan dan Amati")],
        "topic-renamed",
    ),
    "subtopic": ([("    - Tiga pertanyaan Amati\n", "    - Empat pertanyaan Amati\n")], "subtopics-changed"),
    "topic added": ([("\n## Metode\n", "4. Jadwal piket tim\n    - Giliran\n\n## Metode\n")], "topic-added"),
    # sessions
    "session added": ([("## Uraian materi\n", NEW_SESSION + "## Uraian materi\n")], "session-added"),
    "session removed": ([(SESSION_3, "")], "session-removed"),
    "session moved": (
        [(SESSION_1 + SESSION_2 + SESSION_3,
          SESSION_3.replace("Sesi 3:", "Sesi 1:") + SESSION_1.replace("Sesi 1:", "Sesi 2:")
          + SESSION_2.replace("Sesi 2:", "Sesi 3:"))],
        "session-moved",
    ),
    "session renamed": ([("### Sesi 2: Dengarkan\n", "### Sesi 2: Mendengarkan dengan Aktif\n")], "session-renamed"),
    "session renumbered": ([("### Sesi 2: Dengarkan\n", "### Sesi 9: Dengarkan\n")], "section-renamed"),
    "session retimed": ([(ROW_1, "| Studi kasus singkat | 3 | T | 15 |\n")], "session-retimed"),
    "session's mode": ([(ROW_1, "| Studi kasus singkat | 3 | P | 5 |\n")], "session-retimed"),
    "minutes moved": (
        [(ROW_1, "| Studi kasus singkat | 3 | T | 10 |\n"),
         ("Ceramah singkat | 2, 3 | T | 5 |", "Ceramah singkat | 2, 3 | T | 0 |".replace("| 0 |", "| 5 |")),
         ("| Ceramah interaktif | 3 | T | 15 |", "| Ceramah interaktif | 3 | T | 10 |")],
        "activity-retimed",
    ),
    "activities swapped": (
        [(TABLE_ROWS_1[1] + TABLE_ROWS_1[2], TABLE_ROWS_1[2] + TABLE_ROWS_1[1])],
        "activity-moved",
    ),
    "activity reworded": ([("Menyimak, mengusulkan satu tambahan", "Menyimak, mengusulkan tambahan")],
                          "activity-reworded"),
    "activity's stage": ([("| Penutup | Menegaskan batas peran", "| Inti | Menegaskan batas peran")],
                         "activity-reworded"),
    "method": ([("| Curah pendapat | 1 |", "| Diskusi | 1 |")], "method-changed"),
    "activity's indicators": ([("| Curah pendapat | 1 |", "| Curah pendapat | 1, 2 |")], "activity-indicators-changed"),
    # assessment and references
    "threshold": ([("Sedikitnya 9 dari 12 butir", "Sedikitnya 10 dari 12 butir")], "threshold-changed"),
    "form": ([("| 2 | Pengamatan percakapan trio |", "| 2 | Pengamatan percakapan |")], "assessment-changed"),
    "assessed indicators": ([("| 2 | Pengamatan percakapan trio |", "| 1, 2 | Pengamatan percakapan trio |")],
                            "assessment-changed"),
    "assessment added": ([(EVALUATION_3, EVALUATION_3 + "| 3 | Tes tulis | Soal | 8 dari 10 |\n")], "assessment-added"),
    "assessment removed": ([(EVALUATION_3, "")], "assessment-removed"),
    "reference changed": ([("Jenewa: WHO. ISBN 9789241548618.", "Jenewa: WHO.")], "reference-changed"),
    "reference removed": ([(WHO_2013, "")], "reference-removed"),
    "reference added": ([(WHO_2013, WHO_2013 + "- [S 2018] Sphere. (2018). *Buku*.\n")], "reference-added"),
    # texts
    "one word": ([("Diam adalah bagian dari menyimak.", "Diam adalah unsur dari menyimak.")], "section-text"),
    "a subsection": ([(FIRST_AID, "")], "section-text"),
    "a heading": ([("#### Kesalahan saat mengamati", "#### Kekeliruan saat mengamati")], "section-text"),
    "guide": ([("Jangan menambah materi.", "Jangan menambah bahan.")], "section-text"),
    "note": ([("pilih rancangan satu hari itu.", "pilih rancangan sehari itu.")], "section-text"),
    "table in prose": ([("| Mengambil keputusan untuk penyintas |", "| Memutuskan untuk penyintas |")], "section-text"),
    "callout's kind": ([("> [!IMPORTANT]\n> Modul ini tidak", "> [!WARNING]\n> Modul ini tidak")], "section-markup"),
    "link": ([("Keselamatan Petugas dan Protokol Kesehatan](../keselamatan-petugas/index.md)",
               "Keselamatan Petugas dan Protokol Kesehatan](../asesmen-cepat/index.md)")], "section-markup"),
    "link in the evaluation": ([("[Lembar Pengamatan dan Rubrik](lampiran-lembar-pengamatan.md) | Sed",
                                 "[Lembar Pengamatan dan Rubrik](lampiran-kartu-peran.md) | Sed")], "section-markup"),
    "emphasis": ([("*psychological first aid*", "**psychological first aid**")], "section-markup"),
    "section removed": ([(ASSIGNMENT_2, "")], "section-removed"),
    "section renamed": ([("### Penugasan 2: Percakapan trio", "### Penugasan 2: Bertiga")], "section-renamed"),
    "section moved": (
        [(ASSIGNMENT_1 + ASSIGNMENT_2,
          ASSIGNMENT_2.replace("Penugasan 2:", "Penugasan 1:") + ASSIGNMENT_1.replace("Penugasan 1:", "Penugasan 2:"))],
        "section-moved",
    ),
    "section added": ([("\n## Evaluasi\n", "\n### Penugasan 4: Peta layanan\n\nPetakan layanan.\n\n## Evaluasi\n")],
                      "section-added"),
    "H1": ([("# Dukungan Psikologis Awal\n\n## Desk", "# Dukungan Awal\n\n## Desk")], "section-text"),
}  # fmt: skip
"""A single edit by its name: texts replaced in the module, and the one kind of change that it is."""

QUIET: dict[str, list[tuple[str, str]]] = {
    "version and history": [
        ("versi: 1.0.0", "versi: 1.0.1"),
        ("|---|---|---|---|\n| 1.0.0 |", "|---|---|---|---|\n| 1.0.1 | 2026-11-25 | Ejaan. | Laporan. |\n| 1.0.0 |"),
    ],
    "a waiver": [("## Uraian materi\n", "<!-- sigap: abaikan H306 alasan dicatat -->\n\n## Uraian materi\n")],
    "bullets indented": [
        ("    - Persiapan sebelum bertemu penyintas\n", "    -   Persiapan sebelum bertemu penyintas\n")
    ],
    "table laid out": [("| Menghormati penolakan | Meng", "|  Menghormati penolakan  |   Meng")],
    "order of audience": [("[pekerja-sosial, penyuluh-sosial]", "[penyuluh-sosial, pekerja-sosial]")],
}
"""Edits that a reader of the module's content cannot see."""

BASE = read(files())


def kinds(old: Curriculum, new: Curriculum) -> list[str]:
    (module,) = changes(old, new).modules
    return [change.kind for change in module.changes]


def content(curriculum: Curriculum) -> object:
    """The exported modules without what speaks of their state."""
    aside = ("version", "history", "status", "reviewers", "trials", "review_by", "old_addresses", "grouping")
    return [{k: v for k, v in m.items() if k not in aside} for m in export.export(curriculum)["modules"]]


def edit(name: str) -> Curriculum:
    return read(edited(*EDITS[name][0]))


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_one_change_of_its_kind(name: str) -> None:
    assert set(kinds(BASE, edit(name))) == {EDITS[name][1]}


def test_the_catalogue_is_wide() -> None:
    tried = {kind for _, kind in EDITS.values()}
    assert len(EDITS) >= 40
    module_kinds = {k for k in KINDS if not k.startswith(("programme", "policy", "module", "handout"))}
    assert module_kinds - tried <= {
        "audience-added", "reviewer-removed", "trial-removed", "topic-removed", "topic-moved", "indicator-moved",
        "activity-added", "activity-removed", "address-changed", "grouping-changed",
    }  # fmt: skip


@pytest.mark.parametrize("name", QUIET)
def test_what_no_reader_sees_is_no_change(name: str) -> None:
    new = read(edited(*QUIET[name]))
    assert kinds(BASE, new) == []
    assert content(BASE) == content(new)


@pytest.mark.parametrize("name", EDITS)
def test_a_change_needs_a_bump_exactly_when_the_exported_content_differs(name: str) -> None:
    new = edit(name)
    (module,) = changes(BASE, new).modules
    if module.new is not None and module.new.status == "dicabut":
        return  # withdrawing is a change of state that every programme feels
    assert (module.required is Bump.NONE) == (content(BASE) == content(new))


SWAPPED = {"added": "removed", "removed": "added"}


@pytest.mark.parametrize("name", EDITS)
def test_swapping_the_sides_swaps_added_and_removed(name: str) -> None:
    if name == "withdrawn":
        return  # the way back is status-changed

    def swap(kind: str) -> str:
        head, _, tail = kind.rpartition("-")
        return f"{head}-{SWAPPED[tail]}" if tail in SWAPPED else kind

    new = edit(name)
    assert Counter(map(swap, kinds(BASE, new))) == Counter(kinds(new, BASE))
    (there,), (back,) = changes(BASE, new).modules, changes(new, BASE).modules
    assert there.words == Words(back.words.deleted, back.words.inserted, back.words.moved)


INDEPENDENT = [
    "summary", "group", "theory", "indicator reworded", "subtopic", "session added", "session renamed", "threshold",
    "method", "reference changed", "one word", "guide", "emphasis", "section renamed", "authors", "activity reworded",
]  # fmt: skip


@given(st.lists(st.sampled_from(INDEPENDENT), unique=True, max_size=8))
@settings(max_examples=60, deadline=None)
def test_changes_add_up(names: list[str]) -> None:
    """Edits made together are the changes of each, and need the greatest of their bumps."""
    new = read(edited(*(pair for name in names for pair in EDITS[name][0])))
    (module,) = changes(BASE, new).modules
    assert {change.kind for change in module.changes} == {EDITS[name][1] for name in names}
    assert module.required == max((KINDS[EDITS[name][1]].bump for name in names), default=Bump.NONE)
    assert kinds(new, new) == []
    assert all(m.status is Status.UNCHANGED for m in changes(new, new).modules)


@given(st.lists(st.sampled_from(INDEPENDENT), unique=True), st.lists(st.sampled_from(INDEPENDENT), unique=True))
@settings(max_examples=30, deadline=None)
def test_no_way_round_needs_less(first: list[str], second: list[str]) -> None:
    """From a to c needs at most the greater of a to b and b to c, and nothing where they are alike."""
    two = read(edited(*(pair for name in first for pair in EDITS[name][0])))
    three = read(edited(*(pair for name in second for pair in EDITS[name][0])))
    steps = [changes(*sides).modules[0].required for sides in ((BASE, two), (two, three), (BASE, three))]
    assert steps[2] <= max(steps[:2])
    assert (steps[1] is Bump.NONE) == (content(two) == content(three))


# --- Indicators, sessions, addresses --------------------------------------------------------------------------------


def test_a_reordered_indicator_is_not_reworded() -> None:
    """Numbers in the tables follow; nothing else is told."""
    text = ORIGINAL.replace(IHB_1 + IHB_2, "1. " + IHB_2.removeprefix("2. ") + "2. " + IHB_1.removeprefix("1. "))

    def renumber(match: re.Match[str]) -> str:
        return "| " + ", ".join(sorted({"1": "2", "2": "1"}.get(n, n) for n in match[1].split(", "))) + " | "

    text = re.sub(r"\| ([123](?:, [123])*) \| (?=(?:T|P|PL) \| \d+ \|)", renumber, text)
    text = re.sub(r"(?m)^\| ([12]) \| (?=Lembar kerja|Pengamatan)", renumber, text)
    assert kinds(BASE, read({**files(), INDEX: text})) == ["indicator-moved"]


def test_a_session_that_slides_down_is_not_told() -> None:
    first = NEW_SESSION.replace("Sesi 4", "Sesi 1")
    later = (SESSION_1 + SESSION_2 + SESSION_3).replace("### Sesi 3", "### Sesi 4").replace("### Sesi 2", "### Sesi 3")
    new = read(edited((SESSION_1 + SESSION_2 + SESSION_3, first + later.replace("### Sesi 1", "### Sesi 2"))))
    assert kinds(BASE, new) == ["session-added"]


def test_a_moved_and_renamed_session_is_the_same_one() -> None:
    swapped = SESSION_2.replace("Sesi 2: Dengarkan", "Sesi 1: Mendengar") + SESSION_1.replace("Sesi 1:", "Sesi 2:")
    assert sorted(kinds(BASE, read(edited((SESSION_1 + SESSION_2, swapped))))) == ["session-moved", "session-renamed"]


def test_an_activity_that_goes_takes_its_minutes() -> None:
    new = read(edited((TABLE_ROWS_1[1], "")))
    assert sorted(kinds(BASE, new)) == ["activity-removed", "session-retimed"]
    assert sorted(kinds(new, BASE)) == ["activity-added", "session-retimed"]
    retimed = next(c for c in changes(BASE, new).modules[0].changes if c.kind == "session-retimed")
    assert (retimed.old, retimed.new) == ("90 menit (T 45, P 45)", "75 menit (T 30, P 45)")


def test_hours_are_told_by_mode() -> None:
    (module,) = changes(BASE, read(edited(("{teori: 2, penugasan: 4", "{teori: 3, penugasan: 3")))).modules
    assert [(c.where, c.old, c.new) for c in module.changes] == [
        ("JP teori", "2 JP", "3 JP"),
        ("JP penugasan", "4 JP", "3 JP"),
    ]
    place = module.changes[0].location
    assert module.required is Bump.MAJOR
    assert place
    assert ORIGINAL.splitlines()[place.line - 1].startswith("jp:")


def test_a_renamed_folder_is_one_change_and_its_neighbours_have_none() -> None:
    old = files()
    old["modules/tetangga/index.md"] = ORIGINAL.replace("kode: TK-05", "kode: TK-09").replace(
        "../keselamatan-petugas/index.md", "../dukungan-psikologis-awal/index.md"
    )
    new = {path.replace("dukungan-psikologis-awal", "dpa"): text for path, text in old.items()}
    new["modules/tetangga/index.md"] = old["modules/tetangga/index.md"].replace(
        "../dukungan-psikologis-awal/", "../dpa/"
    )
    renamed, neighbour = changes(read(old), read(new)).modules
    assert (renamed.status, [c.kind for c in renamed.changes]) == (Status.MOVED, ["address-changed"])
    assert renamed.required is Bump.PATCH
    assert neighbour.status is Status.UNCHANGED


def test_added_missing_and_withdrawn_modules() -> None:
    without = {path: text for path, text in files().items() if not path.startswith(FOLDER)}
    (added,) = changes(read(without), BASE).modules
    (missing,) = changes(BASE, read(without)).modules
    (withdrawn,) = changes(BASE, edit("withdrawn")).modules
    assert (added.status, added.required, added.versions) == (Status.ADDED, Bump.NONE, ("", "1.0.0"))
    assert (missing.status, missing.new) == (Status.MISSING, None)
    assert withdrawn.status is Status.WITHDRAWN
    assert added.words.inserted == missing.words.deleted > 5000


# --- Handouts, programmes, policy -----------------------------------------------------------------------------------


def test_handouts() -> None:
    whole = files()
    gone = {path: text for path, text in whole.items() if path != CALL}
    renamed = {path.replace("panggilan-telepon", "telepon"): text for path, text in whole.items()}
    changed = edited(("Kasus ini fiktif, begitu juga", "Kasus ini rekaan, begitu juga"), path=CARD)
    assert kinds(BASE, read(gone)) == ["handout-removed"]
    assert kinds(read(gone), BASE) == ["handout-added"]
    assert kinds(BASE, read(renamed)) == ["handout-renamed"]
    (module,) = changes(BASE, read(changed)).modules
    assert [(c.kind, c.words) for c in module.changes] == [("handout-changed", Words(1, 1, 0))]
    assert module.words == Words(1, 1, 0)


VARIANT = "{daring: {jp_per_hari: 3, mulai: '08:00'}}"
PART = "{nama: Pembukaan, menit: 30, hari: pertama, tempat: awal}"


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("[TK-02, TK-05, TK-13]", "[TK-02, TK-05]", "programme-module-removed"),
        ("[TK-02, TK-05, TK-13]", "[TK-02, TK-05, TK-13, TK-01]", "programme-module-added"),
        ("[TK-02, TK-05, TK-13]", "[TK-05, TK-13, TK-02]", "programme-module-moved"),
        ("jp: 10", "jp: 12", "programme-hours-changed"),
        ("jp_per_hari: 6", "jp_per_hari: 8", "programme-day-changed"),
        ("jp_per_hari: 6", f"jp_per_hari: 6\n  varian: {VARIANT}", "programme-day-changed"),
        ("jp_per_hari: 6", f"jp_per_hari: 6\n  kerangka: [{PART}]", "programme-day-changed"),
        ("sasaran: [pekerja-sosial]", "sasaran: [pekerja-sosial, penyuluh-sosial]", "programme-audience-added"),
        ("# Bekal Tanggap Krisis", "# Bekal Krisis", "programme-title-changed"),
        ("yang segera berangkat", "yang akan berangkat", "programme-text"),
        ("  jp: 10\n", "  jp: 10\n  memenuhi_minimum_tahunan: true\n", "programme-minimum-changed"),
    ],
)
def test_programmes(old: str, new: str, kind: str) -> None:
    (programme,) = changes(BASE, read(edited((old, new), path="docs/program/bekal.md"))).programmes
    first, *rest = [c.kind for c in programme.changes]
    assert (first, programme.status) == (kind, Status.CHANGED)
    assert set(rest) <= {"programme-end-changed", "programme-session-moved"}  # what follows from other days


def test_programmes_come_go_and_move() -> None:
    path = "docs/program/bekal.md"
    without = {p: t for p, t in files().items() if p != path}
    moved = {**without, "docs/program/bekal-krisis.md": files()[path]}
    found = [changes(*sides).programmes[0] for sides in ((BASE, read(without)), (read(without), BASE))]
    assert [(p.status, p.changes[0].kind) for p in found] == [
        (Status.MISSING, "programme-removed"),
        (Status.ADDED, "programme-added"),
    ]
    (programme,) = changes(BASE, read(moved)).programmes
    assert (programme.status, [c.kind for c in programme.changes]) == (Status.MOVED, ["programme-address-changed"])


def test_policy() -> None:
    path = "modules/kurikulum.yml"
    value = changes(BASE, read(edited(("nilai: 45", "nilai: 50"), path=path))).policy
    source = changes(BASE, read(edited(("tiga JP adalah batas wajar", "tiga JP batas wajar"), path=path))).policy
    pause = changes(BASE, read(edited(('pukul: "10:15"', 'pukul: "10:30"'), path=path))).policy
    assert [(c.kind, c.where, c.old, c.new) for c in value] == [("policy-changed", "menit_per_jp", "45", "50")]
    assert [(c.kind, c.where) for c in source] == [("policy-source-changed", "menit_sesi_terpanjang")]
    assert [(c.kind, c.where) for c in pause] == [("policy-changed", "istirahat")]


def test_policy_that_was_not_there() -> None:
    text = files()["modules/kurikulum.yml"]
    pause = '{nama: Jumat, pukul: "11:30", menit: 90, sampai: "13:00"}'
    for key, value, shown in (
        ("kerangka", f"[{PART}]", "Pembukaan, 30 menit (hari pertama, awal)"),
        ("istirahat_jumat", f"[{pause}]", "Jumat 11.30, 90 menit, sampai 13.00"),
        ("jeda_antarsesi", "5", "5"),
        ("pukul_selesai_terakhir", '"17:00"', "17.00"),
    ):
        new = read({**files(), "modules/kurikulum.yml": f"{text}\n{key}: {{nilai: {value}, sumber: Kami.}}\n"})
        found = [(c.kind, c.where, c.old, c.new) for c in changes(BASE, new).policy]
        assert found == [
            ("policy-changed", key, "tidak ada", shown),
            ("policy-source-changed", key, "", "Kami."),
        ]


# --- Words ----------------------------------------------------------------------------------------------------------


def leaf(text: str) -> Leaf:
    return Leaf((text,), tuple(text.split()))


PARAGRAPHS = st.lists(st.text("abcd ", min_size=1, max_size=30).map(leaf), max_size=12)


@given(PARAGRAPHS, PARAGRAPHS)
def test_words_balance_and_swap(old: list[Leaf], new: list[Leaf]) -> None:
    found, back = changed_words(old, new), changed_words(new, old)
    count = [sum(len(one.words) for one in side) for side in (old, new)]
    assert count[0] - found.deleted == count[1] - found.inserted
    assert found.moved == back.moved
    assert changed_words(old, old) == Words()


def test_a_moved_paragraph_is_moved_and_not_rewritten() -> None:
    paragraphs = [leaf(f"{name} " * size) for name, size in (("a", 40), ("b", 400), ("c", 50))]
    assert changed_words(paragraphs, [*paragraphs[1:], paragraphs[0]]) == Words(moved=40)


def test_cutting_a_paragraph_in_two_rewrites_nothing() -> None:
    whole = leaf("satu dua tiga empat lima enam tujuh")
    assert changed_words([whole], [leaf("satu dua tiga"), leaf("empat lima enam tujuh")]) == Words()
    assert changed_words([whole], [leaf("satu dua tiga"), leaf("empat 5 enam tujuh")]) == Words(1, 1, 0)


@given(st.permutations(range(9)))
def test_rising_is_a_longest_rising_run(values: list[int]) -> None:
    kept = [values[index] for index in sorted(rising(values))]
    runs = [[v] for v in values]
    for run in runs:
        runs += [[*run, v] for v in values[values.index(run[-1]) + 1 :] if v > run[-1]]
    assert kept == sorted(kept)
    assert len(kept) == max(map(len, runs))


@given(st.lists(st.integers(0, 30)), st.lists(st.integers(0, 30)))
def test_pairs_swap_with_the_sides(old: list[int], new: list[int]) -> None:
    def like(one: int, two: int) -> float:
        return 1 / (1 + abs(one - two))

    there, back = (pair(*sides, lambda n: n, like, 0.3) for sides in ((old, new), (new, old)))
    assert sorted(there.pairs) == sorted((j, i) for i, j in back.pairs)
    assert (there.removed, there.added) == (back.added, back.removed)


def test_contrast_shows_where_texts_differ() -> None:
    old = "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas dua belas tiga belas"
    assert contrast(old, old.replace("delapan", "8")) == (
        "… lima enam tujuh delapan sembilan sepuluh sebelas …",
        "… lima enam tujuh 8 sembilan sepuluh sebelas …",
    )


# --- Bumps, data, page ----------------------------------------------------------------------------------------------


def test_bumps_of_versions() -> None:
    assert declared("1.0.0", "2.0.0") is declared("1.9.9", "3.1.0") is Bump.MAJOR
    assert declared("1.0.0", "1.1.0") is Bump.MINOR
    assert declared("1.0.0", "1.0.5") is Bump.PATCH
    assert declared("1.0.0", "1.0.0") is declared("1.1.0", "1.0.9") is declared("", "1.0.0") is Bump.NONE
    assert [least("1.2.3", bump) for bump in Bump] == ["1.2.3", "1.2.4", "1.3.0", "2.0.0"]


def test_data_holds_the_contract() -> None:
    found = data(changes(BASE, edit("theory")), "2026.1", "2026.2")
    json.dumps(found)
    assert (found["old"], found["new"]) == ("2026.1", "2026.2")
    (module,) = found["modules"]
    keys = {"kode", "status", "versions", "required_bump", "declared_bump", "changes", "words"}
    assert keys <= module.keys()
    assert {k: module[k] for k in keys} == {
        "kode": "TK-05",
        "status": "changed",
        "versions": ["1.0.0", "1.0.0"],
        "required_bump": "major",
        "declared_bump": "none",
        "changes": [{"kind": "hours-changed", "bump": "major", "where": "JP teori", "old": "2 JP", "new": "3 JP"}],
        "words": {"inserted": 0, "deleted": 0, "moved": 0},
    }
    assert module["hours"] == [{"T": 2, "P": 4, "PL": 0}, {"T": 3, "P": 4, "PL": 0}]
    assert set(found) == {"old", "new", "modules", "programmes", "policy"}


def test_the_page_says_what_the_table_does() -> None:
    rows = re.findall(r"^\| (.+?) \| `([a-z-]+)` \| (.+?) \| (.+?) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    found = {code: (label, bump, why) for label, code, bump, why in rows}
    assert found == {code: (kind.label, kind.bump.label, kind.why) for code, kind in KINDS.items()}
    assert len(rows) == len(KINDS)
    assert set(STATUS_LABELS) == set(Status)


# --- Reports --------------------------------------------------------------------------------------------------------


def _second_edition() -> Curriculum:
    """An edition in which much happens."""
    names = ["summary", "indicator reworded", "session added", "threshold", "one word", "fieldwork", "emphasis"]
    new = edited(*(edit for name in names for edit in EDITS[name][0]), ("versi: 1.0.0", "versi: 1.1.0"))
    new[CARD] = new[CARD].replace("Kasus ini fiktif", "Kasus ini rekaan")
    new["docs/program/bekal.md"] = new["docs/program/bekal.md"].replace("jp: 10", "jp: 12")
    new["modules/kurikulum.yml"] = new["modules/kurikulum.yml"].replace("nilai: 135", "nilai: 90")
    new["modules/baru/index.md"] = ORIGINAL.replace("kode: TK-05", "kode: TK-20").replace(
        "Dukungan Psikologis Awal", "Modul | Baru <b>"
    )
    return read(new)


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_reports_are_as_they_were(form: str) -> None:
    report = compare_report.Report(changes(BASE, _second_edition()), "2026.1", "2026.2", "https://contoh.test/banding/")
    golden = GOLDEN / f"report.{form}"
    found = compare_report.FORMATS[form](report)
    assert found == golden.read_text("utf-8")


def test_markup_of_others_has_no_effect_in_a_comment() -> None:
    hostile = "<img src=x onerror=a()> [x](javascript:a) @semua #1 | `y` *z* </details>"
    new = edited(("judul: Dukungan Psikologis Awal", f"judul: '{hostile}'"))
    report = compare_report.Report(changes(BASE, read(new)), "main", "<b>x</b>")
    found = compare_report.markdown(report)
    assert found.count("</details>") == 1
    for mark in ("<img", "<b>", "[x](", "@s", "#1", " `y`", " *z"):
        assert mark not in "".join(line for line in found.splitlines() if not line.startswith("<summary>"))


def test_a_comment_is_never_too_long_for_github() -> None:
    row = "| Studi kasus singkat | 3 | T | 5 |\n"
    one, two = (
        row + "".join(f"| Inti | {word} {n} | Menyimak {n} | Ceramah | 1 | T | 5 |\n" for n in range(400))
        for word in ("Membuka", "Menutup")
    )
    names = [f"modules/m{n}/index.md" for n in range(100, 160)]
    sides = [
        read({name: ORIGINAL.replace("TK-05", f"TK-{name[9:12]}").replace(row, rows) for name in names})
        for rows in (one, two)
    ]
    found = compare_report.markdown(compare_report.Report(changes(*sides), "2026.1", "2026.2"))
    assert len(found) < 65_536
    assert found.count("<details>") == found.count("</details>") > 1
    assert "lengkapnya dengan `sigap compare`" in found


def test_equal_curricula_make_a_short_report() -> None:
    report = compare_report.Report(changes(BASE, BASE), "2026.1", "2026.2")
    assert compare_report.text(report) == "2026.1 → 2026.2: modul 1 tetap; 6 JP (T 2, P 4).\n"
    assert compare_report.markdown(report).count("\n") == 1
