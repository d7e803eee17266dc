"""HTML pages from templates, where every text is escaped unless it was read by the wall; and what a page may load."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}


def policy(*, search: bool = False) -> str:
    """The Content-Security-Policy of a page of the site: only files of the site itself, and nothing that stands in the
    page. The search engine is WebAssembly, which the page that holds it must allow.
    """
    extra = {"script-src": "'self' 'wasm-unsafe-eval'"} if search else {}
    return _written({**_POLICY, **extra})


def policy_apart(style: str, images: str) -> str:
    """The policy of a page that stands alone: its one style, known by its hash, and images below one address."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _written(
        {
            "default-src": "'none'",
            "style-src": f"'sha256-{digest}'",
            "img-src": f"{images} data:",
            "base-uri": "'none'",
            "form-action": "'none'",
        }
    )


def _written(rules: dict[str, str]) -> str:
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def page(template: str, **values: object) -> str:
    """A template below templates/ with values in it. Text is escaped; only `markupsafe.Markup` is not."""
    return _environment().get_template(template).render(values)
