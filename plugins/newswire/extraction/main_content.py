"""trafilatura's first step, `extract_content`, at half its cost: the same vocabulary, tests and handlers, but the classes
and ids of a page are read once.

trafilatura finds the container of the article, and what to discard in it, by XPath expressions with regular expressions
in them. libxml2 calls back into Python for every such test on every element, thousands of times a page. Here one walk
reads the attributes, and what a class or id says is remembered by its text. Only the container that is found is copied
and converted, and the whole page only where that container holds no article.

The tests compare the results with those of trafilatura's function, page by page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from copy import copy
from functools import lru_cache, partial

from lxml.etree import Element, XPath, _Element, strip_elements, strip_tags  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]
from trafilatura import xpaths
from trafilatura.htmlprocessing import (
    convert_tags,
    link_density_test,
    link_density_test_tables,
    process_node,
)
from trafilatura.main_extractor import NOT_AT_THE_END, REBUILT_BLOCKS, handle_textelem
from trafilatura.settings import DEDUPE_SCAN_CAP, INLINE_FORMATTABLE, MIN_DUPLICATE_LENGTH, TAG_CATALOG, Extractor
from trafilatura.utils import SPACING_PROTECTED, text_chars_test, trim
from trafilatura.xml import delete_element

from newswire.extraction.boilerplate import PARAGRAPH, ends_like_sentence

# Distinct class and id texts that are remembered: those of some dozens of outlets.
_REMEMBERED = 8_192
# Private-use characters that stand in the texts of the tree for what they come from; they are no text.
MARKS = re.compile("[\U00100000-\U0010ffff]+")
_POTENTIAL_TAGS = TAG_CATALOG | {"table", "td", "th", "tr"}


def _any(*tokens: str) -> re.Pattern[str]:
    return re.compile("|".join(tokens))


# What BODY_XPATH looks for, in its order; its second expression takes the first <article>.
_BODY_CLASS = _any(*xpaths._ARTICLE_CONTENT_CLASS_TOKENS)
_BODY_ID = _any(*xpaths._ARTICLE_CONTENT_ID_TOKENS)
_STORY_CLASS = _any("(?i:fulltext)", *xpaths._STORY_CLASS_TOKENS)
_STORY_ID = _any(*xpaths._STORY_ID_TOKENS)
_MAIN_CLASS = _any(*xpaths._MAIN_CONTENT_CLASS_TOKENS, "[Mm]ain-[Cc]ontent", "[Pp]age-[Cc]ontent")
_MAIN_ID = _any(*xpaths._MAIN_CONTENT_ID_TOKENS, "[Mm]ain-[Cc]ontent")
_ARTICLE, _STORY, _CONTENT, _MAIN = 1, 2, 3, 4
_STAGES = 5
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
_DISCARD_CLASS = _any(*(token for token in _CLASS_TOKENS if token not in _LAYOUT_TOKENS))
_DISCARD_ID = _any(*(token for token in _ID_TOKENS if token not in _LAYOUT_TOKENS))
_LAYOUT_CLASS = _any(*(token for token in _CLASS_TOKENS if token in _LAYOUT_TOKENS))
_LAYOUT_ID = _any(*(token for token in _ID_TOKENS if token in _LAYOUT_TOKENS))
# With so many characters of prose, and so much of the container's, what only a word of layout marks is the article.
_LEAST_PROSE = 300
_PROSE_SHARE = 0.25
_CONSENT = _any(*xpaths._CONSENT_ID_CLASS_TOKENS)
_HIDDEN_CLASS = re.compile(
    r"^hide-|comments-title|nocomments|-reply-|message|akismet|suggest-links|-hide-|hide-print| hidden| hide|noprint|"
    r"notloaded"
)
_HIDDEN_ID = re.compile("reader-comments|akismet")
_DISCARD, _LAYOUT, _CONSENTS, _HIDES, _TEASER, _CAPTION = 1, 2, 4, 8, 16, 32
_DISCARDED_TAGS = frozenset(["div", "item", "list", "p", "section", "span"])
_COMMENTS_CLASS = _any(xpaths._COMMENTS_CLASS)
_COMMENTS_ID = _any(f"^(?:{xpaths._COMMENTS_ID})")
_COMMENTS_WORD = re.compile(
    r"(?:^|\s|(?<!no)(?<!has)(?<!with)(?<!show)[_-])comments?(?:$|\s|[_-](?!open|closed|off|on\b|enabled|disabled))",
    re.IGNORECASE,
)
_MAYBE_COMMENTS = XPath(
    ".//*[self::article or self::div or self::list or self::section or self::details or self::ol or self::ul]["
    "contains(@class, 'omment') or contains(@id, 'omment') or contains(@id, 'comol')"
    " or contains(@id, 'disqus_thread') or contains(@id, 'dsq-comments')]"
)
_WITH_MARKS = XPath(
    ".//*[@class or @id or @style or @role or @aria-hidden or @data-component or @data-lp-replacement-content]"
)
_PARAGRAPH_TEXTS = XPath(".//p//text()", smart_strings=False)
_LENGTH = XPath("string-length()")
_WILD = XPath(".//code|.//p|.//quote|.//table|.//div[contains(@class, 'w3-code')]")
_CONTAINERS = ("div", "li", "p", "table")


def main_content(tree: HtmlElement, options: Extractor, url: str) -> tuple[_Element, str]:
    """The body and text that `extract_content(convert_tags(copy(tree), options, url), options)` finds.

    `tree` is a cleaned tree, and stays as it is. `options` without links, images, formatting and focus.
    """
    _stage, frame = find_frame(tree)
    body = _from_first(frame, tree, options, url) if frame is not None else None
    text = " ".join(body.itertext()).strip() if body is not None else ""
    if body is None or len(text) < options.min_extracted_size:
        body = _from_all(convert_tags(copy(tree), options, url), options)
        text = " ".join(body.itertext()).strip()
    _finish(body)
    return body, text


def find_frame(tree: HtmlElement, first: int = 0) -> tuple[int, HtmlElement | None]:
    """What the first of BODY_XPATH's expressions that has a match finds, and its number; `first` leaves out some."""
    found: list[HtmlElement | None] = [None] * _STAGES
    for element in tree.iter("article", "div", "main", "section", "details"):
        if element is tree:
            continue
        get, tag = element.get, element.tag
        name, identity = get("class") or "", get("id") or ""
        stages = _class_stages(name) | _id_stages(identity)
        if get("itemprop") == "articleBody":
            stages |= 1
        if tag == "article":
            stages |= 1 << _ARTICLE
        role = get("role") or ""
        if role == "article":
            stages |= 1 << _STORY
        if tag == "main" or role.startswith("main") or name.startswith("main") or identity.startswith("main"):
            stages |= 1 << _MAIN
        stages >>= first
        if stages & 1:
            return first, element
        for stage in range(first + 1, _STAGES) if stages else ():
            if stages >> (stage - first) & 1 and found[stage] is None:
                found[stage] = element
    return next(((stage, element) for stage, element in enumerate(found) if element is not None), (_STAGES, None))


