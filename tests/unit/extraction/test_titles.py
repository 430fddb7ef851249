"""The headline, told apart from what sites put around it."""

from __future__ import annotations

import pytest

from newswire.extraction.page import parse
from newswire.extraction.site_names import site_words, without_site, without_site_mark
from newswire.extraction.structured import read_structured
from newswire.extraction.titles import WEIGHTS, TitleCandidate, choose_title, title_candidates


def candidates(*pairs: tuple[str, str]) -> list[TitleCandidate]:
    return [TitleCandidate(text, source, WEIGHTS[source]) for source, text in pairs]


@pytest.mark.parametrize(
    ("title", "site", "bare"),
    [
        ("Storm hits coast | The Daily Example", ("thedailyexample",), "Storm hits coast"),
        ("Storm hits coast - News - Example.com", ("example", "examplecom"), "Storm hits coast - News"),
        ("Rada uchwaliła budżet: EXAMPLE", ("example",), "Rada uchwaliła budżet"),
        ("Приклад » Уряд ухвалив рішення", ("приклад",), "Уряд ухвалив рішення"),
        ("Уряд ухвалив рішення // НТВ.Ru", ("ntvru", "ntv"), "Уряд ухвалив рішення"),
        ("Covid-19: what we know", ("example",), "Covid-19: what we know"),
        ("Як-небудь і де-небудь: репортаж", ("example",), "Як-небудь і де-небудь: репортаж"),
        ("Example", ("example",), "Example"),
    ],
)
def test_the_site_is_cut_off(title: str, site: tuple[str, ...], bare: str) -> None:
    assert without_site(title, site) == bare


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Storm hits coast (Lake Journal)", "Storm hits coast"),
        ("Storm hits coast «Lake Journal»", "Storm hits coast"),
        ("Storm hits coast, Lake Journal", "Storm hits coast"),
        ("Storm hits coast. Lake Journal", "Storm hits coast"),
        ("嵐が海岸を襲う：湖新聞", "嵐が海岸を襲う"),
        ("Lake Journal: Storm hits coast", "Storm hits coast"),
        # one word before a colon is as often what a piece is about
        ("Lake: Storm hits coast", "Lake: Storm hits coast"),
        # only the whole name counts
        ("Storm hits coast, Lake Journal reporter says", "Storm hits coast, Lake Journal reporter says"),
        ("Storm hits coast (video)", "Storm hits coast (video)"),
        ("Lake Journal", "Lake Journal"),
    ],
)
def test_the_site_behind_marks_that_headlines_use_too(title: str, bare: str) -> None:
    assert without_site_mark(title, ("lakejournal", "lake", "湖新聞")) == bare


@pytest.mark.parametrize("mark", ["→", "⋆", "★", "│", "·"])
def test_marks_that_only_templates_use(mark: str) -> None:
    assert without_site(f"Storm hits coast {mark} Lake Journal", ("lakejournal",)) == "Storm hits coast"


def test_a_headline_that_templates_cut_short_is_taken_in_full() -> None:
    full = "Bridge closes for eight months because nobody checked the piers"
    choice = choose_title(
        candidates(
            ("h1", full),
            ("json-ld", "Bridge closes for eight months because nobody…"),
            ("og", "Bridge closes for eight months because nobody ..."),
            ("title-tag", "Bridge closes for eight months because nobody…"),
        ),
        ("example",),
    )
    assert choice.text == full


def test_a_shorter_title_tag_does_not_cut_the_headline_at_its_dash() -> None:
    full = "Hamburg: Brücke gesperrt – das müssen Autofahrer wissen"
    pairs = (("h1", full), ("json-ld", full), ("title-tag", "Hamburg: Brücke gesperrt"))
    assert choose_title(candidates(*pairs), ("example",)).text == full


def test_an_h1_that_leads_home_is_the_masthead() -> None:
    html = """<html><head><title>Notes from the bridge: Why the ferry is late</title>
    <meta property="og:title" content="Why the ferry is late"></head><body>
    <h1><a href="/">Notes from the bridge</a></h1><h3>Why the ferry is late</h3><p>Text.</p></body></html>"""
    data = read_structured(parse(html))
    site = site_words(data, "https://example.com/x")
    assert choose_title(title_candidates(data, None, site), site).text == "Why the ferry is late"


def test_the_count_of_comments_is_no_part_of_the_headline() -> None:
    html = """<html><head><title>Bridge closes for months</title></head><body>
    <h1>Bridge closes for months <span class="comments-link">3 comments</span></h1></body></html>"""
    data = read_structured(parse(html))
    assert choose_title(title_candidates(data, None), ()).text == "Bridge closes for months"


