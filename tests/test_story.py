"""The whole story, from a proposal to a published edition and back, as each person sees it.

Real git, a bare repository in the place of a host, two clones. `pytest tests/test_story.py -rP` prints the transcript.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from repos import Done, Repo, make

pytestmark = pytest.mark.site
MODULE = "modules/mendengar-aktif/index.md"
HANDOUT = "modules/mendengar-aktif/lampiran-daftar-amati.md"


def say(who: str, what: str, done: Done | None = None) -> None:
    """One scene of the transcript."""
    print(f"\n== {who}: {what}")
    if done:
        print((done.out + done.err).strip()[:1_500])


def test_from_a_proposal_to_an_edition_and_back(tmp_path: Path) -> None:
    # The project has one edition, published on the host.
    seed = make(tmp_path / "awal")
    seed.cut("2026.1")
    host = tmp_path / "host.git"
    seed.git("clone", "-q", "--bare", str(seed.path), str(host))
    contributor, keeper = Repo(tmp_path / "penyumbang"), Repo(tmp_path / "pengelola")
    for clone in (contributor, keeper):
        seed.git("clone", "-q", str(host), str(clone.path))
    done = keeper.sigap("publish", "--all", "--push", "origin")
    say("Pengelola", "menerbitkan edisi pertama", done)
    assert "didorong ke origin" in done.out

    # A contributor edits a handout in the web editor, and forgets the version.
    contributor.git("fetch", "-q", "origin")
    contributor.git("checkout", "-q", "-b", "perbaiki-daftar")
    text = (contributor.path / HANDOUT).read_text(encoding="utf-8")
    contributor.write(HANDOUT, text + "\nTunggu sampai penyintas selesai berbicara.\n")
    contributor.commit("Menunggu sampai selesai")
    done = contributor.sigap("validate", "--base", "main")
    say("Penyumbang", "membaca pemeriksaan", done)
    assert done.code == 1
    assert "V803" in done.out
    assert "versi: 1.0.1" in done.out

    # The finding said what to write; now the check is clean and the preview is there.
    contributor.replace(MODULE, "versi: 1.0.0", "versi: 1.0.1")
    row = "| 1.0.1 | 2026-11-24 | Daftar amati meminta menunggu. | Peserta uji memotong cerita. |\n| 1.0.0 |"
    contributor.replace(MODULE, "| 1.0.0 |", row)
    contributor.commit("Naikkan versi")
    assert contributor.sigap("validate", "--base", "main").code == 0
    preview = tmp_path / "pratinjau"
    done = contributor.sigap("proposal", "main", "--format", "json", "-o", str(preview))
    assert done.code == 0
    (tmp_path / "usulan.json").write_text(done.out, encoding="utf-8")
    contributor.git("push", "-q", "origin", "perbaiki-daftar")

    # The reviewer has ten minutes and a browser: the comment, the comparison, the page as it will be.
    done = keeper.sigap("proposal", "--from", str(tmp_path / "usulan.json"), "--site", "https://pratinjau.example/7/")
    say("Penelaah", "membaca tanggapan di usulan", done)
    assert "tambalan: cukup" in done.out
    assert "cetak ulang" in done.out
    assert "](https://pratinjau.example/7/usulan/modul/mendengar-aktif/)" in done.out
    assert "Tunggu sampai penyintas" in (preview / "banding-usulan/index.html").read_text(encoding="utf-8")
    assert (preview / "2026.1/index.html").is_file()

    # Meanwhile somebody else merges. The proposal still shows only its own change.
    keeper.replace("docs/index.md", "\n\n", "\n\nKalimat lain di beranda.\n\n")
    keeper.commit("Beranda")
    keeper.git("push", "-q", "origin", "main")
    contributor.git("fetch", "-q", "origin")
    again = json.loads(contributor.sigap("proposal", "origin/main", "--format", "json").out)
    assert again == json.loads((tmp_path / "usulan.json").read_text(encoding="utf-8")) | {"base": "origin/main"}

    # Merged; the keeper cuts the edition and publishes it.
    keeper.git("fetch", "-q", "origin")
    keeper.git("merge", "-q", "--no-ff", "--no-edit", "origin/perbaiki-daftar")
    keeper.cut("2026.2")
    keeper.git("push", "-q", "origin", "main")
    before = keeper.git("rev-parse", "gh-pages")
    done = keeper.sigap("publish", "2026.2", "--push", "origin")
    say("Pengelola", "menerbitkan edisi kedua", done)
    assert done.code == 0
    page = "modul/mendengar-aktif/lampiran-daftar-amati/index.html"
    assert "Tunggu sampai penyintas" in Repo(host).show(f"terbaru/{page}")
    assert "Tunggu sampai penyintas" not in Repo(host).show(f"2026.1/{page}")
    done = keeper.sigap("doctor")
    say("Pengelola", "memeriksa keutuhan", done)
    assert done.out == "Utuh: 2 edisi di gh-pages, 2026.1 sampai 2026.2.\n"

    # It was too early: back by one commit as the guide says, and later forward again.
    good = keeper.git("rev-parse", "gh-pages^{tree}")
    folder = tmp_path / "halaman"
    keeper.git("worktree", "add", "-q", str(folder), "gh-pages")
    Repo(folder).git("revert", "--no-edit", "HEAD")
    keeper.git("push", "-q", "origin", "gh-pages")
    keeper.git("worktree", "remove", str(folder))
    assert keeper.git("rev-parse", "gh-pages^{tree}") == keeper.git("rev-parse", f"{before}^{{tree}}")
    done = keeper.sigap("doctor")
    say("Pengelola", "mundur, lalu bertanya apa yang harus dijalankan", done)
    assert done.out == "Edisi 2026.2 ada dalam riwayat, tetapi belum terbit. Jalankan: sigap publish 2026.2\n"
    assert keeper.sigap("publish", "2026.2", "--push", "origin").code == 0
    assert keeper.git("rev-parse", "gh-pages^{tree}") == good
    assert keeper.sigap("doctor").out.startswith("Utuh")

    # And what the contributor sees: the work is in an edition, with the reason for it.
    contributor.git("fetch", "-q", "origin")
    names = [p for p in contributor.tree("origin/gh-pages") if p.startswith("banding/m/")]
    assert any("Peserta uji memotong cerita" in contributor.show(name, "origin/gh-pages") for name in names)
