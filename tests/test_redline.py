"""The redline: its law over generated, real and hostile documents; what people see, in golden cases; its size."""

from __future__ import annotations

import json
import re
from html import escape
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest
from golden_files import GOLDEN, same
from hypothesis import given, settings
from hypothesis import strategies as st
from sigap import editions
from sigap.compare import align
from sigap.compare.redline import Redline, compact, expand, normal, redline
from sigap.compare.trees import BLOCK, is_plain, parse, write
from sigap.compare.words import tokens
from sigap.comparison_page import fragment

# --- Reading as an HTML5 parser does, apart from the code under test ------------------------------------------------


def read(html: str) -> object:
    """The tree that html5lib builds, attributes sorted, white space between blocks left out."""
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("dom"), namespaceHTMLElements=False)
    return tuple(_read(parser.parseFragment(html), outer=True))


def _is_block(node: object) -> bool:
    kind = node.nodeType
    if kind == node.COMMENT_NODE:
        return True
    return kind == node.ELEMENT_NODE and (node.tagName in BLOCK or any(_is_block(c) for c in node.childNodes))


def _read(parent: object, *, outer: bool = False) -> list[object]:
    parent.normalize()
    children = list(parent.childNodes)
    holds_blocks = getattr(parent, "tagName", "") in "ul ol dl table thead tbody tfoot tr".split()
    blocks = outer or holds_blocks or any(_is_block(child) for child in children)
    found: list[object] = []
    for at, child in enumerate(children):
        if child.nodeType == child.TEXT_NODE:
            alone = all(_is_block(n) for n in children[max(0, at - 1) : at + 2] if n is not child)
            if not (blocks and alone and not child.data.strip()):
                found.append(child.data)
        elif child.nodeType == child.COMMENT_NODE:
            found.append(("!", child.data))
        elif child.nodeType == child.ELEMENT_NODE:
            found.append((child.tagName, tuple(sorted(child.attributes.items())), tuple(_read(child))))
    return found


def obey(old: str, new: str) -> Redline:
    """Hold the law for one pair, both ways."""
    made = redline(old, new)
    assert read(made.accept()) == read(new)
    assert read(made.reject()) == read(old)
    back = redline(new, old)
    assert (back.words.inserted, back.words.deleted) == (made.words.deleted, made.words.inserted)
    assert back.words.moved == made.words.moved
    if "data-r-html" not in made.html:
        assert expand(json.loads(json.dumps(compact(made))), normal(new)) == made.html
    return made


# --- Documents of every kind that a module can hold -----------------------------------------------------------------

WORDS = (
    "anak anak-anak posko 1,5 08.00–09.30 TK-05 tenda air bersih petugas dan yang di & < “kutip” é emoji🙂 x".split()
)
word = st.sampled_from(WORDS).map(escape)
plain = st.lists(word, min_size=1, max_size=9).map(" ".join)


def wrap(tag: str, attributes: str = "") -> object:
    return lambda inner: f"<{tag}{attributes}>{inner}</{tag}>"


inline = st.recursive(
    plain,
    lambda inner: st.one_of(
        inner.map(wrap("em")),
        inner.map(wrap("strong")),
        inner.map(wrap("del")),
        inner.map(wrap("ins")),
        st.tuples(inner, st.sampled_from(["../a/", "b.md#c", "https://x.y/?a=1&amp;b=2"])).map(
            lambda p: f'<abbr title="{p[1]}">{p[0]}</abbr>'
        ),
        st.lists(inner, min_size=2, max_size=3).map(" ".join),
    ),
    max_leaves=5,
)
link = st.tuples(plain, st.sampled_from(["../a/", "b/", "c.png"])).map(lambda p: f'<a href="{p[1]}">{p[0]}</a>')
image = st.sampled_from(['<img alt="peta" src="a.png">', '<img alt="" src="b.png"><br>'])
phrase = st.lists(st.one_of(inline, link, image, plain.map(wrap("code"))), min_size=1, max_size=4).map(" ".join)
footnote = '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>'


