"""A whole run in one process, by the stations that the DAG runs."""

from __future__ import annotations

import math

from newswire.config import Settings
from newswire.pipeline.classify import classify
from newswire.pipeline.context import Context, Selection
from newswire.pipeline.extract import extract
from newswire.pipeline.fetch import fetch
from newswire.pipeline.group import group
from newswire.pipeline.poll import poll
from newswire.pipeline.runs import Report, plan, report
from newswire.storage import Database


def ingest(
    database: Database,
    settings: Settings,
    selection: Selection,
    *,
    trigger: str,
    force: bool = False,
    seconds: float = math.inf,
) -> Report:
    """Plan, poll, fetch, extract, classify, group and report; `force` polls feeds that are not due. Polling and fetching
    go on until nothing is due, or for `seconds` each."""
    planned = plan(database, settings, selection, trigger=trigger, force=force)
    context = Context(settings, database, planned.run_id, selection, seconds=seconds)
    for station in (poll, fetch, extract, classify, group):
        station(context)
    return report(database, planned.run_id)
