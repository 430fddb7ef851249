"""Overview: one page for the operator — the ledger, standing alarms, the feeds and when they are polled next, the last
runs. Server-rendered, read-only, without scripts. Everything that comes from the web is escaped by the template."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from typing import Any

import jinja2

from newswire.ledger import waits_for
from newswire.pipeline.runs import STUCK_AFTER
from newswire.storage import Database, DatabaseUnreachableError
from newswire.text import one_line

FEEDS_SHOWN = 200
"""What is wrong comes first, so that the cut falls on healthy feeds."""

ALARMS_SHOWN = 100
RUNS_SHOWN = 10

STATEMENT_TIMEOUT = "5s"
"""A page that takes longer helps nobody, and must not hold the web server."""


def read(database: Database) -> dict[str, Any]:
    """What the page shows, in read-only transactions. `check` and `reviews` are None where the ledger or the queue of
    reviews is too large to be counted while a browser waits; everything else is shown then too.

    Raises:
        DatabaseUnreachableError: Postgres does not answer.
    """
    sql = database.sql

    def details(connection: Any) -> dict[str, Any]:
        sql.read_only(connection, timeout=STATEMENT_TIMEOUT)
        return {
            "stuck": list(sql.stuck_work(connection, older_than=STUCK_AFTER)),
            "alarms": list(sql.newest_alarms(connection, most=ALARMS_SHOWN)),
            "summary": sql.feed_summary(connection),
            "feeds": list(sql.feeds_to_watch(connection, most=FEEDS_SHOWN)),
            "runs": list(sql.run_lines(connection, most=RUNS_SHOWN)),
            "replays": list(sql.replays(connection, most=5)),
        }

    def ledger(connection: Any) -> dict[str, Any]:
        sql.read_only(connection, timeout=STATEMENT_TIMEOUT)
        return {"check": sql.ledger_check(connection), "ledger": list(sql.ledger(connection))}

    def reviews(connection: Any) -> dict[str, Any]:
        sql.read_only(connection, timeout=STATEMENT_TIMEOUT)
        return {"reviews": sql.review_counts(connection)}

    found = database.run(details) | {"check": None, "ledger": [], "reviews": None}
    for count in (ledger, reviews):
        # It answered a moment ago, so this error would be the time limit.
        with suppress(DatabaseUnreachableError):
            found |= database.run(count)
    return found


def render(overview: Mapping[str, Any], *, now: datetime | None = None) -> str:
    """The page as HTML."""
    template = environment().get_template("overview.html")
    return template.render(**overview, now=now or datetime.now(UTC), style=style())


def policy() -> str:
    """The page's Content-Security-Policy: nothing is loaded, run, sent or framed by others; one known style sheet."""
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )


@cache
def style() -> str:
    """The style sheet, written into the page as it is (its hash is in the policy)."""
    source, _, _ = environment().loader.get_source(environment(), "overview.css")  # type: ignore[union-attr]
    return source


@cache
def environment() -> jinja2.Environment:
    """Everything escaped, and an unknown name is an error."""
    found = jinja2.Environment(
        loader=jinja2.PackageLoader("newswire.overview"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["line"] = lambda value: one_line(str(value)) if value is not None else ""
    found.filters["when"] = when
    found.globals["waits_for"] = waits_for
    return found


def when(moment: datetime | None, now: datetime | None = None) -> str:
    """A time as an operator reads it: how far away, in words; empty for none."""
    if moment is None:
        return ""
    seconds = (moment - (now or datetime.now(UTC))).total_seconds()
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if abs(seconds) >= size:
            amount = f"{abs(seconds) / size:.0f} {unit}"
            return f"in {amount}" if seconds > 0 else f"{amount} ago"
    return "now"
