"""What a merge request shows: the data, the comment made of it, the preview; and what a hostile one may not do."""

from __future__ import annotations

import html
import json
import re
import resource
import zipfile
from pathlib import Path

import pytest
from repos import Repo, make
from sigap.errors import Trouble
from sigap.proposal import comment, data

MODULE = "modules/mendengar-aktif/index.md"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = make(tmp_path / "repo")
    made.cut("2026.1")
    return made


def handout(repo: Repo) -> str:
    """A handout that takes a line more without a finding."""
    found = sorted((repo.path / "modules").glob("*/lampiran-*.md"))
    return next(p for p in found if "-soal-" not in p.name).relative_to(repo.path).as_posix()


def test_what_a_proposal_says(repo: Repo) -> None:
    sheet = handout(repo)
    module = f"{sheet.rpartition('/')[0]}/index.md"
    kode = re.search(r"kode: (\S+)", (repo.path / module).read_text())[1]  # type: ignore[index]
    repo.git("checkout", "-q", "-b", "usulan")
    (repo.path / sheet).write_text((repo.path / sheet).read_text() + "\nSatu baris untuk dicetak.\n")
    repo.commit()
    done = repo.sigap("proposal", "main", "--format", "json")
    assert (done.code, done.err) == (1, "")
    said = json.loads(done.out)
    (changed,) = said["modules"]
    assert changed["kode"] == kode
    assert (changed["required_bump"], changed["declared_bump"]) == ("patch", "none")
    assert changed["words"] == {"inserted": 4, "deleted": 0, "moved": 0}
    assert [(s["path"], s["status"]) for s in said["sheets"]] == [(sheet, "changed")]
    assert [f["code"] for f in said["findings"]] == ["V803"]
    text = repo.sigap("proposal", "main").out
    assert text.startswith(comment.MARKER)
    assert f"> - {kode}: perlu tambalan, paling rendah `versi: {changed['least']}`" in text
    assert "cetak ulang" in text
    assert "V803" in text


def test_hours_of_modules_and_programmes_before_and_after(repo: Repo) -> None:
    text = (repo.path / MODULE).read_text()
    hours = re.search(r"jp: \{teori: (\d+), penugasan: (\d+), lapangan: (\d+)\}", text)
    assert hours
    one = int(hours[1])
    repo.replace(MODULE, hours[0], hours[0].replace(f"teori: {one}", f"teori: {one + 2}"))
    said = json.loads(repo.sigap("proposal", "2026.1", "--format", "json").out)
    (module,) = said["modules"]
    assert [side["teori"] for side in module["hours"]] == [one, one + 2]
    assert module["changes"][0]["bump"] == "major"
    old, new = (side["teori"] for side in said["hours"])
    assert new - old == 2
    programmes = {p["kode"]: [side["teori"] for side in p["hours"]] for p in said["programmes"]}
    assert programmes
    assert all(new - old == 2 for old, new in programmes.values())
    assert " JP" in repo.sigap("proposal", "2026.1").out


def test_what_others_merged_meanwhile_is_not_in_it(repo: Repo) -> None:
    repo.git("checkout", "-q", "-b", "usulan")
    repo.replace("docs/index.md", "\n\n", "\n\nKalimat usulan.\n\n")
    repo.commit()
    repo.git("checkout", "-q", "main")
    repo.replace(MODULE, "## Tujuan pembelajaran", "Kalimat orang lain.\n\n## Tujuan pembelajaran")
    repo.commit()
    repo.git("checkout", "-q", "usulan")
    said = json.loads(repo.sigap("proposal", "main", "--format", "json").out)
    assert said["modules"] == []
    assert said["errors"] == 0


def test_the_schema_holds_what_is_written(repo: Repo) -> None:
    import jsonschema

    repo.replace(MODULE, "## Tujuan pembelajaran", "Kalimat tambahan.\n\n## Tujuan pembelajaran")
    schema = json.loads(repo.sigap("schema", "usulan").out)
    said = json.loads(repo.sigap("proposal", "2026.1", "--format", "json").out)
    jsonschema.validate(said, schema)
    for key in said:
        if key not in ("format", "left_out", "preview"):
            with pytest.raises(jsonschema.ValidationError):
                jsonschema.validate({k: v for k, v in said.items() if k != key}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**said, "tambahan": 1}, schema)


def test_what_is_written_is_read_again_as_the_same_comment(repo: Repo, tmp_path: Path) -> None:
    repo.replace(MODULE, "## Tujuan pembelajaran", "Kalimat | `tambahan`.\n\n## Tujuan pembelajaran")
    done = repo.sigap("proposal", "2026.1", "--format", "json")
    file, archive = tmp_path / "usulan.json", tmp_path / "usulan.zip"
    file.write_text(done.out)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        made.write(file, "usulan.json")
    first = repo.sigap("proposal", "2026.1")
    for source in (file, archive):
        again = repo.sigap("proposal", "--from", str(source))
        assert (again.code, again.out) == (first.code, first.out)


