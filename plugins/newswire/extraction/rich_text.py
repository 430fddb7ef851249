"""Text that a page's state holds, as HTML: strings with or without markup, and trees of blocks.

Content systems keep a text as HTML, as a list of paragraphs, or as a document of nodes (Draft.js, ProseMirror, Slate,
Portable Text, Contentful, Editor.js, Gutenberg, Arc …). They name their parts differently and build them alike: a node
says its type, and holds its text, or the nodes below it. That much is read here, and nothing that only one of them has.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from newswire.extraction.page_state import decoded

# Documents nest a list in a quote in a column, not deeper; each level of a node takes up to three of these.
MAX_LEVELS = 24
# Nodes that are read on one page, and characters that weigh as much as a node: together at most three million characters,
# however often a page refers to the same text. A long article has some hundred nodes.
MAX_PARTS, CHARS_PER_PART = 60_000, 50

Look = Callable[[Any], Any]

_MARKUP = re.compile(
    r"</?(?:p|a|b|i|u|em|strong|br|span|div|h[1-6]|ul|ol|li|blockquote|figure|img|section|article)\b", re.I
)
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,5});", re.I)
_ESCAPED = re.compile(r"&lt;/?(?:p|br|div|strong|em|a)\b", re.I)
_BLOCK = re.compile(r"<(?:p|div|h[1-6]|ul|ol|li|blockquote|table|section|article|figure|pre)\b", re.I)
_TAG = re.compile(r"<[^<>]*>")
_BREAKS = re.compile(r"\n+")
_NO_KEY = re.compile(r"[^a-z0-9]")
_HEADING = re.compile(r"head(?:er|ing|line)?|title|subtitle|crosshead|zwischentitel|h[1-6]")
# What stands in the line of a paragraph.
_INLINE = re.compile(r"text|span|link|hyperlink|a|strong|em|b|i|u|mark|br|hardbreak|linebreak|inline\w*")
_LEAF = re.compile(r"text|span|textnode|textrun|string")
# Nodes that stand in a text and are none of it.
_NO_TEXT = re.compile(
    r"image|img|photo|picture|video|audio|gallery|embed|related|recommend|teaser|readmore|readalso|newsletter|advert|banner"
    r"|poll|widget|social|tweet|instagram|youtube|iframe|^script|^style|promo|interstitial|podcast|linklist|caption|author"
    r"|byline|infobox|rawhtml|divider|spacer|^ads?$|code"
)
# Where a node keeps its own text, and where the nodes below it, in the order in which they are asked.
_TEXTS = (
    "text", "html", "htmltext", "texthtml", "textcontent", "content", "value", "body", "markup", "rendered", "processed",
    "plaintext", "paragraph", "richtext", "string", "raw", "data",
)  # fmt: skip
_NODES = (
    "children", "content", "contents", "blocks", "innerblocks", "contentelements", "elements", "items", "nodes", "edges",
    "node", "paragraphs", "parts", "sections", "components", "modules", "widgets", "fields", "body", "text", "richtext",
    "rich", "json", "document", "root", "doc", "value", "data", "attributes", "attrs", "props", "model", "article",
)  # fmt: skip


@lru_cache(maxsize=8_192)
def spelling(key: str) -> str:
    """A key in small letters and digits only; what a query language adds in brackets is cut off."""
    return _NO_KEY.sub("", key[:80].partition("(")[0].lower())


def text_length(markup: str) -> int:
    """The characters of a piece of HTML without its tags."""
    return len(_TAG.sub("", markup)) if "<" in markup else len(markup)


class RichText:
    """Writes bodies as HTML: all those of one page, so that their number is bounded."""

    def __init__(self, is_story: Callable[[Mapping[str, Any]], bool]) -> None:
        """`is_story` tells nodes that are other pieces, which are left out."""
        self.look: Look = lambda value: value
        self.is_story, self.left = is_story, MAX_PARTS

    def as_html(self, value: Any, look: Look) -> str:
        """A body as HTML paragraphs; '' where it holds no text. `look` follows references."""
        self.look = look
        return "\n".join(self._blocks(value, 0))

    def may_go_on(self) -> bool:
        """Whether the bound is not reached yet; asked once for each value that is looked at, which counts."""
        self.left -= 1
        return self.left >= 0

    def _spent(self, value: Any, level: int) -> bool:
        self.left -= 1 + (len(value) // CHARS_PER_PART if isinstance(value, str) else 0)
        return level > MAX_LEVELS or self.left < 0

    def _blocks(self, value: Any, level: int) -> Iterator[str]:
        value = self.look(value)
        if self._spent(value, level):
            return
        if isinstance(value, str):
            nested = decoded(value) if value[:1] in ("{", "[") else None  # Draft.js and others, kept as a string
            if nested is not None:
                yield from self._blocks(nested[0], level + 1)
            else:
                yield from _paragraphs(value)
        elif isinstance(value, list):
            if _is_run(value):
                yield from _paragraph(self._inline(value, level + 1))
                return
            for part in value:
                yield from self._blocks(part, level + 1)
        elif isinstance(value, dict):
            yield from self._node(value, level)

    def _node(self, node: Mapping[str, Any], level: int) -> Iterator[str]:
        kind = kind_of(node)
        if _NO_TEXT.search(kind) or (level > 0 and self.is_story(node)):
            return
        fields = {spelling(key): self.look(part) for key, part in node.items()}
        if kind in ("listitem", "li") or kind.startswith(("unorderedlistitem", "orderedlistitem")):
            yield f"<ul><li>{self._inline(node, level)}</li></ul>"
        elif _HEADING.match(kind) and kind not in ("head",):
            yield f"<h2>{self._inline(node, level)}</h2>"
        elif kind in ("paragraph", "p", "blockquote", "quote") and not _holds_blocks(node):
            yield from _paragraph(self._inline(node, level))
        elif (text := _own_text(fields)) is not None:
            if not self._spent(text, level):
                yield from _paragraphs(text)
        else:
            for name in _NODES:
                below = fields.get(name)
                if isinstance(below, dict | list) and below:
                    if name == "children" and isinstance(below, list) and _is_run(below):
                        yield from _paragraph(self._inline(below, level + 1))
                    else:
                        yield from self._blocks(below, level + 1)
                    return

    def _inline(self, value: Any, level: int) -> str:
        """The running text of a node, with its links: whether a line is linked says whether it is part of the text."""
        value = self.look(value)
        if self._spent(value, level):
            return ""
        if isinstance(value, str):
            return _inline_html(value)
        if isinstance(value, list):
            return "".join(self._inline(part, level + 1) for part in value)
        if not isinstance(value, dict):
            return ""
        kind = kind_of(value)
        if kind in ("hardbreak", "linebreak", "br"):
            return "<br>"
        if kind not in ("code", "blockcode") and _NO_TEXT.search(kind):
            return ""
        fields = {spelling(key): self.look(part) for key, part in value.items()}
        text = _own_text(fields)
        if text is not None:
            written = _inline_html(text)
        else:
            names = (name for name in _NODES if isinstance(part := fields.get(name), dict | list) and part)
            written = self._inline(fields[name], level + 1) if (name := next(names, None)) else ""
        return f'<a href="#">{written}</a>' if kind in ("hyperlink", "link", "a") and written else written


def kind_of(node: Mapping[str, Any]) -> str:
    """What a node calls its type, in small letters ('' where it does not say)."""
    for key in ("nodeType", "_type", "type", "blockType", "__typename", "__component", "component", "tagName", "name"):
        value = node.get(key)
        if isinstance(value, str) and 0 < len(value) <= 60:
            if value in ("element", "tag", "node"):
                continue
            return spelling(value.rsplit("/", 1)[-1])
    return ""


_TEXT_NAME = re.compile(r"(?!alt|button|link|cta|label|copyright|credit|caption|teaser|share|seo)\w*(?:html|text)")


def _own_text(fields: Mapping[str, Any]) -> str | None:
    for name in _TEXTS:
        value = fields.get(name)
        if isinstance(value, str) and (value.strip() or name == "text"):
            return value
    for name, value in fields.items():  # innerHtml, articleText
        if isinstance(value, str) and value.strip() and _TEXT_NAME.fullmatch(name):
            return value
    return None


def _is_run(value: list[Any]) -> bool:
    """Whether a list is the running text of one paragraph: leaves of text, some of them in a link."""
    if not value or not all(isinstance(part, dict) and not _has_blocks(part.get("text")) for part in value):
        return False
    leaves = sum(
        isinstance(part.get("text"), str) and _LEAF.fullmatch(kind_of(part) or "text") is not None for part in value
    )
    if leaves == len(value):
        # Paragraphs end like sentences; the leaves of one paragraph break off in it.
        return len(value) > 1 and any(
            not part["text"].rstrip().endswith((".", "!", "?", "»", "”", '"')) for part in value[:-1]
        )
    return leaves > 0 and all(_INLINE.fullmatch(kind_of(part) or "text") for part in value)


def _has_blocks(text: object) -> bool:
    return isinstance(text, str) and _BLOCK.search(text) is not None


def _holds_blocks(node: Mapping[str, Any]) -> bool:
    """Whether a quote or a component that calls itself a paragraph holds whole paragraphs."""
    below = node.get("children") or node.get("content") or node.get("items")
    return (
        isinstance(below, list)
        and bool(below)
        and all(isinstance(part, dict) and kind_of(part) in ("paragraph", "p", "text") for part in below)
        and not all(isinstance(part, dict) and kind_of(part) == "text" for part in below)
    )


def _paragraph(markup: str) -> Iterator[str]:
    if markup.strip():
        yield markup if _BLOCK.search(markup) else f"<p>{markup}</p>"


def _paragraphs(text: str) -> Iterator[str]:
    if _ESCAPED.search(text):
        text = html.unescape(text)
    if _MARKUP.search(text):
        yield from _paragraph(text)
    else:
        for part in _BREAKS.split(text):
            yield from _paragraph(_inline_html(part))


def _inline_html(text: str) -> str:
    return text if _MARKUP.search(text) or _ENTITY.search(text) else html.escape(text, quote=False)
