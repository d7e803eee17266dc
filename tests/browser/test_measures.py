"""Laws of the site on the real curriculum: bytes over the wire, nothing that jumps, nothing that axe finds."""

from __future__ import annotations

import functools
import gzip
import http.server
import threading
import time
from collections.abc import Iterator
from io import BufferedIOBase
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response
from sigap.addresses import web
from sigap.items import bank_of
from sigap.load import load
from sigap.pages.programme_tests import programme_tests
from sigap.tree import Folder

pytestmark = [pytest.mark.browser, pytest.mark.site]

CURRICULUM = load(Folder.open(Path(__file__).resolve().parents[2]))
LONGEST = max(CURRICULUM.modules, key=lambda module: len(module.document.data))
MODULE = web(LONGEST.path)
HANDOUT = web(LONGEST.handouts[0].path) if LONGEST.handouts else MODULE
PROGRAMME = web(CURRICULUM.programmes[0].document.path)
QUESTIONS = [web(d.path) for m in CURRICULUM.modules for d in m.handouts if bank_of(d)][:1]
TESTS = [web(test.path) for test in programme_tests(CURRICULUM.programmes[0], CURRICULUM)[:1]]
KINDS = [
    "", "modul/", MODULE, HANDOUT, *QUESTIONS, *TESTS, "program/", f"{PROGRAMME}?susun=1&kelas=2&tim=2", "cari/?q=rujukan", "glosarium/",
    "rujukan-hukum/", "panduan/pelatih/", "kontribusi/", "kontribusi/aturan/", "edisi/",
]  # fmt: skip
FORMS = [
    web(page.path)
    for module in CURRICULUM.modules
    for page in sorted(module.handouts, key=lambda page: page.data.count(b"____"))[-1:]
    if page.data.count(b"____") > 8
]
CUT = [web(page.path) for m in CURRICULUM.modules for page in m.handouts if b"jenis: kartu" in page.data[:200]][:3]
COLD = 85_000
"""Bytes of a first module page with everything it asks for, compressed as a plain host does (gzip, level 1)."""
SHIFTS = """window.jumps = []; new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput)
    window.jumps.push([one.value, ...one.sources.map((s) => s.node?.outerHTML?.slice(0, 80) ?? s.node?.nodeName)]);
}).observe({type: "layout-shift", buffered: true});"""


STEADY = 0.005
"""Shift (as Lighthouse counts it) of a line that grows while its words come; what moves a paragraph is above it."""


class Dripping(http.server.SimpleHTTPRequestHandler):
    """A weak link: a page comes in pieces, between which the browser draws what it has."""

    def log_message(self, *_: object) -> None:
        pass

    def copyfile(self, source: BufferedIOBase, outputfile: BufferedIOBase) -> None:  # type: ignore[override]
        page = str(getattr(source, "name", "")).endswith(".html")
        while piece := source.read(4096 if page else -1):
            outputfile.write(piece)
            outputfile.flush()
            time.sleep(0.03 if page else 0)


@pytest.fixture(scope="module")
def dripping(built: Path) -> Iterator[str]:
    """The address of today's curriculum over a weak link."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Dripping, directory=str(built)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/terbaru/"
    server.shutdown()


def sent(answer: Response) -> int:
    return 0 if answer.request.redirected_to else len(gzip.compress(answer.body(), 1))


def quiet(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)


def test_a_first_module_page_is_light(chromium: Browser, real: str) -> None:
    context = chromium.new_context(service_workers="block")
    page = context.new_page()
    seen: list[Response] = []
    page.on("response", lambda answer: seen.append(answer))
    page.goto(real + MODULE)
    quiet(page)
    bytes_of = {answer.url: sent(answer) for answer in seen}
    assert sum(bytes_of.values()) <= COLD, bytes_of
    context.close()


@pytest.mark.parametrize("width", [360, 412, 768, 1366])
def test_nothing_jumps(chromium: Browser, dripping: str, width: int) -> None:
    """Nor do sheets that become fields, tables of many rows, and what scripts add, while a page is still coming."""
    context = chromium.new_context(viewport={"width": width, "height": 800}, service_workers="block")
    context.add_init_script(SHIFTS)
    page = context.new_page()
    found = {}
    for kind in [*KINDS, *FORMS]:
        page.goto(dripping + kind)
        quiet(page)
        jumps = page.evaluate("window.jumps")
        if sum(jump[0] for jump in jumps) > STEADY:
            found[kind] = jumps
    context.close()
    assert found == {}


WIDE = """() => {
  const most = parseFloat(getComputedStyle(document.documentElement).fontSize) * 42 + 1;  // --measure
  return [...document.querySelectorAll("article :is(p, li)")]
    .filter((one) => !one.closest("table, .sigap-ringkas, .susun") && one.getBoundingClientRect().width > most)
    .filter((one) => getComputedStyle(one).display !== "grid" && one.textContent.length > 110).map((one) => one.textContent.slice(0, 60));
}"""


def test_no_line_is_longer_than_one_reads_with_ease(chromium: Browser, real: str) -> None:
    page = chromium.new_page(viewport={"width": 1366, "height": 800})
    found = {}
    for kind in [*KINDS, *CUT, *FORMS]:
        page.goto(real + kind)
        if wide := page.evaluate(WIDE):
            found[kind] = wide
    page.close()
    assert found == {}


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1366])
def test_axe_finds_nothing_on_any_kind_of_page(chromium: Browser, real: str, width: int, look: str) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if look == "dark" else "light",
        service_workers="block",
    )
    page = context.new_page()
    for kind in KINDS:
        page.goto(real + kind)
        quiet(page)
        report(page, f"{kind} {width} {look}")
    if width == 360:
        page.get_by_role("button", name="Menu").click()
        report(page, f"menu {look}")
    page.get_by_role("button", name="Edisi 2000.1, pilih edisi lain").click()
    report(page, f"editions {width} {look}")
    page.goto(real + MODULE)
    page.get_by_role("button", name="▶ Ajar", exact=True).click()
    report(page, f"teaching {width} {look}")
    context.close()


def report(page: Page, where: str) -> None:
    found = Axe().run(page)
    assert found.response["violations"] == [], f"{where}: {found.generate_report()}"
