"""What the date of a piece says of it: nothing that was published before the war began can be about it.

The model looks at words alone, and the words of a quarrel over the Black Sea Fleet in 2006 are those of today's news.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

# The seizure of Crimea begins (CODING_GUIDE.md, "The question").
WAR_BEGAN = date(2014, 2, 20)
# A dated address is given once, by the publisher, when the piece appears: of 773 articles of the development corpus with
# such an address from before the war none is about it. At most three in 773 (95 %) are, were they drawn at random.
BY_ADDRESS = -5.5
# A stated date can be a template's, a domain's or a default, and an old piece hardly ever comes through a feed. Where it
# contradicts the words, a person shall look: no more than even odds.
BY_STATED_DATE = 0.0
# Parts divided alike, so that numbers of articles are not taken for days.
_DAY_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/_.])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)")


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that a verdict may claim, in log-odds, and why."""

    log_odds: float
    note: str


def day_in_address(url: str) -> date | None:
    """The day that an address carries (/2006/06/28/, /2006-6-28-…), None where it carries none or several."""
    days = {match.group(1, 3, 4) for match in _DAY_IN_ADDRESS.finditer(url)}
    if len(days) != 1:
        return None
    try:
        return date(*map(int, days.pop()))
    except ValueError:
        return None


def ceiling(url: str | None, published_at: datetime | None) -> Ceiling | None:
    """What the date of an article allows; None where it says nothing.

    An old day in the address of a piece that is dated later may be one that its headline names: a person shall look.
    """
    day = day_in_address(url) if url else None
    stated = published_at.date() if published_at is not None else None
    if day is not None and day < WAR_BEGAN:
        if stated is None or stated < WAR_BEGAN:
            return Ceiling(BY_ADDRESS, f"its address is of {day}, before the war began")
        return Ceiling(BY_STATED_DATE, f"dated {stated}, but its address names {day}, before the war began")
    if day is None and stated is not None and stated < WAR_BEGAN:
        return Ceiling(BY_STATED_DATE, f"dated {stated}, before the war began: the date or the words mislead")
    return None
