"""The packs to print of the project's own curriculum, warm: typst once in this process, as a publication runs it."""

from __future__ import annotations

from measure import ROOT, target, timed, title
from sigap import paper
from sigap.load import load
from sigap.tree import Folder


def rows() -> None:
    title("PDF; peers, measured before: WeasyPrint 0.6 s a module, Chromium 0.27 s")
    curriculum = load(Folder.open(ROOT))
    packs = [pack for module in curriculum.modules for pack in paper.module_packs(module, curriculum, ROOT)]
    taken = timed(lambda: list(paper.pack_files(curriculum, ROOT)))
    target("one module warm, all its packs", taken / len(curriculum.modules), 0.1, " s")
    target("the largest pack", max(len(pack.data) for pack in packs) / 1e3, 150, "kB")
