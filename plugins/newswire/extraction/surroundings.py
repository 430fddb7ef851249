"""What stands around the headline: its element, the texts after and before it, marked elements, and what is no part of
the piece (teasers, comments, the frame). The dates and bylines of a page are looked for here, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice, takewhile

from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from newswire.extraction.plaintext import element_text, is_small, letters, walk_texts, walk_texts_back
from newswire.extraction.structured import Structured


def headline_element(data: Structured, title: str | None) -> HtmlElement | None:
    """The element that shows the headline: an h1 of the same words, then another heading, then the first h1."""
    key = letters(title or "")
    if key:
        for element in data.headings:
            own = letters(element_text(element, 600))
            if own and (own == key or (len(key) >= 10 and key in own) or (len(own) >= 10 and own in key)):
                return element
        for number, element in enumerate(data.root.iter("h2", "h3", "h4")):
            if number > 150:
                break
            own = letters(element_text(element, 600))
            if own == key or (len(key) >= 20 and key in own and len(own) <= 2 * len(key)):  # with a kicker
                return element
    return data.headings[0] if len(data.headings) == 1 else None


def texts_after(element: HtmlElement, limit: int) -> Iterator[str]:
    """The visible texts that follow an element in document order, nearest first."""
    count = 0
    for text in _following(element):
        text = " ".join(text.split())
        if text:
            yield text
            count += 1
            if count >= limit:
                return


def _following(element: HtmlElement) -> Iterator[str]:
    current: HtmlElement | None = element
    while current is not None and current.tag != "body":
        if current.tail:
            yield current.tail
        for sibling in current.itersiblings():
            yield from walk_texts(sibling, skip=_is_beside)
            if sibling.tail:
                yield sibling.tail
        current = current.getparent()


# Whole class names and ids: "comments-open" on an article says something else.
_BESIDE = frozenset(
    (
        "comment", "comments", "comment-list", "commentlist", "comments-list", "comments-area", "comment-section",
        "comments-section", "post-comments", "disqus_thread", "respond", "kommentare", "kommentar",
        "related", "related-posts", "related-articles", "related-news", "most-read", "mostread", "more-stories",
        "more-news", "popular-posts", "recommended", "trending",
    )
)  # fmt: skip


_HOLD_TEXT = frozenset(("p", "span", "a", "b", "i", "em", "strong", "img", "br", "time", "small"))


def _is_beside(element: HtmlElement) -> bool:
    """Whether an element holds what readers wrote, or other pieces."""
    if element.tag in _HOLD_TEXT:  # most elements, and attributes cost time
        return False
    name, identity = element.get("class"), element.get("id")
    return (name is not None and not _BESIDE.isdisjoint(name.lower().split())) or (identity or "").lower() in _BESIDE


def texts_before(element: HtmlElement, limit: int) -> Iterator[str]:
    """The visible texts before an element, nearest first."""
    count = 0
    current: HtmlElement | None = element
    while current is not None and current.tag != "body":
        for sibling in current.itersiblings(preceding=True):
            for piece in walk_texts_back(sibling):
                text = " ".join(piece.split())
                if text:
                    yield text
                    count += 1
                    if count >= limit:
                        return
        current = current.getparent()


def opening_texts(root: HtmlElement) -> list[str]:
    """The first visible texts of a page whose headline stands nowhere."""
    body = root.find("body")
    found: list[str] = []
    for text in walk_texts(body if body is not None else root):
        text = " ".join(text.split())
        if text:
            found.append(text)
            if len(found) >= 200:
                break
    return found


# The test that refuses most texts comes first: three quarters of the time of the other order.
_WITH_COLON = etree.XPath(
    "descendant::body/descendant::text()[contains(., ':') or contains(., '\uff1a')][string-length(.) < 160]"
    "[not(parent::script or parent::style)]"
)


def labelled_texts(root: HtmlElement) -> list[str]:
    """The short texts of the whole page that hold a colon, such as "Автор: …", with the text of their element."""
    found: list[str] = []
    for text in _WITH_COLON(root)[:400]:
        line = " ".join(text.split())
        if line.endswith((":", "\uff1a")):  # the name stands in the next element
            after = _line_after(text)
            line = f"{line} {after}" if after else _line_of_parent(text, line)
        found.append(line)
    return found


_LINE_ENDS = frozenset(("br", "p", "div", "li", "ul", "table", "section", "article", "h1", "h2", "h3", "h4", "hr"))


def _line_after(text: etree._ElementUnicodeResult) -> str:
    """What follows a text on its own line: the inline elements and texts up to the next break or block."""
    owner = text.getparent()
    following = owner.itersiblings() if text.is_tail else iter(owner)
    pieces: list[str] = []
    for element in islice(following, 6):
        if element.tag in _LINE_ENDS or not is_small(element):
            break
        pieces += [element_text(element, 120), element.tail or ""]
    return " ".join(" ".join(pieces).split())[:160]


def _line_of_parent(text: etree._ElementUnicodeResult, line: str) -> str:
    """A label with what follows it in its element, or in the one around that."""
    parent = text.getparent() if text.is_text else text.getparent().getparent()
    for element in (parent, parent.getparent() if parent is not None else None):
        if element is None or not is_small(element, 120):
            break
        whole = element_text(element, 200)
        start = whole.find(line)
        if start >= 0 and len(whole) > start + len(line):
            return whole[start : start + 160]
    return line


AUTHOR_MARK = re.compile(
    r"author|byline|autor|avtor|journalist|writer|auteur|firma\b|yazar|muhabir|redakteur|verfasser|skribent|szerz[oő]"
    r"|penulis|reporter",
    re.I,
)
_DATE_MARK = re.compile(r"dat(?:e|um|a)|publish|posted|time|byline|meta|fecha|article_created", re.I)
# A page has a few bylines and dates, a long list of teasers some dozens.
MAX_MARKED = 200
# Parts of which every match of the two patterns above has one.
_MARK_PARTS = (
    "author", "byline", "autor", "avtor", "journalist", "writer", "auteur", "firma", "yazar", "muhabir", "redakteur",
    "verfasser", "skribent", "szerz", "penulis", "reporter", "date", "datum", "data", "publish", "posted",
    "time", "meta", "fecha", "article_created",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Marked:
    """Elements whose class, id, rel or test id says that they hold an author or a date, in document order."""

    authors: tuple[HtmlElement, ...]
    dates: tuple[HtmlElement, ...]


def marked_elements(root: HtmlElement) -> Marked:
    """Find the elements that are marked as bylines and dates: one pass, because XPath's `contains` is slower by far."""
    marks: dict[HtmlElement, str] = {}
    for element in root.iter("*"):
        if element.attrib:
            name, identity = element.get("class") or "", element.get("id")
            marks[element] = f"{name} {identity}" if identity else name
    says = _saying_author_or_date(set(marks.values()))
    nothing = (False, False)
    authors: list[HtmlElement] = []
    dates: list[HtmlElement] = []
    for element, name in marks.items():
        by, on = says.get(name, nothing)
        get = element.get
        if by or get("rel") == "author" or ((test := get("data-testid")) and test.startswith(("byline", "author"))):
            authors.append(element)
        if on:
            dates.append(element)
    return Marked(tuple(authors[:MAX_MARKED]), tuple(dates[:MAX_MARKED]))


