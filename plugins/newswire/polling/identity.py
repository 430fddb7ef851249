"""Which entries are one article although their addresses differ, and which are old acquaintances in new clothes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from newswire.polling.history import PollHistory
from newswire.polling.values import Entry
from newswire.urls import article_number, same_site

# Corrections come within hours; a guid or number that returns after a week is used again for something else.
CORRECTED_WITHIN = timedelta(days=7)
# What appears new in a feed, but is dated this much before its newest entry of the poll before, is archive.
ARCHIVE_AFTER = timedelta(days=7)


def is_correction(old: Entry, new: Entry) -> bool:
    """Whether `new` is `old` under another address: its headline was corrected, and slug and permalink with it.

    True for the same site and either one article number in both addresses or one guid that is no address, and
    publication times within a week. Guids alone prove nothing (ten stories, one guid): the times must be known.
    """
    if old.canonical_url is None or new.canonical_url is None or old.entry_key == new.entry_key:
        return False
    if old.published is None or new.published is None or not same_site(old.canonical_url, new.canonical_url):
        return False
    apart = abs(new.published.instant - old.published.instant)
    number = article_number(old.canonical_url)
    if number is not None and number == article_number(new.canonical_url):
        return apart <= CORRECTED_WITHIN
    is_stable_guid = old.guid is not None and old.guid == new.guid and not old.guid.startswith(("http:", "https:"))
    return is_stable_guid and apart == timedelta(0)


def is_archive(entry: Entry, history: PollHistory) -> bool:
    """Whether an entry that was never seen is old all the same: a restructured site lists its archive as new.

    `history` is the state before the poll. False for a feed's first poll, where everything is new, and without a date.
    """
    if not history.times or entry.published is None:
        return False
    return entry.published.instant < datetime.fromtimestamp(history.times[0], UTC) - ARCHIVE_AFTER
