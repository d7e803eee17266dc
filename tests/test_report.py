"""Reports of findings, as golden files; SARIF against its schema."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from editions import Memory
from golden_files import same
from repos import CONTOH
from sigap import report, rules
from sigap.load import load

INDEX = "modules/mendengar-aktif/index.md"
FILES = {p.relative_to(CONTOH).as_posix(): p.read_bytes() for p in CONTOH.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def broken() -> report.Report:
    text = FILES[INDEX].decode()
    text = text.replace("| Bermain peran | 2 | P | 45 |", "| Bermain peran | 2 | P | 40 |")
    text = text.replace("1. menjelaskan tiga ciri", "1. memahami tiga | ciri")
    text = text.replace("(lampiran-daftar-amati.md), satu", "(lampiran-daftar-amat.md), satu")
    text = text.replace("Percakapan dibuka dengan izin", "Percakapan\tdibuka dengan 🙂 izin TODO")
    curriculum = load(Memory({**FILES, INDEX: text.encode()}), date(2026, 11, 24))
    findings = rules.run(curriculum, url="https://contoh.example/terbaru/kontribusi/aturan/")
    return report.Report(findings, curriculum)


@pytest.mark.parametrize("form", report.FORMATS)
def test_a_report_reads_as_its_golden_file(form: str, broken: report.Report) -> None:
    same(f"report/{form}.txt", report.FORMATS[form](broken))


def test_colour_only_adds_escapes(broken: report.Report) -> None:
    import re

    painted = report.text(report.Report(broken.findings, broken.curriculum, colour=True))
    assert re.sub(r"\x1b\[[\d;]*m", "", painted) == report.text(broken)


def test_sarif_is_valid(broken: report.Report, tmp_path: Path) -> None:
    path = tmp_path / "report.sarif"
    path.write_text(report.sarif(broken), encoding="utf-8")
    schema = Path(__file__).parent / "fixtures" / "sarif-2.1.0.json"
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema), str(path)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_findings_is_said_too(broken: report.Report) -> None:
    clean = report.Report([], broken.curriculum)
    assert report.text(clean).endswith("tidak ada temuan.\n")
    assert json.loads(report.as_json(clean)) == []
