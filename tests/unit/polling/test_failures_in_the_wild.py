"""Failures of feed fetching that users of other readers reported, one test per class, as far as polling answers for it.

The numbers are the ranks of the list of failures; what belongs to the connection itself (headers, deadlines, redirects
to internal addresses) is tested with the fetcher.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from newswire.dates import parse_date
from newswire.ledger import Reason
from newswire.polling import (
    Answer,
    Entry,
    Feed,
    FeedRejected,
    PollHints,
    PollHistory,
    PollResult,
    decide_retire,
    https_twin,
    next_poll,
    parse_feed,
    record,
)
from newswire.urls import article_number

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
URL = "http://example.com/rss.xml"
OK = PollResult(Answer.PARSED, NOW, URL, entries=10, new_entries=1)


def fail(reason: Reason, days_ago: float = 0, **changes: object) -> PollResult:
    at = NOW - timedelta(days=days_ago)
    return replace(PollResult(Answer.FAILED, at, URL, reason=reason), **changes)  # type: ignore[arg-type]


def after(*results: PollResult) -> PollHistory:
    history = PollHistory()
    for result in results:
        history = record(history, result)
    return history


def entries(*items: str, encoding: str = "utf-8", head: str = "") -> tuple[Entry, ...]:
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{head}{"".join(items)}</channel></rss>'
    feed = parse_feed(body.encode(encoding), url=URL, content_type="text/xml", fetched_at=NOW, zone="Europe/Kyiv")
    assert isinstance(feed, Feed)
    return feed.entries


def item(link: str, title: str = "t", guid: str = "", date: str = "Sun, 20 Sep 2026 08:15:00 +0300") -> str:
    guid = f'<guid isPermaLink="false">{guid}</guid>' if guid else ""
    return f"<item><title>{title}</title><link>{link}</link>{guid}<pubDate>{date}</pubDate></item>"


def test_01_bot_protection_answers_403_is_waited_out_and_never_ends_the_feed() -> None:
    history = after(*[fail(Reason.FORBIDDEN, days) for days in range(30, 0, -1)])
    assert decide_retire(history, fail(Reason.FORBIDDEN)) is None
    plan = next_poll(history, fail(Reason.FORBIDDEN), now=NOW)
    assert plan.interval_s >= 86_400
    assert plan.alarm is not None


def test_02_stale_validators_are_left_out_now_and_then() -> None:
    history = after(replace(OK, at=NOW - timedelta(days=4)))
    assert next_poll(history, PollResult(Answer.NOT_MODIFIED, NOW, URL), now=NOW).unconditional


def test_03_304_for_ever_from_broken_validators_is_broken_and_alarms() -> None:
    busy = tuple(NOW - timedelta(days=4, hours=h) for h in range(20))
    history = after(replace(OK, at=NOW - timedelta(days=4), entry_times=busy))
    plan = next_poll(history, PollResult(Answer.NOT_MODIFIED, NOW, URL), now=NOW)
    assert plan.unconditional
    assert plan.alarm is not None


def test_04_cache_control_max_age_is_respected() -> None:
    busy = tuple(NOW - timedelta(minutes=m) for m in range(20))
    result = replace(OK, entry_times=busy, max_age_s=3600.0, hints=PollHints(ttl_s=600))
    assert next_poll(PollHistory(), result, now=NOW).interval_s >= 3600


def test_05_retry_after_of_429_and_503_is_respected() -> None:
    for reason in (Reason.RATE_LIMITED, Reason.SERVER_ERROR):
        assert next_poll(PollHistory(), fail(reason, retry_after_s=5000.0), now=NOW).interval_s == 5000


def test_06_429_never_disables_and_one_success_recovers() -> None:
    history = after(*[fail(Reason.RATE_LIMITED, 900 - i) for i in range(900)])
    assert decide_retire(history, fail(Reason.RATE_LIMITED)) is None
    assert next_poll(history, fail(Reason.RATE_LIMITED), now=NOW).interval_s <= 86_400 * 1.1
    assert next_poll(history, OK, now=NOW).interval_s <= 2000


def test_07_a_failing_feed_says_nothing_about_its_neighbours() -> None:
    """Decisions take one feed's history: another feed of the host is not even an argument."""
    broken = after(*[fail(Reason.SERVER_ERROR)] * 9)
    healthy = after(OK)
    assert next_poll(broken, fail(Reason.SERVER_ERROR), now=NOW).interval_s > 80_000
    assert next_poll(healthy, OK, now=NOW).interval_s < 2000


