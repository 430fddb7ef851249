"""The newsroom's server, asked over loopback as the pipeline asks it."""

from __future__ import annotations

import asyncio
import contextlib
import csv
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import aiohttp
import feedparser  # type: ignore[import-untyped]
import pytest
from lxml import etree, html  # type: ignore[import-untyped]
from multidict import CIMultiDictProxy

from newswire.ledger import Reason, State
from newswire.newsroom import Newsroom, catalogue_csv, content, serve
from newswire.newsroom.content import Feed, Outlet
from newswire.urls import canonical_url

OUTLETS = content.outlets()
FEEDS = [(outlet, feed) for outlet in OUTLETS for feed in outlet.feeds]


@contextlib.asynccontextmanager
async def opened() -> AsyncIterator[tuple[Newsroom, aiohttp.ClientSession]]:
    async with serve() as newsroom, aiohttp.ClientSession() as session:
        yield newsroom, session


def visit(test: Callable[[Newsroom, aiohttp.ClientSession], Awaitable[None]]) -> None:
    async def run() -> None:
        async with opened() as (newsroom, session):
            await test(newsroom, session)

    asyncio.run(run())


async def get(session: aiohttp.ClientSession, url: str, **headers: str) -> tuple[int, bytes, CIMultiDictProxy[str]]:
    async with session.get(url, headers=headers, allow_redirects=False) as response:
        return response.status, await response.read(), response.headers


def listed(body: bytes, feed: Feed) -> list[str]:
    """The addresses that a feed lists, read by the parser of record where it reads the dialect."""
    if feed.dialect == "json":
        return [item["url"] for item in json.loads(body)["items"]]
    if feed.dialect == "sitemap":
        return [loc.text or "" for loc in etree.fromstring(body).iter("{*}loc")]
    parsed = feedparser.parse(body)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return [entry.link for entry in parsed.entries]


def test_every_listed_address_answers_as_its_piece_says() -> None:
    statuses: dict[Reason | None, int] = {Reason.NOT_FOUND: 404, Reason.GONE: 410}

    async def check(newsroom: Newsroom, session: aiohttp.ClientSession) -> None:
        for row in newsroom.expected():
            status, body, headers = await get(session, row.url)
            if row.state is State.PUBLISHED and row.url != row.article_url and status == 301:
                assert headers["Location"] == row.article_url
                status, body, headers = await get(session, headers["Location"])
            assert status == statuses.get(row.reason, 200), row.url
            if row.state is State.PUBLISHED:
                outlet = next(outlet for outlet in OUTLETS if outlet.id == row.outlet)
                page = html.document_fromstring(body.decode(outlet.encoding))
                assert row.title in " ".join(page.xpath("//h1//text()"))

    visit(check)


def test_the_feeds_list_exactly_what_the_expected_ledger_counts() -> None:
    async def check(newsroom: Newsroom, session: aiohttp.ClientSession) -> None:
        seen: dict[str, int] = {}
        for outlet, feed in FEEDS:
            _, body, _ = await get(session, newsroom.site.base(outlet) + feed.path)
            for url in listed(body, feed):
                key = canonical_url(url)
                seen[key] = seen.get(key, 0) + 1
        assert seen == {row.url: row.listings for row in newsroom.expected()}

    visit(check)


@pytest.mark.parametrize(("outlet", "feed"), FEEDS, ids=lambda value: value.id)
def test_a_feed_says_what_it_is_and_carries_dates_of_the_last_two_days(outlet: Outlet, feed: Feed) -> None:
    async def check(newsroom: Newsroom, session: aiohttp.ClientSession) -> None:
        status, body, headers = await get(session, newsroom.site.base(outlet) + feed.path)
        assert status == 200
        assert f"charset={feed.encoding}" in headers["Content-Type"]
        assert len(listed(body, feed)) >= 3
        newest = max(newsroom.site.published(piece) for piece in newsroom.site.pieces(outlet, feed))
        oldest = min(newsroom.site.published(piece) for piece in newsroom.site.pieces(outlet, feed))
        assert timedelta() <= datetime.now(UTC) - newest <= timedelta(hours=24)
        assert datetime.now(UTC) - oldest <= timedelta(hours=48)
        if feed.dialect in {"rss", "atom", "rdf"}:
            parsed = feedparser.parse(body)
            for entry in parsed.entries:
                assert entry.title
                assert entry.summary

    visit(check)


def test_the_feed_with_the_zone_name_is_read_three_hours_late_by_feedparser_and_right_by_the_zone() -> None:
    outlet, feed = next((outlet, feed) for outlet, feed in FEEDS if feed.dates == "eest")

    async def check(newsroom: Newsroom, session: aiohttp.ClientSession) -> None:
        _, body, _ = await get(session, newsroom.site.base(outlet) + feed.path)
        piece = newsroom.site.pieces(outlet, feed)[0]
        raw = feedparser.parse(body).entries[0].published
        assert raw.endswith(" EEST")
        read = parsedate_to_datetime(raw.replace("EEST", "+0300"))
        assert read == newsroom.site.published(piece)

    visit(check)


