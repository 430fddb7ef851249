"""Newswire on one machine: what it listens on, which port it takes, with which settings it runs."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from newswire.config import ConfigError
from newswire.local import stack as stack_module
from newswire.local.stack import PARTS, Stack, StackError, _is_free
from newswire.local.supervise import command


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in list(os.environ):
        if name.startswith("NEWSWIRE_"):
            monkeypatch.delenv(name)


def test_no_part_serves_logs_to_other_machines() -> None:
    """Airflow binds its log servers to all interfaces."""
    commands = {part: command(part).split(" -m airflow ")[1] for part in PARTS}
    assert commands == {
        "api-server": "api-server",
        "scheduler": "scheduler --skip-serve-logs",
        "dag-processor": "dag-processor",
        "triggerer": "triggerer --skip-serve-logs",
    }


def ended_connection() -> int:
    """A port with nothing behind it but a connection in TIME_WAIT, as a server that was stopped just now leaves it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = int(server.getsockname()[1])
        with socket.create_connection(("127.0.0.1", port)) as client:
            accepted, _ = server.accept()
            accepted.close()  # who closes first has to wait
            assert client.recv(1) == b""
    return port


def test_a_port_that_was_just_left_is_free() -> None:
    assert _is_free(ended_connection())


def test_a_port_that_is_listened_on_is_not_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert not _is_free(server.getsockname()[1])


@pytest.mark.parametrize(
    ("asked", "last", "free", "chosen"),
    [
        (0, None, {8080}, 8080),
        (0, 40001, {8080, 40001}, 8080),
        (0, 40001, {40001}, 40001),
        (9000, 40001, {9000, 8080, 40001}, 9000),
    ],
)
def test_8080_is_taken_again_as_soon_as_it_is_free(
    asked: int, last: int | None, free: set[int], chosen: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stack_module, "_is_free", free.__contains__)
    stack = Stack(tmp_path, port=asked)
    stack._remember(port=last)
    assert stack._choose_port() == chosen


def test_an_asked_port_that_is_taken_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stack_module, "_is_free", {8080}.__contains__)
    with pytest.raises(StackError, match="port 9000"):
        Stack(tmp_path, port=9000)._choose_port()


def test_a_setting_that_cannot_be_used_starts_nothing(tmp_path: Path) -> None:
    stack = Stack(tmp_path / "up", settings={"NEWSWIRE_SCHEDULE": "bogus"})
    with pytest.raises(ConfigError, match="NEWSWIRE_SCHEDULE"):
        stack.up()
    assert not stack.folder.exists()


def test_a_running_stack_says_which_settings_it_does_not_run_with(tmp_path: Path) -> None:
    started = Stack(
        tmp_path, settings={"NEWSWIRE_CONTACT": "desk@example.org", "NEWSWIRE_DATABASE_URL": "postgresql:///x"}
    )
    started._remember(settings=started.settings())
    assert started.outdated() == []
    assert "NEWSWIRE_DATABASE_URL" not in started.settings()
    assert Stack(tmp_path, settings={"NEWSWIRE_SCHEDULE": ""}).outdated() == [
        "NEWSWIRE_SCHEDULE: runs with '*/10 * * * *', now given ''",
        "NEWSWIRE_CONTACT: runs with 'desk@example.org', now given ''",
    ]


def test_the_tasks_run_with_no_more_rights_than_they_need(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stack = Stack(tmp_path)
    stack._remember(port=8080)
    stack._secrets()

    def url(database: str = "postgres", user: str = "postgres") -> str:
        return f"postgresql://{user}@/{database}?host=/nowhere"

    monkeypatch.setattr(stack.postgres, "url", url)
    environment: dict[str, Any] = stack.environment()
    assert environment["NEWSWIRE_DATABASE_URL"] == "postgresql://newswire_ingest@/newswire?host=/nowhere"
    assert environment["AIRFLOW__API__HOST"] == "127.0.0.1"
