"""What is remembered of a feed between polls, and how one poll changes it. Compact: it is a jsonb column per feed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from newswire.ledger import Reason
from newswire.polling.values import PollHints

# Enough to tell a rhythm with its nights and weekends, small enough for a row of every feed.
KEEP_TIMES = 40
KEEP_POLLS = 20


class Answer(StrEnum):
    """How a poll ended."""

    PARSED = "parsed"
    """200, and the body was read as a feed."""
    SAME_BODY = "same-body"
    """200, and the body was the one we had (equal hash): not parsed again."""
    NOT_MODIFIED = "not-modified"
    """304 to a conditional request."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PollResult:
    """One poll, as the fetcher and the parser tell it. Times are aware, durations in seconds."""

    answer: Answer
    at: datetime
    url: str
    """The address that was asked."""
    reason: Reason | None = None
    """Why it failed."""
    detail: str = ""
    entries: int = 0
    """Entries listed."""
    new_entries: int = 0
    """Entries not seen in this feed before."""
    entry_times: tuple[datetime, ...] = ()
    """Publication times of the listed entries, as far as known."""
    hints: PollHints = field(default_factory=PollHints)
    max_age_s: float | None = None
    """For how long the server calls its answer fresh (Cache-Control, else Expires)."""
    retry_after_s: float | None = None
    moved_to: str | None = None
    """Where a chain of only permanent redirects (301, 308) led; None without one."""
    unconditional: bool = False
    """Whether it was asked without validators."""


@dataclass(frozen=True, slots=True)
class PollHistory:
    """The past of one feed. `record` is the only way it changes; `to_json` and `from_json` keep it."""

    polls: int = 0
    failures: int = 0
    """Failed polls in a row."""
    failing_since: datetime | None = None
    last_reason: Reason | None = None
    same_reason: int = 0
    """How many of the last polls failed with `last_reason`, in a row."""
    last_success_at: datetime | None = None
    last_full_at: datetime | None = None
    """When a body last came (200)."""
    last_unconditional_at: datetime | None = None
    last_news_at: datetime | None = None
    first_seen_at: datetime | None = None
    times: tuple[int, ...] = ()
    """The newest publication times known, newest first, as Unix seconds."""
    recent: tuple[tuple[int, int, int], ...] = ()
    """(Unix seconds, new entries, entries listed) of the last polls that brought a body, newest first."""
    overruns: int = 0
    """How many of the last parsed polls in a row shared no entry with the poll before."""
    hints: PollHints = field(default_factory=PollHints)
    moved_to: str | None = None
    moved_since: datetime | None = None
    moved_sightings: int = 0

    def to_json(self) -> str:
        """Return the history as JSON text."""
        return json.dumps(asdict(self), default=_plain, separators=(",", ":"))

    @classmethod
    def from_json(cls, stored: str | Mapping[str, Any] | None) -> PollHistory:
        """Read a stored history; unknown fields are ignored and missing ones empty, so that versions can differ."""
        data = json.loads(stored) if isinstance(stored, str) else dict(stored or {})
        known = {f.name for f in fields(cls)}
        values: dict[str, Any] = {k: v for k, v in data.items() if k in known and v is not None}
        for name, value in values.items():
            if name.endswith(("_at", "_since")):
                values[name] = datetime.fromisoformat(value)
        if "last_reason" in values:
            values["last_reason"] = Reason(values["last_reason"]) if values["last_reason"] in set(Reason) else None
        values["times"] = tuple(values.get("times", ()))
        values["recent"] = tuple((int(a), int(b), int(c)) for a, b, c in values.get("recent", ()))
        hints = values.get("hints") or {}
        values["hints"] = PollHints(
            hints.get("ttl_s"),
            hints.get("update_period_s"),
            frozenset(hints.get("skip_hours", ())),
            frozenset(hints.get("skip_days", ())),
        )
        return cls(**values)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(type(value).__name__)


def without_failures(history: PollHistory) -> PollHistory:
    """Return the history with what failed last no longer counted."""
    return replace(history, failures=0, failing_since=None, last_reason=None, same_reason=0)


def record(history: PollHistory, result: PollResult) -> PollHistory:
    """Return the history after one more poll."""
    after = replace(history, polls=history.polls + 1, first_seen_at=history.first_seen_at or result.at)
    if result.unconditional:
        after = replace(after, last_unconditional_at=result.at)
    if result.answer is Answer.FAILED:
        same = result.reason is history.last_reason and history.failures > 0
        return replace(
            after,
            failures=history.failures + 1,
            failing_since=history.failing_since or result.at,
            last_reason=result.reason,
            same_reason=history.same_reason + 1 if same else 1,
            # An address that moved but now fails has not proven itself
            moved_to=None,
            moved_since=None,
            moved_sightings=0,
        )
    after = replace(without_failures(after), last_success_at=result.at)
    if result.answer is Answer.NOT_MODIFIED:
        return after
    after = _with_move(replace(after, last_full_at=result.at), result)
    new = result.new_entries if result.answer is Answer.PARSED else 0
    seen = (int(result.at.timestamp()), new, result.entries or (history.recent[0][2] if history.recent else 0))
    after = replace(after, recent=(seen, *history.recent)[:KEEP_POLLS])
    if result.answer is Answer.SAME_BODY:
        return after
    times = {int(t.timestamp()) for t in result.entry_times if t <= result.at + timedelta(days=1)} | set(history.times)
    # Every entry is new and none has a time that we know. (A restructured site gives its archive new addresses: then
    # all entries look new, but at the old times, and nothing was missed.)
    known = any(int(t.timestamp()) in history.times for t in result.entry_times)
    overrun = bool(history.recent) and 0 < result.entries == new and not known
    return replace(
        after,
        hints=result.hints,
        times=tuple(sorted(times, reverse=True)[:KEEP_TIMES]),
        last_news_at=result.at if new else history.last_news_at,
        overruns=history.overruns + 1 if overrun else 0,
    )


def _with_move(history: PollHistory, result: PollResult) -> PollHistory:
    if result.moved_to is None:
        return replace(history, moved_to=None, moved_since=None, moved_sightings=0)
    if result.moved_to != history.moved_to:
        return replace(history, moved_to=result.moved_to, moved_since=result.at, moved_sightings=1)
    return replace(history, moved_sightings=history.moved_sightings + 1)


def rhythm(history: PollHistory) -> float | None:
    """Return the usual seconds between two entries of this feed, or None while too little is known.

    The median gap of the newest publication times; where entries carry no dates, the time between polls that brought
    something new, by the number of entries that they brought.
    """
    if len(history.times) >= 3:
        gaps = sorted(a - b for a, b in zip(history.times, history.times[1:], strict=False))
        return float(max(gaps[len(gaps) // 2], (history.times[0] - history.times[-1]) / (4 * len(gaps)), 1))
    bodies = history.recent
    if len(bodies) >= 3 and bodies[0][0] > bodies[-1][0]:
        new = sum(n for _, n, _ in bodies[:-1])
        return max((bodies[0][0] - bodies[-1][0]) / new, 1.0) if new else None
    return None


def longest_gap(history: PollHistory) -> float | None:
    """Return the longest seconds between two of the newest entries, or None while too little is known."""
    gaps = [a - b for a, b in zip(history.times, history.times[1:], strict=False)]
    return float(max(gaps)) if len(gaps) >= 2 else None
