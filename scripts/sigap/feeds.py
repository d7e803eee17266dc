"""What changed, told to whoever subscribes: an Atom feed of the editions, and one of each module.

An entry of a module says what its Riwayat perubahan says, and leads to the comparison with the edition before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from . import site
from .markdown_out import link, md
from .model import Curriculum, Edition, HistoryRow, Module
from .settings import LATEST

ATOM = "http://www.w3.org/2005/Atom"
FEEDS = "umpan"
State = tuple[Edition, Curriculum]


def files(states: Sequence[State], site_url: str) -> Iterator[tuple[str, bytes]]:
    """The feeds as paths at the root of the site and their bytes.

    In: every edition with its curriculum, oldest first, and the address of the site with a slash at its end.
    """
    if not states:
        return
    yield (
        f"{FEEDS}/edisi.xml",
        _feed("Edisi kurikulum Sigap", f"{site_url}{FEEDS}/edisi.xml", _editions(states, site_url)),
    )
    for kode in sorted({kode for _, curriculum in states for kode in curriculum.by_kode if kode}):
        title, entries = _module(kode, states, site_url)
        yield f"{FEEDS}/{kode}.xml", _feed(f"{kode} {title}", f"{site_url}{FEEDS}/{kode}.xml", entries)


Entry = tuple[str, str, Edition, str]
"""Title, address, the edition that brought it, and text."""


def _editions(states: Sequence[State], site_url: str) -> list[Entry]:
    found: list[Entry] = []
    for index, (edition, curriculum) in enumerate(states):
        total = sum(module.hours.total for module in curriculum.modules if module.hours)
        text = f"Edisi {edition.name} memuat {len(curriculum.modules)} modul, {total} JP."
        before = states[index - 1][0].name if index else ""
        place = f"{site_url}banding/{before}-{edition.name}/" if before else f"{site_url}{edition.name}/"
        found.append((f"Edisi {edition.name}", place, edition, text))
    return found


def _module(kode: str, states: Sequence[State], site_url: str) -> tuple[str, list[Entry]]:
    found: list[Entry] = []
    before: tuple[str, Module] | None = None
    title = ""
    for edition, curriculum in states:
        module = curriculum.by_kode.get(kode)
        if module is None:
            if before:
                found.append(
                    (f"{kode} tidak lagi ada", f"{site_url}banding/?modul={kode}", edition, "Modul ini dicabut.")
                )
            before = None
            continue
        title = module.title
        told = {_key(row) for row in before[1].history or ()} if before else set()
        rows = [row for row in module.history or () if _key(row) not in told]
        if rows:
            query = f"?modul={kode}&dari={before[0]}&ke={edition.name}" if before else f"?modul={kode}"
            text = "\n".join(f"{row.version}: {row.what} Alasan: {row.why}" for row in rows)
            found.append(
                (
                    f"{kode} versi {module.version} dalam edisi {edition.name}",
                    f"{site_url}banding/{query}",
                    edition,
                    text,
                )
            )
        before = (edition.name, module)
    return title, found


def _key(row: HistoryRow) -> tuple[str, str, str]:
    return row.version, row.date, row.what


def _feed(title: str, address: str, entries: Sequence[Entry]) -> bytes:
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "id"})
    _text(feed, "title", f"{title} (contoh, bukan modul resmi Kemensos)")
    _text(feed, "id", address)
    ET.SubElement(feed, "link", {"rel": "self", "href": address})
    _text(feed, "updated", _moment(entries[-1][2]) if entries else "1970-01-01T00:00:00Z")
    ET.SubElement(ET.SubElement(feed, "author"), "name").text = "Sigap"
    for name, place, edition, text in reversed(entries):
        entry = ET.SubElement(feed, "entry")
        _text(entry, "title", name)
        _text(entry, "id", place)
        ET.SubElement(entry, "link", {"href": place})
        _text(entry, "updated", _moment(edition))
        _text(entry, "summary", text)
    ET.indent(feed)
    return b"<?xml version='1.0' encoding='utf-8'?>\n" + ET.tostring(feed, encoding="unicode").encode() + b"\n"


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text


def _moment(edition: Edition) -> str:
    return f"{edition.date.isoformat()}T00:00:00Z"


def machine_index(states: Sequence[State], site_url: str) -> bytes:
    """`llms.txt`: what the site is and where its data lies, for programs that read for people."""
    edition, curriculum = states[-1]
    lines = [
        "# Sigap",
        "",
        "> Kurikulum tanggap krisis bagi pekerja sosial dan penyuluh sosial. Contoh, bukan modul resmi Kemensos.",
        "",
        f"Edisi terbaru: {edition.name}. Seluruh kurikulum sebagai data: {site_url}{LATEST}/kurikulum.json, "
        f"dengan bentuk menurut {site_url}{site.data_schema()[0]}",
        "",
        "## Modul",
        "",
        *(
            md(
                "- {}: {}",
                link(f"{kode} {module.title}", f"{site_url}{LATEST}/modul/{module.slug}/index.md"),
                module.summary,
            )
            for kode, module in sorted(curriculum.by_kode.items())
            if kode
        ),
    ]
    return ("\n".join(lines) + "\n").encode()
