"""Quality: a day unlike the weeks before raises an alarm, and the alarm goes when the cause does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from integration.replay_fixtures import query
from newswire.quality import Alarm, monitor, table

NOW = datetime(2026, 6, 30, 3, 45, tzinfo=UTC)
YESTERDAY = NOW.date() - timedelta(days=1)

MAKE = """
with o as (
    insert into news.outlets (name, country) values (%(outlet)s, 'XX')
    on conflict (name) do update set country = 'XX' returning outlet_id
), u as (
    insert into news.urls (url_hash, canonical_url, fetch_url, host, outlet_id, state)
    select sha256(convert_to(%(day)s || %(outlet)s || i, 'UTF8')), 'https://x.example/' || %(day)s || i, 'x', 'x.test',
           outlet_id, 'published'
    from o, generate_series(1, %(articles)s) as i returning url_id, url_hash, outlet_id
), a as (
    insert into news.articles (url_id, identity, outlet_id, first_seen_at)
    select url_id, url_hash, outlet_id, %(day)s::date::timestamp at time zone 'UTC' + interval '10 hours' from u
    returning article_id
), r as (
    insert into news.revisions (article_id, number, page_id, page_fetched_at, seen_at, text, page_kind, word_count,
                                content_hash, extractor_version)
    select article_id, 1, 1, now(), now(), 'text', 'article', 1, article_id::text, '1' from a
    returning revision_id, article_id
), m as (
    insert into news.models (model_version, promoted_at) values ('m', now()) on conflict do nothing
)
select revision_id, article_id, row_number() over (order by revision_id) as place from r
"""
JUDGE = """
insert into news.verdicts (revision_id, model_version, label, probability, language, unknown_rate)
values (%s, 'm', %s, %s, 'uk', 0.1)
"""
CURRENT = "update news.articles set revision_id = %s where article_id = %s"


def make_day(database: Any, days_ago: int, *, conflict: int, articles: int = 60, outlet: str = "Daily") -> None:
    """A day with `articles` verdicts in Ukrainian, of which `conflict` are about the conflict."""
    day = (NOW - timedelta(days=days_ago)).date().isoformat()

    def work(connection: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(MAKE, {"day": day, "outlet": outlet, "articles": articles})
            for row in cursor.fetchall():
                label, probability = ("conflict", 0.97) if row.place <= conflict else ("other", 0.03)
                cursor.execute(CURRENT, (row.revision_id, row.article_id))
                cursor.execute(JUDGE, (row.revision_id, label, probability))

    database.run(work)


@pytest.fixture
def weeks(database: Any) -> Any:
    """Two and a half quiet weeks."""
    for days_ago in range(2, 20):
        make_day(database, days_ago, conflict=20 + days_ago % 3)
    return database


def standing(database: Any) -> set[tuple[str, str]]:
    return {(row.kind, row.subject) for row in database.run(lambda c: list(database.sql.standing_alarms(c)))}


def test_a_day_like_the_others_raises_nothing(weeks: Any) -> None:
    make_day(weeks, 1, conflict=21)
    found = monitor(weeks, now=NOW)
    assert {row.group for row in found.counts} == {"all", "language:uk", "outlet:Daily"}
    [everything] = [row for row in found.counts if row.group == "all"]
    assert (everything.articles, everything.conflict, everything.day) == (60, 21, YESTERDAY.isoformat())
    assert everything.scores == (39, 0, 0, 0, 0, 0, 0, 0, 0, 21)
    assert everything.unknown_sum == pytest.approx(6.0, abs=0.01)
    assert found.alarms == ()
    assert "language:uk" in table(found.counts)


def test_a_collapse_is_raised_once_and_cleared_when_it_ends(weeks: Any) -> None:
    make_day(weeks, 1, conflict=0)
    found = monitor(weeks, now=NOW)
    assert ("drift", "all conflict share") in standing(weeks)
    assert ("drift", "language:uk conflict share") in standing(weeks)
    assert found.urgent
    assert {alarm.subject.split()[0] for alarm in found.urgent} == {"all", "language:uk"}, "outlets can wait"
    again = monitor(weeks, now=NOW)
    assert again.raised == ()
    assert again.urgent == ()
    assert len(again.alarms) == len(found.alarms)
    query(
        weeks,
        "update news.verdicts set label = 'conflict', probability = 0.97 where revision_id in ("
        "select revision_id from news.articles where first_seen_at::date = %s order by 1 limit 21)",
        YESTERDAY,
    )
    calm = monitor(weeks, now=NOW)
    assert calm.cleared == len(found.alarms)
    assert standing(weeks) == set()


def test_a_group_that_falls_silent_is_seen(weeks: Any) -> None:
    monitor(weeks, now=NOW)
    assert ("silence", "language:uk") in standing(weeks)


def test_a_day_asked_for_is_measured_and_no_alarm_is_touched(weeks: Any) -> None:
    make_day(weeks, 1, conflict=0)
    found = monitor(weeks, now=NOW, day=YESTERDAY - timedelta(days=1))
    assert found.day == YESTERDAY - timedelta(days=1)
    assert found.counts
    assert standing(weeks) == set()


def test_the_models_labels_are_measured_not_the_reviewers(weeks: Any) -> None:
    make_day(weeks, 1, conflict=21)
    query(weeks, "insert into news.reviews (article_id, revision_id, label, reviewer) "
                 "select article_id, revision_id, 'conflict', 'ann' from news.articles")  # fmt: skip
    assert monitor(weeks, now=NOW).alarms == ()


def test_feeds_with_an_alarm_and_stuck_work_are_shown(database: Any) -> None:
    query(database, "insert into news.outlets (name, country) values ('O', 'XX')")
    query(
        database,
        "insert into news.feeds (outlet_id, url, host, alarm) "
        "select outlet_id, 'https://f.example/', 'f.example', 'silent' from news.outlets",
    )
    query(
        database,
        "insert into news.urls (url_hash, canonical_url, fetch_url, host, outlet_id, stage, due_at) "
        "select 'x', 'x', 'x', 'x', outlet_id, 'extract', now() - interval '9 hours' from news.outlets",
    )
    found = monitor(database)
    assert standing(database) == {("feed", "https://f.example/"), ("stuck", "extract")}
    assert [alarm.kind for alarm in found.urgent] == ["stuck"]
    query(database, "update news.feeds set alarm = null")
    assert monitor(database).cleared == 1


def test_what_waits_for_a_paused_host_is_not_stuck(database: Any) -> None:
    query(database, "insert into news.outlets (name, country) values ('O', 'XX')")
    query(
        database,
        "insert into news.urls (url_hash, canonical_url, fetch_url, host, outlet_id, stage, due_at) "
        "select 'x', 'x', 'x', 'x.example', outlet_id, 'fetch', now() - interval '9 hours' from news.outlets",
    )
    database.run(lambda c: database.sql.pause_host(c, host="x.example", seconds=40_000, reason="rate-limited"))
    assert monitor(database).urgent == ()
    query(database, "update news.hosts set paused_until = now()")
    assert [alarm.subject for alarm in monitor(database).urgent] == ["fetch"]


def test_alarms_of_others_are_left_alone(database: Any) -> None:
    query(database, "insert into news.alarms (kind, subject, message) values ('backup', 'disk', 'full')")
    assert monitor(database).cleared == 0
    assert standing(database) == {("backup", "disk")}


@pytest.mark.parametrize(
    ("alarm", "urgent"),
    [
        (Alarm("drift", "all conflict share", ""), True),
        (Alarm("drift", "language:ru score shape", ""), True),
        (Alarm("silence", "language:ru", ""), True),
        (Alarm("drift", "outlet:X conflict share", ""), False),
        (Alarm("silence", "outlet:X", ""), False),
        (Alarm("feed", "https://x.example/", ""), False),
        (Alarm("stuck", "fetch", ""), True),
    ],
)
def test_which_alarms_fail_the_run(alarm: Alarm, urgent: bool) -> None:
    assert alarm.urgent is urgent
