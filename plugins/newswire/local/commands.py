"""`newswire local …`: Newswire on this machine, as the Makefile calls it."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newswire.config import ROOT, ConfigError
from newswire.terminal import failed

if TYPE_CHECKING:
    from newswire.local.stack import Access, Stack

STATE = ROOT / ".newswire"
"""State of this machine: databases, logs, secrets. Never committed; delete it to begin anew."""

BETWEEN = "'make {}' is starting or ending, and its database with it; try again in half a minute"


def add_commands(commands: Any) -> None:
    """Add the group `local` to the command line."""
    local = commands.add_parser("local", help="Newswire on this machine: embedded Postgres and Airflow, on loopback")
    actions = local.add_subparsers(metavar="ACTION", required=True)

    def action(name: str, function: Callable[[argparse.Namespace], int], words: str) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = actions.add_parser(name, help=words)
        parser.set_defaults(command=function)
        return parser

    up = action("up", _up, "start Postgres and Airflow for the live catalogue; harmless when they run")
    up.add_argument("--port", type=int, default=0, help="port of Airflow's pages (default: 8080, or a free one)")
    down = action("down", _down, "stop everything that 'up' started, and say what was left")
    down.add_argument("--all", action="store_true", help="also a demo that runs")
    action("status", _status, "what runs, where, and the ledger")
    demo = action("demo", _demo, "run ingest_news by Airflow on the sample newsroom and show the result")
    demo.add_argument("--keep", action="store_true", help="leave Airflow and the newsroom running until Ctrl-C")
    psql = action("psql", _psql, "open the bundled psql as the analyst (starts Postgres for as long as needed)")
    psql.add_argument("--demo", action="store_true", help="the demo's database instead of the live one")
    psql.add_argument(
        "--as",
        dest="user",
        default="newswire_analyst",
        help="newswire_analyst (the default: reads), newswire_ingest (what the pipeline may) or postgres (anything)",
    )
    psql.add_argument("arguments", nargs="*", help="passed on to psql, after --")


def running_database() -> str | None:
    """The database of the stack that `make up` started, while its Postgres runs.

    Raises:
        ConfigError: it is only starting.
    """
    from newswire.local.postgres import EmbeddedPostgres

    if _between("up"):
        raise ConfigError(BETWEEN.format("up"))
    postgres = EmbeddedPostgres(STATE / "up" / "postgres")
    return postgres.url("newswire") if postgres.running else None


def _up(options: argparse.Namespace) -> int:
    from newswire.local.occupation import OccupiedError, occupied
    from newswire.local.stack import Stack, StackError

    stack = Stack(STATE / "up", port=options.port)
    try:
        with occupied(stack.folder):
            again = stack.running
            first = not (stack.folder / "passwords.json").exists()
            access = stack.up(_say)
            _fill_catalogue(access)
    except OccupiedError as error:
        return failed(f"another 'make up' is at work ({error})")
    except StackError as error:
        return failed(error)
    print("already up" if again else "up")
    _show(stack, access, first)
    for line in _warnings(stack, again):
        print(f"newswire: {line}", file=sys.stderr)
    return 0


def _fill_catalogue(access: Access) -> None:
    from newswire.catalogue import read_catalogue, sync
    from newswire.config import load
    from newswire.storage import Database

    settings = load(database_url=access.database)
    with Database(access.database, settings.sql_dir) as database:
        if not database.run(lambda c: database.sql.feed_summary(c)).feeds:
            synced = sync(database, read_catalogue(settings.catalogue), remove=False)
            _say(f"catalogue: {synced.outlets} outlets, {synced.feeds_new} feeds")


def _show(stack: Stack, access: Access, first: bool) -> None:
    print(f"  Airflow   {access.web}  user {access.user}" + (f"  password {access.password}" if first else ""))
    if not first:
        print(
            f"            the password was printed by the first 'make up'; it is kept in {stack.folder}/passwords.json"
        )
    print(f"  psql      {Path(sys.executable).parent / 'newswire'} local psql")
    print(f"  database  {access.analyst}")
    print(f"  logs      {stack.folder / 'airflow.log'}")
    print("  To ingest: unpause ingest_news in Airflow, or trigger it from its form. 'make down' stops everything.")


def _warnings(stack: Stack, again: bool) -> list[str]:
    outdated = stack.outdated() if again else []
    lines = [*outdated, "these take effect with 'make down && make up'"] if outdated else []
    # Of a stack that runs on with a contact, the line above says that the next start would lose it.
    if not stack.settings()["NEWSWIRE_CONTACT"]:
        lines.append(
            "NEWSWIRE_CONTACT is not set: outlets that mind the requests cannot write to you and will block them. "
            "Set it at each 'make up': NEWSWIRE_CONTACT=you@example.org make up"
        )
    return lines


def _down(options: argparse.Namespace) -> int:
    from newswire.local.stack import Stack

    stacks = [Stack(STATE / "up")]
    if options.all:
        _end_demo()
        stacks.append(Stack(STATE / "demo"))
    for stack in stacks:
        for process in stack.down():
            print(f"killed: {process}")
    left = [process.pid for stack in stacks for process in stack.processes()]
    print(f"down; {len(left)} processes left" + (f": {left}" if left else ""))
    return 1 if left or any(stack.postgres.running for stack in stacks) else 0


def _end_demo() -> None:
    """Ask a running demo to end, and wait until it has: it alone knows its newsroom."""
    from newswire.local.occupation import occupant
    from newswire.local.stack import STOP_WITHIN

    if pid := occupant(STATE / "demo"):
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + 2 * STOP_WITHIN
        while occupant(STATE / "demo") is not None and time.monotonic() < deadline:
            time.sleep(0.25)


def _status(_: argparse.Namespace) -> int:
    from newswire.config import load
    from newswire.local.stack import Stack
    from newswire.presentation import read_status, status_text
    from newswire.storage import Database

    stack = Stack(STATE / "up")
    running = stack.running
    print(f"Airflow   {'up at ' + stack.access().web if running else 'down'}  ({len(stack.processes())} processes)")
    url = stack.postgres.url("newswire", "newswire_analyst") if stack.postgres.running else "down"
    print(f"Postgres  {url}")
    if not stack.postgres.running:
        print("start with 'make up'")
        return 1
    with Database(stack.postgres.url("newswire"), load().sql_dir, patience=5) as database:
        print(status_text(read_status(database)))
    return 0 if running else 1


def _demo(options: argparse.Namespace) -> int:
    from newswire.local.demo import demo
    from newswire.local.stack import StackError

    try:
        return demo(STATE / "demo", keep=options.keep)
    except StackError as error:
        return failed(error)


def _psql(options: argparse.Namespace) -> int:
    from newswire.local.postgres import EmbeddedPostgres

    name = "demo" if options.demo else "up"
    if _between(name):
        return failed(BETWEEN.format(name))
    postgres = EmbeddedPostgres(STATE / name / "postgres")
    was_running = postgres.running
    if not (postgres.folder / "PG_VERSION").exists():
        return failed(f"no database yet; run 'make {name}' first")
    if not was_running:
        postgres.start()
    try:
        if options.user not in (logins := postgres.logins()):
            return failed(f"no user {options.user!r} that may log in; there are {', '.join(logins)}")
        return postgres.psql("newswire", *options.arguments, user=options.user)
    finally:
        if not was_running:
            postgres.stop()


def _between(name: str) -> bool:
    """Whether somebody starts or ends this stack just now: its database is then half there."""
    from newswire.local.occupation import occupant
    from newswire.local.stack import Stack

    return occupant(STATE / name) is not None and not Stack(STATE / name).running


def _say(words: str) -> None:
    print(f"… {words}", flush=True)
