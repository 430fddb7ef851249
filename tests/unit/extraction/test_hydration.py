"""The state of page builders: how it is found, which object in it is the page's article, and when it is used."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from newswire.extraction import Extraction, PageKind, extract_page
from newswire.extraction import hydration as hydration_module
from newswire.extraction.page import parse
from newswire.extraction.page_state import spelt_as_json
from newswire.extraction.rich_text import RichText
from newswire.extraction.state_article import is_story
from unit.extraction.state_pages import ARTICLE, BODY, SENTENCES, TITLE, URL, as_json, code, data, shell


def flags(found: Extraction) -> set[str]:
    return {flag.name for flag in found.quality_flags}


# --- finding -------------------------------------------------------------------------------------------------------


DUMPED = json.dumps(ARTICLE)


@pytest.mark.parametrize(
    ("script", "source"),
    [
        (data({"article": ARTICLE}), "state:body"),
        (code(f"window.__INITIAL_STATE__={DUMPED};(function(){{run()}})()"), "window.__INITIAL_STATE__:body"),
        (code(f"window['__PRELOADED_STATE__'] = [{DUMPED}]"), "__PRELOADED_STATE__:body"),
        (code(f"var a=1,b={{c:2}};\nwindow.pageData = {DUMPED};"), "window.pageData:body"),
        (code(f"window.__S__=JSON.parse({json.dumps(DUMPED)})"), "window.__S__:body"),
        (code("window.__S__=JSON.parse('" + DUMPED.replace("'", "\\'") + "')"), "window.__S__:body"),
        (code("__S__=JSON.parse(decodeURIComponent('" + DUMPED.replace('"', "%22") + "'))"), "__S__:body"),
        (code(f"__remixContext = {{state:{{loaderData:{DUMPED}}},future:void 0}};"), "__remixContext:body"),
        (data({"status": 200, "body": json.dumps({"post": ARTICLE})}), "state:body"),
        (as_json(DUMPED.replace('"', "&q;"), "serverApp-state"), "serverApp-state:body"),
    ],
)
def test_state_is_found_wherever_builders_leave_it(script: str, source: str) -> None:
    found = extract_page(shell(script), URL)
    assert found.kind == PageKind.ARTICLE
    assert found.text.split("\n") == SENTENCES
    assert (found.title, found.authors) == (TITLE, ("Dora Quill",))
    [flag] = [flag for flag in found.quality_flags if flag.name == "from-state"]
    assert flag.explanation.endswith(f": {source}")


@pytest.mark.parametrize(
    ("literal", "spelt"),
    [
        ("{a:1,$b_2:[!0,!1],}", {"a": 1, "$b_2": [True, False]}),
        ("{a:void 0,b:undefined,c:someName,d:null,e:true}", {"a": None, "b": None, "c": None, "d": None, "e": True}),
        (r"""{a:'it\'s "here"',b:"c:d,",c:'\x41\u0042'}""", {"a": 'it\'s "here"', "b": "c:d,", "c": "AB"}),
        ('{a:new Date(1772981100000),b:new Date("2026-03-01")}', {"a": 1772981100000, "b": "2026-03-01"}),
    ],
)
def test_object_literals_are_spelt_as_json(literal: str, spelt: object) -> None:
    assert json.loads(spelt_as_json(literal)) == spelt


@pytest.mark.parametrize("literal", ["{a(){return 1}}", "{a:function(){alert(1)}}", "{a:b?c:d}", "{a:'x"])
def test_code_is_no_state(literal: str) -> None:
    with pytest.raises(json.JSONDecodeError):
        json.loads(spelt_as_json(literal))


# --- which object --------------------------------------------------------------------------------------------------


def other(number: int, **more: Any) -> dict[str, Any]:
    return {
        "title": f"Another story of the coast, number {number}",
        "url": f"/2026/02/other-{number}",
        "body": BODY * 2,
    } | more


@pytest.mark.parametrize(
    ("own", "head"),
    [
        ({"url": "https://outlet.example/2026/03/harbour-wall"}, ""),
        ({"link": "https://cms.example/2026/03/harbour-wall/"}, ""),
        ({"slug": "harbour-wall"}, ""),
        ({"slug": "harbour_wall"}, ""),
        ({"canonicalUrl": {"path": "/wall"}}, '<link rel="canonical" href="https://outlet.example/wall">'),
        ({}, f'<meta property="og:title" content="{TITLE} | Larkport Post">'),
        ({"url": "/amp/7"}, f'<meta property="og:title" content="{TITLE}">'),
    ],
)
def test_the_article_bears_the_address_or_the_headline_of_the_page(own: dict[str, Any], head: str) -> None:
    article = {"title": TITLE, "body": BODY} | own
    found = extract_page(shell(data({"a": [other(1), other(2)], "b": article, "c": other(3)}), head=head), URL)
    assert found.text.split("\n") == SENTENCES
    assert found.title == TITLE


def test_a_headline_that_only_a_teaser_of_the_page_bears_names_the_article() -> None:
    state = {
        "teaser": {"url": "/2026/03/harbour-wall", "title": TITLE, "author": "Dora Quill"},
        "content": {"title": TITLE, "elements": SENTENCES},
    }
    found = extract_page(shell(data(state), title="Harbour: what the wall costs | Larkport Post"), URL)
    assert found.text.split("\n") == SENTENCES
    assert found.authors == ("Dora Quill",)


@pytest.mark.parametrize(
    "state",
    [
        {"a": other(1)},  # the title tag says something else
        {"related": [{"title": TITLE, "url": "/2026/03/elsewhere", "body": BODY}]},
        {"article": {"title": TITLE, "url": "/2026/03/harbour-wall", "description": BODY[:300]}},
        {"article": ARTICLE | {"body": "", "tags": "harbour wall, council, " * 60}},
        {"article": ARTICLE | {"body": "", "keywords": "harbour wall council " * 60}},
        {"article": {"title": TITLE, "url": "/2026/03/harbour-wall", "items": [other(1), other(2)]}},
    ],
)
def test_teasers_other_pieces_and_keywords_do_not_become_the_article(state: dict[str, Any]) -> None:
    found = extract_page(shell(data(state), title=f"{TITLE} | Larkport Post"), URL)
    assert (found.kind, found.text) == (PageKind.SCRIPT_SHELL, "")


def test_without_any_sign_a_single_article_is_believed_and_several_are_not() -> None:
    one = {"title": TITLE, "body": BODY * 2}
    assert extract_page(shell(data({"page": one})), "https://outlet.example/a/7").kind == PageKind.ARTICLE
    assert extract_page(shell(data({"page": one})), "https://outlet.example/").kind == PageKind.SCRIPT_SHELL
    assert extract_page(shell(data([one, other(1)])), "https://outlet.example/a/7").kind == PageKind.SCRIPT_SHELL


# --- bodies --------------------------------------------------------------------------------------------------------

ONE, TWO = SENTENCES[:2]


def each(write: Callable[[str], Any]) -> list[Any]:
    return [write(ONE), write(TWO)]


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{ONE}</p><p>{TWO}</p>",
        f"{ONE}\n\n{TWO}",
        f"&lt;p&gt;{ONE}&lt;/p&gt;&lt;p&gt;{TWO}&lt;/p&gt;",
        [ONE, TWO],
        {"rendered": f"<p>{ONE}</p><p>{TWO}</p>", "protected": False},
        {"blocks": each(lambda text: {"text": text, "type": "unstyled"}), "entityMap": {}},
        json.dumps({"blocks": each(lambda text: {"text": text, "type": "unstyled"})}),
        {
            "type": "doc",
            "content": each(
                lambda text: {
                    "type": "paragraph",
                    "content": [{"type": "text", "text": text[:20]}, {"type": "text", "marks": [], "text": text[20:]}],
                }
            ),
        },
        {
            "nodeType": "document",
            "content": each(lambda text: {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": text}]}),
        },
        each(lambda text: {"_type": "block", "children": [{"_type": "span", "text": t} for t in (text[:9], text[9:])]}),
        {"root": {"children": each(lambda text: {"type": "paragraph", "children": [{"type": "text", "text": text}]})}},
        {
            "blocks": [
                {"type": "paragraph", "data": {"text": ONE}},
                {"type": "image", "data": {"caption": "A gull."}},
                {"type": "paragraph", "data": {"text": TWO}},
            ]
        },
        each(lambda text: {"name": "core/paragraph", "attributes": {"content": text}, "innerBlocks": []}),
        [{"type": "text", "content": ONE}, {"type": "video", "title": "A gull"}, {"type": "text", "content": TWO}],
        each(lambda text: {"__component": "article.rich-text", "body": f"<p>{text}</p>"}),
        each(lambda text: {"children": [{"text": text[:30]}, {"text": text[30:], "bold": True}]}),
        each(lambda text: {"type": "tag", "name": "p", "children": [{"type": "text", "data": text}]}),
    ],
)
def test_bodies_of_many_content_systems_are_written_as_paragraphs(body: Any) -> None:
    markup = RichText(is_story).as_html(body, lambda value: value)
    paragraphs = [paragraph.text_content() for paragraph in parse(f"<body>{markup}</body>").iter("p")]
    assert paragraphs == [ONE, TWO]


def test_markup_in_plain_text_stays_text_and_links_stay_links() -> None:
    writer = RichText(is_story)
    assert writer.as_html("Prices x < y & z.", lambda value: value) == "<p>Prices x &lt; y &amp; z.</p>"
    node = {
        "type": "paragraph",
        "content": [{"type": "text", "text": "See "}, {"type": "link", "content": [{"type": "text", "text": "here"}]}],
    }
    assert writer.as_html(node, lambda value: value) == '<p>See <a href="#">here</a></p>'


# --- use -----------------------------------------------------------------------------------------------------------


def test_the_text_that_the_page_shows_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """An ordinary page costs no search of its state."""
    asked: list[int] = []
    monkeypatch.setattr(hydration_module, "read_states", lambda *_: asked.append(1) or iter(()))
    shown = f"<article><h1>{TITLE}</h1><p>By Ada Crane</p>{BODY * 4}</article>"
    found = extract_page(shell(data({"article": ARTICLE}), body=shown), URL)
    assert not asked
    assert found.authors == ("Ada Crane",)
    assert "from-state" not in flags(found)
    extract_page(shell(data({"article": ARTICLE})), URL)
    assert asked


def test_a_page_that_shows_as_much_keeps_its_own_text() -> None:
    shown = f"<article><h1>{TITLE}</h1><p>{SENTENCES[0]}</p><p>{SENTENCES[2]}</p></article>"
    found = extract_page(shell(data({"article": ARTICLE | {"body": BODY[:330]}}), body=shown), URL)
    assert found.text.split("\n") == [SENTENCES[0], SENTENCES[2]]
    assert "from-state" not in flags(found)


def test_a_page_that_shows_a_bit_of_the_piece_gives_all_of_it() -> None:
    found = extract_page(
        shell(data({"article": ARTICLE}), body=f"<article><h1>{TITLE}</h1><p>{ONE}</p></article>"), URL
    )
    assert found.text.split("\n") == SENTENCES
    assert "from-state" in flags(found)


def test_structured_data_is_believed_before_the_state() -> None:
    head = (
        '<meta property="article:published_time" content="2026-03-02T10:00:00Z"><meta name="author" content="Ada Crane">'
        '<meta property="og:title" content="The wall will be repaired">'
    )
    state = {"article": ARTICLE | {"datePublished": "2026-03-01T08:00:00Z"}}
    found = extract_page(shell(data(state), head=head), URL)
    assert (found.title, found.authors) == ("The wall will be repaired", ("Ada Crane",))
    assert (found.published_source, found.published_at and found.published_at.day) == ("meta:article:published_time", 2)


@pytest.mark.parametrize(
    ("fields", "published", "key"),
    [
        ({"publishedAt": "2026-03-02T10:00:00+02:00"}, "2026-03-02T10:00:00+02:00", "datePublished"),
        ({"published_at": 1772438400}, "2026-03-02T08:00:00+00:00", "datePublished"),
        ({"pubDate": 1772438400000}, "2026-03-02T08:00:00+00:00", "datePublished"),
        (
            {"date": "2026-03-02T10:00:00", "date_gmt": "2026-03-02T08:00:00"},
            "2026-03-02T08:00:00+00:00",
            "datePublished",
        ),
        ({"date_gmt": "2026-03-02T03:00:00-05:00"}, "2026-03-02T03:00:00-05:00", "datePublished"),
        ({"publishDate": {"$date": "2026-03-02T08:00:00Z"}}, "2026-03-02T08:00:00+00:00", "datePublished"),
        ({"meta": {"firstPublishedAt": "2026-03-02T08:00:00Z"}}, "2026-03-02T08:00:00+00:00", "datePublished"),
        ({"createdAt": "2026-03-02T08:00:00Z"}, "2026-03-02T08:00:00+00:00", "dateCreated"),
        ({"updatedAt": "2026-03-02T08:00:00Z"}, "2026-03-02T08:00:00+00:00", "dateModified"),
        ({"date": 2026, "published": True}, None, None),
    ],
)
def test_dates_of_the_state(fields: dict[str, Any], published: str | None, key: str | None) -> None:
    article = ARTICLE | {"url": "/news/harbour-wall"} | fields
    found = extract_page(shell(data({"article": article})), "https://outlet.example/news/harbour-wall")
    assert (found.published_at and found.published_at.isoformat()) == published
    assert found.published_source == (f"hydration:{key}" if key else None)


@pytest.mark.parametrize(
    ("fields", "authors"),
    [
        ({"author": "Dora Quill"}, ("Dora Quill",)),
        ({"byline": "By Dora Quill and Ada Crane"}, ("Dora Quill", "Ada Crane")),
        ({"authors": [{"firstName": "Dora", "lastName": "Quill"}, {"displayName": "Ada Crane"}]}, ("Dora Quill", "Ada Crane")),
        ({"credits": {"by": [{"type": "author", "name": "Dora Quill"}]}}, ("Dora Quill",)),
        ({"authorConnection": {"edges": [{"node": {"fullName": "Dora Quill"}}]}}, ("Dora Quill",)),
        ({"_embedded": {"author": [{"name": "Dora Quill"}]}}, ("Dora Quill",)),
        ({"author": {"__typename": "Organization", "name": "Larkport Post"}}, ()),
        ({"author": "Staff"}, ()),
        ({"authorId": 12, "author": None}, ()),
    ],
)  # fmt: skip
def test_authors_of_the_state_are_people(fields: dict[str, Any], authors: tuple[str, ...]) -> None:
    article = {key: value for key, value in ARTICLE.items() if key != "author"} | fields
    assert extract_page(shell(data({"article": article})), URL).authors == authors


def test_an_agency_in_the_state_is_no_author() -> None:
    found = extract_page(shell(data({"article": ARTICLE | {"author": "Reuters"}})), URL)
    assert (found.authors, found.agency) == ((), "Reuters")


@pytest.mark.parametrize(
    "fields",
    [
        {"isPremium": True},
        {"isAccessibleForFree": False},
        {"access": "premium"},
        {"content_restrictions": {"content_code": "premium"}},
    ],
)
def test_what_the_state_calls_paid_stays_unread_and_is_said_to_be_cut_off(fields: dict[str, Any]) -> None:
    found = extract_page(shell(data({"article": ARTICLE | fields})), URL)
    assert (found.kind, found.text, found.paywalled) == (PageKind.PAYWALL, "", True)
    assert found.paywall_signs[0].startswith("the page's state says: ")
    assert "truncated" in flags(found)


def test_a_paywall_that_the_page_declares_is_not_passed() -> None:
    linked = json.dumps(
        {"@type": "NewsArticle", "headline": TITLE, "isAccessibleForFree": False, "articleBody": " ".join(SENTENCES)}
    )
    head = f'<script type="application/ld+json">{linked}</script>'
    found = extract_page(shell(data({"article": ARTICLE}), head=head), URL)
    assert (found.text, found.paywalled) == ("", True)


@pytest.mark.parametrize("end", ["<p>The rest of the story…</p>", "<p>Subscribe to continue reading.</p>"])
def test_a_text_that_breaks_off_is_flagged(end: str) -> None:
    found = extract_page(shell(data({"article": ARTICLE | {"body": BODY + end}})), URL)
    assert SENTENCES[3] in found.text
    assert flags(found) >= {"truncated", "from-state"}


def test_boilerplate_in_the_state_is_repaired_like_any_other() -> None:
    body = (
        BODY + "<p>Read also: <a href='/x'>Gulls return to the cliffs of Larkport</a></p>"
        "<script>track()</script><p>Share this article</p>"
    )
    found = extract_page(shell(data({"article": ARTICLE | {"body": body}})), URL)
    assert found.text.split("\n") == SENTENCES
    assert any("Gulls return" in taken.line for taken in found.removed)


@pytest.mark.parametrize("wall", ["<form><input type=password></form>", "<h1>404 Page not found</h1>"])
def test_walls_are_not_looked_behind(wall: str) -> None:
    title = "Log in" if "form" in wall else "Page not found"
    found = extract_page(shell(data({"article": ARTICLE}), title=title, body=wall), URL)
    assert (found.kind == PageKind.ARTICLE, found.text) == (False, "")
