"""How a class is divided for an exercise in groups, and whose turn it is in which round: generated tables."""

from __future__ import annotations

from collections.abc import Sequence

from .. import groups
from ..markdown_out import Md, box, joined, md, table
from ..model import Grouping, Module, Practice, Session, Team

CLASSES = (24, 25, 26, 28, 29, 30)
"""Sizes of a class that the tables show, where the module is made for them."""
SECOND = "kesempatan kedua"


def session_groups(module: Module, session: Session) -> list[Md]:
    """The boxes of a session's exercises in groups, in their order."""
    if not module.grouping:
        return []
    return [
        box("pembagian", _practice(practice, module.grouping))
        for practice in module.grouping.practices
        if practice.session == session.number
    ]


def _practice(practice: Practice, grouping: Grouping) -> Md:
    graded = joined(", ", (md("**{}**", role) for role in practice.graded))
    told = md("**Kelompok dan giliran: {}.** Setiap orang mendapat giliran sebagai {}.", practice.method, graded)
    return joined("\n\n", (told, _division(practice, grouping), _turns(practice)))


def _division(practice: Practice, grouping: Grouping) -> Md:
    rows = []
    for people in CLASSES:
        if grouping.least <= people <= grouping.most and (counts := groups.division(practice, people)):
            rows.append((people, *counts))
    heads = ("Peserta", *(groups.size_name(team) for team in practice.teams))
    return table(heads, rows, right=range(len(heads)))


def _turns(practice: Practice) -> Md:
    """Each round with who has which role; rounds that are left when everyone had a turn are second chances."""
    most = max(team.rounds for team in practice.teams)
    every = [list(groups.turns(team)) for team in practice.teams]
    rows = [
        (number + 1, *(_turn(turns, number, team) for turns, team in zip(every, practice.teams, strict=True)))
        for number in range(most)
    ]
    return table(("Putaran", *(f"{groups.size_name(team)}: {', '.join(team.roles)}" for team in practice.teams)), rows)


def _turn(turns: Sequence[tuple[int, ...]], number: int, team: Team) -> str:
    if number < len(turns):
        return ", ".join(map(str, turns[number]))
    return SECOND if number < team.rounds else "–"


def counts_text(practice: Practice, people: int) -> str:
    """`8 bertiga`, `7 bertiga dan 2 berempat`; empty for a class that cannot be divided."""
    counts = groups.division(practice, people) or ()
    told = zip(counts, map(groups.size_name, practice.teams), strict=False)
    return " dan ".join(f"{count} {name.lower()}" for count, name in told if count)
