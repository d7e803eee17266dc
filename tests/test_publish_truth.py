"""Publishing says what happened, and nothing else: real git, real bare remotes, obstacles at named points."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from repos import ENVIRONMENT, Done, Repo, make, sigap

pytestmark = pytest.mark.site
HOOK = "#!/bin/sh\necho 'Cabang ini dilindungi.' >&2\nexit 1\n"


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository whose first edition is published, here and on a remote beside it; the second is cut."""
    folder = tmp_path_factory.mktemp("truth")
    repo = make(folder / "repo")
    repo.cut("2026.1")
    repo.git("clone", "-q", "--bare", str(repo.path), str(folder / "remote.git"))
    repo.git("remote", "add", "origin", "../remote.git")
    done = repo.sigap("publish", "--all", "--push", "origin")
    assert done.code == 0, done.err
    repo.cut("2026.2")
    repo.cut("2026.3")
    return folder


@pytest.fixture
def place(ready: Path, tmp_path: Path) -> Path:
    shutil.copytree(ready, tmp_path / "place", symlinks=True)
    return tmp_path / "place"


@pytest.fixture
def repo(place: Path) -> Repo:
    return Repo(place / "repo")


@pytest.fixture
def remote(place: Path) -> Repo:
    return Repo(place / "remote.git")


def hook(git: Path, name: str, text: str = HOOK) -> None:
    path = git / "hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def lock(git: Path) -> None:
    (git / "refs/heads").mkdir(parents=True, exist_ok=True)
    (git / "refs/heads/gh-pages.lock").touch()


def conflict(repo: Repo) -> None:
    repo.git("branch", "-q", "-D", "gh-pages")
    repo.git("branch", "-q", "gh-pages/x")


def unreachable(repo: Repo) -> None:
    repo.git("remote", "set-url", "origin", "http://127.0.0.1:9/repo.git")


