"""An outlet that reserves text and data mining in its tdmrep.json: the ledger says so, and nothing more is asked of it."""

# ruff: noqa: F401, F811 - fixtures come by their names
from __future__ import annotations

import json
from typing import Any

from integration.replay_fixtures import query
from integration.small_site import Site, run, site

FILE = "/.well-known/tdmrep.json"


def reserve(site: Site, *locations: str) -> None:
    rules = [{"location": location, "tdm-reservation": 1} for location in locations]
    site.documents[FILE] = ("application/json", json.dumps(rules))


def asked(site: Site, path: str) -> int:
    return [each for each, _ in site.asked].count(path)


def test_reserved_pages_are_skipped_with_their_reason(database: Any, site: Site) -> None:
    site.article("/premium/one", "A reserved story")
    site.article("/free/two", "An open story")
    site.feed("/rss", "/premium/one", "/free/two")
    reserve(site, "/premium/")
    report = run(database, site, "/rss")
    assert (report.published, report.skipped) == (1, {"tdm-optout": 1})
    assert report.ledger["adds_up"]
    [row] = query(database, "select detail from news.urls where reason = 'tdm-optout'")
    assert row.detail == f"reserved by {FILE}"
    assert asked(site, "/premium/one") == 0


def test_the_file_is_asked_for_once_over_runs(database: Any, site: Site) -> None:
    site.article("/a/one", "A story")
    site.feed("/rss", "/a/one")
    reserve(site, "/premium/")
    run(database, site, "/rss")
    site.article("/premium/two", "A later story")
    site.feed("/rss", "/a/one", "/premium/two")
    report = run(database, site, "/rss")
    assert report.skipped == {"tdm-optout": 1}
    assert asked(site, FILE) == 1
    [row] = query(
        database, "select origin, rules, expires_at - fetched_at = interval '1 day' as a_day from news.tdm_files"
    )
    assert (row.origin, row.a_day) == (site.base, True)
    assert row.rules == [{"location": "/premium/", "reserved": True}]


def test_a_deployment_may_decide_otherwise(database: Any, site: Site) -> None:
    site.article("/a/one", "A story")
    site.feed("/rss", "/a/one")
    reserve(site, "/")
    report = run(database, site, "/rss", honour_tdm="no")
    assert report.published == 1
    assert asked(site, FILE) == 0


def test_a_published_article_that_is_reserved_later_stays_and_is_not_asked_for_again(database: Any, site: Site) -> None:
    site.article("/a/one", "A story")
    site.feed("/rss", "/a/one")
    run(database, site, "/rss")
    reserve(site, "/")
    query(database, "update news.tdm_files set expires_at = now()")
    database.run(lambda c: database.sql.make_revisits_due(c))
    report = run(database, site, "/rss")
    assert report.ledger["adds_up"]
    assert report.ledger["published"] == 1
    assert asked(site, "/a/one") == 1


def reserve_itself(site: Site, path: str) -> None:
    kind, page = site.documents[path]
    site.documents[path] = (kind, page.replace("<head>", '<head><meta name="tdm-reservation" content="1">'))


def test_a_page_that_reserves_itself_is_skipped(database: Any, site: Site) -> None:
    site.article("/a/one", "A reserved story")
    site.article("/a/two", "An open story of another kind", "Rain fell. " * 60)
    reserve_itself(site, "/a/one")
    site.feed("/rss", "/a/one", "/a/two")
    report = run(database, site, "/rss")
    assert report.skipped == {"tdm-optout": 1}
    assert report.ledger["adds_up"]
    assert query(database, "select * from news.revisions where tdm_reserved") == []


def test_a_deployment_may_read_what_pages_reserve_and_it_is_told(database: Any, site: Site) -> None:
    site.article("/a/one", "A reserved story")
    reserve_itself(site, "/a/one")
    site.feed("/rss", "/a/one")
    report = run(database, site, "/rss", honour_tdm="no")
    assert report.published == 1
    assert len(query(database, "select * from news.revisions where tdm_reserved")) == 1
