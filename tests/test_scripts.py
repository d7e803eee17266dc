"""The types that every script of the site says in JSDoc hold, as TypeScript's compiler reads them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import parts
import pytest

ROOT = Path(__file__).resolve().parents[1]
CONFIGS = sorted(parts.TOOLS.glob("tsconfig*.json"))


def compiled(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*parts.typescript(), *words], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("config", CONFIGS, ids=lambda path: path.stem)
def test_types_hold(config: Path) -> None:
    done = compiled("-p", str(config))
    assert (done.returncode, done.stdout) == (0, "")


def test_every_script_is_read() -> None:
    read = {line for config in CONFIGS for line in compiled("-p", str(config), "--listFilesOnly").stdout.splitlines()}
    scripts = {str(path) for path in (ROOT / "scripts").rglob("*.js")}
    assert scripts
    assert scripts - read == set()


def test_the_compiler_is_awake(tmp_path: Path) -> None:
    (tmp_path / "rusak.js").write_text("/** @type {number} */\nexport const menit = 'sepuluh';\n")
    config = {"extends": str(parts.TOOLS / "tsconfig.json"), "include": ["*.js"]}
    (tmp_path / "tsconfig.json").write_text(json.dumps(config))
    done = compiled("-p", str(tmp_path))
    assert done.returncode
    assert "rusak.js" in done.stdout
