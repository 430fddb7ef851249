"""What one object of a page's state says of a piece: headline, addresses, authors, dates, body.

Every content system has its own names for these. They are known here in one spelling (small letters, no separators), by
the families of names that such systems share; what a value is made of decides the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from newswire.extraction.jsonld import LinkedNode
from newswire.extraction.page_state import State
from newswire.extraction.plaintext import letters, path_key, plain
from newswire.extraction.rich_text import RichText, kind_of, spelling, text_length

# Teasers and summaries stay below this; a brief of two sentences does not.
MIN_BODY_CHARS = 250
# With its markup; the longest text of the development pages has 53,000 characters without. What is longer is no article.
MAX_BODY_CHARS = 300_000
# A summary this long, in several paragraphs, is the text.
LONG_SUMMARY = 800
# In prose, sentences are shorter on average: half of this in news.
CHARS_PER_SENTENCE = 400
# So deep below an article's object may its body lie, in objects that are no pieces themselves.
BODY_LEVELS = 4
# As many authors as a byline has at most, and how deep they lie below its key (`authors.nodes[].node.author`).
MAX_NAMES, NAME_LEVELS = 20, 7
# Fields of an object's parts that are read beside its own.
MAX_PART_FIELDS = 120

_HEADLINES = (
    "headline", "title", "headlines", "articletitle", "articleheadline", "heading", "posttitle", "newstitle",
    "displaytitle", "pagetitle", "h1",
)  # fmt: skip
_ADDRESSES = frozenset((
    "url", "canonicalurl", "canonical", "link", "permalink", "href", "weburl", "websiteurl", "shareurl", "fullurl",
    "absoluteurl", "path", "pathname", "uri", "publicurl", "urlpath", "seourl", "articleurl",
))  # fmt: skip
_SLUGS = frozenset(("slug", "urlslug", "alias", "seoslug", "id", "newsid", "articleid", "postid"))
_AUTHORS = (
    "author", "authors", "byline", "bylines", "credits", "creator", "writers", "writer", "journalists", "journalist",
    "authorname", "authornames", "autor", "autoren", "contributors", "embedded",
)  # fmt: skip
_PUBLISHED = (
    "datepublished", "publishedat", "publisheddate", "publishdate", "publicationdate", "firstpublishedat", "published",
    "firstpublishdate", "firstpublished", "firstpublicationdate", "publishedtime", "publishtime", "publishedon",
    "pubdate", "datepublication", "displaydate", "publicationtime", "publishat", "publishedtimestamp", "dategmt",
    "date", "datetime", "timestamp",
)  # fmt: skip
_MODIFIED = (
    "datemodified", "updatedat", "modifiedat", "modifieddate", "lastmodified", "lastupdated", "lastupdateddate",
    "updateddate", "updatedate", "modificationdate", "modifiedgmt", "modified", "updated", "lastpublishedat",
)  # fmt: skip
_CREATED = ("datecreated", "createdat", "createddate", "creationdate", "created")
_LEADS = ("lead", "leadtext", "intro", "introduction", "introtext", "standfirst", "dek", "vorspann", "anons", "lid")
# Where one of these is true, or one of the second sort false, or one of the third says so, the piece is not free.
_LOCKED = frozenset(
    ("ispremium", "premium", "ispaid", "ispaywalled", "paywall", "paywalled", "islocked", "ispaidcontent")
)
_FREE = frozenset(("isaccessibleforfree", "isfree", "free"))
_TIERS = frozenset(("access", "accesstype", "accesslevel", "contentcode", "contenttier", "visibility"))
_PAID = frozenset(("premium", "paid", "locked", "subscriber", "subscribers", "members", "plus"))
# Objects within the article's own in which content systems keep its head.
_PARTS = frozenset((
    "headlines", "header", "heading", "head", "meta", "metadata", "seo", "dates", "attributes", "fields", "publication",
    "contentrestrictions",
))  # fmt: skip
# In an object that stands for one text, time or name: where the value is.
_VALUE_KEYS = (
    "basic", "rendered", "text", "value", "main", "raw", "default", "title", "headline", "iso", "date", "utc", "$date",
)  # fmt: skip
_NAME_KEYS = ("name", "fullname", "displayname", "byline", "title", "label", "nickname")
_AROUND_NAMES = (
    "by", "node", "nodes", "edges", "data", "attributes", "fields", "author", "authors", "person", "profile", "items",
)  # fmt: skip
# Below these keys stand other pieces, the frame, and wording.
_FOREIGN = re.compile(
    r"related|recommend|teaser|comment|popular|latest|trending|sidebar|footer|navigation|^nav|menu|recirculation|readmore"
    r"|mostread|newsfeed|breadcrumb|more(?:news|stories|articles)|othernews|similar|advert|newsletter|^next|^prev|spotlight"
)
_SUMMARY = re.compile(r"description\w*|excerpt|summary|abstract|lead|leadtext|intro|introtext")
# Text that is not the body.
_NO_BODY = re.compile(
    r"caption|seo\w*|meta\w*|social\w*|image\w*|media\w*|gallery|video\w*|audio\w*|photo\w*|tags?|categor\w*|topics?"
    r"|section|authors?\w*|byline\w*|credits|contributors?|creator|bio\w*|config|settings|css|styles?|scripts?|query"
    r"|translations?|messages|i18n\w*|locales?|cookie\w*|consent|ads?|schema\w*|jsonld|structureddata|copyright\w*"
    r"|disclaimer|taxonomy|owner|source\w*|parent|site|publisher|channel|embedded|links?|promo\w*|\w*headlines?"
    r"|\w*titles?|transcript"
)
_BODY = re.compile(
    r"\w*bod(?:y|ies)\w*|\w*content\w*|\w*text|\w*html\w*|\w*paragraphs?|\w*blocks?|\w*elements|\w*components|nodes|modules"
    r"|widgets|sections|parts|chapters|children|story|article|document|data"
)
_PROSE = re.compile(r"</p>|\w[.!?…] +\S|[。！？]")
# A name or a number does not go on in a small letter; quotes, tags and white space may follow the mark.
_SENTENCE_END = re.compile(r"[^\W\d_]{2}[\"'»”)]?[.!?…]+[\"'»”)]*(?:\s|<|$)|[。！？]|[.!?][\"'»”]?(?:<|$)", re.M)
# A date and time without any zone.
_NO_ZONE = re.compile(r"[\d-]{8,10}T[\d:.]+")
_ENDING = re.compile(r"\.\w{2,5}$")


@dataclass(frozen=True, slots=True)
class StateArticle:
    """The article that a state holds.

    `node` has its headline, authors and dates in the words of schema.org; `body` is HTML, `lead` plain text or ''.
    `locked` names the key that says that the piece is not free (None where none says so). `source` is what the page
    calls the state, and the key of the body in it.
    """

    node: LinkedNode
    body: str
    lead: str
    locked: str | None
    source: str


class StateObject:
    """One object of a state that has a headline."""

    __slots__ = ("data", "fields", "headline", "state")

    def __init__(self, data: Mapping[str, Any], state: State) -> None:
        self.data, self.state = data, state
        self.fields = _fields(data, state)
        self.headline = _headline(self.fields)

    def agreement(self, path: str, paths: frozenset[str], titles: Sequence[str]) -> float:
        """How much says that this is the page's own piece: an address 6, a slug or number in it 4, the headline 5.

        `path` and `paths` are the page's path and all that it declares (without host), `titles` what it calls itself,
        by their letters. Another address takes one point: pieces have several.
        """
        score = 0.0
        own = self._addresses()
        if own & paths:
            score += 6
        elif own:
            score -= 1
        if not own & paths and _named_in(path, self.fields):
            score += 4
        key = letters(self.headline)
        for title in titles:
            shorter, longer = (key, title) if len(key) <= len(title) else (title, key)
            if key == title or (len(shorter) >= LONG_HEADLINE and shorter in longer):
                return score + 5
        return score

    def bears(self, paths: frozenset[str]) -> bool:
        """Whether the object names one of these paths as its address."""
        return not paths.isdisjoint(self._addresses())

    def _addresses(self) -> set[str]:
        return {path for name, value in self.fields if name in _ADDRESSES if (path := _path(value))}

    def said(self) -> dict[str, Any]:
        """Who wrote the piece and when, in the words of schema.org; '' or [] for what the object does not say."""
        return {
            "author": _authors(self.fields, self.state),
            "datePublished": _date(self.fields, _PUBLISHED),
            "dateModified": _date(self.fields, _MODIFIED),
            "dateCreated": _date(self.fields, _CREATED),
        }

    def article(
        self, writer: RichText, others: Sequence[Mapping[str, Any]] = (), *, foreign: bool = False
    ) -> StateArticle | None:
        """The piece, or None where the object holds no body. `others` is what is `said` elsewhere of the same piece."""
        key, body = _body(self.data, self.state, writer)
        if text_length(body) < MIN_BODY_CHARS:
            return None
        data = self.said()
        for name, value in data.items():
            data[name] = value or next(filter(None, (other[name] for other in others)), value)
        data["headline"] = plain(self.headline)
        lead = next((text for name in _LEADS if (text := plain(_first(self.fields, (name,))))), "")
        node = LinkedNode(frozenset(), data, "", foreign)
        return StateArticle(
            node, body, lead if key not in _LEADS else "", _locked(self.fields), f"{self.state.source}:{key}"
        )


# A headline with fewer letters may stand in another by accident.
LONG_HEADLINE = 15


@lru_cache(maxsize=8_192)
def is_foreign(key: str) -> bool:
    """Whether other pieces, or the frame of the page, stand below a key."""
    return _FOREIGN.search(spelling(key)) is not None


def page_path(address: str) -> str:
    """The path of an address without its host, by which a state names a piece; '' for the front page."""
    return path_key(address).partition("/")[2]


def has_headline(data: Mapping[str, Any]) -> bool:
    """Whether an object may be a piece: cheap, asked of every object."""
    return not _MAY_HEAD.isdisjoint(map(spelling, data))


_MAY_HEAD = frozenset(_HEADLINES) | {"header", "attributes", "fields"}


def is_story(data: Mapping[str, Any]) -> bool:
    """Whether a node inside a text is another piece: it has a headline and an address of its own."""
    names = {spelling(key) for key in data}
    return not names.isdisjoint(("headline", "title", "headlines")) and not names.isdisjoint((*_ADDRESSES, "slug"))


def _fields(data: Mapping[str, Any], state: State) -> list[tuple[str, Any]]:
    """The fields of an object and of the parts in which its head may lie, names in one spelling."""
    found: list[tuple[str, Any]] = []
    parts: list[tuple[str, Any]] = []
    for key, value in data.items():
        name, value = spelling(key), state.look(value)
        found.append((name, value))
        if name in _PARTS and isinstance(value, dict) and len(parts) < MAX_PART_FIELDS:
            parts += ((spelling(inner), state.look(part)) for inner, part in islice(value.items(), MAX_PART_FIELDS))
    return found + parts


def _scalar(value: Any) -> str:
    """The one text or number that a value stands for, or ''."""
    if isinstance(value, dict):
        value = next((value[key] for key in _VALUE_KEYS if isinstance(value.get(key), str | int)), None)
    elif isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value)


def _first(fields: Sequence[tuple[str, Any]], names: Sequence[str]) -> str:
    """The first text of the first of these names that has one."""
    for wanted in names:
        for name, value in fields:
            if name == wanted and (text := _scalar(value)):
                return text
    return ""


def _headline(fields: Sequence[tuple[str, Any]]) -> str:
    headline = _first(fields, _HEADLINES)
    return headline if 8 <= len(headline) <= 600 and not headline.isdigit() else ""


def _path(value: Any) -> str:
    if isinstance(value, dict):
        value = next((value[key] for key in ("url", "path", "canonical", "href", "value") if key in value), None)
    if not isinstance(value, str) or not 2 <= len(value) <= 2_000:
        return ""
    try:
        return page_path(urljoin("https://host.invalid/", value.strip()))
    except ValueError:
        return ""


def _named_in(path: str, fields: Sequence[tuple[str, Any]]) -> bool:
    """Whether the last part of an address holds the object's slug, or its number (five digits are no accident)."""
    last = _ENDING.sub("", path.rsplit("/", 1)[-1]).replace("_", "-")
    for name, value in fields:
        if name not in _SLUGS or isinstance(value, bool) or not isinstance(value, str | int):
            continue
        slug = str(value)[:300].lower().strip("/").rsplit("/", 1)[-1].replace("_", "-")
        if slug == last and len(slug) >= 4:
            return True
        if len(slug) >= 5 and slug in last and re.search(rf"(?<!\w){re.escape(slug)}(?!\w)", last):
            return True
    return False


