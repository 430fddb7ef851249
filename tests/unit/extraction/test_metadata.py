"""Whole pages, written for the project: what a reader of the page would say, the metadata must say too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree
from newswire.extraction.metadata import Metadata, read_metadata
from newswire.extraction.page import Page, parse
from newswire.extraction.values import FeedHints

NOW = datetime(2026, 9, 20, 18, 0, tzinfo=UTC)


def read(html: str, url: str = "https://www.example.org/a-story", **kwargs: object) -> Metadata:
    page = Page(
        url=url, text=html, encoding="utf-8", encoding_source="test", repaired=False, root=parse(html), size=len(html)
    )
    return read_metadata(page, fetched_at=kwargs.pop("fetched_at", NOW), **kwargs)  # type: ignore[arg-type]


UKRAINIAN = """<!doctype html><html lang="uk"><head><title>У Харкові відновили лікарню | Вісник Слобожанщини</title>
<meta property="og:title" content="У Харкові відновили лікарню">
<meta property="og:site_name" content="Вісник Слобожанщини">
<link rel="canonical" href="https://visnyk.example.ua/news/likarnia-123?utm_source=x"></head>
<body><header><a href="/">Вісник Слобожанщини</a><span class="today">Неділя, 21 вересня 2026</span></header>
<main><article><h1>У Харкові відновили лікарню</h1>
<div class="post-info">20 вересня 2026, 14:05 <span>Автор: Іван Петренко</span></div>
<p>ХАРКІВ. Роботи тривали пів року, і сьогодні відділення прийняло перших пацієнтів.</p>
<p>Джерело: Укрінформ</p></article>
<aside><h3>Читайте також</h3><a class="author" href="/author/x">Олена Коваль</a></aside></main></body></html>"""


def test_a_ukrainian_page_without_structured_data() -> None:
    found = read(UKRAINIAN, "https://visnyk.example.ua/news/likarnia-123", outlet_zone="Europe/Kyiv")
    assert found.title == "У Харкові відновили лікарню"
    assert found.authors == ("Іван Петренко",)
    assert found.published_at == datetime(2026, 9, 20, 11, 5, tzinfo=UTC)
    assert found.published_at.utcoffset() == timedelta(hours=3)
    assert found.published_precision == "minute"
    assert found.declared_language == "uk"
    assert found.site_name == "Вісник Слобожанщини"
    assert found.canonical_url == "https://visnyk.example.ua/news/likarnia-123"


RUSSIAN = """<html lang="ru"><head><title>На заводе прошли испытания - Новости дня</title></head><body>
<div class="top">Сейчас: 20 сентября 2026</div><h1>На заводе прошли испытания</h1>
<div>Сегодня, 12:49</div><p>МОСКВА, 20 сен - РИА Новости. Испытания завершены, сообщили на предприятии.</p>
<p>Корреспондент: Анна Сидорова</p></body></html>"""


def test_a_russian_page_with_a_relative_date_and_agency_copy() -> None:
    found = read(RUSSIAN, outlet_zone="Europe/Moscow")
    assert found.title == "На заводе прошли испытания"
    assert found.published_at == datetime(2026, 9, 20, 9, 49, tzinfo=UTC)
    assert found.agency == "RIA Novosti"
    assert found.authors == ("Анна Сидорова",)


STRUCTURED = """<html lang="en-GB"><head>
<title>Bridge reopens after repairs - The Daily Example</title>
<meta name="twitter:title" content="Bridge reopens after repairs">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
 {"@type":"WebSite","name":"The Daily Example","publisher":{"@id":"#org"}},
 {"@type":"Organization","@id":"#org","name":"The Daily Example"},
 {"@type":"Person","@id":"#p1","name":"Maria Lindqvist","jobTitle":"Reporter"},
 {"@type":["NewsArticle"],"headline":"Bridge reopens after repairs","author":[{"@id":"#p1"},
   {"@type":"Organization","name":"Reuters"}],
  "datePublished":"2026-09-19T23:40:12+03:00","dateModified":"2026-09-20T08:00:00+03:00",
  "isAccessibleForFree":"False","articleSection":"Regions","keywords":["bridge","Kherson"],
  "image":{"@type":"ImageObject","url":"/i/bridge.jpg"},"license":"https://creativecommons.org/licenses/by/4.0/",
  "mainEntityOfPage":"https://www.example.org/a-story"}]}</script>
