"""What kind of page is this? Decided from signals that are counted once, so that a wall, a shell or a list of links
never becomes an article.

Two pure functions: `kind_before_text` names the pages whose nature is plain without their text (a cheap early exit),
`kind_with_text` looks again once the text is known. Every rule that rejects needs two things at once: a sign, and the
absence of an article's worth of text. Real articles carry consent banners, login forms and paywall notices, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.etree import XPath
from lxml.html import HtmlElement

from newswire.extraction.page import Page
from newswire.extraction.values import PageKind
from newswire.extraction.wording import (
    CHALLENGE,
    CHALLENGE_CODE,
    CONSENT,
    CONSENT_BUTTON,
    LOGIN,
    MISSING,
    PARKED,
    PAYWALL,
    SCRIPT_NEEDED,
    STUB,
)
from newswire.ledger import Reason

# A page with this much running text outside links is never refused before its text was looked at: the shortest walls
# and error pages of the development set stay below it, and so does nearly no article.
PLENTY = 1_500
# Fewer characters of text than this say nothing: one short sentence (letters count double in scripts without spaces).
TOO_SHORT = 40
# A longer anchor is a missing end tag.
LONGEST_LINK = 300
# A cut-off article with less text than this is a teaser: lead and one or two paragraphs.
TEASER = 700

_TEXT_NODES = XPath(
    "//body//text()[not(parent::script or parent::style or parent::noscript or parent::template or parent::textarea"
    " or parent::option or parent::button)]",
    smart_strings=False,
)
_LINK_TEXT = XPath("//body//a[@href]", smart_strings=False)
_PARAGRAPH_TEXT = XPath("//body//p//text()[not(ancestor::a)]", smart_strings=False)
_REFRESH = XPath("//meta[translate(@http-equiv,'REFSH','refsh')='refresh']/@content", smart_strings=False)
_OG_TYPE = XPath("string(//meta[@property='og:type' or @name='og:type']/@content)", smart_strings=False)
_LD_TYPE = re.compile(r'"@type"\s*:\s*(?:\[\s*)?"(?:https?://schema\.org/)?(\w{4,40})"')
_NOT_FREE = re.compile(
    r'["\']isAccessibleForFree["\']\s*:\s*["\']?(?:https?://schema\.org/)?(?:false|no)\b', re.IGNORECASE
)
_SCRIPT_REDIRECT = re.compile(
    r"\b(?:(?:window|document|top|self|parent)\s*\.\s*)?location(?:\s*\.\s*href)?\s*=\s*[\"'`]"
    r"|\blocation\s*\.\s*(?:replace|assign)\s*\("
)
_SPACES = re.compile(r"\s+")
_ARTICLE_TYPES = frozenset(
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle BlogPosting"
    " ReviewNewsArticle Report AskPublicNewsArticle".split()
)
# Sections of a site, as their addresses end: no digits and no hyphenated slug, so no single piece.
_SECTION_PATH = re.compile(r"^/(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:[\w.]{1,24}/?){0,2}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signals:
    """What was counted on a page. Lengths are in characters of visible text."""

    url: str
    status: int | None
    title: str
    heading: str
    opening: str
    text_chars: int
    link_chars: int
    paragraph_chars: int
    long_links: int
    og_type: str
    types: frozenset[str]
    not_free: bool
    refresh: bool
    script_redirect: bool
    frames: bool
    iframes: int
    password: bool
    players: int
    pictures: int
    scripts: int
    mount_point: bool
    noscript: str
    code: str
    headers: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class KindVerdict:
    """The kind of a page, the ledger's reason when it is no article, and the signs in words."""

    kind: PageKind
    reason: Reason | None
    why: str


def _line(text: str | None) -> str:
    return _SPACES.sub(" ", text or "").strip()


def _first(root: HtmlElement, tag: str) -> str:
    for element in root.iter(tag):
        if text := _line(element.text_content()):
            return text[:300]
    return ""


