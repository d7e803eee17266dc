"""typst and its inputs: text in, the same bytes out on every machine and day."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from ..errors import Trouble
from .squeeze import squeeze, unpacked
from .state import short_code

TEMPLATE = Path(__file__).parent.parent / "templates" / "paper" / "sigap.typ"


def pdf(source: str, root: Path, images: set[str], what: str, *, one_sided: bool = False) -> bytes:
    """Set one pack as PDF/UA-1, for paper that is printed on one side where it says so.

    Raises Trouble that names `what` when it cannot be set.
    """
    import typst

    for path in sorted(images):
        if not (root / path).is_file():
            raise Trouble(f"{what}: gambar `{path}` tidak ada, jadi tidak dapat dicetak.")
    try:
        data, warnings = _compiler(str(root)).compile_with_warnings(
            input=(_template() + source).encode(), format="pdf", pdf_standards=["ua-1"], timestamp=0
        )
    except typst.TypstError as error:
        raise Trouble(f"{what} tidak dapat dicetak: {error.message.splitlines()[0]}") from None
    if warnings:
        raise Trouble(f"{what} tidak dapat dicetak dengan utuh: {warnings[0].message}")
    return squeeze(bytes(data), b"/Duplex/Simplex" if one_sided else b"")


def png(source: str, ppi: float, what: str) -> bytes:
    """Set one page without pictures as PNG. Raises Trouble that names `what` when it cannot be set."""
    import typst

    try:
        return bytes(_compiler("/").compile(input=source.encode(), format="png", ppi=ppi))
    except typst.TypstError as error:
        raise Trouble(f"{what} tidak dapat digambar: {error.message.splitlines()[0]}") from None


def pages(data: bytes) -> int:
    """How many pages a pack has: the count of its page tree, whether it is packed or not."""
    found = re.search(rb"/Type/Pages.*?/Count (\d+)", unpacked(data), re.DOTALL)
    return int(found[1]) if found else 0


def look(around: str) -> str:
    """Four characters for how packs look: the code that sets them, typst's version, and what is `around` their content,
    such as the address that they print."""
    return short_code(hashlib.sha256(_code() + around.encode()).hexdigest())[:4]


@cache
def _code() -> bytes:
    """A digest of all that sets a pack."""
    from importlib.metadata import version

    package = TEMPLATE.parents[2]
    paths = [TEMPLATE, *(package / f"{name}.py" for name in ("groups", "handout", "labels", "source", "vocabulary"))]
    paths += sorted([*(package / "paper").glob("*.py"), *(package / "pages").glob("*.py")])
    return hashlib.sha256(b"".join([*(path.read_bytes() for path in paths), version("typst").encode()])).digest()


@cache
def _template() -> str:
    return TEMPLATE.read_text(encoding="utf-8")


@cache
def _compiler(root: str) -> Any:
    """One compiler for each folder: fonts are read once, and only those that typst itself brings (all free)."""
    import typst

    return typst.Compiler(root=root, ignore_system_fonts=True)


@cache
def qr(address: str) -> bytes:
    """A QR code of an address as PNG, of medium error correction so that a copy of a copy can be read.

    A picture of pixels stands once in a file, however many pages show it; a drawing stands on each of them.
    """
    import io

    import segno

    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="png", border=4, scale=8)
    return out.getvalue()
