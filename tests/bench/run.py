"""`make bench`: speed and size beside what a user would take instead, as ratios from one run on one machine.

    python tests/bench/run.py [validate] [site] [publish] [redline] [publish40]

Figures of seconds mean little on a noisy machine; the ratios and the bytes are what targets.md speaks of.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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


# --- validate -------------------------------------------------------------------------------------------------------


def validate() -> None:
    start = timed(lambda: command(sys.executable, "-m", "sigap", "rules"), 5)
    bare = timed(lambda: command(sys.executable, "-c", "pass"), 5)
    print("sigap validate")
    row("start-up: sigap rules", start, f"python alone {bare:.3f} s; target ≤ 0.25 s")
    per_module: dict[int, float] = {}
    for count in (13, 100, 500, 1000):
        with curriculum(count) as root:
            ours = timed(sigap(root, "validate"))
            per_module[count] = (ours - start) / count
            floor = timed(lambda root=root: command(sys.executable, "-c", PARSE, root))
            note = f"{1000 * per_module[count]:.2f} ms a module over start-up; bare parse of the files {floor:.3f} s"
            row(f"{count} modules, whole process", ours, note)
            if count == 500:
                beside(root, ours)
    growth = per_module[1000] / per_module[100]
    print(f"  growth: time a module at 1,000 over at 100: {growth:.2f} (target ≤ 1.1)")


PARSE = """
import pathlib, sys, pyromark
for path in pathlib.Path(sys.argv[1]).rglob('*.md'):
    list(pyromark.events_with_range(path.read_text(), options=pyromark.Options.ENABLE_TABLES))
"""


def beside(root: Path, ours: float) -> None:
    """The linters that a user would take instead, on the same files; they know no hours and no front matter."""
    if shutil.which("npx"):
        (root / ".markdownlint-cli2.jsonc").write_text("{}")
        npx = ["npx", "--yes", "markdownlint-cli2", "modules/**/*.md"]
        subprocess.run([*npx[:3], "--help"], capture_output=True)
        theirs = timed(lambda: subprocess.run(npx, cwd=root, capture_output=True), 2)
        row("500 modules, markdownlint-cli2", theirs, f"ours/theirs {ours / theirs:.3f} (target ≤ 0.1)")
    else:
        print("  markdownlint-cli2: no npx here")
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([sys.executable, "-m", "venv", folder], capture_output=True)
        done = subprocess.run([f"{folder}/bin/pip", "install", "-q", "pymarkdownlnt"], capture_output=True)
        if done.returncode:
            print("  pymarkdown: cannot be installed here")
            return
        words = [f"{folder}/bin/pymarkdown", "scan", "-r", str(root / "modules")]
        theirs = timed(lambda: subprocess.run(words, capture_output=True, timeout=1200), 1)
        row("500 modules, pymarkdown", theirs, f"ours/theirs {ours / theirs:.4f}")


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


PARTS = {"validate": validate, "site": site, "publish": publish, "redline": redline}
MORE = {"publish40": lambda: publish(40)}
"""What takes longer, and runs only when it is named."""

if __name__ == "__main__":
    for name in sys.argv[1:] or PARTS:
        (PARTS | MORE)[name]()
