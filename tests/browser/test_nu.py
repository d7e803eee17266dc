"""The Nu HTML checker over every page: of a small site as it is published, and of today's curriculum."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import parts
import pytest
from watch import Site

pytestmark = [pytest.mark.browser, pytest.mark.site]

NOT_OURS = (
    "Resource violates Content Security Policy",  # 'self' means nothing where files are read from a folder
    "Inline script violates Content Security Policy",  # JSON-LD is data, of which no browser asks a policy
    "A table row was",  # in a redline: both states of a row whose columns changed
)


def said(folder: Path) -> list[str]:
    """Errors and warnings over all pages below a folder."""
    words = [*parts.nu_checker(), "--format", "json", "--skip-non-html", "--stdout", "--exit-zero-always", str(folder)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, env={"JAVA_TOOL_OPTIONS": "-Xss4m"})
    found = json.loads(done.stdout)["messages"]
    return [
        f"{one['url'].removeprefix(f'file:{folder}')} {one.get('lastLine')}: {one['message']}"
        for one in found
        if not one["message"].startswith(NOT_OURS)
    ]


def test_the_published_site_is_valid(site: Site, tmp_path: Path) -> None:
    archive = subprocess.run(["git", "-C", str(site.repo.path), "archive", "gh-pages"], capture_output=True, check=True)
    subprocess.run(["tar", "-x", "-C", str(tmp_path)], input=archive.stdout, check=True)
    assert said(tmp_path) == []


def test_every_page_of_the_curriculum_is_valid(built: Path) -> None:
    assert said(built) == []


def test_the_checker_is_awake(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<!doctype html><html lang="id"><title>x</title><h1>x</h1><p><div>y</div></p>')
    assert any("No “p” element in scope" in line for line in said(tmp_path))
