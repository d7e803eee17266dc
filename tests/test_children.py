"""Programs that we start end when we do, also when the request to stop comes while one is being started."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import os, signal, subprocess, sys
sys.path.insert(0, {package!r})
from sigap import children

class Asked(subprocess.Popen):
    def __init__(self, *words, **how):
        super().__init__(*words, **how)
        print(self.pid, flush=True)
        os.kill(os.getpid(), {number})  # before anybody knows of this program

subprocess.Popen = Asked
try:
    with children.stoppable(), children.Children() as running:
        running.run([sys.executable, "-c", "import time; time.sleep(60)"], dict(os.environ))
except KeyboardInterrupt:
    print("stopped", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_request_to_stop_between_start_and_notice_leaves_no_orphan(name: str) -> None:
    package = str(Path(__file__).parents[1] / "scripts")
    script = SCRIPT.format(package=package, number=int(getattr(signal, name)))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=40)
    pid, *said = done.stdout.split()
    assert said == ["stopped"], done.stderr
    assert not Path(f"/proc/{pid}/cmdline").exists() or not Path(f"/proc/{pid}/cmdline").read_bytes()
