"""Chunks in which Postgres refuses something: the rest is written, and the one thing is recorded as refused."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg2
import psycopg2.errors
import pytest

from newswire.pipeline.writing import REFUSALS, write_surely


class Table:
    """What was written, by a Postgres that does not like poison."""

    def __init__(self, refusal: Exception) -> None:
        self.rows: list[str] = []
        self._refusal = refusal

    def write(self, chunk: Sequence[str]) -> None:
        if "poison" in chunk:
            raise self._refusal
        self.rows += chunk


@pytest.mark.parametrize("refusal", REFUSALS)
@pytest.mark.parametrize("chunk", [["1", "poison", "2"], ["poison"], ["poison", "1", "poison"]])
def test_what_postgres_refuses_is_recorded_and_the_rest_is_written(
    refusal: type[psycopg2.Error], chunk: list[str]
) -> None:
    table = Table(refusal("value out of range"))
    write_surely(table.write, chunk, lambda item, error: f"refused: {error}")
    assert table.rows == [item.replace("poison", "refused: value out of range") for item in chunk]


def test_what_is_wrong_with_our_own_statement_is_not_blamed_on_the_items() -> None:
    table = Table(psycopg2.errors.UndefinedColumn("no such column"))
    with pytest.raises(psycopg2.errors.UndefinedColumn):
        write_surely(table.write, ["1", "poison"], lambda item, _: item)
    assert table.rows == []


def test_a_refused_substitute_is_an_error_of_ours() -> None:
    table = Table(psycopg2.DataError("value out of range"))
    with pytest.raises(psycopg2.DataError):
        write_surely(table.write, ["poison"], lambda item, _: item)
