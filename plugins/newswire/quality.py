"""Quality: is the classifier's yesterday like the weeks before, and does anything wait for a person? Kept as alarms."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from newswire.classification import drift
from newswire.classification.drift import DayCounts, measure_drift
from newswire.pipeline.runs import STUCK_AFTER
from newswire.storage import Database, json_rows
from newswire.text import printable

log = logging.getLogger(__name__)

WEEKS_BEFORE = 4
"""Four weeks hold four of each weekday, and are recent enough that the news has not moved on by itself."""

KINDS = ("drift", "silence", "feed", "stuck")
"""The alarms that this module raises, and so may clear."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that a person should look at; known by kind and subject."""

    kind: str
    subject: str
    message: str

    @property
    def urgent(self) -> bool:
        """Whether it fails the nightly run once, when it is raised: everything or a whole language drifts or falls
        silent, or work is stuck. An outlet that changes and a feed that fails are shown, and can wait."""
        return self.kind == "stuck" or (self.kind in ("drift", "silence") and not self.subject.startswith("outlet:"))


@dataclass(frozen=True, slots=True)
class Quality:
    """What a night's measurement found. `raised` are the alarms that are new; `cleared` is how many went away."""

    day: date
    counts: tuple[DayCounts, ...]
    alarms: tuple[Alarm, ...]
    raised: tuple[Alarm, ...]
    cleared: int

    @property
    def urgent(self) -> tuple[Alarm, ...]:
        """New alarms for which a person must come."""
        return tuple(alarm for alarm in self.raised if alarm.urgent)


def monitor(database: Database, *, day: date | None = None, now: datetime | None = None) -> Quality:
    """Measure a day and keep the alarms up to date.

    Args:
        day: another day than yesterday (UTC; the last whole day) is measured only, and no alarm is touched.
    """
    yesterday = (now or datetime.now(UTC)).astimezone(UTC).date() - timedelta(days=1)
    measured = day or yesterday
    sql = database.sql

    def work(connection: Any) -> Quality:
        first = measured - timedelta(weeks=WEEKS_BEFORE)
        rows = [
            DayCounts(r.day, r.part, r.articles, r.conflict, r.uncertain, tuple(r.scores), r.unknown_sum)
            for r in sql.daily_verdicts(connection, first_day=first, last_day=measured)
        ]
        today = [row for row in rows if row.day == measured.isoformat()]
        warnings = measure_drift(today, [row for row in rows if row.day != measured.isoformat()])
        alarms = [drift_alarm(warning) for warning in warnings]
        raised: list[Alarm] = []
        cleared = 0
        if measured == yesterday:
            alarms += _feed_alarms(sql, connection) + _stuck_alarms(sql, connection)
            written = json_rows([{"kind": a.kind, "subject": a.subject, "message": a.message} for a in alarms])
            kept = list(sql.raise_alarms(connection, rows=written))
            raised = [Alarm(r.kind, r.subject, r.message) for r in kept if r.is_new]
            cleared = sql.clear_alarms(connection, kinds=list(KINDS), rows=written)
        return Quality(measured, tuple(today), tuple(alarms), tuple(raised), cleared)

    return database.run(work)


def drift_alarm(warning: drift.Warning) -> Alarm:
    """A warning as an alarm: one per figure of a group."""
    if warning.metric == "silence":
        return Alarm("silence", warning.group, warning.message)
    return Alarm("drift", f"{warning.group} {warning.metric.replace('_', ' ')}", warning.message)


def table(counts: Sequence[DayCounts]) -> str:
    """The day's figures for the log, the largest groups first."""
    lines = [f"{'group':<40} {'articles':>8} {'conflict':>8} {'uncertain':>9} {'unknown':>8}  scores 0…1"]
    for day in sorted(counts, key=lambda c: (-c.articles, c.group)):
        n = day.articles
        lines.append(
            f"{printable(day.group, 40):<40} {n:>8} {day.conflict / n:>8.1%} {day.uncertain / n:>9.1%} "
            f"{day.unknown_sum / n:>8.1%}  {' '.join(str(score) for score in day.scores)}"
        )
    return "\n".join(lines)


def _feed_alarms(sql: Any, connection: Any) -> list[Alarm]:
    return [Alarm("feed", row.url, row.alarm) for row in sql.alarmed_feeds(connection)]


def _stuck_alarms(sql: Any, connection: Any) -> list[Alarm]:
    return [
        Alarm(
            "stuck",
            f"{row.stage}{': ' + row.reason if row.reason else ''}",
            f"{row.urls} URLs wait for {row.stage} since {row.oldest:%Y-%m-%d %H:%M} UTC",
        )
        for row in sql.stuck_work(connection, older_than=STUCK_AFTER)
    ]
