"""The instant of a date whose parts are read, and the calendar checks behind it; used by newswire.dates alone."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from newswire.date_zones import NAMED, named_zone, offset, zone_of

Precision = Literal["second", "minute", "day", "month"]
# The instant in UTC, its precision, and where the zone came from (see newswire.dates.DateValue).
Found = tuple[datetime, Precision, str]
# Clocks and zones are wrong by hours, so a day ahead is believed; more is a typing error or a trick to stay on top.
FUTURE_TOLERANCE = timedelta(days=1)
# Beyond any possible date even when the caller gives no `now`.
LATEST_YEAR = 2100


def moment(
    on: date, at: tuple[int, int, int], seconds: bool, written_zone: str | None, outlet: str | None
) -> Found | None:
    """A day with a time of it, from the zone that is written, else the outlet's (an IANA name), else taken as UTC.

    Raises ValueError where the clock has no such time. None where the written zone means nothing known.
    """
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
            return day_of(on) if written_zone.upper() in NAMED else None
        return local.replace(tzinfo=found).astimezone(UTC), precision, "explicit"
    if home is not None:
        return local.replace(tzinfo=home).astimezone(UTC), precision, "outlet"
    return local.replace(tzinfo=UTC), precision, "assumed-utc"


def day_of(on: date, zone: str = "none") -> Found:
    """A day without a time, as 00:00 UTC of it."""
    return datetime(on.year, on.month, on.day, tzinfo=UTC), "day", zone


def month_of(year: int, month: int) -> Found:
    """A month without a day, as 00:00 UTC of its first."""
    return datetime(year, month, 1, tzinfo=UTC), "month", "none"


def full_year(digits: str) -> int:
    """The year of two or four digits; ValueError where there are others."""
    if len(digits) == 4:
        return int(digits)
    if len(digits) == 2:  # RFC 2822: 00 to 49 are of this century
        return 2000 + int(digits) if int(digits) < 50 else 1900 + int(digits)
    raise ValueError("year")


def valid(year: int, month: int, day: int) -> list[date]:
    """The day, or nothing where the calendar has no such one."""
    if 1 <= month <= 12 and year >= 1 and 1 <= day <= calendar.monthrange(year, month)[1]:
        return [date(year, month, day)]
    return []