def _date(fields: Sequence[tuple[str, Any]], names: Sequence[str]) -> str:
    for wanted in names:
        raw = _first(fields, (wanted,)).removeprefix("$D")[:100]
        if raw.isdigit() and len(raw) < 9:
            continue  # a year, or a number of seconds in the first years of the clock
        if raw:
            return f"{raw}Z" if wanted.endswith("gmt") and _NO_ZONE.fullmatch(raw) else raw
    return ""


def _locked(fields: Sequence[tuple[str, Any]]) -> str | None:
    for name, value in fields:
        paid = isinstance(value, str) and name in _TIERS and value.lower() in _PAID
        if (name in _LOCKED and value is True) or (name in _FREE and value is False) or paid:
            return name
    return None


def _authors(fields: Sequence[tuple[str, Any]], state: State) -> list[dict[str, str]]:
    for wanted in _AUTHORS:
        for name, value in fields:
            if name == wanted and (found := list(_names(value, state, NAME_LEVELS))):
                return found[:MAX_NAMES]
    for name, value in fields:  # authorConnection, articlesAuthorsByArticleId
        if "author" in name and isinstance(value, dict | list) and (found := list(_names(value, state, NAME_LEVELS))):
            return found[:MAX_NAMES]
    return []


def _names(value: Any, state: State, levels: int) -> Iterator[dict[str, str]]:
    value = state.look(value)
    if isinstance(value, str):
        if 3 <= len(value) <= 300:
            yield {"@type": "Person", "name": plain(value)}
    elif isinstance(value, list) and levels > 0:
        for part in value[:MAX_NAMES]:
            yield from _names(part, state, levels - 2)  # lists in lists multiply
    elif isinstance(value, dict) and levels > 0:
        fields = {spelling(key): state.look(part) for key, part in islice(value.items(), 80)}
        kind = "Organization" if re.search("organi[sz]ation|agency|brand", kind_of(value)) else "Person"
        first = " ".join(part for key in ("firstname", "lastname") if isinstance(part := fields.get(key), str) and part)
        name = next((text for key in _NAME_KEYS if isinstance(text := fields.get(key), str) and text.strip()), first)
        if name:
            yield {"@type": kind, "name": plain(name)}
            return
        around = next((fields[key] for key in _AROUND_NAMES if isinstance(fields.get(key), dict | list)), None)
        if around is None:
            around = next(
                (part for key, part in fields.items() if "author" in key and isinstance(part, dict | list)), None
            )
        yield from _names(around, state, levels - 1)


