"""W: waivers. A waiver that waives nothing is found by the runner, which alone knows what was waived."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Curriculum, Document, Problem, Severity
from . import registry, rule, waivers_in


@rule("W901", "Pengecualian tanpa alasan atau tanpa guna", each="document", severity=Severity.WARNING)
def useless_waiver(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    if b"sigap:" not in document.data:
        return
    for waiver in waivers_in(document):
        if not waiver.reason:
            yield Problem(
                waiver.location,
                f"Pengecualian {waiver.code} tidak menyebut alasan, jadi tidak berlaku.",
                f"Tulis alasannya: `<!-- sigap: abaikan {waiver.code} alasan … -->`.",
            )
        elif waiver.code not in registry():
            yield Problem(
                waiver.location,
                f"Pengecualian menyebut aturan {waiver.code}, yang tidak ada.",
                "Periksa kodenya dengan `sigap rules`.",
            )
