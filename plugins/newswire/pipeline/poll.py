"""Poll: ask the due feeds, note what they list, decide when to ask again."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from newswire.fetching import Client, Failure, Kind, Request, Response
from newswire.ledger import Fate, Reason
from newswire.pipeline.context import Context
from newswire.pipeline.hosts import Station, drain, owner_name, started
from newswire.pipeline.leases import LeaseGate, claim_hosts
from newswire.pipeline.origins import polite_client
from newswire.pipeline.sandbox import Killed, Limits, Sandbox
from newswire.pipeline.schedule import Decision, decide, result_of
from newswire.pipeline.writing import fault
from newswire.polling import (
    Entry,
    Feed,
    FeedRejected,
    PollHistory,
    https_twin,
    needs_rediscovery,
    parse_feed,
)
from newswire.storage import json_rows
from newswire.urls import host_of, identity, same_site, site_of

log = logging.getLogger(__name__)

PARSE_WORKERS = 1
"""Feeds are parsed beside the waiting for others; one process reads about as many entries a second as 500 hosts list."""

PARSE_LIMITS = Limits(seconds=20.0, megabytes=1024)
"""feedparser needs milliseconds for a feed and some ten times its size; the largest accepted feed is 16 MiB."""


@dataclass(frozen=True, slots=True)
class DueFeed:
    """A feed to poll: the row of feeds_to_poll."""

    row: Any
    now: datetime


@dataclass(frozen=True, slots=True)
class Polled:
    """A due feed and what came of it."""

    due: DueFeed
    answer: Response | Failure
    outcome: str
    """parsed, same-body, not-modified, rejected or failed: see news.polls."""
    feed: Feed | None
    reason: Reason | None
    detail: str | None
    discovered: tuple[str, ...] = ()
    """Feeds that the outlet's page links to, where this one is no more."""
    twin: str | None = None
    """The https address under which a feed answered whose http port is dead."""


def poll(context: Context) -> int:
    """Poll what is due in this shard, within the time of the context. Returns how many feeds were asked."""
    return asyncio.run(_poll(context))


async def _poll(context: Context) -> int:
    settings, database, selection = context.settings, context.database, context.selection
    owner = owner_name()
    began = started(database)
    with (
        ThreadPoolExecutor(max_workers=3, thread_name_prefix="poll-db") as executor,
        Sandbox(_parse, PARSE_WORKERS, PARSE_LIMITS) as sandbox,
    ):
        gate = LeaseGate(database, owner, executor)
        async with polite_client(settings, database, gate, executor) as client:

            def claim(n: int) -> Sequence[Any]:
                def claimed(connection: Any) -> Sequence[Any]:
                    due = database.sql.hosts_to_poll(
                        connection,
                        shards=context.shards,
                        shard=context.shard,
                        outlets=selection.outlet_list,
                        feeds=selection.feed_list,
                        hosts=n,
                        as_of=began,
                    )
                    return claim_hosts(connection, database.sql, owner, [row.host for row in due])

                return database.run(claimed)

            def work(hosts: Sequence[str]) -> Mapping[str, Sequence[DueFeed]]:
                rows = database.run(
                    lambda c: list(
                        database.sql.feeds_to_poll(
                            c, hosts=list(hosts), outlets=selection.outlet_list, feeds=selection.feed_list, as_of=began
                        )
                    )
                )
                due: dict[str, list[DueFeed]] = defaultdict(list)
                for row in rows:
                    due[row.host].append(DueFeed(row, datetime.now(UTC)))
                return due

            async def ask(due: DueFeed) -> Polled:
                polled = await _read(due, await client.fetch(request_for(due)), sandbox)
                return polled if polled.reason is None else await _look_elsewhere(polled, client, sandbox)

            station = Station(claim, work, ask, lambda chunk: write(context, chunk), crashed, unwritable)
            return await drain(
                station,
                gate,
                executor,
                hosts_at_once=settings.hosts_at_once,
                gap=settings.min_gap,
                name="poll",
                seconds=context.seconds,
            )


def crashed(due: DueFeed, error: Exception) -> Polled:
    """A poll that found a fault of ours: it is asked again, by and by less often, as after every failure."""
    detail = fault(error)
    failure = Failure(due.row.url, Reason.CRASHED, detail, Fate.RETRY, fetched_at=datetime.now(UTC))
    return Polled(due, failure, "failed", None, Reason.CRASHED, detail)


def unwritable(polled: Polled, error: Exception) -> Polled:
    """The same, for a feed whose entries Postgres refuses."""
    return crashed(polled.due, error)


def request_for(due: DueFeed) -> Request:
    """A conditional GET with the validators of the last good answer, but for the unconditional one now and then."""
    row = due.row
    if row.unconditional_next:
        return Request(row.url, Kind.FEED)
    return Request(row.url, Kind.FEED, etag=row.etag, last_modified=row.last_modified)


