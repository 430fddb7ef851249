"""Between the feeds' rows and the deciders of newswire.polling: what is polled when, and what becomes of a feed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class Decision:
    at: datetime
    reason: str
    failures: int
    history: dict[str, Any] = field(default_factory=dict)
    status: str | None = None
    status_note: str | None = None
    alarm: str | None = None
    moved_to: str | None = None
    proposed_url: str | None = None
    proposed_because: str | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    unconditional_next: bool = False


def schedule_of(row: Any) -> Schedule:
    return Schedule()


def decide(polled: Any, new: int) -> Decision:
    failed = polled.outcome in ("failed", "rejected")
    return Decision(polled.due.now + timedelta(minutes=15), "interim", polled.due.row.failures + 1 if failed else 0)
