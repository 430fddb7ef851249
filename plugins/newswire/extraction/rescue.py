"""The text of pages on which the extractor finds next to nothing: a flash of two sentences, blocks that nothing names.

trafilatura's last resort writes a page's whole text into one line, headline, date and buttons included, and prefers it to
whatever is shorter. Here a found text stands when it is made of sentences; and what is collected instead keeps its lines,
so that the repair can tell text from labels.
"""

from __future__ import annotations

import re
from copy import copy

from lxml.etree import Element, SubElement, _Element, iterwalk  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]
from trafilatura.baseline import baseline
from trafilatura.htmlprocessing import convert_tags
from trafilatura.settings import Extractor

from newswire.extraction.containers import find_frame
from newswire.extraction.lines import ends_like_sentence
from newswire.extraction.main_content import densest
from newswire.extraction.page import Page, parse
from newswire.extraction.pruning import MARKS, prose, prune

# Shorter sentences are captions and labels more often than the text of a piece.
SENTENCE = 40
# Chinese, Japanese and Korean sentences are half as long; they are measured in bytes of UTF-8, as Cyrillic ones are.
_BYTES = 2
# What is collected from everywhere replaces what was found when it has so many times as many sentences; what the
# container of nearly all prose holds, when it has more by a paragraph or so.
_FAR_MORE, _MORE = 2, 1.25
# In a container with this much of a page's prose stands the piece, in one that has less perhaps a notice.
_LEAST_DENSE = 160
# The names under which structured data and forums give a text to machines; what is none of it comes in one line.
_FOR_MACHINES = re.compile(r'"(?:article|review)Body"\s*:|data-preloaded=')
# All that stands on a line of its own, by trafilatura's names for them.
_BLOCKS = frozenset((
    "p", "head", "list", "item", "quote", "lb", "code", "table", "tr", "td", "th", "row", "cell", "div", "section", "article",
    "main", "body", "header", "center", "address", "figure", "form", "dl", "dt", "dd", "hr",
))  # fmt: skip


def rescue(
    tree: HtmlElement, body: _Element, text: str, page: Page, options: Extractor, *, free: bool
) -> tuple[_Element, str]:
    """The body and text to use where less than trafilatura's minimum was found: what was found, or something better.

    `tree` is the cleaned tree and stays as it is. The text for machines is read only where the piece is `free`.
    """
    told = _told(body)
    source = parse(page.text)
    # What readers without scripts are shown. A paywall is recorded, not passed.
    enough = _FAR_MORE * max(told, _LEAST_DENSE)
    unseen = [element for element in source.iter("noscript") if prose(element) > enough] if free else []
    frame = find_frame(tree)[1]
    if frame is not None and not unseen:
        if told:
            return body, text
        lines = _in_lines(frame, options, page.url)
        if _told(lines):
            return lines, _text(lines)
    for root in unseen or [densest(tree, _LEAST_DENSE)]:
        lines = _in_lines(tree if root is None else root, options, page.url)
        if (collected := _told(lines)) > _MORE * told:
            body, text, told = lines, _text(lines), collected
    # The piece may stand in what the cleaning takes for a form or the margin.
    paragraphs, whole, _length = baseline(source if free else tree)
    in_parts = len(paragraphs) > 1 or _FOR_MACHINES.search(page.text) is not None
    if in_parts and _told(paragraphs) > _FAR_MORE * max(told, _LEAST_DENSE):
        return paragraphs, whole
    return body, text


def _text(body: _Element) -> str:
    return " ".join(line.text for line in body)


def _told(body: _Element) -> int:
    """Characters in the lines of a body that are sentences."""
    told = 0
    for block in body:
        for raw in MARKS.split("".join(block.itertext())):
            line = raw.strip()
            if len(line.encode()) >= (SENTENCE if line.isascii() else _BYTES * SENTENCE) and ends_like_sentence(line):
                told += len(line)
    return told


def _in_lines(root: HtmlElement, options: Extractor, url: str) -> _Element:
    """All that an element holds apart from what is named as no part of an article, a paragraph for each line."""
    holder = root.makeelement("html")
    holder.append(root.makeelement("body"))
    holder[0].append(copy(root))
    frame = convert_tags(holder, options, url)[0][0]
    frame.tail = None
    prune(frame)
    body = Element("body")
    pieces: list[str] = []
    for event, element in iterwalk(frame, events=("start", "end")):
        if not isinstance(element.tag, str):
            pieces.append((element.tail or "") if event == "end" else "")
            continue
        if element.tag in _BLOCKS:
            _flush(pieces, body)
        piece = element.text if event == "start" else element.tail
        if piece:
            pieces.append(piece)
    _flush(pieces, body)
    return body


def _flush(pieces: list[str], body: _Element) -> None:
    text = "".join(pieces).strip()
    if MARKS.sub("", text).strip():
        SubElement(body, "p").text = text
    pieces.clear()
