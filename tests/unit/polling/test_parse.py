"""newswire.polling.parse_feed: feeds as they are."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest

from conftest import SHARED
from newswire.ledger import Reason
from newswire.polling import FeedRejected
from unit.polling.documents import answer, item, read, rss

# --------------------------------------------------------------------------- formats


def test_rss_with_everything() -> None:
    feed = read(
        rss(
            "<item><title>Удар по Харкову &amp; Одесі</title><link>https://example.com/a/1?utm_source=rss</link>"
            '<guid isPermaLink="false">id-1</guid><pubDate>Sun, 20 Sep 2026 08:15:00 EEST</pubDate>'
            "<description><![CDATA[<p>Перше <b>речення</b>.</p><p>Друге.</p>]]></description>"
            "<dc:creator>Олена Коваль</dc:creator><category>Війна</category><category>Війна</category>"
            '<enclosure url="/i.jpg" type="image/jpeg" length="1"/><media:content url="https://cdn.example.com/v.mp4"/>'
            "<content:encoded><![CDATA[<p>Увесь текст</p>]]></content:encoded></item>",
            head='<language>uk-UA</language><ttl>60</ttl><atom:link rel="hub" href="https://hub.example.com/"/>'
            '<atom:link rel="self" href="https://example.com/feed"/><atom:link rel="next" href="?page=2"/>',
            attributes='xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" '
            'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"',
        )
    )
    assert (feed.format, feed.title, feed.language, feed.home) == ("rss2.0", "News", "uk-ua", "https://example.com/")
    assert feed.hubs == ("https://hub.example.com/",)
    assert (feed.self_link, feed.next_link) == ("https://example.com/feed", "https://example.com/feed/rss.xml?page=2")
    assert feed.hints.ttl_s == 3600
    assert feed.problems == ()
    (entry,) = feed.entries
    assert entry.title == "Удар по Харкову & Одесі"
    assert entry.link == "https://example.com/a/1?utm_source=rss"
    assert entry.canonical_url == "https://example.com/a/1"
    assert (entry.guid, entry.guid_is_permalink) == ("id-1", False)
    assert entry.summary == "Перше речення.\nДруге."
    assert entry.content_html == "<p>Увесь текст</p>"
    assert entry.published is not None
    assert entry.published.instant == datetime(2026, 9, 20, 5, 15, tzinfo=UTC)
    assert (entry.published.source, entry.published.zone) == ("rss:published", "explicit")
    assert entry.authors == ("Олена Коваль",)
    assert entry.tags == ("Війна",)
    assert [(e.url, e.type) for e in entry.enclosures] == [
        ("https://example.com/i.jpg", "image/jpeg"),
        ("https://cdn.example.com/v.mp4", ""),
    ]
    assert entry.language == "uk-ua"


def test_atom() -> None:
    feed = read(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://example.com/news/"><title>T</title>'
        '<link rel="self" href="feed.atom"/><entry><title type="html">A &lt;i&gt;b&lt;/i&gt;</title><id>tag:x,1</id>'
        '<link rel="enclosure" href="a.mp3" type="audio/mpeg"/><link href="1.html"/><updated>2026-09-20T08:15:00+03:00</updated>'
        '<author><name>N. N.</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Text</p></div></content>'
        "</entry></feed>"
    )
    assert feed.format == "atom"
    (entry,) = feed.entries
    assert (entry.title, entry.link) == ("A b", "https://example.com/news/1.html")
    assert entry.content_html is not None
    assert "<p>Text</p>" in entry.content_html
    assert entry.published is not None
    assert entry.published.source == "atom:updated"  # the only date there is, and it says so
    assert entry.authors == ("N. N.",)


def test_rdf() -> None:
    feed = read(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://example.com/"><title>R</title></channel>'
        '<item rdf:about="https://example.com/a"><title>One</title><link>https://example.com/a</link>'
        "<dc:date>2026-09-20T08:00:00Z</dc:date></item></rdf:RDF>",
        content_type="application/rdf+xml",
    )
    assert feed.format == "rdf"
    assert feed.entries[0].published is not None


def test_json_feed() -> None:
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "J",
        "language": "uk",
        "home_page_url": "https://example.com/",
        "items": [
            {"id": 7, "url": "/a/7", "title": "Сім", "content_html": "<p>x</p>", "date_published": "2026-09-20T08:15:00+03:00",
             "authors": [{"name": "A"}], "tags": ["t"], "attachments": [{"url": "/a.mp3", "mime_type": "audio/mpeg"}]},
            {"id": "https://example.com/a/8", "content_text": "Only text here, and no title at all."},
            "rubbish", None, {},
        ],
    }  # fmt: skip
    feed = read(json.dumps(body), content_type="application/feed+json")
    assert feed.format == "json"
    assert [e.link for e in feed.entries] == ["https://example.com/a/7", "https://example.com/a/8"]
    assert [e.title for e in feed.entries] == ["Сім", "Only text here, and no title at all."]
    assert feed.entries[0].published is not None


def test_news_sitemap() -> None:
    feed = read(
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://example.com/a/1</loc><news:news>'
        "<news:publication><news:name>T</news:name><news:language>uk</news:language></news:publication>"
        "<news:publication_date>2026-09-20T08:00:00+03:00</news:publication_date><news:title>Заголовок</news:title>"
        "</news:news></url></urlset>",
        content_type="application/xml",
    )
    assert feed.format == "sitemap"
    assert [(e.title, e.canonical_url, e.language) for e in feed.entries] == [
        ("Заголовок", "https://example.com/a/1", "uk")
    ]


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/octet-stream", "text/html; charset=utf-8", None, "", "x/y; charset=utf-7"],
)
def test_the_content_type_does_not_matter(content_type: str | None) -> None:
    assert len(read(rss(item(), item(link="https://example.com/b")), content_type=content_type).entries) == 2


# --------------------------------------------------------------------------- what is no feed


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", Reason.EMPTY),
        (" \r\n\t", Reason.EMPTY),
        (b"\x00\x00\x00", Reason.EMPTY),
        ("Error establishing a database connection", Reason.NOT_A_FEED),
        ('<?xml version="1.0"?><opml version="2.0"><body/></opml>', Reason.NOT_A_FEED),
        ("<!doctype html><html><body><rss></rss></body></html>", Reason.NOT_A_FEED),
        ('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', Reason.NOT_A_FEED),
        ('{"error": "not found"}', Reason.NOT_A_FEED),
        ("[1, 2, 3]", Reason.NOT_A_FEED),
        ('{"items": [1]}', Reason.NOT_A_FEED),
        ("{not json", Reason.NOT_A_FEED),
        ("[" * 200_000, Reason.DEPTH),
        ("<sitemapindex><sitemap><loc>https://example.com/1.xml</loc></sitemap></sitemapindex>", Reason.NOT_A_FEED),
        ("<rss><channel><item>" + "<d>" * 100_000 + "</d>" * 100_000 + "</item></channel></rss>", Reason.DEPTH),
    ],
)
def test_rejected(body: str | bytes, reason: Reason) -> None:
    result = answer(body)
    assert isinstance(result, FeedRejected)
    assert result.reason is reason
    assert result.detail.isprintable()


def test_a_page_tells_where_the_feeds_are() -> None:
    result = answer(
        "<!doctype html><html><head><link rel='alternate' type=\"application/rss+xml\" href=/feed><link rel=stylesheet "
        'href=/x.css><link type="application/atom+xml" rel="alternate" href="https://example.com/atom?a=1&amp;b=2">'
        '<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)"></head></html>'
    )
    assert isinstance(result, FeedRejected)
    assert result.discovered == ("https://example.com/feed", "https://example.com/atom?a=1&b=2")


# --------------------------------------------------------------------------- bounds


def test_the_cap_on_entries() -> None:
    many = rss(*(item(f"Story {i}", f"https://example.com/a/{i}") for i in range(120)))
    for body in (many, many.replace("Story 7<", "Story & 7<"), many[:-10]):
        feed = read(body, max_entries=50)
        assert len(feed.entries) == 50
        assert "70 entries beyond 50 dropped" in feed.problems


@pytest.mark.parametrize(
    "body",
    [
        rss(item(extra=f'<enclosure url="https://example.com/{"a" * 5_000_000}" type="x"/>')),
        rss(item(extra="<description>" + "<![CDATA[" * 100_000 + "</description>")),
        rss(item(extra="<title>" * 100_000)),
        rss("<item>" * 50_000),
        rss(item("&" * 200_000)),
        rss(item("<" * 200_000)),
        rss(item(extra="<description>" + "&lt;script" * 50_000 + "</description>")),
        "<!--" * 200_000 + rss(item()),
        "<!DOCTYPE " + "[" * 200_000 + rss(item()),
        rss(item(extra="<x " + "a='1' " * 50_000 + ">")),
        "<rss " * 100_000,
        "<?xml" * 100_000 + "<rss>",
    ],
    ids=range(12),
)
def test_hostile_sizes_take_bounded_time(body: str) -> None:
    started = time.process_time()
    answer(body)
    assert time.process_time() - started < 10, "quadratic"


# --------------------------------------------------------------------------- real documents

SAMPLES = SHARED / "data" / "feeds" / "samples"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples of real feeds are not on this machine")
def test_no_sample_yields_less_than_plain_feedparser() -> None:
    import csv

    def number(cell: str) -> int:
        return int(cell or 0)

    for row in csv.DictReader((SAMPLES / "index.csv").open(encoding="utf-8")):
        body = (SAMPLES / row["file"]).read_bytes()
        feed = read(body, content_type=None)
        # ten entries of this one are empty <item/> elements inside others, which feedparser counts
        expected = 10 if row["file"] == "pcmag_illegally_nested.xml" else number(row["entries"])
        assert len(feed.entries) >= expected, row["file"]
        assert sum(e.published is not None for e in feed.entries) >= number(row["entries_with_parsed_date"]), row[
            "file"
        ]
        if not row["file"].startswith("fp_"):
            assert all(e.title for e in feed.entries), row["file"]
            assert all(e.canonical_url for e in feed.entries), row["file"]
