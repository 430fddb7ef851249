"""Structured data as pages really carry it: damaged, nested, repeated."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newswire.extraction.jsonld import article_node, read_json
from newswire.extraction.jsonld_repair import MAX_REPAIR_CHARS
from newswire.extraction.metadata import Metadata, read_metadata
from newswire.extraction.page import Page, parse
from newswire.extraction.plaintext import element_text, latin, letters, path_key, plain, strings
from newswire.extraction.structured import read_structured
from newswire.extraction.values import ExtractionError

BODY = '{"@type":"NewsArticle","headline":"A story"}'


@pytest.mark.parametrize(
    "script",
    [
        BODY,
        f"\ufeff {BODY};\n",
        f"<!-- {BODY} -->",
        f"//<![CDATA[\n{BODY}\n//]]>",
        f"/*<![CDATA[*/ {BODY} /*]]>*/",
        '{"@type":"NewsArticle","headline":"A story",}',
        '{"@type":"NewsArticle","headline":"A\tstory"}',
        BODY.replace('"', "&quot;"),
        f'{{"@type":"WebSite"}} {BODY}',
        f'[{{"@graph":[{BODY}]}}]',
        '{"@type":["http://schema.org/NewsArticle"],"headline":"A story"}',
        '{"@type":"schema:NewsArticle","headline":"A story"}',
    ],
)
def test_damaged_json_is_read(script: str) -> None:
    nodes, _, broken = read_json([script])
    node = article_node(nodes, (), ())
    assert node is not None
    assert letters(strings(node.data["headline"])[0]) == "astory"
    assert broken == 0


FACTS = '"datePublished":"2026-09-01T10:00:00+02:00","author":{"@type":"Person","name":"Anna Smith"}'


@pytest.mark.parametrize(
    ("script", "headline"),
    [
        # what can be mended: comments, escapes that JSON does not have, empty values, the inside of a string
        (f'{{// the piece\n"@type":"NewsArticle",/* its name */"headline":"A story",{FACTS}}}', "A story"),
        (rf"""{{"@type":"NewsArticle","headline":"The mayor\'s story",{FACTS}}}""", "The mayor's story"),
        (f'{{"@type":"NewsArticle","headline":"A story","wordCount":,{FACTS}}}', "A story"),
        (f'{{"@type":"NewsArticle","headline":"A story",{FACTS}}}'.replace('"', r"\""), "A story"),
        # what cannot: quotation marks inside a headline, a missing comma, single quotes, a script that is cut off
        (f'{{"@type":"NewsArticle","headline":"Mayor: "No" to all",{FACTS}}}', 'Mayor: "No" to all'),
        (f'{{"@type":"NewsArticle","headline":"A mayor says "no"",\n{FACTS}}}', 'A mayor says "no"'),
        (f'{{"@type":"NewsArticle","headline":"A story"\n{FACTS}}}', "A story"),
        (f'{{"@type":"NewsArticle","headline":\'A story\',{FACTS}}}', "A story"),
        (f'{{"@type":"NewsArticle","headline":"A story",{FACTS},"articleBody":"It began', "A story"),
        (
            f'{{"@type":"WebSite","name":"Example"}}{{"@type":"NewsArticle","headline":"A "story"",{FACTS}}}',
            'A "story"',
        ),
    ],
)
def test_the_facts_of_a_piece_survive_damaged_json(script: str, headline: str) -> None:
    nodes, _, broken = read_json([script])
    node = article_node(nodes, (), ())
    assert node is not None
    assert node.data["headline"] == headline
    assert node.data["datePublished"] == "2026-09-01T10:00:00+02:00"
    authors = node.data["author"]
    assert (authors[0] if isinstance(authors, list) else authors)["name"] == "Anna Smith"
    assert broken == 0


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ('"Anna Smith"', ["Anna Smith"]),
        ('[{"@type":"Person","name":"Anna Smith"},{"@type":"Person","name":"Ben Jones"}]', ["Anna Smith", "Ben Jones"]),
        ('{"@type":"Organization","name":"Example Daily","logo":{"url":"x"}}', ["Example Daily"]),
    ],
)
def test_authors_in_json_past_mending(author: str, names: list[str]) -> None:
    nodes, _, _ = read_json(
        [f'{{"@type":"NewsArticle","headline":"Mayor: "No" to all","author":{author},"image":"x"}}']
    )
    found = nodes[0].data["author"]
    assert [one if isinstance(one, str) else one["name"] for one in found] == names


@pytest.mark.parametrize("length", [400_000, MAX_REPAIR_CHARS - 100])
@pytest.mark.parametrize(
    "part", ['"', "/*", '"author":', '"@type":"Article"', '{"headline":"', "\\", "//", '\\"', "\n", " "]
)
def test_damage_does_not_buy_time(part: str, length: int) -> None:
    start = time.process_time()
    for begin in ("", '"headline":"The wall"'):
        read_json([f'{{"@type":"NewsArticle",{begin}{part * (length // len(part))}x'])
    assert time.process_time() - start < 2


@pytest.mark.parametrize("script", ["", "{", "not json", "[" * 100_000, '{"a":' * 5_000, "\x00"])
def test_what_is_no_json_is_counted_and_left(script: str) -> None:
    nodes, _, broken = read_json([script])
    assert nodes == []
    assert broken == 1


def test_the_page_s_own_article_is_found_among_others() -> None:
    nodes, _, _ = read_json(
        [
            '{"@type":"NewsArticle","headline":"Other","url":"https://e.org/other","author":"A B"}',
            '{"@type":"NewsArticle","headline":"Mine","mainEntityOfPage":{"@id":"https://www.e.org/mine/"}}',
            '{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"Third","author":"X Y"}]}',
        ]
    )
    node = article_node(nodes, ("https://e.org/mine",), ())
    assert node is not None
    assert node.data["headline"] == "Mine"
    by_title = article_node(nodes, ("https://e.org/x",), ("Other",))
    assert by_title is not None
    assert by_title.data["headline"] == "Other"


def test_meta_names_values_and_repetition() -> None:
    data = read_structured(
        parse(
            """<html lang="uk"><head><META Property="OG:Title" Content="A &amp;amp; B"><meta name="x" content="">
            <meta property="article:tag" content="one"><meta property="article:tag" content="two">
            <meta value="2016-11-28 16:23:00 -0500" name="sailthru.date"></head><body>x</body></html>"""
        )
    )
    assert data.meta("og:title") == "A & B"
    assert data.meta("x") is None
    assert data.all_meta("article:tag") == [("article:tag", "one"), ("article:tag", "two")]
    assert data.meta("sailthru.date") == "2016-11-28 16:23:00 -0500"
    assert data.html_lang == "uk"


def test_microdata_values_follow_the_standard() -> None:
    data = read_structured(
        parse(
            """<html><body><div itemscope itemtype="https://schema.org/NewsArticle">
            <h1 itemprop="headline">Head <b>line</b></h1><meta itemprop="datePublished" content="2026-09-20">
            <time itemprop="dateModified" datetime="2026-09-21">yesterday</time>
            <a itemprop="author" href="/a">Anna Smith</a></div></body></html>"""
        )
    )
    assert {item.name: item.value for item in data.items} == {
        "headline": "Head line",
        "datepublished": "2026-09-20",
        "datemodified": "2026-09-21",
        "author": "Anna Smith",
    }
    assert {item.scope for item in data.items} == {"newsarticle"}


def test_plain_text_helpers() -> None:
    assert plain("  A&nbsp;&amp;quot;b&amp;quot;\u00ad <i>c</i>\u202e ") == 'A "b" c'
    assert plain(7) == ""
    assert letters("«Ні!» — сказав Іван") == "нісказавіван"
    assert latin("фергана") == "fergana"
    assert path_key("https://www.e.org/A/?x=1") == path_key("http://m.e.org/a")
    assert path_key("http://[::1") == ""
    assert strings([["a", {"@value": "b"}], None, 3]) == ["a", "b"]


def test_element_text_skips_code_and_survives_depth() -> None:
    assert element_text(parse("<html><body><p>a<script>x()</script>b <b>c</b></p></body></html>")) == "ab c"
    deep = parse("<html><body>" + "<b>" * 1_500 + "end" + "</b>" * 1_500 + "</body></html>")
    assert element_text(deep) == "end"
    indented = parse("<html><body><p>" + " " * 500 + "<b>text</b>  here</p></body></html>")
    assert element_text(indented, 20) == "text here"


FRAGMENTS = st.sampled_from(
    [
        "<h1>Title of a story</h1>", "<article>", "</article>", "<aside>", "</aside>", "<div class='author'>", "</div>",
        "<time datetime='2026-09-20'>x</time>", "By Anna Smith", "Автор:", "20 вересня 2026, 14:05", "<ul><li>", "|",
        '<script type="application/ld+json">{"@type":"NewsArticle","author":[{"name":null},[["x"]]]}</script>',
        "<span itemscope itemprop='author'><i itemprop='name'>", "<meta name='author' content='Von dpa'>", "\u202e\x00",
        "<a rel='author' href='/author/x'>", "</a>", "<title> - | - </title>", "<p class='date'>", "&#xd800;", "12:61",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(FRAGMENTS | st.text(max_size=20), max_size=25), st.text(max_size=30))
def test_no_page_makes_the_reader_raise(pieces: list[str], path: str) -> None:
    html = "<html><head></head><body>" + "".join(pieces) + "</body></html>"
    try:
        root = parse(html)
    except ExtractionError:
        return
    page = Page(
        url=f"https://e.org/{path}", text=html, encoding="", encoding_source="", repaired=False, root=root, size=0
    )
    assert isinstance(read_metadata(page), Metadata)
