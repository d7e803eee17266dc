"""A comparison on one plain page: for neighbouring editions on the site, and for `sigap compare --format html`."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from .. import files, html_out, settings, site, vocabulary
from ..addresses import MODULE_URIS, answers, uri, web
from ..allowed_html import neutralised
from ..compare.bumps import STATUS_LABELS, Status
from ..compare.change import words_text
from ..compare.changes import ModuleChange
from ..compare.programmes import ProgrammeChange, hours_of
from ..model import Curriculum, Finding, Hours, Mode, Module, Programme, Severity
from ..pages.docs import docs_body
from ..pages.editing import body
from ..redline.engine import Redline, redline
from ..render import renderer
from .answering import answered_at
from .findings import FRONT, beside
from .report import GAPS, Report, gaps, hours_text, ordered, summary, totals
from .units import HEAD, START, Changed, head

if TYPE_CHECKING:
    from markupsafe import Markup

TEMPLATES = html_out.TEMPLATES / "comparison"
LOOK = settings.ROOT / "scripts" / "theme" / "assets" / "sigap.css"
TITLE = "Bandingkan edisi"
SEVERITIES = {Severity.ERROR: "galat", Severity.WARNING: "peringatan"}
ABOUT = "Membandingkan dua edisi kurikulum mana pun: jam pelajaran, susunan, dan kata demi kata."
TRAIL = [(TITLE, "../")]
"""What lies between home and a page below /banding/."""


def fragment(module: Module) -> str:
    """A module's text and its handouts' as HTML without theme. Links lead on from the module's page, wherever it is."""
    made = renderer()
    here = web(module.path)
    texts = (body(document, lambda path: quote(relative(web(path), here))) for document in module.documents)
    return neutralised("\n".join(made.reset().convert(text) for text in texts))


def programme_fragment(programme: Programme, curriculum: Curriculum) -> str:
    """A programme's page as HTML without theme, with its structure and timetable. Links lead on from the page."""
    page = uri(programme.document.path)
    made = neutralised(renderer().convert(programme_text(programme, curriculum)))

    def lead(link: re.Match[str]) -> str:
        path, mark, rest = link[2].partition("#")
        target = answers(posixpath.normpath(posixpath.join(posixpath.dirname(page), path))) if path else answers(page)
        return f'{link[1]}="{relative(target, answers(page)) if path else ""}{mark}{rest}"'

    return _TAG.sub(lambda tag: _RELATIVE.sub(lead, tag[0]), made)


def programme_text(programme: Programme, curriculum: Curriculum) -> str:
    """A programme's page as Markdown, with its structure and timetable."""
    return docs_body(programme.document, curriculum, {})


def relative(target: str, start: str) -> str:
    """From one address below an edition to another; a folder keeps its slash."""
    return posixpath.relpath(target or ".", start) + ("/" if target.endswith("/") or not target else "")


def led(marked: str, base: str) -> str:
    """Marked HTML with its relative links and images led on from `base`, the address of a module's page."""
    return _TAG.sub(lambda tag: _RELATIVE.sub(rf'\1="{html.escape(base)}\2"', tag[0]), marked)


_TAG = re.compile(r"<[^>]*>")
_RELATIVE = re.compile(r'\b(href|src)="(?![a-z][a-z0-9+.-]*:|[#/])([^"]*)"')


def page(report: Report, text: Callable[[Module], str], new: str) -> str:
    """The whole comparison as a page of the site, below /banding/; `new` is the edition that its links lead into."""
    values = told(report, text, f"../../{new}/")
    return site.outside("comparison/page.html", "../../", trail=TRAIL, style="", up="../", **values)


def alone(report: Report) -> str:
    """The whole comparison as one file without a site around it; its links lead to the site's newest edition."""
    from markupsafe import Markup

    style = "\n".join(path.read_text(encoding="utf-8") for path in (LOOK, TEMPLATES / "banding.css"))
    base = f"{settings.address('site_url').rstrip('/')}/{settings.LATEST}/"
    policy = html_out.policy_apart(style, origin(base))
    values = told(replace(report, review=settings.review()), fragment, base)
    return html_out.page("comparison/page.html", policy=policy, style=Markup(style), up="", **values)


def told(report: Report, text: Callable[[Module], str], base: str) -> dict[str, Any]:
    """What the template shows of a comparison. `base` is the address of the edition to which links lead on."""
    comparison = report.comparison
    parts = [_module(module, text, report, base) for module in comparison.changed]
    parts += [_programme(one, report, base) for one in comparison.programmes if one.status is not Status.UNCHANGED]
    placed = {finding for part in parts for hunk in part.hunks for finding in hunk.findings}
    return {
        "title": f"Perubahan dari {report.old} ke {report.new}",
        "old": report.old,
        "new": report.new,
        "summary": summary(report),
        "overview": [_row(module) for module in comparison.modules],
        "parts": parts,
        "findings": [finding for finding in report.findings if finding not in placed],
        "found": _found(report.findings, len(placed)),
        "severities": SEVERITIES,
        "hours": _hours_rows(*totals(comparison)),
        "policy_changes": [change.whole for change in comparison.policy],
        "gaps_title": GAPS,
        "gaps": list(gaps(comparison)),
    }