def test_08_http_port_dead_without_redirect_leads_to_the_https_twin() -> None:
    dead = fail(Reason.CONNECT)
    assert https_twin(after(dead, dead), dead) == "https://example.com/rss.xml"


def test_09_a_corrected_headline_that_changes_slug_and_permalink_keeps_its_article_number() -> None:
    """Two addresses, one number: with the text equal too, the pipeline makes one article with two revisions of it."""
    old, new, other = entries(
        item("https://example.com/news/7412345-minister-resings", "Minister resings"),
        item("https://example.com/news/7412345-minister-resigns", "Minister resigns"),
        item("https://example.com/news/7412346-minister-resigns", "Minister resigns"),
    )
    assert old.entry_key != new.entry_key
    numbers = [article_number(entry.canonical_url or "") for entry in (old, new, other)]
    assert numbers == ["example.com#7412345", "example.com#7412345", "example.com#7412346"]
    assert article_number("https://example.com/2026/09/20/some-story") is None
    assert article_number("https://example.com/20260920/story-77123") == "example.com#77123"


def test_10_the_same_guid_on_every_item_keeps_every_story() -> None:
    listed = entries(
        *(item(f"https://example.com/a/{i}", guid="same", date=f"Sun, 20 Sep 2026 08:{i}0:00 +0300") for i in range(6))
    )
    assert len({e.entry_key for e in listed}) == 6


def test_11_a_restructured_site_does_not_bring_its_archive_as_news() -> None:
    """All entries are new by address and guid; their own dates say that they are not, and nothing was missed."""
    days = [NOW - timedelta(days=d) for d in range(40)]
    history = after(replace(OK, entry_times=tuple(days), entries=40, new_entries=40))
    [old] = entries(item("https://example.com/new-path/a", date="Sun, 20 Sep 2026 08:15:00 +0300"))
    assert old.published is not None
    assert old.published.instant < NOW - timedelta(days=50)
    again = record(history, replace(OK, entry_times=tuple(days), entries=40, new_entries=40))
    assert again.overruns == 0  # all "new", at times that we know: nothing was missed


def test_12_dates_that_others_got_wrong_or_lost() -> None:
    def day(raw: str, zone: str | None = None) -> str:
        value = parse_date(raw, source="rss", zone=zone)
        return value.instant.isoformat() if value else "none"

    assert day("2016/6/29") == "2016-06-29T00:00:00+00:00"
    assert day("Mo. 25 Jun 2018") == "2018-06-25T00:00:00+00:00"
    assert day("2026-09-20 08:15:00", "Europe/Kyiv") == "2026-09-20T05:15:00+00:00"
    (entry,) = entries(item("https://example.com/a", date="20 вер 2026, 08:15"))
    assert entry.published is not None
    assert (entry.published.instant.isoformat(), entry.published.zone) == ("2026-09-20T05:15:00+00:00", "outlet")
    assert entry.published.source == "rss:published"


def test_13_windows_1251_is_not_read_as_windows_1252() -> None:
    title = "Міністр оборони заявив про новий пакет допомоги"
    assert entries(item("https://example.com/a", title), encoding="cp1251")[0].title == title


def test_14_control_characters_and_invalid_bytes_cost_no_entry() -> None:
    body = b'<rss version="2.0"><channel>'
    body += b"<item><title>bad \x00\x08\xff &#1; \x1b[31m</title><link>https://example.com/1</link></item>"
    body += "<item><title>добрий</title><link>https://example.com/2</link></item></channel></rss>".encode()
    feed = parse_feed(body, url=URL, content_type="text/xml; charset=utf-8", fetched_at=NOW)
    assert isinstance(feed, Feed)
    assert [e.link for e in feed.entries] == ["https://example.com/1", "https://example.com/2"]
    assert feed.entries[1].title == "добрий"
    assert feed.entries[0].title.startswith("bad")


def test_15_a_doctype_opens_no_file_and_a_bomb_is_refused() -> None:
    body = b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>a&x;b</title></item></channel></rss>'
    feed = parse_feed(body, url=URL, content_type=None, fetched_at=NOW)
    assert isinstance(feed, Feed)
    assert feed.entries[0].title == "ab"
    bomb = (
        b'<!DOCTYPE r [<!ENTITY a "'
        + b"A" * 30_000
        + b'">]><rss><channel><title>'
        + b"&a;" * 9_000
        + b"</title></channel></rss>"
    )
    refused = parse_feed(bomb, url=URL, content_type=None, fetched_at=NOW)
    assert isinstance(refused, FeedRejected)
    assert refused.reason is Reason.ENTITY_EXPANSION
