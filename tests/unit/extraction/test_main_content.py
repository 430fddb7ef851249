"""The first step finds exactly what trafilatura's `extract_content` finds, on written pages, on pages made at random from
the vocabulary of its expressions, and on real ones where they are present; but for prose in what only looks like a box
or has no paragraph of its own."""

import gzip
import json
import os
import random
import time
from copy import copy
from pathlib import Path

import pytest
from lxml import etree
from trafilatura.htmlprocessing import convert_tags, tree_cleaning
from trafilatura.main_extractor import extract_content
from trafilatura.settings import Extractor
from trafilatura.xpaths import BODY_XPATH, REMOVE_COMMENTS_AND_LISTS_XPATH

from newswire.extraction import ExtractionError
from newswire.extraction.containers import beside_the_article, find_frame
from newswire.extraction.main_content import main_content
from newswire.extraction.page import open_page

PAGES = Path(__file__).parents[2] / "pages"
REAL = Path(os.environ.get("NEWSWIRE_SHARED") or Path(__file__).parents[4] / "shared") / "data" / "pages"
URL = "https://outlet.example/a"
OPTIONS = Extractor(output_format="python", comments=False)
NAMES = (
    *("post", "entry", "entry-content", "article-body", "articleBody", "post-text", "articletext", "article", "story"),
    *(
        "story-body",
        "FullText",
        "main-column",
        "content",
        "content-main",
        "Main-Content",
        "page-content",
        "main",
        "cell",
    ),
    *("sidebar", "share-bar", "social", "cookie", "related", "byline", "teaser", "Teaser-x", "photo-caption", "hide"),
    *(
        "is hidden",
        "reply-1",
        "comments-title",
        "widget",
        "tags",
        "meta",
        "x y",
        "nav",
        "embed",
        "message",
        "newsletter",
    ),
)
ATTRIBUTES = (
    *('role="main"', 'role="Navigation"', 'role="article"', 'itemprop="articleBody"', 'style="display: none"'),
    *('aria-hidden="true"', 'style="visibility:hidden"', 'data-component="MostPopularStories"'),
)
COMMENTS = (
    *("comments", "Comment-list", "commentary", "post-comments", "article-comments", "comol", "disqus_thread", "x"),
    *("dsq-comments", "my-comments", "no-comment"),
)
SENTENCE = "The council approved the budget for the wall on Monday, after a debate. "


def cleaned(root):
    tree = copy(root)
    etree.strip_elements(tree, "script", "style", "noscript", with_tail=False)
    return tree_cleaning(tree, OPTIONS)


def assert_same(root):
    tree = cleaned(root)
    before = etree.tostring(tree)
    body, text = main_content(tree, OPTIONS, URL)
    assert etree.tostring(tree) == before
    expected, expected_text = extract_content(convert_tags(copy(tree), OPTIONS, URL), OPTIONS)
    assert text == expected_text
    assert etree.tostring(body) == etree.tostring(expected)


def made_at_random(seed: int, names: tuple[str, ...] = NAMES) -> bytes:
    chance = random.Random(seed)

    def attributes() -> str:
        found = [f'class="{chance.choice(names)}"'] * (chance.random() < 0.4)
        found += [f'id="{chance.choice(names)}"'] * (chance.random() < 0.2)
        found += [chance.choice(ATTRIBUTES)] * (chance.random() < 0.05)
        chance.shuffle(found)
        return " ".join(["", *found])

    def element(depth: int) -> str:
        tags = (
            "div",
            "section",
            "article",
            "p",
            "ul",
            "table",
            "blockquote",
            "h2",
            "details",
            "span",
            "br",
            "a",
            "main",
        )
        tag = chance.choices(tags, (9, 3, 2, 9, 2, 1, 1, 2, 1, 2, 3, 3, 1))[0]
        text = SENTENCE * chance.randint(0, 3) + str(chance.randint(0, 10_000)) * chance.randint(0, 1)
        if tag == "br":
            return f"{text}<br>{text}"
        if tag == "a":
            return f"<a href=/{chance.randint(0, 9)}>{text[:40]}</a> "
        inner = text + "".join(element(depth - 1) for _ in range(chance.randint(0, 4) if depth else 0))
        if tag == "ul":
            return f"<ul{attributes()}><li{attributes()}>{inner}</li><li>{text}</li></ul>{text[:30]}"
        if tag == "table":
            return f"<table><tr><td>{inner}</td><td>{text}</td></tr></table>"
        return f"<{tag}{attributes()}>{inner}</{tag}>{text[:20] * chance.randint(0, 1)}"

    return f"<html><body>{''.join(element(4) for _ in range(4))}</body></html>".encode()


