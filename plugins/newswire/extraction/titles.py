"""The headline of a piece, told apart from what sites put around it.

A page names its piece up to seven times (h1, JSON-LD, OpenGraph, Twitter card, microdata, meta, title tag), each time
with other additions: the site's name before or behind it, a kicker, a section. The sources are compared: additions are
what is not shared, and the headline is what most and the best of them agree on. Pure functions over strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import unquote

from newswire.extraction.jsonld import LinkedNode
from newswire.extraction.plaintext import element_text, first_string, latin, letters, plain
from newswire.extraction.site_names import (
    NO_TITLE,
    SEPARATOR,
    guess_tail,
    is_site,
    leads_home,
    shorter_forms,
    without_site,
    without_site_mark,
)
from newswire.extraction.structured import Structured
from newswire.extraction.surroundings import opening_texts
from newswire.urls import path_of

# A heading of this class is the masthead or a part of the frame, not of the piece.
_FRAME = re.compile(r"logo|brand|masthead|site-?(?:name|title)|navbar|menu|screen-reader|visually-hidden|sr-only", re.I)
_HEADLINE = re.compile(
    r"head-?line|entry-title|post-?title|article.{0,12}title|title.{0,12}article|story.{0,8}title", re.I
)
# The longest headline of the development pages has 260 characters.
MAX_TITLE_CHARS = 400
_KICKER = re.compile(
    r"kicker|overline|roofline|eyebrow|rubric|topline|dachzeile|spitzmarke|pre-?title|supertitle|subtitle|sub-?title"
    r"|sub-?head|credit|comments?\b|counter|date|time\b|label|badge|category|flag\b|tag\b",
    re.I,
)
# What stands between a kicker and the headline, left alone when the kicker is taken out.
_LEADING_SEPARATOR = re.compile(r"^[-–—|:/·•]+\s*")
_PHOTO_CREDIT = re.compile(r"\s+(?:fot|foto|photo|фото)[.:]\s*[^\s]+(?:\s[^\s]+)?$", re.I)
_DASH = re.compile(r"\s*[-–—―‒]")
_TRUNCATED = re.compile(r"\s*(?:\.\.\.|…)$")

# How far a source is trusted to carry the bare headline (shares measured on the development pages, see the tests).
WEIGHTS = {
    "h1": 3.0,
    "h2": 2.2,
    "json-ld": 2.6,
    "og": 2.2,
    "microdata": 2.2,
    "hydration": 2.0,
    "twitter": 1.2,
    "meta": 1.0,
    "title-tag": 1.6,
}


@dataclass(frozen=True, slots=True)
class TitleCandidate:
    """One name that the page gives to its piece; `source` is a key of `WEIGHTS`."""

    text: str
    source: str
    weight: float


@dataclass(frozen=True, slots=True)
class TitleChoice:
    """The chosen headline (None where the page has none), the sources that agree with it, and why it was chosen."""

    text: str | None
    sources: tuple[str, ...]
    why: str


def _heading_variants(data: Structured) -> list[TitleCandidate]:
    found: list[TitleCandidate] = []
    for number, element in enumerate(data.headings):
        marks = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
        text = element_text(element, 600)
        if not letters(text) or len(text) > MAX_TITLE_CHARS:
            continue
        weight = WEIGHTS["h1"] if len(data.headings) == 1 else WEIGHTS["h1"] * (0.75 if number == 0 else 0.55)
        if _FRAME.search(marks) or "alternativeheadline" in marks.lower() or leads_home(element):
            weight *= 0.3
        elif _HEADLINE.search(marks):
            weight += 0.6
        parent = element.getparent()
        for _ in range(6):
            if parent is None:
                break
            if parent.tag in ("article", "main"):
                weight += 0.3
                break
            if parent.tag in ("nav", "aside", "footer"):
                weight *= 0.4
                break
            parent = parent.getparent()
        bare = _without_kicker(element)
        if bare and bare != text:
            found.append(TitleCandidate(bare, "h1", weight))
            weight *= 0.6
        found.append(TitleCandidate(text, "h1", weight))
    return found


def _without_kicker(element: object) -> str:
    """A heading's text without the children that are marked as kicker, label or date."""
    pieces: list[str] = []
    own = element
    pieces.append(own.text or "")  # type: ignore[attr-defined]
    for child in own:  # type: ignore[attr-defined]
        if isinstance(child.tag, str) and child.tag not in ("script", "style"):
            marks = f"{child.get('class') or ''} {child.get('itemprop') or ''}"
            if child.tag not in ("small", "time", "sup") and not _marks_kicker(marks):
                pieces.append(element_text(child, 600))
        pieces.append(child.tail or "")
    return _LEADING_SEPARATOR.sub("", plain("".join(pieces)))


