"""A comparison on one plain page: for neighbouring editions on the site, and for `sigap compare --format html`."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from .. import files, html_out, settings, site
from ..allowed_html import neutralised
from ..compare.bumps import STATUS_LABELS, Status
from ..compare.change import words_text
from ..compare.changes import ModuleChange
from ..model import Mode, Module
from ..pages.editing import MODULE_URIS, body, web
from ..redline.engine import Redline, redline
from ..render import renderer
from .report import Report, hours_text, ordered, summary

if TYPE_CHECKING:
    from markupsafe import Markup

TEMPLATES = html_out.TEMPLATES / "comparison"
LOOK = settings.ROOT / "scripts" / "theme" / "assets" / "sigap.css"
TITLE = "Bandingkan edisi"
ABOUT = "Membandingkan dua edisi kurikulum mana pun: jam pelajaran, susunan, dan kata demi kata."
TRAIL = [(TITLE, "../")]
"""What lies between home and a page below /banding/."""


def fragment(module: Module) -> str:
    """A module's text and its handouts' as HTML without theme. Links lead on from the module's page, wherever it is."""
    made = renderer()
    here = web(module.path)
    texts = (body(document, lambda path: quote(relative(web(path), here))) for document in module.documents)
    return neutralised("\n".join(made.reset().convert(text) for text in texts))


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
    base = f"../../{new}/{MODULE_URIS}/"
    return site.outside("comparison/page.html", "../../", trail=TRAIL, style="", up="../", **told(report, text, base))


def alone(report: Report) -> str:
    """The whole comparison as one file without a site around it; its links lead to the site's newest edition."""
    from markupsafe import Markup

    style = "\n".join(path.read_text(encoding="utf-8") for path in (LOOK, TEMPLATES / "banding.css"))
    base = f"{settings.address('site_url').rstrip('/')}/{settings.LATEST}/{MODULE_URIS}/"
    policy = html_out.policy_apart(style, origin(base))
    values = told(report, fragment, base)
    return html_out.page("comparison/page.html", policy=policy, style=Markup(style), up="", **values)


def told(report: Report, text: Callable[[Module], str], base: str) -> dict[str, Any]:
    """What the template shows of a comparison. `base` is the address below which the modules have their pages."""
    comparison = report.comparison
    return {
        "title": f"Perubahan dari {report.old} ke {report.new}",
        "old": report.old,
        "new": report.new,
        "summary": summary(report),
        "overview": [_row(module) for module in comparison.modules],
        "modules": [_module(module, text, report, base) for module in comparison.changed],
        "programmes": [
            (f"{programme.kode} {programme.title}", [change.whole for change in programme.changes])
            for programme in comparison.programmes
            if programme.changes
        ],
        "policy_changes": [change.whole for change in comparison.policy],
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


def _module(module: ModuleChange, text: Callable[[Module], str], report: Report, base: str) -> dict[str, object]:
    """What the page tells of one module."""
    found: dict[str, object] = {"kode": module.kode, "name": f"{module.kode} {module.title}", "status": ""}
    if not (module.old and module.new):
        return {**found, "status": STATUS_LABELS[module.status]}
    old, new = module.old.hours, module.new.hours
    made = redline(text(module.old), text(module.new), f"r-{module.kode}")
    return {
        **found,
        "query": "?" + urlencode({"modul": module.kode, "dari": report.old, "ke": report.new}),
        "hours": [(mode, old.of(mode), new.of(mode)) for mode in Mode] if old and new and old != new else [],
        "sentences": [change.whole for change in ordered(module.changes)],
        "words": words_text(module.words),
        "hunks": list(hunks(made, f"{base}{module.new.slug}/")),
    }


def hunks(made: Redline, base: str) -> Iterator[tuple[str, Markup]]:
    """Only what changed, each part with the headings that it stands below; links lead on from `base`. The HTML is made
    of texts that the wall has read.
    """
    from markupsafe import Markup

    for hunk in made.hunks:
        yield " › ".join(hunk.path) or "Awal modul", Markup(led(hunk.html, base))


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
