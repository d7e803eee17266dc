"""What a merge request shows, as plain data of bounded size: made of two curricula, or read from an untrusted file.

Who builds a proposal from a fork and who speaks in the project's name are two. Only this data goes from the first to
the second, which reads it here as it would read anything a stranger sends.
"""

from __future__ import annotations

import json
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .. import rules
from ..compare.bumps import Status
from ..compare.change import short
from ..compare.changes import Comparison, ModuleChange, changes
from ..compare.programmes import hours_of
from ..comparison.report import Report, ordered
from ..errors import Trouble
from ..model import Curriculum, Finding, Hours, Mode, Severity

NAME = "usulan"
"""The name of the edition that a proposal is shown as; no published edition can have it."""
LARGEST = 2_000_000
"""Bytes of a file that is read, also when it was compressed."""
MOST = 500
"""Entries of a list that are kept; how many were left out is said."""
LONGEST = 400
"""Characters of a text that are kept."""


T = TypeVar("T")


class Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


Text = Annotated[str, Field(max_length=LONGEST)]
Count = Annotated[int, Field(ge=0, le=10**9)]
Need = Literal["none", "patch", "minor", "major"]
State = Literal["added", "changed", "moved", "withdrawn", "missing", "unchanged"]


class Jp(Data):
    teori: Count = 0
    penugasan: Count = 0
    lapangan: Count = 0

    @property
    def total(self) -> int:
        return self.teori + self.penugasan + self.lapangan


class Words(Data):
    inserted: Count
    deleted: Count
    moved: Count


class Change(Data):
    kind: Text
    bump: Need
    sentence: Text


class Module(Data):
    """One module that is not as it was. `old` and `new` are empty, and hours None, where a side does not have it."""

    kode: Text
    title: Text
    status: State
    slug: Text
    versions: Annotated[list[Text], Field(min_length=2, max_length=2)]
    hours: Annotated[list[Jp | None], Field(min_length=2, max_length=2)]
    required_bump: Need
    declared_bump: Need
    least: Text
    words: Words
    changes: Annotated[list[Change], Field(max_length=MOST)]


class Programme(Data):
    """One programme whose page or whose modules' hours are not as they were; hours as declared and as added up."""

    kode: Text
    title: Text
    status: State
    declared: Annotated[list[Count | None], Field(min_length=2, max_length=2)]
    hours: Annotated[list[Jp | None], Field(min_length=2, max_length=2)]
    changes: Annotated[list[Text], Field(max_length=MOST)]


class Found(Data):
    path: Text
    line: Count
    column: Count
    code: Annotated[str, Field(pattern=r"^[A-Z][0-9]{3}$")]
    severity: Literal["error", "warning"]
    message: Text
    hint: Text


class Sheet(Data):
    """A handout to print again (changed), for the first time (added), or to throw away (removed)."""

    kode: Text
    path: Text
    title: Text
    status: Literal["added", "changed", "removed"]


class Proposal(Data):
    """Everything that is said of a proposal. `left_out` counts what the lists have no room for."""

    format: Literal["sigap-usulan-1"] = "sigap-usulan-1"
    base: Text
    hours: Annotated[list[Jp], Field(min_length=2, max_length=2)]
    modules: Annotated[list[Module], Field(max_length=MOST)]
    programmes: Annotated[list[Programme], Field(max_length=MOST)]
    policy: Annotated[list[Text], Field(max_length=MOST)]
    errors: Count
    warnings: Count
    findings: Annotated[list[Found], Field(max_length=MOST)]
    sheets: Annotated[list[Sheet], Field(max_length=MOST)]
    left_out: Count = 0
    preview: Text = ""
    """Why there is no preview; empty where there is one, or none was asked for."""

    @property
    def failing(self) -> bool:
        """Whether it cannot be merged as it is."""
        return self.errors > 0 or any(not enough(module) for module in self.modules)


ORDER = ("none", "patch", "minor", "major")


def enough(module: Module) -> bool:
    """Whether the version rose by as much as the changes need."""
    return ORDER.index(module.declared_bump) >= ORDER.index(module.required_bump)


# --- Made -----------------------------------------------------------------------------------------------------------


def proposal(old: Curriculum, new: Curriculum, base: str) -> tuple[Proposal, Report]:
    """What `new` changes of `old`, which readers know as `base`, and what the rules say of it: as data, and as what a
    page tells."""
    comparison = changes(old, new)
    findings = rules.run(replace(new, base=old, base_name=base))
    cut = _Cut()
    modules = [
        Module(
            kode=_text(module.kode),
            title=_text(module.title),
            status=module.status.value,
            slug=_text(_slug(module)),
            versions=[_text(version) for version in module.versions],
            hours=[_jp(side.hours) if side else None for side in (module.old, module.new)],
            required_bump=module.required.word,  # type: ignore[arg-type]
            declared_bump=module.declared.word,  # type: ignore[arg-type]
            least=_text(module.least) if module.old and module.new else "",
            words=Words(inserted=module.words.inserted, deleted=module.words.deleted, moved=module.words.moved),
            changes=cut.most(
                [
                    Change(kind=_text(c.kind), bump=c.bump.word, sentence=_text(c.sentence))  # type: ignore[arg-type]
                    for c in ordered(module.changes)
                ]
            ),
        )
        for module in cut.most(comparison.changed)
    ]
    made = Proposal(
        base=_text(base),
        hours=[_total(side) for side in (old, new)],
        modules=modules,
        programmes=cut.most(list(_programmes(comparison))),
        policy=cut.most([_text(change.sentence) for change in comparison.policy]),
        errors=sum(f.severity is Severity.ERROR for f in findings),
        warnings=sum(f.severity is Severity.WARNING for f in findings),
        findings=[_found(finding) for finding in cut.most(findings)],
        sheets=cut.most([sheet for module in comparison.changed for sheet in _sheets(module)]),
        left_out=cut.out,
    )
    return made, Report(comparison, made.base, NAME, findings=tuple(findings))


