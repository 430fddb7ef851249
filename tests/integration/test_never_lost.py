"""Never lost, never doubled: workers are killed and Postgres crashes, and in the end everything is there once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from typing import Any

import pytest

from conftest import ROOT
from newswire.catalogue import read_catalogue, sync
from newswire.pipeline.context import Selection
from newswire.pipeline.ingest import ingest
from newswire.storage import Database

pytestmark = pytest.mark.timeout(900)

KILLS = 20


def worker(url: str, port: int, *more: str) -> subprocess.Popen[bytes]:
    """One ingestion in a process of its own, as an operator would start it."""
    command = [
        sys.executable,
        "-m",
        "newswire",
        "ingest",
        "--once",
        "--database",
        url,
        "--allow-network",
        "127.0.0.0/8",
    ]
    return subprocess.Popen(
        [*command, "--allow-port", str(port), "--min-gap", "0.01", *more],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "NEWSWIRE_EXTRACT_WORKERS": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def expire_leases(database: Database) -> None:
    """What waiting for a minute or ten would do: the leases of the dead run out."""

    def work(connection: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "update news.hosts set lease_until = now() - interval '1 second' where lease_owner is not null"
            )
            cursor.execute(
                "update news.urls set lease_until = now() - interval '1 second' where lease_owner is not null"
            )

    database.run(work)


def pending(database: Database) -> int:
    return int(database.run(lambda c: database.sql.ledger_check(c)).pending)


def facts(database: Database) -> dict[str, Any]:
    """Counts by which doubling or loss would show."""

    def work(connection: Any) -> dict[str, Any]:
        with connection.cursor() as cursor:
            cursor.execute(
                """select (select count(*) from news.urls) as urls, (select count(*) from news.listings) as listings,
                          (select count(*) from news.articles) as articles,
                          (select count(*) from news.revisions) as revisions,
                          (select count(*) from news.verdicts) as verdicts,
                          (select count(distinct story_id) from news.articles) as stories,
                          (select count(*) from (select article_id from news.revisions group by 1 having count(*) > 1) as d)
                              as doubled"""
            )
            return dict(cursor.fetchone()._asdict())

    return database.run(work)


def test_killed_workers_and_a_crashed_postgres_lose_and_double_nothing(
    database: Database, postgres: Any, newsroom: Any, catalogue_of: Any
) -> None:
    sync(database, read_catalogue(catalogue_of(newsroom)), remove=True)
    chance = random.Random(20)  # the moments differ by the machine's timing anyway; the seed only makes them spread
    kills = 0
    while kills < KILLS:
        process = worker(database.url, newsroom.port, "--force")
        try:
            # From before its first statement to the middle of extraction.
            process.wait(timeout=chance.uniform(0.3, 5.0))
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            kills += 1
        if kills == KILLS // 2:
            postgres.restart("immediate")  # a crash, not a shutdown
        expire_leases(database)
    check = database.run(lambda c: database.sql.ledger_check(c))
    assert check.listed == check.published + check.skipped + check.failed + check.pending, check
    assert check.stray == 0

    final = ingest(database, newsroom.settings(database.url), Selection(), trigger="test", force=True)
    assert final.ledger["adds_up"], final.ledger
    assert pending(database) == 0
    assert final.ledger["listed"] == newsroom.facts["listed"]
    after = facts(database)
    assert after["doubled"] == 0
    assert after["revisions"] == after["articles"] == final.ledger["published"]

    ingest(database, newsroom.settings(database.url), Selection(), trigger="test", force=True)
    assert facts(database) == after


def test_killed_workers_leave_no_processes(database: Database, newsroom: Any, catalogue_of: Any) -> None:
    import psutil

    sync(database, read_catalogue(catalogue_of(newsroom)), remove=True)
    process = worker(database.url, newsroom.port)
    children: list[psutil.Process] = []
    deadline = time.monotonic() + 30
    while not children and time.monotonic() < deadline and process.poll() is None:
        children = psutil.Process(process.pid).children(recursive=True)
        time.sleep(0.05)
    assert children, "the worker started no process for parsing"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    _, alive = psutil.wait_procs(children, timeout=20)
    assert alive == []


def test_two_runs_at_once_do_no_harm(database: Database, newsroom: Any, catalogue_of: Any) -> None:
    sync(database, read_catalogue(catalogue_of(newsroom)), remove=True)
    reports: list[Any] = []

    def run() -> None:
        with Database(database.url, ROOT / "sql") as own:
            reports.append(ingest(own, newsroom.settings(database.url), Selection(), trigger="test"))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # What one of them found leased to the other when it looked is left to the next run.
    final = ingest(database, newsroom.settings(database.url), Selection(), trigger="test")
    assert final.ledger["adds_up"]
    assert pending(database) == 0
    assert final.ledger["listed"] == newsroom.facts["listed"]
    assert facts(database)["doubled"] == 0
    stats = newsroom.get("stats")
    hosts = stats["hosts"]
    assert all(host["peak_connections"] <= 1 for host in hosts.values())
