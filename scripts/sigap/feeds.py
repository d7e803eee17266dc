"""What changed, told to whoever subscribes: an Atom feed of the editions, and one of each module.

An entry of a module says what its Riwayat perubahan says and then the sentences of the comparison with the edition
before, to which it leads; an entry of an edition says those on hours, structure and outcomes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from .compare.policy import policy_changes
from .comparison.states import Pairs, State, sentences
from .comparison.units import HOURS, OUTCOMES, STRUCTURAL
from .markdown_out import link, md
from .model import Edition, HistoryRow
from .settings import LATEST

ATOM = "http://www.w3.org/2005/Atom"
FEEDS = "umpan"


def files(states: Sequence[State], pairs: Pairs, site_url: str) -> Iterator[tuple[str, bytes]]:
    """The feeds as paths at the root of the site and their bytes.

    In: every edition with its curriculum, oldest first, what they are compared with, and the address of the site with
    a slash at its end.
    """
    if not states:
        return
    yield (
        f"{FEEDS}/edisi.xml",
        _feed("Edisi kurikulum Sigap", f"{site_url}{FEEDS}/edisi.xml", _editions(states, pairs, site_url)),
    )
    for kode in sorted({kode for state in states for kode in state.modules}):
        title, entries = _module(kode, states, pairs, site_url)
        yield f"{FEEDS}/{kode}.xml", _feed(f"{kode} {title}", f"{site_url}{FEEDS}/{kode}.xml", entries)


Entry = tuple[str, str, Edition, str]
"""Title, address, the edition that brought it, and text."""

_IN_FULL = frozenset({HOURS, STRUCTURAL, OUTCOMES})
"""What the feed of editions tells sentence by sentence; of the rest it says how much there is."""


def _editions(states: Sequence[State], pairs: Pairs, site_url: str) -> list[Entry]:
    found: list[Entry] = []
    before: State | None = None
    for state in states:
        modules = state.curriculum.modules
        total = sum(module.hours.total for module in modules if module.hours)
        lines = [f"Edisi {state.name} memuat {len(modules)} modul, {total} JP."]
        place = f"{site_url}{state.name}/"
        if before:
            place = f"{site_url}banding/{before.name}-{state.name}/"
            lines += _between(before, state, pairs)
        found.append((f"Edisi {state.name}", place, state.edition, "\n".join(lines)))
        before = state
    return found


def _between(old: State, new: State, pairs: Pairs) -> Iterator[str]:
    """What changed from one edition to the next, in the words of the comparison."""
    for kode in sorted(old.states.keys() | new.states.keys()):
        if kode not in old.states or kode not in new.states:
            side = new if kode in new.states else old
            title = (side.modules.get(kode) or side.programmes[kode]).title
            yield f"{kode} {title}: {'baru' if side is new else 'tidak lagi ada'}."
            continue
        told = sentences(pairs, kode, old, new)
        yield from (f"{kode}: {one}" for one, group in told if group in _IN_FULL)
        if rest := sum(group not in _IN_FULL for _, group in told):
            yield f"{kode}: {rest} perubahan teks, lampiran, atau tampilan."
    yield from (change.whole for change in policy_changes(old.curriculum, new.curriculum))


def _module(kode: str, states: Sequence[State], pairs: Pairs, site_url: str) -> tuple[str, list[Entry]]:
    found: list[Entry] = []
    before: State | None = None
    title = ""
    for state in states:
        module = state.modules.get(kode)
        if module is None:
            if before:
                gone = (
                    f"{kode} tidak lagi ada",
                    f"{site_url}banding/?modul={kode}",
                    state.edition,
                    "Modul ini dicabut.",
                )
                found.append(gone)
            before = None
            continue
        title = module.title
        told = {_key(row) for row in before.modules[kode].history or ()} if before else set()
        lines = [f"{r.version}: {r.what} Alasan: {r.why}" for r in module.history or () if _key(r) not in told]
        lines += [one for one, _ in sentences(pairs, kode, before, state)] if before else []
        if lines:
            query = f"?modul={kode}&dari={before.name}&ke={state.name}" if before else f"?modul={kode}"
            name = f"{kode} versi {module.version} dalam edisi {state.name}"
            found.append((name, f"{site_url}banding/{query}", state.edition, "\n".join(lines)))
        before = state
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


def machine_index(newest: State, site_url: str) -> bytes:
    """`llms.txt`: what the site is and where its data lies, for programs that read for people."""
    edition, curriculum = newest.edition, newest.curriculum
    lines = [
        "# Sigap",
        "",
        "> Kurikulum tanggap krisis bagi pekerja sosial dan penyuluh sosial. Contoh, bukan modul resmi Kemensos.",
        "",
        f"Edisi terbaru: {edition.name}. Seluruh kurikulum sebagai data: {site_url}{LATEST}/kurikulum.json",
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
