"""Classify: a verdict for each new revision. A text that the classifier fails on costs its own URL, no other."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, TypeAlias

from newswire.classification import Article, Classifier, Verdict, load_classifier
from newswire.ledger import Reason, State
from newswire.pipeline import working
from newswire.pipeline.context import Context
from newswire.pipeline.decisions import Move, give_up
from newswire.pipeline.fetch import settle
from newswire.pipeline.hosts import owner_name
from newswire.pipeline.writing import fault, write_surely
from newswire.storage import json_rows

log = logging.getLogger(__name__)

CHUNK = 128
"""Texts judged and written at once."""

PROBE: Article = {
    "title": "Weather for the weekend",
    "text": "Rain is expected in the north, and the south stays dry.",
    "language": "en",
    "url": None,
    "published_at": None,
}
"""A text that every working classifier can judge: one that fails on it is broken, whatever it fails on besides."""


@dataclass(frozen=True, slots=True)
class Unjudged:
    """Why a text has no verdict."""

    detail: str


Judged: TypeAlias = tuple[Any, Verdict | Unjudged]
"""A row of texts_to_classify and what came of it."""


def classify(context: Context) -> int:
    """Judge everything that is due. Returns how many texts were judged."""
    database, sql = context.database, context.database.sql
    owner = owner_name()
    judged = 0
    while url_ids := working.claim(database, "classify", owner, CHUNK):
        classifier = load_classifier(context.settings.classifier)
        rows = database.run(lambda c, ids=url_ids: list(sql.texts_to_classify(c, url_ids=ids)))  # type: ignore[misc]
        write_surely(partial(_write, context, owner), judge(classifier, rows), unwritable)
        judged += len(rows)
    if judged:
        log.info("classify: %d judged", judged)
    return judged


def judge(classifier: Classifier, rows: Sequence[Any]) -> list[Judged]:
    """Verdicts of rows; where the classifier fails on a batch, of all texts in it but those that are to blame.

    Raises what the classifier raises on `PROBE`: then no text is to blame, and none may be given up.
    """
    try:
        return list(zip(rows, classifier(rows), strict=True))
    except Exception as error:
        if len(rows) > 1:
            middle = len(rows) // 2
            return judge(classifier, rows[:middle]) + judge(classifier, rows[middle:])
        classifier([PROBE])
        log.exception("a text could not be judged")
        return [(rows[0], Unjudged(fault(error)))]


def unwritable(judged: Judged, error: Exception) -> Judged:
    """For a verdict that Postgres refuses, such as a probability that is no number: its URL is for a person to look at."""
    return judged[0], Unjudged(fault(error))


def _write(context: Context, owner: str, judged: Sequence[Judged]) -> None:
    sql = context.database.sql

    def work(connection: Any) -> None:
        ours = working.still_ours(connection, sql, [row.url_id for row, _ in judged], "classify", owner)
        mine = [(row, outcome) for row, outcome in judged if row.url_id in ours]
        keep(connection, sql, [(r, v) for r, v in mine if isinstance(v, Verdict)], context.run_id)
        settle(connection, context, [(row.url_id, _move(row, outcome)) for row, outcome in mine], "classify")

    context.database.run(work)


def _move(row: Any, outcome: Verdict | Unjudged) -> Move:
    if isinstance(outcome, Verdict):
        return Move(State(row.state), "group")
    return give_up(working.standing(row, "classify"), Reason.CRASHED, outcome.detail)


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
