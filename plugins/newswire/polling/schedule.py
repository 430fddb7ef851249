"""When a feed is asked again, and why, in words. Pure: history and result in, decision out.

The interval is the longest of what the feed's own rhythm calls for and what the publisher asks for (ttl, syndication
module, Cache-Control, Expires, Retry-After), within bounds. Failures wait longer each time and never disable a feed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from newswire.ledger import Reason
from newswire.polling.health import silence
from newswire.polling.history import Answer, PollHistory, PollResult, record, rhythm

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0

# Below five minutes nobody is served: publishers cache for at least that long, and 48 outlets' feeds at one request per
# host and gap fit into it.
SHORTEST = 5 * MINUTE
# Once a day is what any publisher tolerates and what keeps a feed's window from being missed for long.
LONGEST = DAY
# Of a feed that we know nothing about: the usual default of feed readers.
UNKNOWN = 30 * MINUTE
# Half the usual gap sees an entry, on average, a quarter of a gap after it appeared; more requests bring little.
RHYTHM_SHARE = 0.5
# A feed that is silent now (night, weekend) is asked ever more rarely: every tenth of the silence so far.
SILENCE_SHARE = 0.1
# No wait by Retry-After is below a minute (servers send 0 and 1) or above a day (they send ten years).
RETRY_FLOOR, RETRY_CAP = MINUTE, DAY
# First waits after a failure; doubled each time. A reset is over in minutes; a rate limit means that we asked too much.
FIRST_WAIT = {Reason.RATE_LIMITED: 30 * MINUTE, Reason.HOST_PAUSED: 5 * MINUTE}
DEFAULT_FIRST_WAIT = 10 * MINUTE
# What will not change by asking again soon: a person, a lawyer or a robots file has to act first.
SLOW = frozenset(
    {
        Reason.GONE, Reason.LEGAL, Reason.PAYWALL, Reason.ROBOTS, Reason.TDM_OPTOUT, Reason.SCHEME, Reason.PORT,
        Reason.CREDENTIALS, Reason.INTERNAL_ADDRESS, Reason.BAD_URL, Reason.ENTITY_EXPANSION, Reason.DEPTH,
    }
)  # fmt: skip
# A server that answers 304 for ever (FreshRSS#1020: Last-Modified of 2041) is asked without validators once in this
# time; the full body of one feed every three days costs nothing.
UNCONDITIONAL_EVERY = timedelta(days=3)
# When the silence is unusual, the validators are the first suspects.
UNCONDITIONAL_IN_SILENCE = timedelta(days=1)
JITTER = 0.1


@dataclass(frozen=True, slots=True)
class NextPoll:
    """When to ask next. `reason` is a sentence for a person; `alarm` one that a person should see, or None.

    `unconditional` says to leave the validators out next time.
    """

    at: datetime
    reason: str
    interval_s: float
    alarm: str | None
    unconditional: bool = False


def next_poll(history: PollHistory, result: PollResult, *, now: datetime, seed: str = "") -> NextPoll:
    """Decide when to poll again. `history` is the state before `result`; `seed` (the feed's id) spreads feeds in time.

    The same arguments always give the same answer.
    """
    after = record(history, result)
    wait, why = _after_failure(after, result) if result.answer is Answer.FAILED else _after_success(after, result, now)
    exact = result.retry_after_s is not None and result.answer is Answer.FAILED
    spread = 0.0 if exact else wait * JITTER * _fraction(seed, after.polls)
    interval = min(max(wait + spread, RETRY_FLOOR), LONGEST * (1 + JITTER))
    at = _outside_skipped(now + timedelta(seconds=interval), after)
    if (at - now).total_seconds() > interval + 1:
        why += "; moved out of the hours and days that the feed asks to skip"
    return NextPoll(at, why, (at - now).total_seconds(), _alarm(after, result, now), _unconditional(after, now))


# --------------------------------------------------------------------------- success


def _after_success(history: PollHistory, result: PollResult, now: datetime) -> tuple[float, str]:
    wait, why = _by_rhythm(history, now)
    for asked, source in _requests(history, result):
        if asked > wait:
            wait, why = asked, f"{source} asks for {_words(asked)}"
    if wait >= LONGEST:
        return LONGEST, f"{why}; at least once a day"
    return wait, why


def _by_rhythm(history: PollHistory, now: datetime) -> tuple[float, str]:
    gap = rhythm(history)
    if history.overruns:
        wait = max(SHORTEST, min(gap or UNKNOWN, UNKNOWN) / 2 ** min(history.overruns, 4))
        return wait, "every entry was new, so some may have been missed: polled sooner"
    if gap is None:
        return UNKNOWN, "its rhythm is not known yet"
    newest = history.times[0] if history.times else history.recent[0][0]
    silent = max(0.0, now.timestamp() - newest)
    wait, why = gap * RHYTHM_SHARE, f"an entry about every {_words(gap)}"
    if silent * SILENCE_SHARE > wait:
        wait, why = silent * SILENCE_SHARE, f"an entry about every {_words(gap)}, but none for {_words(silent)}"
    if wait < SHORTEST:
        return SHORTEST, f"{why}; not more often than every {_words(SHORTEST)}"
    return min(wait, LONGEST), why


def _requests(history: PollHistory, result: PollResult) -> list[tuple[float, str]]:
    """What the publisher asks for, as (seconds, who says so)."""
    # A ttl by which entries would be missed contradicts the feed itself; the cache headers are the server's own word
    limit = HOUR if history.overruns else LONGEST
    found: list[tuple[float, str]] = []
    if history.hints.ttl_s:
        found.append((min(history.hints.ttl_s, limit), "its ttl"))
    if history.hints.update_period_s:
        found.append((min(history.hints.update_period_s, limit), "its syndication module"))
    if result.max_age_s is not None:
        found.append((min(result.max_age_s, LONGEST), "Cache-Control or Expires"))
    if result.retry_after_s is not None:
        found.append((_retry_after(result.retry_after_s)[0], "Retry-After"))
    return found


# --------------------------------------------------------------------------- failure


def _after_failure(history: PollHistory, result: PollResult) -> tuple[float, str]:
    what = f"failed ({result.reason.value if result.reason else 'unknown'})"
    if history.failures > 1:
        what += f" {history.failures} times in a row"
    if result.retry_after_s is not None:
        wait, note = _retry_after(result.retry_after_s)
        return wait, f"{what}; the server asks to wait {_words(result.retry_after_s)}{note}"
    if result.reason in SLOW:
        return LONGEST, f"{what}; asking again soon would change nothing"
    first = FIRST_WAIT.get(result.reason, DEFAULT_FIRST_WAIT) if result.reason else DEFAULT_FIRST_WAIT
    wait = min(first * 2 ** min(history.failures - 1, 12), LONGEST)
    return wait, f"{what}; waiting {_words(wait)}, twice as long each time, at most a day"


def _retry_after(seconds: float) -> tuple[float, str]:
    if seconds > RETRY_CAP:
        return RETRY_CAP, ", capped at a day"
    return max(seconds, RETRY_FLOOR), ""


# --------------------------------------------------------------------------- the rest


def _outside_skipped(at: datetime, history: PollHistory) -> datetime:
    """Move a time out of the feed's skipHours and skipDays (UTC), by at most two days."""
    hints = history.hints
    for _ in range(48):
        utc = at.astimezone(UTC)
        if utc.hour not in hints.skip_hours and utc.weekday() not in hints.skip_days:
            break
        at = (utc + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    return at


def _unconditional(history: PollHistory, now: datetime) -> bool:
    if history.last_success_at is None or history.last_full_at is None:
        return history.last_success_at is not None  # 304 without ever a body: the validators are worthless
    since = now - max(history.last_full_at, history.last_unconditional_at or history.last_full_at)
    return since >= (UNCONDITIONAL_IN_SILENCE if silence(history, now) else UNCONDITIONAL_EVERY)


def _alarm(history: PollHistory, result: PollResult, now: datetime) -> str | None:
    if result.answer is not Answer.FAILED:
        return silence(history, now)
    if result.retry_after_s is not None and result.retry_after_s > RETRY_CAP:
        return f"the server asks to wait {_words(result.retry_after_s)}"
    if result.reason in SLOW:
        return f"needs a person: {result.reason.value if result.reason else ''}"
    if history.failing_since is not None and now - history.failing_since >= timedelta(days=3):
        return f"failing since {history.failing_since:%Y-%m-%d} ({result.reason.value if result.reason else 'unknown'})"
    return None


def _fraction(seed: str, poll: int) -> float:
    """A number in [0, 1) that is the same for the same feed and poll: jitter that can be tested and explained."""
    return int.from_bytes(hashlib.sha256(f"{seed}:{poll}".encode()).digest()[:4], "big") / 2**32


def _words(seconds: float) -> str:
    for size, name in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")):
        if seconds >= size:
            count = round(seconds / size, 1)
            text = f"{count:g}"
            return f"{text} {name}" + ("" if text == "1" else "s")
    return f"{round(seconds)} seconds"
