"""The response parser: the same events however the bytes are cut, and every loop bounded."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswire.fetching.wire import ProtocolError, ResponseParser, TruncatedError

OK = b"HTTP/1.1 200 OK\r\n"


def parser(max_header_bytes: int = 65_536, max_header_lines: int = 256) -> ResponseParser:
    return ResponseParser(max_header_bytes=max_header_bytes, max_header_lines=max_header_lines)


def read(data: bytes, *, end: bool = True, step: int | None = None) -> tuple[ResponseParser, bytes]:
    """Feed `data` (in steps) and the end of the stream; the parser and the body."""
    reading = parser()
    body = b""
    size = step or max(len(data), 1)
    for start in range(0, len(data), size):
        body += b"".join(reading.feed(data[start : start + size]))
        if reading.complete:
            break
    if end:
        reading.eof()
    return reading, body


MESSAGES = [
    (OK + b"Content-Length: 5\r\n\r\nhello", b"hello", True),
    (OK + b"Content-Length: 0\r\n\r\n", b"", True),
    (OK + b"\r\nuntil the end", b"until the end", False),
    (OK + b"Connection: close\r\nContent-Length: 5\r\n\r\nhello", b"hello", False),
    (OK + b"Connection: Keep-Alive, Close\r\nContent-Length: 5\r\n\r\nhello", b"hello", False),
    (b"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", b"hello", False),
    (OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", b"hello", True),
    (OK + b"Transfer-Encoding: CHUNKED\r\n\r\n2;a=b\r\nhe\r\n3  \r\nllo\r\n000\r\nX: y\r\n\r\n", b"hello", True),
    (OK.replace(b"\r", b"") + b"Content-Length:5\n\nhello", b"hello", True),
    (b"\r\n\r\n" + OK + b"Content-Length: 5\r\n\r\nhello", b"hello", True),
    (b"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n" + OK + b"Content-Length: 5\r\n\r\nhello", b"hello", True),
    (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n", b"", True),
    (b"HTTP/1.1 204\r\n\r\n", b"", True),
    (OK + b"Transfer-Encoding: identity\r\nContent-Length: 5\r\n\r\nhello", b"hello", True),
    (OK + b"Content-Length : 5\r\n\r\nhello", b"hello", True),
]


@pytest.mark.parametrize(("data", "body", "reusable"), MESSAGES)
@pytest.mark.parametrize("step", [None, 1, 2, 3, 7])
def test_messages(data: bytes, body: bytes, reusable: bool, step: int | None) -> None:
    reading, got = read(data, step=step)
    assert got == body
    assert reading.complete
    assert reading.reusable == reusable


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<rss>", "no HTTP status line"),
        (b"HTTQ", "no HTTP status line"),
        (b"HTTP/2 200\r\n\r\n", "malformed status line"),
        (b"HTTP/1.1 20 OK\r\n\r\n", "malformed status line"),
        (b"HTTP/1.1 099 OK\r\n\r\n", "malformed status line"),
        (b"HTTP/1.1 2000\r\n\r\n", "malformed status line"),
        (b"HTTP/1.1 101 Go\r\n\r\n", "protocol switch"),
        (b"HTTP/1.1 100 Go\r\n\r\n" * 9, "interim"),
        (OK + b"X: y\r\n" * 300, "too many header lines"),
        (OK + b"X: " + b"y" * 70_000, "too large"),
        (OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n", "Content-Length"),
        (OK + b"Content-Length: 5, 6\r\n\r\n", "Content-Length"),
        (OK + b"Content-Length: five\r\n\r\n", "Content-Length"),
        (OK + b"Content-Length: -1\r\n\r\n", "Content-Length"),
        (OK + b"Content-Length: 1_0\r\n\r\n", "Content-Length"),
        (OK + b"Content-Length: " + b"9" * 40 + b"\r\n\r\n", "Content-Length"),
        (OK + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", "both"),
        (OK + b"Transfer-Encoding: chunked, gzip\r\n\r\n", "chunked"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n\r\n", "chunk size"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhelloX\r\n", "longer than announced"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 17 + b"\r\n", "chunk size"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n5;" + b"x" * 5000, "line too long"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n" + b"X: y\r\n" * 300, "trailers"),
    ],
)
@pytest.mark.parametrize("step", [None, 5])
def test_what_is_refused(data: bytes, why: str, step: int | None) -> None:
    with pytest.raises(ProtocolError, match=why):
        read(data, step=step, end=False)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"HT",
        OK,
        OK + b"Content-Length: 5\r\n\r\nhell",
        OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhel",
        OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n",
    ],
)
def test_an_early_end_is_no_end(data: bytes) -> None:
    with pytest.raises(TruncatedError):
        read(data)


def test_bytes_after_the_end_forbid_reuse() -> None:
    reading, body = read(OK + b"Content-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\n\r\n")
    assert body == b"hello"
    assert reading.rest.startswith(b"HTTP/1.1")
    assert not reading.reusable


def test_fields_are_kept_as_sent() -> None:
    reading, _ = read(OK + b'ETag:  W/"a b" \r\nX-Fold: one\r\n  two\r\nno field\r\nX-Raw: \xff\x00\r\n\r\n')
    head = reading.head
    assert head is not None
    assert head.values("etag") == [b'W/"a b"']
    assert head.values("x-fold") == [b"one two"]
    assert head.values("x-raw") == [b"\xff\x00"]
    assert len(head.fields) == 3


def test_transfer_codings_are_told_apart_from_chunking() -> None:
    reading, _ = read(OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")
    assert reading.transfer_codings == ("gzip",)


def test_framing_is_counted() -> None:
    reading, _ = read(OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\na\r\n" * 100 + b"0\r\n\r\n")
    assert reading.overhead == 100 * 5 + 3 + 2


def outcome(data: bytes, cuts: list[int]) -> object:
    """Everything observable about reading `data` cut at `cuts`."""
    reading = parser(max_header_bytes=2000, max_header_lines=20)
    body = b""
    edges = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    try:
        for start, end in pairwise(edges):
            if start < end and not reading.complete:
                body += b"".join(reading.feed(data[start:end]))
        if not reading.complete:
            reading.eof()
    except (ProtocolError, TruncatedError) as error:
        return type(error)
    return body, reading.complete, reading.head


PARTS = st.sampled_from(
    [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 100\r\n\r\n", b"\r\n", b"\n", b"Content-Length: 3\r\n", b"abc", b"0\r\n\r\n",
     b"Transfer-Encoding: chunked\r\n", b"3\r\nabc\r\n", b"X: y\r\n", b" fold\r\n", b"\r", b":", b";", b"\x00", b"ffff"]
)  # fmt: skip


@given(st.lists(PARTS | st.binary(max_size=6), max_size=20).map(b"".join), st.lists(st.integers(0, 500), max_size=8))
def test_any_bytes_in_any_pieces(data: bytes, cuts: list[int]) -> None:
    assert outcome(data, cuts) == outcome(data, [])