def _marks_kicker(marks: str) -> bool:
    """Whether classes name a kicker: "headline__kicker" does, though it speaks of a headline, "kicker__headline" not."""
    kickers = [match.end() for match in _KICKER.finditer(marks)]
    headlines = [match.end() for match in _HEADLINE.finditer(marks)]
    return bool(kickers) and (not headlines or kickers[-1] > headlines[-1])


# Around a lower heading: the head of an article.
_HEAD_OF_PIECE = re.compile(r"(?:article|entry|post|story|news)[-_]{0,2}(?:head|title)", re.I)
# As many h2 as a page has before its own headline, at most.
MAX_LOWER_HEADINGS = 40


def _lower_headline(data: Structured) -> TitleCandidate | None:
    """The h2 that is the headline, for pages whose h1 is the masthead or something else beside the piece.

    It is marked as one, or the title tag says the same between its separators ("Dossier | Headline - Site").
    """
    segments = _segments(data)
    for element in islice(data.root.iter("h2", "h3", "h4"), MAX_LOWER_HEADINGS):
        text = element_text(element, 600)
        # a link leads to another piece: its heading is a teaser's
        if not letters(text) or len(text) > MAX_TITLE_CHARS or next(element.iter("a"), None) is not None:
            continue
        marked = False
        if element.tag == "h2":
            marks = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
            around = " ".join(e.get("class") or "" for e in islice(element.iterancestors(), 3))
            marked = not _FRAME.search(marks) and bool(_HEADLINE.search(marks) or _HEAD_OF_PIECE.search(around))
        if marked or letters(text) in segments:
            return TitleCandidate(text, "h2", WEIGHTS["h2"])
    return None


def _segments(data: Structured) -> set[str]:
    """What stands between the separators of the title tag, as `letters`."""
    return {key for part in SEPARATOR.split(data.title_tag) if len(key := letters(part)) >= 12}


# Between a site's name and the headline in a title tag, beside the separators.
_COLON = re.compile(r":\s+")
# The headline of a page without headings is among its first texts.
MAX_OPENING = 80


def _shown_segment(data: Structured) -> TitleCandidate | None:
    """The part of the title tag that stands alone on the page, for pages whose headline is no heading."""
    title = data.title_tag
    parts = [title[match.end() :] for mark in (SEPARATOR, _COLON) for match in mark.finditer(title)]
    parts += [title[: match.start()] for match in SEPARATOR.finditer(title)]
    keys = {key: part.strip() for part in parts if len(key := letters(part)) >= 15 and len(part.split()) > 2}
    if not keys:
        return None
    opening = map(letters, islice(opening_texts(data.root), MAX_OPENING))
    shown = max((key for key in opening if key in keys), key=len, default="")
    return TitleCandidate(keys[shown], "h2", WEIGHTS["h2"]) if shown else None


