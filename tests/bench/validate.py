"""`sigap validate`, one function a row."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from measure import SIGAP, curriculum, row, spent, target, title

NPX = ("npx", "--yes", "markdownlint-cli2", "modules/**/*.md")


def validate(root: Path, *words: str, cores: set[int] | None = None) -> tuple[float, float]:
    return spent(*SIGAP, "-C", root, "validate", *words, cores=cores)


def rows() -> None:
    title("sigap validate; peer: markdownlint-cli2")
    start_up()
    thirteen()
    with curriculum(500) as root:
        beside_markdownlint(root)
        broken_links(root)
        against_a_base(root)
    growth()


def start_up() -> None:
    target("start-up: sigap rules, processor", spent(*SIGAP, "rules", times=5)[1], 0.25, " s")


def thirteen() -> None:
    with curriculum(13) as root:
        target("13 modules, whole process, processor", validate(root)[1], 0.5, " s")


def beside_markdownlint(root: Path) -> None:
    """On the same files; it knows no hours, no front matter and no rule across files."""
    wall, used = validate(root)
    row("500 modules, whole process", wall, f"processor {used:.2f} s on {len(os.sched_getaffinity(0))} cores")
    if not shutil.which("npx"):
        print("  markdownlint-cli2: no npx here, so nothing to hold it against")
        return
    (root / ".markdownlint-cli2.jsonc").write_text("{}")
    subprocess.run([*NPX[:3], "--help"], capture_output=True)
    theirs = spent(*NPX, cwd=root, times=1)
    row("500 modules, markdownlint-cli2", theirs[0], f"processor {theirs[1]:.2f} s")
    target("ours / markdownlint-cli2, all cores, wall", wall / theirs[0], 0.1)
    one = validate(root, cores={min(os.sched_getaffinity(0))})
    target("ours / markdownlint-cli2, one core, processor", one[1] / theirs[1], 0.1)


def broken_links(root: Path) -> None:
    """500 links that lead nowhere, one in each module."""
    whole = validate(root)[1]
    pages = sorted((root / "modules").glob("*/index.md"))
    kept = {page: page.read_text("utf-8") for page in pages}
    for page, text in kept.items():
        page.write_text(re.sub(r"\]\((lampiran-[a-z0-9-]+)", r"](\1x", text, count=1), "utf-8")
    target("500 broken links / 500 whole ones, processor", validate(root)[1] / whole, 1.1)
    for page, text in kept.items():
        page.write_text(text, "utf-8")


def against_a_base(root: Path) -> None:
    """`--base` with one sentence more in every module."""
    git = ("git", "-C", root, "-c", "user.name=bench", "-c", "user.email=bench@localhost")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "base")):
        spent(*git, *words, times=1)
    for page in (root / "modules").glob("*/index.md"):
        text = page.read_text("utf-8")
        page.write_text(text.replace("## Tujuan", "Satu kalimat lagi.\n\n## Tujuan", 1), "utf-8")
    without, with_base = validate(root)[1], validate(root, "--base", "HEAD")[1]
    target("--base with every module touched / without, processor", with_base / without, 1.5)


def growth() -> None:
    start = spent(*SIGAP, "rules")[1]
    per_module = {}
    for count in (100, 1000):
        with curriculum(count) as root:
            per_module[count] = (validate(root)[1] - start) / count
            row(f"{count} modules, one more module, processor", per_module[count])
    target("time a module at 1,000 / at 100", per_module[1000] / per_module[100], 1.1)
