"""The door of the metadata room: everything that a page says about its piece, beside the text.

The structured data is read once, the rooms beside this module (titles, authors, published, rights) decide from it, and
nothing here changes the tree or does I/O. A field that the page does not give stays None or empty: nothing is guessed for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from urllib.parse import urljoin

from newswire.dates import DateValue
from newswire.extraction.agencies import agency_in_text
from newswire.extraction.authors import Authors, find_authors
from newswire.extraction.comment_bylines import byline_in_comment
from newswire.extraction.hydration import Hydration
from newswire.extraction.jsonld import LinkedNode, article_node
from newswire.extraction.page import Page
from newswire.extraction.page_dates import date_candidates
from newswire.extraction.plaintext import addresses, element_text, first_string, plain, strings
from newswire.extraction.published import (
    DateCandidate,
    PublishedChoice,
    choose_modified,
    choose_published,
)
from newswire.extraction.rights import accessible_for_free, licence, tdm_signs
from newswire.extraction.signals import PLENTY, count_paragraphs
from newswire.extraction.site_names import site_words
from newswire.extraction.structured import Structured, read_structured
from newswire.extraction.surroundings import (
    frame_of,
    headline_element,
    labelled_texts,
    marked_elements,
    opening_texts,
    texts_after,
    texts_before,
)
from newswire.extraction.titles import (
    WEIGHTS,
    TitleCandidate,
    TitleChoice,
    choose_title,
    subtitle,
    title_candidates,
)
from newswire.extraction.values import FeedHints
from newswire.text import one_line
from newswire.urls import UrlRejected, accept_canonical, canonical_url

MAX_TAGS = 40
# How many texts after and before the headline may hold its date and byline.
TEXTS_AFTER, TEXTS_BEFORE = 50, 15
# How many of those before may be a byline directly above the headline: a date, "by" and the name.
TEXTS_ABOVE = 4
# A feed usually carries the headline bare, but may be behind a later change of the page.
FEED_TITLE_WEIGHT = 1.5


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says about its piece.

    `published_at` and `modified_at` are aware and keep the page's own UTC offset, so that `.date()` is the day as the
    page states it. `published` and `modified` are the chosen statements (source, precision, zone, raw text), and
    `date_candidates` all statements. `canonical_url` is accepted, `canonical_declared` as written.
    `is_accessible_for_free` is None where the page does not say. `page_types` are the JSON-LD types and the
    og:type, in lower case. `hydration` gives the piece in the state for scripts, decoded when it is asked for.
    """

    title: str | None
    title_why: str
    subtitle: str | None
    authors: tuple[str, ...]
    authors_source: str | None
    agency: str | None
    published_at: datetime | None
    published: DateValue | None
    published_source: str | None
    published_precision: str | None
    published_why: str | None
    published_conflict: tuple[str, ...]
    dates_refused: tuple[str, ...]
    date_candidates: tuple[DateCandidate, ...]
    modified_at: datetime | None
    modified: DateValue | None
    modified_source: str | None
    canonical_declared: str | None
    canonical_url: str | None
    image: str | None
    tags: tuple[str, ...]
    section: str | None
    site_name: str | None
    is_accessible_for_free: bool | None
    content_tier: str | None
    licence: str | None
    tdm_reserved: bool
    tdm_signs: tuple[str, ...]
    declared_language: str | None
    page_types: frozenset[str]
    broken_json: int
    hydration: Hydration = field(compare=False)