def comments(tree: HtmlElement) -> list[HtmlElement]:
    """The elements that REMOVE_COMMENTS_AND_LISTS_XPATH finds, and others with "comments" among their words.

    trafilatura knows names that begin so. Of the latter, none held a part of an article on the development pages; what
    holds most of the page is kept nevertheless.
    """
    found = []
    most = 0.0
    for element in _MAYBE_COMMENTS(tree):
        name, identity = element.get("class") or "", element.get("id") or ""
        if element.tag != "article" and (
            _COMMENTS_CLASS.search(name)
            or _COMMENTS_ID.search(identity)
            or (element.tag not in ("ol", "ul") and identity.startswith(("disqus_thread", "dsq-comments")))
        ):
            found.append(element)
        elif _COMMENTS_WORD.search(name) or _COMMENTS_WORD.search(identity):
            most = most or 0.5 * _LENGTH(tree)
            if _LENGTH(element) < most:
                found.append(element)
    return found


@lru_cache(maxsize=_REMEMBERED)
def _class_stages(name: str) -> int:
    """The expressions of BODY_XPATH that a class satisfies, one bit each."""
    return (
        (name in ("post", "entry") or _BODY_CLASS.search(name) is not None)
        | (name in ("postarea", "art-postcontent", "text", "cell", "story") or _STORY_CLASS.search(name) is not None)
        << _STORY
        | (name == "content" or _MAIN_CLASS.search(name) is not None) << _CONTENT
    )


