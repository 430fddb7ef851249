"""What an operator decides about feeds: not to poll them for a while, and to poll them again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from newswire.polling import PollHistory, without_failures
from newswire.storage import Database, json_rows
from newswire.text import printable


class UnknownFeedError(ValueError):
    """An address or an outlet that the database does not know. One line."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of the chosen feeds: addresses of those that changed, and a line for each that was left as it is."""

    changed: tuple[str, ...]
    left: tuple[str, ...]


def why_not_paused(status: str, note: str | None) -> str | None:
    """Why a feed of this status cannot be paused, or None. Pausing a paused one again gives it another note."""
    if status == "retired":
        return f"is not polled any more: {note or 'retired'}"
    return "is not in the catalogue any more" if status == "removed" else None


def why_not_resumed(status: str, *, named: bool) -> str | None:
    """Why a feed of this status cannot be polled again, or None. `named`: chosen by its address, not by its outlet."""
    if status == "active":
        return "is polled"
    if status == "removed":
        return "is not in the catalogue any more: add it there, and sync"
    if status == "retired" and not named:
        return "was retired, not paused: name its address to have it polled again"
    return None


def pause(database: Database, feeds: Sequence[str], outlets: Sequence[str], note: str) -> Decided:
    """Stop polling feeds, chosen by address or by outlet, until `resume`. What they have listed is fetched and revisited
    as ever, and a sync of the catalogue leaves them paused.

    Raises:
        UnknownFeedError: nothing was changed.
    """

    def work(connection: Any) -> Decided:
        rows = _chosen(database, connection, feeds, outlets)
        refused = {row.feed_id: why_not_paused(row.status, row.status_note) for row in rows}
        chosen = [row for row in rows if refused[row.feed_id] is None]
        database.sql.pause_feeds(connection, feed_ids=[row.feed_id for row in chosen], note=note)
        return _decided(rows, refused)

    return database.run(work)


def resume(database: Database, feeds: Sequence[str], outlets: Sequence[str], note: str) -> Decided:
    """Poll feeds again, at once: paused ones, and retired ones that are named. What failed before no longer counts, so
    that a revived feed has a week, as any other, before it is retired as not found.

    Raises:
        UnknownFeedError: nothing was changed.
    """

    def work(connection: Any) -> Decided:
        rows = _chosen(database, connection, feeds, outlets)
        refused = {row.feed_id: why_not_resumed(row.status, named=row.named) for row in rows}
        histories = [
            {"feed_id": row.feed_id, "history": without_failures(PollHistory.from_json(row.history)).to_json()}
            for row in rows
            if refused[row.feed_id] is None
        ]
        database.sql.resume_feeds(connection, rows=json_rows(histories), note=note)
        return _decided(rows, refused)

    return database.run(work)


def _chosen(database: Database, connection: Any, feeds: Sequence[str], outlets: Sequence[str]) -> list[Any]:
    rows = list(database.sql.feeds_by_name(connection, feeds=list(feeds), outlets=list(outlets)))
    addresses = {address for row in rows for address in (row.url, row.listed_url)}
    names = {row.outlet for row in rows}
    unknown = [f"no feed '{printable(feed)}'" for feed in feeds if feed not in addresses]
    unknown += [f"no outlet '{printable(outlet)}' with a feed" for outlet in outlets if outlet not in names]
    if unknown:
        raise UnknownFeedError(f"the catalogue has {', '.join(unknown)}")
    return rows


def _decided(rows: Sequence[Any], refused: dict[int, str | None]) -> Decided:
    return Decided(
        tuple(row.url for row in rows if refused[row.feed_id] is None),
        tuple(f"{row.url} {why}" for row in rows if (why := refused[row.feed_id]) is not None),
    )
