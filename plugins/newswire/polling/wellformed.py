"""From what a server sent to XML that a strict parser takes, repaired step by step and told what was done.

Each step is tried only when the one before did not suffice: most feeds are well-formed and pass after one look of expat
(100 MB/s). expat is used as a judge here; it never sees a document type, so it has nothing to expand or to load.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.parsers import expat

from newswire.polling.entities import drop_blocks, expand, mend_references, split_cdata, split_doctype

# Feeds with XHTML content nest some 30 deep; trees of 100,000 are built to exhaust stacks.
MAX_DEPTH = 256
# A URL has an end; attributes of megabytes are attacks. Beyond this the value is emptied.
_MAX_ATTRIBUTE = 65_536

# What XML 1.0 forbids, and the C1 controls that open terminal sequences (DCS, CSI, OSC); the other C1 controls are
# windows-1252 punctuation in a wrong place, which feedparser puts right.
_ILLEGAL = re.compile("[^\t\n\r\x20-\x8f\x91-\x9a\x9c\x9e-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(rss|rdf|feed|urlset|sitemapindex|channel)(?=[\s/>])", re.IGNORECASE)
_HTML = re.compile(r"<!DOCTYPE\s+html\b|<html[\s>]", re.IGNORECASE)
_DECLARATION = re.compile(r"<\?xml\b[^>]{0,300}\?>")
_PREFIXED = re.compile(r"</?([A-Za-z_][\w.-]*):[\w.-]+|\s([A-Za-z_][\w.-]*):[\w.-]+\s*=")
_DECLARED = re.compile(r"\sxmlns:([A-Za-z_][\w.-]*)\s*=\s*[\"']([^\"']*)[\"']")
_LEAVES = (
    "title|link|description|summary|content:encoded|content|guid|id|pubDate|published|updated|author|name|category|"
    "comments|dc:creator|dc:date|dc:title|dc:description|dc:subject|yandex:full-text|full-text|media:title|"
    "media:description|turbo:content|copyright|itunes:summary|itunes:subtitle|subtitle"
)
_LEAF_START = re.compile(rf"<({_LEAVES})(\s[^<>]*)?(?<!/)>")
_LONG_ATTRIBUTE = re.compile(f'="[^"<]{{{_MAX_ATTRIBUTE},}}"')
_UNQUOTED = re.compile(
    r"(<[A-Za-z][\w:.-]*(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*\s+[\w:.-]+\s*=)\s*([^\s\"'<>=]+)"
)
_ITEM = re.compile(r"<(?:[\w.-]+:)?(item|entry)(?=[\s>])", re.IGNORECASE)
_ITEM_END = re.compile(r"</(?:[\w.-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_URL, _URL_END = re.compile(r"<(?:[\w.-]+:)?url(?=[\s>])"), re.compile(r"</(?:[\w.-]+:)?url\s*>")

# Prefixes that feeds use without declaring them, with the namespaces that they mean
NAMESPACES = {
    "rss": "http://backend.userland.com/rss2",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "yandex": "http://news.yandex.ru",
    "turbo": "http://turbo.yandex.ru",
    "georss": "http://www.georss.org/georss",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "xlink": "http://www.w3.org/1999/xlink",
}


class TooDeep(ValueError):  # noqa: N818 - a verdict about a document, not a fault
    """Elements are nested deeper than MAX_DEPTH."""


@dataclass(frozen=True, slots=True)
class Document:
    """XML text without declaration and document type. `strict` is False where only a lenient parser may cope with it.
    `root` is the local name of the root in lower case, "" where there is no feed in it; `is_html` says it is a page.
    """

    text: str
    root: str
    is_html: bool
    strict: bool
    problems: tuple[str, ...]


def mend(text: str) -> Document:
    """Bring `text` (decoded) as near to well-formed XML as it takes. Raises EntityBomb, TooDeep."""
    problems: list[str] = []
    if _ILLEGAL.search(text):
        text, count = _ILLEGAL.subn("", text)
        problems.append(f"{count} characters that XML forbids removed")
    root = _ROOT.search(text)
    page = _HTML.search(text[: root.start()] if root else text)
    if root is None or (page is not None and page.start() < root.start()):
        return Document(text, "", page is not None, strict=False, problems=tuple(problems))
    text, start = _cut_prolog(text, root.start(), problems)
    doctype = None
    if "<!DOCTYPE" in text[: start + 9].upper() or "<!ENTITY" in text[:start].upper():
        text, doctype = split_doctype(text)
    if doctype and "<!ENTITY" in doctype.upper():
        text = expand(text, doctype)
        problems.append("entities of the document type resolved here")
    if len(text) > 1_000_000:  # only a big document can hold one; the search costs a pass
        text, count = _LONG_ATTRIBUTE.subn('=""', text)
        if count:
            problems.append(f"{count} attribute values beyond {_MAX_ATTRIBUTE} characters emptied")
    name = root.group(1).lower()
    if error := _fault(text):
        for step, done in _STEPS:
            mended = step(text)
            if mended != text:
                text = mended
                problems.append(done)
                error = _fault(text)
                if not error:
                    break
        if error:
            problems.append(f"not well-formed: {error}")
    return Document(text, name, is_html=False, strict=not error, problems=tuple(problems))


def _cut_prolog(text: str, root: int, problems: list[str]) -> tuple[str, int]:
    """Cut what stands before the document, and the XML declaration, whose encoding is no longer true."""
    declaration = _DECLARATION.search(text[:root])
    doctype = re.search(r"<!DOCTYPE\b", text[:root], re.IGNORECASE)
    begin = min((m.start() for m in (declaration, doctype) if m), default=root)
    junk = text[:begin]
    if junk.strip():
        # Comments and stylesheets may stand before the root; only other text is junk
        rest = drop_blocks(drop_blocks(junk, "<!--", "-->"), "<?", "?>").strip()
        if rest:
            problems.append(f"{len(rest)} characters before the document cut")
    text = text[begin:]
    if declaration:
        text = text[declaration.end() - begin :]
        begin = declaration.end()
    return text, max(0, root - begin)


def _fault(text: str) -> str:
    """What expat finds wrong, "" if nothing. Raises TooDeep."""
    depth = 0

    def start(_name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise TooDeep(f"more than {MAX_DEPTH} nested elements")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate("utf-8", "\x1f")
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError as error:
        return f"{expat.ErrorString(error.code)}, line {error.lineno}"
    return ""


def _declare_prefixes(text: str) -> str:
    """Declare at the root every prefix that is used; a declaration further in still wins."""
    used = {a or b for a, b in _PREFIXED.findall(text)} - {"xml", "xmlns"}
    root = _ROOT.search(text)
    if root is None:
        return text
    close = text.find(">", root.end())
    head = text[root.start() : close]
    here = dict(_DECLARED.findall(head))
    missing = sorted(used - set(here))
    if not missing or close < 0:
        return text
    known = dict(_DECLARED.findall(text)) | NAMESPACES
    added = "".join(f' xmlns:{prefix}="{known.get(prefix) or "urn:undeclared:" + prefix}"' for prefix in missing)
    return text[: root.end()] + added + text[root.end() :]


def _cut_tail(text: str) -> str:
    """Cut what follows the end of the root."""
    root = _ROOT.search(text)
    name = re.match(r"<([\w.:-]+)", text[root.start() :]) if root else None
    if name is None:
        return text
    end = text.rfind(f"</{name.group(1)}")
    close = text.find(">", end)
    return text[: close + 1] if end >= 0 and close >= 0 else text


def _mend_markup(text: str) -> str:
    """Escape what is no reference, no tag and no end of CDATA outside CDATA; drop processing instructions inside."""
    text = mend_references(text)
    parts = split_cdata(text)
    for i, part in enumerate(parts):
        if not part.startswith("<![CDATA["):
            part = part.replace("]]>", "]]&gt;")
            part = re.sub(r"<\?xml\b[^<>]{0,300}\?>", "", part)
            part = re.sub(r"<(?![A-Za-z_/!?])", "&lt;", part)
            parts[i] = _UNQUOTED.sub(r'\1"\2"', part)
    return "".join(parts)


def _wrap_leaves(text: str) -> str:
    """Escape raw HTML inside elements that hold text: <description><p>one<br>two</description>."""
    kept: list[str] = []
    position = 0
    never_closed: set[str] = set()
    while match := _LEAF_START.search(text, position):
        name, attributes = match.group(1), match.group(2) or ""
        end = -1 if name in never_closed else text.find(f"</{name}", match.end())
        if end < 0:
            never_closed.add(name)
        inner = text[match.end() : end] if end >= 0 else ""
        is_markup = "xhtml" in attributes or "<name" in inner or inner.lstrip().startswith("<![CDATA[")
        if "<" not in inner or is_markup or _ITEM.search(inner):  # an entry inside: this element was never closed
            kept.append(text[position : match.end()])
            position = match.end()
            continue
        parts = (part if part.startswith("<![CDATA[") else part.replace("<", "&lt;") for part in split_cdata(inner))
        kept += (text[position : match.end()], *parts)
        position = end
    return "".join((*kept, text[position:]))


def _close_open(text: str) -> str:
    """A document that was cut off: keep the complete items and close what is open."""
    root = _ROOT.search(text)
    name = re.match(r"<([\w.:-]+)", text[root.start() :]) if root else None
    if name is None or re.search(rf"</{re.escape(name.group(1))}\s*>\s*$", text):
        return text
    is_map = name.group(1).endswith("urlset")
    ends = [m.end() for m in (_URL_END if is_map else _ITEM_END).finditer(text)]
    first = (_URL if is_map else _ITEM).search(text)
    keep = text[: ends[-1]] if ends else text[: first.start()] if first else text
    has_channel = re.search(r"<channel[\s>]", keep) and not re.search(r"</channel\s*>", keep)
    return keep + ("</channel>" if has_channel else "") + f"</{name.group(1)}>"


def close_leaves(piece: str) -> str:
    """Close the text elements of one entry that never end, where the next element begins; and the entry itself."""
    kept: list[str] = []
    position = 0
    while match := _LEAF_START.search(piece, position):
        kept.append(piece[position : match.end()])
        position = match.end()
        if piece.find(f"</{match.group(1)}", position) < 0:
            following = piece.find("<", position)
            following = len(piece) if following < 0 else following
            kept.append(piece[position:following] + f"</{match.group(1)}>")
            position = following
    piece = "".join((*kept, piece[position:]))
    opened = _ITEM.match(piece)
    name = opened.group().lstrip("<") if opened else ""
    return piece if not name or f"</{name}" in piece else f"{piece}</{name}>"


def split_items(text: str, root: str) -> tuple[str, list[str], str]:
    """Cut a feed into (head, one piece per entry, tail) without parsing it, for salvage and for the cap on entries.

    The head ends before the first entry, the tail begins behind the last; a piece may be damaged, but holds one entry.
    """
    start, end = (_URL, _URL_END) if root == "urlset" else (_ITEM, _ITEM_END)
    starts = [m.start() for m in start.finditer(text)]
    if not starts:
        return text, [], ""
    pieces = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    ends = list(end.finditer(pieces[-1]))
    tail = pieces[-1][ends[-1].end() :] if ends else ""
    pieces[-1] = pieces[-1][: ends[-1].end()] if ends else pieces[-1]
    return text[: starts[0]], pieces, tail


_STEPS = (
    (_declare_prefixes, "undeclared namespace prefixes declared"),
    (_mend_markup, "references and stray markup escaped"),
    (_cut_tail, "text after the end of the document cut"),
    (_close_open, "document was cut off; complete entries kept"),
    (_wrap_leaves, "raw HTML inside text elements escaped"),
)
