"""Everything that only mkdocs understands: hand it the pages, publish the sources, build the search index.

The content is the folder that `docs_dir` lies in, which need not be the folder of mkdocs.yml: an edition is built from
the files of its commit with the look and tools of today.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel

sys.path.insert(0, str(Path(__file__).resolve().parent))

from sigap import export, pages, site
from sigap.load import load
from sigap.model import Curriculum
from sigap.pages.editing import MODULE_URIS, uri
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
    """Replace the Markdown below docs/ by the curriculum's pages, and add the modules' own files."""
    root = _root(config)
    curriculum = _built["curriculum"] = load(Folder.open(root))
    for file in [file for file in files if file.is_documentation_page()]:
        files.remove(file)
    told = json.load(sys.stdin) if os.environ.get("SIGAP_CHANGES") == "stdin" else {}  # may come while we load
    for where, page in pages.pages(curriculum, told).items():
        generated = SourcedFile.generated(config, where, content=page.content, inclusion=InclusionLevel.INCLUDED)
        assert isinstance(generated, SourcedFile)
        generated.source = page.source
        files.append(generated)
    for where, path in pages.assets(curriculum).items():
        files.append(File.generated(config, where, abs_src_path=str(root / path)))
    config.nav = site.nav(curriculum)
    return files


def on_page_context(context: dict[str, Any], page: Any, config: MkDocsConfig, nav: Any) -> dict[str, Any]:
    """Tell the template where a page without a place in the navigation belongs."""
    context["trail"] = site.trail(page.file.src_uri)
    return context


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
            address.parent.mkdir(parents=True, exist_ok=True)
            address.write_text(site.redirect(f"../{module.slug}/", module.title), encoding="utf-8")
    (out / "kurikulum.json").write_text(export.dumps(curriculum), encoding="utf-8")
    for name in ("404.html", "sitemap.xml", "sitemap.xml.gz"):
        (out / name).unlink(missing_ok=True)
    index(out)


def index(out: Path) -> None:
    """Run Pagefind over the built pages."""
    command = [sys.executable, "-m", "pagefind", "--site", str(out), "--silent", "--force-language", "id"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise PluginError(f"Pagefind gagal: {done.stderr.strip() or done.stdout.strip()}")
    for name in ("pagefind-modular-ui.js", "pagefind-modular-ui.css", "pagefind-highlight.js"):
        (out / "pagefind" / name).unlink(missing_ok=True)
