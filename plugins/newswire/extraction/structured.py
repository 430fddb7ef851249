"""What a page says about itself in a form meant for machines: JSON-LD, meta/OpenGraph, microdata, and a few elements.

Everything is read once from the tree that the page was parsed into, and the tree is not changed. The rooms beside this
one (titles, authors, published) only look at the result. Text from the page is data: it is bounded here in number and
size, and never trusted to be well-formed.

Sources: JSON-LD 1.1 (graphs, `@id` references), schema.org Article, the OpenGraph protocol, the WHATWG rules for the
value of an `itemprop`.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement  # type: ignore[import-untyped]

# Real pages stay far below these bounds; a hostile page must not buy time with repetition.
MAX_JSON_CHARS = 2_000_000
MAX_NODES = 2_000
MAX_DEPTH = 12
MAX_ELEMENTS = 600
MAX_VALUE_CHARS = 5_000

# schema.org types of one written piece (https://schema.org/Article and its subtypes), in lower case.
ARTICLE_TYPES = frozenset(
    [
        "article",
        "newsarticle",
        "reportagenewsarticle",
        "analysisnewsarticle",
        "opinionnewsarticle",
        "backgroundnewsarticle",
        "reviewnewsarticle",
        "asknewsarticle",
        "advertisercontentarticle",
        "satiricalarticle",
        "scholarlyarticle",
        "techarticle",
        "blogposting",
        "liveblogposting",
        "socialmediaposting",
        "discussionforumposting",
        "report",
    ]
)
# Types that describe the page around the piece: their dates and names are a second-best answer.
PAGE_TYPES = frozenset({"webpage", "itempage", "creativework", "medicalwebpage", "videoobject", "imagegallery"})
# Below these keys a node speaks of something other than the page's own piece.
FOREIGN_KEYS = frozenset(
    [
        "itemlistelement",
        "haspart",
        "comment",
        "citation",
        "review",
        "mentions",
        "isbasedon",
        "relatedlink",
        "blogpost",
        "hasoccupation",
        "potentialaction",
        "breadcrumb",
        "isrelatedto",
        "significantlink",
        "subjectof",
        "suggestedanswer",
        "acceptedanswer",
        "image",
        "logo",
        "publisher",
        "author",
        "creator",
        "contributor",
        "editor",
        "sponsor",
        "copyrightholder",
        "sourceorganization",
        "video",
        "audio",
        "associatedmedia",
        "thumbnail",
        "primaryimageofpage",
        "about",
        "keywords",
        "offers",
        "worksfor",
        "parentorganization",
        "sameas",
    ]
)

_WRAP_START = re.compile(r"\s*(?:/\*\s*)?(?:<!--|(?://\s*)?<!\[CDATA\[)(?:\s*\*/)?\s*")
_WRAP_END = re.compile(r"\s*(?://|/\*)?\s*(?:-->|\]\]>)(?:\s*\*/)?[\s;]*$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,200}>")
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], None)

Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LinkedNode:
    """One JSON-LD object: its types in lower case, its content, and the key below which it was found ('' at the top)."""

    types: frozenset[str]
    data: Node
    below: str
    foreign: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One microdata property: name and scope type in lower case, the value by the WHATWG rules, and the element."""

    name: str
    value: str
    scope: str
    element: HtmlElement


@dataclass(frozen=True, slots=True)
class Link:
    """One `<link>` or `<a rel=…>`: relations in lower case."""

    rels: frozenset[str]
    href: str
    type: str


@dataclass(frozen=True, slots=True)
class Structured:
    """What was read. Meta names are in lower case; values are plain text on one line, in document order."""

    root: HtmlElement
    metas: Mapping[str, tuple[str, ...]]
    links: tuple[Link, ...]
    nodes: tuple[LinkedNode, ...]
    by_id: Mapping[str, Node]
    items: tuple[Item, ...]
    title_tag: str
    headings: tuple[HtmlElement, ...]
    times: tuple[HtmlElement, ...]
    html_lang: str | None
    broken_json: int

    def meta(self, *names: str) -> str | None:
        """The first value of the first of these names that has one."""
        for name in names:
            if values := self.metas.get(name):
                return values[0]
        return None

    def all_meta(self, *names: str) -> list[tuple[str, str]]:
        """(name, value) of all these names, in the order of the names."""
        return [(name, value) for name in names for value in self.metas.get(name, ())]

    def item(self, *names: str) -> str | None:
        """The first microdata value of the first of these names that has one."""
        for name in names:
            for item in self.items:
                if item.name == name and item.value:
                    return item.value
        return None

    def link(self, rel: str) -> str | None:
        """The first address with this relation."""
        return next((link.href for link in self.links if rel in link.rels), None)


