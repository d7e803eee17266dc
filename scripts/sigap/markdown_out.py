"""Generated Markdown, through one door: every text that is put into a page is made text here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def cell(what: str) -> str:
    """Text as one cell of a Markdown table."""
    return " ".join(what.split()).replace("|", "\\|")


def table(header: Sequence[str], rows: Iterable[Sequence[object]], right: Iterable[int] = ()) -> str:
    """A GFM table; columns named in `right` are aligned to the right."""
    marks = ["--:" if index in set(right) else "---" for index in range(len(header))]
    lines = [header, marks, *([str(value) for value in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def box(kind: str, content: str) -> str:
    """Generated content in a `div` of its own class, as Markdown that every engine reads."""
    return f'<div class="sigap-{kind}" markdown>\n\n{content.strip()}\n\n</div>\n'


def after(content: str) -> str:
    return f"\n{content.strip()}\n\n"


def meta(**values: str) -> str:
    """Front matter for the site's engine."""
    lines = [f"{key}: {_quoted(value)}" for key, value in values.items() if value]
    return "---\n" + "\n".join(lines) + "\n---\n\n" if lines else ""


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
