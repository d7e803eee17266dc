"""Text to front matter and Markdown blocks, every one with its place.

Reads as GitHub reads (GFM, alerts, footnotes) through pyromark; YAML positions come from `yaml.compose`. Nothing here
raises on bad content: what cannot be read becomes a problem, and the rest is read all the same.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyromark
import yaml

from .document import Block, Document, Link, Location, Problem, Section

LARGEST = 1_000_000
"""Bytes of the largest file that is read: twenty times the longest module."""

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_GFM
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
)
_FENCE = re.compile(rb"---[ \t]*\r?\n")
_FENCE_END = re.compile(rb"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_LEVELS = {"H1": 1, "H2": 2, "H3": 3, "H4": 4, "H5": 5, "H6": 6}
_BLOCKS = {
    "Paragraph": "paragraph",
    "Item": "item",
    "TableHead": "row",
    "TableRow": "row",
    "TableCell": "cell",
    "HtmlBlock": "html",
    "BlockQuote": "quote",
    "CodeBlock": "code",
    "List": "list",
    "Heading": "heading",
    "Table": "table",
    "FootnoteDefinition": "footnote",
}
_LINKS = ("Link", "Image")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(path: str, raw: bytes) -> Document:
    """Read one Markdown file.

    In: its path relative to the repository and its bytes. Out: a document, whose `problems` carry codes F101, F102,
    F110, F111 and F113 where the bytes, the encoding or the YAML are at fault.
    """
    problems = list(_bytes_problems(path, raw))
    if any(problem.code in ("F110", "F111") for problem in problems):
        return Document(path, b"", None, {}, 0, Section(None, (), ()), (), (), tuple(problems))
    if b"\r" in raw and b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")  # an old Mac's line ends, which editors show as lines
    front: Mapping[str, object] | None = None
    places: dict[str, Location] = {}
    body = 0
    if opening := _FENCE.match(raw):
        if closing := _FENCE_END.search(raw, opening.end()):
            text = raw[opening.end() : closing.start()]
            if more := _MORE.match(raw, closing.end()):
                problems.append(_misplaced(Location(path, raw.count(b"\n", 0, closing.start()) + 1)))
                text += b"#" * len(closing[0]) + raw[closing.end() : more.start(1)]
                closing = more
            body = min(closing.end() + 1, len(raw))
            front, places, found = read_yaml(path, text, first_line=2)
            problems += found
        else:
            problems.append(
                Problem(
                    Location(path),
                    "Front matter dibuka dengan `---` tetapi tidak pernah ditutup.",
                    "Tambahkan baris `---` setelah kunci terakhir front matter.",
                    "F101",
                )
            )
            body = len(raw)
    elif late := _LATE.match(raw):
        data, places, found = read_yaml(path, late["keys"], first_line=raw.count(b"\n", 0, late.start("keys")) + 1)
        if data:
            front, body = data, min(late.end() + 1, len(raw))
            problems += [*found, _unopened(Location(path))]
        else:
            places = {}
    blocks, links, html = _parse(raw, body)
    return Document(path, raw, front, places, body, outline(blocks), links, html, tuple(problems))


_KEYS = rb"[a-z_]+:(?:[ \t\r].*)?\n(?:(?:[a-z_]+:|[ \t]|#|-[ \t]|\r?\n).*\n|\n)*"
_MORE = re.compile(rb"\n(?:" + _KEYS + rb")(---)[ \t]*\r?$", re.MULTILINE)
"""Keys below what closes front matter, closed once more."""
_LATE = re.compile(rb"\s*(?:-+[ \t]*\r?\n\s*)?(?P<keys>" + _KEYS + rb")-{3,}[ \t]*\r?$", re.MULTILINE)
"""Front matter whose opening line is missing, is written otherwise or isn't the first."""


def _misplaced(place: Location) -> Problem:
    hint = "Hapus baris ini: front matter hanya ditutup sekali, di akhirnya."
    return Problem(place, "Ada `---` di tengah front matter.", hint, "F101")


def _unopened(place: Location) -> Problem:
    return Problem(
        place,
        "Front matter tidak dibuka dengan `---` pada baris pertama.",
        "Tulis tepat `---` sebagai baris pertama berkas, tanpa spasi dan tanpa baris kosong di atasnya.",
        "F101",
    )


