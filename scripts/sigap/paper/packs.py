"""The packs of a module and of a programme: which texts go in, in which order, and what their covers say."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .. import vocabulary
from ..document import Document
from ..handout import CARDS, KINDS, Handout, cards, copies, copies_text, handout_of
from ..labels import hours_text
from ..model import Curriculum, Module, Programme
from ..pages.docs import docs_page
from ..pages.handouts import order
from ..pages.module import EXAMPLE, module_page, trials_text
from ..source import read
from . import press
from .nodes import Node, Tree
from .state import module_code, short_code, state_digest
from .typeset import Typesetter, content, string

BOOK, SHEETS, LARGE, CUT, PROGRAMME = (
    "Buku fasilitator",
    "Lembar peserta",
    "Lembar peserta, huruf besar",
    "Kartu",
    "Buku program",
)
FOLDER = "berkas"
"""Where packs lie below the site's root."""
FILE_NAMES = {BOOK: "fasilitator", SHEETS: "lembar", LARGE: "lembar-huruf-besar", CUT: "kartu", PROGRAMME: "program"}
LARGE_TYPE = "18pt"
CLASSES = (24, 30)
"""Sizes of a class for which a pack says how many copies to make."""


@dataclass(frozen=True, slots=True)
class Pack:
    """One PDF: what it is, the file name that it would have, its bytes and the code that stands on its pages."""

    title: str
    name: str
    code: str
    data: bytes

    @property
    def pages(self) -> int:
        """Pages, by the outline that is written once for each."""
        return press.pages(self.data)


@dataclass(frozen=True, slots=True)
class Running:
    """What every page of a pack says: of what it is a copy."""

    pack: str
    kode: str
    title: str
    version: str
    authors: tuple[str, ...]
    since: str
    address: str
    code: str

    def typst(self) -> str:
        pairs = {
            "pak": self.pack,
            "kode": self.kode,
            "judul": self.title,
            "versi": self.version,
            "sejak": self.since,
            "contoh": EXAMPLE,
            "alamat": self.address.removeprefix("https://").removeprefix("http://"),
            "kodependek": self.code,
        }
        lines = [f"  {key}: {string(value)},\n" for key, value in pairs.items()]
        authors = "(" + "".join(f"{string(author)}, " for author in self.authors) + ")"
        qr = press.qr(f"{self.address}?k={self.code}") if self.address else None
        lines += [f"  penyusun: {authors},\n", f"  qr: {string(qr) if qr else 'none'},\n"]
        return "#let jalan = (\n" + "".join(lines) + ")\n"


def module_packs(
    module: Module, curriculum: Curriculum, root: Path, *, address: str = "", since: str = ""
) -> Iterator[Pack]:
    """The packs of one module; sheets and cards only where it has any.

    In: the folder that the images are read from; `address` of `/cek/` and the edition `since` which this content
    stands, where they are known. Out: packs, byte for byte the same for the same content. Raises Trouble for what
    cannot be set.
    """
    for title, body in _contents(module, curriculum).items():
        yield _pack(title, body, module, root, address, since)


def pack_files(
    curriculum: Curriculum, root: Path, known: frozenset[str] = frozenset(), *, address: str = ""
) -> Iterator[tuple[str, bytes | None]]:
    """Every module's packs as files below the site's root, named by what they hold: `berkas/TK-05-lembar-….pdf`.

    `known` are the paths on the branch already: they are not made again, and None stands for them. A pack stands once
    for all editions that share its content; the same content set with another look or typst has another name.
    """
    look = press.look(address)
    for module in curriculum.modules:
        code = module_code(module)
        for title, body in _contents(module, curriculum).items():
            path = _place(module, title, code, look)
            yield path, None if path in known else _pack(title, body, module, root, address, "").data


def can_be_packed(module: Module) -> bool:
    """Whether every handout of a module says what it is; before they did, nothing could be laid in its place."""
    return bool(module.kode and module.handouts) and all(handout_of(document) for document in module.handouts)


def pack_places(module: Module, curriculum: Curriculum, address: str) -> list[tuple[str, str]]:
    """The packs of a module as titles and paths from the site's root; empty where it cannot be packed."""
    if not can_be_packed(module):
        return []
    code, look = module_code(module), press.look(address)
    return [(title, _place(module, title, code, look)) for title in _contents(module, curriculum)]


def _place(module: Module, title: str, code: str, look: str) -> str:
    return f"{FOLDER}/{module.kode}-{FILE_NAMES[title]}-{code}-{look}.pdf"


Body = Callable[[set[str]], str]
"""From the set that collects image paths to what stands in a pack, as typst."""


