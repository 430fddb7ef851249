"""What goes out of the container of an article: boxes, hidden parts, captions, teasers, and what is rich in links.

The words and tests are trafilatura's (`prune_unwanted_sections`), read once for each class and id. Unlike trafilatura,
it spares what a word of layout marks where that holds the article's prose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import islice

from lxml.etree import XPath, strip_tags  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]
from trafilatura import xpaths
from trafilatura.htmlprocessing import link_density_test, link_density_test_tables
from trafilatura.utils import LINK_FARM_RATIO, trim
from trafilatura.xml import delete_element

from newswire.extraction.containers import REMEMBERED, any_of
from newswire.extraction.lines import PARAGRAPH, ends_like_sentence

# Private-use characters that stand in the texts of the tree for what they come from; they are no text.
MARKS = re.compile("[\U00100000-\U0010ffff]+")
# OVERALL_DISCARD_XPATH, TEASER_DISCARD_XPATH and DISCARD_IMAGE_ELEMENTS. Some of the words name a manner of layout, not a
# purpose: page builders put articles into widgets, listicles into slides, and "bar" is part of "subarticle".
_LAYOUT_TOKENS = frozenset(
    [
        *("widget", "slide", "viewport", "overlay", "banner", "bar", "menu", "embed", "embedded", "share-", "^shar"),
        *("meta", "attachment", "rating", "button", "-icon", "timestamp", "options"),
    ]
)
_CLASS_TOKENS = (*xpaths._OVERALL_DISCARD_BOTH_TOKENS, *xpaths._OVERALL_DISCARD_CLASS_TOKENS)
_ID_TOKENS = (*xpaths._OVERALL_DISCARD_BOTH_TOKENS, *xpaths._OVERALL_DISCARD_ID_TOKENS)
_DISCARD_CLASS = any_of(*(token for token in _CLASS_TOKENS if token not in _LAYOUT_TOKENS))
_DISCARD_ID = any_of(*(token for token in _ID_TOKENS if token not in _LAYOUT_TOKENS))
_LAYOUT_CLASS = any_of(*(token for token in _CLASS_TOKENS if token in _LAYOUT_TOKENS))
_LAYOUT_ID = any_of(*(token for token in _ID_TOKENS if token in _LAYOUT_TOKENS))
# With so many characters of prose, and so much of the container's, what only a word of layout marks is the article.
_LEAST_PROSE = 300
_PROSE_SHARE = 0.25
_CONSENT = any_of(*xpaths._CONSENT_ID_CLASS_TOKENS)
_HIDDEN_CLASS = re.compile(
    r"^hide-|comments-title|nocomments|-reply-|message|akismet|suggest-links|-hide-|hide-print| hidden| hide|noprint|"
    r"notloaded"
)
_HIDDEN_ID = re.compile("reader-comments|akismet")
_DISCARD, _LAYOUT, _CONSENTS, _HIDES, _TEASER, _CAPTION = 1, 2, 4, 8, 16, 32
_DISCARDED_TAGS = frozenset(["div", "item", "list", "p", "section", "span"])
_LENGTH = XPath("string-length()")


def prune(frame: HtmlElement) -> None:
    """Take what is not the article's out of its container, a converted tree (`prune_unwanted_sections`)."""
    foreign, layout, teasers, captions = _unwanted(frame)
    # trafilatura's guard: nothing is discarded where too little would be left.
    kept = _with_prose([*layout, *teasers], frame)
    if not _leaves_little(frame, [*foreign, *layout]):
        for element in (*foreign, *(element for element in layout if element not in kept)):
            delete_element(element)
    for element in (*captions, *(element for element in teasers if element not in kept)):
        delete_element(element)
    _prune_links(frame)
    for card in _cards(frame):
        delete_element(card)
    tables = [table for table in frame.iter("table") if link_density_test_tables(table) is True]
    for table in tables:
        delete_element(table, keep_tail=False)
    strip_tags(frame, "span", "ref")


