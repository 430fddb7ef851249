"""What kind of page is this? Decided from signals that are counted once, so that a wall, a shell or a list of links
never becomes an article.

Two pure functions: `kind_before_text` names the pages whose nature is plain without their text (a cheap early exit),
`kind_with_text` looks again once the text is known. Every rule that rejects needs two things at once: a sign, and the
absence of an article's worth of text. Real articles carry consent banners, login forms and paywall notices, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from newswire.extraction.kind_wording import (
    CHALLENGE,
    CHALLENGE_CODE,
    CONSENT,
    CONSENT_BUTTON,
    LOGIN,
    MISSING,
    OUT_OF_ORDER,
    PARKED,
    PAYWALL,
    PAYWALL_HINTS,
    SCRIPT_NEEDED,
    STUB,
)
from newswire.extraction.lines import PARAGRAPH, ends_like_sentence
from newswire.extraction.signals import PLENTY, Counted, Signals, line_of
from newswire.extraction.values import PageKind
from newswire.ledger import Reason
from newswire.urls import path_of

# Fewer characters of text than this say nothing: one short sentence (letters count double in scripts without spaces).
TOO_SHORT = 40
# Running text that a wall or an error page does not have.
LITTLE_PROSE = 300
# A consent dialogue speaks of consent at least once in so many characters; a text with a banner above it does not.
CONSENT_EVERY = 200
# Two sentences outside the dialogue, so that there is a piece beside it.
BESIDE_LAYER = 160
# A cut-off article with less text than this is a teaser: lead and one or two paragraphs.
TEASER = 700

_TITLE_END = re.compile(r"\s[|–—-]\s|\|")
_BUTTONS = re.compile(r"<script\b.*?</script\s*>|<style\b.*?</style\s*>|<[^<>]*>", re.IGNORECASE | re.DOTALL)
_WIDE = re.compile("[\u3040-\u9fff\uac00-\ud7a3]+")
_ARTICLE_TYPES = frozenset(
    (
        "article",
        "newsarticle",
        "reportagenewsarticle",
        "analysisnewsarticle",
        "opinionnewsarticle",
        "backgroundnewsarticle",
        "reviewnewsarticle",
        "blogposting",
        "report",
    )
)
# Plugins call lists articles, too (og:type), but know better in JSON-LD.
_LIST_TYPES = frozenset(("collectionpage", "profilepage", "searchresultspage", "itemlist", "blog"))
# Sections of a site, as their addresses end: no digits and no hyphenated slug, so no single piece.
_LISTING_PATH = re.compile(
    r"^/(?:[\w-]{1,24}/)?(?:authors?|tags?|topics?|category|rubrics?|rubrika|sections?|search|poisk|avtor|tema|temy|"
    r"kategor\w+|schlagwort|themen?|etiket\w+|auteurs?|autor\w*|redaktion)/[\w.%-]+/?$",
    re.IGNORECASE,
)
_SECTION_PATH = re.compile(r"^/(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:[\w.]{1,24}/?){0,2}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KindVerdict:
    """The kind of a page, the ledger's reason when it is no article, and the signs in words."""

    kind: PageKind
    reason: Reason | None
    why: str


def kind_before_text(signals: Signals) -> KindVerdict | None:
    """Name a page that is plainly no article; None where the text has to be seen."""
    seen = signals.counted
    if not signals.few or seen.own >= PLENTY:
        return None
    if seen.text_chars == 0 and not (seen.scripts or seen.refresh or seen.frames or seen.iframes or seen.password):
        return KindVerdict(PageKind.EMPTY, Reason.EMPTY, "no text, no script, no frame")
    if seen.own < 400 and (seen.refresh or seen.frames):
        how = "meta refresh" if seen.refresh else "frames"
        return KindVerdict(PageKind.REDIRECT, Reason.NOT_ARTICLE, f"the content is elsewhere: {how}")
    return _wall(signals) or _shell(signals)


