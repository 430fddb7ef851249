"""The newsroom's feeds: RSS 2.0, Atom 1.0, RDF (RSS 1.0), JSON Feed 1.1 and Google's news sitemap."""

from __future__ import annotations

import email.utils
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from newswire.newsroom.content import Feed, Outlet, Piece
from newswire.newsroom.render import environment
from newswire.newsroom.site import Site

CONTENT_TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "rdf": "application/rdf+xml",
    "json": "application/feed+json",
    "sitemap": "application/xml",
}
_EEST = timezone(timedelta(hours=3))


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry as a feed lists it. `html` is empty where the feed carries summaries only."""

    id: str
    url: str
    title: str
    summary: str
    author: str
    category: str
    html: str
    published: str


def render_feed(site: Site, outlet: Outlet, feed: Feed) -> tuple[bytes, str]:
    """The feed's bytes and its Content-Type, as the outlet serves it in the site's edition."""
    entries = [
        _entry(site, outlet, feed, piece, listed)
        for piece in site.pieces(outlet, feed)
        for listed in site.listed_paths(piece)
    ]
    if feed.dialect == "json":
        text = _json_feed(site, outlet, feed, entries)
    else:
        text = (
            environment()
            .get_template(f"feeds/{feed.dialect}.xml")
            .render(
                outlet=outlet,
                feed=feed,
                entries=entries,
                home=site.base(outlet),
                built=_time(feed, site.changed_at().astimezone(outlet.zone)),
            )
        )
    return text.encode(feed.encoding, "xmlcharrefreplace"), f"{CONTENT_TYPES[feed.dialect]}; charset={feed.encoding}"


def summary(site: Site, piece: Piece) -> str:
    """The first words of the piece, as feeds show them."""
    first = next((block for block in piece.body if block.kind in {"p", "figure"}), None)
    return site.text(piece, first.text) if first else ""


def _entry(site: Site, outlet: Outlet, feed: Feed, piece: Piece, listed: str) -> FeedEntry:
    html = ""
    if feed.full_text and piece.kind == "article":
        html = "".join(f"<p>{site.text(piece, block.text)}</p>" for block in piece.body if block.kind == "p")
    return FeedEntry(
        id=f"tag:{outlet.id},{piece.id}",
        url=site.base(outlet) + listed,
        title=site.text(piece, piece.title),
        summary=summary(site, piece),
        author=", ".join(piece.authors) or piece.agency,
        category=piece.section,
        html=html,
        published=_time(feed, site.published(piece)),
    )


def _time(feed: Feed, moment: datetime) -> str:
    if feed.dates == "eest":
        # The zone's name for the offset: right for a reader that knows EEST, three hours off for one that does not
        return moment.astimezone(_EEST).strftime("%a, %d %b %Y %H:%M:%S EEST")
    if feed.dialect == "rss":
        return email.utils.format_datetime(moment)
    if feed.dialect == "atom":
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return moment.isoformat()


def _json_feed(site: Site, outlet: Outlet, feed: Feed, entries: list[FeedEntry]) -> str:
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "home_page_url": site.base(outlet) + "/",
            "feed_url": site.base(outlet) + feed.path,
            "language": outlet.language,
            "items": [
                {
                    "id": entry.id,
                    "url": entry.url,
                    "title": entry.title,
                    "summary": entry.summary,
                    "date_published": entry.published,
                    "tags": [entry.category],
                    **({"authors": [{"name": entry.author}]} if entry.author else {}),
                }
                for entry in entries
            ],
        },
        ensure_ascii=False,
        indent=1,
    )
