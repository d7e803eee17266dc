"""Without a network: what was visited or saved opens whole, of one edition, whatever happened since.

Each test has a browser profile of its own; the pages come from a real publication through the server of `sigap serve`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from repos import Repo, make
from sigap import serve
from watch import KODE, RENAMED, SLUG, Site

pytestmark = [pytest.mark.browser, pytest.mark.site]

CACHED = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      found[`${name} ${request.url}`] = [...new Uint8Array(await crypto.subtle.digest("SHA-256", await answer.arrayBuffer()))].join();
    }
  }
  return found;
}"""
SERVED = """async (address) =>
  [...new Uint8Array(await crypto.subtle.digest("SHA-256", await (await fetch(address, {cache: "reload"})).arrayBuffer()))].join()"""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 360, "height": 800}, locale="id-ID")
    made = context.new_page()
    errors: list[str] = []
    made.on("pageerror", lambda error: errors.append(str(error)))
    yield made
    context.close()
    assert errors == []


def visit(page: Page, address: str) -> None:
    page.goto(address, wait_until="networkidle")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def offer(page: Page, name: str) -> None:
    """Scroll to the button that saves, and press it."""
    page.locator(".alat").scroll_into_view_if_needed()
    page.get_by_role("button", name=f"Simpan {name} untuk dibuka tanpa jaringan").click()


def unplug(page: Page) -> None:
    """Take the network away, and what the browser itself may have kept of it."""
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.context.set_offline(True)


def heading(page: Page, address: str) -> str:
    page.goto(address)
    return page.locator("h1").inner_text()


def test_a_visited_page_opens_with_its_look(page: Page, site: Site) -> None:
    module = f"{site.url}terbaru/modul/{RENAMED}/"
    visit(page, module)
    visit(page, module)  # the first visit came before there was anybody to keep it
    unplug(page)
    assert heading(page, module).startswith("Mendengar Aktif")
    page.get_by_role("button", name="Edisi 2026.3").wait_for()
    assert page.evaluate("getComputedStyle(document.querySelector('.atas')).position") == "sticky"
    assert (
        page.evaluate("performance.getEntriesByType('resource').filter(e => e.name.endsWith('sigap.js')).length") == 1
    )
    assert heading(page, f"{site.url}terbaru/glosarium/") == "Halaman ini belum tersimpan"


def test_a_saved_module_keeps_handouts_sheets_to_print_and_search(page: Page, site: Site) -> None:
    visit(page, f"{site.url}terbaru/modul/{RENAMED}/")
    sheets = page.locator(".alat a[href$='.pdf']").evaluate_all("all => all.map(a => a.href)")
    offer(page, KODE)
    page.get_by_text("Tersimpan").wait_for()
    unplug(page)
    for folder in ("terbaru", "2026.3"):
        assert heading(page, f"{site.url}{folder}/modul/{RENAMED}/lampiran-daftar-amati/").startswith("Daftar")
    assert sheets
    for sheet in sheets:
        assert page.evaluate("async (url) => (await (await fetch(url)).text()).slice(0, 5)", sheet) == "%PDF-"
    page.goto(f"{site.url}terbaru/cari/?q=perahu")
    page.locator("#hasil a").first.wait_for()
    assert RENAMED in (page.locator("#hasil a").first.get_attribute("href") or "")


def test_a_saved_programme_keeps_its_modules_and_goes_without_taking_theirs(page: Page, site: Site) -> None:
    visit(page, f"{site.url}terbaru/program/dasar/")
    kode = page.locator("#susun").get_attribute("data-program") or ""
    offer(page, kode)
    page.get_by_text("Tersimpan").wait_for()
    visit(page, f"{site.url}terbaru/modul/{RENAMED}/")
    offer(page, KODE)
    page.get_by_text("Tersimpan").wait_for()
    unplug(page)
    assert heading(page, f"{site.url}terbaru/modul/jaga-diri/").startswith("Jaga Diri")
    page.goto(f"{site.url}terbaru/program/dasar/")
    page.locator(".alat").scroll_into_view_if_needed()
    page.get_by_role("button", name="Hapus simpanan").click()
    page.get_by_role("button", name="Hapus simpanan").wait_for(state="hidden")
    assert heading(page, f"{site.url}terbaru/modul/jaga-diri/") == "Halaman ini belum tersimpan"
    assert heading(page, f"{site.url}terbaru/modul/{RENAMED}/lampiran-daftar-amati/").startswith("Daftar")