@lru_cache(maxsize=_REMEMBERED)
def _id_stages(name: str) -> int:
    return (
        (name == "articleContent" or _BODY_ID.search(name) is not None)
        | (name in ("article", "story") or _STORY_ID.search(name) is not None) << _STORY
        | (name == "content" or _MAIN_ID.search(name) is not None) << _CONTENT
    )


def _from_first(source: HtmlElement, tree: HtmlElement, options: Extractor, url: str) -> _Element | None:
    """What the first container holds, which is all that is copied; None where it holds no text."""
    around = {element.tag for element in source.iterancestors() if element is not tree}
    if "p" in around:
        return None
    holder = tree.makeelement("html")
    holder.append(tree.makeelement("body" if around.isdisjoint(_CONTAINERS) else "div"))
    holder[0].append(copy(source))
    frame = convert_tags(holder, options, url)[0][0]
    frame.tail = None
    body = Element("body")
    _take(frame, body, set(_POTENTIAL_TAGS), options, partial(_beside, tree, source))
    return body if len(body) > 1 else None


def _from_all(tree: HtmlElement, options: Extractor) -> _Element:
    """What all containers hold, one after the other until there is text, and then stray paragraphs of the page."""
    untouched, order = copy(tree), list(tree.iter())
    body = Element("body")
    potential_tags = set(_POTENTIAL_TAGS)
    stage, frame = find_frame(tree)
    while frame is not None:
        _take(frame, body, potential_tags, options, partial(_beside, tree, frame))
        if len(body) > 1:
            break
        stage, frame = find_frame(tree, stage + 1)
    if len(body) == 0 or len(" ".join(body.itertext()).strip()) < options.min_extracted_size:
        used = {twin for element, twin in zip(order, untouched.iter(), strict=True) if element.tag == "done"}
        _recover(untouched, body, potential_tags, options, used)
    return body


def _in_paragraphs(tree: HtmlElement) -> int:
    return sum(map(len, _PARAGRAPH_TEXTS(tree)))


def _beside(tree: HtmlElement, frame: HtmlElement) -> int:
    return _in_paragraphs(tree) - _in_paragraphs(frame)


def _take(
    frame: HtmlElement, body: _Element, potential_tags: set[str], options: Extractor, outside: Callable[[], int]
) -> None:
    """Move what a container holds into the body. `outside` counts the characters in paragraphs beside the container."""
    _prune(frame)
    if len(frame) == 0:
        return
    # With too little text in the paragraphs of the whole page, the text stands in other elements.
    enough = 3 * options.min_extracted_size
    if (inside := _in_paragraphs(frame)) < enough and inside + outside() < enough:
        potential_tags.add("div")
    else:
        _wrap_loose_prose(frame)
    elements = frame.xpath(".//*")
    tags = {element.tag for element in elements}
    if tags == {"lb"} or (
        frame.tag == "div" and "div" in potential_tags and tags <= INLINE_FORMATTABLE | {"lb"}
    ):  # one run of text
        elements = [frame]
    lead, start = None, len(body)
    if elements[0] is not frame and text_chars_test(frame.text):
        lead = process_node(_paragraph(frame.text), options)
    _collect(elements, body, potential_tags, options)
    while len(body) > 0 and body[-1].tag in NOT_AT_THE_END:
        delete_element(body[-1], keep_tail=False)
    if len(body) > 1 and lead is not None:
        body.insert(start, lead)


def _wrap_loose_prose(frame: HtmlElement) -> None:
    """Put paragraphs around prose that has none: beside paragraphs, in a block among them, and above the first.

    trafilatura takes no text out of a <div> where a page has paragraphs, so that leads and first sentences are lost.
    """
    paragraphs = [paragraph for paragraph in frame.iter("p") if _prose(paragraph)]
    if not paragraphs:
        return
    homes = {paragraph.getparent() for paragraph in paragraphs}
    above = _above(frame, paragraphs[0])
    for container in list(frame.iter(*_LOOSE_IN)):
        if container not in homes and container not in above:
            bare = not any(child.tag in _LOOSE_BLOCKS for child in container)
            if not bare or container.getparent() not in homes:
                continue
        run: list[HtmlElement] = []
        start: HtmlElement | None = None
        for child in [*container, None]:
            if child is not None and child.tag not in _LOOSE_BLOCKS:
                run.append(child)
                continue
            _wrap(container, start, run)
            start, run = child, []


