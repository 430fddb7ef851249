"""The containers of a page: where the article is, and where the comments are.

trafilatura asks for them by XPath expressions with regular expressions in them; libxml2 calls back into Python for each
test on each element, thousands of times a page. Here one walk reads the attributes, and what a class or an id says is
remembered by its text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lxml.etree import XPath  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]
from trafilatura import xpaths

# Distinct class and id texts that are remembered: those of some dozens of outlets.
REMEMBERED = 8_192


def any_of(*tokens: str) -> re.Pattern[str]:
    """One pattern of trafilatura's words."""
    return re.compile("|".join(tokens))


# What BODY_XPATH looks for, in its order; its second expression takes the first <article>.
_BODY_CLASS = any_of(*xpaths._ARTICLE_CONTENT_CLASS_TOKENS)
_BODY_ID = any_of(*xpaths._ARTICLE_CONTENT_ID_TOKENS)
_STORY_CLASS = any_of("(?i:fulltext)", *xpaths._STORY_CLASS_TOKENS)
_STORY_ID = any_of(*xpaths._STORY_ID_TOKENS)
_MAIN_CLASS = any_of(*xpaths._MAIN_CONTENT_CLASS_TOKENS, "[Mm]ain-[Cc]ontent", "[Pp]age-[Cc]ontent")
_MAIN_ID = any_of(*xpaths._MAIN_CONTENT_ID_TOKENS, "[Mm]ain-[Cc]ontent")
_ARTICLE, _STORY, _CONTENT, _MAIN = 1, 2, 3, 4
_STAGES = 5
_COMMENTS_CLASS = any_of(xpaths._COMMENTS_CLASS)
_COMMENTS_ID = any_of(f"^(?:{xpaths._COMMENTS_ID})")
_COMMENTS_WORD = re.compile(
    r"(?:^|\s|(?<!no)(?<!has)(?<!with)(?<!show)[_-])comments?(?:$|\s|[_-](?!open|closed|off|on\b|enabled|disabled))",
    re.IGNORECASE,
)
_HOLDS_COMMENTS = ("article", "div", "list", "section", "details", "ol", "ul")
# Every name of comments that is known has one of these.
_COMMENT_MARKS = ("omment", "comol", "disqus_thread", "dsq-comments")
# What RAW_TREE_PRUNE_XPATH matches (appended articles, share bars) has one of these in its class or id; nearly no page has.
_APPENDED = ("nfinite", "mvp-post-add", "elementor-share-buttons")
_LENGTH = XPath("string-length()")


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


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside an article: comments, and whether other articles or share bars may be appended to it."""

    comments: tuple[HtmlElement, ...]
    appended: bool


def beside_the_article(tree: HtmlElement) -> Beside:
    """Comments are the elements that REMOVE_COMMENTS_AND_LISTS_XPATH finds, and others with "comments" among their words.

    trafilatura knows names that begin so. Of the latter, none held a part of an article on the development pages; what
    holds most of the page is kept nevertheless.
    """
    found = []
    names: list[str] = []
    most = 0.0
    for element in tree.iterdescendants("aside", *_HOLDS_COMMENTS):
        name, identity = element.get("class") or "", element.get("id") or ""
        names += (name, identity)
        if element.tag == "aside":
            continue
        if "omment" not in name and not (identity and any(map(identity.__contains__, _COMMENT_MARKS))):
            continue
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
    joined = "\n".join(names)
    return Beside(tuple(found), any(map(joined.__contains__, _APPENDED)))


@lru_cache(maxsize=REMEMBERED)
def _class_stages(name: str) -> int:
    """The expressions of BODY_XPATH that a class satisfies, one bit each."""
    return (
        (name in ("post", "entry") or _BODY_CLASS.search(name) is not None)
        | (name in ("postarea", "art-postcontent", "text", "cell", "story") or _STORY_CLASS.search(name) is not None)
        << _STORY
        | (name == "content" or _MAIN_CLASS.search(name) is not None) << _CONTENT
    )


@lru_cache(maxsize=REMEMBERED)
def _id_stages(name: str) -> int:
    return (
        (name == "articleContent" or _BODY_ID.search(name) is not None)
        | (name in ("article", "story") or _STORY_ID.search(name) is not None) << _STORY
        | (name == "content" or _MAIN_ID.search(name) is not None) << _CONTENT
    )
