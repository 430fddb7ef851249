"""Extraction: from the bytes of a page to the cleanest article text and the truest metadata.

The door is `extract_page`; everything that it returns is in `newswire.extraction.values`.
"""

from newswire.extraction.extract import extract_page
from newswire.extraction.values import (
    EXTRACTOR_VERSION,
    Extraction,
    ExtractionError,
    FeedHints,
    PageKind,
    QualityFlag,
    Removed,
)

__all__ = [
    "EXTRACTOR_VERSION",
    "Extraction",
    "ExtractionError",
    "FeedHints",
    "PageKind",
    "QualityFlag",
    "Removed",
    "extract_page",
]
