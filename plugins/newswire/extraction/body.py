"""The article text of a page: trafilatura's own steps, put together so that fallbacks are earned and every line of the
result still knows the element that it came from.

trafilatura 2.3.1 always runs its second opinion (readability, justext) and, below 3,000 characters, a second extraction
in recall mode. On news pages both mostly confirm or dilute what the first step found, for half of the time. Here the
first step's answer stands when it is long and made of paragraphs; otherwise the second opinion is heard.

The steps hand on text, not elements. So that the boilerplate repair can look at elements, every block of text is given
a private-use character before the steps run, whose number leads back to its element, and links stand between two more.
They weigh nothing in trafilatura's measures (one character a block), and are taken out of the lines afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import chain, islice, pairwise

from lxml.etree import _Element, iterwalk, strip_elements, strip_tags  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]
from trafilatura.external import compare_extraction
from trafilatura.htmlprocessing import _handle_forms, prune_html, prune_unwanted_nodes, recover_math
from trafilatura.settings import MANUALLY_CLEANED, MANUALLY_STRIPPED, Extractor
from trafilatura.xml import delete_element
from trafilatura.xpaths import RAW_TREE_PRUNE_XPATH

from newswire.extraction.containers import beside_the_article
from newswire.extraction.line_wording import LEAD_CLASS, NO_LEAD_CLASS
from newswire.extraction.lines import PARAGRAPH, Line, ends_like_sentence
from newswire.extraction.main_content import main_content
from newswire.extraction.page import Page
from newswire.extraction.plaintext import letters
from newswire.extraction.pruning import MARKS
from newswire.extraction.rescue import rescue

# Text this long, this much of it in paragraphs or sentences, was never improved by the second opinion on the development pages.
CONFIDENT_CHARS = 800
CONFIDENT_SHARE = 0.6
# Plane 16 is private use: no page means anything by it. The last code points mark the two ends of a link.
_FIRST = 0x100000
_MOST = 0xFF00
_LINK = "\U0010fff0"
_LINK_END = "\U0010fff1"
_BLOCK_MARK = re.compile("[\U00100000-\U0010ffef]")
# From one end of a link to the other; a link over several lines is cut by them.
_LINKED = re.compile(f"{_LINK}([^{_LINK_END}]*)")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONG_WORD = re.compile(r"\w{4,}")
# In English newspapers the line under the headline sums up what the text then tells from its beginning; elsewhere it is
# the first paragraph of the text. What an English text does not say again is kept.
SUMMARY_OVERLAP = 0.4
# What stands where a lead would and has fewer words of the text is a notice.
LEAD_OVERLAP = 0.3
_BLOCKS = [
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "figcaption",
    "dt",
    "dd",
    "caption",
    "summary",
    "div",
    "li",
    "td",
    "th",
    "blockquote",
    "pre",
    "section",
    "article",
    "main",
    "body",
    "center",
    "form",
    "header",
    "footer",
    "aside",
    "address",
]
# Elements without text for readers, and those that trafilatura takes for no part of an article; forms are seen apart.
_SILENT = ("template", "meta", "path", *(tag for tag in MANUALLY_CLEANED if tag != "form"))
# `date_params` only so that no configuration is read for dates, which are not trafilatura's business here.
_OPTIONS = Extractor(output_format="python", comments=False, date_params={"original_date": "on"})
_INLINE = frozenset(
    ["a", "b", "strong", "em", "i", "span", "font", "u", "big", "small", "mark", "cite", "q", "time", "abbr"]
)
# The elements of trafilatura's result that stand on lines of their own.
_LINES = frozenset(["p", "head", "item", "row", "quote", "list", "table", "lb", "code", "div", "body", "ab", "pre"])
# An element whose class words are wanted lies at most this deep below the container of the article.
_CONTEXT_LEVELS = 6


@dataclass(frozen=True, slots=True)
class Body:
    """The lines of the main text before the repair, the lead above them (or None), and which step found them."""

    lines: tuple[Line, ...]
    lead: str | None
    step: str


def extract_body(page: Page, descriptions: Sequence[str] = (), *, free: bool = True) -> Body:
    """Find the main text of a page. Uses up `page.root`: nothing can be read from the tree afterwards.

    `descriptions` are the page's own summaries (meta, JSON-LD): a paragraph above the text that equals one is its lead.
    The last resort reads the text that the page carries for machines; where the piece is not `free`, it stays unread:
    a paywall is recorded, not passed.
    """
    # trafilatura's functions change the options' `focus`: a copy is ours.
    options = copy(_OPTIONS)
    tree = page.root
    # What stands in the head is no text, and often half of the page.
    for head in tree.findall("head"):
        tree.remove(head)
    # The costly expressions run after the cleaning, on a third of the elements.
    _clean(tree)
    beside = beside_the_article(tree)
    if beside.appended:
        prune_unwanted_nodes(tree, RAW_TREE_PRUNE_XPATH)
        beside = beside_the_article(tree)
    for element in beside.comments:
        delete_element(element)
    sources = _mark(tree)
    body, text = main_content(tree, options, page.url)
    step = "first"
    if not _confident(body, text):
        first = body
        body, text = compare_extraction(copy(tree), copy(tree), body, text, options)
        step = "first" if body is first else "second opinion"
    if len(text) < options.min_extracted_size:
        found = body
        body, text = rescue(tree, body, text, page, options, free=free)
        step = step if body is found else "rescue"
    lines, first_source = _lines(body, sources)
    lead = _find_lead(tree, first_source, lines, descriptions) if lines else None
    return Body(lines, lead, step)


def _clean(tree: HtmlElement) -> None:
    """trafilatura's `tree_cleaning`, which walks the tree once for each of its fifty tags, in one walk for all of them.

    Boxes that stand in others of their kind go, too: there, trafilatura's walk ends, and keeps all later ones.
    """
    holds_math = False
    # Tables that lay out a page, and figures that hold a table, are containers like any other.
    for element in tree.iter("figure", "table", "math"):
        if element.tag == "math":
            holds_math = True
        elif element.find(".//table") is not None if element.tag == "figure" else element.get("role") in _NO_TABLE:
            element.tag = "div"
    if holds_math:
        recover_math(tree)
    strip_elements(tree, *_SILENT, with_tail=False)
    strip_tags(tree, *MANUALLY_STRIPPED)
    _handle_forms(tree)
    prune_html(tree)


_NO_TABLE = ("presentation", "none")


def _confident(body: _Element, text: str) -> bool:
    if len(text) < CONFIDENT_CHARS:
        return False
    enough = CONFIDENT_SHARE * len(text)
    if sum(len("".join(p.itertext())) for p in body.iter("p")) >= enough:
        return True
    blocks = (" ".join(MARKS.sub("", "".join(block.itertext())).split()) for block in body)
    return sum(len(block) for block in blocks if len(block) >= PARAGRAPH and ends_like_sentence(block)) >= enough


def _mark(tree: HtmlElement) -> list[HtmlElement]:
    """Put the marks into a tree; the list leads from a mark's number to the element."""
    sources: list[HtmlElement] = []
    for element in list(tree.iter("a", "br", *_BLOCKS)):
        tag = element.tag
        if tag == "a":
            if element.get("href") is None:
                continue
            text = _LINK + (element.text or "")
            if len(element):
                last = element[-1]
                _set_text(element, text)
                _set_tail(last, (last.tail or "") + _LINK_END)
            else:
                _set_text(element, text + _LINK_END)
        elif len(sources) >= _MOST:
            break
        elif tag == "br":
            if (tail := element.tail) and not tail.isspace():
                _set_tail(element, chr(_FIRST + len(sources)) + tail)
                sources.append(element.getparent())
        else:
            text = element.text or ""
            if (text and not text.isspace()) or (len(element) and element[0].tag in _INLINE):
                _set_text(element, chr(_FIRST + len(sources)) + text)
                sources.append(element)
    return sources


