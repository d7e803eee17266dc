"""A link that works on GitHub works on the site, however it is written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sigap.pages.editing import splice
from sigap.render import renderer
from sigap.source import read, site_ids

TARGET = read("docs/panduan/a.md", "# Panduan\n\n## Tenda & air\n\n## Kafé\n\n## Tenda & air\n".encode())
FORMS = [
    "[x](../../docs/panduan/a.md)", "[x](<../../docs/panduan/a.md>)", '[x](../../docs/panduan/a.md "Judul")', "[x][r]", "[r][]", "[r]",
    "[![g](pola.png)](../../docs/panduan/a.md)", "[*x*](../../docs/panduan/a.md)", "[x][R]", "- [x](../../docs/panduan/a.md)",
]  # fmt: skip


def hrefs(text: str) -> list[str]:
    document = read("modules/x/index.md", text.encode())
    pages = {document.path: document, TARGET.path: TARGET}
    return re.findall(r'href="([^"]*)"', renderer(headings=True).convert(splice(document, [], pages)))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_link_is_led(form: str) -> None:
    assert hrefs(f"Lihat dulu.\n\n{form} lalu.\n\n[r]: ../../docs/panduan/a.md\n") == ["../../panduan/a.md"]


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("tenda--air", "tenda-air"),
        ("tenda--air-1", "tenda-air_1"),
        ("kafé", "kafe"),
        ("kaf%C3%A9", "kafe"),
        ("tenda-air", "tenda-air"),
    ],
)
def test_headings_by_the_names_that_github_gives_them(fragment: str, expected: str) -> None:
    assert hrefs(f"[x](../../docs/panduan/a.md#{fragment})\n") == [f"../../panduan/a.md#{expected}"]
    assert hrefs(f"[x](#{fragment})\n\n## Tenda & air\n\n## Kafé\n\n## Tenda & air\n") == [f"#{expected}"]


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                "Tenda & air",
                "Tenda air",
                "Tenda",
                "Kafé",
                "A_1",
                "A",
                "&",
                "2",
                "Air 1",
                "tenda",
                "![Tenda](a.png)",
                "*B*",
                "[C](#d)",
            ]
        ),
        min_size=1,
        max_size=8,
    )
)
def test_ids_are_those_of_the_site(titles: list[str]) -> None:
    text = "".join(f"## {title}\n\n" for title in titles)
    made = re.findall(r'<h2 id="([^"]*)"', renderer(headings=True).convert(text))
    known = site_ids(read("docs/a.md", text.encode()))
    assert set(made) == set(known.values())
