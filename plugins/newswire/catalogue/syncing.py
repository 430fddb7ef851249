"""The catalogue into the database: new outlets and feeds, changed facts, feeds that left."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from newswire.catalogue.reading import Catalogue
from newswire.storage import Database, json_rows
from newswire.urls import UrlRejected, site_of


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync changed."""

    outlets: int
    feeds_new: int
    feeds_changed: int
    feeds_removed: int


def sync(database: Database, catalogue: Catalogue, *, remove: bool) -> Synced:
    """Write a catalogue. With `remove`, feeds that it does not list are no longer polled (their articles stay).

    A catalogue with nothing in it removes nothing: an empty file is a mistake, not a decision.
    """
    outlets = json_rows([{**asdict(outlet), "site": _site(outlet.homepage)} for outlet in catalogue.outlets])
    feeds = json_rows([asdict(feed) for feed in catalogue.feeds])
    addresses = [feed.url for feed in catalogue.feeds]

    def work(connection: Any) -> Synced:
        database.sql.upsert_outlets(connection, rows=outlets)
        changed = list(database.sql.upsert_feeds(connection, rows=feeds))
        removed = database.sql.remove_feeds_not_listed(connection, urls=addresses) if remove and addresses else 0
        new = sum(row.inserted for row in changed)
        return Synced(len(catalogue.outlets), new, len(changed) - new, removed)

    return database.run(work)


def _site(homepage: str | None) -> str | None:
    if not homepage:
        return None
    try:
        return site_of(homepage)
    except UrlRejected:
        return None
