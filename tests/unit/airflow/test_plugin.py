"""The page in Airflow: only for those who are signed in, nothing but text from the web, and the only plugin loaded."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from conftest import ROOT
from newswire.overview import policy, render, style, when

NOW = datetime(2026, 6, 30, 12, 0, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}\"'"

LOAD_PLUGINS = """
import json, sys
from airflow import plugins_manager
plugins, errors = plugins_manager._get_plugins()
print(json.dumps({
    "plugins": [p.name for p in plugins if str(p.source).startswith("$PLUGINS_FOLDER")],
    "errors": errors,
    "modules": [n for n, m in sys.modules.items() if (getattr(m, "__file__", None) or "").startswith(sys.argv[1])],
    "page": "newswire.airflow_page" in sys.modules,
}))
"""


@pytest.fixture(scope="module")
def environ(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An Airflow whose home is the repository and whose state is elsewhere."""
    folder = tmp_path_factory.mktemp("airflow")
    env = {name: value for name, value in os.environ.items() if not name.startswith(("NEWSWIRE_", "AIRFLOW"))}
    return env | {
        "AIRFLOW_HOME": str(ROOT),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{folder}/airflow.db",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(folder / "logs"),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(folder / "passwords.json"),
    }


@pytest.fixture(scope="module")
def loaded(environ: dict[str, str]) -> Any:
    """What Airflow itself loads from plugins/."""
    done = subprocess.run(
        [sys.executable, "-c", LOAD_PLUGINS, str(ROOT / "plugins")],
        env=environ, cwd=ROOT, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.strip().splitlines()[-1])


def test_airflow_loads_exactly_this_plugin(loaded: Any) -> None:
    assert loaded["plugins"] == ["newswire"]
    assert loaded["errors"] == {}


def test_no_module_of_the_library_becomes_a_top_level_module(loaded: Any) -> None:
    own = [name for name in loaded["modules"] if name.split(".")[0] != "newswire"]
    assert own == ["newswire_plugin"]
    beside = {path.stem for path in (ROOT / "plugins" / "newswire").rglob("*.py")}
    assert len(beside) > 50, "the library is there to be hidden"


def test_loading_the_plugin_loads_neither_page_nor_library(loaded: Any) -> None:
    assert not loaded["page"]
    assert loaded["modules"] == ["newswire_plugin"]


# -- who may see it

APP = """
import json
from fastapi import FastAPI
from fastapi.testclient import TestClient
from airflow.api_fastapi.app import create_auth_manager
from airflow.api_fastapi.auth.managers.simple.user import SimpleAuthManagerUser
from airflow.api_fastapi.core_api.security import get_user
import newswire_plugin

manager = create_auth_manager()
page = newswire_plugin.NewswirePlugin.fastapi_apps[0]
app = FastAPI()
app.mount(page["url_prefix"], page["app"])
client = TestClient(app, raise_server_exceptions=False)
paths = ["/newswire/", "/newswire", "/newswire/openapi.json", "/newswire/docs", "/newswire/redoc", "/newswire/x"]
answers = {path: client.get(path).status_code for path in paths}
answers["forged"] = client.get("/newswire/", headers={"Authorization": "Bearer x.y.z"}).status_code
answers["forged cookie"] = client.get("/newswire/", cookies={"_token": "x.y.z"}).status_code
answers["post"] = client.post("/newswire/").status_code
inner = page["app"]._app
for role in ("viewer", None):
    inner.dependency_overrides[get_user] = lambda role=role: SimpleAuthManagerUser(username="u", role=role)
    answer = client.get("/newswire/")
    answers[f"role {role}"] = [answer.status_code, answer.text[:80], dict(answer.headers)]
from fastapi.routing import APIRoute
answers["routes"] = [[r.path, sorted(r.methods), len(r.dependencies)] for r in inner.routes if isinstance(r, APIRoute)]
answers["others"] = [r.path for r in inner.routes if not isinstance(r, APIRoute)]
print(json.dumps(answers))
"""


@pytest.fixture(scope="module")
def answers(environ: dict[str, str]) -> Any:
    """What the mounted application answers to whom, mounted as Airflow mounts it."""
    pytest.importorskip("httpx")
    path = os.pathsep.join([str(ROOT / "plugins"), environ.get("PYTHONPATH", "")])
    # A database that refuses: who may see the page is decided before it is asked.
    refusing = {"NEWSWIRE_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    done = subprocess.run(
        [sys.executable, "-c", APP], env={**environ, "PYTHONPATH": path, **refusing}, cwd=ROOT, capture_output=True,
        text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.strip().splitlines()[-1])


