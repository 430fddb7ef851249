"""Who wrote a piece: people only. Agencies are told apart, outlets, roles and desks are dropped.

The sources are asked in the order of their reliability: JSON-LD, microdata, meta, marked byline elements, and at last
lines that read like a byline. The first one that names a person answers; what is no person's name is never taken from
any of them, so that a page which names nobody keeps nobody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from newswire.extraction.agencies import agency_of
from newswire.extraction.jsonld import LinkedNode, resolve
from newswire.extraction.names import LEAD_WORDS, person_name, single_name, split_names, unique_names
from newswire.extraction.plaintext import element_text, first_string, is_small, plain, strings
from newswire.extraction.structured import Structured
from newswire.extraction.surroundings import Marked, follows, frame_of

MAX_AUTHORS = 20
# Of the texts after the headline, how many are its own head, and how far a byline may stand from it.
AT_HEADLINE, NEAR_LINES = 5, 40

# Of these the colon-less form is common prose, too: "di", "av", "text" … only trusted with a mark.
_LABEL = re.compile(
    r"^(?:аўтар(?:ка)?|автор(?:ка|и|ы)?(?:\s+(?:статьи|статті|тексту|текста|материала|матеріалу))?|author(?:s|\(s\))?|autor(?:ka|zy|in|en|es)?"
    r"|autore|auteur|written by|reporter|journalist|журналист(?:ка)?|журналіст(?:ка)?|корреспондент|кореспондент(?:ка)?"
    r"|текст|text|tekst|підготува(?:в|ла)|подготовила?|opracowała?|yazar|penulis|szerző|συντάκτης|著者|文|记者|記者)\s*[:：]\s*(.*)$",
    re.I,
)
_PLAIN_LEAD = re.compile(
    r"^(?:(?:written |reported |posted )?by|von|par|por|door|publicado por|escrito por|автор(?:ка)?|аўтар|від)\b"
    r"\s*:?\s*(.*)$",
    re.I,
)
_SOURCE_LABEL = re.compile(
    r"^(?:источник|джерело|по материалам|за матеріалами|source|quelle|fuente|fonte|źródło|bron|kilde|zdroj|източник)"
    r"\s*[:：]\s*(.{2,60})$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Authors:
    """The people who signed (in the page's order), the agency that supplied the piece, and where both were found."""

    people: tuple[str, ...]
    agency: str | None
    source: str | None


# --- structured data ----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Finding:
    people: list[str]
    agency: str | None
    source: str


def _from_json(data: Structured, node: LinkedNode | None, site: Sequence[str]) -> _Finding:
    found = _Finding([], None, "json-ld")
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


def _add_json(value: object, data: Structured, site: Sequence[str], found: _Finding) -> None:
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
            found.people += split_names(_capitalised(text), () if employed else site)


def _from_items(data: Structured, heading: HtmlElement | None, site: Sequence[str]) -> _Finding:
    found = _Finding([], None, "microdata")
    for item in data.items:
        if item.name not in ("author", "creator") or item.scope in ("imageobject", "videoobject", "comment", "review"):
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
                    if len(text) < 100 and (match := _PLAIN_LEAD.match(text)):
                        found.people += split_names(match.group(1), site)
                        break
            if found.people:
                break
    return found


_META_NAMES = (
    "byl", "parsely-author", "sailthru.author", "author", "article:author", "lp.article:author", "dc.creator",
    "dcterms.creator", "dc.contributor", "citation_author", "cxenseparse:author", "mrc__author", "og:article:author",
    "article:author_name", "authors", "creator", "shareaholic:article_author_name", "twitter:data1", "og:author",
)  # fmt: skip


def _from_meta(data: Structured, site: Sequence[str]) -> _Finding:
    found = _Finding([], None, "meta")
    for name in _META_NAMES:
        values = data.metas.get(name, ())
        if name == "twitter:data1" and not re.search(
            r"written|verfasst|escrit|écrit|автор|autor|geschr|skriv|author|by", data.meta("twitter:label1") or "", re.I
        ):
            continue
        for value in values[:MAX_AUTHORS]:
            if value.startswith(("http:", "https:", "//", "@", "/")) or "facebook.com" in value:
                continue
            found.agency = found.agency or agency_of(value)
            found.people += split_names(_capitalised(value), site)
        if found.people:
            break
    return found


# --- the visible page ---------------------------------------------------------------------------------------------

_PROFILE = re.compile(
    r"/(?:authors?|autor(?:en|es|i)?|auteurs?|avtor\w*|journalists?|columnists?|staff|editors?|profile|by|reporters?|people|person)/",
    re.I,
)


_NO_BYLINE = frozenset(
    ("html", "body", "article", "main", "meta", "link", "script", "style", "input", "form", "textarea")
)  # fmt: skip


def _from_bylines(
    data: Structured,
    heading: HtmlElement | None,
    site: Sequence[str],
    near: Sequence[str],
    marked: Callable[[], Marked],
) -> _Finding:
    found = _Finding([], None, "byline")
    at_headline = " ".join(near[:AT_HEADLINE])
    for ask in (lambda: marked().authors, lambda: _profile_links(data.root, near)):
        elements = _after_heading(ask(), heading)
        first: HtmlElement | None = None
        for element in elements:
            if element.tag in _NO_BYLINE:
                continue
            if not is_small(element) or (first is not None and not _companions(first, element)):
                continue
            text = element_text(element, 240)
            if not text or len(text) > 180:
                continue
            frame = frame_of(element, heading)
            if frame == "aside" and text in at_headline:  # some layouts put the byline into an <aside>
                frame = ""
            if first is None and (frame or _in_list(element)):
                continue
            found.agency = found.agency or agency_of(LEAD_WORDS.sub("", text))
            names = _names_within(element, text, site)
            if names:
                first = element if first is None else first
                found.people += names
        if found.people:
            break
    return found


_RIGHT = re.compile(r"text-align:\s*right", re.I)


def _signature(root: HtmlElement, heading: HtmlElement | None, site: Sequence[str]) -> _Finding:
    """A name that stands alone below the text and is set to the right, as a letter is signed."""
    aligned = (e for e in root.iter("p", "div") if e.get("align") == "right" or _RIGHT.search(e.get("style") or ""))
    for element in islice(aligned, 60):
        if not is_small(element, 4) or (heading is not None and not follows(element, heading)):
            continue
        text = element_text(element, 60)
        if len(text) <= 40 and "," not in text and not frame_of(element, heading) and (name := person_name(text, site)):
            return _Finding([name], None, "signature")
    return _Finding([], None, "signature")


def _single_names(
    data: Structured,
    node: LinkedNode | None,
    heading: HtmlElement | None,
    site: Sequence[str],
    marked: Callable[[], Marked],
) -> _Finding:
    """Pseudonyms and first names ("Dominique") of those whom the page declares to be persons.

    Declared are a Person in the structured data, and a link to a profile within a byline.
    """
    for value in (node.data.get(key) for key in ("author", "creator")) if node else ():
        for one in value if isinstance(value, list) else [value]:
            person = resolve(one, data.by_id)
            if not isinstance(person, Mapping) or "person" not in str(person.get("@type")).lower():
                continue
            if name := single_name(first_string(person.get("name")), site):
                return _Finding([name], None, "json-ld")
    for item in data.items:
        if item.name == "author" and not frame_of(item.element, heading) and is_small(item.element):
            for inner in item.element.xpath(".//*[@itemprop='name']"):
                if name := single_name(plain(inner.get("content") or "") or element_text(inner, 60), site):
                    return _Finding([name], None, "microdata")
    for element in _after_heading(marked().authors, heading):
        if element.tag == "body" or not is_small(element, 12) or frame_of(element, heading) or _in_list(element):
            continue
        for link in [element] if element.tag == "a" else element.iter("a"):
            address = link.get("href") or ""
            profile = link.get("rel") == "author" or _PROFILE.search(address) or "/user/" in address
            if profile and (name := single_name(element_text(link, 60), site)):
                return _Finding([name], None, "byline")
    return _Finding([], None, "byline")


def _profile_links(root: HtmlElement, near: Sequence[str]) -> list[HtmlElement]:
    """The links around the headline whose address is that of a person's page on the site.

    People whom the piece speaks of may have such pages, too: a link within prose is no byline.
    """
    around = " ".join(near)
    links = [a for a in root.iter("a") if _PROFILE.search(a.get("href") or "")][:60]
    return [a for a in links if element_text(a, 80) in around and len(element_text(a.getparent(), 200)) <= 140]


def _in_list(element: HtmlElement) -> bool:
    """Whether an element is part of a link or list entry that says more: the byline of a teaser with its headline."""
    own = len(element_text(element, 200))
    for number, ancestor in enumerate(element.iterancestors()):
        if number >= 5 or ancestor.tag in ("article", "main", "body"):
            return False
        if ancestor.tag in ("li", "a") and len(element_text(ancestor, 200)) > own + 10:
            return True
    return False


# "Anna Smith for Science Weekly": what follows is whom somebody writes for.
_FOR_OUTLET = re.compile(r"\s(?:for|für|pour)\s", re.I)


def _names_within(element: HtmlElement, text: str, site: Sequence[str]) -> list[str]:
    """Names in a byline element: those of its links if they are names (they are cleanest), else those of its text."""
    if outlet := _FOR_OUTLET.search(text):
        return split_names(text[: outlet.start()], site)
    links = [element_text(a, 120) for a in element.iter("a")][:MAX_AUTHORS]
    names = [name for link in links for name in split_names(link, site)]
    if names:
        return names
    if next(element.iter("script", "style"), None) is not None:
        return split_names(text, site)[:4]
    leaves = [plain(t, 120) for t in element.itertext("*")][:30]
    own = [name for leaf in leaves if leaf for name in split_names(leaf, site)]
    return own[:4] if own else split_names(text, site)


def _companions(first: HtmlElement, other: HtmlElement) -> bool:
    """Whether two byline elements stand in one byline: same class, and a near ancestor in common."""
    if (first.get("class"), first.tag) != (other.get("class"), other.tag):
        return False
    near = list(islice(first.iterancestors(), 3))
    return any(ancestor in near for ancestor in islice(other.iterancestors(), 3))


def _after_heading(elements: Sequence[HtmlElement], heading: HtmlElement | None) -> list[HtmlElement]:
    """The elements from the headline on, in document order, then those before it."""
    if heading is None:
        return list(elements)
    after = [e for e in elements if follows(e, heading)]
    before = [e for e in elements if not follows(e, heading)]
    return after + list(reversed(before))[:10]


def _in_lower_case(name: str, texts: Sequence[str]) -> bool:
    """Whether the page writes a word of the name in lower case, as it does with "House Call" and never with a name."""
    words = [w.lower() for w in name.split() if len(w) > 3]
    if not words:
        return True
    body = " ".join(texts)
    return any(re.search(rf"\b{re.escape(word)}\b", body) for word in words)


def _from_labels(lines: Sequence[str], site: Sequence[str], *, marked_only: bool) -> _Finding:
    """Names in lines that say so: "Автор: …", and near the headline also "By …" without a mark."""
    found = _Finding([], None, "text")
    for number, line in enumerate(lines):
        if len(line) >= 140:
            continue
        match = _LABEL.match(line) or (None if marked_only else _PLAIN_LEAD.match(line))
        if match:
            rest = match.group(1).strip() or " ".join(lines[number + 1 : number + 2])
            found.agency = found.agency or agency_of(rest)
            found.people += split_names(rest, site)
        elif len(line) < 90 and (source := _SOURCE_LABEL.match(line)):
            found.agency = found.agency or agency_of(source.group(1))
        if found.people:
            break
    return found


def _agency_at_headline(lines: Sequence[str]) -> str | None:
    """An agency that stands alone in the head of a piece, or between bars: "20.09.2026 | 14:05 | Укрінформ"."""
    for line in lines:
        if len(line) <= 60:
            for part in re.split(r"\s*[|·•]\s*", line):
                if 2 < len(part) <= 30 and len(part.split()) <= 3 and (name := agency_of(part)):
                    return name
    return None


def _from_date_line(lines: Sequence[str], site: Sequence[str]) -> _Finding:
    """A name that stands alone beside the date below the headline is a byline, too."""
    for number, line in enumerate(lines[:10]):
        # directly below the headline the outlet that had the piece first may stand between name and date
        beside = [*lines[max(0, number - 1) : number], *lines[number + 1 : number + (2 if number else 3)]]
        if len(line) <= 40 and "&" not in line and any(len(t) <= 80 and _DATE.search(t) for t in beside):
            # the name may be followed by a role: "Мария Иванова, корреспондент"
            name = person_name(LEAD_WORDS.sub("", line.split(",")[0]), site)
            words = name.split() if name else []
            if name and 2 <= len(words) == len(set(words)) <= 3 and not _in_lower_case(name, lines):
                return _Finding([name], None, "text")
    return _Finding([], None, "text")


_DATE = re.compile(
    r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}\.? [^\W\d_]{3,12},? \d{4}\b"
    r"|[^\W\d_]{3,9}\.? \d{1,2}, \d{4}|\b\d{1,2}:\d{2}\b"
)


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
) -> Authors:
    """The authors of a piece.

    Args:
        site: the names of the site, as `titles.site_words` gives them.
        heading: the headline's element, from which on bylines are looked for.
        near: short texts around the headline. above: the few directly above it, in the page's order.
        tail: gives the short texts of the page that hold a colon, asked only when nothing else names a person.
        marked: gives the elements marked as bylines.
        feed: the feed's author names, asked last.
    """
    agency: str | None = None
    for finding in _findings(data, node, site, heading, near, above, tail, marked, feed):
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
) -> Iterator[_Finding]:
    yield _from_json(data, node, site)
    yield _from_items(data, heading, site)
    yield _from_meta(data, site)
    yield _Finding([], _agency_at_headline(near[: 2 * AT_HEADLINE]), "text")
    yield _from_labels(near[:AT_HEADLINE], site, marked_only=True)
    yield _from_bylines(data, heading, site, near, marked)
    yield _single_names(data, node, heading, site, marked)
    yield _from_labels(near[:NEAR_LINES], site, marked_only=False)
    yield _from_labels(above, site, marked_only=False)
    yield _from_date_line(near, site)
    yield _from_labels(tail(), site, marked_only=True)
    yield _signature(data.root, heading, site)
    yield _Finding([name for text in feed for name in split_names(text, site)], None, "feed")
