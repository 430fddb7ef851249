"""When a piece was published: every candidate that the page gives, and one pure function that chooses and says why.

A page states its date several times, not always the same one: a template may put the date of the last change or of the
request where the publication belongs, a machine-readable time is often converted to UTC while the reader is shown the
local day. Each candidate keeps its source, precision and zone; the choice keeps the page's own offset, so that the
calendar day is the one that the page itself states, and the instant is the same whatever the offset.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from newswire.dates import DateValue, parse_date

# The web is younger; earlier dates are zero values and typing errors (1970-01-01, 0001-01-01).
EARLIEST = datetime(1992, 1, 1, tzinfo=UTC)
# A clock may be wrong and a zone unknown (UTC+14), not more.
FUTURE_SLACK = timedelta(hours=26)
# Zones reach from UTC-12 to UTC+14: two statements of one date in different zones differ by less than their sum.
DAY, EAST, WEST = timedelta(days=1), timedelta(hours=14), timedelta(hours=12)
SAME_DAY = EAST + WEST
# Zones differ by whole quarters of an hour.
QUARTER = timedelta(minutes=15)

# How much a source is trusted to state the publication; from the development pages, in steps, not tuned finer.
TRUST = {
    "json-ld": 100,
    "meta": 95,
    "microdata": 90,
    "json-ld-page": 80,
    "hydration": 75,
    "time-published": 72,
    "time": 60,
    "feed": 58,
    "marked": 55,
    "text": 50,
    # A "date" without saying of what is often that of the last change, or without its zone: on five of five development
    # pages where it differed from the day at the headline, the headline was right.
    "meta-generic": 49,
    "url": 45,
    "text-before": 30,
    "json-ld-created": 28,
    "meta-created": 26,
    "comment": 25,
    "text-far": 20,
}


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """One statement of a date. `local` is its instant with the offset that the page uses; `role` is what it dates."""

    value: DateValue
    local: datetime
    kind: str
    role: str  # "published" or "modified"

    @property
    def trust(self) -> int:
        """The trust in the kind of source (see `TRUST`)."""
        return TRUST.get(self.kind, 0)


@dataclass(frozen=True, slots=True)
class PublishedChoice:
    """The chosen publication time with the page's own offset, the reason in words, and what disagrees with it.

    `at` and `value` are None where the page gives no plausible date. `conflict` names the sources that state another
    day than the chosen one, each with the first such day, so that an analyst can see a doubtful date.
    """

    at: datetime | None
    value: DateValue | None
    why: str
    conflict: tuple[str, ...]
    refused: tuple[str, ...]


_OFFSET = re.compile(
    r"(?:[T\s]\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?)\s*(?:[ap]m\s*)?\(?(?:(?:UTC|GMT)\s*(?=[+-]\d)|(?=[+-]\d\d))([+-])(\d{1,2}):?(\d{2})?\b",
    re.I,
)

_NAMED_ZONE = re.compile(
    r"\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?\s*\(?((?!UTC|GMT|Uhr|[ap]m\b)[^\W\d_]{2,5})\b", re.I
)


def local_time(value: DateValue, zone: str | None) -> datetime:
    """A date's instant with the offset in which the page wrote it (UTC where it wrote none and no zone is known)."""
    match = _OFFSET.search(value.raw)
    if match:
        sign = 1 if match.group(1) == "+" else -1
        offset = timedelta(hours=int(match.group(2)), minutes=int(match.group(3) or 0))
        if offset <= timedelta(hours=14):
            return value.instant.astimezone(timezone(sign * offset))
    if value.zone == "explicit" and (named := _NAMED_ZONE.search(value.raw)):
        # "12:45 EDT": the same words without the zone are the local time
        bare = parse_date(value.raw[: named.start(1)] + value.raw[named.end(1) :], source=value.source)
        if bare is not None and abs(offset := bare.instant - value.instant) <= timedelta(hours=14):
            return value.instant.astimezone(timezone(timedelta(minutes=round(offset.total_seconds() / 60))))
    if zone and value.zone == "outlet":
        return value.instant.astimezone(_zone(zone))
    return value.instant.astimezone(UTC)


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ValueError, KeyError, OSError):
        return UTC


