"""`newswire lines …`: the lines that repeat over an outlet's pages, shown to a person and overruled by one."""

from __future__ import annotations

import argparse
from typing import Any

from newswire.config import load, require_database
from newswire.terminal import add_database_option, failed, to_type


def add_commands(commands: Any) -> None:
    """Add the group `lines` to the command line."""
    lines = commands.add_parser(
        "lines", help="lines that repeat over an outlet's pages and are left out of its articles"
    )
    actions = lines.add_subparsers(metavar="ACTION", required=True)
    listed = actions.add_parser(
        "list", help="all of them with their numbers: in how many stories they stood, and until when"
    )
    listed.add_argument("--outlet", help="only this outlet's")
    listed.set_defaults(command=_list)
    for name, overruled, words in (
        ("keep", True, "a line is text: from now on it stays in, and is never learnt again"),
        ("drop", False, "take that back"),
    ):
        action = actions.add_parser(name, help=words)
        action.add_argument("number", type=int, help="number of the line, as 'list' printed it")
        action.add_argument("--note", help="why")
        action.set_defaults(command=_overrule, overruled=overruled)
    for action in actions.choices.values():
        add_database_option(action)


def _list(options: argparse.Namespace) -> int:
    from newswire.storage import Database
    from newswire.text import printable

    settings = load(database_url=options.database)
    with Database(require_database(settings), settings.sql_dir) as database:
        rows = database.run(lambda c: list(database.sql.learnt_lines(c, outlet=options.outlet)))
    if not rows:
        print("no line is known to repeat; maintain_database looks for them every night")
    for row in rows:
        kept = f"  kept{': ' + row.note if row.note else ''}" if row.overruled else ""
        print(
            f"{row.line_id:>6}  {printable(row.outlet, 30)}  in {row.stories} of {row.of_stories} stories until "
            f"{row.last_seen_at:%Y-%m-%d}{printable(kept)}\n        {printable(row.line)}"
        )
    return 0


def _overrule(options: argparse.Namespace) -> int:
    from newswire.storage import Database
    from newswire.text import printable

    settings = load(database_url=options.database)
    word = {"line_id": options.number, "overruled": options.overruled, "note": options.note}
    with Database(require_database(settings), settings.sql_dir) as database:
        line = database.run(lambda c: database.sql.overrule_line(c, **word))
    if line is None:
        return failed(f"there is no line {options.number}; '{to_type('lines list')}' shows them")
    print(f"{'stays in' if options.overruled else 'is left out'} from now on: {printable(line)}")
    print(f"articles read before change by a replay: {to_type('replay compare --what extract --from TIME --to TIME')}")
    return 0
