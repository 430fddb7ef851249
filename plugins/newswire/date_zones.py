"""What the zone names in dates mean; read by newswire.dates.

RFC 822 section 5.1 fixes the American names; the others are as the tz database uses them. Where one abbreviation has
several living meanings it is not guessed (ALTERNATIVES).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

# Real zones run from -12:00 to +14:00 (tz database).
_MIN_OFFSET, _MAX_OFFSET = -12 * 60, 14 * 60

# name -> minutes east of UTC
OFFSETS: dict[str, int] = {
    "UTC": 0, "GMT": 0, "UT": 0, "Z": 0, "WET": 0,
    "WEST": 60, "BST": 60,  # British Summer Time; Bangladesh's BST does not occur in feeds
    "CET": 60, "MEZ": 60, "CEST": 120, "MESZ": 120, "MEST": 120, "MET": 60,
    "EET": 120, "EEST": 180, "OEZ": 120, "OESZ": 180, "TRT": 180,
    "CAT": 120, "SAST": 120, "WAT": 60, "EAT": 180,
    "SAMT": 240, "YEKT": 300, "OMST": 360, "KRAT": 420, "NOVT": 420, "IRKT": 480, "YAKT": 540, "VLAT": 600, "MAGT": 660,
    "PKT": 300, "UZT": 300, "NPT": 345, "ICT": 420, "WIB": 420, "SGT": 480, "HKT": 480, "MYT": 480, "WITA": 480,
    "JST": 540, "KST": 540, "WIT": 540,
    "AWST": 480, "ACST": 570, "ACDT": 630, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
    "EST": -300, "EDT": -240, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420,
    "AKST": -540, "AKDT": -480, "HST": -600, "NST": -210, "NDT": -150, "ADT": -180,
    "BRT": -180, "ART": -180, "UYT": -180, "COT": -300, "PET": -300,
}  # fmt: skip

# Names whose offset depends on the day: MSK was UTC+4 from 2011 to 2014, ET knows summer time. With Cyrillic spellings.
ZONES: dict[str, str] = {
    "MSK": "Europe/Moscow",
    "MSD": "Etc/GMT-4",
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
    "МСК": "Europe/Moscow",
    "МСД": "Etc/GMT-4",
}

# name -> the offsets that it means in different countries; only the outlet's own zone can settle it
ALTERNATIVES: dict[str, tuple[int, ...]] = {
    "IST": (330, 120, 60),  # India, Israel, Ireland
    "CST": (-360, 480, -300),  # America, China, Cuba
    "AST": (-240, 180),  # Atlantic, Arabia
    "GST": (240, -120),  # Gulf, South Georgia
    "AMT": (240, -240),  # Armenia, Amazon
    "IDT": (180,),
    "ECT": (-300,),
}

NAMED = frozenset(OFFSETS) | frozenset(ZONES) | frozenset(ALTERNATIVES)
_NUMERIC = re.compile(r"(?:UTC|GMT|UT)?\s*([+-])\s?(\d{1,2})(?::?(\d{2}))?(?::?\d{2})?", re.IGNORECASE)


def offset(written: str) -> tzinfo | None:
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
def zone_of(name: str) -> ZoneInfo | None:
    """The IANA zone of that name, or None where there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def named_zone(name: str, local: datetime, home: ZoneInfo | None) -> tzinfo | None:
    """The zone that an abbreviation names; one of several countries is settled by the outlet's zone, or refused."""
    if name in OFFSETS:
        return timezone(timedelta(minutes=OFFSETS[name]))
    if name in ZONES:  # the same word meant different offsets in different years
        return zone_of(ZONES[name])
    if name in ALTERNATIVES:
        if home is not None and home.utcoffset(local) in [timedelta(minutes=m) for m in ALTERNATIVES[name]]:
            return home
        return None
    return None
