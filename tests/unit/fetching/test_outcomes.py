"""What an answer means: the table of statuses, bot checks, media, and the reservations."""

from __future__ import annotations

import dataclasses
import hashlib
from datetime import UTC, datetime

import pytest

from newswire.fetching.headers import Headers, read_signals
from newswire.fetching.messages import Failure, Redirect, Response
from newswire.fetching.outcomes import challenge_vendor, is_media, is_media_type_of_no_page, judge
from newswire.fetching.policy import Kind, Policy
from newswire.ledger import Fate, Reason

NOW = datetime(2026, 9, 20, 8, 0, tzinfo=UTC)


def answer(
    status: int = 200, body: bytes = b"<html>text</html>", *, conditional: bool = False, **headers: str
) -> Response:
    fields = Headers((name.replace("_", "-"), value) for name, value in headers.items())
    return Response(
        url="http://example.org/a",
        final_url="http://example.org/a",
        status=status,
        headers=fields,
        body=body,
        body_hash=hashlib.sha256(body).hexdigest(),
        wire_bytes=len(body),
        elapsed=0.1,
        redirects=(),
        address="192.0.2.1",
        downgraded=False,
        fetched_at=NOW,
        conditional=conditional,
        signals=read_signals(fields, product_token="Newswire"),
    )


@pytest.mark.parametrize(
    ("status", "feed", "page"),
    [
        (201, (Reason.PROTOCOL, Fate.RETRY), (Reason.PROTOCOL, Fate.RETRY)),
        (202, (Reason.SERVER_ERROR, Fate.RETRY), (Reason.SERVER_ERROR, Fate.RETRY)),
        (204, (Reason.EMPTY, Fate.RETRY), (Reason.EMPTY, Fate.RETRY)),
        (206, (Reason.TRUNCATED, Fate.RETRY), (Reason.TRUNCATED, Fate.RETRY)),
        (300, (Reason.PROTOCOL, Fate.RETRY), (Reason.PROTOCOL, Fate.RETRY)),
        (304, (Reason.PROTOCOL, Fate.RETRY), (Reason.PROTOCOL, Fate.RETRY)),
        (305, (Reason.PROTOCOL, Fate.RETRY), (Reason.PROTOCOL, Fate.RETRY)),
        (400, (Reason.CLIENT_ERROR, Fate.RETRY), (Reason.CLIENT_ERROR, Fate.SKIP)),
        (401, (Reason.LOGIN, Fate.RETRY), (Reason.LOGIN, Fate.SKIP)),
        (402, (Reason.PAYWALL, Fate.SKIP), (Reason.PAYWALL, Fate.SKIP)),
        (403, (Reason.FORBIDDEN, Fate.RETRY), (Reason.FORBIDDEN, Fate.SKIP)),
        (404, (Reason.NOT_FOUND, Fate.RETRY), (Reason.NOT_FOUND, Fate.SKIP)),
        (406, (Reason.CLIENT_ERROR, Fate.RETRY), (Reason.CLIENT_ERROR, Fate.SKIP)),
        (408, (Reason.CLIENT_ERROR, Fate.RETRY), (Reason.CLIENT_ERROR, Fate.RETRY)),
        (410, (Reason.GONE, Fate.SKIP), (Reason.GONE, Fate.SKIP)),
        (429, (Reason.RATE_LIMITED, Fate.RETRY), (Reason.RATE_LIMITED, Fate.RETRY)),
        (451, (Reason.LEGAL, Fate.SKIP), (Reason.LEGAL, Fate.SKIP)),
        (500, (Reason.SERVER_ERROR, Fate.RETRY), (Reason.SERVER_ERROR, Fate.RETRY)),
        (503, (Reason.SERVER_ERROR, Fate.RETRY), (Reason.SERVER_ERROR, Fate.RETRY)),
        (526, (Reason.SERVER_ERROR, Fate.RETRY), (Reason.SERVER_ERROR, Fate.RETRY)),
        (999, (Reason.CLIENT_ERROR, Fate.RETRY), (Reason.CLIENT_ERROR, Fate.SKIP)),
    ],
)
def test_statuses(status: int, feed: tuple[Reason, Fate], page: tuple[Reason, Fate]) -> None:
    for kind, expected in ((Kind.FEED, feed), (Kind.PAGE, page)):
        outcome = judge(answer(status), kind)
        assert isinstance(outcome, Failure)
        assert (outcome.reason, outcome.fate) == expected
        assert outcome.status == status
        assert outcome.response is not None


