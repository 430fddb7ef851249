"""Group stories: which articles are copies of one text. With this, an article is published."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

import psycopg2.extras

from newswire.ledger import Reason, State
from newswire.pipeline import working
from newswire.pipeline.context import Context
from newswire.pipeline.decisions import Move, give_up
from newswire.pipeline.fetch import settle
from newswire.pipeline.hosts import owner_name
from newswire.pipeline.writing import fault, write_surely
from newswire.revisions import Version, describe
from newswire.stories import same_story
from newswire.urls import article_number

log = logging.getLogger(__name__)

CHUNK = 64
"""Articles grouped in one transaction: grouping is done by one worker at a time, so it must not hold the lock for long."""

WINDOW = "14 days"
"""Copies of wire stories appear within hours; a fortnight covers weeklies. Later equal texts are archives re-published.
Counted from when the article was listed, since a replay hands pages of long ago back."""


@dataclass(frozen=True, slots=True)
class Due:
    """A URL to group; with `fault`, one whose grouping Postgres refused."""

    url_id: int
    fault: str | None = None


def group(context: Context) -> int:
    """Group everything that is due. Returns how many articles were published or updated."""
    owner = owner_name()
    grouped = 0
    while url_ids := working.claim(context.database, "group", owner, CHUNK):
        write_surely(partial(_write, context, owner), [Due(url_id) for url_id in url_ids], ungroupable)
        grouped += len(url_ids)
    if grouped:
        log.info("group: %d published or updated", grouped)
    return grouped


def ungroupable(due: Due, error: Exception) -> Due:
    """For an article whose place among the stories Postgres refuses: its URL is for a person to look at."""
    return Due(due.url_id, fault(error))


def _write(context: Context, owner: str, chunk: Sequence[Due]) -> None:
    """Group a chunk in one transaction, the earliest article first."""
    sql = context.database.sql
    faults = {due.url_id: due.fault for due in chunk}

    def work(connection: Any) -> None:
        sql.lock_grouping(connection)
        ours = working.still_ours(connection, sql, list(faults), "group", owner)
        rows = list(sql.keys_to_group(connection, url_ids=sorted(ours)))
        moves = [(row.url_id, _move(connection, sql, row, faults[row.url_id])) for row in rows]
        settle(connection, context, moves, "group")

    context.database.run(work)


def _move(connection: Any, sql: Any, row: Any, refused: str | None) -> Move:
    if refused is not None:
        return give_up(working.standing(row, "group"), Reason.CRASHED, refused)
    known = _assign(connection, sql, row) if row.story_id is None else None
    return Move(State.PUBLISHED) if known is None else Move(State.SKIPPED, reason=Reason.DUPLICATE, detail=known)


def _assign(connection: Any, sql: Any, row: Any) -> str | None:
    """Put an article into the story of its earliest copy, or open one for it.

    Returns None; or, where it is a known article of the same outlet under a corrected address, why it is none of its own.
    """
    candidates = (
        sql.near_duplicates(connection, key=list(row.near_duplicate_key), article_id=row.article_id, window=WINDOW)
        if row.near_duplicate_key
        else ()
    )
    copies = [c for c in candidates if same_story(c.text, row.text)]
    number = article_number(row.canonical_url)
    for copy in copies:
        if number is not None and copy.outlet_id == row.outlet_id and article_number(copy.canonical_url) == number:
            _adopt(connection, sql, row, copy)
            return f"{copy.canonical_url} under a corrected address"
    story_id = copies[0].story_id if copies else sql.open_story(connection, article_id=row.article_id)
    sql.set_story(connection, article_id=row.article_id, story_id=story_id)
    return None


def _adopt(connection: Any, sql: Any, row: Any, known: Any) -> None:
    """Make the text of `row` a new revision of the article `known`, whose headline and address were corrected."""
    before = Version(known.title, known.text, known.content_hash, known.modified_at)
    now = Version(row.title, row.text, row.content_hash, row.modified_at)
    sql.adopt_revision(
        connection,
        revision_id=row.revision_id,
        article_id=known.article_id,
        number=known.number + 1,
        change=psycopg2.extras.Json(asdict(describe(before, now))),
    )
    sql.replace_article(
        connection, article_id=row.article_id, by_article_id=known.article_id, revision_id=row.revision_id
    )
