"""Exercises in groups: how a class is divided, who has which role in which round, and who would miss a turn.

A role is a place in a group. After each round everyone moves on by one place, so that as many rounds as there are
people give each of them every role.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .model import Practice, Team

SIZES = {2: "Berdua", 3: "Bertiga", 4: "Berempat", 5: "Berlima", 6: "Berenam"}


def size_name(team: Team) -> str:
    """`Bertiga`, and a figure for what has no word."""
    return SIZES.get(len(team.roles), f"{len(team.roles)} orang")


def division(practice: Practice, people: int) -> tuple[int, ...] | None:
    """How many groups of each team a class makes, with as few of the second as can be; None where it cannot."""
    usual, *others = (len(team.roles) for team in practice.teams)
    most = people // others[0] if others else 0
    for extra in range(most + 1):
        left = people - extra * sum(others)
        if left % usual == 0:
            return (left // usual, extra) if others else (left // usual,)
    return None


def turns(team: Team) -> Iterator[tuple[int, ...]]:
    """For each round until everyone was everywhere: who (from 1) stands at the place of each role."""
    size = len(team.roles)
    for number in range(min(team.rounds, size)):
        yield tuple((place + number) % size + 1 for place in range(size))


def missed(team: Team, graded: Sequence[str]) -> list[tuple[str, int]]:
    """The graded roles that somebody never has, each with how many of the group miss it."""
    had = {role: set[int]() for role in graded}
    for people in turns(team):
        for role, person in zip(team.roles, people, strict=True):
            if role in had:
                had[role].add(person)
    return [(role, len(team.roles) - len(who)) for role, who in had.items() if len(who) < len(team.roles)]


def holders(practice: Practice, people: int, role: str) -> int:
    """How often a role is held in a class, over all rounds and groups; 0 for a class that cannot be divided."""
    counts = division(practice, people) or (0,) * len(practice.teams)
    return sum(count * team.rounds * team.roles.count(role) for count, team in zip(counts, practice.teams, strict=True))


def rounds(practice: Practice, people: int) -> int:
    """All rounds of all groups in a class together."""
    counts = division(practice, people) or (0,) * len(practice.teams)
    return sum(count * team.rounds for count, team in zip(counts, practice.teams, strict=True))
