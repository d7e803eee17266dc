"""The curriculum on one sheet: modules, what each needs first, and which programmes teach it. A drawing and a list."""

from __future__ import annotations

import html
import posixpath
from collections.abc import Iterator

from .. import vocabulary
from ..addresses import uri
from ..document import Document
from ..markdown_out import Md, box, joined, md
from ..model import Curriculum, Module, Programme
from .module import module_link, programme_link

FILE = "peta.svg"
ROW, TOP, LEFT, TEXT, COLUMN = 36, 44, 58, 236, 20
"""Heights and widths of the drawing: a row, its head, the arcs, the text, a programme."""
TITLE = 34
"""Letters of a title that fit in `TEXT`."""
STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#1a2b29}.k{font-weight:700}.s{fill:#4a5957}"
    ".p{fill:none;stroke:#0b5d57;stroke-width:1.4}.d{fill:#0b5d57}.g{fill:#f2f7f6}.b{fill:#fff}.l{stroke:#c9d6d4}"
)


def chart(page: Document, curriculum: Curriculum) -> Md:
    """The drawing, and the same as a list, which says it to whoever cannot see it and has the links."""
    modules, programmes = _modules(curriculum), _programmes(curriculum)
    here = uri(page.path)
    said = f"{len(modules)} modul, prasyaratnya, dan {len(programmes)} program yang memuatnya"
    picture = md("![Peta kurikulum: {}. Isinya tertulis dalam daftar di bawah gambar.]({})", said, Md(FILE))
    lines = []
    for module in modules:
        needed = joined(", ", (kode for kode in module.prerequisites)) or "tidak ada"
        leads = joined(", ", (other.kode for other in modules if module.kode in other.prerequisites))
        taught = joined(", ", (programme_link(p, here) for p in programmes if module.kode in p.module_kodes))
        lines.append(
            md("- {} {}: prasyarat {}", module.kode, module_link(module, here), needed)
            + (md("; membuka {}", leads) if leads else "")
            + (md("; dalam {}", taught) if taught else "; di luar program")
            + "."
        )
    return Md(f"{box('peta', picture)}\n{box('ringkas', joined(chr(10), map(Md, lines)))}")


def svg(curriculum: Curriculum) -> str:
    """The drawing: a row for each module, arcs from what it needs, a column of dots for each programme."""
    modules, programmes = _modules(curriculum), _programmes(curriculum)
    place = {module.kode: TOP + ROW * at + ROW // 2 for at, module in enumerate(modules)}
    width = LEFT + TEXT + COLUMN * len(programmes) + 6
    height = TOP + ROW * len(modules) + 18 * len(programmes) + 40
    body = [*_rows(modules, place, width), *_arcs(modules, place), *_dots(modules, programmes, place, width)]
    foot = TOP + ROW * len(modules) + 22
    for number, programme in enumerate(programmes, 1):
        body.append(_text(8, foot + 18 * number, f"{number}: {programme.title}", "s"))
    body.append(_text(8, foot, "Panah: prasyarat ke modul. Titik: dimuat program.", "s"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img"><title>Peta kurikulum</title><desc>Modul, prasyarat, dan program.</desc><style>{STYLE}</style>'
        '<defs><marker id="m" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="6" markerHeight="6" orient="auto">'
        '<path class="d" d="M0 0L6 3L0 6z"/></marker></defs>'
        f'<rect class="b" width="{width}" height="{height}"/>\n' + "\n".join(body) + "\n</svg>\n"
    )


def _rows(modules: list[Module], place: dict[str, int], width: int) -> Iterator[str]:
    for at, module in enumerate(modules):
        y = place[module.kode]
        if at % 2 == 0:
            yield f'<rect class="g" x="{LEFT}" y="{y - ROW // 2}" width="{width - LEFT}" height="{ROW}"/>'
        hours = f"{module.hours.total} JP, " if module.hours else ""
        group = vocabulary.GROUPS.get(module.group, module.group).lower()
        title = module.title if len(module.title) <= TITLE else module.title[: TITLE - 1].rstrip() + "…"
        yield _text(LEFT + 6, y - 3, f"{module.kode} · {hours}{group}", "k")
        yield _text(LEFT + 6, y + 12, title)


def _arcs(modules: list[Module], place: dict[str, int]) -> Iterator[str]:
    for module in modules:
        for needed in module.prerequisites:
            if needed in place and needed != module.kode:
                start, end = place[needed], place[module.kode]
                bow = min(LEFT - 8, 10 + abs(end - start) // 9)
                shift = 5 if end > start else -5  # arcs end above or below the middle, so that they can be told apart
                yield (
                    f'<path class="p" marker-end="url(#m)" d="M{LEFT} {start + shift}C{LEFT - bow * 4 // 3} '
                    f'{start + shift} {LEFT - bow * 4 // 3} {end - shift} {LEFT - 1} {end - shift}"/>'
                )


def _dots(modules: list[Module], programmes: list[Programme], place: dict[str, int], width: int) -> Iterator[str]:
    for number, programme in enumerate(programmes, 1):
        x = LEFT + TEXT + COLUMN * number - COLUMN // 2
        yield f'<path class="l" d="M{x} {TOP - 4}V{TOP + ROW * len(modules)}"/>'
        yield _text(x - 4, TOP - 10, str(number), "k")
        for module in modules:
            if module.kode in programme.module_kodes:
                yield f'<circle class="d" cx="{x}" cy="{place[module.kode]}" r="5"/>'
    if programmes:
        yield _text(LEFT + TEXT - 6, 16, "Program", "s")


def _text(x: int, y: int, words: str, kind: str = "") -> str:
    mark = f' class="{kind}"' if kind else ""
    return f'<text{mark} x="{x}" y="{y}">{html.escape(words)}</text>'


def _modules(curriculum: Curriculum) -> list[Module]:
    return [m for kode, m in sorted(curriculum.by_kode.items()) if kode and m.status != vocabulary.WITHDRAWN]


def _programmes(curriculum: Curriculum) -> list[Programme]:
    return sorted(curriculum.programmes, key=lambda p: (p.lesson_hours or 0, p.kode))


def place(page: Document) -> str:
    """Where the drawing of a page stands: beside it."""
    return posixpath.join(posixpath.dirname(uri(page.path)), FILE)