def _parse(
    body: bytes, url: str, content_type: str | None, fetched_at: datetime, zone: str | None
) -> Feed | FeedRejected:
    """parse_feed by position: what runs in the sandbox."""
    return parse_feed(body, url=url, content_type=content_type, fetched_at=fetched_at, zone=zone)


async def _read(due: DueFeed, answer: Response | Failure, sandbox: Sandbox[Feed | FeedRejected]) -> Polled:
    """Parse what came, where it is new; the parser runs where it can be killed."""
    row = due.row
    if isinstance(answer, Failure):
        return Polled(due, answer, "failed", None, answer.reason, answer.detail)
    if answer.is_not_modified:
        if row.body_hash is None:
            return Polled(due, answer, "failed", None, Reason.PROTOCOL, "304 though nothing was ever received")
        return Polled(due, answer, "not-modified", None, None, None)
    if answer.body_hash == row.body_hash:
        return Polled(due, answer, "same-body", None, None, None)
    future = sandbox.submit(answer.body, answer.final_url, answer.content_type, answer.fetched_at, row.time_zone)
    await asyncio.wait([asyncio.wrap_future(future)])
    parsed = sandbox.outcome(future)
    if isinstance(parsed, Feed):
        return Polled(due, answer, "parsed", parsed, None, None)
    if isinstance(parsed, Killed):
        return Polled(due, answer, "rejected", None, parsed.reason, parsed.detail)
    return Polled(due, answer, "rejected", None, parsed.reason, parsed.detail, parsed.discovered)


async def _look_elsewhere(polled: Polled, client: Client, sandbox: Sandbox[Feed | FeedRejected]) -> Polled:
    """For a feed that fails for long: its https twin, or what the outlet's front page links to now."""
    row = polled.due.row
    result = result_of(polled, 0)
    history = PollHistory.from_json(row.history)
    twin = https_twin(history, result)
    if twin is not None:
        found = await _read(polled.due, await client.fetch(Request(twin, Kind.FEED)), sandbox)
        return replace(found, twin=twin) if found.outcome == "parsed" else polled
    if row.homepage and not polled.discovered and needs_rediscovery(history, result):
        page = await client.fetch(Request(row.homepage, Kind.PAGE))
        if isinstance(page, Response) and page.is_success:
            future = sandbox.submit(page.body, page.final_url, page.content_type, page.fetched_at, row.time_zone)
            await asyncio.wait([asyncio.wrap_future(future)])
            seen = sandbox.outcome(future)
            links = seen.discovered if isinstance(seen, FeedRejected) else ()
            return replace(polled, discovered=tuple(link for link in links if link != row.url))
    return polled


def write(context: Context, chunk: Sequence[Polled]) -> None:
    """Write a chunk of polls with their listings in one transaction. Doing it twice changes nothing more."""
    sql = context.database.sql
    listed = [(polled, entry) for polled in chunk if polled.feed for entry in polled.feed.entries]

    def work(connection: Any) -> None:
        new: dict[int, int] = defaultdict(int)
        changed: dict[int, int] = defaultdict(int)
        if listed:
            outlets = _Outlets(connection, sql)
            urls = {row["identity"]: row for row in (url_row(polled, entry, outlets) for polled, entry in listed)}
            listings: dict[tuple[int, str], dict[str, Any]] = {}
            for polled, entry in listed:
                row = listing_row(polled, entry)
                listings.setdefault((row["feed_id"], row["identity"]), row)
            sql.insert_urls(connection, rows=json_rows(list(urls.values())), run_id=context.run_id)
            rows = json_rows(list(listings.values()))
            altered = []
            for row in list(sql.upsert_listings(connection, rows=rows, run_id=context.run_id)):
                (new if row.inserted else changed)[row.feed_id] += 1
                if not row.inserted:
                    altered.append(row.url_id)
            if altered:
                sql.revisit_urls(connection, url_ids=altered)
        decided = [(polled, decide(polled, new[polled.due.row.feed_id])) for polled in chunk]
        polls = [poll_row(p, d, new[p.due.row.feed_id], changed[p.due.row.feed_id]) for p, d in decided]
        sql.insert_polls(connection, rows=json_rows(polls), run_id=context.run_id)
        for polled, decision in decided:
            taken = decision.moved_to is not None and sql.feed_url_taken(connection, url=decision.moved_to)
            feed = feed_row(polled, decision, moved_to=None if taken else decision.moved_to)
            sql.update_feeds(connection, rows=json_rows([feed]))

    context.database.run(work)


class _Outlets:
    """Whose article a link leads to: the feed's outlet on its own site, else the outlet of that other site."""

    def __init__(self, connection: Any, sql: Any) -> None:
        self._connection = connection
        self._sql = sql
        self._by_site: dict[str, int] = {}

    def of(self, row: Any, url: str) -> int:
        """The outlet of an address that a feed lists; made when nobody knows it yet."""
        if same_site(url, row.url) or (row.homepage and same_site(url, row.homepage)):
            return int(row.outlet_id)
        site = site_of(url)
        if site not in self._by_site:
            self._by_site[site] = self._sql.outlet_for_site(self._connection, site=site, host=host_of(url))
        return self._by_site[site]


