"""Markdown to typst, node by node. Every text goes through one door (`string`), so none can be read as a command."""

from __future__ import annotations

import math
import posixpath
import re
from collections.abc import Iterator, Sequence

from ..document import Document
from ..errors import Trouble
from ..handout import BLANK, MARK, TICKED
from ..render import CALLOUTS
from ..source import natural_path
from ..vocabulary import SESSION_COLUMNS
from .nodes import Node, Tree

LONG_ROW = 1500
"""Characters of a table's row above which it may break over pages: it could not stand on one."""
LINE, LONG_WORD = 90, 18
"""Characters that stand on a full line of a table, and of the longest word that a column is kept wide enough for."""
_OWN_HTML = re.compile(r"</?div(?: class=\"sigap-[a-z]+\" markdown)?>\s*|<!--.*?-->\s*", re.DOTALL)
_CHOICE = re.compile(r"\s*/\s*")


def string(text: str) -> str:
    """A text as a typst string: nothing in it is read as markup or code."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ").replace("\t", " ")
    return f'"{escaped}"'


def content(text: str) -> str:
    return f"#{string(text)};"


class Typesetter:
    """Sets the nodes of one document. `images` collects the files that the result needs."""

    def __init__(self, tree: Tree, images: set[str], shift: int = 0) -> None:
        self.tree, self.images, self.shift = tree, images, shift

    @property
    def document(self) -> Document:
        return self.tree.document

    def blocks(self, nodes: Sequence[Node]) -> str:
        """Nodes one below the other."""
        return "\n\n".join(filter(None, (self.block(node) for node in nodes)))

    def block(self, node: Node) -> str:
        """One block. Raises Trouble for what cannot be set."""
        kind = node.kind
        if kind == "Paragraph":
            return self.inline(node.children)
        if kind == "Heading":
            level = max(1, int(str(node.detail["level"])[1:]) + self.shift)
            return f"#heading(level: {level})[{self.inline(node.children)}]"
        if kind == "List":
            items = ", ".join(f"[{self.item(item)}]" for item in node.children)
            return f"#list({items})" if node.detail is None else f"#enum(start: {node.detail}, {items})"
        if kind == "Table":
            return self.table(node)
        if kind == "BlockQuote":
            inside = self.blocks(node.children)
            if node.detail:
                return f"#kotak({string(CALLOUTS[str(node.detail).lower()])})[{inside}]"
            return f"#quote(block: true)[{inside}]"
        if kind == "CodeBlock":
            return f"#raw({_verbatim(''.join(child.text for child in node.children))}, block: true)"
        if kind == "Rule":
            written = self.document.data[node.start : node.end].strip().startswith(b"_")
            return "#baris(1)" if written else "#garis"
        if kind == "HtmlBlock":
            self._own("".join(child.text for child in node.children), node)
            return ""
        if kind == "FootnoteDefinition":
            return ""  # set where it is referred to
        return self.inline([node])

    def item(self, node: Node) -> str:
        """A list item: a line, or blocks below one another."""
        inline: list[Node] = []
        pieces: list[str] = []
        for child in node.children:
            if child.kind in ("Paragraph", "List", "Table", "BlockQuote", "CodeBlock", "Heading", "HtmlBlock", "Rule"):
                pieces += [self.inline(inline)] if inline else []
                inline = []
                pieces.append(self.block(child))
            else:
                inline.append(child)
        pieces += [self.inline(inline)] if inline else []
        return "\n\n".join(pieces)

    # --- In a line ----------------------------------------------------------------------------------------------

    def inline(self, nodes: Sequence[Node], in_cell: bool = False) -> str:
        return "".join(self._inline(node, in_cell) for node in nodes)

    def _inline(self, node: Node, in_cell: bool) -> str:
        kind = node.kind
        if kind == "Text":
            return "".join(_texts(node.text, in_cell))
        if kind == "SoftBreak":
            return content(" ")
        if kind == "HardBreak":
            return "#linebreak();"
        if kind == "Code":
            return f"#raw({_verbatim(node.text)});"
        if kind in ("Emphasis", "Strong", "Strikethrough"):
            name = {"Emphasis": "emph", "Strong": "strong", "Strikethrough": "strike"}[kind]
            return f"#{name}[{self.inline(node.children, in_cell)}];"
        if kind == "Link":
            return self._link(node, in_cell)
        if kind == "Image":
            return self._image(node)
        if kind == "FootnoteReference":
            return self._note(node)
        if kind == "TaskListMarker":
            return "#kotakcentang(" + ("true" if node.detail else "false") + ");" + content(" ")
        if kind in ("InlineHtml", "Html"):
            self._own(node.text, node)
            return ""
        raise self._trouble(node, f"`{kind}`")

    def _link(self, node: Node, in_cell: bool) -> str:
        inside = self.inline(node.children, in_cell)
        target = str(node.detail["dest_url"])
        if not target.startswith(("https://", "http://")):
            return inside  # on paper a page of the curriculum is called by its name
        shown = "".join(child.text for child in node.children)
        address = "" if shown.strip() == target else f"#alamat({string(target.removeprefix('https://'))});"
        return f"#link({string(target)})[{inside}];{address}"

    def _image(self, node: Node) -> str:
        target = str(node.detail["dest_url"])
        path = natural_path(f"{posixpath.dirname(self.document.path)}/{target}")
        if ":" in target or path.startswith(".."):
            raise self._trouble(node, f"gambar `{target}` di luar repositori")
        if not path.lower().endswith((".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp")):
            raise self._trouble(node, f"gambar `{target}` dalam format ini")
        self.images.add(path)
        words = "".join(child.text for child in node.children)
        return f"#gambar({string('/' + path)}, {string(words)});"

    def _note(self, node: Node) -> str:
        note = self.tree.notes.get(node.text)
        if note is None:
            raise self._trouble(node, f"catatan kaki `[^{node.text}]`")
        label = "catatan-" + re.sub(r"[^a-z0-9]+", "-", node.text.casefold())
        if note.detail in self._noted:
            return f"#footnote(<{self._noted[note.detail]}>);"
        self._noted[note.detail] = f"{label}-{note.start}"
        return f"#[#footnote[{self.blocks(note.children)}]<{label}-{note.start}>];"

    @property
    def _noted(self) -> dict[str, str]:
        return self.__dict__.setdefault("noted", {})  # type: ignore[no-any-return]

    def _own(self, html: str, node: Node) -> None:
        """HTML: comments and the site's own boxes say nothing on paper; anything else cannot be set."""
        if _OWN_HTML.sub("", html).strip():
            raise self._trouble(node, f"HTML `{html.strip()[:40]}`")

    def _trouble(self, node: Node, what: str) -> Trouble:
        place = self.document.at(node.start)
        return Trouble(f"{place.path}:{place.line}: {what} tidak dapat dicetak. Tulis dengan Markdown biasa.")

    # --- Tables -------------------------------------------------------------------------------------------------

    def table(self, node: Node) -> str:
        """A table that fits the page: columns by what stands in them, rows whole, the head again on each page."""
        head, *rows = node.children
        heads = [_words(cell) for cell in head.children]
        width = len(heads)
        texts = [[_words(cell) for cell in row.children[:width]] for row in rows]
        plan = tuple(heads) == SESSION_COLUMNS
        columns = "sesi" if plan else "(" + ", ".join(_columns(heads, texts)) + ",)"
        lines = ["table.header(" + ", ".join(f"[{self.inline(cell.children)}]" for cell in head.children) + ")"]
        for row in rows:
            cells = [self._cell(cell) for cell in row.children[:width]] + ["[]"] * (width - len(row.children))
            if sum(len(_words(cell)) for cell in row.children) > LONG_ROW:
                cells = [f"table.cell(breakable: true){cell}" for cell in cells]
            lines.append(", ".join(cells))
        size = "sempit" if plan or width > 5 else "biasa"
        return f"#tabel({columns}, {size},\n" + ",\n".join(lines) + ")"

    def _cell(self, cell: Node) -> str:
        found = BLANK.fullmatch(_words(cell).strip())
        if found:
            return f"[#kosong({found[1] or 1})]"
        return f"[{self.inline(cell.children, in_cell=True)}]"