def test_windows_1251_is_what_the_pages_and_the_feed_are_in() -> None:
    outlet = next(outlet for outlet in OUTLETS if outlet.encoding == "windows-1251")

    async def check(newsroom: Newsroom, session: aiohttp.ClientSession) -> None:
        _, feed_body, _ = await get(session, newsroom.site.base(outlet) + outlet.feeds[0].path)
        assert b'encoding="windows-1251"' in feed_body
        piece = next(piece for piece in newsroom.site.pieces(outlet) if piece.kind == "article")
        _, page, headers = await get(session, newsroom.site.url(piece))
        assert headers["Content-Type"] == "text/html"  # only the page itself says so
        assert b"charset=windows-1251" in page
        for body in (feed_body, page):
            assert newsroom.site.text(piece, piece.title)[:30] in body.decode("windows-1251")
            with pytest.raises(UnicodeDecodeError):
                body.decode("utf-8")

    visit(check)


@pytest.mark.parametrize(("outlet", "feed"), FEEDS, ids=lambda value: value.id)
def test_an_unchanged_feed_answers_304_to_its_own_validators_only(outlet: Outlet, feed: Feed) -> None:
    async def check(newsroom: Newsroom, session: aiohttp.ClientSession) -> None:
        url = newsroom.site.base(outlet) + feed.path
        _, _, headers = await get(session, url)
        assert ("ETag" in headers) == (outlet.validators in {"both", "etag"})
        assert ("Last-Modified" in headers) == (outlet.validators in {"both", "last-modified"})
        asked = {
            name: headers[header]
            for header, name in (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since"))
            if header in headers
        }
        status, body, again = await get(session, url, **asked)
        assert (status, body) == (304, b"")
        assert again.get("ETag") == headers.get("ETag")
        assert (await get(session, url, **{"If-None-Match": '"other"'}))[0] == 200
        assert (await get(session, url, **{"If-Modified-Since": "not a date"}))[0] == 200
        if "ETag" in headers:  # RFC 9110, 13.1.3: If-Modified-Since is ignored beside If-None-Match
            both = {"If-None-Match": '"other"', "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
            assert (await get(session, url, **both))[0] == 200
        assert newsroom.stats()["conditional_hits"] == 1

    visit(check)


def test_the_second_edition() -> None:
    async def check(newsroom: Newsroom, session: aiohttp.ClientSession) -> None:
        before = {row.url: row for row in newsroom.expected()}
        corrected = next(row for row in before.values() if row.corrected)
        vanished = next(row for row in before.values() if row.vanished)
        _, old_page, headers = await get(session, corrected.url)
        assert (await get(session, vanished.url))[0] == 200

        async with session.post(newsroom.control_url + "advance") as response:
            assert await response.json() == {"edition": 2}

        after = {row.url: row for row in newsroom.expected()}
        assert set(before) <= set(after)
        new = [after[url] for url in set(after) - set(before)]
        assert len(new) == 2
        for row in new:
            assert (await get(session, row.url))[0] == 200
        validator = {"If-Modified-Since": headers["Last-Modified"]} if "Last-Modified" in headers else {}
        status, new_page, _ = await get(session, corrected.url, **validator)
        assert status == 200
        assert new_page != old_page
        assert after[corrected.url].title != corrected.title
        assert (await get(session, vanished.url))[0] == 410
        outlet = next(outlet for outlet in OUTLETS if outlet.id == vanished.outlet)
        _, body, _ = await get(session, newsroom.site.base(outlet) + outlet.feeds[0].path)
        assert vanished.url not in listed(body, outlet.feeds[0])

    visit(check)


def test_a_feed_changes_with_the_second_edition_only_where_something_happened() -> None:
    async def check(newsroom: Newsroom, session: aiohttp.ClientSession) -> None:
        async def bodies() -> dict[str, bytes]:
            return {
                outlet.id + feed.id: (await get(session, newsroom.site.base(outlet) + feed.path))[1]
                for outlet, feed in FEEDS
                if feed.dialect in {"json", "sitemap"}
            }

        before = await bodies()
        newsroom.advance()
        after = await bodies()
        assert before["meridian-wirenews"] != after["meridian-wirenews"]  # a new dispatch
        assert before["stepovyi-kuriernews"] != after["stepovyi-kuriernews"]  # one entry fewer

    visit(check)


def test_two_addresses_of_one_article_name_the_same_canonical() -> None:
    async def check(newsroom: Newsroom, session: aiohttp.ClientSession) -> None:
        rows = [row for row in newsroom.expected() if row.article_url not in {None, row.url}]
        assert len(rows) == 2  # one alternate, one redirect
        alternate = next(row for row in rows if "/druck/" in row.url)
        _, body, _ = await get(session, alternate.url)
        assert html.document_fromstring(body).xpath("string(//link[@rel='canonical']/@href)") == alternate.article_url
        assert alternate.article_url in {row.url for row in newsroom.expected()}

    visit(check)


def test_robots_close_one_folder_and_a_listed_article_lies_in_it() -> None:
    async def check(newsroom: Newsroom, session: aiohttp.ClientSession) -> None:
        for outlet in OUTLETS:
            status, body, _ = await get(session, newsroom.site.base(outlet) + "/robots.txt")
            assert status == 200
            assert b"Disallow: /private/" in body
        closed = [row for row in newsroom.expected() if "/private/" in row.url]
        assert [row.reason for row in closed] == [Reason.ROBOTS]
        assert newsroom.stats()["disallowed_requests"] == 0
        await get(session, closed[0].url)
        assert newsroom.stats()["disallowed_requests"] == 1

    visit(check)


def test_stats_count_requests_and_the_most_connections_per_host() -> None:
    async def check(newsroom: Newsroom, session: aiohttp.ClientSession) -> None:
        url = newsroom.site.base(OUTLETS[1]) + "/robots.txt"
        await asyncio.gather(*(get(session, url) for _ in range(5)))
        async with session.get(newsroom.control_url + "stats") as response:
            stats = await response.json()
        host = stats["hosts"][OUTLETS[1].host]
        assert host["requests"] == host["robots_requests"] == 5
        assert host["statuses"] == {"200": 5}
        assert host["peak_connections"] > 1
        assert stats["requests"] == 5
        assert stats["hosts"][OUTLETS[0].host]["requests"] == 0  # control requests are not counted

        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit_per_host=1)) as polite:
            polite_url = newsroom.site.base(OUTLETS[2]) + "/robots.txt"
            await asyncio.gather(*(get(polite, polite_url) for _ in range(5)))
        async with session.get(newsroom.control_url + "stats") as response:
            assert (await response.json())["hosts"][OUTLETS[2].host]["peak_connections"] == 1

    visit(check)


