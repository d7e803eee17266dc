"""A wheel, as pre-commit and other projects install it: every verb works, or says which extra it lacks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from repos import make

ROOT = Path(__file__).parents[1]
NEEDED = (
    "annotated_types", "pydantic", "pydantic_core", "pyromark", "typing_extensions.py", "typing_inspection", "yaml", "_yaml", "rapidfuzz", "markdown", "pymdownx",
)  # fmt: skip
"""What the wheel itself depends on, without the site's parts."""


class Wheel:
    """Sigap installed from a wheel into a virtual environment of its own."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        venv.create(folder, with_pip=False)
        self.program = folder / "bin" / "sigap"
        self.packages = next(folder.glob("lib/python*/site-packages"))
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(folder / "bin" / "python")]
        subprocess.run([*pip, "install", "-q", "--no-deps", "--no-index", str(wheel)], check=True)

    def run(self, *words: object) -> subprocess.CompletedProcess[str]:
        env = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "SIGAP_DEBUG")}
        return subprocess.run(
            [str(self.program), *map(str, words)], capture_output=True, text=True, check=False, env=env
        )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built in a copy, so that the checkout stays as it was."""
    copy, out = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "README.md", "LICENSE", "mkdocs.yml"):
        shutil.copy(ROOT / name, copy)
    shutil.copytree(ROOT / "scripts", copy / "scripts", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copytree(ROOT / "docs" / "kontribusi" / "aturan", copy / "docs" / "kontribusi" / "aturan")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
    ]
    subprocess.run([*pip, "-w", str(out), str(copy)], check=True, capture_output=True)
    return next(out.glob("*.whl"))


def test_with_the_site_every_verb_works(tmp_path: Path, wheel: Path) -> None:
    installed = Wheel(tmp_path / "venv", wheel)
    ours = next(Path(path) for path in sys.path if path.endswith("site-packages"))
    (installed.packages / "deps.pth").write_text(f"{ours}\n", encoding="utf-8")
    repo = make(tmp_path / "repo")
    repo.cut("2026.1")
    for words in (
        ("validate",),
        ("rules",),
        ("rules", "H304"),
        ("export",),
        ("schema", "modul"),
        ("stage", tmp_path / "stage"),
        ("compare", "2026.1", "HEAD"),
        ("compare", "2026.1", "HEAD", "--format", "html", "-o", tmp_path / "html"),
        ("publish", "--all"),
        ("new", "TK-90", "Modul baru"),
    ):
        done = installed.run("-C", repo.path, *words)
        assert done.returncode == 0, (words, done.stdout, done.stderr)


def test_without_the_site_a_verb_says_which_extra_it_lacks(tmp_path: Path, wheel: Path) -> None:
    installed = Wheel(tmp_path / "venv", wheel)
    ours = next(Path(path) for path in sys.path if path.endswith("site-packages"))
    for name in NEEDED:
        if (ours / name).exists():
            (installed.packages / name).symlink_to(ours / name)
    repo = make(tmp_path / "repo")
    repo.cut("2026.1")
    for words in (("validate",), ("rules", "H304"), ("export",), ("schema", "modul"), ("compare", "2026.1", "HEAD")):
        done = installed.run("-C", repo.path, *words)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
    for words in (("publish", "--all"), ("preview",), ("compare", "2026.1", "HEAD", "--format", "html", "-o", tmp_path / "html")):  # fmt: skip
        done = installed.run("-C", repo.path, *words)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), (words, done.stdout, done.stderr)
        assert "pip install 'sigap[site]'" in done.stderr, words
    assert not (tmp_path / "html").exists()
