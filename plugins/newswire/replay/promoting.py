"""Promote: make what a comparison found the current state, in chunks that may be repeated."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from typing import Any

import psycopg2.extras

from newswire.replay.comparing import ReplayError
from newswire.storage import Database

log = logging.getLogger(__name__)

CHUNK = 500
"""Revisions changed in one transaction: short enough that readers and ingestion never wait noticeably."""


@dataclass(frozen=True, slots=True)
class Promotion:
    """What a promotion wrote. `stale`: changes left out, since the revision is no longer what was compared.
    `handed_back`: pages once refused that go to the extract station of the next run of ingest_news.

    `model` became the current one if `model_current`; else `unjudged` published articles lack a verdict of it.
    """

    reprocess_id: int
    extractions: int
    verdicts: int
    stale: int
    handed_back: int = 0
    model: str | None = None
    model_current: bool = False
    unjudged: int = 0
    unjudged_from: str | None = None
    unjudged_to: str | None = None

    def __str__(self) -> str:
        words = f"replay {self.reprocess_id}: {self.extractions} revisions rewritten, {self.verdicts} verdicts written"
        if self.stale:
            words += f"; {self.stale} left out, since they changed after the comparison"
        if self.handed_back:
            words += f"; {self.handed_back} pages once refused are extracted by the next run of ingest_news"
        if self.model_current:
            words += f"; {self.model} is the current model"
        elif self.model is not None:
            words += (
                f"; {self.model} is NOT the current model yet: {self.unjudged} published articles, first listed from "
                f"{self.unjudged_from} to {self.unjudged_to}, have no verdict of it (replay that window too)"
            )
        return words


def promote(database: Database, reprocess_id: int) -> Promotion:
    """Apply a finished comparison. Safe to repeat, and to go on with after a crash.

    Raises:
        ReplayError: there is no such replay, or its comparison never ended.
    """
    sql = database.sql
    run = database.run(lambda c: sql.replay_run(c, reprocess_id=reprocess_id))
    if run is None:
        raise ReplayError(f"there is no replay {reprocess_id}")
    if run.finished_at is None:
        raise ReplayError(f"the comparison of replay {reprocess_id} has not ended; repeat it first")
    extractions = verdicts = after = 0
    while revision_ids := _next(database, reprocess_id, after):

        def write(connection: Any, ids: list[int] = revision_ids) -> tuple[int, int]:
            chunk = {"reprocess_id": reprocess_id, "revision_ids": ids}
            # Texts first: a verdict is written only where its text stands.
            return sql.promote_extractions(connection, **chunk), sql.promote_verdicts(connection, **chunk)

        rewritten, judged = database.run(write)
        extractions, verdicts, after = extractions + rewritten, verdicts + judged, revision_ids[-1]
        log.info("replay %d: %d revisions rewritten, %d verdicts", reprocess_id, extractions, verdicts)

    def finish(connection: Any) -> Promotion:
        stale = sql.stale_changes(connection, reprocess_id=reprocess_id)
        # Handed back in this last transaction: once only, or a page refused anew would come back at every repetition.
        accepted = [] if run.promoted_at is not None else run.summary.get("accepted", [])
        handed_back = sql.extract_again(connection, url_ids=accepted) if accepted else 0
        done = Promotion(reprocess_id, extractions, verdicts, stale, handed_back)
        model = run.summary["model_version"]
        if model is not None:
            done = _promote_model(sql, connection, done, model)
        summary = psycopg2.extras.Json({**run.summary, "promotion": asdict(done)})
        sql.mark_promoted(connection, reprocess_id=reprocess_id, summary=summary)
        return done

    return database.run(finish)


def _promote_model(sql: Any, connection: Any, done: Promotion, model: str) -> Promotion:
    """Make the model current, unless articles would lose their verdict by it."""
    values = asdict(done) | {"model": model}
    missing = sql.unjudged_articles(connection, model_version=model)
    if missing.articles:
        values |= {
            "unjudged": missing.articles,
            "unjudged_from": missing.oldest.isoformat(timespec="seconds"),
            "unjudged_to": missing.newest.isoformat(timespec="seconds"),
        }
        return Promotion(**values)
    if sql.current_model(connection) != model:
        sql.promote_model(connection, model_version=model)
    return Promotion(**values | {"model_current": True})


def _next(database: Database, reprocess_id: int, after: int) -> list[int]:
    rows = database.run(
        lambda c: list(database.sql.changed_revisions(c, reprocess_id=reprocess_id, after=after, most=CHUNK))
    )
    return [row.revision_id for row in rows]
