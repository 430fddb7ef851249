"""Whole pages, written for the project: what a reader of the page would say, the metadata must say too."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree

from newswire.extraction.metadata import Metadata, read_metadata
from newswire.extraction.page import Page, parse
from newswire.extraction.values import FeedHints
from unit.extraction.heads import NOW, read

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


@pytest.mark.parametrize(
    ("head", "people", "agency", "when"),
    [
        ("<div>20 вересня, 14:05</div><div>Іван Петренко</div>", ("Іван Петренко",), None, "2026-09-20T14:05:00+03:00"),
        ("<div>Вчора, 18:20</div><p>Автор Олег ІВАНЕНКО</p>", ("Олег ІВАНЕНКО",), None, "2026-09-19T18:20:00+03:00"),
        ("<div>14:05, 20 вересня 2026</div><b class='author'>Редакція</b>", (), None, "2026-09-20T14:05:00+03:00"),
        (
            "<div>Неділя, 20 вересня 2026, 14:05</div><div>Автор: <a href='/a'>Марія Ковальчук</a>, журналістка</div>",
            ("Марія Ковальчук",),
            None,
            "2026-09-20T14:05:00+03:00",
        ),
        (
            "<div>20.09.2026 14:05</div><div>Текст: Оксана Гнатюк</div><div>Фото: Петро Савчук</div>",
            ("Оксана Гнатюк",),
            None,
            "2026-09-20T14:05:00+03:00",
        ),
        ("<div>20 вересня 2026 р. о 14:05</div><div>УНІАН</div>", (), "UNIAN", "2026-09-20T14:05:00+03:00"),
        ("<div>20.09.2026 | 14:05 | Укрінформ</div>", (), "Ukrinform", "2026-09-20T14:05:00+03:00"),
        (
            "<div>20 сентября 2026 в 14:05 МСК</div><div>Мария Иванова, корреспондент</div>",
            ("Мария Иванова",),
            None,
            "2026-09-20T14:05:00+03:00",
        ),
        (
            "<div>Обновена: 20.09.2026 14:05</div><div>Публикувана: 19.09.2026 23:05</div><p>Автор: Иван Петров</p>",
            ("Иван Петров",),
            None,
            "2026-09-19T23:05:00+03:00",
        ),
        (
            "<div>20 верасня 2026, 14:05</div><p>Аўтар: Янка Колас</p>",
            ("Янка Колас",),
            None,
            "2026-09-20T14:05:00+03:00",
        ),
        (
            "<div>Оновлено 20.09.2026, 15:30</div><div>Опубліковано 20.09.2026, 14:05</div>",
            (),
            None,
            "2026-09-20T14:05:00+03:00",
        ),
        # the time stands in an element of its own
        ("<span>20.09.2026</span> <span>14:05</span>", (), None, "2026-09-20T14:05:00+03:00"),
        ("<span>о 14:05</span> | <span>20 вересня</span>", (), None, "2026-09-20T14:05:00+03:00"),
        # the name stands on the line of the date
        (
            "<div>Ірина Мороз — неділя, 20 вересня 2026, 14:05</div>",
            ("Ірина Мороз",),
            None,
            "2026-09-20T14:05:00+03:00",
        ),
        ("<div>Мария Иванова, 20.09.2026, 14:05</div>", ("Мария Иванова",), None, "2026-09-20T14:05:00+03:00"),
        ("<div>Нова Каховка, 20.09.2026, 14:05</div>", (), None, "2026-09-20T14:05:00+03:00"),
        ("<div>В неділю, 20 вересня 2026, 14:05</div>", (), None, "2026-09-20T14:05:00+03:00"),
        (
            "<div>Підготувала Ірина Мороз</div><div>20.09.2026 14:05</div>",
            ("Ірина Мороз",),
            None,
            "2026-09-20T14:05:00+03:00",
        ),
        ("<div>Журналіст: Ірина Мороз</div><div>Редактор: Олена Лис</div>", ("Ірина Мороз",), None, None),
        ("<p>Москва. 20 сентября. INTERFAX.RU - Сообщили в ведомстве.</p>", (), "Interfax", None),
        ("<div>20 сентября, 14:05 обновлено: 15:10</div>", (), None, "2026-09-20T14:05:00+03:00"),
        ("<div>Час публікації: 14:05, 20.09.2026</div>", (), None, "2026-09-20T14:05:00+03:00"),
        ("<div>12 хвилин тому</div>", (), None, "2026-09-20T17:48:00+00:00"),
        ("<div class='author'>Служба новин</div>", (), None, None),
        ("<p>МОСКВА, 20 сентября. /ТАСС/. Сообщили в ведомстве.</p>", (), "TASS", None),
    ],
)
def test_heads_of_ukrainian_russian_bulgarian_and_belarusian_pages(
    head: str, people: tuple[str, ...], agency: str | None, when: str | None
) -> None:
    html = f"<html><body><h1>Заголовок новини про важливе</h1>{head}<p>Текст новини, що йде далі.</p></body></html>"
    found = read(html, outlet_zone="Europe/Kyiv")
    assert found.authors == people
    assert found.agency == agency
    assert (found.published_at.isoformat() if found.published_at else None) == when


@pytest.mark.parametrize(
    ("head", "people", "when"),
    [
        (
            "<div>20/09/2026 14h05 Atualizado há 2 horas</div><p>Por João Silva</p>",
            ("João Silva",),
            "2026-09-20T14:05:00+03:00",
        ),
        (
            "<div>Publié le 20/09/2026 à 14h05</div><p>Par Marie Dupont avec AFP</p>",
            ("Marie Dupont",),
            "2026-09-20T14:05:00+03:00",
        ),
        (
            "<div>2026. szeptember 20. 14:05</div><p>Írta: Kovács Gábor</p>",
            ("Kovács Gábor",),
            "2026-09-20T14:05:00+03:00",
        ),
        ("<div>2026 m. rugsėjo 20 d. 14:05</div>", (), "2026-09-20T14:05:00+03:00"),
        ("<div>2026. gada 20. septembris, 14:05</div>", (), "2026-09-20T14:05:00+03:00"),
        ("<div>Dzisiaj, 14:05</div><p>oprac. Jan Kowalski</p>", ("Jan Kowalski",), "2026-09-20T14:05:00+03:00"),
        ("<div>20. 9. 2026 14:05</div><div>Jan Novák</div>", ("Jan Novák",), "2026-09-20T14:05:00+03:00"),
        (
            "<p>Anna Smith</p><p>Sun, September 20, 2026 at 2:05 PM GMT+2</p>",
            ("Anna Smith",),
            "2026-09-20T14:05:00+02:00",
        ),
        ("<p>Sept. 20, 2026, 2:05 p.m. ET</p><p>By Anna Smith</p>", ("Anna Smith",), "2026-09-20T14:05:00-04:00"),
        ("<p>20.9.2026 | 14:05</p><p>מאת דני כהן</p>", ("דני כהן",), "2026-09-20T14:05:00+03:00"),
        ("<p>2026年09月20日 14:05</p><p>記者王小明</p>", ("王小明",), "2026-09-20T14:05:00+03:00"),
    ],
)
def test_heads_of_pages_in_other_languages(head: str, people: tuple[str, ...], when: str) -> None:
    html = f"<html><body><h1>The bridge is open again</h1>{head}<p>And so the text begins.</p></body></html>"
    found = read(html, outlet_zone="Europe/Kyiv")
    assert found.authors == people
    assert found.published_at is not None
    assert found.published_at.isoformat() == when


def test_a_date_that_the_text_speaks_of_is_not_taken_for_the_publication() -> None:
    html = """<html><body><h1>Заголовок новини про важливе</h1><p>Документ, підписаний ще на початку століття в Гаазі
    2 квітня 1999 року, досі чинний.</p></body></html>"""
    found = read(html, url="https://www.example.org/2026/09/18/zahalovok")
    assert found.published_at is not None
    assert found.published_at.date().isoformat() == "2026-09-18"


@pytest.mark.parametrize(
    "body",
    [
        "<p class='date'>1 May 2020 " + ", , , , " * 200 + "</p>",
        "<div class='date author'>" * 1500 + "x" + "</div>" * 1500,
        "<div class='date author'>" * 200 + "<i>1</i> <b>a</b>" * 5_000,
        "<h1>" + " | b" * 50_000 + "</h1>",
        "<div itemscope itemprop='author'>" * 500 + "<span itemprop='name'>Anna Bell</span>" * 5_000,
        "<p>Автор:</p>" * 5_000,
    ],
)
def test_hostile_markup_does_not_buy_time(body: str) -> None:
    html = f"<html><head><title>{' - a' * 20_000}</title></head><body><h1>Title of it</h1>{body}</body></html>"
    started = time.process_time()
    read(html)
    assert time.process_time() - started < 5  # each takes below 0.5 s; without the bounds minutes, or all memory


def test_relative_addresses_start_from_the_base_that_the_page_names() -> None:
    head = '<base href="/"><link rel="canonical" href="news/bridge"><meta property="og:image" content="img/a.jpg">'
    found = read(f"<html><head>{head}</head><body><h1>A</h1></body></html>", url="https://example.org/news/bridge?x=1")
    assert found.canonical_url == "https://example.org/news/bridge"
    assert found.image == "https://example.org/img/a.jpg"


def test_the_first_canonical_address_that_can_be_believed() -> None:
    head = '<link rel="canonical" href="https://example.org/"><link rel="canonical" href="https://example.org/bridge">'
    found = read(f"<html><head>{head}</head><body><h1>A</h1></body></html>", url="https://example.org/bridge")
    assert found.canonical_url == "https://example.org/bridge"


HIDDEN = "<html><head><title>The bridge is open</title></head><body>{}<h1>The bridge is open</h1>{}<p>Text.</p></body></html>"


def test_a_byline_in_a_comment_is_the_last_resort() -> None:
    comment = "<!-- By Jeff Doe - 22/07/18 -->"
    found = read(HIDDEN.format("<!-- Cached by Some Cache - 19/09/26 -->", comment))
    assert found.authors == ("Jeff Doe",)
    assert found.authors_source == found.published_source == "comment"
    assert found.published_at is not None
    assert found.published_at.date().isoformat() == "2018-07-22"
    found = read(HIDDEN.format("", f"<p>By Anna Smith</p><div>19 September 2026</div>{comment}"))
    assert found.authors == ("Anna Smith",)
    assert found.published_source == "text"


def test_a_date_within_the_running_text_is_not_that_of_the_piece() -> None:
    paragraphs = "<p>" + "</p><p>".join(
        ["The council of the harbour town has put off its decision on the new bridge. " * 2] * 2
    )
    cited = f"{paragraphs}</p><p><b>Harbour Radio</b>, May 13, 2014</p>"
    found = read(HIDDEN.format("", f"<!-- By Jeff Doe - 22/07/18 -->{cited}"))
    assert found.published_at is not None
    assert (found.published_source, found.published_at.date().isoformat()) == ("comment", "2018-07-22")


@pytest.mark.parametrize(
    "comment",
    [
        "Cached page generated by WP Cache on 2026-09-19 10:00:00",
        "Page optimised by Some Plugin, 19.09.2026",
        "By Jeff Doe",
        "New banner added by Jeff Doe on 19.09.2026",
    ],
)
def test_other_comments_say_nothing(comment: str) -> None:
    found = read(HIDDEN.format("", f"<!-- {comment} -->"))
    assert (found.authors, found.published_at) == ((), None)


def test_several_bylines_in_comments_are_those_of_a_list() -> None:
    found = read(HIDDEN.format("", "<!-- By Jeff Doe - 22/07/18 --><!-- By Anna Smith - 23/07/18 -->"))
    assert (found.authors, found.published_at) == ((), None)
