"""The shared hostile suite, case by case, in a process of its own so that its memory can be measured."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("NEWSWIRE_SHARED") or ROOT.parent / "shared")

pytestmark = pytest.mark.skipif(
    not (SHARED / "hostile" / "hostile_server.py").exists(), reason="the shared hostile suite is not on this machine"
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    file = tmp_path_factory.mktemp("suite") / "report.json"
    paths = os.pathsep.join((str(ROOT / "plugins"), str(ROOT / "tests")))
    done = subprocess.run(
        [sys.executable, "-m", "hostile.shared_suite", "--report", str(file)],
        env=os.environ | {"PYTHONPATH": paths, "NEWSWIRE_SHARED": str(SHARED)},
        capture_output=True,
        text=True,
        timeout=300,  # the suite must take less than five minutes
        check=False,
    )
    assert file.exists(), done.stderr[-2000:]
    print(done.stdout)
    loaded: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return loaded


def test_every_case_ends_as_expected(report: dict[str, Any]) -> None:
    misses = {case["case_id"]: (case["miss"], case["outcome"]) for case in report["cases"] if case["miss"]}
    assert misses == {}


def test_nobody_has_a_reason_to_block_us(report: dict[str, Any]) -> None:
    assert report["faults"] == []


def test_memory_stays_bounded(report: dict[str, Any]) -> None:
    assert report["peak_rss_mb"] < 400
