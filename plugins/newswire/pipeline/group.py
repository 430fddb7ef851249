"""Group stories: which articles are copies of one text. With this, an article is published."""

from __future__ import annotations

import logging
from dataclasses import asdict
from typing import Any

import psycopg2.extras

from newswire.ledger import Reason, State
from newswire.pipeline import working
from newswire.pipeline.context import Context
from newswire.pipeline.decisions import Move
from newswire.pipeline.fetch import settle
from newswire.pipeline.hosts import owner_name
from newswire.revisions import Version, describe
from newswire.stories import same_story
from newswire.urls import article_number

log = logging.getLogger(__name__)

CHUNK = 64
"""Articles grouped in one transaction: grouping is done by one worker at a time, so it must not hold the lock for long."""

WINDOW = "14 days"
"""Copies of wire stories appear within hours; a fortnight covers weeklies. Later equal texts are archives re-published."""


def group(context: Context) -> int:
    """Group everything that is due. Returns how many articles were published or updated."""
    database, sql = context.database, context.database.sql
    owner = owner_name()
    grouped = 0
    while url_ids := working.claim(database, "group", owner, CHUNK):

        def work(connection: Any, url_ids: list[int] = url_ids) -> None:
            sql.lock_grouping(connection)
            ours = working.still_ours(connection, sql, url_ids, "group", owner)
            moves: list[tuple[int, Move]] = []
            for row in list(sql.keys_to_group(connection, url_ids=sorted(ours))):
                known = _assign(connection, sql, row) if row.story_id is None else None
                if known is not None:
                    moves.append((row.url_id, Move(State.SKIPPED, reason=Reason.DUPLICATE, detail=known)))
                    continue
                moves.append((row.url_id, Move(State.PUBLISHED)))
            settle(connection, context, moves, "group")

        database.run(work)
        grouped += len(url_ids)
    if grouped:
        log.info("group: %d published or updated", grouped)
    return grouped


def _assign(connection: Any, sql: Any, row: Any) -> str | None:
    """Put an article into the story of its earliest copy, or open one for it.

    Returns None; or, where it is a known article of the same outlet under a corrected address, why it is none of its own.
    """
    candidates = (
        sql.near_duplicates(connection, key=list(row.near_duplicate_key), article_id=row.article_id, since=WINDOW)
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