def rows(cells: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def table(shape: tuple[int, int]) -> st.SearchStrategy[str]:
        wide, high = shape
        row = st.lists(cells, min_size=wide, max_size=wide)
        return st.tuples(row, st.lists(row, min_size=high, max_size=high)).map(
            lambda t: (
                "<table>\n<thead>\n<tr>\n"
                + "".join(f'<th style="text-align: right;">{c}</th>\n' for c in t[0])
                + "</tr>\n</thead>\n<tbody>\n"
                + "".join("<tr>\n" + "".join(f"<td>{c}</td>\n" for c in r) + "</tr>\n" for r in t[1])
                + "</tbody>\n</table>"
            )
        )

    return st.tuples(st.integers(1, 4), st.integers(0, 4)).flatmap(table)


leaf = st.one_of(
    phrase.map(wrap("p")),
    plain.map(wrap("h2")),
    plain.map(wrap("h3")),
    plain.map(lambda t: f"<pre><code>{t}\n  {t}\n</code></pre>"),
    st.just("<hr>"),
    rows(st.one_of(plain, st.just(""), phrase)),
    phrase.map(lambda t: f"<p>{t}{footnote}</p>"),
    st.lists(plain, min_size=1, max_size=3).map(
        lambda items: "<dl>" + "".join(f"<dt>{i}</dt><dd>{i} arti</dd>" for i in items) + "</dl>"
    ),
)
block = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.lists(st.tuples(phrase, st.lists(inner, max_size=2)), min_size=1, max_size=4).map(
            lambda items: "<ul>\n" + "".join(f"<li>{t}{''.join(b)}</li>\n" for t, b in items) + "</ul>"
        ),
        st.lists(inner, min_size=1, max_size=3).map(lambda b: "<blockquote>\n" + "\n".join(b) + "\n</blockquote>"),
        st.tuples(plain, st.lists(inner, min_size=1, max_size=2), st.sampled_from(["note", "warning"])).map(
            lambda p: f'<div class="admonition {p[2]}"><p class="admonition-title">{p[0]}</p>{"".join(p[1])}</div>'
        ),
        st.lists(phrase, min_size=1, max_size=4).map(
            lambda items: (
                '<ol start="3">'
                + "".join(f'<li class="task-list-item"><input type="checkbox" disabled=""> {i}</li>' for i in items)
                + "</ol>"
            )
        ),
    ),
    max_leaves=8,
)
blocks = st.lists(block, max_size=7)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str]:
    """A document and the same one after some blocks were moved, dropped, added and reworded."""
    old = draw(blocks)
    new = list(old)
    for _ in range(draw(st.integers(0, 4))):
        what = draw(st.sampled_from(["move", "drop", "add", "word", "copy"]))
        at = draw(st.integers(0, max(0, len(new) - 1)))
        if what == "add" or not new:
            new.insert(at, draw(block))
        elif what == "move":
            new.insert(draw(st.integers(0, len(new) - 1)), new.pop(at))
        elif what == "drop":
            new.pop(at)
        elif what == "copy":
            new.insert(draw(st.integers(0, len(new))), new[at])
        else:
            some = draw(st.sampled_from(WORDS[:11]))
            new[at] = new[at].replace(
                f"{some} ", draw(st.sampled_from(["", "baru ", "dua kata ", f"{some} {some} "])), 1
            )
    return "\n".join(old), "\n".join(new)


@settings(max_examples=150, deadline=None)
@given(blocks, blocks)
def test_the_law_over_any_two_documents(old: list[str], new: list[str]) -> None:
    obey("\n".join(old), "\n".join(new))


@settings(max_examples=250, deadline=None)
@given(edited())
def test_the_law_over_edits(pair: tuple[str, str]) -> None:
    obey(*pair)


