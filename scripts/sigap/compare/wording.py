"""The changes of a module's texts, part by part, and of its handouts."""

from __future__ import annotations

import posixpath
from collections.abc import Hashable, Iterator, Sequence

from .. import vocabulary
from ..document import Document, Location
from ..headings import PART
from ..model import Module
from ..words import Words
from .change import Change, ModulePair
from .pairing import Pairing, alike, pair
from .parts import Folders, Leaf, Part, changed_words, content_digest, leaves, parts

Keyed = tuple[Hashable, Part]
"""A part with what tells which part of the other side it is."""

Read = tuple[Document, tuple[Leaf, ...], str]
"""A handout, its leaves, and its title with the digest of its content."""


def texts(both: ModulePair, old: Sequence[Part], new: Sequence[Part], told: frozenset[Hashable]) -> Iterator[Change]:
    """Changes of text, part by part; typed content only where no typed change has spoken of it."""
    old_keys, new_keys = _keys(both, old, new=False), _keys(both, new, new=True)
    before, after = list(zip(old_keys, old, strict=True)), list(zip(new_keys, new, strict=True))

    def like(one: Keyed, two: Keyed) -> float:
        if _named(one[0]) or _named(two[0]) or not one[1].name or not two[1].name:
            return 0.0
        return _leaves_alike(one[1].leaves, two[1].leaves, one[1].digest == two[1].digest)

    found = pair(before, after, lambda keyed: keyed[0], like, 0.5)
    gone = {old[i].section for i in found.removed if not old[i].name}
    come = {new[j].section for j in found.added if not new[j].name}
    for i in found.removed:
        part = old[i]
        if not _named(old_keys[i]) and not (part.name and part.section in gone):
            words = Words(deleted=_count(part.leaves))
            yield Change("section-removed", part.path, words=words, was=both.before(part.start))
    for i, j in found.pairs:
        was, now = old[i], new[j]
        key, place = old_keys[i], both.at(now.start)
        spoken = key in told
        if not _named(key) and (i, j) in found.moved:
            yield Change("section-moved", now.path, location=place)
        other_name = was.name != now.name and (_plain(was.name) != _plain(now.name) or i == j)
        if other_name and not spoken and not _renamed(both, key):
            yield Change("section-renamed", now.section, was.name, now.name, location=place)
        if both.renumbered and now.section in (vocabulary.STEPS, vocabulary.EVALUATION):
            spoken = True
        yield from _text(was, now, spoken, place)
    for j in found.added:
        part = new[j]
        if not _named(new_keys[j]) and not (part.name and part.section in come):
            words = Words(inserted=_count(part.leaves))
            yield Change("section-added", part.path, words=words, location=both.at(part.start))


def body(old: Module, new: Module, before: Folders, after: Folders) -> tuple[Words, int]:
    """How the prose of a module changed, tables and lists that the model holds aside, and how many words it had."""
    one, two = (
        [leaf for part in parts(module, folders) for leaf in part.text]
        for module, folders in ((old, before), (new, after))
    )
    return changed_words(one, two), _count(one)


def _text(old: Part, new: Part, spoken: bool, place: Location) -> Iterator[Change]:
    if old.digest == new.digest:
        return
    if old.stub or new.stub:
        if not spoken:
            yield Change("section-text", new.path, location=place)
        return
    before, after = (old.text, new.text) if spoken else (old.leaves, new.leaves)
    if [leaf.form for leaf in before] != [leaf.form for leaf in after]:
        words = changed_words(before, after)
        yield Change("section-text" if words else "section-markup", new.path, words=words or None, location=place)


def _keys(both: ModulePair, these: Sequence[Part], new: bool) -> list[Hashable]:
    """What each part is: a session or the part of a topic by identity, any other by its section and plain title."""
    module = both.new if new else both.old
    sessions = {session.section.title: n for n, session in enumerate(module.sessions or ())}
    same = {kind: {j: i for i, j in pairing.pairs} for kind, pairing in _named_kinds(both).items()}

    def identity(kind: str, number: int) -> Hashable:
        if not new:
            return (kind, number)
        return (kind, same[kind][number]) if number in same[kind] else (f"new {kind}", number)

    found: list[Hashable] = []
    for part in these:
        match = PART.match(part.name) if part.section == vocabulary.CONTENT else None
        if part.section == vocabulary.STEPS and part.name in sessions:
            found.append(identity("session", sessions.pop(part.name)))
        elif match and 0 < int(match[1]) <= len(module.topics or ()):
            found.append(identity("topic", int(match[1]) - 1))
        else:
            found.append((part.section, _plain(part.name)))
    return found


def _named_kinds(both: ModulePair) -> dict[str, Pairing]:
    return {"session": both.sessions, "topic": both.topics}


def _named(key: Hashable) -> bool:
    """Whether a part is a session's or a topic's, which have changes of their own."""
    return isinstance(key, tuple) and str(key[0]).removeprefix("new ") in ("session", "topic")


def _renamed(both: ModulePair, key: Hashable) -> bool:
    """Whether the topic of that part has got another title, which `topic-renamed` tells."""
    if not isinstance(key, tuple) or key[0] != "topic":
        return False
    j = next(j for i, j in both.topics.pairs if i == key[1])
    return (both.old.topics or ())[key[1]].text != (both.new.topics or ())[j].text


def _plain(title: str) -> str:
    """A heading without its number: `Penugasan 2: Percakapan` is told by what it is about."""
    head, mark, rest = title.partition(": ")
    return rest if mark and head.rpartition(" ")[2].isdigit() else title


def _count(these: Sequence[Leaf]) -> int:
    return sum(len(leaf.words) for leaf in these)


def _leaves_alike(old: Sequence[Leaf], new: Sequence[Leaf], same: bool) -> float:
    if same:
        return 1.0
    one, two = ([word for leaf in these for word in leaf.words] for these in (old, new))
    return alike(one, two) if one and two else 0.0


# --- Handouts -------------------------------------------------------------------------------------------------------


def handouts(both: ModulePair) -> Iterator[Change]:
    def read(documents: Sequence[Document], folders: Folders) -> list[Read]:
        return [(d, leaves(d, folders), f"{d.title} {content_digest(d, folders)}") for d in documents]

    def name(one: Read) -> str:
        return posixpath.basename(one[0].path)

    def title(one: Read) -> str:
        return one[0].title or name(one)

    def like(one: Read, two: Read) -> float:
        return _leaves_alike(one[1], two[1], one[2] == two[2])

    before, after = read(both.old.handouts, both.old_folders), read(both.new.handouts, both.new_folders)
    found = pair(before, after, name, like, 0.5)
    for i in found.removed:
        words = Words(deleted=_count(before[i][1]))
        place = Location(before[i][0].path)
        yield Change("handout-removed", title(before[i]), words=words, was=place)
    for i, j in found.pairs:
        was, now = before[i], after[j]
        place = Location(now[0].path)
        if name(was) != name(now):
            yield Change("handout-renamed", title(now), name(was), name(now), location=place)
        if was[2] != now[2]:
            titles = (was[0].title, now[0].title) if was[0].title != now[0].title else ("", "")
            words = changed_words(was[1], now[1])
            yield Change("handout-changed", title(now), *titles, words=words or None, location=place)
    for j in found.added:
        words = Words(inserted=_count(after[j][1]))
        place = Location(after[j][0].path)
        yield Change("handout-added", title(after[j]), words=words, location=place)
