"""`make demo`: the real pipeline, run by Airflow, on the newsroom that the project brings along."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any

from newswire.catalogue import read_catalogue, sync
from newswire.config import ROOT
from newswire.local.occupation import OccupiedError, occupied
from newswire.local.stack import Stack, StackError
from newswire.presentation import articles_text, status_text
from newswire.storage import Database

RUN_WITHIN = 300.0
"""Seconds for one run of the DAG: it takes about 25 on two idle cores."""

QUERIES = (
    (
        "The newest conflict articles",
        "select shown_at, outlet, title, probability from news.conflict_articles order by shown_at desc limit 10",
    ),
    (
        "What was changed after publication, unannounced",
        "select outlet, title, change->>'removed' as was, change->>'added' as now from news.silent_edits",
    ),
    (
        "Why URLs are not articles",
        "select state, reason, sum(urls) as urls from news.ledger group by 1, 2 order by 3 desc",
    ),
)


def demo(folder: Path, *, keep: bool = False) -> int:
    """Two runs of ingest_news over the newsroom's two editions. Returns 0 when the ledger adds up and nothing failed.

    Raises:
        StackError: a demo runs already, or Airflow could not be started.
    """
    try:
        with occupied(folder):
            return _demo(folder, keep)
    except OccupiedError as error:
        raise StackError(f"a demo runs already ({error}); end it with Ctrl-C where it runs") from None


def _demo(folder: Path, keep: bool) -> int:
    began = time.monotonic()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as Ctrl-C does: nothing is left running

    def say(words: str) -> None:
        print(f"[{time.monotonic() - began:5.1f} s] {words}", flush=True)

    newsroom: Newsroom | None = None
    # Only loopback is fetched from here, as fast as the newsroom answers.
    settings = {
        "NEWSWIRE_ALLOWED_NETWORKS": "127.0.0.0/8",
        "NEWSWIRE_MIN_GAP": "0.02",
        "NEWSWIRE_CONTACT": "demo@localhost",
    }
    Stack(folder).destroy()  # what an interrupted demo left
    try:
        newsroom = Newsroom()
        facts = newsroom.facts
        say(f"newsroom: {len(facts['outlets'])} outlets with {facts['listed']} listed articles at {newsroom.control}")
        settings["NEWSWIRE_ALLOWED_PORTS"] = str(newsroom.facts["port"])
        # No run by schedule shall come in between.
        settings["NEWSWIRE_SCHEDULE"] = ""
        stack = Stack(
            folder, durable=False, port=0, parts=("api-server", "scheduler", "dag-processor"), settings=settings
        )
        access = stack.up(say)
        say(f"Airflow answers at {access.web}")
        with Database(access.database, ROOT / "sql") as database:
            catalogue = folder / "catalogue.csv"
            catalogue.write_bytes(newsroom.get("/__newsroom/catalogue.csv"))
            synced = sync(database, read_catalogue(catalogue), remove=True)
            say(f"catalogue: {synced.outlets} outlets, {synced.feeds_new} feeds")
            run_dag(stack, say, {})
            newsroom.advance()
            say("the newsroom brings out its second edition: a corrected article, one taken down, two new ones")
            database.run(lambda c: database.sql.make_revisits_due(c))
            run_dag(stack, say, {"force_poll": True})
            adds_up = _show(database)
        if keep:
            print(f"\nAirflow: {access.web}  user {access.user}  password {access.password}   (Ctrl-C ends the demo)")
            signal.pause()
        print(_how_to_go_on(time.monotonic() - began))
        return 0 if adds_up else 1
    except KeyboardInterrupt:
        return 0 if keep else 130
    finally:
        if newsroom is not None:
            newsroom.end()
        Stack(folder).down()


def run_dag(stack: Stack, say: Any, params: dict[str, Any]) -> str:
    """Trigger ingest_news and wait for it, saying which task finished. Returns Airflow's id of the run.

    Raises:
        StackError: the run failed or did not end in time.
    """
    _wait_for_dag(stack)
    run = stack.api("POST", "/dags/ingest_news/dagRuns", {"logical_date": None, "conf": params})
    say(f"triggered ingest_news {run['dag_run_id']}")
    seen: set[str] = set()
    deadline = time.monotonic() + RUN_WITHIN
    while time.monotonic() < deadline:
        tasks = stack.api("GET", f"/dags/ingest_news/dagRuns/{run['dag_run_id']}/taskInstances?limit=200")
        for task in tasks["task_instances"]:
            name = task["task_id"] + (f"[{task['map_index']}]" if task["map_index"] >= 0 else "")
            if task["state"] in ("success", "failed", "upstream_failed", "skipped") and name not in seen:
                seen.add(name)
                say(f"  {name:<12} {task['state']:<8} {task['duration'] or 0:.1f} s")
        state = stack.api("GET", f"/dags/ingest_news/dagRuns/{run['dag_run_id']}")["state"]
        if state == "success":
            return str(run["dag_run_id"])
        if state == "failed":
            raise StackError(f"ingest_news failed; the tasks' logs are in {stack.folder / 'logs'}")
        time.sleep(0.5)
    raise StackError(f"ingest_news did not end within {RUN_WITHIN:.0f} s")


def _wait_for_dag(stack: Stack) -> None:
    """Until Airflow has parsed the DAG; a file that does not import is said at once."""
    deadline = time.monotonic() + RUN_WITHIN
    while time.monotonic() < deadline:
        if any(d["dag_id"] == "ingest_news" for d in stack.api("GET", "/dags")["dags"]):
            stack.api("PATCH", "/dags/ingest_news", {"is_paused": False})
            return
        errors = stack.api("GET", "/importErrors")["import_errors"]
        if errors:
            raise StackError(f"{errors[0]['filename']}: {errors[0]['stack_trace'].strip().splitlines()[-1]}")
        time.sleep(0.3)
    raise StackError("Airflow did not find the DAG ingest_news")


def _show(database: Database) -> bool:
    from newswire.presentation import read_status

    status = read_status(database)
    status["runs"] = []
    rows = database.run(lambda c: list(database.sql.newest_conflict_articles(c, most=12)))
    print()
    print(articles_text(rows, "Newest articles about the conflict"))
    print(status_text(status))
    ledger = status["ledger"]
    return bool(ledger["adds_up"] and ledger["published"] and not ledger["failed"])


def _how_to_go_on(seconds: float) -> str:
    newswire = Path(sys.executable).parent / "newswire"
    lines = [f"\ndone in {seconds:.0f} s; nothing is left running. Go on with the demo's database as the analyst:", ""]
    lines += [f"  {newswire} local psql --demo", "", "and in it, for instance:"]
    lines += [f"\n  -- {words}\n  {query};" for words, query in QUERIES]
    return "\n".join(lines)


class Newsroom:
    """The sample newsroom as a process of its own, so that it is asked over real connections."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "newswire.newsroom", "--port", "0", "--max-seconds", "7200"],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise StackError("the sample newsroom did not start (see above)")
        self.facts: dict[str, Any] = json.loads(line)
        self.control = f"http://127.0.0.2:{self.facts['port']}"
        threading.Thread(target=self._process.stdout.read, daemon=True).start()

    def get(self, path: str) -> bytes:
        """One of the newsroom's control documents."""
        with urllib.request.urlopen(self.control + path, timeout=30) as response:  # noqa: S310 - our own loopback address
            body: bytes = response.read()
            return body

    def advance(self) -> None:
        """Bring out the second edition."""
        request = urllib.request.Request(self.control + "/__newsroom/advance", b"", method="POST")  # noqa: S310
        urllib.request.urlopen(request, timeout=30).close()  # noqa: S310

    def end(self) -> None:
        """End the process."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
