"""`newswire replay …` and `newswire reviews …`: what the DAGs reprocess_articles and review_uncertain do, by hand."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newswire.config import load, require_database
from newswire.terminal import add_database_option, failed, to_type

EXAMPLES = """examples:
  newswire replay compare --from 2026-03-01 --to 2026-04-01 --what classify
  newswire replay promote 12"""


def add_commands(commands: Any) -> None:
    """Add the groups `replay` and `reviews` to the command line."""
    replay = commands.add_parser(
        "replay",
        help="read and judge a window of the past again, from the archive",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    actions = replay.add_subparsers(metavar="ACTION", required=True)
    compare = actions.add_parser("compare", help="say what would change; changes nothing that anybody sees")
    compare.add_argument(
        "--from", dest="start", type=_time, required=True, metavar="TIME", help="articles first listed from"
    )
    compare.add_argument(
        "--to", dest="end", type=_time, required=True, metavar="TIME", help="and before (ISO 8601; UTC where no zone)"
    )
    compare.add_argument("--what", choices=("extract", "classify", "both"), default="both")
    compare.add_argument("--limit", type=int, help="at most so many articles")
    compare.add_argument("--json", action="store_true")
    promote = actions.add_parser("promote", help="make what a comparison found the current state")
    promote.add_argument("number", type=int, help="number of the replay, as 'compare' printed it")
    reviews = commands.add_parser("reviews", help="labels given by people")
    export = reviews.add_subparsers(metavar="ACTION", required=True).add_parser(
        "export", help="write reviewed articles as JSON lines for the next training"
    )
    export.add_argument("file", help="file to write, or - for standard output")
    for parser, function in ((compare, _compare), (promote, _promote), (export, _export)):
        parser.set_defaults(command=function)
        add_database_option(parser)


def _compare(options: argparse.Namespace) -> int:
    from newswire.presentation import plain_json
    from newswire.replay import ReplayError, Request, compare, summary_text
    from newswire.storage import Database

    settings = load(database_url=options.database)
    with Database(require_database(settings), settings.sql_dir) as database:
        try:
            request = Request(options.start, options.end, options.what, options.limit)
            result = compare(database, settings, request)
        except ReplayError as error:
            return failed(error)
    if options.json:
        print(plain_json({"reprocess_id": result.reprocess_id, **result.summary}))
    else:
        print(f"replay {result.reprocess_id}\n{summary_text(result.summary)}")
        if result.empty:
            print("nothing to promote")
        else:
            print(f"to make this the current state: {to_type(f'replay promote {result.reprocess_id}')}")
    return 0


def _promote(options: argparse.Namespace) -> int:
    from newswire.replay import ReplayError, promote
    from newswire.storage import Database

    settings = load(database_url=options.database)
    with Database(require_database(settings), settings.sql_dir) as database:
        try:
            done = promote(database, options.number)
        except ReplayError as error:
            return failed(error)
    print(done)
    return 0


def _export(options: argparse.Namespace) -> int:
    from newswire.review import export
    from newswire.storage import Database

    settings = load(database_url=options.database)
    with Database(require_database(settings), settings.sql_dir) as database:
        if options.file == "-":
            export(database, sys.stdout)
            return 0
        try:
            with Path(options.file).open("w", encoding="utf-8") as file:
                written = export(database, file)
        except OSError as error:
            return failed(f"{options.file}: {error.strerror}")
    print(f"{written} reviewed articles in {options.file}")
    return 0


def _time(raw: str) -> datetime:
    try:
        parsed = datetime.fromisoformat(raw)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{raw!r} is no ISO 8601 time, such as 2026-03-01T00:00:00Z") from None
    return parsed if parsed.tzinfo is not None else parsed.replace(tzinfo=UTC)
