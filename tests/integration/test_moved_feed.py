"""A feed that moved for good stays one feed, though the catalogue goes on listing its old address."""

# ruff: noqa: F401, F811 - fixtures come by their names
from __future__ import annotations

from typing import Any

import pytest

from integration.replay_fixtures import query
from integration.small_site import Site, run, site


@pytest.fixture
def moved(database: Any, site: Site) -> Site:
    """A site whose feed was redirected permanently, and twice seen so, when it is polled again after four days."""
    site.article("/a/story", "A story")
    site.feed("/old", "/a/story")
    run(database, site, "/old")
    site.documents["/new"] = site.documents.pop("/old")
    site.redirects["/old"] = "/new"
    for _ in range(2):
        site.documents["/new"] = (site.documents["/new"][0], site.documents["/new"][1] + " ")
        run(database, site, "/old")
    query(
        database,
        "update news.feeds set history = history || jsonb_build_object('moved_since', now() - interval '4 days')",
    )
    site.documents["/new"] = (site.documents["/new"][0], site.documents["/new"][1] + " ")
    run(database, site, "/old")
    return site


def feeds(database: Any, site: Site) -> list[tuple[str, str]]:
    rows = query(database, "select url, status from news.feeds order by feed_id")
    return [(row.url.removeprefix(site.base), row.status) for row in rows]


def test_it_is_the_same_feed_at_every_further_sync(database: Any, moved: Site) -> None:
    assert feeds(database, moved) == [("/new", "active")]
    run(database, moved, "/old")
    assert feeds(database, moved) == [("/new", "active")]
    assert moved.asked[-1][0] == "/new"


def test_the_catalogue_may_name_the_new_address_or_both(database: Any, moved: Site) -> None:
    run(database, moved, "/new")
    run(database, moved, "/old", "/new")
    assert feeds(database, moved) == [("/new", "active")]


def test_it_leaves_with_its_row_and_returns_with_it(database: Any, moved: Site) -> None:
    moved.feed("/other", "/a/story")
    run(database, moved, "/other")
    assert feeds(database, moved) == [("/new", "removed"), ("/other", "active")]
    run(database, moved, "/old", "/other")
    assert feeds(database, moved) == [("/new", "active"), ("/other", "active")]


def test_where_the_new_address_is_dead_the_catalogues_word_counts_again(database: Any, moved: Site) -> None:
    query(database, "update news.feeds set status = 'retired'")
    run(database, moved, "/old")
    assert feeds(database, moved) == [("/new", "retired"), ("/old", "active")]
