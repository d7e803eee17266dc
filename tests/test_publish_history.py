"""Whatever happened to the modules, and in whatever order editions were published: the site is the one from scratch."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from editions import Memory
from repos import CONTOH, Repo, make
from sigap.comparison import files as comparison
from sigap.comparison.states import Known, Pairs, State
from sigap.document import Document
from sigap.load import load
from sigap.model import Edition
from sigap.source import read

PLACE = "## Tujuan pembelajaran"
MANY = 40 if os.environ.get("SIGAP_FUZZ") else 2


@dataclass
class Author:
    """Someone who changes a curriculum, given as texts by path, at random; what stood before may come back."""

    chance: random.Random
    files: dict[str, bytes]
    past: list[dict[str, bytes]] = field(default_factory=list)

    def act(self) -> str:
        """One change of any kind; its name."""
        self.past.append(dict(self.files))
        kinds = (
            self.edit,
            self.edit,
            self.handout,
            self.page,
            self.policy,
            self.rename,
            self.add,
            self.remove,
            self.back,
        )
        kind = self.chance.choice(kinds)
        kind()
        return kind.__name__

    def _folder(self) -> str:
        return self.chance.choice(
            sorted(
                path.split("/")[1] for path in self.files if path.endswith("/index.md") and path.startswith("modules/")
            )
        )

    def edit(self) -> None:
        path = f"modules/{self._folder()}/index.md"
        text = f"Kalimat {self.chance.randrange(4)} di sini.\n\n{PLACE}"
        self.files[path] = self.files[path].replace(PLACE.encode(), text.encode(), 1)

    def handout(self) -> None:
        path = f"modules/{self._folder()}/lampiran-catatan.md"
        if self.files.pop(path, None) is None:
            self.files[path] = f"# Catatan\n\nCatatan ke-{self.chance.randrange(3)}.\n".encode()

    def page(self) -> None:
        self.files["docs/index.md"] += f"\nBaris {self.chance.randrange(9)}.\n".encode()

    def policy(self) -> None:
        text = self.files["modules/kurikulum.yml"]
        self.files["modules/kurikulum.yml"] = text.replace(b"sumber: ", b"sumber: Lagi, ", 1)

    def rename(self) -> None:
        """Give a folder another name, and lead every link there."""
        old = self._folder()
        new = old.removesuffix("-x") if old.endswith("-x") else f"{old}-x"
        moved = {}
        for path, data in self.files.items():
            if path.endswith(".md"):
                for here in (f"modules/{old}/", f"../{old}/"):
                    data = data.replace(here.encode(), here.replace(old, new).encode())
            moved[path.replace(f"modules/{old}/", f"modules/{new}/")] = data
        self.files = moved

    def add(self) -> None:
        """A module that no programme has."""
        number = self.chance.randrange(1, 4)
        home = next(path for path, data in self.files.items() if b"kode: TK-03" in data).removesuffix("index.md")
        for path, data in [one for one in self.files.items() if one[0].startswith(home)]:
            copy = data.replace(b"TK-03", f"TB-0{number}".encode())
            self.files[f"modules/tambahan-{number}/{path.removeprefix(home)}"] = copy

    def remove(self) -> None:
        added = {path.split("/")[1] for path in self.files if path.startswith("modules/tambahan-")}
        if added:
            gone = f"modules/{self.chance.choice(sorted(added))}/"
            self.files = {path: data for path, data in self.files.items() if not path.startswith(gone)}

    def back(self) -> None:
        self.files = dict(self.chance.choice(self.past))


def start() -> dict[str, bytes]:
    """The curriculum of tests/contoh without editions."""
    found = {p.relative_to(CONTOH).as_posix(): p.read_bytes() for p in sorted(CONTOH.rglob("*")) if p.is_file()}
    return {path: data for path, data in found.items() if not path.startswith("docs/edisi/2")}


# --- /banding/ alone, without git: many histories -------------------------------------------------------------------


def state(name: str, files: Mapping[str, bytes]) -> State:
    page: Document = read(f"docs/edisi/{name}.md", b"")
    return State(Edition(name, date(2026, 11, 24), page), load(Memory(files), date(2026, 11, 24)))


@pytest.mark.parametrize("seed", range(MANY * 6))
def test_comparisons_grow_into_those_from_scratch(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(seed)
    author = Author(chance, start())
    states, acts = [], []
    for number in range(1, chance.randrange(3, 7)):
        acts += [author.act() for _ in range(chance.randrange(0, 4))]
        states.append(state(f"2026.{number}", author.files))
    before = list(pairwise(states))
    disk: dict[str, bytes] = {}
    standing: list[State] = []
    for one in chance.sample(states, len(states)):
        pairs = Pairs({path: data for path, data in disk.items() if path.startswith("banding/r/")})
        known = Known(frozenset(disk), frozenset(s.name for s in standing))
        standing = sorted([*standing, one], key=states.index)
        noted = [(old, new) for old, new in before if states.index(new) <= states.index(standing[-1])]
        made = dict(comparison.files(standing, noted, pairs, known))
        disk = {path: disk[path] if data is None else data for path, data in made.items()}
    scratch = dict(comparison.files(states, before, Pairs(), Known()))
    assert disk == scratch, acts


# --- The whole site, with real git and real builds ------------------------------------------------------------------


def write(repo: Repo, files: Mapping[str, bytes]) -> None:
    for top in ("modules", "docs"):
        for path in sorted((repo.path / top).rglob("*"), reverse=True):
            if path.is_file() and not path.relative_to(repo.path).as_posix().startswith("docs/edisi/2"):
                path.unlink()
    for path, data in files.items():
        (repo.path / path).parent.mkdir(parents=True, exist_ok=True)
        (repo.path / path).write_bytes(data)
    for folder in sorted((repo.path / "modules").glob("*/")):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


@pytest.mark.site
@pytest.mark.parametrize("seed", range(MANY))
def test_the_site_grows_into_the_one_from_scratch(seed: int, tmp_path: Path) -> None:
    chance = random.Random(1000 + seed)
    repo = make(tmp_path / "repo")
    author = Author(chance, start())
    author.files["docs/edisi/index.md"] = (repo.path / "docs/edisi/index.md").read_bytes()
    acts: list[str] = []
    waiting: list[str] = []
    renderer = "0" * 12
    for number in range(1, 5):
        acts += [author.act() for _ in range(chance.randrange(0, 4))]
        write(repo, author.files)
        name = f"2026.{number}"
        repo.cut(name)
        waiting.append(name)
        acts.append(name)
        if number == 3:
            renderer = "1" * 12
        for name in chance.sample(waiting, chance.randrange(len(waiting) + 1)):
            done = repo.publish_at("renderer", renderer, name)
            assert (done.code, done.err) == (0, ""), acts
            acts.append(f"publish {name}")
            waiting.remove(name)
    for name in chance.sample(waiting, len(waiting)):
        done = repo.publish_at("renderer", renderer, name)
        assert (done.code, done.err) == (0, ""), acts
    grown = repo.tree()
    scratch = Repo(tmp_path / "scratch")
    shutil.copytree(repo.path, scratch.path)
    scratch.git("branch", "-q", "-D", "gh-pages")
    assert scratch.publish_at("renderer", renderer, "--all").code == 0
    assert grown == scratch.tree(), acts
