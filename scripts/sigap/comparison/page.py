"""A comparison on one plain page: for neighbouring editions on the site, and for `sigap compare --format html`."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

from .. import settings
from ..allowed_html import neutralised
from ..compare.bumps import STATUS_LABELS, Status
from ..compare.change import words_text
from ..compare.changes import ModuleChange
from ..errors import Trouble
from ..model import Mode, Module
from ..pages.editing import MODULE_URIS, body, web
from ..redline.engine import Redline, redline
from ..render import renderer
from .report import Report, hours_text, ordered, summary

TEMPLATES = Path(__file__).parent.parent / "templates" / "comparison"


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
    title = f"Perubahan dari {report.old} ke {report.new}"
    look = f"<style>\n{style}</style>" if style else f'<link rel="stylesheet" href="{up}banding.css">'
    home = f'<a href="{up}../terbaru/">Sigap</a>' if up else "<span>Sigap</span>"
    parts = [
        f'<!doctype html>\n<html lang="id">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{html.escape(title)} - Sigap</title>\n{look}\n</head>\n<body>\n"
        f'<header class="atas">{home}<span>Contoh, bukan modul resmi Kemensos</span></header>\n<main>\n'
        f"<h1>{html.escape(title)}</h1>\n<p>{html.escape(summary(report))}</p>",
        *_overview(report),
        '<ul class="legenda"><li><ins>ditambahkan</ins></li><li><del>dihapus</del></li>'
        '<li><span class="r-pindah">dipindahkan</span></li></ul>',
    ]
    for module in report.comparison.changed:
        parts += _module(module, text, report, up, base)
    for programme in report.comparison.programmes:
        if programme.changes:
            parts.append(f"<h2>{html.escape(f'{programme.kode} {programme.title}')}</h2>")
            parts.append(_list(change.sentence for change in programme.changes))
    if report.comparison.policy:
        parts += ["<h2>Kebijakan</h2>", _list(change.sentence for change in report.comparison.policy)]
    return "\n".join(parts) + "\n</main>\n</body>\n</html>\n"


def _overview(report: Report) -> Iterator[str]:
    yield (
        '<div class="gulung" tabindex="0" role="region" aria-label="Ringkasan modul"><table>\n<thead><tr>'
        '<th scope="col">Modul</th><th scope="col">Keadaan</th>'
        '<th scope="col">Versi</th><th scope="col">JP</th><th scope="col">Perlu naik</th></tr></thead>\n<tbody>'
    )
    for module in report.comparison.modules:
        name = html.escape(f"{module.kode} {module.title}")
        link = name if module.status is Status.UNCHANGED else f'<a href="#{module.kode}">{name}</a>'
        cells = (
            link,
            STATUS_LABELS[module.status],
            html.escape(_from_to(*(version or "–" for version in module.versions))),
            _from_to(*(hours_text(side.hours) if side else "–" for side in (module.old, module.new))),
            module.required.label if module.old and module.new else "–",
        )
        yield "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    yield "</tbody></table></div>"


def _module(
    module: ModuleChange,
    text: Callable[[Module], str],
    report: Report,
    up: str,
    base: str,
) -> Iterator[str]:
    yield f'<h2 id="{module.kode}">{html.escape(f"{module.kode} {module.title}")}</h2>'
    if not (module.old and module.new):
        yield f"<p>Modul ini {STATUS_LABELS[module.status]}.</p>"
        return
    if up:
        query = f"?modul={module.kode}&amp;dari={report.old}&amp;ke={report.new}"
        yield f'<p><a href="{up}{query}">Baca dengan langkah dan tampilan berdampingan</a></p>'
    if module.old.hours and module.new.hours and module.old.hours != module.new.hours:
        rows = "".join(
            f'<tr><td>{mode}</td><td class="angka">{module.old.hours.of(mode)}</td>'
            f'<td class="angka">{module.new.hours.of(mode)}</td></tr>'
            for mode in Mode
        )
        yield f"<table><thead><tr><th>JP</th><th>{report.old}</th><th>{report.new}</th></tr></thead>{rows}</table>"
    yield _list(change.sentence for change in ordered(module.changes))
    yield f"<p>{html.escape(words_text(module.words))}</p>"
    made = redline(text(module.old), text(module.new), f"r-{module.kode}")
    yield from hunks(made, f"{base}{module.new.slug}/")


def hunks(made: Redline, base: str) -> Iterator[str]:
    """Only what changed, each part under the headings that it stands below; links lead on from `base`."""
    for hunk in made.hunks:
        path = html.escape(" › ".join(hunk.path) or "Awal modul")
        text = f'<div class="teks" tabindex="0">{led(hunk.html, base)}</div>'
        yield f'<section class="hunk"><h3>{path}</h3>{text}</section>'


def _list(sentences: Iterator[str]) -> str:
    items = "".join(f"<li>{html.escape(sentence)}</li>\n" for sentence in sentences)
    return f'<ul class="perubahan">\n{items}</ul>' if items else ""


def _from_to(old: str, new: str) -> str:
    return old if old == new else f"{old} → {new}"


def write(report: Report, target: Path) -> str:
    """Write the comparison as a folder that opens from disk. Out: the page's path. Raises Trouble."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Trouble(f"`{target}` sudah berisi; sebutkan folder baru atau kosong.")
    style = (TEMPLATES / "banding.css").read_text(encoding="utf-8")
    site = f"{settings.address('site_url').rstrip('/')}/{settings.LATEST}/"
    content = page(report, fragment, "", style, f"{site}{MODULE_URIS}/")
    target.mkdir(parents=True, exist_ok=True)
    place = target / "index.html"
    partial = target / ".index.html.sebagian"
    partial.write_text(content, encoding="utf-8")
    partial.replace(place)
    return str(place)


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
