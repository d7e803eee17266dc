"""Editions onto gh-pages: real git, real mkdocs and mike, real bare remotes, real kills."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from repos import ENVIRONMENT, Repo, make, sigap

pytestmark = pytest.mark.site

MODULE = "modules/{slug}/index.md"


def first_module(repo: Repo) -> str:
    return sorted(p.parent.name for p in (repo.path / "modules").glob("*/index.md"))[0]


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = make(tmp_path / "repo")
    made.cut("2026.1")
    return made


def change(repo: Repo, text: str = "Kalimat tambahan untuk edisi berikutnya.") -> None:
    path = MODULE.format(slug=first_module(repo))
    repo.replace(path, "## Tujuan pembelajaran", f"{text}\n\n## Tujuan pembelajaran")


def test_all_editions_stand_on_the_branch(repo: Repo) -> None:
    change(repo)
    repo.cut("2026.2")
    done = repo.sigap("publish", "--all")
    assert (done.code, done.err) == (0, "")
    tree = repo.tree()
    slug = first_module(repo)
    for top in ("2026.1", "2026.2", "terbaru"):
        assert f"{top}/modul/{slug}/index.html" in tree
        assert f"{top}/modul/{slug}/index.md" in tree
        assert f"{top}/kurikulum.json" in tree
    assert tree[f"2026.2/modul/{slug}/index.html"] == tree[f"terbaru/modul/{slug}/index.html"]
    assert tree[f"2026.1/modul/{slug}/index.html"] != tree[f"2026.2/modul/{slug}/index.html"]
    versions = json.loads(repo.show("versions.json"))
    assert [(v["version"], v["aliases"]) for v in versions] == [("2026.2", ["terbaru"]), ("2026.1", [])]
    assert "Kalimat tambahan" not in repo.show(f"2026.1/modul/{slug}/index.html")
    assert '<html lang="id">' in repo.show("index.html")
    assert not any(mode.startswith("120000") for mode in repo.git("ls-tree", "-r", "gh-pages").splitlines())


def test_the_same_history_gives_the_same_bytes(repo: Repo, tmp_path: Path) -> None:
    change(repo)
    repo.cut("2026.2")
    assert repo.sigap("publish", "--all").code == 0
    once = repo.git("rev-parse", "gh-pages")
    assert "Tidak ada yang berubah" in repo.sigap("publish", "--all").out
    assert repo.git("rev-parse", "gh-pages") == once
    clone = Repo(tmp_path / "elsewhere")
    repo.git("clone", "-q", "--single-branch", "-b", "main", str(repo.path), str(clone.path))
    for name in ("2026.1", "2026.2"):
        assert clone.sigap("publish", name).code == 0
    assert clone.git("rev-parse", "gh-pages^{tree}") == repo.git("rev-parse", "gh-pages^{tree}")


def test_an_unchanged_page_keeps_its_blob(repo: Repo) -> None:
    change(repo)
    repo.cut("2026.2")
    repo.sigap("publish", "--all")
    tree = repo.tree()
    slug = first_module(repo)
    pages = [p.removeprefix("2026.1/") for p in tree if p.startswith("2026.1/modul/") and f"/{slug}/" not in p]
    assert pages
    assert [p for p in pages if tree[f"2026.1/{p}"] != tree[f"2026.2/{p}"] and p != "modul/index.html"] == []


def test_a_failed_build_leaves_the_branch(repo: Repo) -> None:
    repo.sigap("publish", "--all")
    before = repo.git("rev-parse", "gh-pages")
    page = repo.path / "docs/index.md"
    page.write_text(page.read_text() + "\n[Ke halaman hilang](tidak-ada.md)\n")
    repo.cut("2026.2")
    done = repo.sigap("publish", "2026.2")
    assert done.code == 2
    assert "L401" in done.err
    assert done.err.count("\n") == 1
    assert repo.git("rev-parse", "gh-pages") == before


def test_a_strict_warning_fails_an_older_edition_too(repo: Repo) -> None:
    page = repo.path / "docs/index.md"
    good = page.read_text()
    page.write_text(good + "\n[Ke halaman hilang](tidak-ada.md)\n")
    repo.cut("2026.2")
    page.write_text(good)
    repo.cut("2026.3")
    done = repo.sigap("publish", "--all")
    assert done.code == 2
    assert "tidak-ada.md" in done.err
    assert repo.git("branch", "--list", "gh-pages") == ""


def test_a_published_edition_never_changes(repo: Repo) -> None:
    repo.sigap("publish", "--all")
    before = repo.git("rev-parse", "gh-pages")
    change(repo)
    repo.git("add", "-A")
    repo.git("commit", "-q", "--amend", "-m", "Riwayat ditulis ulang")
    done = repo.sigap("publish", "2026.1")
    assert done.code == 2
    assert "isi lain" in done.err
    assert repo.git("rev-parse", "gh-pages") == before


def test_merged_and_squashed_requests_cut_the_same_edition(tmp_path: Path) -> None:
    trees = []
    for way in ("merge", "squash"):
        repo = make(tmp_path / way)
        repo.git("checkout", "-q", "-b", "usulan")
        change(repo)
        repo.commit()
        repo.cut("2026.1")
        change(repo, "Satu kalimat lagi sesudah catatan edisi.")
        repo.commit()
        repo.git("checkout", "-q", "main")
        repo.git("merge", "-q", *(("--no-ff", "--no-edit") if way == "merge" else ("--squash",)), "usulan")
        if way == "squash":
            repo.commit("Terbitkan edisi 2026.1")
        assert repo.sigap("publish", "--all").code == 0
        trees.append(repo.git("rev-parse", "gh-pages^{tree}"))
        assert "Satu kalimat lagi" in repo.show(f"2026.1/modul/{first_module(repo)}/index.html")
    assert trees[0] == trees[1]


def test_two_publishers_at_once_both_stand(repo: Repo, tmp_path: Path) -> None:
    repo.cut("2026.2")
    remote = tmp_path / "remote.git"
    repo.git("clone", "-q", "--bare", str(repo.path), str(remote))
    clones = []
    for name in ("a", "b"):
        repo.git("clone", "-q", str(remote), str(tmp_path / name))
        clones.append(Repo(tmp_path / name))
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "sigap", "-C", str(clone.path), "publish", edition, "--push", "origin"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **ENVIRONMENT},
        )
        for clone, edition in zip(clones, ("2026.1", "2026.2"), strict=True)
    ]
    for process in running:
        _, err = process.communicate(timeout=120)
        assert process.returncode == 0, err.decode()
    tree = Repo(remote).tree("gh-pages")
    assert "2026.1/index.html" in tree
    assert "2026.2/index.html" in tree
    versions = json.loads(Repo(remote).show("versions.json"))
    assert [(v["version"], v["aliases"]) for v in versions] == [("2026.2", ["terbaru"]), ("2026.1", [])]


def test_a_lost_push_is_published_again_on_top(repo: Repo, tmp_path: Path) -> None:
    repo.cut("2026.2")
    remote = tmp_path / "remote.git"
    repo.git("clone", "-q", "--bare", str(repo.path), str(remote))
    repo.git("remote", "add", "origin", str(remote))
    assert repo.sigap("publish", "2026.1", "--push", "origin").code == 0
    other = Repo(tmp_path / "other")
    repo.git("clone", "-q", str(remote), str(other.path))
    assert other.sigap("publish", "2026.2", "--push", "origin").code == 0
    repo.cut("2026.3")
    repo.git("push", "-q", "origin", "main")
    assert repo.sigap("publish", "2026.3", "--push", "origin").code == 0
    assert {v["version"] for v in json.loads(Repo(remote).show("versions.json"))} == {"2026.1", "2026.2", "2026.3"}
    assert other.sigap("publish", "2026.2", "--push", "origin").code == 2
    assert "git pull" in other.sigap("publish", "2026.2", "--push", "origin").err


@pytest.mark.parametrize("delay", [0.2, 0.7, 1.2, 1.6])
def test_a_kill_at_any_point_leaves_a_whole_site(repo: Repo, delay: float) -> None:
    repo.sigap("publish", "--all")
    before = repo.git("rev-parse", "gh-pages")
    repo.cut("2026.2")
    process = subprocess.Popen(
        [sys.executable, "-m", "sigap", "-C", str(repo.path), "publish", "2026.2"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **ENVIRONMENT},
        start_new_session=True,
    )
    time.sleep(delay)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    after = repo.git("rev-parse", "gh-pages")
    if after != before:  # the kill came after the move, which then is whole
        assert "2026.2/index.html" in repo.tree()
    assert repo.git("branch", "--format=%(refname:short)").split() == ["gh-pages", "main"]
    assert repo.sigap("publish", "2026.2").code == 0
    assert "2026.2/index.html" in repo.tree()


def test_a_full_disk_leaves_the_branch(repo: Repo, tmp_path: Path) -> None:
    repo.sigap("publish", "--all")
    before = repo.git("rev-parse", "gh-pages")
    repo.cut("2026.2")
    limited = f"ulimit -f 40; exec {sys.executable} -m sigap -C {repo.path} publish 2026.2"
    done = subprocess.run(
        ["bash", "-c", limited], capture_output=True, text=True, check=False, env={**os.environ, **ENVIRONMENT}
    )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert repo.git("rev-parse", "gh-pages") == before


def test_what_publishing_refuses(repo: Repo, tmp_path: Path) -> None:
    for words, expected in (
        (("publish",), "Sebutkan satu edisi"),
        (("publish", "2026.1", "--all"), "Sebutkan satu edisi"),
        (("publish", "2026.9"), "Mungkin maksudnya 2026.1?"),
        (("publish", "2026.1", "--push", "entah"), "Remote `entah` tidak dikenal"),
    ):
        done = repo.sigap(*words)
        assert done.code == 2
        assert expected in done.err
        assert done.err.count("\n") == 1
    repo.write("docs/index.md", "# Lain\n\nBelum di-commit.\n")
    done = repo.sigap("publish", "--all")
    assert done.code == 2
    assert "belum di-commit (docs/index.md)" in done.err
    repo.git("checkout", "-q", "docs/index.md")
    shallow = tmp_path / "shallow"
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.path}", str(shallow))
    done = sigap("publish", "--all", root=shallow)
    assert done.code == 2
    assert "git fetch --unshallow" in done.err
    plain = tmp_path / "plain"
    plain.mkdir()
    done = sigap("publish", "--all", root=plain)
    assert done.code == 2
    assert "bukan akar repositori git" in done.err
    done = sigap("publish", "--all", root=repo.path, env={"PATH": str(tmp_path)})
    assert done.code == 2
    assert "git tidak ditemukan" in done.err


def test_a_renamed_folder_keeps_its_address(repo: Repo) -> None:
    slug = first_module(repo)
    for page in (repo.path / "docs").rglob("*.md"):
        page.write_text(page.read_text().replace(f"modules/{slug}/", "modules/nama-baru/"))
    for page in (repo.path / "modules").rglob("*.md"):
        page.write_text(page.read_text().replace(f"../{slug}/", "../nama-baru/"))
    repo.git("mv", f"modules/{slug}", "modules/nama-baru")
    repo.replace("modules/nama-baru/index.md", "\nsasaran:", f"\nalamat_lama: [{slug}]\nsasaran:")
    repo.cut("2026.2")
    done = repo.sigap("publish", "--all")
    assert done.code == 0, done.err
    page = repo.show(f"2026.2/modul/{slug}/index.html")
    assert "../nama-baru/" in page
    assert '<html lang="id">' in page


# --- What is held against the rules, and when -----------------------------------------------------------------------

SCRIPT = "<script>alert(1)</script>\n\n## Tujuan pembelajaran"
CALL = "Hubungi 112 (sumber: BNPB, diperiksa {day}).\n\n## Tujuan pembelajaran"


def put(repo: Repo, text: str) -> str:
    """Put a text above the objectives of the first module; what stood there."""
    path = MODULE.format(slug=first_module(repo))
    before = (repo.path / path).read_text(encoding="utf-8")
    repo.replace(path, "## Tujuan pembelajaran", text)
    return before


def cut_replacing(repo: Repo, name: str, *old: str) -> None:
    listed = ", ".join(f'"{one}"' for one in old)
    repo.write(
        f"docs/edisi/{name}.md",
        f'---\nedisi: {{nama: "{name}", tanggal: 2026-11-24, menggantikan: [{listed}]}}\n---\n\n# Edisi {name}\n',
    )
    repo.commit()


def test_an_edition_that_was_never_published_is_checked_whatever_its_age(repo: Repo) -> None:
    assert repo.sigap("publish", "--all").code == 0
    good = put(repo, SCRIPT)
    repo.cut("2026.2")
    repo.write(MODULE.format(slug=first_module(repo)), good)
    repo.cut("2026.3")
    before = repo.tip()
    for words in (("2026.2",), ("--all",)):
        done = repo.sigap("publish", *words)
        assert (done.code, done.out) == (2, "")
        assert "K601" in done.err
        assert 'menggantikan: ["2026.2"]' in done.err
        assert done.err.count("\n") == 1
        assert repo.tip() == before
    assert repo.sigap("publish", "2026.3").code == 0
    cut_replacing(repo, "2026.4", "2026.2")
    done = repo.sigap("publish", "--all")
    assert (done.code, done.err) == (0, "")
    assert {v["version"] for v in json.loads(repo.show("versions.json"))} == {"2026.1", "2026.3", "2026.4"}
    assert "alert(1)" not in repo.git("grep", "-l", "--all-match", "-e", "edisi", "gh-pages")
    done = repo.sigap("publish", "2026.2")
    assert done.code == 2
    assert "digantikan 2026.4" in done.err


def test_an_edition_is_judged_on_its_own_day(tmp_path: Path) -> None:
    repo = make(tmp_path / "lama")
    for page in (repo.path / "modules").glob("*/index.md"):
        page.write_text(page.read_text().replace("2026-11-2", "2024-01-0").replace("2024-01-00", "2024-01-01"))
    repo.cut("2026.1", "2024-01-11")
    put(repo, CALL.format(day="2024-01-10"))
    repo.cut("2026.2", "2024-01-12")
    done = repo.sigap("publish", "2026.2")
    assert (done.code, done.err) == (0, "")
    put(repo, CALL.format(day="2024-01-10"))
    repo.cut("2026.3", "2026-11-24")
    done = repo.sigap("publish", "2026.3")
    assert done.code == 2
    assert "K604" in done.err


def test_what_is_published_is_not_judged_again(repo: Repo, tmp_path: Path) -> None:
    """As when a rule came later: the content stands on a branch that Sigap knows of."""
    put(repo, SCRIPT)
    repo.cut("2026.2")
    first = repo.git("rev-parse", "HEAD")
    tree = [repo.git("rev-parse", f"{first}:{top}")[:20] for top in ("modules", "docs")]
    listed = [{"version": "2026.2", "title": "2026.2", "aliases": [], "properties": {"isi": "-".join(tree)}}]
    repo.git("checkout", "-q", "--orphan", "gh-pages")
    repo.git("rm", "-q", "-r", "--cached", ".")
    (repo.path / "versions.json").write_text(json.dumps(listed))
    repo.git("add", "versions.json")
    repo.git("commit", "-q", "-m", "Seperti dahulu")
    repo.git("checkout", "-q", "-f", "main")
    clone = Repo(tmp_path / "clone")
    repo.git("clone", "-q", str(repo.path), str(clone.path))
    for one in (repo, clone):
        assert one.sigap("publish", "--all").code == 0
        assert "2026.2/index.html" in one.tree()


@pytest.mark.parametrize(
    ("text", "code"), [("Lorem ipsum dolor sit amet.\n\n## Tujuan pembelajaran", ""), (SCRIPT, "K601")]
)
def test_an_old_edition_is_free_from_rules_that_came_later_but_for_those_of_safety(
    tmp_path: Path, text: str, code: str
) -> None:
    repo = make(tmp_path / "repo")
    repo.write("docs/kontribusi/aturan/H304.md", "# H304\n")
    good = put(repo, text.replace("Lorem", "lorem"))
    assert repo.sigap("validate").code == 1
    repo.cut("2026.1")
    repo.write(MODULE.format(slug=first_module(repo)), good)
    repo.cut("2026.2")
    done = repo.sigap("publish", "--all")
    assert done.code == (2 if code else 0), done.err
    assert code in done.err


def test_a_rule_whose_page_is_taken_away_still_holds(tmp_path: Path) -> None:
    repo = make(tmp_path / "repo")
    for code in ("H304", "S214"):
        repo.write(f"docs/kontribusi/aturan/{code}.md", f"# {code}\n")
    repo.cut("2026.1")
    assert repo.sigap("publish", "--all").code == 0
    repo.git("rm", "-q", "docs/kontribusi/aturan/H304.md")
    repo.replace(MODULE.format(slug="mendengar-aktif"), "| 2 | P | 45 |", "| 2 | P | 40 |")
    repo.cut("2026.2")
    done = repo.sigap("publish", "--all")
    assert done.code == 2
    assert "H304" in done.err


def test_a_withdrawn_edition_leaves_the_site(repo: Repo) -> None:
    change(repo)
    repo.cut("2026.2")
    assert repo.sigap("publish", "--all").code == 0
    cut_replacing(repo, "2026.3", "2026.2")
    done = repo.sigap("publish", "2026.3")
    assert (done.code, done.err) == (0, "")
    assert done.out == "Edisi 2026.2 ditarik: digantikan 2026.3.\nTerbit di gh-pages: 2026.3.\n"
    tree = repo.tree()
    assert not any(
        path.startswith(("2026.2/", "banding/e/2026.2", "banding/2026.1-2026.2/"))
        for path in tree
        if "index.html" not in path
    )
    assert "2026.2/index.html" not in tree
    assert "Perubahan dari edisi 2026.1" in repo.show("2026.3/edisi/2026.3/index.html")
    repo.git("branch", "-q", "-D", "gh-pages")
    assert repo.sigap("publish", "--all").code == 0
    assert repo.tree() == tree


def test_a_page_that_can_never_be_published_is_named_and_left_out(repo: Repo) -> None:
    repo.cut("2026.2")
    repo.git("mv", "docs/edisi/2026.2.md", "docs/edisi/2026.4.md")
    repo.commit()
    repo.cut("2026.5")
    done = repo.sigap("publish", "--all")
    assert (done.code, done.err) == (0, "")
    assert "Peringatan: `docs/edisi/2026.4.md` dilewati" in done.out
    assert "2026.4/index.html" not in repo.tree()
    done = repo.sigap("publish", "2026.4")
    assert done.code == 2
    assert done.err.count("\n") == 1
    cut_replacing(repo, "2026.6", "2026.4")
    assert "Peringatan" not in repo.sigap("publish", "--all").out
