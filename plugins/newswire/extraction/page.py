"""One page, decoded and parsed once; every other module of this room reads this value and leaves the tree as it is, but
for the last one, which takes the text out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import lxml.html  # type: ignore[import-untyped]
from lxml import etree
from lxml.html import HtmlElement

from newswire.decoding import decode
from newswire.extraction.values import ExtractionError, FeedHints
from newswire.ledger import Reason

# The largest of 1,226 real news pages is 3.3 MB of HTML; beyond this the text cannot be worth the seconds it costs.
MAX_BYTES = 12_000_000
# The C0 and C1 controls that are no white space: libxml2 ends the document at NUL, and none of them is text.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
# The same in UTF-8. Nearly no page has one, and bytes are asked many times as fast as the pattern.
_CONTROL_BYTES = bytes((*range(9), 0x0B, *range(0x0E, 0x20), 0x7F))
_C1_BYTES = re.compile(rb"\xc2[\x80-\x84\x86-\x9f]")
_TOO_DEEP = "Excessive depth"
# lxml.html asks a Python function for the class of every element that is touched, thousands of times a page; nothing
# here needs its classes of forms and inputs, so all elements are plain ones.
_CLASSES = etree.ElementDefaultClassLookup(element=HtmlElement)
# What can only follow after a title that was left open.
_AFTER_TITLE = re.compile(r"</head|<(?:body|meta|link|script|style|base|main|article|h1|div)\b", re.IGNORECASE)
# Two thousand attributes cost nothing yet, a hundred thousand forty seconds; they take up at least this many bytes.
_MOST_ATTRIBUTES = 2_000
_LONG_TAG = 6_000
# What may stand before the root element of a document. Nothing of it is given back: white space and comments can be
# parted in as many ways as there are, so that thirty blanks would cost half a minute.
_ROOT = re.compile(rb"(?:\s++|<\?[^>]*+>|<!--.*?-->|<!doctype[^>]*+>)*+<([a-z][\w:.-]*)", re.IGNORECASE | re.DOTALL)
_FEEDS = frozenset((b"rss", b"feed", b"rdf:rdf", b"urlset", b"sitemapindex"))
# In code every twentieth character is one of these; prose has a tenth of that.
_CODE_MARKS = b"{}();="
_CODE_SHARE = 0.05
_HTML_TYPES = ("text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/plain")
# (first bytes, what they are): files served under a wrong content type. Source: the WHATWG MIME sniffing tables.
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"PK\x03\x04", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"ID3", "mp3"),
    (b"OggS", "ogg"),
    (b"fLaC", "flac"),
    (b"\x1aE\xdf\xa3", "webm"),
    (b"wOFF", "font"),
    (b"wOF2", "font"),
    (b"\xd0\xcf\x11\xe0", "office document"),
    (b"{\\rtf", "rtf"),
    (b"%!PS", "postscript"),
    (b"\x7fELF", "program"),
    (b"\x00\x00\x01\x00", "icon"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """A response body as the extraction sees it. `root` is shared by all readers; only the last may change it."""

    url: str
    text: str
    encoding: str
    encoding_source: str
    repaired: bool
    root: HtmlElement
    size: int
    content_type: str | None = None
    fetched_at: datetime | None = None
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    feed: FeedHints = field(default_factory=FeedHints)
    outlet_zone: str | None = None


def media_kind(body: bytes, content_type: str | None) -> str | None:
    """Name what a body is when it is no HTML, from its first bytes and the declared type; None when it may be HTML."""
    head = body[:16].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, name in _MAGIC:
        if body.startswith(magic) or head.startswith(magic):
            return name
    if body[4:8] == b"ftyp":
        return "mp4"
    if body[:4] == b"RIFF" and body[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return body[8:12].decode("ascii").strip().lower()
    declared = (content_type or "").split(";", 1)[0].strip().lower()
    if declared and "/" in declared and declared not in _HTML_TYPES:
        # A page under a wrong type is still a page when it opens like one.
        if declared.startswith(("text/", "application/octet-stream", "application/xhtml")) and _opens_like_html(body):
            return None
        return declared
    if head[:1] in (b"{", b"[") and b"<html" not in body[:2048].lower():
        return "json"
    opening = body[:8192]
    root = _ROOT.match(opening.removeprefix(b"\xef\xbb\xbf"))
    if root is not None:
        element = root.group(1).lower()
        return "feed" if element in _FEEDS else "svg" if element == b"svg" else None
    marks = sum(map(opening.count, (bytes((mark,)) for mark in _CODE_MARKS)))
    return "code" if b"<" not in opening and marks > _CODE_SHARE * len(opening) else None


def _opens_like_html(body: bytes) -> bool:
    return re.search(rb"<(!doctype\s+html|html|head|body)\b", body[:4096], re.IGNORECASE) is not None


def open_page(
    body: bytes,
    url: str,
    content_type: str | None = None,
    fetched_at: datetime | None = None,
    *,
    status: int | None = None,
    headers: Mapping[str, str] | None = None,
    feed: FeedHints | None = None,
    outlet_zone: str | None = None,
) -> Page:
    """Decode and parse a body.

    Raises `ExtractionError` with TOO_LARGE, NON_HTML, EMPTY or DEPTH; nothing else, whatever the bytes are.
    """
    if len(body) > MAX_BYTES:
        raise ExtractionError(Reason.TOO_LARGE, f"{len(body)} bytes")
    if media := media_kind(body, content_type):
        raise ExtractionError(Reason.NON_HTML, media)
    decoded = decode(body, content_type=content_type, kind="html")
    root = parse(decoded.text, decoded.utf8)
    return Page(
        url=url,
        text=decoded.text,
        encoding=decoded.encoding,
        encoding_source=decoded.source,
        repaired=decoded.repaired,
        root=root,
        size=len(body),
        content_type=content_type,
        fetched_at=fetched_at,
        status=status,
        headers={name.lower(): value for name, value in (headers or {}).items()},
        feed=feed or FeedHints(),
        outlet_zone=outlet_zone,
    )


def _close_title(text: str, data: bytes) -> str:
    """Close a title element (or text area) that nobody closed: by the rules of HTML it would swallow the page.

    `data` is the text in UTF-8, in which a search without regard to case is cheap.
    """
    lowered = data.lower()
    for name in ("title", "textarea"):
        if f"<{name}".encode() not in lowered or f"</{name}>" in text:
            continue
        opened = re.search(rf"<{name}\b[^<>]*>", text, re.IGNORECASE)
        if opened is None or re.search(rf"</{name}\s*>", text[opened.end() :], re.IGNORECASE):
            continue
        end = _AFTER_TITLE.search(text, opened.end()) or re.compile(r"<|$").search(text, opened.end())
        at = end.start() if end else len(text)
        text = f"{text[:at]}</{name}>{text[at:]}"
    return text


def _without_floods(data: bytes) -> bytes:
    """Take the attributes off start tags that have thousands: libxml2 compares each with all before it, for minutes."""
    if not any(data[at : at + 1].isalpha() and b">" not in data[at : at + _LONG_TAG] for at in _gaps(data, _LONG_TAG)):
        return data
    pieces = data.split(b"<")
    for i, piece in enumerate(pieces):
        if len(piece) < _LONG_TAG or not piece[:1].isalpha():
            continue
        tag, end, rest = piece.partition(b">")
        if len(tag) < _LONG_TAG:
            continue
        bare = 0 if b'"' in tag or b"'" in tag else len(tag.split())
        if tag.count(b"=") > _MOST_ATTRIBUTES or bare > _MOST_ATTRIBUTES:
            pieces[i] = tag.split(None, 1)[0] + end + rest
    return b"<".join(pieces)


def _gaps(data: bytes, length: int) -> Iterator[int]:
    """Where at least `length` bytes in a row begin that hold no "<", as in scripts and in tags with a flood of attributes.

    It leaps from the end of each window back to the last "<" in it.
    """
    at = 0
    while at + length <= len(data):
        last = data.rfind(b"<", at, at + length)
        if last < 0:
            yield at
            last = data.find(b"<", at + length)
            if last < 0:
                return
        at = last + 1


def parse(text: str, utf8: bytes | None = None) -> HtmlElement:
    """Parse decoded HTML into a tree with an `html` root, without comments and processing instructions.

    `utf8` are the same text's bytes, where the caller has them.

    Raises `ExtractionError` with EMPTY (nothing to parse) or DEPTH (deeper than libxml2's hard limit of 2,048, where it
    stops reading, so that the rest of the page would be missing).
    """
    if not text or text.isspace():
        raise ExtractionError(Reason.EMPTY, "no characters")
    data = text.encode("utf-8", "replace") if utf8 is None else utf8
    if len(data.translate(None, _CONTROL_BYTES)) < len(data) or _C1_BYTES.search(data):
        text = _CONTROLS.sub("", text)
        data = text.encode("utf-8", "replace")
    if (closed := _close_title(text, data)) is not text:
        data = closed.encode("utf-8", "replace")
    data = _without_floods(data)
    # `huge_tree` lifts the limit from 256 to 2,048 levels: real pages with unclosed tags nest some hundred levels deep.
    parser = lxml.html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
    )
    parser.set_element_class_lookup(_CLASSES)
    try:
        root = lxml.html.document_fromstring(data, parser=parser, ensure_head_body=False)
    except etree.ParserError as error:  # "Document is empty"
        raise ExtractionError(Reason.EMPTY, str(error)) from error
    except etree.XMLSyntaxError as error:
        raise ExtractionError(Reason.DEPTH if _TOO_DEEP in str(error) else Reason.EMPTY, str(error)) from error
    if any(_TOO_DEEP in entry.message for entry in parser.error_log):
        raise ExtractionError(Reason.DEPTH, "more than 2,048 levels of nesting")
    return root
