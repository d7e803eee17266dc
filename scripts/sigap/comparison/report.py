"""A comparison as text for a terminal or Markdown for a pull request. Plain functions: comparison in, text out."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from .. import markdown_out
from ..compare.bumps import STATUS_LABELS, STRUCTURE, Status
from ..compare.change import Change, words_text
from ..compare.changes import Comparison, ModuleChange, data
from ..compare.programmes import ProgrammeChange, missed
from ..labels import split
from ..model import Finding, Hours

NO_HOURS = "–"
IN_FULL = frozenset({"hours-changed", "session-added", "session-removed", "session-retimed", "title-changed"})
"""Kinds whose figures or words belong into the table on top; of the others it says what and where."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a formatter may speak of: the comparison, the names of its sides, the address of `/banding/` if there is
    one, whether to paint, what the rules say of the new side where it is no published edition, and how the host of a
    proposal addresses its lines for an answer (`answering`)."""

    comparison: Comparison
    old: str
    new: str
    url: str = ""
    colour: bool = False
    findings: tuple[Finding, ...] = ()
    review: str = ""


def as_json(report: Report) -> str:
    """What `compare --format json` promises."""
    return json.dumps(data(report.comparison, report.old, report.new), ensure_ascii=False, indent=2) + "\n"


def hours_text(hours: Hours | None) -> str:
    """`6 JP (T 2, P 4)`."""
    if hours is None:
        return NO_HOURS
    shares = split(hours)
    return f"{hours.total} JP" + (f" ({shares})" if shares else "")


def totals(comparison: Comparison) -> tuple[Hours, Hours]:
    """The declared hours of all modules on either side."""
    one, two = (
        sum((module.hours for module in side.by_kode.values() if module.hours), Hours())
        for side in (comparison.old, comparison.new)
    )
    return one, two


def summary(report: Report) -> str:
    """The first line: how many modules became what, and the hours of all."""
    comparison = report.comparison
    counts = {status: sum(module.status is status for module in comparison.modules) for status in Status}
    named = ", ".join(f"{count} {STATUS_LABELS[status]}" for status, count in counts.items() if count) or "tidak ada"
    return f"{report.old} → {report.new}: modul {named}; {_arrow(*map(hours_text, totals(comparison)))}."


def _arrow(old: str, new: str) -> str:
    return old if old == new else f"{old} → {new}"


def _hours(module: ModuleChange) -> str:
    return _arrow(*(hours_text(side.hours) if side else NO_HOURS for side in (module.old, module.new)))


def _versions(module: ModuleChange) -> str:
    return _arrow(*(version or NO_HOURS for version in module.versions))


def _verdict(module: ModuleChange) -> str:
    """What the version should have been; empty where it rose by enough."""
    if module.enough:
        return ""
    return f"versi naik kurang: perlu {module.required.label}, paling rendah {module.least}"


def verdict(module: ModuleChange) -> str:
    """Whether a version rose by as much as its changes need, in words."""
    rose = {0: "Versi tidak naik"}.get(module.declared, f"Versi naik {module.declared.label}")
    if not module.required:
        return f"{rose} ({_versions(module)}); perubahannya tidak memerlukan kenaikan."
    need = f"{rose} ({_versions(module)}); perubahannya memerlukan paling sedikit kenaikan {module.required.label}"
    return f"{need}: cukup." if module.enough else f"{need}: kurang, paling rendah {module.least}."


def ordered(changes: Sequence[Change]) -> list[Change]:
    """Hours and structure first, wording last, each in reading order."""
    return sorted(changes, key=lambda change: (change.kind != "hours-changed", change.kind not in STRUCTURE))


GAPS = "Yang belum dipelajari pemegang surat keterangan lama"


def news(module: ModuleChange) -> list[str]:
    """What is new to whoever took a module before: its added indicators and sessions."""
    both = module.old and module.new
    return [c.whole for c in module.changes if both and c.kind in ("indicator-added", "session-added")]


def gaps(comparison: Comparison) -> Iterator[tuple[str, list[str]]]:
    """By programme, what the holder of a certificate of its old state did not learn; programmes without gaps are not
    told."""
    known = {module.kode: news(module) for module in comparison.modules}
    for one in comparison.programmes:
        if one.old and one.new:
            found = list(missed(one.old, one.new, comparison.new, lambda kode: known.get(kode, [])))
            if found:
                yield f"{one.kode} {one.title}", found


# --- Terminal -------------------------------------------------------------------------------------------------------


def text(report: Report) -> str:
    """A summary that a reviewer can read in a terminal: a paragraph for each module that is not as it was."""
    comparison = report.comparison
    blocks = [[summary(report)]]
    for module in comparison.changed:
        words = words_text(module.words) if module.words else "kata tetap"
        head = f"{_paint(module.kode, '1', report)} {module.title}: {STATUS_LABELS[module.status]}"
        lines = [head, f"  versi {_versions(module)} · {_hours(module)} · {words}"]
        if verdict := _verdict(module):
            lines.append(_paint(f"  ! {verdict}", "31", report))
        if module.old and module.new:
            lines += [f"  - {change.sentence}" for change in ordered(module.changes)]
        blocks.append(lines)
    for programme in comparison.programmes:
        if programme.changes:
            head = f"{_paint(programme.kode, '1', report)} {programme.title}: {STATUS_LABELS[programme.status]}"
            blocks.append([head, *_sentences(programme)])
    if comparison.policy:
        blocks.append([_paint("Kebijakan", "1", report), *(f"  - {change.sentence}" for change in comparison.policy)])
    for name, found in gaps(comparison):
        blocks.append([_paint(f"{GAPS}: {name}", "1", report), *(f"  - {one}" for one in found)])
    return "\n\n".join("\n".join(lines) for lines in blocks) + "\n"


def _sentences(programme: ProgrammeChange) -> list[str]:
    return [f"  - {change.sentence}" for change in programme.changes] if programme.old and programme.new else []


def _paint(what: str, style: str, report: Report) -> str:
    return f"\x1b[{style}m{what}\x1b[0m" if report.colour else what


# --- Pull request ---------------------------------------------------------------------------------------------------


def markdown(report: Report) -> str:
    """A pull-request comment: hours and structure in a table on top, everything else folded below.

    GitHub takes 65,536 characters; what does not fit is left out, and a line says so.
    """
    comparison = report.comparison
    head = [f"**{escape(summary(report))}**", ""]
    if short := comparison.insufficient:
        head += [
            "> [!WARNING]",
            *_fitting([f"> {escape(f'{m.kode}: {_verdict(m)}.')}" for m in short], 10_000, "> "),
            "",
        ]
    if comparison.changed:
        head += ["| Modul | Keadaan | Versi | Perlu naik | JP | Jam dan susunan |", "|---|---|---|---|---|---|"]
        head += _fitting([f"| {' | '.join(_row(m, report))} |" for m in comparison.changed], 25_000, "\n")
        head.append("")
    details = [
        _folded(f"{m.kode} {m.title}: {len(m.changes)} perubahan, {words_text(m.words)}", ordered(m.changes))
        for m in comparison.changed
        if m.old and m.new and m.changes
    ]
    details += [_folded(f"Program {p.kode} {p.title}", p.changes) for p in comparison.programmes if p.changes]
    details += [_folded("Kebijakan", comparison.policy)] if comparison.policy else []
    details += [_folded(f"{GAPS}: {name}", found) for name, found in gaps(comparison)]
    return "\n".join([*head, *_fitting(details, 25_000)]).rstrip("\n") + "\n"


def _fitting(pieces: Sequence[str], room: int, before: str = "") -> list[str]:
    """As many pieces as there is room for, and a line that says how many were left out."""
    found: list[str] = []
    for number, piece in enumerate(pieces):
        room -= len(piece) + 1
        if room < 0:
            rest = len(pieces) - number
            return [*found, f"{before}Dan {rest} lagi; lengkapnya dengan `sigap compare`."]
        found.append(piece)
    return found


def _row(module: ModuleChange, report: Report) -> Iterator[str]:
    """The cells of one module."""
    name = escape(f"{module.kode} {module.title}")
    query = urlencode({"modul": module.kode, "dari": report.old, "ke": report.new})
    yield markdown_out.link(name, f"{report.url}?{query}") if report.url else name
    yield STATUS_LABELS[module.status]
    yield escape(_versions(module))
    yield module.required.label if module.old and module.new else NO_HOURS
    yield _hours(module)
    first = [change for change in ordered(module.changes) if change.kind in STRUCTURE and module.old and module.new]
    told = [escape(change.sentence if change.kind in IN_FULL else change.headline) for change in first]
    yield "<br>".join(_fitting(told, 2_000)) or NO_HOURS


def _folded(title: str, told: Sequence[Change | str]) -> str:
    sentences = [one if isinstance(one, str) else one.sentence for one in told]
    items = _fitting([f"- {escape(sentence)}" for sentence in sentences], 8_000, "- ")
    summary_line = f"<summary>{html.escape(_quiet(title), quote=False)}</summary>"
    return "\n".join(["<details>", summary_line, "", *items, "", "</details>", ""])


def escape(what: str) -> markdown_out.Md:
    """Text as it stands in a Markdown line or table cell, its own markup without effect."""
    return markdown_out.escape(_quiet(what))


def _quiet(what: str) -> str:
    """Text that mentions nobody and no issue: a word joiner after each `@` and `#`."""
    return what.replace("@", "@\u2060").replace("#", "#\u2060")


FORMATS: dict[str, Callable[[Report], str]] = {"text": text, "json": as_json, "markdown": markdown}
