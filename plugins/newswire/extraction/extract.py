"""From the bytes of a page to an `Extraction`: the order of the steps, and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from lxml.etree import LxmlError  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from newswire.extraction.body import Body, extract_body
from newswire.extraction.boilerplate import repair
from newswire.extraction.hydration import Hydration, as_page
from newswire.extraction.kinds import kind_before_text, kind_with_text, paywall_signs
from newswire.extraction.language import detect_language
from newswire.extraction.listings import excerpts_on_lists, is_list
from newswire.extraction.metadata import Metadata, read_metadata
from newswire.extraction.page import Page, open_page
from newswire.extraction.quality import count_words, quality_flags
from newswire.extraction.rich_text import text_length
from newswire.extraction.signals import PLENTY, line_of, read_signals
from newswire.extraction.state_article import StateArticle
from newswire.extraction.values import EXTRACTOR_VERSION, Extraction, ExtractionError, FeedHints, PageKind, Removed
from newswire.ledger import Reason
from newswire.stories import fingerprint_of_folded
from newswire.text import clean, fold, one_line

_DESCRIPTION_NAMES = frozenset(("description", "og:description"))
# Kinds of pages without content of their own, which may stand in their state; walls are not looked behind.
_SHELLS = frozenset((PageKind.SCRIPT_SHELL, PageKind.REDIRECT))
# What a page shows its readers is a part of a text so many times as long, or something else beside it.
FAR_MORE = 2
# What trafilatura and lxml are known to raise on trees that no author wrote.
_TOOLS_FAIL = (ValueError, TypeError, AttributeError, LookupError, RecursionError, LxmlError)


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
    known_boilerplate: Collection[str] = (),
) -> Extraction:
    """Extract the article of one page.

    `body` are the bytes as received after content decoding, `url` is where they came from, `content_type` the header as
    sent, `fetched_at` an aware time (an implausible date lies after it). `headers` are the response's (any case);
    `feed_hints` what the feed entry said; `outlet_zone` an IANA zone for times without one; `known_boilerplate` lines
    that repeat over the pages of this outlet: taken out at the head and the foot, and where they are no prose.

    Deterministic and without I/O. Raises `ExtractionError` (TOO_LARGE, NON_HTML, EMPTY, DEPTH, CRASHED) and nothing
    else; a page that is no article is returned with its `kind` and `reason`.
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
    try:
        return _extraction(page, known_boilerplate)
    except _TOOLS_FAIL as error:
        raise ExtractionError(Reason.CRASHED, one_line(repr(error))[:300]) from error


def _extraction(page: Page, known_boilerplate: Collection[str]) -> Extraction:
    metadata = read_metadata(page)
    signals = read_signals(page, metadata.page_types, metadata.is_accessible_for_free)
    verdict = kind_before_text(signals)
    text = ""
    removed: tuple[Removed, ...] = ()
    # Before the text is taken, which uses up the tree.
    excerpts = excerpts_on_lists(page.root, page.url) if verdict is None else frozenset()
    if verdict is None:
        text, removed = _text(page, metadata, known_boilerplate)
    signs = paywall_signs(signals, text, (taken.line for taken in removed))
    state = None
    if not signs and (verdict is None or verdict.kind in _SHELLS) and len(text) < PLENTY and signals.few:
        held = _held(metadata.hydration, len(text))
        if held is not None and held.locked:
            # A paywall is recorded, not passed: whether this is the teaser or the piece, the state does not say.
            verdict, signals, signs = None, replace(signals, not_free=True), (f"the page's state says: {held.locked}",)
        elif held is not None and (other := as_page(held, page)):
            other_text, other_removed = _text(other, metadata, known_boilerplate)
            if len(other_text) >= FAR_MORE * len(text):
                verdict, state, text, removed = None, held.source, other_text, other_removed
                signs = paywall_signs(signals, text, (taken.line for taken in removed))
    verdict = verdict or kind_with_text(signals, text, listed=is_list(text, excerpts))
    language = detect_language(text or metadata.title or "", declared=metadata.declared_language)
    folded = fold(text)
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
        language=language.code,
        language_confidence=language.confidence,
        canonical_url=metadata.canonical_url,
        image=metadata.image,
        tags=metadata.tags,
        section=metadata.section,
        site_name=metadata.site_name,
        paywalled=bool(signs),
        paywall_signs=signs,
        licence=metadata.licence,
        tdm_reserved=metadata.tdm_reserved,
        word_count=count_words(text),
        quality_flags=quality_flags(
            text,
            title=metadata.title,
            language=language,
            cut_off=bool(signs),
            removed=removed,
            state=state,
        ),
        content_hash=hashlib.sha256(folded.encode()).hexdigest() if text else "",
        near_duplicate_key=fingerprint_of_folded(folded),
        removed=removed,
        extractor_version=EXTRACTOR_VERSION,
        encoding=page.encoding,
    )


def _held(hydration: Hydration, shown: int) -> StateArticle | None:
    """The article in the data for scripts or machines, where it has far more text than the page shows."""
    for article in (hydration.article, hydration.linked_data):
        if article is not None and text_length(article.body) >= FAR_MORE * shown:
            return article
    return None


def _text(page: Page, metadata: Metadata, known: Collection[str]) -> tuple[str, tuple[Removed, ...]]:
    """The repaired text, one paragraph per line, and what was taken out of it."""
    headings, descriptions = _named(page.root)
    titles = [metadata.title or "", *headings]
    # The last reader of the tree, which it uses up.
    found: Body = extract_body(page, descriptions, free=metadata.is_accessible_for_free is not False)
    repaired = repair(found.lines, titles, known=known, authors=metadata.authors)
    lines = clean("\n".join(((found.lead or ""), *repaired.lines))).split("\n")
    # Soft hyphens are for the line breaks of a screen; in a text they hide words from whoever looks for them.
    text = "\n".join(stripped for line in lines if (stripped := line.replace("\u00ad", "").strip()))
    # Spelt as it would be in the text: what repeats is looked for in both.
    return text, tuple(Removed(clean(taken.line).strip(), taken.why) for taken in repaired.removed)


def _named(root: HtmlElement) -> tuple[list[str], list[str]]:
    """The headings of the first level and the page's descriptions of itself."""
    headings: list[str] = []
    descriptions: list[str] = []
    for element in root.iter("h1", "meta"):
        if element.tag == "h1":
            headings.append(line_of(element.text_content()))
        elif (content := element.get("content")) and not _DESCRIPTION_NAMES.isdisjoint(
            (element.get("name"), element.get("property"), element.get("itemprop"))
        ):
            descriptions.append(content)
    return headings, descriptions
