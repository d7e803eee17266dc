"""The shape of the site: navigation, trails, and the files at its root that belong to no edition."""

from __future__ import annotations

import html
import json
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from . import export, html_out, search_index, settings
from .addresses import MODULE_URIS, answers, uri, web
from .model import Curriculum, Edition, Module, Programme
from .pages.programme_tests import programme_tests
from .settings import LATEST
from .source import slug

TABS = (
    ("Beranda", "index.md"),
    ("Modul", f"{MODULE_URIS}/index.md"),
    ("Program", "program/index.md"),
    ("Panduan", "panduan/index.md"),
    ("Kontribusi", "kontribusi/index.md"),
    ("Edisi", "edisi/index.md"),
)
"""The menu: one index page for each kind. It stands on every page, so it must not grow with the curriculum,
or a page that did not change would change with each new module, programme and edition."""


@lru_cache(maxsize=1)
def tabs(curriculum: Curriculum) -> list[tuple[str, str]]:
    """The tabs whose index page this content has."""
    uris = {uri(page.path) for page in curriculum.pages}
    return [(label, index) for label, index in TABS if index in uris]


@lru_cache(maxsize=1)
def by_page(curriculum: Curriculum) -> dict[str, Module | Programme]:
    """Every module and programme by the uri of its page. Each page asks for it: it is made once for all of them."""
    found: dict[str, Module | Programme] = {uri(p.document.path): p for p in curriculum.programmes}
    return found | {uri(module.path): module for module in curriculum.modules}


@lru_cache(maxsize=1)
def _order(curriculum: Curriculum) -> dict[str, int]:
    """The place of each module in the curriculum's order, by the uri of its page."""
    named = (module for _, module in sorted(curriculum.by_kode.items()) if module.kode)
    return {uri(module.path): at for at, module in enumerate(named)}


def framed(page: str, edition: str, curriculum: Curriculum) -> dict[str, Any]:
    """What templates/site/bingkai.html, the frame of all pages, asks of a page that is known by its uri.

    `edition` is the way from the page to the folder of its edition.
    """
    marks = {tab(page): "true"} | {page: "page"}
    return {
        "edition": edition,
        "root": f"{edition}../",
        "policy": html_out.policy(search=page == SEARCH),
        "menu": [(label, edition + web(index), marks.get(index, "")) for label, index in tabs(curriculum)],
        "trail": [(label, edition + web(target)) for label, target in trail(page, curriculum)],
    }


def addresses(curriculum: Curriculum) -> list[str]:
    """The address of every page below its edition, sorted."""
    tests = [test for programme in curriculum.programmes for test in programme_tests(programme, curriculum)]
    return sorted(web(document.path) for document in (*curriculum.documents.values(), *tests))


def tab(page: str) -> str:
    """The index page of the tab that a page belongs to: `modul/index.md` for `modul/x/lampiran-a.md`."""
    return next((index for _, index in TABS[1:] if page.startswith(f"{posixpath.dirname(index)}/")), TABS[0][1])


def trail(page: str, curriculum: Curriculum) -> list[tuple[str, str]]:
    """The way down to a page, as titles and uris: home, the index of its tab, and for a page below another its parent.

    A handout's parent is its module, a rule's the list of rules, a test's its programme.
    """
    if page == TABS[0][1]:
        return []
    found = [TABS[0]]
    index = tab(page)
    label = next(label for label, target in TABS if target == index)
    if index not in (page, TABS[0][1]):
        found.append((label, index))
    folder, known = posixpath.dirname(page), titles(curriculum)
    parent = next((uri for uri in (f"{folder}/index.md", f"{folder}.md") if uri in known), page)
    if parent not in (page, index):
        found.append((known[parent], parent))
    return found


@lru_cache(maxsize=1)
def titles(curriculum: Curriculum) -> dict[str, str]:
    """The title of every page by its uri."""
    found = {uri(page.path): page.title for page in curriculum.pages}
    return found | {uri(module.path): module.title for module in curriculum.modules}


