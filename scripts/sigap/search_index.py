"""Pagefind's index in one order: it writes the values of a filter as they fall, and the same pages must give the same
bytes.

Files are CBOR behind a signature, compressed, and named by their content; a name stands in the file that leads to it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

SIGNATURE = b"pagefind_dcd"


def settle(folder: Path) -> None:
    """Put the filters of the index in `folder` in order and name files anew by what they then hold."""
    names: dict[str, str] = {}
    for path in sorted((folder / "filter").glob("*.pf_filter")):
        data = _sorted(gzip.decompress(path.read_bytes()).removeprefix(SIGNATURE))
        names[path.stem] = _renamed(path, data, digits=len(path.stem.rpartition("_")[2]))
    entry = folder / "pagefind-entry.json"
    if not names or not entry.is_file():
        return
    said = json.loads(entry.read_text(encoding="utf-8"))
    for language in said.get("languages", {}).values():
        path = folder / f"pagefind.{language['hash']}.pf_meta"
        data = gzip.decompress(path.read_bytes()).removeprefix(SIGNATURE)
        for old, new in names.items():
            data = data.replace(old.encode(), new.encode())
        digits = len(language["hash"].rpartition("_")[2])
        language["hash"] = _renamed(path, data, digits=digits).removeprefix("pagefind.")
    entry.write_text(json.dumps(said, separators=(",", ":")), encoding="utf-8")


def fragments(folder: Path) -> dict[str, str]:
    """What the index in `folder` shows of each page: its address below the edition, and the file below `folder`."""
    found = {}
    for path in sorted((folder / "fragment").glob("*.pf_fragment")):
        said = json.loads(gzip.decompress(path.read_bytes()).removeprefix(SIGNATURE))
        found[said["url"].lstrip("/")] = f"fragment/{path.name}"
    return found


def _renamed(path: Path, data: bytes, *, digits: int) -> str:
    """Write `data` in place of a file, under a name of the same length; that name without its ending."""
    head = path.stem.rpartition("_")[0]
    name = f"{head}_{hashlib.sha256(data).hexdigest()[:digits]}"
    path.unlink()
    path.with_name(name + path.suffix).write_bytes(gzip.compress(SIGNATURE + data, 9, mtime=0))
    return name


def _sorted(data: bytes) -> bytes:
    """`[name, [[value, pages], …]]` with the values in order."""
    start = _head(data, _end(data, 1))[2]
    items, at = [], start
    while at < len(data):
        items.append(data[at : (at := _end(data, at))])
    return data[:start] + b"".join(sorted(items))


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """Kind and number of the CBOR item at a place, and where what follows its head starts."""
    kind, low = data[at] >> 5, data[at] & 31
    if low < 24:
        return kind, low, at + 1
    size = 1 << (low - 24)
    return kind, int.from_bytes(data[at + 1 : at + 1 + size], "big"), at + 1 + size


def _end(data: bytes, at: int) -> int:
    """Where the item at a place ends."""
    kind, number, at = _head(data, at)
    if kind in (2, 3):
        return at + number
    for _ in range(number * (2 if kind == 5 else 1) if kind in (4, 5) else 0):
        at = _end(data, at)
    return at
