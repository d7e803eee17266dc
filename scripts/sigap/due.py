"""What time brings without anyone changing anything: reviews that are due, addresses that no longer answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from .comparison.report import escape
from .labels import day
from .model import Curriculum
from .review import waiting

MARKER = "<!-- sigap: jatuh-tempo -->"
SOON = timedelta(days=30)
GONE = (404, 410, 451)
ROOM = 60_000


def report(
    curriculum: Curriculum, on: date, dead: Mapping[str, str] | None, more: Sequence[str] = ()
) -> tuple[str, bool]:
    """What is due on a day, as Markdown for an issue, and whether anything is. `dead` as `unanswered` gives it."""
    due = [row for row in waiting(curriculum) if row.due and row.due <= on + SOON]
    lines = [MARKER, f"Keadaan pada {day(on)}.", ""]
    if due:
        lines += ["### Tinjau ulang", ""]
        for row in due:
            late = row.late(on)
            when = f"lewat {late} hari" if late > 0 else "hari ini" if late == 0 else f"dalam {-late} hari"
            lines.append(f"- {escape(f'{row.module.kode} {row.module.title}')}: {when}.")
        lines.append("")
    if dead:
        lines += ["### Alamat yang tidak menjawab", ""]
        lines += [f"- `{address.replace('`', '%60')}`, di {escape(where)}." for address, where in dead.items()]
        lines.append("")
    if more:
        lines += ["### Yang sudah terbit", "", *(f"- {escape(line)}" for line in more), ""]
    found = bool(due or dead or more)
    if not found:
        lines += ["Tidak ada yang jatuh tempo."]
    text = "\n".join(lines).rstrip("\n") + "\n"
    return (text if len(text) <= ROOM else text[:ROOM].rpartition("\n")[0] + "\n\nDan yang lain.\n"), found


def addresses(curriculum: Curriculum) -> dict[str, str]:
    """Every web address that the curriculum leads to, with the first place that does."""
    found: dict[str, str] = {}
    for path, document in sorted(curriculum.documents.items()):
        for link in document.links:
            if link.target.startswith(("http://", "https://")):
                found.setdefault(link.target.partition("#")[0], f"{path}:{document.line_number(link.start)}")
    return found


def unanswered(curriculum: Curriculum) -> dict[str, str]:
    """The addresses at which nothing stands any more, each with its place. A host that only refuses us is not among
    them: it answers people.
    """
    known = addresses(curriculum)
    with ThreadPoolExecutor(max_workers=8) as pool:
        answers = pool.map(_answers, known)
    return {address: known[address] for address, answer in zip(known, answers, strict=True) if not answer}


def _answers(address: str) -> bool:
    for method in _METHODS:
        try:
            with urlopen(Request(address, method=method, headers={"User-Agent": "sigap"}), timeout=20):
                return True
        except HTTPError as error:
            if error.code not in GONE:
                return True
        except (URLError, OSError, ValueError):
            continue
    return False


_METHODS = ("HEAD", "GET")