def title_candidates(data: Structured, node: LinkedNode | None, site: Sequence[str] = ()) -> list[TitleCandidate]:
    """Every name that the page gives to its piece, site names still attached.

    `site` are the names of the site (see `site_words`): an h1 that only says these is no headline.
    """
    found = _heading_variants(data)
    headline = letters(first_string(node.data.get("headline"))) if node else ""
    # "Headline – Site" with a shorter h1 that only repeats the site may be the masthead; where it repeats the first part,
    # the rest is a subtitle
    segments = _segments(data)
    longest, last = max(map(len, segments), default=0), letters(SEPARATOR.split(data.title_tag)[-1])
    mastheads = [c for c in found if letters(c.text) == last and 1.2 * len(last) <= longest]
    sound = any(
        letters(c.text) == headline or (c.weight >= WEIGHTS["h2"] and not is_site(c.text, site) and c not in mastheads)
        for c in found
    )
    if not sound and (lower := _lower_headline(data) or (None if found else _shown_segment(data))):
        found = [replace(c, weight=0.3 * c.weight) if c in mastheads else c for c in found]
        found.append(lower)

    def add(text: str | None, source: str, factor: float = 1.0) -> None:
        if text and len(text) <= MAX_TITLE_CHARS and letters(text):
            found.append(TitleCandidate(text, source, WEIGHTS[source] * factor))

    if node:
        add(first_string(node.data.get("headline")), "json-ld")
        name = first_string(node.data.get("name"))
        add(name, "json-ld", 0.5 if node.data.get("headline") else 1.0)
    add(data.meta("og:title"), "og")
    for item in data.items:
        if item.name == "headline" and (not item.scope or "article" in item.scope or "posting" in item.scope):
            add(item.value, "microdata")
            break
    add(data.meta("twitter:title", "twitter:text:title"), "twitter")
    for name in (
        "parsely-title",
        "sailthru.title",
        "dc.title",
        "dcterms.title",
        "title",
        "headline",
        "hdl",
        "mrc__share_title",
    ):
        add(data.meta(name), "meta")
    add(data.title_tag, "title-tag")
    return found


def choose_title(candidates: Sequence[TitleCandidate], site: Sequence[str], url: str = "") -> TitleChoice:
    """The headline that most and the best sources agree on.

    Support: each candidate votes for its own letters with its weight, with a part of it for a candidate that it
    contains (that one then lacks an addition) and for one that is only cut short.
    """
    cleaned: list[TitleCandidate] = []
    for candidate in candidates:
        text = without_site(candidate.text, site)
        if candidate.source in _FROM_TEMPLATE:
            text = without_site_mark(text, site)
        text = _PHOTO_CREDIT.sub("", text)
        if candidate.source != "h1" and _TRUNCATED.search(text):
            text = _in_full(text, candidates) or (_TRUNCATED.sub("", text) if len(text) > 60 else text)
        key = letters(text)
        if not key or key in NO_TITLE or key in site or latin(key) in site:
            continue
        cleaned.append(TitleCandidate(text, candidate.source, candidate.weight))
    if not cleaned:
        return TitleChoice(None, (), "the page names no piece")
    slug = _slug(url)
    keys = [letters(c.text) for c in cleaned]
    if not _confirmed(cleaned):
        cleaned = [
            TitleCandidate(guess_tail(c.text), c.source, c.weight) if c.source in _FROM_TEMPLATE else c for c in cleaned
        ]
        keys = [letters(c.text) for c in cleaned]
    shown = {key for c, key in zip(cleaned, keys, strict=True) if c.source == "h1"}
    cleaned = [_cut_where_others_end(c, set(keys), shown) for c in cleaned]
    keys = [letters(c.text) for c in cleaned]
    cleaned = [_whole(c, cleaned) for c in cleaned]
    keys = [letters(c.text) for c in cleaned]
    crowd = sum(c.source == "h1" for c in cleaned) > 2
    score: dict[str, float] = {}
    voters: dict[str, list[str]] = {}
    for key in dict.fromkeys(keys):
        total = 0.0
        seen: dict[str, float] = {}
        for other, other_key in zip(cleaned, keys, strict=True):
            part = _support(key, other_key)
            if part:
                seen[other.source] = max(seen.get(other.source, 0.0), part * other.weight)
        total = sum(seen.values())
        if crowd and set(seen) == {"h1"}:  # one of many headings that nothing else speaks of
            total *= 0.4
        if slug:
            total += 1.5 * _overlap(key, slug, next(c.text for c, k in zip(cleaned, keys, strict=True) if k == key))
        if len(key) < 8:
            total -= 1.5
        score[key] = total
        voters[key] = sorted(seen)
    best = max(score, key=lambda k: (score[k], -keys.index(k)))
    text = next(c.text for c, k in zip(cleaned, keys, strict=True) if k == best)
    agreeing = tuple(voters[best])
    return TitleChoice(
        text, agreeing, f"agreed on by {', '.join(agreeing)}" if len(agreeing) > 1 else f"from {agreeing[0]} alone"
    )


