"""Who wrote a piece: people only. Agencies are told apart, outlets, roles and desks are dropped.

The sources are asked in the order of their reliability: JSON-LD, microdata, meta, the state for scripts, marked byline
elements, lines that read like a byline, and at last the feed and a comment of the source. The first one that names a
person answers; what is no person's name is never taken from any of them, so that a page which names nobody keeps nobody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from newswire.extraction.agencies import agency_of
from newswire.extraction.bylines import (
    AT_HEADLINE,
    MAX_AUTHORS,
    NEAR_LINES,
    PLAIN_LEAD,
    Finding,
    agency_at_headline,
    from_bylines,
    from_date_line,
    from_labels,
    single_names,
    titles_of,
)
from newswire.extraction.comment_bylines import CommentByline
from newswire.extraction.jsonld import LinkedNode, resolve
from newswire.extraction.names import split_names, unique_names
from newswire.extraction.plaintext import element_text, first_string, is_small, plain, strings
from newswire.extraction.signatures import signature
from newswire.extraction.structured import NOT_THE_PIECE, Structured
from newswire.extraction.surroundings import Marked, frame_of


@dataclass(frozen=True, slots=True)
class Authors:
    """The people who signed (in the page's order), the agency that supplied the piece, and where both were found."""

    people: tuple[str, ...]
    agency: str | None
    source: str | None


# --- structured data ----------------------------------------------------------------------------------------------


def _page_node(data: Structured) -> LinkedNode | None:
    """The page's own object, where it names an author; asked where the page has no object for the piece."""
    return next((n for n in data.nodes if not n.foreign and "webpage" in n.types and n.data.get("author")), None)


def _from_json(data: Structured, node: LinkedNode | None, site: Sequence[str], source: str) -> Finding:
    """The authors of an object of structured data, such as the piece's own."""
    found = Finding([], None, source)
    if node is None:
        return found
    for key in ("author", "creator"):
        value = node.data.get(key)
        for one in value if isinstance(value, list) else [value]:
            for inner in one if isinstance(one, list) else [one]:
                _add_json(inner, data, site, found)
        if found.people:
            break
    return found


def _capitalised(text: str) -> str:
    """A name that an author field has in lower case ("viktor hedlund") as names are written; other texts unchanged."""
    return text.title() if text.islower() and 2 <= len(text.split()) <= 3 and text.replace(" ", "").isalpha() else text


# "Smith, Anna", as catalogues write a name.
_FAMILY_FIRST = re.compile(r"([^\W\d_][\w'’-]+), ([^\W\d_][\w'’-]+(?: [^\W\d_]\.?)?)")


def _names_in_field(text: str, site: Sequence[str]) -> list[str]:
    """The people in a field that is meant for authors."""
    names = split_names(_capitalised(text), site)
    if not names and (match := _FAMILY_FIRST.fullmatch(text)):
        names = split_names(f"{match.group(2)} {match.group(1)}", site)
    return names


def _add_json(value: object, data: Structured, site: Sequence[str], found: Finding) -> None:
    value = resolve(value, data.by_id)
    organisation = False
    if isinstance(value, Mapping):
        kinds = value.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        organisation = any("organization" in str(kind).lower() for kind in kinds)
        texts = strings(value.get("name")) or strings(value.get("legalName"))
        if not texts and value.get("givenName"):
            texts = [f"{first_string(value.get('givenName'))} {first_string(value.get('familyName'))}"]
    else:
        texts = strings(value)
    for text in texts[:MAX_AUTHORS]:
        found.agency = found.agency or agency_of(text)
        if not organisation:
            # whoever has a job there is a person, also when the site bears the same name
            employed = isinstance(value, Mapping) and bool(value.get("jobTitle"))
            found.people += _names_in_field(text, () if employed else site)


def _from_items(data: Structured, heading: HtmlElement | None, site: Sequence[str]) -> Finding:
    found = Finding([], None, "microdata")
    for item in data.items:
        if item.name not in ("author", "creator") or item.scope in NOT_THE_PIECE:
            continue
        if frame_of(item.element, heading):
            continue
        inner = item.element.xpath(".//*[@itemprop='name']") if len(item.element) and is_small(item.element) else []
        texts = [t for e in inner[:MAX_AUTHORS] if (t := plain(e.get("content") or "") or element_text(e, 200))]
        for text in texts or [item.value]:
            if len(text) > 200:
                continue
            found.agency = found.agency or agency_of(text)
            found.people += split_names(text, site)
    if not found.people:
        for item in data.items:  # "Von <span itemtype=Person>": a Person in the text who is introduced as its author
            if item.name == "name" and item.scope == "person" and not frame_of(item.element, heading):
                for ancestor in islice(item.element.iterancestors(), 3):
                    text = element_text(ancestor, 120)
                    if len(text) < 100 and (match := PLAIN_LEAD.match(text)):
                        found.people += split_names(match.group(1), site)
                        break
            if found.people:
                break
    return found


_META_NAMES = (
    "byl", "parsely-author", "sailthru.author", "author", "article:author", "lp.article:author", "dc.creator",
    "dcterms.creator", "dc.contributor", "citation_author", "cxenseparse:author", "mrc__author", "og:article:author",
    "article:author_name", "authors", "creator", "shareaholic:article_author_name",
    "mediator_author", "bt:author", "dable:author", "article.author",
    "twitter:data1", "og:author", "twitter:creator",
)  # fmt: skip


# The label of a card's first field, as plugins translate "Written by".
_WRITTEN_BY = re.compile(
    r"written|verfasst|escrit|écrit|scritt|scris|автор|autor|напис|napis|napsal|geschr|skriv|skrev|kirjoit|írta|yaza[nr]"
    r"|συντάχθηκε|author|\bby\b|كتب|נכתב|作者|执笔|執筆|글쓴이",
    re.I,
)


def _from_meta(data: Structured, site: Sequence[str]) -> Finding:
    found = Finding([], None, "meta")
    for name in _META_NAMES:
        values = data.metas.get(name, ())
        if name == "twitter:data1" and not _WRITTEN_BY.search(data.meta("twitter:label1") or ""):
            continue
        for value in values[:MAX_AUTHORS]:
            if value.startswith(("http:", "https:", "//", "@", "/")) or "facebook.com" in value:
                continue
            found.agency = found.agency or agency_of(value)
            found.people += _names_in_field(value, site)
        if found.people:
            break
    return found


def find_authors(
    data: Structured,
    node: LinkedNode | None,
    *,
    site: Sequence[str],
    heading: HtmlElement | None,
    near: Sequence[str] = (),
    above: Sequence[str] = (),
    tail: Callable[[], Sequence[str]] = tuple,
    marked: Callable[[], Marked] = lambda: Marked((), ()),
    feed: Sequence[str] = (),
    state: Callable[[], LinkedNode | None] = lambda: None,
    hidden: Callable[[], CommentByline | None] = lambda: None,
) -> Authors:
    """The authors of a piece.

    Args:
        site: the names of the site, as `site_names.site_words` gives them.
        heading: the headline's element, from which on bylines are looked for.
        near: short texts around the headline. above: the few directly above it, in the page's order.
        tail: gives the short texts of the page that hold a colon, asked only when nothing else names a person.
        marked: gives the elements marked as bylines.
        feed: the feed's author names.
        state: gives the page's piece in the state for its scripts, asked when no structured data names a person.
        hidden: gives the byline in a comment of the source, asked last.
    """
    agency: str | None = None
    for finding in _findings(data, node, site, heading, near, above, tail, marked, feed, state, hidden):
        agency = agency or finding.agency
        people = unique_names(finding.people)
        if people:
            return Authors(tuple(people), agency, finding.source)
    return Authors((), agency, None)


def _findings(
    data: Structured,
    node: LinkedNode | None,
    site: Sequence[str],
    heading: HtmlElement | None,
    near: Sequence[str],
    above: Sequence[str],
    tail: Callable[[], Sequence[str]],
    marked: Callable[[], Marked],
    feed: Sequence[str],
    state: Callable[[], LinkedNode | None],
    hidden: Callable[[], CommentByline | None],
) -> Iterator[Finding]:
    yield _from_json(data, node or _page_node(data), site, "json-ld")
    yield _from_items(data, heading, site)
    yield _from_meta(data, site)
    yield _from_json(data, state(), site, "hydration")
    yield Finding([], agency_at_headline(near[: 2 * AT_HEADLINE]), "text")
    yield from_labels(near[:AT_HEADLINE], site, marked_only=True)
    yield from_bylines(data, heading, site, near, marked)
    yield single_names(data, node, heading, site, marked)
    yield from_labels(near[:NEAR_LINES], site, marked_only=False)
    yield from_labels(above, site, marked_only=False)
    yield from_date_line(near, site, titles_of(data, heading))
    yield from_labels(tail(), site, marked_only=True)
    yield signature(data.root, heading, site)
    yield Finding([name for text in feed for name in split_names(text, site)], None, "feed")
    if comment := hidden():
        yield Finding(split_names(comment.name, site), agency_of(comment.name), "comment")
