"""Content decoding: true, bounded, and honest about its end."""

from __future__ import annotations

import contextlib
import gzip
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from newswire.fetching.content import (
    BodyDecoder,
    ContentError,
    ContentTooLargeError,
    ContentTruncatedError,
    looks_textual,
)

TEXT = b"<rss>" + b"A story about trams. " * 500 + b"</rss>"


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}


def decode(data: bytes, *codings: str, limit: int = 10**6, step: int = 10**9, cut: bool = False) -> bytes:
    decoder = BodyDecoder(codings, limit=limit, cut=cut)
    for start in range(0, len(data), step):
        decoder.feed(data[start : start + step])
    return decoder.finish()


@pytest.mark.parametrize("step", [1, 3, 1000, 10**9])
@pytest.mark.parametrize("coding", PACKERS)
def test_round_trip(coding: str, step: int) -> None:
    assert decode(PACKERS[coding](TEXT), coding, step=step) == TEXT


@pytest.mark.parametrize("outer", PACKERS)
@pytest.mark.parametrize("inner", PACKERS)
def test_nested(inner: str, outer: str) -> None:
    assert decode(PACKERS[outer](PACKERS[inner](TEXT)), inner, outer, step=100) == TEXT


@pytest.mark.parametrize("coding", PACKERS)
@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.999])
def test_truncated(coding: str, keep: float) -> None:
    data = PACKERS[coding](TEXT)
    with pytest.raises(ContentTruncatedError):
        decode(data[: max(5, int(len(data) * keep))], coding)


@pytest.mark.parametrize("coding", PACKERS)
def test_a_bomb_goes_off_at_the_ceiling(coding: str) -> None:
    bomb = PACKERS[coding](b" " * 20_000_000)
    decoder = BodyDecoder([coding], limit=1_000_000)
    with pytest.raises(ContentTooLargeError):
        decoder.feed(bomb)
    assert len(decoder.so_far()) <= 1_000_000


def test_what_lies_between_two_codings_is_bounded_too() -> None:
    empty_members = gzip.compress(gzip.compress(b"") * 1000 + b"")  # brings nothing, costs time
    with pytest.raises((ContentError, ContentTooLargeError)):
        decode(gzip.compress(empty_members * 2000), "gzip", "gzip", "gzip", limit=10_000)


def test_cut_keeps_the_beginning() -> None:
    assert decode(gzip.compress(TEXT), "gzip", limit=100, cut=True) == TEXT[:100]
    assert decode(TEXT, limit=100, cut=True, step=7) == TEXT[:100]


@pytest.mark.parametrize(
    ("data", "codings"),
    [
        (TEXT, ("gzip",)),
        (TEXT, ("br",)),
        (TEXT, ("zstd",)),
        (TEXT, ("deflate",)),
        (TEXT, ("gzip", "br")),
        (TEXT, ("sdch",)),
        (TEXT, ("utf-8",)),
        (TEXT, ("identity",)),
        (TEXT, ("none",)),
        (gzip.compress(TEXT), ()),
        (gzip.compress(TEXT), ("identity",)),
        (raw_deflate(TEXT), ("deflate",)),
        (gzip.compress(TEXT[:50]) + gzip.compress(TEXT[50:]), ("gzip",)),
        (gzip.compress(TEXT) + b"\0" * 100, ("gzip",)),
        (zstandard.compress(TEXT[:50]) + zstandard.compress(TEXT[50:]), ("zstd",)),
    ],
)
@pytest.mark.parametrize("step", [1, 10, 10**9])
def test_faults_of_real_servers(data: bytes, codings: tuple[str, ...], step: int) -> None:
    assert decode(data, *codings, step=step) == TEXT


def test_repairs_are_told() -> None:
    decoder = BodyDecoder(["gzip"], limit=10**6)
    decoder.feed(TEXT)
    assert decoder.finish() == TEXT
    assert decoder.repaired
    honest = BodyDecoder(["gzip"], limit=10**6)
    honest.feed(gzip.compress(TEXT))
    honest.finish()
    assert not honest.repaired


@pytest.mark.parametrize(
    ("data", "codings"),
    [
        (b"\x1f\x8b\x08" + b"\xff" * 100, ("gzip",)),
        (gzip.compress(TEXT)[:-8] + b"12345678", ("gzip",)),
        (b"\x28\xb5\x2f\xfd" + b"\xff" * 100, ("zstd",)),
        (b"\x91\x92" * 100, ("sdch",)),
        (b"\xff" * 100, ("br",)),
        (gzip.compress(b"") * 2000, ("gzip",)),
    ],
)
def test_what_is_broken_is_refused(data: bytes, codings: tuple[str, ...]) -> None:
    with pytest.raises(ContentError):
        decode(data, *codings)


def test_too_many_codings() -> None:
    with pytest.raises(ContentError):
        BodyDecoder(["gzip"] * 4, limit=1)


@pytest.mark.parametrize("coding", [*PACKERS, "sdch", "identity"])
@pytest.mark.parametrize("body", [b"", b"x", b"<", b"abc"])
def test_tiny_bodies_raise_nothing_unforeseen(coding: str, body: bytes) -> None:
    try:
        decode(body, coding)
    except (ContentError, ContentTruncatedError):
        assert body


def test_what_looks_like_text() -> None:
    for start in (b"<?xml", b"\xef\xbb\xbf\n <html", b'{"a"', b"[{", b"User-agent: *"):
        assert looks_textual(start)
    for start in (b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"x\x9c", b"plain", b""):
        assert not looks_textual(start)


CODINGS = st.lists(st.sampled_from([*PACKERS, "identity", "x-gzip", "sdch", "utf-8"]), max_size=3)


@given(st.binary(max_size=300), CODINGS, st.integers(1, 50))
def test_any_bytes_in_any_coding(data: bytes, codings: list[str], step: int) -> None:
    with contextlib.suppress(ContentError, ContentTooLargeError, ContentTruncatedError):
        assert len(decode(data, *codings, limit=1000, step=step)) <= 1000


@given(st.binary(max_size=2000), st.sampled_from(list(PACKERS)), st.integers(1, 200), st.data())
def test_flipped_bits(data: bytes, coding: str, step: int, draw: st.DataObject) -> None:
    packed = bytearray(PACKERS[coding](data))
    position = draw.draw(st.integers(0, len(packed) - 1))
    packed[position] ^= draw.draw(st.integers(1, 255))
    with contextlib.suppress(ContentError, ContentTooLargeError, ContentTruncatedError):
        assert len(decode(bytes(packed), coding, limit=5000, step=step)) <= 5000


@pytest.mark.parametrize("coding", PACKERS)
@pytest.mark.parametrize("size", [65_535, 65_536, 65_537, 65_536 + 258, 131_072, 131_073, 200_000])
def test_output_that_fills_a_piece_exactly_is_not_lost(coding: str, size: int) -> None:
    assert len(decode(PACKERS[coding](b"a" * size), coding)) == size
