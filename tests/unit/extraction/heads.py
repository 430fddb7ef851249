"""The metadata of a page written in a test."""

from __future__ import annotations

from datetime import UTC, datetime

from newswire.extraction.metadata import Metadata, read_metadata
from newswire.extraction.page import Page, parse

NOW = datetime(2026, 9, 20, 18, 0, tzinfo=UTC)


def read(html: str, url: str = "https://www.example.org/a-story", **kwargs: object) -> Metadata:
    page = Page(
        url=url, text=html, encoding="utf-8", encoding_source="test", repaired=False, root=parse(html), size=len(html)
    )
    return read_metadata(page, fetched_at=kwargs.pop("fetched_at", NOW), **kwargs)  # type: ignore[arg-type]