_CONTROL_BYTES = bytes({*range(32), 127} - set(b"\t\n\r"))
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]")
"""What no text holds and a terminal may obey."""
_CONTROL_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def _bytes_problems(path: str, raw: bytes) -> Iterator[Problem]:
    """What is wrong with the bytes themselves; F110 and F111 mean that nothing else can be said of the file."""
    if len(raw) > LARGEST:
        yield Problem(
            Location(path),
            f"Berkas ini {len(raw):,} bita; batasnya {LARGEST:,} bita.".replace(",", "."),
            "Pecah isinya menjadi beberapa lampiran, atau keluarkan data yang bukan teks modul.",
            "F111",
        )
        return
    if raw.startswith(b"\xef\xbb\xbf"):
        yield Problem(
            Location(path),
            "Berkas diawali tanda urutan bita (BOM) yang tidak terlihat.",
            "Simpan ulang berkas sebagai UTF-8 tanpa BOM.",
            "F110",
        )
        return
    odd = len(raw.translate(None, _CONTROL_BYTES)) < len(raw) or b"\xc2" in raw  # quick, for nearly no text is
    control = _CONTROL.search(raw) if odd else None
    fault = control.start() if control else None
    what = f"karakter kendali (0x{control[0].hex()})" if control else ""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if fault is None or error.start < fault:
            fault, what = error.start, f"bita 0x{raw[error.start]:02x}"
    if fault is not None:
        start = raw.rfind(b"\n", 0, fault) + 1
        column = len(raw[start:fault].decode("utf-8", "replace")) + 1
        yield Problem(
            Location(path, raw.count(b"\n", 0, fault) + 1, column),
            f"Berkas bukan teks UTF-8: di sini ada {what}.",
            "Simpan ulang berkas sebagai teks UTF-8; berkas biner tidak boleh berakhiran .md.",
            "F110",
        )
        return
    if b"\r" in raw:
        kind = "Windows (CRLF)" if b"\r\n" in raw else "Mac lama (CR)"
        yield Problem(
            Location(path, raw.count(b"\n", 0, raw.find(b"\r")) + 1),
            f"Berkas memakai akhir baris {kind}.",
            "Simpan dengan akhir baris LF; di git: `git add --renormalize .`.",
            "F113",
        )


# --- YAML -----------------------------------------------------------------------------------------------------------


def read_yaml(
    path: str, raw: bytes, first_line: int = 1
) -> tuple[Mapping[str, object] | None, dict[str, Location], list[Problem]]:
    """YAML to data and the place of every key and list item.

    Out: the mapping (None when it cannot be read), places by dotted path, problems F101 and F102. Quoted and odd
    scalars (dates that do not exist, sexagesimal numbers) stay text, so that nothing changes under the author's hand.
    """
    problems: list[Problem] = []
    places: dict[str, Location] = {}

    def at(mark: yaml.Mark) -> Location:
        return Location(path, mark.line + first_line, mark.column + 1)

    def broken(location: Location, message: str, hint: str) -> Problem:
        return Problem(location, message, hint, "F101")

    try:
        loader = _Loader(raw)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line if mark else 0
        text = raw.split(b"\n")[line] if mark and line <= raw.count(b"\n") else b""
        hint = "Periksa tanda titik dua, kutip, dan spasi di awal baris; teks yang memuat `: ` perlu dikutip."
        if b"\t" in text:
            hint = "Ganti tab dengan spasi: YAML tidak menerima tab."
        return None, {}, [broken(at(mark) if mark else Location(path), f"YAML tidak terbaca: {_reason(error)}.", hint)]
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError):
        message = "YAML tidak terbaca: ada karakter kendali atau susunan yang terlalu dalam."
        return None, {}, [broken(Location(path, first_line), message, "Tulis ulang bagian ini sebagai teks biasa.")]
    if node is None:
        return {}, {}, []
    if not isinstance(node, yaml.MappingNode):
        message = "Isi front matter bukan pasangan `kunci: nilai`."
        return None, {}, [broken(at(node.start_mark), message, "Tulis satu `kunci: nilai` pada setiap baris.")]

    seen: set[int] = set()

    tangled: list[Problem] = []

    def value(node: yaml.Node, key: str, depth: int) -> object:
        if id(node) in seen or depth > 20:
            message = "YAML di sini memakai jangkar dan alias (`&`, `*`) atau bertingkat terlalu dalam."
            tangled.append(broken(at(node.start_mark), message, "Tulis nilainya langsung."))
            return None
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            result: dict[str, object] = {}
            for key_node, value_node in node.value:
                name = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
                dotted = f"{key}.{name}" if key else name
                if name in result:
                    before = places[dotted]
                    problems.append(
                        Problem(
                            at(key_node.start_mark),
                            f"Kunci `{name}` ditulis dua kali; yang pertama di baris {before.line}.",
                            "Hapus salah satunya.",
                            "F102",
                        )
                    )
                    continue
                places[dotted] = at(key_node.start_mark)
                places[f"{dotted}="] = at(value_node.start_mark)
                result[name] = value(value_node, dotted, depth + 1)
            return result
        if isinstance(node, yaml.SequenceNode):
            items = []
            for index, item in enumerate(node.value):
                places[f"{key}.{index}"] = at(item.start_mark)
                items.append(value(item, f"{key}.{index}", depth + 1))
            return items
        if not isinstance(node, yaml.ScalarNode):
            return None
        found = _scalar(node)
        if isinstance(found, str) and _CONTROL_TEXT.search(found):
            message = "Nilai ini memuat karakter kendali."
            problems.append(broken(at(node.start_mark), message, "Hapus karakter itu; tulis teks biasa."))
            found = _CONTROL_TEXT.sub("\ufffd", found)
        return found

    data = value(node, "", 0)
    problems += tangled[:1]
    assert isinstance(data, dict)
    return data, places, problems


