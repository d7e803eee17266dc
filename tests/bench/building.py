"""The clean build of a site beside bare Python-Markdown of the same texts with the same extensions."""

from __future__ import annotations

import sys

from measure import ROOT, build, curriculum, row, spent, target, title

RENDER = """
import pathlib, sys
from sigap.load import load
from sigap.tree import Folder
from sigap.pages import pages
from sigap.render import renderer
made = renderer()
for page in pages(load(Folder.open(pathlib.Path(sys.argv[1])))).values():
    made.reset().convert(page.content)
"""


def rows() -> None:
    title("site build, processor; peer: bare Python-Markdown")
    with curriculum(500) as root:
        clean = build(root)
        bare = spent(sys.executable, "-c", RENDER, root, cwd=ROOT / "scripts", times=1, ends=(0,))[1]
        row("500 modules, bare Python-Markdown", bare)
        row("500 modules, clean build", clean)
        target("clean build / bare Python-Markdown", clean / bare, 1.7)
        for page in sorted((root / "modules").glob("*/index.md"))[:5]:
            page.write_text(page.read_text("utf-8").replace("## Tujuan", "Satu lagi.\n\n## Tujuan", 1), "utf-8")
        target("build after 5 of 500 changed / clean build", build(root) / clean, 0.3)
    with curriculum(1000) as root:
        target("time a module at 1,000 / at 500", build(root) / 2 / clean, 1.1)