def _above(frame: HtmlElement, first: HtmlElement) -> set[HtmlElement]:
    """The containers between the first paragraph and the heading above it."""
    found: list[HtmlElement] = []
    for element in frame.iter("head", "p", *_LOOSE_IN):
        if element is first:
            break
        if element.tag == "head":
            found = []
        elif element.tag != "p":
            found.append(element)
    return set(found)


_LOOSE_IN = ("div", "section", "article", "main")


def _wrap(container: HtmlElement, before: HtmlElement | None, run: Sequence[HtmlElement]) -> None:
    """Wrap what stands behind a child of a container (None: at its beginning), if it is prose."""
    own = (container.text if before is None else before.tail) or ""
    parts = [own, *(piece for child in run for piece in (child.text_content(), child.tail or ""))]
    if sum(map(len, parts)) < PARAGRAPH:
        return
    text = " ".join(MARKS.sub("", "".join(parts)).split())
    linked = sum(len(ref.text_content()) for child in run for ref in child.iter("ref"))
    if len(text) < PARAGRAPH or linked >= 0.4 * len(text) or not ends_like_sentence(text):
        return
    paragraph = container.makeelement("p")
    paragraph.text = own
    if before is None:
        container.text = None
        container.insert(0, paragraph)
    else:
        before.tail = None
        before.addnext(paragraph)
    paragraph.extend(run)


_LOOSE_BLOCKS = frozenset(
    [
        *("p", "div", "section", "article", "main", "list", "item", "table", "tr", "td", "th", "quote", "head", "code"),
        *("header", "hgroup", "address", "center", "figure", "form"),
    ]
)


def _paragraph(text: str | None) -> _Element:
    element = Element("p")
    element.text = text
    return element


def _collect(elements: Iterable[_Element], body: _Element, potential_tags: set[str], options: Extractor) -> None:
    """Hand the elements to trafilatura's handlers, and put what these give back into the body."""
    moved = False
    for element in elements:
        # A handler that gives an element back as it is moves its children, too: they are not met again.
        if moved and element.getroottree().getroot() is body:
            continue
        tag, tail = element.tag, element.tail
        processed = handle_textelem(element, potential_tags, options)
        if processed is not None:
            whole = processed is element or element.getparent() is processed
            moved = moved or whole
            body.append(processed)
            if not whole:
                element.tag = "done"
        if tag in REBUILT_BLOCKS and text_chars_test(tail) and (processed is None or processed.tail is None):
            after = _paragraph(tail)
            if process_node(after, options) is not None:
                body.append(after)


def _recover(
    tree: HtmlElement, body: _Element, potential_tags: set[str], options: Extractor, used: set[HtmlElement]
) -> None:
    """`recover_wild_text`: add paragraphs, quotes and tables from anywhere that the body does not have yet."""
    _prune(tree)
    texts = [_plain(element) for element in body]
    existing, seen = "\n".join(filter(None, texts)), set(texts)
    whole: set[HtmlElement] = set()
    for element in _WILD(tree):
        if element in used or any(ancestor in whole for ancestor in element.iterancestors()):
            continue
        processed = handle_textelem(element, potential_tags, options)
        if processed is None:
            continue
        if processed is element:
            whole.add(element)
        text = _plain(processed)
        fragment = trim(text + (processed.tail or "")) if text_chars_test(processed.tail) else ""
        scanned = len(existing) <= DEDUPE_SCAN_CAP
        if text and (
            text in seen
            or (scanned and len(text) > MIN_DUPLICATE_LENGTH and text in existing)
            or (scanned and fragment and fragment in existing)
        ):
            continue
        body.append(processed)
        if scanned:
            existing += "\n" + (fragment or text)
        seen.add(text)


def _plain(element: _Element) -> str:
    return trim("".join(element.itertext()))


