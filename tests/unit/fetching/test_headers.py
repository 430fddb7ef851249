"""Header fields: cleaned, counted, and read without surprise."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newswire.fetching.headers import (
    Headers,
    clean_value,
    parse_http_date,
    parse_max_age,
    parse_media_type,
    parse_retry_after,
    read_signals,
)

NOW = datetime(2026, 9, 20, 8, 0, tzinfo=UTC)
DAY = 86_400.0


@pytest.mark.parametrize(
    ("values", "raw", "kept"),
    [
        (["120"], 120, 120),
        ([" 120 "], 120, 120),
        (["1.5"], 1.5, 1.5),
        (["315360000"], 315_360_000, DAY),
        (["Sun, 20 Sep 2026 08:01:30 GMT"], 90, 90),
        (["Sunday, 20-Sep-26 08:01:30 GMT"], 90, 90),
        (["Sun Sep 20 08:01:30 2026"], 90, 90),
        (["Sun, 20 Sep 2026 11:01:30 +0300"], 90, 90),
        (["Fri, 20 Sep 2041 08:00:00 GMT"], 473_385_600, DAY),
        (["soon", "60"], 60, 60),
        (["60", "120"], 120, 120),
    ],
)
def test_retry_after(values: list[str], raw: float, kept: float) -> None:
    wait = parse_retry_after(values, now=NOW, server_date=None, cap=DAY)
    assert wait is not None
    assert (wait.raw, wait.seconds, wait.capped) == (raw, kept, raw > kept)


@pytest.mark.parametrize(
    "value",
    ["", "0", "-5", "-5, soon", "soon", "1e9", "٣٠", "0x10", "1 2", "NaN", "inf", "Sun, 20 Sep 2026 07:00:00 GMT",
     "Sun, 99 Sep 2026 08:00:00 GMT", "9" * 400, "Thu, 01 Jan 99999 00:00:00 GMT"],
)  # fmt: skip
def test_garbage_counts_as_absent(value: str) -> None:
    assert parse_retry_after([value], now=NOW, server_date=None, cap=DAY) is None


def test_a_wrong_clock_of_the_server_does_no_harm() -> None:
    wait = parse_retry_after(
        ["Sun, 20 Sep 2020 08:01:30 GMT"], now=NOW, server_date="Sun, 20 Sep 2020 08:00:00 GMT", cap=DAY
    )
    assert wait is not None
    assert wait.seconds == 90


def test_dates_without_a_zone_are_utc() -> None:
    assert parse_http_date("Sun Sep 20 08:00:00 2026") == NOW
    assert parse_http_date("Sun, 20 Sep 2026 08:00:00 -0000") == NOW
    assert parse_http_date("yesterday") is None


@pytest.mark.parametrize(
    ("value", "age"),
    [
        ("max-age=60", 60),
        ("public, MAX-AGE = 60", 60),
        ('max-age="60"', 60),
        ("s-maxage=5, max-age=60", 60),
        ("s-maxage=5", None),
        ("no-store", 0),
        ("no-cache, max-age=60", 0),
        ("max-age=-1", None),
        ("max-age=soon", None),
        ("", None),
    ],
)
def test_max_age(value: str, age: float | None) -> None:
    assert parse_max_age(value) == age


@pytest.mark.parametrize(
    ("value", "media_type"),
    [
        ("text/html; charset=utf-8", "text/html"),
        (" Application/RSS+XML ", "application/rss+xml"),
        ("text", None),
        ("", None),
        (None, None),
        ("../../etc/passwd;x", None),
    ],
)
def test_media_type(value: str | None, media_type: str | None) -> None:
    assert parse_media_type(value) == media_type


def test_values_are_safe_to_log_and_store() -> None:
    assert clean_value(b"a\x1b[31mb\r\nFAKE\x00c") == "a [31mb FAKE c"
    assert clean_value("Привет".encode()) == "Привет"
    assert clean_value("Привет".encode("cp1251")).isprintable()
    assert clean_value(b"\xc2\x9b31m") == "31m"  # a C1 control in UTF-8


def test_headers_are_case_insensitive_and_keep_every_value() -> None:
    headers = Headers([("ETag", '"a"'), ("Vary", "A"), ("VARY", "B")])
    assert headers.get("etag") == '"a"'
    assert headers.all("vary") == ("A", "B")
    assert headers.joined("Vary") == "A, B"
    assert headers.get("absent") is None
    assert headers.joined("absent") == ""
    assert len(headers) == 3


def signals(*fields: tuple[str, str]) -> tuple[bool | None, bool, tuple[str, ...]]:
    found = read_signals(Headers(fields), product_token="Newswire")
    return found.tdm_reservation, found.no_ai, found.robots_tags


def test_signals() -> None:
    assert signals() == (None, False, ())
    assert signals(("TDM-Reservation", "1"))[0] is True
    assert signals(("TDM-Reservation", "0"))[0] is False
    assert signals(("TDM-Reservation", "yes"))[0] is None
    assert signals(("X-Robots-Tag", "noai, noimageai")) == (None, True, ("noai", "noimageai"))
    assert signals(("X-Robots-Tag", "otherbot: noai"))[1] is False
    assert signals(("X-Robots-Tag", "newswire: noarchive")) == (None, False, ("noarchive",))
    assert signals(("X-Robots-Tag", "unavailable_after: 25 Jun 2027"))[2] == ("unavailable_after: 25 jun 2027",)
