"""Packs to print: a module's facilitator book, sheets and cards, and a programme's booklet and tests, as PDF by typst.

In: the curriculum as it was read. Out: packs, each with its bytes. Everything is set from the same Markdown that the
site shows; what cannot be set is refused by name (`Trouble`), never left out.
"""

from .card import CARD_SIZE, card_files, card_place, icon
from .check import CHECK, check_files
from .packs import Pack, can_be_packed, module_packs, programme_pack
from .programme_tests import packs_of_tests
from .published import FOLDER, LIST, facts, pack_files, pack_places
from .state import address, short_code, state_digest

__all__ = [
    "CARD_SIZE",
    "CHECK",
    "FOLDER",
    "LIST",
    "Pack",
    "address",
    "can_be_packed",
    "card_files",
    "card_place",
    "check_files",
    "facts",
    "icon",
    "module_packs",
    "pack_files",
    "pack_places",
    "packs_of_tests",
    "programme_pack",
    "short_code",
    "state_digest",
]