def _cards(frame: HtmlElement) -> list[HtmlElement]:
    """Cards of other pieces in the midst of a text: boxes of a sort, each with a heading that is nothing but a link, and an
    excerpt. One alone can be a part of the text; and where they hold a good part of the prose, it is a list of such parts.
    """
    found: dict[HtmlElement, int] = {}
    for heading in frame.iter("head"):
        if not _is_link(heading):
            continue
        card = None
        for above in islice(heading.iterancestors(), _CARD_LEVELS):
            if above is frame or above.tag not in _CARD_TAGS or len(list(islice(above.iter("head"), 2))) > 1:
                break
            card = above
        if card is not None and 0 < (held := prose(card)) <= _LONGEST_EXCERPT:
            found[card] = held
    if len(found) < 2:
        return []
    sorts = Counter((card.tag, card.get("class")) for card in found)
    cards = [card for card in found if sorts[card.tag, card.get("class")] > 1]
    return cards if sum(found[card] for card in cards) <= _CARDS_SHARE * prose(frame) else []


def _is_link(heading: HtmlElement) -> bool:
    text = "".join(MARKS.sub("", heading.text_content()).split())
    linked = sum(len("".join(MARKS.sub("", ref.text_content()).split())) for ref in heading.iter("ref"))
    return bool(text) and linked >= 0.9 * len(text)


# As many boxes lie around a heading and its excerpt, at most.
_CARD_LEVELS = 6
_CARD_TAGS = frozenset(("div", "item", "section", "article"))
# An excerpt is a sentence or two; the cards of one text are less of it than the text itself.
_LONGEST_EXCERPT = 400
_CARDS_SHARE = 0.3


def _leaves_little(frame: HtmlElement, elements: Collection[HtmlElement]) -> bool:
    """trafilatura's guard: whether less than a seventh of the text would be left without the elements."""
    if not elements:
        return False
    matches = set(elements)
    outer = [element for element in matches if not any(above in matches for above in element.iterancestors())]
    length = _LENGTH(frame)
    return bool(length - sum(map(_LENGTH, outer)) <= length / 7)


def _unwanted(
    frame: HtmlElement,
) -> tuple[list[HtmlElement], list[HtmlElement], list[HtmlElement], list[HtmlElement]]:
    """What OVERALL_DISCARD_XPATH finds, apart from it what only a word of layout marks, then teasers and captions."""
    foreign: list[HtmlElement] = []
    layout: list[HtmlElement] = []
    teasers: list[HtmlElement] = []
    captions: list[HtmlElement] = []
    for element in frame.iterdescendants():
        if not element.attrib:
            continue
        get = element.get
        name, identity, style = get("class"), get("id"), get("style")
        mark = _first_of(element, "id", identity, "class", name)
        says = (_class_says(name) if name else 0) | (_id_says(identity) if identity else 0)
        if (
            says & _HIDES
            or (style and ("display:none" in style or "display: none" in style))
            or get("aria-hidden") == "true"
            or get("hidden") is not None
            or mark.startswith("reply-")
            or "hidden" in _first_of(element, "id", identity, "style", style)
        ):
            foreign.append(element)
        elif element.tag in _DISCARDED_TAGS:
            if (
                says & _DISCARD
                or (says & _CONSENTS and _CONSENT.search(mark))
                or "nav" in (get("role") or "").replace("N", "n")
                or "MostPopularStories" in (get("data-component") or "")
                or get("data-lp-replacement-content") is not None
            ):
                foreign.append(element)
            elif says & _LAYOUT:
                layout.append(element)
            if says & _TEASER:
                teasers.append(element)
            if says & _CAPTION:
                captions.append(element)
    return foreign, layout, teasers, captions


def _with_prose(layout: Collection[HtmlElement], frame: HtmlElement) -> set[HtmlElement]:
    """Those elements that hold enough prose, together with all others of the same class: slides, sections, parts."""
    if not layout:
        return set()
    held = dict.fromkeys(layout, 0)
    total = 0
    for block, length in prose_blocks(frame):
        total += length
        for element in (block, *block.iterancestors()):
            if element in held:
                held[element] += length
    groups: dict[tuple[str, str], list[HtmlElement]] = {}
    for element in layout:
        groups.setdefault((element.tag, element.get("class") or element.get("id") or ""), []).append(element)
    enough = max(_LEAST_PROSE, _PROSE_SHARE * total)
    return {element for group in groups.values() if sum(map(held.__getitem__, group)) >= enough for element in group}


