"""A byline that a template prints into a comment of its source, where readers do not see it: the last resort.

Only a comment that is a byline with a date and nothing else, once on the page and at a heading: "<!-- By A. Name -
22/07/18 -->". What caches and plugins write into comments says nothing of the piece.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newswire.extraction.plaintext import plain

_LEAD = r"(?:(?:written |posted |published )?by|von|par|por|door|автор(?:ка)?|від)\b"
# The lead first: a page has hundreds of other comments.
_COMMENT = re.compile(rf"<!--(\s*(?:<[^<>]{{0,80}}>\s*){{0,2}}{_LEAD}.{{6,250}}?)-->", re.IGNORECASE | re.DOTALL)
_BYLINE = re.compile(
    rf"{_LEAD}:?\s*(?P<name>[^\d<>:|]{{0,60}}?)"
    r"\s*(?:[-–—|,·/]|\bon\b)\s*(?P<date>[^<>]{6,40})",
    re.IGNORECASE,
)
_HEADING = re.compile(r"</?h[1-3]\b", re.IGNORECASE)
# The head of a piece: what a template prints between the headline and its byline is shorter.
_REACH = 2_000


@dataclass(frozen=True, slots=True)
class CommentByline:
    """The name ('' where only a date is given) and the date, both as written."""

    name: str
    date: str


def byline_in_comment(source: str) -> CommentByline | None:
    """The one byline with a date that stands in a comment at a heading; None where there is none, or several."""
    found: set[CommentByline] = set()
    for comment in _COMMENT.finditer(source):
        match = _BYLINE.fullmatch(plain(comment.group(1), 300).strip())
        if match is None or not any(letter.isdigit() for letter in match["date"]):
            continue
        if _HEADING.search(source[max(0, comment.start() - _REACH) : comment.end() + _REACH]):
            found.add(CommentByline(match["name"].strip(), match["date"].strip()))
    return found.pop() if len(found) == 1 else None
