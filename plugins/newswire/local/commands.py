"""`newswire local …`: Newswire on this machine, as the Makefile calls it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from newswire.config import ROOT

STATE = ROOT / ".newswire"
"""State of this machine: databases, logs, secrets. Never committed; delete it to begin anew."""


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
    action("down", _down, "stop everything that 'up' started, and say what was left")
    action("status", _status, "what runs, where, and the ledger")
    demo = action("demo", _demo, "run ingest_news by Airflow on the sample newsroom and show the result")
    demo.add_argument("--keep", action="store_true", help="leave Airflow and the newsroom running until Ctrl-C")
    psql = action("psql", _psql, "open the bundled psql as the analyst (starts Postgres for as long as needed)")
    psql.add_argument("--demo", action="store_true", help="the demo's database instead of the live one")
    psql.add_argument("--as", dest="user", default="newswire_analyst", help="database user (default: newswire_analyst)")
    psql.add_argument("arguments", nargs="*", help="passed on to psql, after --")


def _up(options: argparse.Namespace) -> int:
    from newswire.catalogue import read_catalogue, sync
    from newswire.config import load
    from newswire.local.stack import Stack, StackError
    from newswire.storage import Database

    stack = Stack(STATE / "up", port=options.port)
    again = stack.running
    first = not (STATE / "up" / "passwords.json").exists()
    try:
        access = stack.up(_say)
    except StackError as error:
        return _failed(error)
    settings = load(database_url=access.database)
    with Database(access.database, settings.sql_dir) as database:
        if not database.run(lambda c: database.sql.feed_summary(c)).feeds:
            synced = sync(database, read_catalogue(settings.catalogue), remove=False)
            _say(f"catalogue: {synced.outlets} outlets, {synced.feeds_new} feeds")
    print("already up" if again else "up")
    print(f"  Airflow   {access.web}  user {access.user}" + (f"  password {access.password}" if first else ""))
    if not first:
        print(
            f"            the password was printed by the first 'make up'; it is kept in {STATE / 'up' / 'passwords.json'}"
        )
    print(f"  psql      {Path(sys.executable).parent / 'newswire'} local psql")
    print(f"  logs      {STATE / 'up' / 'airflow.log'}")
    print("  To ingest: unpause ingest_news in Airflow, or trigger it from its form. 'make down' stops everything.")
    return 0


def _down(_: argparse.Namespace) -> int:
    from newswire.local.stack import Stack

    stack = Stack(STATE / "up")
    killed = stack.down()
    for process in killed:
        print(f"killed: {process}")
    left = stack.processes()
    print(f"down; {len(left)} processes left" + (f": {[p.pid for p in left]}" if left else ""))
    return 1 if left or stack.postgres.running else 0


def _status(_: argparse.Namespace) -> int:
    from newswire.config import load
    from newswire.local.stack import Stack
    from newswire.presentation import read_status, status_text
    from newswire.storage import Database

    stack = Stack(STATE / "up")
    running = stack.running
    print(f"Airflow   {'up at ' + stack.access().web if running else 'down'}  ({len(stack.processes())} processes)")
    print(f"Postgres  {'up in ' + str(stack.postgres.folder) if stack.postgres.running else 'down'}")
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
        return _failed(error)


def _psql(options: argparse.Namespace) -> int:
    from newswire.local.postgres import EmbeddedPostgres

    folder = STATE / ("demo" if options.demo else "up") / "postgres"
    if not (folder / "PG_VERSION").exists():
        print(f"newswire: no database yet; run 'make {'demo' if options.demo else 'up'}' first", file=sys.stderr)
        return 1
    postgres = EmbeddedPostgres(folder)
    was_running = postgres.running
    if not was_running:
        postgres.start()
    try:
        return postgres.psql("newswire", *options.arguments, user=options.user)
    finally:
        if not was_running:
            postgres.stop()


def _say(words: str) -> None:
    print(f"… {words}", flush=True)


def _failed(error: Exception) -> int:
    print(f"newswire: {error}", file=sys.stderr)
    return 1
