"""Feeds to be read by the tests of parse_feed."""

from __future__ import annotations

from datetime import UTC, datetime

from newswire.polling import Feed, FeedRejected, parse_feed

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
URL = "https://example.com/feed/rss.xml"
UK = "Зеленський: ґанок, їжак, євро — «Шахед»"


def read(
    body: str | bytes, *, content_type: str | None = "application/rss+xml", url: str = URL, **options: object
) -> Feed:
    result = answer(body, content_type=content_type, url=url, **options)
    assert isinstance(result, Feed), result
    return result


def answer(
    body: str | bytes, *, content_type: str | None = "application/rss+xml", url: str = URL, **options: object
) -> Feed | FeedRejected:
    raw = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    return parse_feed(raw, url=url, content_type=content_type, fetched_at=NOW, **options)  # type: ignore[arg-type]


def rss(
    *items: str, head: str = "", pre: str = "", attributes: str = "", declaration: str = '<?xml version="1.0"?>'
) -> str:
    return (
        f'{pre}{declaration}<rss version="2.0" {attributes}><channel><title>News</title>'
        f"<link>https://example.com/</link>{head}{''.join(items)}</channel></rss>"
    )


def item(title: str = "Story", link: str = "https://example.com/a/1", extra: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{extra}</item>"
