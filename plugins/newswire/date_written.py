"""Dates with words or separators, in any order that cannot be misread; used by newswire.dates alone."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from newswire.date_instant import FUTURE_TOLERANCE, LATEST_YEAR, Found, day_of, full_year, moment, month_of, valid
from newswire.date_names import MONTHS, WEEKDAYS
from newswire.date_words import FILLERS
from newswire.date_zones import NAMED, offset

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
# The marks by which a time is known as such, whatever the date beside it is written with.
_CJK_CLOCK = re.compile(r"(?:上午|下午|午前|午後|오전|오후)\s?\d|\d\s?[時时시點点]\s?\d")
_YEAR_FIRST = re.compile(r"(?<![\d.:/-])(\d{4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?![\d/-])\.?")
_YEAR_LAST = re.compile(r"(?<![\d.:/-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d/-])")
WORDS = re.compile("[^\\W\\d_](?:[^\\W\\d_]|\u0654)*(?:['`-](?:[^\\W\\d_]|\u0654)+)*[׳״]?")
NUMBER = re.compile(r"(?<!\d)(\d{1,4})(?!\d)(?:st|nd|rd|th|º|ª|er|ος|η|-[гоетй]{1,3}|\.)?", re.IGNORECASE)
_ZONE = re.compile(
    r"(?:\b(?:UTC|GMT|UT)\s*([+-]\s?\d{1,2}(?::?\d{2})?)(?!\d)"  # GMT+3, UTC +03:00
    r"|\s([+-]\d{1,2}:?\d{2})(?::?00)?(?!\d)"  # a number after a space
    r"|(?<=:\d\d)\s?([+-]\d{1,2}:?\d{2})(?!\d)"  # or glued to the time
    r"|(?<=:\d\d)\s?(Z)\b)",
    re.IGNORECASE,
)
_PARENTHESES = re.compile(r"\(([^()]{0,40})\)")


def written(text: str, zone: str | None, now: datetime | None, language: str) -> Found | None:
    """A date with names or separators in any order that cannot be misread."""
    remarks = _PARENTHESES.findall(text)
    rest = _PARENTHESES.sub(" ", text).strip()
    written_zone: str | None = None
    if match := _ZONE.search(rest):
        written_zone = next(g for g in match.groups() if g).replace(" ", "")
        rest = rest[: match.start()] + " " + rest[match.end() :]
    rest, at, seconds = take_time(rest)
    candidates, rest = _take_figures(rest, language)
    weekday, months, zones, unknown, rest = _take_words(rest, language)
    if unknown:
        return None
    numbers = [int(n) for n in NUMBER.findall(rest)]
    if NUMBER.sub("", rest).strip(" ,.;:|/·•-–—'\"@") != "":
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
            and 1990 <= numbers[0] <= LATEST_YEAR
        ):
            return month_of(numbers[0], next(iter(months)))
        return None
    if at is None:
        return day_of(candidates[0])
    if written_zone is None:
        names = zones or [r for r in (remark.strip() for remark in remarks) if offset(r) or r.upper() in NAMED]
        if len(set(names)) > 1:
            return None
        written_zone = names[0] if names else None
    return moment(candidates[0], at, seconds, written_zone, zone)


def take_time(text: str) -> tuple[str, tuple[int, int, int] | None, bool]:
    """Cut the time of day out. Returns (rest, (hour, minute, second) or None, whether seconds were written).

    Raises ValueError where what looks like a time is none, or where there are two.
    """
    if (_CJK_DATE.search(text) or _CJK_CLOCK.search(text)) and (match := _CJK_TIME.search(text)):
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
    year = full_year(match.group(4))
    if len(match.group(4)) == 2 and separator == "-":
        return [], _cut(text, match)  # 26-09-20 or 20-09-26: nobody can know
    day_first = valid(year, second, first)
    month_first = valid(year, first, second)
    rest = _cut(text, match)
    if separator == ".":  # only day.month.year is written with dots
        return day_first, rest
    if language == "en-us":
        return month_first or day_first, rest
    if language and language not in _MONTH_FIRST and language.split("-")[0] not in _EITHER_FIRST:
        return day_first or month_first, rest  # templates keep an American default: 11/18/2026 means one thing anywhere
    return list(dict.fromkeys(day_first + month_first)), rest


# CLDR short formats: English (whatever region a template declares) and Filipino are written both ways, Spanish only in
# Puerto Rico and Panama.
_EITHER_FIRST = frozenset({"en", "fil", "tl"})
_MONTH_FIRST = frozenset({"es-pr", "es-pa"})


def _named_dates(numbers: list[int], rest: str, months: set[int], now: datetime | None) -> list[date]:
    """Possible dates from a month name (with its readings) and the numbers around it."""
    if not months:
        return []
    if len(numbers) == 1 and now is not None and 1 <= numbers[0] <= 31:
        return [d for month in months for d in _nearest_year(month, numbers[0], now)]
    if len(numbers) != 2:
        return []
    spelt = NUMBER.findall(rest)
    found: list[date] = []
    for day, year in ((0, 1), (1, 0)):
        digits = spelt[year]
        if len(digits) == 4 or (len(digits) == 2 and year == 1):
            found += [d for month in sorted(months) for d in valid(full_year(digits), month, numbers[day])]
        if len(digits) == 4 and found:
            break
    return found


def _nearest_year(month: int, day: int, now: datetime) -> list[date]:
    """A day without a year is the last one that is not in the future."""
    limit = (now + FUTURE_TOLERANCE).date()
    for year in (now.year + 1, now.year, now.year - 1):
        if (found := valid(year, month, day)) and found[0] <= limit:
            return found
    return []


def _take_words(text: str, language: str) -> tuple[set[int], set[int], list[str], bool, str]:
    """Sort the words: (weekdays, months, zone names, whether a word is unknown, text without words)."""
    weekdays: set[int] = set()
    months: set[int] = set()
    zones: list[str] = []
    unknown = False
    words = [m.group() for m in WORDS.finditer(text)]
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
    return weekdays, months, zones, unknown, WORDS.sub(" ", text)


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
