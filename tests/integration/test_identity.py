"""One article is one row: corrected addresses, several feeds, trackers, redirects."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from newswire.catalogue import Catalogue, FeedRow, OutletRow, sync
from newswire.config import load
from newswire.pipeline.context import Selection
from newswire.pipeline.ingest import ingest
from newswire.pipeline.runs import Report

TEXT = (
    "The minister of transport resigned on Tuesday after the audit office published its report on the northern line. "
    "Four bridges had been paid for twice, the auditors wrote, and two of them were never built. The government named "
    "her deputy as acting minister and promised to answer questions in parliament on Thursday. Opposition leaders asked "
    "for a committee of inquiry; the prime minister said that the courts should do their work first. Contracts for the "
    "remaining section are on hold until the new year, and the city expects the trams to run two years later than planned."
)


class Site:
    """A small outlet whose documents a test changes as it goes on."""

    def __init__(self) -> None:
        self.documents: dict[str, tuple[str, str]] = {}
        self.redirects: dict[str, str] = {}
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path in site.redirects:
                    self.send_response(301)
                    self.send_header("Location", site.redirects[self.path])
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                kind, body = site.documents.get(self.path, ("text/plain", ""))
                data = body.encode()
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", f"{kind}; charset=utf-8")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                return

        self.server = http.server.ThreadingHTTPServer(("127.0.0.3", 0), Handler)
        self.base = f"http://127.0.0.3:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def article(self, path: str, title: str, text: str = TEXT) -> None:
        paragraphs = "".join(f"<p>{part}.</p>" for part in text.rstrip(".").split(". "))
        head = f"<!doctype html><html lang=en><head><title>{title}</title></head>"
        page = f"{head}<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
        self.documents[path] = ("text/html", page)

    def feed(self, path: str, *links: str) -> None:
        items = "".join(
            f"<item><title>Story at {link[-20:]}</title><link>{self.base}{link.replace('&', '&amp;')}</link></item>"
            for link in links
        )
        feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>S</title>{items}</channel></rss>'
        self.documents[path] = ("application/rss+xml", feed)


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


def run(database: Any, site: Site, *feeds: str) -> Report:
    rows = tuple(FeedRow("Outlet", site.base + feed, "127.0.0.3") for feed in feeds)
    sync(database, Catalogue((OutletRow("Outlet"),), rows, ()), remove=True)
    settings = load(
        {}, database_url=database.url, allowed_networks=("127.0.0.3/32",), allowed_ports=(site.server.server_port,),
        min_gap=0.0, extract_workers=1,
    )  # fmt: skip
    return ingest(database, settings, Selection(), trigger="test", force=True)


def rows(database: Any, statement: str) -> list[Any]:
    def work(connection: Any) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall())

    found: list[Any] = database.run(work)
    return found


def test_a_corrected_headline_that_changes_the_address_is_a_revision(database: Any, site: Site) -> None:
    site.article("/news/7412345-minister-resings", "Minister resings")
    site.feed("/rss", "/news/7412345-minister-resings")
    assert run(database, site, "/rss").published == 1
    site.article("/news/7412345-minister-resigns", "Minister resigns over bridges")
    site.feed("/rss", "/news/7412345-minister-resigns")
    report = run(database, site, "/rss")
    assert report.ledger["adds_up"], report.ledger
    assert report.skipped == {"duplicate": 1}
    [article] = rows(database, "select title, revision from news.published_articles")
    assert article == ("Minister resigns over bridges", 2)
    [edit] = rows(database, "select title_before, title from news.silent_edits")
    assert edit == ("Minister resings", "Minister resigns over bridges")


def test_another_number_is_another_article(database: Any, site: Site) -> None:
    site.article("/news/7412345-minister-resigns", "Minister resigns")
    site.article("/news/7412346-minister-resigns", "Minister resigns: the reactions")
    site.feed("/rss", "/news/7412345-minister-resigns", "/news/7412346-minister-resigns")
    assert run(database, site, "/rss").published == 2
    [story] = rows(database, "select count(distinct story_id) as n from news.articles")
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
    assert rows(database, "select count(*) as n from news.listings")[0].n == 5


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
    assert rows(database, "select number from news.revisions") == [(1,)]


def test_an_article_that_is_taken_down_is_kept_and_marked(database: Any, site: Site) -> None:
    site.article("/a/story", "A story")
    site.feed("/rss", "/a/story")
    run(database, site, "/rss")
    del site.documents["/a/story"]
    database.run(lambda c: database.sql.make_revisits_due(c))
    report = run(database, site, "/rss")
    assert report.ledger["published"] == 1
    [gone] = rows(database, "select gone_at is not null as gone, text <> '' as kept from news.published_articles")
    assert gone == (True, True)


def test_a_host_with_more_pages_than_one_claim_is_finished_in_one_run(database: Any, site: Site) -> None:
    links = [f"/a/story-{n}" for n in range(130)]
    for n, link in enumerate(links):
        site.article(link, f"Story {n}", f"Report {n} of the council. " + TEXT)
    site.feed("/rss", *links)
    report = run(database, site, "/rss")
    assert report.listed == 130
    assert report.pending == {}
