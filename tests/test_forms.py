"""Forms, owners, the list of components, and that guides hold no command that is none."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from repos import HERE
from sigap import cli, vocabulary
from sigap.errors import Trouble
from sigap.load import load
from sigap.tree import Folder

ROOT = HERE.parent
FORMS = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("[0-9]*.yml"))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_is_whole_and_stands_on_both_hosts(path: Path) -> None:
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert form["name"]
    assert form["description"]
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    assert len({field["id"] for field in fields}) == len(fields)
    assert any(field.get("validations", {}).get("required") for field in fields)
    other = (ROOT / ".gitlab/issue_templates" / f"{form['name']}.md").read_text(encoding="utf-8")
    assert all(field["attributes"]["label"] in other for field in fields)


def test_danger_comes_first() -> None:
    assert "membahayakan" in yaml.safe_load(FORMS[0].read_text(encoding="utf-8"))["name"]


def test_every_module_has_the_owners_of_its_group() -> None:
    owners = (ROOT / ".github/CODEOWNERS").read_text(encoding="utf-8")
    for module in load(Folder.open(ROOT)).modules:
        assert module.group in vocabulary.GROUPS
        assert f"\n/modules/{module.slug}/ @sigap/penelaah-{module.group}\n" in owners, module.slug


def test_every_package_is_listed_with_its_hashes() -> None:
    done = subprocess.run([sys.executable, str(ROOT / "deploy/sbom.py")], capture_output=True, text=True, check=True)
    said = json.loads(done.stdout)
    pinned = re.findall(r"(?m)^([\w.-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"))
    assert (said["bomFormat"], said["specVersion"]) == ("CycloneDX", "1.5")
    assert [component["name"] for component in said["components"]] == pinned
    assert all(component["hashes"] for component in said["components"])


GUIDES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def commands() -> list[tuple[str, str]]:
    """Every `sigap …` and `make …` that a guide shows, in a console block or in words."""
    found = set()
    for path in GUIDES:
        text = path.read_text(encoding="utf-8")
        shown = re.findall(r"(?m)^\s*\$ (.+)$", text) + re.findall(r"`((?:\.venv/bin/)?sigap [^`]+|make [^`]+)`", text)
        for command in shown:
            for part in re.split(r"&&|\|\|", command.partition("   #")[0]):
                if part.strip().removeprefix(".venv/bin/").startswith(("sigap ", "make ")):
                    found.add((path.relative_to(ROOT).as_posix(), part.strip()))
    return sorted(found)


@pytest.mark.parametrize(("path", "command"), commands(), ids=lambda text: text[:50])
def test_no_guide_shows_a_command_that_is_none(path: str, command: str) -> None:
    first, *words = shlex.split(command, comments=True)
    if first == "make":
        targets = re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"))
        assert [word for word in words if "=" not in word and word not in targets] == [], command
        return
    if "--help" in words or words == ["…"]:
        return
    said = trouble([word for word in words if word != "…"])
    bare = len(words) == 1 and "wajib diisi" in said  # a verb named in words, without what it needs
    assert not said or bare, f"{path}: {command}: {said}"


def trouble(words: list[str]) -> str:
    """What the command line says against these words; empty where it takes them."""
    try:
        cli._parser().parse_args(words)
    except Trouble as told:
        return str(told)
    return ""