def prose(element: HtmlElement) -> int:
    """Characters of an element in paragraphs of sentences outside links."""
    return sum(length for _block, length in prose_blocks(element))


def prose_blocks(element: HtmlElement) -> Iterator[tuple[HtmlElement, int]]:
    """The paragraphs of sentences in an element, each with its length in characters; mostly linked ones are left out once
    the tree is converted, before that they count."""
    for block in element.iter(*_PROSE_BLOCKS):
        if block.tag != "p" and next(block.iterchildren(*_PROSE_BLOCKS), None) is not None:
            continue
        text = block.text_content()
        if len(text) < PARAGRAPH:
            continue
        text = " ".join(MARKS.sub("", text).split())
        if len(text) >= PARAGRAPH and ends_like_sentence(text):
            linked = sum(len(ref.text_content()) for ref in block.iter("ref"))
            if linked < 0.4 * len(text):
                yield block, len(text)


_PROSE_BLOCKS = ("p", "item", "quote", "div", "section", "list")


def _first_of(element: HtmlElement, one: str, a: str | None, other: str, b: str | None) -> str:
    """The value of whichever attribute stands first in the source: what XPath makes of a union of two."""
    if a is None or b is None:
        return a or b or ""
    return a if next(key for key in element.attrib if key in (one, other)) == one else b


@lru_cache(maxsize=REMEMBERED)
def _class_says(name: str) -> int:
    return _says(name, _DISCARD_CLASS, _LAYOUT_CLASS, _HIDDEN_CLASS)


@lru_cache(maxsize=REMEMBERED)
def _id_says(name: str) -> int:
    return _says(name, _DISCARD_ID, _LAYOUT_ID, _HIDDEN_ID)


def _says(name: str, discard: re.Pattern[str], layout: re.Pattern[str], hidden: re.Pattern[str]) -> int:
    return (
        (_DISCARD if discard.search(name) else 0)
        | (_LAYOUT if layout.search(name) else 0)
        | (_CONSENTS if _CONSENT.search(name) else 0)
        | (_HIDES if hidden.search(name) else 0)
        | (_TEASER if "teaser" in name.replace("T", "t") else 0)
        | (_CAPTION if "caption" in name else 0)
    )


def _prune_links(frame: HtmlElement) -> None:
    """Two rounds of `delete_by_link_density`: what the first one deletes can make what is around it rich in links.

    Only elements with links can be deleted, and in the second round only those that the deletions changed.
    """
    links: dict[HtmlElement, int] = {}
    for ref in frame.iter("ref"):
        length = len(ref.text_content())
        for element in ref.iterancestors(*_LINK_FARMS):
            links[element] = links.get(element, 0) + length
    suspects, changed = set(links), set[HtmlElement]()
    for _round in range(2):
        for tag in _LINK_FARMS if suspects else ():
            doomed = [e for e in frame.iter(tag) if e in suspects and e in links and _rich_in_links(e, links[e])]
            for element in doomed:
                # The one before it may be the last one now, of which trafilatura asks more.
                changed.update(element.iterancestors(), islice(element.itersiblings(preceding=True), 1))
                delete_element(element)
        suspects = changed


_LINK_FARMS = ("div", "list", "p")
# Longer texts are judged by their share of links alone.
_LONG = 300


def _rich_in_links(element: HtmlElement, linked: int) -> bool:
    """Whether an element is to be deleted, which has at most `linked` characters in links."""
    text = element.text_content()
    # trafilatura's test collects the links of an element anew for each one around it.
    if len(text) >= _LONG and len(text := " ".join(text.split())) >= _LONG and linked <= LINK_FARM_RATIO * len(text):
        return False
    rich, short = link_density_test(element)
    if not rich and not (short and element.tag == "div" and len(element) >= 3 and len(trim(text)) < 100):
        return False
    parent = element.getparent()
    return not (element.tag == "p" and parent is not None and parent.tag in ("item", "td", "th"))
