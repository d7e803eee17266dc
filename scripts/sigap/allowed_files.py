"""Which files beside the Markdown may be published: pictures and PDF, and of SVG only what draws."""

from __future__ import annotations

import re

KINDS = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif", ".svg", ".pdf")

_SVG = "http://www.w3.org/2000/svg"
_ELEMENTS = frozenset(
    "svg g path rect circle ellipse line polyline polygon text tspan defs use symbol title desc style metadata marker "
    "linearGradient radialGradient stop clipPath mask pattern filter feGaussianBlur feOffset feBlend feColorMatrix "
    "feComposite feFlood feMerge feMergeNode".split()
)
_INERT = ("http://www.inkscape.org/", "http://sodipodi.sourceforge.net/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
          "http://creativecommons.org/ns#", "http://purl.org/dc/elements/1.1/")  # fmt: skip
"""What drawing programs write beside the picture; no browser gives it a meaning."""
_ELSEWHERE = re.compile(r"url\(\s*[\"']?(?!\s*[\"']?#)|@import|expression\(|javascript:|\\", re.IGNORECASE)


def fault(path: str, data: bytes) -> str:
    """What is wrong with a file that lies beside the Markdown; empty where nothing is. `data` is looked at in SVG."""
    ending = path.lower().rpartition("/")[2].rpartition(".")[2]
    if f".{ending}" not in KINDS:
        return f"berkas `.{ending}` tidak boleh terbit" if "." in path.rpartition("/")[2] else "berkas tanpa akhiran"
    return _drawing(data) if ending == "svg" else ""


def _drawing(data: bytes) -> str:
    """What an SVG holds beside a drawing that asks for nothing."""
    from xml.etree import ElementTree

    if b"\0" in data or re.search(rb"<!(?!--|\[CDATA\[)|<\?(?!xml[ \t\r\n])", data):
        return "SVG memuat DOCTYPE, entitas, atau perintah"
    try:
        data.decode("utf-8")
        root = ElementTree.fromstring(data)
    except (UnicodeDecodeError, ElementTree.ParseError):
        return "SVG tidak terbaca sebagai XML dalam UTF-8"
    for element in root.iter():
        space, _, name = str(element.tag).rpartition("}")
        space = space.removeprefix("{")
        if space != _SVG and not space.startswith(_INERT):
            return f"SVG memuat elemen `<{name}>` yang bukan gambar"
        if space == _SVG and name not in _ELEMENTS:
            return f"SVG memuat `<{name}>`"
        if name == "style" and _ELSEWHERE.search(element.text or ""):
            return "gaya SVG menunjuk ke luar gambar"
        for key, value in element.attrib.items():
            key = key.rpartition("}")[2].lower()
            if key.startswith("on"):
                return f"SVG memuat `{key}`"
            if key in ("href", "src") and not value.startswith("#"):
                return f"SVG menunjuk ke `{value[:40]}`"
            if _ELSEWHERE.search(value):
                return f"`{key}` dalam SVG menunjuk ke luar gambar"
    return ""
