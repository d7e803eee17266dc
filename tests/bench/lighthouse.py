"""Lighthouse over the kinds of pages of a site that is being served: the median of some runs, mobile, slow 4G simulated.

    python tests/bench/lighthouse.py http://localhost:8000/ [RUNS]

Needs the program `lighthouse` (npm, 116 packages, so not among tests/tools) in PATH or named by LIGHTHOUSE, and a
Chromium. Prints performance, accessibility, best practices, SEO, largest paint, shift and bytes of each page. Where the
machine is shared, look at the scores only: the simulation still counts the processor's time.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
from typing import Any
from urllib.parse import urljoin

PAGES = {
    "home": "terbaru/",
    "module": "terbaru/modul/dukungan-psikologis-awal/",
    "programme": "terbaru/program/lengkap/",
    "search": "terbaru/cari/?q=rujukan",
    "banding": "banding/",
    "redline": "banding/?modul=TK-05&dari=2026.1&ke=2026.2",
}
SCORES = ("performance", "accessibility", "best-practices", "seo")
AUDITS = ("largest-contentful-paint", "cumulative-layout-shift", "total-blocking-time", "total-byte-weight")


def once(address: str) -> dict[str, float]:
    """One run: scores from 0 to 100, milliseconds, bytes."""
    program = os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse") or sys.exit("lighthouse is not installed")
    words = [program, address, "--quiet", "--output=json", "--chrome-flags=--headless=new --no-sandbox"]
    env = {"CHROME_PATH": shutil.which("chromium") or "", **os.environ}
    done = subprocess.run([*words, f"--only-categories={','.join(SCORES)}"], capture_output=True, check=True, env=env)
    found: dict[str, Any] = json.loads(done.stdout)
    scores = {name: 100 * found["categories"][name]["score"] for name in SCORES}
    return scores | {name: found["audits"][name]["numericValue"] for name in AUDITS}


def main(site: str, runs: int) -> None:
    print("page", *SCORES, *AUDITS, sep="\t")
    for name, path in PAGES.items():
        found = [once(urljoin(site, path)) for _ in range(runs)]
        middle = (statistics.median(run[key] for run in found) for key in (*SCORES, *AUDITS))
        print(name, *(f"{value:.3g}" if value < 1000 else f"{value:.0f}" for value in middle), sep="\t", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5)
