"""Golden files: what people read, kept as files that a reviewer can read too. `SIGAP_GOLDEN=1 pytest` writes them."""

from __future__ import annotations

import os
from pathlib import Path

GOLDEN = Path(__file__).resolve().parent / "golden"


def same(name: str, text: str) -> None:
    """Fail unless `text` is what `tests/golden/<name>` holds."""
    path = GOLDEN / name
    if os.environ.get("SIGAP_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"{path} is missing: read the text, then write it with SIGAP_GOLDEN=1"
    assert text == path.read_text(encoding="utf-8")