def _prune(frame: HtmlElement) -> None:
    """`prune_unwanted_sections`: boxes, captions, teasers, and what is rich in links.

    Unlike trafilatura, it spares what a word of layout marks where that holds the article's prose.
    """
    foreign, layout, teasers, captions = _unwanted(frame)
    # trafilatura's guard: nothing is discarded where too little would be left.
    kept = _with_prose([*layout, *teasers], frame)
    if not _leaves_little(frame, [*foreign, *layout]):
        for element in (*foreign, *(element for element in layout if element not in kept)):
            delete_element(element)
    for element in (*captions, *(element for element in teasers if element not in kept)):
        delete_element(element)
    for _ in range(2):
        _prune_links(frame)
    tables = [table for table in frame.iter("table") if link_density_test_tables(table) is True]
    for table in tables:
        delete_element(table, keep_tail=False)
    strip_tags(frame, "span", "ref")


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
    for element in _WITH_MARKS(frame):
        get = element.get
        name, identity, style = get("class"), get("id"), get("style")
        says = (_class_says(name) if name else 0) | (_id_says(identity) if identity else 0)
        if (
            says & _HIDES
            or (style and ("display:none" in style or "display: none" in style))
            or get("aria-hidden") == "true"
            or _first_of(element, "id", "class").startswith("reply-")
            or "hidden" in _first_of(element, "id", "style")
        ):
            foreign.append(element)
        elif element.tag in _DISCARDED_TAGS:
            if (
                says & _DISCARD
                or (says & _CONSENTS and _CONSENT.search(_first_of(element, "id", "class")))
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
    groups: dict[tuple[str, str], list[HtmlElement]] = {}
    for element in layout:
        groups.setdefault((element.tag, element.get("class") or element.get("id") or ""), []).append(element)
    found: set[HtmlElement] = set()
    wanted = 0.0
    for group in groups.values():
        if sum(map(_LENGTH, group)) >= _LEAST_PROSE and (prose := sum(map(_prose, group))) >= _LEAST_PROSE:
            wanted = wanted or _PROSE_SHARE * _prose(frame)
            if prose >= wanted:
                found.update(group)
    return found


def _prose(element: HtmlElement) -> int:
    """Characters in paragraphs of sentences outside links."""
    found = 0
    for block in element.iter(*_PROSE_BLOCKS):
        if block.tag != "p" and any(child.tag in _PROSE_BLOCKS for child in block):
            continue
        text = " ".join(MARKS.sub("", block.text_content()).split())
        if len(text) >= PARAGRAPH and ends_like_sentence(text):
            linked = sum(len(ref.text_content()) for ref in block.iter("ref"))
            found += len(text) if linked < 0.4 * len(text) else 0
    return found


_PROSE_BLOCKS = ("p", "item", "quote", "div", "section", "list")


def _first_of(element: HtmlElement, one: str, other: str) -> str:
    """The value of whichever attribute stands first in the source: what XPath makes of a union of two."""
    a: str | None = element.get(one)
    b: str | None = element.get(other)
    if a is None or b is None:
        return a or b or ""
    return a if next(key for key in element.attrib if key in (one, other)) == one else b


@lru_cache(maxsize=_REMEMBERED)
def _class_says(name: str) -> int:
    return _says(name, _DISCARD_CLASS, _LAYOUT_CLASS, _HIDDEN_CLASS)


@lru_cache(maxsize=_REMEMBERED)
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
    """One round of `delete_by_link_density` over the elements that have links, the only ones that it can delete."""
    linked = {element for ref in frame.iter("ref") for element in ref.iterancestors(*_LINK_FARMS)}
    for tag in _LINK_FARMS if linked else ():
        doomed = [element for element in frame.iter(tag) if element in linked and _rich_in_links(element)]
        for element in doomed:
            delete_element(element)


_LINK_FARMS = ("div", "list", "p")


def _rich_in_links(element: HtmlElement) -> bool:
    rich, short = link_density_test(element)
    if not rich and not (
        short and element.tag == "div" and len(element) >= 3 and len(trim(element.text_content())) < 100
    ):
        return False
    parent = element.getparent()
    return not (element.tag == "p" and parent is not None and parent.tag in ("item", "td", "th"))


def _finish(body: _Element) -> None:
    """The last steps of `extract_content`: repeated elements and what was marked as done go."""
    previous = None
    for element in list(body):
        current = _plain(element)
        if current and current == previous and len(current) > MIN_DUPLICATE_LENGTH:
            delete_element(element, keep_tail=False)
        else:
            previous = current
    strip_elements(body, "done")
    strip_tags(body, "div")
    for linebreak in body.iter("lb"):
        if (
            linebreak.tail
            and not text_chars_test(linebreak.tail)
            and not any(ancestor.tag in SPACING_PROTECTED for ancestor in linebreak.iterancestors())
        ):
            linebreak.tail = None
