"""The shape of the site: navigation, trails, and the files at its root that belong to no edition."""

from __future__ import annotations

import gzip
import html
import json
import posixpath
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from . import html_out
from .model import Curriculum, Edition
from .pages.editing import MODULE_URIS, uri, web
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
"""The navigation: one index page for each kind. It stands on every page, so it must not grow with the curriculum,
or a page that did not change would change with each new module, programme and edition."""


def nav(curriculum: Curriculum) -> list[dict[str, str]]:
    """The navigation as mkdocs takes it, of the index pages that this content has."""
    uris = {uri(page.path) for page in curriculum.pages}
    return [{label: index} for label, index in TABS if index in uris]


def addresses(curriculum: Curriculum) -> list[str]:
    """The address of every page below its edition, sorted."""
    return sorted(web(document.path) for document in curriculum.documents.values())


def tab(page: str) -> str:
    """The index page of the tab that a page belongs to: `modul/index.md` for `modul/x/lampiran-a.md`."""
    return next((index for _, index in TABS[1:] if page.startswith(f"{posixpath.dirname(index)}/")), TABS[0][1])


def trail(page: str, curriculum: Curriculum) -> list[tuple[str, str]]:
    """The way down to a page, as titles and uris: home, the index of its tab, and for a page below another its parent.

    A handout's parent is its module, a rule's the list of rules.
    """
    if page == TABS[0][1]:
        return []
    found = [TABS[0]]
    index = tab(page)
    label = next(label for label, target in TABS if target == index)
    if index not in (page, TABS[0][1]):
        found.append((label, index))
    parent = f"{posixpath.dirname(page)}/index.md"
    if parent not in (page, index) and (title := titles(curriculum).get(parent)):
        found.append((title, parent))
    return found


def titles(curriculum: Curriculum) -> dict[str, str]:
    """The title of every page by its uri."""
    found = {uri(page.path): page.title for page in curriculum.pages}
    return found | {uri(module.path): module.title for module in curriculum.modules}


def neighbours(page: str, curriculum: Curriculum) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    """The modules before and after a module's page in the curriculum's order, each as its name and address."""
    order = [module for _, module in sorted(curriculum.by_kode.items()) if module.kode]
    at = next((index for index, module in enumerate(order) if uri(module.path) == page), None)
    if at is None:
        return None, None
    named = [(f"{module.kode} {module.title}", web(module.path)) for module in order]
    return (named[at - 1] if at else None), (named[at + 1] if at + 1 < len(named) else None)


def sessions(page: str, curriculum: Curriculum) -> list[tuple[int, str, int]]:
    """The sessions of a module's page: number, anchor and minutes."""
    module = next((module for module in curriculum.modules if uri(module.path) == page), None)
    return [
        (session.number, slug(session.section.title), session.minutes())
        for session in (module.sessions or () if module else ())
        if session.number
    ]


_FRAGMENT = b"pagefind_dcd"
"""Before the JSON in a fragment of the search's index."""


def searched(out: Path) -> dict[str, list[str]]:
    """Kind, address and title of every page that the search knows, by the id that its results carry.

    Pagefind's own filters are written in another order each time; an edition must be the same bytes each time.
    """
    found = {}
    for path in sorted((out / "pagefind" / "fragment").glob("*.pf_fragment")):
        page = json.loads(gzip.decompress(path.read_bytes()).removeprefix(_FRAGMENT))
        address = str(page["url"]).removeprefix("/")
        below = address.count("/") > 2  # a handout, not a module
        found[path.stem] = [
            kind(f"{address}index.md" if not below else f"{address.rstrip('/')}.md"),
            address,
            page["meta"]["title"],
        ]
    return found


LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def linked_data(page: str, curriculum: Curriculum, site_url: str) -> str:
    """What search engines read of a module's or programme's page (schema.org, JSON-LD); empty for other pages."""
    place = f"{site_url}{LATEST}/"
    module = next((module for module in curriculum.modules if uri(module.path) == page), None)
    programme = next((p for p in curriculum.programmes if uri(p.document.path) == page), None)
    if module:
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
    elif programme:
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


def packs(out: Path, curriculum: Curriculum) -> dict[str, Any]:
    """What a reader can save for reading without a network, of an edition that is built in `out`.

    Out: for each module by its kode, and for the whole edition, the addresses below it and their bytes in all. A module
    carries its handouts and the frame; the edition also its search.
    """
    files = {path.relative_to(out).as_posix(): path.stat().st_size for path in sorted(out.rglob("*")) if path.is_file()}
    frame = [name for name in files if name.startswith("assets/")]
    pages = [name for name in files if not name.endswith((".md", ".xml", ".gz", "simpan.json"))]

    def pack(names: Iterable[str]) -> dict[str, Any]:
        found = sorted({*names, *frame})
        return {"berkas": [n.removesuffix("index.html") for n in found], "bita": sum(files[n] for n in found)}

    modules = {
        module.kode: pack(name for name in pages if name.startswith(web(module.path)))
        for module in curriculum.modules
        if module.kode
    }
    return {"modul": modules, "edisi": pack(pages)}


KINDS = {"modul": "modul", "program": "program", "panduan": "panduan", "kontribusi": "panduan", "edisi": "edisi"}


def kind(page: str) -> str:
    """What a page is, for the filter of the search; empty for pages that are not searched."""
    top = page.partition("/")[0]
    if page == "cari.md":
        return ""
    if page.startswith("kontribusi/aturan/"):
        return "aturan"
    if top == "modul" and not page.endswith("/index.md"):
        return "lampiran"
    return KINDS.get(top, "halaman")


# --- The root -------------------------------------------------------------------------------------------------------


def redirect(target: str, assets: str, title: str = "Sigap") -> str:
    """A page that leads to `target` with and without JavaScript, keeping query and fragment where it can. `assets` is
    the way to an edition's assets.
    """
    return html_out.page("site/pengalihan.html", policy=html_out.policy(), target=target, assets=assets, title=title)


def not_found(base: str) -> str:
    """The page a host shows for an address that does not exist. `base` is the path of the site, such as `/sigap/`."""
    latest = f"{base}{LATEST}/"
    return html_out.page("site/tidak-ada.html", policy=html_out.policy(), latest=latest, assets=f"{latest}assets/")


def robots(site_url: str) -> str:
    """Only the newest edition is for search engines; older ones stay readable by link."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {site_url}sitemap.xml\n"


def sitemap(site_url: str, uris: Sequence[str]) -> str:
    """The pages of the newest edition under their lasting address."""
    rows = "".join(f"<url><loc>{html.escape(f'{site_url}{LATEST}/{u}')}</loc></url>\n" for u in uris)
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


def service_worker() -> bytes:
    """The script at the root that keeps visited and saved pages for reading without a network."""
    return (Path(__file__).parent / "templates" / "site" / "sw.js").read_bytes()
