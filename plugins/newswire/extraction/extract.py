"""From the bytes of a page to an `Extraction`: the order of the steps, and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from newswire.extraction.body import extract_body
from newswire.extraction.kinds import kind_before_text, kind_with_text, paywall_signs, read_signals
from newswire.extraction.page import open_page
from newswire.extraction.values import EXTRACTOR_VERSION, Extraction, FeedHints, Removed
from newswire.text import clean, fold

if TYPE_CHECKING:
    from newswire.extraction.metadata import Metadata


def extract_page(
    body: bytes,
    url: str,
    content_type: str | None = None,
    fetched_at: datetime | None = None,
    *,
    status: int | None = None,
    headers: Mapping[str, str] | None = None,
    feed_hints: FeedHints | None = None,
    outlet_zone: str | None = None,
    known_boilerplate: Iterable[str] = (),
) -> Extraction:
    """Extract the article of one page.

    `body` are the bytes as received after content decoding, `url` is where they came from, `content_type` the header as
    sent, `fetched_at` an aware time (an implausible date lies after it). `headers` are the response's (any case);
    `feed_hints` what the feed entry said; `outlet_zone` an IANA zone for times without one; `known_boilerplate` lines
    that repeat over the pages of this outlet.

    Deterministic and without I/O. Raises `ExtractionError` (TOO_LARGE, NON_HTML, EMPTY, DEPTH) and nothing else; a page
    that is no article is returned with its `kind` and `reason`.
    """
    page = open_page(
        body,
        url,
        content_type,
        fetched_at,
        status=status,
        headers=headers,
        feed=feed_hints,
        outlet_zone=outlet_zone,
    )
    signals = read_signals(page)
    verdict = kind_before_text(signals)
    metadata = read_metadata_of(page, fetched_at)
    removed: tuple[Removed, ...] = ()
    text = ""
    if verdict is None:
        text = clean(extract_body(page.root, url))
        verdict = kind_with_text(signals, text)
    signs = paywall_signs(signals, text)
    return Extraction(
        kind=verdict.kind,
        reason=verdict.reason,
        text=text,
        title=metadata.title,
        subtitle=metadata.subtitle,
        authors=metadata.authors,
        agency=metadata.agency,
        published_at=metadata.published_at,
        published_source=metadata.published_source,
        published_precision=metadata.published_precision,
        published_conflict=metadata.published_conflict,
        published_why=metadata.published_why,
        modified_at=metadata.modified_at,
        modified_source=metadata.modified_source,
        language=metadata.language,
        language_confidence=metadata.language_confidence,
        canonical_url=metadata.canonical_url,
        image=metadata.image,
        tags=metadata.tags,
        section=metadata.section,
        site_name=metadata.site_name,
        paywalled=bool(signs),
        paywall_signs=signs,
        licence=metadata.licence,
        tdm_reserved=metadata.tdm_reserved,
        word_count=len(text.split()),
        quality_flags=(),
        content_hash=hashlib.sha256(fold(text).encode()).hexdigest() if text else "",
        near_duplicate_key=_near_duplicate_key(text),
        removed=removed,
        extractor_version=EXTRACTOR_VERSION,
        encoding=page.encoding,
    )


def read_metadata_of(page, fetched_at):  # type: ignore[no-untyped-def]
    try:
        from newswire.extraction.metadata import read_metadata
    except ImportError:
        from newswire.extraction._interim import read_metadata
    return read_metadata(page, fetched_at)


def _near_duplicate_key(text: str) -> tuple[int, ...]:
    try:
        from newswire.stories import fingerprint
    except ImportError:
        return ()
    return tuple(fingerprint(text)) if text else ()