def test_documents_pass_and_judging_twice_changes_nothing() -> None:
    for status in (200, 203):
        response = answer(status)
        assert judge(response, Kind.FEED) is response
        assert judge(response, Kind.PAGE) is response
    unchanged = answer(304, b"", conditional=True)
    assert judge(unchanged, Kind.FEED) is unchanged
    assert unchanged.is_not_modified


@pytest.mark.parametrize("body", [b"", b" \r\n", b"\xef\xbb\xbf", b"\0\0"])
def test_nothing_is_a_failure_that_passes(body: bytes) -> None:
    for kind in (Kind.FEED, Kind.PAGE):
        outcome = judge(answer(200, body), kind)
        assert isinstance(outcome, Failure)
        assert (outcome.reason, outcome.fate) == (Reason.EMPTY, Fate.RETRY)
    assert isinstance(judge(answer(200, body), Kind.ROBOTS), Response)
    pending = judge(answer(202, body), Kind.FEED)
    assert isinstance(pending, Failure)
    assert pending.reason is Reason.EMPTY


def test_retry_after_is_exact_or_capped_and_said() -> None:
    exact = judge(answer(429, retry_after="120"), Kind.FEED)
    assert isinstance(exact, Failure)
    assert (exact.retry_after, exact.detail) == (120.0, "status 429")
    capped = judge(answer(503, retry_after="315360000"), Kind.FEED)
    assert isinstance(capped, Failure)
    assert capped.retry_after == 86_400
    assert "capped" in capped.detail
    garbage = judge(answer(429, retry_after="-5, soon"), Kind.FEED)
    assert isinstance(garbage, Failure)
    assert garbage.retry_after is None


CHALLENGE = (
    b"<html><head><title>Just a moment...</title></head><body>"
    b"<script>window._cf_chl_opt={cType:'managed'};</script></body></html>"
)


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (403, CHALLENGE, {}),
        (503, CHALLENGE, {}),
        (202, b"<script src='https://x.token.awswaf.com/challenge.js'></script>", {}),
        (202, b"", {"x_amzn_waf_action": "challenge"}),
        (403, b"nope", {"cf_mitigated": "challenge"}),
        (200, b"<html>wait</html>", {"cf_mitigated": "challenge"}),
        (429, b"x", {"x_vercel_mitigated": "challenge"}),
        (403, b"<script src='https://geo.captcha-delivery.com/c.js'></script>", {}),
        (401, b"<iframe src='/_Incapsula_Resource?x'></iframe>", {}),
        (403, b"<form id='captcha' class='g-recaptcha'>", {}),
        (403, b"<h1>Checking your browser before accessing</h1>", {}),
        (403, b"<title>DDoS-Guard</title>", {}),
        (404, b"<h1>Are you a robot?</h1>", {}),
    ],
)
def test_bot_checks_are_recognised(status: int, body: bytes, headers: dict[str, str]) -> None:
    response = answer(status, body, **headers)
    assert challenge_vendor(response) is not None
    outcome = judge(response, Kind.PAGE)
    assert isinstance(outcome, Failure)
    expected = Reason.RATE_LIMITED if status == 429 else Reason.CHALLENGE  # a rate limit is a rate limit first
    assert (outcome.reason, outcome.fate) == (expected, Fate.RETRY)