def _in_full(text: str, candidates: Sequence[TitleCandidate]) -> str | None:
    """What another source says in full where this one was cut off with three dots."""
    start = _TRUNCATED.sub("", text)
    longer = (c.text for c in candidates if len(c.text) > len(text) and c.text.startswith(start))
    return next((full for full in longer if not _TRUNCATED.search(full)), None) if len(start) >= 12 else None


def _cut_where_others_end(candidate: TitleCandidate, keys: set[str], shown: set[str]) -> TitleCandidate:
    """Drop a tail behind a separator where another source has just the part before it.

    Not behind a dash, where the page shows (the keys of its h1 are `shown`) the whole as its headline: a title tag then
    has a shorter one.
    """
    if candidate.source == "h1":
        return candidate
    whole = letters(candidate.text) in shown
    for head in shorter_forms(candidate.text):
        key = letters(head)
        if len(key) >= 8 and key in keys and not (whole and _DASH.match(candidate.text, len(head))):
            return TitleCandidate(head, candidate.source, candidate.weight)
    return candidate


_FROM_TEMPLATE = frozenset(("title-tag", "og", "twitter", "meta"))


def _confirmed(candidates: Sequence[TitleCandidate]) -> bool:
    """Whether the title tag agrees with a source that is written apart from it.

    OpenGraph and Twitter titles are often made by the title tag's template: where they say exactly the same, with the
    site's name, and nothing else speaks, they confirm nothing.
    """
    tags = [letters(c.text) for c in candidates if c.source == "title-tag"]
    for candidate in candidates:
        if candidate.source == "title-tag":
            continue
        key = letters(candidate.text)
        if any(_agrees(key, tag) and not (key == tag and candidate.source in _FROM_TEMPLATE) for tag in tags):
            return True
    return not tags


_QUOTE = "\"'«„“”‘’"


def _whole(candidate: TitleCandidate, others: Sequence[TitleCandidate]) -> TitleCandidate:
    """The whole title for an attribute that a quotation mark cut short (`content="He said "no""`)."""
    start = candidate.text.rstrip()
    if candidate.source == "h1" or len(start) < 12:
        return candidate
    for other in others:
        rest = other.text[len(start) :].lstrip() if other.text.startswith(start) else ""
        if rest[:1] and rest[0] in _QUOTE:
            return TitleCandidate(other.text, candidate.source, candidate.weight)
    return candidate


def _agrees(a: str, b: str) -> bool:
    return a == b or (len(a) > 8 and len(b) > 8 and (a in b or b in a))


def _support(key: str, other: str) -> float:
    if key == other:
        return 1.0
    if len(key) >= 12 and key in other:
        return 0.6 if other.startswith(key) or other.endswith(key) else 0.3
    if len(other) >= 12 and other in key:  # the other one is shorter: cut off, or without this one's addition
        return 0.25
    return 0.0


def _slug(url: str) -> frozenset[str]:
    best = max(unquote(path_of(url)).split("/"), key=len)
    return frozenset(w for w in re.findall(r"[^\W\d_]{3,}", best.casefold()))


def _overlap(key: str, slug: frozenset[str], text: str) -> float:
    words = set(re.findall(r"[^\W\d_]{3,}", text.casefold()))
    if len(slug) < 3 or not words:
        return 0.0
    return len(words & slug) / max(len(slug), 1)


def subtitle(data: Structured, node: LinkedNode | None, title: str | None) -> str | None:
    """The standfirst that the page declares, where it is not the headline again.

    `alternativeHeadline` first (it is one line by definition), then the descriptions.
    """
    fields = node.data if node else {}
    options: Iterable[str | None] = (
        first_string(fields.get("alternativeHeadline")),
        data.item("alternativeheadline"),
        first_string(fields.get("description")),
        data.meta("og:description", "twitter:description", "description"),
    )
    own = letters(title or "")
    for option in options:
        key = letters(option or "")
        if option and key and key != own and len(option) <= 1_000:
            return option
    return None
