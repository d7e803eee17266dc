"""`make bench`: speed and size beside what a user would take instead, from one run on one machine, in ten minutes.

    python tests/bench/run.py [validate] [site] [publish] [redline] [pdf]

Every row of the targets stands on a line that begins with an arrow. Figures of seconds mean little on a noisy machine;
the ratios and the bytes are what counts.
"""

from __future__ import annotations

import importlib
import sys

PARTS = {
    "validate": "validate",
    "site": "building",
    "publish": "publication",
    "redline": "redline",
    "pdf": "packs",
}
"""The parts in their order, each with the file whose `rows` measure it."""

if __name__ == "__main__":
    for name in sys.argv[1:] or PARTS:
        importlib.import_module(PARTS[name]).rows()
