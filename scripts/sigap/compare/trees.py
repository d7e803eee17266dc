"""HTML fragments as small trees: read as an HTML5 parser reads them, and written so that it reads the same again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from lxml import etree

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
INLINE = frozenset(
    "a abbr b bdi bdo br cite code data del dfn em i img input ins kbd label mark q s samp small span strong sub sup "
    "time u var wbr".split()
)
"""Elements that stand among words."""

BLOCK = frozenset(
    "address article aside blockquote caption dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header "
    "hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
"""Elements that are compared part by part. All others are compared as a whole."""

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
_ONLY_IN = {child for children in _CHILDREN.values() for child in children}
_TRICKY = re.compile(r"<[!?]|<[^>]*[\n\t\f][^>]*>|[\r\0]|&#(?!160;|39;)|<(?!/?[a-z])")
_CLOSED = re.compile(r"<([a-z][a-z0-9]*)(?:\s[^>]*)?/>")
_MARK = "data-r"
_SOURCE = "r-src:"

Attributes = tuple[tuple[str, str], ...]


@dataclass(slots=True, eq=False)
class Node:
    """An element with its attributes in the order written, and its children: elements and texts.

    The tag `!` stands for a comment, whose only child is its text; an empty tag for a run of words without element.
    """

    tag: str
    attributes: Attributes
    children: list[Node | str]


def key(item: Node | str) -> object:
    """Equal exactly for what reads the same."""
    if isinstance(item, str):
        return item
    return (item.tag, tuple(sorted(item.attributes)), tuple(key(child) for child in item.children))


def text(item: Node | str) -> str:
    """The words of a tree, in reading order; blocks end in a line end."""
    if isinstance(item, str):
        return item
    if item.tag == "!":
        return ""
    inner = "".join(text(child) for child in item.children)
    return f"{inner}\n" if item.tag in BLOCK else inner


# --- Reading --------------------------------------------------------------------------------------------------------


def parse(html: str, *, marked: bool = False) -> list[Node | str]:
    """The trees of a fragment, as HTML5 says. In one that is not `marked` by us, attributes like our marks are renamed.

    What is plainly well formed, as the renderer writes it, is read by lxml in a fraction of the time; whether it is, is
    checked against what HTML5 would do otherwise, and any doubt goes to html5lib.
    """
    quick = _quick(html)
    found = _thorough(html) if quick is None else quick
    if not marked and ("r-" in html or _MARK in html.casefold()):
        _escape_marks(found)
    return found


def _quick(html: str) -> list[Node | str] | None:
    if _TRICKY.search(html) or any(match[1] not in VOID for match in _CLOSED.finditer(html)):
        return None
    try:
        root = etree.fromstring(f"<div>{html}</div>", etree.XMLParser(resolve_entities=False, huge_tree=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
    if len(root) and not all(_plain(element) for element in root.iter()):
        return None
    return _node(root).children


def is_plain(html: str) -> bool:
    """Whether a fragment is plainly well formed, so that what is made of it reads back as it was."""
    return _quick(html) is not None


def _plain(element: Any) -> bool:
    """Whether HTML5 reads this element, where it stands, as XML does."""
    tag = element.tag
    if not isinstance(tag, str) or not (tag in INLINE or tag in BLOCK) or any("{" in name for name in element.attrib):
        return False
    if (tag in VOID and (len(element) or element.text)) or (tag == "pre" and (element.text or "").startswith("\n")):
        return False
    allowed = _CHILDREN.get(tag)
    if allowed is not None:
        if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
            return False
        return all(child.tag in allowed for child in element)
    inline = tag in _WORDS_ONLY or tag in INLINE
    for child in element:
        if child.tag in _ONLY_IN or (inline and child.tag not in INLINE):
            return False
    if tag == "a":
        return all(below.tag != "a" for below in element.iterdescendants())
    return True


def _node(element: Any) -> Node:
    children: list[Node | str] = []
    if element.text:
        children.append(element.text)
    for child in element:
        children.append(_node(child))
        if child.tail:
            children.append(child.tail)
    return Node(element.tag, tuple(element.attrib.items()), children)


def _thorough(html: str) -> list[Node | str]:
    import html5lib

    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("dom"), namespaceHTMLElements=False)
    return _merged(_dom(parser.parseFragment(html)))


def _dom(parent: Any) -> Iterator[Node | str]:
    for child in parent.childNodes:
        if child.nodeType == child.TEXT_NODE:
            yield child.data
        elif child.nodeType == child.COMMENT_NODE:
            yield Node("!", (), [child.data])
        elif child.nodeType == child.ELEMENT_NODE:
            attributes = tuple((str(name), str(value)) for name, value in child.attributes.items())
            yield Node(str(child.tagName), attributes, _merged(_dom(child)))


def _merged(children: Iterator[Node | str]) -> list[Node | str]:
    found: list[Node | str] = []
    for child in children:
        if isinstance(child, str) and found and isinstance(found[-1], str):
            found[-1] += child
        else:
            found.append(child)
    return found


def _escape_marks(children: list[Node | str]) -> None:
    """What looks like one of our marks in the source gets another name, which `unescaped` and `comment` take back."""
    for child in children:
        if isinstance(child, Node) and child.tag == "!":
            child.children = [f"{_SOURCE}{inner}" if str(inner).startswith("r-") else inner for inner in child.children]
        elif isinstance(child, Node):
            child.attributes = tuple(
                (f"{_MARK}r{name[len(_MARK) :]}" if name.startswith(_MARK) else name, value)
                for name, value in child.attributes
            )
            _escape_marks(child.children)


def comment(inner: str) -> Node:
    """A comment with the text that it has in the source."""
    return Node("!", (), [inner.removeprefix(_SOURCE)])


def unescaped(name: str) -> str:
    """The name that an attribute has in the source."""
    return f"{_MARK}{name[len(_MARK) + 1 :]}" if name.startswith(f"{_MARK}r") else name


# --- Writing --------------------------------------------------------------------------------------------------------

_RAW = frozenset(("script", "style", "xmp", "iframe", "noembed", "noframes", "plaintext", "noscript"))


def opening(tag: str, attributes: Attributes) -> str:
    return f"<{tag}{''.join(attribute(name, value) for name, value in attributes)}>"


def attribute(name: str, value: str) -> str:
    value = value.replace("&", "&amp;").replace("\xa0", "&#160;").replace('"', "&quot;")
    return f' {name}="{value}"'


def escape(what: str) -> str:
    return what.replace("&", "&amp;").replace("\xa0", "&#160;").replace("<", "&lt;").replace(">", "&gt;")


def starts_with_line_end(item: Node) -> bool:
    """Whether an element needs a line end more when it is written, since HTML5 drops the first."""
    first = item.children[0] if item.children else ""
    return item.tag in ("pre", "textarea", "listing") and isinstance(first, str) and first.startswith("\n")


def write(item: Node | str) -> str:
    """A tree as HTML."""
    return "".join(_written(item))


def _written(item: Node | str) -> Iterator[str]:
    if isinstance(item, str):
        yield escape(item)
    elif item.tag == "!":
        yield f"<!--{cast(str, item.children[0]) if item.children else ''}-->"
    elif not item.tag:
        for child in item.children:
            yield from _written(child)
    else:
        yield opening(item.tag, item.attributes)
        if item.tag in _RAW:
            yield text(item)
        else:
            if starts_with_line_end(item):
                yield "\n"
            for child in item.children:
                yield from _written(child)
        if item.tag not in VOID:
            yield f"</{item.tag}>"
