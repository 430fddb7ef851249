"""Compare: what a newer extractor or classifier would change in a window of the past."""

from __future__ import annotations

import concurrent.futures
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal, get_args

import psycopg2.extras

from newswire.classification import Classifier, Verdict, load_classifier
from newswire.config import Settings
from newswire.extraction import EXTRACTOR_VERSION, Extraction
from newswire.pipeline.classify import keep, verdict_row
from newswire.pipeline.extract import ArchivedPage, Refused, archived_page, extract_archived, revision_row
from newswire.pipeline.sandbox import Killed, Limits, Sandbox
from newswire.replay.differences import (
    JUDGED,
    Change,
    Tally,
    changed_columns,
    extraction_change,
    plain,
    verdict_change,
)
from newswire.replay.refused import read_refused
from newswire.revisions import Version, describe
from newswire.storage import Database, json_rows

log = logging.getLogger(__name__)

What = Literal["extract", "classify", "both"]

CHUNK = 48
"""Articles held in memory, and written in one transaction, with all their revisions and pages."""

EXAMPLES = 5
"""Flips of each direction, and refusals, that the summary shows; all of them are in news.reprocess_changes."""

ROW_ONLY = frozenset({"article_id", "number", "page_id", "page_fetched_at", "seen_at", "created_at"})
"""Columns of a revision that say which row it is, not what was read."""


class ReplayError(Exception):
    """A replay that cannot be done as asked. One line that says what to do."""


