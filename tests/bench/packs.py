"""The packs to print of the project's own curriculum, warm: typst once in this process, as a publication runs it.

Beside them the same text printed by what others would take: Chromium, and WeasyPrint where it is installed.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from importlib.util import find_spec

import parts
from measure import ROOT, row, target, timed, title
from sigap import paper
from sigap.load import load
from sigap.model import Curriculum, Module
from sigap.pages.module import module_page
from sigap.render import renderer
from sigap.tree import Folder


def rows() -> None:
    title("PDF: all packs of every module, and of the peers the module's page alone")
    curriculum = load(Folder.open(ROOT))
    modules = [module for module in curriculum.modules if paper.can_be_packed(module)]
    packs = [pack for module in modules for pack in paper.module_packs(module, curriculum, ROOT)]
    taken = timed(lambda: list(paper.pack_files(curriculum, ROOT)), 1)
    target("one module warm, all its packs", taken / len(modules), 0.1, " s")
    target("the largest pack", max(len(pack.data) for pack in packs) / 1e3, 150, " kB")
    target("packs of a module, on average", sum(len(pack.data) for pack in packs) / len(packs) / 1e3, 150, " kB")
    texts = [html(module, curriculum) for module in modules]
    start = time.perf_counter()
    chromium(texts)
    row("Chromium, a module's page, by the clock", (time.perf_counter() - start) / len(texts), "other bytes each time")
    if find_spec("weasyprint"):
        row("WeasyPrint, a module's page", timed(lambda: weasyprint(texts), 1) / len(texts), "pdf/ua-1")


def html(module: Module, curriculum: Curriculum) -> str:
    """The page of a module as plain HTML."""
    text = module_page(module, curriculum).partition("---\n\n")[2]
    return f"<!doctype html><html lang=id><meta charset=utf-8><title>Modul</title>{renderer().convert(text)}"


def chromium(texts: Iterable[str]) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=parts.chromium(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        for text in texts:
            page.set_content(text)
            page.pdf(format="A4", tagged=True)
        browser.close()


def weasyprint(texts: Iterable[str]) -> None:
    from weasyprint import HTML  # type: ignore[import-not-found]

    for text in texts:
        HTML(string=text).write_pdf(pdf_variant="pdf/ua-1")
