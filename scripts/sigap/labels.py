"""Numbers, dates and hours as Indonesian readers see them: formatted here, at the edge, and nowhere else."""

from __future__ import annotations

from .model import Curriculum, Hours, Mode

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def number(value: float) -> str:
    """A number as Indonesians write it: 1.234,5."""
    text = f"{value:,.1f}".removesuffix(".0")
    return text.translate(str.maketrans(",.", ".,"))


def lessons(minutes: int, curriculum: Curriculum) -> str:
    """Minutes as text in lesson hours: `2 JP`, `1,5 JP`."""
    return f"{number(curriculum.lessons(minutes))} JP"


def hours_text(hours: Hours | None) -> str:
    """`6 JP (T 2, P 4, PL 0)`."""
    if hours is None:
        return "belum dihitung"
    return f"{hours.total} JP (" + ", ".join(f"{mode} {hours.of(mode)}" for mode in Mode) + ")"


def day(when: object) -> str:
    """A date as `24 November 2026`."""
    year, month, number_ = (int(part) for part in str(when).split("-"))
    return f"{number_} {MONTHS[month - 1]} {year}"
