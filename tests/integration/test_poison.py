"""Values that Postgres refuses cost their own URL or feed, never those that were written with them."""

# ruff: noqa: F401, F811 - fixtures come by their names
from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from integration.replay_fixtures import extract_unstorable, query
from integration.small_site import TEXT, Site, run, site
from newswire.classification import Verdict, load_classifier
from newswire.pipeline import fetch, group, poll

LINKS = ("/a/first", "/a/poison", "/a/last")
ONE_FAILED = {"first": ("published", None), "poison": ("failed", "crashed"), "last": ("published", None)}


@pytest.fixture
def three(site: Site) -> Site:
    """An outlet with three stories, one of them with poison in its address."""
    for number, link in enumerate(LINKS):
        site.article(link, f"Story {number}", f"Report {number} of the council. {TEXT}")
    site.feed("/rss", *LINKS)
    return site


def states(database: Any) -> dict[str, tuple[str, str | None]]:
    rows = query(database, "select canonical_url, state, reason from news.urls")
    return {row.canonical_url.partition("/a/")[2]: (row.state, row.reason) for row in rows}


def test_an_article_that_cannot_be_stored_is_one_failed_url(
    database: Any, three: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newswire.pipeline.extract.extract_archived", extract_unstorable)
    report = run(database, three, "/rss")
    assert states(database) == ONE_FAILED
    assert report.ledger["adds_up"]
    [detail] = query(database, "select detail from news.urls where state = 'failed'")
    assert "out of range" in detail.detail


def test_a_revision_that_cannot_be_stored_leaves_the_article_as_it_was(
    database: Any, three: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(database, three, "/rss")
    monkeypatch.setattr("newswire.pipeline.extract.extract_archived", extract_unstorable)
    for link in LINKS:
        three.article(link, f"Corrected {link}", f"Corrected report from {link}. {TEXT}")
    database.run(lambda c: database.sql.make_revisits_due(c))
    report = run(database, three, "/rss")
    assert report.ledger["adds_up"]
    found = query(database, "select url, title, revision from news.published_articles order by url")
    assert [(row.title, row.revision) for row in found] == [
        ("Corrected /a/first", 2),
        ("Corrected /a/last", 2),
        ("Story 1", 1),
    ]


def test_a_page_that_cannot_be_stored_is_one_failed_url(
    database: Any, three: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide = fetch.decide

    def decide_poison(due: Any, *arguments: Any) -> Any:
        fetched = decide(due, *arguments)
        return replace(fetched, page={**fetched.page, "http_status": 2**40}) if "poison" in due.url else fetched

    monkeypatch.setattr(fetch, "decide", decide_poison)
    report = run(database, three, "/rss")
    assert report.ledger["adds_up"]
    assert states(database) == ONE_FAILED


def test_a_feed_that_cannot_be_stored_is_one_failed_feed(
    database: Any, three: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    three.feed("/poison", "/a/poison")
    three.feed("/rss", "/a/first", "/a/last")
    poll_row = poll.poll_row

    def poison_row(polled: Any, *arguments: Any) -> Any:
        row = poll_row(polled, *arguments)
        poisoned = polled.due.row.url.endswith("/poison") and polled.reason is None
        return {**row, "entries": 2**40} if poisoned else row

    monkeypatch.setattr(poll, "poll_row", poison_row)
    report = run(database, three, "/rss", "/poison")
    assert report.ledger["adds_up"]
    assert states(database) == {"first": ("published", None), "last": ("published", None)}
    [failed] = query(database, "select last_outcome from news.feeds where url like '%%/poison'")
    assert failed.last_outcome == "failed: crashed"


class Faulty:
    """A plugged-in classifier that fails on some texts: on those with a word, or on all."""

    version = "faulty-1"

    def __init__(self, word: str) -> None:
        self.word = word
        self.shipped = load_classifier()

    def __call__(self, articles: Any) -> list[Verdict]:
        texts = [a["title"] if isinstance(a, dict) else a.title for a in articles]
        if any(self.word in text for text in texts):
            raise RuntimeError("out of memory")
        return self.shipped(articles)


def test_a_text_that_cannot_be_judged_is_one_failed_url(
    database: Any, three: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newswire.pipeline.classify.load_classifier", lambda _: Faulty("Story 1"))
    report = run(database, three, "/rss")
    assert report.ledger["adds_up"]
    assert states(database) == ONE_FAILED
    [detail] = query(database, "select detail from news.urls where state = 'failed'")
    assert detail.detail == "RuntimeError: out of memory"


def test_a_verdict_that_cannot_be_stored_is_one_failed_url(
    database: Any, three: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_number(articles: Any) -> list[Verdict]:
        verdicts = load_classifier()(articles)
        return [
            replace(verdict, probability=float("nan")) if article.url.endswith("/poison") else verdict
            for article, verdict in zip(articles, verdicts, strict=True)
        ]

    monkeypatch.setattr("newswire.pipeline.classify.load_classifier", lambda _: no_number)
    report = run(database, three, "/rss")
    assert report.ledger["adds_up"]
    assert states(database)["poison"] == ("failed", "crashed")
    assert states(database)["first"] == states(database)["last"] == ("published", None)


def test_a_broken_classifier_fails_the_station_and_gives_no_text_up(
    database: Any, three: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("newswire.pipeline.classify.load_classifier", lambda _: Faulty(""))
        with pytest.raises(RuntimeError, match="out of memory"):
            run(database, three, "/rss")
    assert {state for state, _ in states(database).values()} == {"pending"}


def test_an_article_that_cannot_be_grouped_is_one_failed_url(
    database: Any, three: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    assign = group._assign

    def poison_story(connection: Any, sql: Any, row: Any) -> str | None:
        if row.canonical_url.endswith("/poison"):
            sql.set_story(connection, article_id=row.article_id, story_id=2**40)  # no such story
        return assign(connection, sql, row)

    monkeypatch.setattr(group, "_assign", poison_story)
    report = run(database, three, "/rss")
    assert report.ledger["adds_up"]
    assert states(database) == ONE_FAILED