def _scalar(node: yaml.ScalarNode) -> object:
    text: str = node.value
    kind = node.tag.rpartition(":")[2]
    if node.style in ("'", '"') or (kind in ("int", "float") and ":" in text):
        return text
    if kind in ("int", "float") and len(text) > 30:
        return text
    try:
        return _CONSTRUCTOR.construct_object(node) if kind in ("int", "float", "bool", "null", "timestamp") else text
    except (ValueError, OverflowError, yaml.YAMLError):
        return text


_CONSTRUCTOR = yaml.constructor.SafeConstructor()


def _reason(error: yaml.MarkedYAMLError) -> str:
    """The parser's reason, in Indonesian where it is one that contributors meet."""
    known = {
        "mapping values are not allowed": "titik dua tidak boleh ada di sini",
        "found character that cannot start any token": "karakter ini tidak boleh mengawali nilai",
        "could not find expected ':'": "titik dua sesudah kunci tidak ditemukan",
        "did not find expected key": "kunci tidak ditemukan di tempatnya (periksa spasi di awal baris)",
        "did not find expected ',' or ']'": "koma atau `]` penutup daftar hilang",
        "did not find expected ',' or '}'": "koma atau `}` penutup hilang",
        "found unexpected end of stream": "tanda kutip tidak ditutup",
        "found unexpected document": "ada `---` di tengah front matter",
        "found undefined alias": "alias (`*`) menunjuk ke jangkar yang tidak ada",
        "found duplicate anchor": "jangkar (`&`) ditulis dua kali",
    }
    problem = str(error.problem or "")
    return next((text for start, text in known.items() if problem.startswith(start)), problem or "susunannya rusak")


# --- Markdown -------------------------------------------------------------------------------------------------------


def markdown_events(raw: bytes) -> list[Any]:
    """The parser's events of a Markdown text, each with its byte range: for readers that need what stands in a line."""
    return list(pyromark.events_with_range(raw.decode("utf-8"), options=_OPTIONS))


def _parse(raw: bytes, body: int) -> tuple[list[Block], tuple[Link, ...], tuple[Block, ...]]:
    """Blocks at the top level, all links, all HTML, of the text from byte `body` on.

    The loop sees some hundred thousand events: the commonest come first, and a block is made when it ends.
    """
    top: list[Block] = []
    links: list[Link] = []
    html: list[Block] = []
    children: list[Block] = top
    texts: list[str] = []
    stack: list[tuple[Any, list[Block], list[str]]] = []
    open_links: list[tuple[Mapping[str, Any], int, bool, int]] = []
    kinds, inline = _BLOCKS, _LINKS
    event: Any
    value: Any

    for event, span in markdown_events(raw[body:]):
        if event.__class__ is str:
            if event == "Rule":
                children.append(Block("rule", body + span["start"], body + span["end"], ""))
            else:
                texts.append("\n" if event == "HardBreak" else " ")
            continue
        ((kind, value),) = event.items()
        if kind == "Text" or kind == "Code":
            texts.append(value)
        elif kind == "Start":
            detail: Any = None
            if value.__class__ is not str:
                ((value, detail),) = value.items()
            if value in kinds:
                stack.append((detail, children, texts))
                children, texts = [], []
            elif value in inline:
                open_links.append((detail, body + span["start"], value == "Image", len(texts)))
        elif kind == "End":
            name = value if value.__class__ is str else next(iter(value))
            if name in kinds:
                detail, outer, outer_texts = stack.pop()
                text, start, end = "".join(texts), body + span["start"], body + span["end"]
                if name == "TableCell":
                    block = Block("cell", start, end, text.strip())
                else:
                    if name == "Item" or name == "List":
                        while raw[start] in b" \t":  # a nested list's range starts in its indentation
                            start += 1
                    level, label = _told(name, detail, text, raw, start, end)
                    block = Block(kinds[name], start, end, text, level, label, tuple(children))
                    if name == "HtmlBlock":
                        html.append(block)
                outer.append(block)
                children, texts = outer, outer_texts
            elif name in inline:
                detail, start, image, mark = open_links.pop()
                text, end = "".join(texts[mark:]), body + span["end"]
                if image and stack and "level" in (stack[-1][0] or ""):
                    del texts[mark:]  # a heading is named by its words alone, here and on GitHub
                links.append(Link(detail["dest_url"], text, start, end, image, detail["link_type"], detail["title"]))
        elif kind == "InlineHtml":
            html.append(Block("html", body + span["start"], body + span["end"], value))
        elif kind == "Html":
            texts.append(value)
        elif kind == "FootnoteReference":
            texts.append(f"[^{value}]")
    return top, tuple(links), tuple(html)


