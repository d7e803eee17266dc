"""The command line: exit codes, one line for every trouble, the same answer by every door."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from repos import HERE, Repo, make, sigap


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return make(tmp_path / "repo")


def test_a_clean_curriculum_exits_0_with_a_summary(repo: Repo) -> None:
    done = repo.sigap("validate")
    assert done.code == 0
    assert done.out.endswith("tidak ada temuan.\n")


def test_findings_exit_1_and_warnings_only_when_strict(repo: Repo) -> None:
    repo.write("modules/x/index.md", "")
    assert repo.sigap("validate").code == 1
    found = json.loads(repo.sigap("validate", "--format", "json").out)
    assert {"code", "severity", "path", "line", "column", "message", "hint", "url"} == set(found[0])
    repo = make(repo.path.parent / "other")
    repo.write("modules/kurikulum.yml", (repo.path / "modules/kurikulum.yml").read_text())
    path = sorted((repo.path / "modules").glob("*/index.md"))[0]
    (path.parent / "tak-terpakai.png").write_text("a,b\n")
    assert repo.sigap("validate").code == 0
    assert repo.sigap("validate", "--strict").code == 1


def test_300_random_bytes_are_one_finding(tmp_path: Path) -> None:
    target = tmp_path / "modules/x/index.md"
    target.parent.mkdir(parents=True)
    target.write_bytes(bytes((i * 73 + 41) % 256 for i in range(300)))
    done = sigap("validate", root=tmp_path)
    assert done.code == 1
    assert "F110" in done.out
    assert done.err == ""


def test_select_ignore_and_paths(repo: Repo) -> None:
    repo.write("modules/x/index.md", "")
    assert repo.sigap("validate", "--select", "L").code == 0
    everything = repo.sigap("validate", "--format", "json")
    codes = {f["code"] for f in json.loads(everything.out)}
    assert repo.sigap("validate", "--ignore", ",".join(codes)).code == 0
    assert repo.sigap("validate", "docs").code == 0
    assert repo.sigap("validate", "modules/x").code == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "wajib diisi"),
        (("terbang",), "bukan pilihan"),
        (("validate", "--format", "pdf"), "`pdf` bukan pilihan"),
        (("validate", "--select", "H3O4"), "Mungkin maksudnya H304?"),
        (("validate", "tidak/ada"), "`tidak/ada` tidak ada"),
        (("validate", "/etc"), "di luar repositori"),
        (("validate", "--base", "tidak-ada"), "bukan edisi, ref git, atau folder"),
        (("validate", "--warna"), "Argumen tidak dikenal"),
        (("rules", "Z999"), "Aturan `Z999` tidak ada"),
        (("new", "tk-1", "Judul"), "bukan kode modul"),
        (("new", "TK-99", "!!!"), "harus memuat huruf"),
        (("compare", "a"), "wajib diisi"),
        (("compare", "2026.1", "HEAD"), "bukan edisi, ref git, atau folder"),
        (("compare", "HEAD", "HEAD", "--output=x"), "Argumen tidak dikenal"),
        (("compare", "HEAD", "HEAD", "--module", "TK-00"), "Modul `TK-00` tidak ada"),
        (("compare", "HEAD", "HEAD", "--format", "html"), "`--format html -o DIR`"),
        (("serve", "--port", "delapan"), "bukan nilai"),
    ],
)
def test_every_trouble_is_one_line_and_exit_2(repo: Repo, words: tuple[str, ...], says: str) -> None:
    done = repo.sigap(*words)
    assert done.code == 2
    assert says in done.err
    assert done.err.count("\n") == 1
    assert done.out == ""


def test_a_folder_that_is_no_curriculum(tmp_path: Path) -> None:
    assert "tidak ada folder `modules`" in sigap("validate", root=tmp_path).err
    done = subprocess.run(
        [sys.executable, "-m", "sigap", "-C", str(tmp_path / "no"), "validate"], capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "periksa nilai -C" in done.stderr


def test_validate_py_is_the_same_command(repo: Repo) -> None:
    script = HERE.parent / "scripts/validate.py"
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, cwd=repo.path)
    assert (done.returncode, done.stdout) == (0, repo.sigap("validate").out)


def test_a_new_module_validates_apart_from_its_placeholders(repo: Repo) -> None:
    done = repo.sigap("new", "TK-90", "Logistik: Posko & “Gudang”")
    assert done.code == 0
    assert "modules/logistik-posko-gudang/index.md" in done.out
    found = json.loads(repo.sigap("validate", "--format", "json").out)
    assert {f["code"] for f in found} == {"S214", "X704"}
    again = repo.sigap("new", "TK-90", "Lain")
    assert again.code == 2
    assert "sudah dipakai" in again.err
    assert repo.sigap("new", "TK-91", "Logistik: Posko & Gudang").code == 2


def test_rules_lists_all_and_shows_one(repo: Repo) -> None:
    listing = repo.sigap("rules").out
    assert "H304" in listing
    assert repo.sigap("rules", "h304").out.startswith("# H304")


def test_stage_writes_whole_or_not_at_all(repo: Repo, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert repo.sigap("stage", str(out)).code == 0
    assert (out / "modul/index.md").exists() or (out / "index.md").exists()
    again = repo.sigap("stage", str(out))
    assert again.code == 2
    assert "folder baru atau kosong" in again.err


def test_export_and_schema_are_json(repo: Repo) -> None:
    assert json.loads(repo.sigap("export").out)
    for kind in ("modul", "program", "edisi", "kurikulum"):
        schema = json.loads(repo.sigap("schema", kind).out)
        assert schema["type"] == "object"
        assert schema["additionalProperties"] is False


def test_a_changed_minute_is_h304_alone_even_against_an_edition(repo: Repo) -> None:
    repo.cut("2026.1")
    repo.replace(
        "modules/mendengar-aktif/index.md", "| Ceramah interaktif | 1 | T | 25 |", "| Ceramah interaktif | 1 | T | 30 |"
    )
    found = json.loads(repo.sigap("validate", "--format", "json").out)
    assert [f["code"] for f in found] == ["H304"]
    for part in ("T (teori)", "1 JP = 45 menit", "50 menit", "lebih 5 menit", "Sesi 1 95"):
        assert part in found[0]["message"]


def test_a_word_without_a_version_is_v803_until_the_version_rises(repo: Repo) -> None:
    path = "modules/mendengar-aktif/index.md"
    repo.replace(path, "cara mendengar yang", "cara menyimak yang")
    found = json.loads(repo.sigap("validate", "--base", "HEAD", "--format", "json").out)
    assert [f["code"] for f in found] == ["V803"]
    assert "1.0.1" in found[0]["hint"]
    repo.replace(path, "versi: 1.0.0", "versi: 1.0.1")
    repo.replace(path, "| 1.0.0 |", "| 1.0.1 | 2026-11-24 | Satu kata diganti. | Lebih tepat. |\n| 1.0.0 |")
    assert repo.sigap("validate", "--base", "HEAD").code == 0
