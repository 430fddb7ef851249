"""Failures of feed fetching that users of other readers reported, as far as they are the fetcher's to prevent.

Each test names the failure and one of the reports; dates, identity and encodings have theirs in their own rooms.
"""

from __future__ import annotations

import asyncio
import ipaddress
from datetime import UTC, datetime, timedelta

import pytest

from hostile.cases import FEED, XML
from hostile.harness import policy_for, with_client
from hostile.hosts import HOSTS, host
from hostile.server import HostileServer, Peer
from newswire.fetching import Client, Failure, Kind, LocalGate, Request, Response
from newswire.ledger import Fate, Reason

Outcome = Response | Failure


async def refuse_browsers(peer: Peer) -> None:
    pretends = any(name in peer.headers["user-agent"] for name in ("Mozilla", "Chrome", "Safari"))
    await peer.answer(b"" if pretends else FEED, XML, status="403 Forbidden" if pretends else "200 OK")


async def refuse_without_xml_accept(peer: Peer) -> None:
    fine = "application/rss+xml" in peer.headers["accept"]
    await peer.answer(FEED if fine else b"", XML, status="200 OK" if fine else "403 Forbidden")


async def refuse_everybody(peer: Peer) -> None:
    await peer.answer(b"<script>window._cf_chl_opt={}</script>", status="403 Forbidden")


async def replace_validators(peer: Peer) -> None:
    """The validator changes with every second answer; an old one is never told 'not modified'."""
    current = f'"v{(peer.count + 1) // 2}"'
    if peer.headers.get("if-none-match") == current:
        await peer.send(f"HTTP/1.1 304 Not Modified\r\nETag: {current}\r\n\r\n".encode())
    else:
        await peer.answer(FEED, XML, f"ETag: {current}")


async def ask_for_patience(peer: Peer) -> None:
    if peer.path == "/date":
        when = (datetime.now(UTC) + timedelta(seconds=90)).strftime("%a, %d %b %Y %H:%M:%S GMT")
        await peer.answer(b"", f"Retry-After: {when}", status="503 Service Unavailable")
    else:
        await peer.answer(b"", "Retry-After: 120", status="503 Service Unavailable")


async def fail_for_one_feed(peer: Peer) -> None:
    if peer.path == "/broken":
        await peer.answer(b"<h1>502</h1>", "Retry-After: 600", status="502 Bad Gateway")
    else:
        await peer.answer(FEED, XML)


async def grant_freshness(peer: Peer) -> None:
    await peer.answer(FEED, XML, "Cache-Control: max-age=1800")


for name, behaviour in {
    "wild-refuses-browsers": refuse_browsers,
    "wild-wants-xml": refuse_without_xml_accept,
    "wild-refuses-everybody": refuse_everybody,
    "wild-replaces-validators": replace_validators,
    "wild-asks-for-patience": ask_for_patience,
    "wild-one-feed-fails": fail_for_one_feed,
    "wild-grants-freshness": grant_freshness,
}.items():
    host(name, "404 Not Found", behaviour)


@pytest.fixture(autouse=True)
def _behaviours(server: HostileServer) -> None:
    server.behaviours.update(HOSTS)


def ask(server: HostileServer, *paths: str) -> list[Outcome]:
    """Feeds asked for one after the other, by one client; a path is `host/rest`."""

    async def steps(client: Client) -> list[Outcome]:
        outcomes = []
        for path in paths:
            name, _, rest = path.partition("/")
            address = f"http://{name}.test:{server.ports['http']}/{rest}"
            outcomes.append(await client.fetch(Request(address, Kind.FEED)))
        return outcomes

    return with_client(policy_for(server), steps)


def test_bot_protection_pulls_in_opposite_directions(server: HostileServer) -> None:
    """miniflux#1288, FreshRSS#5086, NewsBlur PR#2138: an honest agent with an XML Accept passes both kinds."""
    outcomes = ask(server, "wild-refuses-browsers/feed", "wild-wants-xml/feed")
    assert all(isinstance(outcome, Response) for outcome in outcomes)


