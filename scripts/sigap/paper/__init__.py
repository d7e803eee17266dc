"""Packs to print: a module's facilitator book, sheets and cards, and a programme's booklet, as PDF by typst.

In: the curriculum as it was read. Out: packs, each with its bytes. Everything is set from the same Markdown that the
site shows; what cannot be set is refused by name (`Trouble`), never left out.
"""

from .card import CARD_SIZE, card_files, card_place, icon
from .check import CHECK, check_files
from .packs import FOLDER, Pack, can_be_packed, module_packs, pack_files, pack_places, programme_pack
from .state import address, short_code, state_digest

__all__ = [
    "CARD_SIZE",
    "CHECK",
    "FOLDER",
    "Pack",
    "address",
    "can_be_packed",
    "card_files",
    "card_place",
    "check_files",
    "icon",
    "module_packs",
    "pack_files",
    "pack_places",
    "programme_pack",
    "short_code",
    "state_digest",
]
