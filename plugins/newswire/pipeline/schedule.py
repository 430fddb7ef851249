"""Between the feeds' rows and the deciders of newswire.polling: when a feed is polled next, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from newswire.fetching import Failure, Response
from newswire.polling import (
    Answer,
    PollHistory,
    PollResult,
    decide_move,
    decide_retire,
    next_poll,
    record,
)

if TYPE_CHECKING:
    from newswire.pipeline.poll import Polled

ANSWERS = {
    "parsed": Answer.PARSED,
    "same-body": Answer.SAME_BODY,
    "not-modified": Answer.NOT_MODIFIED,
    "rejected": Answer.FAILED,
    "failed": Answer.FAILED,
}


@dataclass(frozen=True, slots=True)
class Decision:
    """The feed's future: its next poll with the reason in words, its status, its address, what a person should see."""

    at: datetime
    reason: str
    history: str
    failures: int
    unconditional: bool
    status: str | None = None
    status_note: str | None = None
    alarm: str | None = None
    moved_to: str | None = None
    proposed_url: str | None = None
    proposed_because: str | None = None


def result_of(polled: Polled, new_entries: int) -> PollResult:
    """A poll as the deciders want it told."""
    answer, feed = polled.answer, polled.feed
    response = answer if isinstance(answer, Response) else None
    row = polled.due.row
    entry_times = tuple(e.published.instant for e in feed.entries if e.published) if feed else ()
    result = PollResult(
        answer=ANSWERS[polled.outcome],
        at=answer.fetched_at or polled.due.now,
        url=row.url,
        reason=polled.reason,
        detail=polled.detail or "",
        entries=len(feed.entries) if feed else 0,
        new_entries=new_entries,
        entry_times=entry_times,
        max_age_s=response.max_age if response else None,
        moved_to=polled.twin or (response.moved_permanently_to if response else None),
        unconditional=row.unconditional_next or not (row.etag or row.last_modified),
    )
    if feed:
        result = replace(result, hints=feed.hints)
    # As asked, not as capped: that a server asks for ten years is what a person should see.
    said = answer.response if isinstance(answer, Failure) else answer
    asked = said.retry_after() if said is not None else None
    pause = answer.retry_after if isinstance(answer, Failure) else None
    return replace(result, retry_after_s=asked.raw if asked else pause)


def decide(polled: Polled, new_entries: int) -> Decision:
    """All decisions about a feed after one poll, of which `new_entries` listed URLs were new in it."""
    row = polled.due.row
    history = PollHistory.from_json(row.history)
    result = result_of(polled, new_entries)
    following = next_poll(history, result, now=result.at, seed=str(row.feed_id))
    after = record(history, result)
    decision = Decision(
        at=following.at,
        reason=following.reason,
        history=after.to_json(),
        failures=after.failures,
        unconditional=following.unconditional,
        alarm=following.alarm,
    )
    if polled.twin is not None:
        return replace(decision, moved_to=polled.twin)
    move = decide_move(history, result)
    if move is not None and move.apply:
        return replace(decision, moved_to=move.to)
    if move is not None:
        decision = replace(decision, proposed_url=move.to, proposed_because=move.why, alarm=f"moved? {move.why}")
    retirement = decide_retire(history, result)
    if retirement is not None:
        decision = replace(decision, status="retired", status_note=retirement.why, alarm=retirement.why)
    if polled.discovered:
        because = f"the outlet's page links to it, while this one fails ({polled.reason})"
        decision = replace(decision, proposed_url=polled.discovered[0], proposed_because=because)
    return decision
