"""A marked fragment to either side again, from its marks alone; and what the law calls the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from .reading import parse, parse_marked, source_attributes, source_comment
from .trees import Attributes, Item, Node, blocks, holds_blocks, write


def accept(marked: str) -> str:
    """The new side of a marked fragment."""
    return _side(marked, ("d", "del", "asal"), "r-ins", old=False)


def reject(marked: str) -> str:
    """The old side of a marked fragment."""
    return _side(marked, ("i", "ins", "tujuan"), "r-del", old=True)


def _side(marked: str, dropped: Sequence[str], comment: str, *, old: bool) -> str:
    def taken(children: Sequence[Item]) -> Iterator[Item]:
        for child in children:
            if isinstance(child, str):
                yield child
            elif child.tag == "!":
                mark, _, rest = str(child.children[0] if child.children else "").partition(":")
                if mark not in ("r-ins", "r-del"):
                    yield source_comment(str(child.children[0] if child.children else ""))
                elif mark == comment:
                    yield source_comment(rest)
            else:
                marks = dict(child.attributes)
                mark = marks.get("data-r", "")
                if mark == "n" or mark in dropped:
                    continue
                if "data-r-spasi" in marks:
                    yield from [marks["data-r-spasi"]] if old else child.children
                elif mark in ("i", "d"):
                    yield from taken(child.children)
                else:
                    yield Node(child.tag, _attributes(child, old), list(taken(child.children)))

    trees = parse_marked(marked)
    raw = [dict(tree.attributes).get("data-r-html") for tree in trees if isinstance(tree, Node)]
    if raw and None not in raw:
        return str(json.loads(str(raw[0 if old else -1])))
    return "".join(map(write, taken(trees)))


def _attributes(node: Node, old: bool) -> Attributes:
    """An element's attributes on one side, with the names of the source."""
    before = dict(node.attributes).get("data-r-lama")
    if old and before is not None:
        return source_attributes(json.loads(before).items())
    return source_attributes(pair for pair in node.attributes if pair[0] not in ("data-r", "data-r-lama"))


def form(html: str) -> object:
    """What a fragment reads as, white space between blocks aside: equal exactly where the law calls two equal."""
    return _parts(blocks(parse(html)))


def _parts(children: Sequence[Item]) -> list[object]:
    found: list[object] = []
    for child in children:
        found += [child] if isinstance(child, str) else [_form(child)] if child.tag else _parts(child.children)
    return found


def _form(node: Node) -> object:
    if node.tag == "!":
        return source_comment(str(node.children[0]) if node.children else "").children
    comments = any(isinstance(child, Node) and child.tag == "!" for child in node.children)
    children = blocks(node.children) if comments or holds_blocks(node) else node.children
    return (node.tag, sorted(source_attributes(node.attributes)), _parts(children))
