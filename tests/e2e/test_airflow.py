"""Airflow for real: the DAGs parse fast and cleanly, a run ingests the newsroom, and ending it leaves nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from bench.pipeline import free_port
from conftest import ROOT
from newswire.catalogue import read_catalogue, sync
from newswire.local.demo import run_dag
from newswire.local.stack import Stack
from newswire.storage import Database
from newswire.urls import identity

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

AIRFLOW = {"AIRFLOW_HOME": str(ROOT), "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": "sqlite:////tmp/newswire-never-made.db"}


def airflow(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "airflow", *arguments],
        cwd=ROOT,
        env={**os.environ, **AIRFLOW},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_configuration_is_clean() -> None:
    done = airflow("config", "lint")
    assert "No issues found" in done.stdout, done.stdout


IMPORT = """
import time, sys, pathlib
import airflow.sdk
started = time.perf_counter()
import importlib.util
path = pathlib.Path(sys.argv[1])
spec = importlib.util.spec_from_file_location(path.stem, path)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
heavy = {"lxml", "trafilatura", "aiohttp", "feedparser", "psycopg2", "numpy"} & set(sys.modules)
from airflow.sdk import DAG
print(time.perf_counter() - started, sorted(heavy - set(sys.argv[2].split(","))))
"""

BASE = "import sys, airflow.sdk, airflow.sdk.definitions.dag; print(','.join(sys.modules))"


@pytest.fixture(scope="module")
def modules_of_the_sdk() -> str:
    """What `import airflow.sdk` and making a DAG load anyway."""
    done = subprocess.run([sys.executable, "-c", BASE], capture_output=True, text=True, env={**os.environ, **AIRFLOW})
    return done.stdout.strip().splitlines()[-1]


@pytest.mark.parametrize("path", sorted((ROOT / "dags").glob("*.py")), ids=lambda p: p.stem)
def test_a_dag_file_has_a_manual_and_loads_nothing_heavy(path: Path, modules_of_the_sdk: str) -> None:
    """Parsing costs every task and every cycle of the dag processor; the figure itself is in `make bench`."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORT, str(path), modules_of_the_sdk],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **AIRFLOW, "PYTHONPATH": str(ROOT / "plugins")},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip().endswith("[]"), done.stdout
    text = path.read_text(encoding="utf-8")
    assert text.startswith('"""###'), "the operator's manual comes first"
    assert "doc_md=__doc__" in text


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Outside pytest's own folder, which is closed to the database's user."""
    with tempfile.TemporaryDirectory(prefix="newswire-e2e-", ignore_cleanup_errors=True) as name:
        yield Path(name) / "stack"


def listening(stack: Stack) -> set[str]:
    """The addresses that the stack's processes listen on."""
    connections = [c for process in stack.processes() for c in process.net_connections("inet")]
    return {c.laddr.ip for c in connections if c.status == psutil.CONN_LISTEN}


def test_airflow_ingests_the_newsroom_and_leaves_nothing(newsroom: Any, catalogue_of: Any, folder: Path) -> None:
    settings = {
        "NEWSWIRE_ALLOWED_NETWORKS": "127.0.0.0/8",
        "NEWSWIRE_ALLOWED_PORTS": str(newsroom.port),
        "NEWSWIRE_MIN_GAP": "0.02",
        "NEWSWIRE_SCHEDULE": "",
        "AIRFLOW__API__INSTANCE_NAME": "test",
    }
    stack = Stack(folder, durable=False, port=free_port(), settings=settings)
    said: list[str] = []
    try:
        access = stack.up()
        assert stack.up() == access, "up twice is harmless"
        with Database(access.database, ROOT / "sql") as database:
            sync(database, read_catalogue(catalogue_of(newsroom)), remove=True)
            run = run_dag(stack, said.append, {})
            check = database.run(lambda c: database.sql.ledger_check(c))
            assert check.adds_up
            assert check.listed == newsroom.facts["listed"]
            assert check.pending == 0
            labels = {
                identity(r.url): r.label for r in database.run(lambda c: list(database.sql.url_states(c))) if r.label
            }
            truth = [i for i in newsroom.expected() if i["state"] == "published" and i["label"]]
            assert sum(labels.get(identity(i["url"])) == i["label"] for i in truth) >= 0.7 * len(truth)

            started = time.monotonic()
            run_dag(stack, said.append, {})
            said.append(f"a run with nothing to do took {time.monotonic() - started:.1f} s")
            assert database.run(lambda c: database.sql.ledger_check(c)) == check

            dry = run_dag(stack, said.append, {"dry_run": True, "force_poll": True})
            assert dry
            assert database.run(lambda c: database.sql.ledger_check(c)) == check
        assert listening(stack) == {"127.0.0.1"}
        log = stack.api("GET", f"/dags/ingest_news/dagRuns/{run}/taskInstances/report/logs/1")
        assert "'adds_up': True" in str(log["content"]), "a log is read from the disk, not from a server of logs"
        anonymous = subprocess.run(
            ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", f"{access.web}/api/v2/dags"],
            capture_output=True,
            text=True,
        )
        assert anonymous.stdout in ("401", "403")
    except BaseException:
        print("\n".join(said), (folder / "airflow.log").read_text()[-4000:] if folder.exists() else "")
        raise
    finally:
        killed = stack.down()
    assert stack.processes() == []
    assert not stack.postgres.running
    assert killed == []