# --- Hostile --------------------------------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    "<!-- sigap: usulan -->",
    "-->\n# Judul besar",
    "[klik](javascript:alert(1))",
    "![x](https://jahat.example/x.png)",
    "https://jahat.example/ dan www.jahat.example",
    "surat@jahat.example mailto:x@y.example",
    "@semua @tim/keamanan #1 GH-2 !3 %4 &5 ~6",
    "`kode` **tebal** _miring_ ~~coret~~ $x^2$",
    "| sel | lain |\n|---|---|",
    "\n/close\n/approve\n/merge",
    "</summary></details><img src=x onerror=alert(1)>",
    "\u202egnp.exe\u202c \u0000 \u001b[31m merah \u2028 baris",
    "::error file=x::palsu",
    "${{ secrets.TOKEN }} $(id) `id`",
    "&lt;b&gt; &#60;script&#62; &colon;//",
    "\\[x\\](y) \\",
    "A" * 5_000,
]


LINK = re.compile(r"(?<!\\)(?:\\\\)*\]\(([^)]*)\)")
"""A link's end: after an odd number of backslashes the bracket is text."""


def hostile(what: str) -> data.Proposal:
    """A proposal in which every text is the same hostile one."""
    text = what
    jp = {"teori": 1, "penugasan": 0, "lapangan": 0}
    words = {"inserted": 1, "deleted": 0, "moved": 0}
    change = {"kind": text, "bump": "minor", "sentence": text}
    module = {
        "kode": text, "title": text, "status": "changed", "slug": text, "versions": [text, text], "hours": [jp, None],
        "required_bump": "major", "declared_bump": "none", "least": text, "words": words, "changes": [change],
    }  # fmt: skip
    found = {
        "path": text, "line": 1, "column": 1, "code": "H304", "severity": "error", "message": text, "hint": text,
    }  # fmt: skip
    value = {
        "format": "sigap-usulan-1", "base": text, "hours": [jp, jp], "modules": [module],
        "programmes": [{"kode": text, "title": text, "status": "changed", "declared": [1, None], "hours": [jp, jp], "changes": [text]}],
        "policy": [text], "errors": 1, "warnings": 0, "findings": [found],
        "sheets": [{"kode": text, "path": text, "title": text, "status": "changed"}], "left_out": 0, "preview": text,
    }  # fmt: skip
    return data._clean(data.Proposal.model_validate(value))


@pytest.mark.parametrize("what", [text[: data.LONGEST] for text in HOSTILE], ids=range(len(HOSTILE)))
def test_a_hostile_text_stays_text(what: str) -> None:
    site = "https://pratinjau.example/12/"
    said = comment.markdown(hostile(what), site=site, rule_pages="https://situs.example/aturan/")
    assert said.count(comment.MARKER) == 1
    assert said.startswith(comment.MARKER + "\n")
    assert not re.search(r"<(?!details>|/details>|summary>|/summary>|!-- sigap: usulan -->\n)", said)
    links = LINK.findall(said)
    assert links
    for link in links:
        assert link.startswith((site, "https://situs.example/aturan/")), link
        assert not re.search(r"[\s<>\"]", link)
    rest = LINK.sub("]", said)
    seen = html.unescape(rest)
    for loud in (r"://\w", r"www\.\w", r"@\w", r"(?<!&)#\w(?!\d*;)", r"GH-\d", r"mailto:\w", "\u202e"):
        assert not re.search(loud, seen), loud
    assert "{{" not in said
    assert not re.search(r"^/\w", seen, re.MULTILINE)
    assert not re.search(r"^::", seen, re.MULTILINE)
    assert not re.search(r"(?<!\\)(?:\\\\)*[$*~]\w", rest.replace("**", "")), "markup"
    widths = {len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) for row in said.splitlines() if row.startswith("| ")}
    assert widths <= {5, 7}


def test_the_comment_is_bounded_however_much_changed() -> None:
    one = hostile("Ubah & ubah " * 30)
    many = one.model_copy(
        update={
            "modules": [one.modules[0].model_copy(update={"changes": list(one.modules[0].changes) * 500})] * 500,
            "findings": list(one.findings) * 500,
            "sheets": list(one.sheets) * 500,
            "programmes": list(one.programmes) * 500,
            "policy": list(one.policy) * 500,
        }
    )
    said = comment.markdown(many, site="https://pratinjau.example/12/")
    assert len(said) <= comment.ROOM
    assert "lagi." in said
    assert said.count("<details>") == said.count("</details>")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"format": "sigap-usulan-2"}',
        b" " * (data.LARGEST + 1),
        b"PK\x03\x04 bukan arsip",
    ],
    ids=range(9),
)
def test_what_is_no_proposal_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "usulan.json"
    file.write_bytes(content)
    with pytest.raises(Trouble) as told:
        data.read(file)
    assert "\n" not in str(told.value)
    assert len(str(told.value)) < 300


