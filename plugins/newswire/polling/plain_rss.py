"""A cheaper reader for plain RSS 2.0: what most outlets serve, read in one pass of expat.

feedparser stays the parser of record. This reader takes a document only when everything in it is of the few forms that
it knows exactly, and hands back None at the first thing that it does not: attributes that change meaning, elements that
occur twice, nested markup, modules with rules of their own. tests/unit/polling/test_plain_rss.py proves that what it
takes, it reads as feedparser does: on all samples, and on damaged ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import urljoin
from xml.parsers import expat

from feedparser.mixin import _FeedParserMixin  # type: ignore[import-untyped]

from newswire.polling.hints import read_hints
from newswire.polling.raw import RawEntry, RawFeed

_SEPARATOR = "\x1f"
_DC, _CONTENT = "http://purl.org/dc/elements/1.1/", "http://purl.org/rss/1.0/modules/content/"
_MEDIA, _ATOM = "http://search.yahoo.com/mrss/", "http://www.w3.org/2005/Atom"
_YANDEX, _FEEDBURNER = "http://news.yandex.ru", "http://rssnamespace.org/feedburner/ext/1.0"
# Modules whose elements touch nothing that we read (feedparser keeps each under a key of its own)
_HARMLESS = frozenset(
    {
        "http://purl.org/rss/1.0/modules/slash/", "http://wellformedweb.org/CommentAPI/",
        "http://purl.org/rss/1.0/modules/syndication/",
    }
)  # fmt: skip
# Namespaces that feedparser has rules for; all others it keeps apart, and so can be passed over.
_KNOWN = frozenset(uri.lower() for uri in _FeedParserMixin.namespaces)
# It also goes by these prefixes where it does not know the namespace behind them.
_KNOWN_PREFIXES = frozenset(_FeedParserMixin.namespaces.values())
# item elements with text and no attributes that we care for: name -> field
_FIELDS = {
    "title": "title",
    "link": "link",
    "description": "summary",
    "pubDate": "published",
    "author": "author",
    "category": "category",
    "comments": "",
    "source": "",
    f"{_DC}{_SEPARATOR}creator": "author",
    f"{_DC}{_SEPARATOR}date": "updated",
    f"{_CONTENT}{_SEPARATOR}encoded": "content",
    f"{_YANDEX}{_SEPARATOR}full-text": "full_text",
    f"{_FEEDBURNER}{_SEPARATOR}origLink": "origin",
    "guid": "guid",
}
_ONCE = frozenset(
    {"title", "link", "summary", "published", "updated", "content", "full_text", "guid", "origin", "author"}
)
_CHANNEL_TEXT = {"title": "title", "link": "home", "language": "language"}
_CHANNEL_PASSED = frozenset(
    {
        "description", "copyright", "managingEditor", "webMaster", "pubDate", "lastBuildDate", "category", "generator",
        "docs", "ttl", "rating",
    }
)  # fmt: skip
_CHANNEL_NESTED = frozenset({"skipHours", "skipDays", "image"})
_FILES = {f"{_MEDIA}{_SEPARATOR}content": "url", f"{_MEDIA}{_SEPARATOR}thumbnail": "url", "enclosure": "url"}


class _Unsure(Exception):  # noqa: N818 - no error: the signal to let feedparser read
    """The document holds something that this reader does not know exactly."""


def read_plain_rss(text: str, url: str) -> RawFeed | None:
    """Read well-formed RSS 2.0 without a document type, or return None to have feedparser read it."""
    if "xml:base" in text or "xhtml" in text or len(text) > 5_000_000:
        return None
    reader = _Reader(url)
    parser = expat.ParserCreate("utf-8", _SEPARATOR)
    parser.buffer_text = True
    parser.StartNamespaceDeclHandler = reader.declare
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text.append
    try:
        parser.Parse(text.encode("utf-8"), True)
    except (_Unsure, expat.ExpatError):
        return None
    return RawFeed(
        format="rss2.0",
        title=reader.channel.get("title", ""),
        language=reader.channel.get("language"),
        home=reader.channel.get("home"),
        hints=read_hints(text),
        entries=tuple(reader.entries),
        links=tuple(reader.links),
    )


class _Reader:
    """The handlers of one pass. Depth: 1 rss, 2 channel, 3 what the channel holds, 4 what an item holds."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.depth = 0
        self.text: list[str] = []
        self.channel: dict[str, str] = {}
        self.links: list[tuple[str, str]] = []
        self.entries: list[RawEntry] = []
        self.passing = 0
        self.in_item = False
        self.item: dict[str, str] = {}
        self.lists: dict[str, list[str]] = {}
        self.files: list[tuple[str, str]] = []
        self.enclosures: list[tuple[str, str]] = []
        self.is_permalink = False
        self.field = ""

    def declare(self, prefix: str | None, uri: str | None) -> None:
        if not prefix or not uri or (uri.lower() not in _KNOWN and prefix.lower() in _KNOWN_PREFIXES):
            raise _Unsure

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.depth += 1
        del self.text[:]
        if self.passing:
            return
        if self.depth == 4 and self.in_item:
            self._start_field(name, attributes)
        elif self.depth == 3:
            self._start_of_channel(name, attributes)
        elif self.depth == 1:
            if name != "rss" or attributes.get("version") != "2.0" or len(attributes) > 1:
                raise _Unsure
        elif self.depth != 2 or name != "channel" or attributes or self.channel or self.entries:
            raise _Unsure

    def _start_of_channel(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "item":
            if attributes:
                raise _Unsure
            self.in_item = True
            self.item, self.lists, self.files, self.enclosures = {}, {"author": [], "category": []}, [], []
            self.is_permalink = False
        elif name == f"{_ATOM}{_SEPARATOR}link":
            if attributes.get("rel") not in ("self", "hub", "next") or "href" not in attributes:
                raise _Unsure
            if attributes["href"] != attributes["href"].strip() or " " in attributes["href"]:
                raise _Unsure
            self.links.append((attributes["rel"], attributes["href"]))
        elif name in _CHANNEL_NESTED:
            self.passing = self.depth
        elif name in _CHANNEL_TEXT:
            if attributes or _CHANNEL_TEXT[name] in self.channel:
                raise _Unsure
        elif name not in _CHANNEL_PASSED and not _is_passed_over(name):
            raise _Unsure

    def _start_field(self, name: str, attributes: Mapping[str, str]) -> None:
        self.field = _FIELDS.get(name, "")
        if name == "guid":
            self.is_permalink = attributes.get("isPermaLink", "true") == "true"
            if set(attributes) - {"isPermaLink"}:
                raise _Unsure
        elif name in _FILES:
            address = attributes.get("url", "").strip()
            if not address:
                raise _Unsure
            if name == "enclosure":
                self.enclosures.append((_joined(self.url, address), attributes.get("type", "").lower()))
            else:
                self.files.append((address, attributes.get("type") or attributes.get("medium") or ""))
        elif self.field:
            # category's domain names a scheme; any other attribute changes how the text is to be read
            if attributes and self.field != "category":
                raise _Unsure
        elif name not in ("comments", "source") and not _is_passed_over(name):
            raise _Unsure
        if self.field in _ONCE and (self.field in self.item or self.lists.get(self.field)):
            raise _Unsure

    def end(self, name: str) -> None:
        depth, self.depth = self.depth, self.depth - 1
        if self.passing:
            if depth == self.passing:
                self.passing = 0
            return
        if depth == 4:
            if self.field:
                self._keep(self.field, "".join(self.text).strip())
                self.field = ""
        elif depth == 3:
            if name == "item":
                self.entries.append(self._entry())
                self.in_item = False
            elif name in _CHANNEL_TEXT:
                self.channel[_CHANNEL_TEXT[name]] = self._sure("".join(self.text).strip())
                if name == "link":
                    self._sure_address(self.channel["home"])
        elif depth > 4:
            raise _Unsure
        del self.text[:]

    def _keep(self, field: str, text: str) -> None:
        self._sure(text)
        if field == "author" and ("@" in text or "(" in text):
            raise _Unsure  # feedparser takes addresses apart
        if field in self.lists:
            if text:
                self.lists[field].append(text)
        else:
            self.item[field] = text

    def _sure(self, text: str) -> str:
        """Text that feedparser translates (C1 controls) or takes for doubly encoded is its business."""
        if not text.isascii():
            if any("\x80" <= c <= "\x9f" for c in text):
                raise _Unsure
            with suppress(UnicodeError):
                text.encode("iso-8859-1").decode("utf-8")
                raise _Unsure
        return text

    def _sure_address(self, address: str) -> None:
        """Relative addresses, and what feedparser mends in addresses, are its business."""
        if address and ("&" in address or not address.isascii() or _joined(self.url, address) != address):
            raise _Unsure

    def _entry(self) -> RawEntry:
        get = self.item.get
        link, guid, origin = get("link", ""), get("guid", ""), get("origin", "")
        is_address = guid.startswith(("http://", "https://"))
        for address in (link, guid if self.is_permalink else ""):
            self._sure_address(address)
        if not link and not is_address and not origin:
            raise _Unsure
        order = list(self.item)
        acts_as_link = self.is_permalink and ("link" not in order or order.index("guid") < order.index("link"))
        content = get("content", "")
        return RawEntry(
            guid=guid or None,
            guid_is_permalink=is_address and (acts_as_link or not (origin or link)),
            link=origin or link or guid,
            title=get("title", ""),
            summary=get("summary", content if "summary" not in self.item else ""),
            content=max(content, get("full_text", ""), key=len),
            published=(("rss:published", get("published", "")),) if get("published") else (),
            updated=(("rss:updated", get("updated", "")),) if get("updated") else (),
            authors=tuple(self.lists["author"]),
            tags=tuple(self.lists["category"]),
            enclosures=tuple(f for f in (*self.enclosures, *self.files) if f[0]),
        )


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        raise _Unsure from None


def _is_passed_over(name: str) -> bool:
    """Whether an element says nothing that we read: of a harmless module, or of a namespace feedparser keeps apart."""
    namespace, separator, local = name.rpartition(_SEPARATOR)
    if not separator or local == "full-text" or hasattr(_FeedParserMixin, f"_start_{local.lower()}"):
        return False
    return namespace in _HARMLESS or namespace.lower() not in _KNOWN
