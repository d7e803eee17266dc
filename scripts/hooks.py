"""Everything that only mkdocs understands: hand it the pages, publish the sources, build the search index.

The content is the folder that `docs_dir` lies in, which need not be the folder of mkdocs.yml: an edition is built from
the files of its commit with the look and tools of today.
"""

from __future__ import annotations

import json
import os
import posixpath
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel

sys.path.insert(0, str(Path(__file__).resolve().parent))

from sigap import allowed_html, calendars, export, html_out, pages, paper, search_index, site
from sigap.addresses import MODULE_URIS, uri, web
from sigap.load import load
from sigap.model import Curriculum
from sigap.tree import Folder

_built: dict[str, Curriculum] = {}


class SourcedFile(File):
    """A generated page whose edit link opens the file it was generated from."""

    source: str | None = None

    @property
    def edit_uri(self) -> str | None:
        return self.source


def _root(config: MkDocsConfig) -> Path:
    return Path(config.docs_dir).parent


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Replace what lies below docs/ by the curriculum's pages and by what may be published beside them."""
    root = _root(config)
    curriculum = _built["curriculum"] = load(Folder.open(root))
    for file in [file for file in files if file.is_documentation_page() or file.src_dir == config.docs_dir]:
        files.remove(file)
    told = json.load(sys.stdin) if os.environ.get("SIGAP_CHANGES") == "stdin" else {}  # may come while we load
    for where, page in pages.pages(curriculum, told).items():
        generated = SourcedFile.generated(config, where, content=page.content, inclusion=InclusionLevel.INCLUDED)
        assert isinstance(generated, SourcedFile)
        generated.source = page.source
        files.append(generated)
    for where, path in pages.assets(curriculum).items():
        files.append(File.generated(config, where, abs_src_path=str(root / path)))
    for where, drawing in pages.drawings(curriculum).items():
        files.append(File.generated(config, where, content=drawing))
    config.nav = site.nav(curriculum)
    return files


def _scripts(here: str, curriculum: Curriculum) -> list[str]:
    """The scripts that a page needs, and no others."""
    extra = {
        "cari.js": here == "cari.md",
        "ajar.js": bool(site.sessions(here, curriculum)),
        "lembar.js": site.kind(here) == "lampiran",
        "saring.js": here == "modul/index.md",
    }
    return ["sigap.js", "simpan.js", *(name for name, needed in extra.items() if needed)]


_CLOSED = re.compile(r"(<(?:br|hr|img|input)\b[^<>]*?) */>")  # XHTML's way, of which the HTML checker warns
_PERMALINK = '<a class="headerlink" '


_TEXT = re.compile(r">[^<>]+<")
_VERSION = re.compile(r"\b\d+\.\d+\.\d+\b")
_UNSEARCHED = r"<span data-pagefind-ignore>\g<0></span>"  # to the search 1.1.0 is the number 110, which people call
_PICTURE = re.compile(r'<img [^<>]*?src="([^"]+)"[^<>]*')


def _sized(match: re.Match[str], page: Any, files: Files) -> str:
    """A picture with its width and height, so that nothing jumps when it comes; fetched when it is near."""
    file = files.get_file_from_path(posixpath.normpath(posixpath.join(posixpath.dirname(page.file.src_uri), match[1])))
    found = site.picture_size(file.content_bytes) if file else None
    size = ' width="{}" height="{}"'.format(*found) if found else ""
    return f'{match[0]}{size} loading="lazy"'


def on_page_content(html: str, page: Any, config: MkDocsConfig, files: Files) -> str:
    """Hold every page against what rendered text may hold, before it is put into the look.

    An edition of today that holds more is not built; one that was published long ago cannot be mended, so there it is
    shown as text. Links to headings are for the pointer: the contents list serves the keyboard, and search shall not
    index `#`.
    """
    found = allowed_html.faults(html)
    if found and not os.environ.get("SIGAP_PUBLISHED"):
        source = page.file.source or page.file.src_uri
        raise PluginError(f"{source}: sesudah dirender ada {found[0].what}, yang tidak boleh ada di halaman.")
    html = _CLOSED.sub(r"\1>", allowed_html.neutralised(html))
    html = _TEXT.sub(lambda text: _VERSION.sub(_UNSEARCHED, text[0]), html)
    html = site.with_reports(page.file.src_uri, html, _built["curriculum"], config.extra.get("lapor") or "")
    html = _PICTURE.sub(lambda match: _sized(match, page, files), html)
    return html.replace(_PERMALINK, f'{_PERMALINK}tabindex="-1" data-pagefind-ignore ')


