"""What waits for whose review: the four parties of every module, held against the newest row of its history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from . import vocabulary
from .model import Curriculum, Module


@dataclass(frozen=True)
class Waiting:
    """One module: the parties that have not reviewed it as it stands, since when, and when its review is due."""

    module: Module
    parties: tuple[str, ...]
    since: date | None
    due: date | None

    def late(self, on: date) -> int:
        """Days by which the next review is overdue on a day; negative while there is time, 0 without a date."""
        return (on - self.due).days if self.due else 0


def waiting(curriculum: Curriculum) -> Iterator[Waiting]:
    """Every module that is still taught, in the order of their kode."""
    for _, module in sorted(curriculum.by_kode.items()):
        if module.status != vocabulary.WITHDRAWN:
            since = changed(module)
            parties = tuple(party for party in vocabulary.PARTIES if not reviewed(module, party, since))
            yield Waiting(module, parties, since, module.review_by)


def changed(module: Module) -> date | None:
    """The day of the newest row of a module's history."""
    for row in module.history or ():
        try:
            return date.fromisoformat(row.date)
        except ValueError:
            return None
    return None


def reviewed(module: Module, party: str, since: date | None) -> bool:
    """Whether a party has reviewed the module as it stands."""
    return any(
        reviewer.party == party and reviewer.date is not None and (since is None or reviewer.date >= since)
        for reviewer in module.reviewers
    )