def _told(name: str, detail: Any, text: str, raw: bytes, start: int, end: int) -> tuple[int, str]:
    """The level and the label of a block, from what the parser says of it and how it is written."""
    if name == "Heading":
        return _LEVELS[detail["level"]], ""
    if name == "List":
        return detail or 0, "" if detail is None else "ordered"
    if name == "TableRow" or name == "TableHead":
        return _cells(raw[start:end]), ""
    if name == "Paragraph":
        return 0, _row_like(raw[start:end]) if "|" in text else ""
    if name == "CodeBlock":
        return 0, detail["Fenced"] if isinstance(detail, dict) else ""
    return 0, detail or "" if name in ("BlockQuote", "FootnoteDefinition") else ""


_SPLIT = re.compile(rb"(?<!\\)\|")
_ROW = re.compile(rb"^[\s>]*\|.*\|[ \t]*\r?$", re.MULTILINE)


def _cells(line: bytes) -> int:
    """The cells that a table's row is written with: the parser cuts and fills rows to the width of the head."""
    line = line.strip()
    return len(_SPLIT.findall(line)) + 1 - line.startswith(b"|") - (line.endswith(b"|") and not line.endswith(b"\\|"))


def _row_like(paragraph: bytes) -> str:
    """Whether a paragraph looks like a table's rows: `rows`, `row` for a single line, empty where it does not."""
    found = len(_ROW.findall(paragraph))
    return "rows" if found > 1 else "row" if found and b"\n" not in paragraph.strip() else ""


def outline(blocks: list[Block]) -> Section:
    """Group blocks under their headings; a heading that skips a level still hangs under the nearest one above."""
    root: tuple[Block | None, list[Block], list[Section]] = (None, [], [])
    stack = [root]

    def close() -> None:
        heading, own, below = stack.pop()
        stack[-1][2].append(Section(heading, tuple(own), tuple(below)))

    for block in blocks:
        if block.kind == "heading":
            while len(stack) > 1 and (top := stack[-1][0]) and top.level >= block.level:
                close()
            stack.append((block, [], []))
        else:
            stack[-1][1].append(block)
    while len(stack) > 1:
        close()
    return Section(None, tuple(root[1]), tuple(root[2]))


def natural_path(path: str) -> str:
    """A repository path with `.` and `..` resolved; starts with `..` where it leaves the repository."""
    return os.path.normpath(path).replace(os.sep, "/")


def anchors(document: Document) -> frozenset[str]:
    """The fragments that a page answers to: its headings as the site names them and as GitHub does."""
    return frozenset(site_ids(document))


def site_ids(document: Document) -> dict[str, str]:
    """By fragment, as the site or GitHub names a heading, the id that the heading has on the site."""
    known: dict[str, str] | None = document.facts.get("anchors")
    if known is None:
        known = document.facts["anchors"] = _site_ids(document.headings)
    return known


def _site_ids(headings: Sequence[str]) -> dict[str, str]:
    used: set[str] = set()
    seen: dict[str, int] = {}
    ours: dict[str, str] = {}
    github: dict[str, str] = {}
    for text in headings:
        own = slug(text)
        while own in used or not own:  # as Python-Markdown's toc makes it unique
            stem, _, number = own.rpartition("_")
            own = f"{stem}_{int(number) + 1}" if number.isdecimal() and "_" in own else f"{own}_1"
        used.add(own)
        ours[own] = own
        name = re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")
        count = seen[name] = seen.get(name, -1) + 1
        github.setdefault(f"{name}-{count}" if count else name, own)
    return {**github, **ours}


def slug(text: str) -> str:
    """A heading's id on the site, as Python-Markdown's toc makes it."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())
