"""Group stories: which articles are copies of one text. With this, an article is published."""

from __future__ import annotations

import logging
from typing import Any

from newswire.pipeline import working
from newswire.pipeline.context import Context
from newswire.pipeline.decisions import Move, after_grouping
from newswire.pipeline.fetch import settle
from newswire.pipeline.hosts import owner_name
from newswire.stories import same_story

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
                if row.story_id is None:
                    _assign(connection, sql, row)
                url = working.standing(row, "group")
                move = after_grouping(url, visits=row.visits, revisit_hours=context.settings.revisit_hours)
                moves.append((row.url_id, move))
            settle(connection, sql, moves, "group", context.run_id)

        database.run(work)
        grouped += len(url_ids)
    if grouped:
        log.info("group: %d published or updated", grouped)
    return grouped


def _assign(connection: Any, sql: Any, row: Any) -> None:
    """Put an article into the story of its earliest copy, or open one for it."""
    candidates = (
        sql.near_duplicates(connection, key=list(row.near_duplicate_key), article_id=row.article_id, since=WINDOW)
        if row.near_duplicate_key
        else ()
    )
    story_id = next((c.story_id for c in candidates if same_story(c.text, row.text)), None)
    if story_id is None:
        story_id = sql.open_story(connection, article_id=row.article_id)
    sql.set_story(connection, article_id=row.article_id, story_id=story_id)
