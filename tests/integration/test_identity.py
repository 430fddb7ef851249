"""One article is one row: corrected addresses, several feeds, trackers, redirects."""

# ruff: noqa: F401, F811 - fixtures come by their names
from __future__ import annotations

from typing import Any

from integration.replay_fixtures import query
from integration.small_site import TEXT, Site, run, site


def test_a_corrected_headline_that_changes_the_address_is_a_revision(database: Any, site: Site) -> None:
    site.article("/news/7412345-minister-resings", "Minister resings")
    site.feed("/rss", "/news/7412345-minister-resings")
    assert run(database, site, "/rss").published == 1
    site.article("/news/7412345-minister-resigns", "Minister resigns over bridges")
    site.feed("/rss", "/news/7412345-minister-resigns")
    report = run(database, site, "/rss")
    assert report.ledger["adds_up"], report.ledger
    assert report.skipped == {"duplicate": 1}
    [article] = query(database, "select title, revision from news.published_articles")
    assert article == ("Minister resigns over bridges", 2)
    [edit] = query(database, "select title_before, title from news.silent_edits")
    assert edit == ("Minister resings", "Minister resigns over bridges")


def test_another_number_is_another_article(database: Any, site: Site) -> None:
    site.article("/news/7412345-minister-resigns", "Minister resigns")
    site.article("/news/7412346-minister-resigns", "Minister resigns: the reactions")
    site.feed("/rss", "/news/7412345-minister-resigns", "/news/7412346-minister-resigns")
    assert run(database, site, "/rss").published == 2
    [story] = query(database, "select count(distinct story_id) as n from news.articles")
    assert story.n == 1


def test_one_article_in_five_feeds_is_one_article_with_five_listings(database: Any, site: Site) -> None:
    site.article("/a/story", "A story")
    feeds = [f"/feed{n}" for n in range(5)]
    links = ["/a/story", "/a/story?utm_source=rss", "/a/story#comments", "/a/story/", "/a/./story"]
    site.documents["/a/story?utm_source=rss"] = site.documents["/a/story/"] = site.documents["/a/story"]
    for feed, link in zip(feeds, links, strict=True):
        site.feed(feed, link)
    report = run(database, site, *feeds)
    assert (report.listed, report.published) == (1, 1)
    assert query(database, "select count(*) as n from news.listings")[0].n == 5


def test_an_old_address_that_redirects_to_a_known_article_is_a_duplicate(database: Any, site: Site) -> None:
    site.article("/new/story", "A story")
    site.redirects["/old/story"] = "/new/story"
    site.feed("/rss", "/new/story", "/old/story")
    report = run(database, site, "/rss")
    assert (report.published, report.skipped) == (1, {"duplicate": 1})


def test_the_same_text_in_two_runs_makes_no_revision(database: Any, site: Site) -> None:
    site.article("/a/story", "A story")
    site.feed("/rss", "/a/story")
    run(database, site, "/rss")
    database.run(lambda c: database.sql.make_revisits_due(c))
    run(database, site, "/rss")
    assert query(database, "select number from news.revisions") == [(1,)]


def test_an_article_that_is_taken_down_is_kept_and_marked(database: Any, site: Site) -> None:
    site.article("/a/story", "A story")
    site.feed("/rss", "/a/story")
    run(database, site, "/rss")
    del site.documents["/a/story"]
    database.run(lambda c: database.sql.make_revisits_due(c))
    report = run(database, site, "/rss")
    assert report.ledger["published"] == 1
    [gone] = query(database, "select gone_at is not null as gone, text <> '' as kept from news.published_articles")
    assert gone == (True, True)


def test_a_host_with_more_pages_than_one_claim_is_finished_in_one_run(database: Any, site: Site) -> None:
    links = [f"/a/story-{n}" for n in range(130)]
    for n, link in enumerate(links):
        site.article(link, f"Story {n}", f"Report {n} of the council. " + TEXT)
    site.feed("/rss", *links)
    report = run(database, site, "/rss")
    assert report.listed == 130
    assert report.pending == {}