def neighbours(page: str, curriculum: Curriculum) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    """The modules before and after a module's page in the curriculum's order, each as its name and address."""
    order = _order(curriculum)
    if page not in order:
        return None, None
    named, at = list(order), order[page]

    def told(index: int) -> tuple[str, str] | None:
        module = by_page(curriculum)[named[index]] if 0 <= index < len(named) else None
        return (f"{module.kode} {module.title}", answers(named[index])) if module else None

    return told(at - 1), told(at + 1)


def sessions(page: str, curriculum: Curriculum) -> list[tuple[int, str, int]]:
    """The sessions of a module's page: number, anchor and minutes."""
    module = by_page(curriculum).get(page)
    return [
        (session.number, slug(session.section.title), session.minutes())
        for session in (module.sessions or () if isinstance(module, Module) else ())
        if session.number
    ]


@dataclass(frozen=True, slots=True)
class Planner:
    """The form that a page can open: its script and button, and for a programme its kode, folder and calendar."""

    script: str
    label: str
    kode: str = ""
    slug: str = ""
    calendar: bool = False


def planner(page: str, curriculum: Curriculum) -> Planner | None:
    """A programme's page plans days, the list of programmes plans a year, the page of reviews records one."""
    if page == "panduan/status-telaah.md":
        return Planner("telaah.js", "Catat telaah saya")
    if page == "program/index.md":
        return Planner("tahunan.js", "Rencanakan JP setahun")
    programme = by_page(curriculum).get(page)
    if not isinstance(programme, Programme):
        return None
    return Planner("susun.js", "Susun jadwal sendiri", programme.kode, programme.slug, bool(curriculum.editions))


SEARCH = "cari.md"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def linked_data(page: str, curriculum: Curriculum) -> str:
    """What search engines read of a module's or programme's page (schema.org, JSON-LD); empty for other pages."""
    place = f"{settings.address('site_url').rstrip('/')}/{LATEST}/"
    shown = by_page(curriculum).get(page)
    if isinstance(shown, Module):
        module = shown
        what: dict[str, Any] = {
            "@type": "LearningResource",
            "name": module.title,
            "description": module.summary,
            "identifier": module.kode,
            "version": module.version,
            "timeRequired": f"PT{module.minutes()}M",
            "teaches": [indicator.text for indicator in module.indicators or ()],
            "inLanguage": "id",
            "license": LICENCE,
            "url": place + web(module.path),
        }
    elif isinstance(shown, Programme):
        programme = shown
        what = {
            "@type": "Course",
            "name": programme.title,
            "courseCode": programme.kode,
            "description": str((programme.document.front or {}).get("description", "")),
            "inLanguage": "id",
            "license": LICENCE,
            "url": place + web(programme.document.path),
            "provider": {"@type": "Organization", "name": "Sigap"},
        }
    else:
        return ""
    way = [(label, place + target.removesuffix("index.md")) for label, target in trail(page, curriculum)]
    crumbs = [
        {"@type": "ListItem", "position": number, "name": label, "item": address}
        for number, (label, address) in enumerate([*way, (what["name"], what["url"])], 1)
    ]
    graph = [what, {"@type": "BreadcrumbList", "itemListElement": crumbs}]
    return json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False).replace("<", "\\u003c")


