"""The command line: the stations without Airflow, and Newswire on one machine."""

from __future__ import annotations

import argparse
import json
import logging
import os
import shlex
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from newswire import __version__
from newswire.config import ConfigError, as_typed, load, require_database
from newswire.terminal import add_database_option, to_type

log = logging.getLogger("newswire")

EXAMPLES = """examples:
  newswire migrate --database postgresql://localhost/newswire
  newswire ingest --catalogue feeds.csv --database postgresql://localhost/newswire --once
  newswire extract page.html --url https://example.org/2026/story --json
  newswire classify article.txt --json
  newswire catalogue check feeds.csv
  newswire status
  newswire local demo

Settings come from the environment (NEWSWIRE_…); 'newswire settings' lists them."""


class UsageError(Exception):
    """Something the user gave cannot be used. One line."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command. Returns the exit code: 0 done, 1 failed, 2 wrong usage."""
    parser = build_parser()
    options = parser.parse_args(arguments)
    level = logging.DEBUG if options.verbose > 1 else logging.INFO if options.verbose else logging.WARNING
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    from newswire.catalogue import CatalogueError
    from newswire.storage import DatabaseUnreachableError

    try:
        _default_database(options)
        command: Callable[[argparse.Namespace], int] = options.command
        return command(options)
    except (ConfigError, CatalogueError, UsageError) as error:
        print(f"newswire: {error}", file=sys.stderr)
        return 2
    except DatabaseUnreachableError as error:
        print(f"newswire: database: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        print("newswire: stopped; nothing is lost, run again to go on", file=sys.stderr)
        return 130


def build_parser() -> argparse.ArgumentParser:
    """All commands with their options and help."""
    parser = argparse.ArgumentParser(
        prog="newswire",
        description="Feeds to clean, classified, explained articles in Postgres.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"newswire {__version__}")
    parser.add_argument("-v", "--verbose", action="count", default=0, help="say what is done; twice: everything")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    ingest = _command(commands, "ingest", _ingest, "poll, fetch, extract, classify and group, without Airflow")
    ingest.add_argument("--catalogue", type=Path, help="CSV or OPML to sync first (feeds are added, none removed)")
    ingest.add_argument("--once", action="store_true", help="one run; without it, go on until stopped")
    ingest.add_argument("--json", action="store_true", help="print the ledger as JSON")
    ingest.add_argument("--details", action="store_true", help="with --json: also every URL with its state")
    ingest.add_argument("--outlet", action="append", default=[], help="only this outlet (may be repeated)")
    ingest.add_argument("--feed", action="append", default=[], help="only this feed (may be repeated)")
    ingest.add_argument("--limit", type=_whole, help="most pages to fetch per run; 0: only poll")
    ingest.add_argument("--force", action="store_true", help="poll although not due")
    add_database_option(ingest)
    _fetching(ingest)

    extract = _command(commands, "extract", _extract, "extract the article of one saved page")
    extract.add_argument("file", help="HTML file, or - for standard input")
    extract.add_argument("--url", required=True, help="where the page came from")
    extract.add_argument("--content-type", help="its Content-Type header")
    extract.add_argument("--json", action="store_true")

    classify = _command(commands, "classify", _classify, "judge whether a text is about the conflict")
    classify.add_argument("file", help="text file (or JSON lines with title and text), or - for standard input")
    classify.add_argument("--title", help="the headline, where the file has none")
    classify.add_argument("--json", action="store_true")

    catalogue = commands.add_parser("catalogue", help="check or sync a catalogue of feeds")
    actions = catalogue.add_subparsers(metavar="ACTION", required=True)
    which = "CSV or OPML (default: NEWSWIRE_CATALOGUE, else the built-in catalogue)"
    check = _command(actions, "check", _catalogue_check, "say what is wrong in a catalogue; exit 1 if anything is")
    check.add_argument("file", type=Path, nargs="?", help=which)
    sync = _command(
        actions, "sync", _catalogue_sync, "write a catalogue into the database; other feeds are no longer polled"
    )
    sync.add_argument("file", type=Path, nargs="?", help=which)
    sync.add_argument("--keep", action="store_true", help="go on polling feeds that the file does not list")
    add_database_option(sync)

    migrate = _command(commands, "migrate", _migrate, "bring the database up to date and set the roles' rights")
    migrate.add_argument("--check", action="store_true", help="only say what is missing; exit 1 if anything is")
    add_database_option(migrate)

    status = _command(commands, "status", _status, "the ledger, the feeds and what is stuck")
    status.add_argument("--json", action="store_true")
    add_database_option(status)

    _command(commands, "settings", _settings, "list the settings with their values")

    from newswire.local.commands import add_commands
    from newswire.pipeline.commands import add_commands as add_operator_commands
    from newswire.replay.commands import add_commands as add_replay_commands

    add_operator_commands(commands)
    add_replay_commands(commands)
    add_commands(commands)
    return parser


# -- commands


def _ingest(options: argparse.Namespace) -> int:
    import math
    import time

    from newswire.catalogue import read_catalogue, sync
    from newswire.pipeline.context import Selection, SelectionError
    from newswire.pipeline.hosts import ASK_SECONDS
    from newswire.pipeline.ingest import ingest
    from newswire.presentation import ledger_json, ledger_text
    from newswire.storage import Database, pending
    from newswire.text import printable

    settings = load(
        database_url=options.database,
        allowed_networks=",".join(options.allow_network) or None,
        denied_networks=",".join(options.deny_network) or None,
        allowed_ports=",".join(options.allow_port) or None,
        min_gap=options.min_gap,
        ca_file=options.ca_file,
    )
    url = require_database(settings)
    missing = pending(url, settings.sql_dir)
    if missing:
        raise UsageError(f"the database lacks {len(missing)} migrations; run '{to_type('migrate')}' first")
    with Database(url, settings.sql_dir) as database:
        if options.catalogue:
            catalogue = read_catalogue(options.catalogue)
            for problem in catalogue.problems:
                print(f"{options.catalogue}: {problem}", file=sys.stderr)
            if not catalogue.feeds:
                raise UsageError(f"{options.catalogue}: no usable row")
            sync(database, catalogue, remove=False)
        selection = Selection(tuple(options.outlet), tuple(options.feed), options.limit)
        while True:
            seconds = math.inf if options.once else ASK_SECONDS
            try:
                result = ingest(
                    database, settings, selection, trigger="command line", force=options.force, seconds=seconds
                )
            except SelectionError as error:
                raise UsageError(str(error)) from None
            if options.json:
                print(ledger_json(database, result, details=options.details), flush=True)
            else:
                print(ledger_text(result), flush=True)
            if result.note:
                print(f"newswire: {printable(result.note)}", file=sys.stderr, flush=True)
            if options.once:
                return 0 if result.ledger["adds_up"] else 1
            time.sleep(60)


def _extract(options: argparse.Namespace) -> int:
    from newswire.extraction import ExtractionError, extract_page
    from newswire.presentation import plain_json
    from newswire.text import printable
    from newswire.urls import UrlRejected, absolute_url

    try:
        absolute_url(options.url)
    except UrlRejected as error:
        raise UsageError(f"--url: {error}") from None
    try:
        found = extract_page(_read(options.file), options.url, options.content_type)
    except ExtractionError as error:
        if options.json:
            print(json.dumps({"reason": error.reason, "detail": error.detail}))
        print(f"newswire: no article: {error}", file=sys.stderr)
        return 1
    if options.json:
        print(plain_json(asdict(found)))
    else:
        when = found.published_at.isoformat() if found.published_at else "no date"
        print(printable(found.title or "(no title)"))
        print(printable(f"{when} · {', '.join(found.authors) or 'no author'} · {found.language} · {found.kind}"))
        print("\n".join(printable(line) for line in found.text.split("\n")))
    if found.reason is not None:
        print(f"newswire: no article: the page is a {found.kind} ({found.reason})", file=sys.stderr)
        return 1
    return 0


def _classify(options: argparse.Namespace) -> int:
    from newswire.classification import load_classifier
    from newswire.presentation import plain_json, verdict_text

    raw = _read(options.file).decode("utf-8", "replace")
    articles = _articles(raw, options.title)
    try:
        classifier = load_classifier(load().classifier)
    except ValueError as error:
        raise ConfigError(f"NEWSWIRE_CLASSIFIER: {error}") from None
    for verdict in classifier(articles):
        print(plain_json(asdict(verdict)) if options.json else verdict_text(verdict))
    return 0


def _articles(raw: str, title: str | None) -> list[dict[str, Any]]:
    """One article from plain text, or one from each line of JSON."""
    if raw.lstrip().startswith("{"):
        try:
            rows = [json.loads(line) for line in raw.split("\n") if line.strip()]
            return [{"text": r["text"]} | {name: r.get(name) for name in ("title", "language", "url")} for r in rows]
        except (ValueError, KeyError, AttributeError) as error:
            raise UsageError(f"JSON lines need a 'text' each: {error}") from None
    if not raw.strip():
        raise UsageError("the text is empty")
    return [{"title": title, "text": raw, "language": None}]


def _catalogue_check(options: argparse.Namespace) -> int:
    from newswire.catalogue import read_catalogue

    path = options.file or load().catalogue
    catalogue = read_catalogue(path)
    for problem in catalogue.problems:
        print(f"{path}: {problem}")
    print(f"{path}: {len(catalogue.outlets)} outlets, {len(catalogue.feeds)} feeds, {len(catalogue.problems)} problems")
    if not catalogue.feeds:
        print(f"{path}: no usable row")
    return 1 if catalogue.problems or not catalogue.feeds else 0


def _catalogue_sync(options: argparse.Namespace) -> int:
    from newswire.catalogue import read_catalogue, sync
    from newswire.storage import Database

    settings = load(database_url=options.database)
    path = options.file or settings.catalogue
    catalogue = read_catalogue(path)
    for problem in catalogue.problems:
        print(f"{path}: {problem}", file=sys.stderr)
    if not catalogue.feeds:
        raise UsageError(f"{path}: no usable row; nothing was changed")
    with Database(require_database(settings), settings.sql_dir) as database:
        synced = sync(database, catalogue, remove=not options.keep)
    print(
        f"{synced.outlets} outlets; feeds: {synced.feeds_new} new, {synced.feeds_changed} changed, "
        f"{synced.feeds_removed} no longer polled"
    )
    return 0


def _migrate(options: argparse.Namespace) -> int:
    from newswire.storage import migrate, pending

    settings = load(database_url=options.database)
    url = require_database(settings)
    if options.check:
        missing = pending(url, settings.sql_dir)
        print("\n".join(missing) or "up to date")
        return 1 if missing else 0
    applied = migrate(url, settings.sql_dir)
    print("\n".join(f"applied {name}" for name in applied) or "up to date")
    return 0


def _status(options: argparse.Namespace) -> int:
    from newswire.presentation import plain_json, read_status, status_text
    from newswire.storage import Database

    settings = load(database_url=options.database)
    with Database(require_database(settings), settings.sql_dir, patience=5) as database:
        status = read_status(database)
    print(plain_json(status) if options.json else status_text(status))
    return 0


def _settings(_: argparse.Namespace) -> int:
    for name, value in as_typed(load()).items():
        shown = _without_password(value) if name == "NEWSWIRE_DATABASE_URL" else value
        print(f"{name}={shlex.quote(shown) if shown else ''}")
    return 0


def _without_password(url: str) -> str:
    """libpq takes it before the host and as a parameter."""
    import re

    shown = re.sub(r"(//[^:/@]*):.*@", r"\1:…@", url)
    return re.sub(r"([?&](?:ssl)?password=)[^&]*", r"\1…", shown)


# -- private


def _default_database(options: argparse.Namespace) -> None:
    """For a command that needs a database and was given none: the one that `make up` started, and say so."""
    given = options.__dict__.get("database", "not needed") or any(
        os.environ.get(name) for name in ("NEWSWIRE_DATABASE_URL", "NEWSWIRE_DATABASE_URL_FILE")
    )
    if not given:
        from newswire.local.commands import running_database

        options.database = running_database()
        if options.database:
            print("newswire: on the database that 'make up' started", file=sys.stderr)


def _command(commands: Any, name: str, function: Callable[[argparse.Namespace], int], words: str) -> Any:
    command = commands.add_parser(name, help=words, description=words[:1].upper() + words[1:] + ".")
    command.set_defaults(command=function)
    return command


def _fetching(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("fetching (defaults: NEWSWIRE_… settings)")
    group.add_argument("--min-gap", metavar="S", help="least seconds between two requests to one host")
    group.add_argument(
        "--allow-network", action="append", default=[], metavar="CIDR", help="fetch from it though it is not global"
    )
    group.add_argument("--deny-network", action="append", default=[], metavar="CIDR", help="never fetch from it; wins")
    group.add_argument("--allow-port", action="append", default=[], metavar="N", help="instead of 80 and 443")
    group.add_argument("--ca-file", metavar="PEM", help="further certificate authorities")


def _whole(raw: str) -> int:
    if not (raw.isascii() and raw.isdecimal()):
        raise argparse.ArgumentTypeError(f"{raw!r} is no whole number of 0 or more")
    return int(raw)


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise UsageError(f"{name}: {error.strerror}") from None


if __name__ == "__main__":
    sys.exit(main())
