"""What the rules say of the new side stands beside the change that it is about; all else in a list above."""

from __future__ import annotations

from pathlib import Path

from editions import INDEX, edited, read
from lxml import html
from repos import make
from sigap.comparison.answering import answered_at, changed_lines
from sigap.comparison.findings import FRONT, beside
from sigap.comparison.page import fragment
from sigap.model import Finding, Severity
from sigap.redline.engine import redline
from test_changes import BASE, CARD, EDITS

KODE = "TK-05"


def finding(path: str, line: int) -> Finding:
    return Finding(path, line, 1, "H301", Severity.ERROR, "Menit tidak cocok.", "Perbaiki.", "")


def test_a_finding_stands_with_the_change_below_its_heading() -> None:
    new = edited(*EDITS["indicator reworded"][0], *EDITS["threshold"][0])
    new[CARD] = new[CARD].replace("Kasus ini fiktif", "Kasus ini rekaan")
    one, two = BASE.by_kode[KODE], read(new).by_kode[KODE]
    made = redline(fragment(one), fragment(two))

    def where(path: str, text: str) -> str | None:
        line = next(n for n, said in enumerate(new[path].splitlines(), 1) if text in said)
        (found,) = beside([finding(path, line)], two.documents, made.hunks)
        if found.hunk == FRONT:
            return "front"
        return None if found.hunk is None else made.hunks[found.hunk].path[-1]

    assert where(INDEX, "## Evaluasi") == "Evaluasi"
    assert where(INDEX, "versi:") == "front"
    assert where(INDEX, "mendengar aktif dalam percakapan") == "Indikator hasil belajar"
    assert where(INDEX, "### Sesi 2:") is None
    assert where(CARD, "Kasus ini rekaan") == "Peta Layanan dan Kartu Rujukan"
    assert list(beside([finding("docs/index.md", 1)], two.documents, made.hunks)) == []


def test_each_finding_stands_on_the_page_once(tmp_path: Path) -> None:
    repo = make(tmp_path / "repo")
    repo.cut("2026.1")
    index = "modules/mendengar-aktif/index.md"
    repo.replace(index, "## Tujuan pembelajaran", "Alinea baru <b>tebal</b>.\n\n## Tujuan pembelajaran")
    out = tmp_path / "laporan"
    repo.sigap("compare", "2026.1", ".", "--format", "html", "-o", str(out))
    page = html.fromstring((out / "index.html").read_text(encoding="utf-8"))
    found = [item.text_content() for item in page.xpath("//ul[@class='temuan']/li")]
    assert len(found) == len(set(found)) > 1
    beside_changes = [item.text_content() for item in page.xpath("//section/ul[@class='temuan']/li")]
    assert any("<b>" in text for text in beside_changes), found
    assert not any("V803" in text for text in beside_changes)  # the front matter did not change
    assert any("V803" in text for text in found)
    repo.git("checkout", "-q", "--", ".")
    repo.sigap("compare", "2026.1", "2026.1", "--format", "html", "-o", str(tmp_path / "edisi"))
    assert 'class="temuan"' not in (tmp_path / "edisi/index.html").read_text(encoding="utf-8")


def test_each_change_leads_to_its_line_in_the_hosts_review(tmp_path: Path) -> None:
    new = edited(*EDITS["indicator reworded"][0], *EDITS["threshold"][0])
    new[CARD] = new[CARD].replace("Kasus ini fiktif", "Kasus ini rekaan")
    one, two = BASE.by_kode[KODE], read(new).by_kode[KODE]
    made = redline(fragment(one), fragment(two))
    found = answered_at(one.documents, two.documents, made.hunks, "https://host.example/12#{path}R{line}")
    assert set(found) >= set(range(len(made.hunks)))
    lines = {(place.path, place.line) for place in changed_lines(one.documents, two.documents)}
    for number, hunk in enumerate(made.hunks):
        path, _, line = found[number].partition("#")[2].partition("R")
        assert (path, int(line)) in lines, hunk.path
        if path == CARD:
            assert "rekaan" in new[CARD].splitlines()[int(line) - 1]


def test_only_a_page_apart_asks_for_answers(tmp_path: Path) -> None:
    repo = make(tmp_path / "repo")
    repo.cut("2026.1")
    repo.replace("modules/mendengar-aktif/index.md", "## Tujuan", "Alinea baru.\n\n## Tujuan")
    for where, asked in (
        ("https://host.example/12/files#diff-{sha256}R{line}", 1),
        ("javascript:alert(1)", 0),
        ("", 0),
    ):
        out = tmp_path / f"laporan-{len(where)}"
        words = ("compare", "2026.1", ".", "--format", "html", "-o", str(out))
        repo.sigap(*words, SIGAP_REVIEW_URL=where)
        page = html.fromstring((out / "index.html").read_text(encoding="utf-8"))
        links = page.xpath("//a[@class='tanggapi']/@href")
        assert len(links) == asked, where
        assert all(link.startswith("https://host.example/12/files#diff-") for link in links)
