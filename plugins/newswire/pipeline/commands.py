"""`newswire feeds …`, `urls …` and `lines …`: what the pipeline does by itself, shown to a person and overruled by one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from newswire.config import load, require_database
from newswire.ledger import Reason
from newswire.terminal import add_database_option, failed, to_type


def add_commands(commands: Any) -> None:
    """Add the groups `feeds`, `urls` and `lines` to the command line."""
    _add_feeds(commands)
    _add_urls(commands)
    _add_lines(commands)


def _add_feeds(commands: Any) -> None:
    feeds = commands.add_parser("feeds", help="the feeds: list them, pause them, have them polled again")
    actions = feeds.add_subparsers(metavar="ACTION", required=True)
    listed = actions.add_parser("list", help="all of them: status, since when and why, next poll and why, alarm")
    listed.add_argument("--outlet", help="only this outlet's")
    listed.add_argument("--status", choices=("active", "paused", "retired", "removed"), help="only those")
    listed.set_defaults(command=_list_feeds)
    for name, words in (
        ("pause", "no longer poll feeds, until 'resume'; a sync of the catalogue leaves them paused"),
        ("resume", "poll paused feeds again, or retired ones (404, 410) that are named"),
    ):
        action = actions.add_parser(name, help=words, description=words[:1].upper() + words[1:] + ".")
        action.add_argument("feed", nargs="*", help="address of a feed, as in the catalogue or as in 'list'")
        action.add_argument("--outlet", action="append", default=[], help="all feeds of this outlet (may be repeated)")
        action.add_argument("--note", required=True, help="why; kept with the time in news.feed_statuses")
        action.set_defaults(command=_pause_or_resume, action=name)
    for action in actions.choices.values():
        add_database_option(action)


def _add_urls(commands: Any) -> None:
    urls = commands.add_parser("urls", help="listed addresses: what became of each, and fetching them once more")
    actions = urls.add_subparsers(metavar="ACTION", required=True)
    why = actions.add_parser("why", help="state and reason of addresses, in whatever spelling")
    why.add_argument("address", nargs="+")
    why.set_defaults(command=_why)
    words = "fetch once more what is skipped or failed; the next run of ingest_news does it"
    retry = actions.add_parser("retry", help=words, description=words[:1].upper() + words[1:] + ".")
    retry.add_argument("address", nargs="*", help="only these")
    retry.add_argument(
        "--reason", action="append", default=[], choices=[reason.value for reason in Reason], metavar="REASON",
        help="all that were given up for this reason, such as connect or forbidden (may be repeated)",
    )  # fmt: skip
    retry.add_argument("--outlet", action="append", default=[], help="only this outlet's (may be repeated)")
    retry.set_defaults(command=_retry)
    for action in actions.choices.values():
        add_database_option(action)


def _add_lines(commands: Any) -> None:
    lines = commands.add_parser(
        "lines", help="lines that repeat over an outlet's pages and are left out of its articles"
    )
    actions = lines.add_subparsers(metavar="ACTION", required=True)
    listed = actions.add_parser(
        "list", help="all of them with their numbers: in how many stories they stood, and until when"
    )
    listed.add_argument("--outlet", help="only this outlet's")
    listed.set_defaults(command=_list_lines)
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


def _list_feeds(options: argparse.Namespace) -> int:
    from newswire.storage import Database
    from newswire.text import printable

    settings = load(database_url=options.database)
    chosen = {"outlet": options.outlet, "status": options.status}
    with Database(require_database(settings), settings.sql_dir) as database:
        rows = database.run(lambda c: list(database.sql.feed_list(c, **chosen)))
    if not rows:
        print(
            "there is no such feed"
            if any(chosen.values())
            else "there is no feed yet; a sync of the catalogue brings them"
        )
    for row in rows:
        if row.status == "active":
            lines = [f"next poll {row.next_poll_at:%Y-%m-%d %H:%M} UTC: {row.next_poll_reason}"]
        else:
            lines = [f"since {row.status_since:%Y-%m-%d %H:%M} UTC: {row.status_note or 'no reason given'}"]
        lines += [f"ALARM {row.alarm}"] if row.alarm else []
        lines += [f"proposed instead: {row.proposed_url}"] if row.proposed_url else []
        print(f"{row.status:<8} {printable(row.outlet, 30)}  {printable(row.url)}")
        print("\n".join(f"         {printable(line)}" for line in lines))
    return 0


def _pause_or_resume(options: argparse.Namespace) -> int:
    from newswire.pipeline.pausing import UnknownFeedError, pause, resume
    from newswire.storage import Database
    from newswire.text import one_line, printable

    note = one_line(options.note)
    if not (options.feed or options.outlet):
        return failed("name feeds, or an outlet with --outlet")
    if not note:
        return failed("--note must say why")
    act, word = (pause, "paused") if options.action == "pause" else (resume, "polled again")
    settings = load(database_url=options.database)
    with Database(require_database(settings), settings.sql_dir) as database:
        try:
            decided = act(database, options.feed, options.outlet, note)
        except UnknownFeedError as error:
            return failed(f"{error}; '{to_type('feeds list')}' shows them")
    for url in decided.changed:
        print(f"{word}: {printable(url)}")
    for line in decided.left:
        print(f"left as it is: {printable(line)}", file=sys.stderr)
    return 0 if decided.changed else 1


def _identities(addresses: Sequence[str]) -> dict[str, str]:
    """The addresses by their identity, each page once.

    Raises:
        ValueError: one is no address; says which.
    """
    from newswire.text import printable
    from newswire.urls import UrlRejected, identity

    found: dict[str, str] = {}
    for address in addresses:
        try:
            found.setdefault(identity(address), address)
        except UrlRejected as error:
            raise ValueError(f"{printable(address)!r} is no address of a page: {error.detail}") from error
    return found


def _why(options: argparse.Namespace) -> int:
    from newswire.ledger import waits_for
    from newswire.storage import Database
    from newswire.text import printable

    try:
        identities = _identities(options.address)
    except ValueError as error:
        return failed(error)
    settings = load(database_url=options.database)
    with Database(require_database(settings), settings.sql_dir) as database:
        rows = database.run(lambda c: list(database.sql.urls_by_identity(c, identities=list(identities))))
    for row in rows:
        why = f": {row.reason}" + (f" ({printable(row.detail)})" if row.detail else "") if row.reason else ""
        print(
            f"{row.state}{why}\n  {printable(row.canonical_url)}\n  {printable(row.outlet)}, "
            f"first listed {row.first_listed_at:%Y-%m-%d %H:%M} UTC"
            + (f", settled {row.settled_at:%Y-%m-%d %H:%M} UTC" if row.settled_at else "")
        )
        if row.stage:
            waits = waits_for(row.state, row.stage)
            print(f"  waits for {waits}, due {row.due_at:%Y-%m-%d %H:%M} UTC, {row.attempts} attempts failed")
    known = {row.identity for row in rows}
    missing = [printable(address) for page, address in identities.items() if page not in known]
    return failed(f"listed by no feed: {' '.join(missing)}") if missing else 0


def _retry(options: argparse.Namespace) -> int:
    from newswire.storage import Database

    if not (options.address or options.reason):
        return failed("name addresses, or a --reason")
    try:
        identities = _identities(options.address)
    except ValueError as error:
        return failed(error)
    settings = load(database_url=options.database)
    chosen = {
        "identities": list(identities) or None,
        "reasons": options.reason or None,
        "outlets": options.outlet or None,
    }
    with Database(require_database(settings), settings.sql_dir) as database:
        rows = database.run(lambda c: list(database.sql.fetch_again(c, **chosen)))
    for row in rows:
        print(f"fetched once more by the next run: {row.urls} that were {row.state} ({row.reason})")
    return 0 if rows else failed("none of these is skipped or failed; nothing was changed")


def _list_lines(options: argparse.Namespace) -> int:
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