def _texts(text: str, in_cell: bool) -> Iterator[str]:
    """A text with its blanks and boxes."""
    at = 0
    for match in sorted([*BLANK.finditer(text), *MARK.finditer(text)], key=lambda found: found.start()):
        if match.re is MARK and not in_cell and "/" in match[0]:
            continue
        if match.start() > at:
            yield content(text[at : match.start()])
        if match.re is BLANK:
            yield f"#baris({match[1]});" if match[1] else "#isian;"
        elif "/" in match[0]:
            yes, no = _CHOICE.split(match[0])
            yield "#kotakcentang(false);" + content(f" {yes} ") + "#kotakcentang(false);" + content(f" {no}")
        else:
            yield "#kotakcentang(false);"
        at = match.end()
    if at < len(text):
        yield content(text[at:])


def _words(node: Node) -> str:
    """The plain text of a node."""
    if node.kind in ("SoftBreak", "HardBreak"):
        return " "
    return node.text if not node.children else "".join(_words(child) for child in node.children)


def _columns(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The width of each column: short ones as they are, the others by how much they hold, blanks by what they ask."""
    columns = [[row[index] if index < len(row) else "" for row in rows] for index in range(len(heads))]
    shares: list[float | None] = []
    blanks = []
    for head, cells in zip(heads, columns, strict=True):
        blank = bool(cells) and all(BLANK.fullmatch(cell.strip()) for cell in cells)
        blanks.append(blank and head.strip().casefold() not in TICKED)
        longest = max(map(len, [head, *cells]), default=0)
        narrow = max(map(len, cells), default=0) <= 6 and max(map(len, head.split()), default=0) <= 12
        if blank or narrow or longest <= 12:
            shares.append(None)
        else:
            shares.append(max(1.0, math.sqrt(sum(map(len, cells)) / max(1, len(cells)))))
    told = sum(share for share in shares if share)
    for index, (head, cells) in enumerate(zip(heads, columns, strict=True)):
        if share := shares[index]:
            longest = max(len(word) for text in (head, *cells) for word in [*text.split(), ""])
            shares[index] = max(share, told * min(longest + 2, LONG_WORD) / LINE)
    asked = max(1.0, told * (0.6 + 0.65 * sum(blanks))) / sum(blanks) if any(blanks) else 0.0
    for head, share, blank in zip(heads, shares, blanks, strict=True):
        if blank:
            yield f"{asked or 1:.2f}fr"
        elif share is not None:
            yield f"{share:.2f}fr"
        elif head.strip().casefold() in TICKED:
            yield "14mm"
        else:
            yield "auto"


def _verbatim(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
