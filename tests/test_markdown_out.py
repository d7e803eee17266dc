"""What is put into Markdown is shown as it was, by GitHub's reading and by the site's, and opens no element."""

from __future__ import annotations

import re
from html import unescape

import pyromark
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from sigap.allowed_html import faults
from sigap.markdown_out import Md, box, escape, joined, link, md, message, meta, plain, table
from sigap.render import renderer

RENDER = renderer()
SNIPPETS = [
    "<img src=x onerror=alert(1)>", "<!-- kotak: x -->", "<!--", "-->", "&lt;b&gt;", "&amp;", "&#60;", "\\", "\\<b>", "|",
    "\\|", "`", "``", "**", "__", "_", "*", "~~", "~", "[x](javascript:alert(1))", "![x](https://x.example/a.png)", "[^1]",
    "[x]: javascript:y", "{onload=alert(1)}", "{: .x }", "{#id}", "<javascript:alert(1)>", "<a@b.example>", "# ", "- ", "1. ",
    "1) ", "+ ", "=", "---", "> ", "```", "~~~", "    ", "\t", "\n\n", ":", "!", "nama", " ", "\0", "\x02", "\x03", "é", "\u200b",
]  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(SNIPPETS)).map("".join), st.text("<>&\\`*_[]{}|~#-+.!=:1 x\n"))
TAG = re.compile(r"<[^>]*>")


def github(markdown: str) -> str:
    options = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_GFM | pyromark.Options.ENABLE_STRIKETHROUGH
    return pyromark.html(
        markdown, options=options | pyromark.Options.ENABLE_FOOTNOTES | pyromark.Options.ENABLE_TASKLISTS
    )


def site(markdown: str) -> str:
    return RENDER.reset().convert(markdown)


def shown(html: str) -> str:
    return unescape(TAG.sub("", html)).strip()


@pytest.mark.parametrize("read", [github, site])
@given(text=TEXTS)
def test_a_cell_shows_exactly_its_text(read: object, text: str) -> None:
    html = read(table(("A", "B"), [("awal", text)]))  # type: ignore[operator]
    cells = re.findall(r"<td[^>]*>(.*?)</td>", html, re.DOTALL)
    assert [unescape(cell) for cell in cells] == ["awal", plain(text)]


@pytest.mark.parametrize("read", [github, site])
@given(text=TEXTS.filter(plain))
def test_a_line_shows_exactly_its_text(read: object, text: str) -> None:
    html = read(f"{escape(text)}\n")  # type: ignore[operator]
    assert set(TAG.findall(html)) == {"<p>", "</p>"}
    assert shown(html) == plain(text)


@pytest.mark.parametrize("read", [github, site])
@given(text=TEXTS.filter(plain), target=TEXTS)
def test_a_link_shows_its_text_and_leads_to_one_place(read: object, text: str, target: str) -> None:
    html = read(f"Lihat {link(text, f'./{target}')}.\n")  # type: ignore[operator]
    assert shown(html) == f"Lihat {plain(text)}."
    assert [tag.split("=")[0] for tag in TAG.findall(html)] == ["<p>", "<a href", "</a>", "</p>"]


@given(text=TEXTS)
def test_a_message_keeps_its_text(text: str) -> None:
    assert not set(re.findall(r"</?(\w+)", github(f"x {message(f'Sebelum `jp` {text} sesudah')}\n"))) - {"p", "code"}


@given(text=TEXTS)
def test_what_is_generated_passes_the_wall(text: str) -> None:
    content = box(
        "kepala", table(("A",), [(md("**{}** {}", text, link(text, "index.md")),), (joined(", ", [text, Md("*x*")]),)])
    )
    assert faults(site(f"# {escape(text)}\n\n{content}")) == []


@given(text=TEXTS, more=TEXTS)
def test_front_matter_holds_its_texts(text: str, more: str) -> None:
    written = meta(title=text, description=more)
    assert written.startswith("---\n")
    assert written.endswith("\n---\n\n")
    inner = yaml.safe_load(written[4:-5]) or {}
    assert {key: plain(value) for key, value in inner.items()} == {
        key: plain(value) for key, value in (("title", text), ("description", more)) if value
    }
