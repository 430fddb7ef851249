"""What a feed says, as values: every station downstream reads these and never the feed itself."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from newswire.dates import DateValue
from newswire.ledger import Reason
from newswire.text import fold
from newswire.urls import UrlRejected, identity


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file or picture that an entry carries. `url` is absolute; `type` is the declared media type or ""."""

    url: str
    type: str


@dataclass(frozen=True, slots=True)
class PollHints:
    """What the feed itself says about how often to ask (RSS 2.0 ttl, skipHours, skipDays; the syndication module)."""

    ttl_s: int | None = None
    update_period_s: int | None = None
    skip_hours: frozenset[int] = frozenset()
    """Hours of the day in UTC, 0 to 23."""
    skip_days: frozenset[int] = frozenset()
    """Days of the week, Monday is 0."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a feed lists. Texts are clean; `content_html` is untrusted markup, never to be shown."""

    guid: str | None
    guid_is_permalink: bool
    link: str | None
    """Absolute address as listed, to be fetched; None where there is none that can be."""
    canonical_url: str | None
    rejected: Reason | None
    """Why there is no canonical_url."""
    rejected_detail: str
    title: str
    """Falls back to the beginning of the summary, and is "" where there is neither."""
    summary: str
    content_html: str | None
    published: DateValue | None
    updated: DateValue | None
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    enclosures: tuple[Enclosure, ...]
    language: str | None

    @property
    def entry_key(self) -> str:
        """Which entry this is: equal for the same article in five feeds, with any tracking parameters, http or https.

        A hash of the identity of the canonical URL; without one, of guid, listed link and title together, because guids
        alone are not unique (miniflux#4197: ten stories, one guid). 32 hexadecimal digits.
        """
        if self.canonical_url is not None:
            try:
                return _digest("url", identity(self.canonical_url))
            except UrlRejected:  # a canonical URL is canonical by construction; this is for a value built by hand
                pass
        return _digest("entry", self.guid or "", self.link or "", fold(self.title))

    @property
    def fingerprint(self) -> str:
        """What this entry said when it was read; another value means that the outlet changed it. 32 hex digits."""
        dates = tuple(value.instant.isoformat() if value else "" for value in (self.published, self.updated))
        return _digest("say", self.title, self.canonical_url or self.link or "", *dates, self.summary)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that could be read. `problems` tells in words what had to be repaired or was dropped, with counts."""

    format: str
    """ "rss2.0", "rss0.91", "rdf", "atom", "json", "sitemap"… """
    title: str
    language: str | None
    home: str | None
    hints: PollHints
    entries: tuple[Entry, ...]
    problems: tuple[str, ...]
    hubs: tuple[str, ...] = ()
    next_link: str | None = None
    self_link: str | None = None


@dataclass(frozen=True, slots=True)
class FeedRejected:
    """A document that is no feed we can read. `discovered` are addresses of feeds that it links to, if it is a page."""

    reason: Reason
    detail: str
    discovered: tuple[str, ...] = ()


def _digest(*parts: str) -> str:
    """128 bits over unambiguously joined parts: no two of a billion entries collide by accident."""
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:32]
