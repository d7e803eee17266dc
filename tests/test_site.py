"""The files at the root of the site."""

from __future__ import annotations

from golden_files import same
from sigap import site


def test_root_files_read_as_their_golden_files() -> None:
    same("site/redirect.html", site.redirect("terbaru/", "terbaru/assets/"))
    same("site/404.html", site.not_found("/sigap/"))
    same("site/robots.txt", site.robots("https://contoh.example/sigap/"))
    same("site/sitemap.xml", site.sitemap("https://contoh.example/sigap/", ["", "modul/a-b/"]))


def test_nothing_breaks_out_of_its_place() -> None:
    assert "<script>alert" not in site.redirect('"><script>alert(1)</script>/', "a/", "<script>alert(2)</script>")
    assert site.sitemap("https://x/", ["a&b/"]).count("&amp;") == 1
