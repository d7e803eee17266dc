"""Get a browser for the tests where the system has none: Playwright's own, into .venv/browsers.

Never fails: where it cannot be had (no network, no build for this system), the tests that need it are skipped and say so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from parts import BROWSERS, own_chromium, system_chromium

PATIENCE = 600
"""Seconds that a download may take."""


def main() -> None:
    if system_chromium() or own_chromium():
        return
    print("Chromium tidak ada di mesin ini; mencoba mengunduhnya ke .venv/browsers …", flush=True)
    command = [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]
    env = {**os.environ, "PLAYWRIGHT_BROWSERS_PATH": str(BROWSERS)}
    try:
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=PATIENCE, check=False)
        why = "" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["tanpa keterangan"])[0]
    except (OSError, subprocess.TimeoutExpired) as error:
        why = str(error)
    if why or not own_chromium():
        shutil.rmtree(BROWSERS, ignore_errors=True)  # half a browser is worse than none
        print(f"Tidak dapat diunduh ({why}); uji di peramban akan dilewati.", flush=True)


if __name__ == "__main__":
    main()
