"""Claiming URLs for a station that works on what is already in the house (extract, classify, group)."""

from __future__ import annotations

from typing import Any

from newswire.ledger import State
from newswire.pipeline.decisions import Standing
from newswire.storage import Database

LEASE = "10 minutes"
"""Longer than any chunk takes; a killed worker's chunk is taken over after it."""


def claim(database: Database, stage: str, owner: str, limit: int) -> list[int]:
    """Claim up to `limit` due URLs of a stage. Returns their ids, oldest due first."""
    rows = database.run(lambda c: list(database.sql.claim_urls(c, stage=stage, owner=owner, lease=LEASE, limit=limit)))
    return [row.url_id for row in rows]


def still_ours(connection: Any, sql: Any, url_ids: list[int], stage: str, owner: str) -> set[int]:
    """Lock, inside a transaction, those claimed URLs whose lease we still hold: only these may be written."""
    return {row.url_id for row in sql.lock_owned(connection, url_ids=url_ids, stage=stage, owner=owner)}


def standing(row: Any, stage: str) -> Standing:
    """Where a claimed row's URL stands."""
    return Standing(State(row.state), stage, row.attempts, row.first_listed_at)