# A numeric reference can put characters into a tree that XML does not know, and that lxml then refuses to write.
def _set_text(element: HtmlElement, text: str) -> None:
    try:
        element.text = text
    except ValueError:
        element.text = _NO_XML.sub("", text)


def _set_tail(element: HtmlElement, tail: str) -> None:
    try:
        element.tail = tail
    except ValueError:
        element.tail = _NO_XML.sub("", tail)


def _lines(body: _Element, sources: Sequence[HtmlElement]) -> tuple[tuple[Line, ...], HtmlElement | None]:
    """Write the result out line by line; also the source of its first paragraph."""
    parts: list[str] = []
    _write(body, parts)
    lines: list[Line] = []
    first: HtmlElement | None = None
    # lxml's proxies come and go, and so do their ids: the dictionary keeps the parents alive, and so comparable.
    containers: dict[HtmlElement | None, int] = {}
    cards: dict[HtmlElement, bool] = {}
    written = (raw for raw in "".join(parts).split("\n") if raw and not raw.isspace())
    for raw in chain.from_iterable(_in_paragraphs(raw, sources) for raw in written):
        text = " ".join(MARKS.sub("", raw).split())
        if not any(map(str.isalnum, text)):
            continue
        marks = _BLOCK_MARK.findall(raw)
        number = ord(marks[-1]) - _FIRST if marks else len(sources)
        source = sources[number] if number < len(sources) else None
        links = _LINKED.findall(raw) if _LINK in raw else []
        linked = sum(len("".join(MARKS.sub("", link).split())) for link in links)
        total = len(text) - text.count(" ")
        if source is not None and not links and _in_link(source, cards):
            links, linked = [text], total
        if source is None:
            lines.append(Line(text, min(1.0, linked / total), "", "", -1))
            continue
        container = containers.setdefault(source.getparent(), len(containers))
        lines.append(Line(text, min(1.0, linked / total), source.tag, _context(source), container, len(links)))
        if first is None and len(text) >= PARAGRAPH and source.tag != "h1":
            first = source
    return tuple(lines), first


