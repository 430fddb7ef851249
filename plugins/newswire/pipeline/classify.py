"""Classify: a verdict for each new revision."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from newswire.classification import Verdict, load_classifier
from newswire.ledger import State
from newswire.pipeline import working
from newswire.pipeline.context import Context
from newswire.pipeline.decisions import Move
from newswire.pipeline.fetch import settle
from newswire.pipeline.hosts import owner_name
from newswire.storage import json_rows

log = logging.getLogger(__name__)

CHUNK = 128
"""Texts judged and written at once."""


def classify(context: Context) -> int:
    """Judge everything that is due. Returns how many texts were judged."""
    database, sql = context.database, context.database.sql
    owner = owner_name()
    judged = 0
    while url_ids := working.claim(database, "classify", owner, CHUNK):
        classifier = load_classifier(context.settings.classifier)
        rows = database.run(lambda c, ids=url_ids: list(sql.texts_to_classify(c, url_ids=ids)))  # type: ignore[misc]
        verdicts = classifier(rows)
        _write(context, owner, rows, verdicts)
        judged += len(rows)
    if judged:
        log.info("classify: %d judged", judged)
    return judged


def _write(context: Context, owner: str, rows: Sequence[Any], verdicts: Sequence[Verdict]) -> None:
    sql = context.database.sql

    def work(connection: Any) -> None:
        ours = working.still_ours(connection, sql, [row.url_id for row in rows], "classify", owner)
        pairs = [(row, verdict) for row, verdict in zip(rows, verdicts, strict=True) if row.url_id in ours]
        keep(connection, sql, pairs, context.run_id)
        moves = [(row.url_id, Move(State(row.state), "group")) for row, _ in pairs]
        settle(connection, context, moves, "classify")

    context.database.run(work)


def keep(connection: Any, sql: Any, pairs: Sequence[tuple[Any, Verdict]], run_id: int | None) -> None:
    """Write verdicts; the first model that ever speaks in a database is current at once."""
    for version in sorted({verdict.model_version for _, verdict in pairs}):
        sql.know_model(connection, model_version=version)
    rows = [verdict_row(row.revision_id, verdict) for row, verdict in pairs]
    if rows:
        sql.upsert_verdicts(connection, rows=json_rows(rows), run_id=run_id)


def verdict_row(revision_id: int, verdict: Verdict) -> dict[str, Any]:
    """The columns of news.verdicts."""
    return {
        "revision_id": revision_id,
        "model_version": verdict.model_version,
        "label": verdict.label,
        "probability": verdict.probability,
        "centrality": verdict.centrality,
        "topics": [asdict(topic) for topic in verdict.topics],
        "evidence": [asdict(item) for item in verdict.evidence],
        "flip": asdict(verdict.flip) if verdict.flip is not None else None,
        "language": verdict.language,
        "note": verdict.note,
        "unknown_rate": verdict.unknown_rate,
    }
