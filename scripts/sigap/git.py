"""git, as plain functions. Every failure is a `Trouble` that says what to do."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from .children import OWN_GROUP
from .errors import Trouble

_IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Sigap"), ("EMAIL", "sigap@localhost"))
}


_PLAIN = [
    word
    for setting in (
        "color.ui=false",
        "commit.gpgSign=false",
        "core.quotePath=false",
        "i18n.commitEncoding=UTF-8",
        "i18n.logOutputEncoding=UTF-8",
        "log.showSignature=false",
    )
    for word in ("-c", setting)
]
"""What a person's own settings may say, and what would change the bytes that we read or write."""


class Moved(Exception):  # noqa: N818 (an event, of which a caller makes another try)
    """A branch is no longer where it was: somebody else was faster."""


def _command(root: Path, *words: str) -> list[str]:
    return ["git", "-C", str(root), *_PLAIN, *words]


def _environment(env: Mapping[str, str] | None = None) -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", **(env or {})}


def _run(
    root: Path, *words: str, stdin: bytes | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            _command(root, *words), input=stdin, capture_output=True, check=False, env=_environment(env)
        )
    except FileNotFoundError:
        raise Trouble("git tidak ditemukan; pasang git, lalu ulangi.") from None


def git(
    root: Path, *words: str, stdin: bytes | None = None, env: Mapping[str, str] | None = None, quiet: bool = False
) -> bytes:
    """Run git in `root` and return what it printed. Where it fails: empty when `quiet`, else Trouble."""
    done = _run(root, *words, stdin=stdin, env=env)
    if done.returncode:
        if quiet:
            return b""
        raise Trouble(f"`git {' '.join(words[:2])}` gagal: {reason(done.stderr)}")
    return done.stdout


def reason(said: bytes) -> str:
    """Why git failed, in git's own words: the first paragraph that it wrote, on one line, without its advice."""
    found: list[str] = []
    for row in said.decode("utf-8", "replace").splitlines():
        text = " ".join(row.removeprefix("fatal:").removeprefix("error:").split())
        if not text and found:
            break
        if text and not row.startswith(("hint:", "To ", "error: failed to push")) and text != "remote:":
            found.append(text)
    return "; ".join(found[:4])[:400].rstrip(".") or "tanpa keterangan"


def line(root: Path, *words: str, quiet: bool = False) -> str:
    """The output of git as one stripped text."""
    return git(root, *words, quiet=quiet).decode("utf-8", "replace").strip()


def is_repository(root: Path) -> bool:
    """Whether `root` is the top of a work tree that has a commit. Raises Trouble where git refuses to look."""
    done = _run(root, "rev-parse", "--show-toplevel")
    if b"dubious ownership" in done.stderr:
        raise Trouble(
            f"git menolak `{root}` karena pemiliknya orang lain (dubious ownership); bila Anda percaya isinya: "
            f"`git config --global --add safe.directory {root}`."
        )
    top = done.stdout.decode("utf-8", "replace").strip()
    return bool(top) and Path(top).resolve() == root.resolve() and bool(commit_of(root, "HEAD"))


def require_repository(root: Path) -> None:
    """Refuse what is no git work tree, has no commit, or was cloned without its history."""
    if not is_repository(root):
        raise Trouble(f"`{root}` bukan akar repositori git yang punya commit; jalankan dari salinan `git clone`.")
    require_history(root)


def require_history(root: Path) -> None:
    """Refuse a clone without its whole history: there every edition seems to be cut by the oldest commit."""
    if line(root, "rev-parse", "--is-shallow-repository") == "true":
        raise Trouble("Salinan git ini dangkal, riwayat edisi tidak lengkap; jalankan `git fetch --unshallow`.")


def require_clean(root: Path) -> None:
    """Refuse uncommitted changes of tracked files: what is published must be what is committed."""
    changed = line(root, "status", "--porcelain", "--untracked-files=no")
    if changed:
        first = changed.splitlines()[0][2:].strip()
        raise Trouble(
            f"Ada perubahan yang belum di-commit ({first}); commit dahulu, atau lihat hasilnya dengan `sigap preview`."
        )


def commit_of(root: Path, ref: str) -> str:
    """The commit that a ref names; empty where there is none."""
    if ref.startswith("-"):
        return ""
    return line(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}", quiet=True)


