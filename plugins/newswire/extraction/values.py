"""The values that extraction hands on: what a page is, what its article says, and what is odd about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from newswire.ledger import Reason

# Raised by one whenever the same bytes may give another `Extraction`, so that a replay knows what to compare.
EXTRACTOR_VERSION = "6"


class PageKind(StrEnum):
    """What a page is, decided before its text is used."""

    ARTICLE = "article"
    LIVE_BLOG = "live-blog"
    VIDEO = "video"
    GALLERY = "gallery"
    PAYWALL = "paywall"
    CONSENT = "consent"
    CHALLENGE = "challenge"
    SOFT_404 = "soft-404"
    PARKED = "parked"
    LOGIN = "login"
    SCRIPT_SHELL = "script-shell"
    INDEX = "index"
    STUB = "stub"
    MEDIA = "media"
    REDIRECT = "redirect"
    EMPTY = "empty"


class ExtractionError(Exception):
    """The document itself cannot be handled: too large, too deep, no HTML. `reason` is the ledger's."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class FeedHints:
    """What the feed entry says about the page: weaker than the page, better than nothing."""

    title: str | None = None
    published_at: datetime | None = None
    authors: tuple[str, ...] = ()
    summary: str | None = None


@dataclass(frozen=True, slots=True)
class QualityFlag:
    """Something odd about a text: a stable name, an explanation for people, and the measured value behind it."""

    name: str
    explanation: str
    value: float


@dataclass(frozen=True, slots=True)
class Removed:
    """A line that was in the extracted text and is not part of the article, with the signal that says so."""

    line: str
    why: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one page gives.

    `kind` is what the page is; `reason` is None for an article (also a live blog with text, or a cut-off article) and
    otherwise the ledger's reason for having none. `text` holds paragraphs separated by one line break. Times are aware
    and keep the page's own offset, so that their date is the day that the page states. `content_hash` is the SHA-256
    (hex) of the folded text and '' where there is no text; `near_duplicate_key` is the MinHash signature of the text,
    () where it is too short to compare.
    """

    kind: PageKind
    reason: Reason | None
    text: str
    title: str | None
    subtitle: str | None
    authors: tuple[str, ...]
    agency: str | None
    published_at: datetime | None
    published_source: str | None
    published_precision: str | None
    published_conflict: tuple[str, ...]
    published_why: str | None
    modified_at: datetime | None
    modified_source: str | None
    language: str | None
    language_confidence: float
    canonical_url: str | None
    image: str | None
    tags: tuple[str, ...]
    section: str | None
    site_name: str | None
    paywalled: bool
    paywall_signs: tuple[str, ...]
    licence: str | None
    tdm_reserved: bool
    word_count: int
    quality_flags: tuple[QualityFlag, ...]
    content_hash: str
    near_duplicate_key: tuple[int, ...]
    removed: tuple[Removed, ...]
    extractor_version: str
    encoding: str