def read_signals(page: Page) -> Signals:
    """Count what the decisions need, in few passes over the tree."""
    root = page.root
    # Once stripped, white space between elements does not count as text.
    texts = [stripped for text in _TEXT_NODES(root) if (stripped := text.strip())]
    link_chars = long_links = 0
    for link in _LINK_TEXT(root):
        length = len(_line(link.text_content()))
        # An anchor that was never closed swallows the page: nothing so long is a link.
        if length <= LONGEST_LINK:
            link_chars += length
            long_links += length >= 25
    visible = sum(map(len, texts))
    few = visible - link_chars < PLENTY
    scripts = [script.text or "" for script in root.iter("script")] if few else []
    return Signals(
        url=page.url,
        status=page.status,
        title=_first(root, "title"),
        heading=_first(root, "h1"),
        opening=" ".join(texts)[:4_000] if few else "",
        text_chars=visible,
        link_chars=min(link_chars, visible),
        paragraph_chars=sum(len(text.strip()) for text in _PARAGRAPH_TEXT(root)),
        long_links=long_links,
        og_type=_OG_TYPE(root).strip().lower(),
        types=frozenset(_LD_TYPE.findall(page.text)) if "@type" in page.text else frozenset(),
        not_free=_NOT_FREE.search(page.text) is not None,
        refresh=any(_redirects(content) for content in _REFRESH(root)),
        script_redirect=few and any(_SCRIPT_REDIRECT.search(script[:20_000]) for script in scripts),
        frames=next(root.iter("frameset", "frame"), None) is not None,
        iframes=sum(1 for _ in root.iter("iframe")),
        password=few and any((field.get("type") or "").lower() == "password" for field in root.iter("input")),
        players=sum(1 for _ in root.iter("video", "audio")),
        pictures=sum(1 for _ in root.iter("figure", "picture")),
        scripts=sum(map(len, scripts)),
        mount_point=few and _mount_point(root),
        noscript=_line(" ".join(element.text_content() for element in root.iter("noscript")))[:1_000] if few else "",
        code=page.text[:200_000] if few else "",
        headers=frozenset((name, value.lower()) for name, value in page.headers.items()),
    )


def _redirects(content: str) -> bool:
    """A meta refresh that leads elsewhere soon; news pages reload themselves after minutes, without an address."""
    match = re.match(r"\s*(\d+)?(?:\.\d*)?\s*[;,]?\s*url\s*=", content, re.IGNORECASE)
    return match is not None and int(match[1] or 0) <= 30


def _mount_point(root: HtmlElement) -> bool:
    """An empty element into which a script would write the page."""
    for element in root.iter("div", "main", "app-root"):
        if element.tag == "app-root" or (element.get("id") or "").lower() in _MOUNT_IDS:
            if not _line(element.text_content()):
                return True
    return False


_MOUNT_IDS = frozenset(
    "root app __next __nuxt react-root main-app gatsby svelte application ember-app app-root".split()
)


def kind_before_text(signals: Signals) -> KindVerdict | None:
    """Name a page that is plainly no article; None where the text has to be seen."""
    own = signals.text_chars - signals.link_chars
    if own >= PLENTY:
        return None
    names = f"{signals.title}\n{signals.heading}"
    opening = signals.opening
    if (
        signals.text_chars == 0
        and not signals.scripts
        and not signals.refresh
        and not signals.frames
        and not signals.iframes
    ):
        return KindVerdict(PageKind.EMPTY, Reason.EMPTY, "no text, no script, no frame")
    if own < 400 and (signals.refresh or signals.frames):
        how = "meta refresh" if signals.refresh else "frames"
        return KindVerdict(PageKind.REDIRECT, Reason.NOT_ARTICLE, f"the content is elsewhere: {how}")
    if CHALLENGE.search(names) or (
        own < 800 and (CHALLENGE.search(opening) or (own < 300 and CHALLENGE_CODE.search(signals.code)))
    ):
        return KindVerdict(PageKind.CHALLENGE, Reason.CHALLENGE, "asks to prove that a person reads")
    if PARKED.search(names) or (own < 1_000 and PARKED.search(opening)):
        # The ledger's word for a page of a domain without an outlet: there is no article, and no site to ask again.
        return KindVerdict(PageKind.PARKED, Reason.NOT_ARTICLE, "the domain is parked or for sale")
    if signals.status in (404, 410) or MISSING.search(names) or (own < 400 and MISSING.search(opening[:400])):
        return KindVerdict(PageKind.SOFT_404, Reason.SOFT_404, "says that there is no such page")
    article = bool(signals.types & _ARTICLE_TYPES) or signals.og_type == "article"
    if signals.password and own < 800 and not (article and own >= 300):
        return KindVerdict(PageKind.LOGIN, Reason.LOGIN, "a form that asks for a password, and little else")
    if own < 600 and LOGIN.fullmatch(signals.title.split("|")[0].strip()) and not article:
        return KindVerdict(PageKind.LOGIN, Reason.LOGIN, "the title is that of a login page")
    if not article and len(CONSENT.findall(opening)) >= 2 and signals.paragraph_chars < PLENTY:
        if CONSENT_BUTTON.search(opening + " " + signals.noscript) or CONSENT_BUTTON.search(signals.code[-50_000:]):
            return KindVerdict(PageKind.CONSENT, Reason.CONSENT, "a consent dialogue, and little else")
    if own < 200 and signals.scripts:
        if signals.script_redirect and own < 100:
            return KindVerdict(PageKind.REDIRECT, Reason.NOT_ARTICLE, "the content is elsewhere: a script leads there")
        if signals.mount_point or SCRIPT_NEEDED.search(signals.noscript) or SCRIPT_NEEDED.search(opening):
            return KindVerdict(PageKind.SCRIPT_SHELL, Reason.SCRIPT_SHELL, "an empty shell that a script would fill")
    if own < 100 and signals.iframes and not article:
        return KindVerdict(PageKind.REDIRECT, Reason.NOT_ARTICLE, "the content is elsewhere: an iframe")
    return None