def _wall(signals: Signals) -> KindVerdict | None:
    """What stands in front of the article, or in its place."""
    seen = signals.counted
    names = f"{seen.title}\n{seen.heading}".lower()
    opening = seen.opening.lower()
    article = _declared_article(signals)
    if CHALLENGE.search(names) and seen.prose_chars < LITTLE_PROSE:
        return KindVerdict(PageKind.CHALLENGE, Reason.CHALLENGE, "the title asks to prove that a person reads")
    bare = seen.own < 800 and not article
    if bare and (CHALLENGE.search(opening) or (seen.own < 300 and CHALLENGE_CODE.search(seen.code.lower()))):
        return KindVerdict(
            PageKind.CHALLENGE, Reason.CHALLENGE, "asks to prove that a person reads, or refuses the country"
        )
    if not article and (PARKED.search(names) or (seen.own < 1_000 and PARKED.search(opening))):
        # A domain without an outlet: there is no article, and no site to ask again.
        return KindVerdict(PageKind.PARKED, Reason.NOT_ARTICLE, "the domain is parked or for sale")
    broken = OUT_OF_ORDER.search(names) or OUT_OF_ORDER.search(opening[:300])
    if bare and broken and seen.own < 600 and seen.sentence_chars < LITTLE_PROSE:
        return KindVerdict(
            PageKind.STUB, Reason.STUB, "the site is out of order, under maintenance, or refuses the browser"
        )
    if signals.status in (404, 410) or _says_missing(signals):
        return KindVerdict(PageKind.SOFT_404, Reason.SOFT_404, "says that there is no such page")
    if seen.password and seen.sentence_chars < LITTLE_PROSE and not article and seen.own < 800:
        return KindVerdict(PageKind.LOGIN, Reason.LOGIN, "a form that asks for a password, and little else")
    if seen.own < 600 and not article and LOGIN.fullmatch(_TITLE_END.split(seen.title.lower())[0].strip()):
        return KindVerdict(PageKind.LOGIN, Reason.LOGIN, "the title is that of a login page")
    said = len(CONSENT.findall(opening))
    if not article and seen.own < PLENTY and said >= max(2, seen.own / CONSENT_EVERY) and not _beside_dialogue(seen):
        about = len(CONSENT.findall(opening[:800])) >= 2 or CONSENT.search(names)
        if about and seen.long_links < 10 and _has_consent_buttons(seen):
            return KindVerdict(PageKind.CONSENT, Reason.CONSENT, "a consent dialogue, and little else")
    return None


def _has_consent_buttons(seen: Counted) -> bool:
    """Whether there is something to press that accepts or refuses."""
    return CONSENT_BUTTON.search(f"{seen.opening} {_BUTTONS.sub(' ', seen.code[-50_000:])}".lower()) is not None


def _beside_dialogue(seen: Counted) -> bool:
    """Whether a piece stands beside the consent dialogue."""
    return seen.beside_layers >= BESIDE_LAYER


def _says_missing(signals: Signals) -> bool:
    seen = signals.counted
    if seen.prose_chars >= 2 * LITTLE_PROSE:
        return False  # an article about missing pages
    if MISSING.search(seen.title.lower()) or MISSING.search(seen.heading.lower()):
        return not _declared_article(signals) or seen.prose_chars < LITTLE_PROSE
    return not _declared_article(signals) and seen.own < 400 and MISSING.search(seen.opening[:400].lower()) is not None


def _shell(signals: Signals) -> KindVerdict | None:
    """A page without content of its own."""
    seen = signals.counted
    if seen.own >= 200:
        return None
    if seen.scripts:
        if seen.script_redirect and seen.own < 100:
            return KindVerdict(PageKind.REDIRECT, Reason.NOT_ARTICLE, "the content is elsewhere: a script leads there")
        if seen.mount_point or SCRIPT_NEEDED.search(f"{seen.noscript}\n{seen.opening}".lower()):
            return KindVerdict(PageKind.SCRIPT_SHELL, Reason.SCRIPT_SHELL, "an empty shell that a script would fill")
        if seen.text_chars == 0 and seen.scripts > 2_000:
            return KindVerdict(PageKind.SCRIPT_SHELL, Reason.SCRIPT_SHELL, "scripts, and no text")
    if seen.own < 100 and seen.iframes and not (seen.players or _declared_article(signals) or _declared_video(signals)):
        return KindVerdict(PageKind.REDIRECT, Reason.NOT_ARTICLE, "the content is elsewhere: an iframe")
    return None


def _declared_article(signals: Signals) -> bool:
    return bool(signals.types & _ARTICLE_TYPES)


