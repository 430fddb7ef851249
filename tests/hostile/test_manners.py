"""Manners and the guard over several requests: turns, pauses, kept connections, changing names."""

from __future__ import annotations

import asyncio
import ipaddress
from itertools import pairwise

import pytest

from hostile.cases import FEED
from hostile.harness import Outcome, ask, policy_for, reason, url, with_client
from hostile.server import INTERNAL, PUBLIC, HostileServer
from newswire.fetching import Client, Failure, Kind, LocalGate, Request, Response
from newswire.fetching.addresses import Address
from newswire.ledger import Fate, Reason

# -- turns and pauses


def test_one_connection_and_the_gap(server: HostileServer) -> None:
    async def steps(client: Client) -> list[Outcome]:
        pages = [client.fetch(Request(url(server, "busy", f"/{n}"), Kind.PAGE)) for n in range(5)]
        return list(await asyncio.gather(*pages))

    outcomes = with_client(policy_for(server, min_gap=0.15), steps)
    assert all(isinstance(outcome, Response) for outcome in outcomes)
    seen = [each for each in server.seen if each.host == "busy.test"]
    assert len(seen) == 7  # with robots.txt and tdmrep.json
    assert len({each.connection for each in seen}) == 1
    assert max(each.in_flight for each in seen) == 1
    assert min(later.at - earlier.at for earlier, later in pairwise(seen)) >= 0.15


def test_hosts_do_not_wait_for_each_other(server: HostileServer) -> None:
    async def steps(client: Client) -> tuple[Outcome, bool]:
        slow = [client.fetch(Request(url(server, "silent", f"/{n}"), Kind.FEED)) for n in range(3)]
        task = asyncio.gather(*slow)
        fine = await client.fetch(Request(url(server, "robots-found"), Kind.PAGE))
        answered_first = not task.done()
        task.cancel()
        return fine, answered_first

    fine, answered_first = with_client(policy_for(server), steps)
    assert isinstance(fine, Response)
    assert answered_first


def test_429_pauses_the_host(server: HostileServer) -> None:
    async def steps(client: Client) -> tuple[Outcome, Outcome]:
        first = await client.fetch(Request(url(server, "rate-limits", "/1"), Kind.FEED))
        return first, await client.fetch(Request(url(server, "rate-limits", "/2"), Kind.FEED))

    first, second = with_client(policy_for(server), steps)
    assert isinstance(first, Failure)
    assert (first.reason, first.fate, first.retry_after) == (Reason.RATE_LIMITED, Fate.RETRY, 120.0)
    assert isinstance(second, Failure)
    assert second.reason is Reason.HOST_PAUSED
    assert second.retry_after == pytest.approx(120, abs=2)
    assert [seen.path for seen in server.requests("rate-limits")] == ["/1"]


def test_429_without_retry_after_pauses_by_ourselves(server: HostileServer) -> None:
    gate = LocalGate()
    request = Request(url(server, "rate-limits-silently"), Kind.FEED)
    outcome = with_client(policy_for(server), lambda client: client.fetch(request), gate=gate)
    assert isinstance(outcome, Failure)
    assert outcome.retry_after is None
    assert gate.paused_until("rate-limits-silently.test") is not None


@pytest.mark.parametrize("host", ["down", "down-by-reset"])
def test_a_host_that_is_down_is_left_alone(server: HostileServer, host: str) -> None:
    async def steps(client: Client) -> list[Outcome]:
        return [await client.fetch(Request(url(server, host, f"/{n}"), Kind.FEED)) for n in range(8)]

    outcomes = with_client(policy_for(server, breaker_threshold=5), steps)
    reasons = [reason(outcome) for outcome in outcomes]
    assert Reason.HOST_PAUSED not in reasons[:2]
    assert reasons[-1] is Reason.HOST_PAUSED
    assert len({seen.path for seen in server.requests(host)}) <= 5


def test_one_failing_address_does_not_pause_its_host(server: HostileServer) -> None:
    async def steps(client: Client) -> list[Outcome]:
        return [await client.fetch(Request(url(server, "down", "/same"), Kind.FEED)) for _ in range(8)]

    outcomes = with_client(policy_for(server), steps)
    assert [reason(outcome) for outcome in outcomes] == [Reason.SERVER_ERROR] * 8


