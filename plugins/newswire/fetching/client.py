"""The client: one fetch from the guard to the judged answer. All decisions are elsewhere; this is the order of things.

    for every hop:  guard -> permissions (robots.txt; tdmrep.json of pages) -> the host's turn -> exchange -> redirect or answer
    at the end:     judge, and tell the host's gate what was learnt (429, host down)

A seat at the gate is held for exactly one request, never while waiting for another seat, so there is no deadlock.
"""

from __future__ import annotations

import asyncio
import functools
import logging
import time
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import TracebackType

from newswire.fetching.addresses import Address
from newswire.fetching.connection import ERROR_BODY, LARGE_AT_ONCE, REDIRECTS, Answer, Connection, ExchangeError
from newswire.fetching.content import (
    ContentError,
    ContentTooLargeError,
    ContentTruncatedError,
    Decoded,
    decode_body,
)
from newswire.fetching.fetch_error import FetchError
from newswire.fetching.gate import HostGate, HostPausedError, LocalGate
from newswire.fetching.guard import RefusedError, Target, admit, join_location, other_reading, parse_target
from newswire.fetching.headers import Headers, clean_value, parse_retry_after, read_signals
from newswire.fetching.health import HEALTHY, HostHealth, is_host_failure, pause_after, rate_limit_pause
from newswire.fetching.messages import Failure, Redirect, Request, Response
from newswire.fetching.outcomes import judge
from newswire.fetching.permissions import Permissions
from newswire.fetching.policy import Kind, Policy
from newswire.fetching.resolver import NameNotFoundError, Resolver, SystemResolver
from newswire.fetching.robots import RobotsRecord
from newswire.fetching.sending import request_message
from newswire.fetching.stores import MemoryStore, OriginStore
from newswire.fetching.tdmrep import TdmRecord
from newswire.ledger import Fate, Reason

log = logging.getLogger(__name__)

MAX_IDLE = 128
"""Open connections kept for the next request, over all hosts: asyncio gives each TLS one a buffer of 256 KiB."""

DECODERS = 2
"""Threads that unpack bodies; also the number of bombs that can go off at the same time."""
INLINE = 4096
"""A body of fewer bytes is unpacked at once: the way to a thread and back costs more than it saves."""


def _fault_of_ours(error: Exception) -> FetchError:
    """What a server sends must not end a batch, even where it finds a fault of ours: a person looks at it later."""
    log.error("a response could not be handled", exc_info=error)
    return FetchError(Reason.CRASHED, type(error).__name__, fate=Fate.QUARANTINE)


class _Fetch:
    """The state of one fetch under way."""

    def __init__(self, request: Request, deadline: float) -> None:
        self.request = request
        self.left = deadline
        """Seconds of talking that remain."""
        self.elapsed = 0.0
        self.redirects: tuple[Redirect, ...] = ()
        self.downgraded = False


