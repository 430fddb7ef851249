"""From the bytes of a response to a Feed, or to the reason why it is none.

feedparser is the parser of record for RSS, RDF and Atom. Around it stand: one decoding step before, repairs until the
document is well-formed, entries saved one by one where it never becomes so, and our own reading of dates, addresses,
titles and identity after (newswire.polling.entries). JSON Feed and news sitemaps have their own readers. Nothing
external is ever loaded.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import feedparser  # type: ignore[import-untyped]

from newswire.decoding import decode
from newswire.ledger import Reason
from newswire.polling import json_feed, sitemap
from newswire.polling.entities import EntityBomb, split_cdata
from newswire.polling.entries import finish
from newswire.polling.hints import read_hints
from newswire.polling.markup import feed_links
from newswire.polling.plain_rss import read_plain_rss
from newswire.polling.raw import RawEntry, RawFeed
from newswire.polling.values import Feed, FeedRejected
from newswire.polling.wellformed import Document, TooDeep, close_leaves, mend, split_items
from newswire.text import printable
from newswire.urls import UrlRejected, absolute_url

# The longest honest feed lists about 1,000 entries; a window of 2,000 loses nothing and bounds time and memory.
MAX_ENTRIES = 2_000
# feedparser's lenient parser takes quadratic time on adversarial markup: 0.8 s for 50,000 characters. Broken entries
# are shorter (the longest of the samples has 20,000), and a broken feed holds a few of them.
_LENIENT_ENTRY = 50_000
_LENIENT_TOTAL = 1_000_000
# A file that was compressed before it was put on the server; the transfer's own compression is the fetcher's business.
# 32 MB is far above any feed (largest sample 1 MB) and far below what memory allows.
_GZIP = b"\x1f\x8b\x08"
_MAX_UNZIPPED = 32_000_000


def parse_feed(
    body: bytes,
    *,
    url: str,
    content_type: str | None,
    fetched_at: datetime,
    zone: str | None = None,
    max_entries: int = MAX_ENTRIES,
) -> Feed | FeedRejected:
    """Read a feed. Never raises on any bytes.

    `url` is the address that answered (after redirects), the base of relative links; `content_type` the raw header,
    which only helps with the encoding: feeds come as text/html and pages as application/rss+xml. `fetched_at` (aware)
    is the "now" against which dates are judged; `zone` the outlet's IANA zone, for dates that name none.

    Rejected with EMPTY (no bytes), NOT_A_FEED (a page, an OPML list, an error message; `discovered` holds the feeds
    that a page announces), ENTITY_EXPANSION (an XML bomb) or DEPTH (nesting that no feed has).
    """
    if not body.strip(b" \t\r\n\x00"):
        return FeedRejected(Reason.EMPTY, "no content")
    if body.startswith(_GZIP):
        body = _gunzip(body)
    decoded = decode(body, content_type=content_type, kind="xml")
    problems: list[str] = []
    if decoded.repaired:
        problems.append(f"read as {decoded.encoding} against its declaration, or with repairs")
    text = decoded.text.lstrip("\ufeff \t\r\n")
    try:
        if text.startswith(("{", "[")):
            raw = json_feed.read(text)
        else:
            document = mend(text)
            if document.is_html or not document.root:
                return _no_feed(document, text, url)
            problems += document.problems
            raw = _read_xml(document, url, max_entries)
    except EntityBomb as error:
        return FeedRejected(Reason.ENTITY_EXPANSION, str(error))
    except (TooDeep, RecursionError) as error:
        return FeedRejected(Reason.DEPTH, str(error) or "nested too deep to read")
    if isinstance(raw, str):
        return FeedRejected(Reason.NOT_A_FEED, raw)
    return finish(raw, url, fetched_at, zone, max_entries, problems)


def _gunzip(body: bytes) -> bytes:
    """Unpack one layer up to _MAX_UNZIPPED bytes; what is broken or bigger stays what was read until then."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        return unpacker.decompress(body, _MAX_UNZIPPED)
    except zlib.error:
        return body