def test_an_outlet_is_for_reading_only() -> None:
    async def check(newsroom: Newsroom, session: aiohttp.ClientSession) -> None:
        async with session.post(newsroom.site.base(OUTLETS[0]) + "/") as response:
            assert (response.status, response.headers["Allow"]) == (405, "GET, HEAD")
        async with session.head(newsroom.site.base(OUTLETS[0]) + "/") as response:
            assert (response.status, await response.read()) == (200, b"")

    visit(check)


def test_controls_are_offered_by_the_first_host_only() -> None:
    async def check(newsroom: Newsroom, session: aiohttp.ClientSession) -> None:
        other = newsroom.control_url.replace(OUTLETS[0].host, OUTLETS[1].host)
        async with session.post(other + "advance") as response:
            assert response.status == 404
        async with session.get(newsroom.control_url + "advance") as response:
            assert response.status == 404
        assert newsroom.site.edition == 1
        async with session.get(newsroom.control_url + "expected.json") as response:
            assert len(await response.json()) == len(newsroom.expected())

    visit(check)


def test_the_catalogue_names_every_feed_with_a_zone() -> None:
    rows = list(csv.DictReader(io.StringIO(catalogue_csv(8600))))
    assert {row["feed_url"] for row in rows} == {f"http://{o.host}:8600{f.path}" for o, f in FEEDS}
    assert all(row["time_zone"] and row["country"] and row["terms_note"] for row in rows)


def test_the_command_prints_one_line_and_ends_when_told(tmp_path: Path) -> None:
    catalogue = tmp_path / "catalogue.csv"
    root = Path(__file__).parents[3] / "plugins"
    process = subprocess.Popen(
        [sys.executable, "-m", "newswire.newsroom", "--catalogue", str(catalogue), "--max-seconds", "60"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    try:
        assert process.stdout is not None
        line = json.loads(process.stdout.readline())
        assert line["catalogue"].endswith("/__newsroom/catalogue.csv")
        assert catalogue.read_text(encoding="utf-8") == catalogue_csv(line["port"])
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
    finally:
        process.kill()
        process.wait()


def test_a_taken_port_is_a_clear_error() -> None:
    async def run() -> None:
        async with serve() as newsroom:
            with pytest.raises(OSError, match=r"cannot listen on 127\.0\.0\.2"):
                async with serve(newsroom.port):
                    pass

    asyncio.run(run())
