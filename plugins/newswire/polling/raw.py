"""What a reader (feedparser, JSON Feed, sitemap) found, before newswire judges it. Internal to polling."""

from __future__ import annotations

from dataclasses import dataclass, field

from newswire.polling.values import PollHints

Dated = tuple[tuple[str, str], ...]
"""(source, text) in order of preference."""


@dataclass(frozen=True, slots=True)
class RawEntry:
    guid: str | None = None
    guid_is_permalink: bool = False
    link: str | None = None
    title: str = ""
    summary: str = ""
    content: str = ""
    published: Dated = ()
    updated: Dated = ()
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    enclosures: tuple[tuple[str, str], ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class RawFeed:
    format: str = "rss"
    title: str = ""
    language: str | None = None
    home: str | None = None
    hints: PollHints = field(default_factory=PollHints)
    entries: tuple[RawEntry, ...] = ()
    problems: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    """(rel, href) of the feed itself."""