def packs(out: Path, curriculum: Curriculum, printed: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """What a reader can save for reading without a network, of an edition that is built in `out`.

    Out: by name the addresses below it and their bytes in all. `bersama` is what every other needs: look, lists of
    modules and programmes, search. A module (by its kode) carries its handouts and what is printed of it (`printed`:
    paths from the root of the site and bytes), a programme its modules, `edisi` all.
    """
    files = {path.relative_to(out).as_posix(): path.stat().st_size for path in sorted(out.rglob("*")) if path.is_file()}
    files = {name: size for name, size in files.items() if not name.endswith((".md", ".xml", ".gz", "simpan.json"))}
    entries = {"index.html", "modul/index.html", "program/index.html", "cari/index.html", "sinonim.json"}
    found = search_index.fragments(out / "pagefind")

    def pack(names: Iterable[str], *kodes: str) -> dict[str, Any]:
        known = {*names, *(f"pagefind/{found[n]}" for n in map(_folder, names) if n in found)}
        sheets = {f"../{path}": size for kode in kodes for path, size in printed[kode].items()}
        size = sum(files[name] for name in known) + sum(sheets.values())
        return {"berkas": [*sorted(map(_folder, known)), *sheets], "bita": size}

    below: dict[str, list[str]] = {}
    for name in files:
        below.setdefault("/".join(name.split("/")[:2]) + "/", []).append(name)
    common = [n for n in files if (n.startswith(("assets/", "pagefind/")) and "/fragment/" not in n) or n in entries]
    own = {module.kode: below.get(web(module.path), []) for module in curriculum.modules if module.kode}
    packs = {kode: pack(names, kode) for kode, names in own.items()}
    for programme in curriculum.programmes:
        kodes = [module.kode for module in curriculum.modules_of(programme)]
        names = [*below.get(web(programme.document.path), [])]
        names += [name for kode in kodes for name in own[kode]]
        packs[programme.kode] = pack([*names, "kurikulum.json"], programme.kode, *kodes)
    return {"bersama": pack(common), **packs, "edisi": pack(files.keys() - set(common))}


def _folder(name: str) -> str:
    return name.removesuffix("index.html")


KINDS = {"modul": "modul", "program": "program", "panduan": "panduan", "kontribusi": "panduan", "edisi": "edisi"}


def kind(page: str) -> str:
    """What a page is, for the filter of the search; empty for pages that are not searched."""
    top = page.partition("/")[0]
    if page == SEARCH:
        return ""
    if page.startswith("kontribusi/aturan/"):
        return "aturan"
    if top == "modul" and not page.endswith("/index.md"):
        return "lampiran"
    return KINDS.get(top, "halaman")


FILLED = ("modul", "versi", "bagian")
"""What is known of a report when the page is built; its script adds `{edisi}` and `{alamat}`, which the page may not
know, or the reader does."""


def report_address(setting: str, kode: str, version: str, section: str) -> str:
    """Where a reader reports a mistake in a part of a page: `extra.lapor` of mkdocs.yml with what is known filled in.

    The setting is an address of the form that names its own places, `…?entry.1={modul}&entry.2={bagian}`; or a mailto:
    or the page of new issues, which get a subject and a text. Empty where the setting is no such address.
    """
    if urlsplit(setting).scheme not in ("https", "http", "mailto"):
        return ""
    known = dict(zip(FILLED, (kode, version, section), strict=True))
    if "{" not in setting:
        what = ", ".join(filter(None, (kode, version and f"versi {version}", "edisi {edisi}")))
        text = f"{what}\nBagian: {section or 'seluruh halaman'}\nAlamat: {{alamat}}\n\nYang keliru:\n\nSeharusnya:\n"
        title = f"Lapor kesalahan: {kode} {section}".strip().removesuffix(":")
        names = ("subject", "body") if setting.startswith("mailto:") else ("title", "body")
        query = urlencode(dict(zip(names, (title, text), strict=True)), quote_via=quote)
        return f"{setting}{'&' if '?' in setting else '?'}{query}"
    for name, value in known.items():
        setting = setting.replace(f"{{{name}}}", quote(value, safe=""))
    return setting.replace("{", "%7B").replace("}", "%7D")


def with_reports(page: str, content: str, curriculum: Curriculum, setting: str) -> str:
    """The HTML of a module's page with a small link below each session to report what is wrong in it."""
    module = next((module for module in curriculum.modules if uri(module.path) == page), None)
    if not module or not report_address(setting, "", "", ""):
        return content
    for session in module.sessions or ():
        start = content.find(f'<h3 id="{slug(session.section.title)}"')
        end = _NEXT.search(content, start + 1) if start >= 0 else None
        if end:
            address = html.escape(
                report_address(setting, module.kode, module.version, session.section.title), quote=True
            )
            link = f'<a href="{address}" data-lapor>Lapor kesalahan di sesi {session.number}</a>'
            content = (
                f'{content[: end.start()]}<p class="lapor" data-pagefind-ignore>{link}</p>\n{content[end.start() :]}'
            )
    return content


_NEXT = re.compile(r"<h[123][ >]|\Z")
_SVG = re.compile(rb"<svg[^>]*>")
_SVG_SIZE = re.compile(rb'\b(width|height)="([\d.]+)(?:px)?"')
_SVG_BOX = re.compile(rb'viewBox="[\d.-]+[ ,]+[\d.-]+[ ,]+([\d.]+)[ ,]+([\d.]+)"')


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or SVG in pixels; None where its first bytes do not say."""
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    head = _SVG.search(data[:4000])
    if not head:
        return None
    sides = {key: float(value) for key, value in _SVG_SIZE.findall(head[0])}
    if len(sides) == 2:
        return round(sides[b"width"]), round(sides[b"height"])
    if box := _SVG_BOX.search(head[0]):
        return round(float(box[1])), round(float(box[2]))
    return None


# --- Outside the editions -------------------------------------------------------------------------------------------


Trail = Sequence[tuple[str, str]]


def outside(
    template: str, root: str, title: str, *, edition: str = "", trail: Trail = (), about: str = "", **values: object
) -> str:
    """A page that belongs to no edition, in the frame of all: its menu leads into `edition`, by default the newest.

    `root` and `edition` are the ways from the page to these folders, `trail` what lies between home and the page, as
    labels and addresses; `about` describes it to search engines; `values` are what the template itself asks for.
    """
    edition = edition or f"{root}{LATEST}/"
    frame = {
        "edition": edition,
        "root": root,
        "policy": html_out.policy(),
        "menu": [(label, edition + web(index), "") for label, index in TABS],
        "trail": [(TABS[0][0], edition), *trail],
        "title": title,
        "about": about or settings.address("site_description"),
        "repository": settings.address("repo_url"),
    }
    return html_out.page(template, **frame, **values)


def redirect(target: str, edition: str, root: str, title: str = "Kurikulum tanggap krisis") -> str:
    """A page that leads to `target` with and without JavaScript, keeping query and fragment where it can."""
    return outside("site/pengalihan.html", root, title, edition=edition, target=target)


def not_found(base: str) -> str:
    """The page a host shows for an address that does not exist. `base` is the path of the site, such as `/sigap/`."""
    return outside("site/tidak-ada.html", base, "Halaman tidak ditemukan")


def robots(site_url: str) -> str:
    """Only the newest edition is for search engines; older ones stay readable by link."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {site_url}sitemap.xml\n"


def sitemap(site_url: str, uris: Sequence[str], day: date) -> str:
    """The pages of the newest edition under their lasting address, with the day of that edition."""
    mark = f"<lastmod>{day.isoformat()}</lastmod>"
    rows = "".join(f"<url><loc>{html.escape(f'{site_url}{LATEST}/{u}')}</loc>{mark}</url>\n" for u in uris)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'
    )


def properties(edition: Edition, curriculum: Curriculum) -> dict[str, Any]:
    """What `versions.json` says of an edition beside its name: its date and where each module stands."""
    return {
        "tanggal": edition.date.isoformat(),
        "modul": {module.kode: module.slug for module in curriculum.modules if module.kode},
    }


SCHEMAS = "skema"
"""The folder at the root for schemas of what is published as data."""


def data_schema() -> tuple[str, bytes]:
    """The JSON Schema of kurikulum.json: its path from the root, which names the format's version, and its bytes."""
    name = f"kurikulum-{export.FORMAT}.json"
    return f"{SCHEMAS}/{name}", (html_out.TEMPLATES / "site" / name).read_bytes()


def service_worker() -> bytes:
    """The script at the root that keeps visited and saved pages for reading without a network."""
    return (Path(__file__).parent / "templates" / "site" / "sw.js").read_bytes()