def test_a_block_is_recorded_and_never_worked_around(server: HostileServer) -> None:
    """One request, one answer: no second attempt under another name."""
    (outcome,) = ask(server, "wild-refuses-everybody/feed")
    assert isinstance(outcome, Failure)
    assert outcome.reason is Reason.CHALLENGE
    assert len(server.requests("wild-refuses-everybody")) == 1


def test_validators_of_the_last_good_answer(server: HostileServer) -> None:
    """newsboat#3340, FreshRSS#6712: what a 200 brings replaces what was stored, and is then honoured."""

    async def steps(client: Client) -> list[int]:
        address = f"http://wild-replaces-validators.test:{server.ports['http']}/feed"
        statuses, etag = [], None
        for _ in range(6):
            outcome = await client.fetch(Request(address, Kind.FEED, etag))
            assert isinstance(outcome, Response)
            statuses.append(outcome.status)
            etag = outcome.etag if outcome.is_success else etag
        return statuses

    assert with_client(policy_for(server), steps) == [200, 304, 200, 304, 200, 304]


def test_the_freshness_that_a_server_grants_is_known(server: HostileServer) -> None:
    """lemon24/reader#376: banned for ignoring Cache-Control max-age."""
    (outcome,) = ask(server, "wild-grants-freshness/feed")
    assert isinstance(outcome, Response)
    assert outcome.max_age == 1800


@pytest.mark.parametrize(("path", "seconds"), [("seconds", 120), ("date", 90)])
def test_retry_after_in_both_forms(server: HostileServer, path: str, seconds: float) -> None:
    """lemon24/reader#307, FreshRSS#7571, liferea#763."""
    (outcome,) = ask(server, f"wild-asks-for-patience/{path}")
    assert isinstance(outcome, Failure)
    assert outcome.retry_after == pytest.approx(seconds, abs=2)


def test_a_rate_limit_never_ends_a_feed(server: HostileServer) -> None:
    """django-feed-reader#49, fusion#67: 429 is for now; the host is asked again when the pause is over."""
    gate = LocalGate()
    request = Request(f"http://rate-limits-silently.test:{server.ports['http']}/wild", Kind.FEED)

    async def steps(client: Client) -> list[Outcome]:
        first = await client.fetch(request)
        await asyncio.sleep(0.35)
        return [first, await client.fetch(request)]

    policy = policy_for(server, rate_limit_pause=0.3)
    outcomes = with_client(policy, steps, gate=gate)
    assert [outcome.reason for outcome in outcomes if isinstance(outcome, Failure)] == [Reason.RATE_LIMITED] * 2
    assert all(isinstance(outcome, Failure) and outcome.fate is Fate.RETRY for outcome in outcomes)


def test_one_failing_feed_does_not_block_its_host(server: HostileServer) -> None:
    """FreshRSS#7880: a 502 with Retry-After speaks for its own address only."""
    broken, fine = ask(server, "wild-one-feed-fails/broken", "wild-one-feed-fails/fine")
    assert isinstance(broken, Failure)
    assert (broken.reason, broken.retry_after) == (Reason.SERVER_ERROR, 600)
    assert isinstance(fine, Response)


def test_a_dead_port_is_told_apart_from_a_silent_feed(server: HostileServer) -> None:
    """NewsBlur PR#2132: port 80 died without a redirect, and 69 feeds were stale unnoticed."""
    networks = (ipaddress.ip_network("127.0.0.2/31"),)
    policy = policy_for(server, allowed_networks=networks)
    request = Request("http://127.0.0.3/feed", Kind.FEED)
    outcome = with_client(policy, lambda client: client.fetch(request))
    assert isinstance(outcome, Failure)
    assert (outcome.reason, outcome.fate) == (Reason.CONNECT, Fate.RETRY)
