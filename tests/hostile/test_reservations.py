"""tdmrep.json: what an outlet reserves is not asked for, and what its server does instead of answering harms nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from hostile.harness import Outcome, ask, policy_for, with_client
from hostile.server import HostileServer
from newswire.fetching import Client, Failure, Kind, MemoryStore, Request, Response, TdmRecord
from newswire.ledger import Fate, Reason

FILE = "/.well-known/tdmrep.json"


def asked(server: HostileServer, host: str) -> list[str]:
    return [seen.path for seen in server.seen if seen.host == f"{host}.test"]


@pytest.mark.parametrize("host", ["tdm-reserves", "tdm-elsewhere"])
@pytest.mark.parametrize("path", ["/premium", "/premium/1?x", "/%70remium/2", "/deep/essay"])
def test_a_reserved_page_is_not_asked_for(server: HostileServer, host: str, path: str) -> None:
    outcome = ask(server, host, path)
    assert isinstance(outcome, Failure)
    assert (outcome.reason, outcome.fate, outcome.detail) == (Reason.TDM_OPTOUT, Fate.SKIP, f"reserved by {FILE}")
    assert path not in asked(server, host)


@pytest.mark.parametrize("path", ["/a", "/open/essay", "/deep/essay/2", "/PREMIUM"])
def test_the_first_rule_that_matches_counts_and_none_reserves_nothing(server: HostileServer, path: str) -> None:
    assert isinstance(ask(server, "tdm-reserves", path), Response)


def test_a_feed_is_offered_and_needs_no_such_file(server: HostileServer) -> None:
    before = asked(server, "tdm-reserves").count(FILE)
    assert isinstance(ask(server, "tdm-reserves", "/premium", Kind.FEED), Response)
    assert asked(server, "tdm-reserves").count(FILE) == before


def test_a_deployment_that_need_not_honour_it_does_not_ask(server: HostileServer) -> None:
    before = asked(server, "tdm-reserves").count(FILE)
    assert isinstance(ask(server, "tdm-reserves", "/premium", honour_tdm=False), Response)
    assert asked(server, "tdm-reserves").count(FILE) == before


@pytest.mark.parametrize(
    "host",
    [
        "tdm-404", "tdm-403", "tdm-500", "tdm-html", "tdm-empty", "tdm-object", "tdm-deep", "tdm-endless", "tdm-hangs",
        "tdm-resets", "tdm-loops", "tdm-inside",
    ],
)  # fmt: skip
def test_what_is_no_such_file_reserves_nothing(server: HostileServer, host: str) -> None:
    assert isinstance(ask(server, host), Response)
    assert server.fooled == []


def test_robots_txt_counts_for_it_too(server: HostileServer) -> None:
    assert isinstance(ask(server, "tdm-closed-by-robots", "/premium"), Response)
    assert FILE not in asked(server, "tdm-closed-by-robots")


def test_it_is_asked_for_once_in_turn_with_all_else(server: HostileServer) -> None:
    async def steps(client: Client) -> list[Outcome]:
        base = f"http://tdm-404.test:{server.ports['http']}"
        return [await client.fetch(Request(f"{base}/once/{n}", Kind.PAGE)) for n in range(3)]

    before = asked(server, "tdm-404").count(FILE)
    outcomes = with_client(policy_for(server, min_gap=0.1), steps)
    assert all(isinstance(outcome, Response) for outcome in outcomes)
    assert asked(server, "tdm-404").count(FILE) == before + 1
    times = [seen.at for seen in server.seen if seen.host == "tdm-404.test"][-5:]
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.1


def test_a_known_reservation_outlives_an_outage_for_a_day(server: HostileServer) -> None:
    store = MemoryStore[TdmRecord]()

    async def steps(client: Client) -> list[Outcome]:
        origin = f"http://tdm-fails-later.test:{server.ports['http']}"
        outcomes = [await client.fetch(Request(f"{origin}/premium", Kind.PAGE))]
        for age in (timedelta(hours=23), timedelta(hours=25)):
            record = await store.get(origin)
            assert record is not None
            known = record.fetched_at - age
            await store.put(origin, replace(record, expires_at=record.fetched_at, good_at=known))
            outcomes.append(await client.fetch(Request(f"{origin}/premium", Kind.PAGE)))
        return outcomes

    fresh, within_a_day, after_a_day = with_client(policy_for(server), steps, reservations=store)
    for outcome in (fresh, within_a_day):
        assert isinstance(outcome, Failure)
        assert outcome.reason is Reason.TDM_OPTOUT
    assert isinstance(after_a_day, Response)
