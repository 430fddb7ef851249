"""What becomes of a URL, as a table: where it stands, what happened, and the ledger's next line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from newswire.ledger import Fate, Reason, State
from newswire.pipeline.decisions import (
    FIRST_RETRY,
    LONGEST_RETRY,
    Move,
    Standing,
    after_extraction,
    after_failure,
    after_refusal,
    at_rest,
    backoff,
)

LISTED = datetime(2026, 9, 20, 8, tzinfo=UTC)
SOON = LISTED + timedelta(hours=1)
LATE = LISTED + timedelta(days=8)
MAX = 3


def new(attempts: int = 0) -> Standing:
    return Standing(State.PENDING, "fetch", attempts, LISTED)


def known(attempts: int = 0) -> Standing:
    return Standing(State.PUBLISHED, "fetch", attempts, LISTED)


# url, reason, fate, Retry-After, now -> state, stage, seconds, attempts, reason
FAILURES = [
    # a fault of the address uses up attempts, ever more slowly
    (new(0), Reason.TIMEOUT, Fate.RETRY, None, SOON, ("pending", "fetch", 300.0, 1, "timeout")),
    (new(1), Reason.TIMEOUT, Fate.RETRY, None, SOON, ("pending", "fetch", 1200.0, 2, "timeout")),
    (new(2), Reason.TIMEOUT, Fate.RETRY, None, SOON, ("failed", None, 0.0, 2, "timeout")),
    # the server's own wish is honoured where it is longer
    (new(0), Reason.SERVER_ERROR, Fate.RETRY, 30.0, SOON, ("pending", "fetch", 300.0, 1, "server-error")),
    (new(0), Reason.SERVER_ERROR, Fate.RETRY, 7200.0, SOON, ("pending", "fetch", 7200.0, 1, "server-error")),
    (new(0), Reason.SERVER_ERROR, Fate.RETRY, 1e9, SOON, ("pending", "fetch", LONGEST_RETRY, 1, "server-error")),
    # a fault of the host does not, for a week
    (new(2), Reason.HOST_PAUSED, Fate.RETRY, 120.0, SOON, ("pending", "fetch", 120.0, 2, "host-paused")),
    (new(2), Reason.RATE_LIMITED, Fate.RETRY, 120.0, SOON, ("pending", "fetch", 120.0, 2, "rate-limited")),
    (new(2), Reason.RATE_LIMITED, Fate.RETRY, 0.0, SOON, ("pending", "fetch", 1200.0, 2, "rate-limited")),
    (new(0), Reason.ROBOTS_UNREACHABLE, Fate.RETRY, None, SOON, ("pending", "fetch", 300.0, 0, "robots-unreachable")),
    (new(0), Reason.HOST_PAUSED, Fate.RETRY, 120.0, LATE, ("failed", None, 0.0, 0, "host-paused")),
    # final answers
    (new(0), Reason.NOT_FOUND, Fate.SKIP, None, SOON, ("skipped", None, 0.0, 0, "not-found")),
    (new(1), Reason.ROBOTS, Fate.SKIP, None, SOON, ("skipped", None, 0.0, 1, "robots")),
    (new(0), Reason.CRASHED, Fate.QUARANTINE, None, SOON, ("failed", None, 0.0, 0, "crashed")),
    # a published article stays published, whatever happens to its revisit
    (known(0), Reason.TIMEOUT, Fate.RETRY, None, SOON, ("published", "fetch", 300.0, 1, None)),
    (known(2), Reason.TIMEOUT, Fate.RETRY, None, SOON, ("published", None, 0.0, 0, None)),
    (known(0), Reason.FORBIDDEN, Fate.SKIP, None, SOON, ("published", None, 0.0, 0, None)),
    # nor does a busy host cost it the visit of its second week, though it is not waited for without end
    (known(0), Reason.HOST_PAUSED, Fate.RETRY, 60.0, LATE, ("published", "fetch", 60.0, 1, None)),
    (known(2), Reason.HOST_PAUSED, Fate.RETRY, 60.0, LATE, ("published", None, 0.0, 0, None)),
]


@pytest.mark.parametrize(("url", "reason", "fate", "asked", "now", "expected"), FAILURES)
def test_a_failure(
    url: Standing,
    reason: Reason,
    fate: Fate,
    asked: float | None,
    now: datetime,
    expected: tuple[str, str | None, float, int, str | None],
) -> None:
    move = after_failure(url, reason, fate, "why", now=now, max_attempts=MAX, retry_after=asked)
    assert (move.state, move.stage, move.due_in, move.attempts, move.reason) == expected
    assert not move.gone


@pytest.mark.parametrize("reason", [Reason.GONE, Reason.NOT_FOUND, Reason.LEGAL, Reason.SOFT_404])
def test_an_article_that_was_taken_down_is_gone_and_kept(reason: Reason) -> None:
    for fate in (Fate.SKIP, Fate.RETRY):
        move = after_failure(known(), reason, fate, "", now=SOON, max_attempts=MAX)
        assert (move.state, move.gone, move.reason, move.stage) == (State.PUBLISHED, True, reason, None)


def test_a_url_always_comes_to_an_end() -> None:
    url, now = new(), LISTED
    for _ in range(20):
        move = after_failure(url, Reason.CONNECT, Fate.RETRY, "", now=now, max_attempts=6)
        if move.stage is None:
            break
        assert move.due_in > 0
        now += timedelta(seconds=move.due_in)
        url = Standing(move.state, "fetch", move.attempts, LISTED)
    assert move.state is State.FAILED
    assert timedelta(days=1) < now - LISTED < timedelta(days=3)


def test_the_backoff_grows_and_is_bounded() -> None:
    waits = [backoff(n) for n in range(12)]
    assert waits == sorted(waits)
    assert (waits[0], waits[1], waits[-1]) == (FIRST_RETRY, FIRST_RETRY, LONGEST_RETRY)


@pytest.mark.parametrize(
    ("url", "reason", "expected"),
    [
        (new(), Reason.VIDEO, Move(State.SKIPPED, reason=Reason.VIDEO, detail="d")),
        (known(), Reason.PAYWALL, Move(State.PUBLISHED, reason=Reason.PAYWALL)),
        (known(), Reason.SOFT_404, Move(State.PUBLISHED, reason=Reason.SOFT_404, gone=True)),
    ],
)
def test_a_page_that_is_no_article(url: Standing, reason: Reason, expected: Move) -> None:
    assert after_refusal(url, reason, "d") == expected


@pytest.mark.parametrize(
    ("url", "new_revision", "expected"),
    [
        (new(), True, Move(State.PENDING, "classify")),
        (new(), False, Move(State.PENDING, "classify")),
        (known(), True, Move(State.PUBLISHED, "classify")),
        (known(), False, Move(State.PUBLISHED)),
    ],
)
def test_an_extracted_article(url: Standing, new_revision: bool, expected: Move) -> None:
    assert after_extraction(url, new_revision=new_revision) == expected


HOUR = 3600.0


@pytest.mark.parametrize(
    ("age", "hours", "due_in"),
    [
        (0.0, (24.0, 168.0), 24 * HOUR),
        (10 * HOUR, (24.0, 168.0), 14 * HOUR),  # its feed said that it changed: the visit to come stays
        (24 * HOUR, (24.0, 168.0), 144 * HOUR),
        (30 * HOUR, (24.0, 168.0), 138 * HOUR),  # the pipeline stood still: what was due later stays
        (168 * HOUR, (24.0, 168.0), None),
        (0.0, (), None),
    ],
)
def test_a_published_article_is_looked_at_again_by_its_age(
    age: float, hours: tuple[float, ...], due_in: float | None
) -> None:
    found = at_rest(Move(State.PUBLISHED), age=age, revisit_hours=hours)
    assert found == (Move(State.PUBLISHED) if due_in is None else Move(State.PUBLISHED, "fetch", due_in=due_in))


@pytest.mark.parametrize(
    "move",
    [Move(State.PENDING, "classify"), Move(State.PUBLISHED, "classify"), Move(State.FAILED, reason=Reason.CRASHED)],
)
def test_what_is_at_work_or_refused_is_not_revisited(move: Move) -> None:
    assert at_rest(move, age=0.0, revisit_hours=(24.0,)) == move
