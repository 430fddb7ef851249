"""The whole of Newswire on this machine: an embedded Postgres and Airflow's four parts, on loopback, out of one folder.

Everything that a stack writes is in its state folder (data, logs, secrets, ports), and every process that it starts
carries the mark MARK=<folder> in its environment. So `down` can prove that nothing is left: it looks for the mark.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from newswire.config import ROOT, as_typed, load
from newswire.local.postgres import EmbeddedPostgres
from newswire.storage import migrate

MARK = "NEWSWIRE_STACK"
DATABASE = "NEWSWIRE_DATABASE_URL"
PARTS = ("api-server", "scheduler", "dag-processor", "triggerer")

READY_WITHIN = 180.0
"""Seconds. On two busy cores the parts need about 20; a slow disk or a cold cache several times that."""

STOP_WITHIN = 30.0
"""Seconds that the parts get to end by themselves, before what is left is killed."""


class StackError(Exception):
    """The stack could not be started or is not up. One line that says what to do."""


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach a running stack."""

    web: str
    user: str
    password: str
    database: str
    analyst: str


class Stack:
    """A Newswire with its state in `folder`. `up` and `down` are idempotent."""

    def __init__(
        self,
        folder: Path,
        *,
        durable: bool = True,
        port: int = 0,
        parts: tuple[str, ...] = PARTS,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder.resolve()
        self.postgres = EmbeddedPostgres(self.folder / "postgres", durable=durable)
        self._parts = parts
        self._port = port
        self._settings = dict(settings or {})

    # -- state

    @property
    def running(self) -> bool:
        """Whether the supervisor of Airflow's parts is alive."""
        pid = self._state().get("supervisor")
        return pid is not None and any(process.pid == pid for process in self.processes())

    def processes(self) -> list[psutil.Process]:
        """Every live process of this stack, found by the mark in its environment (Postgres is asked separately)."""
        found = []
        for process in psutil.process_iter():
            try:
                marked = process.environ().get(MARK) == str(self.folder)
                if marked and process.pid != os.getpid() and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except (psutil.Error, OSError):
                continue
        return found

    def access(self) -> Access:
        """Addresses and the operator's password.

        Raises:
            StackError: the stack was never started.
        """
        state = self._state()
        if "port" not in state:
            raise StackError("not set up yet; run 'make up' first")
        passwords = json.loads((self.folder / "passwords.json").read_text(encoding="utf-8"))
        return Access(
            f"http://127.0.0.1:{state['port']}",
            "operator",
            passwords["operator"],
            self.postgres.url("newswire"),
            self.postgres.url("newswire", "newswire_analyst"),
        )

    def settings(self) -> dict[str, str]:
        """The settings that a stack started now would have, as one would type them; the database is the stack's own.

        Raises:
            ConfigError: one cannot be used.
        """
        given = {**os.environ, **self._settings}
        typed = as_typed(load({name: value for name, value in given.items() if not name.startswith(DATABASE)}))
        return {name: value for name, value in typed.items() if name != DATABASE}

    def outdated(self) -> list[str]:
        """What the running stack was started with and would not be started with now, one line per setting."""
        started = self._state().get("settings", {})
        return [
            f"{name}: runs with {started[name]!r}, now given {value!r}"
            for name, value in self.settings().items()
            if name in started and started[name] != value
        ]

    def environment(self) -> dict[str, str]:
        """The environment of every process of this stack."""
        state, keys = self._state(), json.loads((self.folder / "secrets.json").read_text(encoding="utf-8"))
        port = state["port"]
        return {
            **os.environ,
            **self._settings,
            MARK: str(self.folder),
            # Airflow's parts set their titles over their environment; the mark has to stay readable.
            "SPT_NOENV": "1",
            "AIRFLOW_HOME": str(ROOT),
            # What the tasks need and no more; see sql/roles.sql.
            "NEWSWIRE_DATABASE_URL": self.postgres.url("newswire", "newswire_ingest"),
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": "postgresql+psycopg2" + self.postgres.url("airflow")[10:],
            "AIRFLOW__CORE__EXECUTOR": "newswire.airflow_executor.ResumingLocalExecutor",
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__PORT": str(port),
            "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(self.folder / "passwords.json"),
            "AIRFLOW__CORE__FERNET_KEY": keys["fernet"],
            "AIRFLOW__API__SECRET_KEY": keys["session"],
            "AIRFLOW__API_AUTH__JWT_SECRET": keys["jwt"],
            "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(self.folder / "logs"),
            "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_STORAGE_PATH": str(self.folder / "bundles"),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        }

    # -- up and down

    def up(self, progress: Any = lambda words: None) -> Access:
        """Start what is not running yet and wait until Airflow answers.

        Raises:
            ConfigError: a setting cannot be used; nothing was started.
            StackError: a part ended or did not answer in time; names its log.
        """
        settings = self.settings()
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.running:
            return self.access()
        self._secrets()
        self._remember(settings=settings, port=self._choose_port())
        progress("starting Postgres")
        self.postgres.start()
        url = self.postgres.create_database("newswire")
        self.postgres.create_database("airflow")
        progress("migrating the databases")
        with self._airflow("db", "migrate"):
            migrate(url, ROOT / "sql")
            for role in ("newswire_analyst", "newswire_ingest"):
                self.postgres.allow_login(role)
        progress("starting Airflow's parts")
        self._start_parts()
        self._wait_until_ready()
        return self.access()

    def down(self) -> list[str]:
        """Stop everything. Returns the processes that had to be killed."""
        supervisor = self._state().get("supervisor")
        for process in self.processes():
            if process.pid == supervisor:
                process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_WITHIN
        while (left := self.processes()) and time.monotonic() < deadline:
            if not any(p.pid == supervisor for p in left):
                for process in left:  # orphans of a supervisor that is gone
                    _quietly(process.terminate)
            time.sleep(0.25)
        killed = []
        for process in self.processes():
            killed.append(f"{process.pid} {' '.join(process.cmdline())[:80]}")
            _quietly(process.kill)
        self.postgres.stop()
        self._remember(supervisor=None)
        return killed

    def destroy(self) -> None:
        """Stop everything and delete the state folder."""
        self.down()
        shutil.rmtree(self.folder, ignore_errors=True)

    # -- Airflow's REST interface, as an operator's browser uses it

    def api(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Call Airflow's public REST interface as the operator; `path` is below /api/v2.

        Raises:
            StackError: Airflow refused or is not there.
        """
        access = self.access()
        if not hasattr(self, "_token"):
            login = {"username": access.user, "password": access.password}
            self._token = _http("POST", f"{access.web}/auth/token", login)["access_token"]
        return _http(method, f"{access.web}/api/v2{path}", body, self._token)

    # -- private

    def _state(self) -> dict[str, Any]:
        try:
            state: dict[str, Any] = json.loads((self.folder / "state.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return state

    def _remember(self, **values: Any) -> None:
        if self.folder.exists():
            (self.folder / "state.json").write_text(json.dumps(self._state() | values), encoding="utf-8")

    def _secrets(self) -> None:
        """Keys and the operator's password, made once and readable by their owner only."""
        if not (self.folder / "secrets.json").exists():
            keys = {
                "fernet": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
                "session": secrets.token_urlsafe(48),
                # Airflow's own generated secret is shorter than HS512 wants.
                "jwt": secrets.token_urlsafe(64),
            }
            _write_private(self.folder / "secrets.json", json.dumps(keys))
        if not (self.folder / "passwords.json").exists():
            _write_private(self.folder / "passwords.json", json.dumps({"operator": secrets.token_urlsafe(12)}))

    def _choose_port(self) -> int:
        """The asked one; else 8080, as every Airflow user expects; else the one of last time; else any.

        Raises:
            StackError: the port that was asked for is taken.
        """
        if self._port and not _is_free(self._port):
            raise StackError(f"port {self._port} of 127.0.0.1 is taken")
        wanted = [self._port, 8080, self._state().get("port")]
        return next((port for port in wanted if port and _is_free(port)), 0) or _any_port()

    @contextmanager
    def _airflow(self, *arguments: str) -> Iterator[None]:
        """Run an airflow command beside the body; both must succeed."""
        with (self.folder / "migrate.log").open("wb") as log:
            process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "airflow", *arguments], env=self.environment(), cwd=ROOT, stdout=log, stderr=log
            )
            try:
                yield
            finally:
                code = process.wait()
        if code:
            raise StackError(f"'airflow {' '.join(arguments)}' failed; see {self.folder / 'migrate.log'}")

    def _start_parts(self) -> None:
        log = (self.folder / "airflow.log").open("ab")
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "newswire.local.supervise", *self._parts],
            env=self.environment(),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        self._remember(supervisor=process.pid)

    def _wait_until_ready(self) -> None:
        web = self.access().web
        wanted = [part.replace("-", "_") for part in self._parts if part != "api-server"]
        deadline = time.monotonic() + READY_WITHIN
        while time.monotonic() < deadline:
            if not self.running:
                raise StackError(f"a part of Airflow ended at once; see {self.folder / 'airflow.log'}")
            try:
                health = _http("GET", f"{web}/api/v2/monitor/health")
            except StackError:
                health = {}
            if health and all(health.get(part, {}).get("status") == "healthy" for part in wanted):
                return
            time.sleep(0.5)
        raise StackError(f"Airflow was not ready after {READY_WITHIN:.0f} s; see {self.folder / 'airflow.log'}")


def _http(method: str, url: str, body: Mapping[str, Any] | None = None, token: str | None = None) -> Any:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(url, data, headers, method=method)  # noqa: S310 - our own loopback address
    try:
        with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
            return json.loads(response.read() or b"null")
    except urllib.error.HTTPError as error:
        raise StackError(f"{method} {url}: {error.code} {error.read()[:300].decode(errors='replace')}") from None
    except OSError as error:
        raise StackError(f"{method} {url}: {error}") from None


def _is_free(port: int) -> bool:
    """Whether a server could listen on the port; as servers do, over what is left of connections that have ended."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _any_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _write_private(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")


def _quietly(action: Any) -> None:
    try:
        action()
    except psutil.NoSuchProcess:
        return
