"""M: Markdown that GitHub and the site (Python-Markdown) read differently."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..document import Block, Document, Fix, Offsets, Problem, Section, fact
from ..headings import AS_HASHES
from ..model import Curriculum
from ..module import stray_rows
from ..vocabulary import nearest
from .registry import rule

STEP = 4
"""Spaces a nested list is indented by: what Python-Markdown needs, and GitHub accepts."""
LONGEST_INDENT = 400
"""Bytes after which a block surely does not start its line."""


_PARENTHESIS = re.compile(rb"\d{1,9}\)")
_QUOTED = re.compile(rb"(?: *> ?)+")
_HOLDERS = ("list", "quote", "footnote")
"""Blocks that hold other blocks than rows and cells."""
_OWN_LINE = ("paragraph", "quote", "table", "code")


@rule("M901", "Daftar yang dibaca berbeda oleh situs", each="document")
def list_indentation(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for section in document.root.walk():
        yield from _indentations(document, section)


def _indentations(document: Document, section: Section) -> Iterator[Problem]:
    calm = not any_odd_indent(document)
    for top in section.blocks:
        if top.kind not in _HOLDERS or (calm and top.kind == "list"):
            continue
        for block in top.walk():
            if block.kind == "quote":
                for child in block.children:
                    if child.kind == "list":
                        yield from _indentation(document, child)
            if _in_parentheses(document, block):
                marks = [document.data.index(b")", item.start) for item in block.children]
                yield Problem(
                    document.at(block.start),
                    "Nomor daftar memakai kurung, `1)`; situs membacanya sebagai kalimat biasa.",
                    "Pakai titik: `1.`; `sigap validate --fix` dapat melakukannya.",
                    fix=tuple(Fix(mark, mark + 1, ".") for mark in marks),
                )
        if top.kind == "list":
            yield from _indentation(document, top)
    if not calm:
        yield from _fallen_out(document, section)


@fact("document")
def any_odd_indent(document: Document) -> bool:
    """Whether a line is indented by other than whole steps, or a list in a quote or in parentheses may be: quick."""
    return bool(_ODD_INDENT.search(document.data))


_ODD_INDENT = re.compile(rb"\n(?:(?: {4})*(?: {1,3}|\t)[^ \n\r]| +>|[ >]*\d{1,9}\))")


def _fallen_out(document: Document, section: Section) -> Iterator[Problem]:
    """Bullets below a number that are indented too little for GitHub: they end the numbered list.

    One finding for a run of lists: what was cut in two once is mostly cut at every number.
    """
    run: list[Block] = []
    for before, block in pairwise((*section.blocks, None)):
        if before and block and falls_out(document, before, block):
            run.append(block)
        elif run and not (before in run and block and block.kind == "list"):
            yield _too_shallow(document, run)
            run = []


def falls_out(document: Document, before: Block, block: Block) -> bool:
    """Whether a list was plainly meant to stand below an item of the numbered list above it."""
    return (
        before.kind == block.kind == "list"
        and before.label == "ordered"
        and _width(document, before) < _width(document, block) < _width(document, before) + STEP
    )


def _width(document: Document, block: Block) -> int:
    return len(document.data[document.line_start(block.start) : block.start].expandtabs(STEP))


def _too_shallow(document: Document, run: list[Block]) -> Problem:
    items = [item for block in run for item in block.children]
    simple = not any(child.kind in _OWN_LINE for item in items for child in item.children[1:])
    simple = simple and not any(child.kind == "list" for item in items for child in item.children)
    first = run[0]
    return Problem(
        document.at(first.start),
        f"Butir bertingkat ini menjorok {_width(document, first)} spasi; "
        "daftar bernomor di atasnya terputus, dan butir ini tidak menjadi bagiannya.",
        f"Jorokkan {STEP} spasi" + ("; `sigap validate --fix` dapat melakukannya." if simple else "."),
        fix=tuple(Fix(document.line_start(i.start), i.start, " " * STEP) for i in items) if simple else (),
    )


def _in_parentheses(document: Document, block: Block) -> bool:
    return block.kind == "list" and bool(_PARENTHESIS.match(document.data, block.children[0].start))


def lists_broken(document: Document, section: Section) -> bool:
    """Whether M901, M902 or M904 speaks of a list right under this heading, so that its items cannot be counted."""
    return (
        any(below.kind == "heading" for block in section.blocks for below in block.walk())
        or any(_indentations(document, section))
        or any(_stuck(document, section))
    )


def _indentation(document: Document, top: Block) -> Iterator[Problem]:
    """The first item or continued block of a list that is not indented as the site needs it."""
    fixes: list[Fix] = []
    first: tuple[Block, int, int] | None = None
    for block, depth in _below(top):
        if document.data[block.start - depth * STEP - 1 : block.start] == _RIGHT[min(depth, len(_RIGHT) - 1)]:
            continue  # nearly every item; what follows is slower
        start = document.line_start(block.start)
        if block.start - start > LONGEST_INDENT:
            continue
        if quoted := _QUOTED.match(document.data, start, block.start):
            start = quoted.end()
        indent = document.data[start : block.start]
        wanted, width = depth * STEP, len(indent.expandtabs(STEP))
        if indent.strip() or (width == wanted if block.kind == "item" else width >= wanted):
            continue
        first = first or (block, width, wanted)
        if block.kind == "item":
            fixes.append(Fix(start, block.start, " " * wanted))
        else:
            fixes = []  # moving items alone would leave what continues them behind
            break
    if first:
        block, found, wanted = first
        what = "Butir bertingkat ini" if block.kind == "item" else "Lanjutan butir ini"
        yield Problem(
            document.at(block.start),
            f"{what} menjorok {found} spasi; situs tidak membacanya sebagai bagian dari butir di atasnya.",
            f"Jorokkan {wanted} spasi" + ("; `sigap validate --fix` dapat melakukannya." if fixes else "."),
            fix=tuple(fixes),
        )


_RIGHT = [b"\n" + b" " * STEP * depth for depth in range(12)]


def _below(top: Block) -> Iterator[tuple[Block, int]]:
    """Items below a list, and blocks that continue an item on a line of their own, with the depth they belong to."""
    stack = [(top, 0)]
    while stack:
        block, depth = stack.pop()
        for item in block.children:
            if depth:
                yield item, depth
            yield from ((child, depth + 1) for child in item.children if child.kind in _OWN_LINE)
            stack.extend((child, depth + 1) for child in reversed(item.children) if child.kind == "list")


@rule("M902", "Judul yang dibaca berbeda", each="document")
def unlike_heading(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    in_outline = sum(1 for section in document.root.walk() if section.heading)
    if in_outline == len(document.of("heading")) and b"#" not in _outside_headings(document):
        return  # quick, for nearly every document is like that
    for section in document.root.walk():
        if section.heading and section.heading.label == AS_HASHES:
            yield _hashes(document, section.heading.start)
        for block in section.blocks:
            for below in block.walk() if block.kind in _HOLDERS else (block,):
                if below.kind == "heading":
                    yield Problem(
                        document.at(below.start),
                        f"Judul “{below.text}” ada di dalam {_WHERE.get(block.kind, block.kind)}.",
                        "Keluarkan judulnya, atau jadikan kalimat biasa.",
                    )
                elif below.kind == "paragraph" and "#" in below.text:
                    for match in _HASH_LINE.finditer(document.source(below)):
                        yield _hashes(document, below.start + len(match.string[: match.end()].encode()))
                        break


def _outside_headings(document: Document) -> bytes:
    """The text without its headings, one line each."""
    pieces, at = [], document.body
    for heading in document.of("heading"):
        if heading.label != AS_HASHES:
            pieces.append(document.data[at : heading.start])
            at = heading.end
    return b"".join([*pieces, document.data[at:]])


_WHERE = {"list": "daftar", "quote": "kutipan atau kotak", "footnote": "catatan kaki"}
_HASH_LINE = re.compile(r"^[ >]*(?=#{1,6}[^#\s])", re.MULTILINE)


def _hashes(document: Document, start: int) -> Problem:
    end = start
    while document.data[end : end + 1] == b"#":
        end += 1
    marks = "#" * (end - start)
    return Problem(
        document.at(start),
        f"Baris diawali `{marks}` tanpa spasi; situs membacanya sebagai judul, GitHub tidak.",
        f"Beri spasi sesudah `{marks}` bila ini judul; bila bukan, tulis `\\#` atau ubah awal barisnya.",
        fix=(Fix(end, end, " "),),
    )


@rule("M903", "Tabel yang tidak terbaca sebagai tabel", each="document")
def unseen_table(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    if not any(paragraph.label for paragraph in document.of("paragraph")):
        sections = [Section(None, tuple(document.of("table")), ())]
    else:
        sections = list(document.root.walk())
    for section in sections:
        apart = stray_rows(section)
        for top in section.blocks:
            for block in top.walk() if top.kind in _HOLDERS else (top,):
                if block in apart or (block.kind == "paragraph" and block.label == "rows"):
                    yield Problem(
                        document.at(_first_row(document, block)),
                        "Baris-baris ini tampak seperti tabel, tetapi tidak terbaca sebagai tabel.",
                        "Beri baris `|---|---|` dengan jumlah kolom yang sama di bawah kepala tabel; "
                        "bila tabelnya ada di atas, hapus baris kosong di antaranya.",
                    )
                elif block.kind == "table" and not _blank_before(document, block):
                    yield Problem(
                        document.at(block.start),
                        "Tabel menempel pada teks di atasnya; situs tidak membacanya sebagai tabel.",
                        "Beri satu baris kosong di atas tabel.",
                        fix=_blank_line(document, block),
                    )


_ROW_START = re.compile(rb"^[\s>]*(?=\|)", re.MULTILINE)


def _first_row(document: Document, block: Block) -> int:
    if document.data.startswith(b"|", block.start):
        return block.start
    first = _ROW_START.search(document.data, block.start, block.end)
    return first.end() if first else block.start


@rule("M904", "Daftar atau kutipan yang dibaca sebagai lanjutan", each="document")
def missing_blank_line(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for section in document.root.walk():
        yield from _stuck(document, section)
    for item in document.of("item") if document.of("code") else ():
        code = item.children[0] if item.children and item.children[0].kind == "code" else None
        if code and document.line_start(code.start) <= item.start:
            yield Problem(
                document.at(code.start),
                "Kotak kode dimulai di baris tanda butirnya; situs tidak membacanya sebagai kotak kode.",
                f"Tulis kalimat pengantar di baris itu, lalu kotaknya sesudah baris kosong, menjorok {STEP} spasi.",
            )


def _stuck(document: Document, section: Section) -> Iterator[Problem]:
    told: set[int] = set()
    fallen: set[int] = set()
    for before, block in _neighbours(section):
        kind = _STICKY.get(before.kind, "butir")
        if block.kind not in ("list", "quote") or _in_parentheses(document, block) or _in_parentheses(document, before):
            continue  # it is no list, or M901 speaks
        if falls_out(document, before, block) or before.start in fallen:
            fallen.add(block.start)
            continue  # M901 speaks, also of the list that goes on below
        if before.kind == block.kind == "list" and before.label == block.label == "":
            mark, other = (document.data[one.start : one.start + 1].decode() for one in (before, block))
            problem = Problem(
                document.at(block.start),
                f"Tanda butir berganti dari `{mark}` ke `{other}`: GitHub melihat daftar baru, situs daftar yang sama.",
                f"Pakai `{mark}` untuk semua butir, atau tulis kalimat di antara kedua daftar.",
                fix=tuple(Fix(item.start, item.start + 1, mark) for item in block.children),
            )
        elif _blank_before(document, block):
            continue
        else:
            what = "Daftar" if block.kind == "list" else "Kutipan"
            problem = Problem(
                document.at(block.start),
                f"{what} menempel pada {kind} di atasnya; situs membacanya sebagai kelanjutannya.",
                f"Beri satu baris kosong di atas {what.lower()} ini.",
                fix=_blank_line(document, block),
            )
        if before.start not in told:  # a list that is cut in two twice is one defect
            yield problem
        told.add(block.start)


_STICKY = {"paragraph": "paragraf", "list": "daftar", "quote": "kutipan", "table": "tabel", "code": "kotak kode"}


def _neighbours(section: Section) -> Iterator[tuple[Block, Block]]:
    """Lists and quotes with what stands right above them, where the site would join the two."""
    groups = [("", section.blocks, section.blocks[:0])]
    for top in section.blocks:
        if top.kind in _HOLDERS:
            inner = [b for b in top.walk() if b.children and b.kind in ("item", "quote", "footnote")]
            groups += [(b.kind, b.children, (b,)) for b in inner]
    for kind, blocks, owner in groups:
        if kind == "item" and blocks and blocks[0].kind == "quote":
            yield owner[0], blocks[0]
        for number, (before, block) in enumerate(pairwise(blocks)):
            if before.kind not in _STICKY:
                continue
            own_list = block.kind == "list" and kind == "item" and number == 0 and before.kind == "paragraph"
            apart = block.kind == "quote" and kind != "item" and before.kind != "list"
            if not own_list and not apart:
                yield before, block


def _blank_before(document: Document, block: Block) -> bool:
    line = document.line_number(block.start)
    above = document.line(line - 1).strip()
    return line == 1 or not above.strip("> ") or above == "---" or above.startswith("#")


def _blank_line(document: Document, block: Block) -> tuple[Fix, ...]:
    start = document.line_start(block.start)
    return () if document.data[start : block.start].strip() else (Fix(start, start, "\n"),)


@rule("M907", "Tanda butir yang bukan daftar", each="document")
def odd_bullets(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    if not _ODD_BULLET_BYTES.search(document.data):
        return
    for block in document.of("paragraph"):
        source = document.source(block)
        offsets = Offsets(source)
        lines = list(_ODD_BULLET.finditer(source))
        if not lines or (lines[0]["mark"] in "–—" and len(lines) < 2):
            continue  # a dash may begin a sentence
        places = [(block.start + offsets.at(m.start("mark")), block.start + offsets.at(m.end())) for m in lines]
        yield Problem(
            document.at(places[0][0]),
            f"Baris diawali “{lines[0]['mark']}”, yang bukan tanda daftar: semuanya terbaca sebagai satu paragraf.",
            "Awali setiap butir dengan `- `; `sigap validate --fix` dapat melakukannya.",
            fix=tuple(Fix(start, end, "- ") for start, end in places),
        )


_ODD_BULLET_BYTES = re.compile("\n[ >]*(?:•|▪|●|◦|‣|·|∙|–|—)".encode())
_ODD_BULLET = re.compile(r"(?m)^[ >]*(?P<mark>[•▪●◦‣·∙–—])[ \t\u00a0]+")


@rule("M910", "Kotak kode atau komentar yang tidak ditutup", each="document", alone=True)
def unclosed_fence(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for block in document.of("code"):
        opening = _FENCE.match(document.source(block))
        if opening and not _closes(document.source(block), opening[1]):
            yield Problem(
                document.at(block.start + opening.start(1)),
                f"Kotak kode dibuka dengan `{opening[1]}` tetapi tidak ditutup; yang di bawahnya terbaca sebagai kode.",
                f"Tulis `{opening[1]}` sendiri di baris sesudah isi kotaknya.",
            )
            return
    for block in document.html:
        source = document.source(block)
        if source.lstrip().startswith("<!--") and "-->" not in source:
            yield Problem(
                document.at(block.start),
                "Komentar dibuka dengan `<!--` tetapi tidak ditutup; semua di bawahnya tidak terbaca.",
                "Tulis `-->` di akhir komentarnya.",
            )
            return


_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")


def _closes(source: str, fence: str) -> bool:
    """Whether the last line of a fenced block closes it."""
    *above, last = source.rstrip().split("\n")
    last = last.strip(" \t>")
    return bool(above) and len(last) >= len(fence) and not last.strip(fence[0])


# --- Tables and callouts --------------------------------------------------------------------------------------------


@rule("M905", "Baris tabel tidak sebanyak kolomnya", each="document")
def uneven_row(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for block in document.of("table"):
        if not block.children:
            continue
        wanted = len(block.children[0].children)
        for row in block.children[1:]:
            if row.level != wanted:
                yield Problem(
                    document.at(row.start),
                    f"Baris ini punya {row.level} sel, sedangkan kepala tabelnya {wanted}.",
                    "Tanda `|` di dalam sel ditulis `\\|`; teks di bawah tabel perlu satu baris kosong di atasnya."
                    if row.level > wanted
                    else "Tambahkan `|` yang kurang; bila ini teks di bawah tabel, beri satu baris kosong di atasnya.",
                )


CALLOUTS = ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION")
_CALLOUT = re.compile(r"\s*\[!([\w -]{2,20})\]")


@rule("M906", "Kotak yang tidak dikenal", each="document")
def unknown_callout(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    if b"[!" not in document.data:
        return
    for block in document.of("paragraph"):
        if "[!" in block.text and (match := _CALLOUT.match(block.text)):
            word = match[1].strip().upper()
            near = word if word in CALLOUTS else _CALLOUT_WORDS.get(word) or nearest(word, CALLOUTS)
            yield Problem(
                document.at(block.start),
                f"`[!{match[1]}]` tidak membuka kotak.",
                f"Tulis `> [!{near or 'NOTE'}]` sendiri di barisnya, lalu isinya di baris `>` berikutnya. "
                f"Yang dikenal: {', '.join(CALLOUTS)}.",
            )


_CALLOUT_WORDS = {
    "CATATAN": "NOTE",
    "INFO": "NOTE",
    "KIAT": "TIP",
    "SARAN": "TIP",
    "PENTING": "IMPORTANT",
    "PERINGATAN": "WARNING",
    "AWAS": "WARNING",
    "BAHAYA": "CAUTION",
    "PERHATIAN": "CAUTION",
}
