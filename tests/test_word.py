"""The Word document: accepting all its tracked changes gives the new text, rejecting all gives the old one."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import parts
import pytest
from golden_files import GOLDEN
from hypothesis import given, settings
from lxml import etree
from sigap import editions
from sigap.compare.changes import changes
from sigap.comparison import word
from sigap.comparison.page import fragment
from sigap.comparison.report import Report
from sigap.redline.engine import normal, redline
from sigap.redline.reading import parse
from sigap.redline.trees import text
from test_changes import BASE, EDITS, edited, read
from test_redline import edited as pairs
from test_redline import gave_up

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DROPPED = {"accept": ("del", "moveFrom"), "reject": ("ins", "moveTo")}
CELLS = {"accept": "cellDel", "reject": "cellIns"}


def taken(blocks: str, how: str) -> list[str]:
    """The paragraphs that are left when all changes are accepted or rejected, by what the standard says of each."""
    root = etree.fromstring(f"<w:body {SPACE}>{blocks}</w:body>".encode())
    dropped = DROPPED[how]
    for row in list(root.iter(f"{W}tr")):
        if any(row.find(f"{W}trPr/{W}{kind}") is not None for kind in dropped):
            row.getparent().remove(row)
    for cell in list(root.iter(f"{W}tc")):
        if cell.find(f"{W}tcPr/{W}{CELLS[how]}") is not None:
            cell.getparent().remove(cell)
    found, open_ = [], ""
    for paragraph in root.iter(f"{W}p"):
        for run in paragraph.iter(f"{W}r"):
            around = {etree.QName(parent).localname for parent in run.iterancestors() if parent is not paragraph}
            if not around & set(dropped):
                open_ += "".join(
                    "\n" if part.tag == f"{W}br" else part.text or ""
                    for part in run
                    if part.tag in (f"{W}t", f"{W}delText", f"{W}br")
                )
        if not any(paragraph.find(f"{W}pPr/{W}rPr/{W}{kind}") is not None for kind in dropped):
            found, open_ = [*found, open_], ""
    return [" ".join(said.split()) for said in [*found, open_] if said.strip()]


def holds(old: str, new: str) -> None:
    made = redline(old, new)
    if gave_up(made):
        return
    blocks = "".join(word.marked(made.html))
    for how, side in (("accept", new), ("reject", old)):
        plain = taken("".join(word.marked(redline(side, side).html)), "accept")
        assert taken(blocks, how) == plain
        said = re.sub(r"\[gambar: [^]]*\]|[☐☑]|\s", "", "".join(plain))
        assert said == re.sub(r"\s", "", "".join(text(item) for item in parse(normal(side))))


@pytest.mark.parametrize("path", sorted((GOLDEN / "redline").glob("*.html")), ids=lambda path: path.stem)
def test_golden_pairs(path: Path) -> None:
    sides, _, _ = path.read_text(encoding="utf-8").partition("\n<!-- terlihat -->\n")
    _, old, new = re.split(r"\n<!-- (?:lama|baru) -->\n", sides)
    holds(old, new)


def test_words_of_a_list_outside_its_items_are_kept() -> None:
    """As a parser leaves them of cells without a table."""
    loose = "<ol><li><p>satu</p></li><tr><td>dua</td><td>tiga</td></tr><b>empat</b> lima</ol>"
    for pair in (("", loose), (loose, ""), (loose, loose.replace("dua", "dua belas"))):
        holds(*pair)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(pairs())
def test_edits_as_people_make_them(pair: tuple[str, str]) -> None:
    holds(*pair)


def report() -> Report:
    names = ["summary", "indicator reworded", "session added", "threshold", "one word"]
    return Report(changes(BASE, read(edited(*(edit for name in names for edit in EDITS[name][0])))), "2026.1", "2026.2")


def test_the_same_comparison_is_the_same_bytes_and_well_formed() -> None:
    made = word.document(report(), fragment)
    assert made == word.document(report(), fragment)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        trees = {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}
    body = trees["word/document.xml"]
    ids = [one.get(f"{W}id") for one in body.iter() if one.get(f"{W}author")]
    assert len(ids) == len(set(ids)) > 10
    assert all(cell[-1].tag == f"{W}p" for cell in body.iter(f"{W}tc"))
    known = {one.get(f"{W}numId") for one in trees["word/numbering.xml"].iter(f"{W}num")}
    assert {one.get(f"{W}val") for one in body.iter(f"{W}numId")} <= known


def test_the_history_of_this_curriculum() -> None:
    root = Path(__file__).resolve().parent.parent
    known = list(editions.known(root))
    if len(known) < 2:
        pytest.skip("a checkout without the history of its editions")
    old, new = (editions.curriculum(editions.edition(root, name).tree) for name in known[:2])
    for kode in old.by_kode.keys() & new.by_kode.keys():
        holds(fragment(old.by_kode[kode]), fragment(new.by_kode[kode]))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path, str], list[str]]]:
    """A running LibreOffice that accepts or rejects all changes of a document and tells its paragraphs."""
    program, python = parts.soffice(), parts.uno_python()
    folder = tmp_path_factory.mktemp("office")
    pipe = f"sigap-{folder.name}-{os.getpid()}"
    words = [
        program,
        "--headless",
        "--norestore",
        f"-env:UserInstallation=file://{folder}/profil",
        f"--accept=pipe,name={pipe};urp;",
    ]

    def told(path: Path, how: str) -> list[str]:
        script = Path(__file__).parent / "tools" / "office.py"
        done = subprocess.run(
            [python, str(script), pipe, str(path), how], capture_output=True, text=True, check=False, timeout=180
        )
        return [" ".join(said.split()) for said in json.loads(done.stdout) if said.strip()]

    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        yield told
        subprocess.run(
            [program, f"-env:UserInstallation=file://{folder}/profil", "--headless", "--unaccept=all"],
            check=False,
            timeout=60,
        )
        running.terminate()


@pytest.mark.parametrize("how", ["accept", "reject"])
def test_libreoffice_gives_each_side(tmp_path: Path, office: Callable[[Path, str], list[str]], how: str) -> None:
    target = tmp_path / "perubahan.docx"
    target.write_bytes(word.document(report(), fragment))
    with zipfile.ZipFile(target) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))[0]
    blocks = "".join(etree.tostring(block, encoding="unicode") for block in body)
    assert "".join(office(target, how)).replace(" ", "") == "".join(taken(blocks, how)).replace(" ", "")