def plain(value: object, limit: int = MAX_VALUE_CHARS) -> str:
    """A value from structured data as one line of plain text: entities decoded (also twice), markup removed."""
    if not isinstance(value, str):
        return ""
    text = value[:limit]
    if "&" in text:
        text = html.unescape(text)
        if "&" in text and ";" in text:
            text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    return " ".join(text.translate(_INVISIBLE).split())


def strings(value: object) -> list[str]:
    """All plain texts in a JSON-LD value: a string, a number, a list of them, or language-tagged values."""
    if isinstance(value, str):
        text = plain(value)
        return [text] if text else []
    if isinstance(value, Mapping):
        return strings(value.get("@value"))
    if isinstance(value, Sequence):
        return [text for part in value[:100] for text in strings(part)]
    return []


def first_string(value: object) -> str:
    """The first plain text in a JSON-LD value, or ''."""
    return next(iter(strings(value)), "")


def element_text(element: HtmlElement, limit: int = MAX_VALUE_CHARS) -> str:
    """The visible text of an element on one line; scripts and styles are left out."""
    pieces: list[str] = []
    length = 0
    for piece in _texts(element):
        pieces.append(piece)
        length += len(piece)
        if length > limit:
            break
    return " ".join("".join(pieces).translate(_INVISIBLE).split())


def _texts(element: HtmlElement) -> Iterator[str]:
    if len(element) == 0:
        if element.text:
            yield element.text
        return
    if next(element.iter("script", "style", "template"), None) is None:
        yield from element.itertext("*")
        return
    for node in element.iter("*"):
        if node.tag not in ("script", "style", "template") and node.text:
            yield node.text
        if node is not element and node.tail:
            yield node.tail


def read_structured(root: HtmlElement) -> Structured:
    """Read the structured data of a parsed page. Never raises on the page's content."""
    metas: dict[str, list[str]] = {}
    links: list[Link] = []
    scripts: list[str] = []
    headings: list[HtmlElement] = []
    times: list[HtmlElement] = []
    title_tag = ""
    for element in root.iter("meta", "link", "script", "title", "h1", "time"):
        tag = element.tag
        if tag == "meta":
            _read_meta(element, metas)
        elif tag == "link":
            if len(links) < MAX_ELEMENTS and (rel := element.get("rel")) and (href := element.get("href")):
                links.append(Link(frozenset(rel.lower().split()), href.strip(), (element.get("type") or "").lower()))
        elif tag == "script":
            kind = element.get("type")
            if kind and "ld+json" in kind.lower() and element.text:
                scripts.append(element.text)
        elif tag == "title":
            if not title_tag and not _inside_svg(element):
                title_tag = element_text(element)
        elif tag == "h1":
            if len(headings) < 20:
                headings.append(element)
        elif len(times) < 60:
            times.append(element)
    nodes, by_id, broken = _read_json(scripts)
    return Structured(
        root=root,
        metas={name: tuple(values) for name, values in metas.items()},
        links=tuple(links),
        nodes=tuple(nodes),
        by_id=by_id,
        items=tuple(_read_items(root)),
        title_tag=title_tag,
        headings=tuple(headings),
        times=tuple(times),
        html_lang=root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang"),
        broken_json=broken,
    )


def _inside_svg(element: HtmlElement) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag in ("svg", "symbol", "g")


def _read_meta(element: HtmlElement, metas: dict[str, list[str]]) -> None:
    content = element.get("content")
    odd = not content
    if odd:
        content = element.get("value")  # some publishers write value= instead
    if not content or len(metas) >= MAX_ELEMENTS:
        return
    value = plain(content)
    if not value:
        return
    for attribute in ("property", "name", "itemprop", "http-equiv"):
        name = element.get(attribute)
        # a title in such a tag is never the only one, and not the one that is shown
        if name and not (odd and "title" in name.lower()):
            values = metas.setdefault(name.strip().lower(), [])
            if value not in values and len(values) < 50:
                values.append(value)


# --- JSON-LD ------------------------------------------------------------------------------------------------------


def _read_json(scripts: Sequence[str]) -> tuple[list[LinkedNode], dict[str, Node], int]:
    nodes: list[LinkedNode] = []
    by_id: dict[str, Node] = {}
    broken = 0
    budget = MAX_JSON_CHARS
    for text in scripts:
        budget -= len(text)
        if budget < 0:
            break
        documents = list(_parse_json(text))
        if not documents:
            broken += 1
        for document in documents:
            _walk(document, nodes, by_id, below="", foreign=False, depth=0)
    return nodes, by_id, broken


