"""`/cek/`: the code on a printed page, followed through three editions: current, changed, withdrawn."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
import segno
from editions import Memory
from repos import CONTOH
from sigap import paper
from sigap.load import load
from sigap.model import Curriculum, Edition
from test_rules_pages import SAMPLE

FOLDER = "modules/mendengar-aktif"
INDEX, SHEET = f"{FOLDER}/index.md", f"{FOLDER}/lampiran-daftar-amati.md"
ADDRESS = "https://sigap.example/cek/"


def state(files: dict[str, bytes]) -> Curriculum:
    return load(Memory(files), date(2026, 11, 30))


def three() -> list[tuple[Edition, Curriculum]]:
    """As it was; one sheet and the version changed; the module gone."""
    changed = SAMPLE[INDEX].replace(b"versi: 1.0.0", b"versi: 1.1.0")
    changed = changed.replace(
        b"| 1.0.0 |", b"| 1.1.0 | 2026-11-29 | Lembar ditambah satu butir. | Diminta pelatih. |\n| 1.0.0 |"
    )
    second = {**SAMPLE, INDEX: changed, SHEET: SAMPLE[SHEET] + b"\nSatu butir lagi: ________\n"}
    third = {path: data for path, data in second.items() if not path.startswith(FOLDER)}
    page = state(SAMPLE).pages[0]
    editions = [Edition(f"2026.{n}", date(2026, 11, 20 + n), page) for n in (1, 2, 3)]
    return list(zip(editions, map(state, (SAMPLE, second, third)), strict=True))


def code_of(curriculum: Curriculum) -> str:
    return paper.short_code(paper.state_digest(curriculum.by_kode["TK-01"].documents))


def test_the_data_says_where_each_copy_stands() -> None:
    states = three()
    old, new = code_of(states[0][1]), code_of(states[1][1])
    data = {n: json.loads(dict(paper.check_files(states[:n]))["cek/kode.json"]) for n in (1, 2, 3)}
    assert (data[1]["milik"]["TK-01"]["kode"], data[1]["terbaru"]) == (old, "2026.1")
    assert (data[2]["milik"]["TK-01"]["kode"], data[2]["kode"][old]["sampai"]) == (new, "2026.1")
    assert data[2]["milik"]["TK-01"]["riwayat"][0] == ["1.1.0", "Lembar ditambah satu butir.", "Diminta pelatih."]
    sheets = [data[2]["kode"][code]["lembar"] for code in (old, new)]
    assert [title for title in sheets[1] if sheets[0][title] != sheets[1][title]] == ["Daftar amati"]
    assert (data[3]["milik"]["TK-01"]["akhir"], data[3]["terbaru"]) == ("2026.2", "2026.3")
    same = data[3]["kode"][data[3]["milik"]["TK-03"]["kode"]]
    assert (same["sejak"], same["sampai"]) == ("2026.1", "2026.3")


def test_without_script_the_page_lists_the_codes_of_today() -> None:
    states = three()
    pages = {n: dict(paper.check_files(states[:n]))["cek/index.html"].decode() for n in (2, 3)}
    assert f"<code>{code_of(states[1][1])}</code>" in pages[2]
    assert "TK-01</th>" not in pages[3]
    assert "TK-03</th>" in pages[3]


@pytest.mark.usefixtures("poppler")
def test_the_printed_code_is_the_one_that_leads_here(tmp_path: Path) -> None:
    """Read off a rendered page, module by module: the symbol of the address with this very code."""
    curriculum = state(SAMPLE)
    pack = next(p for p in paper.module_packs(curriculum.by_kode["TK-01"], curriculum, CONTOH, address=ADDRESS))
    (tmp_path / "a.pdf").write_bytes(pack.data)
    command = ["pdftoppm", "-r", "600", "-f", "2", "-l", "2", "-gray", str(tmp_path / "a.pdf"), str(tmp_path / "a")]
    subprocess.run(command, check=True)
    (picture,) = tmp_path.glob("a*.pgm")
    data = picture.read_bytes()
    found = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
    assert found
    width, height = int(found[1]), int(found[2])
    rows = [data[found.end() + y * width : found.end() + (y + 1) * width] for y in range(height)]
    # the symbol ends where the right margin begins (16 mm) and is 11 mm wide with its quiet zone of 4 modules
    corner = round((210 - 16 - 11) / 25.4 * 600)
    inked = [y for y in range(round(height * 0.9), height) if min(rows[y][corner : width - 1]) < 128]
    left = min(x for x in range(corner, width) for y in inked if rows[y][x] < 128)
    right = max(x for x in range(corner, width) for y in inked if rows[y][x] < 128) + 1
    top, bottom = inked[0], inked[-1] + 1
    expected = segno.make(f"{ADDRESS}?k={pack.code}", error="m", micro=False).matrix
    size = len(expected)
    step_x, step_y = (right - left) / size, (bottom - top) / size
    read = [
        [int(rows[int(top + (y + 0.5) * step_y)][int(left + (x + 0.5) * step_x)] < 128) for x in range(size)]
        for y in range(size)
    ]
    assert read == [list(row) for row in expected]
    assert step_x / 600 * 25.4 >= 0.2  # millimetres of one module: what a phone reads at arm's length
