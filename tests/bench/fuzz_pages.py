"""Fuzz what reads whole pages and texts: `extract_page` and `classify`.

    nice python -m tests.bench.fuzz_pages --inputs 20000 [--pages FOLDER]

Pages are built from the project's own (and from the files of FOLDER, such as real ones): spliced, cut, repeated and
sprinkled with markup that parsers stumble over, and given structured data of every shape but the expected one (a list
for a name, a number for a date, nests of objects). Promises: nothing but an `ExtractionError` is raised; the same bytes
give the same extraction; what comes out can be stored and its dates are of our time. Texts are judged as they come:
one verdict each, a probability between 0 and 1, evidence found in the text. The generator is seeded (--seed); an input
that takes longer than --slow seconds is a finding. Exit status 1 with the findings on standard output.
"""

# ruff: noqa: PT017, PT018 - an assertion here is a finding to be reported, not a test

from __future__ import annotations

import gzip
import json
import math
import random
import sys
import traceback
from dataclasses import asdict
from pathlib import Path
from typing import Any

from newswire.classification import classify
from newswire.extraction import Extraction, ExtractionError, FeedHints, extract_page
from tests.bench.fuzz import (
    BYTE_TOKENS,
    CHARSETS,
    NOW,
    SEED_DATES,
    SEED_TEXTS,
    SEED_URLS,
    drive,
    mutate,
    parser,
    storable,
)  # fmt: skip

OWN_PAGES = Path(__file__).resolve().parents[1] / "pages"

MARKUP = [
    b"<p>", b"</p>", b"<div class='article-body'>", b"</div>", b"<article>", b"</article>", b"<table><tr><td>", b"<li>",
    b"<h1>", b"</h1>", b"<time datetime='", b"<a href='", b"<br>", b"<template>", b"<svg>", b"<math>", b"<noscript>",
    b"<iframe>", b"<frameset>", b"<base href='//x'>", b"<meta charset=utf-16>", b"<meta http-equiv=refresh content='0;url=/'>",
    b"<script type=application/ld+json>", b"</script>", b"<style>", b"<!--", b"-->", b"<![CDATA[", b"<textarea>", b"<select>",
    b"<span itemprop=author>", b"<b rel=author>", b"<html lang='", b"<body>", b"</body>", b"</html>", b"<?xml version='1.0'?>",
]  # fmt: skip

KEYS = [
    "@type", "@graph", "@id", "@context", "headline", "name", "author", "creator", "publisher", "datePublished",
    "dateModified", "dateCreated", "articleBody", "image", "url", "mainEntityOfPage", "mainEntity", "keywords", "inLanguage",
    "articleSection", "isAccessibleForFree", "hasPart", "liveBlogUpdate", "license", "isPartOf", "description", "thumbnailUrl",
]  # fmt: skip
TYPES = [
    "NewsArticle",
    "Article",
    "Person",
    "Organization",
    "LiveBlogPosting",
    "VideoObject",
    "WebPage",
    "Review",
    "BreadcrumbList",
]
METAS = [
    "author", "article:author", "article:published_time", "article:modified_time", "og:title", "og:url", "og:type", "og:image",
    "og:site_name", "og:locale", "dc.date", "dc.creator", "parsely-author", "parsely-pub-date", "sailthru.date", "keywords",
    "robots", "tdm-reservation", "news_keywords", "citation_author", "twitter:title", "description", "date", "pubdate",
]  # fmt: skip


def value(r: random.Random, depth: int = 0) -> Any:
    """A JSON value of any shape."""
    match r.randrange(9 if depth < 5 else 6):
        case 0:
            return mutate(r, SEED_DATES)
        case 1:
            return mutate(r, SEED_TEXTS)
        case 2:
            return mutate(r, SEED_URLS)
        case 3:
            return r.choice((None, True, False, 0, -1, 1e308, 10**30, 1789881300, 1789881300000, "", float("nan")))
        case 4:
            return r.choice(TYPES)
        case 5:
            return r.choice(("Olena Kovalenko", "By Staff", "Reuters", "en", "uk-UA", "False", "Олена Коваленко, АП"))
        case 6:
            return [value(r, depth + 1) for _ in range(r.randint(0, 4))]
        case _:
            return {r.choice(KEYS): value(r, depth + 1) for _ in range(r.randint(0, 7))}


def structured(r: random.Random) -> bytes:
    """Structured data for the head of a page: JSON-LD, now and then cut off, and meta elements."""
    written = json.dumps(
        value(r) if r.random() < 0.3 else {"@type": r.choice(TYPES)} | {k: value(r, 1) for k in r.sample(KEYS, 8)}
    )
    if r.random() < 0.1:
        written = written[: r.randrange(len(written) + 1)]
    metas = "".join(
        f'<meta {r.choice(("name", "property"))}="{r.choice(METAS)}" content="{mutate(r, SEED_DATES + SEED_TEXTS)}">'
        for _ in range(3)
    )
    return f'<script type="application/ld+json">{written}</script>{metas}'.encode("utf-8", "surrogatepass")