def plausible(value: DateValue, fetched_at: datetime | None) -> bool:
    """Not before the web, not after the page was fetched."""
    if value.instant < EARLIEST:
        return False
    return fetched_at is None or value.instant <= fetched_at + FUTURE_SLACK


def choose_published(candidates: Sequence[DateCandidate], fetched_at: datetime | None) -> PublishedChoice:
    """Choose the publication time among the candidates, and say why.

    1. Implausible candidates are refused, and those that only state the time of the request (`_of_the_request`).
    2. The most trusted source wins, unless the page shows its readers another day at the headline and a second source
       for machines states that day, too (`_shown_and_confirmed`); or the address of the page names a day that is more
       than a day earlier and another source confirms that day or nothing else is known to be wrong with it: a template
       then states the last change as the publication.
    3. Of the candidates for the same day the most precise is taken.
    4. The offset is the page's own (`_at_home`).
    """
    refused = tuple(
        f"{c.value.source} {c.value.raw[:40]}"
        for c in candidates
        if c.role == "published" and not plausible(c.value, fetched_at)
    )
    usable = [c for c in candidates if plausible(c.value, fetched_at)]
    if fetched_at is not None and (requested := _of_the_request(usable, fetched_at)):
        refused += tuple(f"{c.value.source} {c.value.raw[:40]}" for c in requested)
        usable = [c for c in usable if c not in requested]
    published = sorted((c for c in usable if c.role == "published"), key=lambda c: -c.trust)
    if not published:
        modified = sorted((c for c in usable if c.role == "modified"), key=lambda c: -c.trust)
        if not modified:
            return PublishedChoice(None, None, "the page states no plausible date", (), refused)
        best = _at_home(modified[0], usable)
        return PublishedChoice(best.local, best.value, f"only a date of change: {best.value.source}", (), refused)
    best = published[0]
    why = f"most trusted source: {best.value.source}"
    if shown := _shown_and_confirmed(best, published):
        best = shown
        why = f"{best.value.source} agrees with the date at the headline, {published[0].value.source} does not"
    elif twin := _true_twin(best, published):
        best = twin
        why = f"{published[0].value.source} has labelled local time as UTC, {best.value.source} has not"
    address = next((c for c in published if c.kind == "url"), None)
    settled = _is_shown(best, published) and len({c.kind for c in published if _on_day_of(c, best)} & _FOR_MACHINES) > 1
    if address is not None and not settled and best is not address and not _same_day(best, address):
        near = [c for c in published if c.trust > TRUST["url"] and _same_day(c, address)]
        # a date in the address is a day of the piece's life, not always the first (live pages, evergreen series): one
        # source that agrees with it does not outweigh three kinds which agree on another day
        against = {c.kind for c in published if _same_day(c, best)}
        if near and (len(against) < 3 or near[0].trust >= TRUST["microdata"]):
            best = near[0]
            why = f"{best.value.source} agrees with the address, {published[0].value.source} does not"
        elif best.value.instant > address.value.instant and best.trust < TRUST["microdata"]:
            best = address
            why = f"the address names an earlier day than {published[0].value.source}"
    precise = _most_precise(best, published)
    if precise is not best:
        why += f", time from {precise.value.source}"
    chosen = _at_home(precise, usable)
    if chosen.local.utcoffset() != precise.local.utcoffset():
        why += ", shown in the page's own zone"
    others = [c for c in published if c.trust >= TRUST["url"] and not _same_day(c, chosen)]
    first = {c.value.source: c.local for c in reversed(others)}  # a page full of teasers has dates without end
    conflict = tuple(
        f"{source} says {first[source]:%Y-%m-%d}" for source in dict.fromkeys(c.value.source for c in others)
    )
    return PublishedChoice(chosen.local, chosen.value, why, conflict, refused)


# A template that prints the present is this fresh; a feed is seldom polled within this time of a publication.
REQUEST = timedelta(minutes=15)


def _of_the_request(usable: Sequence[DateCandidate], fetched_at: datetime) -> list[DateCandidate]:
    """The publication times that are the time of the request: younger than `REQUEST`, while the page shows its readers
    an earlier day."""
    published = [c for c in usable if c.role == "published"]
    fresh = [
        c
        for c in published
        if c.kind in _FOR_MACHINES
        and c.value.precision in ("second", "minute")
        and abs(fetched_at - c.value.instant) <= REQUEST
    ]
    earlier = any(
        c.kind in _FOR_READERS and c.value.instant < fetched_at and not _same_day(c, one)
        for c in published
        for one in fresh[:1]
    )
    return fresh if earlier else []


