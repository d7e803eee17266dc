"""`make bench`: speed and size beside what a user would take instead, as ratios from one run on one machine.

    python tests/bench/run.py [validate] [site] [publish] [redline] [pdf] [publish40]

Figures of seconds mean little on a noisy machine; the ratios and the bytes are what targets.md speaks of.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from generate import generate  # noqa: E402

SEED = 20261124


def timed(run: Callable[[], object], times: int = 3) -> float:
    """The best of some runs, in seconds."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
    return best


def command(*words: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None) -> None:
    done = subprocess.run(
        [str(word) for word in words], capture_output=True, text=True, cwd=cwd, env={**os.environ, **(env or {})}
    )
    if done.returncode > 1:
        raise SystemExit(f"{' '.join(map(str, words))}: {done.stdout[-2000:]}{done.stderr[-2000:]}")


def sigap(root: Path, *words: str) -> Callable[[], None]:
    return lambda: command(sys.executable, "-m", "sigap", "-C", root, *words)


@contextmanager
def curriculum(count: int) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="sigap-bench-") as folder:
        generate(Path(folder), count, SEED)
        yield Path(folder)


def row(name: str, seconds: float, note: str = "") -> None:
    print(f"  {name:<58}{seconds:9.3f} s  {note}", flush=True)


def target(what: str, found: float, most: float, unit: str = "") -> None:
    """One line of targets.md: what was found, the target, and a tick or by how much it is missed."""
    verdict = "✓" if found <= most else f"✗ missed by {100 * (found / most - 1):.0f} %"
    print(f"  → {what:<56}{found:9.3f}{unit}  target ≤ {most:g}{unit}  {verdict}", flush=True)


# --- site -----------------------------------------------------------------------------------------------------------


def site() -> None:
    print("site build")
    for count in (13, 100, 500, 1000):
        with curriculum(count) as root, tempfile.TemporaryDirectory() as out:
            env = {"SIGAP_DOCS_DIR": str(root / "docs"), "NO_MKDOCS_2_WARNING": "1"}
            words = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", out, "-f", ROOT / "mkdocs.yml"]
            ours = timed(lambda words=words, env=env: command(*words, env=env, cwd=ROOT), 1)
            bare = timed(lambda root=root: command(sys.executable, "-c", RENDER, root, cwd=ROOT / "scripts"), 1)
            note = f"bare Python-Markdown of the same texts {bare:.1f} s; ratio {ours / bare:.2f} (target ≤ 1.7 at 500)"
            row(f"{count} modules", ours, note)


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


# --- publish --------------------------------------------------------------------------------------------------------


def publish(count: int = 20) -> None:
    """One more edition of 100 modules on top of many: five modules changed, then none."""
    from repos import Repo

    print(f"publication, 100 modules, edition {count}")
    with curriculum(100) as root:
        repo = Repo(root)
        repo.git("init", "-q", "-b", "main")
        repo.commit("Mulai")
        slugs = sorted(path.parent.name for path in (root / "modules").glob("*/index.md"))
        for number in range(1, count):
            change(repo, slugs[number * 5 % 95 : number * 5 % 95 + 5], number)
            repo.cut(f"2026.{number}")
        whole = timed(sigap(root, "publish", "--all"), 1)
        row(f"{count - 1} editions from scratch", whole, f"{whole / (count - 1):.1f} s an edition")
        change(repo, slugs[:5], count)
        repo.cut(f"2026.{count}")
        alone = timed(lambda: build_alone(root), 2)
        row("the build of one edition alone", alone)
        added(repo, f"2026.{count}", "five changed", alone, 2.0)
        repo.cut(f"2026.{count + 1}")
        added(repo, f"2026.{count + 1}", "nothing changed", alone, 1.5)


def build_alone(root: Path) -> None:
    env = {"SIGAP_DOCS_DIR": str(root / "docs"), "NO_MKDOCS_2_WARNING": "1"}
    with tempfile.TemporaryDirectory() as out:
        words = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", out, "-f", ROOT / "mkdocs.yml"]
        command(*words, env=env, cwd=ROOT)


def change(repo: object, slugs: list[str], number: int) -> None:
    for slug in slugs:
        path = f"modules/{slug}/index.md"
        repo.replace(path, "## Tujuan pembelajaran", f"Kalimat edisi ke-{number}.\n\n## Tujuan pembelajaran")


def verdict(value: float, target: float) -> str:
    """A figure's target, and whether it is met or by how much it is missed."""
    return f"(target ≤ {target:g}: {'✓' if value <= target else f'missed by {value - target:.2f}'})"