class _Cut:
    """Cuts lists to what is kept, and counts the rest."""

    def __init__(self) -> None:
        self.out = 0

    def most(self, items: Sequence[T]) -> list[T]:
        self.out += max(0, len(items) - MOST)
        return list(items[:MOST])


def _text(what: str) -> str:
    """A text on one line, of bounded length, without characters that steer a terminal or turn the direction of text."""
    plain = "".join(" " if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") else char for char in what)
    return short(" ".join(plain.split()), LONGEST)


def _jp(hours: Hours | None) -> Jp | None:
    return Jp(**{name: hours.of(mode) for name, mode in zip(Jp.model_fields, Mode, strict=True)}) if hours else None


def _total(curriculum: Curriculum) -> Jp:
    return _jp(sum((module.hours for module in curriculum.by_kode.values() if module.hours), Hours())) or Jp()


def _slug(module: ModuleChange) -> str:
    side = module.new or module.old
    return side.slug if side else ""


def _programmes(comparison: Comparison) -> Iterator[Programme]:
    for programme in comparison.programmes:
        sides = ((programme.old, comparison.old), (programme.new, comparison.new))
        hours = [_jp(hours_of(side, curriculum)) if side else None for side, curriculum in sides]
        if programme.status is Status.UNCHANGED and hours[0] == hours[1]:
            continue
        yield Programme(
            kode=_text(programme.kode),
            title=_text(programme.title),
            status=programme.status.value,
            declared=[side.lesson_hours if side else None for side in (programme.old, programme.new)],
            hours=hours,
            changes=[_text(change.sentence) for change in programme.changes[:MOST]],
        )


def _found(finding: Finding) -> Found:
    return Found(
        path=_text(finding.path),
        line=finding.line,
        column=finding.column,
        code=finding.code,
        severity=finding.severity.value,
        message=_text(finding.message),
        hint=_text(finding.hint),
    )


def _sheets(module: ModuleChange) -> Iterator[Sheet]:
    """The handouts of a module that are not as they were, by the names of their files."""
    old, new = (
        {document.path.rpartition("/")[2]: document for document in (side.handouts if side else ())}
        for side in (module.old, module.new)
    )
    for name in sorted(old.keys() | new.keys()):
        was, now = old.get(name), new.get(name)
        document = now or was
        if document and (was is None or now is None or was.data != now.data):
            status: Literal["added", "changed", "removed"] = "changed" if was and now else "added" if now else "removed"
            path, title = _text(document.path), _text(document.title)
            yield Sheet(kode=_text(module.kode), path=path, title=title, status=status)


# --- Written and read -----------------------------------------------------------------------------------------------


def dumps(made: Proposal) -> str:
    """The proposal as JSON."""
    return json.dumps(made.model_dump(), ensure_ascii=False, indent=2) + "\n"


def json_schema() -> str:
    """The JSON Schema of `dumps`."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Proposal.model_json_schema()}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def read(path: Path) -> Proposal:
    """A proposal that somebody else wrote: JSON, or a zip that holds `usulan.json`. Raises Trouble.

    Nothing is unpacked, and nothing that is too large, of another shape or not text is taken.
    """
    size = path.stat().st_size
    if size > LARGEST:
        raise Trouble(f"`{path.name}` {size} bita; paling banyak {LARGEST}.")
    data = path.read_bytes()
    if data[:4] == b"PK\x03\x04":
        data = _unzipped(data)
    try:
        made = Proposal.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "isinya"
        raise Trouble(f"Berkas usulan tidak dapat dipakai: {_text(where)[:60]}, {first['type']}.") from None
    except RecursionError:
        raise Trouble("Berkas usulan tidak dapat dipakai: terlalu dalam.") from None
    return _clean(made)


def _clean(made: Proposal) -> Proposal:
    """The same with every text as we would have written it."""

    def cleaned(value: object) -> object:
        if isinstance(value, str):
            return _text(value)
        if isinstance(value, list):
            return [cleaned(item) for item in value]
        return {key: cleaned(item) for key, item in value.items()} if isinstance(value, dict) else value

    return Proposal.model_validate(cleaned(made.model_dump()))


def _unzipped(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, archive.open(f"{NAME}.json") as file:
            found = file.read(LARGEST + 1)
    # all that reading an archive that somebody else made can end in
    except (KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        raise Trouble(f"Arsip usulan tidak memuat `{NAME}.json` yang dapat dibaca.") from None
    if len(found) > LARGEST:
        raise Trouble(f"`{NAME}.json` lebih dari {LARGEST} bita.")
    return found