<script type="application/ld+json">{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle",
 "headline":"Something else entirely","author":{"@type":"Person","name":"Other Person"},
 "datePublished":"2020-01-01T00:00:00Z"}]}</script>
<meta name="tdm-reservation" content="1"></head><body><h1>Bridge reopens after repairs</h1><p>Text.</p></body></html>"""


def test_structured_data_first() -> None:
    found = read(STRUCTURED)
    assert found.title == "Bridge reopens after repairs"
    assert found.authors == ("Maria Lindqvist",)
    assert found.agency == "Reuters"
    assert found.published_at is not None
    assert found.published_at.isoformat() == "2026-09-19T23:40:12+03:00"
    assert found.published_source == "json-ld:datePublished"
    assert not found.published_conflict
    assert found.modified_at == datetime(2026, 9, 20, 5, 0, tzinfo=UTC)
    assert found.is_accessible_for_free is False
    assert found.section == "Regions"
    assert found.tags == ("bridge", "Kherson")
    assert found.image == "https://www.example.org/i/bridge.jpg"
    assert found.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert found.tdm_reserved
    assert "newsarticle" in found.page_types
    assert found.declared_language == "en"


def test_a_page_that_says_nothing_keeps_nothing() -> None:
    found = read("<html><body><p>Just a paragraph of text without any frame.</p></body></html>")
    assert found.title is None
    assert found.authors == ()
    assert found.published_at is None
    assert found.agency is None
    assert found.canonical_url is None
    assert found.is_accessible_for_free is None
    assert not found.tdm_reserved


def test_the_feed_speaks_where_the_page_is_silent() -> None:
    hints = FeedHints(
        title="A quiet story", published_at=datetime(2026, 9, 20, 7, 30, tzinfo=UTC), authors=("By Jane Doe, AFP",)
    )
    found = read("<html><body><p>Text.</p></body></html>", feed_hints=hints)
    assert found.title == "A quiet story"
    assert found.published_at == datetime(2026, 9, 20, 7, 30, tzinfo=UTC)
    assert found.published_source == "feed"
    assert found.authors == ("Jane Doe",)


def test_reading_leaves_the_tree_as_it_is() -> None:
    root = parse(UKRAINIAN)
    before = etree.tostring(root)
    page = Page(
        url="https://e.org/x", text=UKRAINIAN, encoding="", encoding_source="", repaired=False, root=root, size=0
    )
    first = read_metadata(page, fetched_at=NOW)
    assert etree.tostring(root) == before
    assert read_metadata(page, fetched_at=NOW) == first


@pytest.mark.parametrize(
    "html",
    [
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":</script>',
        '<script type="application/ld+json">[[[[[[[[1]]]]]]]]</script>',
        f'<script type="application/ld+json">{"[" * 5000}</script>',
        '<script type="application/ld+json">{"@type":7,"author":{"name":{"x":[null]}},"headline":[{}]}</script>',
        '<script type="application/ld+json">"just text"</script>',
        '<meta property="article:published_time" content="9999-99-99T99:99:99Z"><time datetime="\x7f">x</time>',
        '<meta name="author" content="' + "a, " * 3000 + '">',
        '<link rel="canonical" href="http://[::1"><meta property="og:image" content="http://[x">',
        "<h1>" + "<b>" * 300 + "Deep" + "</b>" * 300 + "</h1>",
        '<html lang="&#0;x"><div itemprop="author" itemscope><span itemprop="name"></span></div>',
    ],
)
def test_no_content_makes_it_raise(html: str) -> None:
    found = read(f"<html><head></head><body>{html}<p>Text</p></body></html>")
    assert isinstance(found, Metadata)


def test_machine_reservation_is_read_from_headers_and_robots() -> None:
    html = "<html><head><meta name='robots' content='index, noai, noimageai'></head><body><p>x</p></body></html>"
    assert read(html).tdm_signs == ("meta robots: noai",)
    plain = "<html><head><meta name='robots' content='noindex'></head><body><p>x</p></body></html>"
    assert read(plain).tdm_reserved is False
    page = Page(
        url="https://e.org/x",
        text=plain,
        encoding="",
        encoding_source="",
        repaired=False,
        root=parse(plain),
        size=0,
        headers={"tdm-reservation": "1"},
    )
    assert read_metadata(page).tdm_signs == ("header tdm-reservation: 1",)