PIECES = [
    "<p>", "</p>", "<ins>", "</ins>", "<del>", "</del>", "<table>", "</table>", "<tr>", "<td>", "</td>", "<th>", "<li>", "<ul>",
    "</ul>", "<!-- x -->", "<!--r-ins:y-->", "<!---->", "&nbsp;", "&lt;b&gt;", "&", "&#133;", "<b>", "</b>", "<a href=x>", "</a>",
    "<div data-r=ins>", '<p data-r="n">', "<span data-r-lama='{}'>", "<ins data-r=i>", "</div>", "<select><option>", "</select>",
    "<svg><g>", "</svg>", "<script>a<b</script>", "<style>p{}</style>", "<textarea>\n\nx</textarea>", "<pre>\n\nx</pre>", "<br/>",
    "<input>", "<caption>", "<col>", "<dl><dt>", "<dd>", "<h2>", "</h2>", "<td></td>", "<template><p>x</template>", "\t", "\n", "\xa0",
    "\r\n", "\0", "kata", "dua kata", "<x-y>", "</x-y>", "<p/>", "<![CDATA[x]]>", "<?php ?>", "<math><mi>x</mi></math>", "<nobr>",
    "<noscript>", "<iframe>", "<button>", "<form>", "<body>", "<html lang=x>", "<frameset>", "<plaintext>", "<img src=a alt='\"'>",
]  # fmt: skip
hostile = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)


@settings(max_examples=400, deadline=None)
@given(hostile, hostile)
def test_the_law_over_hostile_html(old: str, new: str) -> None:
    obey(old, new)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_the_law_over_any_text(old: str, new: str) -> None:
    obey(old, new)


@settings(max_examples=60, deadline=None)
@given(blocks)
def test_nothing_changed_is_nothing_marked(document: list[str]) -> None:
    made = redline("\n".join(document), "\n\n".join(document))
    assert not made.words
    assert "data-r=" not in made.html
    assert made.hunks == ()


@settings(max_examples=200, deadline=None)
@given(hostile)
def test_the_quick_reader_reads_as_html5lib(html: str) -> None:
    if is_plain(html):
        assert read("".join(write(item) for item in parse(html))) == read(html)


def test_the_law_over_the_history_of_this_curriculum() -> None:
    root = Path(__file__).resolve().parent.parent
    known = editions.known(root)
    if len(known) < 2:
        pytest.skip("a checkout without the history of its editions")
    states = [editions.curriculum(editions.edition(root, name).tree) for name in known]
    for old, new in pairwise(states):
        for kode, module in old.by_kode.items():
            if kode in new.by_kode:
                obey(fragment(module), fragment(new.by_kode[kode]))


# --- Minimal enough to read -----------------------------------------------------------------------------------------

LONG = " ".join(f"kata{n % 97} tenda{n % 13} posko" for n in range(140))
SECTION = f"<h2>Bagian</h2><p>{LONG}</p>"
OTHERS = [
    f"<h2>Judul {n}</h2><p>Alinea ke-{n} tentang hal {n * n} dan {LONG[n * 7 : n * 7 + 900]}.</p>" for n in range(6)
]


def marked_words(made: Redline) -> int:
    return made.words.inserted + made.words.deleted


def test_one_word_marks_one_word() -> None:
    old = "".join(OTHERS)
    made = obey(old, old.replace("Alinea ke-3 tentang", "Alinea ke-3 mengenai"))
    assert (made.words.inserted, made.words.deleted, made.words.moved) == (1, 1, 0)
    assert len(json.dumps(compact(made)).encode()) <= 2000


def test_a_one_word_edit_stays_small_whatever_the_size() -> None:
    for times in (1, 20):
        old = "".join(f"{other.replace('Judul', f'Judul {turn}')}" for turn in range(times) for other in OTHERS)
        made = redline(old, old[:-700] + old[-700:].replace("posko", "balai", 1))
        assert marked_words(made) == 2
        assert len(json.dumps(compact(made)).encode()) <= 2000


