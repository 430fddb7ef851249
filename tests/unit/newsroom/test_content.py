"""The newsroom's pieces: how many, in which languages, how long, and with which blemishes."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newswire.ledger import Reason, State
from newswire.newsroom import content, wording
from newswire.newsroom.site import Site

DOUBLED = re.compile(
    r"\b(?:on|of|for|since|am|seit|im|у|в|во|на|від)\s+(?:on|am|у|в|во)\s+(?:\w+day|\w+tag|Mittwoch|понед|вівт|серед|четв|п'ят|суб|нед"
    r"|вторн|сред|пятн|воскр)",
    re.IGNORECASE,
)
PIECES = content.pieces()
ARTICLES = [piece for piece in PIECES if piece.kind in {"article", "live"}]
SITE = Site(port=8600, opened_at=datetime(2026, 3, 1, 0, 20, tzinfo=UTC))


def test_there_are_enough_articles_in_each_language() -> None:
    assert len(ARTICLES) >= 44
    per_language = Counter(piece.language for piece in ARTICLES)
    assert set(per_language) == {"en", "uk", "ru", "de"}
    assert min(per_language.values()) >= 9


def test_about_half_is_about_the_conflict_in_every_language() -> None:
    assert 0.4 <= sum(piece.label == "conflict" for piece in ARTICLES) / len(ARTICLES) <= 0.6
    for language in ("en", "uk", "ru", "de"):
        labels = Counter(piece.label for piece in ARTICLES if piece.language == language)
        assert min(labels["conflict"], labels["other"]) >= 4, language


def test_the_other_half_covers_more_than_one_subject() -> None:
    topics = {topic for piece in ARTICLES if piece.label == "other" for topic in piece.topics}
    assert topics >= {"sport", "culture", "economy", "weather", "local-politics", "science", "other-wars"}


@pytest.mark.parametrize("piece", ARTICLES, ids=lambda piece: piece.id)
def test_an_article_has_the_length_of_a_news_report_and_no_open_date(piece: content.Piece) -> None:
    assert 150 <= piece.words <= 400
    for block in piece.blocks:
        text = SITE.text(piece, block.text)
        assert "{" not in text
        assert not DOUBLED.search(text), "a preposition before a date word that brings its own"
    assert piece.label is not None
    assert piece.topics


def test_conflict_articles_name_topics_of_the_coding_guide() -> None:
    guide = (Path(content.__file__).parents[1] / "classification" / "CODING_GUIDE.md").read_text(encoding="utf-8")
    topics = {topic for piece in ARTICLES if piece.label == "conflict" for topic in piece.topics}
    assert len(topics) >= 6
    for topic in topics:
        assert f"| `{topic}` |" in guide, topic


def test_outlets_have_addresses_of_their_own() -> None:
    outlets = content.outlets()
    assert len(outlets) >= 8
    assert len({outlet.host for outlet in outlets}) == len(outlets)
    assert all(outlet.host.startswith("127.0.0.") and outlet.host != "127.0.0.1" for outlet in outlets)
    assert {outlet.structured for outlet in outlets} == {"news-article", "graph", "list", "bare", "none"}
    assert {feed.dialect for outlet in outlets for feed in outlet.feeds} == {"rss", "atom", "rdf", "json", "sitemap"}


def test_every_piece_is_in_a_feed_that_its_outlet_has() -> None:
    feeds = {outlet.id: {feed.id for feed in outlet.feeds} for outlet in content.outlets()}
    for piece in PIECES:
        assert piece.feeds
        assert set(piece.feeds) <= feeds[piece.outlet], piece.id


def test_no_two_pieces_share_an_address() -> None:
    urls = [SITE.advance().url(piece) for piece in PIECES]
    assert len(set(urls)) == len(urls)


def test_the_blemishes_of_real_sites_are_there() -> None:
    kinds = Counter(piece.kind for piece in PIECES)
    for kind in ("live", "paywall", "video", "gallery", "consent", "soft-404", "not-found", "gone", "private"):
        assert kinds[kind] >= 1, kind
    strays = {piece.label for piece in PIECES for block in piece.blocks if block.kind == "related"}
    assert strays == {"conflict", "other"}  # a headline about something else, and one about the war where none belongs
    assert any(piece.comments for piece in PIECES)
    assert any(piece.moved_from for piece in PIECES)
    assert any(len(piece.listed) > 1 for piece in PIECES)
    assert any(len(piece.feeds) > 1 for piece in PIECES)
    assert any(piece.replacements for piece in PIECES)
    assert any(piece.gone_in == 2 for piece in PIECES)
    assert sum(piece.edition == 2 for piece in PIECES) == 2


def test_what_is_no_article_names_the_reason_that_the_ledger_must_give() -> None:
    for piece in PIECES:
        assert (piece.state is State.PUBLISHED) == (piece.reason is None), piece.id
        assert (piece.state is State.PUBLISHED) == (piece.kind in {"article", "live"}), piece.id
    reasons = {piece.reason for piece in PIECES} - {None}
    assert reasons == {
        Reason.PAYWALL,
        Reason.VIDEO,
        Reason.GALLERY,
        Reason.CONSENT,
        Reason.SOFT_404,
        Reason.NOT_FOUND,
        Reason.GONE,
        Reason.ROBOTS,
    }


def test_the_agencys_copy_runs_in_three_outlets_with_small_edits() -> None:
    copies = [piece for piece in PIECES if piece.story == "kharkiv-block"]
    assert len({piece.outlet for piece in copies}) == len(copies) == 3
    texts = [{word.lower() for block in piece.body for word in block.text.split()} for piece in copies]
    titles = {piece.title for piece in copies}
    assert len(titles) == 3
    for one in texts:
        for other in texts:
            assert len(one & other) / len(one | other) > 0.7
    assert len({"\n".join(block.text for block in piece.body) for piece in copies}) == 3


def test_the_correction_changes_title_and_text_and_nothing_else() -> None:
    piece = next(piece for piece in PIECES if piece.replacements)
    second = SITE.advance()
    assert SITE.text(piece, piece.title) != second.text(piece, piece.title)
    assert SITE.published(piece) == second.published(piece)
    assert SITE.url(piece) == second.url(piece)
    for old, new in piece.replacements:
        before = "\n".join(SITE.text(piece, text) for text in [piece.title, *(block.text for block in piece.blocks)])
        after = "\n".join(second.text(piece, text) for text in [piece.title, *(block.text for block in piece.blocks)])
        assert old in before
        assert new in after
        assert old not in after


def test_advancing_twice_changes_nothing() -> None:
    once = SITE.advance(datetime(2026, 3, 1, 1, 0, tzinfo=UTC))
    assert once.advance(datetime(2026, 3, 2, tzinfo=UTC)) == once


def test_an_edition_that_follows_within_the_same_second_is_still_younger() -> None:
    assert SITE.advance(SITE.opened_at).changed_at() > SITE.opened_at


@pytest.mark.parametrize(
    ("text", "language", "filled"),
    [
        ("closed {on_day}", "en", "closed on Sunday"),
        ("{On_day} wieder offen", "de", "Am Sonntag wieder offen"),
        ("{on_day-2} і {on_day+1}", "uk", "у п'ятницю і у понеділок"),
        ("до {date-1}", "ru", "до 28 февраля"),
        ("am {date}, {month} {year}", "de", "am 1. März, März 2026"),
        ("{unknown} stays", "en", "{unknown} stays"),
    ],
)
def test_date_words(text: str, language: str, filled: str) -> None:
    assert wording.fill(text, datetime(2026, 3, 1, tzinfo=UTC), language) == filled


def test_visible_dates() -> None:
    moment = datetime(2026, 3, 1, 0, 5, tzinfo=UTC)
    assert wording.full_date(moment, "uk") == "1 березня 2026, 00:05"
    assert wording.full_date(moment, "de") == "1. März 2026, 00:05 Uhr"
    assert wording.american_date(moment) == "Mar. 1, 2026 at 12:05 a.m."
    assert wording.american_date(moment.replace(hour=13)) == "Mar. 1, 2026 at 1:05 p.m."
