"""The redline: its law over generated, real and hostile documents; what people see, in golden cases; its size."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any

import html5lib
import pytest
from golden_files import GOLDEN, same
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sigap import editions
from sigap.comparison.page import fragment
from sigap.redline import align
from sigap.redline.engine import Redline, compact, expand, normal, redline
from sigap.redline.reading import parse_checked, parse_marked
from sigap.redline.sides import accept, reject
from sigap.redline.trees import BLOCK, Item, Node, write
from sigap.render import renderer
from sigap.words import tokens

# --- Reading as an HTML5 parser does, apart from the code under test ------------------------------------------------

NO_WORDS = "table thead tbody tfoot tr ul ol dl".split()
"""Elements in which white space means nothing."""


def dom(html: str) -> Any:
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("dom"), namespaceHTMLElements=False)
    return parser.parseFragment(html)


def read(html: str) -> object:
    """The tree that html5lib builds, attributes sorted, white space between blocks left out."""
    return tuple(_read(dom(html), outer=True))


def _is_block(node: Any) -> bool:
    kind = node.nodeType
    if kind == node.COMMENT_NODE:
        return True
    return kind == node.ELEMENT_NODE and (node.tagName in BLOCK or any(_is_block(c) for c in node.childNodes))


def _read(parent: Any, *, outer: bool = False) -> list[object]:
    parent.normalize()
    children = list(parent.childNodes)
    blocks = outer or any(_is_block(child) for child in children) or parent.tagName in NO_WORDS
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
    assert expand(json.loads(json.dumps(compact(made))), normal(new)) == made.html
    if not gave_up(made):
        assert read(accept(swapped(made.html))) == read(old)
        assert read(reject(swapped(made.html))) == read(new)
    return made


def obey_plainly(old: str, new: str) -> Redline:
    """As `obey`, where showing two sources side by side is no answer: what a module holds is compared part by part."""
    made = obey(old, new)
    assert not gave_up(made)
    assert not problems(made.html)
    return made


def gave_up(made: Redline) -> bool:
    return "data-r-html" in made.html


def problems(html: str) -> list[str]:
    """What stands where HTML does not allow it, seen in the text as written: a parser would have moved it away."""
    allowed = {"table": "caption thead tbody", "thead": "tr", "tbody": "tr", "tr": "td th"}
    allowed |= {"ul": "li", "ol": "li", "dl": "dt dd"}
    open_: list[str] = []
    found = []
    for close, tag, empty in re.findall(r"<(/?)([a-z][a-z0-9]*)[^>]*?(/?)>", html):
        if close:
            if not open_ or open_.pop() != tag:
                found.append(f"</{tag}>")
        else:
            if open_ and open_[-1] in allowed and tag not in allowed[open_[-1]].split():
                found.append(f"<{tag}> in <{open_[-1]}>")
            if tag not in ("img", "br", "hr", "input") and not empty:
                open_.append(tag)
    ids = re.findall(r' id="(r-[^"]*)"', html)
    lost = set(re.findall(r' href="#(r-[^"]*)"', html)) ^ set(ids)
    return [*found, *lost, *(one for one in set(ids) if ids.count(one) > 1)]


def swapped(html: str) -> str:
    """A marked fragment told the other way round, by its marks alone (redline.py says how)."""
    return "".join(write(_swapped(item)) for item in parse_marked(html))


OTHER = {"i": "d", "d": "i", "ins": "del", "del": "ins", "asal": "tujuan", "tujuan": "asal", "n": "n"}


def _swapped(item: Item) -> Item:
    if isinstance(item, str):
        return item
    if item.tag == "!":
        marks = {"r-ins:": "r-del:", "r-del:": "r-ins:"}
        return Node(
            "!", (), [re.sub("^r-(?:ins|del):", lambda found: marks[found[0]], str(part)) for part in item.children]
        )
    has = dict(item.attributes)
    mark = has.get("data-r", "")
    if "data-r-spasi" in has:
        return Node(item.tag, (("data-r-spasi", "".join(map(str, item.children))),), [has["data-r-spasi"]])
    if "data-r-lama" in has:
        now = {name: value for name, value in has.items() if name not in ("data-r", "data-r-lama")}
        has = {**json.loads(has["data-r-lama"]), "data-r-lama": json.dumps(now)}
    if mark:
        has["data-r"] = OTHER[mark]
    tag = {"i": "del", "d": "ins"}.get(mark, item.tag)
    return Node(tag, tuple(has.items()), [_swapped(child) for child in item.children])


MORE = 30 if os.environ.get("SIGAP_FUZZ") else 1

# --- Documents of every kind that a module can hold -----------------------------------------------------------------

WORDS = (
    "anak anak-anak posko 1,5 08.00–09.30 TK-05 tenda air bersih petugas dan yang di & < “kutip” é emoji🙂 x".split()
)
word = st.sampled_from(WORDS).map(escape)
gap = st.sampled_from([" ", " ", " ", " ", "\n", "  ", "&#160;"])
plain = st.lists(st.tuples(word, gap), min_size=1, max_size=9).map(
    lambda parts: "".join(word + gap for word, gap in parts[:-1]) + parts[-1][0]
)


def wrap(tag: str, attributes: str = "") -> Callable[[str], str]:
    return lambda inner: f"<{tag}{attributes}>{inner}</{tag}>"


inline = st.recursive(
    plain,
    lambda inner: st.one_of(
        inner.map(wrap("em")),
        inner.map(wrap("strong")),
        inner.map(wrap("del")),
        inner.map(wrap("ins")),
        inner.map(wrap("sup")),
        st.tuples(inner, st.sampled_from(["satu", "dua &amp; tiga"])).map(
            lambda parts: f'<abbr title="{parts[1]}">{parts[0]}</abbr>'
        ),
        st.lists(inner, min_size=2, max_size=3).map(" ".join),
    ),
    max_leaves=5,
)
address = st.sampled_from(["../a/", "b.md#c", "https://x.y/?a=1&amp;b=2"])
link = st.tuples(inline, address).map(lambda parts: f'<a href="{parts[1]}">{parts[0]}</a>')
image = st.sampled_from(['<img alt="peta" src="a.png" />', '<img alt="" src="b.png" /><br />', "<br />\n"])
footnote = st.sampled_from(
    [f'<sup id="fnref:{n}"><a class="footnote-ref" href="#fn:{n}">{n}</a></sup>' for n in (1, 2)]
)
phrase = st.lists(st.one_of(inline, link, image, footnote, plain.map(wrap("code"))), min_size=1, max_size=4).map(
    " ".join
)
cell = st.one_of(plain, st.just(""), st.just(" "), phrase)
aligned = st.sampled_from(["", ' style="text-align: right;"'])


def table(shape: tuple[int, int]) -> st.SearchStrategy[str]:
    wide, high = shape
    row = st.lists(cell, min_size=wide, max_size=wide)
    return st.tuples(row, st.lists(row, min_size=high, max_size=high), aligned).map(
        lambda parts: (
            "<table>\n<thead>\n<tr>\n"
            + "".join(f"<th{parts[2]}>{text}</th>\n" for text in parts[0])
            + f"</tr>\n</thead>\n<tbody>\n{''.join(map(table_row, parts[1]))}</tbody>\n</table>"
        )
    )


def table_row(cells: list[str]) -> str:
    return "<tr>\n" + "".join(f"<td>{text}</td>\n" for text in cells) + "</tr>\n"


def notes(texts: list[str]) -> str:
    back = '&#160;<a class="footnote-backref" href="#fnref:1" title="Kembali">&#8617;</a>'
    items = "".join(f'<li id="fn:{n}">\n<p>{text}{back}</p>\n</li>\n' for n, text in enumerate(texts, 1))
    return f'<div class="footnote">\n<hr />\n<ol>\n{items}</ol>\n</div>'


leaf = st.one_of(
    phrase.map(wrap("p")),
    plain.map(wrap("h2")),
    plain.map(wrap("h3")),
    plain.map(lambda text: f'<div class="highlight"><pre><span></span><code>{text}\n  {text}\n</code></pre></div>'),
    plain.map(lambda text: f"<pre><code>{text}\n\n  {text}</code></pre>"),
    st.just("<hr />"),
    st.tuples(st.integers(1, 4), st.integers(0, 4)).flatmap(table),
    st.lists(plain, min_size=1, max_size=2).map(notes),
    st.lists(st.tuples(plain, phrase), min_size=1, max_size=3).map(
        lambda items: "<dl>\n" + "".join(f"<dt>{one}</dt>\n<dd>{two}</dd>\n" for one, two in items) + "</dl>"
    ),
)
box = st.sampled_from(
    ["", '<input type="checkbox" disabled="" /> ', '<input type="checkbox" disabled="" checked="" /> ']
)
block = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.lists(st.tuples(phrase, st.lists(inner, max_size=2)), min_size=1, max_size=4).map(
            lambda items: (
                "<ul>\n" + "".join("<li>" + text + "".join(below) + "</li>\n" for text, below in items) + "</ul>"
            )
        ),
        st.lists(inner, min_size=1, max_size=3).map(
            lambda parts: "<ol>" + "".join(f"<li>\n{p}\n</li>" for p in parts) + "</ol>"
        ),
        st.lists(inner, min_size=1, max_size=3).map(
            lambda parts: "<blockquote>\n" + "\n".join(parts) + "\n</blockquote>"
        ),
        st.tuples(plain, st.lists(inner, min_size=1, max_size=2), st.sampled_from(["note", "warning"])).map(
            lambda parts: (
                f'<div class="admonition {parts[2]}">\n<p class="admonition-title">{parts[0]}</p>\n{"".join(parts[1])}\n</div>'
            )
        ),
        st.tuples(st.lists(st.tuples(box, phrase), min_size=1, max_size=4), st.sampled_from(["", ' start="3"'])).map(
            lambda parts: (
                f"<ol{parts[1]}>"
                + "".join(f'<li class="task-list-item">{b}{text}</li>' for b, text in parts[0])
                + "</ol>"
            )
        ),
    ),
    max_leaves=8,
)
blocks = st.lists(block, max_size=7)
CHANGES = "move drop add word copy wrap open row column space".split()


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str]:
    """A document and the same one after some edits, as people make them."""
    old = draw(blocks)
    new = list(old)
    for _ in range(draw(st.integers(0, 4))):
        what = draw(st.sampled_from(CHANGES))
        at = draw(st.integers(0, max(0, len(new) - 1)))
        if what == "add" or not new:
            new.insert(at, draw(block))
        elif what == "move":
            new.insert(draw(st.integers(0, len(new) - 1)), new.pop(at))
        elif what == "drop":
            new.pop(at)
        elif what == "copy":
            new.insert(draw(st.integers(0, len(new))), new[at])
        elif what == "wrap":
            new[at] = f"<blockquote>\n{new[at]}\n</blockquote>"
        elif what == "open" and new[at].startswith("<blockquote>"):
            new[at] = new[at].removeprefix("<blockquote>").removesuffix("</blockquote>").strip()
        elif what == "row":
            rows = re.findall(r"<tr>.*?</tr>\n|<li>.*?</li>\n", new[at], re.DOTALL)
            if len(rows) > 1:
                one, two = draw(st.sampled_from(rows)), draw(st.sampled_from(rows))
                new[at] = new[at].replace(one, draw(st.sampled_from(["", one + two, two])), 1)
        elif what == "column":
            new[at] = re.sub(
                r"(<tr>\n)(<(t[hd])[^>]*>)", draw(st.sampled_from([r"\1<\3>baru</\3>\n\2", r"\1\2baru "])), new[at]
            )
        elif what == "space":
            other = draw(st.sampled_from(["\n", "  ", "&#160;"]))
            new[at] = re.sub(r"(>[^<]*\w) (?=\w)", lambda found: found[1] + other, new[at], count=1)  # noqa: B023
        else:
            some = draw(st.sampled_from(WORDS[:11]))
            other = draw(st.sampled_from(["", "baru ", "dua kata ", f"{some} {some} ", f"<em>{some}</em> "]))
            new[at] = new[at].replace(f"{some} ", other, 1)
    return "\n".join(old), "\n".join(new)


@settings(max_examples=60 * MORE, deadline=None)
@given(blocks, blocks)
def test_the_law_over_any_two_documents(old: list[str], new: list[str]) -> None:
    obey_plainly("\n".join(old), "\n".join(new))


@settings(max_examples=150 * MORE, deadline=None)
@given(edited())
def test_the_law_over_edits(pair: tuple[str, str]) -> None:
    whole = all(parse_checked(side)[1] for side in pair)  # an edit may cut through a nested list
    (obey_plainly if whole else obey)(*pair)


@settings(max_examples=50, deadline=None)
@given(blocks)
def test_what_is_generated_is_as_plain_as_what_the_renderer_writes(document: list[str]) -> None:
    assert parse_checked("\n".join(document))[1]


PIECES = [
    *"<p> </p> <ins> </ins> <del> </del> <table> </table> <tr> <td> </td> <th> <li> <ul> </ul> </div> <input> <caption> <col>".split(),
    *"<dl><dt> <dd> <h2> </h2> <td></td> <b> </b> <br/> <p/> <x-y> </x-y> <nobr> <noscript> <iframe> <button> <form>".split(),
    *"<body> <frameset> <plaintext> </svg> </select> & &nbsp; &lt;b&gt; &#133; &#1; &notit; &copy &#10; kata".split(),
    "<!-- x -->", "<!--r-ins:y-->", "<!---->", "<a href=x>", "</a>", "<div data-r=ins>", '<p data-r="n">', "dua kata",
    "<span data-r-lama='{}'>", "<span data-r-spasi=' '>", "<ins data-r=i>", "<p data-r-html=x>", "<select><option>",
    "<svg><g>", "<script>a<b</script>", "<style>p{}</style>", "<textarea>\n\nx</textarea>", "<pre>\n\nx</pre>",
    "<template><p>x</template>", "\t", "\n", "\xa0", "\r\n", "\0", "\x0b", "<![CDATA[x]]>", "<?php ?>", "<html lang=x>",
    "<math><mi>x</mi></math>", "<img src=a alt='\"'>", '<a title="x>\ny">', "<p>a b c d e f</p>", "<td rowspan=2>",
    "<table><tr><td>satu dua tiga empat<table><tr><td>lima enam</table></table>", "<ul><li>a b c<li>d e f</ul>",
]  # fmt: skip
hostile = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)


@settings(max_examples=300 * MORE, deadline=None)
@given(hostile, hostile)
@example("<pre>\n\nx</pre>", "<table><pre>\n\nx</pre>")
def test_the_law_over_hostile_html(old: str, new: str) -> None:
    obey(old, new)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_the_law_over_any_text(old: str, new: str) -> None:
    obey(old, new)


@settings(max_examples=50, deadline=None)
@given(blocks)
def test_nothing_changed_is_nothing_marked(document: list[str]) -> None:
    made = redline("\n".join(document), "\n\n".join(document))
    assert not made.words
    assert "data-r" not in made.html
    assert made.hunks == ()
    assert made.html == normal("\n".join(document))


@settings(max_examples=400, deadline=None)
@given(hostile)
@example('<a title="x>\ny">a</a>')
@example("<p>&#1;&#10;&notit;&amp;amp;</p>")
def test_the_quick_reader_reads_as_html5lib(html: str) -> None:
    trees, plain = parse_checked(html)
    if plain:
        written = "".join(write(item) for item in trees).replace("data-rr", "data-r")  # marks of the source are renamed
        assert read(written) == read(html)


def test_the_law_over_the_history_of_this_curriculum() -> None:
    root = Path(__file__).resolve().parent.parent
    known = editions.known(root)
    if len(known) < 2:
        pytest.skip("a checkout without the history of its editions")
    states = [editions.curriculum(editions.edition(root, name).tree) for name in known]
    for old, new in pairwise(states):
        for kode, module in old.by_kode.items():
            if kode in new.by_kode:
                obey_plainly(fragment(module), fragment(new.by_kode[kode]))


def test_what_the_renderer_writes_is_plain() -> None:
    made = renderer().convert(
        "# Judul\n\n*[IHB]: Indikator\n\nTeks[^1] IHB ~~lama~~ **tebal** `kode` [a](b.md) ![c](d.png)  \nbaris & <b@c.id>\n\n"
        "> [!NOTE]\n> Isi\n\n- [ ] tugas\n- [x] sudah\n    1. bawah\n\n```python\na < b\n```\n\n"
        "| a | b |\n|---|--:|\n| 1 | |\n\n---\n\n[^1]: Sumber.\n"
    )
    assert parse_checked(made)[1]


# --- Minimal enough to read -----------------------------------------------------------------------------------------

LONG = " ".join(f"kata{n % 97} tenda{n % 13} posko" for n in range(140))
SECTION = f"<h2>Bagian</h2><p>{LONG}</p>"
OTHERS = [
    f"<h2>Judul {n}</h2><p>Alinea ke-{n} tentang hal {n * n} dan {LONG[n * 7 : n * 7 + 900]}.</p>" for n in range(6)
]


def marked_words(made: Redline) -> int:
    return made.words.inserted + made.words.deleted


def size(made: Redline) -> int:
    return len(json.dumps(compact(made), ensure_ascii=False).encode())


def test_one_word_marks_one_word() -> None:
    old = "".join(OTHERS)
    made = obey_plainly(old, old.replace("Alinea ke-3 tentang", "Alinea ke-3 mengenai"))
    assert (made.words.inserted, made.words.deleted, made.words.moved) == (1, 1, 0)
    assert size(made) <= 2000


def test_a_one_word_edit_stays_small_whatever_the_size() -> None:
    for times in (1, 20):
        old = "".join(f"{other.replace('Judul', f'Judul {turn}')}" for turn in range(times) for other in OTHERS)
        made = redline(old, old[:-700] + old[-700:].replace("posko", "balai", 1))
        assert marked_words(made) == 2
        assert size(made) <= 2000


def test_a_moved_section_rewrites_no_word() -> None:
    made = obey_plainly(SECTION + "".join(OTHERS), "".join(OTHERS) + SECTION)
    assert marked_words(made) == 0
    assert made.words.moved == len(re.findall(r"\w+", LONG)) + 1
    assert made.html.count('data-r="tujuan"') == 2
    assert made.html.count("dipindahkan ke sini") == 1


def test_an_edit_inside_a_moved_section_is_an_edit() -> None:
    made = obey_plainly(SECTION + "".join(OTHERS), "".join(OTHERS) + SECTION.replace("kata50", "LIMAPULUH", 1))
    assert (made.words.inserted, made.words.deleted) == (1, 1)


def test_a_changed_number_marks_its_cell() -> None:
    rows = "".join(f"<tr><td>Inti {n}</td><td>Kegiatan {n} dengan uraian</td><td>10</td></tr>" for n in range(9))
    old = f"<table><thead><tr><th>Tahap</th><th>Kegiatan</th><th>Menit</th></tr></thead><tbody>{rows}</tbody></table>"
    new = old.replace("<td>Kegiatan 4 dengan uraian</td><td>10</td>", "<td>Kegiatan 4 dengan uraian</td><td>15</td>")
    made = obey_plainly(old, new)
    assert '<td><del data-r="d">10</del><ins data-r="i">15</ins></td>' in made.html
    assert made.hunks[0].html.count("data-r=") == 2


def test_lines_broken_elsewhere_are_no_change_to_a_reader() -> None:
    made = obey_plainly("<p>satu dua\ntiga</p><pre>a b</pre>", "<p>satu\ndua tiga</p><pre>a  b</pre>")
    assert made.html.startswith('<p>satu<span data-r-spasi=" ">\n</span>dua<span data-r-spasi="\n"> </span>tiga</p>')
    assert len(made.hunks) == 1


def test_empty_lists_and_deep_ones_end() -> None:
    obey_plainly("<ul></ul><table><tbody></tbody></table>", "<p>satu</p><ol></ol>")
    for deep in (90, 2_000):
        old = f"{'<blockquote>' * deep}<p>satu dua</p>{'</blockquote>' * deep}"
        made = redline(old, old.replace("dua", "tiga"))
        assert made.reject() if deep == 90 else made.reject() == old
        assert gave_up(made) == (deep == 2_000)


def test_time_grows_with_the_text() -> None:
    """Not by the clock: whatever the words, what is held against each other stays in proportion."""
    words = [f"kata{n % 5}" for n in range(20_000)]
    looked = 0

    def worth(_: object) -> float:
        nonlocal looked
        looked += 1
        return 1.0

    align.words(words, words[7:] + words[3:900], worth)
    assert looked < 40 * len(words)


# --- What people see ------------------------------------------------------------------------------------------------

CASES = sorted(path.name for path in (GOLDEN / "redline").glob("*.html"))


@pytest.mark.parametrize("case", CASES)
def test_golden_case(case: str) -> None:
    """Each case is one file: what it shows and the most words that may be marked, the two sides, and what is seen."""
    text = (GOLDEN / "redline" / case).read_text(encoding="utf-8")
    given, _, _ = text.partition("\n<!-- terlihat -->\n")
    title, old, new = re.split(r"\n<!-- (?:lama|baru) -->\n", given)
    made = obey_plainly(old, new)
    limit = re.search(r"paling banyak (\d+) kata bertanda", title)
    assert limit
    assert marked_words(made) <= int(limit[1])
    words = f"{made.words.inserted} masuk, {made.words.deleted} keluar, {made.words.moved} pindah"
    seen = f"{given}\n<!-- terlihat -->\n{made.html}\n<!-- kata: {words} -->\n"
    same(f"redline/{case}", seen + "".join(f"<!-- {' › '.join(one.path)} -->\n{one.html}\n" for one in made.hunks))


def test_there_are_25_golden_cases() -> None:
    assert len(CASES) >= 25


# --- Parts ----------------------------------------------------------------------------------------------------------


@given(st.text(max_size=80))
def test_tokens_join_to_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text


def test_what_stays_one_word() -> None:
    for whole in ("anak-anak", "1,5", "08.00–09.30", "TK-05", "kata’nya"):
        assert tokens(whole) == [whole]
    assert tokens("anak-anak, lalu.") == ["anak-anak", ",", " ", "lalu", "."]


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.integers(1, 5)), max_size=12))
def test_heaviest_is_heaviest(pairs: list[tuple[int, int, int]]) -> None:
    weights: dict[tuple[int, int], int] = {}
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