def entry_identity(entry: Entry) -> str:
    """What makes a URL one: the identity of its canonical form, or the entry's own key where it cannot be fetched."""
    if entry.canonical_url is not None:
        return identity(entry.canonical_url)
    return f"entry:{entry.entry_key}"


def url_row(polled: Polled, entry: Entry, outlets: _Outlets) -> dict[str, Any]:
    """The columns of news.urls."""
    row = polled.due.row
    if entry.canonical_url is None or entry.link is None:
        reason = entry.rejected or Reason.BAD_URL
        shown = entry.guid or entry.title or "an entry without address"
        return {
            "identity": entry_identity(entry),
            "canonical_url": f"(no address: {reason}) {shown[:200]}",
            "fetch_url": "",
            "host": "",
            "outlet_id": row.outlet_id,
            "reason": reason,
            "detail": entry.rejected_detail,
        }
    return {
        "identity": entry_identity(entry),
        "canonical_url": entry.canonical_url,
        "fetch_url": entry.link,
        "host": host_of(entry.link),
        "outlet_id": outlets.of(row, entry.link),
        "reason": None,
        "detail": None,
    }


def listing_row(polled: Polled, entry: Entry) -> dict[str, Any]:
    """The columns of news.listings."""
    published = entry.published
    return {
        "identity": entry_identity(entry),
        "feed_id": polled.due.row.feed_id,
        "listed_url": entry.link or "",
        "guid": entry.guid,
        "title": entry.title,
        "summary": entry.summary,
        "content": entry.content_html,
        "authors": list(entry.authors),
        "published_at": published.instant if published else None,
        "published_precision": published.precision if published else None,
        "published_raw": published.raw if published else None,
        "language": entry.language,
        "fingerprint": entry.fingerprint,
        "seen_at": polled.answer.fetched_at,
    }


def poll_row(polled: Polled, decision: Decision, new: int, changed: int) -> dict[str, Any]:
    """The columns of news.polls."""
    answer = polled.answer
    response = answer if isinstance(answer, Response) else None
    return {
        "feed_id": polled.due.row.feed_id,
        "polled_at": answer.fetched_at or polled.due.now,
        "outcome": polled.outcome,
        "reason": polled.reason,
        "detail": polled.detail,
        "http_status": answer.status,
        "final_url": response.final_url if response else (answer.redirects[-1].url if answer.redirects else None),
        "elapsed_ms": round(answer.elapsed * 1000),
        "wire_bytes": response.wire_bytes if response else None,
        "entries": len(polled.feed.entries) if polled.feed else 0,
        "new_urls": new,
        "changed_entries": changed,
        "problems": problems(polled),
        "next_poll_at": decision.at,
        "next_poll_reason": decision.reason,
    }


def problems(polled: Polled) -> list[str]:
    """What was wrong on the way to a poll's entries, though they came."""
    downgraded = isinstance(polled.answer, Response) and polled.answer.downgraded
    found = ["downgrade: a redirect led from https to http"] if downgraded else []
    return found + (list(polled.feed.problems) if polled.feed else [])


def feed_row(polled: Polled, decision: Decision, moved_to: str | None) -> dict[str, Any]:
    """What changes in news.feeds. Validators come only from the last good answer, verbatim."""
    answer = polled.answer
    good = isinstance(answer, Response) and polled.outcome in ("parsed", "same-body")
    dates = [e.published.instant for e in polled.feed.entries if e.published] if polled.feed else []
    now = polled.due.now
    return {
        "feed_id": polled.due.row.feed_id,
        "polled_at": answer.fetched_at or now,
        "outcome": polled.outcome if polled.reason is None else f"{polled.outcome}: {polled.reason}",
        "keep_validators": not good,
        "etag": answer.etag if good and isinstance(answer, Response) else None,
        "last_modified": answer.last_modified if good and isinstance(answer, Response) else None,
        "body_hash": answer.body_hash if good and isinstance(answer, Response) else None,
        "moved_to": moved_to,
        "moved_host": host_of(moved_to) if moved_to else None,
        "status": decision.status,
        "status_note": decision.status_note,
        "next_poll_at": decision.at,
        "next_poll_reason": decision.reason,
        # A date in the future is the feed's mistake; it must not hide that the feed falls silent.
        "newest_entry_at": max((d for d in dates if d <= now), default=None),
        "failures": decision.failures,
        "history": json.loads(decision.history),
        "unconditional_next": decision.unconditional,
        "alarm": decision.alarm,
        "proposed_url": decision.proposed_url,
        "proposed_because": decision.proposed_because,
    }