def _no_feed(document: Document, text: str, url: str) -> FeedRejected:
    if document.is_html:
        found: list[str] = []
        for link in feed_links(text):
            try:
                address = absolute_url(link, url)
            except UrlRejected:
                continue
            if address not in found:
                found.append(address)
        return FeedRejected(Reason.NOT_A_FEED, "an HTML page", tuple(found))
    root = re.search(r"<([A-Za-z_][\w.:-]{0,60})", text[:10_000])
    what = f"root element {printable(root.group(1), 60)}" if root else f"starts with {printable(text[:60])!r}"
    return FeedRejected(Reason.NOT_A_FEED, what)


# --------------------------------------------------------------------------- XML


def _read_xml(document: Document, url: str, max_entries: int) -> RawFeed | str:
    """Read a mended document. Returns a sentence where it is XML but no feed."""
    if document.root in ("urlset", "sitemapindex"):
        return sitemap.read(document, max_entries)
    head, pieces, tail = split_items(document.text, document.root)
    dropped = max(0, len(pieces) - max_entries)
    if document.strict and not dropped:
        plain = read_plain_rss(document.text, url) if document.root == "rss" else None
        if plain is not None:
            return plain
        raw = _raw(_feedparser(document.text, url), document)
        if len(raw.entries) >= len(pieces) or not pieces:
            return raw
    # Too many entries, or a document that no repair made whole: read each entry by itself
    opening = re.search(r"<(?:[\w.-]+:)?(?:rss|rdf|feed|channel)\b[^<>]*>", head, re.IGNORECASE)
    start = opening.group() if opening else f"<{document.root}>"
    name = re.match(r"<([\w.:-]+)", start)
    end = f"</{name.group(1) if name else document.root}>"
    closing = ("</channel>" if document.root == "rss" else "") + end
    base = RawFeed()
    if opening:
        shell = head + ("" if re.search(r"</channel\s*>", head) or document.root != "rss" else "</channel>") + end
        base = _raw(_feedparser(shell[:_LENIENT_ENTRY], url), document)
    entries: list[RawEntry] = []
    lost = 0
    if document.strict:
        whole = start + ("<channel>" if document.root == "rss" else "") + "".join(pieces[:max_entries]) + closing
        entries = list(_raw(_feedparser(whole, url), document).entries)
    else:
        opened = start + ("<channel>" if document.root == "rss" else "")
        budget = _LENIENT_TOTAL
        for piece in pieces[:max_entries]:
            one, spent = _salvage(opened, piece, closing, url, document, budget)
            budget -= spent
            entries += one[:1]
            lost += not one
    problems = list(base.problems)
    if dropped:
        problems.append(f"{dropped} entries beyond {max_entries} dropped")
    if lost:
        problems.append(f"{lost} entries could not be read")
    return RawFeed(
        base.format, base.title, base.language, base.home, read_hints(head + tail), tuple(entries), tuple(problems),
        base.links,
    )  # fmt: skip


def _salvage(
    opened: str, piece: str, closing: str, url: str, document: Document, budget: int
) -> tuple[list[RawEntry], int]:
    """Read one entry out of a document that no repair made whole: as it is, closed, and at last leniently.

    Returns the entry, if there is one, and how many characters the lenient parser was given.
    """
    try:
        one = mend(opened + piece + closing)
        if not one.strict:
            one = mend(opened + close_leaves(piece) + closing)
    except (TooDeep, EntityBomb):
        return [], 0
    if not one.strict and len(one.text) > min(_LENIENT_ENTRY, budget):
        return [], 0
    return list(_raw(_feedparser(one.text, url), document).entries), 0 if one.strict else len(one.text)


