"""Rancang bangun pembelajaran: what a module's own data says of each indicator, in the columns that Kemenkes asks for.

Media are the handouts that sessions, topics and assessments call by name or link to; sources are those that the topics
cite.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from .. import vocabulary
from ..addresses import uri
from ..document import Block, Document, Section
from ..handout import KEY, handout_of
from ..headings import PART
from ..markdown_out import Md, box, joined, link, md, table
from ..model import Indicator, Mode, Module, Session
from ..rules.links import cited_keys
from ..source import natural_path, slug
from ..tree import MODULES

Documents = Mapping[str, Document]
COLUMNS = ("IHB", "Materi pokok dan sub materi", "Sesi dan metode", "Media", "Waktu", "Referensi", "Evaluasi")
SHARED = (
    "Kegiatan yang melatih beberapa IHB dihitung pada setiap IHB itu, "
    "sehingga jumlah kolom Waktu lebih besar daripada menit modul."
)


def rbpmp(module: Module, found: Places) -> Md:
    """Each IHB with its topic, its sessions and methods, its media, minutes and sources, and its assessment."""
    topics = {topic.number: topic for topic in module.topics or ()}
    rows = []
    for indicator in module.indicators or ():
        topic = topics.get(indicator.number)
        sub = "; ".join(topic.subtopics) if topic else ""
        content = md("**{}**: {}" if sub else "**{}**", topic.text, sub) if topic else "—"
        forms = dict.fromkeys(a.form for a in module.assessments or () if indicator.number in a.indicators)
        cells = (
            content,
            "; ".join(_taught(module, indicator)),
            _links(module, _media(module, indicator, found)),
            _time(module, indicator),
            _sources(module, [indicator.number], found),
            "; ".join(forms),
        )
        rows.append((md("{}. {}", indicator.number, indicator.text), *(cell or "—" for cell in cells)))
    activities = [a for session in module.sessions or () for a in session.activities or ()]
    note = f"\n{SHARED}\n" if any(len(a.indicators) > 1 for a in activities) else ""
    return Md(box("rbpmp", table(COLUMNS, rows)) + note)


def session_media(module: Module, session: Session, found: Places) -> Md:
    """`Media: … Referensi: …` of one session, for the plan below which it stands; empty where it has neither."""
    taught = dict.fromkeys(n for activity in session.activities or () for n in activity.indicators)
    told = (
        ("Media", _links(module, _within(found.handouts, [_span(session.section)]))),
        ("Referensi", _sources(module, taught, found)),
    )
    return joined(" ", (md("**{}:** {}.", name, value) for name, value in told if value))


def _taught(module: Module, indicator: Indicator) -> Iterator[str]:
    """The sessions that teach an indicator, each with its methods."""
    for session in module.sessions or ():
        methods = dict.fromkeys(a.method.lower() for a in session.activities or () if indicator.number in a.indicators)
        if methods:
            yield f"{f'Sesi {session.number}' if session.number else session.title}: {', '.join(methods)}"


def _time(module: Module, indicator: Indicator) -> str:
    """`70 menit (T 25, P 45)`, by the rows that name an indicator; empty where none does."""
    own = [a for s in module.sessions or () for a in s.activities or () if indicator.number in a.indicators]
    by_mode = {mode: sum(a.minutes or 0 for a in own if a.mode is mode) for mode in Mode}
    split = ", ".join(f"{mode} {minutes}" for mode, minutes in by_mode.items() if minutes)
    return f"{sum(by_mode.values())} menit ({split})" if split else ""


# --- Where things are named -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Places:
    """Where a module's text calls handouts by name and cites sources: byte offsets, in order."""

    handouts: tuple[tuple[int, Document], ...]
    sources: tuple[tuple[int, str], ...]


def places(module: Module, documents: Documents) -> Places:
    """Read once what the table and the plans of a module ask for: its handouts, keys aside, and its citations."""
    known = {reference.key for reference in module.references or ()}
    cited = tuple((at, key) for at, key in cited_keys(module.document) if key in known)
    names = _names(module, documents)
    if not names:
        return Places((), cited)
    longest = sorted(names, key=len, reverse=True)
    pattern = re.compile(rb"\b(?:" + b"|".join(map(re.escape, longest)) + rb")\b")
    found = pattern.finditer(module.document.data.lower())
    return Places(tuple((match.start(), names[match[0]]) for match in found), cited)


def _names(module: Module, documents: Documents) -> dict[bytes, Document]:
    """What a module calls the handouts that it links to: their titles, and the texts of links of two words or more."""
    found: dict[bytes, Document] = {}
    for one in module.document.links:
        page = documents.get(natural_path(f"{posixpath.dirname(module.path)}/{one.target.partition('#')[0]}"))
        if page and page.path.startswith(f"{MODULES}/") and "/lampiran-" in page.path:
            told = handout_of(page)
            if not (told and told.kind == KEY):
                found[page.title.encode().lower()] = page
                if " " in one.text:
                    found.setdefault(one.text.encode().lower(), page)
    return found


_Named = TypeVar("_Named", Document, str)


def _within(found: Iterable[tuple[int, _Named]], spans: Iterable[range]) -> dict[_Named, None]:
    """What stands in some byte ranges, each once, in order."""
    wanted = list(spans)
    return dict.fromkeys(one for at, one in found if any(at in span for span in wanted))


def _media(module: Module, indicator: Indicator, found: Places) -> Iterable[Document]:
    """The handouts of an indicator: those of its sessions, but what belongs to other indicators, then its own."""
    tied = _tied(module, found)
    sessions = (
        _span(session.section)
        for session in module.sessions or ()
        if any(indicator.number in activity.indicators for activity in session.activities or ())
    )
    used = _within(found.handouts, sessions)
    here = [handout for handout in used if indicator.number in tied.get(handout, {indicator.number})]
    return dict.fromkeys([*here, *(handout for handout, numbers in tied.items() if indicator.number in numbers)])


def _tied(module: Module, found: Places) -> dict[Document, set[int]]:
    """The handouts that belong to certain indicators, because their topics or their assessments name them."""
    spans = [({number}, _span(part)) for number, part in _parts(module)]
    spans += [(set(row.indicators), _around(row.cells)) for row in module.assessments or ()]
    tied: dict[Document, set[int]] = {}
    for numbers, span in spans:
        for handout in _within(found.handouts, [span]):
            tied.setdefault(handout, set()).update(numbers)
    return tied


def _links(module: Module, handouts: Iterable[Document]) -> Md:
    here = posixpath.dirname(uri(module.path))
    return joined(", ", (link(h.title, posixpath.relpath(uri(h.path), here)) for h in handouts))


def _sources(module: Module, numbers: Iterable[int], found: Places) -> Md:
    """The sources that the topics of some indicators cite, each once, with a link to the list."""
    wanted = set(numbers)
    keys = _within(found.sources, (_span(part) for number, part in _parts(module) if number in wanted))
    return joined("; ", (link(key, f"#{slug(vocabulary.REFERENCES)}") for key in keys))


def _parts(module: Module) -> Iterator[tuple[int, Section]]:
    """The parts of Uraian materi by the number of their topic."""
    content = module.sections.get(vocabulary.CONTENT)
    for part in content.children if content else ():
        if match := PART.match(part.title):
            yield int(match[1]), part


def _span(section: Section) -> range:
    """The bytes of a section with all below it."""
    return range(section.start, max((b.end for below in section.walk() for b in below.blocks), default=section.start))


def _around(cells: tuple[Block, ...]) -> range:
    return range(cells[0].start, cells[-1].end) if cells else range(0)