def on_page_context(context: dict[str, Any], page: Any, config: MkDocsConfig, nav: Any) -> dict[str, Any]:
    """Tell the template where a page belongs: its tab, the way to it, its neighbours and sessions."""
    curriculum, here = _built["curriculum"], page.file.src_uri
    before, after = site.neighbours(here, curriculum)
    context |= {
        "tab_url": next((item.url for item in nav if item.is_page and item.file.src_uri == site.tab(here)), None),
        "trail": site.trail(here, curriculum),
        "before": before,
        "after": after,
        "sessions": site.sessions(here, curriculum),
        "planner": site.planner(here, curriculum),
        "report": site.report_address(
            config.extra.get("lapor") or "", str(page.meta.get("kode", "")), str(page.meta.get("versi", "")), page.title
        ),
        "indexed": site.kind(here),
        "scripts": _scripts(here, curriculum),
        "packs": _packs(here, curriculum),
        "policy": html_out.policy(search=here == "cari.md"),
        "linked_data": site.linked_data(here, curriculum, config.site_url or "/"),
        "feed": f"../umpan/{page.meta['kode']}.xml" if page.meta.get("kode") else "../umpan/edisi.xml",
    }
    return context


def _packs(here: str, curriculum: Curriculum) -> list[tuple[str, str]]:
    """The packs to print that a module's page offers: titles and addresses from the root of the site."""
    module = next((module for module in curriculum.modules if uri(module.path) == here), None)
    return paper.pack_places(module, curriculum, paper.address()) if module else []


def on_post_build(config: MkDocsConfig) -> None:
    """Publish each module's Markdown and the curriculum as data; index the pages for search."""
    curriculum = _built["curriculum"]
    out = Path(config.site_dir)
    for module in curriculum.modules:
        for document in module.documents:
            target = out / uri(document.path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(document.data)
        for old in module.old_addresses:
            address = out / MODULE_URIS / old / "index.html"
            if address.exists():  # X707 speaks of it; a page is never overwritten
                continue
            address.parent.mkdir(parents=True, exist_ok=True)
            page = site.redirect(f"../{module.slug}/", "../../assets/", module.title)
            address.write_text(page, encoding="utf-8")
    for programme in curriculum.programmes:
        if made := calendars.calendar(programme, curriculum):
            (out / web(programme.document.path) / "jadwal.ics").write_bytes(made)
    (out / "sinonim.json").write_text(
        json.dumps(pages.synonyms(curriculum), ensure_ascii=False, sort_keys=True), encoding="utf-8"
    )
    (out / "kurikulum.json").write_text(export.dumps(curriculum), encoding="utf-8")
    for name in ("404.html", "sitemap.xml", "sitemap.xml.gz"):
        (out / name).unlink(missing_ok=True)
    for name in ("javascripts", "stylesheets", "images"):  # Material's own, which our frame does not use
        shutil.rmtree(out / "assets" / name, ignore_errors=True)
    index(out)
    packs = site.packs(out, curriculum)
    (out / "simpan.json").write_text(json.dumps(packs, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def index(out: Path) -> None:
    """Run Pagefind over the built pages."""
    command = [sys.executable, "-m", "pagefind", "--site", str(out), "--silent", "--force-language", "id"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise PluginError(f"Pagefind gagal: {done.stderr.strip() or done.stdout.strip()}")
    for name in ("pagefind-modular-ui.js", "pagefind-modular-ui.css", "pagefind-highlight.js"):
        (out / "pagefind" / name).unlink(missing_ok=True)
    search_index.settle(out / "pagefind")
