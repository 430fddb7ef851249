"""robots.txt as RFC 9309 has it: read, matched and judged. Pure.

Why not a library: the matcher must take what hostile and careless servers send (NUL, any bytes, lines of 100,000
characters, thousands of wildcards) in time linear in the rule, and never raise.

Our policy, where the RFC leaves one to choose:
- 4xx but 429 means no restrictions (section 2.3.1.3), also 401 and 403; 429 and 5xx mean "disallow for now", softened
  by a copy that is less than 24 hours old (section 2.3.1.4). A redirect loop, or one that leads nowhere, counts as 4xx.
- A feed is published for machines to read: rules for `*` do not keep us from a feed that the catalogue names. A group
  that addresses our own token does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from newswire.fetching.policy import Kind, Policy
from newswire.ledger import Reason

MAX_BYTES = 512 * 1024
"""RFC 9309 section 2.5: at least 500 KiB must be read."""
MAX_LINE = 4096
"""A rule longer than any address that we would ask for (half of the longest) can match none of them usefully."""
MAX_RULES = 20_000
"""Every page is matched against all rules of its group: the longest real files have a few thousand."""
MAX_CRAWL_DELAY = 86_400.0
"""Beyond a day it is a typing error; a day already means one page a day."""


@dataclass(frozen=True, slots=True)
class Rule:
    allow: bool
    pattern: str
    """Normalised path pattern with `*` and a final `$`."""


@dataclass(frozen=True, slots=True)
class Group:
    tokens: tuple[str, ...]
    """Product tokens in lower case, or `*`."""
    rules: tuple[Rule, ...]
    crawl_delay: float | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What a robots.txt says to one product token."""

    rules: tuple[Rule, ...] = ()
    crawl_delay: float | None = None
    names_us: bool = False
    """Whether the rules are addressed to our token, rather than to everybody."""

    def allows(self, path: str) -> bool:
        """Whether `path` (with its query) may be fetched: the longest match wins, Allow wins a tie (section 2.2.2)."""
        if path == "/robots.txt":
            return True
        path = normalise_path(path)
        best = max(
            ((len(rule.pattern), rule.allow) for rule in self.rules if matches(rule.pattern, path)),
            default=(0, True),
        )
        return best[1]


# typing errors that are common enough to be honoured: who makes one has still said what is meant
_KEYS: Final = {"useragent": "user-agent", "user agent": "user-agent", "crawldelay": "crawl-delay"} | dict.fromkeys(
    ("dissallow", "dissalow", "disalow", "diasllow", "disallaw"), "disallow"
)
_LINE_BREAK: Final = re.compile(r"[\r\n]+")
_TOKEN: Final = re.compile(r"[A-Za-z_-]+|\*", re.ASCII)
_DELAY: Final = re.compile(r"\d{1,6}(?:\.\d{1,6})?", re.ASCII)


@lru_cache(maxsize=64)  # of at most half a megabyte each; a shard asks its hosts in turn
def parse_robots(body: bytes, product_token: str) -> Rules:
    """The rules for `product_token` in a robots.txt. Never raises: what is no rule is no rule."""
    is_utf16 = body.startswith((b"\xff\xfe", b"\xfe\xff"))  # not allowed, and still what some editors save
    text = body[:MAX_BYTES].decode("utf-16" if is_utf16 else "utf-8", "replace")
    text = text.removeprefix("\ufeff").replace("\0", "")
    if len(body) > MAX_BYTES:  # the last line is cut and may say the opposite of what was meant
        text = text[: max(text.rfind("\n"), text.rfind("\r"), 0)]
    ours = [group for group in _groups(text) if product_token.lower() in group.tokens]
    chosen = ours or [group for group in _groups(text) if "*" in group.tokens]
    delays = [group.crawl_delay for group in chosen if group.crawl_delay is not None]
    return Rules(
        # groups for the same token are one group (section 2.2.1)
        rules=tuple(dict.fromkeys(rule for group in chosen for rule in group.rules))[:MAX_RULES],
        crawl_delay=max(delays, default=None),
        names_us=bool(ours),
    )


def _groups(text: str) -> list[Group]:
    groups: list[Group] = []
    tokens: list[str] = []
    rules: list[Rule] = []
    delay: float | None = None
    in_rules = False

    def close() -> None:
        if tokens:
            groups.append(Group(tuple(tokens), tuple(rules), delay))

    for line in _LINE_BREAK.split(text):
        if len(line) > MAX_LINE:
            continue
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = _KEYS.get(key.strip().lower(), key.strip().lower()), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            if in_rules:
                close()
                tokens, rules, delay, in_rules = [], [], None, False
            token = _TOKEN.match(value)
            tokens.append(token[0].lower() if token else "")
        elif key in ("allow", "disallow"):
            in_rules = True
            if value and value[0] in "/*":  # an empty value says nothing; a pattern begins with a slash or a star
                rules.append(Rule(key == "allow", normalise_pattern(value)))
        elif key == "crawl-delay":
            in_rules = True
            if _DELAY.fullmatch(value):
                delay = min(float(value), MAX_CRAWL_DELAY)
    close()
    return groups


def normalise_path(path: str) -> str:
    """Comparable octets (section 2.2.2): unreserved characters plain, everything else percent-encoded in upper case."""
    path = _ESCAPE.sub(_plain_or_upper, path)
    return quote(path, safe="/%:@!$&'()*+,;=~-._?[]|^`{}\"<>\\", errors="replace")


