"""What ages out of a real database, and that finding it stays cheap however much has aged out before."""

# ruff: noqa: F401, F811 - fixtures come by their names
from __future__ import annotations

from typing import Any

import pytest

from conftest import ROOT
from integration.replay_fixtures import query
from integration.small_site import Site, run, site
from newswire.config import load
from newswire.pipeline import poll
from newswire.pipeline.maintenance import apply_retention


def test_what_is_old_ages_out_and_its_record_stays(database: Any, site: Site) -> None:
    site.article("/a/old", "An old story")
    site.article("/a/new", "A new story")
    site.feed("/rss", "/a/old", "/a/new")
    run(database, site, "/rss")
    query(
        database, "update news.pages set fetched_at = fetched_at - interval '40 days' where right(final_url, 3) = 'old'"
    )
    query(
        database,
        "update news.urls set page_fetched_at = page_fetched_at - interval '40 days' where right(fetch_url, 3) = 'old'",
    )
    query(database, "update news.polls set polled_at = polled_at - interval '40 days'")
    removed = apply_retention(load({}, database_url=database.url, page_retention_days=30), database)
    assert (removed["page_bodies"], removed["polls"]) == (1, 1)
    kept = query(
        database, "select final_url, body_zstd is not null as held, body_hash from news.pages order by final_url"
    )
    assert [(row.final_url[-3:], row.held, len(row.body_hash)) for row in kept] == [
        ("new", True, 64),
        ("old", False, 64),
    ]
    assert len(query(database, "select url from news.published_articles")) == 2


def test_a_host_whose_holder_died_ages_out(database: Any) -> None:
    query(
        database,
        "insert into news.hosts (host, lease_owner, lease_until) values "
        "('held.example', 'alive', now() + interval '1 minute'), ('lost.example', 'dead', now() - interval '2 days')",
    )
    assert apply_retention(load({}, database_url=database.url), database)["hosts"] == 1
    assert [row.host for row in query(database, "select host from news.hosts")] == ["held.example"]


def test_a_chunk_of_polls_that_is_written_twice_is_there_once(
    database: Any, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection may be lost after Postgres has committed and before it could say so."""
    site.article("/a/story", "A story")
    site.feed("/rss", "/a/story")
    write = poll.write

    def twice(*arguments: Any) -> None:
        write(*arguments)
        write(*arguments)

    monkeypatch.setattr(poll, "write", twice)
    assert run(database, site, "/rss").ledger["adds_up"]
    assert len(query(database, "select poll_id from news.polls")) == 1


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        ("select from news.urls where settled_run_id = 1", "urls_by_settled_run"),
        ("select from news.urls where first_run_id = 1", "urls_by_first_run"),
        (
            "select from news.pages where fetched_at < now() - interval '2 years' and body_zstd is not null limit 9",
            "fetched_at_idx",
        ),
    ],
)
def test_what_is_asked_often_has_an_index(database: Any, statement: str, index: str) -> None:
    def plan(connection: Any) -> str:
        with connection.cursor() as cursor:
            cursor.execute("set local enable_seqscan = off; set local enable_bitmapscan = off")
            cursor.execute("explain " + statement)
            return "\n".join(row[0] for row in cursor.fetchall())

    assert index in database.run(plan)
