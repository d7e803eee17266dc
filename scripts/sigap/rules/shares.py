"""Check a large curriculum in several processes, each of which reads and checks a share of the module folders.

A worker sends what the rules found in its modules, and the modules without their text (`slim`): rules over the whole
curriculum look at those, and at the facts that were kept. Then it is told which of its modules to hold against the
base, and ends. Findings are the same as those of `run`, byte by byte, whatever the number of workers.
"""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ..document import Document, Section, fact, keep_facts
from ..errors import Trouble
from ..load import load, module_order
from ..model import Activity, Curriculum, Finding, Module, Session
from ..tree import MODULES, Tree
from .registry import Rule, pairs
from .run import Found, chosen, findings, problems, run, standing, waivers

FEWEST = 100
"""Modules below which one process is as quick."""


@dataclass(frozen=True)
class Side:
    """A state of the curriculum: its files, and what it is called."""

    tree: Tree
    name: str = ""


def workers_here() -> int:
    """How many processes can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def check(
    tree: Tree,
    base: Side | None = None,
    *,
    today: date | None = None,
    select: Set[str] | None = None,
    ignore: Set[str] = frozenset(),
    url: str = "",
    workers: int | None = None,
) -> tuple[list[Finding], Curriculum]:
    """Read a tree and run the rules over it.

    In: the tree, what its versions are held against, and as in `run`; `workers` is how many processes to use (None: as
    many as there are cores, where the curriculum is large). Out: the findings and the curriculum, whose modules may
    have lost their text but not their data.
    """
    day = today or date.today()
    sides = (tree, base.tree) if base else (tree,)
    slugs = sorted({slug for side in sides for slug in _slugs(side.paths)})
    count = workers or (workers_here() if len(slugs) >= FEWEST else 1)
    if count < 2:
        curriculum = load(tree, day)
        if base:
            curriculum = replace(curriculum, base=load(base.tree, day), base_name=base.name)
        return run(curriculum, select=select, ignore=ignore, url=url), curriculum
    return _in_shares(tree, base, day, select, ignore, url, [slugs[n::count] for n in range(count)])


def _slugs(paths: Iterable[str]) -> Iterator[str]:
    return (path.split("/", 2)[1] for path in paths if path.startswith(f"{MODULES}/") and path.count("/") > 1)


def _in_shares(
    tree: Tree,
    base: Side | None,
    today: date,
    select: Set[str] | None,
    ignore: Set[str],
    url: str,
    shares: Sequence[Sequence[str]],
) -> tuple[list[Finding], Curriculum]:
    if base and base.tree.paths:
        base.tree.read(min(base.tree.paths))  # reads all of it from git, once and not in every worker
    method = "fork" if sys.platform == "linux" else "spawn"
    context: Any = multiprocessing.get_context(method)
    started = []
    sys.stdout.flush() if sys.stdout else None
    for share in shares:
        here, there = context.Pipe()
        work = (there, tree, base, today, tuple(share), select, ignore)
        process = context.Process(target=_work, args=work, daemon=True)
        process.start()
        there.close()
        started.append((process, here, frozenset(share)))
    try:
        pages = load(tree, today, slugs=())
        old_pages = load(base.tree, today, slugs=()) if base else None
        pages = replace(pages, base=old_pages, base_name=base.name if base else "")
        rules = chosen(pages, select, ignore)
        found = problems([one for one in rules if one.local], pages)
        written = waivers(pages.documents.values())
        new: list[Module] = []
        old: list[Module] = []
        trouble = list(pages.problems)
        for _, here, _ in started:
            theirs, their_waivers, modules, before, faults = _answer(here)
            found += theirs
            written += their_waivers
            new += modules
            old += before
            trouble += faults
        whole = replace(pages, modules=tuple(sorted(new, key=module_order)), problems=tuple(dict.fromkeys(trouble)))
        if old_pages:
            whole = replace(whole, base=replace(old_pages, modules=tuple(sorted(old, key=module_order))))
        changed = [(a.slug, b.slug) for a, b in pairs(whole) if a.slug != b.slug or content(a) != content(b)]
        for _, here, own in started:
            here.send((whole.folders, whole.base.folders if whole.base else {}, [p for p in changed if p[1] in own]))
        found += problems([one for one in rules if not one.local and one.each != "pair"], whole)
        for _, here, _ in started:
            found += _answer(here)
    finally:
        for process, here, _ in started:
            here.close()
            process.join()
    return findings(standing(found, written, rules), url), whole


def _answer(here: Any) -> Any:
    """What a worker sends; raises what it raised."""
    try:
        answer = here.recv()
    except EOFError:
        raise Trouble("Sebuah proses pemeriksa berhenti sebelum selesai; mungkin memori habis. Coba lagi.") from None
    if isinstance(answer, Exception):
        raise answer
    return answer


# --- In a worker ----------------------------------------------------------------------------------------------------


def _work(
    there: Any,
    tree: Tree,
    base: Side | None,
    today: date,
    share: Sequence[str],
    select: Set[str] | None,
    ignore: Set[str],
) -> None:
    gc.disable()  # as in cli: many small objects, no garbage
    try:
        own = frozenset(share)
        new = load(tree, today, slugs=own, with_pages=False)
        old = load(base.tree, today, slugs=own, with_pages=False) if base else None
        new = replace(new, base=old, base_name=base.name if base else "")
        rules = chosen(new, select, ignore)
        found = problems([one for one in rules if one.local], new)
        written = waivers(new.documents.values())
        before = [_without_data(slim(module)) for module in old.modules] if old else []
        there.send((found, written, [slim(module) for module in new.modules], before, new.problems))
        new_folders, old_folders, wanted = there.recv()
        there.send(_against_base(new, base, wanted, new_folders, old_folders, rules) if base and wanted else [])
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        pass  # nobody waits for an answer any more
    except Exception as error:
        there.send(error)
    finally:
        there.close()


def _against_base(
    new: Curriculum,
    base: Side,
    wanted: Sequence[tuple[str, str]],
    new_folders: Mapping[str, str],
    old_folders: Mapping[str, str],
    rules: Sequence[Rule],
) -> list[Found]:
    """What the rules over pairs find; modules that had another folder in the base are read once more."""
    assert new.base is not None
    moved = {old for old, _ in wanted} - {module.slug for module in new.base.modules}
    others = load(base.tree, new.today, slugs=moved, with_pages=False).modules if moved else ()
    slugs = dict((now, then) for then, now in wanted)
    own = tuple(module for module in new.modules if module.slug in slugs)
    there = {module.slug: module for module in (*new.base.modules, *others)}
    old = replace(new.base, modules=tuple(there[slugs[module.slug]] for module in own))
    found: list[Found] = []
    for module, then in zip(own, old.modules, strict=True):
        one = replace(new, modules=(module,), base=replace(old, modules=(then,)))
        assert one.base is not None
        # the folders of all modules, of which this process knows but a few
        vars(one)["folders"], vars(one.base)["folders"] = new_folders, old_folders
        vars(one)["faulty_paths"] = new.faulty_paths
        found += problems([rule for rule in rules if rule.each == "pair"], one)
    return found


# --- Without the text -----------------------------------------------------------------------------------------------

_EMPTY = Section(None, (), ())


@fact("module")
def content(module: Module) -> str:
    """Equal where every file of two states of a module is."""
    made = hashlib.sha1(repr(sorted(module.files.items())).encode(), usedforsecurity=False)
    for document in module.documents:
        made.update(f"\0{document.path.rpartition('/')[2]}\0".encode())
        made.update(document.data)
    return made.hexdigest()


def slim(module: Module) -> Module:
    """A module without its text: front matter, minutes, data and facts."""
    document, *handouts = (_slim_document(document) for document in module.documents)
    thin = replace(
        module,
        document=document,
        handouts=tuple(handouts),
        sections={},
        indicators=None,
        topics=None,
        sessions=None if module.sessions is None else tuple(_slim_session(session) for session in module.sessions),
        assessments=None,
        references=None,
        history=None,
    )
    thin.facts.update(keep_facts("module", module))
    return thin


def _slim_document(document: Document) -> Document:
    thin = replace(document, root=_EMPTY, links=(), html=(), front=None)
    thin.facts.update(keep_facts("document", document))
    return thin


def _slim_session(session: Session) -> Session:
    rows = None
    if session.activities is not None:
        rows = tuple(Activity("", "", "", "", (), a.mode, a.minutes, (), 0) for a in session.activities)
    return replace(session, activities=rows, table=None, section=_EMPTY)


def _without_data(module: Module) -> Module:
    """A module of the base as the rules over the whole curriculum need it."""
    thin = replace(module.document, data=b"", places={})
    thin.facts.update(module.document.facts)
    bare = replace(module, document=thin, handouts=(), sessions=None)
    bare.facts.update(module.facts)
    return bare
