"""Pages that were refused once, and that the extractor of today takes for articles."""

from __future__ import annotations

import concurrent.futures
from typing import Any

import psycopg2.extras

from newswire.extraction import Extraction
from newswire.ledger import Reason
from newswire.pipeline.extract import archived_page
from newswire.replay.differences import Tally

REASONS = frozenset({
    Reason.NON_HTML, Reason.NOT_ARTICLE, Reason.INDEX_PAGE, Reason.VIDEO, Reason.GALLERY, Reason.CONSENT,
    Reason.CHALLENGE, Reason.SOFT_404, Reason.PARKED, Reason.SCRIPT_SHELL, Reason.STUB, Reason.TOO_SHORT, Reason.EMPTY,
    Reason.ENCODING, Reason.PAYWALL, Reason.LOGIN, Reason.DEPTH, Reason.KILLED_TIME, Reason.KILLED_MEMORY, Reason.CRASHED,
})  # fmt: skip
"""What extraction says of a page. What a server, an outlet's wishes or the ledger say is not for an extractor to change."""

CHUNK = 48
"""Pages in memory at once."""

MOST = 10_000
"""Pages that one replay hands back; their numbers are kept in its summary. A second replay takes the next."""


def read_refused(replay: Any, summary: dict[str, Any], tally: Tally) -> None:
    """Read the window's refused pages again; notes in `summary` which of them are articles now. Goes on where it stopped.

    Nothing is written but the progress: there is no article yet whose values could differ.
    """
    database, sql, request = replay.database, replay.database.sql, replay.request
    reasons = sorted(reason.value for reason in REASONS)
    accepted: list[int] = summary.setdefault("accepted", [])

    def due(connection: Any) -> list[Any]:
        return list(
            sql.replay_refused(
                connection,
                window_start=request.window_start,
                window_end=request.window_end,
                reasons=reasons,
                after=summary.get("after_url", 0),
                most=CHUNK,
            )
        )

    while len(accepted) < MOST and (rows := database.run(due)):
        futures = {replay.sandbox.submit(archived_page(row)): row for row in rows}
        concurrent.futures.wait(futures)
        for future, row in futures.items():
            outcome = replay.sandbox.outcome(future)
            tally.add("seen", "refused pages")
            if isinstance(outcome, Extraction) and outcome.reason is None:
                tally.add("now accepted", row.reason)
                accepted.append(row.url_id)
        summary["after_url"], summary["counts"] = rows[-1].url_id, tally.as_json()
        written = psycopg2.extras.Json(summary)
        database.run(lambda c, w=written: sql.note_replay(c, reprocess_id=replay.reprocess_id, summary=w))
