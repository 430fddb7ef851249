"""People in the loop, by the whole of Airflow: reviews are answered and a replay is confirmed through its interface,
and the page shows itself to those who are signed in."""

from __future__ import annotations

import os
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bench.pipeline import free_port
from conftest import ROOT
from integration.replay_fixtures import ingest_newsroom, query
from newswire.local.stack import Stack
from newswire.pipeline.findings import AFTERWARDS, GUARD
from newswire.storage import Database

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

RENDERED = str(7919 * 7907)  # a number that no address and no port holds by chance
HOSTILE = "{{ 7919 * 7907 }} {{ var.value.secret }} <script>alert(1)</script> [click](javascript:alert(2))"


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """Airflow over an ingested newsroom, whose configured classifier is a new model."""
    settings = {
        "NEWSWIRE_CLASSIFIER": "integration.replay_fixtures:shifted",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")]),
    }
    with tempfile.TemporaryDirectory(prefix="newswire-people-") as folder:
        parts = ("api-server", "scheduler", "dag-processor")
        stack = Stack(Path(folder) / "s", durable=False, port=free_port(), parts=parts, settings=settings)
        try:
            access = stack.up()
            with Database(access.database, ROOT / "sql") as database:
                ingest_newsroom(database, Path(folder))
            yield stack
        finally:
            stack.down()


@pytest.fixture
def database(stack: Stack) -> Iterator[Any]:
    with Database(stack.access().database, ROOT / "sql") as opened:
        yield opened


def until(condition: Callable[[], Any], seconds: float = 300, pause: float = 1) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(pause)
    raise AssertionError("it did not happen in time")


def unpause(stack: Stack, dag: str) -> None:
    """Let a DAG run; one with a schedule catches up on its last time at once, which must be over before we count."""
    [known] = until(lambda: [d for d in stack.api("GET", "/dags")["dags"] if d["dag_id"] == dag])
    if known["is_paused"]:
        stack.api("PATCH", f"/dags/{dag}", {"is_paused": False})
        if known["timetable_summary"] is not None:
            until(lambda: stack.api("GET", f"/dags/{dag}/dagRuns?state=success")["dag_runs"])


def trigger(stack: Stack, dag: str, conf: dict[str, Any]) -> str:
    unpause(stack, dag)
    return trigger_alone(stack, dag, conf)


def trigger_alone(stack: Stack, dag: str, conf: dict[str, Any]) -> str:
    run = stack.api("POST", f"/dags/{dag}/dagRuns", {"logical_date": None, "conf": conf})
    return f"/dags/{dag}/dagRuns/{run['dag_run_id']}"


def requests(stack: Stack, run: str, count: int) -> list[Any]:
    """The requests that a run has open, once there are so many and their tasks wait."""

    def waiting() -> Any:
        found = stack.api("GET", f"{run}/hitlDetails?limit=100")["hitl_details"]
        return found if len(found) == count and not states(stack, run, "running", "queued", "scheduled") else None

    found: list[Any] = until(waiting)
    return found


def states(stack: Stack, run: str, *wanted: str) -> dict[str, str]:
    tasks = stack.api("GET", f"{run}/taskInstances?limit=100")["task_instances"]
    return {f"{t['task_id']}[{t['map_index']}]": t["state"] for t in tasks if not wanted or t["state"] in wanted}


def respond(stack: Stack, run: str, request: Any, option: str, **params: Any) -> None:
    task = request["task_instance"]
    path = f"{run}/taskInstances/{task['task_id']}/{task['map_index']}/hitlDetails"
    stack.api("PATCH", path, {"chosen_options": [option], "params_input": params})


def ended(stack: Stack, run: str) -> str:
    try:
        state: str = until(lambda: (s := stack.api("GET", run)["state"]) in ("success", "failed") and s)
    except AssertionError:
        raise AssertionError(f"{run} does not end; its tasks: {states(stack, run)}") from None
    return state


