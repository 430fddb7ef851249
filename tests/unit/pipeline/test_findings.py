"""What a run says of itself, and when it fails, as a table: the run fails only where a person must look."""

from __future__ import annotations

import pytest

from newswire.ledger import Reason
from newswire.pipeline.findings import AFTERWARDS, FAULT, GUARD, NETWORK, OUR_SIDE, Facts, Finding, Polls, findings

WELL = Polls("not-modified", None, 40)
STUCK = {"stage": "fetch", "reason": "timeout", "urls": 7, "oldest": "2026-09-20T08:00:00+00:00"}
SHORT = {"listed": 3, "published": 1}


def failed(reason: Reason, count: int, outcome: str = "failed") -> Polls:
    return Polls(outcome, reason, count)


def outage(*polls: Polls, hosts_lost: int = 150, feeds_well: int = 0) -> Facts:
    return Facts(polls, hosts_lost, feeds_well)


# facts -> what is said, whether a person must look
CASES = [
    # nothing to say
    (Facts(), []),
    (Facts((WELL,), feeds_well=200), []),
    (Facts((WELL, failed(Reason.DNS, 12)), hosts_lost=9, feeds_well=180), []),
    # every poll failed, and the reason lies here
    (outage(failed(Reason.DNS, 200)), [(f"200 of 200 polls failed (dns): {NETWORK}; {AFTERWARDS}", True)]),
    (
        outage(failed(Reason.TIMEOUT, 3), failed(Reason.DNS, 197)),
        [(f"200 of 200 polls failed (dns, timeout): {NETWORK}; {AFTERWARDS}", True)],
    ),
    (outage(failed(Reason.PORT, 5), hosts_lost=5), [(f"5 of 5 polls failed (port): {GUARD}; {AFTERWARDS}", True)]),
    (
        outage(failed(Reason.CRASHED, 9), failed(Reason.TLS, 1)),
        [(f"10 of 10 polls failed (crashed, tls): {FAULT}; {NETWORK}; {AFTERWARDS}", True)],
    ),
    # a host that asked us to stay away was not asked
    (
        outage(failed(Reason.DNS, 8), failed(Reason.HOST_PAUSED, 2)),
        [(f"8 of 8 polls failed (dns): {NETWORK}; {AFTERWARDS}", True)],
    ),
    (outage(failed(Reason.HOST_PAUSED, 2)), []),
    # while an outage lasts, feeds fail again; it stays one until the first of all answers
    (outage(failed(Reason.DNS, 4), hosts_lost=0), [(f"4 of 4 polls failed (dns): {NETWORK}; {AFTERWARDS}", True)]),
    (outage(failed(Reason.DNS, 1), hosts_lost=1), [(f"1 of 1 polls failed (dns): {NETWORK}; {AFTERWARDS}", True)]),
    # between two rounds of an outage no feed is due: said, and no second alarm
    (Facts(feeds_failing=200), [("no feed was due, and none answered when last asked (200)", False)]),
    (Facts(feeds_failing=20, feeds_well=180), []),
    # at night only those may be due that have been dead for long: the others are well
    (outage(failed(Reason.DNS, 4), hosts_lost=0, feeds_well=180), [("4 of 4 polls failed (dns)", False)]),
    (outage(failed(Reason.DNS, 4), hosts_lost=2, feeds_well=180), [("4 of 4 polls failed (dns)", False)]),
    (
        outage(failed(Reason.DNS, 4), hosts_lost=3, feeds_well=180),
        [(f"4 of 4 polls failed (dns): {NETWORK}; {AFTERWARDS}", True)],
    ),
    # where an outlet has answered, the way to it is open
    (outage(failed(Reason.NOT_FOUND, 6)), [("6 of 6 polls failed (not-found)", False)]),
    (outage(failed(Reason.NOT_A_FEED, 6, "rejected")), [("6 of 6 polls failed (not-a-feed)", False)]),
    (
        outage(failed(Reason.DNS, 6), failed(Reason.SERVER_ERROR, 1)),
        [("7 of 7 polls failed (dns, server-error)", False)],
    ),
    # the other things that need a person, the most urgent first
    (
        Facts((WELL,), 0, 200, 0, SHORT, (STUCK,), ("fetch", "poll")),
        [
            ("failed: fetch, poll (open the log)", True),
            ("the ledger does not add up: {'listed': 3, 'published': 1}", True),
            ("7 URLs wait for fetch since 2026-09-20T08:00:00+00:00", True),
        ],
    ),
]


@pytest.mark.parametrize(("facts", "said"), CASES)
def test_what_a_run_says_and_when_it_fails(facts: Facts, said: list[tuple[str, bool]]) -> None:
    assert findings(facts) == tuple(Finding(words, person) for words, person in said)


def test_what_an_outlet_answered_is_never_our_side() -> None:
    answered = {
        Reason.NOT_FOUND,
        Reason.GONE,
        Reason.FORBIDDEN,
        Reason.RATE_LIMITED,
        Reason.SERVER_ERROR,
        Reason.ROBOTS,
    }
    assert answered.isdisjoint(OUR_SIDE)
