"""What is counted on a page to tell its kind: texts, links, layers, scripts, forms. Pages with plenty of paragraphs are
recognised early, and no more is counted on them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml.etree import XPath, iterwalk  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from newswire.extraction.kind_wording import CONSENT
from newswire.extraction.lines import PARAGRAPH, ends_like_sentence
from newswire.extraction.page import Page

# A page with this much running text outside links is never refused before its text was looked at: the shortest walls
# and error pages of the development set stay below it, and so does nearly no article.
PLENTY = 1_500
# A longer anchor is a missing end tag.
LONGEST_LINK = 300

# Most texts are white space between elements: refused first, at half the time of the other order.
_TEXT_NODES = XPath(
    "//body//text()[normalize-space()][not(parent::script or parent::style or parent::noscript or parent::template"
    " or parent::textarea or parent::option or parent::button)]",
    smart_strings=False,
)
_LINKS = XPath("//body//a[@href]")
# What lies over a page or waits unseen in it: dialogues by name or role, and whatever is hidden.
_LAYER_NAME = re.compile(
    r"consent|cookie|gdpr|dsgvo|privacy|(?:^|[\s_-])(?:cmp|cmpbox|overlay|modal|popup|dialog|hidden|hide|d-none|"
    r"visually-hidden)(?:$|[\s_-])",
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_NO_PROSE = frozenset(("a", "script", "style", "noscript", "template", "textarea", "option", "button"))
# The addresses under which video platforms give their players to other pages.
_PLAYER = re.compile(
    r"youtube(?:-nocookie)?\.com/embed|player\.vimeo\.com|dailymotion\.com/embed|rutube\.ru/play|video_ext\.php|"
    r"/videoembed/"
    r"|facebook\.com/plugins/video|players\.brightcove|jwplatform\.com/players|twitch\.tv"
)
# It may stand beside the root, where the parser puts what follows a broken document: the expression looks there, too.
_REFRESH = XPath("//meta[translate(@http-equiv,'REFSH','refsh')='refresh']/@content", smart_strings=False)
_SCRIPT_REDIRECT = re.compile(
    r"\b(?:(?:window|document|top|self|parent)\s*\.\s*)?location(?:\s*\.\s*href)?\s*=\s*[\"'`]"
    r"|\blocation\s*\.\s*(?:replace|assign)\s*\("
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted on pages with few paragraphs only. Lengths are in characters of visible text."""

    title: str = ""
    heading: str = ""
    opening: str = ""
    text_chars: int = 0
    link_chars: int = 0
    prose_chars: int = 0
    sentence_chars: int = 0
    beside_layers: int = 0
    long_links: int = 0
    refresh: bool = False
    script_redirect: bool = False
    frames: bool = False
    iframes: int = 0
    password: bool = False
    players: int = 0
    pictures: int = 0
    scripts: int = 0
    mount_point: bool = False
    noscript: str = ""
    code: str = ""

    @property
    def own(self) -> int:
        """Characters outside links."""
        return self.text_chars - self.link_chars


_PLENTIFUL = Counted()


@dataclass(frozen=True, slots=True)
class Signals:
    """What the decisions read. `few` says that the page has few paragraphs, and that `counted` is filled in."""

    url: str
    status: int | None
    paragraph_chars: int
    types: frozenset[str]
    not_free: bool
    few: bool
    counted: Counted


def line_of(text: str | None) -> str:
    """A text on one line, without white space around it."""
    return " ".join((text or "").split())


def _first(elements: Iterable[HtmlElement]) -> str:
    for element in elements:
        if text := line_of(element.text_content()):
            return text[:300]
    return ""


def count_paragraphs(root: HtmlElement) -> int:
    """The characters of running text in paragraphs; with `PLENTY` found, no more is counted."""
    chars = 0
    for paragraph in root.iter("p"):
        chars += len((paragraph.text or "").strip()) + sum(len((child.tail or "").strip()) for child in paragraph)
        if chars >= PLENTY:
            break
    return chars


def read_signals(page: Page, types: frozenset[str] = frozenset(), free: bool | None = None) -> Signals:
    """Count what the decisions need. A page with plenty of paragraphs is recognised early, and no more is counted.

    `types` are the page's own JSON-LD types and its og:type in lower case, `free` what it says of its accessibility.
    """
    root = page.root
    paragraph_chars = count_paragraphs(root)
    few = paragraph_chars < PLENTY
    counted = _count(root, page) if few else _PLENTIFUL
    return Signals(
        url=page.url,
        status=page.status,
        paragraph_chars=paragraph_chars,
        types=types,
        not_free=free is False,
        few=few,
        counted=counted,
    )