_FOR_MACHINES = frozenset(("json-ld", "meta", "microdata", "json-ld-page", "meta-generic"))


def _on_day_of(a: DateCandidate, b: DateCandidate) -> bool:
    return a.local.date() == b.local.date()


def _is_shown(candidate: DateCandidate, published: Sequence[DateCandidate]) -> bool:
    """Whether the page shows the candidate's day to its readers at the headline."""
    return any(c.kind == "text" and _on_day_of(c, candidate) for c in published)


def _shown_and_confirmed(best: DateCandidate, published: Sequence[DateCandidate]) -> DateCandidate | None:
    """What a second source for machines states for the day that is shown at the headline, where `best` has another day.

    None where the page shows no other day, nothing confirms it, or both can mean the same instant in different zones.
    """
    if _is_shown(best, published):
        return None
    for other in published:
        if other.kind in _FOR_MACHINES and not _on_day_of(other, best) and _is_shown(other, published):
            apart = abs(other.value.instant - best.value.instant)
            timed = {other.value.precision, best.value.precision} <= {"second", "minute"}
            in_zones = apart <= SAME_DAY and apart % QUARTER == timedelta(0) if timed else _same_day(best, other)
            if not in_zones:
                return other
    return None


def _true_twin(best: DateCandidate, published: Sequence[DateCandidate]) -> DateCandidate | None:
    """`article:published_time`, where it and `best` claim UTC for the same minute and second of another hour.

    One of them has labelled local time as UTC. That property is filled by tools that convert; on all development pages
    with such twins (three pages of three outlets) it was the true one.
    """
    if best.value.precision != "second" or best.value.zone != "explicit" or best.local.utcoffset():
        return None
    for other in published:
        if other.value.source == "meta:article:published_time" and other.value.zone == "explicit":
            apart = abs(other.value.instant - best.value.instant)
            if not other.local.utcoffset() and apart and apart <= EAST and apart % QUARTER == timedelta(0):
                return other
    return None


_PRECISION = {"second": 3, "minute": 2, "day": 1, "month": 0}


def _same_day(a: DateCandidate, b: DateCandidate) -> bool:
    """Whether two candidates can mean the same publication: the same local day, or within the reach of zones."""
    if "month" in (a.value.precision, b.value.precision):
        return (a.local.year, a.local.month) == (b.local.year, b.local.month)
    if a.local.date() == b.local.date():
        return True
    if a.value.precision == "day" and b.value.precision != "day":
        a, b = b, a
    if b.value.precision == "day":  # the day runs from its start in the east to its end in the west
        return b.value.instant - EAST <= a.value.instant < b.value.instant + DAY + WEST
    return abs(a.value.instant - b.value.instant) <= SAME_DAY


def _most_precise(best: DateCandidate, published: Sequence[DateCandidate]) -> DateCandidate:
    """The first candidate for the same calendar day that has a time of day, where the best has none.

    Failing that, one with a zone of its own which lies on that day somewhere on earth: a bare day has no zone.
    """
    if _PRECISION.get(best.value.precision, 0) >= 2 and not _is_midnight(best):
        return best
    timed = [c for c in published if _PRECISION.get(c.value.precision, 0) >= 2 and not _is_midnight(c)]
    start = best.local.replace(tzinfo=UTC)
    zoned = [c for c in timed if c.value.zone == "explicit" and start - EAST <= c.value.instant < start + DAY + WEST]
    return next((c for c in timed if _on_day_of(c, best)), next(iter(zoned), best))


def _is_midnight(candidate: DateCandidate) -> bool:
    """A time of exactly 00:00 is how templates write a date without a time."""
    return (candidate.local.hour, candidate.local.minute, candidate.local.second) == (0, 0, 0)


