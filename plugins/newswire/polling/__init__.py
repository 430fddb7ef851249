"""Polling: when a feed is asked again, and what it said (pure decisions, no I/O).

    parse_feed         bytes of a response -> Feed or FeedRejected
    next_poll          history and result of the last poll -> when to ask again, and why, in words
    record             history and result -> the history to store
    without_failures   history of a feed that a person has polled again -> the history to store
    decide_move, decide_retire, https_twin, needs_rediscovery, silence      what becomes of the feed itself

An unchanged body (equal hash) need not be parsed at all: that is the caller's choice, told to `next_poll` as
Answer.SAME_BODY.
"""

from newswire.polling.health import (
    Move,
    Retirement,
    decide_move,
    decide_retire,
    https_twin,
    needs_rediscovery,
    silence,
)
from newswire.polling.history import Answer, PollHistory, PollResult, record, without_failures
from newswire.polling.parse import parse_feed
from newswire.polling.schedule import NextPoll, next_poll
from newswire.polling.values import Enclosure, Entry, Feed, FeedRejected, PollHints

__all__ = [
    "Answer",
    "Enclosure",
    "Entry",
    "Feed",
    "FeedRejected",
    "Move",
    "NextPoll",
    "PollHints",
    "PollHistory",
    "PollResult",
    "Retirement",
    "decide_move",
    "decide_retire",
    "https_twin",
    "needs_rediscovery",
    "next_poll",
    "parse_feed",
    "record",
    "silence",
    "without_failures",
]
