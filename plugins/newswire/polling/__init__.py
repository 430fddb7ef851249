"""Polling: when a feed is asked again, and what it said (pure decisions, no I/O).

    parse_feed   bytes of a response -> Feed or FeedRejected
    next_poll    history and result of the last poll -> when to ask again, and why, in words

An unchanged body (equal hash) need not be parsed at all: that is the caller's choice, and `next_poll` takes it as a
result without news.
"""

from newswire.polling.parse import parse_feed
from newswire.polling.values import Enclosure, Entry, Feed, FeedRejected, PollHints

__all__ = ["Enclosure", "Entry", "Feed", "FeedRejected", "PollHints", "parse_feed"]
