"""A programme's days: which session starts when. Plain arithmetic over minutes after midnight."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .model import Break, Curriculum, FramePart, Module, Policy, Programme, Session

_REMEMBERED = 512
"""Timetables kept: those of a programme and its variants, for a good many of their states."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One line of a day: a session of a module, a part of the frame, or a break. Minutes after midnight."""

    start: int
    end: int
    module: Module | None = None
    session: Session | None = None
    frame: FramePart | None = None
    pause: Break | None = None

    @property
    def minutes(self) -> int:
        return self.end - self.start

    @property
    def name(self) -> str:
        """What stands there: the session's heading, or the name of the part or the break."""
        if self.session:
            return self.session.section.title
        other = self.frame or self.pause
        return other.name if other else ""


Friday = Callable[[int], bool]
"""Whether day 0, 1, 2 … is a Friday."""


def never(day: int) -> bool:
    """No day is a Friday: the timetable by numbers of days."""
    return False


def always(day: int) -> bool:
    """Each day as it would be on a Friday."""
    return True


def days(programme: Programme, curriculum: Curriculum, friday: Friday = never) -> Iterator[tuple[Slot, ...]]:
    """The programme's sessions in order, filled into days of at most `lessons_per_day`, with what frames them.

    A session is never split over days. A break of the policy stands at the end of the session that is nearest to its
    wished time; breaks before the first and after the last session of a day are left out, but where at least a lesson
    hour of closing follows, and of several between the same two sessions all but the longest. Two sessions without a
    break between them stand `session_gap` apart.
    """
    modules = curriculum.modules_of(programme)
    return iter(
        _usual(programme, modules, curriculum.policy)
        if friday is never
        else _days(programme, modules, curriculum.policy, friday)
    )


@lru_cache(_REMEMBERED)
def _usual(programme: Programme, modules: tuple[Module, ...], policy: Policy) -> tuple[tuple[Slot, ...], ...]:
    """The days without a Friday, which pages, packs, rules and comparisons of many editions ask for again and again."""
    return tuple(_days(programme, modules, policy, never))


def _days(
    programme: Programme, modules: Sequence[Module], policy: Policy, friday: Friday
) -> Iterator[tuple[Slot, ...]]:
    taught = list(_filled(programme, modules, policy))
    frame = policy.frame if programme.frame is None else programme.frame
    for number, sessions in enumerate(taught):
        opening, closing = (
            [_of(part) for part in frame if part.place == place and _falls_on(part, number, len(taught) - 1)]
            for place in ("awal", "akhir")
        )
        breaks = policy.friday_breaks if policy.friday_breaks and friday(number) else policy.breaks
        yield tuple(
            _schedule(
                [*opening, *sessions, *closing], programme.start, breaks, policy.session_gap, policy.lesson_minutes
            )
        )


def _filled(programme: Programme, modules: Sequence[Module], policy: Policy) -> Iterator[list[Slot]]:
    """The sessions of each day, not yet at their times."""
    limit = programme.lessons_per_day * policy.lesson_minutes
    day: list[Slot] = []
    for module in modules:
        for session in module.sessions or ():
            if not session.minutes():
                continue
            if day and sum(slot.minutes for slot in day) + session.minutes() > limit:
                yield day
                day = []
            day.append(Slot(0, session.minutes(), module, session))
    if day:
        yield day


def _of(part: FramePart) -> Slot:
    return Slot(0, part.minutes, frame=part)


def _falls_on(part: FramePart, day: int, last: int) -> bool:
    """Whether a part of the frame stands on a day; days are numbered from 0 to `last`."""
    first = {"pertama": day == 0, "kecuali-pertama": day > 0}
    return {**first, "terakhir": day == last, "kecuali-terakhir": day < last}.get(part.days, True)


def _schedule(day: Sequence[Slot], now: int, breaks: Sequence[Break], gap: int, enough: int) -> Iterator[Slot]:
    """One day from `now` on. Between two of its slots stands one break at most: where several fall together, the
    longest; none before the first session, and none before a closing of less than `enough` minutes."""
    waiting = sorted((pause for pause in breaks if pause.start > now), key=lambda pause: pause.start)
    before: Slot | None = None
    taught = False
    left = sum(slot.minutes for slot in day)
    for slot in day:
        pause, start = None, now
        while waiting and taught and (slot.session or left >= enough):
            if not _nearer(waiting[0].start, start, start + slot.minutes):
                break
            following = waiting.pop(0)
            pause = following if pause is None or following.minutes > pause.minutes else pause
            start = max(now + pause.minutes, pause.until)
        if pause:
            yield Slot(now, start, pause=pause)
        elif before and before.session and slot.session:
            start += gap
        now = start + slot.minutes
        yield Slot(start, now, slot.module, slot.session, slot.frame)
        left -= slot.minutes
        taught = taught or slot.session is not None
        before = slot


def _nearer(wished: int, now: int, end: int) -> bool:
    """Whether the wished time is nearer to `now` than to the end of the session that would start now."""
    return abs(wished - now) <= abs(end - wished)


def clock(minutes: int) -> str:
    """Minutes after midnight as Indonesians write them: 08.30."""
    return f"{minutes // 60 % 24:02d}.{minutes % 60:02d}"
