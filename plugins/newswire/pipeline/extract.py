"""Extract: archived pages into articles and their revisions, in processes that may be killed."""

from __future__ import annotations

import concurrent.futures
import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, TypeAlias

import zstandard

from newswire.extraction import Extraction, ExtractionError, FeedHints, extract_page
from newswire.extraction.boilerplate import REPEATS
from newswire.ledger import Reason
from newswire.pipeline import working
from newswire.pipeline.context import Context
from newswire.pipeline.decisions import Move, after_extraction, after_refusal, give_up
from newswire.pipeline.fetch import settle
from newswire.pipeline.hosts import owner_name
from newswire.pipeline.sandbox import Killed, Limits, Sandbox
from newswire.pipeline.writing import fault, write_surely
from newswire.revisions import Version, describe, is_new, without_lines
from newswire.storage import json_rows
from newswire.urls import UrlRejected, canonical_url

log = logging.getLogger(__name__)

CHUNK = 64
"""Documents written in one transaction."""

AHEAD = 3
"""Documents per process that wait in its queue, so that no core idles while a chunk is written."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a document gives no extraction. A value, since an exception's fields do not survive the way between processes."""

    reason: Reason
    detail: str


Extracted: TypeAlias = tuple[Any, Extraction | Refused | Killed]
"""A row of pages_to_extract and what came of it."""


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A page out of the archive with what the feed said of it: all that extraction may use."""

    body_zstd: bytes
    url: str
    content_type: str | None
    fetched_at: datetime
    status: int
    headers: dict[str, str]
    hints: FeedHints
    zone: str | None
    known_boilerplate: tuple[str, ...]


def extract_archived(page: ArchivedPage) -> Extraction | Refused:
    """Extract one archived page (runs in the sandbox)."""
    body = zstandard.ZstdDecompressor().decompress(page.body_zstd)
    try:
        return extract_page(
            body,
            page.url,
            page.content_type,
            page.fetched_at,
            status=page.status,
            headers=page.headers,
            feed_hints=page.hints,
            outlet_zone=page.zone,
            known_boilerplate=page.known_boilerplate,
        )
    except ExtractionError as error:
        return Refused(error.reason, error.detail)


def judged(found: Extraction, honour_tdm: bool) -> Extraction | Refused:
    """An extracted page, unless it is no article, or reserves text and data mining (`honour_tdm`: where that counts).

    The header and the file of the TDM Reservation Protocol are obeyed where the page is fetched; its meta element, and a
    `noai` for robots, can only be seen here.
    """
    if found.reason is not None:
        return Refused(found.reason, f"the page is a {found.kind}")
    if honour_tdm and found.tdm_reserved:
        return Refused(Reason.TDM_OPTOUT, "reserved by the page itself")
    return found


def archived_page(row: Any) -> ArchivedPage:
    """From a row of pages_to_extract."""
    headers = {name: value if isinstance(value, str) else ", ".join(value) for name, value in row.headers.items()}
    hints = FeedHints(row.feed_title, row.feed_published_at, tuple(row.feed_authors or ()), row.feed_summary)
    return ArchivedPage(
        bytes(row.body_zstd),
        row.final_url,
        row.content_type,
        row.fetched_at,
        row.http_status,
        headers,
        hints,
        row.time_zone,
        tuple(row.known_boilerplate or ()),
    )


def extract(context: Context) -> int:
    """Extract everything that is due. Returns how many pages were handled."""
    database, settings = context.database, context.settings
    owner = owner_name()
    handled = 0
    waiting: dict[concurrent.futures.Future[Extraction | Refused], Any] = {}
    done: list[Extracted] = []
    capacity = settings.extract_workers * AHEAD
    first = working.claim(database, "extract", owner, CHUNK)
    if not first:
        return 0
    queue = _pages(context, first)
    limits = Limits(settings.extract_seconds, settings.extract_megabytes)

    def write(chunk: Sequence[Extracted]) -> None:
        _write(context, owner, chunk)

    with Sandbox(extract_archived, settings.extract_workers, limits) as sandbox:
        while queue or waiting:
            while queue and len(waiting) < capacity:
                row = queue.pop(0)
                if row.body_zstd is None:
                    done.append((row, Refused(Reason.EMPTY, "the archived page is no longer kept")))
                    continue
                waiting[sandbox.submit(archived_page(row))] = row
            if waiting:
                finished, _ = concurrent.futures.wait(waiting, return_when=concurrent.futures.FIRST_COMPLETED)
                done += [(waiting.pop(future), sandbox.outcome(future)) for future in finished]
            if len(done) >= CHUNK or not (queue or waiting):
                write_surely(write, done, unwritable)
                before, handled = handled, handled + len(done)
                if handled // 500 > before // 500:
                    log.info("extract: %d done", handled)
                done = []
            if len(queue) < capacity:
                queue += _pages(context, working.claim(database, "extract", owner, CHUNK))
    return handled


def _pages(context: Context, url_ids: list[int]) -> list[Any]:
    if not url_ids:
        return []
    sql = context.database.sql
    return context.database.run(lambda c: list(sql.pages_to_extract(c, url_ids=url_ids)))


def unwritable(extracted: Extracted, error: Exception) -> Extracted:
    """For an article that Postgres refuses: its URL is for a person to look at."""
    return extracted[0], Killed(Reason.CRASHED, fault(error))


def _write(context: Context, owner: str, done: Sequence[Extracted]) -> None:
    """Write a chunk: revisions for what is new, and each URL's next line in the ledger."""
    sql = context.database.sql

    def work(connection: Any) -> None:
        ours = working.still_ours(connection, sql, [row.url_id for row, _ in done], "extract", owner)
        mine = [(row, outcome) for row, outcome in done if row.url_id in ours]
        moves: list[tuple[int, Move]] = []
        articles: list[tuple[Any, Extraction]] = []
        for row, outcome in mine:
            url = working.standing(row, "extract")
            if isinstance(outcome, Killed):
                moves.append((row.url_id, give_up(url, outcome.reason, outcome.detail)))
                continue
            found = outcome if isinstance(outcome, Refused) else judged(outcome, context.settings.honour_tdm)
            if isinstance(found, Refused):
                moves.append((row.url_id, after_refusal(url, found.reason, found.detail)))
            else:
                articles.append((row, found))
        moves += _keep(connection, sql, articles)
        settle(connection, context, moves, "extract")

    context.database.run(work)