def _parse_json(text: str) -> Iterator[Any]:
    """The JSON values in a script, in spite of the usual damage: comment wrappers, trailing commas, several values."""
    text = text.strip().removeprefix("\ufeff").rstrip("; \r\n\t")
    if match := _WRAP_START.match(text):
        text = text[match.end() :]
    if match := _WRAP_END.search(text, max(0, len(text) - 40)):
        text = text[: match.start()].rstrip("; \r\n\t")
    for attempt in range(3):
        if attempt == 1:
            text = _TRAILING_COMMA.sub(r"\1", text)
        elif attempt == 2:
            if "&quot;" not in text:
                break
            text = html.unescape(text)
        try:
            yield json.loads(text, strict=False)
        except RecursionError:
            return
        except ValueError:
            continue
        return
    decoder = json.JSONDecoder(strict=False)
    position = 0
    for _ in range(20):  # several values one after the other
        start = min((p for p in (text.find("{", position), text.find("[", position)) if p >= 0), default=-1)
        if start < 0:
            return
        try:
            value, position = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            return
        yield value


def _walk(value: Any, nodes: list[LinkedNode], by_id: dict[str, Node], below: str, foreign: bool, depth: int) -> None:
    if depth > MAX_DEPTH or len(nodes) >= MAX_NODES:
        return
    if isinstance(value, list):
        for part in value:
            if isinstance(part, dict | list):
                _walk(part, nodes, by_id, below, foreign, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type", value.get("type"))
        types = frozenset(
            k.rsplit("/", 1)[-1].rsplit(":", 1)[-1].strip().lower()
            for k in (kinds if isinstance(kinds, list) else [kinds])
            if isinstance(k, str)
        )
        nodes.append(LinkedNode(types, value, below, foreign))
        identity = value.get("@id")
        if isinstance(identity, str) and (len(value) > 2 or identity not in by_id):
            by_id[identity] = value
        for key, part in value.items():
            if isinstance(part, dict | list):
                name = key.lower().rsplit(":", 1)[-1]
                _walk(part, nodes, by_id, name, foreign or name in FOREIGN_KEYS, depth + 1)


def resolve(value: object, by_id: Mapping[str, Node]) -> object:
    """A reference `{"@id": …}` replaced by the node it points to, where the page has it."""
    if isinstance(value, Mapping):
        identity = value.get("@id")
        if isinstance(identity, str) and not value.get("name"):
            return by_id.get(identity, value)
    return value


def article_node(data: Structured, addresses: Sequence[str], titles: Sequence[str]) -> LinkedNode | None:
    """The JSON-LD object that describes this page's own piece, or None.

    A page may carry dozens (a list of related pieces, a slide show). The own one names the page's address or headline,
    lies at the top, and is the fullest; where nothing points at the page and several compete, the first full one wins.

    Args:
        addresses: the page's own addresses (final, canonical).
        titles: what other sources call the piece (h1, og:title, title tag).
    """
    wanted_paths = {path_key(address) for address in addresses if address} - {""}
    wanted_titles = [key for title in titles if (key := letters(title))]
    best: tuple[float, LinkedNode] | None = None
    candidates = [n for n in data.nodes if n.types & ARTICLE_TYPES and not n.foreign]
    if not candidates:
        candidates = [
            n for n in data.nodes if n.types & ARTICLE_TYPES and n.below not in ("itemlistelement", "comment")
        ]
    for node in candidates[:200]:
        fields = node.data
        score = sum(bool(fields.get(k)) for k in ("headline", "datePublished", "author", "articleBody", "description"))
        if not score:
            continue
        own = {path_key(a) for a in _addresses(fields)} - {""}
        if own & wanted_paths:
            score += 6
        elif own and wanted_paths:
            score -= 1
        headline = letters(first_string(fields.get("headline") or fields.get("name")))
        if headline and any(headline in title or title in headline for title in wanted_titles):
            score += 6
        if node.foreign:
            score -= 4
        if best is None or score > best[0]:
            best = (score, node)
    return best[1] if best else None


def _addresses(fields: Node) -> Iterator[str]:
    for key in ("url", "@id", "mainEntityOfPage"):
        value = fields.get(key)
        if isinstance(value, Mapping):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str):
            yield value


