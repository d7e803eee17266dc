"""What the tables of a module add up to, and when that cannot be told."""

from __future__ import annotations

from .. import vocabulary
from ..document import fact
from ..model import Mode, Module
from ..module import once


def numbering_broken(module: Module) -> bool:
    """Whether sessions are not numbered 1..n: then a session may be missing, and S215 alone speaks of it."""
    return [session.number for session in module.sessions or ()] != list(range(1, len(module.sessions or ()) + 1))


@fact("module")
def summed(module: Module) -> dict[Mode, int] | None:
    """Minutes of the tables by mode; None where some cannot be read or it cannot be told which to add."""
    sessions = module.sessions
    if not sessions or not all(session.readable for session in sessions) or numbering_broken(module):
        return None
    steps = module.sections[vocabulary.STEPS].children
    if len(list(once(steps))) < len(steps):
        return None  # a session stands twice: S207 speaks
    return {mode: module.minutes(mode) for mode in Mode}
