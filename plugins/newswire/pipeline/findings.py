"""What a run has found out that its numbers do not say, and whether a person must look. Decided from values alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newswire.ledger import Reason

NETWORK = "check this machine's network: name server, route, proxy, clock"
GUARD = "check NEWSWIRE_ALLOWED_NETWORKS and NEWSWIRE_ALLOWED_PORTS"
FAULT = "a fault of Newswire: see the log of 'poll'"

AFTERWARDS = "once it is mended, poll at once: 'Poll now' in the form of ingest_news, or newswire's 'ingest --force'"
"""The feeds wait the longer, the longer the outage lasted: up to a day after it."""

OUR_SIDE: Mapping[str, str] = {
    Reason.DNS: NETWORK,
    Reason.CONNECT: NETWORK,
    Reason.TLS: NETWORK,
    Reason.RESET: NETWORK,
    Reason.TIMEOUT: NETWORK,
    Reason.ROBOTS_UNREACHABLE: NETWORK,
    Reason.INTERNAL_ADDRESS: GUARD,
    Reason.PORT: GUARD,
    Reason.CRASHED: FAULT,
    Reason.KILLED_TIME: FAULT,
    Reason.KILLED_MEMORY: FAULT,
}
"""Reasons for which a poll can fail without any fault of the outlet, and where to look then. With the others an outlet
has answered, so the way to it is open."""

HOSTS_AT_ONCE = 3
"""So many hosts that answered before do not fall silent in the same run by chance: one in twenty is down at any time."""


@dataclass(frozen=True, slots=True)
class Polls:
    """Polls of a run with one outcome (parsed, same-body, not-modified, rejected or failed)."""

    outcome: str
    reason: str | None
    count: int

    @property
    def failed(self) -> bool:
        return self.outcome in ("failed", "rejected")

    def __str__(self) -> str:
        return f"{self.outcome}: {self.reason}" if self.reason else self.outcome


@dataclass(frozen=True, slots=True)
class Facts:
    """What a run leaves behind. `hosts_lost` counts the hosts of feeds whose failure in this run is their first in a
    row; `feeds_well` and `feeds_failing` count the feeds, of all, that answered when they were last asked or did not."""

    polls: tuple[Polls, ...] = ()
    hosts_lost: int = 0
    feeds_well: int = 0
    feeds_failing: int = 0
    ledger: Mapping[str, Any] | None = None
    """The ledger as counted, where it does not add up."""
    stuck: Sequence[Mapping[str, Any]] = ()
    failed_stations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence. `person`: a person must look, so the run fails."""

    words: str
    person: bool


def findings(facts: Facts) -> tuple[Finding, ...]:
    """What a person should read about a run, the most urgent first; nothing where it went as it should."""
    found = []
    if facts.failed_stations:
        found.append(Finding(f"failed: {', '.join(facts.failed_stations)} (open the log)", True))
    if facts.ledger is not None:
        found.append(Finding(f"the ledger does not add up: {dict(facts.ledger)}", True))
    found += [Finding(f"{s['urls']} URLs wait for {s['stage']} since {s['oldest']}", True) for s in facts.stuck]
    outage = _outage(facts)
    return (*found, outage) if outage else tuple(found)


def _outage(facts: Facts) -> Finding | None:
    """Every poll failed. For a person where the reason lies on our side and the feeds are not just the few that have
    been dead for long: hosts were lost in this run, or no feed answers any more."""
    if not facts.polls and not facts.feeds_well and facts.feeds_failing:
        # Between two rounds of an outage nothing is due. The run that asked has failed; this one must not look well.
        return Finding(f"no feed was due, and none answered when last asked ({facts.feeds_failing})", False)
    # A host that asked us to stay away was not asked.
    asked = [polls for polls in facts.polls if polls.reason != Reason.HOST_PAUSED]
    if not asked or not all(polls.failed for polls in asked):
        return None
    count = sum(polls.count for polls in asked)
    reasons = list(dict.fromkeys(p.reason or p.outcome for p in sorted(asked, key=lambda p: -p.count)))
    words = f"{count} of {count} polls failed ({', '.join(reasons)})"
    ours = all(reason in OUR_SIDE for reason in reasons)
    if not ours or (facts.hosts_lost < HOSTS_AT_ONCE and facts.feeds_well > 0):
        return Finding(words, False)
    hints = dict.fromkeys(OUR_SIDE[reason] for reason in reasons)
    return Finding(f"{words}: {'; '.join((*hints, AFTERWARDS))}", True)
