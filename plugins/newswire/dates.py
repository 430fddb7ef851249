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
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

from newswire.date_names import MONTHS, WEEKDAYS
from newswire.date_words import AGO, FILLERS, RELATIVE_DAYS, UNITS
from newswire.date_zones import NAMED, named_zone, offset, zone_of
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

    `zone` is the outlet's IANA zone, used for times without one; `now` (aware) is needed for relative words and for
    days without a year, and refuses dates more than a day ahead; `language` (BCP 47) settles month names and the order
    of day and month that two languages read differently. Never raises.
    """
    try:
        text = _prepare(raw)
        if not text:
            return None
        named = _IANA.search(text)
        if named is not None and zone_of(named.group(1)) is not None:
            text, zone = text[: named.start()], named.group(1)
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
    if named is not None and zone_source == "outlet":
        zone_source = "explicit"
    if instant < EARLIEST or instant.year > _LATEST_YEAR or (now is not None and instant > now + FUTURE_TOLERANCE):
        return None
    return DateValue(instant, precision, source, zone_source, raw)


_Found = tuple[datetime, Precision, str]

# "2026-09-20 08:15 Europe/Kyiv", as some content systems print their own setting
_IANA = re.compile(r"\s*\[?\b([A-Z][A-Za-z]+(?:/[A-Z][A-Za-z_-]+){1,2})\]?$")
# Decimal digits of other scripts, and the invisible marks that Arabic and Hebrew dates carry
_DIGITS = {ord(c): str(i % 10) for i, c in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯")}
_DOTTED_HALF = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{2})(?=\s?[ap]\.?m\b)", re.IGNORECASE)
_STRIP = dict.fromkeys(map(ord, "\u200b\u200c\u200e\u200f\u2060\xad"))


def _prepare(raw: str) -> str:
    if len(raw) > 10 * _MAX_LENGTH:
        return ""
    text = one_line(raw).translate(_STRIP).translate(_DIGITS).replace("\u2212", "-").replace("’", "'").replace("ʼ", "'")
    text = _DOTTED_HALF.sub(r"\1:\2", text)
    return text if len(text) <= _MAX_LENGTH else ""


# --------------------------------------------------------------------------- figures only

_EPOCH = re.compile(r"(\d{9,10}|\d{12,13}|\d{15,16})(?:\.\d{1,9})?")


def _epoch(text: str) -> _Found | None:
    """Unix time in seconds, milliseconds or microseconds, told apart by the number of digits (1973 to 2286)."""
    match = _EPOCH.fullmatch(text)
    if not match:
        return None
    digits = match.group(1)
    if len(digits) == 10 and digits[:2] == "20" and _valid(int(digits[:4]), int(digits[4:6]), int(digits[6:8])):
        return None  # year, month, day, hour, or a second in 2033 to 2038: nobody can know
    unit = 1 if len(digits) <= 10 else 1000 if len(digits) <= 13 else 1_000_000
    return datetime.fromtimestamp(int(digits) // unit, UTC), "second", "epoch"


_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})"
    r"(?:(?:[Tt_]|\s+|\s*[Tt]\s*|(?<=\d\d-\d\d-\d\d)-)"
    r"(\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,:]\d{1,9})?)?)?)?"
    r"\s*(?P<zone>[Zz]|(?:UTC|GMT)?\s*[+-]\d{1,2}(?::?\d{2})?(?::?\d{2})?|[A-Za-z]{2,5})?(?:\[[\w/+-]+\])?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})\s*([Zz]|[+-]\d{2}:?\d{2})?")
_ISO_WEEK = re.compile(r"(\d{4})-?W(\d{2})-?(\d)")
_ISO_ORDINAL = re.compile(r"(\d{4})-(\d{3})")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")


def _iso(text: str, zone: str | None) -> _Found | None:
    if match := _ISO.fullmatch(text):
        year, month, day = (int(match.group(i)) for i in (1, 2, 3))
        on = date(year, month, day)
        if match.group(4) is None:
            return None if match.group("zone") and not offset(match.group("zone")) else _day(on)
        at = (int(match.group(4)), int(match.group(5) or 0), int(match.group(6) or 0))
        if match.group(5) is None and "-" not in text[:8]:
            return None  # "2026092008": too little to be sure
        return _moment(on, at, match.group(6) is not None, match.group("zone"), zone)
    if match := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second = (int(g) for g in match.groups()[:6])
        return _moment(date(year, month, day), (hour, minute, second), True, match.group(7), zone)
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
    r"(上午|下午|午前|午後|오전|오후)?\s?(\d{1,2})\s?(?:[时時시点點]|:)\s?(\d{1,2})\s?[分분]?(?:\s?:?(\d{1,2})\s?[秒초]?)?(?!\d)"
)
_YEAR_FIRST = re.compile(r"(?<![\d.:/-])(\d{4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?![\d/-])\.?")
_YEAR_LAST = re.compile(r"(?<![\d.:/-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d/-])")
_WORDS = re.compile("[^\\W\\d_](?:[^\\W\\d_]|\u0654)*(?:['`-](?:[^\\W\\d_]|\u0654)+)*[׳״]?")
_NUMBER = re.compile(r"(?<!\d)(\d{1,4})(?!\d)(?:st|nd|rd|th|º|ª|er|ος|η|-[гоетй]{1,3}|\.)?", re.IGNORECASE)
_ZONE = re.compile(
    r"(?:\b(?:UTC|GMT|UT)\s*([+-]\s?\d{1,2}(?::?\d{2})?)(?!\d)"  # GMT+3, UTC +03:00
    r"|\s([+-]\d{1,2}:?\d{2})(?::?00)?(?!\d)"  # a number after a space
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
        names = zones or [r for r in (remark.strip() for remark in remarks) if offset(r) or r.upper() in NAMED]
        if len(set(names)) > 1:
            return None
        written_zone = names[0] if names else None
    return _moment(candidates[0], at, seconds, written_zone, zone)


def _take_time(text: str) -> tuple[str, tuple[int, int, int] | None, bool]:
    """Cut the time of day out. Returns (rest, (hour, minute, second) or None, whether seconds were written).

    Raises ValueError where what looks like a time is none, or where there are two.
    """
    if _CJK_DATE.search(text) and (match := _CJK_TIME.search(text)):
        hour = int(match.group(2))
        if match.group(1) and hour <= 12:
            hour = hour % 12 + (12 if match.group(1) in ("下午", "午後", "오후") else 0)
        return _cut(text, match), (hour, int(match.group(3)), int(match.group(4) or 0)), match.group(4) is not None
    found = [m for m in _TIME.finditer(text) if m.group(2) or m.group(4) or m.group(5) or m.group().strip()[-1] in "hH"]
    if len(found) > 1:
        raise ValueError("two times")
    if not found:
        return _take_dotted_time(text)
    match = found[0]
    hour, minute, second = int(match.group(1)), int(match.group(2) or match.group(4) or 0), int(match.group(3) or 0)
    if half := (match.group(5) or "").lower():
        # "15:30 PM" is a common template fault, and clear; "15:30 AM" is not
        if hour == 0 or hour > 23 or (hour > 12 and half == "a"):
            raise ValueError("hour")
        hour = hour if hour > 12 else hour % 12 + (12 if half == "p" else 0)
    return _cut(text, match), (hour, minute, second), match.group(3) is not None


def _take_dotted_time(text: str) -> tuple[str, tuple[int, int, int] | None, bool]:
    """ "20.09.2026 08.15", "20. syyskuuta 2026 klo 8.15": a time with dots beside a date that needs no part of it."""
    found = list(_DOTTED_TIME.finditer(text))
    if len(found) == 1 and int(found[0].group(1)) < 24 and int(found[0].group(2)) < 60:
        rest = _cut(text, found[0])
        if re.search(r"(?<!\d)\d{4}(?!\d)", rest) and not re.fullmatch(r"\W*\d{4}\W*", rest):
            hour, minute, second = (int(g or 0) for g in found[0].groups())
            return rest, (hour, minute, second), found[0].group(3) is not None
    return text, None, False


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
        if word.upper() in NAMED and (word.isupper() or key not in FILLERS):
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


def _plain(name: str) -> str:
    return name.strip(".").replace("’", "'").replace("ʼ", "'")


@lru_cache(maxsize=1)
def _month_names() -> dict[str, dict[int, frozenset[str]]]:
    table: dict[str, dict[int, set[str]]] = {}
    for language, names in MONTHS.items():
        for number, spellings in enumerate(names.split("|"), 1):
            for spelling in spellings.split():
                table.setdefault(_plain(spelling), {}).setdefault(number, set()).add(language.split("-")[0])
    return {name: {m: frozenset(v) for m, v in readings.items()} for name, readings in table.items()}


@lru_cache(maxsize=1)
def _weekday_names() -> dict[str, set[int]]:
    table: dict[str, set[int]] = {}
    for names in WEEKDAYS.values():
        for number, spellings in enumerate(names.split("|")):
            for spelling in spellings.split():
                table.setdefault(_plain(spelling), set()).add(number)
    return table


# --------------------------------------------------------------------------- the instant


def _moment(
    on: date, at: tuple[int, int, int], seconds: bool, written_zone: str | None, outlet: str | None
) -> _Found | None:
    hour, minute, second = at
    if (hour, minute, second) == (24, 0, 0):  # ISO 8601: the end of the day
        on, hour = on + timedelta(days=1), 0
    second = min(second, 59) if second == 60 else second  # a leap second
    local = datetime.combine(on, time(hour, minute, second))
    precision: Precision = "second" if seconds else "minute"
    home = zone_of(outlet) if outlet else None
    if written_zone:
        found = offset(written_zone) or named_zone(written_zone.upper(), local, home)
        if found is None:
            # A zone that we do not know can be half a day away; the day as written is all that is sure
            return _day(on) if written_zone.upper() in NAMED else None
        return local.replace(tzinfo=found).astimezone(UTC), precision, "explicit"
    if home is not None:
        return local.replace(tzinfo=home).astimezone(UTC), precision, "outlet"
    return local.replace(tzinfo=UTC), precision, "assumed-utc"


# --------------------------------------------------------------------------- relative to now

_AGO = re.compile(
    r"(?P<before>(?:[^\W\d]{1,5}\s){0,3})(?:(?P<n>\d{1,3})|an?|одну|один|eine?r?m?|une?)\s*"
    r"(?P<unit>[^\W\d]+\.?)(?P<after>\s[^\W\d]+)?"
)


def _relative(text: str, zone: str | None, now: datetime | None) -> _Found | None:
    """ "5 minutes ago", "yesterday, 20:15", "вчора", "сегодня в 12:49": counted from `now` in the outlet's zone."""
    if now is None:
        return None
    home = zone_of(zone) if zone else None
    if match := _AGO.fullmatch(text.casefold()):
        unit = next((u for u, words in UNITS.items() if match.group("unit").rstrip(".") in words), None)
        marks = {*match.group("before").split(), *(match.group("after") or "").split()}
        if unit and marks and marks <= AGO:
            n = int(match.group("n") or 1)
            if unit == "minute":
                then = (now - timedelta(minutes=n)).astimezone(UTC)
                return then.replace(second=0, microsecond=0), "minute", "relative"
            # Hours and days are told in whole ones: only the calendar day is certain enough
            then = now - timedelta(**{f"{unit}s": n})
            return _day(then.astimezone(home or UTC).date(), "relative")
    rest, at, seconds = _take_time(text)
    days: set[int] = set()
    for word in (m.group().casefold() for m in _WORDS.finditer(rest)):
        if word in _DAY_WORDS:
            days.add(_DAY_WORDS[word])
        elif word not in FILLERS:
            return None
    if len(days) != 1 or _NUMBER.search(rest):
        return None
    on = (now.astimezone(home or UTC) + timedelta(days=days.pop())).date()
    if at is None:
        return _day(on, "relative")
    return _moment(on, at, seconds, None, zone)


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