def test_a_run_by_hand_waits_for_no_run_that_waits_for_people(stack: Stack, database: Any) -> None:
    """Triggering a paused DAG switches it on, which starts the run of the morning that has passed."""
    picked = query(database, "select revision_id from news.current_verdicts order by article_id limit 12")
    query(database, "update news.verdicts set label = 'other' where label = 'uncertain'")
    query(
        database, "update news.verdicts set label = 'uncertain', probability = 0.5 where revision_id = any(%s)",
        [row.revision_id for row in picked],
    )  # fmt: skip
    until(lambda: [d for d in stack.api("GET", "/dags")["dags"] if d["dag_id"] == "review_uncertain"])
    stack.api("PATCH", "/dags/review_uncertain", {"is_paused": False})
    runs = "/dags/review_uncertain/dagRuns"
    [morning] = until(lambda: stack.api("GET", runs)["dag_runs"])
    asked = requests(stack, f"{runs}/{morning['dag_run_id']}", 10)
    mine = trigger_alone(stack, "review_uncertain", {"articles": 2})
    asked_of_me = requests(stack, mine, 2)
    assert stack.api("GET", f"{runs}/{morning['dag_run_id']}")["state"] == "running"
    claimed = query(database, "select count(*) from news.review_requests group by asked_by order by 1")
    assert [row[0] for row in claimed] == [2, 10], "no article is asked about twice"
    for run, found in ((f"{runs}/{morning['dag_run_id']}", asked), (mine, asked_of_me)):
        for request in found:
            respond(stack, run, request, "skip")
        assert ended(stack, run) == "success"
    query(database, "delete from news.review_requests")


def test_reviews_are_asked_for_and_answers_are_kept(stack: Stack, database: Any) -> None:
    query(database, "update news.verdicts set label = 'other' where label = 'uncertain'")
    unpause(stack, "review_uncertain")
    picked = query(database, "select article_id, revision_id from news.current_verdicts order by article_id limit 3")
    numbers = [row.revision_id for row in picked]
    query(
        database, "update news.verdicts set label = 'uncertain', probability = 0.5 where revision_id = any(%s)", numbers
    )
    query(database, "update news.revisions set title = %s where revision_id = any(%s)", HOSTILE, numbers)
    run = trigger(stack, "review_uncertain", {"articles": 3})
    asked = requests(stack, run, 3)
    for request in asked:
        assert RENDERED not in request["subject"]
        assert request["subject"].endswith(HOSTILE), "shown as it is"
        for live in ("<script", "[click](", "{{"):
            assert live not in request["body"], live
        assert RENDERED not in request["body"]
        assert request["options"] == ["conflict", "other", "skip"]
    for request, option in zip(asked, ("conflict", "other", "skip"), strict=True):
        respond(stack, run, request, option, note="seen")
    assert ended(stack, run) == "success"
    rows = query(database, "select label, reviewer, note, reviewed_at from news.reviews order by label")
    assert [(row.label, row.reviewer, row.note) for row in rows] == [
        ("conflict", "operator", "seen"),
        ("other", "operator", "seen"),
    ]
    assert all(datetime.now(UTC) - row.reviewed_at < timedelta(minutes=10) for row in rows)
    counted = query(database, "select label from news.published_articles where reviewer = 'operator' order by 1")
    assert [row.label for row in counted] == ["conflict", "other"]
    assert query(database, "select count(*) from news.review_queue")[0][0] == 1


def test_an_answer_in_the_moment_of_asking_is_not_asked_for_again(stack: Stack, database: Any) -> None:
    """Before the process that asked has ended: Airflow alone would take the task for a killed one (airflow_executor)."""
    picked = query(database, "select revision_id from news.current_verdicts order by article_id desc limit 12")
    numbers = [row.revision_id for row in picked]
    query(
        database, "update news.verdicts set label = 'uncertain', probability = 0.5 where revision_id = any(%s)", numbers
    )
    before = query(database, "select count(*) from news.reviews")[0][0]
    run = trigger(stack, "review_uncertain", {"articles": len(numbers)})
    answered: set[int] = set()

    def answer() -> bool:
        for task in stack.api("GET", f"{run}/taskInstances?limit=100")["task_instances"]:
            if task["state"] == "awaiting_input" and task["map_index"] not in answered:
                respond(stack, run, {"task_instance": task}, "other")
                answered.add(task["map_index"])
        return len(answered) == len(numbers)

    until(answer, pause=0.1)
    assert ended(stack, run) == "success"
    tasks = stack.api("GET", f"{run}/taskInstances?limit=100")["task_instances"]
    assert {task["try_number"] for task in tasks} == {1}
    assert query(database, "select count(*) from news.reviews")[0][0] == before + len(numbers)


