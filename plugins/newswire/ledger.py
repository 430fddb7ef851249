"""The ledger: every URL that a feed ever listed ends in exactly one counted state, with a reason.

    listed = published + skipped(by reason) + failed(by reason) + pending

The vocabulary is closed: a station may only record a `Reason` from here, so that the counts of two years ago and of
today mean the same thing. Each reason has one fate (after story-indexer's three fates of a failed message):

- RETRY       ask again later; after the last attempt the state becomes `failed` with this reason
- SKIP        a true and final answer of the source: there is no article for us here
- QUARANTINE  our own tools could not handle the document; it is kept for a person, and never tried again by itself
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a listed URL stands. Exactly one at any moment."""

    PENDING = "pending"
    PUBLISHED = "published"
    SKIPPED = "skipped"
    FAILED = "failed"


def waits_for(state: str, stage: str | None) -> str:
    """What a URL waits for, in an operator's words. A published article that waits for a fetch is no work left undone:
    it is to be visited again for silent edits."""
    return "next visit" if state == State.PUBLISHED and stage == "fetch" else stage or ""


class Fate(StrEnum):
    """What the pipeline does about a reason."""

    RETRY = "retry"
    SKIP = "skip"
    QUARANTINE = "quarantine"


class Reason(StrEnum):
    """Why a poll or a fetch did not bring what it was meant to bring."""

    # the address itself, or where it leads
    BAD_URL = "bad-url"
    SCHEME = "scheme"
    PORT = "port"
    CREDENTIALS = "credentials"
    INTERNAL_ADDRESS = "internal-address"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    DNS = "dns"
    # the connection
    CONNECT = "connect"
    TLS = "tls"
    RESET = "reset"
    TIMEOUT = "timeout"
    PROTOCOL = "protocol"
    # the body
    EMPTY = "empty"
    TRUNCATED = "truncated"
    TOO_LARGE = "too-large"
    ENCODING = "encoding"
    # what the server says
    ROBOTS = "robots"
    ROBOTS_UNREACHABLE = "robots-unreachable"
    RATE_LIMITED = "rate-limited"
    HOST_PAUSED = "host-paused"
    SERVER_ERROR = "server-error"
    CLIENT_ERROR = "client-error"
    FORBIDDEN = "forbidden"
    LOGIN = "login"
    PAYWALL = "paywall"
    LEGAL = "legal"
    NOT_FOUND = "not-found"
    GONE = "gone"
    TDM_OPTOUT = "tdm-optout"
    # a feed that is none
    NOT_A_FEED = "not-a-feed"
    ENTITY_EXPANSION = "entity-expansion"
    # a page that is no article (see newswire.extraction.kinds)
    NON_HTML = "non-html"
    NOT_ARTICLE = "not-article"
    INDEX_PAGE = "index-page"
    VIDEO = "video"
    GALLERY = "gallery"
    CONSENT = "consent"
    CHALLENGE = "challenge"
    SOFT_404 = "soft-404"
    PARKED = "parked"
    SCRIPT_SHELL = "script-shell"
    STUB = "stub"
    DUPLICATE = "duplicate"
    TOO_SHORT = "too-short"
    # our own tools gave up on it
    DEPTH = "depth"
    KILLED_TIME = "killed-time"
    KILLED_MEMORY = "killed-memory"
    CRASHED = "crashed"
