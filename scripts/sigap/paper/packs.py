"""The packs of a module and the booklet of a programme: what goes in, in which order, and what their covers say."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .. import timetable, vocabulary
from ..document import Document
from ..handout import CARDS, Handout, cards, handout_of
from ..labels import hours_text
from ..model import Curriculum, Module, Programme
from ..pages.docs import DAY_COLUMNS, docs_page
from ..pages.handouts import order
from ..pages.module import EXAMPLE, module_page
from ..pages.programme_tests import programme_tests
from ..source import read
from . import press
from .cover import cover, cover_page
from .nodes import Node, Tree
from .questions import question_keys, question_sheet
from .state import module_code, short_code, state_digest
from .typeset import Typesetter, content, string

BOOK, SHEETS, LARGE, CUT, PROGRAMME = (
    "Buku fasilitator",
    "Lembar peserta",
    "Lembar peserta, huruf besar",
    "Kartu",
    "Buku program",
)
ONE_SIDED = "Cetak pada satu sisi kertas saja, lalu potong menurut garis putus-putus."
"""What the cover of cards says: on two sides one role would lie behind another."""
FILE_NAMES = {BOOK: "fasilitator", SHEETS: "lembar", LARGE: "lembar-huruf-besar", CUT: "kartu", PROGRAMME: "program"}
LARGE_TYPE = "18pt"


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
    address: str
    code: str

    def typst(self) -> str:
        pairs = {
            "pak": self.pack,
            "kode": self.kode,
            "judul": self.title,
            "versi": self.version,
            "contoh": EXAMPLE,
            "alamat": self.address.removeprefix("https://").removeprefix("http://"),
            "kodependek": self.code,
        }
        lines = [f"  {key}: {string(value)},\n" for key, value in pairs.items()]
        authors = "(" + "".join(f"{string(author)}, " for author in self.authors) + ")"
        symbol = press.qr(f"{self.address}?k={self.code}") if self.address else b""
        pixels = f"bytes(({', '.join(map(str, symbol))}))" if symbol else "none"
        lines += [f"  penyusun: {authors},\n", f"  qr: {pixels},\n"]
        return "#let jalan = (\n" + "".join(lines) + ")\n"


def module_packs(module: Module, curriculum: Curriculum, root: Path, *, address: str = "") -> Iterator[Pack]:
    """The packs of one module; sheets and cards only where it has any.

    In: the folder that the images are read from; `address` of `/cek/`, where it is known. Out: packs, byte for byte
    the same for the same content. Raises Trouble for what cannot be set.
    """
    for title, body in pack_contents(module, curriculum).items():
        yield module_pack(title, body, module, root, address)


def can_be_packed(module: Module) -> bool:
    """Whether every handout of a module says what it is; before they did, nothing could be laid in its place."""
    return bool(module.kode and module.handouts) and all(handout_of(document) for document in module.handouts)


def around(module: Module, curriculum: Curriculum) -> str:
    """What stands in a module's book beside its texts: the same among other titles or lesson hours has another file."""
    needed = [curriculum.by_kode[kode].title for kode in module.prerequisites if kode in curriculum.by_kode]
    within = [programme.title for programme in curriculum.programmes if module.kode in programme.module_kodes]
    return repr((needed, within, curriculum.policy, sorted(module.files.items())))


Body = Callable[[set[str]], str]
"""From the set that collects image paths to what stands in a pack, as typst."""


def pack_contents(module: Module, curriculum: Curriculum) -> dict[str, Body]:
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
        BOOK: lambda images: cover(module) + _book(module, curriculum, [d for d, _ in ours], images)
    }
    if sheets:
        found[SHEETS] = found[LARGE] = lambda images: cover(module, theirs) + _sheets(sheets, images)
    if cut:
        found[CUT] = lambda images: cover(module, cut, ONE_SIDED) + _cards(cut, images)
    return found


def module_pack(title: str, body: Body, module: Module, root: Path, address: str) -> Pack:
    code = module_code(module)
    running = Running(title, module.kode, module.title, module.version, module.authors, address, code)
    images: set[str] = set()
    text = body(images)
    size = f", huruf: {LARGE_TYPE}" if title == LARGE else ""
    source = running.typst() + f"#show: pak.with(jalan{size})\n\n" + text
    name = f"{module.kode}-{FILE_NAMES[title]}"
    data = press.pdf(source, root, images, f"{module.path}: {title}", one_sided=title == CUT)
    return Pack(title, name, code, data)


