"""robots.txt as servers really answer for it: what is then fetched, what is not, and how often it is asked for."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from hostile.harness import Outcome, ask, policy_for, reason, url, with_client
from hostile.server import HostileServer
from newswire.fetching import Client, Failure, Kind, MemoryStore, Request, Response, RobotsRecord
from newswire.ledger import Fate, Reason


@pytest.mark.parametrize(
    ("host", "allowed", "refused"),
    [
        ("robots-found", "/a/2", "/private/x"),
        ("robots-bom", "/a/2", "/private/x"),
        ("robots-cp1251", "/a/2", "/private/x"),
        ("robots-nul", "/a/2", "/private/x"),
        ("robots-cr-only", "/a/2", "/private/x"),
        ("robots-huge", "/a/2", "/private/x"),
        ("robots-endless", "/a/2", "/private/x"),
        ("robots-elsewhere", "/a/2", "/private/x"),
        ("robots-three-hops", "/a/2", "/private/x"),
        ("robots-override", "/a/1", "/a/2"),
        ("robots-override", "/b/x.pdf?x", "/b/x.pdf"),
        ("robots-found", "/%70ublic", "/%70rivate/x"),
        ("robots-found", "/x/../public", "/x/../private/x"),
        ("robots-404", "/a/2", None),
        ("robots-401", "/a/2", None),
        ("robots-403", "/a/2", None),
        ("robots-410", "/a/2", None),
        ("robots-html", "/a/2", None),
        ("robots-empty", "/a/2", None),
        ("robots-loops", "/a/2", None),
        ("robots-inside", "/a/2", None),
        ("robots-disallow-all", None, "/a/2"),
        ("robots-names-us", None, "/a/2"),
    ],
)
def test_robots(server: HostileServer, host: str, allowed: str | None, refused: str | None) -> None:
    if allowed is not None:
        assert isinstance(ask(server, host, allowed), Response)
    if refused is not None:
        outcome = ask(server, host, refused)
        assert reason(outcome) is Reason.ROBOTS
        assert isinstance(outcome, Failure)
        assert outcome.fate is Fate.SKIP
        assert refused not in [seen.path for seen in server.requests(host)]


@pytest.mark.parametrize("host", ["robots-500", "robots-503", "robots-hangs", "robots-reset"])
def test_unreachable_robots_deny_pages_for_now(server: HostileServer, host: str) -> None:
    outcome = ask(server, host)
    assert isinstance(outcome, Failure)
    assert (outcome.reason, outcome.fate) == (Reason.ROBOTS_UNREACHABLE, Fate.RETRY)
    assert outcome.retry_after is not None
    assert server.requests(host) == []


def test_a_feed_is_offered_explicitly_unless_our_token_is_named(server: HostileServer) -> None:
    assert isinstance(ask(server, "robots-disallow-all", kind=Kind.FEED), Response)
    assert isinstance(ask(server, "robots-500", kind=Kind.FEED), Response)
    assert reason(ask(server, "robots-names-us", kind=Kind.FEED)) is Reason.ROBOTS


def test_robots_are_asked_once(server: HostileServer) -> None:
    async def steps(client: Client) -> list[Outcome]:
        pages = [client.fetch(Request(url(server, "robots-delay", f"/once/{n}"), Kind.PAGE)) for n in range(3)]
        return list(await asyncio.gather(*pages))

    before = [seen.path for seen in server.seen if seen.host == "robots-delay.test"].count("/robots.txt")
    outcomes = with_client(policy_for(server), steps)
    assert all(isinstance(outcome, Response) for outcome in outcomes)
    paths = [seen.path for seen in server.seen if seen.host == "robots-delay.test"]
    assert paths.count("/robots.txt") == before + 1
    asked = [seen.at for seen in server.seen if seen.host == "robots-delay.test"]
    assert min(later - earlier for earlier, later in pairwise(asked[-4:])) >= 0.4


def test_a_crawl_delay_beyond_our_patience_is_honoured_by_coming_back(server: HostileServer) -> None:
    outcome = ask(server, "robots-delay-of-an-hour")
    assert isinstance(outcome, Failure)
    assert outcome.reason is Reason.HOST_PAUSED
    assert outcome.retry_after == pytest.approx(3600, abs=5)
    assert server.requests("robots-delay-of-an-hour") == []


def test_robots_are_asked_again_when_stale(server: HostileServer) -> None:
    async def steps(client: Client) -> tuple[Outcome, Outcome]:
        request = Request(url(server, "robots-changes"), Kind.PAGE)
        first = await client.fetch(request)
        await asyncio.sleep(1.1)
        return first, await client.fetch(request)

    first, second = with_client(policy_for(server, robots_min_age=0.5), steps)
    assert isinstance(first, Response)
    assert reason(second) is Reason.ROBOTS


def test_a_known_robots_outlives_an_outage_for_a_day(server: HostileServer) -> None:
    async def steps(client: Client) -> list[Outcome]:
        request = Request(url(server, "robots-fails-later"), Kind.PAGE)
        outcomes = [await client.fetch(request)]
        origin = f"http://robots-fails-later.test:{server.ports['http']}"
        for age in (timedelta(hours=23), timedelta(hours=25)):
            record = await client_store.get(origin)
            assert record is not None
            assert record.good_at is not None
            aged = record.fetched_at - age
            await client_store.put(origin, replace(record, expires_at=record.fetched_at, good_at=aged))
            outcomes.append(await client.fetch(request))
        return outcomes

    client_store = MemoryStore[RobotsRecord]()
    fresh, within_a_day, after_a_day = with_client(policy_for(server), steps, robots=client_store)
    assert isinstance(fresh, Response)
    assert isinstance(within_a_day, Response)
    assert reason(after_a_day) is Reason.ROBOTS_UNREACHABLE


def test_robots_of_a_redirect_target_count(server: HostileServer) -> None:
    assert reason(ask(server, "redirects-into-private")) is Reason.ROBOTS