def _contents(module: Module, curriculum: Curriculum) -> dict[str, Body]:
    """What each pack of a module holds, by title."""
    told = [(document, handout_of(document)) for document in module.handouts]
    known = [(document, handout) for document, handout in told if handout]
    known.sort(key=lambda pair: order(pair[1]))
    ours = [pair for pair in known if pair[1].for_facilitator and pair[1].kind != CARDS]
    cut = [pair for pair in known if pair[1].kind == CARDS]
    theirs = [pair for pair in known if not pair[1].for_facilitator and pair[1].kind != CARDS]
    silent = [document for document, handout in told if not handout]
    sheets = [*(document for document, _ in theirs), *silent]
    found: dict[str, Body] = {
        BOOK: lambda images: _cover(module, "") + _book(module, curriculum, [d for d, _ in ours], images)
    }
    if sheets:
        found[SHEETS] = found[LARGE] = lambda images: _cover(module, _copies(theirs)) + _sheets(sheets, images)
    if cut:
        found[CUT] = lambda images: _cover(module, _copies(cut)) + _cards(cut, images)
    return found


def _pack(title: str, body: Body, module: Module, root: Path, address: str, since: str) -> Pack:
    code = module_code(module)
    running = Running(title, module.kode, module.title, module.version, module.authors, since, address, code)
    images: set[str] = set()
    text = body(images)
    size = f", huruf: {LARGE_TYPE}" if title == LARGE else ""
    source = running.typst() + f"#show: pak.with(jalan{size})\n\n" + text
    name = f"{module.kode}-{FILE_NAMES[title]}"
    return Pack(title, name, code, press.pdf(source, root, images, f"{module.path}: {title}"))


def programme_pack(
    programme: Programme, curriculum: Curriculum, root: Path, *, address: str = "", since: str = ""
) -> Pack:
    """The booklet of a programme: its page with structure and timetable, and what each of its modules is about."""
    modules = curriculum.modules_of(programme)
    code = programme_code(programme, curriculum)
    running = Running(PROGRAMME, programme.kode, programme.title, "", (), since, address, code)
    images: set[str] = set()
    page = read(programme.document.path, docs_page(programme.document, curriculum, {}).encode())
    tree = Tree(page)
    body = _cover_page(
        "",
        [
            ("Jam pelajaran", f"{programme.lesson_hours} JP"),
            ("Modul", ", ".join(module.kode for module in modules)),
            ("Status", "contoh"),
        ],
    )
    body += "#pagebreak()\n" + Typesetter(tree, images, -1).blocks(_without_title(tree)) + "\n\n"
    body += '#pagebreak()\n#heading(level: 1)[#"Ringkasan modul";]\n\n'
    for module in modules:
        body += f"#heading(level: 2)[{content(f'{module.kode} {module.title}')}]\n\n"
        body += content(f"{hours_text(module.hours)}, versi {module.version}. {module.summary}") + "\n\n"
        if module.indicators:
            body += "#enum(" + ", ".join(f"[{content(i.text)}]" for i in module.indicators) + ")\n\n"
    source = running.typst() + "#show: pak.with(jalan)\n\n" + body
    return Pack(PROGRAMME, programme.kode, code, press.pdf(source, root, images, programme.document.path))


def programme_code(programme: Programme, curriculum: Curriculum) -> str:
    """The code of a booklet: it changes with the programme's page and with what its modules say."""
    modules = curriculum.modules_of(programme)
    digests = [state_digest([document]) for document in (programme.document, *(m.document for m in modules))]
    return short_code(hashlib.sha256("".join(digests).encode()).hexdigest())


# --- What goes in ---------------------------------------------------------------------------------------------------


def _cover(module: Module, copies: str) -> str:
    facts = [
        ("Versi", module.version),
        ("Jam pelajaran", hours_text(module.hours)),
        ("Status", vocabulary.STATUSES.get(module.status, module.status).lower()),
        ("Penyusun", ", ".join(module.authors)),
        ("Uji coba", trials_text(module)),
    ]
    return _cover_page(module.summary, facts) + copies


def _cover_page(summary: str, facts: Iterable[tuple[str, str]]) -> str:
    pairs = "".join(f"({string(name)}, {string(value)}), " for name, value in facts if value)
    return f"#sampul(jalan, {string(summary)}, ({pairs}))\n\n"


def _copies(handouts: Sequence[tuple[Document, Handout]]) -> str:
    """What to copy how often, below the cover."""
    rows = []
    for document, handout in handouts:
        counts = [str(found) if (found := copies(handout, people)) else "menurut kelompok" for people in CLASSES]
        cells = (document.title, KINDS[handout.kind], copies_text(handout), *counts)
        rows.append(", ".join(f"[{content(cell)}]" for cell in cells))
    if not rows:
        return ""
    head = "table.header([Lembar], [Jenis], [Salinan]" + "".join(f", [{people} orang]" for people in CLASSES) + ")"
    return "#v(1em)\n#tabel((1.4fr, auto, 1.1fr, 18mm, 18mm), biasa, " + ", ".join([head, *rows]) + ")\n\n"