# By the letter of RSS 2.0 a guid is an address unless it says otherwise, and feedparser makes one of it ("/feed/4711").
_GUID = re.compile(r"<guid(?:\s[^<>]*)?(?<!/)>", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*(?:<!\[CDATA\[)?\s*(?:https?:)?/", re.IGNORECASE)


def _mark_guids(text: str) -> str:
    """Say of every guid that is no address that it is none."""
    if "<guid" not in text:
        return text
    parts = split_cdata(text)
    for i in range(0, len(parts), 2):  # the odd parts are CDATA sections

        def mark(match: re.Match[str], part: str = parts[i], following: str = "".join(parts[i + 1 : i + 2])) -> str:
            rest = part[match.end() : match.end() + 100]
            content = rest if rest.strip() else following[:100]
            return match.group() if _ADDRESS.match(content) else '<guid isPermaLink="false">'

        parts[i] = _GUID.sub(mark, parts[i])
    return "".join(parts)


def _feedparser(text: str, url: str) -> Mapping[str, Any]:
    """Run feedparser on text. It can raise on hostile input (it did on dates and on names); then it read nothing."""
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    text = _mark_guids(text)
    try:
        parsed: Mapping[str, Any] = feedparser.parse(
            io.BytesIO(text.encode("utf-8")), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
        )
    except RecursionError:
        raise
    except Exception:  # the library promises no exception, and breaks the promise with many kinds
        return {"feed": {}, "entries": [], "version": ""}
    return parsed


_VERSIONS = {
    "rss20": "rss2.0", "rss092": "rss0.92", "rss091u": "rss0.91", "rss091n": "rss0.91", "rss090": "rdf", "rss10": "rdf",
    "rss093": "rss0.93", "rss094": "rss0.94", "atom10": "atom", "atom03": "atom", "atom": "atom", "rss": "rss",
}  # fmt: skip
_FORMAT_OF_ROOT = {"rdf": "rdf", "feed": "atom", "channel": "rss"}


def _raw(parsed: Mapping[str, Any], document: Document) -> RawFeed:
    feed = parsed["feed"]
    links = tuple((str(link.get("rel", "")), str(link.get("href", ""))) for link in feed.get("links", ()))
    version = _VERSIONS.get(str(parsed.get("version") or ""), "")
    return RawFeed(
        format=version or _FORMAT_OF_ROOT.get(document.root, "rss"),
        title=str(dict.get(feed, "title") or ""),
        language=dict.get(feed, "language"),
        home=dict.get(feed, "link"),
        hints=read_hints(document.text),
        entries=tuple(_raw_entry(entry, document.root) for entry in parsed["entries"]),
        links=links,
    )


def _raw_entry(entry: dict[str, Any], root: str) -> RawEntry:
    def get(key: str) -> str:
        # dict.get, because feedparser's own get answers for missing keys with other ones ("updated" with "published")
        value = dict.get(entry, key)
        return value if isinstance(value, str) else ""

    def parts(key: str) -> list[Mapping[str, Any]]:
        value = dict.get(entry, key)
        return [part for part in value if isinstance(part, Mapping)] if isinstance(value, list) else []

    kind = "atom" if root == "feed" else "rss"
    link, guid, is_permalink = _link_and_guid(get, parts("links"), is_permalink=bool(dict.get(entry, "guidislink")))
    contents = [str(part.get("value") or "") for part in parts("content")]
    contents += [get(key) for key in ("yandex_full-text", "full-text", "turbo_content")]
    files = [(part.get("href"), part.get("type")) for part in parts("links") if part.get("rel") == "enclosure"]
    files += [
        (p.get("url"), p.get("type") or p.get("medium")) for p in (*parts("media_content"), *parts("media_thumbnail"))
    ]
    return RawEntry(
        guid=guid or None,
        guid_is_permalink=is_permalink,
        link=link or None,
        title=get("title"),
        summary=get("summary"),
        content=max(contents, key=len, default=""),
        published=tuple((f"{kind}:{key}", get(key)) for key in ("published", "created") if get(key).strip()),
        updated=tuple((f"{kind}:{key}", get(key)) for key in ("updated",) if get(key).strip()),
        authors=tuple(str(part.get("name") or part.get("email") or "") for part in parts("authors")),
        tags=tuple(str(part.get("term") or part.get("label") or "") for part in parts("tags")),
        enclosures=tuple((str(url), str(media_type or "")) for url, media_type in files if url),
        language=get("language") or None,
    )


def _link_and_guid(
    get: Callable[[str], str], links: Sequence[Mapping[str, Any]], *, is_permalink: bool
) -> tuple[str, str, bool]:
    """The address of an entry, its guid, and whether the guid is an address."""
    link, guid = get("feedburner_origlink") or get("link"), get("id")
    if not link:
        hrefs = (str(part.get("href") or "") for part in links if part.get("rel") in ("alternate", None))
        link = next((href for href in hrefs if href), "")
    is_address = re.match(r"\s*https?://", guid, re.IGNORECASE) is not None
    if not link and is_address:
        return guid, guid, True  # no link, but an id that is an address
    return link, guid, is_permalink and is_address
