"""Every kind of page has a policy without inline scripts and styles, and obeys it."""

from __future__ import annotations

import pytest
from watch import KODE, RENAMED, SLUG, Watched

pytestmark = [pytest.mark.browser, pytest.mark.site]

PAGES = [
    "", "terbaru/", "terbaru/modul/", f"terbaru/modul/{RENAMED}/", f"terbaru/modul/{SLUG}/", "terbaru/program/",
    "terbaru/program/dasar/", "terbaru/edisi/2026.2/", "terbaru/cari/?q=perahu", "2026.1/modul/?belum=TK-99", "tidak-ada/",
    "banding/", f"banding/?modul={KODE}&dari=2026.1&ke=2026.2", f"banding/?modul={KODE}", "banding/?dari=2026.1&ke=2026.3",
    "banding/2026.1-2026.2/",
]  # fmt: skip
COLLECT = """
window.policyFaults = [];
addEventListener("securitypolicyviolation", (e) => window.policyFaults.push(
  `${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`));
"""


@pytest.mark.parametrize("path", PAGES)
def test_a_page_obeys_its_policy(watched: Watched, path: str, size: str) -> None:
    page = watched.page
    page.add_init_script(COLLECT)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if "Content Security" in message.text else None)
    watched.open(path)
    if path == "tidak-ada/":
        watched.failed.clear()
    if "cari" in path:
        page.locator("#hasil li").first.wait_for()
    policy = page.locator('meta[http-equiv="Content-Security-Policy"]').get_attribute("content") or ""
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy.replace("wasm-unsafe-eval", "")
    assert page.locator("script:not([src]):not([type='application/ld+json'])").count() == 0
    assert page.locator("style").count() == 0
    assert page.evaluate("window.policyFaults") == []
    assert said == []


def test_what_stands_in_a_page_does_not_run(watched: Watched) -> None:
    page = watched.page
    watched.open("terbaru/")
    page.evaluate("""() => { const s = document.createElement("script"); s.textContent = "window.ran = 1";
      document.body.append(s); document.body.insertAdjacentHTML("beforeend", "<img src=x: onerror='window.ran = 1'>"); }""")
    page.wait_for_timeout(300)
    watched.failed.clear()
    assert page.evaluate("window.ran") is None