def test_visited_pages_of_old_editions_go_and_what_was_saved_stays(page: Page, site: Site) -> None:
    def held() -> list[str]:
        return sorted(page.evaluate("caches.keys()"))

    visit(page, f"{site.url}2026.1/modul/")
    visit(page, f"{site.url}2026.2/modul/")
    visit(page, f"{site.url}2026.3/modul/")
    page.wait_for_timeout(500)
    assert held() == ["sigap-bersama", "sigap-edisi-2026.2", "sigap-edisi-2026.3"]
    visit(page, f"{site.url}2026.1/modul/{SLUG}/")
    assert "sigap-edisi-2026.1" in held()  # it is read now
    offer(page, KODE)
    page.get_by_text("Tersimpan").wait_for()
    visit(page, f"{site.url}2026.3/modul/")
    page.wait_for_timeout(500)
    assert "sigap-edisi-2026.1" in held()  # it was saved
    unplug(page)
    assert heading(page, f"{site.url}2026.1/modul/{SLUG}/")


def test_what_was_damaged_counts_as_not_saved_and_heals(page: Page, site: Site) -> None:
    module = f"{site.url}terbaru/modul/{RENAMED}/"
    visit(page, module)
    offer(page, KODE)
    page.get_by_text("Tersimpan").wait_for()
    page.evaluate(
        """async (key) => {
          const cache = await caches.open("sigap-edisi-2026.3");
          const { headers } = await cache.match(key);
          await cache.put(key, new Response("<h1>rusak</h1>", { headers }));
        }""",
        f"{site.url}2026.3/modul/{RENAMED}/",
    )
    unplug(page)
    assert heading(page, module) == "Halaman ini belum tersimpan"
    page.context.set_offline(False)
    visit(page, module)
    unplug(page)
    assert heading(page, module).startswith("Mendengar Aktif")


def test_a_full_disk_is_said_and_leaves_no_half(page: Page, site: Site) -> None:
    module = f"{site.url}terbaru/modul/{RENAMED}/"
    visit(page, module)
    session = page.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": site.url.rstrip("/"), "quotaSize": 150_000})
    offer(page, KODE)
    page.get_by_text("Ruang simpan peramban ini penuh").wait_for()
    kept = page.evaluate(CACHED)
    assert not [name for name in kept if "/pagefind/" in name or "lampiran" in name]
    visit(page, f"{site.url}terbaru/glosarium/")  # a full disk costs the copy, never the page
    visit(page, module)
    session.send("Storage.overrideQuotaForOrigin", {"origin": site.url.rstrip("/")})
    offer(page, KODE)
    page.get_by_text("Tersimpan").wait_for()


@pytest.fixture
def growing(tmp_path: Path) -> Iterator[Site]:
    """A site with one edition, which the test may follow by a second."""
    repo = make(tmp_path / "repo")
    repo.cut("2026.1", "2026-11-22")
    publish(repo)
    with serve.server(repo.path, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Site(f"http://localhost:{server.server_address[1]}/", repo)
        server.shutdown()


def publish(repo: Repo) -> None:
    done = repo.sigap("publish", "--all")
    assert done.code == 0, done.err


def test_a_publication_during_use_breaks_and_mixes_nothing(page: Page, growing: Site) -> None:
    repo, module = growing.repo, f"{growing.url}terbaru/modul/{SLUG}/"
    visit(page, module)
    offer(page, KODE)
    page.get_by_text("Tersimpan").wait_for()
    index = f"modules/{SLUG}/index.md"
    repo.replace(index, "versi: 1.0.0", "versi: 1.1.0")
    repo.replace(index, "## Tujuan pembelajaran", "Satu alinea tentang perahu.\n\n## Tujuan pembelajaran")
    repo.replace(
        index, "|---|---|---|---|\n| 1.0.0", "|---|---|---|---|\n| 1.1.0 | 2026-11-23 | Perahu. | Pulau. |\n| 1.0.0"
    )
    repo.cut("2026.2", "2026-11-23")
    publish(repo)
    asked = "async (name) => (await fetch(new URL(name, location.href.split('/modul/')[0] + '/'))).text()"
    assert "perahu" not in page.evaluate(asked, f"modul/{SLUG}/")  # what an open page asks for is of its own edition
    visit(page, module)
    assert "perahu" in page.locator("article").inner_text()
    page.get_by_role("button", name="Edisi 2026.2").wait_for()
    kept = page.evaluate(CACHED)
    for name, found in kept.items():
        cache, address = name.split(" ")
        if cache.startswith("sigap-edisi-"):
            assert f"/{cache.removeprefix('sigap-edisi-')}/" in address
            assert page.evaluate(SERVED, address) == found, name
    assert {name.split(" ")[0] for name in kept} == {"sigap-bersama", "sigap-edisi-2026.1", "sigap-edisi-2026.2"}
    unplug(page)
    assert heading(page, module).startswith("Mendengar Aktif")
    assert "perahu" in page.locator("article").inner_text()
    page.goto(f"{growing.url}terbaru/modul/{SLUG}/lampiran-daftar-amati/")  # saved of the edition before
    page.wait_for_url(f"**/2026.1/modul/{SLUG}/lampiran-daftar-amati/")
    page.get_by_text("Anda membaca edisi 2026.1").wait_for()
