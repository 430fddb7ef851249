"""What a page says about itself in a form meant for machines: JSON-LD, meta/OpenGraph, microdata, and a few elements.

Everything is read once from the tree that the page was parsed into, and the tree is not changed. The rooms beside this
one (titles, authors, published) only look at the result. Text from the page is data: it is bounded here in number and
size, and never trusted to be well-formed.

Sources: JSON-LD 1.1 (graphs, `@id` references), schema.org Article, the OpenGraph protocol, the WHATWG rules for the
value of an `itemprop`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from newswire.extraction.jsonld import LinkedNode, Node, read_json
from newswire.extraction.plaintext import element_text, is_small, plain

# Real pages stay far below these bounds; a hostile page must not buy time with repetition.
MAX_ELEMENTS = 600


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
    """What was read. Meta names are in lower case; values are plain text on one line, in document order.

    `base` is the address from which relative ones start, as written ("" where the page's own is meant).
    """

    root: HtmlElement
    metas: Mapping[str, tuple[str, ...]]
    links: tuple[Link, ...]
    nodes: tuple[LinkedNode, ...]
    by_id: Mapping[str, Node]
    items: tuple[Item, ...]
    title_tag: str
    headings: tuple[HtmlElement, ...]
    anchors: tuple[HtmlElement, ...]
    times: tuple[HtmlElement, ...]
    html_lang: str | None
    base: str
    broken_json: int
    # Scripts that are no JSON-LD: code, and the state of page builders.
    scripts: tuple[HtmlElement, ...] = ()

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
        return next(iter(self.all_links(rel)), None)

    def all_links(self, rel: str) -> list[str]:
        """The addresses with this relation, in document order."""
        return [link.href for link in self.links if rel in link.rels]


# Properties whose value is another work, and items that are a part or an echo of the piece: what they say of author and
# date is not said of the page.
_OTHER_WORKS = frozenset(("citation", "isbasedon", "mentions", "relatedlink", "ispartof"))
NOT_THE_PIECE = _OTHER_WORKS | {"comment", "review", "videoobject", "imageobject"}


def read_structured(root: HtmlElement, *, with_items: bool = True) -> Structured:
    """Read the structured data of a parsed page. Never raises on the page's content.

    `with_items` False spares the search for microdata where the source has none.
    """
    metas: dict[str, list[str]] = {}
    links: list[Link] = []
    scripts: list[str] = []
    others: list[HtmlElement] = []
    headings: list[HtmlElement] = []
    anchors: list[HtmlElement] = []
    times: list[HtmlElement] = []
    title_tag = base = ""
    for element in root.iter("a", "meta", "link", "script", "title", "h1", "time", "base"):
        tag = element.tag
        if tag == "a":
            anchors.append(element)
        elif tag == "meta":
            _read_meta(element, metas)
        elif tag == "link":
            if len(links) < MAX_ELEMENTS and (rel := element.get("rel")) and (href := element.get("href")):
                links.append(Link(frozenset(rel.lower().split()), href.strip(), (element.get("type") or "").lower()))
        elif tag == "script":
            kind = element.get("type")
            if not kind or "ld+json" not in kind.lower():
                if len(others) < MAX_ELEMENTS:
                    others.append(element)
            elif element.text:
                scripts.append(element.text)
        elif tag == "title":
            if not title_tag and not _inside_svg(element):
                title_tag = element_text(element)
        elif tag == "h1":
            if len(headings) < 20:
                headings.append(element)
        elif tag == "base":
            base = base or (element.get("href") or "").strip()
        elif len(times) < 60:
            times.append(element)
    nodes, by_id, broken = read_json(scripts)
    return Structured(
        root=root,
        metas={name: tuple(values) for name, values in metas.items()},
        links=tuple(links),
        nodes=tuple(nodes),
        by_id=by_id,
        items=tuple(_read_items(root)) if with_items else (),
        title_tag=title_tag,
        headings=tuple(headings),
        anchors=tuple(anchors),
        times=tuple(times),
        html_lang=root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang"),
        base=base,
        broken_json=broken,
        scripts=tuple(others),
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
        if attribute == "itemprop" and name and _scope(element) in NOT_THE_PIECE:
            continue
        # a title in such a tag is never the only one, and not the one that is shown
        if name and not (odd and "title" in name.lower()):
            values = metas.setdefault(name.strip().lower(), [])
            if value not in values and len(values) < 50:
                values.append(value)


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
_USEFUL_ITEMS = frozenset((
    "headline", "alternativeheadline", "name", "author", "creator", "datepublished", "datemodified", "datecreated",
    "inlanguage", "isaccessibleforfree", "articlesection", "publisher", "description", "image", "uploaddate",
))  # fmt: skip


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
            value = element_text(element, 500) if is_small(element) else ""
        for name in sorted(names):
            yield Item(name, plain(value), scope, element)


def _scope(element: HtmlElement) -> str:
    """The type of the item that the element belongs to; the property where that item is another work."""
    parent = element.getparent()
    for _ in range(60):
        if parent is None:
            return ""
        if parent.get("itemscope") is not None:
            for name in (parent.get("itemprop") or "").lower().split():
                if name in _OTHER_WORKS:
                    return name
            return (parent.get("itemtype") or "").rsplit("/", 1)[-1].strip().lower()
        parent = parent.getparent()
    return ""
