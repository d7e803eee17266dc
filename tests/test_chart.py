"""The drawing of the curriculum and its list say the same, whatever a module is called."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from repos import CONTOH
from sigap import pages, site
from sigap.load import load
from sigap.model import Curriculum
from sigap.pages import chart
from sigap.tree import Folder

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def contoh() -> Curriculum:
    return load(Folder.open(CONTOH), date(2026, 11, 24))


def test_every_module_prerequisite_and_place_in_a_programme_is_drawn(contoh: Curriculum) -> None:
    root = ElementTree.fromstring(chart.svg(contoh))
    words = [element.text or "" for element in root.iter(f"{SVG}text")]
    assert all(any(word.startswith(f"{m.kode} · ") for word in words) for m in contoh.modules)
    arcs = [path for path in root.iter(f"{SVG}path") if path.get("marker-end")]
    assert len(arcs) == sum(len(m.prerequisites) for m in contoh.modules)
    assert len(list(root.iter(f"{SVG}circle"))) == sum(len(p.module_kodes) for p in contoh.programmes)


def test_nothing_is_drawn_outside_and_no_title_breaks_it(contoh: Curriculum) -> None:
    long = replace(contoh.modules[0], title='<script>"&' + "W" * 300)
    drawn = chart.svg(replace(contoh, modules=(long, *contoh.modules[1:])))
    root = ElementTree.fromstring(drawn)
    assert "<script" not in drawn
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    for element in root.iter(f"{SVG}text"):
        assert 0 <= float(element.get("x", -1)) < width
        assert 0 < float(element.get("y", -1)) < height
    assert all(len(element.text or "") < 80 for element in root.iter(f"{SVG}text"))


def test_the_list_links_every_module_and_the_drawing_has_a_size(contoh: Curriculum) -> None:
    made = pages.pages(contoh)["modul/index.md"].content
    part = made[made.index("## Peta kurikulum") :]
    for module in contoh.modules:
        line = next(line for line in part.splitlines() if line.startswith(f"- {module.kode} "))
        assert f"]({module.slug}/index.md)" in line
        assert re.search(r"prasyarat ([^;.]+)", line)[1] == (", ".join(module.prerequisites) or "tidak ada")  # type: ignore[index]
    ((where, drawing),) = pages.drawings(contoh).items()
    assert where == "modul/peta.svg"
    assert "](peta.svg)" in part
    root = ElementTree.fromstring(drawing)
    assert site.picture_size(drawing.encode()) == (int(root.get("width", 0)), int(root.get("height", 0)))


@pytest.mark.parametrize(("data", "size"), [
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\0\x80", (256, 128)),
    (b'<?xml version="1.0"?><svg viewBox="0 0 640 360.4" xmlns="x">', (640, 360)),
    (b'<svg width="10px" height="20" viewBox="0 0 1 1">', (10, 20)),
    (b'<svg width="100%" height="20">', None),
    (b"GIF89a", None),
    (b"", None),
])  # fmt: skip
def test_a_picture_says_its_size(data: bytes, size: tuple[int, int] | None) -> None:
    assert site.picture_size(data) == size
