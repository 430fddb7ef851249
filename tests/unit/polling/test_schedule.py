"""newswire.polling.next_poll and the deciders beside it: tables of pasts and what follows from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newswire.ledger import Reason
from newswire.polling import (
    Answer,
    PollHints,
    PollHistory,
    PollResult,
    decide_move,
    decide_retire,
    https_twin,
    needs_rediscovery,
    next_poll,
    record,
    silence,
)

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)  # a Wednesday
URL = "http://example.com/rss.xml"
DAY = 86_400.0


def times(*, every: timedelta, newest: timedelta = timedelta(0), count: int = 20) -> tuple[datetime, ...]:
    return tuple(NOW - newest - i * every for i in range(count))


def parsed(**changes: object) -> PollResult:
    base = PollResult(Answer.PARSED, NOW, URL, entries=20, new_entries=1)
    return replace(base, **changes)  # type: ignore[arg-type]


def failed(reason: Reason, **changes: object) -> PollResult:
    return replace(PollResult(Answer.FAILED, NOW, URL, reason=reason), **changes)  # type: ignore[arg-type]


def after(*results: PollResult) -> PollHistory:
    history = PollHistory()
    for result in results:
        history = record(history, result)
    return history


def minutes(history: PollHistory, result: PollResult, now: datetime = NOW) -> float:
    """The interval in minutes, without the jitter (at most a tenth, and only ever upwards)."""
    plan = next_poll(history, result, now=now)
    assert plan.at == now + timedelta(seconds=plan.interval_s)
    return plan.interval_s / 60


def about(value: float) -> tuple[float, float]:
    return value * 0.999, value * 1.101


@pytest.mark.parametrize(
    ("result", "expected", "words"),
    [
        (parsed(), 30, "not known yet"),
        (parsed(entry_times=times(every=timedelta(minutes=2))), 5, "not more often than every 5 minutes"),
        (parsed(entry_times=times(every=timedelta(minutes=40))), 20, "an entry about every 40 minutes"),
        (parsed(entry_times=times(every=timedelta(hours=6))), 180, "an entry about every 6 hours"),
        (parsed(entry_times=times(every=timedelta(days=9))), 1440, "at least once a day"),
        # the night of a busy feed
        (parsed(entry_times=times(every=timedelta(minutes=10), newest=timedelta(hours=8))), 48, "none for 8 hours"),
        # what the publisher asks for, when it is longer
        (parsed(hints=PollHints(ttl_s=3600)), 60, "its ttl asks for 1 hour"),
        (parsed(hints=PollHints(ttl_s=60)), 30, "not known yet"),
        (parsed(hints=PollHints(update_period_s=7200)), 120, "syndication module"),
        (parsed(max_age_s=5400.0), 90, "Cache-Control or Expires asks for 1.5 hours"),
        (parsed(max_age_s=0.0), 30, "not known yet"),
        (parsed(max_age_s=31_536_000.0), 1440, "at least once a day"),
        (parsed(retry_after_s=7200.0), 120, "Retry-After"),
    ],
)
def test_after_success(result: PollResult, expected: float, words: str) -> None:
    low, high = about(expected)
    assert low <= minutes(PollHistory(), result) <= high
    assert words in next_poll(PollHistory(), result, now=NOW).reason


def test_an_unchanged_answer_keeps_the_rhythm() -> None:
    history = after(parsed(entry_times=times(every=timedelta(minutes=40))))
    for answer in (Answer.SAME_BODY, Answer.NOT_MODIFIED):
        low, high = about(20)
        assert low <= minutes(history, PollResult(answer, NOW, URL, entries=20)) <= high


def test_a_feed_without_dates_is_known_by_what_it_brings() -> None:
    history = PollHistory()
    for i in range(6, 0, -1):
        history = record(history, parsed(at=NOW - timedelta(hours=i), new_entries=2))
    low, high = about(15)  # two an hour: a gap of half an hour
    assert low <= minutes(history, parsed(new_entries=2)) <= high


def test_window_overrun_polls_sooner() -> None:
    slow = parsed(
        entries=5, new_entries=1, entry_times=times(every=timedelta(hours=1), newest=timedelta(hours=20), count=5)
    )
    history = after(slow, slow)

    def missed(minutes: int, **changes: object) -> PollResult:
        later = tuple(t + timedelta(minutes=minutes) for t in slow.entry_times)
        return replace(slow, new_entries=5, entry_times=later, **changes)  # type: ignore[arg-type]

    plan = next_poll(history, missed(301), now=NOW)
    assert plan.interval_s < next_poll(history, slow, now=NOW).interval_s / 1.5
    assert "may have been missed" in plan.reason
    again = next_poll(record(history, missed(301)), missed(602), now=NOW)
    assert again.interval_s < plan.interval_s
    # and a ttl that makes us miss entries is not taken by its word
    assert next_poll(history, missed(301, hints=PollHints(ttl_s=86_400)), now=NOW).interval_s <= 3600 * 1.1


def test_the_first_poll_is_no_overrun() -> None:
    assert after(parsed(entries=20, new_entries=20)).overruns == 0


@pytest.mark.parametrize(
    ("reason", "earlier", "expected"),
    [
        (Reason.SERVER_ERROR, 0, 10),
        (Reason.SERVER_ERROR, 1, 20),
        (Reason.SERVER_ERROR, 3, 80),
        (Reason.SERVER_ERROR, 30, 1440),
        (Reason.TIMEOUT, 0, 10),
        (Reason.RATE_LIMITED, 0, 30),
        (Reason.RATE_LIMITED, 2, 120),
        (Reason.RATE_LIMITED, 500, 1440),
        (Reason.ROBOTS, 0, 1440),
        (Reason.LEGAL, 0, 1440),
    ],
)
def test_failures_wait_longer_each_time(reason: Reason, earlier: int, expected: float) -> None:
    history = after(parsed(), *[failed(reason)] * earlier)
    low, high = about(expected)
    assert low <= minutes(history, failed(reason)) <= high
    assert reason.value in next_poll(history, failed(reason), now=NOW).reason


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(120.0, 120.0), (90.0, 90.0), (30.0, 60.0), (0.0, 60.0), (7200.0, 7200.0), (315_360_000.0, DAY)],
)
def test_retry_after_is_kept_exactly_within_bounds(seconds: float, expected: float) -> None:
    for reason in (Reason.RATE_LIMITED, Reason.SERVER_ERROR):
        plan = next_poll(after(parsed()), failed(reason, retry_after_s=seconds), now=NOW)
        assert plan.interval_s == expected
        assert (plan.alarm is not None) == (seconds > DAY)
    assert "capped" in next_poll(PollHistory(), failed(Reason.RATE_LIMITED, retry_after_s=1e9), now=NOW).reason


def test_success_clears_failure() -> None:
    history = after(*[failed(Reason.RATE_LIMITED)] * 9, parsed(entry_times=times(every=timedelta(minutes=40))))
    assert history.failures == 0
    low, high = about(10)
    assert low <= minutes(history, failed(Reason.TIMEOUT)) <= high


def test_skip_hours_and_days() -> None:
    night = PollHints(skip_hours=frozenset({12, 13, 14}))
    plan = next_poll(PollHistory(), parsed(hints=night), now=NOW)
    assert plan.at == NOW.replace(hour=15)
    assert "skip" in plan.reason
    weekend = PollHints(skip_days=frozenset({2, 3}))  # Wednesday and Thursday
    assert next_poll(PollHistory(), parsed(hints=weekend), now=NOW).at == datetime(2026, 11, 20, tzinfo=UTC)


def test_jitter_is_deterministic_and_spreads() -> None:
    plans = [next_poll(PollHistory(), parsed(), now=NOW, seed=str(i)).interval_s for i in range(200)]
    assert plans == [next_poll(PollHistory(), parsed(), now=NOW, seed=str(i)).interval_s for i in range(200)]
    assert len(set(plans)) > 190
    assert min(plans) >= 1800
    assert max(plans) <= 1980


# --------------------------------------------------------------------------- 304 for ever


def test_304_for_ever_is_broken_by_an_unconditional_poll() -> None:
    history = after(
        parsed(at=NOW - timedelta(days=3), entry_times=times(every=timedelta(days=1), newest=timedelta(days=3)))
    )
    same = PollResult(Answer.NOT_MODIFIED, NOW, URL)
    assert next_poll(history, same, now=NOW).unconditional
    young = after(parsed(at=NOW - timedelta(hours=20)))
    assert not next_poll(young, same, now=NOW).unconditional
    done = record(history, replace(same, unconditional=True, at=NOW - timedelta(hours=1)))
    assert not next_poll(done, same, now=NOW).unconditional


def test_304_comes_sooner_under_suspicion_when_the_feed_is_silent() -> None:
    busy = times(every=timedelta(minutes=20), newest=timedelta(days=2))
    history = after(parsed(at=NOW - timedelta(days=1, hours=1), entry_times=busy))
    plan = next_poll(history, PollResult(Answer.NOT_MODIFIED, NOW, URL), now=NOW)
    assert plan.unconditional
    assert plan.alarm is not None


def test_304_without_ever_a_body() -> None:
    assert next_poll(PollHistory(), PollResult(Answer.NOT_MODIFIED, NOW, URL), now=NOW).unconditional


# --------------------------------------------------------------------------- silence


@pytest.mark.parametrize(
    ("every", "newest", "alarmed"),
    [
        (timedelta(minutes=10), timedelta(hours=9), False),  # a night
        (timedelta(minutes=10), timedelta(hours=30), True),
        (timedelta(days=1), timedelta(days=5), False),
        (timedelta(days=1), timedelta(days=12), True),
        (timedelta(days=30), timedelta(days=100), False),
        (timedelta(days=1), timedelta(days=3900), True),
    ],
)
def test_silence_is_judged_by_the_feeds_own_rhythm(every: timedelta, newest: timedelta, alarmed: bool) -> None:
    result = parsed(entry_times=times(every=every, newest=newest))
    assert (next_poll(PollHistory(), result, now=NOW).alarm is not None) is alarmed


def test_a_zombie_raises_an_alarm_at_once() -> None:
    old = tuple(datetime(2016, 3, 3, 20, 36, 33, tzinfo=UTC) for _ in range(3))
    alarm = next_poll(PollHistory(), parsed(entry_times=old), now=NOW).alarm
    assert alarm is not None
    assert "2016-03-03" in alarm


def test_a_weekly_pause_is_no_silence() -> None:
    weeks = tuple(NOW - timedelta(days=2) - timedelta(weeks=w, hours=h) for w in range(3) for h in range(10))
    assert silence(after(parsed(entry_times=weeks)), NOW) is None


def test_a_failing_feed_is_not_called_silent() -> None:
    history = after(
        parsed(entry_times=times(every=timedelta(minutes=10), newest=timedelta(days=9))), failed(Reason.DNS)
    )
    assert silence(history, NOW) is None
    old = replace(history, failing_since=NOW - timedelta(days=4))
    alarm = next_poll(old, failed(Reason.DNS), now=NOW).alarm
    assert alarm is not None
    assert "failing since 2026-11-14" in alarm


# --------------------------------------------------------------------------- moving and dying


def moved(days_ago: float, to: str = "http://example.com/new.xml") -> PollResult:
    return parsed(at=NOW - timedelta(days=days_ago), moved_to=to)


@pytest.mark.parametrize(
    ("past", "last", "expected"),
    [
        ([], moved(0), None),
        ([moved(2), moved(1)], moved(0), None),  # not long enough
        ([moved(4)], moved(0), None),  # not often enough
        ([moved(4), moved(2)], moved(0), True),
        ([moved(4), moved(2), parsed()], moved(0), None),  # in between it answered at its own address
        ([moved(4), moved(2), failed(Reason.NOT_A_FEED)], moved(0), None),  # a parked page in between
        (
            [moved(4, "http://x.org/f"), moved(2, "http://x.org/f")],
            moved(0, "http://x.org/f"),
            False,
        ),  # a person decides
        ([moved(4, "http://example.com/"), moved(2, "http://example.com/")], moved(0, "http://example.com/"), None),
        ([moved(4, "http://a.org/f"), moved(2)], moved(0), None),  # the target changes
    ],
)
def test_permanent_redirects_move_a_feed_after_repeated_sightings(
    past: list[PollResult], last: PollResult, expected: bool | None
) -> None:
    move = decide_move(after(*past), last)
    assert (move.apply if move else None) is expected


def test_a_redirect_to_what_is_no_feed_never_moves() -> None:
    assert (
        decide_move(after(moved(9), moved(5)), failed(Reason.NOT_A_FEED, moved_to="http://example.com/new.xml")) is None
    )


@pytest.mark.parametrize(
    ("reason", "polls", "days", "expected"),
    [
        (Reason.GONE, 0, 0, "gone"),
        (Reason.NOT_FOUND, 0, 0, None),
        (Reason.NOT_FOUND, 8, 2, None),
        (Reason.NOT_FOUND, 2, 9, None),
        (Reason.NOT_FOUND, 8, 8, "dead"),
        (Reason.RATE_LIMITED, 900, 90, None),
        (Reason.FORBIDDEN, 900, 90, None),
        (Reason.SERVER_ERROR, 900, 90, None),
        (Reason.DNS, 900, 90, None),
    ],
)
def test_only_410_and_a_week_of_404_end_a_feed(reason: Reason, polls: int, days: int, expected: str | None) -> None:
    past = [failed(reason, at=NOW - timedelta(days=days) * (polls - i) / max(polls, 1)) for i in range(polls)]
    retirement = decide_retire(after(*past), failed(reason))
    assert (retirement.kind if retirement else None) == expected


def test_another_failure_in_between_does_not_count_as_404() -> None:
    past = [failed(Reason.NOT_FOUND, at=NOW - timedelta(days=9))] * 5 + [failed(Reason.TIMEOUT)]
    assert decide_retire(after(*past), failed(Reason.NOT_FOUND)) is None


def test_https_twin_of_a_dead_http_port() -> None:
    dead = failed(Reason.CONNECT)
    assert https_twin(after(dead), dead) is None
    assert https_twin(after(dead, dead), replace(dead, url=URL + "?a=1")) == "https://example.com/rss.xml?a=1"
    assert https_twin(after(dead, dead), replace(dead, url="https://example.com/rss.xml")) is None
    assert https_twin(after(dead, dead), replace(dead, url="http://example.com:8080/rss.xml")) is None
    assert https_twin(after(dead, dead), failed(Reason.NOT_FOUND)) is None


def test_rediscovery() -> None:
    page = failed(Reason.NOT_A_FEED)
    assert not needs_rediscovery(PollHistory(), page)
    assert needs_rediscovery(after(replace(page, at=NOW - timedelta(days=4))), page)
    assert needs_rediscovery(PollHistory(), failed(Reason.GONE))
    assert not needs_rediscovery(after(failed(Reason.TIMEOUT, at=NOW - timedelta(days=9))), failed(Reason.TIMEOUT))


# --------------------------------------------------------------------------- always

RESULTS = st.builds(
    PollResult,
    st.sampled_from(Answer),
    st.integers(0, 86_400 * 90).map(lambda s: NOW - timedelta(seconds=s)),
    st.sampled_from([URL, "https://example.com/", "http://[", ""]),
    reason=st.one_of(st.none(), st.sampled_from(Reason)),
    entries=st.integers(0, 100),
    new_entries=st.integers(0, 100),
    entry_times=st.lists(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)), max_size=6).map(tuple),  # noqa: DTZ001
    hints=st.builds(
        PollHints,
        st.one_of(st.none(), st.integers(1, 10**9)),
        st.one_of(st.none(), st.integers(1, 10**9)),
        st.frozensets(st.integers(0, 23), max_size=23),
        st.frozensets(st.integers(0, 6), max_size=6),
    ),
    max_age_s=st.one_of(st.none(), st.floats(0, 1e12)),
    retry_after_s=st.one_of(st.none(), st.floats(0, 1e12)),
    moved_to=st.one_of(st.none(), st.sampled_from(["http://example.com/x", "::", "https://example.com/"])),
    unconditional=st.booleans(),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(RESULTS, max_size=8), RESULTS)
def test_every_past_has_a_bounded_future_and_can_be_stored(past: list[PollResult], last: PollResult) -> None:
    history = after(*past)
    assert PollHistory.from_json(history.to_json()) == history
    plan = next_poll(history, last, now=NOW)
    assert 60 <= plan.interval_s <= DAY * 3.2  # a day, its jitter, and skipDays
    assert plan.reason.isprintable()
    decide_retire(history, last)
    decide_move(history, last)
    needs_rediscovery(history, last)
    https_twin(history, last)


def test_a_stored_history_of_another_version_can_be_read() -> None:
    assert (
        PollHistory.from_json({"failures": 3, "from_the_future": 1, "last_reason": "no-longer-a-reason"}).failures == 3
    )
    assert PollHistory.from_json(None) == PollHistory()
    assert PollHistory.from_json({}) == PollHistory()
