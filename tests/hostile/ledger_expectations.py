"""Compare the ledger's rows with what a row of the shared suite expects. Pure.

The vocabulary is that of `hostile.expectations`; here it is read from news.feeds, news.polls and news.urls.
"""

from __future__ import annotations

import re
from typing import Any

from hostile.expectations import reasons_for

GOOD = {"parsed", "same-body", "not-modified"}


def feed_mismatch(expected: str, detail: str, polls: list[dict[str, Any]], feed: dict[str, Any]) -> str | None:
    """Why the polls of a feed (oldest first) and its row are not what was expected, or None."""
    verb, _, argument = expected.partition(":")
    if not polls:
        return "was never polled"
    first, last = polls[0], polls[-1]
    if last["next_poll_at"] <= last["polled_at"] or not last["next_poll_reason"]:
        return "does not know when to ask again, or why"
    good = feed["etag"], feed["last_modified"], feed["body_hash"]
    if not any(poll["outcome"] in GOOD for poll in polls) and any(good):
        return "validators of an answer that was not good are kept"
    match verb:
        case "FEED_OK" | "FEED_PARTIAL":
            return _entries(verb, int(argument), detail, first)
        case "FEED_REJECT" if argument == "downgrade":
            flagged = any("downgrade" in problem for problem in first["problems"])
            return None if flagged else "the downgrade was neither refused nor flagged"
        case "FEED_REJECT" | "BLOCK":
            return None if first["reason"] in reasons_for(argument) else f"expected {argument}"
        case "NOT_MODIFIED":
            outcomes = [poll["outcome"] for poll in polls]
            return None if outcomes[:2] == ["parsed", "not-modified"] else f"expected 304, got {outcomes}"
        case "GONE":
            return (
                None if feed["status"] == "retired" and feed["status_note"] else "expected a retired feed with a note"
            )
        case "RETRY":
            return _retry(argument, first, feed)
    return f"no rule for {expected}"


def _entries(verb: str, count: int, detail: str, poll: dict[str, Any]) -> str | None:
    if poll["reason"] is not None:
        may_refuse = verb == "FEED_PARTIAL" and (count == 0 or "reject" in detail)
        return None if may_refuse else f"expected {count} entries"
    if verb == "FEED_PARTIAL" and count == 0:
        return None
    return None if poll["entries"] == count else f"expected {count} entries, got {poll['entries']}"


def _retry(when: str, poll: dict[str, Any], feed: dict[str, Any]) -> str | None:
    wait = (poll["next_poll_at"] - poll["polled_at"]).total_seconds()
    if poll["reason"] is None or feed["status"] != "active":
        return "expected a retry of an active feed"
    if when == "capped":
        return (
            None if 86_000 <= wait <= 2 * 86_400 and feed["alarm"] else f"expected a day and an alarm, got {wait:.0f} s"
        )
    least = {"backoff": 30.0, "date": 80.0}.get(when) or float(when)
    # Later than asked for is polite; much later would lose news.
    return None if least - 1 <= wait <= max(6 * 3600, least * 2) else f"expected about {when}, got {wait:.0f} s"


def article_mismatch(expected: str, detail: str, url: dict[str, Any] | None) -> str | None:
    """Why the ledger's row of an article is not what was expected, or None."""
    verb, _, argument = expected.partition(":")
    if url is None:
        return "was never listed"
    shown = f"{url['state']}: {url['reason']}"
    match verb:
        case "ART_OK":
            return None if url["state"] == "published" and url["text"] else f"expected an article, got {shown}"
        case "ART_REJECT":
            if "or stored as partial with a flag" in detail and url["paywalled"]:
                return None
            if "ART_OK also fine" in detail and url["state"] == "published":
                return None
            if url["state"] == "published" or url["reason"] not in reasons_for(argument):
                return f"expected {argument}, got {shown}"
            return None
        case "GONE":
            kept = url["state"] == "published" and url["text"] and url["gone_at"]
            return None if kept else f"expected an article that is gone and kept, got {shown}, gone {url['gone_at']}"
    return f"no rule for {expected}"


HOST_PAGES: dict[str, dict[str, bool]] = {
    "ok": {"/a/1": True, "/a/2": True},
    "cluster": {"/a/1": True},
    "no-violation": {"/a/1": True, "/a/2": True},
    "allow-all": {"/a/1": True, "/private/x": True},
    "no-article-fetch": {"/a/1": False, "/a/2": False, "/private/x": False},
    "deny-until-known": {"/a/1": False, "/a/2": False, "/private/x": False},
    "disallow-/private": {"/a/1": True, "/private/x": False},
    "first-rule-honoured": {"/private/x": False},
    "only-/a/1": {"/a/1": True, "/a/2": False},
    "refresh": {"/a/1": True},
}
"""For each HOST expectation, the pages that must be published, and those that must not be asked for."""


def host_mismatch(expected: str, urls: dict[str, dict[str, Any]]) -> str | None:
    """Why the pages of a host, by path, are not what was expected, or None."""
    word = expected.partition(":")[2]
    wanted = HOST_PAGES.get("ok" if word.startswith("gap") else word)
    if wanted is None:
        return f"no rule for {expected}"
    for path, allowed in wanted.items():
        url = urls.get(path)
        shown = "not listed" if url is None else f"{url['state']}: {url['reason']}"
        refused = url is not None and re.match("robots", url["reason"] or "") is not None
        # Five copies of one text on one site are one article: what counts is that the page was asked for.
        fetched = url is not None and (url["state"] == "published" or url["visits"] > 0)
        # A host that fails now and then (one does, by chance) is asked again later.
        fetched = fetched or (url is not None and (url["state"], url["reason"]) == ("pending", "server-error"))
        if allowed and not fetched:
            return f"{path} should have been fetched, got {shown}"
        # Where the robots.txt names us, its feed is not read either, and lists nothing.
        if not allowed and not refused and (url is not None or path == "/private/x"):
            return f"{path} should have been refused, got {shown}"
    return None