def kind_with_text(signals: Signals, text: str, *, listed: bool = False) -> KindVerdict:
    """The kind of a page whose text is known.

    `text` is the article text after the repair, one block per line; `listed` says that it is made of the excerpts of a list.
    """
    seen = signals.counted
    length = _length(text)
    live = "liveblogposting" in signals.types
    article = live or _declared_article(signals)
    if signals.few and length < TEASER:
        lower = text.lower()
        if signals.not_free or _paywall(lower[-400:]) or _paywall(seen.opening.lower()):
            return KindVerdict(
                PageKind.PAYWALL, Reason.PAYWALL, f"not free, and only {length} characters of it are shown"
            )
        if length < 400 and STUB.search(lower):
            return KindVerdict(PageKind.STUB, Reason.STUB, "announces a text that is not there yet")
        if length < 400 and len(CONSENT.findall(lower)) >= 3 and _has_consent_buttons(seen):
            return KindVerdict(PageKind.CONSENT, Reason.CONSENT, "the text is that of a consent dialogue")
        if length < 300 and _gallery(signals):
            return KindVerdict(PageKind.GALLERY, Reason.GALLERY, f"{seen.pictures} pictures and little text")
    if listed and not live and (not article or signals.types & _LIST_TYPES):
        return KindVerdict(
            PageKind.INDEX, Reason.INDEX_PAGE, "excerpts below headlines that are links, no piece of its own"
        )
    if signals.few and not article and _index(signals, text):
        return KindVerdict(
            PageKind.INDEX, Reason.INDEX_PAGE, f"{seen.long_links} headlines as links, no piece of its own"
        )
    if length < TOO_SHORT or (signals.few and _declared_video(signals) and _prose(text) < LITTLE_PROSE):
        return _too_short(signals, length)
    if live:
        return KindVerdict(PageKind.LIVE_BLOG, None, "declares itself a live blog")
    return KindVerdict(PageKind.ARTICLE, None, "text of its own" + (", declared an article" if article else ""))


def _declared_video(signals: Signals) -> bool:
    return not _declared_article(signals) and any(kind.startswith("video") for kind in signals.types)


def _prose(text: str) -> int:
    """Characters in paragraphs of sentences: neither headlines of other pages nor a caption count."""
    return sum(_length(line) for line in text.split("\n") if _length(line) >= PARAGRAPH and ends_like_sentence(line))


def _too_short(signals: Signals, length: int) -> KindVerdict:
    seen = signals.counted
    video = _declared_video(signals)
    if video or seen.players:
        # A page that calls itself an article and holds a player and a word is a too short article, not a video page.
        return KindVerdict(PageKind.VIDEO, Reason.VIDEO if video else Reason.TOO_SHORT, "a player, and hardly a word")
    if not length and signals.few and seen.own < 200 and seen.scripts:
        return KindVerdict(PageKind.SCRIPT_SHELL, Reason.SCRIPT_SHELL, "scripts, and no text")
    return KindVerdict(PageKind.STUB, Reason.TOO_SHORT, f"only {length} characters of text")


def paywall_signs(signals: Signals, text: str, removed: Iterable[str] = ()) -> tuple[str, ...]:
    """The signs that the piece is not free to read in full, in words; () where there are none.

    `removed` are lines that the repair took out: the notice stands among them as often as in the text's last lines.
    """
    signs = []
    if signals.not_free:
        signs.append("isAccessibleForFree is false")
    lines = [line for line in (text[-300:], *removed) if len(line) <= 300]
    for line in lines:
        if match := _paywall(line.lower()):
            signs.append(f"the page says: {line_of(line[match.start() : match.end()])[:80]}")
            break
    # Where hardly a text is shown, what stands over it counts, too: it is no part of the text, and so not among its lines.
    if not signs and signals.few and _length(text) < TEASER and (match := _paywall(signals.counted.opening.lower())):
        signs.append(f"the page says: {line_of(match.group())[:80]}")
    return tuple(signs)


def _paywall(lower: str) -> re.Match[str] | None:
    """What says in a text in lower case that the piece is not free."""
    # Plain substrings first: nearly no page has one, and the pattern costs a hundred times as much.
    return PAYWALL.search(lower) if any(map(lower.__contains__, PAYWALL_HINTS)) else None


def _length(text: str) -> int:
    """Characters, with Chinese, Japanese and Korean ones counted twice: they carry about two Latin letters each."""
    return len(text) + (0 if text.isascii() else sum(map(len, _WIDE.findall(text))))


def _gallery(signals: Signals) -> bool:
    declared = bool(signals.types & {"gallery", "article:gallery", "imagegallery"})
    return declared or signals.counted.pictures >= 8


def _index(signals: Signals, text: str) -> bool:
    """Many headlines as links, hardly a paragraph, and an address that names a section."""
    seen = signals.counted
    if seen.long_links < 15 or seen.link_chars < 0.5 * seen.text_chars:
        return False
    if _prose(text) >= 350 or seen.prose_chars >= 600:
        return False
    path = path_of(signals.url)
    return _SECTION_PATH.match(path) is not None or _LISTING_PATH.match(path) is not None
