"""HTTP/1.1 responses off the wire: bytes in, events out, no I/O (RFC 9112).

Why an own parser: general clients either refuse what news servers really send (raw bytes in reason phrases, bare line
feeds) or hide what the ledger must tell apart: reset, truncated and malformed; wire bytes before decoding; interim
responses; bytes after the end of a body. Here every byte is counted, every loop is bounded, and all of it can be tested
with plain tables.

HTTP/2 is not offered on purpose: with one connection and one request at a time per host there is nothing to multiplex,
and a second parser would bring its own family of floods (rapid reset, CONTINUATION).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

MAX_INTERIM = 8
"""1xx responses before the real one: 103 Early Hints comes once or twice, a flood comes for ever."""
MAX_CHUNK_LINE = 4096
"""A chunk-size line with its extensions; nobody uses those, so a longer one is an attack."""


class ProtocolError(Exception):
    """The peer does not speak HTTP/1.x, or speaks it ambiguously."""


class TruncatedError(Exception):
    """The connection ended before the message did."""


@dataclass(frozen=True, slots=True)
class Head:
    """Status line and header fields as sent (names in lower case, values as bytes)."""

    version: str
    status: int
    fields: tuple[tuple[str, bytes], ...]

    def values(self, name: str) -> list[bytes]:
        return [value for key, value in self.fields if key == name]

    def tokens(self, name: str) -> list[str]:
        """The comma-separated tokens of a field, in lower case."""
        joined = b",".join(self.values(name)).decode("latin-1").lower()
        return [token for part in joined.split(",") if (token := part.strip(" \t"))]


# Lenient where no harm can come of it: no reason phrase, any bytes in it, any 1.x minor version.
_STATUS_LINE: Final = re.compile(rb"HTTP/1\.(\d)[ \t]+([1-9]\d\d)(?:[ \t].*)?", re.DOTALL)
_NAME: Final = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CHUNK_SIZE: Final = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;.*)?", re.DOTALL)
_DIGITS: Final = re.compile(rb"\d{1,18}")


class ResponseParser:
    """Parses one response to a GET.

    Feed it bytes; `head` is set as soon as the header section is complete, `feed` returns the body bytes that became
    available, `complete` turns true with the last one. `rest` holds bytes that came after the end: a server that sends
    more than it announced, so that the connection must not be used again.
    """

    __slots__ = (
        "_codings",
        "_header_left",
        "_interim",
        "_left",
        "_lines_left",
        "_pending",
        "_state",
        "complete",
        "head",
        "overhead",
        "rest",
    )

    def __init__(self, *, max_header_bytes: int, max_header_lines: int) -> None:
        self._header_left = max_header_bytes
        self._lines_left = max_header_lines
        self._interim = 0
        self._pending = bytearray()
        self._state = "head"
        self._left = 0
        self._codings: tuple[str, ...] = ()
        self.head: Head | None = None
        self.complete = False
        self.rest = b""
        self.overhead = 0
        """Bytes of chunk framing and trailers read so far."""

    @property
    def transfer_codings(self) -> tuple[str, ...]:
        """Codings applied before chunking, in the order applied (RFC 9112 section 6.1); mostly none."""
        return self._codings

    @property
    def content_length(self) -> int | None:
        """What Content-Length announces, where it frames the body."""
        return self._left if self._state == "length" else None

    @property
    def reusable(self) -> bool:
        """Whether the connection may carry another request after this response."""
        head = self.head
        return (
            self.complete
            and head is not None
            and head.version == "1.1"
            and "close" not in head.tokens("connection")
            and self._state != "close"
            and not self.rest
        )

    # -- driving it

    def feed(self, data: bytes) -> list[bytes]:
        """Take bytes from the peer; return body pieces. Raises `ProtocolError`."""
        pieces: list[bytes] = []
        self._pending += data
        while self._pending and not self.complete and self._step(pieces):
            pass
        if self.complete and self._pending:
            self.rest = bytes(self._pending[:64])
            self._pending.clear()
        return pieces

    def eof(self) -> None:
        """The peer closed its side. Raises `TruncatedError` unless the body may end so."""
        if self.complete:
            return
        if self._state in ("close", "trailers"):  # in trailers only the last line break is missing
            self.complete = True
        elif self.head is None and self._pending and not b"HTTP/".startswith(bytes(self._pending[:5])):
            self._refuse_other_protocol()
        else:
            raise TruncatedError(f"connection closed in the {self._state}")

    # -- the states

    def _step(self, pieces: list[bytes]) -> bool:
        """Advance by one element; False where more bytes are needed."""
        if self._state == "head":
            return self._step_head()
        if self._state == "length":
            piece = bytes(self._pending[: self._left])
            del self._pending[: self._left]
            self._left -= len(piece)
            pieces.append(piece)
            self.complete = self._left == 0
            return True
        if self._state == "close":
            pieces.append(bytes(self._pending))
            self._pending.clear()
            return True
        return self._step_chunked(pieces)

    def _step_head(self) -> bool:
        self._refuse_other_protocol()
        block = self._take_header_block()
        if block is None:
            return False
        head = self._parse_head(block)
        if head.status < 200:
            self._interim += 1
            if head.status == 101 or self._interim > MAX_INTERIM:
                raise ProtocolError("unasked protocol switch" if head.status == 101 else "flood of interim responses")
            return True
        self.head = head
        self._frame_body(head)
        return True

    def _step_chunked(self, pieces: list[bytes]) -> bool:
        pending = self._pending
        if self._state == "chunk":
            piece = bytes(pending[: self._left])
            del pending[: self._left]
            self._left -= len(piece)
            pieces.append(piece)
            if self._left == 0:
                self._state = "chunk-end"
            return True
        line = self._take_line(MAX_CHUNK_LINE)
        if line is None:
            return False
        self.overhead += len(line) + 2
        if self._state == "chunk-end":
            if line:
                raise ProtocolError("chunk longer than announced")
            self._state = "chunk-size"
        elif self._state == "chunk-size":
            match = _CHUNK_SIZE.fullmatch(line)
            if match is None:
                raise ProtocolError("malformed chunk size")
            self._left = int(match[1], 16)
            self._state = "chunk" if self._left else "trailers"
        elif not line:
            self.complete = True
        else:
            self._header_left -= len(line)
            self._lines_left -= 1
            if self._header_left < 0 or self._lines_left < 0:
                raise ProtocolError("flood of trailers")
        return True

    # -- lines and blocks

    def _take_line(self, limit: int) -> bytes | None:
        end = self._pending.find(b"\n", 0, limit + 2)
        if end < 0:
            if len(self._pending) > limit:
                raise ProtocolError("line too long")
            return None
        line = bytes(self._pending[:end])
        del self._pending[: end + 1]
        return line.removesuffix(b"\r")

    def _refuse_other_protocol(self) -> None:
        start = bytes(self._pending[:16]).lstrip(b"\r\n")  # RFC 9112 section 2.2: stray line breaks before a message
        if not (start.startswith(b"HTTP/") or b"HTTP/".startswith(start)):
            raise ProtocolError("no HTTP status line")

    def _take_header_block(self) -> list[bytes] | None:
        """The lines of a complete header section, without their line breaks."""
        match = _END_OF_HEAD.search(self._pending)
        size = match.end() if match else len(self._pending)
        if size > self._header_left:
            raise ProtocolError("header section too large")
        if match is None:
            # counting here bounds a slow flood of lines before the section ends
            if self._pending.count(b"\n") > self._lines_left:
                raise ProtocolError("too many header lines")
            return None
        block = bytes(self._pending[: match.end()])
        del self._pending[: match.end()]
        self._header_left -= size
        lines = [line.removesuffix(b"\r") for line in block.lstrip(b"\r\n").rstrip(b"\r\n").split(b"\n")]
        self._lines_left -= len(lines)
        if self._lines_left < 0:
            raise ProtocolError("too many header lines")
        return lines

    @staticmethod
    def _parse_head(lines: list[bytes]) -> Head:
        status = _STATUS_LINE.fullmatch(lines[0])
        if status is None:
            raise ProtocolError("malformed status line")
        fields: list[tuple[str, bytes]] = []
        for line in lines[1:]:
            if line[:1] in (b" ", b"\t") and fields:  # obs-fold, RFC 9112 section 5.2
                name, value = fields[-1]
                fields[-1] = (name, value + b" " + line.strip(b" \t"))
                continue
            name_bytes, colon, value = line.partition(b":")
            name_bytes = name_bytes.rstrip(b" \t")
            # a line that is no field says nothing about framing: browsers ignore it, and so do we
            if colon and _NAME.fullmatch(name_bytes):
                fields.append((name_bytes.decode("ascii").lower(), value.strip(b" \t\r")))
        return Head(version=f"1.{status[1].decode()}", status=int(status[2]), fields=tuple(fields))

    def _frame_body(self, head: Head) -> None:
        """How long the body is (RFC 9112 section 6.3). Two answers to that are a smuggling attempt."""
        lengths = [part.strip(b" \t") for value in head.values("content-length") for part in value.split(b",")]
        # RFC 7230 took "identity" out of the codings; some servers still send it, beside a length
        codings = [coding for coding in head.tokens("transfer-encoding") if coding != "identity"]
        if head.status in (204, 304):
            self._state, self.complete = "length", True
            return
        if codings:
            if lengths:
                raise ProtocolError("both Transfer-Encoding and Content-Length")
            if codings[-1] == "chunked":
                self._state, codings = "chunk-size", codings[:-1]
            else:
                self._state = "close"
            if "chunked" in codings:
                raise ProtocolError("chunked twice or not last")
            self._codings = tuple(codings)
        elif lengths:
            if len(set(lengths)) > 1 or not _DIGITS.fullmatch(lengths[0]):
                raise ProtocolError("malformed or contradictory Content-Length")
            self._state, self._left = "length", int(lengths[0])
            self.complete = self._left == 0
        else:
            self._state = "close"


_END_OF_HEAD: Final = re.compile(rb"(?<=[^\r\n])\r?\n\r?\n")
