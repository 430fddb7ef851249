"""/.well-known/tdmrep.json: where an outlet reserves text and data mining for parts of its site. Pure.

TDM Reservation Protocol, final report of the W3C community group (10 May 2024), "TDM File on the Origin Server": a JSON
array of rules, each with a `location` (a pattern of paths as robots.txt writes them) and `tdm-reservation` (1 or 0); the
first that matches counts. A file that cannot be had means that the server does not take part.

The report lets a page's own header or meta element say otherwise than the file. We do not ask for a page that the file
reserves in order to find that out: whoever reserves by the file and permits by the page loses us that page, no more.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from newswire.fetching.messages import Response
from newswire.fetching.policy import Policy
from newswire.fetching.robots import DELAYS_KEPT, MAX_LINE, matches, normalise_path, normalise_pattern
from newswire.ledger import Reason

PATH: Final = "/.well-known/tdmrep.json"

MAX_RULES = 1000
"""Every page is matched against them until one matches; real files have a handful."""

UNANSWERED: Final = frozenset({Reason.DNS, Reason.CONNECT, Reason.TLS, Reason.RESET, Reason.TIMEOUT})
"""Reasons for which asking soon again may bring an answer."""

_RECORD_COST: Final = 512
"""What a record and its rules weigh beside the patterns, roughly."""


@dataclass(frozen=True, slots=True)
class TdmRule:
    """What is said of the paths that a pattern matches."""

    location: str
    """Normalised as a pattern of robots.txt: ASCII, `*` and a final `$`."""
    reserved: bool


@dataclass(frozen=True, slots=True)
class TdmRecord:
    """The last word of an origin's tdmrep.json, as a store keeps it."""

    origin: str
    rules: tuple[TdmRule, ...]
    fetched_at: datetime
    expires_at: datetime
    """Not asked again before."""
    good_at: datetime
    """When the rules were last confirmed."""
    detail: str = ""
    """Why there are none, or why they are older than the last answer."""

    @property
    def weight(self) -> int:
        """Bytes that it takes in memory, roughly."""
        return _RECORD_COST + sum(len(rule.location) + 100 for rule in self.rules)

    def reserves(self, path: str) -> bool:
        """Whether mining `path` (with its query) is reserved: by the first rule that matches."""
        path = normalise_path(path)
        return next((rule.reserved for rule in self.rules if matches(rule.location, path)), False)


def parse_tdmrep(body: bytes) -> tuple[TdmRule, ...]:
    """The rules of a tdmrep.json. Never raises: what is no rule is no rule, and a page that says 200 for everything has
    none."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return ()
    found = [rule for entry in document[:MAX_RULES] if (rule := _rule(entry))] if isinstance(document, list) else []
    return tuple(dict.fromkeys(found))


def _rule(entry: Any) -> TdmRule | None:
    if not isinstance(entry, dict):
        return None
    location, value = entry.get("location"), entry.get("tdm-reservation")
    # A number by the report; people write it as a string, too. (True would pass for 1.)
    if value not in (0, 1, "0", "1") or isinstance(value, bool):
        return None
    if not isinstance(location, str) or not location.startswith(("/", "*")) or len(location) > MAX_LINE:
        return None
    return TdmRule(normalise_pattern(location), value in (1, "1"))


def answered(origin: str, response: Response, *, previous: TdmRecord | None, delay: float, policy: Policy) -> TdmRecord:
    """The record after an answer. `delay` is the Crawl-delay of the host, for which the file has to be fresh."""
    if response.status == 429 or response.status >= 500:
        words = f"status {response.status}"
        return unanswered(origin, words, previous=previous, delay=delay, now=response.fetched_at, policy=policy)
    if not response.is_success:
        return absent(origin, f"status {response.status}", delay=delay, now=response.fetched_at, policy=policy)
    age = policy.robots_max_age if response.max_age is None else response.max_age
    rules = parse_tdmrep(response.body)
    return _record(origin, rules, age, delay, response.fetched_at, policy, "" if rules else "no rules in the answer")


def absent(origin: str, detail: str, *, delay: float, now: datetime, policy: Policy) -> TdmRecord:
    """The record where there is no such file, or none that can be read."""
    return _record(origin, (), policy.robots_max_age, delay, now, policy, detail)


def unanswered(
    origin: str, detail: str, *, previous: TdmRecord | None, delay: float, now: datetime, policy: Policy
) -> TdmRecord:
    """The record where the server could not say: what it said within a day still holds, and it is asked again soon."""
    record = _record(origin, (), policy.tdm_retry, delay, now, policy, detail)
    if previous is None or now - previous.good_at >= timedelta(seconds=policy.robots_max_age):
        return record
    return replace(record, rules=previous.rules, good_at=previous.good_at)


def _record(
    origin: str, rules: tuple[TdmRule, ...], age: float, delay: float, now: datetime, policy: Policy, detail: str
) -> TdmRecord:
    age = max(min(max(age, policy.robots_min_age), policy.robots_max_age), DELAYS_KEPT * delay)
    return TdmRecord(origin, rules, now, now + timedelta(seconds=age), now, detail)
