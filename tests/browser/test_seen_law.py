"""The law on what is seen: what looks inserted, deleted, moved or kept in the browser is exactly that.

Read from the computed style of every text (seen.js), over the golden pairs, the history of this curriculum and
generated pairs, told forth and back; in the look of the screen and of paper.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest
from golden_files import GOLDEN
from hypothesis import HealthCheck, Phase, given, settings
from playwright.sync_api import Browser, Page, Route
from sigap import editions
from sigap.comparison.page import LOOK, TEMPLATES, fragment
from sigap.redline.engine import redline
from test_redline import edited, gave_up

pytestmark = pytest.mark.browser
HERE = Path(__file__).resolve().parent
SITE = "http://seen.test/"
Pair = tuple[str, str, str]


def golden() -> Iterator[Pair]:
    for path in sorted((GOLDEN / "redline").glob("*.html")):
        given_, _, _ = path.read_text(encoding="utf-8").partition("\n<!-- terlihat -->\n")
        _, old, new = re.split(r"\n<!-- (?:lama|baru) -->\n", given_)
        yield path.stem, old, new


def generated() -> list[Pair]:
    """The same pairs every time: edits as people make them."""
    found: list[Pair] = []

    @settings(
        max_examples=600,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(edited())
    def collect(pair: tuple[str, str]) -> None:
        found.append((f"generated {len(found)}", *pair))

    collect()
    return [pair for pair in found if pair[1] != pair[2]]


def published() -> Iterator[Pair]:
    """Every module between every two editions of this curriculum, as far as this checkout knows them."""
    root = HERE.parent.parent
    known = list(editions.known(root))
    states = [editions.curriculum(editions.edition(root, name).tree) for name in known]
    for at, old in enumerate(states):
        for beside, new in enumerate(states[at + 1 :], at + 1):
            for kode, module in old.by_kode.items():
                other = new.by_kode.get(kode)
                if other and (one := fragment(module)) != (two := fragment(other)):
                    yield f"{kode} {known[at]} {known[beside]}", one, two


ALONE = (
    "<ul><li>Kelompok membaca kartu kasus.<ul><li>Butir satu dan dua wajib bagi setiap kelompok.</li></ul></li>"
    "<li>Fasilitator menutup.</li></ul>",
    "<ul><li>Fasilitator menutup.<ul><li>Butir dua dan lima wajib bagi setiap kelompok.</li></ul></li></ul>",
)
"""A list that left an item which went, and changed where it came: the defect that this law was written for."""


def served(route: Route) -> None:
    name = route.request.url.removeprefix(SITE)
    kind = {"css": "text/css", "js": "text/javascript", "": "text/html"}.get(name.rpartition(".")[2])
    page = (
        '<!doctype html><html lang="id"><title>x</title><link rel="stylesheet" href="sigap.css">'
        '<link rel="stylesheet" href="banding.css"><body></body></html>'
    )
    if kind:
        path = (LOOK if name == LOOK.name else TEMPLATES / name) if name else None
        route.fulfill(body=path.read_text(encoding="utf-8") if path else page, content_type=kind)
    else:
        route.abort()


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    made = chromium.new_page(viewport={"width": 1366, "height": 900})
    made.route(f"{SITE}**", served)
    made.goto(SITE)
    yield made
    made.close()


def wrong(page: Page, pairs: list[Pair], *, back: bool = False) -> list[str]:
    """What is seen wrongly, in few pages that hold many pairs each. `back`: told the other way round by the page."""
    found: list[str] = []
    judged = 0
    for some in (pairs[at : at + 60] for at in range(0, len(pairs), 60)):
        boxes = []
        for name, old, new in some:
            made = redline(new, old) if back else redline(old, new)
            if gave_up(made):
                continue
            sides = "".join(f' data-{side}="{escape(json.dumps(text))}"' for side, text in (("old", old), ("new", new)))
            boxes.append(f'<section data-pair="{escape(name)}"{sides}><div class="teks">{made.html}</div></section>')
        page.evaluate("html => { document.body.innerHTML = html }", "".join(boxes))
        if back:
            page.evaluate("import('/js/marks.js').then(({ swap }) => document.querySelectorAll('.teks').forEach(swap))")
        seen = page.evaluate((HERE / "seen.js").read_text(encoding="utf-8"))
        assert seen["distinct"] == 4
        assert len(seen["pairs"]) == len(boxes)
        judged += len(boxes)
        found += [f"{one['pair']}: {text}" for one in seen["pairs"] for text in one["wrong"]]
    print(f"{judged} pairs judged")
    assert judged >= 200
    return found


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    found = [("list within", *ALONE), *golden(), *published(), *generated()]
    assert len(found) >= 200
    return found


@pytest.mark.parametrize(("media", "look"), [("screen", "light"), ("screen", "dark"), ("print", "light")])
def test_what_is_seen_is_what_is(page: Page, pairs: list[Pair], media: str, look: str) -> None:
    page.emulate_media(media=media, color_scheme=look)
    found = wrong(page, pairs)
    assert found == [], f"{len(found)} wrong"


def test_what_is_seen_told_the_other_way_round(page: Page, pairs: list[Pair]) -> None:
    page.emulate_media(media="screen", color_scheme="light")
    found = wrong(page, pairs, back=True)
    assert found == [], f"{len(found)} wrong"


def test_every_mark_looks_like_itself_without_colour(page: Page) -> None:
    """Where the system chooses the colours, signs alone must tell."""
    page.emulate_media(forced_colors="active")
    page.evaluate(
        "html => { document.body.innerHTML = html }",
        '<div class="teks"><p data-r="ins">a</p><p data-r="del">b</p><p data-r="asal">c</p><p data-r="tujuan">d</p></div>',
    )
    looks = page.evaluate(
        "[...document.querySelectorAll('[data-r]')].map(e => { const s = getComputedStyle(e);"
        " return s.textDecorationLine + ' ' + s.outlineStyle + ' ' + s.borderLeftStyle })"
    )
    page.emulate_media(forced_colors="none")
    assert len(set(looks)) == 4