def files(root: Path, commit: str, tops: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Mode, blob id and path of every file of a commit below the given folders."""
    for entry in git(root, "ls-tree", "-r", "-z", commit, "--", *tops).split(b"\0"):
        if entry:
            head, _, path = entry.partition(b"\t")
            mode, kind, blob = head.decode().split()
            if kind == "blob":
                yield mode, blob, path.decode("utf-8", "replace")


def blobs(root: Path, ids: Sequence[str]) -> dict[str, bytes]:
    """The contents of blobs by id or by `<commit>:<path>`, in one call."""
    if not ids:
        return {}
    out = git(root, "cat-file", "--batch", stdin="\n".join(ids).encode() + b"\n")
    found: dict[str, bytes] = {}
    at = 0
    for blob in ids:
        end = out.index(b"\n", at)
        head = out[at:end].split()
        if len(head) != 3:
            raise Trouble(f"Objek git {blob} hilang dari salinan ini; periksa dengan `git fsck`, atau buat klona baru.")
        size = int(head[2])
        found[blob] = out[end + 1 : end + 1 + size]
        at = end + 1 + size + 1
    return found


def tree_of(root: Path, commit: str, path: str = "") -> str:
    """The id of a folder's content in a commit; empty where it does not exist."""
    return line(root, "rev-parse", "--verify", "--quiet", f"{commit}:{path}", quiet=True)


def ids(root: Path, names: Sequence[str]) -> list[str]:
    """The ids of objects such as `<commit>:<path>`, in one call; empty for those that do not exist."""
    out = git(root, "cat-file", "--batch-check=%(objectname)", stdin="".join(f"{name}\n" for name in names).encode())
    return ["" if row.endswith(" missing") else row for row in out.decode("utf-8", "replace").splitlines()]


def commit_tree(root: Path, tree: str, parents: Sequence[str], message: str, when: str) -> str:
    """Make a commit that names nobody and whose time is given, so that the same content gives the same id."""
    words = [word for parent in parents for word in ("-p", parent)]
    env = {**_IDENTITY, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    return git(root, "commit-tree", tree, *words, "-m", message, env=env).decode().strip()


@contextmanager
def held(root: Path, ref: str, new: str, old: str) -> Iterator[Callable[[], None]]:
    """Hold a branch that stands at `old` (empty for one to be made), and move it to `new` when the caller says so.

    Gives the function that moves it; where it is not called, the branch stays. Raises Moved where the branch stands
    elsewhere by now, and Trouble with git's own reason where it cannot be moved though nobody moved it.
    """
    process = subprocess.Popen(
        _command(root, "update-ref", "--stdin"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
        **OWN_GROUP,  # a kill of our group must not keep git from letting go of the branch
    )
    assert process.stdin
    assert process.stdout
    assert process.stderr
    lines, answers, errors = process.stdin, process.stdout, process.stderr

    def ask(*words: str) -> None:
        """Give git some commands, of which it answers the last."""
        with suppress(BrokenPipeError):
            lines.write("".join(f"{word}\n" for word in words).encode())
            lines.flush()
        if not answers.readline():
            _refuse(root, ref, old, errors.read())

    try:
        ask("start")
        ask(f"update {ref} {new} {old or '0' * len(new)}", "prepare")
        yield lambda: ask("commit")
    finally:
        with suppress(BrokenPipeError):
            lines.close()  # without `commit`, this lets go of the branch
        process.wait()
        answers.close()
        errors.close()


def _refuse(root: Path, ref: str, old: str, said: bytes) -> None:
    if commit_of(root, ref) != old:
        raise Moved
    why = reason(said)
    cure = " Hapus berkas kunci itu bila tidak ada git lain yang berjalan." if ".lock" in why else ""
    raise Trouble(f"{ref.removeprefix('refs/heads/')} tidak dapat dipindahkan: {why}.{cure}")


def remote_commit(root: Path, remote: str, ref: str) -> str:
    """The commit at which a remote's branch stands; empty where it has none. Raises Trouble."""
    for row in line(root, "ls-remote", "--heads", remote, ref).splitlines():
        commit, _, name = row.partition("\t")
        if name == ref:
            return commit
    return ""


def push(root: Path, remote: str, ref: str, new: str, old: str) -> None:
    """Bring a commit to a remote's branch that stands at `old`.

    Raises Moved where the branch stands elsewhere by now, and Trouble with the remote's reason where it refuses.
    """
    done = _run(root, "push", "--porcelain", "--no-follow-tags", remote, f"{new}:{ref}")
    if not done.returncode:
        return
    try:
        now = remote_commit(root, remote, ref)
    except Trouble:
        now = old  # not to be reached: what push said is the reason
    if now == new:
        return
    if now != old:
        raise Moved
    rows = [row.split("\t")[-1] for row in done.stdout.decode("utf-8", "replace").splitlines() if row[:1] == "!"]
    why = "; ".join([*rows, *([reason(done.stderr)] if reason(done.stderr) != "tanpa keterangan" else [])])
    raise Trouble(f"{remote} menolak {ref.removeprefix('refs/heads/')}: {why or 'tanpa keterangan'}.")