def _book(module: Module, curriculum: Curriculum, keys: Sequence[Document], images: set[str]) -> str:
    """The module's page as the site has it, its sessions each on a new page, then what only facilitators hold."""
    tree = Tree(read(module.path, module_page(module, curriculum).encode()))
    setter = Typesetter(tree, images, -1)
    parts = ["#pagebreak()"]
    nodes = _without_title(tree)
    for before, node in zip([None, *nodes], nodes, strict=False):
        fresh = _heading(node, "H3").startswith("Sesi ") or _heading(node, "H2") in (
            vocabulary.STEPS,
            vocabulary.CONTENT,
        )
        if fresh and not (before and _heading(before, "H2") == vocabulary.STEPS):  # its heading shall not stand alone
            parts.append("#pagebreak(weak: true)")
        parts.append(setter.block(node))
    return "\n\n".join(filter(None, parts)) + "\n\n" + _sheets(keys, images)


def _heading(node: Node, level: str) -> str:
    """The title of a heading of that level; empty for anything else."""
    return _title(node) if node.kind == "Heading" and node.detail["level"] == level else ""


def _title(node: Node) -> str:
    return node.text if not node.children else "".join(_title(child) for child in node.children)


def _without_title(tree: Tree) -> list[Node]:
    """The nodes of a document but its first H1, which the cover bears."""
    first = next((n for n in tree.nodes if n.kind == "Heading" and n.detail["level"] == "H1"), None)
    return [node for node in tree.nodes if node is not first]


def _sheets(documents: Iterable[Document], images: set[str]) -> str:
    """Each handout on pages of its own, so that it can be copied by itself."""
    parts = []
    for document in documents:
        tree = Tree(document)
        parts += ["#pagebreak(weak: true)", Typesetter(tree, images).blocks(tree.nodes)]
    return "\n\n".join(parts) + "\n"


def _cards(handouts: Sequence[tuple[Document, Handout]], images: set[str]) -> str:
    """For each handout what is no card on a page of its own, then its cards, role after role on fresh pages."""
    parts: list[str] = []
    for document, handout in handouts:
        tree = Tree(document)
        setter = Typesetter(tree, images)
        found = cards(document, handout)
        taken = {block.start for card in found for block in card.body} | {c.heading.start for c in found if c.heading}
        titles = {card.above for card in found}
        rest = [node for node in tree.nodes if not _is_taken(node, taken, titles)]
        parts += ["#pagebreak(weak: true)", setter.blocks(rest)]
        roles = [""] if handout.mixed else [role for role in handout.cut if any(c.role == role for c in found)]
        for role in roles:
            own = [card for card in found if not role or card.role == role]
            made = []
            for card in own:
                above = f"[{content(card.above)}]" if card.above else "[]"
                heading = "[]"
                if card.heading:
                    heading = f"[{setter.inline(tree.at(card.heading.start, ('Heading',)).children)}]"
                made.append(f"kartu({above}, {heading}, [{_card_body(card.body, card.head, tree, setter)}])")
            name = string(f"{document.title}, {role or 'semua kartu'}")
            parts += ["#pagebreak(weak: true)", f"#lembar-kartu({name}, (" + ",\n".join(made) + ",))"]
    return "\n\n".join(parts) + "\n"


def _is_taken(node: Node, taken: set[int], titles: set[str]) -> bool:
    """Whether a node stands on cards: it is one's text or heading, the title above some, or holds the pieces."""
    if node.start in taken or any(child.start in taken for child in node.children):
        return True
    return node.kind == "Heading" and _title(node) in titles


def _card_body(body: Sequence[object], head: object, tree: Tree, setter: Typesetter) -> str:
    from ..document import Block

    blocks = [block for block in body if isinstance(block, Block)]
    if len(blocks) == 1 and blocks[0].kind == "row" and isinstance(head, Block):
        row = tree.at(blocks[0].start, ("TableRow",))
        lines = []
        for name, cell in zip(head.children, row.children, strict=False):
            lines.append(f"#strong[{content(name.text + ':')}] {setter.inline(cell.children)}")
        return "\n\n".join(lines)
    if len(blocks) == 1 and blocks[0].kind == "item":
        return setter.item(tree.at(blocks[0].start, ("Item",)))
    starts = {block.start for block in blocks}
    return setter.blocks([node for node in tree.nodes if node.start in starts])
