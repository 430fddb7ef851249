"""What the answer to a request for robots.txt means for its origin (RFC 9309 section 2.3.1): pure decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from newswire.fetching.fetch_error import FINAL_REASONS
from newswire.fetching.messages import Response
from newswire.fetching.policy import Policy
from newswire.fetching.robots import RobotsRecord, absent, found, unreachable
from newswire.ledger import Reason

ORIGIN_REASONS: Final = frozenset({Reason.DNS, Reason.CONNECT, Reason.TLS, Reason.INTERNAL_ADDRESS, Reason.PORT})
"""Reasons that would befall every other address of the origin: they say more than "robots-unreachable"."""


def answered(origin: str, response: Response, *, previous: RobotsRecord | None, policy: Policy) -> RobotsRecord:
    """2xx holds the rules, other 4xx means that there are none, 429 and 5xx that we are to wait."""
    status, now = response.status, response.fetched_at
    if 200 <= status <= 299:
        return found(origin, response.body, max_age=response.max_age, now=now, policy=policy)
    words = f"robots.txt: status {status}"
    if status == 429 or status >= 500:
        wait = response.retry_after(cap=policy.max_retry_after)
        seconds = wait.seconds if wait else None
        return unreachable(origin, words, previous=previous, wait=seconds, now=now, policy=policy)
    return absent(origin, words, now=now, policy=policy)


def unanswered(
    origin: str,
    reason: Reason,
    detail: str,
    *,
    redirected: bool,
    previous: RobotsRecord | None,
    now: datetime,
    policy: Policy,
) -> RobotsRecord:
    """No answer came, because of `reason`. `redirected`: it was looked for elsewhere by then.

    Redirects that lead nowhere mean that there is no robots.txt, as a 4xx does.
    """
    if reason is Reason.TOO_MANY_REDIRECTS or (redirected and reason in FINAL_REASONS):
        return absent(origin, f"robots.txt: {reason}", now=now, policy=policy)
    words = f"robots.txt: {reason}: {detail}"
    record = unreachable(origin, words, previous=previous, wait=None, now=now, policy=policy)
    return replace(record, reason=reason if reason in ORIGIN_REASONS and not redirected else None)