def added(repo: object, name: str, what: str, alone: float, target: float) -> None:
    """Publish one more edition: its time over that of its build, and the bytes of the files that are new."""
    blobs = set(repo.tree().values())
    taken = timed(sigap(repo.path, "publish", name), 1)
    new = {blob: path for path, blob in repo.tree().items() if blob not in blobs}
    sizes = {blob: int(repo.git("cat-file", "-s", blob)) for blob in new}
    row(f"edition {name}, {what}", taken, f"{taken / alone:.2f} × that build {verdict(taken / alone, target)}")
    modules = {blob for blob, path in new.items() if "/modul/" in path and path.count("/") > 2}
    beside = sum(size for blob, size in sizes.items() if blob not in modules) / 1e6
    total = sum(sizes.values()) / 1e6
    print(f"      {len(new)} new blobs, {total:.2f} MB, beside the modules {beside:.2f} MB {verdict(beside, 0.5)}")
    kinds = {"module pages": "/modul/", "comparisons": "banding/", "search": "/pagefind/", "data": ".json"}
    for label, part in kinds.items():
        mine = {blob for blob, path in new.items() if part in path and (label != "data" or path.count("/") < 2)}
        print(f"      {label:<24}{len(mine):5} blobs {sum(sizes[b] for b in mine) / 1e6:8.3f} MB")
    unchanged = 0 if what == "nothing changed" else 5
    pages = {path.split("/")[2] for path in new.values() if "/modul/" in path and path.count("/") > 2}
    print(
        f"      modules with a new blob: {len(pages)} (target ≤ {unchanged}: {'✓' if len(pages) <= unchanged else '✗'})"
    )


def redline() -> None:
    print("redline", flush=True)
    subprocess.run([sys.executable, str(HERE / "redline.py")], check=True)


def validate() -> None:
    """Its own file: one function a row."""
    from validate import rows

    rows()


# --- packs to print --------------------------------------------------------------------------------------------------


def pdf() -> None:
    """Every pack of the repository's modules, and beside their books the same text printed by what others would take."""
    from sigap import paper
    from sigap.load import load
    from sigap.tree import Folder

    curriculum = load(Folder.open(ROOT))
    modules = [module for module in curriculum.modules if paper.can_be_packed(module)]
    print(f"packs to print of {len(modules)} modules")
    sizes: dict[str, list[int]] = {}
    times: dict[str, float] = {}
    for module in modules:
        start = time.perf_counter()
        for pack in paper.module_packs(module, curriculum, ROOT):
            sizes.setdefault(pack.title, []).append(len(pack.data))
            times[pack.title] = times.get(pack.title, 0) + time.perf_counter() - start
            start = time.perf_counter()
    for title, seconds in times.items():
        row(f"{title}, one module", seconds / len(modules), "tagged, PDF/UA-1, the same bytes each time")
    for title, found in sizes.items():
        target(f"{title}, kB a module", sum(found) / len(found) / 1000, 150)
    books = [_book(module, curriculum) for module in modules]
    row(
        "Chromium, the module's page alone", timed(lambda: _chromium(books), 1) / len(books), "tagged, not reproducible"
    )
    if find_spec("weasyprint"):
        row("WeasyPrint, the module's page alone", timed(lambda: _weasyprint(books), 1) / len(books), "pdf/ua-1")
    else:
        print("  WeasyPrint is not installed: `pip install weasyprint` in this environment adds its row")


def _book(module: object, curriculum: object) -> str:
    from sigap.pages.module import module_page
    from sigap.render import renderer

    text = module_page(module, curriculum).partition("---\n\n")[2]  # type: ignore[arg-type]
    return f"<!doctype html><html lang=id><meta charset=utf-8><title>Modul</title>{renderer().convert(text)}"


def _chromium(books: list[str]) -> None:
    import parts
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=parts.chromium(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        for book in books:
            page.set_content(book)
            page.pdf(format="A4", tagged=True)
        browser.close()


def _weasyprint(books: list[str]) -> None:
    from weasyprint import HTML  # type: ignore[import-not-found]

    for book in books:
        HTML(string=book).write_pdf(pdf_variant="pdf/ua-1")


PARTS = {"validate": validate, "site": site, "publish": publish, "redline": redline, "pdf": pdf}
MORE = {"publish40": lambda: publish(40)}
"""What takes longer, and runs only when it is named."""

if __name__ == "__main__":
    for name in sys.argv[1:] or PARTS:
        (PARTS | MORE)[name]()