def read_metadata(
    page: Page,
    *,
    fetched_at: datetime | None = None,
    feed_hints: FeedHints | None = None,
    outlet_zone: str | None = None,
) -> Metadata:
    """Read the metadata of a parsed page. Pure; the tree is not changed; no content of the page makes it raise.

    Args:
        fetched_at: aware time of the response; a date after it is refused, relative dates ("today") start from it.
        feed_hints: what the feed said, the weakest source. outlet_zone: IANA zone of times that carry none.
    """
    fetched_at = fetched_at or page.fetched_at
    hints = feed_hints or page.feed
    outlet_zone = outlet_zone or page.outlet_zone
    data = read_structured(page.root, with_items="itemprop" in page.text if page.text else True)
    declared = data.link("canonical") or data.meta("og:url")
    headings = [element_text(h, 400) for h in data.headings]
    names = (*headings, data.meta("og:title") or "", data.title_tag)
    node = article_node(data.nodes, (page.url, declared or ""), names)
    hydration = Hydration(page, data.scripts, (declared or "",), (*names, hints.title or ""), node)

    @cache
    def state() -> LinkedNode | None:
        # A page that shows its text shows who wrote it and when, and is not worth a search.
        shell = count_paragraphs(page.root) < PLENTY
        return hydration.article.node if shell and hydration.article else None

    site = site_words(data, page.url)
    chosen = _title(data, node, site, page.url, hints, state)
    heading = headline_element(data, chosen.text)
    after = list(texts_after(heading, TEXTS_AFTER)) if heading is not None else opening_texts(data.root)
    before = list(texts_before(heading, TEXTS_BEFORE)) if heading is not None else []
    language = declared_language(data, node)
    marked = cache(lambda: marked_elements(data.root))
    hidden = cache(lambda: byline_in_comment(page.text))
    candidates = date_candidates(
        data,
        node,
        url=page.url,
        heading=heading,
        after=after,
        before=before,
        fetched_at=fetched_at,
        feed_time=hints.published_at,
        outlet_zone=outlet_zone,
        language=_date_language(data, language),
        in_aside=lambda element: bool(frame_of(element, heading)),
        marked=marked,
        state=state,
        hidden=hidden,
    )
    published = choose_published(candidates, fetched_at)
    modified = choose_modified(candidates, published, fetched_at)
    authors = find_authors(
        data,
        node,
        site=site,
        heading=heading,
        near=(*after, *before),
        above=before[TEXTS_ABOVE - 1 :: -1],
        tail=lambda: labelled_texts(data.root),
        marked=marked,
        feed=hints.authors,
        state=state,
        hidden=hidden,
    )
    return _assemble(
        page, data, node, chosen, authors, candidates, published, modified, after, declared, language, hydration
    )


def _assemble(
    page: Page,
    data: Structured,
    node: LinkedNode | None,
    title: TitleChoice,
    authors: Authors,
    candidates: Sequence[DateCandidate],
    published: PublishedChoice,
    modified: DateCandidate | None,
    after: Sequence[str],
    declared: str | None,
    language: str | None,
    hydration: Hydration,
) -> Metadata:
    reserved, signs = tdm_signs(data, page.headers)
    base = _absolute(page.url, data.base)
    fields: Mapping[str, object] = node.data if node else {}
    return Metadata(
        title=_line(title.text),
        title_why=title.why,
        subtitle=_line(subtitle(data, node, title.text)),
        authors=tuple(filter(None, (_line(name) for name in authors.people))),
        authors_source=authors.source,
        agency=authors.agency or next(filter(None, map(agency_in_text, after[:12])), None),
        published_at=published.at,
        published=published.value,
        published_source=published.value.source if published.value else None,
        published_precision=published.value.precision if published.value else None,
        published_why=published.why,
        published_conflict=published.conflict,
        dates_refused=published.refused,
        date_candidates=tuple(candidates),
        modified_at=modified.local if modified else None,
        modified=modified.value if modified else None,
        modified_source=modified.value.source if modified else None,
        canonical_declared=_line(declared),
        canonical_url=_canonical(data, page.url, base),
        image=_image(data, fields, base),
        tags=_tags(data, fields),
        section=_line(
            first_string(fields.get("articleSection")) or data.meta("article:section", "parsely-section", "section")
        ),
        site_name=_site_name(data),
        is_accessible_for_free=accessible_for_free(data, fields),
        content_tier=_line(data.meta("article:content_tier", "article:opinion_tier")),
        licence=_line(licence(data, fields)),
        tdm_reserved=reserved,
        tdm_signs=signs,
        declared_language=language,
        page_types=frozenset(t for n in data.nodes if not n.foreign for t in n.types)
        | frozenset(filter(None, [(data.meta("og:type") or "").lower()])),
        broken_json=data.broken_json,
        hydration=hydration,
    )


def _line(text: str | None) -> str | None:
    return (one_line(text) or None) if text else None


def _absolute(base: str, address: str) -> str:
    """An address seen from another one; the other one where it is none."""
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return base


