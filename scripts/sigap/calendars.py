"""A programme's timetable as a calendar file, for whoever has no JavaScript; the planner of the page makes others."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from . import timetable
from .model import Curriculum, Programme


def calendar(programme: Programme, curriculum: Curriculum) -> bytes | None:
    """The days of a programme as iCalendar, on working days from the Monday on or after the first edition's date.

    Times have no zone: 08.30 is 08.30 where the class is. The dates are an example to be moved, and that of the first
    edition because it is the same in all editions: where nothing changed, neither does this file. None where there is
    no edition yet or nothing to teach.
    """
    from icalendar import Calendar, Event

    plan = list(timetable.days(programme, curriculum, friday=lambda day: day % 5 == 4))  # the first is a Monday
    if not curriculum.editions or not plan:
        return None
    first = min(edition.date for edition in curriculum.editions)
    day = first + timedelta(days=-first.weekday() % 7)
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//Sigap//Jadwal//ID")
    made.add("x-wr-calname", programme.title)
    for number, slots in enumerate(plan, 1):
        for slot in slots:
            if slot.pause:
                continue
            event = Event()
            event.add("uid", f"{programme.kode}-{number}-{slot.start}@sigap")
            event.add("dtstamp", datetime.combine(first, time(), UTC))
            event.add("dtstart", _moment(day, slot.start))
            event.add("dtend", _moment(day, slot.end))
            event.add("summary", f"{slot.module.kode} {slot.name}" if slot.module else slot.name)
            about = f"\n{slot.module.title}" if slot.module else ""
            event.add("description", f"{programme.title}, hari {number}{about}")
            made.add_component(event)
        day += timedelta(days=3 if day.weekday() == 4 else 1)
    return bytes(made.to_ical())


def _moment(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minutes)
