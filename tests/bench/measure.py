"""What every row of the bench is measured and printed with.

A wall clock says little on a machine that does other work, so ratios use processor seconds wherever the row is not
about using all cores.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.append(str(HERE.parent))

from generate import generate  # noqa: E402

SEED = 20261124
SIGAP = (sys.executable, "-m", "sigap")


def timed(run: Callable[[], object], times: int = 3) -> float:
    """The best processor time of some runs in this process, in seconds."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        run()
        best = min(best, time.process_time() - start)
    return best


def spent(
    *words: str | Path,
    cwd: Path | None = None,
    times: int = 3,
    cores: set[int] | None = None,
    env: dict[str, str] | None = None,
    ends: tuple[int, ...] = (0, 1),
) -> tuple[float, float]:
    """The best wall time and processor time of a command, in seconds; `cores` limits it to some, `ends` are the exit
    codes it may end with."""
    best = [float("inf"), float("inf")]
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores or before)
    try:
        for _ in range(times):
            used, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            done = subprocess.run(
                [str(word) for word in words], capture_output=True, cwd=cwd, env={**os.environ, **(env or {})}
            )
            wall, now = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
            if done.returncode not in ends:
                raise SystemExit(f"{words}: {done.stdout[-2000:]!r}{done.stderr[-2000:]!r}")
            best = [min(best[0], wall), min(best[1], now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime)]
    finally:
        os.sched_setaffinity(0, before)
    return best[0], best[1]


@contextmanager
def curriculum(count: int) -> Iterator[Path]:
    """A folder with a made-up curriculum of so many modules."""
    with tempfile.TemporaryDirectory(prefix="sigap-bench-") as folder:
        generate(Path(folder), count, SEED)
        yield Path(folder)


def build(root: Path) -> float:
    """The processor seconds of a clean, strict build of the content in a folder."""
    env = {"SIGAP_DOCS_DIR": str(root / "docs"), "SOURCE_DATE_EPOCH": "0", "NO_MKDOCS_2_WARNING": "1"}
    with tempfile.TemporaryDirectory() as out:
        words = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", out, "-f", ROOT / "mkdocs.yml"]
        return spent(*words, cwd=ROOT, env=env, times=1, ends=(0,))[1]


def title(text: str) -> None:
    print(text, flush=True)


def row(name: str, seconds: float, note: str = "") -> None:
    """A figure without a target of its own, such as what a peer takes."""
    print(f"    {name:<58}{seconds:9.3f} s  {note}", flush=True)


def target(what: str, found: float, most: float, unit: str = "") -> None:
    """A row of the targets: what was found, the most that it may be, and a tick or by how much it is missed."""
    verdict = "✓" if found <= most else f"✗ missed by {100 * (found / most - 1):.0f} %"
    print(f"  → {what:<58}{found:9.3f}{unit:<3} target ≤ {most:g}{unit}  {verdict}", flush=True)
