"""What goes into the client and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from newswire.fetching.headers import (
    Headers,
    RetryAfter,
    Signals,
    parse_http_date,
    parse_max_age,
    parse_media_type,
    parse_retry_after,
)
from newswire.fetching.policy import Kind
from newswire.ledger import Fate, Reason

DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Request:
    """One document to ask for. Validators are those of the last good 200, verbatim."""

    url: str
    kind: Kind
    etag: str | None = None
    last_modified: str | None = None

    @property
    def is_conditional(self) -> bool:
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True, slots=True)
class Redirect:
    """One hop: the status that the server gave and the address it pointed to."""

    status: int
    url: str

    @property
    def is_permanent(self) -> bool:
        return self.status in (301, 308)


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered, decoded and bounded. The questions about it are answered by name."""

    url: str
    final_url: str
    status: int
    headers: Headers
    body: bytes
    """Content-decoded; empty for 304 and where the headers alone settled the matter."""
    body_hash: str
    """SHA-256 of `body`, hexadecimal."""
    wire_bytes: int
    """Bytes read from the socket for the final answer's body, framing included."""
    elapsed: float
    """Seconds spent talking, over all hops, without waiting for the host's turn."""
    redirects: tuple[Redirect, ...]
    address: str
    """The address that the final connection went to: the one that the guard checked."""
    downgraded: bool
    """Whether a hop led from https to http."""
    fetched_at: datetime
    conditional: bool = False
    """Whether validators were sent."""
    signals: Signals = field(default_factory=Signals)
    repaired: bool = False
    """Whether the declared content coding was wrong and the body was taken otherwise."""
    body_skipped: bool = False
    """Whether the body was left unread because the headers already said that it is no page."""

    @property
    def is_success(self) -> bool:
        """200, or 203 (a proxy's 200). Other 2xx bring no document."""
        return self.status in (200, 203)

    @property
    def is_not_modified(self) -> bool:
        return self.status == 304

    @property
    def etag(self) -> str | None:
        """The validator to send next time, verbatim."""
        return self.headers.get("etag") or None

    @property
    def last_modified(self) -> str | None:
        """The validator to send next time, verbatim."""
        return self.headers.get("last-modified") or None

    @property
    def content_type(self) -> str | None:
        """The whole Content-Type value, parameters included."""
        return self.headers.get("content-type")

    @property
    def media_type(self) -> str | None:
        """`type/subtype` in lower case."""
        return parse_media_type(self.content_type)

    @property
    def max_age(self) -> float | None:
        """Seconds for which the server calls its answer fresh (Cache-Control, else Expires), or None."""
        age = parse_max_age(self.headers.joined("cache-control"))
        if age is not None:
            return age
        expires = parse_http_date(self.headers.get("expires") or "")
        if expires is None:
            return None
        sent = parse_http_date(self.headers.get("date") or "") or self.fetched_at
        return max(0.0, (expires - sent).total_seconds())

    @property
    def moved_permanently_to(self) -> str | None:
        """Where an unbroken chain of permanent redirects leads, or None (RFC 9110 section 15.4.2)."""
        target = None
        for hop in self.redirects:
            if not hop.is_permanent:
                break
            target = hop.url
        return target

    def retry_after(self, now: datetime | None = None, *, cap: float = DAY) -> RetryAfter | None:
        """The usable Retry-After, measured from `now` (default: when fetched), or None."""
        return parse_retry_after(
            self.headers.all("retry-after"),
            now=now or self.fetched_at,
            server_date=self.headers.get("date"),
            cap=cap,
        )


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no document, in the ledger's words."""

    url: str
    reason: Reason
    detail: str
    """One line for a person, free of control characters; never the body, never a header as sent."""
    fate: Fate
    retry_after: float | None = None
    """Seconds to wait as the server asked (capped) or as a pause of the host demands; None leaves it to the backoff."""
    status: int | None = None
    redirects: tuple[Redirect, ...] = ()
    elapsed: float = 0.0
    fetched_at: datetime | None = None
    response: Response | None = None
    """The answer behind the failure, where there was one."""
