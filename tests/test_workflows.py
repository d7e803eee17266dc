"""The workflows of both hosts: clean to their own linters, least in what they may, and made of commands that run."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import parts
import pytest
import yaml
from repos import HERE, Repo, make
from sigap import cli
from sigap.errors import Trouble

ROOT = HERE.parent
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
GITLAB = ROOT / ".gitlab-ci.yml"


def read(path: Path) -> dict[Any, Any]:
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def commands() -> list[tuple[str, str]]:
    """Every command of every step, by its file."""
    found = [
        (path.name, step["run"])
        for path in WORKFLOWS
        for job in read(path)["jobs"].values()
        for step in job["steps"]
        if "run" in step
    ]
    for name, job in read(GITLAB).items():
        if isinstance(job, dict) and name != "workflow":
            found += [(GITLAB.name, line) for key in ("before_script", "script") for line in job.get(key, [])]
    return [(name, command) for name, command in found if command != "true"]


def test_actionlint_finds_nothing() -> None:
    done = subprocess.run(
        [*parts.actionlint(), *map(str, WORKFLOWS)], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_actionlint_is_awake(tmp_path: Path) -> None:
    broken = tmp_path / "rusak.yml"
    broken.write_text(WORKFLOWS[0].read_text().replace("timeout-minutes", "timeout-minuts", 1))
    done = subprocess.run([*parts.actionlint(), str(broken)], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 1
    assert "timeout-minuts" in done.stdout


def test_zizmor_finds_nothing() -> None:
    program = Path(sys.executable).parent / "zizmor"
    done = subprocess.run(
        [str(program), "--offline", "--no-progress", ".github"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_nothing_that_a_job_does_not_say(path: Path) -> None:
    flow = read(path)
    assert flow["permissions"] == {}
    writes = set()
    for job in flow["jobs"].values():
        assert job["timeout-minutes"] <= 60
        writes |= {name for name, what in job["permissions"].items() if what == "write"}
        for step in job["steps"]:
            if "uses" in step:
                assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", step["uses"])
            if str(step.get("uses", "")).startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False
            assert "${{" not in step.get("run", ""), "a proposal's words never stand in a command"
    assert writes == {"tanggapan": {"pull-requests"}, "terbit": {"contents"}, "malam": {"issues"}}.get(path.stem, set())


def test_what_runs_a_proposal_holds_no_secret() -> None:
    text = (ROOT / ".github/workflows/usulan.yml").read_text()
    assert "secrets." not in text
    assert "github.token" not in text
    speaks = read(ROOT / ".github/workflows/tanggapan.yml")
    (job,) = speaks["jobs"].values()
    assert all("ref" not in step.get("with", {}) for step in job["steps"]), "only the main branch's own code"


def test_publishing_is_never_cancelled() -> None:
    assert read(ROOT / ".github/workflows/terbit.yml")["concurrency"]["cancel-in-progress"] is False
    pages = read(GITLAB)["pages"]
    assert (pages["resource_group"], pages["interruptible"]) == ("terbit", False)


def test_every_file_of_a_host_says_so() -> None:
    for path in [*WORKFLOWS, GITLAB, ROOT / "deploy/nginx/sigap.conf", *(ROOT / "deploy").glob("ho*.py")]:
        assert "host-specific" in path.read_text(encoding="utf-8").lower(), path


@pytest.mark.parametrize(("name", "command"), commands(), ids=lambda text: text[:60])
def test_every_command_is_one_of_the_project(name: str, command: str) -> None:
    first = shlex.split(command.split("||")[0].split(">")[0])
    if first[0] == ".venv/bin/sigap":
        words = [re.sub(r"^\$\w+|\$\w+", "x", word) for word in first[1:]]
        try:
            cli._parser().parse_args(words)
        except Trouble as trouble:
            pytest.fail(str(trouble))
    elif first[0] == "make":
        done = subprocess.run(["make", "--dry-run", *first[1:]], capture_output=True, text=True, check=False, cwd=ROOT)
        assert done.returncode == 0, done.stderr
    elif first[0] == "python3":
        done = subprocess.run(
            [sys.executable, first[1], first[2], first[3], "--help"], capture_output=True, check=False, cwd=ROOT
        )
        assert done.returncode == 0
    elif first[0] == ".ci/run":
        assert (ROOT / ".ci/run").stat().st_mode & 0o111
    else:
        assert first[0] == "git", command
    assert subprocess.run(["bash", "-n", "-c", command], check=False).returncode == 0


def run(repo: Repo, command: str, **env: str) -> subprocess.CompletedProcess[str]:
    """One step as a host runs it, with our own program in its place."""
    import os

    from repos import ENVIRONMENT

    bin_ = repo.path / ".venv/bin"
    bin_.mkdir(parents=True, exist_ok=True)
    (bin_ / "sigap").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m sigap "$@"\n')
    (bin_ / "sigap").chmod(0o755)
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command],
        cwd=repo.path, capture_output=True, text=True, check=False, env={**os.environ, **ENVIRONMENT, **env},
    )  # fmt: skip


def step(path: str, word: str) -> str:
    return next(command for name, command in commands() if name == path and word in command)


@pytest.mark.site
def test_the_steps_of_a_proposal_and_its_comment_run(tmp_path: Path) -> None:
    repo = make(tmp_path / "repo")
    repo.write(".gitignore", ".venv/\n")
    repo.cut("2026.1")
    bare = tmp_path / "jauh.git"
    repo.git("clone", "-q", "--bare", str(repo.path), str(bare))
    repo.git("remote", "add", "origin", str(bare))
    assert run(repo, step("terbit.yml", "publish")).returncode == 0
    assert run(repo, step("terbit.yml", "doctor")).stdout.startswith("Utuh")
    assert run(repo, step("periksa.yml", "validate")).returncode == 0
    repo.git("fetch", "-q", "origin")
    repo.git("checkout", "-q", "-b", "usulan")
    repo.replace(
        "modules/mendengar-aktif/index.md", "## Tujuan pembelajaran", "Satu kalimat.\n\n## Tujuan pembelajaran"
    )
    repo.commit()
    done = run(repo, step("usulan.yml", "proposal"), DASAR="origin/main")
    assert done.returncode == 0, done.stderr
    assert (repo.path / "pratinjau/2026.1/index.html").is_file()
    assert (repo.path / "pratinjau/usulan/index.html").is_file()
    import zipfile

    with zipfile.ZipFile(repo.path / "usulan.zip", "w") as archive:
        archive.write(repo.path / "usulan.json", "usulan.json")
    done = run(repo, step("tanggapan.yml", "--from"), JALAN_DI="https://kode.example/jalan/1")
    assert done.returncode == 0, done.stderr
    text = (repo.path / "tanggapan.md").read_text()
    assert text.startswith("<!-- sigap: usulan -->\n")
    assert "https://kode.example/jalan/1#artifacts" in text
    done = run(repo, step("malam.yml", "due").replace(" --links", ""))
    assert done.returncode == 0, done.stderr
    (repo.path / "deploy").symlink_to(ROOT / "deploy")
    for name in ("requirements.txt", "requirements-dev.txt"):
        (repo.path / name).symlink_to(ROOT / name)
    done = run(repo, step("malam.yml", "holes"), SIGAP_OSV_URL="http://127.0.0.1:9/")
    assert done.returncode == 0, done.stderr
    text = (repo.path / "malam.md").read_text()
    assert text.startswith("<!-- sigap: jatuh-tempo -->\n")
    assert "tidak dapat ditanyai" in text
