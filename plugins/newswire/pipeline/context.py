"""What every station needs: settings, the database, and the run that it works for."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from newswire.config import Settings
from newswire.storage import Database


class SelectionError(ValueError):
    """An outlet or a feed that the database does not know. One line."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What an operator restricts a run to; everything by default. `limit` bounds the pages fetched per shard."""

    outlets: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    limit: int | None = None

    @property
    def outlet_list(self) -> list[str] | None:
        return list(self.outlets) or None

    @property
    def feed_list(self) -> list[str] | None:
        return list(self.feeds) or None


@dataclass(frozen=True, slots=True)
class Context:
    """One run. `shard` of `shards` is the set of hosts that this worker may claim; `seconds` is how long a station goes on
    asking hosts."""

    settings: Settings
    database: Database
    run_id: int
    selection: Selection = field(default_factory=Selection)
    shard: int = 0
    shards: int = 1
    seconds: float = math.inf