@dataclass(frozen=True, slots=True)
class Request:
    """Which past, and what to do with it: the articles first listed in [window_start, window_end), at most `limit`."""

    window_start: datetime
    window_end: datetime
    what: What
    limit: int | None = None

    def __post_init__(self) -> None:
        if self.what not in get_args(What):
            raise ReplayError(f"what is extract, classify or both, not {self.what!r}")
        if self.window_start.tzinfo is None or self.window_end.tzinfo is None:
            raise ReplayError("the window needs times with a zone, such as 2026-03-01T00:00:00Z")
        if self.window_start >= self.window_end:
            raise ReplayError(f"the window ends ({self.window_end}) before it starts ({self.window_start})")
        if self.limit is not None and self.limit < 1:
            raise ReplayError("the limit must be at least 1")

    @property
    def extracts(self) -> bool:
        return self.what in ("extract", "both")

    @property
    def classifies(self) -> bool:
        return self.what in ("classify", "both")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A finished comparison: its number, and the summary that news.reprocess_runs keeps."""

    reprocess_id: int
    summary: dict[str, Any]

    @property
    def empty(self) -> bool:
        """Whether there was nothing in the window."""
        return not self.summary["counts"].get("seen")


@dataclass(slots=True)
class _Reading:
    """One revision on its way: its row, what was read anew, the change of its columns."""

    row: Any
    outcome: Extraction | Refused | Killed | None = None
    change: Change | None = None

    @property
    def text_changed(self) -> bool:
        return self.change is not None and not JUDGED.isdisjoint(changed_columns(self.change))

    @property
    def content_hash(self) -> str:
        return str(self.change.after["content_hash"] if self.change else self.row.content_hash)


@dataclass(frozen=True, slots=True)
class _Replay:
    """A comparison under way."""

    database: Database
    request: Request
    reprocess_id: int
    classifier: Classifier
    sandbox: Sandbox[Extraction | Refused] | None


def compare(
    database: Database,
    settings: Settings,
    request: Request,
    *,
    key: str | None = None,
    extractor: Callable[[ArchivedPage], Extraction | Refused] = extract_archived,
    classifier: Classifier | None = None,
) -> Comparison:
    """Read and judge the window again and write what would change. Changes nothing that anybody sees.

    Args:
        key: names the request; a comparison that was begun under the same key goes on where it stopped.
        extractor: runs in sandboxed processes, so it must be a function of a module.
        classifier: by default the configured one.

    Raises:
        ReplayError: an extraction without classification while the configured classifier is not the current model:
            changed texts would keep verdicts on their old wording.
    """
    classifier = classifier or load_classifier(settings.classifier)
    reprocess_id, summary = database.run(lambda c: _open(database.sql, c, request, classifier, key))
    if summary.get("examples") is not None:
        return Comparison(reprocess_id, summary)
    if not request.extracts:
        return _go_through(_Replay(database, request, reprocess_id, classifier, None), summary)
    limits = Limits(settings.extract_seconds, settings.extract_megabytes)
    with Sandbox(extractor, settings.extract_workers, limits) as sandbox:
        return _go_through(_Replay(database, request, reprocess_id, classifier, sandbox), summary)


def _open(
    sql: Any, connection: Any, request: Request, classifier: Classifier, key: str | None
) -> tuple[int, dict[str, Any]]:
    """Find the replay that was begun under this key, or begin one."""
    known = sql.replay_of(connection, key=key) if key is not None else None
    if known is not None:
        return known, dict(sql.replay_run(connection, reprocess_id=known).summary)
    current = sql.current_model(connection)
    if not request.classifies and current not in (None, classifier.version):
        raise ReplayError(
            f"the configured classifier is {classifier.version}, the current verdicts are by {current}: "
            "changed texts could not be judged alike; choose 'both'"
        )
    sql.know_model(connection, model_version=classifier.version)
    summary: dict[str, Any] = {
        "key": key,
        "request": plain(asdict(request)),
        "extractor_version": EXTRACTOR_VERSION if request.extracts else None,
        "model_before": current,
        "model_version": classifier.version if request.classifies else None,
        "after": 0,
        "counts": {},
    }
    reprocess_id = sql.open_replay(
        connection,
        what=["extract", "classify"] if request.what == "both" else [request.what],
        window_start=request.window_start,
        window_end=request.window_end,
        summary=psycopg2.extras.Json(summary),
    )
    return reprocess_id, summary


def _go_through(replay: _Replay, summary: dict[str, Any]) -> Comparison:
    database, sql = replay.database, replay.database.sql
    tally = Tally.from_json(summary["counts"])
    while articles := _next(replay, summary["after"], tally):
        _chunk(replay, articles, tally, summary)
        log.info("replay %d: %s", replay.reprocess_id, tally.as_json()["seen"])

    if replay.sandbox is not None and request_is_whole(replay.request):
        read_refused(replay, summary, tally)

    def finish(connection: Any) -> None:
        few = {"reprocess_id": replay.reprocess_id, "most": EXAMPLES}
        summary["examples"] = [row._asdict() for row in sql.flip_examples(connection, **few)]
        summary["refusals"] = [row._asdict() for row in sql.refusal_examples(connection, **few)]
        summary["counts"] = tally.as_json()
        written = psycopg2.extras.Json(summary)
        sql.finish_replay(connection, reprocess_id=replay.reprocess_id, summary=written)

    database.run(finish)
    return Comparison(replay.reprocess_id, summary)


def request_is_whole(request: Request) -> bool:
    """A limited replay is a trial on some articles; refused pages are read again with the whole window only."""
    return request.limit is None


def _next(replay: _Replay, after: int, tally: Tally) -> list[int]:
    """The next articles of the window; none when it, or the limit, is done."""
    request, most = replay.request, CHUNK
    if request.limit is not None:
        most = min(CHUNK, request.limit - tally.count("seen", "articles"))
    if most <= 0:
        return []
    window = {"window_start": request.window_start, "window_end": request.window_end, "after": after, "most": most}
    rows = replay.database.run(lambda c: list(replay.database.sql.replay_articles(c, **window)))
    return [row.article_id for row in rows]


def _chunk(replay: _Replay, articles: Sequence[int], tally: Tally, summary: dict[str, Any]) -> None:
    """Read, judge, compare and write some articles: one transaction with the progress in it, so that a replay which is
    killed goes on after its last chunk."""
    database, sql = replay.database, replay.database.sql
    version = replay.classifier.version
    rows = database.run(lambda c: list(sql.replay_revisions(c, article_ids=list(articles), model_version=version)))
    readings = [_Reading(row) for row in rows]
    if replay.sandbox is not None:
        _extract(replay.sandbox, readings)
        _compare_columns(readings)
    judged = _judge(replay, readings)
    changes = _refusals(readings) + [r.change for r in readings if r.change is not None]
    changes += [change for _, _, change in judged if change is not None]
    # What is true of the stored text already; see the room's docstring.
    beside = [(r.row, verdict) for r, verdict, _ in judged if not r.text_changed and r.row.judged_before is None]
    _count(tally, articles, readings, judged)
    summary["after"], summary["counts"] = articles[-1], tally.as_json()

    def write(connection: Any) -> None:
        if changes:
            written = json_rows([asdict(change) for change in changes])
            sql.keep_changes(connection, reprocess_id=replay.reprocess_id, rows=written)
        keep(connection, sql, beside, None)
        progress = psycopg2.extras.Json(summary)
        sql.note_replay(connection, reprocess_id=replay.reprocess_id, summary=progress)

    database.run(write)


def _extract(sandbox: Sandbox[Extraction | Refused], readings: Sequence[_Reading]) -> None:
    futures: dict[concurrent.futures.Future[Extraction | Refused], _Reading] = {
        sandbox.submit(archived_page(r.row)): r for r in readings if r.row.body_zstd is not None
    }
    concurrent.futures.wait(futures)
    for future, reading in futures.items():
        reading.outcome = sandbox.outcome(future)


def _compare_columns(readings: Sequence[_Reading]) -> None:
    """Set each reading's change. `change` (against the revision before) is described anew where either side moved."""
    before: tuple[int, Version, bool] | None = None
    for reading in readings:
        row, found = reading.row, reading.outcome
        known = Version(row.title, row.text, row.content_hash, row.modified_at)
        accepted = isinstance(found, Extraction) and found.reason is None
        now = Version(found.title, found.text, found.content_hash, found.modified_at) if accepted else known  # type: ignore[union-attr]
        moved = (now.title, now.text) != (known.title, known.text)
        if before is not None and before[0] != row.article_id:
            before = None
        if accepted:
            change = row.change
            if before is not None and (moved or before[2]):
                change = asdict(describe(before[1], now))
            columns = revision_row(row, found, row.article_id, row.number, change)  # type: ignore[arg-type]
            found_columns = {name: value for name, value in columns.items() if name not in ROW_ONLY}
            reading.change = extraction_change(row.revision_id, row._asdict(), found_columns)
        before = (row.article_id, now, moved)