def _at_home(chosen: DateCandidate, usable: Sequence[DateCandidate]) -> DateCandidate:
    """The chosen candidate with the offset that the page itself uses; the instant changes only where no zone was given.

    A time in UTC ("Z") gets the offset of another statement of the same instant; failing that, where the page states the day
    (in its address or its text) and that is the neighbour of the UTC day, the smallest offset which gives that day.
    A time without any zone gets the one offset that the page's other times carry.
    """
    if chosen.value.precision not in ("second", "minute"):
        return chosen
    offsets = [
        c.local.utcoffset()
        for c in usable
        if c.value.zone == "explicit" and c.local.utcoffset() and c.value.precision in ("second", "minute")
    ]
    if chosen.value.zone not in ("explicit", "outlet"):
        distinct = set(offsets)
        if len(distinct) == 1 and (offset := distinct.pop()) is not None:
            zone = timezone(offset)
            local = chosen.local.replace(tzinfo=zone)
            return replace(chosen, local=local, value=replace(chosen.value, instant=local.astimezone(UTC), zone="page"))
        return chosen
    if chosen.local.utcoffset() or _at_zero_offset(chosen.value):
        return chosen
    offset = _stated_offset(chosen, usable) or _offset_for_stated_day(chosen, usable)
    return replace(chosen, local=chosen.value.instant.astimezone(timezone(offset))) if offset else chosen


def _at_zero_offset(value: DateValue) -> bool:
    """Whether a time is written with "+00:00": by RFC 9557 (section 2.2) that names zero as the local offset, while "Z"
    and "-00:00" only say what the time is in UTC and leave the local offset open."""
    match = _OFFSET.search(value.raw)
    return match is not None and match.group(1) == "+" and match.group(2) == "00" and match.group(3) in (None, "00")


def _stated_offset(chosen: DateCandidate, usable: Sequence[DateCandidate]) -> timedelta | None:
    """The offset in which the page shows the chosen instant: written, or the difference to a local time."""
    for other in usable:
        if other.value.precision not in ("second", "minute"):
            continue
        if other.value.zone == "explicit":
            offset = other.local.utcoffset()
            if offset and abs(other.value.instant - chosen.value.instant) < timedelta(days=3):
                return offset
        elif other.value.zone == "assumed-utc" and other.kind in _FOR_READERS:
            # 19:29 beside 01:29Z: the same minute of the hour (or half or quarter hour), within the reach of zones
            difference = other.value.instant - chosen.value.instant.replace(second=0, microsecond=0)
            difference -= timedelta(seconds=other.value.instant.second)
            minutes = round(difference.total_seconds() / 60)
            if minutes and minutes % 15 == 0 and -720 <= minutes <= 840:
                return timedelta(minutes=minutes)
    return None


_FOR_READERS = frozenset(("url", "text", "marked", "time", "time-published"))


def _offset_for_stated_day(chosen: DateCandidate, usable: Sequence[DateCandidate]) -> timedelta | None:
    """The smallest offset that puts a UTC instant on the day which the page states, if that is a neighbour.

    The address is asked first, then what stands by the headline. A statement of the UTC day itself settles it: none.
    """
    day = chosen.local.date()
    stated = [c for c in usable if c.role == "published" and c.value.zone != "explicit" and c.kind in _FOR_READERS]
    changed = {c.local.date() for c in usable if c.role == "modified"}
    if any(day < other.local.date() and other.local.date() in changed for other in stated):
        return None  # the later day that is shown is the one of the last change
    for other in sorted(stated, key=lambda c: c.kind != "url"):
        difference = (other.local.date() - day).days
        if difference == 0:
            return None
        if difference == -1 and chosen.local.hour < 12:
            return -timedelta(hours=chosen.local.hour + 1)
        if difference == 1 and chosen.local.hour >= 10:
            return timedelta(hours=24 - chosen.local.hour)
    return None


def choose_modified(
    candidates: Sequence[DateCandidate], published: PublishedChoice, fetched_at: datetime | None
) -> DateCandidate | None:
    """The time of the last change, where the page states one that is not before the publication."""
    usable = [c for c in candidates if c.role == "modified" and plausible(c.value, fetched_at)]
    if published.value is not None:
        floor = published.value.instant - SAME_DAY if published.value.precision == "day" else published.value.instant
        usable = [c for c in usable if c.value.instant >= floor]
    return max(usable, key=lambda c: (c.trust, _PRECISION.get(c.value.precision, 0)), default=None)