def _body(data: Mapping[str, Any], state: State, writer: RichText) -> tuple[str, str]:
    """The key and the HTML of the text that is most likely an object's body; ('', '') where it has none."""
    best = ("", "", 0.0)
    for key, value in _texts(data, state, writer, BODY_LEVELS):
        body = writer.as_html(value, state.look)
        if len(body) > MAX_BODY_CHARS or not _is_prose(body):
            continue
        weight = 1.0 if _BODY.fullmatch(key) else 0.6
        if _SUMMARY.fullmatch(key):
            if body.count("<p") < 2 or text_length(body) < LONG_SUMMARY:
                continue
            weight = 0.4
        # A text that is also kept without its paragraphs is better read with them.
        if (score := text_length(body) * weight * (1.3 if body.count("<p") > 1 else 1.0)) > best[2]:
            best = (key, body, score)
    return best[0], best[1]


def _is_prose(markup: str) -> bool:
    """Whether a text is made of sentences: lists of keywords, codes and addresses of a page are as long as its text."""
    return len(_SENTENCE_END.findall(markup)) >= max(2, text_length(markup) // CHARS_PER_SENTENCE)


def _texts(data: Mapping[str, Any], state: State, writer: RichText, levels: int) -> Iterator[tuple[str, Any]]:
    """The values of an object, and of those below that are no pieces themselves, which may be its body."""
    for key, value in data.items():
        if not writer.may_go_on():
            return
        name, value = spelling(key), state.look(value)
        if _NO_BODY.fullmatch(name) or is_foreign(key):
            continue
        if isinstance(value, str):
            if len(value) < MIN_BODY_CHARS:
                continue
            if value[0] in "{[" or _PROSE.search(value):
                yield name, value
        elif isinstance(value, list) and value and _BODY.fullmatch(name):
            yield name, value
        elif isinstance(value, dict) and value and not is_story(value):
            if _BODY.fullmatch(name):
                yield name, value
            if levels:
                yield from _texts(value, state, writer, levels - 1)
