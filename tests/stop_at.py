"""The command line with something put in the place of `publish.checkpoint`: an entry for the tests of publishing.

    python tests/stop_at.py POINT ACT -C REPO publish …

ACT is done when publishing comes to POINT the first time: `kill` ends the whole group at once, `term` asks this process
to end, and anything else is a shell command that is run to its end. RENDERER in ACT's place, as in
`python tests/stop_at.py renderer 0123456789ab …`, names another version of what renders comparisons.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from sigap import cli, publish
from sigap.comparison import files


def main() -> int:
    point, act, *words = sys.argv[1:]
    done = []

    def checkpoint(name: str) -> None:
        if name != point or done:
            return
        done.append(name)
        if act == "kill":
            os.killpg(0, signal.SIGKILL)
        elif act == "term":
            os.kill(os.getpid(), signal.SIGTERM)
        else:
            subprocess.run(["sh", "-c", act], check=True, stdout=subprocess.DEVNULL)

    publish.checkpoint = checkpoint
    if point == "renderer":
        publish.version = files.version = lambda: act
    return cli.main(words)


if __name__ == "__main__":
    sys.exit(main())
