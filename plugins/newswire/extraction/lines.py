"""One line of extracted text, and what can be said of it alone: is it prose, a sentence, a label?"""

from __future__ import annotations

import re
from dataclasses import dataclass

# A line this long that ends like a sentence is a paragraph of prose.
PARAGRAPH = 80
PLAIN_TAGS = frozenset(("p", "div", "span", "section", ""))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CLOSING = "['\"”’“»)\\]」』）】〉]*"
_END = re.compile(rf"[.!?…。！？]{_CLOSING}$|[:;,、]$|[.!?。]{_CLOSING}\s*[(（\[【][^()（）\[\]【】]{{1,40}}[)）\]】]$")
_STOPS = frozenset(".!?…。！？")
# A sentence that ends inside the line, so that the line is prose even where its own end is missing.
_INNER_END = re.compile(r"\w{2}[.!?]['\"”’“»)]*\s+['\"“„«(]?[^\W\d_a-zа-яіїєґ]|[。！？]")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
# What _END looks at lies within so many characters.
_ENDING = 80


@dataclass(frozen=True, slots=True)
class Line:
    """One line of extracted text with what its source says: share of linked letters, element, class and id words, links."""

    text: str
    linked: float
    tag: str
    context: str
    container: int
    links: int = 0


def ends_like_sentence(text: str) -> bool:
    """Whether a line closes with the punctuation of prose (also before a closing quote or a source in brackets)."""
    last = text[-1:]
    if last in _STOPS or last.isalnum():  # nearly every line; the pattern need not be asked
        return last in _STOPS
    return _END.search(text[-_ENDING:]) is not None


def is_label(text: str) -> bool:
    """Whether a line is no prose: too short for a paragraph, and not closed like a sentence."""
    return len(text) < PARAGRAPH and not is_sentence(text)


def is_long(text: str) -> bool:
    """Whether a text is as long as a paragraph; Chinese, Japanese and Korean say twice as much in a character."""
    length = len(text)
    if length >= PARAGRAPH or length < PARAGRAPH // 2 or text.isascii():
        return length >= PARAGRAPH
    return length + sum(map(len, _WIDE.findall(text))) >= PARAGRAPH


def is_sentence(text: str) -> bool:
    """Whether a line closes like prose, or is long and has a sentence in it that does."""
    return ends_like_sentence(text) or (len(text) >= 2 * PARAGRAPH and _INNER_END.search(text) is not None)


def is_prose(line: Line) -> bool:
    """Whether a line is a paragraph of the text: long enough, closed like a sentence, not mostly links."""
    return line.linked < 0.5 and is_long(line.text) and is_sentence(line.text)
