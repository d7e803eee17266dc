"""Addresses that `mkdocs.yml` holds, read without mkdocs: each is `!ENV [VARIABLE, default]` or plain text."""

from __future__ import annotations

import os
import sys
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
        node = yaml.compose(CONFIG.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, yaml.YAMLError):
        return ""
    for name, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if name.value == key:
            parts = [part.value for part in value.value] if isinstance(value, yaml.SequenceNode) else [value.value]
            *variables, default = parts
            return next((os.environ[v] for v in variables if os.environ.get(v)), str(default))
    return ""


def review() -> str:
    """How the host's review of a proposal addresses a line (`comparison.answering`); empty where there is none."""
    found = os.environ.get("SIGAP_REVIEW_URL", "")
    return found if found.startswith(("https://", "http://")) else ""


def rule_pages() -> str:
    """The address below which each rule has its page, in the newest edition."""
    site = address("site_url")
    return f"{site.rstrip('/')}/{LATEST}/{RULE_PAGES}/" if site else ""
