"""One more edition of 100 modules on top of many, beside the build of that edition alone."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from measure import SIGAP, build, curriculum, row, spent, target, title
from repos import Repo

FIRST = "from pathlib import Path; import shutil, sys; from sigap import build, cli; made = Path(sys.argv.pop(1))\n"
PLANT = f"""{FIRST}
def planted(source, out, told, *rest, **more):
    told()
    shutil.copytree(made, out)

build.build = planted
sys.exit(cli.main(sys.argv[1:]))
"""
"""`sigap` with every edition built as a copy of one folder: a history of many editions in little time. Comparisons,
feeds and the branch itself are made as always; only pages that changed on the way show a later text."""


def rows() -> None:
    title("one more edition of 100 modules; peer: the build of that edition alone")
    for count in (20, 40):
        with curriculum(100) as root:
            measure(Repo(root), count)


def measure(repo: Repo, count: int) -> None:
    """The edition of this number with five modules changed, and the next one with none."""
    repo.git("init", "-q", "-b", "main")
    repo.commit("Mulai")
    slugs = sorted(path.parent.name for path in (repo.path / "modules").glob("*/index.md"))
    for number in range(1, count):
        change(repo, slugs[number * 5 % 95 : number * 5 % 95 + 5], number)
        repo.cut(f"2026.{number}")
    done = repo.sigap("publish", f"2026.{count - 1}")
    assert done.code == 0, done.err
    made = unpacked(repo, f"2026.{count - 1}")
    repo.git("branch", "-q", "-D", "gh-pages")
    spent(sys.executable, "-c", PLANT, made, "-C", repo.path, "publish", "--all", times=1, ends=(0,))
    change(repo, slugs[:5], count)
    repo.cut(f"2026.{count}")
    alone = build(repo.path)
    row(f"edition {count}, its build alone, processor", alone)
    added(repo, f"2026.{count}", "five changed", alone, 2.0)
    repo.cut(f"2026.{count + 1}")
    added(repo, f"2026.{count + 1}", "nothing changed", alone, 1.5)


def change(repo: Repo, slugs: list[str], number: int) -> None:
    for slug in slugs:
        path = f"modules/{slug}/index.md"
        repo.replace(path, "## Tujuan pembelajaran", f"Kalimat edisi ke-{number}.\n\n## Tujuan pembelajaran")


def unpacked(repo: Repo, name: str) -> Path:
    """The folder of a published edition, beside the repository's own files."""
    folder = repo.path / ".git" / "bench"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    repo.git("--work-tree", str(folder), "-c", f"core.worktree={folder}", "checkout", "-q", "gh-pages", "--", name)
    repo.git("reset", "-q")
    return folder / name


def added(repo: Repo, name: str, what: str, alone: float, most: float) -> None:
    """Publish one more edition: its time over that of its build, and the bytes of the files that are new."""
    blobs = set(repo.tree().values())
    taken = spent(*SIGAP, "-C", repo.path, "publish", name, times=1, ends=(0,), env={"GIT_CONFIG_GLOBAL": os.devnull})
    target(f"edition {name}, {what} / its build, processor", taken[1] / alone, most)
    new = {blob: path for path, blob in repo.tree().items() if blob not in blobs}
    sizes = {blob: int(repo.git("cat-file", "-s", blob)) for blob in new}
    own = {blob for blob, path in new.items() if "/modul/" in path and path.count("/") > 2}
    target(
        f"edition {name}, files beside the modules", (sum(sizes.values()) - sum(map(sizes.get, own))) / 1e6, 0.5, "MB"
    )
    changed = {new[blob].split("/")[2] for blob in own}
    target(f"edition {name}, modules with a new file", len(changed), 0 if what == "nothing changed" else 5)
    largest = sorted(((sizes[blob], path) for blob, path in new.items() if blob not in own), reverse=True)[:4]
    print("    the largest: " + ", ".join(f"{path} {size / 1e3:.0f} kB" for size, path in largest))
