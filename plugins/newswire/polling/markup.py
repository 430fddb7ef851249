"""From the markup of a feed to text: titles, summaries, autodiscovery. Linear time on any input."""

from __future__ import annotations

import re
from html import unescape

from newswire.text import clean, one_line

# Only names of HTML elements are markup in a title; "x<y and z>w" is mathematics.
_ELEMENTS = (
    "a|abbr|acronym|address|article|aside|audio|b|base|bdi|bdo|big|blockquote|body|br|button|canvas|caption|center|cite|"
    "code|col|colgroup|dd|del|details|dfn|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|h[1-6]|head|"
    "header|hr|html|i|iframe|img|input|ins|kbd|label|legend|li|link|main|map|mark|meta|nav|nobr|noindex|noscript|object|"
    "ol|optgroup|option|p|param|picture|pre|q|s|samp|script|section|select|small|source|span|strike|strong|style|sub|"
    "summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|tt|u|ul|var|video|wbr"
)
_TAG = re.compile(rf"<(/?)({_ELEMENTS})(?=[\s/>])[^<>]{{0,8192}}>", re.IGNORECASE)
_INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i",
        "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub",
        "sup", "time", "tt", "u", "var", "wbr",
    }
)  # fmt: skip
_SILENT = re.compile(r"<(script|style|template|noscript|textarea|select|svg|!--)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LINK = re.compile(r"<link\b([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-zA-Z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_FEED_TYPE = re.compile(
    r"application/(?:rss\+xml|atom\+xml|rdf\+xml|feed\+json|json)|text/xml|application/xml", re.IGNORECASE
)

# A summary is a summary: what is longer is full text, which is kept apart as content_html.
MAX_SUMMARY_MARKUP = 100_000


def text_of(markup: str) -> str:
    """Return the text of HTML: elements stripped once, entities decoded once, blocks as line breaks.

    What was escaped twice stays visible as text ("<b>"), and so is harmless: nobody decodes it again.
    """
    if "<" in markup:
        markup = _TAG.sub(lambda m: "" if m.group(2).lower() in _INLINE else "\n", _drop_silent(markup))
    if "&" in markup:
        markup = _ENTITY.sub(lambda m: unescape(m.group()), markup)
    lines = (" ".join(line.split()) for line in clean(markup).split("\n"))
    return "\n".join(line for line in lines if line)


def title_of(markup: str) -> str:
    """Return a title as one line of text."""
    return one_line(text_of(markup)) if "<" in markup or "&" in markup else one_line(markup)


def _drop_silent(markup: str) -> str:
    """Drop what is never shown with its content: scripts, styles, comments. One that never ends is text."""
    if _SILENT.search(markup) is None:
        return markup
    lowered = markup.lower()
    if len(lowered) != len(markup):  # a letter whose lower case is longer would shift the positions
        lowered = markup
    kept: list[str] = []
    position = 0
    while match := _SILENT.search(markup, position):
        name = match.group(1).lower()
        end = lowered.find("-->" if name == "!--" else f"</{name}", match.end())
        if end < 0:
            break
        kept.append(markup[position : match.start()])
        close = markup.find(">", end)
        position = close + 1 if close >= 0 else len(markup)
    return "".join((*kept, markup[position:]))


def feed_links(page: str) -> list[str]:
    """Return the href values of the feeds that an HTML page announces in link elements, in order."""
    found: list[str] = []
    for link in _LINK.finditer(page[:262_144]):
        attributes = {
            m.group(1).lower(): m.group(2) or m.group(3) or m.group(4) or "" for m in _ATTRIBUTE.finditer(link.group(1))
        }
        if "alternate" in attributes.get("rel", "").lower() and _FEED_TYPE.match(attributes.get("type", "")):
            href = unescape(attributes.get("href", "")).strip()
            if href and href not in found:
                found.append(href)
    return found[:20]
