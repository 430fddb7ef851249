"""Header fields of an answer, cleaned, and the few that are read: pure functions that answer by name or say None."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

# C0, DEL and C1: what could forge a log line, colour a terminal or split a request
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def clean_value(raw: bytes) -> str:
    """A header value as text that is safe to store, log and send back: UTF-8 where it is that, else Latin-1."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return _CONTROLS.sub(" ", text).strip()


class Headers:
    """Case-insensitive, multi-valued and immutable header fields."""

    __slots__ = ("_fields",)

    def __init__(self, fields: Iterable[tuple[str, str]] = ()) -> None:
        self._fields = tuple((name.lower(), value) for name, value in fields)

    def get(self, name: str) -> str | None:
        """The first value of `name`, or None."""
        name = name.lower()
        return next((value for key, value in self._fields if key == name), None)

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of `name`, in the order sent."""
        name = name.lower()
        return tuple(value for key, value in self._fields if key == name)

    def joined(self, name: str) -> str:
        """All values of `name` as one comma-separated list (RFC 9110 section 5.3), empty where there is none."""
        return ", ".join(self.all(name))

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Headers) and self._fields == other._fields

    def __hash__(self) -> int:
        return hash(self._fields)

    def __repr__(self) -> str:
        return f"Headers({list(self._fields)!r})"


@dataclass(frozen=True, slots=True)
class RetryAfter:
    """A usable Retry-After: seconds from now, as asked (`raw`) and as kept (`seconds`)."""

    raw: float
    seconds: float

    @property
    def capped(self) -> bool:
        return self.seconds < self.raw


_SECONDS: Final = re.compile(r"\d{1,15}(?:\.\d{1,9})?", re.ASCII)


def parse_http_date(text: str) -> datetime | None:
    """An HTTP-date (RFC 9110 section 5.6.7, all three forms) as an aware instant, or None."""
    try:
        instant = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)


def parse_retry_after(
    values: Iterable[str], *, now: datetime, server_date: str | None, cap: float
) -> RetryAfter | None:
    """Retry-After in seconds or as a date (RFC 9110 section 10.2.3); garbage, zero and the past count as absent.

    A date is measured against the server's own clock where it sends one, so that a wrong clock does no harm.
    Of several values the longest wait wins.
    """
    base = (parse_http_date(server_date) if server_date else None) or now
    waits = []
    for value in values:
        text = value.strip()
        if _SECONDS.fullmatch(text):
            waits.append(float(text))
        elif (instant := parse_http_date(text)) is not None:
            waits.append((instant - base).total_seconds())
    wait = max(waits, default=0.0)
    return RetryAfter(raw=wait, seconds=min(wait, cap)) if wait > 0 else None


_MAX_AGE: Final = re.compile(r'(?:^|[\s,])max-age\s*=\s*"?(\d{1,12})', re.ASCII | re.IGNORECASE)


def parse_max_age(cache_control: str) -> float | None:
    """Seconds of freshness that Cache-Control grants; 0 for no-store and no-cache; None where it says nothing."""
    if re.search(r"(?:^|[\s,])no-(?:store|cache)(?:$|[\s,])", cache_control, re.IGNORECASE):
        return 0.0
    match = _MAX_AGE.search(cache_control)
    return float(match[1]) if match else None


_MEDIA_TYPE: Final = re.compile(r"\s*([a-zA-Z0-9][\w!#$&.+^-]*/[a-zA-Z0-9][\w!#$&.+^-]*)", re.ASCII)


def parse_media_type(content_type: str | None) -> str | None:
    """`type/subtype` in lower case, or None where the value is absent or no media type."""
    match = _MEDIA_TYPE.match(content_type or "")
    return match[1].lower() if match else None


@dataclass(frozen=True, slots=True)
class Signals:
    """What the headers say about machine use of the document. Recorded; only a TDM reservation is acted on."""

    tdm_reservation: bool | None = None
    """TDMRep `tdm-reservation`: True reserves text and data mining, False allows it, None says nothing."""
    tdm_policy: str | None = None
    robots_tags: tuple[str, ...] = ()
    """Directives of X-Robots-Tag for everybody or for our token, in lower case (`noai`, `noarchive`, ...)."""

    @property
    def no_ai(self) -> bool:
        return any(tag in ("noai", "noimageai", "noml") for tag in self.robots_tags)


def read_signals(headers: Headers, *, product_token: str) -> Signals:
    """The rights reservations in the headers (TDMRep, section 4.1; X-Robots-Tag as search engines document it)."""
    reservations = {value.strip() for value in headers.all("tdm-reservation")}
    reserved = True if "1" in reservations else False if "0" in reservations else None
    tags: list[str] = []
    for value in headers.all("x-robots-tag"):
        scope, separator, rest = value.partition(":")
        # "otherbot: noindex" speaks to another; "unavailable_after: 1 Jan" is a directive with a value
        if separator and re.fullmatch(r"[\w-]+", scope.strip()) and scope.strip().lower() not in _VALUED_TAGS:
            if scope.strip().lower() not in ("*", product_token.lower()):
                continue
            value = rest
        tags.extend(tag.strip().lower() for tag in value.split(",") if tag.strip())
    return Signals(tdm_reservation=reserved, tdm_policy=headers.get("tdm-policy"), robots_tags=tuple(tags))


_VALUED_TAGS: Final = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})
