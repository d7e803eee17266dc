"""A document as a tree of what stands in it, down to emphasis and links, each node with its bytes."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Any

from ..document import Document
from ..source import markdown_events


@dataclass(slots=True, eq=False)
class Node:
    """`kind` is the parser's name (Paragraph, Strong, Text, …), `detail` what it says more, `text` a leaf's text."""

    kind: str
    start: int
    end: int
    detail: Any = None
    text: str = ""
    children: list[Node] = field(default_factory=list)


class Tree:
    """The top-level nodes of a document in order, found by the byte offsets of the model's blocks."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.nodes = _build(document)
        self._starts = [node.start for node in self.nodes]
        self.notes = {node.detail: node for node in self.nodes if node.kind == "FootnoteDefinition"}

    def between(self, start: int, end: int) -> list[Node]:
        """The top-level nodes that begin at `start` or later and before `end`."""
        return self.nodes[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def at(self, start: int, kinds: tuple[str, ...]) -> Node:
        """The node of one of these kinds that begins at `start`, however deep (a row, an item)."""
        stack = list(self.nodes)
        while stack:
            node = stack.pop()
            if node.kind in kinds and node.start == start:
                return node
            if node.start <= start < node.end:
                stack += node.children
        raise LookupError(f"{self.document.path}: nothing at byte {start}")


def _build(document: Document) -> list[Node]:
    body = document.body
    top: list[Node] = []
    stack: list[list[Node]] = [top]
    for event, span in markdown_events(document.data[body:]):
        start, end = body + span["start"], body + span["end"]
        if isinstance(event, str):
            stack[-1].append(Node(event, start, end))
            continue
        ((kind, value),) = event.items()
        if kind == "Start":
            name, detail = (value, None) if isinstance(value, str) else next(iter(value.items()))
            while name == "Item" and document.data[start : start + 1] == b" ":
                start += 1
            node = Node(name, start, end, detail)
            stack[-1].append(node)
            stack.append(node.children)
        elif kind == "End":
            stack.pop()
        else:
            last = stack[-1][-1] if stack[-1] else None
            if kind == "Text" and last is not None and last.kind == "Text":
                last.text, last.end = last.text + value, end
            else:
                text = value if isinstance(value, str) else ""
                stack[-1].append(Node(kind, start, end, value, text))
    return top