@pytest.fixture
def unsparing(monkeypatch):
    """As trafilatura: a word of layout is enough to discard prose, prose outside paragraphs is left, and only containers
    of known names are looked into, the first alone."""
    monkeypatch.setattr("newswire.extraction.pruning._with_prose", lambda _layout, _frame: set())
    monkeypatch.setattr("newswire.extraction.main_content._wrap_loose_prose", lambda _frame: None)
    monkeypatch.setattr("newswire.extraction.main_content.widened", lambda _tree, frame: frame)
    monkeypatch.setattr("newswire.extraction.main_content.densest", lambda _tree: None)


@pytest.mark.usefixtures("unsparing")
@pytest.mark.parametrize("path", sorted(PAGES.glob("*.html")), ids=lambda path: path.stem)
def test_written_pages(path):
    assert_same(open_page(path.read_bytes(), URL).root)


@pytest.mark.usefixtures("unsparing")
@pytest.mark.parametrize("seed", range(150))
def test_pages_made_at_random(seed):
    assert_same(open_page(made_at_random(seed), URL).root)


@pytest.mark.parametrize("seed", range(1000, 1150))
def test_the_container_is_the_one_of_the_expressions(seed):
    tree = convert_tags(cleaned(open_page(made_at_random(seed), URL).root), OPTIONS, URL)
    for stage, expression in enumerate(BODY_XPATH):
        found, frame = find_frame(tree, stage)
        assert (frame if found == stage else None) is next(iter(expression(tree)), None)


@pytest.mark.parametrize("seed", range(2000, 2050))
def test_comments_are_those_of_the_expression(seed):
    tree = open_page(made_at_random(seed, COMMENTS), URL).root
    expected = {found for expression in REMOVE_COMMENTS_AND_LISTS_XPATH for found in expression(tree)}
    found = beside_the_article(tree).comments
    assert expected <= set(found)
    assert all("omment" in f"{one.get('class')} {one.get('id')}" for one in found if one not in expected)


@pytest.mark.parametrize(
    ("name", "are"),
    [
        ("mod mod_comments", True),
        ("story-comments plugin", True),
        ("b-comment", True),
        ("commentary", False),
        ("post has-comments", False),
        ("page comments-open", False),
        ("no-comments", False),
    ],
)
def test_comments_are_told_by_a_word_of_their_name(name, are):
    page = f"<html><body><article><p>{SENTENCE * 9}</p></article><section class='{name}'><p>{SENTENCE}</p></section>"
    assert bool(beside_the_article(open_page(page.encode(), URL).root).comments) is are


def test_what_holds_most_of_the_page_is_no_comment():
    page = f"<html><body><div class='page_comments'><p>{SENTENCE * 9}</p></div><p>{SENTENCE}</p>"
    assert beside_the_article(open_page(page.encode(), URL).root).comments == ()


@pytest.mark.usefixtures("unsparing")
def test_real_pages():
    if not REAL.exists():
        pytest.skip(f"there are no shared pages in {REAL}")
    rows = [json.loads(line) for line in (REAL / "gold.jsonl").open(encoding="utf-8")]
    for row in rows[::20]:
        try:
            page = open_page(gzip.decompress((REAL / "pages" / f"{row['id']}.html.gz").read_bytes()), row["url"])
        except ExtractionError:
            continue
        assert_same(page.root)


def first_step(inner: str) -> str:
    page = f"<html><body><div><article><h1>Wall</h1><p>{SENTENCE * 2}</p>{inner}<p>{SENTENCE * 3}</p></article></div>"
    return main_content(cleaned(open_page(page.encode(), URL).root), OPTIONS, URL)[1]


@pytest.mark.parametrize("name", ["slide", "story-widget", "subarticle", "text banner", "teaser-section"])
def test_prose_in_a_box_that_is_only_named_after_its_layout_stays(name):
    assert "tenth" in first_step(f"<div class='{name}'><p>{SENTENCE * 6}</p><p>{SENTENCE} The tenth part.</p></div>")
    assert "seventh" in first_step(f"<div class='{name}'><p>{SENTENCE * 2} The seventh.</p></div>" * 5)


@pytest.mark.parametrize("name", ["newsletter", "related-slide", "sidebar widget", "author-box"])
def test_prose_in_a_box_that_is_named_after_its_purpose_goes(name):
    assert "tenth" not in first_step(
        f"<div class='{name}'><p>{SENTENCE * 6}</p><p>{SENTENCE} The tenth part.</p></div>"
    )