WINDOW = {"window_start": "2000-01-01T00:00:00+00:00", "window_end": "2100-01-01T00:00:00+00:00", "what": "classify"}


def test_a_dry_run_asks_nobody_and_changes_nothing(stack: Stack, database: Any) -> None:
    before = query(database, "select article_id, label from news.current_verdicts order by 1")
    run = trigger(stack, "reprocess_articles", WINDOW)
    assert ended(stack, run) == "success"
    assert states(stack, run) == {"compare[-1]": "success", "confirm[-1]": "skipped", "promote[-1]": "skipped"}
    assert query(database, "select article_id, label from news.current_verdicts order by 1") == before
    [row] = query(database, "select finished_at is not null as done, promoted_at from news.reprocess_runs")
    assert (row.done, row.promoted_at) == (True, None)


def test_a_replay_is_promoted_when_a_person_approves(stack: Stack, database: Any) -> None:
    run = trigger(stack, "reprocess_articles", {**WINDOW, "dry_run": False})
    [request] = requests(stack, run, 1)
    assert "Labels that flip" in request["body"]
    assert "<script" not in request["body"]
    assert query(database, "select model_version from news.current_model")[0][0] != "shifted-1"
    respond(stack, run, request, "Approve")
    assert ended(stack, run) == "success"
    assert query(database, "select model_version from news.current_model")[0][0] == "shifted-1"


def test_a_replay_is_not_promoted_when_a_person_rejects(stack: Stack, database: Any) -> None:
    run = trigger(stack, "reprocess_articles", {**WINDOW, "what": "both", "dry_run": False, "limit": 5})
    [request] = requests(stack, run, 1)
    respond(stack, run, request, "Reject")
    assert ended(stack, run) == "success"
    assert states(stack, run)["promote[-1]"] == "skipped"
    [last] = query(database, "select promoted_at from news.reprocess_runs order by reprocess_id desc limit 1")
    assert last.promoted_at is None


def test_a_form_that_cannot_be_says_why(stack: Stack, database: Any) -> None:
    run = trigger(stack, "reprocess_articles", {**WINDOW, "window_end": WINDOW["window_start"]})
    assert ended(stack, run) == "failed"
    assert states(stack, run)["compare[-1]"] == "failed"


def test_quality_is_measured(stack: Stack, database: Any) -> None:
    run = trigger(stack, "monitor_quality", {})
    assert ended(stack, run) == "success"


def test_an_outage_and_a_wrong_name_fail_the_run_and_say_so(stack: Stack, database: Any) -> None:
    """The newsroom was on loopback, which the guard of this Airflow refuses: no feed can be polled."""
    stack.api("PATCH", "/dags/ingest_news", {"is_paused": False})
    run = trigger_alone(stack, "ingest_news", {"force_poll": True})
    wrong = trigger_alone(stack, "ingest_news", {"outlets": ["No Such Outlet"]})
    assert ended(stack, run) == "failed"
    assert states(stack, run, "failed") == {"report[-1]": "failed"}
    key = run.rpartition("/")[2]
    [row] = query(database, "select status, note from news.ingest_runs where external_id = %s", key)
    assert row.status == "failed"
    assert f"polls failed (internal-address): {GUARD}; {AFTERWARDS}" in row.note
    assert ended(stack, wrong) == "failed"
    found = states(stack, wrong)
    assert found["plan[-1]"] == found["plan_fetch[-1]"] == "failed"
    assert "upstream_failed" in (found["poll[-1]"], found["fetch[-1]"])
    stack.api("PATCH", "/dags/ingest_news", {"is_paused": True})


def test_the_page_is_for_those_who_are_signed_in(stack: Stack) -> None:
    access = stack.access()
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{access.web}/newswire/", timeout=30)
    assert refused.value.code == 401
    stack.api("GET", "/version")
    request = urllib.request.Request(f"{access.web}/newswire/", headers={"Cookie": f"_token={stack._token}"})
    with urllib.request.urlopen(request, timeout=30) as response:
        page = response.read().decode()
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "adds up" in page
    assert "Replay" in page
    plugins = stack.api("GET", "/plugins")["plugins"]
    assert [(p["name"], p["external_views"][0]["href"]) for p in plugins if p["external_views"]] == [
        ("newswire", "/newswire/")
    ]
