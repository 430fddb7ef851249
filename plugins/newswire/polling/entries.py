"""From what a reader found in a document to a Feed: our own reading of addresses, titles, dates and identity."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from newswire.dates import DateValue, parse_date, plausible
from newswire.ledger import Reason
from newswire.polling.markup import MAX_SUMMARY_MARKUP, text_of, title_of
from newswire.polling.raw import RawEntry, RawFeed
from newswire.polling.values import Enclosure, Entry, Feed
from newswire.text import clean, one_line
from newswire.urls import UrlRejected, absolute_url, canonical_url

# A headline; what is longer is text in the wrong element. 1,000 keeps every real one of the samples (longest 512).
MAX_TITLE = 1_000
# Full text of the longest reportages is below 200,000 characters; markup doubles it. More is not an article.
MAX_CONTENT = 1_000_000
_MAX_NAMES = 50


def finish(
    raw: RawFeed, url: str, fetched_at: datetime, zone: str | None, max_entries: int, problems: list[str]
) -> Feed:
    """What a reader found, as a Feed. `problems` are those met so far; `fetched_at` and `zone` are those of parse_feed."""
    language = _language(raw.language)
    count: Counter[str] = Counter()
    listed = [entry for entry in raw.entries if _says_something(entry)]
    entries = tuple(_entry(entry, url, fetched_at, zone, language, count) for entry in listed[:max_entries])
    if len(raw.entries) > len(listed):
        problems.append(f"{len(raw.entries) - len(listed)} empty entries dropped")
    if len(listed) > max_entries:
        problems.append(f"{len(listed) - max_entries} entries beyond {max_entries} dropped")
    problems += [*raw.problems, *(f"{n} {what}" for what, n in sorted(count.items()))]
    home = _address(raw.home, url)
    by_rel = [(rel.lower(), address) for rel, href in raw.links if (address := _address(href, url))]
    return Feed(
        format=raw.format,
        title=title_of(raw.title)[:MAX_TITLE],
        language=language,
        home=home,
        hints=raw.hints,
        entries=entries,
        problems=tuple(problems),
        hubs=tuple(dict.fromkeys(a for rel, a in by_rel if rel == "hub"))[:5],
        next_link=next((a for rel, a in by_rel if rel == "next"), None),
        self_link=next((a for rel, a in by_rel if rel == "self"), None),
    )


def _says_something(raw: RawEntry) -> bool:
    return bool(raw.link or raw.guid or raw.title.strip() or raw.summary.strip() or raw.content.strip())


def _entry(
    raw: RawEntry, url: str, fetched_at: datetime, zone: str | None, language: str | None, count: Counter[str]
) -> Entry:
    link = canonical = rejected = None
    detail = ""
    if raw.link is None:
        rejected, detail = Reason.BAD_URL, "no link"
    else:
        try:
            link = absolute_url(raw.link, url)
            canonical = canonical_url(link)
        except UrlRejected as error:
            link, rejected, detail = None, error.reason, error.detail
    if rejected is not None:
        count[f"entries without a usable link ({rejected.value})"] += 1
    summary = text_of(raw.summary[:MAX_SUMMARY_MARKUP])
    title = title_of(raw.title[: 10 * MAX_TITLE])[:MAX_TITLE]
    if not title:
        title = _beginning(summary or text_of(raw.content[:MAX_SUMMARY_MARKUP]))
        count["entries without a title"] += 1
    own_language = _language(raw.language) or language
    published = _date(raw.published, fetched_at, zone, own_language, count)
    updated = _date(raw.updated, fetched_at, zone, own_language, count)
    if published is None and not raw.published:
        published = updated  # dc:date or atom:updated is the only date that this feed gives
    return Entry(
        guid=clean(raw.guid)[:2_000] if raw.guid else None,
        guid_is_permalink=raw.guid_is_permalink,
        link=link,
        canonical_url=canonical,
        rejected=rejected,
        rejected_detail=detail,
        title=title,
        summary=summary,
        content_html=clean(raw.content)[:MAX_CONTENT] if raw.content.strip() else None,
        published=published,
        updated=updated,
        authors=_names(raw.authors),
        tags=_names(raw.tags),
        enclosures=tuple(
            Enclosure(a, one_line(t)[:100]) for u, t in raw.enclosures[:_MAX_NAMES] if (a := _address(u, url))
        ),
        language=_language(raw.language) or language,
    )


def _date(
    candidates: Iterable[tuple[str, str]], now: datetime, zone: str | None, language: str | None, count: Counter[str]
) -> DateValue | None:
    """The first candidate that can be read and believed. One in the future is dropped: it would stay on top."""
    for source, raw in candidates:
        value = parse_date(raw, source=source, zone=zone, language=language) or parse_date(
            raw, source=source, zone=zone, language=language, now=now
        )
        if value is None:
            count["dates that cannot be read"] += 1
        elif not plausible(value.instant, now):
            count["dates in the future ignored"] += 1
        else:
            return value
    return None


def _address(url: str | None, base: str) -> str | None:
    if not url or not url.strip():
        return None
    try:
        return absolute_url(url, base)
    except UrlRejected:
        return None


def _language(declared: str | None) -> str | None:
    """A BCP 47 tag in lower case ("uk", "en-us"), or None for what is none."""
    tag = one_line(declared or "").replace("_", "-").lower()
    return tag if re.fullmatch(r"[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,3}", tag) else None


def _names(raw: Iterable[str]) -> tuple[str, ...]:
    names = (title_of(name[:2_000])[:200] for name in raw)
    return tuple(dict.fromkeys(name for name in names if name))[:_MAX_NAMES]


def _beginning(text: str) -> str:
    """The first sentence or 120 characters of a text, cut at a word."""
    line = one_line(text)
    sentence = re.match(r".{20,120}?[.!?…](?=\s|$)", line)
    if sentence:
        return sentence.group()
    return line if len(line) <= 120 else line[:120].rsplit(" ", 1)[0] + "…"
