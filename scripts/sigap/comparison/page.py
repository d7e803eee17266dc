"""A comparison on one plain page: for neighbouring editions on the site, and for `sigap compare --format html`."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

from .. import files, html_out, settings
from ..addresses import MODULE_URIS, web
from ..allowed_html import neutralised
from ..compare.bumps import STATUS_LABELS, Status
from ..compare.change import words_text
from ..compare.changes import ModuleChange
from ..model import Mode, Module
from ..pages.editing import body
from ..redline.engine import Redline, redline
from ..render import renderer
from .report import Report, hours_text, ordered, summary

if TYPE_CHECKING:
    from markupsafe import Markup

TEMPLATES = html_out.TEMPLATES / "comparison"


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


def page(report: Report, text: Callable[[Module], str], up: str, style: str = "", base: str = "") -> str:
    """The whole comparison as one page. `up` leads to `/banding/`, or is empty for a page without a site; `base` is
    the address below which the modules have their pages.
    """
    from markupsafe import Markup

    style = f"\n{style}" if style else ""
    comparison = report.comparison
    return html_out.page(
        "comparison/page.html",
        policy=html_out.policy_apart(style, origin(base)) if style else html_out.policy(),
        style=Markup(style),
        title=f"Perubahan dari {report.old} ke {report.new}",
        old=report.old,
        new=report.new,
        up=up,
        summary=summary(report),
        overview=[_row(module) for module in comparison.modules],
        modules=[_module(module, text, report, base) for module in comparison.changed],
        programmes=[
            (f"{programme.kode} {programme.title}", [change.whole for change in programme.changes])
            for programme in comparison.programmes
            if programme.changes
        ],
        policy_changes=[change.whole for change in comparison.policy],
    )


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
    style = (TEMPLATES / "banding.css").read_text(encoding="utf-8")
    site = f"{settings.address('site_url').rstrip('/')}/{settings.LATEST}/"
    content = page(report, fragment, "", style, f"{site}{MODULE_URIS}/")
    with files.new_folder(target) as folder:
        files.write(folder / "index.html", content)
    return str(target / "index.html")


def unpublished(old: str, new: str) -> str:
    """The page of a pair that the notes of an edition link, though one of the two is not published (any more)."""
    pair = html.escape(f"Perubahan dari {old} ke {new}")
    return (
        '<!doctype html>\n<html lang="id">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        "<title>Perbandingan tidak terbit - Sigap</title>\n"
        '<link rel="stylesheet" href="../banding.css">\n</head>\n<body>\n'
        '<header class="atas"><a href="../../terbaru/">Sigap</a>'
        "<span>Contoh, bukan modul resmi Kemensos</span></header>\n<main>\n<h1>Perbandingan tidak terbit</h1>\n"
        f"<p>{pair} tidak dapat ditampilkan: salah satunya tidak terbit di sini.</p>\n"
        '<p><a href="../">Bandingkan edisi lain</a></p>\n</main>\n</body>\n</html>\n'
    )
