"""The files at the root of the site."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from golden_files import same
from sigap import search_index, site


def test_root_files_read_as_their_golden_files() -> None:
    same("site/redirect.html", site.redirect("terbaru/", "terbaru/", "./"))
    same("site/404.html", site.not_found("/sigap/"))
    same("site/robots.txt", site.robots("https://contoh.example/sigap/"))
    same("site/sitemap.xml", site.sitemap("https://contoh.example/sigap/", ["", "modul/a-b/"], date(2026, 11, 24)))


def test_nothing_breaks_out_of_its_place() -> None:
    assert "<script>alert" not in site.redirect('"><script>alert(1)</script>/', "a/", "./", "<script>alert(2)</script>")
    assert site.sitemap("https://x/", ["a&b/"], date(2026, 11, 24)).count("&amp;") == 1


@pytest.mark.parametrize(("setting", "names"), [
    ("mailto:tim@contoh.example", ("subject", "body")),
    ("https://contoh.example/sigap/issues/new", ("title", "body")),
    ("https://contoh.example/new?template=galat", ("title", "body")),
])  # fmt: skip
def test_a_report_says_what_it_is_about(setting: str, names: tuple[str, str]) -> None:
    address = site.report_address(setting, "TK-05", "2.0.1", "Sesi 3: Hubungkan & rujuk #1")
    assert address.startswith(setting)
    asked = parse_qs(urlsplit(address).query)
    assert asked[names[0]] == ["Lapor kesalahan: TK-05 Sesi 3: Hubungkan & rujuk #1"]
    assert "TK-05, versi 2.0.1, edisi {edisi}" in asked[names[1]][0]
    assert "%7Balamat%7D" in address


def test_a_form_names_its_own_places() -> None:
    setting = "https://contoh.example/isi?entry.1={modul}&entry.2={versi}&entry.3={bagian}&entry.4={edisi}"
    address = site.report_address(setting, "TK-05", "2.0.1", "a&b={edisi}")
    assert unquote(address).endswith("entry.1=TK-05&entry.2=2.0.1&entry.3=a&b={edisi}&entry.4={edisi}")
    assert address.count("&") == 3


@pytest.mark.parametrize("setting", ["", "javascript:alert(1)", "//contoh.example", "data:text/html,x", "#"])
def test_what_is_no_address_gives_no_link(setting: str) -> None:
    assert site.report_address(setting, "TK-05", "1.0.0", "x") == ""


def test_an_index_of_the_same_pages_is_the_same_bytes(tmp_path: Path) -> None:
    """Pagefind writes the values of a filter in any order; what is published has one, and every name leads to a file."""
    kinds = "modul lampiran panduan program halaman edisi aturan".split()
    seen = set()
    for run in range(3):
        out = tmp_path / str(run)
        for kind in kinds:
            (out / kind).mkdir(parents=True)
            (out / kind / "index.html").write_text(
                f'<html lang="id"><body><main data-pagefind-body data-pagefind-filter="jenis:{kind}"><h1>{kind}</h1>'
                f"<p>Kata tentang {kind}.</p></main></body></html>"
            )
        command = [sys.executable, "-m", "pagefind", "--site", str(out), "--silent", "--force-language", "id"]
        subprocess.run(command, check=True)
        folder = out / "pagefind"
        search_index.settle(folder)
        seen.add(tuple((p.name, p.read_bytes()) for p in sorted(folder.rglob("*")) if p.is_file()))
        (language,) = json.loads((folder / "pagefind-entry.json").read_text())["languages"].values()
        meta = gzip.decompress((folder / f"pagefind.{language['hash']}.pf_meta").read_bytes())
        (filters,) = (folder / "filter").glob("*.pf_filter")
        assert filters.stem.encode() in meta
        content = gzip.decompress(filters.read_bytes())
        assert all(kind.encode() in content for kind in kinds)
    assert len(seen) == 1
