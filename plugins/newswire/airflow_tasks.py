"""What the DAGs' tasks do: one function per task, from Airflow's context to a station and back to counts.

Only this module and airflow_* beside it know Airflow. Heavy imports are inside the functions, so that a DAG file parses
in a few milliseconds. XCom carries only run ids, shard numbers and counts.
"""

from __future__ import annotations

import logging
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from airflow.sdk import get_current_context
from airflow.sdk.exceptions import AirflowFailException

if TYPE_CHECKING:
    from newswire.config import Settings
    from newswire.storage import Database

log = logging.getLogger(__name__)


def settings_and_database() -> tuple[Settings, Database]:
    """The deployment's settings and its database.

    Raises:
        AirflowFailException: a setting cannot be used; trying again would not help.
    """
    from newswire.config import ConfigError, load, require_database
    from newswire.storage import Database

    try:
        settings = load()
        return settings, Database(require_database(settings), settings.sql_dir, application="newswire-airflow")
    except ConfigError as error:
        raise AirflowFailException(str(error)) from None


# -- ingest_news


def plan_run() -> list[int]:
    """Open the run. Returns the shards with feeds due (none in a dry run).

    Raises:
        AirflowFailException: the form names an outlet or a feed that is not in the catalogue.
    """
    from newswire.pipeline.context import SelectionError
    from newswire.pipeline.runs import plan, report

    context = get_current_context()
    params = context["params"]
    settings, database = settings_and_database()
    with database:
        try:
            planned = plan(
                database,
                settings,
                _selection(params),
                trigger="airflow",
                external_id=context["run_id"],
                force=bool(params.get("force_poll")),
            )
        except SelectionError as error:
            raise AirflowFailException(str(error)) from None
        log.info("%d feeds are due in %d shards; waiting: %s", planned.feeds_due, len(planned.shards), planned.work_due)
        if params.get("dry_run"):
            log.info("dry run: nothing is asked for")
            report(database, planned.run_id)
            return []
    return list(planned.shards)


def poll_shard(shard: int) -> int:
    """Poll the due feeds of a shard. Returns how many."""
    from newswire.pipeline.poll import poll

    return _station(poll, shard)


def plan_fetch() -> list[int]:
    """The shards with pages to fetch, now that the feeds are polled."""
    if get_current_context()["params"].get("dry_run"):
        return []
    settings, database = settings_and_database()
    with database:
        _run_id(database)  # without a plan nothing is fetched
        rows = database.run(lambda c: list(database.sql.shards_with_due_urls(c, shards=settings.shards)))
    log.info("pages due by shard: %s", {row.shard: row.due for row in rows} or "none")
    return [row.shard for row in rows]


def fetch_shard(shard: int) -> int:
    """Fetch the due pages of a shard. Returns how many were asked for."""
    from newswire.pipeline.fetch import fetch

    return _station(fetch, shard)


def extract_pages() -> int:
    """Extract what was fetched, on all cores. Returns how many pages."""
    from newswire.pipeline.extract import extract

    return _station(extract)


def classify_articles() -> int:
    """Judge new revisions. Returns how many."""
    from newswire.pipeline.classify import classify

    return _station(classify)


def group_stories() -> int:
    """Group copies into stories and publish. Returns how many articles."""
    from newswire.pipeline.group import group

    return _station(group)


def report_run(asset: Any) -> dict[str, int]:
    """Write the run's ledger line and emit its counts with the asset.

    Raises:
        AirflowFailException: a person must look (see newswire.pipeline.findings).
    """
    from newswire.pipeline.runs import report

    context = get_current_context()
    _, database = settings_and_database()
    with database:
        result = report(database, _run_id(database), _failed_stations(context))
    counts = {"listed": result.listed, "published": result.published, "skipped": sum(result.skipped.values())}
    counts |= {"failed": sum(result.failed.values()), "pending": sum(result.pending.values())}
    log.info("run %d: %s", result.run_id, counts)
    log.info("polls: %s", result.polls or "none was due")
    log.info("skipped: %s", result.skipped)
    log.info("failed: %s", result.failed)
    log.info("ledger: %s", result.ledger)
    context["outlet_events"][asset].extra = {"run_id": result.run_id, **counts}
    if result.person:
        raise AirflowFailException(result.note)
    if result.note:
        log.warning("%s", result.note)
    return counts


