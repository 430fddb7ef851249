"""What `newswire local …` and the commands on the local database say to people who come at the wrong moment."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from newswire import cli
from newswire.config import ROOT
from newswire.local import commands, demo
from newswire.local.occupation import OccupiedError, occupant, occupied
from newswire.local.stack import Stack

HOLD = """
import pathlib, sys, time
from newswire.local.occupation import occupied
with occupied(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine on which nothing runs."""
    for name in list(os.environ):
        if name.startswith("NEWSWIRE_"):
            monkeypatch.delenv(name)
    monkeypatch.setattr(commands, "STATE", tmp_path)
    return tmp_path


@contextmanager
def held(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    try:
        yield process
    finally:
        process.kill()
        process.wait(10)
        process.stdout.close()


def test_a_folder_is_free_again_however_its_holder_ends(state: Path) -> None:
    assert occupant(state / "demo") is None
    with held(state / "demo") as other:
        assert occupant(state / "demo") == other.pid
        with pytest.raises(OccupiedError, match=str(other.pid)), occupied(state / "demo"):
            pytest.fail("held twice")
        other.kill()
        other.wait(10)
        with occupied(state / "demo"):
            pass
    assert occupant(state / "demo") is None


def test_a_second_demo_leaves_the_first_alone(
    state: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo.Stack, "destroy", lambda self: pytest.fail("takes the other's stack away"))
    with held(state / "demo") as other:
        assert cli.main(["local", "demo"]) == 1
    assert capsys.readouterr().err == (
        f"newswire: a demo runs already (process {other.pid}); end it with Ctrl-C where it runs\n"
    )


def test_down_all_ends_a_demo_that_runs(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with held(state / "demo") as other:
        began = time.monotonic()
        assert cli.main(["local", "down", "--all"]) == 0
        assert other.wait(10) != 0
        assert time.monotonic() - began < 30
    assert "0 processes left" in capsys.readouterr().out


def test_clean_stops_everything_before_it_deletes() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = makefile.partition("\nclean:")[2]
    assert 0 < recipe.index("local down --all") < recipe.index("rm -rf")


def test_psql_waits_for_a_database_that_is_only_being_made(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (state / "demo" / "postgres").mkdir(parents=True)
    (state / "demo" / "postgres" / "PG_VERSION").write_text("18\n")  # initdb writes it early
    with held(state / "demo"):
        assert cli.main(["local", "psql", "--demo"]) == 1
    assert capsys.readouterr().err.startswith("newswire: 'make demo' is starting or ending")


def test_psql_names_the_users_that_there_are(
    postgres: object, state: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (state / "up").mkdir()
    (state / "up" / "postgres").symlink_to(postgres.folder)  # type: ignore[attr-defined]
    assert cli.main(["local", "psql", "--as", "newswire_owner"]) == 1
    assert "newswire: no user 'newswire_owner' that may log in; there are " in (said := capsys.readouterr().err)
    assert "postgres" in said


def test_rows_wider_than_the_terminal_are_shown_upright(postgres: Any, capfd: pytest.CaptureFixture[str]) -> None:
    narrow = ("-c", r"\pset columns 20", "-c", "select repeat('x', 50) as a, 2 as b", "-c", "select 1 as n")
    assert postgres.psql("postgres", *narrow) == 0
    shown = capfd.readouterr().out
    assert "RECORD 1" in shown
    assert "(1 row)" in shown


def test_without_a_database_the_choices_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["status"]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert "--database" in line
    assert "NEWSWIRE_DATABASE_URL" in line
    assert "'make up'" in line


@pytest.mark.parametrize("command", [["status"], ["lines", "list"], ["reviews", "export", "-"], ["migrate", "--check"]])
def test_commands_work_on_the_database_that_make_up_started(
    command: list[str], database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "running_database", lambda: database_url)
    assert cli.main(command) == 0
    assert capsys.readouterr().err == "newswire: on the database that 'make up' started\n"


def test_a_database_that_is_given_wins(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "running_database", lambda: pytest.fail("was not asked for"))
    assert cli.main(["status", "--database", database_url]) == 0
    monkeypatch.setenv("NEWSWIRE_DATABASE_URL", database_url)
    assert cli.main(["status"]) == 0
    assert capsys.readouterr().err == ""


def test_the_running_database_is_that_of_make_up(postgres: object, state: Path) -> None:
    assert commands.running_database() is None
    (state / "up").mkdir()
    (state / "up" / "postgres").symlink_to(postgres.folder)  # type: ignore[attr-defined]
    assert commands.running_database() == postgres.url("newswire")  # type: ignore[attr-defined]


def up(state: Path, monkeypatch: pytest.MonkeyPatch, *, running: bool) -> int:
    """`make up` where starting takes no time."""
    access = SimpleNamespace(
        web="http://127.0.0.1:8080", user="operator", password="secret", database="", analyst="URL"
    )
    monkeypatch.setattr(Stack, "running", running)
    monkeypatch.setattr(Stack, "up", lambda self, progress: access)
    monkeypatch.setattr(commands, "_fill_catalogue", lambda access: None)
    return commands._up(argparse.Namespace(port=0))


def test_up_warns_of_a_missing_contact(
    state: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert up(state, monkeypatch, running=False) == 0
    assert "newswire: NEWSWIRE_CONTACT is not set" in capsys.readouterr().err
    monkeypatch.setenv("NEWSWIRE_CONTACT", "desk@example.org")
    assert up(state, monkeypatch, running=False) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "database  URL" in said.out


def test_up_while_up_says_what_it_does_not_apply(
    state: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NEWSWIRE_CONTACT", "desk@example.org")
    (state / "up").mkdir()
    Stack(state / "up")._remember(settings=Stack(state / "up").settings())
    monkeypatch.setenv("NEWSWIRE_MIN_GAP", "5")
    assert up(state, monkeypatch, running=True) == 0
    assert capsys.readouterr().err.splitlines() == [
        "newswire: NEWSWIRE_MIN_GAP: runs with '1', now given '5'",
        "newswire: these take effect with 'make down && make up'",
    ]
