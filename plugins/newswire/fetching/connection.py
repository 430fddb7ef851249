"""One connection to one origin: dial exactly the admitted address, exchange requests for bounded answers.

Nothing here decides anything: errors come out as `ExchangeError` with the ledger's reason.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from newswire.fetching.addresses import Address
from newswire.fetching.content import ContentTooLargeError
from newswire.fetching.guard import Target
from newswire.fetching.headers import parse_media_type
from newswire.fetching.outcomes import is_media_type_of_no_page
from newswire.fetching.policy import Kind, Limits, Policy
from newswire.fetching.wire import Head, ProtocolError, ResponseParser, TruncatedError
from newswire.ledger import Reason

REDIRECTS: Final = frozenset({300, 301, 302, 303, 307, 308})
ERROR_BODY = 256 * 1024
"""Most body bytes of an answer that brings no document: enough to recognise a bot check."""
ERROR_BODY_SECONDS = 3.0
"""How long such a body is waited for."""
LARGE_BODY = 1024 * 1024
"""A body beyond this is large: few real ones are."""
LARGE_AT_ONCE = 6
"""Large bodies read at the same time: fifty hosts that all send the 16 MiB that they may cost 100 MB and not 800; the
others wait with their sockets paused, within their deadlines."""
READ_AHEAD = 256 * 1024
"""Bytes that may wait unread before the socket is paused: enough to keep a fast body flowing."""


class ExchangeError(Exception):
    """Dialling or talking failed."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Answer:
    """A response as it came: head, body still in its codings, and what it cost."""

    head: Head
    raw: bytes
    codings: tuple[str, ...]
    """In the order in which they were applied."""
    wire_bytes: int
    body_skipped: bool

    @property
    def status_suffices(self) -> bool:
        """Whether the status alone is an answer: anything but a document."""
        return self.head.status not in (200, 203)