def test_hostile_archives_are_never_unpacked(tmp_path: Path) -> None:
    good = data.dumps(hostile("baik")).encode()
    for name, entries in {
        "keluar": {"../../keluar.json": good},
        "lain": {"isi.json": good},
        "bom": {"usulan.json": b"\0" * (data.LARGEST * 20)},
        "kosong": {},
    }.items():
        archive = tmp_path / f"{name}.zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
            for path, content in entries.items():
                made.writestr(path, content)
            made.writestr("lain.txt", "x")
        with pytest.raises(Trouble):
            data.read(archive)
    assert not (tmp_path.parent / "keluar.json").exists()


def test_a_link_out_of_the_curriculum_is_not_followed(repo: Repo) -> None:
    (repo.path / "rahasia.md").write_text("# Rahasia\n\nTOKEN-RAHASIA\n")
    (repo.path / "docs/panduan/rahasia.md").symlink_to("../../rahasia.md")
    (repo.path / "modules/mendengar-aktif/gambar").symlink_to("../../.git")
    done = repo.sigap("proposal", "2026.1", "--format", "json", "-o", str(repo.path.parent / "keluar"))
    assert "TOKEN-RAHASIA" not in done.out
    for path in (repo.path.parent / "keluar").rglob("*"):
        assert "rahasia" not in path.name
        assert not path.is_symlink()


# --- The preview ----------------------------------------------------------------------------------------------------


@pytest.mark.site
def test_the_preview_stands_beside_the_published_editions(repo: Repo, tmp_path: Path) -> None:
    assert repo.sigap("publish", "--all").code == 0
    before = repo.git("rev-parse", "gh-pages")
    repo.replace(MODULE, "## Tujuan pembelajaran", "Kalimat usulan yang baru.\n\n## Tujuan pembelajaran")
    out = tmp_path / "pratinjau"
    done = repo.sigap("proposal", "2026.1", "-o", str(out))
    assert (done.code, done.err) == (1, "")
    assert "Kalimat usulan yang baru" in (out / "usulan/modul/mendengar-aktif/index.html").read_text()
    assert "Kalimat usulan" in (out / "banding-usulan/index.html").read_text()
    for path, _ in repo.tree().items():
        if path not in ("index.html", "versions.json", "robots.txt"):
            assert (out / path).read_bytes() == repo_bytes(repo, path), path
    names = [v["version"] for v in json.loads((out / "versions.json").read_text())]
    assert names == ["usulan", "2026.1"]
    entrance = (out / "index.html").read_text()
    assert 'aria-label="Utama"' in entrance  # the frame of all pages
    for target in re.findall(r'(?:href|src)="([^"#:]+)"', entrance):
        there = out / target
        assert there.is_file() or (there / "index.html").is_file(), target
    assert repo.git("rev-parse", "gh-pages") == before
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".sigap")] == []
    again = repo.sigap("proposal", "2026.1", "-o", str(out))
    assert again.code == 2
    assert "sudah berisi" in again.err


def repo_bytes(repo: Repo, path: str) -> bytes:
    from sigap import git

    return git.git(repo.path, "cat-file", "blob", f"gh-pages:{path}")


@pytest.mark.site
def test_a_preview_that_cannot_be_built_is_said_and_leaves_nothing(repo: Repo, tmp_path: Path) -> None:
    repo.replace("docs/index.md", "\n\n", "\n\n[Ke halaman hilang](tidak-ada.md)\n\n")
    done = repo.sigap("proposal", "2026.1", "-o", str(tmp_path / "pratinjau"))
    assert done.code == 1
    assert "Pratinjau tidak dapat dibangun" in done.out
    assert "L401" in done.out
    assert not (tmp_path / "pratinjau").exists()


@pytest.mark.site
def test_a_clone_shows_the_editions_of_its_remote(repo: Repo, tmp_path: Path) -> None:
    assert repo.sigap("publish", "--all").code == 0
    clone = Repo(tmp_path / "salinan")
    repo.git("clone", "-q", str(repo.path), str(clone.path))
    clone.replace("docs/index.md", "\n\n", "\n\nKalimat usulan.\n\n")
    assert clone.sigap("proposal", "main", "-o", str(tmp_path / "pratinjau")).code == 0
    assert (tmp_path / "pratinjau/2026.1/index.html").is_file()


@pytest.mark.site
def test_it_costs_no_more_than_two_builds_of_one_edition(repo: Repo, tmp_path: Path) -> None:
    from sigap import build
    from sigap.children import Children

    assert repo.sigap("publish", "--all").code == 0
    repo.replace(MODULE, "## Tujuan pembelajaran", "Kalimat usulan.\n\n## Tujuan pembelajaran")

    def spent() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    start = spent()
    with Children() as children:
        build.build(repo.path, tmp_path / "satu", dict, 0, children)
    one = spent() - start
    repo.sigap("proposal", "2026.1", "-o", str(tmp_path / "pratinjau"))
    whole = spent() - start - one
    print(f"satu edisi {one:.2f} s, usulan {whole:.2f} s, {whole / one:.2f} kali")
    assert whole <= 2 * one