def _judge(replay: _Replay, readings: Sequence[_Reading]) -> list[tuple[_Reading, Verdict, Change | None]]:
    """New verdicts: of all texts when classification is part of the replay, else of the changed texts only."""
    todo = [r for r in readings if replay.request.classifies or r.text_changed]
    verdicts = replay.classifier([_article(r) for r in todo])
    judged = []
    for reading, verdict in zip(todo, verdicts, strict=True):
        row = reading.row
        change = verdict_change(
            row.revision_id,
            row.verdict,
            row.judged_before,
            verdict_row(row.revision_id, verdict),
            reading.content_hash,
            text_changed=reading.text_changed,
        )
        judged.append((reading, verdict, change))
    return judged


def _article(reading: _Reading) -> dict[str, Any]:
    """What the classifier reads: the new columns where they differ, else the stored ones."""
    source = reading.row if reading.change is None else reading.outcome
    return {"url": reading.row.url} | {name: getattr(source, name) for name in JUDGED}


def _refusals(readings: Sequence[_Reading]) -> list[Change]:
    """Pages that are no longer held for articles."""
    refused = []
    for reading in readings:
        why = _refusal(reading.outcome)
        if why is not None:
            row = reading.row
            before = {"title": row.title, "page_kind": row.page_kind, "word_count": row.word_count}
            refused.append(Change(row.revision_id, "refused", before, why))
    return refused


def _refusal(outcome: Extraction | Refused | Killed | None) -> dict[str, str] | None:
    if isinstance(outcome, Extraction):
        if outcome.reason is None:
            return None
        return {"reason": str(outcome.reason), "detail": f"the page is a {outcome.kind}"}
    return None if outcome is None else {"reason": str(outcome.reason), "detail": outcome.detail}


def _count(
    tally: Tally,
    articles: Sequence[int],
    readings: Sequence[_Reading],
    judged: Sequence[tuple[_Reading, Verdict, Change | None]],
) -> None:
    """Add a chunk to the tally. Flips and labels are counted for current revisions: one per article."""
    tally.add("seen", "articles", len(articles))
    tally.add("seen", "revisions", len(readings))
    for reading in readings:
        row = reading.row
        if row.body_zstd is None:
            tally.add("seen", "pages no longer archived")
        refusal = _refusal(reading.outcome)
        if refusal is not None:
            tally.add("refused", refusal["reason"])
        if reading.change is not None:
            tally.add("extraction", "changed")
            tally.add("extraction by outlet", row.outlet)
            tally.add("extraction by language", row.language)
            for column in changed_columns(reading.change):
                tally.add("columns", column)
    for reading, verdict, _ in judged:
        if reading.row.is_current:
            _count_verdict(tally, reading.row, verdict)


def _count_verdict(tally: Tally, row: Any, verdict: Verdict) -> None:
    before: Mapping[str, Any] | None = row.verdict
    tally.add("seen", "judged")
    tally.add("labels after", verdict.label)
    if before is not None:
        tally.add("labels before", before["label"])
        if before["label"] != verdict.label:
            tally.add("flips", f"{before['label']} → {verdict.label}")
            tally.add("flips by outlet", row.outlet)
            tally.add("flips by language", row.language)
    if row.review is not None:
        # The only figures here that say whether the new model is better, not merely different.
        tally.add("reviewed", "articles")
        tally.add("reviewed", "right before", int(before is not None and before["label"] == row.review))
        tally.add("reviewed", "right after", int(verdict.label == row.review))
