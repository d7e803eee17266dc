"""A PDF with its small objects packed into compressed streams (PDF 1.5): tags alone are half of a tagged file.

typst writes every object by itself and uncompressed. Hardly anything is changed here but how the objects are stored.
"""

from __future__ import annotations

import re
import zlib

_PER_STREAM = 1000
"""Objects in one stream: what a reader must unpack to see one of them."""


def squeeze(data: bytes, preferences: bytes = b"") -> bytes:
    """The same document, smaller. In: a PDF with a plain cross-reference table, as typst writes it.

    `preferences` are added to what it asks of whoever shows it, such as `/Duplex/Simplex`, which typst has no word for.
    """
    start = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    table = re.compile(rb"xref\s+0 (\d+)\s+").match(data, start)
    if table is None:
        return data
    size = int(table[1])
    entries = [data[at : at + 20] for at in range(table.end(), table.end() + 20 * size, 20)]
    trailer = re.compile(rb"\s*trailer\s*<<(.*?)>>\s*startxref", re.DOTALL).match(data, table.end() + 20 * size)
    if trailer is None:
        return data
    offsets = {number: int(entry[:10]) for number, entry in enumerate(entries) if entry[17:18] == b"n"}
    order = sorted(offsets, key=offsets.__getitem__)
    ends = [offsets[number] for number in order[1:]] + [start]
    small: list[tuple[int, bytes]] = []
    out = bytearray(data[: offsets[order[0]]])
    places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
    for number, end in zip(order, ends, strict=True):
        whole = data[offsets[number] : end]
        head = re.match(rb"\d+ 0 obj\s*", whole)
        inside = whole[head.end() if head else 0 : whole.rindex(b"endobj")].strip()
        if inside.endswith(b"endstream"):
            places[number] = (1, len(out), 0)
            out += _packed(whole)
        else:
            small.append((number, inside.replace(b"/ViewerPreferences<<", b"/ViewerPreferences<<" + preferences)))
    for first in range(0, len(small), _PER_STREAM):
        part = small[first : first + _PER_STREAM]
        index, body = b"", b""
        for place, (number, inside) in enumerate(part):
            index += b"%d %d " % (number, len(body))
            body += inside + b"\n"
            places[number] = (2, size, place)
        places[size] = (1, len(out), 0)
        head_of = b"/Type/ObjStm/N %d/First %d" % (len(part), len(index))
        out += _stream(size, head_of, index + body)
        size += 1
    places[size] = (1, len(out), 0)
    at = len(out)
    rows = [
        kind.to_bytes(1, "big") + second.to_bytes(4, "big") + third.to_bytes(2, "big")
        for kind, second, third in (places.get(number, (0, 0, 65535)) for number in range(size + 1))
    ]
    kept = re.sub(rb"/Size \d+", b"", trailer[1]).strip()
    how = b"/DecodeParms<</Predictor 12/Columns 7>>"
    out += _stream(size, b"/Type/XRef/W[1 4 2]/Size %d" % (size + 1) + kept + how, _differences(rows))
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % at


def _differences(rows: list[bytes]) -> bytes:
    """Rows of equal length, each as what it adds to the one above it (PNG's filter 2), which packs far better."""
    above = [bytes(7), *rows[:-1]]
    return b"".join(
        b"\2" + bytes((new - old) & 255 for new, old in zip(row, before, strict=True))
        for row, before in zip(rows, above, strict=True)
    )


def unpacked(data: bytes) -> bytes:
    """The small objects of a squeezed document, one after the other."""
    streams = re.finditer(rb"/Type/ObjStm[^>]*?/Length (\d+)>>\nstream\n", data)
    return b"".join(zlib.decompress(data[found.end() : found.end() + int(found[1])]) for found in streams)


_FLATE = re.compile(rb"/Length (\d+)((?:(?!stream).)*/Filter/FlateDecode(?:(?!stream).)*)>>\s*stream\n", re.DOTALL)


def _packed(whole: bytes) -> bytes:
    """An object with a stream, packed as tightly as zlib can: typst favours speed."""
    found = _FLATE.search(whole)
    if found is None:
        return whole
    start, length = found.end(), int(found[1])
    better = zlib.compress(zlib.decompress(whole[start : start + length]), 9)
    if len(better) >= length:
        return whole
    head = whole[: found.start(1)] + b"%d" % len(better) + whole[found.end(1) : start]
    return head + better + whole[start + length :]


def _stream(number: int, head: bytes, data: bytes) -> bytes:
    packed = zlib.compress(data, 9)
    return b"%d 0 obj\n<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
        number,
        head,
        len(packed),
        packed,
    )
