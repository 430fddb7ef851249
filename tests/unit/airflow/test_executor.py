"""The executor: of a task that waited for a person and went on, only the last process's result counts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

REPORTED = """
import json, sys
from types import SimpleNamespace
from airflow.executors.local_executor import LocalExecutor
from airflow.models.taskinstancekey import TaskInstanceKey
from newswire.airflow_executor import ResumingLocalExecutor

LocalExecutor._process_workloads = lambda self, workloads: None  # no processes: only the bookkeeping is looked at
executor = ResumingLocalExecutor(parallelism=2)
reported = []
for step in json.loads(sys.argv[1]):
    task, _, state = step.partition(": ")
    key = TaskInstanceKey("dag", task, "run", 1)
    if state in ("success", "failed"):
        executor.change_state(key, state)
        reported += [f"{key.task_id}: {state}" for key, (state, _) in executor.get_event_buffer().items()]
    else:
        executor._process_workloads([SimpleNamespace(key=key)])
print(json.dumps(reported))
"""


def reported(folder: Path, *steps: str) -> list[str]:
    """The results that the scheduler gets to see; a step is a task (given to a process) or a result."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("NEWSWIRE_", "AIRFLOW"))}
    env |= {
        "AIRFLOW_HOME": str(ROOT),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{folder}/airflow.db",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(folder / "logs"),
    }
    done = subprocess.run(
        [sys.executable, "-c", REPORTED, json.dumps(steps)], env=env, cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    found: list[str] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


@pytest.mark.parametrize(
    ("steps", "seen"),
    [
        (["a", "a: success"], ["a: success"]),
        (["a", "a: failed"], ["a: failed"]),
        # It waited, its process ended, and then it went on.
        (["a", "a: success", "a", "a: success"], ["a: success", "a: success"]),
        # It went on before the end of the process that had it first was known.
        (["a", "a", "a: success", "a: success"], ["a: success"]),
        (["a", "a", "a: success", "a: failed"], ["a: failed"]),
        (["a", "a", "a: success", "a: success", "a", "a: success"], ["a: success", "a: success"]),
        (["a", "b", "a", "b: success", "a: success", "a: success"], ["b: success", "a: success"]),
        # A result of what another scheduler gave away.
        (["a: success"], ["a: success"]),
    ],
)
def test_a_late_result_fails_nobody(tmp_path: Path, steps: list[str], seen: list[str]) -> None:
    assert reported(tmp_path, *steps) == seen
