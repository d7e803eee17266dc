"""What validation finds clean can be published: built strictly, every link and anchor on the site leads somewhere, and
no page is lost. Longer with `make fuzz` (SIGAP_FUZZ=1)."""

from __future__ import annotations

import os
import posixpath
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from editions import Memory
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import html
from made_up import FOLDER, SAMPLE, Files, terms, things
from repos import make
from sigap import build, rules
from sigap.addresses import MODULE_URIS, web
from sigap.children import Children
from sigap.load import load
from sigap.model import Curriculum, Severity
from sigap.pages import assets

pytestmark = pytest.mark.site
FUZZ = bool(os.environ.get("SIGAP_FUZZ"))
DAY = date(2026, 11, 24)
GLOSSARY = "docs/glosarium.md"


def errors(files: Files) -> list[str]:
    """Where validation finds an error."""
    found = rules.run(load(Memory(files), DAY))
    return [finding.path for finding in found if finding.severity is Severity.ERROR]


def clean(made: list[Files]) -> Files:
    """The sample with those of the made-up things that validation lets through, each alone and all together."""
    files = dict(SAMPLE)
    for one in made:
        if not errors(both := {**files, **one}):
            files = both
    return files


def built(files: Files, folder: Path) -> Path:
    """The site as publishing builds it. Raises Trouble where the strict build fails."""
    build.write(Memory(files), folder / "isi")
    epoch = int(datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC).timestamp())
    with Children() as children:
        build.build(folder / "isi", folder / "situs", dict, epoch, children)
    return folder / "situs"


def faults(site: Path, curriculum: Curriculum) -> Iterator[str]:
    """What a reader would miss on the site."""
    pages = {path.relative_to(site).as_posix(): html.fromstring(path.read_bytes()) for path in site.rglob("*.html")}
    ids = {name: [str(found) for found in page.xpath("//@id")] for name, page in pages.items()}
    for name, page in pages.items():
        yield from (f"{name}: id {one} stands twice" for one in set(ids[name]) if ids[name].count(one) > 1)
        for attribute in ("href", "src"):
            for target in page.xpath(f"//@{attribute}"):
                yield from (f"{name}: {target} {what}" for what in wrong(name, str(target), site, ids))
    for document in curriculum.documents.values():
        page = pages.get(f"{web(document.path)}index.html")
        if page is None or page.find(".//h1") is None:
            yield f"{document.path} has no page"
    for where, path in assets(curriculum).items():
        if not (site / where).is_file():
            yield f"{path} is not on the site"
    for module in curriculum.modules:
        for old in module.old_addresses:
            if f'"../{module.slug}/"' not in (site / MODULE_URIS / old / "index.html").read_text("utf-8"):
                yield f"{old} does not lead to {module.slug}"


def wrong(name: str, target: str, site: Path, ids: Mapping[str, list[str]]) -> Iterator[str]:
    """What is wrong with a link on the page `name`; those that leave the edition are not looked at."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return
    path = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path))) if parts.path else name
    if path.startswith(".."):
        return
    if not parts.path or (site / path).is_dir():
        path = path if not parts.path else posixpath.normpath(f"{path}/index.html")
    if not (site / path).is_file():
        yield "leads nowhere"
    elif parts.fragment and path in ids and unquote(parts.fragment) not in ids[path]:
        yield "leads to no heading"


@settings(
    max_examples=300 if FUZZ else 6,
    derandomize=not FUZZ,
    deadline=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink] if FUZZ else [Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(things, min_size=12, max_size=24), terms)
def test_what_is_clean_is_built_and_every_link_leads_somewhere(makers: list, rows: str) -> None:
    made = [make(number) for number, make in enumerate(makers)]
    files = clean([*made, {GLOSSARY: SAMPLE[GLOSSARY] + rows.encode()}])
    with tempfile.TemporaryDirectory() as folder:
        site = built(files, Path(folder))
        assert list(faults(site, load(Memory(files), DAY))) == []


LATER = """
import datetime, os, time

ahead = int(os.environ["SIGAP_TEST_AHEAD"])
now = time.time
time.time = lambda: now() + ahead


class Later(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())


datetime.date = Later
"""
"""A `sitecustomize` that sets the clock of a process and its children ahead."""


@pytest.mark.parametrize("day", ["2026-11-24", "2027-06-30"])
def test_what_is_clean_is_published_and_two_years_later_again(tmp_path: Path, day: str) -> None:
    """An edition is judged and built on its own day: the clock of the machine changes nothing."""
    repo = make(tmp_path / "repo")
    repo.replace(
        f"{FOLDER}/index.md",
        "## Rangkuman\n",
        f"Bila darurat, hubungi 112 (sumber: BNPB, diperiksa {day}).\n\n## Rangkuman\n",
    )
    repo.replace(f"{FOLDER}/index.md", "tinjau_ulang: 2099-05-31", f"tinjau_ulang: {day}")
    repo.cut("2026.1", day)
    (tmp_path / "nanti").mkdir()
    (tmp_path / "nanti/sitecustomize.py").write_text(LATER)
    since = int((datetime.now(UTC) - datetime.fromisoformat(f"{day}T12:00:00+00:00")).total_seconds())
    trees = set()
    for ahead in (-since, 2 * 365 * 86_400 - since):
        env = {"PYTHONPATH": str(tmp_path / "nanti"), "SIGAP_TEST_AHEAD": str(ahead)}
        assert (repo.sigap("validate", **env).code == 0) is (ahead == -since)  # the number is too old by then
        done = repo.sigap("publish", "--all", **env)
        assert (done.code, done.err) == (0, "")
        trees.add(repo.git("rev-parse", "gh-pages^{tree}"))
        repo.git("branch", "-q", "-D", "gh-pages")
    assert len(trees) == 1
