"""The overview of a real database: it reads, shows what is there, and can write nothing."""

# ruff: noqa: F401, F811 - fixtures come by their names
from __future__ import annotations

from typing import Any

import psycopg2
import pytest

from integration.replay_fixtures import ingested, ingested_template, query
from newswire.catalogue import Catalogue, FeedRow, OutletRow, sync
from newswire.overview import read, render
from newswire.presentation import read_status, status_text

pytestmark = pytest.mark.timeout(300)


def test_an_unused_database_has_an_overview(database: Any) -> None:
    page = render(read(database))
    assert "0 listed = 0 published" in page
    assert "Nothing was listed yet: trigger sync_catalogue, then switch on ingest_news." in page
    assert "None raised. monitor_quality looks every night, while it is switched on." in page


def test_with_feeds_and_no_listing_the_catalogue_is_not_what_is_missing(database: Any) -> None:
    feed = FeedRow("Outlet", "http://one.invalid/feed", "one.invalid")
    sync(database, Catalogue((OutletRow("Outlet"),), (feed,), ()), remove=True)
    assert "Nothing was listed yet: switch on ingest_news." in render(read(database))


def test_a_revisit_is_not_shown_as_work_that_waits(ingested: Any) -> None:
    published = [row for row in read(ingested)["ledger"] if row.state == "published" and row.stage == "fetch"]
    assert published
    page = render(read(ingested))
    assert "<td>published</td><td></td><td>next visit</td>" in page
    assert "<td>published</td><td></td><td>fetch</td>" not in page
    words = status_text(read_status(ingested))
    assert "next visit" in words
    assert all(line == line.rstrip() for line in words.splitlines())


def test_the_overview_shows_ledger_feeds_alarms_and_runs(ingested: Any) -> None:
    query(ingested, "insert into news.alarms (kind, subject, message) values ('drift', '<b>uk</b>', 'fewer & fewer')")
    query(ingested, "update news.feeds set alarm = 'silent for <i>9</i> days', alarm_since = now() where feed_id = 1")
    found = read(ingested)
    page = render(found)
    assert found["check"].adds_up
    assert "adds up" in page
    assert "fewer &amp; fewer" in page
    assert "&lt;b&gt;uk&lt;/b&gt;" in page
    assert "silent for &lt;i&gt;9&lt;/i&gt; days" in page
    assert found["feeds"][0].alarm is not None, "what is wrong comes first"
    for feed in found["feeds"]:
        assert feed.next_poll_reason
    assert [run.status for run in found["runs"]] == ["finished", "finished"]


@pytest.mark.parametrize(
    ("counted", "words"), [("ledger_check", "Too large to be counted"), ("review_counts", "Too many to be counted")]
)
def test_what_is_too_large_to_count_does_not_hide_the_rest(
    ingested: Any, monkeypatch: pytest.MonkeyPatch, counted: str, words: str
) -> None:
    def slow(connection: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("select pg_sleep(60)")

    monkeypatch.setattr("newswire.overview.STATEMENT_TIMEOUT", "200ms")
    monkeypatch.setattr(ingested.sql, counted, slow)
    page = render(read(ingested))
    assert words in page
    assert query(ingested, "select url from news.feeds limit 1")[0].url in page


def test_the_overview_cannot_write(ingested: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(connection: Any, **_: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("delete from news.alarms")

    monkeypatch.setattr(ingested.sql, "newest_alarms", write)
    with pytest.raises(psycopg2.errors.ReadOnlySqlTransaction):
        read(ingested)
    monkeypatch.undo()
    query(ingested, "insert into news.alarms (kind, subject, message) values ('x', 'y', 'the next transaction writes')")
