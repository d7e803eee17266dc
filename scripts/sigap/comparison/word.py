"""A comparison as a Word document with real tracked changes: accept all is the new text, reject all the old one.

Written as raw parts from the marks of the redline (redline/engine.py), so that Word and our page say the same. Words
and paragraphs that came or went are `w:ins` and `w:del`, rows and cells likewise, moved paragraphs `w:moveTo` and
`w:moveFrom`; what was edited while it moved stands edited where it went. Same comparison, same bytes: no dates.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path

from ..compare.bumps import Status
from ..errors import Trouble
from ..model import Module
from ..redline.engine import normal, redline
from ..redline.reading import parse_marked
from ..redline.trees import BLOCK, HEADINGS, Item, Node, text
from .page import programme_fragment
from .report import GAPS, Report, gaps, ordered, summary, verdict

_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TRACKED = {"ins": "ins", "del": "del", "tujuan": "moveTo", "asal": "moveFrom", "i": "ins", "d": "del"}
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Around:
    """What a thing stands in: how it is tracked, its look, its list and how deep, whether within a table."""

    track: str = ""
    look: str = ""
    style: str = ""
    indent: int = 0
    list: int = 0
    verbatim: bool = False


@dataclass
class _Writer:
    """Counts what a document numbers: changes and lists."""

    changes: int = 0
    lists: list[int | None] = field(default_factory=list)
    """The first number of each list that was begun, None for bullets."""

    def mark(self) -> str:
        self.changes += 1
        return f'w:id="{self.changes}" w:author="Sigap"'

    def begin(self, first: int | None) -> int:
        self.lists.append(first)
        return len(self.lists)

    # --- Blocks ---

    def blocks(self, children: Sequence[Item], around: _Around) -> Iterator[str]:
        """Blocks as paragraphs and tables; words among them as paragraphs of their own."""
        run: list[Item] = []
        for child in children:
            if isinstance(child, str) or child.tag not in BLOCK:
                run.append(child)
                continue
            words = list(self._words(run, around))
            yield from words
            around = replace(around, list=0) if words else around
            run = []
            yield from self.block(child, around)
            around = replace(around, list=0)
        yield from self._words(run, around)

    def _words(self, run: Sequence[Item], around: _Around) -> Iterator[str]:
        if any(not isinstance(item, str) or item.strip() for item in run if not _is_note(item)):
            yield self.paragraph(run, around)

    def block(self, node: Node, around: _Around) -> Iterator[str]:
        around = _tracked(node, around)
        tag = node.tag
        if around is _NOWHERE:
            return
        if tag == "table":
            yield self._table(node, around)
        elif tag in ("ul", "ol"):
            yield from self._list(node, around)
        elif tag in HEADINGS:
            yield self.paragraph(node.children, replace(around, style=f"Heading{tag[1]}"))
        elif tag == "hr":
            return
        elif tag in ("blockquote", "div", "section", "article", "aside", "figure", "details", "dl", "li"):
            quoted = tag == "blockquote" or "admonition" in dict(node.attributes).get("class", "")
            yield from self.blocks(node.children, replace(around, indent=around.indent + quoted))
        elif tag == "dt" or "title" in dict(node.attributes).get("class", ""):
            yield self.paragraph(node.children, replace(around, look=around.look + "<w:b/>"))
        elif tag == "pre":
            yield self.paragraph(node.children, replace(around, style="Kode", verbatim=True))
        elif tag == "dd" or any(isinstance(child, Node) and child.tag in BLOCK for child in node.children):
            yield from self.blocks(node.children, replace(around, indent=around.indent + (tag == "dd")))
        else:
            yield self.paragraph(node.children, around)

    def _list(self, node: Node, around: _Around) -> Iterator[str]:
        start = dict(node.attributes).get("start", "1")
        number = self.begin((int(start) if start.isdigit() else 1) if node.tag == "ol" else None)
        for item in node.children:
            if isinstance(item, Node):
                inner = _tracked(item, replace(around, indent=around.indent + 1, list=number))
                if inner is not _NOWHERE:
                    yield from self.blocks(item.children, inner)
            else:
                yield from self._words([item], replace(around, indent=around.indent + 1, list=0))

    def _table(self, node: Node, around: _Around) -> str:
        rows = "".join(self._rows(node.children, around))
        if not rows:
            return ""
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:color="7F8F8D"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        look = f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
        wide = max(row.count("<w:tc>") for row in rows.split("</w:tr>"))
        grid = f"<w:tblGrid>{f'<w:gridCol w:w={chr(34)}{9000 // wide}{chr(34)}/>' * wide}</w:tblGrid>"
        return f"<w:tbl>{look}{grid}{rows}</w:tbl>{self.paragraph([], replace(around, style='Jarak'))}"

    def _rows(self, children: Sequence[Item], around: _Around) -> Iterator[str]:
        for part in children:
            if not isinstance(part, Node):
                continue
            inner = _tracked(part, around)
            if inner is _NOWHERE:
                continue
            if part.tag != "tr":
                yield from self._rows(part.children, inner)
                continue
            cells = "".join(self._cell(cell, inner) for cell in part.children if isinstance(cell, Node))
            if cells:
                kind = {"ins": "ins", "moveTo": "ins", "del": "del", "moveFrom": "del"}.get(inner.track)
                mark = f"<w:trPr><w:{kind} {self.mark()}/></w:trPr>" if kind else ""
                yield f"<w:tr>{mark}{cells}</w:tr>"

    def _cell(self, cell: Node, around: _Around) -> str:
        inner = _tracked(cell, replace(around, look="<w:b/>" if cell.tag == "th" else around.look, indent=0, list=0))
        if inner is _NOWHERE:
            return ""
        own = inner.track if not around.track else ""
        kind = {"ins": "cellIns", "moveTo": "cellIns", "del": "cellDel", "moveFrom": "cellDel"}.get(own)
        mark = f"<w:tcPr><w:{kind} {self.mark()}/></w:tcPr>" if kind else ""
        content = "".join(self.blocks(cell.children, inner))
        return f"<w:tc>{mark}{content if content.endswith('</w:p>') else content + '<w:p/>'}</w:tc>"

    # --- Words ---

    def paragraph(self, children: Sequence[Item], around: _Around) -> str:
        parts = [f'<w:pStyle w:val="{around.style}"/>' if around.style else ""]
        if around.list:
            level = min(around.indent, _LEVELS) - 1
            parts.append(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{around.list}"/></w:numPr>')
        if around.indent:
            hanging = ' w:hanging="360"' if around.list else ""
            parts.append(f'<w:ind w:left="{around.indent * 420}"{hanging}/>')
        if around.track:
            parts.append(f"<w:rPr><w:{around.track} {self.mark()}/></w:rPr>")
        look = "".join(parts)
        return f"<w:p>{f'<w:pPr>{look}</w:pPr>' if look else ''}{''.join(self.runs(children, around))}</w:p>"

    def runs(self, children: Sequence[Item], around: _Around) -> Iterator[str]:
        for child in children:
            if isinstance(child, str):
                yield self._run(child, around)
                continue
            if child.tag == "!" or _is_note(child):
                continue
            inner = _tracked(child, around)
            if inner is _NOWHERE:
                continue
            if child.tag == "br":
                yield self._wrap("<w:br/>", inner)
            elif child.tag == "img":
                yield self._run(f"[gambar: {dict(child.attributes).get('alt', '')}]", inner)
            elif child.tag == "input":
                yield self._run("☑ " if "checked" in dict(child.attributes) else "☐ ", inner)
            else:
                look = inner.look + _LOOKS.get(child.tag, "")
                yield from self.runs(child.children, replace(inner, look=look))

    def _run(self, words: str, around: _Around) -> str:
        words = _FORBIDDEN.sub("", words)
        if not around.verbatim:
            words = re.sub(r"[ \t\r\n\f]+", " ", words)
        if not words:
            return ""
        tag = "delText" if around.track == "del" else "t"
        lines = words.split("\n") if around.verbatim else [words]
        inner = "<w:br/>".join(
            f'<w:{tag} xml:space="preserve">{escape(line, quote=False)}</w:{tag}>' if line else "" for line in lines
        )
        return self._wrap(inner, around)

    def _wrap(self, inner: str, around: _Around) -> str:
        look = "".join(one for one in _ORDER if one in around.look)
        run = f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{inner}</w:r>"
        return f"<w:{around.track} {self.mark()}>{run}</w:{around.track}>" if around.track else run


_NOWHERE = _Around(track="nowhere")
_LOOKS = {
    "code": '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas"/>',
    "strong": "<w:b/>",
    "b": "<w:b/>",
    "em": "<w:i/>",
    "i": "<w:i/>",
    "a": '<w:u w:val="single"/>',
    "sup": '<w:vertAlign w:val="superscript"/>',
}
_ORDER = tuple(dict.fromkeys(_LOOKS.values()))
"""Looks in the order in which WordprocessingML wants them."""


def _is_note(item: Item) -> bool:
    return isinstance(item, Node) and dict(item.attributes).get("data-r") == "n"


def _tracked(node: Node, around: _Around) -> _Around:
    """How a thing is tracked, given what it stands in; `_NOWHERE` for what this place does not show.

    Where a block left, the old text stands; where it went, what was taken out of it is not told again.
    """
    mark = dict(node.attributes).get("data-r", "")
    if mark == "n":
        return _NOWHERE
    kind = _TRACKED.get(mark, "")
    if not kind:
        return around
    if around.track == "moveFrom":
        return _NOWHERE if kind == "ins" else around
    if around.track == "moveTo" and kind == "del":
        return _NOWHERE
    return replace(around, track=kind)


# --- The document ---------------------------------------------------------------------------------------------------


def document(report: Report, fragment: Callable[[Module], str]) -> bytes:
    """The whole comparison as a .docx: for each module and programme what changed in words, and its text with
    tracked changes."""
    writer = _Writer()
    body: list[str] = []

    def say(words: str, style: str = "") -> None:
        body.append(writer.paragraph([words], _Around(style=style)))

    def tell(title: str, sentences: Sequence[str]) -> None:
        say(title, "Modul")
        number = writer.begin(None)
        body.extend(writer.paragraph([one], _Around(list=number, indent=1)) for one in sentences)

    say(f"Perubahan dari {report.old} ke {report.new}", "Title")
    say(summary(report))
    say("Terima semua perubahan untuk memperoleh teks baru; tolak semua untuk teks lama.")
    say("Contoh, bukan modul resmi Kemensos.")
    for module in report.comparison.changed:
        both = module.old and module.new
        tell(
            f"{module.kode} {module.title}",
            [verdict(module), *(change.whole for change in ordered(module.changes))] if both else [],
        )
        body += _redline([fragment(side) if side else "" for side in (module.old, module.new)], writer)
    for programme in report.comparison.programmes:
        if programme.status is not Status.UNCHANGED:
            tell(f"{programme.kode} {programme.title}", [change.whole for change in programme.changes])
            sides = ((programme.old, report.comparison.old), (programme.new, report.comparison.new))
            body += _redline([programme_fragment(side, whole) if side else "" for side, whole in sides], writer)
    for name, sentences in gaps(report.comparison):
        tell(f"{GAPS}: {name}", sentences)
    if report.comparison.policy:
        tell("Kebijakan", [change.whole for change in report.comparison.policy])
    return _packed("".join(body), writer, f"Perubahan dari {report.old} ke {report.new}")


def _redline(sides: Sequence[str], writer: _Writer) -> list[str]:
    old, new = map(normal, sides)
    return marked(redline(old, new).html, writer)


def marked(html: str, writer: _Writer | None = None) -> list[str]:
    """A marked fragment as WordprocessingML blocks."""
    writer = writer or _Writer()
    trees = parse_marked(html)
    if any(isinstance(tree, Node) and "data-r-html" in dict(tree.attributes) for tree in trees):
        trees = [Node("p", tree.attributes, [text(tree)]) for tree in trees if isinstance(tree, Node)]
    return list(writer.blocks(trees, _Around()))


def write(report: Report, fragment: Callable[[Module], str], target: Path) -> str:
    """Write the document. Out: its path. Raises Trouble."""
    if target.is_dir() or not target.parent.is_dir():
        raise Trouble(f"`{target}` bukan nama berkas di folder yang ada; sebutkan misalnya `perubahan.docx`.")
    partial = target.with_name(f".{target.name}.sebagian")
    partial.write_bytes(document(report, fragment))
    partial.replace(target)
    return str(target)


_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" '
    'w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
)
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
_PARTS = {
    "document": "document.main",
    "styles": "styles",
    "numbering": "numbering",
    "settings": "settings",
}


def _packed(body: str, writer: _Writer, title: str) -> bytes:
    """The parts of the package, always in one order and of one date."""
    holes = {TITLE: escape(title), BODY: body, LISTS: "".join(_lists(writer.lists))}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in frame().items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            filled = _HOLE.sub(lambda hole: holes[hole[0]], content)
            archive.writestr(info, filled, zipfile.ZIP_DEFLATED)
    return made.getvalue()


TITLE, BODY, LISTS = "%judul%", "%isi%", "%daftar%"
"""What a document puts into the parts that are the same in all."""

_HOLE = re.compile("|".join((TITLE, BODY, LISTS)))


def frame() -> dict[str, str]:
    """The parts of the package by name, with holes for what a document says. The reader of /banding/ fills them too
    (js/word.js)."""
    kinds = {f"/word/{name}.xml": f"{_TYPE}.{kind}+xml" for name, kind in _PARTS.items()}
    kinds["/docProps/core.xml"] = _CORE
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    beside = [(f"{_OFFICE}/{name}", f"{name}.xml") for name in _PARTS if name != "document"]
    top = [(f"{_OFFICE}/officeDocument", "word/document.xml")]
    top.append((f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{_RELATIONS}"/>{overrides}</Types>',
        "_rels/.rels": _relations(top),
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{TITLE}</dc:title>'
        "<dc:language>id</dc:language></cp:coreProperties>",
        "word/_rels/document.xml.rels": _relations(beside),
        "word/settings.xml": f'<w:settings xmlns:w="{_SPACE}"><w:trackRevisions/></w:settings>',
        "word/styles.xml": _styles(),
        "word/numbering.xml": _numbering(),
        "word/document.xml": f'<w:document xmlns:w="{_SPACE}"><w:body>{BODY}{_PAGE}</w:body></w:document>',
    }
    return {name: _HEAD + content for name, content in parts.items()}


def _relations(of: Sequence[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="r{at}" Type="{kind}" Target="{target}"/>' for at, (kind, target) in enumerate(of, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _styles() -> str:
    sizes = {"Title": 40, "Modul": 34, **{f"Heading{n}": 32 - 2 * n for n in range(1, 7)}}
    named = "".join(_heading(name, size) for name, size in sizes.items())
    return (
        f'<w:styles xmlns:w="{_SPACE}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/><w:sz w:val="21"/><w:lang w:val="id-ID"/></w:rPr>'
        '</w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="100"/></w:pPr></w:pPrDefault></w:docDefaults>'
        f'{named}<w:style w:type="paragraph" w:styleId="Kode"><w:name w:val="Kode"/>'
        '<w:rPr><w:rFonts w:ascii="Consolas" w:hAnsi="Consolas"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Jarak"><w:name w:val="Jarak"/><w:pPr><w:spacing w:after="0"/></w:pPr>'
        '<w:rPr><w:sz w:val="8"/></w:rPr></w:style></w:styles>'
    )


def _heading(name: str, size: int) -> str:
    level = f'<w:outlineLvl w:val="{int(name[-1]) - 1}"/>' if name[-1].isdigit() else ""
    label = f"heading {name[-1]}" if level else name
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{label}"/><w:pPr><w:keepNext/>'
        f'<w:spacing w:before="240" w:after="80"/>{level}</w:pPr><w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
    )


def _numbering() -> str:
    """Bullets and numbers, of which each list of the document is one."""
    bullets = "".join(_level(at, "bullet", "•") for at in range(_LEVELS))
    decimals = "".join(_level(at, "decimal", f"%{at + 1}.") for at in range(_LEVELS))
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{at}">{levels}</w:abstractNum>'
        for at, levels in enumerate((bullets, decimals))
    )
    return f'<w:numbering xmlns:w="{_SPACE}">{kinds}{LISTS}</w:numbering>'


def _lists(first: Sequence[int | None]) -> Iterator[str]:
    """Every list of the document: bullets (None), or numbers from its own first."""
    for at, number in enumerate(first, 1):
        starts = f'<w:startOverride w:val="{number}"/></w:lvlOverride>'
        each = "".join(f'<w:lvlOverride w:ilvl="{depth}">{starts}' for depth in range(_LEVELS))
        kind = 0 if number is None else 1
        yield f'<w:num w:numId="{at}"><w:abstractNumId w:val="{kind}"/>{each if kind else ""}</w:num>'


def _level(at: int, form: str, sign: str) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{sign}"/>'
        f'<w:pPr><w:ind w:left="{(at + 1) * 420}" w:hanging="360"/></w:pPr></w:lvl>'
    )
