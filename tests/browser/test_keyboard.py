"""By keyboard alone on a laptop at 200 % zoom (683 by 450 pixels): nothing is clicked, and focus is always in sight."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from watch import Site

pytestmark = [pytest.mark.browser, pytest.mark.site]

FOCUSED = """() => {
  const here = document.activeElement;
  const box = here.getBoundingClientRect();
  const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const ring = here.matches(":focus-visible") && getComputedStyle(here).outlineStyle !== "none";
  return { name: (here.getAttribute("aria-label") ?? here.textContent).trim().replace(/\\s+/g, " "), seen, ring };
}"""


def tab_to(page: Page, name: str, key: str = "Tab", most: int = 120) -> None:
    """Press a key until what is named has the focus; on the way all that gets it is in sight, with a ring around it."""
    for _ in range(most):
        page.keyboard.press(key)
        found = page.evaluate(FOCUSED)
        assert found["seen"], found
        assert found["ring"], found
        if found["name"].startswith(name):
            return
    pytest.fail(f"{name} is not reached by {key}")


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 683, "height": 450}, locale="id-ID", service_workers="block")
    yield context.new_page()
    context.close()


def test_from_home_to_a_session_taught(page: Page, real: str) -> None:
    page.goto(real, wait_until="networkidle")
    tab_to(page, "Langsung ke isi")
    tab_to(page, "Menu", most=3)
    page.keyboard.press("Enter")
    tab_to(page, "Modul", most=4)
    page.keyboard.press("Enter")
    page.wait_for_url("**/terbaru/modul/")
    page.wait_for_load_state("networkidle")
    tab_to(page, "Dukungan Psikologis Awal")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dukungan-psikologis-awal/")
    page.wait_for_load_state("networkidle")
    tab_to(page, "Isi halaman")
    page.keyboard.press("Enter")
    tab_to(page, "Sesi 3")
    page.keyboard.press("Enter")
    page.wait_for_url("**#sesi-3-*")
    assert page.evaluate("Math.abs(document.getElementById(location.hash.slice(1)).getBoundingClientRect().top) < 250")
    tab_to(page, "▶ Ajar", most=400)
    page.keyboard.press("Enter")
    assert page.locator("#ajar").is_visible()
    assert page.evaluate("document.getElementById('ajar').contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert not page.locator("#ajar").is_visible()
    assert page.evaluate(FOCUSED)["name"].startswith("▶ Ajar")


def test_a_code_is_searched_from_anywhere(page: Page, real: str) -> None:
    page.goto(f"{real}glosarium/", wait_until="networkidle")
    page.keyboard.press("/")
    page.keyboard.type("TK-03")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cari/?q=TK-03")
    page.get_by_role("link", name="Buka modul TK-03").wait_for()
    tab_to(page, "Buka modul TK-03", most=40)
    page.keyboard.press("Enter")
    page.wait_for_url("**/terbaru/modul/*/")


def test_an_edition_is_switched_deliberately(page: Page, site: Site) -> None:
    page.goto(f"{site.url}terbaru/modul/", wait_until="networkidle")
    tab_to(page, "Edisi 2026.3, pilih edisi lain", most=8)
    for key in ("ArrowDown", "ArrowUp", "End", "a"):
        page.keyboard.press(key)
    assert page.url.endswith("/terbaru/modul/")  # no key but Enter or Space leaves the page
    page.keyboard.press("Enter")
    tab_to(page, "Edisi 2026.1", most=4)
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUSED)["name"].startswith("Edisi 2026.3, pilih")
    page.keyboard.press("Space")
    tab_to(page, "Edisi 2026.1", most=4)
    page.keyboard.press("Enter")
    page.wait_for_url("**/2026.1/modul/")