def path_key(address: str) -> str:
    """Host (without www/m) and path of an address, for telling whether two addresses mean the same page."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    if not parts.netloc:
        return ""
    host = re.sub(r"^(www|m|amp|mobile)\.", "", parts.netloc.lower())
    path = unquote(parts.path).rstrip("/").lower()
    return f"{host}{path}" if path else ""


def letters(text: str) -> str:
    """Only the letters and digits of a text, case folded: two headlines with the same are the same headline."""
    return "".join(re.findall(r"\w+", text.casefold()))


# --- microdata ----------------------------------------------------------------------------------------------------

_VALUE_ATTRIBUTE = {
    "meta": "content",
    "a": "href",
    "area": "href",
    "link": "href",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "object": "data",
    "data": "value",
    "meter": "value",
    "time": "datetime",
}
_USEFUL_ITEMS = frozenset(
    [
        "headline",
        "alternativeheadline",
        "name",
        "author",
        "creator",
        "datepublished",
        "datemodified",
        "datecreated",
        "inlanguage",
        "isaccessibleforfree",
        "articlesection",
        "publisher",
        "description",
        "image",
        "uploaddate",
    ]
)


def _read_items(root: HtmlElement) -> Iterator[Item]:
    count = 0
    for element in root.xpath("//*[@itemprop]"):
        names = {name.lower() for name in element.get("itemprop").split()} & _USEFUL_ITEMS
        if not names:
            continue
        count += 1
        if count > MAX_ELEMENTS:
            return
        scope = _scope(element)
        attribute = _VALUE_ATTRIBUTE.get(element.tag)
        value = element.get(attribute) if attribute else None
        if element.get("content"):  # common though not in the standard: content= on any element
            value = element.get("content")
        if value is None or (attribute in ("href", "src") and names & {"author", "creator", "name", "headline"}):
            value = element_text(element, 500)
        for name in sorted(names):
            yield Item(name, plain(value), scope, element)


def _scope(element: HtmlElement) -> str:
    parent = element.getparent()
    for _ in range(60):
        if parent is None:
            return ""
        if parent.get("itemscope") is not None:
            return (parent.get("itemtype") or "").rsplit("/", 1)[-1].strip().lower()
        parent = parent.getparent()
    return ""


# A rough romanisation, good enough to see that "НТВ" and ntv.ru, "Фергана" and fergananews.com are the same name.
_LATIN = {
    ord(a): b
    for a, b in zip(
        "абвгдезийклмнопрстуфыэіґєαβγδεζηικλμνοπρστυφςω", "abvgdeziiklmnoprstufyeigeavgdeziiklmnoprstyfso", strict=True
    )
}
_LATIN |= {
    ord(a): b
    for a, b in {
        "ж": "zh",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ю": "yu",
        "я": "ya",
        "ё": "e",
        "ї": "yi",
        "ъ": "",
        "ь": "",
        "ў": "u",
        "θ": "th",
        "ξ": "x",
        "χ": "h",
        "ψ": "ps",
    }.items()
}


def latin(key: str) -> str:
    """Cyrillic and Greek letters romanised, other letters unchanged."""
    return key.translate(_LATIN)


_AUTHOR_MARK = re.compile(r"author|byline|autor|avtor|journalist|writer|auteur", re.I)
_DATE_MARK = re.compile(r"dat(?:e|um|a)|publish|posted|time|byline|meta|fecha|article_created", re.I)
_ANY_MARK = re.compile(f"{_AUTHOR_MARK.pattern}|{_DATE_MARK.pattern}", re.I)


@dataclass(frozen=True, slots=True)
class Marked:
    """Elements whose class, id, rel or test id says that they hold an author or a date, in document order."""

    authors: tuple[HtmlElement, ...]
    dates: tuple[HtmlElement, ...]


def marked_elements(root: HtmlElement) -> Marked:
    """Find the elements that are marked as bylines and dates: one pass, because XPath's `contains` is slower by far."""
    authors: list[HtmlElement] = []
    dates: list[HtmlElement] = []
    known: dict[str, tuple[bool, bool]] = {}
    for element in root.xpath("//*[@class or @id or @rel or @data-testid]"):
        marks = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-testid') or ''}"
        verdict = known.get(marks)
        if verdict is None:
            if _ANY_MARK.search(marks):
                verdict = (_AUTHOR_MARK.search(marks) is not None, _DATE_MARK.search(marks) is not None)
            else:
                verdict = (False, False)
            known[marks] = verdict
        if (verdict[0] or element.get("rel") == "author") and len(authors) < 150:
            authors.append(element)
        if verdict[1] and len(dates) < 300:
            dates.append(element)
    return Marked(tuple(authors), tuple(dates))


def follows(element: HtmlElement, other: HtmlElement) -> bool:
    """Whether an element starts after another in the source (same line counts as after: minified pages have one line)."""
    line, origin = element.sourceline, other.sourceline
    return line is None or origin is None or line >= origin
