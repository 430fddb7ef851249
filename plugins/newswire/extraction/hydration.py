"""The article in the state that a page hands its scripts, for pages whose HTML is only a shell.

A state holds much beside the piece: teasers of others, menus, wording of buttons. The piece is the object that has a
headline and a long body, and whose address or headline is the page's own. Where the page names neither, a single object
of that sort is believed. The HTML of a page comes first: its text is taken from here only where it shows (nearly) none,
and a headline, a date or an author only where no structured data states one.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from newswire.extraction.jsonld import LinkedNode
from newswire.extraction.page import Page, parse
from newswire.extraction.page_state import State, decoded, read_states
from newswire.extraction.plaintext import letters
from newswire.extraction.rich_text import RichText, text_length
from newswire.extraction.state_article import (
    LONG_HEADLINE,
    MIN_BODY_CHARS,
    StateArticle,
    StateObject,
    has_headline,
    is_foreign,
    is_story,
    page_path,
)
from newswire.extraction.values import ExtractionError

# One sign is enough: the address or a part of it, or the headline, even where another address is named.
OWN = 4.0
# What an object loses that lies among other pieces.
FOREIGN = 3
# Without a sign that the object is the page's own, it has to be an article beyond doubt.
MIN_LONELY_CHARS = 600
# A title with fewer letters can be the site's name and nothing more.
SAYS_SOMETHING = 30
# Names of one piece that are believed: a true one has a handful (for readers, search engines, networks), and every object
# is compared with each.
MAX_NAMED = 20
# Bounds of the search: objects visited, depth, objects with a headline, objects whose body is read.
MAX_VISITED, MAX_LEVELS, MAX_HEADED, MAX_READ = 100_000, 60, 3_000, 40


class Hydration:
    """The states of a page, decoded only when they are asked for.

    Holds the script elements themselves, which keep their text when they leave the tree.
    """

    def __init__(
        self,
        page: Page,
        scripts: Sequence[HtmlElement],
        addresses: Sequence[str],
        titles: Sequence[str],
        own: LinkedNode | None,
    ) -> None:
        """`addresses` and `titles` are what the page calls itself, `own` is the JSON-LD of its piece."""
        self._scripts, self._source, self._own = scripts, page.text, own
        self._path = page_path(page.url)
        self._paths = frozenset(map(page_path, filter(None, (page.url, *addresses)))) - {""}
        self._titles = [key for title in titles if len(key := letters(title)) >= 4]

    @cached_property
    def article(self) -> StateArticle | None:
        """The page's own article, or None. Bounded in time and memory; never raises on the page's content."""
        writer = RichText(is_story)
        best: tuple[float, StateArticle] | None = None
        lonely: list[StateArticle] = []
        for state in read_states(self._scripts, self._source):
            for score, article in self._articles(state, writer):
                if score < OWN:
                    lonely.append(article)
                elif best is None or score > best[0]:
                    best = (score, article)
        return best[1] if best else self._only(lonely)

    @cached_property
    def linked_data(self) -> StateArticle | None:
        """The `articleBody` of the page's own JSON-LD: the whole text, but as a rule without its paragraphs."""
        body = self._own.data.get("articleBody") if self._own else None
        if self._own is None or not isinstance(body, str) or len(body) < MIN_BODY_CHARS:
            return None
        markup = RichText(is_story).as_html(body, lambda value: value)
        return StateArticle(self._own, markup, "", None, "json-ld:articleBody")

    def _articles(self, state: State, writer: RichText) -> Iterator[tuple[float, StateArticle]]:
        """The pieces in a state: those with a sign that they are the page's own, or else all of them."""
        objects = list(_objects(state))
        # The page's own title may be one for search engines: what bears its address tells the true one.
        named = {letters(one.headline) for one, _ in objects if one.bears(self._paths)}
        titles = [*self._titles, *sorted(title for title in named if len(title) >= LONG_HEADLINE)[:MAX_NAMED]]
        found = [
            (one.agreement(self._path, self._paths, titles) - FOREIGN * foreign, foreign, one)
            for one, foreign in objects
        ]
        found.sort(key=lambda one: -one[0])
        own = [one for one in found if one[0] >= OWN][:MAX_READ]
        said = [one.said() for _, _, one in own]
        for score, foreign, one in own or found[:MAX_READ]:
            # What the fullest object leaves out, another one for the same piece may say.
            if article := one.article(writer, said, foreign=foreign):
                yield score + (min(3.0, text_length(article.body) / 2_000) if own else 0.0), article

    def _only(self, articles: Sequence[StateArticle]) -> StateArticle | None:
        """The one article of a page that names neither its headline nor its address, where there is no second."""
        if not self._path or any(len(title) >= SAYS_SOMETHING for title in self._titles):
            return None
        if len({letters(str(one.node.data["headline"])) for one in articles}) != 1:
            return None
        best = max(articles, key=lambda one: text_length(one.body))
        return best if text_length(best.body) >= MIN_LONELY_CHARS and not best.node.foreign else None


def as_page(article: StateArticle, page: Page) -> Page | None:
    """The article as a page of its own, whose text is then found and repaired like that of any other.

    None where its markup cannot be parsed (nested too deep): the page is then judged by what it shows.
    """
    headline = html.escape(str(article.node.data.get("headline") or ""))
    lead = f'<p class="lead">{html.escape(article.lead)}</p>' if article.lead else ""
    language = html.escape(page.root.get("lang") or "")
    text = f'<html lang="{language}"><body><h1>{headline}</h1>{lead}<article>{article.body}</article></body></html>'
    try:
        return replace(page, text=text, root=parse(text))
    except ExtractionError:
        return None


def _objects(state: State) -> Iterator[tuple[StateObject, bool]]:
    """The objects of a state that have a headline, and whether they lie among other pieces."""
    levels: list[tuple[Any, int, bool]] = [(state.value, 0, False)]
    seen: set[int] = set()
    headed = 0
    kept: list[Any] = []  # what was decoded on the way lives as long as its identity is compared
    while levels and len(seen) < MAX_VISITED:
        value, level, foreign = levels.pop()
        if state.refs:
            value = state.look(value)
        if level > MAX_LEVELS or id(value) in seen:
            continue
        if isinstance(value, str):
            if len(value) < MIN_BODY_CHARS or value[:2] not in ('{"', "[{", '["'):
                continue
            # JSON in a string of JSON, as answers of servers are kept.
            seen.add(id(value))
            nested = decoded(value)
            value = nested[0] if nested else None
            kept.append(value)
        if not isinstance(value, dict | list):
            continue
        seen.add(id(value))
        if isinstance(value, list):
            levels += [(part, level + 1, foreign) for part in reversed(value) if type(part) in _WORTH]
            continue
        if headed < MAX_HEADED and has_headline(value) and (one := StateObject(value, state)).headline:
            headed += 1
            yield one, foreign
        levels += [
            (part, level + 1, foreign or is_foreign(key))
            for key, part in reversed(value.items())
            if type(part) in _WORTH and (part.__class__ is not str or len(part) >= MIN_BODY_CHARS or part[:1] == "$")
        ]


_WORTH = frozenset((dict, list, str))