def test_a_moved_section_rewrites_no_word() -> None:
    made = obey(SECTION + "".join(OTHERS), "".join(OTHERS) + SECTION)
    assert marked_words(made) == 0
    assert made.words.moved == len(re.findall(r"\w+", LONG)) + 1
    assert made.html.count('data-r="tujuan"') == 2
    assert made.html.count("dipindahkan ke sini") == 1


def test_an_edit_inside_a_moved_section_is_an_edit() -> None:
    made = obey(SECTION + "".join(OTHERS), "".join(OTHERS) + SECTION.replace("kata50", "LIMAPULUH", 1))
    assert (made.words.inserted, made.words.deleted) == (1, 1)


def test_a_changed_number_marks_its_cell() -> None:
    rows = "".join(f"<tr><td>Inti {n}</td><td>Kegiatan {n} dengan uraian</td><td>10</td></tr>" for n in range(9))
    old = f"<table><thead><tr><th>Tahap</th><th>Kegiatan</th><th>Menit</th></tr></thead><tbody>{rows}</tbody></table>"
    new = old.replace("<td>Kegiatan 4 dengan uraian</td><td>10</td>", "<td>Kegiatan 4 dengan uraian</td><td>15</td>")
    made = obey(old, new)
    assert '<td><del data-r="d">10</del><ins data-r="i">15</ins></td>' in made.html
    assert made.html.count("data-r=") == 2


def test_nothing_invalid_inside_tables_and_lists() -> None:
    old = "<ul><li>a b c</li><li>d e f</li></ul><table><tbody><tr><td>1</td></tr></tbody></table>"
    made = redline(
        old, "<ul><li>d e f</li><li>x y z</li></ul><table><tbody><tr><td>1</td></tr><tr><td>2</td></tr></tbody></table>"
    )
    for parent in ("ul", "table", "tbody", "tr"):
        for inner in re.findall(f"<{parent}[^>]*>\\s*<(\\w+)", made.html):
            assert inner not in ("ins", "del", "span", "a"), made.html


CASES = sorted(path.stem.removesuffix(".old") for path in (GOLDEN / "redline").glob("*.old.html"))


@pytest.mark.parametrize("case", CASES)
def test_golden_case(case: str) -> None:
    """`<case>.old.html` to `<case>.new.html`; the first line of the new side bounds the marked words."""
    old = (GOLDEN / "redline" / f"{case}.old.html").read_text(encoding="utf-8")
    bound, _, new = (GOLDEN / "redline" / f"{case}.new.html").read_text(encoding="utf-8").partition("\n")
    made = obey(old, new)
    limit = int(re.fullmatch(r"<!-- (\d+) kata -->", bound)[1])
    assert marked_words(made) <= limit
    hunks = "\n\n".join(f"{' › '.join(hunk.path)}\n{hunk.html}" for hunk in made.hunks)
    same(f"redline/{case}.redline.html", f"{made.html}\n\n<!-- {made.words} -->\n\n{hunks}\n")


def test_there_are_25_golden_cases() -> None:
    assert len(CASES) >= 25


# --- Parts ----------------------------------------------------------------------------------------------------------


@given(st.text(max_size=80))
def test_tokens_join_to_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text


def test_what_stays_one_word() -> None:
    for whole in ("anak-anak", "1,5", "08.00–09.30", "TK-05", "kata’nya"):
        assert tokens(whole) == [whole]


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.integers(1, 5)), max_size=12))
def test_heaviest_is_heaviest(pairs: list[tuple[int, int, int]]) -> None:
    weights = {}
    for i, j, weight in pairs:
        weights[i, j] = max(weight, weights.get((i, j), 0))
    unique = [(i, j, float(w)) for (i, j), w in weights.items()]
    best: dict[tuple[int, int], float] = {}

    def most(i: int, j: int) -> float:
        if (i, j) not in best:
            best[i, j] = max((w + most(a + 1, b + 1) for a, b, w in unique if a >= i and b >= j), default=0.0)
        return best[i, j]

    chosen = align.heaviest(unique)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(chosen))
    assert sum(weights[pair] for pair in chosen) == most(0, 0)