# -- kept connections


def test_a_kept_connection_that_was_dropped_is_replaced(server: HostileServer) -> None:
    async def steps(client: Client) -> list[Outcome]:
        outcomes = []
        for n in range(3):
            outcomes.append(await client.fetch(Request(url(server, "drops-kept", f"/{n}"), Kind.FEED)))
            await asyncio.sleep(0.05)
        return outcomes

    outcomes = with_client(policy_for(server), steps)
    assert all(isinstance(outcome, Response) and outcome.body == FEED for outcome in outcomes)


def test_what_was_not_asked_for_is_never_taken_for_an_answer(server: HostileServer) -> None:
    async def steps(client: Client) -> list[Outcome]:
        outcomes = []
        for n in range(3):
            outcomes.append(await client.fetch(Request(url(server, "speaks-unasked", f"/{n}"), Kind.FEED)))
            await asyncio.sleep(0.3)
        return outcomes

    outcomes = with_client(policy_for(server), steps)
    assert all(isinstance(outcome, Response) and outcome.body == FEED for outcome in outcomes)
    assert len({seen.connection for seen in server.requests("speaks-unasked")}) == 3


# -- what is sent


def test_validators_travel_verbatim_and_come_back_as_not_modified(server: HostileServer) -> None:
    async def steps(client: Client) -> tuple[Outcome, Outcome]:
        address = url(server, "validates", "/feed")
        first = await client.fetch(Request(address, Kind.FEED))
        assert isinstance(first, Response)
        return first, await client.fetch(Request(address, Kind.FEED, first.etag, first.last_modified))

    _, second = with_client(policy_for(server), steps)
    assert isinstance(second, Response)
    assert second.is_not_modified
    sent = server.requests("validates")[-1].headers
    assert sent["if-none-match"] == 'W/"v1"'
    assert sent["if-modified-since"] == "Sun, 20 Sep 2026 08:00:00 GMT"


def test_a_validator_cannot_split_the_request(server: HostileServer) -> None:
    request = Request(url(server, "validates", "/split"), Kind.FEED, etag='"a"\r\nX-Injected: yes', last_modified="\n")
    outcome = with_client(policy_for(server), lambda client: client.fetch(request))
    assert isinstance(outcome, Response)
    sent = server.requests("validates")[-1].headers
    assert "x-injected" not in sent
    assert "if-none-match" not in sent


def test_no_cookie_is_ever_sent(server: HostileServer) -> None:
    async def steps(client: Client) -> None:
        for _ in range(2):
            await client.fetch(Request(url(server, "cookies", "/feed"), Kind.FEED))

    with_client(policy_for(server), steps)
    sent = server.requests("cookies") + server.requests("cookie-target")
    assert len(sent) == 4
    assert all("cookie" not in seen.headers and "authorization" not in seen.headers for seen in sent)


def test_who_asks_is_said(server: HostileServer) -> None:
    ask(server, "robots-found", "/who", contact="ops@example.org", version="9")
    sent = server.requests("robots-found")[-1].headers
    assert sent["user-agent"] == "Newswire/9 (news feed reader; +ops@example.org)"
    assert sent["from"] == "ops@example.org"
    assert "text/html" in sent["accept"]
    ask(server, "robots-found", "/feed", kind=Kind.FEED)
    assert "application/rss+xml" in server.requests("robots-found")[-1].headers["accept"]


# -- the guard and names


class Rebinding:
    """Answers with the public address first and with the internal one ever after, or with both at once."""

    def __init__(self, *answers: tuple[str, ...]) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def resolve(self, name: str) -> tuple[Address, ...]:
        answer = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        return tuple(ipaddress.ip_address(each) for each in answer)


def test_the_connection_goes_to_the_address_that_was_checked(server: HostileServer) -> None:
    names = Rebinding((PUBLIC,), (INTERNAL,))
    request = Request(f"http://rebind.test:{server.ports['http']}/", Kind.FEED)
    outcome = with_client(policy_for(server), lambda client: client.fetch(request), resolver=names)
    # robots.txt went to the checked public address; its connection is kept, so that nothing is resolved again
    assert isinstance(outcome, Failure)
    assert outcome.reason is Reason.NOT_FOUND
    assert outcome.response is not None
    assert outcome.response.address == PUBLIC