REFUSALS: dict[str, tuple[Callable[[Repo, Repo], object], str]] = {
    "stale lock": (lambda repo, remote: lock(repo.path / ".git"), "gh-pages.lock"),
    "directory and file": (lambda repo, remote: conflict(repo), "gh-pages/x"),
    "local hook": (lambda repo, remote: hook(repo.path / ".git", "reference-transaction"), "hook"),
    "hook before the push": (lambda repo, remote: hook(repo.path / ".git", "pre-push"), "Cabang ini dilindungi"),
    "remote refuses": (lambda repo, remote: hook(remote.path, "pre-receive"), "pre-receive hook declined"),
    "remote says why": (lambda repo, remote: hook(remote.path, "pre-receive"), "Cabang ini dilindungi"),
    "remote protects the branch": (lambda repo, remote: hook(remote.path, "update"), "hook declined"),
    "remote is locked": (lambda repo, remote: lock(remote.path), "lock"),
    "remote is gone": (lambda repo, remote: shutil.rmtree(remote.path), "remote.git"),
    "no network": (lambda repo, remote: unreachable(repo), "127.0.0.1"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_is_gits_own_reason_and_moves_nothing(name: str, repo: Repo, remote: Repo) -> None:
    obstruct, expected = REFUSALS[name]
    obstruct(repo, remote)
    gone = not remote.path.exists()
    before = repo.tip(), None if gone else remote.tip()
    done = repo.sigap("publish", "2026.2", "--push", "origin")
    assert (done.code, done.out) == (2, "")
    assert expected in done.err
    assert done.err.count("\n") == 1
    assert done.err.count(expected) <= 2
    assert "terus bergerak" not in done.err
    assert (repo.tip(), None if gone else remote.tip()) == before


def test_a_lock_is_named_with_its_cure(repo: Repo) -> None:
    lock(repo.path / ".git")
    done = repo.sigap("publish", "2026.2")
    assert (done.code, done.out) == (2, "")
    assert "Hapus berkas kunci itu" in done.err
    (repo.path / ".git/refs/heads/gh-pages.lock").unlink()
    assert repo.sigap("publish", "2026.2").out == "Terbit di gh-pages: 2026.2.\n"


def names(repo: Repo) -> set[str]:
    return {entry["version"] for entry in json.loads(repo.show("versions.json"))}


def command(repo: Repo, *words: str) -> str:
    return f"{sys.executable} -m sigap -C {repo.path} publish {' '.join(words)}"


@pytest.mark.parametrize("point", ["building", "grafted"])
def test_a_race_lost_here_is_run_again_on_top(repo: Repo, point: str) -> None:
    done = repo.publish_at(point, command(repo, "2026.3"), "2026.2")
    assert (done.code, done.out, done.err) == (0, "Terbit di gh-pages: 2026.2.\n", "")
    assert names(repo) == {"2026.1", "2026.2", "2026.3"}
    assert "terbaru" in json.loads(repo.show("versions.json"))[0]["aliases"]


@pytest.mark.parametrize("point", ["building", "held"])
def test_a_race_lost_on_the_remote_is_run_again_on_top(place: Path, repo: Repo, remote: Repo, point: str) -> None:
    repo.git("push", "-q", "origin", "main")
    other = Repo(place / "other")
    repo.git("clone", "-q", str(remote.path), str(other.path))
    done = repo.publish_at(point, command(other, "2026.3", "--push", "origin"), "2026.2", "--push", "origin")
    assert (done.code, done.err) == (0, "")
    assert done.out == "Terbit di gh-pages: 2026.2.\ngh-pages didorong ke origin.\n"
    assert names(remote) == {"2026.1", "2026.2", "2026.3"}
    assert repo.tip() == remote.tip()


def test_what_was_published_here_only_goes_along(repo: Repo, remote: Repo) -> None:
    assert repo.sigap("publish", "2026.2").code == 0
    assert names(remote) == {"2026.1"}
    done = repo.sigap("publish", "2026.3", "--push", "origin")
    assert done.code == 0
    assert done.out.startswith("Terbit di gh-pages: 2026.3, 2026.2.")
    assert names(remote) == names(repo) == {"2026.1", "2026.2", "2026.3"}


def test_a_push_that_arrived_though_the_answer_was_lost_counts(repo: Repo, remote: Repo) -> None:
    hook(remote.path, "post-receive", "#!/bin/sh\nkill -9 $PPID\n")
    done = repo.sigap("publish", "2026.2", "--push", "origin")
    assert (done.code, done.err) == (0, "")
    assert done.out == "Terbit di gh-pages: 2026.2.\ngh-pages didorong ke origin.\n"
    assert remote.tip() == repo.tip()


def test_a_branch_behind_the_remote_follows(repo: Repo, remote: Repo) -> None:
    assert repo.sigap("publish", "2026.2", "--push", "origin").code == 0
    before = remote.tip()
    repo.git("branch", "-q", "-f", "gh-pages", "gh-pages~1")
    done = repo.sigap("publish", "2026.2", "--push", "origin")
    assert (done.code, done.out) == (0, "Terbit di gh-pages: 2026.2.\norigin sudah memuatnya.\n")
    assert remote.tip() == repo.tip() == before


# --- Kills ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("point", ["building", "built", "grafted", "held", "pushed", "moved"])
def test_a_kill_at_any_point_leaves_a_whole_site(repo: Repo, remote: Repo, tmp_path: Path, point: str) -> None:
    before, theirs = repo.tip(), remote.tip()
    done = repo.publish_at(point, "kill", "2026.2", "--push", "origin", TMPDIR=str(tmp_path))
    assert done.code < 0
    assert "Terbit" not in done.out
    assert (repo.tip() == before) == (point != "moved")
    assert (remote.tip() == theirs) == (point not in ("pushed", "moved"))
    assert names(repo) == ({"2026.1", "2026.2"} if point == "moved" else {"2026.1"})
    assert repo.git("branch", "--format=%(refname:short)").split() == ["gh-pages", "main"]
    done = repo.sigap("publish", "2026.2", "--push", "origin")
    assert (done.code, done.err) == (0, "")
    assert repo.tip() == remote.tip()
    assert names(repo) == {"2026.1", "2026.2"}


def running(text: str) -> Iterator[str]:
    """Programs whose command line holds a text."""
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if text in line and int(entry.parent.name) != os.getpid():
            yield line


@pytest.mark.parametrize("point", ["building", "grafted", "held"])
def test_a_request_to_stop_clears_everything_away(repo: Repo, remote: Repo, tmp_path: Path, point: str) -> None:
    before, theirs = repo.tip(), remote.tip()
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    done = repo.publish_at(point, "term", "2026.2", "--push", "origin", TMPDIR=str(scratch))
    assert (done.code, done.out, done.err) == (2, "", "sigap: dihentikan.\n")
    assert list(scratch.iterdir()) == []
    assert list(running(str(scratch))) == []
    assert not (repo.path / ".git/refs/heads/gh-pages.lock").exists()
    assert (repo.tip(), remote.tip()) == (before, theirs)


# --- By hand --------------------------------------------------------------------------------------------------------


def by_hand(repo: Repo, **files: str | None) -> None:
    """A commit on gh-pages that puts or removes files, as a maintainer might."""
    folder = repo.path.parent / "pages"
    repo.git("worktree", "add", "-q", "--force", str(folder), "gh-pages")
    pages = Repo(folder)
    for path, text in files.items():
        if text is None:
            (folder / path).unlink()
        else:
            pages.write(path, text)
    pages.commit("Dengan tangan")
    repo.git("worktree", "remove", "--force", str(folder))


def test_what_was_put_by_hand_stays_and_what_was_spoiled_is_mended(repo: Repo, tmp_path: Path) -> None:
    repo.replace("modules/jaga-diri/index.md", "## Tujuan pembelajaran", "Kalimat baru.\n\n## Tujuan pembelajaran")
    repo.cut("2026.4")
    assert repo.sigap("publish", "--all").code == 0
    repo.git("checkout", "-q", "main")
    repo.cut("2026.5")
    redline = next(path for path in repo.tree() if path.startswith("banding/r/"))
    by_hand(
        repo,
        **{
            "CNAME": "sigap.example\n",
            ".well-known/a.txt": "a\n",
            "2026.1/index.html": "<p>Lain</p>\n",
            "2026.2/tambahan.html": "x\n",
            redline: "{}\n",
            "2026.1/404.html": "x\n",
        },
    )
    done = repo.sigap("publish", "2026.5")
    assert (done.code, done.err) == (0, "")
    assert "berkas yang diubah di luar Sigap" in done.out
    assert repo.sigap("publish", "2026.5").out == "Tidak ada yang berubah: gh-pages sudah memuat 2026.5.\n"
    mended = repo.tree()
    assert {"CNAME", ".well-known/a.txt"} <= mended.keys()
    assert repo.sigap("publish", "--all").code == 0
    assert repo.tree() == mended
    repo.git("branch", "-q", "-D", "gh-pages")
    assert repo.sigap("publish", "--all").code == 0
    fresh = repo.tree()
    assert mended == {**fresh, **{path: mended[path] for path in ("CNAME", ".well-known/a.txt")}}


def test_a_reverted_publication_is_no_damage(repo: Repo) -> None:
    assert repo.sigap("publish", "2026.2").code == 0
    folder = repo.path.parent / "pages"
    repo.git("worktree", "add", "-q", str(folder), "gh-pages")
    Repo(folder).git("revert", "--no-edit", "HEAD")
    repo.git("worktree", "remove", "--force", str(folder))
    done = repo.sigap("publish", "2026.3")
    assert (done.code, done.out) == (0, "Terbit di gh-pages: 2026.3.\n")
    assert names(repo) == {"2026.1", "2026.3"}


@pytest.mark.parametrize("text", ["{}", "[1]", "rusak", '[{"version": 1, "properties": 2}]'])
def test_a_list_of_editions_that_is_none_is_one_line(repo: Repo, text: str) -> None:
    by_hand(repo, **{"versions.json": text})
    before = repo.tip()
    done = repo.sigap("publish", "2026.2")
    assert (done.code, done.out) == (2, "")
    assert "versions.json di gh-pages rusak" in done.err
    assert done.err.count("\n") == 1
    assert repo.tip() == before


def test_notes_lead_to_no_missing_page(repo: Repo) -> None:
    repo.git("branch", "-q", "-D", "gh-pages")
    assert repo.sigap("publish", "2026.3").code == 0
    tree = repo.tree()
    assert "banding/2026.2-2026.3/index.html" in tree
    assert "tidak terbit di sini" in repo.show("banding/2026.1-2026.2/index.html")
    assert repo.sigap("publish", "2026.2").code == 0
    assert "tidak terbit" not in repo.show("banding/2026.2-2026.3/index.html")


# --- What git is set to ---------------------------------------------------------------------------------------------


def test_a_persons_settings_do_not_change_the_commit(repo: Repo, tmp_path: Path) -> None:
    settings = tmp_path / "gitconfig"
    settings.write_text(
        "[color]\n\tui = always\n[commit]\n\tgpgSign = true\n[gpg]\n\tprogram = /bin/false\n[log]\n\tshowSignature = true\n"
        "[core]\n\tautocrlf = true\n\tquotePath = true\n[i18n]\n\tcommitEncoding = ISO-8859-1\n"
        "\tlogOutputEncoding = ISO-8859-1\n[user]\n\tuseConfigOnly = true\n[tag]\n\tgpgSign = true\n"
        "[push]\n\tfollowTags = true\n[log]\n\tdate = human\n[diff]\n\trenames = copies\n\tnoprefix = true\n"
    )
    twin = Repo(tmp_path / "twin")
    shutil.copytree(repo.path, twin.path)
    unset = dict.fromkeys((key for key in ENVIRONMENT if "AUTHOR" in key or "COMMITTER" in key), "")
    assert repo.sigap("publish", "2026.2").code == 0
    done = twin.sigap("publish", "2026.2", GIT_CONFIG_GLOBAL=str(settings), **unset)
    assert (done.code, done.err) == (0, "")
    assert twin.tip() == repo.tip()


def test_sha256_repositories(tmp_path: Path) -> None:
    repo = make(tmp_path / "repo", "--object-format=sha256")
    repo.cut("2026.1")
    done = repo.sigap("publish", "--all")
    assert (done.code, done.err) == (0, "")
    assert "2026.1/index.html" in repo.tree()
    assert "Tidak ada yang berubah" in repo.sigap("publish", "2026.1").out


def one_line(done: Done, *expected: str) -> None:
    assert done.code == 2
    assert done.err.count("\n") == 1, done.err
    for text in expected:
        assert text in done.err


def test_missing_history_is_never_green(repo: Repo, tmp_path: Path) -> None:
    shallow = tmp_path / "shallow"
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.path}", str(shallow))
    for words in (
        ("validate",),
        ("validate", "--base", "2026.1"),
        ("compare", "2026.1", "2026.2"),
        ("compare", "2026.1", "HEAD"),
        ("publish", "2026.2"),
    ):
        one_line(sigap(*words, root=shallow), "git fetch --unshallow")


def test_anothers_clone_is_told_with_gits_own_cure(repo: Repo) -> None:
    for words in (("validate",), ("compare", "2026.1", "2026.2"), ("publish", "2026.2")):
        one_line(repo.sigap(*words, GIT_TEST_ASSUME_DIFFERENT_OWNER="1"), "safe.directory", "dubious ownership")


def test_a_missing_object_is_named(repo: Repo) -> None:
    page = repo.git("rev-parse", "HEAD:modules/jaga-diri/index.md")
    repo.git("repack", "-q", "-a", "-d")
    for pack in (repo.path / ".git/objects/pack").glob("*.pack"):
        data = pack.read_bytes()
        for other in pack.parent.glob(f"{pack.stem}.*"):
            other.unlink()
        subprocess.run(
            ["git", "-C", str(repo.path), "unpack-objects", "-q"], input=data, check=True, capture_output=True
        )
    (repo.path / ".git/objects" / page[:2] / page[2:]).unlink()
    done = repo.sigap("publish", "2026.2")
    one_line(done, page)