# A card that is a link as a whole has at most so many elements around its texts, and so much text.
_CARD_LEVELS, _LONGEST_CARD = 4, 400


def _in_link(element: HtmlElement, known: dict[HtmlElement, bool]) -> bool:
    """Whether a block stands in a link that holds several of them, as a card of another piece; `known` are links that
    were judged before."""
    for _level in range(_CARD_LEVELS):
        element = element.getparent()
        if element is None:
            return False
        if element.tag == "a":
            if element not in known:
                known[element] = element.get("href") is not None and len(element.text_content()) <= _LONGEST_CARD
            return known[element]
    return False


def _in_paragraphs(raw: str, sources: Sequence[HtmlElement]) -> list[str]:
    """A line of the result in the paragraphs of the source that it is made of.

    Old pages leave their paragraphs open, one in the other, and trafilatura writes them as one.
    """
    if len(raw) < 2 * PARAGRAPH or not _BLOCK_MARK.search(raw, 1):
        return [raw]
    marks = _BLOCK_MARK.finditer(raw)
    starts = [mark.start() for mark in marks if _stands_in_paragraph(ord(mark.group()) - _FIRST, sources)]
    pieces = [
        raw[start:end] for start, end in pairwise(dict.fromkeys((0, *starts, len(raw)))) if raw[start:end].strip()
    ]
    return pieces if sum(map(_is_paragraph, pieces)) > 1 else [raw]


def _stands_in_paragraph(number: int, sources: Sequence[HtmlElement]) -> bool:
    return number < len(sources) and sources[number].tag == "p"


def _is_paragraph(piece: str) -> bool:
    return len(piece) >= PARAGRAPH and ends_like_sentence(" ".join(MARKS.sub("", piece).split()))


