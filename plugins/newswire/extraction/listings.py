"""Pages that list other pieces with their excerpts: front pages, sections, tags, authors. In running text they do not differ
from an article; but each of their paragraphs stands below a headline that is a link."""

from __future__ import annotations

import re

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from newswire.extraction.plaintext import element_text, letters
from newswire.urls import path_of

# Addresses that a list can have; what is told by the excerpts is only asked there, so that digests stay articles.
_LIST_PATH = re.compile(
    r"^/(?:[a-z]{2}(?:[-_][a-z]{2})?/)?(?:(?:[\w.]{1,24}/?){0,2}|(?:[\w-]{1,24}/)?(?:authors?|tags?|topics?|category|categories"
    r"|rubrics?|rubrika|sections?|search|poisk|avtor|tema|temy|kategor\w+|schlagwort|themen?|etiket\w+|auteurs?|autor\w*"
    r"|redaktion|archive|news|blog)(?:/[\w.%-]+){0,3}|[\w./-]{0,40}/page/\d+)/?$",
    re.IGNORECASE,
)
# Fewer headlines with excerpts stand beside many an article.
MANY_EXCERPTS = 5
# So much of a list's text are excerpts.
EXCERPT_SHARE = 0.7
# Shorter texts are dates and sections; a headline has some words.
_LONG_ENOUGH, _HEADLINE = 40, 15
# Below one headline stand one or two paragraphs of an excerpt.
_PER_HEADLINE = 2
_KEY = 60
_HEADINGS = ("h1", "h2", "h3", "h4")


def excerpts_on_lists(root: HtmlElement, url: str) -> frozenset[str]:
    """The beginnings (as `letters`) of the paragraphs below linked headlines, where an address can be that of a list.

    () where there are too few of them.
    """
    if not _LIST_PATH.match(path_of(url)):
        return frozenset()
    found: set[str] = set()
    headlines = left = 0
    for element in root.iter(*_HEADINGS, "p", "div"):
        if element.tag in _HEADINGS:
            left = _PER_HEADLINE if _leads_away(element) else 0
            headlines += left > 0
        elif left and (element.tag == "p" or not len(element)):
            text = element_text(element, 200)
            if len(text) >= _LONG_ENOUGH:
                found.add(letters(text)[:_KEY])
                left -= 1
    return frozenset(found) if min(headlines, len(found)) >= MANY_EXCERPTS else frozenset()


def is_list(text: str, excerpts: frozenset[str]) -> bool:
    """Whether a text (one paragraph per line) is made of the excerpts of a list."""
    if not excerpts:
        return False
    lines = text.split("\n")
    listed = [line for line in lines if letters(line)[:_KEY] in excerpts]
    return len(listed) >= MANY_EXCERPTS and sum(map(len, listed)) >= EXCERPT_SHARE * sum(map(len, lines))


def _leads_away(heading: HtmlElement) -> bool:
    link = next(heading.iter("a"), None)
    if link is None:
        link = next((above for above in heading.iterancestors("a")), None)
    if link is None or link.get("href") is None:
        return False
    text = element_text(heading, 200)
    return len(text) >= _HEADLINE and len(element_text(link, 300)) >= 0.8 * len(text)