_ESCAPE: Final = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED: Final = re.compile(r"[A-Za-z0-9._~-]", re.ASCII)


def _plain_or_upper(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if _UNRESERVED.fullmatch(character) else f"%{match[1].upper()}"


def normalise_pattern(pattern: str) -> str:
    """A pattern to be matched against a normalised path."""
    return re.sub(r"\*{2,}", "*", normalise_path(pattern))


def matches(pattern: str, path: str) -> bool:
    """Whether `path` begins as the pattern says (`*` any run, final `$` the end), without backtracking.

    The parts between the stars are looked for one after the other, each as early as possible; only the last part of an
    anchored pattern must sit at the end.
    """
    anchored = pattern.endswith("$")
    parts = pattern.removesuffix("$").split("*")
    if not path.startswith(parts[0]):
        return False
    position = len(parts[0])
    if len(parts) == 1:
        return not anchored or position == len(path)
    for part in parts[1:-1]:
        found = path.find(part, position)
        if found < 0:
            return False
        position = found + len(part)
    last = parts[-1]
    if anchored:
        return len(path) - len(last) >= position and path.endswith(last)
    return path.find(last, position) >= 0


class RobotsState(StrEnum):
    """What asking for robots.txt brought."""

    FOUND = "found"
    NONE = "none"
    """4xx, or redirects without end: no restrictions."""
    UNREACHABLE = "unreachable"
    """5xx, 429 or no answer: disallow for now."""


@dataclass(frozen=True, slots=True)
class RobotsRecord:
    """The last word of an origin's robots.txt, as a store keeps it."""

    origin: str
    state: RobotsState
    body: bytes
    """Of the last good answer; kept while the file is unreachable."""
    fetched_at: datetime
    expires_at: datetime
    """Not asked again before."""
    good_at: datetime | None
    """When `body` was last confirmed; None where there never was one."""
    detail: str = ""
    reason: Reason | None = None
    """Why it is unreachable, where the same would befall every other address of the origin."""

    @property
    def weight(self) -> int:
        """Bytes that it takes in memory, roughly."""
        return len(self.body) + _RECORD_COST


_RECORD_COST: Final = 1024
"""What a record weighs beside its body, roughly."""


DELAYS_KEPT: Final = 3
"""For how many of its Crawl-delays a file is kept at least: the file itself is a request, after which a page has to wait
for the delay. One that is stale by then would be asked for again, and again, and no page ever."""


def found(origin: str, body: bytes, *, max_age: float | None, now: datetime, policy: Policy) -> RobotsRecord:
    """The record after a good answer: fresh as long as the server says, within the bounds of the policy."""
    age = policy.robots_max_age if max_age is None else max_age
    age = min(max(age, policy.robots_min_age), policy.robots_max_age)
    age = max(age, DELAYS_KEPT * (parse_robots(body, policy.product_token).crawl_delay or 0.0))
    return RobotsRecord(origin, RobotsState.FOUND, body, now, now + timedelta(seconds=age), good_at=now)


def absent(origin: str, detail: str, *, now: datetime, policy: Policy) -> RobotsRecord:
    """The record after a 4xx or endless redirects."""
    expires = now + timedelta(seconds=policy.robots_max_age)
    return RobotsRecord(origin, RobotsState.NONE, b"", now, expires, good_at=None, detail=detail)


def unreachable(
    origin: str, detail: str, *, previous: RobotsRecord | None, wait: float | None, now: datetime, policy: Policy
) -> RobotsRecord:
    """The record after a 5xx, a 429 or no answer: what was known is kept, and the file is asked for again soon."""
    delay = min(max(wait or 0.0, policy.robots_retry), policy.robots_max_age)
    blank = RobotsRecord(origin, RobotsState.UNREACHABLE, b"", now, now, good_at=None)
    return replace(
        previous or blank,
        state=RobotsState.UNREACHABLE,
        fetched_at=now,
        expires_at=now + timedelta(seconds=delay),
        detail=detail,
        reason=None,
    )


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether an address may be asked for, and how slowly."""

    refusal: Reason | None
    detail: str = ""
    crawl_delay: float | None = None
    retry_after: float | None = None


def permission(record: RobotsRecord, path: str, kind: Kind, *, now: datetime, policy: Policy) -> Permission:
    """What the record says about `path` for our token, by the policy in this module's docstring."""
    if record.state is RobotsState.NONE:
        return Permission(None)
    known = record.good_at is not None and now - record.good_at < timedelta(seconds=policy.robots_max_age)
    if record.state is RobotsState.UNREACHABLE and not known:
        if kind is Kind.FEED and record.reason is None:
            return Permission(None, "robots.txt unreachable; a feed is offered explicitly")
        if record.reason is not None:
            return Permission(record.reason, record.detail)
        wait = max((record.expires_at - now).total_seconds(), 1.0)
        return Permission(Reason.ROBOTS_UNREACHABLE, record.detail, retry_after=wait)
    rules = parse_robots(record.body, policy.product_token)
    allowed = rules.allows(path) or (kind is Kind.FEED and not rules.names_us)
    detail = "" if allowed else f"robots.txt disallows this to {policy.product_token if rules.names_us else '*'}"
    return Permission(None if allowed else Reason.ROBOTS, detail, crawl_delay=rules.crawl_delay)