def test_a_name_that_turns_inside_is_refused(server: HostileServer) -> None:
    names = Rebinding((PUBLIC,), (INTERNAL,))
    request = Request(f"http://drops-kept.test:{server.ports['http']}/rebind", Kind.FEED)

    async def steps(client: Client) -> list[Outcome]:
        outcomes = []
        for _ in range(2):
            outcomes.append(await client.fetch(request))
            await asyncio.sleep(0.05)
        return outcomes

    first, second = with_client(policy_for(server), steps, resolver=names)
    assert isinstance(first, Response)
    assert reason(second) is Reason.INTERNAL_ADDRESS


def test_of_a_mixed_answer_only_the_public_address_is_used(server: HostileServer) -> None:
    names = Rebinding((INTERNAL, "::1", PUBLIC))
    request = Request(url(server, "robots-found"), Kind.PAGE)
    outcome = with_client(policy_for(server), lambda client: client.fetch(request), resolver=names)
    assert isinstance(outcome, Response)
    assert outcome.address == PUBLIC


def test_the_next_address_is_tried(server: HostileServer) -> None:
    names = Rebinding(("127.0.0.3", PUBLIC))  # nobody listens on the first one
    networks = (ipaddress.ip_network("127.0.0.2/31"),)
    request = Request(url(server, "robots-found"), Kind.PAGE)
    policy = policy_for(server, allowed_networks=networks)
    outcome = with_client(policy, lambda client: client.fetch(request), resolver=names)
    assert isinstance(outcome, Response)
    assert outcome.address == PUBLIC


def test_a_refused_connection_is_no_timeout(server: HostileServer) -> None:
    names = Rebinding(("127.0.0.3",))
    policy = policy_for(server, allowed_networks=(ipaddress.ip_network("127.0.0.2/31"),))
    request = Request(url(server, "robots-found"), Kind.PAGE)
    assert reason(with_client(policy, lambda client: client.fetch(request), resolver=names)) is Reason.CONNECT


def test_nothing_internal_by_default(server: HostileServer) -> None:
    assert reason(ask(server, "robots-found", allowed_networks=())) is Reason.INTERNAL_ADDRESS


def test_a_denied_network_wins(server: HostileServer) -> None:
    denied = (ipaddress.ip_network(PUBLIC),)
    assert reason(ask(server, "robots-found", denied_networks=denied)) is Reason.INTERNAL_ADDRESS


def test_a_downgrade_is_flagged(server: HostileServer) -> None:
    request = Request(f"https://redirect-downgrade.test:{server.ports['good']}/feed", Kind.FEED)
    outcome = with_client(policy_for(server), lambda client: client.fetch(request))
    assert isinstance(outcome, Response)
    assert outcome.downgraded


def test_cancelling_leaves_the_host_free(server: HostileServer) -> None:
    async def steps(client: Client) -> Outcome:
        task = asyncio.ensure_future(client.fetch(Request(url(server, "silent", "/cancel"), Kind.FEED)))
        await asyncio.sleep(0.3)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return await asyncio.wait_for(client.fetch(Request(url(server, "silent", "/after"), Kind.FEED)), 5)

    assert reason(with_client(policy_for(server), steps)) is Reason.TIMEOUT


def test_many_large_bodies_at_once_stay_within_memory(server: HostileServer) -> None:
    """Twelve hosts send 3 MB each at the same time: all arrive, though only six are read at once."""

    async def steps(client: Client) -> list[Outcome]:
        requests = [Request(url(server, f"large-{n}", "/"), Kind.PAGE) for n in range(12)]
        return list(await asyncio.gather(*(client.fetch(request) for request in requests)))

    outcomes = with_client(policy_for(server, total_deadline=20.0), steps)
    assert [len(outcome.body) for outcome in outcomes if isinstance(outcome, Response)] == [3_000_000] * 12