def test_an_h1_that_agrees_with_others_wins_over_a_longer_tag() -> None:
    choice = choose_title(
        candidates(
            ("h1", "Bridge reopens"),
            ("og", "Bridge reopens"),
            ("title-tag", "Bridge reopens: what drivers must know about the new lanes"),
        ),
        ("example",),
    )
    assert choice.text == "Bridge reopens"
    assert {"h1", "og"} <= set(choice.sources)


def test_a_heading_of_the_frame_does_not_win() -> None:
    choice = choose_title(
        candidates(
            ("h1", "Диета и питание"),
            ("og", "Учёные выяснили, какая посуда помогает похудеть"),
            ("title-tag", "Учёные выяснили, какая посуда помогает похудеть - Диета и питание - Портал"),
        ),
        (),
    )
    assert choice.text == "Учёные выяснили, какая посуда помогает похудеть"


def test_a_title_tag_alone_loses_its_tail() -> None:
    choice = choose_title(candidates(("title-tag", "Czym jest ospa wietrzna? | Zdrowy Portal - żyj zdrowo!")), ())
    assert choice.text == "Czym jest ospa wietrzna?"


def test_a_quoted_second_half_is_no_site() -> None:
    text = "Fikk overraskelse av manageren på fødestua: – Helt absurd"
    assert choose_title(candidates(("title-tag", text), ("og", text)), ()).text == text


def test_an_attribute_cut_by_a_quotation_mark_is_read_whole() -> None:
    choice = choose_title(
        candidates(
            ("og", "El senador califica al rival de"), ("title-tag", 'El senador califica al rival de "incapaz"')
        ),
        (),
    )
    assert choice.text == 'El senador califica al rival de "incapaz"'


def test_error_pages_have_no_headline() -> None:
    assert choose_title(candidates(("title-tag", "Home"), ("h1", "Example")), ("example",)).text is None


def test_a_kicker_inside_the_heading_is_left_out() -> None:
    html = (
        "<html><head><meta property='og:title' content='Zwei Brücken gesperrt'></head><body>"
        "<h1 class='headline'><span class='kicker'>Verkehr</span> <span>Zwei Brücken gesperrt</span></h1></body></html>"
    )
    data = read_structured(parse(html))
    choice = choose_title(title_candidates(data, None), site_words(data, "https://www.example.de/x"))
    assert choice.text == "Zwei Brücken gesperrt"


def test_a_headline_declared_as_the_name_of_the_site_is_kept() -> None:
    title = "The wall is getting done one way or the other"
    html = (
        f"<html><head><title>{title} | Example</title><meta property='og:title' content='{title}'>"
        f'<script type="application/ld+json">{{"@type":"WebSite","name":"{title}"}}</script>'
        f"</head><body><h1>{title}</h1></body></html>"
    )
    data = read_structured(parse(html))
    assert choose_title(title_candidates(data, None), site_words(data, "https://example.com/x")).text == title


@pytest.mark.parametrize(
    ("head", "body", "headline"),
    [
        # the classes of a kicker speak of the headline, too
        (
            "",
            "<h1 class=post-title><span class=post-title__overline>Львів</span><span> - </span>"
            "<span class=post-title__text>Міст відкрили після ремонту</span></h1>",
            "Міст відкрили після ремонту",
        ),
        # the h1 is the masthead, the headline a marked h2
        (
            "<title>Why the old harbour matters</title>",
            "<h1>Example</h1><h2>Most read</h2><header class=article-header><h2>The harbour opens again</h2></header>",
            "The harbour opens again",
        ),
        # the h1 is a picture, the title tag names dossier, headline and page
        (
            "<title>Dossier | Порт снова открыт для судов - страница 1 - Example</title>",
            "<h1><img src=logo.png></h1><h2>Другие новости</h2><h2>Порт снова открыт для судов</h2>",
            "Порт снова открыт для судов",
        ),
        # a linked h2 belongs to a teaser
        (
            "<title>The harbour opens again | Example</title>",
            "<h1>Example</h1><h2 class=entry-title><a href=/other>Another piece of the day</a></h2>",
            "The harbour opens again",
        ),
    ],
)
def test_headings_as_sites_build_them(head: str, body: str, headline: str) -> None:
    url = "https://www.example.org/2026/the-harbour-opens-again"
    data = read_structured(parse(f"<html><head>{head}</head><body>{body}<p>Text.</p></body></html>"))
    site = site_words(data, url)
    assert choose_title(title_candidates(data, None, site), site, url).text == headline
