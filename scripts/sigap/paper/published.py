"""The packs that an edition publishes: their paths on the site, and what makes those that do not stand there yet."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from functools import partial
from pathlib import Path

from ..errors import Trouble
from ..model import Curriculum, Module, Programme
from ..pages.programme_tests import programme_tests
from . import press
from .packs import (
    FILE_NAMES,
    PROGRAMME,
    Pack,
    around,
    can_be_packed,
    module_pack,
    pack_contents,
    programme_code,
    programme_pack,
)
from .programme_tests import TEST_NAMES, TESTS, pack_of_test
from .state import module_code

FOLDER = "berkas"
"""Where packs lie below the site's root."""
LIST = f"{FOLDER}/daftar.json"
"""Every pack that stands there with its pages and bytes."""
NAMES = FILE_NAMES | TEST_NAMES


def pack_files(
    curriculum: Curriculum, root: Path, known: Container[str] = (), *, address: str = "", lenient: bool = False
) -> Iterator[tuple[str, bytes | None]]:
    """The packs of every module and programme that can be packed, as files below the site's root.

    They are named by what they hold: `berkas/TK-05-lembar-….pdf`. `known` are the paths on the branch already: they are
    not made again, and None stands for them. A pack stands once for all editions that share its content; the same
    content set with another look or typst has another name. Raises Trouble for what cannot be set; where that can no
    longer be mended (`lenient`) the pack is left out.
    """
    for path, make in _to_make(curriculum, root, address):
        if path in known:
            yield path, None
            continue
        try:
            made = make()
        except Trouble:
            if not lenient:
                raise
        else:
            yield path, made.data


def _to_make(curriculum: Curriculum, root: Path, address: str) -> Iterator[tuple[str, Callable[[], Pack]]]:
    """The path of every pack, and what makes it."""
    for module in filter(can_be_packed, curriculum.modules):
        places = pack_places(module, curriculum, address)
        for (title, path), body in zip(places, pack_contents(module, curriculum).values(), strict=True):
            yield path, partial(module_pack, title, body, module, root, address)
    for programme in curriculum.programmes:
        for title, path in pack_places(programme, curriculum, address):
            if title == PROGRAMME:
                yield path, partial(programme_pack, programme, curriculum, root, address=address)
            else:
                yield path, partial(pack_of_test, title, programme, curriculum, root, address=address)


def pack_places(what: Module | Programme, curriculum: Curriculum, address: str) -> list[tuple[str, str]]:
    """The packs of a module or programme as titles and paths from the site's root; empty where it cannot be packed."""
    if isinstance(what, Module):
        titles = list(pack_contents(what, curriculum)) if can_be_packed(what) else []
        code, look = module_code(what), press.look(address + around(what, curriculum))
    else:
        titles = [PROGRAMME] if any(map(can_be_packed, curriculum.modules_of(what))) else []
        titles += TESTS if titles and programme_tests(what, curriculum) else ()
        code, look = programme_code(what, curriculum), press.look(address)
    return [(title, f"{FOLDER}/{what.kode}-{NAMES[title]}-{code}-{look}.pdf") for title in titles]


def facts(data: bytes) -> tuple[int, int]:
    """What a link to a pack says of it: pages and bytes."""
    return press.pages(data), len(data)
