"""Nothing that a contributor writes becomes an element, a handler or an address that runs: neither what validation lets
through, nor, with validation bypassed, what an edition published long ago may hold.

`tests/attacks.py` has the payloads; Chromium opens the same sites in browser/test_attacked.py.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import html5lib
import pytest
from attacks import ATTACKS, FILES_BESIDE, TODAY, Attack, curriculum, passes
from editions import Memory
from sigap import allowed_files, rules
from sigap.comparison import files as comparison_files
from sigap.comparison.states import Known, Pairs, State
from sigap.load import load
from sigap.model import Curriculum
from sigap.settings import CONFIG, ROOT
from sigap.tree import Folder

SCHEMES = ("javascript", "vbscript", "data", "blob", "file")
OPENED = frozenset(
    ("script", "iframe", "object", "embed", "base", "form", "style", "svg", "math", "video", "audio", "frame")
)


def build(files: dict[str, bytes], folder: Path, *, published: bool) -> Path:
    """The site of these files as mkdocs and our hook build it, with the comparison of the sample and them."""
    for path, data in files.items():
        target = folder / "isi" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    out = folder / "situs" / "2026.2"
    env = {
        **os.environ,
        "SIGAP_DOCS_DIR": str(folder / "isi/docs"),
        "SIGAP_PUBLISHED": "1" if published else "",
        "SOURCE_DATE_EPOCH": "0",
    }
    strict = "--no-strict" if published else "--strict"  # links of payloads lead nowhere
    command = [sys.executable, "-m", "mkdocs", "build", strict, "-f", str(CONFIG), "--site-dir", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env, cwd=ROOT)
    assert done.returncode == 0, done.stderr[-3000:]
    new = load(Folder.open(folder / "isi"), TODAY)
    was, now = (replace(new.editions[-1], name=name) for name in ("2026.1", "2026.2"))
    states = [State(was, _before(new)), State(now, new)]
    for path, data in comparison_files.files(states, [], Pairs(), Known()):
        target = folder / "situs" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data or b"")
    (folder / "situs" / "versions.json").write_text(
        '[{"version": "2026.2", "title": "2026.2", "aliases": []}, {"version": "2026.1", "title": "2026.1", "aliases": []}]'
    )
    return folder / "situs"


def _before(new: Curriculum) -> Curriculum:
    """The same curriculum before, with another word in every text, so that every text is compared."""
    files = {
        d.path: d.data.replace(b"Awal.\n", b"Dulu.\n").replace(b"Lelah tampak", b"Penat tampak")
        for d in new.documents.values()
    }
    assert new.policy_document is not None
    return load(Memory({**files, "modules/kurikulum.yml": new.policy_document.data}), TODAY)


def harm(page: str) -> Iterator[str]:
    """What a browser would run or ask for elsewhere, as an HTML5 parser reads a page."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        tag = element.tag.rpartition("}")[2]
        for name, value in element.attrib.items():
            name, value = str(name).lower(), str(value)
            scheme = re.match(r"([a-z][a-z0-9+.-]*):", re.sub(r"[\x00-\x20]", "", value).lower())
            if name.startswith("on") or name in ("style", "srcdoc"):
                yield f"<{tag} {name}={value[:60]}>"
            if name in ("href", "src", "action", "formaction", "data", "poster") and scheme and scheme[1] in SCHEMES:
                yield f"<{tag} {name}={value[:60]}>"
            if name in ("src", "data", "poster", "action") and re.match(r"([a-z]+:)?[\\/]{2}", value.strip().lower()):
                yield f"<{tag} {name}={value[:60]}>"
        if tag == "script" and not _ours(element):
            yield f"<script>{(element.text or '')[:60]}"
        if tag in OPENED - {"script", "form"} or (
            tag == "form" and element.get("role") != "search" and element.get("id") != "pilih"
        ):
            yield f"<{tag}>"
        if (
            tag == "link"
            and element.get("rel") == "stylesheet"
            and not re.fullmatch(r"[\w./-]+\.css", element.get("href", ""))
        ):
            yield f"<link {element.get('href')}>"


def _ours(script: object) -> bool:
    get = script.get  # type: ignore[attr-defined]
    return bool(re.fullmatch(r"[\w./-]+\.js", get("src") or "")) or (
        not get("src") and get("type") == "application/ld+json"
    )


@pytest.fixture(scope="session")
def let_through() -> list[Attack]:
    return [attack for attack in ATTACKS if passes(attack)]


def test_there_are_enough() -> None:
    assert len(ATTACKS) >= 200
    assert len({attack.payload for attack in ATTACKS}) >= 100


def test_validation_speaks_of_files_that_run() -> None:
    found = rules.run(load(Memory(curriculum([], FILES_BESIDE)), TODAY))
    assert {f.path.rpartition("/")[2] for f in found if f.code == "K606"} == set(FILES_BESIDE)


def pages_of(site: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(site.rglob("*.html")):
        yield path.relative_to(site).as_posix(), path.read_text("utf-8")


def harmless(site: Path) -> None:
    found = {name: faults for name, page in pages_of(site) if (faults := list(harm(page)))}
    assert found == {}
    for path in site.glob("banding/r/*.json"):
        assert not list(harm(_redline(path))), path
    ours = ("sigap.svg", "peta.svg")
    assert not [p for p in site.rglob("*") if p.suffix in (".exe", ".xhtml", ".svg") and p.name not in ours]
    for path in site.rglob("peta.svg"):  # drawn from hostile titles
        assert not allowed_files.fault(path.name, path.read_bytes()), path
    assert not list(site.rglob("lembar.html"))
    assert not list(site.rglob("i.js"))


def _redline(path: Path) -> str:
    text = json.loads(path.read_text("utf-8"))["teks"]
    return "".join(hunk["html"] for hunk in text["hunks"])


@pytest.mark.site
def test_what_validation_lets_through_is_built_strictly_and_runs_nothing(
    tmp_path: Path, let_through: list[Attack]
) -> None:
    assert len(let_through) > 30
    files = curriculum(let_through)
    harmless(build(files, tmp_path, published=False))


@pytest.mark.site
def test_what_was_published_without_validation_runs_nothing(tmp_path: Path) -> None:
    site = build(curriculum(ATTACKS, FILES_BESIDE), tmp_path, published=True)
    harmless(site)
    assert "kena()" in (site / "2026.2/modul/jaga-diri/lampiran-10/index.html").read_text("utf-8")  # as text