# -- sync_catalogue


def sync_catalogue() -> dict[str, int]:
    """Read the catalogue, report what is wrong in it, write the rest. Returns what changed."""
    from newswire.catalogue import CatalogueError, read_catalogue, sync

    params = get_current_context()["params"]
    settings, database = settings_and_database()
    path = Path(params["catalogue"]) if params.get("catalogue") else settings.catalogue
    try:
        catalogue = read_catalogue(path)
    except CatalogueError as error:
        raise AirflowFailException(str(error)) from None
    for problem in catalogue.problems:
        log.warning("%s: %s", path, problem)
    with database:
        synced = sync(database, catalogue, remove=bool(params.get("remove", True)))
    log.info("%s: %s", path, synced)
    if not catalogue.feeds:
        raise AirflowFailException(f"{path}: no usable row; nothing was changed")
    return asdict(synced) | {"problems": len(catalogue.problems)}


# -- maintain_database


def make_partitions() -> int:
    """Make the partitions of the coming months. Returns how many."""
    from newswire.pipeline.maintenance import make_partitions

    made: int = _maintain(make_partitions)
    return made


def apply_retention() -> dict[str, int]:
    """Let go of raw pages and poll records older than the settings say."""
    from newswire.pipeline.maintenance import apply_retention

    removed: dict[str, int] = _maintain(apply_retention)
    return removed


def refresh_statistics() -> dict[str, Any]:
    """Refresh the planner's statistics and report the sizes of the tables."""
    from newswire.pipeline.maintenance import refresh_statistics

    sizes: dict[str, Any] = _maintain(refresh_statistics)
    return sizes


def learn_repeated_lines() -> dict[str, int]:
    """Learn which lines repeat over the pages of each outlet. Returns how many are new, seen again and forgotten."""
    from newswire.pipeline.repetition import learn_repeated_lines

    counts: dict[str, int] = _maintain(learn_repeated_lines)
    return counts


# -- private


def _selection(params: Any) -> Any:
    from newswire.pipeline.context import Selection

    return Selection(tuple(params.get("outlets") or ()), tuple(params.get("feeds") or ()), params.get("limit"))


def _station(station: Any, shard: int = 0) -> int:
    from newswire.pipeline.context import Context
    from newswire.pipeline.hosts import ASK_SECONDS

    params = get_current_context()["params"]
    if params.get("dry_run"):
        return 0
    settings, database = settings_and_database()
    with database:
        run_id, selection = _run_id(database), _selection(params)
        context = Context(settings, database, run_id, selection, shard, settings.shards, ASK_SECONDS)
        done: int = station(context)
    log.info("%s: %d done", station.__name__, done)
    return done


def _run_id(database: Database) -> int:
    """The run that the task 'plan' opened for this DAG run.

    Raises:
        AirflowFailException: it never did.
    """
    external_id = get_current_context()["run_id"]
    run_id: int | None = database.run(lambda c: database.sql.run_of(c, external_id=external_id))
    if run_id is None:
        raise AirflowFailException("the run was never planned; see the log of the task 'plan'")
    return run_id


def _maintain(work: Any) -> Any:
    settings, database = settings_and_database()
    with database:
        return work(settings, database)


def _failed_stations(context: Any) -> list[str]:
    """Names of the tasks of this run that failed: the run's own state would show only the last task's."""
    task = context["ti"]
    states = task.get_task_states(dag_id=task.dag_id, run_ids=[context["run_id"]])
    return sorted({name for names in states.values() for name, state in names.items() if state == "failed"})
