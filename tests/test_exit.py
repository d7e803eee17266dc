"""The exit: the staged pages build strictly without our code, and read word for word alike in two other engines."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html
from repos import HERE, sigap

pytestmark = pytest.mark.site
ROOT = HERE.parent
GUIDE = ROOT / "docs/panduan/pengelola.md"
ADDED = "//*[contains(@class, 'headerlink') or self::script or self::style or self::svg]"
"""What an engine adds to the text of an article."""


def read(page: Path, where: str) -> str:
    """The words of a built page's article, as one line."""
    tree = html.fromstring(page.read_text("utf-8"))
    for added in tree.xpath(ADDED):
        added.drop_tree()
    (article,) = tree.xpath(where)
    return " ".join(article.text_content().split())


def build(engine: str, folder: Path, *options: str) -> Path:
    """Build the staged pages strictly with an engine as installed; a warning is a failure."""
    command = [sys.executable, "-m", engine, "build", "--strict", "-f", str(folder / "mkdocs.yml"), *options]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout + done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The real curriculum staged and built as the maintainers' guide says: by stock mkdocs, and by zensical."""
    configuration = re.search(r"```yaml\n(site_name.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert configuration
    folder = tmp_path_factory.mktemp("keluar")
    assert sigap("stage", str(folder / "sigap-md"), root=ROOT).code == 0
    (folder / "mkdocs.yml").write_text(configuration[1], "utf-8")
    stock = build("mkdocs", folder, "--theme", "mkdocs").rename(folder / "mkdocs")
    return stock, build("zensical", folder)


def test_two_engines_read_the_staged_pages_alike(sites: tuple[Path, Path]) -> None:
    stock, other = sites
    pages = sorted(page.relative_to(stock) for page in stock.rglob("index.html"))
    assert pages == sorted(page.relative_to(other) for page in other.rglob("index.html"))
    assert len(pages) > 250
    for page in pages:
        assert read(other / page, "//article") == read(stock / page, "//div[@role='main']"), page


def test_the_configuration_of_the_guide_is_the_sites_own(sites: tuple[Path, Path]) -> None:
    own = (ROOT / "mkdocs.yml").read_text("utf-8")
    listed = re.search(r"markdown_extensions:\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert listed
    names = re.findall(r"^  - ([\w.]+)", listed[1], re.MULTILINE)
    theirs = re.findall(r"^  - ([\w.]+)", own[own.index("markdown_extensions") :], re.MULTILINE)
    assert names == [name for name in theirs if not name.startswith("sigap.")]
