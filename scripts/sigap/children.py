"""Programs that we start, and that end when we do: by a failure, by Ctrl+C or by a polite request to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

_PATIENCE = 5
"""Seconds in which a program may end by itself."""

OWN_GROUP: Mapping[str, Any] = {"process_group": 0} if os.name == "posix" else {}
"""What makes a program, with all that it starts, a group of its own."""


class _Request:
    """A request to stop. It waits while a program is being started, which nobody could end before it is known."""

    put_off = False
    waiting = False


@contextmanager
def stoppable() -> Iterator[None]:
    """Take SIGTERM and SIGHUP like Ctrl+C, so that what was opened is closed and what was started is ended."""
    names = [name for name in ("SIGTERM", "SIGHUP", "SIGINT") if hasattr(signal, name)]
    if threading.current_thread() is not threading.main_thread():
        names = []

    def stop(number: int, frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_IGN)  # a second one must not disturb the clearing away
        if _Request.put_off:
            _Request.waiting = True
        else:
            raise KeyboardInterrupt

    before = {name: signal.signal(getattr(signal, name), stop) for name in names}
    try:
        yield
    finally:
        for name, what in before.items():
            signal.signal(getattr(signal, name), what)


@contextmanager
def _starting() -> Iterator[None]:
    """Put off a request to stop until the end of this block. Requests reach the main thread alone."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _Request.put_off = True
    try:
        yield
    finally:
        _Request.put_off = False
    if _Request.waiting:
        _Request.waiting = False
        raise KeyboardInterrupt


class Children:
    """Programs run from any thread; leaving the block ends those that still run, with all that they started."""

    def __init__(self) -> None:
        self._running: set[subprocess.Popen[str]] = set()
        self._lock = threading.Lock()
        self._closed = False

    def __enter__(self) -> Children:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def run(
        self,
        words: Sequence[str],
        env: Mapping[str, str],
        cwd: Path | None = None,
        *,
        feed: Callable[[], str] | None = None,
        quiet: bool = True,
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end; what it prints is kept when `quiet`, else shown. Raises OSError.

        `feed` gives what it reads, and is asked only once the program runs: it may take its time.
        """
        process: subprocess.Popen[str] | None = None
        try:
            with _starting():
                process = self._start(words, env, cwd, reads=feed is not None, quiet=quiet)
            out, err = process.communicate(feed() if feed else None)
        finally:
            if process:
                if process.poll() is None:
                    _end(process)
                self._running.discard(process)
        return subprocess.CompletedProcess(list(words), process.returncode, out, err)

    def _start(
        self, words: Sequence[str], env: Mapping[str, str], cwd: Path | None, *, reads: bool, quiet: bool
    ) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE if quiet else None
        with self._lock:
            if self._closed:
                raise KeyboardInterrupt
            process: subprocess.Popen[str] = subprocess.Popen(
                words,
                stdin=subprocess.PIPE if reads else None,
                stdout=pipe,
                stderr=pipe,
                encoding="utf-8",
                errors="replace",
                env=dict(env),
                cwd=cwd,
                **OWN_GROUP,
            )
            self._running.add(process)
        return process

    def end(self) -> None:
        """End what runs, and start nothing more."""
        with self._lock:
            self._closed = True
        for process in list(self._running):
            _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    for number in (signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)):
        with suppress(OSError):
            if os.name == "posix":
                os.killpg(process.pid, number)
            else:
                process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_PATIENCE)
            return