def programme_pack(programme: Programme, curriculum: Curriculum, root: Path, *, address: str = "") -> Pack:
    """The booklet of a programme: its page with structure and timetable, and what each of its modules is about."""
    modules = curriculum.modules_of(programme)
    code = programme_code(programme, curriculum)
    running = Running(PROGRAMME, programme.kode, programme.title, "", (), address, code)
    images: set[str] = set()
    page = read(programme.document.path, docs_page(programme.document, curriculum, {}).encode())
    tree = Tree(page)
    body = cover_page(
        "",
        [
            ("Jam pelajaran", f"{programme.lesson_hours} JP"),
            ("Modul", ", ".join(module.kode for module in modules)),
            ("Status", "contoh"),
        ],
    )
    body += "\n\n".join(_programme_page(_without_title(tree), Typesetter(tree, images, -1))) + "\n\n"
    body += '#pagebreak()\n#heading(level: 1)[#"Ringkasan modul";]\n\n'
    for module in modules:
        body += f"#heading(level: 2)[{content(f'{module.kode} {module.title}')}]\n\n"
        body += content(f"{hours_text(module.hours)}, versi {module.version}. {module.summary}") + "\n\n"
        if module.indicators:
            body += "#enum(" + ", ".join(f"[{content(i.text)}]" for i in module.indicators) + ")\n\n"
    source = running.typst() + "#show: pak.with(jalan)\n\n" + body
    return Pack(PROGRAMME, programme.kode, code, press.pdf(source, root, images, programme.document.path))


def _programme_page(nodes: Sequence[Node], setter: Typesetter) -> Iterator[str]:
    """The blocks of a programme's page, its opening on the cover. The timetable begins on a page of its own, and each
    day stands whole with room for its date, so that it can hang on a wall.
    """
    shown = [node for node in nodes if node.kind != "HtmlBlock"]
    days = {at - 1 for at, node in enumerate(shown) if node.kind == "Table" and _heads(node) == DAY_COLUMNS}
    fresh = set(_fresh(shown, days))
    for at, node in enumerate(shown):
        if at in fresh:
            yield "#pagebreak(weak: true)"
        if at in days:
            dated = f"{content('Tanggal: ')}#isian{content(' Ruang: ')}#isian"
            yield f"#block(breakable: false)[{setter.block(node)}\n\n{dated}\n\n{setter.block(shown[at + 1])}]"
        elif at - 1 not in days:
            yield setter.block(node)


def _fresh(shown: Sequence[Node], days: set[int]) -> Iterator[int]:
    """Where a programme's page begins a new one: below its opening, at the timetable, at other days, behind them."""
    parts = [at for at, node in enumerate(shown) if _heading(node, "H2")]
    yield from parts[:1]
    if days:
        yield max((at for at in parts if at < min(days)), default=min(days))
        yield max(days) + 2
        between = range(min(days), max(days))
        yield from (at for at in between if at not in days and _heading(shown[at], "H3"))


def _heads(table: Node) -> tuple[str, ...]:
    return tuple(_title(cell) for cell in table.children[0].children)


def programme_code(programme: Programme, curriculum: Curriculum) -> str:
    """The code of a booklet: it changes with its programme's page, what its modules say, its tests, the policy and the
    timetable.

    Where the policy has no frame, the timetable is left out: booklets of editions before it keep their codes.
    """
    modules = curriculum.modules_of(programme)
    told = [programme.document, *(m.document for m in modules), *programme_tests(programme, curriculum)]
    told += [curriculum.policy_document] if curriculum.policy_document else []
    digests = [state_digest([document]) for document in told]
    if curriculum.policy.frame:
        days = timetable.days(programme, curriculum)
        digests += [f"{slot.start}-{slot.end} {slot.name};" for slots in days for slot in slots]
    return short_code(hashlib.sha256("".join(digests).encode()).hexdigest())


# --- What goes in ---------------------------------------------------------------------------------------------------


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
    return "\n\n".join(filter(None, parts)) + "\n\n" + _sheets(keys, images) + question_keys(module.handouts, images)


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
    """Each handout on pages of its own, so that it can be copied by itself; questions without their key."""
    parts = []
    for document in documents:
        tree = Tree(document)
        body = question_sheet(document, images) or Typesetter(tree, images).blocks(tree.nodes)
        parts += ["#pagebreak(weak: true)", body]
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
