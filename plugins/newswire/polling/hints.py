"""What a feed says about how often to ask for it, read from the text: feedparser keeps none of it."""

from __future__ import annotations

import re

from newswire.polling.values import PollHints

_TTL = re.compile(r"<ttl>\s*(\d{1,6})\s*</ttl>", re.IGNORECASE)
_PERIOD = re.compile(r"<(?:[\w.-]+:)?updatePeriod>\s*(\w{1,20})\s*</", re.IGNORECASE)
_FREQUENCY = re.compile(r"<(?:[\w.-]+:)?updateFrequency>\s*(\d{1,6})\s*</", re.IGNORECASE)
_HOURS = re.compile(r"<skipHours>(.{0,2000}?)</skipHours>", re.IGNORECASE | re.DOTALL)
_DAYS = re.compile(r"<skipDays>(.{0,1000}?)</skipDays>", re.IGNORECASE | re.DOTALL)
_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# The hints stand in the channel's head; items follow, and may be long
_HEAD = 20_000


def read_hints(text: str) -> PollHints:
    """Return the hints in the head of a feed (and in its last characters, for channels that close with them)."""
    head = text if len(text) <= 2 * _HEAD else text[:_HEAD] + text[-_HEAD:]
    ttl = _TTL.search(head)
    period, frequency = _PERIOD.search(head), _FREQUENCY.search(head)
    seconds = _PERIODS.get(period.group(1).lower()) if period else None
    times = max(1, int(frequency.group(1))) if frequency else 1
    hours, days = _HOURS.search(head), _DAYS.search(head)
    skip_hours = (
        {int(h) % 24 for h in re.findall(r"<hour>\s*(\d{1,2})\s*</hour>", hours.group(1)) if int(h) <= 24}
        if hours
        else set()
    )
    named = re.findall(r"<day>\s*([A-Za-z]+)\s*</day>", days.group(1)) if days else []
    return PollHints(
        ttl_s=int(ttl.group(1)) * 60 if ttl and int(ttl.group(1)) > 0 else None,
        update_period_s=seconds // times if seconds else None,
        skip_hours=frozenset(skip_hours) if len(skip_hours) < 24 else frozenset(),
        skip_days=frozenset(_WEEK.index(d.lower()) for d in named if d.lower() in _WEEK)
        if len(named) < 7
        else frozenset(),
    )
