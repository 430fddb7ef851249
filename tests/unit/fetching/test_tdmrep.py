"""The rules of a tdmrep.json: what is one, which counts, and how long an answer is kept."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswire.fetching import Headers, Policy, Response
from newswire.fetching.tdmrep import MAX_RULES, TdmRecord, absent, answered, parse_tdmrep, unanswered

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ORIGIN = "https://outlet.example"
POLICY = Policy()


def record(*rules: dict[str, Any]) -> TdmRecord:
    return TdmRecord(ORIGIN, parse_tdmrep(json.dumps(rules).encode()), NOW, NOW, NOW)


def rule(location: Any = "/", reservation: Any = 1) -> dict[str, Any]:
    return {"location": location, "tdm-reservation": reservation}


@pytest.mark.parametrize(
    ("location", "path", "reserved"),
    [
        ("/", "/a/b?c", True),
        ("*", "/a", True),
        ("/news/", "/news", False),
        ("/news/", "/news/1", True),
        ("/*.html$", "/a/b.html", True),
        ("/*.html$", "/a/b.html?x", False),
        ("/%6Eews", "/news/1", True),
        ("/новини", "/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8/1", True),
        ("/path/foo-%24", "/path/foo-%24", True),
    ],
)
def test_locations_are_patterns_as_in_robots_txt(location: str, path: str, reserved: bool) -> None:
    assert record(rule(location)).reserves(path) is reserved


def test_the_first_match_counts() -> None:
    found = record(rule("/open/", 0), rule("/open/but/"), rule("/"))
    assert [found.reserves(path) for path in ("/open/but/1", "/open/1", "/closed")] == [False, False, True]


@pytest.mark.parametrize("value", [2, -1, True, False, None, "yes", "", [1], {"a": 1}, 1.5])
def test_another_value_says_nothing(value: Any) -> None:
    assert record(rule("/", value)).rules == ()


@pytest.mark.parametrize("location", [None, 7, "", "news", "https://outlet.example/", "/" + "a" * 5000, ["/"]])
def test_what_is_no_pattern_is_no_rule(location: Any) -> None:
    assert record(rule(location), rule("/kept")).rules == parse_tdmrep(json.dumps([rule("/kept")]).encode())


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"null",
        b"7",
        b"[[[]]]",
        b'["/"]',
        b"<html>",
        b"\xff\xfe\x00",
        b"[" * 200_000,
        b"[" + b"9" * 9999 + b"]",
    ],
)
def test_what_is_no_list_of_rules_has_none(body: bytes) -> None:
    assert parse_tdmrep(body) == ()


def test_a_byte_order_mark_does_no_harm() -> None:
    assert len(parse_tdmrep(b"\xef\xbb\xbf" + json.dumps([rule()]).encode())) == 1


def test_rules_are_bounded() -> None:
    assert len(record(*(rule(f"/{n}") for n in range(MAX_RULES * 3))).rules) == MAX_RULES


@given(st.binary() | st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_any_bytes_are_read(body: bytes | str) -> None:
    rules = parse_tdmrep(body if isinstance(body, bytes) else body.encode())
    assert all(rule.location.isascii() for rule in rules)


# -- how long an answer is kept


def response(status: int, body: bytes = b"", **headers: str) -> Response:
    fields = Headers((name.replace("_", "-"), value) for name, value in headers.items())
    return Response(
        f"{ORIGIN}/f",
        f"{ORIGIN}/f",
        status,
        fields,
        body,
        "",
        0,
        0.0,
        (),
        "192.0.2.1",
        downgraded=False,
        fetched_at=NOW,
    )


RULES = json.dumps([rule()]).encode()


@pytest.mark.parametrize(
    ("answer", "delay", "seconds"),
    [
        (response(200, RULES), 0, 86_400),
        (response(200, RULES, cache_control="max-age=600"), 0, 600),
        (response(200, RULES, cache_control="no-store"), 0, 60),
        (response(200, RULES, cache_control="no-store"), 120, 360),
        (response(200, b"<html>"), 0, 86_400),
        (response(404), 0, 86_400),
        (response(503), 0, 3600),
        (response(429), 0, 3600),
    ],
)
def test_how_long_an_answer_is_kept(answer: Response, delay: float, seconds: float) -> None:
    kept = answered(ORIGIN, answer, previous=None, delay=delay, policy=POLICY)
    assert (kept.expires_at - NOW).total_seconds() == seconds
    assert kept.reserves("/") is (answer.body == RULES)


def test_what_was_said_holds_for_a_day_while_the_server_cannot_answer_and_not_beside_a_404() -> None:
    known = answered(ORIGIN, response(200, RULES), previous=None, delay=0, policy=POLICY)
    for hours, holds in ((23, True), (25, False)):
        now = NOW + timedelta(hours=hours)
        again = unanswered(ORIGIN, "timeout", previous=known, delay=0, now=now, policy=POLICY)
        assert again.reserves("/") is holds
        # An outage that lasts does not lend the old word another day.
        later = NOW + timedelta(hours=26)
        assert not unanswered(ORIGIN, "timeout", previous=again, delay=0, now=later, policy=POLICY).reserves("/")
    assert not absent(ORIGIN, "status 404", delay=0, now=NOW, policy=POLICY).reserves("/")
