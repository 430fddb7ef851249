"""The publication time: which statement is believed, and why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from newswire.dates import DateValue, parse_date
from newswire.extraction.page_dates import url_day
from newswire.extraction.published import DateCandidate, choose_modified, choose_published, local_time

NOW = datetime(2026, 9, 20, 18, 0, tzinfo=UTC)


def stated(raw: str, kind: str, role: str = "published", zone: str | None = None) -> DateCandidate:
    value = parse_date(raw, source=kind, zone=zone, now=None)
    assert value is not None, raw
    return DateCandidate(value, local_time(value, zone), kind, role)


def test_the_most_trusted_source_wins_and_keeps_the_page_s_offset() -> None:
    choice = choose_published(
        [stated("2026-09-19", "text"), stated("2026-09-19T23:30:00+03:00", "json-ld")], fetched_at=NOW
    )
    assert choice.at is not None
    assert choice.at.isoformat() == "2026-09-19T23:30:00+03:00"
    assert "json-ld" in choice.why
    assert choice.conflict == ()


def test_the_future_is_refused_and_said_so() -> None:
    choice = choose_published([stated("2031-01-01T00:00:00Z", "json-ld"), stated("2026-09-18", "text")], NOW)
    assert choice.value is not None
    assert choice.value.raw == "2026-09-18"
    assert choice.refused == ("json-ld 2031-01-01T00:00:00Z",)


def test_zero_values_are_refused() -> None:
    zero = DateValue(datetime(1970, 1, 1, tzinfo=UTC), "second", "json-ld", "explicit", "1970-01-01T00:00:00Z")
    choice = choose_published([DateCandidate(zero, zero.instant, "json-ld", "published")], NOW)
    assert choice.at is None
    assert choice.refused


def test_an_address_with_an_earlier_day_exposes_a_template_that_states_the_last_change() -> None:
    choice = choose_published(
        [
            stated("2026-09-01T10:00:00Z", "time"),
            stated("2024-05-17", "text"),
            stated("2024-05-17", "url"),
        ],
        NOW,
    )
    assert choice.at is not None
    assert choice.at.date().isoformat() == "2024-05-17"
    assert choice.conflict == ("time says 2026-09-01",)


def test_one_sidebar_date_does_not_outweigh_three_sources() -> None:
    choice = choose_published(
        [
            stated("2026-05-08T06:00:00-05:00", "json-ld"),
            stated("2026-05-08T06:00:00-05:00", "meta"),
            stated("2026-05-08T06:00:00-05:00", "time"),
            stated("2026-05-02", "text"),
            stated("2026-05-02", "url"),
        ],
        NOW,
    )
    assert choice.at is not None
    assert choice.at.date().isoformat() == "2026-05-08"
    assert set(choice.conflict) == {"text says 2026-05-02", "url says 2026-05-02"}


def test_a_bare_day_gets_the_time_of_another_source_of_the_same_day() -> None:
    choice = choose_published([stated("2026-09-18", "meta"), stated("2026-09-18T14:05:00+03:00", "time")], NOW)
    assert choice.value is not None
    assert choice.value.precision == "second"
    assert "time from time" in choice.why


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("2026-06-12 19:29:53", "2026-06-12T19:29:53-06:00"),  # the local time without its zone
        ("2026-06-12T19:29:53-06:00", "2026-06-12T19:29:53-06:00"),  # the same instant with its zone
        ("2026-06-12", "2026-06-12T23:29:53-02:00"),  # only the day: the smallest offset that gives it
        ("2026-06-13", "2026-06-13T01:29:53+00:00"),  # the UTC day itself
    ],
)
def test_utc_is_shown_in_the_page_s_own_zone(shown: str, expected: str) -> None:
    choice = choose_published([stated("2026-06-13T01:29:53Z", "json-ld"), stated(shown, "time")], NOW)
    assert choice.at is not None
    assert choice.at.isoformat() == expected
    assert choice.at == datetime(2026, 6, 13, 1, 29, 53, tzinfo=UTC)


def test_a_time_without_zone_takes_the_one_the_page_uses_elsewhere() -> None:
    choice = choose_published(
        [stated("2026-09-18 12:00:00", "meta"), stated("2026-09-18T15:00:00+03:00", "json-ld", "modified")], NOW
    )
    assert choice.value is not None
    assert choice.value.instant == datetime(2026, 9, 18, 9, 0, tzinfo=UTC)
    assert choice.value.zone == "page"


def test_the_outlet_s_zone_is_used_for_times_without_one() -> None:
    choice = choose_published([stated("20 вересня 2026, 14:05", "text", zone="Europe/Kyiv")], NOW)
    assert choice.at == datetime(2026, 9, 20, 11, 5, tzinfo=UTC)
    assert choice.at.utcoffset() == timedelta(hours=3)


def test_named_zones_keep_the_local_day() -> None:
    value = parse_date("Mon Aug 03 22:45:00 EDT 2015", source="meta")
    assert value is not None
    assert local_time(value, None).isoformat() == "2015-08-03T22:45:00-04:00"


def test_a_change_is_not_before_the_publication() -> None:
    published = choose_published([stated("2026-09-18T12:00:00Z", "json-ld")], NOW)
    early = [stated("2026-09-17T12:00:00Z", "json-ld", "modified")]
    late = [stated("2026-09-19T12:00:00Z", "json-ld", "modified")]
    assert choose_modified(early, published, NOW) is None
    assert choose_modified(late, published, NOW) == late[0]


def test_a_lone_change_date_is_better_than_nothing_and_says_so() -> None:
    choice = choose_published([stated("2026-09-19T12:00:00Z", "meta", "modified")], NOW)
    assert choice.at is not None
    assert choice.why.startswith("only a date of change")


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://e.org/2024/05/17/story", "2024-05-17"),
        ("https://e.org/2024/may/17/story", "2024-05-17"),
        ("https://e.org/news/20240517-story", "2024-05-17"),
        ("https://e.org/story-2024-05-17.html", "2024-05-17"),
        ("https://e.org/17-05-2024/story", "2024-05-17"),
        ("https://e.org/2024/13/45/story", None),
        ("https://e.org/news/120240517999", None),
        ("https://20240517.example.org/story", None),
        ("https://e.org/a-story", None),
    ],
)
def test_days_in_addresses(url: str, day: str | None) -> None:
    assert url_day(url) == day


def test_zero_written_as_an_offset_is_the_page_s_own_statement() -> None:
    """RFC 9557: "+00:00" names a local offset of zero, "Z" and "-00:00" leave it open."""
    shown = stated("2026-06-12", "text")
    for raw, day in (
        ("2026-06-13T01:29:53+00:00", "2026-06-13"),
        ("2026-06-13T01:29:53+0000", "2026-06-13"),
        ("2026-06-13T01:29:53Z", "2026-06-12"),
        ("2026-06-13T01:29:53-00:00", "2026-06-12"),
    ):
        choice = choose_published([stated(raw, "json-ld"), shown], NOW)
        assert choice.at is not None
        assert choice.at.astimezone(UTC).isoformat() == "2026-06-13T01:29:53+00:00"
        assert choice.at.date().isoformat() == day, raw


def test_what_readers_are_shown_and_a_second_source_confirms_outweighs_the_first_source() -> None:
    first = stated("2026-09-10T18:19:00+02:00", "json-ld")
    confirming = stated("2026-09-14T07:33:00+02:00", "meta-generic")
    choice = choose_published([first, confirming, stated("2026-09-14", "text")], NOW)
    assert choice.at is not None
    assert choice.at.isoformat() == "2026-09-14T07:33:00+02:00"
    assert "at the headline" in choice.why
    # the date alone, or the source alone, is not enough
    for other in (confirming, stated("2026-09-14", "text")):
        choice = choose_published([first, other], NOW)
        assert choice.at is not None
        assert choice.at.date().isoformat() == "2026-09-10"


def test_a_bare_date_in_the_head_yields_to_the_day_at_the_headline() -> None:
    bare, shown = stated("2026-09-12T09:30:00+02:00", "meta-generic"), stated("2026-09-10", "text")
    choice = choose_published([bare, shown], NOW)
    assert choice.at is not None
    assert choice.at.date().isoformat() == "2026-09-10"
    assert choose_published([bare], NOW).at == bare.local


def test_the_same_instant_in_two_zones_is_no_second_day() -> None:
    choice = choose_published(
        [
            stated("2026-09-11T00:08:44+00:00", "meta"),
            stated("2026-09-10 19:08:44", "meta-generic"),
            stated("2026-09-10", "text"),
        ],
        NOW,
    )
    assert choice.at is not None
    assert choice.at.isoformat() == "2026-09-11T00:08:44+00:00"


def test_an_address_does_not_outweigh_the_day_that_is_shown_and_confirmed_twice() -> None:
    choice = choose_published(
        [
            stated("2026-09-12T18:37:32+02:00", "json-ld"),
            stated("2026-09-12T18:37:32+02:00", "meta"),
            stated("2026-09-12", "text"),
            stated("2026-09-10T18:12:26+02:00", "microdata"),
            stated("2026-09-10", "url"),
        ],
        NOW,
    )
    assert choice.at is not None
    assert choice.at.date().isoformat() == "2026-09-12"
    assert "url says 2026-09-10" in choice.conflict


def test_a_bare_day_gets_the_time_of_a_zoned_source_that_lies_on_it_somewhere() -> None:
    choice = choose_published(
        [stated("2026-09-10T00:00:00+0000", "json-ld"), stated("2026-09-11T04:39:05+00:00", "json-ld-page")], NOW
    )
    assert choice.at is not None
    assert choice.at.isoformat() == "2026-09-11T04:39:05+00:00"
    later = stated("2026-09-11T14:39:05+00:00", "json-ld-page")  # nowhere on earth
    choice = choose_published([stated("2026-09-10T00:00:00+0000", "json-ld"), later], NOW)
    assert choice.at is not None
    assert choice.at.date().isoformat() == "2026-09-10"


def test_local_time_labelled_as_utc_is_found_out() -> None:
    mislabelled = stated("2026-09-11T07:25:06Z", "json-ld")
    value = parse_date("2026-09-10T21:25:06+00:00", source="meta:article:published_time")
    assert value is not None
    true = DateCandidate(value, local_time(value, None), "meta", "published")
    choice = choose_published([mislabelled, true], NOW)
    assert choice.value is true.value
    assert "labelled local time as UTC" in choice.why
    other_minute = stated("2026-09-11T07:31:06Z", "json-ld")  # a change, not a zone
    assert choose_published([other_minute, true], NOW).value is other_minute.value
