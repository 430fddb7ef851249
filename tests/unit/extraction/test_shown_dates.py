"""Dates as pages show them at the headline, in many languages and templates."""

from datetime import UTC, datetime

import pytest

from newswire.extraction import extract_page

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TEXT = "".join(
    f"<p>The council of Larkport spoke of part {n} of the harbour wall, and then voted on it.</p>" for n in range(9)
)


def shown(meta: str, language: str) -> str:
    page = (
        f'<html lang="{language}"><main><h1>Harbour wall</h1>{meta}<div class="article-text">{TEXT}</div></main></html>'
    )
    found = extract_page(page.encode(), "https://outlet.example/a", fetched_at=NOW)
    return found.published_at.isoformat()[:16] if found.published_at else ""


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("uk", "ср, 11/18/2026 - 08:15", "2026-11-18T08:15"),  # a template's American default means one thing here
        ("ru", "09:40 / 18.11.2026", "2026-11-18T09:40"),
        ("cs", "včera 7:12", "2026-11-19T07:12"),
        ("sk", "18. nov 2026 o 7:12", "2026-11-18T07:12"),
        ("pl", "18.11.2026 r., godz. 7.12", "2026-11-18T07:12"),
        ("fr", "18 nov. 2026 à 07 h 12", "2026-11-18T07:12"),
        ("fr", "Aujourd'hui à 07:12", "2026-11-20T07:12"),
        ("it", "ieri alle 07:12", "2026-11-19T07:12"),
        ("tr", "Dün 07:12", "2026-11-19T07:12"),
        ("en", "Published 5:32 PM EST, Tue November 17, 2026", "2026-11-17T17:32"),
        ("en", "7:12 AM EST on Wednesday, November 18, 2026", "2026-11-18T07:12"),
        ("ar", "١٨ نوفمبر ٢٠٢٦", "2026-11-18T00:00"),
        ("ar", "18 تشرين الثاني 2026", "2026-11-18T00:00"),
        ("ar", "18 كانون الاول 2025", "2025-12-18T00:00"),
        ("ar", "18 أكتوبر 2026 - 07:12", "2026-10-18T07:12"),
        ("ja", "2026年11月18日(水) 7時12分", "2026-11-18T07:12"),
        ("ko", "2026.11.18 (수) 07:12", "2026-11-18T07:12"),
    ],
)
def test_dates_in_words(language, text, expected):
    assert shown(f'<div class="meta">{text}</div>', language) == expected


def test_the_date_of_an_abbreviation_is_in_its_title():
    meta = '<abbr class="published" itemprop="datePublished" title="2026-11-18T09:12:00+01:00">9:12</abbr>'
    assert shown(f'<div itemscope itemtype="https://schema.org/BlogPosting">{meta}</div>', "es") == "2026-11-18T09:12"


def test_unix_time_behind_a_relative_date():
    assert shown('<span class="post-date" data-timestamp="1795035900">long ago</span>', "en") == "2026-11-18T21:05"


def test_other_weekdays_and_prose_are_no_dates():
    assert shown("<p>He came on Tuesday at 7:12 and left today.</p>", "en") == ""


def test_blogs_have_author_and_date_at_the_foot_of_the_piece():
    foot = (
        '<div class="post-footer"><span class="vcard">By <span itemprop="author"><span itemprop="name">Anna Reyes</span>'
        '</span></span> at <abbr class="published" itemprop="datePublished" title="2026-11-18T09:12:00+01:00">9:12</abbr></div>'
    )
    page = f'<div class="post"><h3 class="post-title">Harbour wall</h3><div class="post-body">{TEXT}</div>{foot}</div>'
    found = extract_page(page.encode(), "https://outlet.example/a", fetched_at=NOW)
    assert found.published_at is not None
    assert found.published_at.isoformat() == "2026-11-18T09:12:00+01:00"
    assert found.authors == ("Anna Reyes",)
