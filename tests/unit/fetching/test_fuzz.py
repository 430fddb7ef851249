"""Whatever a server writes into its headers and addresses: no crash, no injection, no bound broken.

A short run by default; `NEWSWIRE_FUZZ=100000` sets the number of inputs per property for a long one.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from ipaddress import ip_address

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newswire.fetching import Failure, Headers, Kind, Policy, Request, Response, judge
from newswire.fetching.addresses import InvalidHostError, classify_address, normalise_host
from newswire.fetching.guard import RefusedError, join_location, other_reading, parse_target
from newswire.fetching.headers import (
    clean_value,
    parse_http_date,
    parse_max_age,
    parse_media_type,
    parse_retry_after,
    read_signals,
)
from newswire.fetching.sending import request_message
from newswire.fetching.wire import ProtocolError, ResponseParser, TruncatedError

FUZZ = settings(
    max_examples=int(os.environ.get("NEWSWIRE_FUZZ", "300")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
NOW = datetime(2026, 9, 20, 8, 0, tzinfo=UTC)
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")

ADDRESS_PIECES = [
    "http", "https", ":", "//", "/", "\\", "@", "?", "#", "[", "]", "::1", "127.0.0.1", "127.1", "0x7f",
    "0177", "2130706433", "localhost", "example.org", "xn--", "..", ".", "%2e", "%00", "%", "\t", "\n", "\r",
    " ", "\x00", "：", "。", "①", "７", "\u00ad", "\u202e", "\ud800", "ß", "мвс.укр", "443", "65536", "user:pw",
    "ftp", "javascript", "data", "_", "-", "😀",
]  # fmt: skip
PIECES = st.sampled_from(ADDRESS_PIECES)
ADDRESSES = st.lists(PIECES | st.text(max_size=4), max_size=12).map("".join)
VALUE_PIECES = [
    "max-age", "=", "no-cache", ",", ";", "0", "120", "-5", "1e9", "٣", "Sun, 20 Sep 2026 08:00:00 GMT",
    "20-Sep-26", "GMT", "+9999", "-0000", "newswire", ":", "noai", "unavailable_after", "1", "\x1b[31m",
    "\r\n", "\x00", "text/html", '"',
]  # fmt: skip
WORDS = st.sampled_from(VALUE_PIECES)
VALUES = st.lists(WORDS | st.text(max_size=5), max_size=8).map("".join)
RAW = st.binary(max_size=60) | VALUES.map(lambda text: text.encode("utf-8", "surrogatepass"))


@FUZZ
@given(ADDRESSES | ADDRESSES.map(lambda text: "http://" + text))
def test_addresses(text: str) -> None:
    other_reading(text)
    try:
        target = parse_target(text)
    except RefusedError:
        return
    assert target.url.isascii()
    assert not re.search(r"[\x00-\x20\x7f]", target.url)
    assert target.path.startswith("/")
    assert "@" not in target.authority
    again = parse_target(target.url, max_length=10**6)
    assert (again.url, again.host) == (target.url, target.host)


@FUZZ
@given(ADDRESSES)
def test_hosts(text: str) -> None:
    try:
        host = normalise_host(text)
    except (InvalidHostError, UnicodeError):
        return
    if isinstance(host, str):
        assert re.fullmatch(r"[a-z0-9._-]+", host)
        assert normalise_host(host) == host
    else:
        classify_address(host)


@FUZZ
@given(st.ip_addresses())
def test_every_address_has_a_verdict(address: object) -> None:
    verdict = classify_address(ip_address(str(address)))
    if verdict is None:
        assert ip_address(str(address)).is_global or str(address).startswith("64:ff9b:")


@FUZZ
@given(RAW | ADDRESSES.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_locations(location: bytes) -> None:
    base = parse_target("https://example.org/a/b?q")
    joined = join_location(base, location)
    try:
        target = parse_target(joined, max_length=10**6)
    except RefusedError:
        return
    assert not re.search(r"[\x00-\x20\x7f-\uffff]", target.url)


@FUZZ
@given(st.lists(VALUES, max_size=3), st.none() | VALUES, st.floats(1, 1e6))
def test_retry_after(values: list[str], server_date: str | None, cap: float) -> None:
    wait = parse_retry_after(values, now=NOW, server_date=server_date, cap=cap)
    if wait is not None:
        assert 0 < wait.seconds <= cap
        assert wait.seconds <= wait.raw


@FUZZ
@given(VALUES)
def test_values(text: str) -> None:
    age = parse_max_age(text)
    assert age is None or age >= 0
    media_type = parse_media_type(text)
    assert media_type is None or media_type == media_type.lower()
    date = parse_http_date(text)
    assert date is None or date.utcoffset() is not None
    read_signals(Headers([("x-robots-tag", text), ("tdm-reservation", text)]), product_token="Newswire")


@FUZZ
@given(RAW)
def test_cleaned_values(raw: bytes) -> None:
    value = clean_value(raw)
    assert not CONTROLS.search(value)
    value.encode("utf-8")
    assert clean_value(value.encode()) == value


@FUZZ
@given(ADDRESSES, st.none() | VALUES, st.none() | VALUES, VALUES)
def test_requests_are_one_request(address: str, etag: str | None, modified: str | None, contact: str) -> None:
    try:
        target = parse_target("http://example.org/" + address)
    except RefusedError:
        return
    message = request_message(Request(address, Kind.FEED, etag, modified), target, Policy(contact=contact))
    head, _, rest = message.partition(b"\r\n\r\n")
    assert rest == b""
    lines = head.split(b"\r\n")
    assert lines[0].count(b" ") == 2
    names = [line.partition(b":")[0].decode() for line in lines[1:]]
    assert set(names) <= {
        "Host",
        "User-Agent",
        "Accept",
        "Accept-Encoding",
        "From",
        "If-None-Match",
        "If-Modified-Since",
    }
    assert len(names) == len(set(names))
    assert b"\n" not in head.replace(b"\r\n", b"")


VALIDATORS = {"If-None-Match", "If-Modified-Since"}


STATUSES = st.integers(100, 999) | st.sampled_from([200, 202, 206, 304, 403, 429, 503])
NAMES = st.sampled_from(
    [
        "retry-after",
        "content-type",
        "x-robots-tag",
        "tdm-reservation",
        "cf-mitigated",
        "date",
        "expires",
        "cache-control",
    ]
)


@FUZZ
@given(STATUSES, st.lists(st.tuples(NAMES, RAW), max_size=4), st.binary(max_size=40), st.sampled_from(list(Kind)))
def test_judgements(status: int, fields: list[tuple[str, bytes]], body: bytes, kind: Kind) -> None:
    headers = Headers((name, clean_value(value)) for name, value in fields)
    response = Response(
        "http://a.example/", "http://a.example/", status, headers, body, "", 0, 0.0, (), "192.0.2.1", False, NOW,
        signals=read_signals(headers, product_token="Newswire"),
    )  # fmt: skip
    assert response.max_age is None or response.max_age >= 0
    outcome = judge(response, kind)
    if isinstance(outcome, Failure):
        assert not CONTROLS.search(outcome.detail)
        assert outcome.retry_after is None or 0 < outcome.retry_after <= 86_400
    else:
        assert judge(outcome, kind) is outcome
        assert status in (200, 203)


@FUZZ
@given(st.lists(st.tuples(NAMES, RAW), max_size=5), st.binary(max_size=60), st.integers(1, 40))
def test_whole_answers(fields: list[tuple[str, bytes]], body: bytes, step: int) -> None:
    data = (
        b"HTTP/1.1 200 OK\r\n" + b"".join(name.encode() + b": " + value + b"\r\n" for name, value in fields) + b"\r\n"
    )
    data += body
    parser = ResponseParser(max_header_bytes=500, max_header_lines=10)
    got = 0
    try:
        for start in range(0, len(data), step):
            got += sum(map(len, parser.feed(data[start : start + step])))
            if parser.complete:
                break
        else:
            parser.eof()
    except (ProtocolError, TruncatedError):
        return
    assert parser.head is not None
    assert got <= len(data)
