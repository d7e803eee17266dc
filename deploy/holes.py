"""What is known of holes in the pinned dependencies: asked of the open OSV database, written as Markdown.

Host-specific: the address of that database. Standard library only, as host.py. Where the database does not answer the
text says so, and the rest of the night's report still goes out.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from host import HostError, call

ASKED = os.environ.get("SIGAP_OSV_URL") or "https://api.osv.dev/v1/querybatch"
SHOWN = "https://osv.dev/vulnerability/"
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
AT_ONCE = 1000
"""How many questions the database takes in one request."""


def pins(files: Iterable[Path]) -> list[tuple[str, str]]:
    """The name and version of every pin in requirements files, each once."""
    return sorted({match.groups() for file in files for match in PIN.finditer(file.read_text(encoding="utf-8"))})


def holes(pinned: list[tuple[str, str]]) -> Iterator[tuple[str, str, list[str]]]:
    """The pins with known holes, and the names of these. Errors: HostError where the database does not answer."""
    for start in range(0, len(pinned), AT_ONCE):
        asked = pinned[start : start + AT_ONCE]
        queries = [{"package": {"name": name, "ecosystem": "PyPI"}, "version": version} for name, version in asked]
        found = json.loads(call("POST", ASKED, {}, {"queries": queries}))["results"]
        for (name, version), result in zip(asked, found, strict=True):
            ids = sorted(str(one["id"]) for one in result.get("vulns", ()))
            if ids:
                yield name, version, [one for one in ids if re.fullmatch(r"[\w-]{1,60}", one)]


def report(pinned: list[tuple[str, str]]) -> Iterator[str]:
    """The lines of the report."""
    yield "\n## Lubang yang diketahui\n"
    try:
        found = list(holes(pinned))
    except (HostError, ValueError, KeyError, TypeError, AttributeError) as error:
        yield f"Pangkalan data lubang tidak dapat ditanyai: {' '.join(str(error).split())[:200]}. Dicoba lagi besok."
        return
    if not found:
        yield f"Tidak ada pada {len(pinned)} dependensi."
    for name, version, ids in found:
        links = ", ".join(f"[{one}]({SHOWN}{one})" for one in ids)
        yield f"- `{name}` {version}: {links}. Perbarui dengan `make lock`."


def main() -> int:
    """Write the report for the requirements files named; always 0, so that a silent database stops nothing."""
    parser = argparse.ArgumentParser(description="Tulis lubang yang diketahui pada dependensi yang disematkan.")
    parser.add_argument("files", nargs="+", type=Path)
    print("\n".join(report(pins(parser.parse_args().files))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
