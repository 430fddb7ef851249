"""Small pure deciders about a feed as a whole: is it silent, has it moved, is it dead, what could replace it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit

from newswire.ledger import Reason
from newswire.polling.history import Answer, PollHistory, PollResult, longest_gap, record, rhythm
from newswire.urls import UrlRejected, is_home, same_site

# A redirect must be seen this often, over this long, before a feed's address changes: maintenance pages and broken
# deployments also answer 301, for hours (miniflux#1387).
MOVE_SIGHTINGS = 3
MOVE_AFTER = timedelta(days=3)
# A feed that is nothing but 404 for a week is dead; shorter absences are deployments and lapsed weekends.
DEAD_AFTER = timedelta(days=7)
DEAD_POLLS = 5
# Half of that, the outlet's front page is asked whether the feed lives elsewhere.
REDISCOVER_AFTER = timedelta(days=3)
# Silence is judged against the feed's own past: ten times its usual gap, half again its longest, and never under a day.
SILENT_GAPS = 10
SILENT_LONGEST = 1.5
SILENT_AT_LEAST = timedelta(days=1)
# Whatever the rhythm: a news feed without news for a year is a zombie (CNN's cnn_world answers 200 since 2023).
ZOMBIE_AFTER = timedelta(days=365)
# An http address that cannot be connected to this often is tried over https (69 CBC feeds, 30 June 2026: the http port
# was closed without a redirect).
TWIN_FAILURES = 3


@dataclass(frozen=True, slots=True)
class Move:
    """A feed's new address. `apply` is False where a person must agree (another site)."""

    to: str
    apply: bool
    why: str


@dataclass(frozen=True, slots=True)
class Retirement:
    """A feed is not to be polled any more. "gone": the server said so (410); "dead": it has been 404 for long."""

    kind: Literal["gone", "dead"]
    why: str


def silence(history: PollHistory, now: datetime) -> str | None:
    """Return a sentence when a feed that answers has fallen silent against its own rhythm, else None."""
    newest = datetime.fromtimestamp(history.times[0], UTC) if history.times else history.last_news_at
    if newest is None or history.last_success_at is None or history.failures:
        return None
    age = now - newest
    if age >= ZOMBIE_AFTER:
        return f"answers, but its newest entry is of {newest:%Y-%m-%d}"
    gap, longest = rhythm(history), longest_gap(history)
    if gap is None or longest is None:
        return None
    limit = max(timedelta(seconds=gap * SILENT_GAPS), timedelta(seconds=longest * SILENT_LONGEST), SILENT_AT_LEAST)
    if age > limit:
        return (
            f"answers, but nothing new since {newest:%Y-%m-%d %H:%M} UTC; it used to bring an entry every {_span(gap)}"
        )
    return None


def decide_move(history: PollHistory, result: PollResult) -> Move | None:
    """Whether a feed's address should change after this poll, which led by permanent redirects to a feed.

    `history` is the state before `result`. Never to a front page; to another site only by a person.
    """
    after = record(history, result)
    target = after.moved_to
    if result.answer is not Answer.PARSED or target is None or after.moved_since is None:
        return None
    if after.moved_sightings < MOVE_SIGHTINGS or result.at - after.moved_since < MOVE_AFTER:
        return None
    try:
        if is_home(target):
            return None
    except UrlRejected:
        return None
    why = (
        f"redirected permanently {after.moved_sightings} times since {after.moved_since:%Y-%m-%d}, and a feed is there"
    )
    return Move(target, same_site(result.url, target), why)


def decide_retire(history: PollHistory, result: PollResult) -> Retirement | None:
    """Whether to stop polling. Only 410, or 404 for a week; never for 429, 403 or a server that is down."""
    after = record(history, result)
    if result.answer is not Answer.FAILED:
        return None
    if result.reason is Reason.GONE:
        return Retirement("gone", "the server says that the feed is gone (410)")
    lasting = after.failing_since is not None and result.at - after.failing_since >= DEAD_AFTER
    if result.reason is Reason.NOT_FOUND and lasting and after.same_reason >= DEAD_POLLS:
        return Retirement("dead", f"not found (404) at {after.same_reason} polls since {after.failing_since:%Y-%m-%d}")
    return None


def https_twin(history: PollHistory, result: PollResult) -> str | None:
    """Return the https address to try for an http feed whose port is dead, or None."""
    after = record(history, result)
    if result.reason not in (Reason.CONNECT, Reason.TIMEOUT, Reason.RESET) or after.same_reason < TWIN_FAILURES:
        return None
    try:
        parts = urlsplit(result.url)
        if parts.scheme != "http" or parts.port not in (None, 80) or not parts.hostname:
            return None
    except ValueError:  # no address at all
        return None
    return f"https://{parts.hostname}{parts.path}" + (f"?{parts.query}" if parts.query else "")


def needs_rediscovery(history: PollHistory, result: PollResult) -> bool:
    """Whether to look on the outlet's front page for the feed that replaces this one (to be proposed, not applied)."""
    after = record(history, result)
    if result.answer is not Answer.FAILED or after.failing_since is None:
        return False
    if result.reason is Reason.GONE:
        return True
    return result.reason in (Reason.NOT_FOUND, Reason.NOT_A_FEED) and result.at - after.failing_since >= timedelta(
        days=3
    )


def _span(seconds: float) -> str:
    if seconds >= 2 * 86_400:
        return f"{seconds / 86_400:.0f} days"
    return f"{seconds / 3600:.1f} hours" if seconds >= 3600 else f"{max(1, round(seconds / 60))} minutes"