class _Socket(asyncio.Protocol):
    """Bytes of a transport, read one piece at a time, with the socket paused while too many wait."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self._waiting: asyncio.Future[None] | None = None
        self._buffer = bytearray()
        self._paused = False
        self.ended = False
        self.error: Exception | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if len(self._buffer) > READ_AHEAD and not self._paused and self.transport is not None:
            self._paused = True
            self.transport.pause_reading()
        self._wake()

    def eof_received(self) -> bool:
        self.ended = True
        self._wake()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self.ended = True
        self.error = exc
        self._wake()

    @property
    def has_unread(self) -> bool:
        return bool(self._buffer)

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    async def read(self) -> bytes:
        """The bytes that have come, at least one, or none at the end. Raises OSError where the end was a failure."""
        while not self._buffer:
            if self.error is not None:
                raise self.error
            if self.ended:
                return b""
            self._waiting = asyncio.get_running_loop().create_future()
            try:
                await self._waiting
            finally:
                self._waiting = None
        data = bytes(self._buffer)
        self._buffer.clear()
        if self._paused and self.transport is not None:
            self._paused = False
            self.transport.resume_reading()
        return data


@lru_cache(maxsize=8)
def tls_context(ca_file: str | None) -> ssl.SSLContext:
    """Verification of chain and name is always on; only further authorities can be added."""
    context = ssl.create_default_context()
    if ca_file is not None:
        context.load_verify_locations(cafile=ca_file)
    context.set_alpn_protocols(["http/1.1"])  # see newswire.fetching.wire on HTTP/2
    return context


class Connection:
    """An open connection to `origin` at `address`."""

    def __init__(self, origin: str, address: Address, sock: _Socket) -> None:
        self.origin = origin
        self.address = address
        self._socket = sock
        self._reusable = True

    @property
    def is_usable(self) -> bool:
        """Whether another request may be sent: still open, and nothing came that was not asked for."""
        return self._reusable and not self._socket.ended and not self._socket.has_unread

    def close(self) -> None:
        """Close at once: a polite TLS goodbye would wait for a peer who may never answer."""
        self._reusable = False
        if self._socket.transport is not None:
            self._socket.transport.abort()

    @staticmethod
    async def open(target: Target, addresses: tuple[Address, ...], policy: Policy) -> Connection:
        """Connect to the first of `addresses` that answers. Raises `ExchangeError`.

        The deadline is the caller's; `policy.connect_timeout` is shared by the addresses, so that a dead first one
        leaves time for the second.
        """
        error = ExchangeError(Reason.CONNECT, "no address")
        tried = addresses[:4]  # a name with forty dead addresses gets no forty timeouts
        for position, address in enumerate(tried):
            share = policy.connect_timeout / (len(tried) - position) if position < len(tried) - 1 else None
            try:
                sock = await _dial(target, address, policy, share or policy.connect_timeout)
                return Connection(target.origin, address, sock)
            except ExchangeError as failed:
                error = failed
                if failed.reason is Reason.TLS:
                    break  # a certificate is not better at the next address
        raise error

    async def exchange(self, request: bytes, kind: Kind, policy: Policy, large: asyncio.Semaphore) -> Answer:
        """Send one request and read its answer within the limits. Raises `ExchangeError`; the deadline is the caller's.

        `large` is shared by all connections and held while a large body is read.
        The body of a redirect is never waited for, and that of an error only briefly: their status says it all.
        Leaves the connection usable only after an answer that ended exactly where it said it would.
        """
        assert self._socket.transport is not None
        reusable, self._reusable = self._reusable, False  # until this answer has been read to its end
        parser = ResponseParser(max_header_bytes=policy.max_header_bytes, max_header_lines=policy.max_header_lines)
        reader = _AnswerReader(parser, kind, policy.limits[kind])
        self._socket.transport.write(request)
        try:
            await self._read(reader, large)
        except (OSError, ProtocolError, TruncatedError, ContentTooLargeError) as error:
            if not reader.status_suffices:
                raise _exchange_error(error, reader.received) from error
        self._reusable = reusable and parser.reusable and reader.finished
        return reader.answer()

    async def _read(self, reader: _AnswerReader, large: asyncio.Semaphore) -> None:
        async with asyncio.timeout(None) as clock, contextlib.AsyncExitStack() as held:
            is_large = False
            while not reader.finished:
                reader.take(await self._socket.read())
                if reader.status_suffices and clock.when() is None:
                    clock.reschedule(asyncio.get_running_loop().time() + ERROR_BODY_SECONDS)
                if not is_large and reader.body_bytes > LARGE_BODY and not reader.finished:
                    await held.enter_async_context(large)
                    is_large = True


class _AnswerReader:
    """Collects an answer and knows when enough of it has been read."""

    def __init__(self, parser: ResponseParser, kind: Kind, limits: Limits) -> None:
        self._parser = parser
        self._kind = kind
        self._limit = limits.wire_bytes
        self._cut = kind is Kind.ROBOTS
        self._raw = bytearray()
        self._begun = False
        self._skipped = False
        self.received = 0
        self.finished = False

    @property
    def body_bytes(self) -> int:
        """Bytes held of the body so far."""
        return len(self._raw)

    @property
    def status_suffices(self) -> bool:
        """Whether the status alone is an answer: anything but a document."""
        return self._parser.head is not None and self._parser.head.status not in (200, 203)

    def take(self, data: bytes) -> None:
        """Bytes from the peer, none at its end. Raises `ProtocolError`, `TruncatedError`, `ContentTooLargeError`."""
        self.received += len(data)
        if not data:
            self._parser.eof()
        pieces = self._parser.feed(data) if data else []
        head = self._parser.head
        if head is None:
            return
        if not self._begun:
            self._begin(head)
            if self.finished:
                return
        for piece in pieces:
            self._raw += piece
        # framing counts: a megabyte of chunk extensions around every byte is a body of megabytes
        full = len(self._raw) + self._parser.overhead > self._limit
        if full and not self._cut:
            raise ContentTooLargeError(f"more than {self._limit} bytes on the wire")
        self.finished = self._parser.complete or full

    def answer(self) -> Answer:
        """What was read, complete or not."""
        head = self._parser.head
        assert head is not None
        return Answer(
            head=head,
            raw=bytes(self._raw),
            codings=(*head.tokens("content-encoding"), *self._parser.transfer_codings),
            wire_bytes=len(self._raw) + self._parser.overhead,
            body_skipped=self._skipped,
        )

    def _begin(self, head: Head) -> None:
        """Decide from the headers whether the body is worth reading at all, and how much of it."""
        self._begun = True
        if self.status_suffices:
            self._limit, self._cut = ERROR_BODY, True
            self.finished = head.status in REDIRECTS and not self._parser.complete
            return
        media_type = parse_media_type((head.values("content-type") or [b""])[0].decode("latin-1"))
        if self._kind is Kind.PAGE and is_media_type_of_no_page(media_type):
            self._skipped = self.finished = True
            return
        length = self._parser.content_length
        if length is not None and length > self._limit and not self._cut:
            raise ContentTooLargeError(f"Content-Length of {length} bytes")


def _exchange_error(error: Exception, received: int) -> ExchangeError:
    """The ledger's reason for what went wrong between request and answer."""
    match error:
        case ProtocolError():
            return ExchangeError(Reason.PROTOCOL, str(error))
        case TruncatedError() if received == 0:
            return ExchangeError(Reason.RESET, "closed without an answer")
        case TruncatedError():
            return ExchangeError(Reason.TRUNCATED, str(error))
        case ContentTooLargeError():
            return ExchangeError(Reason.TOO_LARGE, str(error))
        case ssl.SSLError():
            return ExchangeError(Reason.TLS, _tls_detail(error))
        case _:
            return ExchangeError(Reason.RESET, f"{type(error).__name__} after {received} bytes")


async def _dial(target: Target, address: Address, policy: Policy, seconds: float) -> _Socket:
    """TCP, then TLS where asked, to exactly `address`. The one place where Newswire opens a socket to a server."""
    loop = asyncio.get_running_loop()
    raw = socket.socket(socket.AF_INET6 if address.version == 6 else socket.AF_INET, socket.SOCK_STREAM)
    tls = tls_context(policy.ca_file) if target.is_tls else None
    stage = Reason.CONNECT
    try:
        raw.setblocking(False)
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        async with asyncio.timeout(seconds):
            await loop.sock_connect(raw, (str(address), target.port))
            stage = Reason.TLS if tls is not None else Reason.CONNECT
            _, protocol = await loop.create_connection(
                _Socket, sock=raw, ssl=tls, server_hostname=target.host_name if tls is not None else None
            )
    except BaseException as error:  # also cancellation: the socket must not outlive it
        raw.close()
        if isinstance(error, ssl.SSLError):
            raise ExchangeError(Reason.TLS, _tls_detail(error)) from error
        if isinstance(error, TimeoutError) and stage is Reason.CONNECT:
            raise ExchangeError(Reason.TIMEOUT, f"no connection to {address} within {seconds:g} s") from error
        if isinstance(error, OSError):  # includes a handshake that never ends
            raise ExchangeError(stage, f"{type(error).__name__} at {address}") from error
        raise
    return protocol


def _tls_detail(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"certificate: {error.verify_message}"[:200]
    return (error.reason or type(error).__name__)[:200]
