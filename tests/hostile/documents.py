"""From an address to what the ledger would say: fetch, judge, then read the feed or extract the page.

The one flow for feeds and for pages, over whatever hostile server plays them. Reading happens in processes that may be
killed, as in the pipeline.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from newswire.extraction import Extraction, ExtractionError, extract_page
from newswire.fetching import Client, Failure, Kind, Request, Response
from newswire.ledger import Fate, Reason
from newswire.pipeline.sandbox import Killed, Sandbox
from newswire.polling import Feed, FeedRejected, parse_feed


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one address. `reason` is None where a document was read."""

    reason: Reason | None = None
    fate: Fate | None = None
    detail: str = ""
    retry_after: float | None = None
    response: Response | None = None
    feed: Feed | None = None
    article: Extraction | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        if self.reason is not None:
            wait = f" after {self.retry_after:.0f} s" if self.retry_after else ""
            return f"{self.reason} ({self.fate or 'no fate'}{wait}): {self.detail}"
        if self.feed is not None:
            return f"feed of {len(self.feed.entries)} entries, {len(usable(self.feed))} usable"
        if self.article is not None:
            return f"{self.article.kind}, {self.article.word_count} words"
        return f"status {self.response.status}" if self.response else "nothing"


def usable(feed: Feed) -> list[Any]:
    """Entries that lead to an article."""
    return [entry for entry in feed.entries if entry.canonical_url is not None]


@dataclass(frozen=True, slots=True)
class Refused:
    """`ExtractionError` as a value, to cross the border between processes."""

    reason: Reason
    detail: str


Read = Feed | FeedRejected | Extraction | Refused


def read_document(kind: Kind, body: bytes, url: str, content_type: str | None, fetched_at: datetime) -> Read:
    """Runs in the sandbox."""
    if kind is Kind.FEED:
        return parse_feed(body, url=url, content_type=content_type, fetched_at=fetched_at)
    try:
        return extract_page(body, url, content_type, fetched_at, status=200)
    except ExtractionError as error:
        return Refused(error.reason, error.detail)


async def outcome_of(client: Client, request: Request, sandbox: Sandbox[Any]) -> Outcome:
    """Everything that happens to one address, and how it ends."""
    result = await client.fetch(request)
    if isinstance(result, Failure):
        return Outcome(result.reason, result.fate, result.detail, result.retry_after, result.response)
    if result.is_not_modified:
        return Outcome(response=result)
    future = sandbox.submit(request.kind, result.body, result.final_url, result.content_type, result.fetched_at)
    document = await asyncio.to_thread(sandbox.outcome, future)
    if isinstance(document, Killed):
        return Outcome(document.reason, Fate.QUARANTINE, document.detail, response=result)
    if isinstance(document, FeedRejected | Refused):
        return Outcome(document.reason, None, document.detail, response=result)
    if isinstance(document, Feed):
        return Outcome(response=result, feed=document)
    return Outcome(document.reason, None, str(document.kind), response=result, article=document)