class Client:
    """A polite HTTP client. Use as an async context manager; one instance per event loop.

    `fetch` never raises for anything that a server does.
    """

    def __init__(
        self,
        policy: Policy,
        *,
        gate: HostGate | None = None,
        robots: OriginStore[RobotsRecord] | None = None,
        reservations: OriginStore[TdmRecord] | None = None,
        resolver: Resolver | None = None,
    ) -> None:
        self.policy = policy
        self._gate: HostGate = gate if gate is not None else LocalGate()
        self._permissions = Permissions(
            policy,
            robots if robots is not None else MemoryStore[RobotsRecord](),
            reservations if reservations is not None else MemoryStore[TdmRecord](),
            self._own_request,
        )
        self._own_resolver = SystemResolver() if resolver is None else None
        self._resolver: Resolver = resolver if resolver is not None else self._own_resolver or SystemResolver()
        self._idle: OrderedDict[str, Connection] = OrderedDict()
        self._health: dict[str, HostHealth] = {}
        self._decoders = ThreadPoolExecutor(max_workers=DECODERS, thread_name_prefix="decode")
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._idle:
            self._idle.popitem()[1].close()
        if self._own_resolver is not None:
            self._own_resolver.close()
        self._decoders.shutdown(wait=False, cancel_futures=True)
        await asyncio.sleep(0)  # lets the loop drop the sockets

    # -- the one public verb

    async def fetch(self, request: Request) -> Response | Failure:
        """Fetch one document: the good answer (or 304), or why there is none. Never raises but for cancellation."""
        deadline = self.policy.robots_deadline if request.kind is Kind.ROBOTS else self.policy.total_deadline
        state = _Fetch(request, deadline)
        try:
            response = await self._follow(state)
        except FetchError as error:
            result: Response | Failure = self._failure(state, error)
        else:
            result = judge(response, request.kind, self.policy)
        return result

    # -- hops

    async def _follow(self, fetch: _Fetch) -> Response:
        """Ask, and follow redirects by hand, with every check at every hop."""
        kind = fetch.request.kind
        url = fetch.request.url
        previous: Target | None = None
        seen: set[str] = set()
        while True:
            target = await self._check(url)
            if previous is not None:
                fetch.downgraded |= previous.is_tls and not target.is_tls
            if target.url in seen:
                raise FetchError(Reason.TOO_MANY_REDIRECTS, "redirect loop")
            seen.add(target.url)
            gap = self.policy.min_gap
            if kind is not Kind.ROBOTS:
                gap = max(gap, await self._permissions.gap(target, kind))
            answer, address = await self._ask(fetch, target, gap)
            location = self._location(answer)
            if location is None:
                return self._response(fetch, target, answer, address, await self._decode(answer, kind))
            if len(fetch.redirects) >= self.policy.max_redirects:
                raise FetchError(Reason.TOO_MANY_REDIRECTS, f"more than {self.policy.max_redirects}")
            previous, url = target, join_location(target, location)
            fetch.redirects += (Redirect(answer.head.status, self._parse(url).url),)

    @staticmethod
    def _location(answer: Answer) -> bytes | None:
        """Where a redirect points to; None for every other answer."""
        status = answer.head.status
        if status not in REDIRECTS:
            return None
        locations = set(answer.head.values("location"))
        if not locations and status == 300:  # a choice that only a person can make
            return None
        if len(locations) != 1:
            raise FetchError(Reason.PROTOCOL, f"{status} with {len(locations) or 'no'} Location")
        return locations.pop()

    def _parse(self, url: str) -> Target:
        try:
            return parse_target(url, max_length=self.policy.max_url_length)
        except RefusedError as error:
            raise FetchError(error.reason, error.detail) from error

    async def _check(self, url: str) -> Target:
        """The target, or a refusal, as far as one can tell before the host's turn."""
        ambiguous = other_reading(url)
        if ambiguous is not None:  # parsers disagree about the host: a bad address, and worse if either host is inside
            for reading in (url, ambiguous):
                await self._admit(replace(self._parse(reading), has_credentials=False))
            raise FetchError(Reason.BAD_URL, "backslash in the authority")
        target = self._parse(url)
        if not isinstance(target.host, str) or target.has_credentials or target.port not in self.policy.allowed_ports:
            await self._admit(target)
        return target

    async def _admit(self, target: Target) -> tuple[Address, ...]:
        """Resolve, and keep the addresses that the guard allows."""
        try:
            found: tuple[Address, ...]
            if isinstance(target.host, str):
                async with asyncio.timeout(self.policy.connect_timeout):
                    found = await self._resolver.resolve(target.host)
            else:
                found = (target.host,)
            return admit(target, found, self.policy)
        except NameNotFoundError as error:
            raise FetchError(Reason.DNS, str(error)) from error
        except TimeoutError as error:
            raise FetchError(Reason.DNS, "no answer from the name server") from error
        except RefusedError as error:
            raise FetchError(error.reason, error.detail) from error

    # -- one request

    async def _ask(self, fetch: _Fetch, target: Target, gap: float) -> tuple[Answer, Address]:
        """One request in the host's turn, repeated once where the connection was reset.

        A GET is idempotent; and a kept connection that the server had closed meanwhile looks just like that.
        """
        for last in (False, True):
            try:
                async with self._gate.turn(target.host_name, gap=gap, patience=self.policy.patience):
                    try:
                        answer, address = await self._exchange(fetch, target)
                    except FetchError as error:
                        await self._learn(target, fetch.request.url, error.reason)
                        raise
                    await self._learn(target, fetch.request.url, None, answer)
                    return answer, address
            except HostPausedError as error:
                wait = max(0.0, (error.until - datetime.now(UTC)).total_seconds())
                raise FetchError(Reason.HOST_PAUSED, str(error.reason), retry_after=wait) from error
            except FetchError as error:
                if last or error.reason is not Reason.RESET or fetch.left <= 0:
                    raise
        raise AssertionError  # the second round returns or raises

    async def _exchange(self, fetch: _Fetch, target: Target) -> tuple[Answer, Address]:
        """Talk within what is left of the deadline."""
        message = request_message(fetch.request, target, self.policy)
        started = time.monotonic()
        try:
            async with asyncio.timeout(max(fetch.left, 0.0)):
                return await self._exchange_once(target, message, fetch.request.kind)
        except TimeoutError as error:
            raise FetchError(Reason.TIMEOUT, "no complete answer before the deadline") from error
        except (ExchangeError, FetchError) as error:
            raise FetchError(error.reason, error.detail) from error
        except Exception as error:
            raise _fault_of_ours(error) from error
        finally:
            spent = time.monotonic() - started
            fetch.elapsed += spent
            fetch.left -= spent

    async def _exchange_once(self, target: Target, message: bytes, kind: Kind) -> tuple[Answer, Address]:
        connection = self._reuse(target)
        if connection is None:
            connection = await Connection.open(target, await self._admit(target), self.policy)
        try:
            answer = await connection.exchange(message, kind, self.policy, self._large)
        finally:
            self._keep(target, connection)
        return answer, connection.address

    def _reuse(self, target: Target) -> Connection | None:
        """The open connection to the target's host, if it leads to the same origin; another one is closed."""
        connection = self._idle.pop(target.host_name, None)
        if connection is not None and (connection.origin != target.origin or not connection.is_usable):
            connection.close()
            return None
        return connection

    def _keep(self, target: Target, connection: Connection) -> None:
        if not connection.is_usable:
            connection.close()
            return
        self._idle[target.host_name] = connection
        if len(self._idle) > MAX_IDLE:
            self._idle.popitem(last=False)[1].close()

    async def _decode(self, answer: Answer, kind: Kind) -> Decoded:
        """Unpack and hash the body, in a thread where that takes long: the host's turn is over, others go on."""
        suffices = answer.status_suffices
        work = functools.partial(
            decode_body,
            answer.raw,
            answer.codings,
            limit=ERROR_BODY if suffices else self.policy.limits[kind].body_bytes,
            cut=suffices or kind is Kind.ROBOTS,
            forgiving=suffices,
        )
        try:
            if len(answer.raw) < INLINE:
                return work()
            return await asyncio.get_running_loop().run_in_executor(self._decoders, work)
        except ContentTruncatedError as error:
            raise FetchError(Reason.TRUNCATED, str(error)) from error
        except ContentTooLargeError as error:
            raise FetchError(Reason.TOO_LARGE, str(error)) from error
        except ContentError as error:
            raise FetchError(Reason.ENCODING, str(error)) from error
        except Exception as error:
            raise _fault_of_ours(error) from error

    def _response(self, fetch: _Fetch, target: Target, answer: Answer, address: Address, decoded: Decoded) -> Response:
        headers = Headers((name, clean_value(value)) for name, value in answer.head.fields)
        return Response(
            url=fetch.request.url,
            final_url=target.url,
            status=answer.head.status,
            headers=headers,
            body=decoded.body,
            body_hash=decoded.body_hash,
            wire_bytes=answer.wire_bytes,
            elapsed=fetch.elapsed,
            redirects=fetch.redirects,
            address=str(address),
            downgraded=fetch.downgraded,
            fetched_at=datetime.now(UTC),
            conditional=fetch.request.is_conditional,
            signals=read_signals(headers, product_token=self.policy.product_token),
            repaired=decoded.repaired,
            body_skipped=answer.body_skipped,
        )

    @staticmethod
    def _failure(fetch: _Fetch, error: FetchError) -> Failure:
        return Failure(
            url=fetch.request.url,
            reason=error.reason,
            detail=clean_value(error.detail.encode("utf-8", "replace"))[:300],
            fate=error.fate,
            retry_after=error.retry_after,
            redirects=fetch.redirects,
            elapsed=fetch.elapsed,
            fetched_at=datetime.now(UTC),
        )

    async def _own_request(self, request: Request) -> Response:
        """A file that says what the origin permits. Raises `FetchError`."""
        fetch = _Fetch(request, self.policy.robots_deadline)
        try:
            return await self._follow(fetch)
        except FetchError as error:
            error.redirected = bool(fetch.redirects)
            raise

    # -- what a host taught us

    async def _learn(self, target: Target, url: str, reason: Reason | None, answer: Answer | None = None) -> None:
        """Count for the circuit breaker, and pause the host after 429 or where it is down. Held in the host's turn."""
        host, policy = target.host_name, self.policy
        origin = target.origin  # what fails on one port of a host says nothing of another
        health = self._health.get(origin, HEALTHY)
        status = answer.head.status if answer is not None else None
        if status == 429 and answer is not None:
            health = health.after_rate_limit()
            asked = parse_retry_after(
                [clean_value(value) for value in answer.head.values("retry-after")],
                now=datetime.now(UTC),
                server_date=next((clean_value(value) for value in answer.head.values("date")), None),
                cap=policy.max_retry_after,
            )
            pause = rate_limit_pause(health.rate_limits, asked.seconds if asked else None, policy)
            await self._pause(host, pause, Reason.RATE_LIMITED)
        elif is_host_failure(reason, status):
            health = health.after_failure(url)
            if health.is_down(policy):
                health = health.after_opening()
                pause = pause_after(health.openings, first=policy.breaker_pause, longest=policy.breaker_max_pause)
                await self._pause(host, pause, Reason.HOST_PAUSED)
        else:
            health = HEALTHY
        if health == HEALTHY:
            self._health.pop(origin, None)
        else:
            self._health[origin] = health

    async def _pause(self, host: str, seconds: float, reason: Reason) -> None:
        await self._gate.pause(host, datetime.now(UTC) + timedelta(seconds=seconds), reason)
