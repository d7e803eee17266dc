"""Addresses that `mkdocs.yml` holds, read without mkdocs: each is `!ENV [VARIABLE, default]` or plain text."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from pathlib import Path

import yaml


def _home() -> Path:
    checkout = Path(__file__).resolve().parents[2]
    return checkout if (checkout / "mkdocs.yml").is_file() else Path(sys.prefix) / "share" / "sigap"


ROOT = _home()
"""Where look, toolchain and rule pages of today lie: the checkout that this package runs from, or what the wheel
installed beside it."""

CONFIG = ROOT / "mkdocs.yml"
RULE_PAGES = "kontribusi/aturan"
LATEST = "terbaru"


def address(key: str) -> str:
    """The value of a top-level key such as `site_url`; empty where there is none."""
    try:
        found = _read(CONFIG.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError):
        return ""
    *variables, default = found.get(key, ("",))
    return next((os.environ[v] for v in variables if os.environ.get(v)), default)


@lru_cache(maxsize=1)
def _read(text: str) -> dict[str, tuple[str, ...]]:
    """Every top-level key with the variables that may hold its value, and what it is where none does. Asked for on
    every page of a site, so a text is read once."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    found = {}
    for name, value in node.value if isinstance(node, yaml.MappingNode) else ():
        parts = [part.value for part in value.value] if isinstance(value, yaml.SequenceNode) else [value.value]
        found[name.value] = tuple(map(str, parts)) or ("",)
    return found


def review() -> str:
    """How the host's review of a proposal addresses a line (`comparison.answering`); empty where there is none."""
    found = os.environ.get("SIGAP_REVIEW_URL", "")
    return found if found.startswith(("https://", "http://")) else ""


def rule_pages() -> str:
    """The address below which each rule has its page, in the newest edition."""
    site = address("site_url")
    return f"{site.rstrip('/')}/{LATEST}/{RULE_PAGES}/" if site else ""
