"""The newsroom's pages: nine outlets with structures of their own, and what each page says to machines."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import html  # type: ignore[import-untyped]

from newswire.newsroom import content
from newswire.newsroom.catalogue import article_text
from newswire.newsroom.content import Outlet, Piece
from newswire.newsroom.pages import render_home, render_page
from newswire.newsroom.site import Site, outlet_of

SITE = Site(port=8600, opened_at=datetime(2026, 3, 1, 9, 20, tzinfo=UTC))
PAGES = [piece for piece in content.pieces() if piece.kind not in {"not-found", "gone"}]
ARTICLES = [piece for piece in PAGES if piece.kind in {"article", "live"}]


def page(piece: Piece) -> Any:
    outlet = outlet_of(piece)
    return html.document_fromstring(render_page(SITE, outlet, piece).decode(outlet.encoding))


def words(element: Any) -> str:
    return " ".join(" ".join(element.xpath(".//text()[not(parent::script)]")).split())


def structured(document: Any) -> list[dict[str, Any]]:
    """Every JSON-LD object of the page, lists and graphs opened."""
    found: list[dict[str, Any]] = []
    for script in document.xpath("//script[@type='application/ld+json']/text()"):
        data = json.loads(script)
        found.extend(data if isinstance(data, list) else data.get("@graph", [data]))
    return found


def example(**wanted: str) -> Piece:
    return next(piece for piece in PAGES if all(getattr(piece, name) == value for name, value in wanted.items()))


@pytest.mark.parametrize("piece", ARTICLES, ids=lambda piece: piece.id)
def test_an_article_shows_its_title_text_date_and_authors(piece: Piece) -> None:
    document = page(piece)
    shown = words(document)
    assert SITE.text(piece, piece.title) in shown
    for paragraph in article_text(SITE, piece).split("\n"):
        assert " ".join(paragraph.split()) in shown
    for author in piece.authors:
        assert author in shown
    assert str(SITE.published(piece).year) in shown
    assert f"{SITE.published(piece):%M}" in shown


def test_no_two_outlets_build_their_pages_alike() -> None:
    names = {}
    for outlet in content.outlets():
        document = page(next(piece for piece in ARTICLES if piece.outlet == outlet.id))
        names[outlet.id] = {name for value in document.xpath("//body//@class") for name in value.split()}
        assert len(names[outlet.id]) >= 5
    for one, other in itertools.combinations(names.values(), 2):
        assert len(one & other) / len(one | other) < 0.2


def test_a_stray_headline_stands_inside_the_body_and_comments_outside() -> None:
    for piece in ARTICLES:
        shown = words(page(piece))
        paragraphs = [SITE.text(piece, block.text) for block in piece.body if block.kind == "p"]
        for block in piece.body:
            if block.kind == "related":
                assert shown.index(paragraphs[0]) < shown.index(block.text) < shown.index(paragraphs[-1])
        for comment in piece.comments:
            assert shown.index(paragraphs[-1]) < shown.index(SITE.text(piece, comment.text))


def test_json_ld_carries_the_time_to_the_minute_with_its_zone() -> None:
    for piece in ARTICLES:
        articles = [node for node in structured(page(piece)) if "datePublished" in node]
        assert len(articles) == (outlet_of(piece).structured != "none")
        for node in articles:
            assert datetime.fromisoformat(node["datePublished"]) == SITE.published(piece)


def test_one_outlet_tells_machines_nothing() -> None:
    document = page(example(outlet="stepovyi-kurier", kind="article"))
    assert not structured(document)
    assert not document.xpath("//meta[contains(@property, 'time') or @name='date' or @name='author'] | //time")
    assert not document.xpath("/html/@lang")


def test_a_paywall_shows_the_teaser_only_and_says_so() -> None:
    piece = example(kind="paywall")
    document = page(piece)
    assert [node["isAccessibleForFree"] for node in structured(document)] == [False]
    shown = words(document)
    paragraphs = [block.text for block in piece.body]
    assert paragraphs[0] in shown
    assert not any(paragraph in shown for paragraph in paragraphs[1:])


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("live", "//h3[contains(@class, 'entry-title')]"),
        ("video", "//video[@src]"),
        ("gallery", "//figure/img"),
        ("consent", "//*[@id='cmp-consent']//button"),
        ("soft-404", "//*[@class='not-found']"),
    ],
)
def test_what_is_no_plain_article_looks_like_what_it_is(kind: str, path: str) -> None:
    assert page(example(kind=kind)).xpath(path)


@pytest.mark.parametrize("outlet", content.outlets(), ids=lambda outlet: outlet.id)
def test_a_homepage_lists_the_outlets_articles(outlet: Outlet) -> None:
    document = html.document_fromstring(render_home(SITE, outlet).decode(outlet.encoding))
    links = set(document.xpath("//ul[@class='front']//a/@href"))
    assert links == {SITE.url(piece) for piece in SITE.pieces(outlet) if piece.kind == "article"}