def kind_with_text(signals: Signals, text: str) -> KindVerdict:
    """The kind of a page whose text is known. `text` is the article text after the repair, one block per line."""
    length = _length(text)
    own = signals.text_chars - signals.link_chars
    live = "LiveBlogPosting" in signals.types
    article = live or bool(signals.types & _ARTICLE_TYPES) or signals.og_type == "article"
    if length < TEASER:
        if signals.not_free or PAYWALL.search(text[-400:]) or (signals.opening and PAYWALL.search(signals.opening)):
            return KindVerdict(
                PageKind.PAYWALL, Reason.PAYWALL, f"not free, and only {length} characters of it are shown"
            )
        if STUB.search(text) and length < 400:
            return KindVerdict(PageKind.STUB, Reason.STUB, "announces a text that is not there yet")
        if _gallery(signals) and length < 300:
            return KindVerdict(PageKind.GALLERY, Reason.GALLERY, f"{signals.pictures} pictures and little text")
    if _index(signals, article, text):
        return KindVerdict(
            PageKind.INDEX, Reason.INDEX_PAGE, f"{signals.long_links} headlines as links, no piece of its own"
        )
    if length < TOO_SHORT:
        video = signals.og_type.startswith("video") or (
            "VideoObject" in signals.types and not signals.types & _ARTICLE_TYPES
        )
        if video or signals.players:
            # A page that calls itself an article and holds a player and a word is a too short article, not a video page.
            reason = Reason.VIDEO if video else Reason.TOO_SHORT
            return KindVerdict(PageKind.VIDEO, reason, "a player, and hardly a word")
        if own < 200 and signals.scripts and not length:
            return KindVerdict(PageKind.SCRIPT_SHELL, Reason.SCRIPT_SHELL, "scripts, and no text")
        return KindVerdict(PageKind.STUB, Reason.TOO_SHORT, f"only {length} characters of text")
    if live:
        return KindVerdict(PageKind.LIVE_BLOG, None, "declares itself a live blog")
    return KindVerdict(PageKind.ARTICLE, None, "text of its own" + (", declared an article" if article else ""))


def paywall_signs(signals: Signals, text: str) -> tuple[str, ...]:
    """The signs that the piece is not free to read in full, in words; () where there are none."""
    signs = []
    if signals.not_free:
        signs.append("isAccessibleForFree is false")
    if match := PAYWALL.search(text[-600:]) or PAYWALL.search(signals.opening):
        signs.append(f"the page says: {_line(match[0])[:80]}")
    return tuple(signs)


def _length(text: str) -> int:
    """Characters, with Chinese, Japanese and Korean ones counted twice: they carry about two Latin letters each."""
    return len(text) + sum(1 for char in text if "\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3")


def _gallery(signals: Signals) -> bool:
    declared = signals.og_type in ("gallery", "article:gallery") or "ImageGallery" in signals.types
    return declared or signals.pictures >= 8


def _index(signals: Signals, article: bool, text: str) -> bool:
    if article or signals.long_links < 15 or signals.link_chars < 0.5 * signals.text_chars:
        return False
    if max((len(line) for line in text.split("\n")), default=0) >= 400:
        return False
    return _SECTION_PATH.match(urlsplit(signals.url).path) is not None
