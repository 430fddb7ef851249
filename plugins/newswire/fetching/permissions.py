"""What an origin permits: its robots.txt and its tdmrep.json, asked for where they are not known, and obeyed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from newswire.fetching import robots, robots_asked, tdmrep
from newswire.fetching.fetch_error import FetchError
from newswire.fetching.guard import Target
from newswire.fetching.messages import Request, Response
from newswire.fetching.policy import Kind, Policy
from newswire.fetching.robots import RobotsRecord
from newswire.fetching.stores import OriginStore
from newswire.fetching.tdmrep import TdmRecord
from newswire.ledger import Fate, Reason


class Permissions:
    """Decides for one client whether a target may be asked for, and how slowly."""

    def __init__(
        self,
        policy: Policy,
        robots_store: OriginStore[RobotsRecord],
        tdm_store: OriginStore[TdmRecord],
        ask: Callable[[Request], Awaitable[Response]],
    ) -> None:
        """`ask` fetches one of these files by all the rules of the client, or raises `FetchError`."""
        self._policy = policy
        self._robots = robots_store
        self._tdm = tdm_store
        self._ask = ask
        self._asking: dict[str, asyncio.Lock] = {}

    async def gap(self, target: Target, kind: Kind) -> float:
        """The Crawl-delay of the target's host, or 0.

        Raises:
            FetchError: robots.txt forbids the target, or a page's mining is reserved.
        """
        record = await self._robots_record(target)
        permission = robots.permission(record, target.path, kind, now=datetime.now(UTC), policy=self._policy)
        if permission.refusal is not None:
            raise FetchError(permission.refusal, permission.detail, retry_after=permission.retry_after)
        delay = permission.crawl_delay or 0.0
        if (
            kind is Kind.PAGE
            and self._policy.honour_tdm
            and (await self._tdm_record(target, delay)).reserves(target.path)
        ):
            raise FetchError(Reason.TDM_OPTOUT, f"reserved by {tdmrep.PATH}", fate=Fate.SKIP)
        return delay

    async def _robots_record(self, target: Target) -> RobotsRecord:
        """The origin's record, asked for anew where it has expired; by one asker at a time."""
        origin = target.origin
        async with self._asking.setdefault(f"{origin}/robots.txt", asyncio.Lock()):
            record = await self._robots.get(origin)
            if record is None or record.expires_at <= datetime.now(UTC):
                record = await self._ask_robots(origin, record)
                await self._robots.put(origin, record)
        return record

    async def _ask_robots(self, origin: str, previous: RobotsRecord | None) -> RobotsRecord:
        try:
            response = await self._ask(Request(f"{origin}/robots.txt", Kind.ROBOTS))
        except FetchError as error:
            if error.reason is Reason.HOST_PAUSED:
                raise
            return robots_asked.unanswered(
                origin,
                error.reason,
                error.detail,
                redirected=error.redirected,
                previous=previous,
                now=datetime.now(UTC),
                policy=self._policy,
            )
        return robots_asked.answered(origin, response, previous=previous, policy=self._policy)

    async def _tdm_record(self, target: Target, delay: float) -> TdmRecord:
        """The same for tdmrep.json."""
        origin = target.origin
        async with self._asking.setdefault(origin + tdmrep.PATH, asyncio.Lock()):
            record = await self._tdm.get(origin)
            if record is None or record.expires_at <= datetime.now(UTC):
                record = await self._ask_tdm(origin, record, delay)
                await self._tdm.put(origin, record)
        return record

    async def _ask_tdm(self, origin: str, previous: TdmRecord | None, delay: float) -> TdmRecord:
        try:
            response = await self._ask(Request(origin + tdmrep.PATH, Kind.TDMREP))
        except FetchError as error:
            if error.reason is Reason.HOST_PAUSED:
                raise
            words, now = f"{error.reason}: {error.detail}", datetime.now(UTC)
            if error.reason in tdmrep.UNANSWERED:
                return tdmrep.unanswered(origin, words, previous=previous, delay=delay, now=now, policy=self._policy)
            return tdmrep.absent(origin, words, delay=delay, now=now, policy=self._policy)
        return tdmrep.answered(origin, response, previous=previous, delay=delay, policy=self._policy)