def test_little_prose_or_links_in_a_box_named_after_its_layout_go():
    assert "tenth" not in first_step(f"<div class='widget'><p>{SENTENCE} The tenth part.</p></div>")
    links = f"<div class='slide'><p><a href=/x>{SENTENCE} The tenth part.</a></p></div>"
    assert "tenth" not in first_step(links * 6)


@pytest.mark.parametrize(
    "inner",
    [
        f"<div class='head'>{SENTENCE} The tenth part.</div><div><p>{SENTENCE * 2}</p>{{rest}}</div>",
        f"<div><strong>{SENTENCE}</strong> The tenth part.<p>{SENTENCE * 2}</p>{{rest}}</div>",
        f"<div><p>{SENTENCE * 2}</p>{SENTENCE} The <b>tenth</b> part.<p>{SENTENCE * 2}</p>{{rest}}</div>",
        f"<div><p>{SENTENCE * 2}</p><div>{SENTENCE} The <b>tenth</b> part.</div>{{rest}}</div>",
    ],
)
def test_prose_without_a_paragraph_of_its_own_is_taken_along(inner):
    rest = f"<p>{SENTENCE * 4}</p>" * 5
    text = first_step(inner.format(rest=rest))
    assert "tenth part" in text
    assert text.count("tenth") == 1
    assert "tenth" not in first_step(f"<div><div>A tenth heading</div>{rest}</div>")


@pytest.mark.parametrize(
    "start", ["<div class=widget>" * 1_200, "".join(f"<div class='slide s{n}'>" for n in range(1_200))]
)
def test_boxes_in_boxes_are_read_once(start):
    page = f"<html><body><article>{start}" + f"<p>{SENTENCE * 20}</p>" * 400
    began = time.process_time()
    main_content(cleaned(open_page(page.encode(), URL).root), OPTIONS, URL)
    assert time.process_time() - began < 10


@pytest.mark.parametrize("name", ["article-text", "entry-content", "text"])
@pytest.mark.parametrize(
    "between", ["<div class=ad>Anzeige</div>", "<h3>Part {n}</h3>", "<time>1{n}:20</time><h2>Part {n}</h2>"]
)
def test_an_article_in_several_containers_of_one_name_is_read_in_full(name, between):
    parts = (
        f"<section>{between.format(n=n)}<div class='{name}'><p>{SENTENCE * 4} Part {n} ends.</p></div></section>"
        for n in range(5)
    )
    page = f"<html><body><div><h1>Wall</h1>{''.join(parts)}</div></body></html>"
    text = main_content(cleaned(open_page(page.encode(), URL).root), OPTIONS, URL)[1]
    assert [f"Part {n} ends." in text for n in range(5)] == [True] * 5
    if "<h" in between:
        assert text.count("Part 2") == 2


@pytest.mark.parametrize("name", ["article-text", "entry-content", "text"])
def test_containers_of_one_name_below_linked_headlines_are_other_stories(name):
    story = f"<h1>Wall</h1><div class='{name}'><p>{SENTENCE * 8}</p></div>"
    others = (
        f"<h3><a href='/{n}'>Other {n}</a></h3><div class='{name}'><p>{SENTENCE * 8} Other {n} ends.</p></div>"
        for n in range(5)
    )
    page = f"<html><body><div>{story}{''.join(others)}</div></body></html>"
    text = main_content(cleaned(open_page(page.encode(), URL).root), OPTIONS, URL)[1]
    assert "Other" not in text


def test_without_a_known_name_the_innermost_container_of_the_prose_is_read():
    prose = "".join(f"<h2>Heading {n}</h2><p>{SENTENCE * 3}</p><ul><li>Item {n} of a list</li></ul>" for n in range(6))
    aside = f"<div class='k3'><p>{SENTENCE} Elsewhere.</p></div>"
    page = f"<html><body><div class='k1'><div class='k2'>{prose}</div>{aside}</div></body></html>"
    text = main_content(cleaned(open_page(page.encode(), URL).root), OPTIONS, URL)[1]
    assert "Heading 4" in text
    assert "Item 4" in text
    assert "Elsewhere" not in text


@pytest.mark.parametrize("start", ["<div class=text>" * 1_200, "<div>" * 1_200])
def test_containers_in_containers_are_counted_once(start):
    page = f"<html><body>{start}" + f"<p>{SENTENCE * 4}</p>" * 400
    began = time.process_time()
    main_content(cleaned(open_page(page.encode(), URL).root), OPTIONS, URL)
    assert time.process_time() - began < 10
