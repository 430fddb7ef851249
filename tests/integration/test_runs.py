"""A run's two ends with a real database: what it is asked for must exist, and an outage is told to a person."""

# ruff: noqa: F401, F811 - fixtures come by their names
from __future__ import annotations

from typing import Any

import pytest

from integration.replay_fixtures import query
from integration.small_site import Site, run, site
from newswire.catalogue import Catalogue, FeedRow, OutletRow, sync
from newswire.config import load
from newswire.overview import read, render
from newswire.pipeline.context import Selection, SelectionError
from newswire.pipeline.ingest import ingest
from newswire.pipeline.runs import plan

pytestmark = pytest.mark.timeout(120)

HOSTS = ("one.invalid", "two.invalid", "three.invalid")
"""RFC 6761: no name server knows a name under .invalid."""

FEEDS = tuple(f"http://{host}/feed" for host in HOSTS)


def unreachable(database: Any) -> Any:
    feeds = tuple(FeedRow("Outlet", url, host) for url, host in zip(FEEDS, HOSTS, strict=True))
    sync(database, Catalogue((OutletRow("Outlet"),), feeds, ()), remove=False)
    return load({}, database_url=database.url, min_gap=0.0, extract_workers=1)


def test_a_total_outage_fails_the_run_and_says_so(database: Any) -> None:
    settings = unreachable(database)
    for _ in range(2):
        result = ingest(database, settings, Selection(), trigger="test", force=True)
        assert result.person
        assert result.note is not None
        assert result.note.startswith("3 of 3 polls failed (dns): check this machine's network")
        [row] = query(database, "select status, note from news.ingest_runs order by run_id desc limit 1")
        assert (row.status, row.note) == ("failed", result.note)
    assert "3 of 3 polls failed (dns)" in render(read(database))


def test_dead_feeds_alone_fail_no_run(database: Any, site: Site) -> None:
    settings = unreachable(database)
    assert ingest(database, settings, Selection(), trigger="test", force=True).person, "nothing answers yet"
    site.feed("/feed", "/a")
    site.article("/a", "The minister of transport resigns")
    assert run(database, site, "/feed").note is None, "it answered"
    query(database, "update news.feeds set status = 'active'")  # the site's own catalogue had left the others out
    night = ingest(database, settings, Selection(feeds=FEEDS), trigger="test", force=True)
    assert not night.person
    assert night.note == "3 of 3 polls failed (dns)"


def test_the_stations_that_failed_stand_in_the_run(database: Any) -> None:
    from newswire.pipeline.runs import report

    planned = plan(database, load({}, database_url=database.url), Selection(), trigger="test")
    assert report(database, planned.run_id, ["fetch"]).person
    [row] = query(database, "select status, note from news.ingest_runs")
    assert (row.status, row.note) == ("failed", "failed: fetch (open the log)")


@pytest.mark.parametrize(
    ("selection", "said"),
    [
        (Selection(outlets=("Outlet", "No Such Outlet")), "the catalogue has no outlet 'No Such Outlet';"),
        (Selection(feeds=("http://four.invalid/feed",)), "the catalogue has no feed 'http://four.invalid/feed';"),
        (Selection(("A",), ("B",)), "the catalogue has no outlet 'A', no feed 'B';"),
    ],
)
def test_a_name_that_the_catalogue_does_not_have_is_refused(database: Any, selection: Selection, said: str) -> None:
    settings = unreachable(database)
    with pytest.raises(SelectionError) as raised:
        plan(database, settings, selection, trigger="test", force=True)
    assert str(raised.value).startswith(said)
    assert query(database, "select count(*) from news.ingest_runs")[0][0] == 0, "no run was opened"
    known = Selection(("Outlet",), ("http://one.invalid/feed",))
    assert plan(database, settings, known, trigger="test", force=True).feeds_due == 1
