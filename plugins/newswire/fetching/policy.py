"""What the fetcher permits itself: manners, limits and the guard, in one frozen value.

Every default carries the reason for its value. A test or a deployment that needs other values builds another `Policy`;
nothing in this room reads the environment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network
from types import MappingProxyType

MIB = 1024 * 1024
KIB = 1024


class Kind(StrEnum):
    """What is asked for: it decides the Accept header, the limits and what a status means."""

    FEED = "feed"
    PAGE = "page"
    ROBOTS = "robots"
    TDMREP = "tdmrep"


@dataclass(frozen=True, slots=True)
class Limits:
    """Byte caps of one kind of document."""

    wire_bytes: int
    """Most body bytes read from the socket, before content decoding (chunk framing included)."""
    body_bytes: int
    """Most bytes after content decoding."""


# Feeds: the largest real feed seen is under 10 MB; 16 MiB keeps every entry of it and stops an endless one at once.
# Pages: the largest of 1,226 real pages is under 4 MB, and extraction time grows with size (50 MB takes over ten
# seconds), so 8 MiB is twice what news needs.
# Robots: RFC 9309 section 2.5 asks for at least 500 KiB; the rest is cut off, not refused.
# Tdmrep: a rule takes a hundred bytes, and real files have a handful.
DEFAULT_LIMITS: Mapping[Kind, Limits] = MappingProxyType(
    {
        Kind.FEED: Limits(wire_bytes=16 * MIB, body_bytes=16 * MIB),
        Kind.PAGE: Limits(wire_bytes=8 * MIB, body_bytes=8 * MIB),
        Kind.ROBOTS: Limits(wire_bytes=512 * KIB, body_bytes=512 * KIB),
        Kind.TDMREP: Limits(wire_bytes=128 * KIB, body_bytes=128 * KIB),
    }
)


@dataclass(frozen=True, slots=True)
class Policy:
    """How Newswire behaves towards servers. Durations in seconds, sizes in bytes."""

    # -- who we say we are
    product_token: str = "Newswire"  # noqa: S105  (a name, no password)
    """The name that robots.txt groups and X-Robots-Tag address (RFC 9309 section 2.2.1: letters, `_` and `-`)."""
    version: str = "0.1"
    contact: str | None = None
    """Web or mail address of the operator, shown to every server. None leaves it out; a deployment should set it."""
    user_agent: str | None = None
    """The whole User-Agent, where a deployment wants its own; None builds it from the three fields above."""

    # -- time
    total_deadline: float = 14.0
    """Wall clock for one fetch: all redirects, retries and the body, without waiting for the host's turn. Slow dynamic
    feeds take 3 to 8 s to the first byte; who needs longer is asked again later rather than waited for."""
    connect_timeout: float = 8.0
    """DNS, TCP and TLS together, per connection: two lost SYN packets (1 + 2 s) and a slow handshake fit in."""
    robots_deadline: float = 10.0
    """Wall clock for robots.txt and for tdmrep.json: they are small, and a page waits behind them."""

    # -- size
    max_header_bytes: int = 64 * KIB
    """Status line, all header lines (also interim ones) and all trailers: browsers give up at 256 KiB, servers at 8."""
    max_header_lines: int = 256
    """Real answers carry 10 to 60; a flood of tiny ones costs time per line."""
    limits: Mapping[Kind, Limits] = field(default_factory=lambda: DEFAULT_LIMITS)
    max_url_length: int = 8192
    """Servers commonly refuse at 8 KiB; longer ones are traps or trackers."""

    # -- redirects
    max_redirects: int = 5
    """RFC 9309 asks for at least five for robots.txt; no news page needs more."""

    # -- manners
    min_gap: float = 1.0
    """Seconds between two requests to one host, from the end of the first to the start of the second. One a second is
    what robots.txt files of news sites with a Crawl-delay most often ask for at least."""
    patience: float = 60.0
    """Longest wait for a gap inside a worker. A host that asks for a longer Crawl-delay is honoured by coming back
    later (`host-paused`), not by a sleeping worker."""
    max_retry_after: float = 86_400.0
    """A Retry-After beyond a day is capped here and said so: a typing error must not retire an outlet."""
    rate_limit_pause: float = 60.0
    """Pause of a host that answers 429 without a usable Retry-After, or again after it; doubled with each further one."""
    robots_max_age: float = 86_400.0
    """RFC 9309 section 2.4: a cached robots.txt should not be used for more than 24 hours."""
    robots_min_age: float = 60.0
    """Floor under the max-age of a robots.txt, lest every page of a host costs two requests."""
    robots_retry: float = 600.0
    """How long an unreachable robots.txt stays unasked: one cycle of the ingest."""
    honour_tdm: bool = True
    """A page that reserves text and data mining (TDMRep, Art. 4 of Directive (EU) 2019/790) is not mined, and one that
    the outlet's tdmrep.json reserves is not asked for."""
    tdm_retry: float = 3600.0
    """How long a tdmrep.json that the server could not answer for stays unasked: that there is none is far likelier."""
    breaker_threshold: int = 5
    """Failures in a row, of at least three addresses, after which a host counts as down. A host that fails 30 % of
    the time reaches five in a row once in 400 requests."""
    breaker_pause: float = 60.0
    """First pause of a host that is down, doubled with each failed probe."""
    breaker_max_pause: float = 3600.0
    """Longest such pause, so that recovery is noticed within the hour."""

    # -- the guard
    allowed_ports: frozenset[int] = frozenset({80, 443})
    allowed_networks: tuple[IPv4Network | IPv6Network, ...] = ()
    """Networks allowed although they are not global (tests; an outlet inside a company network)."""
    denied_networks: tuple[IPv4Network | IPv6Network, ...] = ()
    """Networks refused although they are global (the operator's own front, for instance); wins over the other."""
    ca_file: str | None = None
    """PEM file of further certificate authorities, beside the system's. Verification itself cannot be switched off."""

    @property
    def identity(self) -> str:
        """The User-Agent as sent."""
        if self.user_agent is not None:
            return self.user_agent
        contact = f"; +{self.contact}" if self.contact else ""
        return f"{self.product_token}/{self.version} (news feed reader{contact})"
