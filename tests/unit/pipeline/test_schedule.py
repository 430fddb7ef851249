"""Between a feed's row and the deciders of polling: what the row says must reach them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from newswire.fetching import Failure, Response
from newswire.fetching.headers import Headers
from newswire.ledger import Fate, Reason
from newswire.pipeline.poll import DueFeed, Polled
from newswire.pipeline.schedule import decide

URL = "https://e.example/rss"
NOW = datetime(2026, 9, 20, 8, tzinfo=UTC)


def answer(status: int, at: datetime) -> Response:
    return Response(URL, URL, status, Headers(), b"", "", 0, 0.1, (), "192.0.2.1", False, at, conditional=True)


@pytest.mark.parametrize(
    ("etag", "last_modified"),
    [('"v1"', None), (None, "Tue, 01 Jan 2041 00:00:00 GMT"), ('"v1"', "Tue, 01 Jan 2041 00:00:00 GMT")],
)
def test_whatever_the_validator_304_for_ever_is_doubted_every_third_day(
    etag: str | None, last_modified: str | None
) -> None:
    row = SimpleNamespace(
        feed_id=1, url=URL, history="{}", etag=etag, last_modified=last_modified, unconditional_next=False
    )
    at, polled, doubts = NOW, Polled(DueFeed(row, NOW), answer(200, NOW), "same-body", None, None, None), 0
    while at < NOW + timedelta(days=30):
        decision = decide(polled, 0)
        row.history, row.unconditional_next, at = decision.history, decision.unconditional, decision.at
        doubts += row.unconditional_next
        polled = Polled(DueFeed(row, at), answer(304, at), "not-modified", None, None, None)
    assert 8 <= doubts <= 10


def test_a_wait_begins_with_the_answer_not_with_the_turn_of_its_host() -> None:
    """The thirtieth feed of a slow host is asked long after it was claimed."""
    row = SimpleNamespace(feed_id=1, url=URL, history="{}", etag=None, last_modified=None, unconditional_next=False)
    asked = NOW + timedelta(minutes=20)
    busy = Failure(URL, Reason.SERVER_ERROR, "503", Fate.RETRY, retry_after=120.0, fetched_at=asked)
    decision = decide(Polled(DueFeed(row, NOW), busy, "failed", None, Reason.SERVER_ERROR, "503"), 0)
    assert decision.at == asked + timedelta(minutes=2)
