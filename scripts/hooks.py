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

from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel

sys.path.insert(0, str(Path(__file__).resolve().parent))

from sigap import allowed_html, archive, calendars, export, html_out, pages, paper, search_index, settings, site
from sigap.addresses import MODULE_URIS, uri, web
from sigap.load import load
from sigap.model import Curriculum, Module
from sigap.tree import Folder

ICONS = (180, 192, 512)
"""Pixels of the icons: of an Apple device, and what a manifest asks for (assets/sigap.webmanifest)."""

_built: dict[str, Curriculum] = {}
_packs: dict[str, list[int]] = {}
"""The packs to print that stand at the root of the site: pages and bytes by path."""


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
    _packs.clear()
    _packs.update(told.get("berkas", {}))
    for where, page in pages.pages(curriculum, told.get("catatan", {})).items():
        generated = SourcedFile.generated(config, where, content=page.content, inclusion=InclusionLevel.INCLUDED)
        assert isinstance(generated, SourcedFile)
        generated.source = page.source
        files.append(generated)
    for where, path in pages.assets(curriculum).items():
        files.append(File.generated(config, where, abs_src_path=str(root / path)))
    for where, drawing in pages.drawings(curriculum).items():
        files.append(File.generated(config, where, content=drawing))
    config.nav = [{label: index} for label, index in site.tabs(curriculum)]
    return files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Let the theme extend the frame of all pages, escape as it does, and leave no empty lines."""
    env.loader = ChoiceLoader([*filter(None, [env.loader]), FileSystemLoader(html_out.TEMPLATES)])
    env.autoescape = env.trim_blocks = env.lstrip_blocks = True


def _scripts(here: str, content: str, curriculum: Curriculum) -> list[str]:
    """The scripts that a page needs beside those of the frame."""
    extra = {
        "cari.js": here == site.SEARCH,
        "ajar.js": bool(site.sessions(here, curriculum)),
        "lembar.js": site.kind(here) == "lampiran" and 'class="isian' in content,
        "soal.js": 'class="sigap-soal"' in content,
        "saring.js": here == "modul/index.md",
        "unduh.js": here in ("modul/index.md", "edisi/index.md") and _can_be_printed(curriculum),
    }
    return [name for name, needed in extra.items() if needed]


def _can_be_printed(curriculum: Curriculum) -> bool:
    """Whether this edition has packs to print; whether others have must change nothing here."""
    return bool(_packs) and any(map(paper.can_be_packed, curriculum.modules))


_CLOSED = re.compile(r"(<(?:br|hr|img|input)\b[^<>]*?) */>")  # XHTML's way, of which the HTML checker warns


_VERSION = re.compile(r"(?:,? ?\bversi )?\b\d+\.\d+\.\d+\b(?=[^<>]*<)")  # in text, not in a tag
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
    shown as text.
    """
    found = allowed_html.faults(html)
    if found and not os.environ.get("SIGAP_PUBLISHED"):
        source = page.file.source or page.file.src_uri
        raise PluginError(f"{source}: sesudah dirender ada {found[0].what}, yang tidak boleh ada di halaman.")
    html = _CLOSED.sub(r"\1>", allowed_html.neutralised(html) if found else html)
    html = _VERSION.sub(_UNSEARCHED, html)
    html = site.with_reports(page.file.src_uri, html, _built["curriculum"], config.extra.get("lapor") or "")
    return _PICTURE.sub(lambda match: _sized(match, page, files), html)


def on_page_context(context: dict[str, Any], page: Any, config: MkDocsConfig, nav: Any) -> dict[str, Any]:
    """Tell the frame where a page belongs, and the page's own template its neighbours, sessions and tools."""
    curriculum, here = _built["curriculum"], page.file.src_uri
    before, after = site.neighbours(here, curriculum)
    context |= {
        **site.framed(here, f"{context['base_url']}/", curriculum),
        "title": page.meta.get("title") or page.title,
        "about": page.meta.get("description") or config.site_description,
        "repository": config.repo_url,
        "before": before,
        "after": after,
        "sessions": site.sessions(here, curriculum),
        "planner": site.planner(here, curriculum),
        "report": site.report_address(
            config.extra.get("lapor") or "", str(page.meta.get("kode", "")), str(page.meta.get("versi", "")), page.title
        ),
        "indexed": site.kind(here),
        "scripts": _scripts(here, page.content, curriculum),
        "packs": _offered(here, curriculum),
        "card": _card(here, curriculum),
        "card_size": paper.CARD_SIZE,
        "linked_data": site.linked_data(here, curriculum),
        "feed": f"umpan/{page.meta.get('kode') or 'edisi'}.xml",
    }
    return context


def _offered(here: str, curriculum: Curriculum) -> list[tuple[str, str]]:
    """The packs to print that the page of a module or programme offers: what they are, and addresses from the root."""
    what = site.by_page(curriculum).get(here)
    places = paper.pack_places(what, curriculum, paper.address()) if what else []
    return [(f"{title} ({_size(*_packs[path])})", path) for title, path in places if path in _packs]


def _size(pages: int, size: int) -> str:
    return f"PDF, {pages} halaman, {-(-size // 1000)} kB"


def _card(here: str, curriculum: Curriculum) -> str:
    """The whole address of the picture that stands for a module's page; empty for other pages."""
    module = site.by_page(curriculum).get(here)
    if not isinstance(module, Module) or not module.kode:
        return ""
    return f"{settings.address('site_url').rstrip('/')}/{paper.card_place(module)}"


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
            page = site.redirect(f"../{module.slug}/", "../../", "../../../", module.title)
            address.write_text(page, encoding="utf-8")
    for programme in curriculum.programmes:
        if made := calendars.calendar(programme, curriculum):
            (out / web(programme.document.path) / "jadwal.ics").write_bytes(made)
    (out / "sinonim.json").write_text(
        json.dumps(pages.synonyms(curriculum), ensure_ascii=False, sort_keys=True), encoding="utf-8"
    )
    (out / "kurikulum.json").write_text(export.dumps(curriculum), encoding="utf-8")
    sign = (out / "assets" / "sigap.svg").read_text(encoding="utf-8")
    for size in ICONS:
        (out / "assets" / f"ikon-{size}.png").write_bytes(paper.icon(sign, size))
    for name in ("404.html", "sitemap.xml", "sitemap.xml.gz"):
        (out / name).unlink(missing_ok=True)
    for name in ("javascripts", "stylesheets", "images"):  # Material's own, which our frame does not use
        shutil.rmtree(out / "assets" / name, ignore_errors=True)
    index(out)
    own = {module.kode: uri(module.path) for module in curriculum.modules}
    own |= {programme.kode: uri(programme.document.path) for programme in curriculum.programmes}
    printed = {kode: {path: _packs[path][1] for _, path in _offered(here, curriculum)} for kode, here in own.items()}
    packs = site.packs(out, curriculum, printed)
    (out / "simpan.json").write_text(json.dumps(packs, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    held = archive.contents(curriculum, out, _packs)
    (out / "unduh.json").write_text(json.dumps(held, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def index(out: Path) -> None:
    """Run Pagefind over the built pages."""
    command = [sys.executable, "-m", "pagefind", "--site", str(out), "--silent", "--force-language", "id"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise PluginError(f"Pagefind gagal: {done.stderr.strip() or done.stdout.strip()}")
    for unused in (*(out / "pagefind").glob("pagefind-*ui.*"), out / "pagefind" / "pagefind-highlight.js"):
        unused.unlink(missing_ok=True)
    search_index.settle(out / "pagefind")