def _saying_author_or_date(names: Collection[str]) -> dict[str, tuple[bool, bool]]:
    """Whether names say "author" and "date", for those that may say either."""
    # Most say neither, and a search for fixed parts is faster than the patterns; a page has some of the parts only.
    lowered = "\n".join(names).lower()
    parts = [part for part in _MARK_PARTS if part in lowered]
    return {
        name: (AUTHOR_MARK.search(name) is not None, _DATE_MARK.search(name) is not None)
        for name in names
        if any(map(name.lower().__contains__, parts))
    }


def follows(element: HtmlElement, other: HtmlElement) -> bool:
    """Whether an element starts after another in the source, or the one holds the other."""
    line, origin = element.sourceline, other.sourceline
    if line is None or origin is None or line == origin:  # minified pages have one line
        return _in_document_order(other, element)
    return bool(line > origin)


def _in_document_order(first: HtmlElement, second: HtmlElement) -> bool:
    mine, theirs = ([*reversed(list(e.iterancestors())), e] for e in (first, second))
    for number, (one, two) in enumerate(zip(mine, theirs, strict=False)):
        if one is not two:
            parent = mine[number - 1]
            return number == 0 or parent.index(one) < parent.index(two)
    return True


_COMMENT_WORDS = frozenset(
    (
        "comment",
        "comments",
        "commentlist",
        "disqus",
        "kommentar",
        "kommentare",
        "komment",
        "reply",
        "respond",
        "responses",
    )
)
_TEASER_WORDS = frozenset(
    (
        "related", "recommend", "recommended", "recommendations", "sidebar", "teaser", "teasers", "trending", "popular",
        "latest", "newsletter", "mostread", "readmore", "outbrain", "taboola",
    )
)  # fmt: skip
_ASIDE_TAGS = frozenset(("aside", "footer", "nav", "figure", "figcaption"))
_ASIDE_WORDS = frozenset(
    (
        "widget", "footer", "promo", "carousel", "slider", "nav", "navigation", "navbar", "menu", "caption", "photo",
        "credit", "credits", "copyright", "gallery", "most", "also", "more", "archive", "figure",
    )
)  # fmt: skip
_CLASS_WORD = re.compile(r"[^\s_-]+")
# Also the foot of the piece itself, where blogs have date and author.
_BYLINE = re.compile(r"author|byline|autor|avtor|meta\b|(?:post|entry|article)-footer\b", re.I)


def frame_of(element: HtmlElement, heading: HtmlElement | None = None) -> str:
    """'comment', 'teaser', 'aside' or '': what an element is part of, by the ancestors below the headline's own.

    'teaser' and 'comment' are sure signs. 'aside' is a weaker one (layouts put bylines into an <aside>, too).
    """
    own = set(islice(heading.iterancestors(), 100)) if heading is not None else set()
    framed = any(ancestor.tag == "article" for ancestor in own)
    verdict = ""
    current: HtmlElement | None = element
    for _ in range(12):
        if current is None or current in own or current.tag in ("body", "html", "main"):
            break
        marks = f"{current.get('class') or ''} {current.get('id') or ''}".lower()
        words = set(_CLASS_WORD.findall(marks))
        if words & _COMMENT_WORDS:
            return "comment"
        if (words & _TEASER_WORDS or _is_beside(current)) and not _BYLINE.search(marks):
            return "teaser"
        if current.tag in _ASIDE_TAGS or (words & _ASIDE_WORDS and not _BYLINE.search(marks)):
            verdict = "aside"
        if current.tag == "article":  # another piece than the one with the headline, or its own text
            around = takewhile(lambda ancestor: ancestor not in own, islice(current.iterancestors(), 12))
            return "teaser" if framed or any(map(_is_beside, around)) else verdict
        current = current.getparent()
    return verdict
