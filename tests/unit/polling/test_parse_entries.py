"""newswire.polling.parse_feed: what an entry is, and where it leads."""

from __future__ import annotations

import pytest

from newswire.ledger import Reason
from unit.polling.documents import item, read, rss


def test_one_guid_on_every_item_is_ten_entries() -> None:
    items = [item(f"Story {i}", f"https://example.com/a/{i}", "<guid>same</guid>") for i in range(10)]
    feed = read(rss(*items))
    assert len({e.entry_key for e in feed.entries}) == 10


def test_one_article_in_many_dresses_has_one_key() -> None:
    links = [
        "https://example.com/стаття?назва=війна",
        "http://www.example.com/%D1%81%D1%82%D0%B0%D1%82%D1%82%D1%8F/?%D0%BD%D0%B0%D0%B7%D0%B2%D0%B0=%D0%B2%D1%96%D0%B9%D0%BD%D0%B0",
        "https://m.example.com/стаття/amp?utm_source=rss&amp;назва=війна#x",
    ]
    feed = read(rss(*(item("t", link, f"<guid>{i}</guid>") for i, link in enumerate(links))))
    assert len(feed.entries) == 3
    assert len({e.entry_key for e in feed.entries}) == 1


def test_without_a_link_guid_and_title_together_are_the_identity() -> None:
    feed = read(rss("<item><title>a</title><guid>1</guid></item>", "<item><title>b</title><guid>1</guid></item>"))
    assert len({e.entry_key for e in feed.entries}) == 2
    assert all(e.rejected is Reason.BAD_URL for e in feed.entries)


def test_the_fingerprint_tells_a_corrected_entry() -> None:
    one, same, other = (read(rss(item(t))).entries[0] for t in ("Before", "Before", "After"))
    assert one.fingerprint == same.fingerprint != other.fingerprint
    assert one.entry_key == other.entry_key


@pytest.mark.parametrize(
    ("body", "link", "reason"),
    [
        (rss('<item><guid isPermaLink="true">https://example.com/a/1</guid></item>'), "https://example.com/a/1", None),
        (rss("<item><guid>https://example.com/a/1</guid></item>"), "https://example.com/a/1", None),
        (rss('<item><guid isPermaLink="false">https://example.com/a/1</guid></item>'), "https://example.com/a/1", None),
        (rss("<item><guid>4711</guid><title>t</title></item>"), None, Reason.BAD_URL),
        (rss("<item><link>/a/1</link></item>"), "https://example.com/a/1", None),
        (rss("<item><link>../a/1</link></item>"), "https://example.com/a/1", None),
        (
            rss("<item><link>?id=3</link></item>", attributes='xml:base="https://example.com/news/"'),
            "https://example.com/news/?id=3",
            None,
        ),
        (rss("<item><link>\n  https://example.com/a/1\n </link></item>"), "https://example.com/a/1", None),
        (
            rss("<item><link><![CDATA[ https://example.com/a?x=1&y=2 ]]></link></item>"),
            "https://example.com/a?x=1&y=2",
            None,
        ),
        (rss(item(link="javascript:alert(1)")), None, Reason.SCHEME),
        (rss(item(link="https://user:secret@example.com/")), None, Reason.CREDENTIALS),
        (rss(item(link="https://example.com/?" + "q" * 12_000)), None, Reason.BAD_URL),
        (rss(item(link="http://[::1/")), None, Reason.BAD_URL),
    ],
)
def test_links(body: str, link: str | None, reason: Reason | None) -> None:
    (entry,) = read(body).entries
    assert (entry.link, entry.rejected) == (link, reason)
    assert "secret" not in repr(entry.rejected_detail)


def test_feedburner_tells_the_publishers_address() -> None:
    extra = '<f:origLink xmlns:f="http://rssnamespace.org/feedburner/ext/1.0">https://example.com/real</f:origLink>'
    assert (
        read(rss(item(link="http://feeds.feedburner.com/~r/x/1", extra=extra))).entries[0].link
        == "https://example.com/real"
    )


def test_full_text_of_yandex() -> None:
    full = "<yandex:full-text>Повний текст</yandex:full-text>"
    for attributes in ('xmlns:yandex="http://news.yandex.ru"', ""):
        assert read(rss(item(extra=full), attributes=attributes)).entries[0].content_html == "Повний текст"


def test_titles_fall_back_to_the_summary() -> None:
    feed = read(
        rss(
            "<item><link>https://example.com/1</link><description>Only a description about Ukraine. More.</description></item>",
            "<item><link>https://example.com/2</link></item>",
        )
    )
    assert [e.title for e in feed.entries] == ["Only a description about Ukraine.", ""]


def test_dates_of_the_future_are_dropped_and_told() -> None:
    feed = read(
        rss(
            item(extra="<pubDate>Sat, 16 Nov 2041 19:11:00 GMT</pubDate>"),
            item(extra="<pubDate>soon</pubDate>"),
            item(extra="<pubDate>Sun, 22 Nov 2026 12:03:00 GMT</pubDate>"),
        )
    )
    assert [e.published is not None for e in feed.entries] == [False, False, True]
    assert feed.problems == ("1 dates in the future ignored", "1 dates that cannot be read")


def test_naive_times_are_the_outlets() -> None:
    entry = read(rss(item(extra="<pubDate>20.09.2026 08:15</pubDate>")), zone="Europe/Kyiv").entries[0]
    assert entry.published is not None
    assert (entry.published.instant.hour, entry.published.zone) == (5, "outlet")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<ttl>60</ttl>", (3600, None, 0, 0)),
        ("<ttl>0</ttl>", (None, None, 0, 0)),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", (None, 1800, 0, 0)),
        ("<skipHours><hour>0</hour><hour>24</hour><hour>23</hour></skipHours>", (None, None, 2, 0)),
        ("<skipDays><day>Saturday</day><day>Sunday</day><day>Someday</day></skipDays>", (None, None, 0, 2)),
        ("<skipHours>" + "".join(f"<hour>{h}</hour>" for h in range(24)) + "</skipHours>", (None, None, 0, 0)),
    ],
)
def test_hints(head: str, expected: tuple[int | None, int | None, int, int]) -> None:
    hints = read(rss(item(), head=head)).hints
    assert (hints.ttl_s, hints.update_period_s, len(hints.skip_hours), len(hints.skip_days)) == expected
