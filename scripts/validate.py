#!/usr/bin/env python3
"""`python scripts/validate.py` is `sigap validate`, for a checkout where nothing is installed but the requirements."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from sigap.cli import main

if __name__ == "__main__":
    sys.exit(main(["validate", *sys.argv[1:]]))