def test_anonymous_sees_nothing(answers: Any) -> None:
    assert answers["/newswire/"] == 401
    assert answers["/newswire"] == 401, "after the redirect to the slash"
    for path in ("/newswire/openapi.json", "/newswire/docs", "/newswire/redoc", "/newswire/x"):
        assert answers[path] in (401, 403, 404), path
    assert answers["post"] in (401, 403, 405)


def test_a_forged_token_is_refused(answers: Any) -> None:
    assert answers["forged"] in (401, 403)
    assert answers["forged cookie"] in (401, 403)


def test_every_route_is_read_only_and_protected(answers: Any) -> None:
    assert answers["routes"] == [["/", ["GET"], 1]]
    assert answers["others"] == []


def test_a_viewer_gets_the_page_and_a_user_without_role_does_not(answers: Any) -> None:
    status, text, headers = answers["role viewer"]
    assert status == 503, "signed in, and told that the database refuses"
    assert text.startswith("Newswire: ")
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert answers["role None"][0] == 403


# -- what it shows


def overview(text: str) -> dict[str, Any]:
    """An overview in which every text is `text`."""
    row = SimpleNamespace(
        state=text, reason=text, stage=text, urls=3, oldest=NOW - timedelta(hours=8), kind=text, subject=text,
        message=text, raised_at=NOW - timedelta(days=2), run_id=1, trigger=text, started_at=NOW - timedelta(minutes=9),
        finished_at=NOW, status=text, status_note=text, note=text, listed=text, published=text, outlet=text, url=text, alarm=text,
        alarm_since=NOW, proposed_url=text, last_polled_at=NOW, last_outcome=text, failures=2, newest_entry_at=None,
        next_poll_at=NOW + timedelta(minutes=30), next_poll_reason=text, reprocess_id=1, what=[text], promoted_at=None,
        seen={"articles": 4}, flips={text: 2},
    )  # fmt: skip
    active = SimpleNamespace(**{**vars(row), "status": "active"})
    check = SimpleNamespace(listed=9, published=4, skipped=3, failed=1, pending=1, articles=4, stray=0, adds_up=True)
    summary = SimpleNamespace(active=1, due=1, alarmed=1, failing=1, feeds=3)
    return {
        "check": check, "ledger": [row], "stuck": [row], "alarms": [row], "summary": summary, "feeds": [row, active],
        "runs": [row], "reviews": SimpleNamespace(waiting=5, reviewed=2), "replays": [row],
    }  # fmt: skip


@pytest.fixture
def page() -> str:
    return render(overview(HOSTILE), now=NOW)


def test_hostile_text_is_escaped_everywhere(page: str) -> None:
    assert page.count("&lt;script&gt;") >= 20
    assert "<script" not in page
    assert "<img" not in page
    assert "{{ 7*7 }}" in page, "shown, not rendered"
    inside_tags = re.findall(r"<[a-z][^>]*>", page)
    assert not [tag for tag in inside_tags if "alert" in tag or "onerror" in tag]


def test_the_policy_allows_its_own_style_and_nothing_else(page: str) -> None:
    assert f"<style>{style()}</style>" in page
    assert policy().startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy()
    for loads in (" style=", " src=", "<link", "<form", "<iframe", "<a "):
        assert loads not in render(overview("x"), now=NOW), loads


def test_the_page_says_what_an_operator_asks(page: str) -> None:
    assert "9 listed = 4 published + 3 skipped + 1 failed" in page
    assert "adds up" in page
    assert "in 30 min" in page
    assert "5 uncertain articles wait for a person" in page
    assert "8 h ago" in page


def test_an_empty_database_has_a_page_too() -> None:
    nothing = overview("x") | {name: [] for name in ("ledger", "stuck", "alarms", "feeds", "runs", "replays")}
    assert "Nothing was listed yet: switch on ingest_news." in render(nothing, now=NOW)


def test_where_runs_listed_nothing_the_page_does_not_ask_for_one() -> None:
    outage = overview("x") | {"ledger": [], "stuck": [], "alarms": []}
    page = render(outage, now=NOW)
    assert 'Nothing was listed yet: see "Look at" of the last runs.' in page


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(seconds=20), "now"),
        (timedelta(minutes=5), "in 5 min"),
        (-timedelta(hours=3), "3 h ago"),
        (-timedelta(days=9), "9 d ago"),
    ],
)
def test_times_are_told_as_distances(ahead: timedelta, words: str) -> None:
    assert when(NOW + ahead, NOW) == words


def test_no_time_is_empty() -> None:
    assert when(None) == ""


def test_the_ignore_file_hides_the_whole_library() -> None:
    rules = (Path(ROOT) / "plugins" / ".airflowignore").read_text().splitlines()
    assert {"newswire/", "newswire/**"} <= set(rules)
