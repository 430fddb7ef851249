"""What the command line shows. Text from the web passes `printable` on its way to a terminal, always."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from newswire.classification import Verdict
from newswire.ledger import waits_for
from newswire.pipeline.runs import Report
from newswire.storage import Database
from newswire.text import one_line, printable, shortened

WIDTH = 120
"""Columns of a table: what a terminal of today shows without wrapping."""


def plain_json(value: Any) -> str:
    """A value as JSON for people and programs: sorted by nothing, times in ISO 8601, Cyrillic as it is."""
    return json.dumps(value, ensure_ascii=False, indent=1, default=_plain)


def ledger_json(database: Database, report: Report, *, details: bool) -> str:
    """The run, its polls and the ledger as JSON; with `details` every URL with its state."""
    sql = database.sql

    def read(connection: Any) -> dict[str, Any]:
        document = asdict(report)
        document["by_reason"] = [row._asdict() for row in sql.ledger(connection)]
        document["feeds"] = [row._asdict() for row in sql.polls_of_run(connection, run_id=report.run_id)]
        if details:
            document["urls"] = [row._asdict() for row in sql.url_states(connection)]
        return document

    return plain_json(database.run(read))


def ledger_text(report: Report) -> str:
    """The ledger line of a run as a table."""
    table = _table(f"Run {report.run_id}", ["", "URLs", "why"])
    table.add_row("listed for the first time", str(report.listed), "")
    table.add_row("published", str(report.published), "")
    table.add_row("skipped", str(sum(report.skipped.values())), _reasons(report.skipped))
    table.add_row("failed", str(sum(report.failed.values())), _reasons(report.failed))
    table.add_row("pending (of all runs)", str(sum(report.pending.values())), _reasons(report.pending))
    check = report.ledger
    verdict = "adds up" if check["adds_up"] else "DOES NOT ADD UP"
    line = (
        f"ledger of the database: {check['listed']} listed = {check['published']} published + {check['skipped']} skipped"
        f" + {check['failed']} failed + {check['pending']} pending: {verdict}"
    )
    polls = ", ".join(f"{count} {what}" for what, count in report.polls.items()) or "none due"
    return f"polls: {polls}\n{_render(table)}{line}"


def verdict_text(verdict: Verdict) -> str:
    """One verdict in words."""
    lines = [
        f"{verdict.label}  p={verdict.probability:.3f}  {verdict.centrality}  ({verdict.language}, {verdict.model_version})"
    ]
    lines += [f"  topic {topic.name:<14} {topic.score:.2f}" for topic in verdict.topics]
    lines += [f"  {item.weight:+.2f}  {printable(one_line(item.text))}  [{item.why}]" for item in verdict.evidence]
    if verdict.note:
        lines.append(f"  note: {verdict.note}")
    return "\n".join(lines)


def articles_text(rows: Iterable[Any], title: str) -> str:
    """Articles with probability and their strongest evidence."""
    table = _table(title, ["p", "lang", "outlet", "headline", "because of"])
    for row in rows:
        evidence = "; ".join(shortened(item["text"], 60) for item in row.evidence[:2])
        table.add_row(
            f"{row.probability:.2f}", row.language or "", Text(printable(row.outlet)), Text(printable(row.title or "")),
            Text(printable(evidence)),
        )  # fmt: skip
    return _render(table)


def read_status(database: Database) -> dict[str, Any]:
    """The ledger, the feeds, the last runs, standing alarms and stuck work."""
    from newswire.pipeline.runs import STUCK_AFTER

    sql = database.sql

    def read(connection: Any) -> dict[str, Any]:
        return {
            "ledger": sql.ledger_check(connection)._asdict(),
            "by_reason": [row._asdict() for row in sql.ledger(connection)],
            "feeds": sql.feed_summary(connection)._asdict(),
            "runs": [row._asdict() for row in sql.recent_runs(connection, most=5)],
            "alarms": [row._asdict() for row in sql.standing_alarms(connection)],
            "stuck": [row._asdict() for row in sql.stuck_work(connection, older_than=STUCK_AFTER)],
        }

    return database.run(read)


def status_text(status: Mapping[str, Any]) -> str:
    """The same for a terminal."""
    check, feeds = status["ledger"], status["feeds"]
    verdict = "adds up" if check["adds_up"] else "DOES NOT ADD UP"
    lines = [
        f"ledger: {check['listed']} listed = {check['published']} published + {check['skipped']} skipped + "
        f"{check['failed']} failed + {check['pending']} pending: {verdict}",
        f"feeds: {feeds['active']} active of {feeds['feeds']}, {feeds['due']} due now, {feeds['failing']} failing, "
        f"{feeds['alarmed']} with an alarm",
    ]
    lines += [
        f"  {row['state']:<10} {row['reason'] or '':<20} {waits_for(row['state'], row['stage']):<12} {row['urls']:>8}"
        for row in status["by_reason"]
    ]
    lines += [
        f"run {r['run_id']} {r['status']} {r['started_at']:%Y-%m-%d %H:%M} {printable(r['note'] or '')}".rstrip()
        for r in status["runs"]
    ]
    lines += [
        f"ALARM {row['kind']} {printable(row['subject'])}: {printable(row['message'])}" for row in status["alarms"]
    ]
    lines += [
        f"STUCK {row['urls']} URLs at {row['stage']} since {row['oldest']:%Y-%m-%d %H:%M}" for row in status["stuck"]
    ]
    return "\n".join(lines)


def _reasons(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{reason} {count}" for reason, count in sorted(counts.items(), key=lambda item: -item[1]))


def _table(title: str, columns: list[str]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    for name in columns:
        table.add_column(name, justify="right" if name in ("URLs", "p") else "left")
    return table


def _render(table: Table) -> str:
    console = Console(file=io.StringIO(), width=WIDTH)
    console.print(table)
    return console.file.getvalue()  # type: ignore[attr-defined,no-any-return]


def _plain(value: Any) -> Any:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, (set, frozenset, tuple)):
        return list(value)
    return str(value)
