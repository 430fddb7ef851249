"""What becomes of a URL after each station: pure functions from what happened to the ledger's next line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from newswire.ledger import Fate, Reason, State

FIRST_RETRY = 300.0
"""Seconds before the second attempt: a deploy or a restart of a server is over by then."""

RETRY_GROWTH = 4.0
"""5 min, 20 min, 80 min, 5 h, 21 h: six attempts cover two days, a weekend's outage nearly, at little cost to anyone."""

LONGEST_RETRY = 86_400.0
"""Seconds. Once a day is often enough to ask a server that has been broken for days."""

PATIENCE_WITH_HOSTS = timedelta(days=7)
"""A new URL whose host makes us wait (paused, rate limited, robots.txt unreachable) is not to blame and uses up no
attempt; but after a week of waiting it is no news any more. A published article is that old at its last visit, which a
host that is busy for a minute must not cost it: for it these count as any failure."""

HOST_REASONS = frozenset({Reason.HOST_PAUSED, Reason.RATE_LIMITED, Reason.ROBOTS_UNREACHABLE})
GONE_REASONS = frozenset({Reason.GONE, Reason.NOT_FOUND, Reason.SOFT_404, Reason.LEGAL})


@dataclass(frozen=True, slots=True)
class Move:
    """The next line of a URL in the ledger. `due_in` is seconds from now; meaningless without a stage."""

    state: State
    stage: str | None = None
    due_in: float = 0.0
    attempts: int = 0
    reason: Reason | None = None
    detail: str | None = None
    gone: bool = False
    visited: bool = False
    """Whether the outlet was asked and said that the page is unchanged."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a URL stands when a station has it in hand."""

    state: State
    stage: str
    attempts: int
    first_listed_at: datetime


def backoff(attempts: int) -> float:
    """Seconds before the next attempt after `attempts` failed ones."""
    return float(min(LONGEST_RETRY, FIRST_RETRY * RETRY_GROWTH ** max(0, attempts - 1)))


def after_failure(
    url: Standing,
    reason: Reason,
    fate: Fate,
    detail: str,
    *,
    now: datetime,
    max_attempts: int,
    retry_after: float | None = None,
) -> Move:
    """Retry later, skip, or give up.

    A published article never leaves its state: a failed revisit is dropped after the last attempt, and a page that the
    outlet took down marks the article gone.
    """
    if url.state is State.PUBLISHED and reason in GONE_REASONS:
        return Move(State.PUBLISHED, gone=True, reason=reason)
    if fate is Fate.RETRY:
        host_s_fault = reason in HOST_REASONS
        excused = host_s_fault and url.state is not State.PUBLISHED
        attempts = url.attempts if excused else url.attempts + 1
        patient = now - url.first_listed_at < PATIENCE_WITH_HOSTS if excused else attempts < max_attempts
        if patient:
            wait = max(retry_after or 0.0, 0.0 if host_s_fault and retry_after else backoff(attempts))
            later = Move(url.state, url.stage, min(wait, LONGEST_RETRY), attempts)
            # What delays a published article's revisit is nobody's concern.
            return later if url.state is State.PUBLISHED else replace(later, reason=reason, detail=detail)
    if fate is Fate.SKIP and url.state is not State.PUBLISHED:
        return Move(State.SKIPPED, reason=reason, detail=detail, attempts=url.attempts)
    return give_up(url, reason, detail)


def give_up(url: Standing, reason: Reason, detail: str) -> Move:
    """No further attempt by itself: for a person to look at. A published article stays as it is."""
    if url.state is State.PUBLISHED:
        return Move(State.PUBLISHED)
    return Move(State.FAILED, reason=reason, detail=detail, attempts=url.attempts)


def after_refusal(url: Standing, reason: Reason, detail: str) -> Move:
    """The page is no article. Settled for a new URL; a published one keeps what it had."""
    if url.state is State.PUBLISHED:
        return Move(State.PUBLISHED, gone=reason in GONE_REASONS, reason=reason)
    return Move(State.SKIPPED, reason=reason, detail=detail)


def after_extraction(url: Standing, *, new_revision: bool) -> Move:
    """On to the classifier when there is something new to judge."""
    if url.state is State.PUBLISHED and not new_revision:
        return Move(State.PUBLISHED)
    return Move(url.state, "classify")


def at_rest(move: Move, *, age: float, revisit_hours: Sequence[float]) -> Move:
    """A published article that no station has anything to do with: when it is looked at again, `age` seconds after it
    was published. Each later visit shows whether the outlet changed it silently, or took it down.

    The time depends on the article's age alone. So neither a visit in between (its feed said that it changed) nor one
    that failed costs any of those to come, and after the last one it rests for good.
    """
    if move.state is not State.PUBLISHED or move.stage is not None:
        return move
    waits = [hours * 3600 - age for hours in revisit_hours if hours * 3600 > age]
    return replace(move, stage="fetch", due_in=min(waits)) if waits else move
