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
    """A number as Indonesians write it, with two decimals at most: 1.234,5."""
    text = f"{value:,.2f}".rstrip("0").removesuffix(".")
    return text.translate(str.maketrans(",.", ".,"))


def lessons(minutes: int, curriculum: Curriculum) -> str:
    """Minutes as text in lesson hours: `2 JP`, `1,5 JP`; with the minutes where two decimals do not say it exactly."""
    exact = curriculum.lessons(minutes)
    return f"{number(exact)} JP" + ("" if round(exact, 2) == exact else f" ({number(minutes)} menit)")


def hours_text(hours: Hours | None) -> str:
    """`6 JP (T 2, P 4, PL 0)`."""
    if hours is None:
        return "belum dihitung"
    return f"{hours.total} JP (" + ", ".join(f"{mode} {hours.of(mode)}" for mode in Mode) + ")"


def split(hours: Hours) -> str:
    """`T 2, P 4`: the modes that have hours."""
    return ", ".join(f"{mode} {hours.of(mode)}" for mode in Mode if hours.of(mode))


def day(when: object) -> str:
    """A date as `24 November 2026`."""
    year, month, number_ = (int(part) for part in str(when).split("-"))
    return f"{number_} {MONTHS[month - 1]} {year}"


_UNSEEN = {code: 0xFFFD for code in (*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def visible(text: str) -> str:
    """A text in which a terminal finds nothing to obey and no reader is misled: control characters are shown as �."""
    return text.translate(_UNSEEN)
