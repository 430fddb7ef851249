"""Dates as the news web writes them, to an instant in UTC with its precision and the source of its zone.

One rule above all: a wrong instant is worse than none. A spelling is read only when it can mean one thing; what is
ambiguous (03/04/2026) is settled by the weekday beside it or by the language, and else refused, as is whatever is not
a date of our time. Covered: RFC 822/1123/850, asctime, ISO 8601 and W3CDTF, Unix time, dates in figures, month names
in forty languages (newswire.date_names), named and numeric zones, and words relative to `now`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from newswire.date_names import MONTHS, WEEKDAYS
from newswire.date_words import FILLERS, RELATIVE_DAYS, UNITS
from newswire.date_zones import ALTERNATIVES, OFFSETS, ZONES
from newswire.text import one_line

Precision = Literal["second", "minute", "day", "month"]

# The web is younger; what claims to be older is a default value (1970-01-01, 0001-01-01) or a typing error.
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
# Clocks and zones are wrong by hours, so a day ahead is believed; more is a typing error or a trick to stay on top.
FUTURE_TOLERANCE = timedelta(days=1)
# Beyond any possible date even when the caller gives no `now`.
_LATEST_YEAR = 2100
# The longest honest spelling ("mercredi 30 septembre 2026 à 15 h 30 min 25 s, heure d'Europe centrale") is below this.
_MAX_LENGTH = 120
# Real zones run from -12:00 to +14:00 (tz database).
_MIN_OFFSET, _MAX_OFFSET = -12 * 60, 14 * 60


@dataclass(frozen=True, slots=True)
class DateValue:
    """A point in time and what is known about it.

    `instant` is aware, in UTC. For precision "day" and "month" it is 00:00 UTC of the calendar day (or first day of the
    month) that was written, so that `instant.date()` is that day. `source` is the caller's word for where the date
    stood. `zone` says where the zone came from: "explicit" (written), "outlet" (the caller's zone), "assumed-utc"
    (none known), "epoch" (Unix time), "relative" (counted from `now`) or "none" (a bare day needs none).
    `raw` is the text as found.
    """

    instant: datetime
    precision: Precision
    source: str
    zone: str
    raw: str


def plausible(instant: datetime, now: datetime) -> bool:
    """Whether a publication can carry this date: not before 1990 and not more than a day ahead of `now` (aware)."""
    return EARLIEST <= instant <= now + FUTURE_TOLERANCE


def parse_date(
    raw: str, *, source: str, zone: str | None = None, now: datetime | None = None, language: str | None = None
) -> DateValue | None:
    """Read one date. Returns None where there is none, where it is ambiguous, and where it is implausible.

    `zone` is the outlet's IANA zone, used for times without one; `now` (aware) is needed for relative words and for days
    without a year, and refuses dates more than a day ahead; `language` (BCP 47) settles month names and the order of
    day and month that two languages read differently. Never raises.
    """
    try:
        text = _prepare(raw)
        if not text:
            return None
        found = (
            _epoch(text)
            or _iso(text, zone)
            or _written(text, zone, now, (language or "").lower())
            or _relative(text, zone, now)
        )
    except (ValueError, OverflowError):  # a day that the calendar or the clock does not have
        return None
    if found is None:
        return None
    instant, precision, zone_source = found
    if instant < EARLIEST or instant.year > _LATEST_YEAR or (now is not None and instant > now + FUTURE_TOLERANCE):
        return None
    return DateValue(instant, precision, source, zone_source, raw)


_Found = tuple[datetime, Precision, str]

# Decimal digits of other scripts, and the invisible marks that Arabic and Hebrew dates carry
_DIGITS = {ord(c): str(i % 10) for i, c in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯")}
_STRIP = dict.fromkeys(map(ord, "\u200e\u200f\u200b\u2060\xad"))


def _prepare(raw: str) -> str:
    if len(raw) > 10 * _MAX_LENGTH:
        return ""
    text = one_line(raw).translate(_STRIP).translate(_DIGITS).replace("\u2212", "-").replace("’", "'").replace("ʼ", "'")
    return text if len(text) <= _MAX_LENGTH else ""


# --------------------------------------------------------------------------- figures only

_EPOCH = re.compile(r"(\d{9,10}|\d{12,13}|\d{15,16})(?:\.\d{1,9})?")


def _epoch(text: str) -> _Found | None:
    """Unix time in seconds, milliseconds or microseconds, told apart by the number of digits (1973 to 2286)."""
    match = _EPOCH.fullmatch(text)
    if not match:
        return None
    digits = match.group(1)
    seconds = (
        int(digits) // {2: 1, 1: 1, 3: 1000, 4: 1_000_000}[1 if len(digits) < 11 else 3 if len(digits) < 14 else 4]
    )
    return datetime.fromtimestamp(seconds, UTC), "second", "epoch"


_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})"
    r"(?:(?:[Tt_]|\s+|\s*[Tt]\s*|(?<=\d\d-\d\d-\d\d)-)"
    r"(\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,:]\d{1,9})?)?)?)?"
    r"\s*(?P<zone>[Zz]|(?:UTC|GMT)?\s*[+-]\d{1,2}(?::?\d{2})?(?::?\d{2})?|[A-Za-z]{2,5})?(?:\[[\w/+-]+\])?"
)
_ISO_WEEK = re.compile(r"(\d{4})-?W(\d{2})-?(\d)")
_ISO_ORDINAL = re.compile(r"(\d{4})-(\d{3})")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")


def _iso(text: str, zone: str | None) -> _Found | None:
    if match := _ISO.fullmatch(text):
        year, month, day = (int(match.group(i)) for i in (1, 2, 3))
        on = date(year, month, day)
        if match.group(4) is None:
            return None if match.group("zone") and not _offset(match.group("zone")) else _day(on)
        at = (int(match.group(4)), int(match.group(5) or 0), int(match.group(6) or 0))
        if match.group(5) is None and "-" not in text[:8]:
            return None  # "2026092008": too little to be sure
        return _moment(on, at, match.group(6) is not None, match.group("zone"), zone)
    if match := _ISO_WEEK.fullmatch(text):
        return _day(date.fromisocalendar(*(int(g) for g in match.groups())))
    if match := _ISO_ORDINAL.fullmatch(text):
        year, ordinal = int(match.group(1)), int(match.group(2))
        on = date(year, 1, 1) + timedelta(days=ordinal - 1)
        return _day(on) if on.year == year and ordinal > 0 else None
    if match := _ISO_MONTH.fullmatch(text):
        return _month(int(match.group(1)), int(match.group(2)))
    return None


# --------------------------------------------------------------------------- with words

_TIME = re.compile(
    r"(?<![\d.:/-])(\d{1,2})"
    r"(?:\s?:\s?(\d{2})(?:\s?:\s?(\d{2})(?:[.,]\d{1,9})?)?|\s?[hH]\s?(\d{2})?(?:\s?(?:m|min|mn))?(?![a-z]))?"
    r"(?:\s*([aApP])\.?\s?[mM]\b\.?)?(?![\d:])"
)
_DOTTED_TIME = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{2})(?:\.(\d{2}))?(?![\d.])")
_CJK_DATE = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号號]?")
_CJK_TIME = re.compile(
    r"(上午|下午|午前|午後|오전|오후)?\s?(\d{1,2})\s?(?:[时時시点點]|:)\s?(\d{1,2})\s?分?분?(?:\s?(\d{1,2})\s?[秒초])?"
)
_YEAR_FIRST = re.compile(r"(?<![\d.:/-])(\d{4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?![\d/-])\.?")
_YEAR_LAST = re.compile(r"(?<![\d.:/-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d/-])")
_WORDS = re.compile(r"[^\W\d_][^\W\d_'`-]*(?:['`-][^\W\d_]+)*")
_NUMBER = re.compile(r"(?<!\d)(\d{1,4})(?!\d)(?:st|nd|rd|th|º|ª|er|ος|η|-[гоетй]{1,3}|\.)?", re.IGNORECASE)
_ZONE = re.compile(
    r"(?:\b(?:UTC|GMT|UT)\s*([+-]\s?\d{1,2}(?::?\d{2})?)(?!\d)"  # GMT+3, UTC +03:00
    r"|(?<![\d.])\s([+-]\d{1,2}:?\d{2})(?::?00)?(?!\d)"  # a number after a space
    r"|(?<=:\d\d)\s?([+-]\d{1,2}:?\d{2})(?!\d)"  # or glued to the time
    r"|(?<=:\d\d)\s?(Z)\b)",
    re.IGNORECASE,
)
_PARENTHESES = re.compile(r"\(([^()]{0,40})\)")


def _written(text: str, zone: str | None, now: datetime | None, language: str) -> _Found | None:
    """A date with names or separators in any order that cannot be misread."""
    remarks = _PARENTHESES.findall(text)
    rest = _PARENTHESES.sub(" ", text).strip()
    written_zone: str | None = None
    if match := _ZONE.search(rest):
        written_zone = next(g for g in match.groups() if g).replace(" ", "")
        rest = rest[: match.start()] + " " + rest[match.end() :]
    rest, at, seconds = _take_time(rest)
    candidates, rest = _take_figures(rest, language)
    weekday, months, zones, unknown, rest = _take_words(rest, language)
    if unknown:
        return None
    numbers = [int(n) for n in _NUMBER.findall(rest)]
    if _NUMBER.sub("", rest).strip(" ,.;:|/·•-–—'\"@") != "":
        return None
    if candidates is None:
        candidates = _named_dates(numbers, rest, months, now)
    elif months or len(numbers) > 0:
        return None
    if weekday and len(candidates) > 1:
        candidates = [c for c in candidates if c.weekday() in weekday]
    if now is not None and len(candidates) > 1:
        candidates = [c for c in candidates if c <= (now + FUTURE_TOLERANCE).date()]
    if len(set(candidates)) != 1:
        if (
            not candidates
            and at is None
            and len(months) == 1
            and len(numbers) == 1
            and 1990 <= numbers[0] <= _LATEST_YEAR
        ):
            return _month(numbers[0], next(iter(months)))
        return None
    if at is None:
        return _day(candidates[0])
    if written_zone is None:
        names = zones or [r for r in (remark.strip() for remark in remarks) if _offset(r) or r.upper() in _NAMED]
        if len(set(names)) > 1:
            return None
        written_zone = names[0] if names else None
    return _moment(candidates[0], at, seconds, written_zone, zone)


def _take_time(text: str) -> tuple[str, tuple[int, int, int] | None, bool]:
    """Cut the time of day out. Returns (rest, (hour, minute, second) or None, whether seconds were written).

    Raises ValueError where what looks like a time is none (08:61), or where there are two.
    """
    if match := _CJK_TIME.search(text):
        hour, minute = int(match.group(2)), int(match.group(3))
        half = match.group(1)
        if half and hour <= 12:
            hour = hour % 12 + (12 if half in ("下午", "午後", "오후") else 0)
        if re.search(r"[年月日년월일]", text):
            return _cut(text, match), (hour, minute, int(match.group(4) or 0)), match.group(4) is not None
    found = [
        m for m in _TIME.finditer(text) if m.group(2) or m.group(5) or (m.group(0).strip()[-1:] in "hH") or m.group(4)
    ]
    if not found:
        dotted = [m for m in _DOTTED_TIME.finditer(text) if not _YEAR_LAST.search(text[m.start() :][:10])]
        if len(dotted) == 1 and (
            re.search(r"\b(?:uhr|kl|klo|ore|om|at|ob|um)\b", text, re.IGNORECASE) or len(text) > 10
        ):
            hour, minute = int(dotted[0].group(1)), int(dotted[0].group(2))
            has_date = _YEAR_LAST.search(_cut(text, dotted[0])) or _YEAR_FIRST.search(_cut(text, dotted[0]))
            if (hour < 24 and minute < 60) and (has_date or re.search(r"\b\d{4}\b", _cut(text, dotted[0]))):
                return (
                    _cut(text, dotted[0]),
                    (hour, minute, int(dotted[0].group(3) or 0)),
                    dotted[0].group(3) is not None,
                )
        return text, None, False
    if len(found) > 1:
        raise ValueError("two times")
    match = found[0]
    hour, minute, second = int(match.group(1)), int(match.group(2) or match.group(4) or 0), int(match.group(3) or 0)
    if match.group(5):
        if not 1 <= hour <= 12 and not 13 <= hour <= 23:  # "15:30 PM" is a common template fault, and clear
            raise ValueError("hour")
        if hour > 12 and match.group(5) in "aA":
            raise ValueError("hour")
        hour = hour if hour > 12 else hour % 12 + (12 if match.group(5) in "pP" else 0)
    return _cut(text, match), (hour, minute, second), match.group(3) is not None


def _cut(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + " " + text[match.end() :]


def _take_figures(text: str, language: str) -> tuple[list[date] | None, str]:
    """Cut out a date in figures. Returns (its possible readings or None where there is no such date, rest)."""
    if match := _CJK_DATE.search(text):
        return [date(*(int(match.group(i)) for i in (1, 2, 3)))], _cut(text, match)
    if match := _YEAR_FIRST.search(text):
        return [date(int(match.group(1)), int(match.group(3)), int(match.group(4)))], _cut(text, match)
    match = _YEAR_LAST.search(text)
    if not match:
        return None, text
    first, separator, second = int(match.group(1)), match.group(2), int(match.group(3))
    year = _full_year(match.group(4))
    if len(match.group(4)) == 2 and separator == "-":
        return [], _cut(text, match)  # 26-09-20 or 20-09-26: nobody can know
    day_first = _valid(year, second, first)
    month_first = _valid(year, first, second)
    rest = _cut(text, match)
    if separator == ".":  # only day.month.year is written with dots
        return day_first, rest
    if language == "en-us":
        return month_first or day_first, rest
    if language and language.split("-")[0] not in _MONTH_FIRST_POSSIBLE:
        return day_first, rest
    return list(dict.fromkeys(day_first + month_first)), rest


# English is written both ways; so are these, under American influence (CLDR short formats: en-US, fil, es-PR, es-PA).
_MONTH_FIRST_POSSIBLE = frozenset({"en", "fil", "tl", "es"})


def _full_year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    if len(digits) == 2:  # RFC 2822: 00 to 49 are of this century
        return 2000 + int(digits) if int(digits) < 50 else 1900 + int(digits)
    raise ValueError("year")


def _valid(year: int, month: int, day: int) -> list[date]:
    if 1 <= month <= 12 and year >= 1 and 1 <= day <= calendar.monthrange(year, month)[1]:
        return [date(year, month, day)]
    return []


def _named_dates(numbers: list[int], rest: str, months: set[int], now: datetime | None) -> list[date]:
    """Possible dates from a month name (with its readings) and the numbers around it."""
    if not months:
        return []
    if len(numbers) == 1 and now is not None and 1 <= numbers[0] <= 31:
        return [d for month in months for d in _nearest_year(month, numbers[0], now)]
    if len(numbers) != 2:
        return []
    spelt = _NUMBER.findall(rest)
    found: list[date] = []
    for day, year in ((0, 1), (1, 0)):
        digits = spelt[year]
        if len(digits) == 4 or (len(digits) == 2 and year == 1):
            found += [d for month in sorted(months) for d in _valid(_full_year(digits), month, numbers[day])]
        if len(digits) == 4 and found:
            break
    return found


def _nearest_year(month: int, day: int, now: datetime) -> list[date]:
    """A day without a year is the last one that is not in the future."""
    limit = (now + FUTURE_TOLERANCE).date()
    for year in (now.year + 1, now.year, now.year - 1):
        if (found := _valid(year, month, day)) and found[0] <= limit:
            return found
    return []


def _take_words(text: str, language: str) -> tuple[set[int], set[int], list[str], bool, str]:
    """Sort the words: (weekdays, months, zone names, whether a word is unknown, text without words)."""
    weekdays: set[int] = set()
    months: set[int] = set()
    zones: list[str] = []
    unknown = False
    words = [m.group() for m in _WORDS.finditer(text)]
    for i, word in enumerate(words):
        key = word.casefold().strip(".'`-")
        if word.upper() in _NAMED and (i > 0 or len(words) == 1) and not (key in _month_names() and not months):
            zones.append(word.upper())
        elif key in _month_names() and not (months and key in _weekday_names()) and not _is_weekday_here(i, key, words):
            readings = _month_names()[key]
            here = {m for m, languages in readings.items() if language.split("-")[0] in languages} or set(readings)
            if months and months != here:
                unknown = True
            months = here
        elif key in _weekday_names():
            weekdays |= _weekday_names()[key]
        elif key not in FILLERS:
            unknown = True
    return weekdays, months, zones, unknown, _WORDS.sub(" ", text)


def _is_weekday_here(i: int, key: str, words: list[str]) -> bool:
    """ "mar" is Tuesday in "mar, 20 set" and March in "20 mar": a weekday when another month name follows."""
    return key in _weekday_names() and any(w.casefold() in _month_names() for w in words[i + 1 :])


@lru_cache(maxsize=1)
def _month_names() -> dict[str, dict[int, frozenset[str]]]:
    table: dict[str, dict[int, set[str]]] = {}
    for language, names in MONTHS.items():
        for number, spellings in enumerate(names.split("|"), 1):
            for spelling in spellings.split():
                table.setdefault(spelling, {}).setdefault(number, set()).add(language.split("-")[0])
    return {name: {m: frozenset(v) for m, v in readings.items()} for name, readings in table.items()}


@lru_cache(maxsize=1)
def _weekday_names() -> dict[str, set[int]]:
    table: dict[str, set[int]] = {}
    for names in WEEKDAYS.values():
        for number, spellings in enumerate(names.split("|")):
            for spelling in spellings.split():
                table.setdefault(spelling.strip(".").replace("’", "'").replace("ʼ", "'"), set()).add(number)
    return table


# --------------------------------------------------------------------------- zones

_NAMED = frozenset(OFFSETS) | frozenset(ZONES) | frozenset(ALTERNATIVES)
_NUMERIC = re.compile(r"(?:UTC|GMT|UT)?\s*([+-])\s?(\d{1,2})(?::?(\d{2}))?(?::?\d{2})?", re.IGNORECASE)


def _offset(written: str) -> tzinfo | None:
    """The zone that a numeric offset or UTC names; None for anything else. Raises ValueError outside -12:00..+14:00."""
    if written.upper() in ("Z", "UTC", "GMT", "UT"):
        return UTC
    match = _NUMERIC.fullmatch(written.strip())
    if not match:
        return None
    hours, minutes = int(match.group(2)), int(match.group(3) or 0)
    total = (hours * 60 + minutes) * (-1 if match.group(1) == "-" else 1)
    if minutes >= 60 or not _MIN_OFFSET <= total <= _MAX_OFFSET:
        raise ValueError("offset")
    return timezone(timedelta(minutes=total))


@lru_cache(maxsize=512)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def _moment(
    on: date, at: tuple[int, int, int], seconds: bool, written_zone: str | None, outlet: str | None
) -> _Found | None:
    hour, minute, second = at
    if (hour, minute, second) == (24, 0, 0):  # ISO 8601: the end of the day
        on, hour = on + timedelta(days=1), 0
    second = min(second, 59) if second == 60 else second  # a leap second
    local = datetime.combine(on, time(hour, minute, second))
    precision: Precision = "second" if seconds else "minute"
    home = _zone(outlet) if outlet else None
    if written_zone:
        found = _offset(written_zone) or _named_zone(written_zone.upper(), local, home)
        if found is None:
            return None  # a zone that we do not know can be half a day away
        return local.replace(tzinfo=found).astimezone(UTC), precision, "explicit"
    if home is not None:
        return local.replace(tzinfo=home).astimezone(UTC), precision, "outlet"
    return local.replace(tzinfo=UTC), precision, "assumed-utc"


def _named_zone(name: str, local: datetime, home: ZoneInfo | None) -> tzinfo | None:
    """The zone that an abbreviation names. One that several countries use is settled by the outlet's zone or refused."""
    if name in OFFSETS:
        return timezone(timedelta(minutes=OFFSETS[name]))
    if name in ZONES:  # the same word meant different offsets in different years
        return _zone(ZONES[name])
    if name in ALTERNATIVES:
        if home is not None and home.utcoffset(local) in (timedelta(minutes=m) for m in ALTERNATIVES[name]):
            return home
        return None
    return None


# --------------------------------------------------------------------------- relative to now

_AGO = re.compile(
    r"(?P<prefix>[^\d\s]{1,6}\s)?(?:(?P<n>\d{1,3})|an?|одну|один|eine?r?m?|une?)\s*(?P<unit>[^\W\d]+\.?)\s*(?P<suffix>[^\W\d]+)?"
)


def _relative(text: str, zone: str | None, now: datetime | None) -> _Found | None:
    """ "5 minutes ago", "yesterday, 20:15", "вчора", "сегодня в 12:49": counted from `now` in the outlet's zone."""
    if now is None:
        return None
    lowered = text.casefold()
    if match := _AGO.fullmatch(lowered):
        unit = next((u for u, words in UNITS.items() if match.group("unit").rstrip(".") in words), None)
        marks = {w.strip() for w in (match.group("prefix"), match.group("suffix")) if w}
        if unit and marks & _AGO_WORDS and marks <= _AGO_WORDS:
            n = int(match.group("n") or 1)
            if unit == "minute":
                return (
                    (now - timedelta(minutes=n)).astimezone(UTC).replace(second=0, microsecond=0),
                    "minute",
                    "relative",
                )
            # An hour is counted in whole hours, a day in whole days: only the calendar day is certain enough
            then = now - timedelta(**{f"{unit}s": n})
            return _day(then.astimezone(_zone(zone) if zone and _zone(zone) else UTC).date(), "relative")
    rest, at, seconds = _take_time(text)
    days: set[int] = set()
    for word in (m.group().casefold() for m in _WORDS.finditer(rest)):
        if word in _DAY_WORDS:
            days.add(_DAY_WORDS[word])
        elif word not in FILLERS:
            return None
    if len(days) != 1 or _NUMBER.search(rest):
        return None
    home = _zone(zone) if zone else None
    on = (now.astimezone(home or UTC) + timedelta(days=days.pop())).date()
    if at is None:
        return _day(on, "relative")
    return _moment(on, at, seconds, None, zone)


_AGO_WORDS = frozenset(
    ["ago", "тому", "назад", "vor", "il", "y", "a", "temu", "hace", "há", "fa", "před", "преди", "atrás"]
)
_DAY_WORDS = {word: days for days, words in RELATIVE_DAYS.items() for word in words.split()}


# --------------------------------------------------------------------------- results


def _day(on: date, zone: str = "none") -> _Found:
    return datetime(on.year, on.month, on.day, tzinfo=UTC), "day", zone


def _month(year: int, month: int) -> _Found:
    return datetime(year, month, 1, tzinfo=UTC), "month", "none"


def first_date(
    candidates: Iterable[tuple[str, str]],
    *,
    zone: str | None = None,
    now: datetime | None = None,
    language: str | None = None,
) -> DateValue | None:
    """Return the first of (source, raw) that can be read, or None."""
    for source, raw in candidates:
        value = parse_date(raw, source=source, zone=zone, now=now, language=language)
        if value is not None:
            return value
    return None
