"""Real git repositories of a small curriculum, for the tests that publish, compare and run the command line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
CONTOH = HERE / "contoh"
ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Penguji",
    "GIT_AUTHOR_EMAIL": "penguji@localhost",
    "GIT_COMMITTER_NAME": "Penguji",
    "GIT_COMMITTER_EMAIL": "penguji@localhost",
    "GIT_AUTHOR_DATE": "2026-11-24T08:00:00+0000",
    "GIT_COMMITTER_DATE": "2026-11-24T08:00:00+0000",
}


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str


def sigap(*words: str, root: Path, cwd: Path | None = None, env: dict[str, str] | None = None) -> Done:
    """Run the real command in its own process."""
    done = subprocess.run(
        [sys.executable, "-m", "sigap", "-C", str(root), *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd or root,
        env={**os.environ, **ENVIRONMENT, "NO_COLOR": "1", "GITHUB_ACTIONS": "", **(env or {})},
    )
    return Done(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True)
class Repo:
    """A git work tree with a curriculum in it."""

    path: Path

    def git(self, *words: str) -> str:
        done = subprocess.run(
            ["git", "-C", str(self.path), *words],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, **ENVIRONMENT},
        )
        return done.stdout.strip()

    def write(self, path: str, text: str) -> None:
        target = self.path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        text = (self.path / path).read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{old!r} is not in {path}"
        self.write(path, text.replace(old, new, 1))

    def commit(self, message: str = "ubah") -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)
        return self.git("rev-parse", "HEAD")

    def cut(self, name: str, day: str = "2026-11-24") -> str:
        """Add the notes of an edition and commit: the commit that cuts it."""
        self.write(
            f"docs/edisi/{name}.md",
            f'---\nedisi: {{nama: "{name}", tanggal: {day}}}\n---\n\n# Edisi {name}\n\nCatatan edisi ini.\n',
        )
        return self.commit(f"Terbitkan edisi {name}")

    def sigap(self, *words: str, **env: str) -> Done:
        return sigap(*words, root=self.path, env=env)

    def publish_at(self, point: str, act: str, *words: str, **env: str) -> Done:
        """`sigap publish` with something done at a named point of its code (stop_at.py), in a group of its own."""
        done = subprocess.run(
            [sys.executable, str(HERE / "stop_at.py"), point, act, "-C", str(self.path), "publish", *words],
            capture_output=True,
            text=True,
            check=False,
            cwd=self.path,
            env={**os.environ, **ENVIRONMENT, **env},
            start_new_session=True,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def tip(self, ref: str = "gh-pages") -> str:
        """The commit of a branch; empty where there is none."""
        return self.git("for-each-ref", "--format=%(objectname)", f"refs/heads/{ref}")

    def tree(self, ref: str = "gh-pages") -> dict[str, str]:
        """Blob ids by path."""
        found = {}
        for row in self.git("ls-tree", "-r", ref).splitlines():
            head, _, path = row.partition("\t")
            found[path] = head.split()[2]
        return found

    def blob(self, path: str, ref: str = "gh-pages") -> bytes:
        """The bytes of a file on a branch."""
        words = ["git", "-C", str(self.path), "cat-file", "blob", f"{ref}:{path}"]
        return subprocess.run(words, capture_output=True, check=True, env={**os.environ, **ENVIRONMENT}).stdout

    def show(self, path: str, ref: str = "gh-pages") -> str:
        return self.git("show", f"{ref}:{path}")


def make(folder: Path, *words: str) -> Repo:
    """A repository of tests/contoh without editions, in one commit; `words` go to `git init`."""
    repo = Repo(folder)
    folder.mkdir(parents=True)
    for top in ("modules", "docs"):
        shutil.copytree(CONTOH / top, folder / top)
    for page in (folder / "docs/edisi").glob("*.md"):
        page.unlink()
    (folder / "docs/edisi").mkdir(exist_ok=True)
    (folder / "docs/edisi/index.md").write_text("# Daftar edisi\n\nSemua edisi.\n\n<!-- sigap: daftar-edisi -->\n")
    repo.git("init", "-q", "-b", "main", *words)
    repo.commit("Mulai")
    return repo