def _canonical(data: Structured, url: str, base: str) -> str | None:
    """The first address that the page declares as its own and that can be believed.

    Plugins and themes declare one each, and one of them may be the front page: the next is then asked.
    """
    declared = [*data.all_links("canonical"), *(value for _, value in data.all_meta("og:url"))]
    accepted = (accept_canonical(url, _absolute(base, address)) for address in declared if address)
    return next(filter(None, accepted), None)


# Sources of the bare headline, beside which the state is not asked for one; in `og:title` it may stand with the site's.
_STATED = frozenset(("h1", "json-ld", "microdata"))


def _title(
    data: Structured,
    node: LinkedNode | None,
    site: Sequence[str],
    url: str,
    hints: FeedHints,
    state: Callable[[], LinkedNode | None],
) -> TitleChoice:
    candidates = title_candidates(data, node, site)
    if _STATED.isdisjoint(c.source for c in candidates) and (held := state()):
        candidates.append(TitleCandidate(first_string(held.data["headline"]), "hydration", WEIGHTS["hydration"]))
    if hints.title:
        candidates.append(TitleCandidate(plain(hints.title), "feed", FEED_TITLE_WEIGHT))
    return choose_title(candidates, site, url)


# --- single fields --------------------------------------------------------------------------------------------------

_LANGUAGE = re.compile(r"^([a-z]{2,3})(?:[-_][a-z0-9]+)*$", re.I)


def declared_language(data: Structured, node: LinkedNode | None) -> str | None:
    """The language that the page declares, as its primary subtag in lower case ("uk"), or None."""
    for value in (
        first_string(node.data.get("inLanguage")) if node else None,
        data.html_lang,
        data.meta("content-language", "dc.language", "language"),
        data.item("inlanguage"),
        data.meta("og:locale"),
    ):
        match = _LANGUAGE.match((value or "").strip())
        if match:
            code = match.group(1).lower()
            return {"ua": "uk", "iw": "he", "in": "id", "nb": "no", "nn": "no", "gr": "el", "cz": "cs"}.get(code, code)
    return None


def _date_language(data: Structured, language: str | None) -> str | None:
    """The language with its region where that changes the order of day and month: only Spanish, because templates
    declare "en-US" whatever they are used for."""
    regional = (data.html_lang or data.meta("og:locale") or "").lower().replace("_", "-")
    return regional if regional.startswith("es-") else language


def _image(data: Structured, fields: Mapping[str, object], base: str) -> str | None:
    for address in (
        data.meta("og:image", "og:image:secure_url", "og:image:url"),
        next(addresses(fields.get("image")), None),
        next(addresses(fields.get("thumbnailUrl")), None),
        data.meta("twitter:image", "twitter:image:src"),
        data.link("image_src"),
    ):
        if address and not address.startswith("data:"):
            try:
                return canonical_url(urljoin(base, address.strip()))
            except (UrlRejected, ValueError):
                continue
    return None


def _tags(data: Structured, fields: Mapping[str, object]) -> tuple[str, ...]:
    found: list[str] = []
    for text in strings(fields.get("keywords")):
        found += re.split(r"\s*[,;|]\s*", text)
    for _, text in data.all_meta("article:tag", "parsely-tags", "news_keywords"):
        found += re.split(r"\s*[,;|]\s*", text)
    if not found:
        for _, text in data.all_meta("keywords", "sailthru.tags"):
            found += re.split(r"\s*[,;|]\s*", text)
    kept: dict[str, str] = {}
    for tag in found:
        line = one_line(tag)
        # longer ones are sentences in the wrong field; "id:12", "type:x" are for machines
        if 2 <= len(line) <= 60 and not re.match(r"^[\w.-]+[:=]\S", line):
            kept.setdefault(line.casefold(), line)
    return tuple(kept.values())[:MAX_TAGS]


def _site_name(data: Structured) -> str | None:
    for value in (
        data.meta("og:site_name"),
        next(
            (first_string(n.data.get("name")) for n in data.nodes if n.below == "publisher" and n.data.get("name")),
            None,
        ),
        next(
            (first_string(n.data.get("name")) for n in data.nodes if "website" in n.types and n.data.get("name")), None
        ),
        data.meta("application-name", "al:android:app_name", "al:ios:app_name"),
    ):
        if value:
            return _line(value)
    return None
