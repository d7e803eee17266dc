"""A proposal as one comment in the host's own review. Every text in it may be hostile: it is text and stays text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from ..compare.bumps import BUMP_LABELS, STATUS_LABELS, Bump, Status
from ..compare.change import words_text
from ..comparison.report import escape
from ..words import Words as Counted
from .data import NAME, Jp, Module, Proposal, enough

MARKER = "<!-- sigap: usulan -->"
"""By this first line the comment is found again and updated in place."""
ROOM = 60_000
"""Characters of the whole; GitHub takes 65,536."""


def markdown(made: Proposal, *, site: str = "", download: str = "", rule_pages: str = "") -> str:
    """The comment. `site` is where the preview can be read, `download` where it can be fetched; `rule_pages` the
    address of the rules' pages. Only these become links.
    """
    parts = [MARKER, f"**Usulan ini terhadap {text(made.base)}**: {_summary(made)}", ""]
    if made.preview:
        parts += ["> [!WARNING]", f"> Pratinjau tidak dapat dibangun: {text(made.preview)}", ""]
    if short := [module for module in made.modules if not enough(module)]:
        lines = [
            f"> - {text(m.kode)}: perlu {_bump(m.required_bump)}, paling rendah `versi: {_code(m.least)}`"
            for m in short
        ]
        parts += ["> [!WARNING]", "> Versi naik kurang dari yang diperlukan.", ">", *_fitting(lines, 4_000, "> - "), ""]
    parts += _links(site, download)
    parts += _modules(made, site)
    parts += _programmes(made)
    parts += _findings(made, rule_pages)
    parts += _sheets(made)
    parts += _details(made)
    if made.left_out:
        parts += [f"{made.left_out} butir tidak dimuat; lengkapnya dengan `sigap compare` dan `sigap validate`.", ""]
    return "\n".join(parts).rstrip("\n") + "\n"


def text(what: str) -> str:
    """Text as it stands in a line or table cell: no markup, address, mention, formula or command of any host."""
    return escape(_calm(what)).replace("$", "\\$").replace("{", "&#123;")


def _calm(what: str) -> str:
    """Text with a word joiner where a host would make a link or a command of what follows."""
    return _LOUD.sub(lambda match: match[0] + "\u2060", what)


_LOUD = re.compile(r"(?i):(?=//)|\bwww\.|\bGH-|\b(?:mailto|xmpp|javascript|data):|(?<![\w.])[!%&~/](?=\w)")
"""Addresses, and the short references of hosts: `GH-12`, `!12`, `%12`, `&12`, `/close`."""


def _code(version: str) -> str:
    return re.sub(r"[^0-9.]", "", version)


def _bump(word: str) -> str:
    return BUMP_LABELS[Bump[word.upper()]]


def _status(word: str) -> str:
    return STATUS_LABELS[Status(word)]


def _summary(made: Proposal) -> str:
    count = len(made.modules)
    found = [f"{count} modul berubah" if count else "tidak ada modul yang berubah", _arrow(*map(_jp, made.hours))]
    found.append(f"{made.errors} galat, {made.warnings} peringatan" if made.errors + made.warnings else "bersih")
    if made.sheets:
        found.append(f"{len(made.sheets)} lampiran perlu dicetak ulang atau dibuang")
    return "; ".join(found) + "."


def _jp(hours: Jp | None) -> str:
    if hours is None:
        return "–"
    split = ((hours.teori, "T"), (hours.penugasan, "P"), (hours.lapangan, "PL"))
    named = ", ".join(f"{mode} {count}" for count, mode in split if count)
    return f"{hours.total} JP" + (f" ({named})" if named else "")


def _arrow(old: str, new: str) -> str:
    return old if old == new else f"{old} → {new}"


def _links(site: str, download: str) -> list[str]:
    found = []
    if site:
        base = site.rstrip("/")
        found += [f"[Baca usulan sebagai situs]({base}/{NAME}/)", f"[Baca perubahannya]({base}/banding-{NAME}/)"]
    if download:
        found.append(f"[Unduh pratinjau dan perbandingannya]({download})")
    return [" · ".join(found), ""] if found else []


def _modules(made: Proposal, site: str) -> list[str]:
    if not made.modules:
        return []
    head = ["| Modul | Keadaan | Versi | Perlu naik | JP | Kata |", "|---|---|---|---|---|---|"]
    return [*head, *_fitting([_row(module, site) for module in made.modules], 12_000, "\n"), ""]


def _row(module: Module, site: str) -> str:
    name = text(f"{module.kode} {module.title}")
    old, new = module.versions
    both = bool(old and new)
    if site and module.status != "missing":
        name = f"[{name}]({site.rstrip('/')}/{NAME}/modul/{quote(module.slug, safe='')}/)"
    need = _bump(module.required_bump) if both else "–"
    if both and module.required_bump != "none":
        need += ": cukup" if enough(module) else ": **kurang**"
    words = words_text(Counted(module.words.inserted, module.words.deleted, module.words.moved))
    cells = (name, _status(module.status), _arrow(text(old) or "–", text(new) or "–"), need)
    return f"| {' | '.join((*cells, _arrow(*map(_jp, module.hours)), words))} |"


def _programmes(made: Proposal) -> list[str]:
    if not made.programmes:
        return []
    rows = []
    for programme in made.programmes:
        declared = [f"{count} JP" if count is not None else "–" for count in programme.declared]
        name = text(f"{programme.kode} {programme.title}")
        cells = (name, _status(programme.status), _arrow(*declared), _arrow(*map(_jp, programme.hours)))
        rows.append(f"| {' | '.join(cells)} |")
    head = ["| Program | Keadaan | JP yang dinyatakan | Jumlah modulnya |", "|---|---|---|---|"]
    return [*head, *_fitting(rows, 6_000, "\n"), ""]


def _findings(made: Proposal, rule_pages: str) -> list[str]:
    if not made.findings:
        return []
    rows = []
    for found in made.findings:
        code = f"[{found.code}]({rule_pages}{found.code}/)" if rule_pages else found.code
        kind = "galat" if found.severity == "error" else "peringatan"
        place = f"{text(found.path)}:{found.line}"
        rows.append(f"| {place} | {code}, {kind} | {text(found.message)} | {text(found.hint)} |")
    head = ["### Temuan", "", "| Tempat | Aturan | Temuan | Perbaikan |", "|---|---|---|---|"]
    return [*head, *_fitting(rows, 14_000, "\n"), ""]


_PRINT = {"changed": "cetak ulang", "added": "cetak", "removed": "buang yang lama"}


def _sheets(made: Proposal) -> list[str]:
    if not made.sheets:
        return []
    groups: dict[tuple[str, str], list[str]] = {}
    for sheet in made.sheets:
        groups.setdefault((sheet.kode, sheet.status), []).append(text(sheet.title))
    lines = [f"- {text(kode)}, {_PRINT[status]}: {'; '.join(titles)}." for (kode, status), titles in groups.items()]
    return ["### Yang dicetak lagi", "", *_fitting(lines, 5_000, "- "), ""]


def _details(made: Proposal) -> list[str]:
    found = []
    for module in made.modules:
        if module.versions[0] and module.versions[1] and module.changes:
            lines = [f"- {_bump(change.bump)}: {text(change.sentence)}" for change in module.changes]
            found.append(_folded(f"{module.kode} {module.title}: {len(module.changes)} perubahan", lines))
    found += [
        _folded(f"Program {programme.kode} {programme.title}", [f"- {text(line)}" for line in programme.changes])
        for programme in made.programmes
        if programme.changes
    ]
    if made.policy:
        found.append(_folded("Kebijakan", [f"- {text(line)}" for line in made.policy]))
    return _fitting(found, 14_000)


def _folded(title: str, lines: Sequence[str]) -> str:
    calm = _calm(title).replace("@", "@\u2060").replace("#", "#\u2060")
    summary = "".join(char if char.isalnum() or char in " ,.-\u2060" else f"&#{ord(char)};" for char in calm)
    return "\n".join(
        ["<details>", f"<summary>{summary}</summary>", "", *_fitting(lines, 5_000, "- "), "", "</details>", ""]
    )


def _fitting(pieces: Sequence[str], room: int, before: str = "") -> list[str]:
    """As many pieces as there is room for, and a line that says how many were left out."""
    found: list[str] = []
    for number, piece in enumerate(pieces):
        room -= len(piece) + 1
        if room < 0:
            return [*found, f"{before}Dan {len(pieces) - number} lagi."]
        found.append(piece)
    return found
