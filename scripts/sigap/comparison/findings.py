"""Findings of the new side, each beside the change that it stands on or near."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..document import Document, Location
from ..model import Finding
from ..redline.hunks import Hunk
from . import places

FRONT = -1
"""Instead of a hunk: what the front matter says."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A finding, and the hunk that shows a change below the same heading; None where there is no such hunk."""

    finding: Finding
    hunk: int | None


def beside(findings: Sequence[Finding], documents: Sequence[Document], hunks: Sequence[Hunk]) -> Iterator[Beside]:
    """The findings of some documents, those of a module or of a programme's page, each with its place in a redline of
    which they are the new side. `FRONT` is the place of what stands in the front matter.
    """
    known = {document.path: document for document in documents}
    for finding in findings:
        document = known.get(finding.path)
        if document is None:
            continue
        path = places.path_of(documents, Location(finding.path, finding.line))
        if not path:
            yield Beside(finding, FRONT)
            continue
        standing = places.at(path, hunks, places.NEW)
        if not standing and (len(path) > 1 or document is not documents[0]):
            standing = places.below(path, hunks, places.NEW)
        near = places.nearest(_line(document, finding.line), hunks, standing)
        yield Beside(finding, near[0] if near else None)


def _line(document: Document, number: int) -> str:
    lines = document.data.decode("utf-8", "replace").splitlines()
    return lines[number - 1] if 0 < number <= len(lines) else ""
