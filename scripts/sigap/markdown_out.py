"""Generated Markdown, through one door: every text that is put into a page is made text here.

Texts are plain until this module has seen them. What it returns is `Md`, Markdown as it is meant; wherever values are
put together, a plain text among them is escaped. Whoever forgets that gets a backslash on the page and no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

BOX_OPENED = re.compile(r"<!-- kotak: ([a-z]+(?: [a-z]+)?) -->")
BOX_CLOSED = "<!-- /kotak -->"
AWAY = "banding:"
"""Before the address of a link that leaves the edition, where no engine can check it; `render` takes it off."""


class Md(str):
    """Markdown as it is meant, not to be escaped again."""

    __slots__ = ()


_CONTROL = re.compile(r"[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_MARKS = re.compile(r"[\\`*_\[\]{}<>&|~]")
_WRITTEN = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "\\": "&bsol;", "~": "&#x7E;"}
"""What is written as a character reference: Python-Markdown knows no backslash before these, or not everywhere. None
is written with a `#` and a figure, which a code host would take for an issue."""
_START = re.compile(r"#|[-+](?=[-+\s]|$)|\d{1,9}(?=[.)](?:\s|$))")


def plain(text: object) -> str:
    """A text on one line, without control characters."""
    return " ".join(_CONTROL.sub("", str(text)).split())


def escape(text: object) -> Md:
    """Plain text as Markdown that GitHub and Python-Markdown show as exactly that text, at any place on a line."""
    if isinstance(text, Md):
        return text
    found = _marked(plain(text))
    if start := _START.match(found):  # what would open a heading or a list
        at = start.end() if start[0].isdigit() else 0
        found = f"{found[:at]}\\{found[at:]}"
    return Md(f"&equals;{found[1:]}" if found.startswith("=") else found)


def _marked(text: str) -> str:
    return _MARKS.sub(lambda mark: _WRITTEN.get(mark[0], "\\" + mark[0]), text)


def md(pattern: str, *values: object) -> Md:
    """A pattern of Markdown with `{}` for each value, which is escaped unless it is Markdown already."""
    return Md(pattern.format(*map(escape, values)))


def joined(between: str, values: Iterable[object]) -> Md:
    """Values with Markdown between them; plain ones are escaped."""
    return Md(between.join(map(escape, values)))


def message(text: str) -> Md:
    """One of our own sentences, in which `…` is code; whatever was quoted in it stays text."""
    parts = plain(text).split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    return Md("".join(_code(part) if at % 2 else _marked(part) for at, part in enumerate(parts)))


def _code(text: str) -> str:
    return _marked(f"`{text}`") if not text.strip() or set(text) & set("\\|") else f"`{text}`"


cell = escape
"""Text as one cell of a Markdown table: all of it stands on one line, and no pipe is left."""


def link(text: object, target: str) -> Md:
    """A link. What would end its address early is encoded."""
    return Md(f"[{escape(text)}]({_UNFIT.sub(_encoded, target)})")


_UNFIT = re.compile(r"[\0-\x20()<>\\\"'`|\[\]{}\x7f]")


def _encoded(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"


def table(header: Sequence[object], rows: Iterable[Sequence[object]], right: Iterable[int] = ()) -> Md:
    """A GFM table; plain values are escaped, columns named in `right` are aligned to the right."""
    marks = [Md("--:" if index in set(right) else "---") for index in range(len(header))]
    return Md("".join(f"| {' | '.join(map(escape, line))} |\n" for line in (header, marks, *rows)))


def box(kind: str, content: Md) -> Md:
    """Generated content that the site shows in a `div` of its own class; to other engines only its content stands."""
    opened, closed = box_marks(kind)
    return Md(f"{opened}{content.strip()}{closed}")


def box_marks(kind: str) -> tuple[str, str]:
    """What stands before and after the content of such a box, for content that stays where it was written.

    A second word in `kind` is a class of its own: `potong terpisah`.
    """
    return f"<!-- kotak: {kind} -->\n\n", f"\n\n{BOX_CLOSED}\n"


def after(content: str) -> str:
    return f"\n{content.strip()}\n\n"


def meta(**values: object) -> str:
    """Front matter for the site's engine: texts, each on one line, and never empty, so that nothing below it can be
    taken for front matter."""
    lines = [f"{key}: {_quoted(plain(value))}" for key, value in values.items() if value]
    return "---\n" + "".join(f"{line}\n" for line in lines) + "---\n\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