def _count(root: HtmlElement, page: Page) -> Counted:
    # Once stripped, white space between elements does not count as text.
    texts = [stripped for text in _TEXT_NODES(root) if (stripped := text.strip())]
    link_chars = long_links = 0
    for link in _LINKS(root):
        length = len(line_of(link.text_content()))
        # An anchor that was never closed swallows the page: nothing so long is a link.
        if length <= LONGEST_LINK:
            link_chars += length
            long_links += length >= 25
    text_chars = sum(map(len, texts))
    found = _by_tag(root)
    scripts = [script.text or "" for script in found["script"]]
    opening = " ".join(texts)[:4_000]
    return Counted(
        title=_first(found["title"]),
        heading=_first(found["h1"]),
        opening=opening,
        text_chars=text_chars,
        link_chars=min(link_chars, text_chars),
        prose_chars=sum(len(text) for text in texts if len(text) >= 100),
        sentence_chars=sum(len(text) for text in texts if len(text) >= PARAGRAPH and ends_like_sentence(text)),
        # Nobody asks on a page that has an article's worth of text.
        beside_layers=_beside_layers(root)
        if text_chars - link_chars < PLENTY and CONSENT.search(opening.lower())
        else 0,
        long_links=long_links,
        refresh=any(map(_redirects, _REFRESH(root))),
        script_redirect=text_chars - link_chars < PLENTY
        and any("location" in script and _SCRIPT_REDIRECT.search(script[:20_000]) for script in scripts),
        frames=bool(found["frameset"] or found["frame"]),
        iframes=len(found["iframe"]),
        password=any((field.get("type") or "").lower() == "password" for field in found["input"]),
        players=len(found["video"])
        + len(found["audio"])
        + sum(1 for p in found["iframe"] if _PLAYER.search(p.get("src") or p.get("data-src") or "")),
        pictures=len(found["figure"]) + len(found["picture"]),
        scripts=sum(map(len, scripts)),
        mount_point=any(_is_mount_point(e) for tag in _MOUNTED for e in found[tag]),
        noscript=line_of(" ".join(element.text_content() for element in found["noscript"]))[:1_000],
        code=page.text[:200_000],
    )


def _by_tag(root: HtmlElement) -> dict[str, list[HtmlElement]]:
    """The elements that are counted: a walk for each of their tags would take most of the time of the count."""
    found: dict[str, list[HtmlElement]] = {tag: [] for tag in _COUNTED}
    for element in root.iter(*_COUNTED):
        found[element.tag].append(element)
    return found


_MOUNTED = ("div", "main", "app-root")
_COUNTED = (
    *("title", "h1", "script", "noscript", "frameset", "frame", "iframe", "video", "audio", "figure", "picture"),
    *("input", *_MOUNTED),
)


def _beside_layers(root: HtmlElement) -> int:
    """Characters of unlinked prose that stand outside every layer which speaks of consent; 0 without such a layer."""
    body = next(root.iter("body"), None)
    if body is None:
        return 0
    layers = chars = 0
    walk = iterwalk(body, events=("start",))
    for _event, element in walk:
        layer = (
            element is not body and _is_layer(element) and CONSENT.search(element.text_content().lower()) is not None
        )
        layers += layer
        apart = layer or element.tag in _NO_PROSE
        if apart:
            walk.skip_subtree()
        for text in (None if apart else element.text, element.tail):
            if text and len(stripped := text.strip()) >= PARAGRAPH:
                chars += len(stripped)
    return chars if layers else 0


def _is_layer(element: HtmlElement) -> bool:
    if element.get("role") in ("dialog", "alertdialog") or element.get("aria-modal") == "true":
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if _UNSEEN.search(element.get("style") or ""):
        return True
    return _LAYER_NAME.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None


def _redirects(content: str) -> bool:
    """A meta refresh that leads elsewhere soon; news pages reload themselves after minutes, without an address."""
    match = re.match(r"\s*(\d+)?(?:\.\d*)?\s*[;,]?\s*url\s*=", content, re.IGNORECASE)
    return match is not None and int(match[1] or 0) <= 30


def _is_mount_point(element: HtmlElement) -> bool:
    """Whether an element is an empty one into which a script would write the page."""
    named = element.tag == "app-root" or (element.get("id") or "").lower() in _MOUNT_IDS
    return named and not line_of(element.text_content())


_MOUNT_IDS = frozenset(
    [
        "root",
        "app",
        "__next",
        "__nuxt",
        "react-root",
        "main-app",
        "gatsby",
        "svelte",
        "application",
        "ember-app",
        "app-root",
    ]
)
