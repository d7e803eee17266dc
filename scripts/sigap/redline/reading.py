"""HTML fragments to trees, as an HTML5 parser reads them.

What is plainly well formed, as the renderer writes it, is read by lxml in a fraction of the time; whether it is, is
checked against what HTML5 would do otherwise, and any doubt goes to html5lib.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from html.entities import html5
from typing import Any

from lxml import etree

from .trees import BLOCK, INLINE, VOID, Attributes, Item, Node

_WORDS_ONLY = frozenset("p h1 h2 h3 h4 h5 h6 pre summary dt".split())
_CHILDREN = {
    "table": frozenset(("caption", "thead", "tbody", "tfoot")),
    "thead": frozenset(("tr",)),
    "tbody": frozenset(("tr",)),
    "tfoot": frozenset(("tr",)),
    "tr": frozenset(("td", "th")),
    "ul": frozenset(("li",)),
    "ol": frozenset(("li",)),
    "dl": frozenset(("dt", "dd")),
}
_ONLY_IN = frozenset(child for children in _CHILDREN.values() for child in children)
_TRICKY = re.compile(r"<[!?]|<[^>]*[\n\t\f][^>]*>|[\r\0]|<(?!/?[a-z])")
_CLOSED = re.compile(r"<([a-z][a-z0-9]*)(?:\s[^>]*)?/>")
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot);)(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);")
_TICKED = re.compile(r'(<input type="checkbox" disabled)( checked)?/>')
_MARK = "data-r"
_SOURCE = "r-src:"


def parse(html: str) -> list[Item]:
    """The trees of a fragment as its author wrote it. Attributes and comments like our marks are renamed, so that they
    are never taken for them; `source_name` and `source_comment` take that back."""
    return parse_checked(html)[0]


def parse_checked(html: str) -> tuple[list[Item], bool]:
    """As `parse`, and whether the fragment is plain: well formed so that what is made of it reads back as it was."""
    quick = _quick(html)
    found = _thorough(html) if quick is None else quick
    if "r-" in html or _MARK in html.casefold():
        _rename_marks(found)
    return found, quick is not None


def parse_marked(html: str) -> list[Item]:
    """The trees of a fragment that we marked."""
    quick = _quick(html)
    return _thorough(html) if quick is None else quick


# --- With lxml ------------------------------------------------------------------------------------------------------


def _quick(html: str) -> list[Item] | None:
    html = _TICKED.sub(_ticked, _REFERENCE.sub(_character, html))
    if _TRICKY.search(html) or any(match[1] not in VOID for match in _CLOSED.finditer(html)):
        return None
    try:
        root = etree.fromstring(f"<div>{html}</div>", etree.XMLParser(resolve_entities=False))
    except (etree.XMLSyntaxError, ValueError):
        return None
    if len(root) and not all(map(_plain, root.iter())):
        return None
    return _node(root).children


def _character(reference: re.Match[str]) -> str:
    """What a character reference stands for, where XML knows it not or may read it otherwise."""
    name = reference[0]
    known = name[1] == "#" or name[1:] in html5
    found = unescape(name) if known else ""
    if not found or found.isspace():
        return name
    return {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}.get(found, found)


def _ticked(box: re.Match[str]) -> str:
    """The box of a task list as XML wants it; pymdownx writes attributes without value."""
    return f'{box[1]}=""' + (' checked=""/>' if box[2] else "/>")


def _plain(element: Any) -> bool:
    """Whether HTML5 reads this element, where it stands, as XML does."""
    tag = element.tag
    if not isinstance(tag, str) or not (tag in INLINE or tag in BLOCK) or not all(map(str.islower, element.attrib)):
        return False
    if any("{" in name or ">" in value for name, value in element.attrib.items()):
        return False
    if (tag in VOID and (len(element) or element.text)) or (tag == "pre" and (element.text or "").startswith("\n")):
        return False
    allowed = _CHILDREN.get(tag)
    if allowed is not None:
        if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
            return False
        return all(child.tag in allowed for child in element)
    words_only = tag in _WORDS_ONLY or tag in INLINE
    for child in element:
        if child.tag in _ONLY_IN or (words_only and child.tag not in INLINE):
            return False
    return tag != "a" or all(below.tag != "a" for below in element.iterdescendants())


def _node(element: Any) -> Node:
    children: list[Item] = []
    if element.text:
        children.append(element.text)
    for child in element:
        children.append(_node(child))
        if child.tail:
            children.append(child.tail)
    return Node(element.tag, tuple(element.attrib.items()), children)


# --- With html5lib --------------------------------------------------------------------------------------------------


def _thorough(html: str) -> list[Item]:
    import html5lib

    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("dom"), namespaceHTMLElements=False)
    return _merged(_dom(parser.parseFragment(html)))


def _dom(parent: Any) -> Iterator[Item]:
    for child in parent.childNodes:
        if child.nodeType == child.TEXT_NODE:
            yield child.data
        elif child.nodeType == child.COMMENT_NODE:
            yield Node("!", (), [child.data])
        elif child.nodeType == child.ELEMENT_NODE:
            pairs = tuple((str(name), str(value)) for name, value in child.attributes.items())
            yield Node(str(child.tagName), pairs, _merged(_dom(child)))


def _merged(children: Iterable[Item]) -> list[Item]:
    found: list[Item] = []
    for child in children:
        if isinstance(child, str) and found and isinstance(found[-1], str):
            found[-1] += child
        else:
            found.append(child)
    return found


# --- Marks of the source --------------------------------------------------------------------------------------------


def _rename_marks(children: Iterable[Item]) -> None:
    for child in children:
        if isinstance(child, Node) and child.tag == "!":
            child.children = [f"{_SOURCE}{inner}" if str(inner).startswith("r-") else inner for inner in child.children]
        elif isinstance(child, Node):
            child.attributes = tuple(
                (f"{_MARK}r{name[len(_MARK) :]}" if name.startswith(_MARK) else name, value)
                for name, value in child.attributes
            )
            _rename_marks(child.children)


def source_comment(inner: str) -> Node:
    """A comment with the text that it has in the source."""
    return Node("!", (), [inner.removeprefix(_SOURCE)])


def source_attributes(pairs: Iterable[tuple[str, str]]) -> Attributes:
    """Attributes with the names that they have in the source."""
    return tuple(
        (f"{_MARK}{name[len(_MARK) + 1 :]}" if name.startswith(f"{_MARK}r") else name, value) for name, value in pairs
    )
