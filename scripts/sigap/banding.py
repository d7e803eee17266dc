"""`/banding/`: what lets a reader compare any two editions. Files at the site's root, named by content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .model import Curriculum, Edition


def files(states: Sequence[tuple[Edition, Curriculum]]) -> Iterator[tuple[str, bytes]]:
    """Every file below /banding/ for the published editions, oldest first."""
    yield from ()
