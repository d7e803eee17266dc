"""Feeds and structured data: well-formed, dated by their edition, with true reasons."""

from __future__ import annotations

import json
from datetime import date
from xml.etree import ElementTree as ET

from editions import Memory
from sigap import feeds, site
from sigap.comparison.states import Pairs, State
from sigap.load import load
from sigap.model import Curriculum, Edition
from test_rules_pages import LISTEN, SAMPLE

URL = "https://contoh.example/"
ATOM = f"{{{feeds.ATOM}}}"


def states() -> list[State]:
    row = "| 1.0.0 |"
    later = SAMPLE[LISTEN].replace(
        row.encode(), f"| 1.1.0 | 2026-11-25 | Tanda & “kutip” &lt;b&gt; | Peserta bertanya. |\n{row}".encode(), 1
    )
    curricula = [load(Memory({**SAMPLE, LISTEN: text}), date(2026, 11, 30)) for text in (SAMPLE[LISTEN], later)]
    page = curricula[0].editions[0].document
    return [State(Edition(f"2026.{n}", date(2026, 11, 24 + n), page), c) for n, c in enumerate(curricula, 1)]


def test_a_module_s_feed_tells_what_and_why_and_leads_to_the_comparison() -> None:
    made = dict(feeds.files(states(), Pairs(), URL))
    feed = ET.fromstring(made["umpan/TK-01.xml"])
    newest, oldest = feed.findall(f"{ATOM}entry")
    assert newest.findtext(f"{ATOM}summary") == (
        "1.1.0: Tanda & “kutip” <b> Alasan: Peserta bertanya.\nRiwayat perubahan diperbarui: 7 kata masuk"
    )
    assert newest.find(f"{ATOM}link").attrib["href"] == f"{URL}banding/?modul=TK-01&dari=2026.1&ke=2026.2"  # type: ignore[union-attr]
    assert newest.findtext(f"{ATOM}updated") == "2026-11-26T00:00:00Z"
    assert oldest.findtext(f"{ATOM}updated") == "2026-11-25T00:00:00Z"
    assert len({entry.findtext(f"{ATOM}id") for entry in (newest, oldest)}) == 2


def test_every_module_and_the_editions_have_a_feed_and_the_same_states_the_same_bytes() -> None:
    made = dict(feeds.files(states(), Pairs(), URL))
    assert set(made) == {"umpan/edisi.xml", "umpan/TK-01.xml", "umpan/TK-02.xml", "umpan/TK-03.xml"}
    assert made == dict(feeds.files(states(), Pairs(), URL))
    assert [e.findtext(f"{ATOM}title") for e in ET.fromstring(made["umpan/edisi.xml"]).findall(f"{ATOM}entry")] == [
        "Edisi 2026.2",
        "Edisi 2026.1",
    ]


def test_an_entry_says_the_very_sentences_of_the_comparison() -> None:
    text = (
        SAMPLE[LISTEN]
        .replace(b"jp: {teori: 1,", b"jp: {teori: 2,")
        .replace(b"tiga ciri mendengar", b"dua ciri mendengar")
    )
    one, two = states()
    two = State(two.edition, load(Memory({**SAMPLE, LISTEN: text}), date(2026, 11, 30)))
    pairs = Pairs()
    said = [sentence["kalimat"] for sentence in json.loads(pairs.file("TK-01", one, two))["maju"]]
    made = dict(feeds.files([one, two], pairs, URL))
    module, edition = (ET.fromstring(made[f"umpan/{name}.xml"]).find(f"{ATOM}entry") for name in ("TK-01", "edisi"))
    assert module is not None
    assert edition is not None
    assert (module.findtext(f"{ATOM}summary") or "").splitlines() == said
    told = (edition.findtext(f"{ATOM}summary") or "").splitlines()
    assert f"TK-01: {said[0]}" in told
    assert said[0].startswith("JP berubah")
    assert any(line.startswith("PROG-DASAR: JP program berubah") for line in told)


def test_linked_data_says_what_a_module_teaches_and_cannot_end_its_element() -> None:
    curriculum: Curriculum = states()[0].curriculum
    module = curriculum.by_kode["TK-01"]
    text = site.linked_data(f"modul/{module.slug}/index.md", curriculum)
    told = json.loads(text)
    assert told["@graph"][0]["timeRequired"] == f"PT{module.minutes()}M"
    assert told["@graph"][0]["version"] == module.version
    assert told["@graph"][0]["teaches"] == [indicator.text for indicator in module.indicators or ()]
    assert "<" not in text
