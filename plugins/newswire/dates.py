"""Dates as the news web writes them, to an instant in UTC with its precision and the source of its zone.

One rule above all: a wrong instant is worse than none. A spelling is read only when it can mean one thing; what is
ambiguous (03/04/2026) is settled by the weekday beside it or by the language, and else refused, as is whatever is not
a date of our time. Covered: RFC 822/1123/850, asctime, ISO 8601 and W3CDTF, Unix time, dates in figures, month names
in forty languages (newswire.date_names), named and numeric zones, and words relative to `now`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from newswire.date_instant import FUTURE_TOLERANCE, LATEST_YEAR, Found, Precision, day_of, moment, month_of, valid
from newswire.date_words import AGO, FILLERS, RELATIVE_DAYS, UNITS
from newswire.date_written import NUMBER, WORDS, take_time, written
from newswire.date_zones import offset, zone_of
from newswire.text import one_line

# The web is younger; what claims to be older is a default value (1970-01-01, 0001-01-01) or a typing error.
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
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
            or written(text, zone, now, (language or "").lower())
            or _relative(text, zone, now)
        )
    except (ValueError, OverflowError):  # a day that the calendar or the clock does not have
        return None
    if found is None:
        return None
    instant, precision, zone_source = found
    if named is not None and zone_source == "outlet":
        zone_source = "explicit"
    if instant < EARLIEST or instant.year > LATEST_YEAR or (now is not None and instant > now + FUTURE_TOLERANCE):
        return None
    return DateValue(instant, precision, source, zone_source, raw)


# "2026-09-20 08:15 Europe/Kyiv", as some content systems print their own setting
_IANA = re.compile(r"\s*\[?\b([A-Z][A-Za-z]+(?:/[A-Z][A-Za-z_-]+){1,2})\]?$")
# Decimal digits of other scripts, and the invisible marks that Arabic and Hebrew dates carry
OTHER_DIGITS = {ord(c): str(i % 10) for i, c in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯")}
_DOTTED_HALF = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{2})(?=\s?[ap]\.?m\b)", re.IGNORECASE)
# The halves of the day in Arabic and Greek, behind a time
_FORENOON = re.compile(r"(?<=:\d\d)\s?(?:ص|[πΠ]\.?[μΜ]\.?)(?!\w)")
_AFTERNOON = re.compile(r"(?<=:\d\d)\s?(?:م|[μΜ]\.?[μΜ]\.?)(?!\w)")
# The months of the Levant that have two words
_LEVANTINE = re.compile(r"(كانون|تشرين) (الثاني|الأول|الاول)")
_STRIP = dict.fromkeys(map(ord, "\u200b\u200c\u200e\u200f\u2060\xad"))


def _prepare(raw: str) -> str:
    if len(raw) > 10 * _MAX_LENGTH:
        return ""
    text = (
        one_line(raw)
        .translate(_STRIP)
        .translate(OTHER_DIGITS)
        .replace("\u2212", "-")
        .replace("’", "'")
        .replace("ʼ", "'")
    )
    if "ون " in text or "ين " in text:
        text = _LEVANTINE.sub(lambda match: f"{match[1]}{match[2].replace('الاول', 'الأول')}", text)
    text = _DOTTED_HALF.sub(r"\1:\2", _AFTERNOON.sub(" PM", _FORENOON.sub(" AM", text)))
    return text if len(text) <= _MAX_LENGTH else ""


# --------------------------------------------------------------------------- figures only

_EPOCH = re.compile(r"(\d{9,10}|\d{12,13}|\d{15,16})(?:\.\d{1,9})?")


def _epoch(text: str) -> Found | None:
    """Unix time in seconds, milliseconds or microseconds, told apart by the number of digits (1973 to 2286)."""
    match = _EPOCH.fullmatch(text)
    if not match:
        return None
    digits = match.group(1)
    if len(digits) == 10 and digits[:2] == "20" and valid(int(digits[:4]), int(digits[4:6]), int(digits[6:8])):
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


def _iso(text: str, zone: str | None) -> Found | None:
    if match := _ISO.fullmatch(text):
        year, month, day = (int(match.group(i)) for i in (1, 2, 3))
        on = date(year, month, day)
        if match.group(4) is None:
            return None if match.group("zone") and not offset(match.group("zone")) else day_of(on)
        at = (int(match.group(4)), int(match.group(5) or 0), int(match.group(6) or 0))
        if match.group(5) is None and "-" not in text[:8]:
            return None  # "2026092008": too little to be sure
        return moment(on, at, match.group(6) is not None, match.group("zone"), zone)
    if match := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second = (int(g) for g in match.groups()[:6])
        return moment(date(year, month, day), (hour, minute, second), True, match.group(7), zone)
    if match := _ISO_WEEK.fullmatch(text):
        return day_of(date.fromisocalendar(*(int(g) for g in match.groups())))
    if match := _ISO_ORDINAL.fullmatch(text):
        year, ordinal = int(match.group(1)), int(match.group(2))
        on = date(year, 1, 1) + timedelta(days=ordinal - 1)
        return day_of(on) if on.year == year and ordinal > 0 else None
    if match := _ISO_MONTH.fullmatch(text):
        return month_of(int(match.group(1)), int(match.group(2)))
    return None


# --------------------------------------------------------------------------- relative to now

_AGO = re.compile(
    r"(?P<before>(?:[^\W\d]{1,5}\s){0,3})(?:(?P<n>\d{1,3})|an?|одну|один|eine?r?m?|une?)\s*"
    r"(?P<unit>[^\W\d]+\.?)(?P<after>\s[^\W\d]+)?"
)


def _relative(text: str, zone: str | None, now: datetime | None) -> Found | None:
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
            return day_of(then.astimezone(home or UTC).date(), "relative")
    rest, at, seconds = take_time(text)
    days: set[int] = set()
    for word in (m.group().casefold() for m in WORDS.finditer(rest)):
        if word in _DAY_WORDS:
            days.add(_DAY_WORDS[word])
        elif word not in FILLERS:
            return None
    if len(days) != 1 or NUMBER.search(rest):
        return None
    on = (now.astimezone(home or UTC) + timedelta(days=days.pop())).date()
    if at is None:
        return day_of(on, "relative")
    return moment(on, at, seconds, None, zone)


_DAY_WORDS = {word: days for days, words in RELATIVE_DAYS.items() for word in words.split()}
