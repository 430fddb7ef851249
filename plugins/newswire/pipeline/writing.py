"""Writing in chunks, where one strange value must not keep the others from being written."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TypeVar

import psycopg2
import psycopg2.errors

from newswire.text import one_line

T = TypeVar("T")
log = logging.getLogger(__name__)

REFUSALS = (psycopg2.DataError, psycopg2.IntegrityError, psycopg2.errors.ProgramLimitExceeded)
"""What Postgres says of values, not of its own state: too long for an index, out of range, against a constraint."""


def write_surely(
    write: Callable[[Sequence[T]], None], chunk: Sequence[T], instead: Callable[[T, Exception], T]
) -> None:
    """Write a chunk; where Postgres refuses something in it, write the rest, and for that one what stands `instead`.

    Else one strange item would keep its whole chunk from being written, in this run and in every later one. `write`
    takes a chunk in one transaction.
    """
    try:
        write(chunk)
    except REFUSALS as error:
        if len(chunk) > 1:
            for item in chunk:
                write_surely(write, [item], instead)
        else:
            log.error("an item could not be stored", exc_info=error)
            write([instead(chunk[0], error)])


def fault(error: Exception) -> str:
    """An error as the detail of a line in the ledger."""
    return f"{type(error).__name__}: {one_line(str(error))[:200]}"
