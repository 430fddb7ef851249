"""Real pages of many outlets through the whole of Airflow: each is listed once, and ends in one counted state.

What is read off the pages is measured elsewhere (tests/bench); here it is shown that none is lost between the stations,
the shards and the tasks that run them.
"""

from __future__ import annotations

import csv
import re
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from bench.pipeline import free_port, prepared, replay
from conftest import ROOT
from integration.replay_fixtures import query
from newswire.local.demo import run_dag
from newswire.local.stack import Stack
from newswire.storage import Database

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(1800)]


def addresses_in_feeds(port: int) -> int:
    """How many distinct addresses the feeds of the replay server list, counted without any code of the product."""
    with urllib.request.urlopen(f"http://127.0.0.2:{port}/feeds.csv", timeout=60) as answer:
        feeds = [row["feed_url"] for row in csv.DictReader(answer.read().decode().splitlines())]
    found: set[str] = set()
    for feed in feeds:
        try:
            with urllib.request.urlopen(urllib.parse.quote(feed, safe=":/%"), timeout=60) as answer:
                found.update(re.findall(r"<item>.*?<link>(.*?)</link>", answer.read().decode(), re.DOTALL))
        except urllib.error.HTTPError:
            continue  # the server does not find an address that is not ASCII
    return len(found)


def test_real_pages_go_through_airflow(shared: Path) -> None:
    if not (shared / "replay").is_dir():
        pytest.skip(f"needs the replay server, which is not in {shared}")
    said: list[str] = []
    with (
        tempfile.TemporaryDirectory(prefix="newswire-real-", ignore_cleanup_errors=True) as name,
        replay("pages", -1) as port,
    ):
        settings = {
            "NEWSWIRE_ALLOWED_NETWORKS": "127.0.0.0/8",
            "NEWSWIRE_ALLOWED_PORTS": str(port),
            "NEWSWIRE_MIN_GAP": "0",
            "NEWSWIRE_SCHEDULE": "",
        }
        parts = ("api-server", "scheduler", "dag-processor")
        stack = Stack(Path(name) / "stack", durable=False, port=free_port(), parts=parts, settings=settings)
        try:
            access = stack.up()
            with Database(access.database, ROOT / "sql") as database:
                prepared(database, port)
                served = addresses_in_feeds(port)
                run = run_dag(stack, said.append, {})
                check = database.run(lambda c: database.sql.ledger_check(c))
                states = query(database, "select state, reason, count(*) from news.urls group by 1, 2 order by 3 desc")
                [bare] = query(
                    database,
                    "select count(*) filter (where label is null) as unjudged, count(*) filter (where text = '') as empty, "
                    "count(*) filter (where story_id is null) as alone from news.published_articles",
                )
                tasks = stack.api("GET", f"/dags/ingest_news/dagRuns/{run}/taskInstances?limit=200")["task_instances"]
        except BaseException:
            print("\n".join(said))
            raise
        finally:
            stack.down()
    assert check.adds_up
    assert (check.listed, check.pending, check.failed) == (served, 0, 0), states
    # A few of them are no articles (an index, a video, a paywall); how many is no business of this test.
    assert check.published >= 0.95 * served, states
    assert tuple(bare) == (0, 0, 0)
    assert {(task["state"], task["try_number"]) for task in tasks} == {("success", 1)}, said
