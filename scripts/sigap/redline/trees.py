"""HTML fragments as small trees, and how they are written so that an HTML5 parser reads them the same again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

from ..words import words_of

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

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
ONLY_BLOCKS = frozenset("table thead tbody tfoot tr ul ol dl".split())
"""Elements that hold no words themselves, so that white space in them means nothing."""

_RAW = frozenset("script style xmp iframe noembed noframes plaintext noscript".split())

Attributes = tuple[tuple[str, str], ...]


@dataclass(slots=True, eq=False)
class Node:
    """An element with its attributes in the order written, and its children: elements and texts.

    The tag `!` stands for a comment, whose only child is its text; an empty tag for a run of words without element.
    """

    tag: str
    attributes: Attributes
    children: list[Item]
    _key: str | None = field(default=None, init=False)
    _bag: Counter[str] | None = field(default=None, init=False)


Item = Node | str


# --- Reading off ----------------------------------------------------------------------------------------------------


def key(item: Item) -> str:
    """Equal exactly for what reads the same."""
    if isinstance(item, str):
        return item
    if item._key is None:
        item._key = f"\1{item.tag}\0{sorted(item.attributes)}\0{''.join(map(key, item.children))}\2"
    return item._key


def text(item: Item) -> str:
    """The words of a tree, in reading order; blocks end in a line end."""
    if isinstance(item, str):
        return item
    if item.tag == "!":
        return ""
    inner = "".join(map(text, item.children))
    return f"{inner}\n" if item.tag in BLOCK else inner


def bag(item: Item) -> Counter[str]:
    """The words of a tree without their order."""
    if isinstance(item, str):
        return Counter(word.casefold() for word in words_of(item))
    if item._bag is None:
        item._bag = bag(text(item))
    return item._bag


def inline(item: Item) -> bool:
    """Whether a thing stands among words."""
    return isinstance(item, str) or (item.tag not in BLOCK and all(map(inline, item.children)))


def holds_blocks(node: Node) -> bool:
    """Whether an element is compared block by block, not word by word."""
    return node.tag in ONLY_BLOCKS or not all(map(inline, node.children))


def blocks(children: Sequence[Item]) -> list[Node]:
    """The blocks among children; words between them as nodes without a tag, white space between blocks left out."""
    found: list[Node] = []
    run: list[Item] = []

    def close() -> None:
        if any(not isinstance(item, str) or item.strip() for item in run):
            found.append(Node("", (), list(run)))
        run.clear()

    for child in children:
        if isinstance(child, Node) and (child.tag == "!" or not inline(child)):
            close()
            found.append(child)
        else:
            run.append(child)
    close()
    return found


def tidy(children: Sequence[Item]) -> list[Item]:
    """Trees without the white space between blocks, at every depth."""
    found: list[Item] = []
    for child in children:
        if isinstance(child, Node) and child.tag != "!" and not inline(child):
            inner = tidy(child.children)
            if holds_blocks(child):
                inner = [part for node in blocks(inner) for part in ([node] if node.tag else node.children)]
            child = Node(child.tag, child.attributes, inner)
        found.append(child)
    return found


# --- Writing --------------------------------------------------------------------------------------------------------


def write(item: Item) -> str:
    """A tree as HTML."""
    return "".join(_written(item))


def _written(item: Item) -> Iterator[str]:
    if isinstance(item, str):
        yield escape(item)
    elif item.tag == "!":
        yield f"<!--{cast(str, item.children[0]) if item.children else ''}-->"
    elif not item.tag:
        yield inside(item)
    else:
        yield f"<{item.tag}{attributes(item.attributes)}>{inside(item)}"
        if item.tag not in VOID:
            yield f"</{item.tag}>"


def inside(item: Node) -> str:
    """What stands between the tags of an element, as HTML."""
    if item.tag in _RAW:
        return text(item)
    return ("\n" if drops_line_end(item) else "") + "".join(part for child in item.children for part in _written(child))


def attributes(pairs: Attributes) -> str:
    return "".join(attribute(*pair) for pair in pairs) if pairs else ""


def attribute(name: str, value: str) -> str:
    value = value.replace("&", "&amp;").replace("\xa0", "&#160;").replace('"', "&quot;")
    return f' {name}="{value}"'


def escape(what: str) -> str:
    return what.replace("&", "&amp;").replace("\xa0", "&#160;").replace("<", "&lt;").replace(">", "&gt;")


def drops_line_end(item: Node) -> bool:
    """Whether an element needs a line end more when it is written, since HTML5 drops the first."""
    first = item.children[0] if item.children else ""
    return item.tag in ("pre", "textarea", "listing") and isinstance(first, str) and first.startswith("\n")
