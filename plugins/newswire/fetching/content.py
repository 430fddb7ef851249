"""Content decoding with a ceiling: gzip, deflate, br and zstd, nested too, streamed, bounded, checked for their end.

A decoder never holds more than a piece of output beyond the ceiling, whatever the input promises: 314 bytes of brotli
can mean 256 MB.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import brotli  # type: ignore[import-untyped]
import zstandard

PIECE = 64 * 1024
"""Most output taken from a decoder at once: the bound on what a bomb can make us hold."""
MAX_CODINGS = 3
"""Codings on top of each other; two happen (a proxy compressing twice), more is an attack."""
MAX_MEMBERS = 1024
"""gzip members (or zstd frames) in one body: blocked gzip needs 256 for 16 MB; empty ones only cost time."""
ZSTD_WINDOW = 8 * 1024 * 1024
"""RFC 9659: a zstd window for HTTP is at most 8 MB; a frame may ask for gigabytes."""
_ZSTD_SLICE = 64
"""The zstd binding has no output limit; 3 bytes can mean 128 KB, so 64 bytes mean at most 2.7 MB at once."""


class ContentError(Exception):
    """The body is not what its Content-Encoding says."""


class ContentTooLargeError(Exception):
    """The decoded body exceeds its ceiling."""


class ContentTruncatedError(Exception):
    """The compressed stream ended before its own end mark."""


class _Stage(Protocol):
    """One coding: bytes in, pieces of at most about `PIECE` bytes out."""

    def feed(self, data: bytes) -> Iterator[bytes]: ...
    def finish(self) -> None:
        """Raises `ContentTruncatedError` where the end mark has not been seen."""


class _Zlib:
    """gzip (several members, as the standard allows) and deflate (zlib-wrapped, or raw as some servers send it)."""

    def __init__(self, *, gzip: bool) -> None:
        self._name = "gzip" if gzip else "deflate"
        self._decoder: zlib._Decompress | None = None
        self._held = b""
        self._members = 0
        self._done = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        data = self._held + data
        while not self._done:
            if self._decoder is None:
                self._held = data
                if len(data) < 2 or not self._begin(data):
                    return
                self._held = b""
            assert self._decoder is not None
            try:
                piece = self._decoder.decompress(data, PIECE)
            except zlib.error as error:
                raise ContentError(f"{self._name}: {error}") from error
            if piece:
                yield piece
            data = self._decoder.unconsumed_tail
            if self._decoder.eof:
                data, self._decoder = self._decoder.unused_data, None
                self._members += 1
            elif not data and len(piece) < PIECE:  # a full piece may leave more behind, although all input is consumed
                return

    def _begin(self, start: bytes) -> bool:
        """Open the stream, or its next member; bytes after the last one are padding, and nothing that is ours."""
        if self._name == "deflate":
            # RFC 1950: CM is 8 and the first two bytes are a multiple of 31
            wrapped = start[0] & 0x0F == 8 and (start[0] * 256 + start[1]) % 31 == 0
            self._decoder = None if self._members else zlib.decompressobj(15 if wrapped else -15)
        elif self._members == 0 or start.startswith(_GZIP_MAGIC[:2]):
            self._decoder = zlib.decompressobj(31)
        if self._members >= MAX_MEMBERS:
            raise ContentError("gzip: too many members")
        self._done = self._decoder is None
        return not self._done

    def finish(self) -> None:
        if self._members == 0 or self._decoder is not None:
            raise ContentTruncatedError(f"{self._name} stream without its end")


class _Brotli:
    def __init__(self) -> None:
        self._decoder = brotli.Decompressor()
        self._done = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._done:
            return
        decoder = self._decoder
        while True:
            try:
                piece = decoder.process(data, output_buffer_limit=PIECE)
            except brotli.error as error:  # bytes after the end of the stream, too: the library gives no way to tell
                raise ContentError("brotli: invalid stream") from error
            data = b""
            if piece:
                yield piece
            self._done = decoder.is_finished()
            if self._done or not piece:  # `can_accept_more_data` says yes while output is still waiting
                return

    def finish(self) -> None:
        if not self._done:
            raise ContentTruncatedError("brotli stream without its end")


class _Zstd:
    """One frame after another, as RFC 8878 section 3 allows."""

    def __init__(self) -> None:
        self._factory = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW)
        self._decoder: zstandard.ZstdDecompressionObj | None = None
        self._held = b""
        self._frames = 0
        self._done = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        data = self._held + data
        position = 0
        while not self._done:
            if self._decoder is None:
                self._held = data[position:]
                if len(self._held) < 4 or not self._begin(self._held):
                    return
                self._held = b""
            assert self._decoder is not None
            part = data[position : position + _ZSTD_SLICE]
            if not part:
                return
            position += len(part)
            try:
                piece = self._decoder.decompress(part)
            except zstandard.ZstdError as error:
                raise ContentError("zstd: invalid stream") from error
            if piece:
                yield piece
            if self._decoder.eof:
                position -= len(self._decoder.unused_data)
                self._decoder = None
                self._frames += 1

    def _begin(self, start: bytes) -> bool:
        if self._frames >= MAX_MEMBERS:
            raise ContentError("zstd: too many frames")
        if self._frames == 0 or start.startswith(_ZSTD_MAGIC):
            self._decoder = self._factory.decompressobj()
        self._done = self._decoder is None
        return not self._done

    def finish(self) -> None:
        if self._frames == 0 or self._decoder is not None:
            raise ContentTruncatedError("zstd stream without its end")


_STAGES: Final[dict[str, Callable[[], _Stage]]] = {
    "gzip": lambda: _Zlib(gzip=True),
    "x-gzip": lambda: _Zlib(gzip=True),
    "deflate": lambda: _Zlib(gzip=False),
    "br": _Brotli,
    "zstd": _Zstd,
}
ACCEPTED: Final = "gzip, deflate, br, zstd"
"""What we offer in Accept-Encoding."""

# Said in Content-Encoding by servers that mean no coding at all: character sets, and upload framing that leaked
_NO_CODING: Final = re.compile(r"identity|none|binary|aws-chunked|utf-?8|iso-8859-\d+|windows-125\d|7bit|8bit|chunked")
_TEXTUAL: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<[!?a-z]|\{\s*[\"}]|\[\s*[\[{\"])|user-agent\s*:", re.IGNORECASE)
_GZIP_MAGIC: Final = b"\x1f\x8b\x08"
_ZSTD_MAGIC: Final = b"\x28\xb5\x2f\xfd"


def looks_textual(start: bytes) -> bool:
    """Whether a body starts as markup, JSON or robots rules do, rather than as compressed bytes."""
    return _TEXTUAL.match(start) is not None


class BodyDecoder:
    """Collects a body through its codings.

    `codings` in the order in which they were applied (the order of Content-Encoding, then of Transfer-Encoding).
    A body that is plain text although a coding is declared is taken as it is, and a gzip body that declares none is
    unpacked: both are common faults of real servers. With `cut`, a body beyond the ceiling ends there quietly
    (`full` turns true) instead of raising.
    """

    __slots__ = ("_between", "_body", "_cut", "_limit", "_plain", "_raw", "_stages", "_unknown", "full", "repaired")

    def __init__(self, codings: Sequence[str], *, limit: int, cut: bool = False) -> None:
        wanted = [coding for coding in codings if not _NO_CODING.fullmatch(coding)]
        if len(wanted) > MAX_CODINGS:
            raise ContentError("too many content codings")
        self._unknown = next((coding for coding in wanted if coding not in _STAGES), None)
        self._stages = [] if self._unknown else [_STAGES[coding]() for coding in reversed(wanted)]
        self._plain = not wanted
        self._limit = limit
        self._cut = cut
        self._body = bytearray()
        self._between = 0
        self._raw: bytearray | None = bytearray()
        """The first bytes as they came, until it is certain that the declared coding is true."""
        self.full = False
        self.repaired = False
        """Whether the declared coding was wrong and the body was taken otherwise."""

    def feed(self, data: bytes) -> None:
        """Raises `ContentError`, `ContentTooLargeError`."""
        if self.full or not data:
            return
        if self._raw is not None:
            self._raw += data
            if len(self._raw) < _SNIFF:
                return  # too little to judge by
            if len(self._raw) == len(data) or len(self._raw) - len(data) < _SNIFF:
                data = bytes(self._raw)
                self._sniff(data)
        try:
            self._push(data)
        except ContentError:
            if not self._take_as_plain():
                raise
        if self._raw is not None and len(self._raw) > PIECE:
            self._raw = None

    def finish(self) -> bytes:
        """The whole body. Raises `ContentTruncatedError`, `ContentError`, `ContentTooLargeError`."""
        if self._raw is not None and 0 < len(self._raw) < _SNIFF:
            start = bytes(self._raw)
            self._sniff(start)
            self._push(start)
        if not self.full and (self._raw is None or self._raw):  # a body of no bytes is empty in any coding
            try:
                for stage in self._stages:
                    stage.finish()
            except ContentTruncatedError:
                if not self._take_as_plain():
                    raise
        return bytes(self._body)

    def so_far(self) -> bytes:
        """What has been decoded, complete or not."""
        return bytes(self._body)

    def _sniff(self, start: bytes) -> None:
        if self._plain and start.startswith(_GZIP_MAGIC):
            self._stages, self._plain, self.repaired = [_Zlib(gzip=True)], False, True
        elif self._unknown is not None:
            if not looks_textual(start):
                raise ContentError("unknown content coding")
            self._plain = self.repaired = True
        if self._plain:
            self._raw = None

    def _take_as_plain(self) -> bool:
        """Fall back to the bytes as they came, where those are text and none has been let go yet."""
        if self._raw is None or not looks_textual(bytes(self._raw[:256])):
            return False
        raw, self._raw = bytes(self._raw), None
        self._stages, self._plain, self.repaired = [], True, True
        self._body.clear()
        self._push(raw)
        return True

    def _push(self, data: bytes) -> None:
        for piece in self._through(self._stages, data):
            room = self._limit - len(self._body)
            if len(piece) > room:
                if not self._cut:
                    raise ContentTooLargeError(f"more than {self._limit} bytes decoded")
                self._body += piece[:room]
                self.full = True
                return
            self._body += piece

    def _through(self, stages: Sequence[_Stage], data: bytes) -> Iterator[bytes]:
        """Run bytes through nested codings, a bounded piece at a time, counting what lies between them, too."""
        if not stages:
            yield data
            return
        for piece in stages[0].feed(data):
            if len(stages) > 1:
                self._between += len(piece)
                if self._between > max(self._limit, PIECE) * MAX_CODINGS:
                    raise ContentTooLargeError("too much between two codings")
            yield from self._through(stages[1:], piece)


_SNIFF: Final = 4
"""Bytes needed to tell gzip, zstd and text apart."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A body out of its codings."""

    body: bytes
    body_hash: str
    """SHA-256, hexadecimal."""
    repaired: bool
    """Whether the declared coding was wrong and the body was taken otherwise."""


def decode_body(
    raw: bytes, codings: Sequence[str], *, limit: int, cut: bool = False, forgiving: bool = False
) -> Decoded:
    """Decode a whole body of at most `limit` bytes; `forgiving` takes a broken one as far as it goes.

    Raises `ContentError`, `ContentTruncatedError`, `ContentTooLargeError`. Holds no lock of the interpreter while it
    unpacks and hashes, so that threads help.
    """
    decoder = None
    try:
        decoder = BodyDecoder(codings, limit=limit, cut=cut)
        for start in range(0, len(raw), PIECE):
            decoder.feed(raw[start : start + PIECE])
        body = decoder.finish()
    except (ContentError, ContentTruncatedError, ContentTooLargeError):
        if not forgiving:
            raise
        body = decoder.so_far() if decoder is not None else b""
    return Decoded(body, hashlib.sha256(body).hexdigest(), decoder is not None and decoder.repaired)
