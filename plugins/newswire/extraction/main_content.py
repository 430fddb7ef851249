"""trafilatura's first step, `extract_content`, at half its cost: the same vocabulary, tests and handlers, but the classes
and ids of a page are read once (`containers`, `pruning`), and only the container that is found is copied and converted;
the whole page only where that container holds no article.

What differs on purpose is said where it differs: prose in boxes that are only named after their layout, and prose
without a paragraph of its own. Apart from that, the tests compare the results with trafilatura's, page by page.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from copy import copy
from functools import partial

from lxml.etree import Element, XPath, _Element, strip_elements, strip_tags  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]
from trafilatura.htmlprocessing import convert_tags, process_node
from trafilatura.main_extractor import NOT_AT_THE_END, REBUILT_BLOCKS, handle_textelem
from trafilatura.settings import DEDUPE_SCAN_CAP, INLINE_FORMATTABLE, MIN_DUPLICATE_LENGTH, TAG_CATALOG, Extractor
from trafilatura.utils import SPACING_PROTECTED, text_chars_test, trim
from trafilatura.xml import delete_element

from newswire.extraction.containers import find_frame
from newswire.extraction.lines import PARAGRAPH, ends_like_sentence
from newswire.extraction.pruning import MARKS, prose, prose_blocks, prune

_POTENTIAL_TAGS = TAG_CATALOG | {"table", "td", "th", "tr"}
_WILD = XPath(".//code|.//p|.//quote|.//table|.//div[contains(@class, 'w3-code')]")
# Most pages have nothing but white space outside their paragraphs. Inline elements are stripped by then.
_MAY_BE_LOOSE = XPath(
    "boolean(descendant-or-self::*[self::div or self::section or self::article or self::main]"
    "/text()[string-length(normalize-space()) >= 40])"
)
# A container with more of the prose of all its namesakes is the article; theirs are teasers.
_LARGEST_PART = 0.7
# What holds the parts holds little else.
_PARTS_SHARE = 0.7
# Prose of an article, and the share of it that its innermost container has.
_LEAST_DENSE = 600
_NEARLY_ALL = 0.75
_CONTAINERS = ("div", "li", "p", "table")


def main_content(tree: HtmlElement, options: Extractor, url: str) -> tuple[_Element, str]:
    """The body and text that `extract_content(convert_tags(copy(tree), options, url), options)` finds.

    `tree` is a cleaned tree, and stays as it is. `options` without links, images, formatting and focus.
    """
    _stage, frame = find_frame(tree)
    if frame is not None and _is_card(frame):
        frame = _instead_of(frame, tree)
    frame = widened(tree, frame) if frame is not None else densest(tree)
    body = _from_first(frame, tree, options, url) if frame is not None else None
    text = " ".join(body.itertext()).strip() if body is not None else ""
    if body is None or len(text) < options.min_extracted_size:
        body = _from_all(convert_tags(copy(tree), options, url), options)
        text = " ".join(body.itertext()).strip()
    _finish(body)
    return body, text


def widened(tree: HtmlElement, frame: HtmlElement) -> HtmlElement:
    """What holds all parts of an article that stands in several containers of one name, as between advertisements, in the
    entries of a live blog and in the sections of a listicle; the container itself where it is the only one.

    Containers that stand below a linked headline are other stories.
    """
    name = frame.get("class")
    if not name:
        return frame
    twins = [twin for twin in tree.iter(frame.tag) if twin.get("class") == name]
    if len(twins) < 2:
        return frame
    held = dict.fromkeys(twins, 0)
    for block, length in prose_blocks(tree):
        for element in (block, *block.iterancestors()):
            if element in held:
                held[element] += length
    parts = [twin for twin in twins if held[twin]]
    total = sum(held[part] for part in parts)
    if len(parts) < 2 or parts[0] is not frame or held[frame] > _LARGEST_PART * total:
        return frame
    around = set(parts[-1].iterancestors())
    whole = next((above for above in frame.iterancestors() if above in around), None)
    if whole is None or whole.tag in ("body", "html") or whole in twins:
        return frame
    if any(_leads_away(heading) for heading in whole.iter("h1", "h2", "h3", "h4")):
        return frame
    if _several_pieces(whole, parts):
        return frame
    return whole if total >= _PARTS_SHARE * prose(whole) else frame


def _several_pieces(whole: HtmlElement, parts: Collection[HtmlElement]) -> bool:
    """Whether containers of one name are pieces of their own, each with its headline, as on pages that scroll on."""
    held = set(parts)
    headlines = list(whole.iter("h1"))
    within = [next((above for above in h1.iterancestors() if above in held), None) for h1 in headlines]
    return within.count(None) > 1 or len(set(within) - {None}) == len(held)


def densest(tree: HtmlElement, least: int = _LEAST_DENSE) -> HtmlElement | None:
    """The innermost element that still holds nearly all prose of a page whose containers have no known names; None where
    the page has less than `least` characters of prose.

    trafilatura collects the paragraphs of such a page from everywhere, and loses headings and lists.
    """
    held: dict[HtmlElement, int] = {}
    for block, length in prose_blocks(tree):
        for element in (block, *block.iterancestors()):
            held[element] = held.get(element, 0) + length
    element = tree
    if held.get(tree, 0) < least:
        return None
    while True:
        inner = max(element, key=lambda child: held.get(child, 0), default=None)
        if inner is None or held.get(inner, 0) < _NEARLY_ALL * held[element]:
            break
        element = inner
    return element if element.tag in _LOOSE_IN and element.getparent() is not None else None


def _leads_away(heading: HtmlElement) -> bool:
    return next(heading.iter("a"), None) is not None or next(heading.iterancestors("a"), None) is not None


def _is_card(frame: HtmlElement) -> bool:
    """Whether a container looks like the card of another piece: a linked heading, and no more text than an excerpt."""
    if not any(map(_leads_away, frame.iter("h2", "h3", "h4"))) or next(frame.iter("h1"), None) is not None:
        return False
    return len(" ".join(MARKS.sub("", frame.text_content()).split())) < _LONGEST_CARD


def _instead_of(card: HtmlElement, tree: HtmlElement) -> HtmlElement:
    """The container of the page's prose, where it holds far more than the card; else the card.

    It reaches up to the headline, so that the lead between the two is in it, but to the card only for paragraphs that
    stand between headline and container.
    """
    frame = densest(tree)
    if frame is None or prose(frame) < _FAR_MORE * prose(card):
        return card
    around = {tree, *card.iterancestors()}
    for above in frame.iterancestors():
        if next(frame.iter("h1"), None) is not None:
            break
        if above in around:
            leads = list(frame.itersiblings(preceding=True)) if above.tag in _LOOSE_IN and above is not tree else []
            return above if around.isdisjoint(leads) and card not in leads and any(map(prose, leads)) else frame
        frame = above
    return frame


# An excerpt, and how much more prose a piece has.
_LONGEST_CARD = 500
_FAR_MORE = 4


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
    # XPath sorts what it finds: a minute for the hundred thousand paragraphs of a hostile page.
    return sum(
        len("".join(paragraph.itertext()))
        for paragraph in tree.iter("p")
        if next(paragraph.iterancestors("p"), None) is None
    )


def _beside(tree: HtmlElement, frame: HtmlElement) -> int:
    return _in_paragraphs(tree) - _in_paragraphs(frame)


def _take(
    frame: HtmlElement, body: _Element, potential_tags: set[str], options: Extractor, outside: Callable[[], int]
) -> None:
    """Move what a container holds into the body. `outside` counts the characters in paragraphs beside the container."""
    prune(frame)
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
        frame.tag in _LOOSE_IN and "div" in potential_tags and tags <= INLINE_FORMATTABLE | {"lb"}
    ):  # one run of text
        frame.tag = "div"
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
    if not _MAY_BE_LOOSE(frame):
        return
    paragraphs = [paragraph for paragraph in frame.iter("p") if prose(paragraph)]
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
    prune(tree)
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
