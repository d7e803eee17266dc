"""Findings as text, JSON, workflow annotations, SARIF or Markdown. Plain functions: findings in, text out."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from .labels import visible
from .markdown_out import message
from .model import Curriculum, Finding, Mode, Severity
from .rules import registry

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


@dataclass(frozen=True, slots=True)
class Report:
    """What a formatter may speak of. `sources` gives the line of a file by its path and number."""

    findings: Sequence[Finding]
    curriculum: Curriculum
    colour: bool = False

    def source(self, finding: Finding) -> str:
        document = self.curriculum.documents.get(finding.path)
        if (
            document is None
            and self.curriculum.policy_document
            and finding.path == self.curriculum.policy_document.path
        ):
            document = self.curriculum.policy_document
        return document.line(finding.line) if document else ""


def summary(report: Report) -> str:
    """The closing line: modules, lesson hours, findings."""
    curriculum = report.curriculum
    counts = Counter(finding.severity for finding in report.findings)
    hours = [module.hours for module in curriculum.modules if module.hours]
    total = sum(h.total for h in hours)
    split = ", ".join(f"{mode} {sum(h.of(mode) for h in hours)}" for mode in Mode if any(h.of(mode) for h in hours))
    errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
    found = f"{errors} galat, {warnings} peringatan" if errors or warnings else "tidak ada temuan"
    unread = sum(module.document.unreadable for module in curriculum.modules)
    read = f"{len(curriculum.modules)} modul" + (f" ({unread} tidak terbaca)" if unread else "")
    return f"{read}, {total} JP{f' ({split})' if split else ''}: {found}."


def text(report: Report) -> str:
    """`path:line:col: CODE message`, the source line with a caret, the hint; a summary at the end."""
    parts = []
    for finding in report.findings:
        code = _paint(finding.code, "31" if finding.severity is Severity.ERROR else "33", report.colour)
        place = _paint(f"{visible(finding.path)}:{finding.line}:{finding.column}:", "1", report.colour)
        lines = [f"{place} {code} {finding.message}"]
        source = report.source(finding)
        if source.strip():
            shown, before = _window(source, finding.column)
            lines += [f"    {shown}", "    " + " " * _width(before) + _paint("^", "32;1", report.colour)]
        lines.append(f"    → {finding.hint}")
        parts.append("\n".join(lines))
    return "\n\n".join([*parts, summary(report)]) + "\n"


def _paint(what: str, style: str, colour: bool) -> str:
    return f"\x1b[{style}m{what}\x1b[0m" if colour else what


def _window(line: str, column: int, width: int = 100) -> tuple[str, str]:
    """A readable part of a line around a column, and what stands before the column in it."""
    line = "".join(" " if char in "\t\r" or unicodedata.category(char) == "Cc" else char for char in line)
    start = max(0, column - 1 - width * 2 // 3) if len(line) > width else 0
    part = line[start : start + width]
    head = "…" if start else ""
    tail = "…" if start + width < len(line) else ""
    return head + part + tail, head + part[: max(0, column - 1 - start)]


def _width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def as_json(report: Report) -> str:
    """What `validate --format json` promises: a list of findings."""
    return json.dumps([asdict(finding) for finding in report.findings], ensure_ascii=False, indent=2) + "\n"


def github(report: Report) -> str:
    """Workflow commands that GitHub Actions turns into annotations, and the summary."""
    lines = []
    for finding in report.findings:
        message = _escape(f"{finding.message}\n→ {finding.hint}" + (f"\n{finding.url}" if finding.url else ""))
        title = _escape(finding.code + " " + registry()[finding.code].title, attribute=True)
        place = f"file={_escape(visible(finding.path), attribute=True)},line={finding.line},col={finding.column}"
        lines.append(f"::{finding.severity.value} {place},title={title}::{message}")
    return "\n".join([*lines, summary(report)]) + "\n"


def _escape(what: str, *, attribute: bool = False) -> str:
    what = what.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return what.replace(":", "%3A").replace(",", "%2C") if attribute else what


def sarif(report: Report) -> str:
    """SARIF 2.1.0, with the help of every rule that was broken."""
    codes = sorted({finding.code for finding in report.findings})
    rules = [
        {
            "id": code,
            "shortDescription": {"text": registry()[code].title},
            "help": {"text": next(f.hint for f in report.findings if f.code == code)},
            "defaultConfiguration": {"level": registry()[code].severity.value},
            **({"helpUri": url} if (url := next(f.url for f in report.findings if f.code == code)) else {}),
        }
        for code in codes
    ]
    results: list[dict[str, Any]] = [
        {
            "ruleId": finding.code,
            "ruleIndex": codes.index(finding.code),
            "level": finding.severity.value,
            "message": {"text": f"{finding.message} {finding.hint}"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": _uri(finding.path), "uriBaseId": "%SRCROOT%"},
                        "region": {"startLine": finding.line, "startColumn": finding.column},
                    }
                }
            ],
        }
        for finding in report.findings
    ]
    run = {
        "tool": {"driver": {"name": "sigap", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    document = {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _uri(path: str) -> str:
    from urllib.parse import quote

    return quote(path)


def markdown(report: Report) -> str:
    """A pull-request comment: the summary on top, findings by file below."""
    lines = [f"**{summary(report)}**", ""]
    for path in dict.fromkeys(finding.path for finding in report.findings):
        lines += [message(f"`{visible(path)}`"), "", "| Baris | Aturan | Temuan | Perbaikan |", "|---|---|---|---|"]
        for finding in (f for f in report.findings if f.path == path):
            code = f"[{finding.code}]({finding.url})" if finding.url else finding.code
            lines.append(f"| {finding.line} | {code} | {message(finding.message)} | {message(finding.hint)} |")
        lines.append("")
    return "\n".join(lines)


FORMATS: dict[str, Callable[[Report], str]] = {
    "text": text,
    "github": github,
    "json": as_json,
    "sarif": sarif,
    "markdown": markdown,
}


def rule_list() -> str:
    """All rules, one a line."""
    return "".join(
        f"{code}  {'galat' if rule.severity is Severity.ERROR else 'peringatan':<10}  {rule.title}\n"
        for code, rule in registry().items()
    )


def only_under(findings: Iterable[Finding], prefixes: Sequence[str]) -> list[Finding]:
    """Findings whose file is one of the given paths or below one of them."""
    return [finding for finding in findings if is_under(finding.path, prefixes)]


def is_under(path: str, prefixes: Sequence[str]) -> bool:
    """Whether a path is one of the given paths or below one of them."""
    return any(p in ("", ".") or path == p or path.startswith(p + "/") for p in prefixes)
