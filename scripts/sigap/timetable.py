"""A programme's days: which session starts when. Plain arithmetic over minutes after midnight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .model import Break, Curriculum, Module, Programme, Session


@dataclass(frozen=True, slots=True)
class Slot:
    """One line of a day: a session of a module, or a break. `start` and `end` in minutes after midnight."""

    start: int
    end: int
    module: Module | None = None
    session: Session | None = None
    pause: Break | None = None


def days(programme: Programme, curriculum: Curriculum) -> Iterator[tuple[Slot, ...]]:
    """The programme's sessions in order, filled into days of at most `lessons_per_day`.

    A session is never split over days. A break of the policy stands at the end of the session that is nearest to its
    wished time; breaks before the first and after the last session of a day are left out, and of several between the
    same two sessions all but the longest.
    """
    limit = programme.lessons_per_day * curriculum.policy.lesson_minutes
    day: list[tuple[Module, Session]] = []
    for module in curriculum.modules_of(programme):
        for session in module.sessions or ():
            if not session.minutes():
                continue
            if day and sum(s.minutes() for _, s in day) + session.minutes() > limit:
                yield _schedule(day, programme.start, curriculum.policy.breaks)
                day = []
            day.append((module, session))
    if day:
        yield _schedule(day, programme.start, curriculum.policy.breaks)


def _schedule(day: list[tuple[Module, Session]], start: int, breaks: tuple[Break, ...]) -> tuple[Slot, ...]:
    """One day. Between two sessions stands one break at most: where several fall together, the longest."""
    chosen: dict[int, Break] = {}
    waiting = sorted((b for b in breaks if b.start > start), key=lambda b: b.start)
    now = start
    for number, (_, session) in enumerate(day):
        end = now + session.minutes()
        while waiting and number and _nearer(waiting[0].start, now, end):
            pause = waiting.pop(0)
            before = chosen.get(number)
            if before is None or pause.minutes > before.minutes:
                chosen[number] = pause
                now += pause.minutes - (before.minutes if before else 0)
            end = now + session.minutes()
        now = end
    slots: list[Slot] = []
    now = start
    for number, (module, session) in enumerate(day):
        if after := chosen.get(number):
            slots.append(Slot(now, now + after.minutes, pause=after))
            now += after.minutes
        slots.append(Slot(now, now + session.minutes(), module, session))
        now += session.minutes()
    return tuple(slots)


def _nearer(wished: int, now: int, end: int) -> bool:
    """Whether the wished time is nearer to `now` than to the end of the session that would start now."""
    return abs(wished - now) <= abs(end - wished)


def clock(minutes: int) -> str:
    """Minutes after midnight as Indonesians write them: 08.30."""
    return f"{minutes // 60 % 24:02d}.{minutes % 60:02d}"
