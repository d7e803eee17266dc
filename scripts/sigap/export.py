"""A curriculum to plain data and back: `kurikulum.json`, published with every edition.

The data holds everything that the model knows. Of the texts, which are published as Markdown beside it, it holds a
digest part by part, so that two editions can be compared from their data alone. Times are in minutes. The bytes depend
on the content only, never on when or for which edition they were written.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from . import vocabulary
from .compare.bumps import POLICY
from .compare.changes import folders
from .compare.parts import DIGEST, Folders, content_digest, parts
from .compare.policy import policy_source
from .document import Block, Document, Section
from .model import (
    Activity,
    Assessment,
    Break,
    Curriculum,
    Edition,
    FramePart,
    Grouping,
    HistoryRow,
    Hours,
    Indicator,
    Mode,
    Module,
    Policy,
    Practice,
    Programme,
    Reference,
    Reviewer,
    Session,
    Team,
    Topic,
    Trial,
    Variant,
)
from .source import outline

FORMAT = 1
"""Raised when a reader of older data would go wrong."""


def dumps(curriculum: Curriculum) -> str:
    """`kurikulum.json` as text: modules by kode, a line end at the end, the same for the same content."""
    return json.dumps(export(curriculum), ensure_ascii=False, separators=(",", ":")) + "\n"


def export(curriculum: Curriculum) -> dict[str, Any]:
    """The whole curriculum as JSON values; a part that could not be read is null."""
    known = folders(curriculum)
    return {
        "format": FORMAT,
        "policy": {
            POLICY[field.name]: {
                "value": _value(getattr(curriculum.policy, field.name)),
                "source": policy_source(curriculum, POLICY[field.name]),
            }
            for field in fields(Policy)
        },
        "modules": [_module(m, known) for m in sorted(curriculum.modules, key=lambda m: (m.kode or "~", m.slug))],
        "programmes": [_programme(p, known) for p in sorted(curriculum.programmes, key=lambda p: (p.kode, p.slug))],
        "editions": [
            {"name": e.name, "date": e.date.isoformat(), "path": e.document.path} for e in curriculum.editions
        ],
    }


def _value(value: Any) -> Any:
    """A figure of the policy as JSON."""
    if isinstance(value, tuple):
        return [item if isinstance(item, int) else asdict(item) for item in value]
    return value


def _module(module: Module, known: Folders) -> dict[str, Any]:
    return {
        "kode": module.kode,
        "slug": module.slug,
        "path": module.path,
        "title": module.title,
        "summary": module.summary,
        "version": module.version,
        "status": module.status,
        "group": module.group,
        "audience": sorted(module.audience),
        "prerequisites": sorted(module.prerequisites),
        "hours": asdict(module.hours) if module.hours else None,
        "authors": list(module.authors),
        "reviewers": [{**asdict(r), "date": r.date.isoformat() if r.date else None} for r in module.reviewers],
        "review_by": module.review_by.isoformat() if module.review_by else None,
        "old_addresses": sorted(module.old_addresses),
        "grouping": asdict(module.grouping) if module.grouping else None,
        "trials": [{**asdict(t), "date": t.date.isoformat()} for t in module.trials],
        "indicators": _each(module.indicators, lambda i: i.text),
        "topics": _each(module.topics, lambda t: {"title": t.text, "subtopics": list(t.subtopics)}),
        "sessions": _each(module.sessions, _session),
        "assessments": _each(
            module.assessments,
            lambda a: {
                "indicators": list(a.indicators),
                "form": a.form,
                "instrument": a.instrument,
                "threshold": a.threshold,
            },
        ),
        "references": _each(module.references, lambda r: {"key": r.key, "text": r.text}),
        "history": _each(
            module.history, lambda c: {"version": c.version, "date": c.date, "what": c.what, "why": c.why}
        ),
        "texts": [{"section": p.section, "part": p.name, "digest": p.digest} for p in parts(module, known)],
        "handouts": [
            {"file": posixpath.basename(h.path), "title": h.title, "digest": content_digest(h, known)}
            for h in module.handouts
        ],
    }


def _each(these: Any, shape: Any) -> list[Any] | None:
    return None if these is None else [shape(one) for one in these]


def _session(session: Session) -> dict[str, Any]:
    return {
        "number": session.number,
        "title": session.title,
        "heading": session.section.title,
        "minutes": session.minutes(),
        "activities": _each(
            session.activities,
            lambda a: {
                "stage": a.stage,
                "facilitator": a.facilitator,
                "participants": a.participants,
                "method": a.method,
                "indicators": list(a.indicators),
                "mode": a.mode.value if a.mode else None,
                "minutes": a.minutes,
            },
        ),
    }


def _programme(programme: Programme, known: Folders) -> dict[str, Any]:
    return {
        "kode": programme.kode,
        "slug": programme.slug,
        "title": programme.title,
        "modules": list(programme.module_kodes),
        "lesson_hours": programme.lesson_hours,
        "audience": sorted(programme.audience),
        "lessons_per_day": programme.lessons_per_day,
        "start": programme.start,
        "meets_minimum": programme.meets_minimum,
        "frame": _each(programme.frame, asdict),
        "variants": [asdict(variant) for variant in programme.variants],
        "digest": content_digest(programme.document, known),
    }


# --- Back -----------------------------------------------------------------------------------------------------------


def restore(data: Mapping[str, Any]) -> Curriculum:
    """A curriculum from what `export` gave: all but the texts, of which the digests stand in their place.

    Good for `compare.changes`, which then names the parts that changed and cannot count their words.
    """
    policy = {field.name: data["policy"][POLICY[field.name]]["value"] for field in fields(Policy)}
    policy["theory_share"] = tuple(policy["theory_share"])
    for name, kind in (("breaks", Break), ("friday_breaks", Break), ("frame", FramePart)):
        policy[name] = tuple(kind(**item) for item in policy[name])
    sources = {key: {"sumber": entry["source"]} for key, entry in data["policy"].items()}
    return Curriculum(
        tuple(_restore_module(module) for module in data["modules"]),
        tuple(_restore_programme(programme) for programme in data["programmes"]),
        tuple(Edition(e["name"], date.fromisoformat(e["date"]), _document(e["path"], ())) for e in data["editions"]),
        Policy(**policy),
        _document("modules/kurikulum.yml", (), sources),
        (),
        frozenset(),
    )


def _document(path: str, sections: tuple[Section, ...], front: Mapping[str, object] | None = None) -> Document:
    return Document(path, b"", front, {}, 0, Section(None, (), sections), ())


def _stub(level: int, title: str, digest: str) -> tuple[Block, Block]:
    """A heading and the digest of what stands under it."""
    return Block("heading", 0, 0, title, level), Block(DIGEST, 0, 0, digest)


def _known_by_digest(path: str, title: str, digest: str) -> Document:
    return _document(path, outline(list(_stub(1, title, digest))).children)


def _restore_module(data: Mapping[str, Any]) -> Module:
    blocks: list[Block] = []
    for text in data["texts"]:
        level = 3 if text["part"] else 2 if text["section"] else 1
        blocks += _stub(level, text["part"] or text["section"] or data["title"], text["digest"])
    root = outline(blocks)
    sections: dict[str, Section] = {}
    for section in root.walk():
        if section.heading and section.heading.level == 2:
            sections.setdefault(section.title, section)
    days = data["review_by"]
    steps = sections.get(vocabulary.STEPS)
    headings = {section.title: section for section in steps.children} if steps else {}
    return Module(
        slug=data["slug"],
        document=_document(data["path"], root.children),
        kode=data["kode"],
        title=data["title"],
        summary=data["summary"],
        version=data["version"],
        status=data["status"],
        group=data["group"],
        audience=tuple(data["audience"]),
        prerequisites=tuple(data["prerequisites"]),
        hours=Hours(**data["hours"]) if data["hours"] else None,
        authors=tuple(data["authors"]),
        reviewers=tuple(
            Reviewer(r["party"], r["name"], date.fromisoformat(r["date"]) if r["date"] else None)
            for r in data["reviewers"]
        ),
        review_by=date.fromisoformat(days) if days else None,
        old_addresses=tuple(data["old_addresses"]),
        trials=tuple(
            Trial(date.fromisoformat(t["date"]), t["people"], tuple((n, m) for n, m in t["minutes"]), t["note"])
            for t in data.get("trials", ())
        ),
        sections=sections,
        indicators=_all(data["indicators"], lambda n, text: Indicator(n, text, 0)),
        topics=_all(data["topics"], lambda n, t: Topic(n, t["title"], tuple(t["subtopics"]), 0)),
        sessions=_all(data["sessions"], lambda n, s: _restore_session(s, headings)),
        assessments=_all(
            data["assessments"],
            lambda n, a: Assessment(tuple(a["indicators"]), a["form"], a["instrument"], a["threshold"], (), 0),
        ),
        references=_all(data["references"], lambda n, r: Reference(r["key"], r["text"], 0)),
        history=_all(data["history"], lambda n, c: HistoryRow(c["version"], c["date"], c["what"], c["why"], (), 0)),
        grouping=_restore_grouping(data.get("grouping")),
        handouts=tuple(
            _known_by_digest(f"{posixpath.dirname(data['path'])}/{h['file']}", h["title"], h["digest"])
            for h in data["handouts"]
        ),
    )


def _restore_grouping(data: Mapping[str, Any] | None) -> Grouping | None:
    """The exercises in groups; editions of before they were data have none."""
    if not data:
        return None
    practices = (
        Practice(
            one["session"],
            one["method"],
            tuple(Team(tuple(team["roles"]), team["rounds"], team["minutes"]) for team in one["teams"]),
            tuple(one["graded"]),
            tuple(one["sheets"]),
        )
        for one in data["practices"]
    )
    return Grouping(data["least"], data["most"], tuple(practices))


def _all(these: Any, make: Any) -> Any:
    return None if these is None else tuple(make(number, one) for number, one in enumerate(these, 1))


def _restore_session(data: Mapping[str, Any], headings: Mapping[str, Section]) -> Session:
    heading = data["heading"]
    return Session(
        data["number"],
        data["title"],
        _all(
            data["activities"],
            lambda n, a: Activity(
                a["stage"],
                a["facilitator"],
                a["participants"],
                a["method"],
                tuple(a["indicators"]),
                Mode(a["mode"]) if a["mode"] else None,
                a["minutes"],
                (),
                0,
            ),
        ),
        None,
        headings.get(heading) or Section(Block("heading", 0, 0, heading, 3), (), ()),
        0,
    )


def _restore_programme(data: Mapping[str, Any]) -> Programme:
    document = _known_by_digest(f"docs/program/{data['slug']}.md", data["title"], data["digest"])
    return Programme(
        data["slug"],
        document,
        data["kode"],
        data["title"],
        tuple(data["modules"]),
        data["lesson_hours"],
        tuple(data["audience"]),
        data["lessons_per_day"],
        data["start"],
        data["meets_minimum"],
        _all(data["frame"], lambda n, part: FramePart(**part)),
        tuple(Variant(**variant) for variant in data["variants"]),
    )