def _keep(connection: Any, sql: Any, articles: Sequence[tuple[Any, Extraction]]) -> list[tuple[int, Move]]:
    """Articles and revisions of one chunk; returns the moves of their URLs."""
    if not articles:
        return []
    identities = json_rows([{"url_id": row.url_id, "identity": identity(row, found)} for row, found in articles])
    sql.ensure_articles(connection, rows=identities)
    url_ids = [row.url_id for row, _ in articles]
    current = {r.url_id: r for r in sql.current_revisions(connection, url_ids=url_ids)}
    originals = {r.url_id: r for r in sql.duplicates_of(connection, rows=identities)}
    moves: list[tuple[int, Move]] = []
    revisions: list[dict[str, Any]] = []
    for row, found in articles:
        url = working.standing(row, "extract")
        if row.url_id not in current:
            original = originals[row.url_id]
            moves.append((row.url_id, after_refusal(url, Reason.DUPLICATE, f"the same article as {original.original}")))
            continue
        known = current[row.url_id]
        now = Version(found.title, found.text, found.content_hash, found.modified_at)
        before = Version(known.title, known.text, known.content_hash, known.modified_at) if known.revision_id else None
        if before is not None and (repeated := _repeated(known.removed, found)):
            before, now = without_lines(before, repeated), without_lines(now, repeated)
        new = before is None or is_new(before, now)
        if new:
            change = asdict(describe(before, now)) if before is not None else None
            number = (known.number or 0) + 1
            revisions.append(revision_row(row, found, known.article_id, number, change))
        moves.append((row.url_id, after_extraction(url, new_revision=new)))
    if revisions:
        sql.insert_revisions(connection, rows=json_rows(revisions))
    sql.mark_back(connection, url_ids=url_ids)
    return moves


def _repeated(removed_before: Sequence[Mapping[str, str]], found: Extraction) -> set[str]:
    """Lines that one of two readings of a page left out as repeating: the other may have been read knowing less."""
    lines = {taken["line"] for taken in removed_before if taken["why"] == REPEATS}
    return lines | {taken.line for taken in found.removed if taken.why == REPEATS}


def identity(row: Any, found: Extraction) -> str:
    """The address that an article calls its own: its accepted rel=canonical, else where the redirects ended."""
    try:
        return found.canonical_url or canonical_url(row.final_url)
    except UrlRejected:
        return str(row.canonical_url)


def revision_row(
    row: Any, found: Extraction, article_id: int, number: int, change: dict[str, Any] | None
) -> dict[str, Any]:
    """The columns of news.revisions."""
    offset = found.published_at.utcoffset() if found.published_at else None
    return {
        **content_columns(found),
        "article_id": article_id,
        "number": number,
        "page_id": row.page_id,
        "page_fetched_at": row.fetched_at,
        "seen_at": row.fetched_at,
        "published_offset": round(offset.total_seconds() / 60) if offset is not None else None,
        "change": change,
        "created_at": row.fetched_at,
    }


def content_columns(found: Extraction) -> dict[str, Any]:
    """What extraction found, by the names of the columns; also what a replay compares."""
    return {
        "title": found.title,
        "subtitle": found.subtitle,
        "text": found.text,
        "authors": found.authors,
        "agency": found.agency,
        "published_at": found.published_at,
        "published_source": found.published_source,
        "published_precision": found.published_precision,
        "published_why": found.published_why,
        "published_conflict": "; ".join(found.published_conflict) or None,
        "modified_at": found.modified_at,
        "modified_source": found.modified_source,
        "language": found.language,
        "language_confidence": found.language_confidence,
        "canonical_url": found.canonical_url,
        "image_url": found.image,
        "tags": found.tags,
        "section": found.section,
        "site_name": found.site_name,
        "page_kind": found.kind,
        "paywalled": found.paywalled,
        "paywall_signs": found.paywall_signs,
        "licence": found.licence,
        "tdm_reserved": found.tdm_reserved,
        "word_count": found.word_count,
        "quality_flags": [asdict(flag) for flag in found.quality_flags],
        "removed": [asdict(line) for line in found.removed],
        "content_hash": found.content_hash,
        "near_duplicate_key": found.near_duplicate_key,
        "extractor_version": found.extractor_version,
        "encoding": found.encoding,
    }