def test_an_article_about_bot_checks_is_an_article() -> None:
    assert isinstance(judge(answer(200, CHALLENGE), Kind.PAGE), Response)
    assert challenge_vendor(answer(403, b"<h1>403 Forbidden</h1>")) is None


@pytest.mark.parametrize(
    "start",
    [
        b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\xff\xd8\xff\xe0", b"PK\x03\x04", b"\0\0\0\x18ftypmp42",
        b"RIFF\0\0\0\0WEBPVP8 ", b"OggS\0", b"ID3\x04", b"\x1aE\xdf\xa3", b"\x7fELF", b"Rar!\x1a\x07", b"\x1f\x8b\x08",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"wOF2", b"\xfd7zXZ\0", b"{\\rtf1",
    ],
)  # fmt: skip
def test_media_behind_an_html_type(start: bytes) -> None:
    assert is_media(start + b"\0" * 100)
    outcome = judge(answer(200, start + b"\0" * 100, content_type="text/html"), Kind.PAGE)
    assert isinstance(outcome, Failure)
    assert (outcome.reason, outcome.fate) == (Reason.NON_HTML, Fate.SKIP)


@pytest.mark.parametrize(
    "start", [b"<!doctype html>", b"\xff\xfe<\0h\0", b"\xef\xbb\xbf<html>", b"BM is short", b"MZ 12"]
)
def test_text_is_no_media(start: bytes) -> None:
    assert not is_media(start)


@pytest.mark.parametrize(
    ("media_type", "settled"),
    [
        ("text/html", False), ("application/xhtml+xml", False), ("text/plain", False), ("application/xml", False),
        ("application/octet-stream", False), (None, False), ("application/pdf", True), ("video/mp4", True),
        ("image/png", True), ("application/json", True), ("application/zip", True), ("audio/mpeg", True),
        ("application/rss+xml", True), ("text/css", True), ("font/woff2", True),
    ],
)  # fmt: skip
def test_types_that_settle_the_matter(media_type: str | None, settled: bool) -> None:
    assert is_media_type_of_no_page(media_type) is settled


def test_a_reservation_of_text_mining_is_honoured_by_default() -> None:
    reserved = answer(200, tdm_reservation="1")
    outcome = judge(reserved, Kind.PAGE)
    assert isinstance(outcome, Failure)
    assert (outcome.reason, outcome.fate) == (Reason.TDM_OPTOUT, Fate.SKIP)
    assert judge(reserved, Kind.PAGE, Policy(honour_tdm=False)) is reserved
    assert judge(reserved, Kind.FEED) is reserved


def test_questions_about_a_response() -> None:
    response = answer(
        200, etag='W/"v1"', last_modified="Sun, 20 Sep 2026 07:00:00 GMT", content_type="Text/HTML; charset=utf-8",
        cache_control="public, max-age=300",
    )  # fmt: skip
    assert response.etag == 'W/"v1"'
    assert response.last_modified == "Sun, 20 Sep 2026 07:00:00 GMT"
    assert response.media_type == "text/html"
    assert response.max_age == 300
    expiring = answer(200, expires="Sun, 20 Sep 2026 09:00:00 GMT", date="Sun, 20 Sep 2026 08:30:00 GMT")
    assert expiring.max_age == 1800
    assert answer(200, expires="0").max_age is None
    assert answer(200).etag is None


def test_only_an_unbroken_chain_of_permanent_redirects_moves_a_feed() -> None:
    def moved(*statuses: int) -> str | None:
        hops = tuple(Redirect(status, f"http://example.org/{n}") for n, status in enumerate(statuses))
        return dataclasses.replace(answer(200), redirects=hops).moved_permanently_to

    assert moved() is None
    assert moved(301) == "http://example.org/0"
    assert moved(301, 308) == "http://example.org/1"
    assert moved(301, 302) == "http://example.org/0"
    assert moved(302, 301) is None