def origin(address: str) -> str:
    """The scheme and host of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _row(module: ModuleChange) -> dict[str, object]:
    """A module in the table on top."""
    cells = (
        STATUS_LABELS[module.status],
        _from_to(*(version or "–" for version in module.versions)),
        _from_to(*(hours_text(side.hours) if side else "–" for side in (module.old, module.new))),
        module.required.label if module.old and module.new else "–",
    )
    name = f"{module.kode} {module.title}"
    return {"kode": module.kode, "name": name, "changed": module.status is not Status.UNCHANGED, "cells": cells}


@dataclass(frozen=True)
class _Hunk:
    """What changed at one place: the headings it stands under, its marked HTML, what the rules say of it, and the
    address at which a proposal's host takes answers to it.
    """

    title: str
    text: Markup
    findings: tuple[Finding, ...]
    answer: str = ""


@dataclass(frozen=True)
class _Part:
    """What the page tells of one module or programme; `status` is said where one side alone has it."""

    kode: str
    name: str
    status: str = ""
    query: str = ""
    hours: tuple[tuple[str, int, int], ...] = ()
    sentences: tuple[str, ...] = ()
    words: str = ""
    hunks: tuple[_Hunk, ...] = ()


def _module(module: ModuleChange, text: Callable[[Module], str], report: Report, base: str) -> _Part:
    name = f"{module.kode} {module.title}"
    if not (module.old and module.new):
        return _Part(module.kode, name, f"Modul ini {STATUS_LABELS[module.status]}.")
    old, new = module.old.hours, module.new.hours
    hours = _hours_rows(old, new) if old and new and old != new else ()
    made = redline(text(module.old), text(module.new), f"r-{module.kode}")
    return _part(module, report, made, hours, f"{base}{MODULE_URIS}/{module.new.slug}/")


def _programme(programme: ProgrammeChange, report: Report, base: str) -> _Part:
    name = f"{programme.kode} {programme.title}"
    if not (programme.old and programme.new):
        return _Part(programme.kode, name, f"Program ini {STATUS_LABELS[programme.status]}.")
    sides = ((programme.old, report.comparison.old), (programme.new, report.comparison.new))
    old, new = (hours_of(*side) for side in sides)
    before, now = (programme_fragment(*side) for side in sides)
    made = redline(before, now, f"r-{programme.kode}")
    hours = _hours_rows(old, new) if old != new else ()
    return _part(programme, report, made, hours, f"{base}{web(programme.new.document.path)}")


def _part(change: Changed, report: Report, made: Redline, hours: tuple[tuple[str, int, int], ...], base: str) -> _Part:
    """Both sides have it. `base` is the address of its page."""
    return _Part(
        change.kode,
        f"{change.kode} {change.title}",
        query="?" + urlencode({"modul": change.kode, "dari": report.old, "ke": report.new}),
        hours=hours,
        sentences=tuple(one.whole for one in ordered(change.changes)),
        words=words_text(change.words),
        hunks=tuple(_hunks(change, made, report, base)),
    )


def _hours_rows(old: Hours, new: Hours) -> tuple[tuple[str, int, int], ...]:
    rows = [(f"{mode} ({vocabulary.MODE_NAMES[mode]})", old.of(mode), new.of(mode)) for mode in Mode]
    return (*rows, ("Jumlah", old.total, new.total))


def _hunks(module: Changed, made: Redline, report: Report, base: str) -> Iterator[_Hunk]:
    """Only what changed, each part with the headings that it stands below; links lead on from `base`. The HTML is made
    of texts that the wall has read.
    """
    from markupsafe import Markup

    near: dict[int | None, list[Finding]] = {}
    for one in beside(report.findings, module.new.documents if module.new else (), made.hunks):
        near.setdefault(one.hunk, []).append(one.finding)
    sides = [side.documents if side else () for side in (module.old, module.new)]
    places = answered_at(sides[0], sides[1], made.hunks, report.review) if report.review else {}
    if front := head(module, made):
        yield _Hunk(HEAD, Markup(front), tuple(near.get(FRONT, ())), places.get(FRONT, ""))
    for number, hunk in enumerate(made.hunks):
        title = " › ".join(hunk.path) or START
        yield _Hunk(title, Markup(within(led(hunk.html, base))), tuple(near.get(number, ())), places.get(number, ""))


def within(marked: str) -> str:
    """Marked HTML as part of a page: its headings stand below the one of its hunk, a table whose head changed has one
    head, and cells are aligned by the style sheet, so that the page is valid HTML with one outline.
    """
    placed = _ALIGNED.sub(lambda cell: cell[1] + _ALIGN.get(cell[2], ""), _HEADING.sub(r"<\1h4", marked))
    return _SECOND_HEAD.sub(r"\1<tbody\2</tbody>", placed)


_HEADING = re.compile(r"<(/?)h[1-6]\b")
_ALIGNED = re.compile(r'(<t[hd]\b[^<>]*?) align="(\w+)"')
_ALIGN = {"right": ' class="kanan"', "center": ' class="tengah"'}
_SECOND_HEAD = re.compile(r"(</thead>\s*)<thead\b(.*?)</thead>", re.DOTALL)


def _found(findings: Sequence[Finding], placed: int) -> str:
    """How many findings the new side has, and how many of them stand beside a change; empty where it has none."""
    counts = ((sum(f.severity is kind for f in findings), label) for kind, label in SEVERITIES.items())
    named = ", ".join(f"{count} {label}" for count, label in counts if count)
    return f"{named}; {placed} di antaranya berdiri di samping perubahannya." if named else ""


def _from_to(old: str, new: str) -> str:
    return old if old == new else f"{old} → {new}"


def write(report: Report, target: Path) -> str:
    """Write the comparison as a folder that opens from disk. Out: the page's path. Raises Trouble."""
    content = alone(report)
    with files.new_folder(target) as folder:
        files.write(folder / "index.html", content)
    return str(target / "index.html")


def unpublished(old: str, new: str) -> str:
    """The page of a pair that the notes of an edition link, though one of the two is not published (any more)."""
    template, title = "comparison/tidak-terbit.html", "Perbandingan tidak terbit"
    return site.outside(template, "../../", title, trail=TRAIL, old=old, new=new)
