"""What the task of monitor_quality does."""

from __future__ import annotations

import logging
from datetime import date

from airflow.sdk import get_current_context
from airflow.sdk.exceptions import AirflowFailException

from newswire.airflow_tasks import settings_and_database

log = logging.getLogger(__name__)


def measure_quality() -> dict[str, int]:
    """Measure the day, keep the alarms, log the table.

    Raises:
        AirflowFailException: an urgent alarm is new (see newswire.quality.Alarm.urgent); or the form's day is no date.
    """
    from newswire.quality import monitor, table
    from newswire.text import printable

    asked = get_current_context()["params"].get("day")
    try:
        day = date.fromisoformat(asked) if asked else None
    except ValueError as error:
        raise AirflowFailException(f"day: {error}") from None
    _, database = settings_and_database()
    with database:
        quality = monitor(database, day=day)
    log.info("%s\n%s", quality.day, table(quality.counts))
    for alarm in quality.alarms:
        log.warning("%s: %s%s", alarm.kind, printable(alarm.message), " (new)" if alarm in quality.raised else "")
    counts = {"groups": len(quality.counts), "alarms": len(quality.alarms)}
    counts |= {"raised": len(quality.raised), "cleared": quality.cleared}
    log.info("%s", counts)
    if quality.urgent:
        raise AirflowFailException("; ".join(printable(alarm.message) for alarm in quality.urgent))
    return counts