def _write(body: _Element, parts: list[str]) -> None:
    """Write the texts of a tree in order, line breaks around blocks. No recursion: pages nest 2,000 levels deep."""
    for event, element in iterwalk(body, events=("start", "end")):
        breaks = element.tag in _LINES or (element.tag == "cell" and any(child.tag in _LINES for child in element))
        if breaks:
            parts.append("\n")
        elif element.tag == "cell":
            parts.append(" ")
        text = element.text if event == "start" else element.tail if element is not body else None
        if text:
            parts.append(text.replace("\n", " "))


def _context(element: HtmlElement) -> str:
    """The class and id words of an element and of those around it."""
    words = []
    for _level in range(_CONTEXT_LEVELS):
        if element is None or element.tag in ("body", "article", "main"):
            break
        if name := f"{element.get('class') or ''} {element.get('id') or ''}".strip():
            words.append(name)
        element = element.getparent()
    return " | ".join(words)


def _plain(element: HtmlElement) -> str:
    return " ".join(MARKS.sub("", element.text_content()).split())


def _find_lead(
    tree: HtmlElement, first: HtmlElement | None, lines: Sequence[Line], descriptions: Sequence[str]
) -> str | None:
    """The lead paragraph that stands between headline and text, outside the container that the steps chose.

    It is told by its class, or by being the page's own description; it is a sentence, and not yet in the text.
    """
    if first is None:
        return None
    english = (tree.get("lang") or "").lower().startswith("en")
    known: str | None = None
    wanted = [key[:50] for text in descriptions if len(key := letters(text)) >= 40]
    for element in _between_headline_and(tree, first):
        name = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('id') or ''}".lower()
        by_class = LEAD_CLASS.search(name) is not None
        if not by_class and (len(element) > 6 or NO_LEAD_CLASS.search(name)):
            continue
        text = _plain(element)
        if not 40 <= len(text) <= 700 or not ends_like_sentence(text):
            continue
        if known is None:
            known = letters(" ".join(line.text for line in lines[:12]))
        key = letters(text)
        if key[:60] in known:
            return None
        if by_class or key[:50] in wanted or (not english and _stands_as_lead(element, text, lines)):
            return text if not english or _overlap(text, lines) < SUMMARY_OVERLAP else None
    return None


def _stands_as_lead(element: HtmlElement, text: str, lines: Sequence[Line]) -> bool:
    """Whether only its place makes a text the lead: a paragraph of its own, outside pictures and margins, which speaks of
    what the text does."""
    if element.tag not in ("p", "div") or len(text) < PARAGRAPH or any(child.tag in _BLOCKS for child in element):
        return False
    # without a language declared, letters of English alone may be English
    if text.isascii() or _overlap(text, lines) < LEAD_OVERLAP:
        return False
    linked = sum(len(link.text_content()) for link in element.iter("a"))
    around = islice(element.iterancestors(), 4)
    return linked < 0.3 * len(text) and not any(
        above.tag in _NO_LEAD_TAGS or NO_LEAD_CLASS.search((above.get("class") or "").lower()) for above in around
    )


_NO_LEAD_TAGS = frozenset(("figure", "figcaption", "aside", "nav", "footer", "blockquote", "li", "table", "form", "a"))


def _overlap(text: str, lines: Sequence[Line]) -> float:
    """The share of a text's longer words that the lines have, too (by their first six letters)."""
    stems = {word[:6] for word in _LONG_WORD.findall(text.casefold())}
    return len(stems & {word[:6] for line in lines for word in _LONG_WORD.findall(line.text.casefold())}) / (
        len(stems) or 1
    )


def _between_headline_and(tree: HtmlElement, first: HtmlElement) -> Iterator[HtmlElement]:
    around = set(first.iterancestors())
    # Older systems keep the <h1> for the site, or have none.
    headline = ("h1",) if next(tree.iter("h1"), None) is not None else ("h2", "h3")
    seen = False
    for element in tree.iter("h1", *_LEAD_TAGS):
        if element is first:
            return
        if element.tag in headline and not seen:
            seen = True
        elif seen and element not in around:
            yield element


_LEAD_TAGS = ("h2", "h3", "p", "div", "span", "strong", "b")
