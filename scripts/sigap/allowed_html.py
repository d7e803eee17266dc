"""The wall: what rendered text may hold, as a browser reads it. All else is refused, or shown as text.

It does not look for what is bad. It reads the few ways of writing HTML that our renderer uses, in which every parser
sees the same elements, and takes whatever is written otherwise for a fault: an element or attribute that is not on the
list, an address with another scheme, a tag that is not closed where it should be, a `<` that opens nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

VOID = frozenset(("br", "hr", "img", "input"))
_INLINE = "a abbr br code del em img input strong sub sup span"
_BLOCK = "blockquote dd details div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre summary table tbody td th thead tr ul"
ELEMENTS = frozenset(f"{_INLINE} {_BLOCK}".split())

_WORDS = re.compile(r"[^<>]*")
_ALIGN = re.compile(r"left|center|right")
_EVERYWHERE = {
    "class": re.compile(
        r"(?:sigap-[a-z]+|isian[a-z0-9-]*|kepala-modul|admonition|admonition-title|note|tip|important|warning|caution|highlight|filename"
        r"|language-[\w+#.-]+|task-list|task-list-item|footnote|footnote-ref|footnote-backref)"
        r"(?: (?!$)(?:sigap-[a-z]+|isian[a-z0-9-]*|note|tip|important|warning|caution|highlight|language-[\w+#.-]+))*"
    ),
    "id": re.compile(r"(?!__)[\w:.-]+"),  # two underscores begin the names that the theme's own elements have
    "role": re.compile(r"table|rowgroup|row|columnheader|cell"),
    "title": _WORDS,
    "data-pagefind-ignore": re.compile(""),
}
_PAGE = r"(?! |//)[^\x00-\x1f\\:?#]*(?:[?#][^\x00-\x1f]*)?"
"""An address on this site: no scheme, and not `//host`."""
_ADDRESS = re.compile(rf"(?:https?://|mailto:|tel:)[^\x00-\x1f]*|{_PAGE}", re.IGNORECASE)
ATTRIBUTES: dict[str, dict[str, re.Pattern[str]]] = {
    "a": {"href": _ADDRESS, "rel": re.compile("footnote")},
    "img": {"src": re.compile(_PAGE), "alt": _WORDS},
    "input": {"type": re.compile("checkbox"), "disabled": re.compile(""), "checked": re.compile("")},
    "ol": {"start": re.compile(r"\d{1,9}")},
    "span": {"data-baris": re.compile(r"\d{1,2}")},
    "td": {"align": _ALIGN, "data-kolom": _WORDS, "data-jam": re.compile(r"\d+–\d+")},
    "th": {"align": _ALIGN},
    "tr": {"data-ke": re.compile(r"\d+")},
}

_TAG = re.compile(
    r"<(?P<close>/)?(?P<name>[a-z][a-z0-9]*)(?P<attributes>(?: [a-z][a-z-]*(?:=\"[^\"<>]*\")?)*)(?: ?/)?>|<"
)
_ATTRIBUTE = re.compile(r" ([a-z][a-z-]*)(?:=\"([^\"<>]*)\")?")
_CONTROL = re.compile(r"[\0\f\r]")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that rendered text may not hold: where in the HTML, what, and the text that an author would know."""

    start: int
    what: str
    text: str


def faults(html: str) -> list[Fault]:
    """Everything in a piece of HTML that is not on the list, in the order written."""
    return _read(html).faults


def neutralised(html: str) -> str:
    """The same HTML with every fault shown as text, and every element closed. Without faults it is the same string."""
    reading = _read(html)
    if not reading.faults:
        return html
    pieces, at = [], 0
    for start in reading.refused:
        pieces += [html[at:start], "&lt;"]
        at = start + 1
    return _CONTROL.sub(" ", "".join(pieces) + html[at:]) + "".join(f"</{name}>" for name in reversed(reading.open))


@dataclass(frozen=True, slots=True)
class _Reading:
    """The faults, the places of all `<` that may not open or close anything, and the elements never closed."""

    faults: list[Fault]
    refused: list[int]
    open: list[str]


def _read(html: str) -> _Reading:
    found: list[Fault] = []
    refused: list[int] = []
    stack: list[tuple[str, int, bool]] = []
    for tag in _TAG.finditer(html):
        name, start = tag["name"], tag.start()
        text = html[start : start + 60].split("\n")[0]
        fault = None
        if name is None:
            fault = Fault(start, "tanda “<” yang tidak membuka apa pun yang dikenal", text)
        elif name not in ELEMENTS:
            fault = Fault(start, f"elemen `<{name}>`", text)
        elif not tag["close"]:
            wrong = _wrong(name, tag["attributes"])
            fault = Fault(start, *wrong) if wrong else None
            if name not in VOID:
                stack.append((name, start, fault is None))
        elif not stack or stack[-1][0] != name or tag["attributes"]:
            fault = Fault(start, f"`</{name}>` yang tidak menutup apa pun", text)
        elif not stack.pop()[2]:
            refused.append(start)  # what it closes was refused
        if fault:
            found.append(fault)
            refused.append(start)
    found += [Fault(start, f"`<{name}>` yang tidak ditutup", "") for name, start, allowed in stack if allowed]
    found += [Fault(match.start(), "karakter kendali", "") for match in _CONTROL.finditer(html)]
    return _Reading(found, refused, [name for name, _, allowed in stack if allowed])


@lru_cache(maxsize=4096)  # pages say the same few things of most of their elements
def _wrong(name: str, attributes: str) -> tuple[str, str] | None:
    """The first attribute that an element may not have, or not with that value, and its value."""
    allowed = ATTRIBUTES.get(name, {})
    seen = set()
    for match in _ATTRIBUTE.finditer(attributes):
        key, value = match[1], unescape(match[2] or "")
        pattern = allowed.get(key) or _EVERYWHERE.get(key)
        if pattern is None or key in seen:
            return f"atribut `{key}` pada `<{name}>`", value or key
        if not (pattern is _WORDS or pattern.fullmatch(value)):
            return f'`{key}="{value[:60]}"` pada `<{name}>`', value
        seen.add(key)
    return None