def page(r: random.Random, seeds: list[bytes]) -> bytes:
    data = bytearray(r.choice(seeds))
    if r.random() < 0.6:
        at = data.find(b"</head>")
        data[max(at, 0) : max(at, 0)] = structured(r)
    for _ in range(r.randint(0, 12)):
        i = r.randrange(len(data) + 1)
        match r.randrange(7):
            case 0 | 1:
                data[i:i] = r.choice(MARKUP)
            case 2:
                data[i:i] = r.choice(BYTE_TOKENS)
            case 3:
                del data[i : i + r.randint(1, 400)]
            case 4:
                other = r.choice(seeds)
                j = r.randrange(len(other) + 1)
                data[i:i] = other[j : j + r.randint(1, 3000)]
            case 5:
                data[i:i] = data[max(0, i - r.randint(1, 60)) : i] * r.choice((1, 3, 30, 300))
            case _:
                data[i:i] = r.choice(MARKUP) * r.choice((2, 20, 1500))
    return bytes(data)


def fuzz_page(r: random.Random, seeds: list[bytes]) -> Extraction | None:
    """One page through `extract_page`; returns what came out, for `classify`."""
    body = page(r, seeds)
    url = r.choice(("https://example.com/news/2026/09/20/story-1", "https://example.com/", mutate(r, SEED_URLS)))
    hints = FeedHints(mutate(r, SEED_TEXTS), NOW, (mutate(r, SEED_TEXTS),)) if r.random() < 0.3 else None
    arguments = (body, url, r.choice(CHARSETS) if r.random() < 0.3 else "text/html", NOW)
    found = [_extracted(arguments, hints) for _ in range(2 if r.random() < 0.1 else 1)]
    assert len(set(map(repr, found))) == 1, "not deterministic"
    extraction = found[0]
    if not isinstance(extraction, Extraction):
        return None
    for name, text in _texts(asdict(extraction)):
        assert "\x00" not in text, f"NUL in {name}"
        storable(text)
    for line in (extraction.title, extraction.subtitle, extraction.section, *extraction.authors, *extraction.tags):
        assert line is None or (line.strip() and "\n" not in line), "line"
    for moment in (extraction.published_at, extraction.modified_at):
        assert moment is None or (moment.tzinfo is not None and 1990 <= moment.year <= NOW.year + 1), "date"
    assert 0.0 <= extraction.language_confidence <= 1.0, "confidence"
    assert (extraction.content_hash == "") == (extraction.text == ""), "hash"
    return extraction


def _texts(found: Any, name: str = "") -> list[tuple[str, str]]:
    """All texts in an extraction, with the names of their fields."""
    if isinstance(found, dict):
        return [pair for key, inner in found.items() for pair in _texts(inner, key)]
    if isinstance(found, (list, tuple)):
        return [pair for inner in found for pair in _texts(inner, name)]
    return [(name, found)] if isinstance(found, str) else []


def _extracted(arguments: tuple[Any, ...], hints: FeedHints | None) -> Extraction | str:
    try:
        return extract_page(*arguments, feed_hints=hints)
    except ExtractionError as refused:
        assert refused.detail.isprintable(), "detail"
        if (
            refused.__cause__ is not None
            and "newswire" in traceback.extract_tb(refused.__cause__.__traceback__)[-1].filename
        ):
            raise refused.__cause__ from refused  # our own fault; that a library stumbles is what CRASHED is for
        return str(refused)


def check_verdict(extraction: Extraction) -> None:
    """The verdict on what a page gave."""
    article = {"title": extraction.title, "text": extraction.text, "language": extraction.language, "url": None}
    [verdict] = classify([article])
    assert 0.0 <= verdict.probability <= 1.0 and math.isfinite(verdict.probability), "probability"
    fields = {"title": extraction.title or "", "text": extraction.text}
    for shown in verdict.evidence:
        assert fields[shown.field][shown.start :].startswith(shown.text), "evidence"
    assert verdict.label != "conflict" or verdict.evidence, "conflict without evidence"


def main() -> None:
    arguments = parser(__doc__, inputs=20_000, seconds=1200)
    arguments.add_argument("--pages", type=Path, help="a folder with pages (.html, .html.gz), beside the project's own")
    options = arguments.parse_args()
    folders = [OWN_PAGES, *([options.pages] if options.pages else [])]
    files = sorted(path for folder in folders for path in folder.glob("*.html*"))
    seeds = [gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in files]

    def one(_: int, r: random.Random) -> str:
        extraction = fuzz_page(r, seeds)
        if extraction is None:
            return "refused"
        check_verdict(extraction)
        return str(extraction.kind)

    sys.exit(drive(one, options))


if __name__ == "__main__":
    main()
