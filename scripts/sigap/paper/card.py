"""Pictures as PNG by typst: the card of a module where its address is shared (Open Graph), and the site's icons.

A card lies with the packs, named by what it shows, so that it stands once for all editions that share it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from ..model import Module
from .press import png
from .published import FOLDER
from .state import short_code
from .typeset import string

TEMPLATE = Path(__file__).parent.parent / "templates" / "paper" / "kartu.typ"
CARD_SIZE = (800, 420)
"""Pixels: enough for the networks that show a picture large, and 55 kB."""


def card_place(module: Module) -> str:
    """The path of a module's card from the site's root."""
    digest = hashlib.sha256((_template() + _call(module)).encode()).hexdigest()
    return f"{FOLDER}/{module.kode}-bagikan-{short_code(digest)}.png"


def card_files(modules: Iterable[Module], known: frozenset[str] = frozenset()) -> Iterator[tuple[str, bytes | None]]:
    """Every module's card: path from the root of the site, and bytes; None stands for `known` ones, not made again."""
    for module in modules:
        path = card_place(module)
        yield path, None if path in known else card(module)


def card(module: Module) -> bytes:
    """A module's card as PNG. Raises Trouble where it cannot be set."""
    return png(_template() + _call(module), CARD_SIZE[0] / 600 * 72, f"Kartu {module.kode}")


def icon(svg: str, pixels: int) -> bytes:
    """A square picture, such as the site's sign, as PNG."""
    source = (
        f"#set page(width: 72pt, height: 72pt, margin: 0pt, fill: none)\n#image(bytes({string(svg)}), width: 100%)\n"
    )
    return png(source, pixels, "Ikon")


def _call(module: Module) -> str:
    hours = module.hours.total if module.hours else 0
    words = ", ".join(string(text) for text in (module.kode, module.title, module.summary, str(hours)))
    return f"#kartu({words})\n"


@cache
def _template() -> str:
    return TEMPLATE.read_text(encoding="utf-8")
