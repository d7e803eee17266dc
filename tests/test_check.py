"""`/cek/`: the code on a printed page, followed through three editions: current, changed, withdrawn."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest
import segno
import zxingcpp
from editions import Memory
from PIL import Image
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


def scanned(data: bytes, folder: Path, page: int = 2) -> str:
    """What a phone reads off a page of a pack: drawn by poppler at 300 dots an inch, read by ZXing."""
    (folder / "a.pdf").write_bytes(data)
    command = ["pdftoppm", "-r", "300", "-f", str(page), "-l", str(page), "-gray", "-singlefile", "-png"]
    subprocess.run([*command, str(folder / "a.pdf"), str(folder / "a")], check=True)
    with Image.open(folder / "a.png") as picture:
        (found,) = zxingcpp.read_barcodes(picture)
    assert found.format == zxingcpp.BarcodeFormat.QRCode
    return str(found.text)


@pytest.mark.usefixtures("poppler")
def test_the_printed_symbol_leads_here_with_the_printed_code(tmp_path: Path) -> None:
    """On every page of every pack, small type and large."""
    curriculum = state(SAMPLE)
    for pack in paper.module_packs(curriculum.by_kode["TK-01"], curriculum, CONTOH, address=ADDRESS):
        for page in range(1, pack.pages + 1):
            assert scanned(pack.data, tmp_path, page) == f"{ADDRESS}?k={pack.code}"


def test_a_dot_of_the_symbol_is_large_enough_for_a_phone() -> None:
    """The symbol is 11 mm wide with its quiet zone; a phone at arm's length reads dots of a fifth of a millimetre."""
    address = "https://kurikulum.lembaga-pelatihan.example/krisis/cek/"
    assert 11 / segno.make(f"{address}?k=ABC234", error="m", micro=False).symbol_size(border=4)[0] >= 0.2
