"""Run every case of the shared hostile suite against the real fetching, reading and extraction, and say what missed.

    python -m hostile.shared_suite [--cases cases.csv] [--server hostile_server.py] [--report report.json]

Each address case gets a client of its own, so that a paused host of one case is not the outcome of the next; seats,
gaps and robots.txt are shared over all of them, and are checked against the server's log at the end.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import ipaddress
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hostile.documents import Outcome, outcome_of, read_document
from hostile.expectations import mismatch
from hostile.memory import kilobytes
from hostile.politeness import politeness
from newswire.fetching import (
    Client,
    Kind,
    LocalGate,
    MemoryStore,
    Policy,
    Request,
    Response,
    RobotsRecord,
    TdmRecord,
)
from newswire.fetching.addresses import Network
from newswire.ledger import Reason
from newswire.pipeline.sandbox import Limits as SandboxLimits
from newswire.pipeline.sandbox import Sandbox

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("NEWSWIRE_SHARED") or ROOT.parent / "shared")
PORTS = 10
"""The server's own port and the nine after it."""
GAP = 0.55
"""Seconds between requests to one host: one of the suite's hosts complains below half a second."""
TOKEN = "NewsBot"  # the product token that the suite's robots files address
FIRST_HOST, LAST_HOST = 31, 48
"""Addresses without a character of their own, over which the address cases are spread."""
AT_ONCE = 18


@dataclass(frozen=True)
class Row:
    """A row of cases.csv."""

    case_id: str
    path: str
    category: str
    kind: str
    expected: str
    expected_detail: str
    max_seconds: float


EXPLAINED = {
    "http-304-changes-hidden": "the suite's server lists one entry there, not three; the poll itself succeeds",
}
"""Rows whose expectation their own server cannot meet, with what was found instead."""


@dataclass(frozen=True)
class Result:
    case_id: str
    expected: str
    outcome: str
    miss: str | None
    """Why it is not what was expected; None where it is."""
    seconds: float
    explained: bool = False
    """Whether it missed an expectation that cannot be met (see `EXPLAINED`)."""


def read_rows(path: Path) -> list[Row]:
    with path.open(newline="", encoding="utf-8") as file:
        return [
            Row(
                r["case_id"], r["path"], r["category"], r["kind"], r["expected"], r["expected_detail"],
                float(r["max_seconds"]),
            )
            for r in csv.DictReader(file)
        ]  # fmt: skip


class SuiteGate:
    """Seats and gaps as in life; pauses are noted, and not enforced on the next case."""

    def __init__(self) -> None:
        self._gate = LocalGate()
        self.pauses: list[tuple[str, datetime, Reason]] = []

    def turn(self, host: str, *, gap: float, patience: float) -> AbstractAsyncContextManager[None]:
        return self._gate.turn(host, gap=gap, patience=patience)

    async def pause(self, host: str, until: datetime, reason: Reason) -> None:
        self.pauses.append((host, until, reason))


@dataclass
class Stage:
    """All that the cases share."""

    port: int
    policy: Policy
    gate: SuiteGate
    robots: MemoryStore[RobotsRecord]
    reservations: MemoryStore[TdmRecord]
    sandbox: Sandbox[Any]

    def client(self, **changes: Any) -> Client:
        return Client(
            replace(self.policy, **changes), gate=self.gate, robots=self.robots, reservations=self.reservations
        )

    def url(self, row: Row, number: int) -> str:
        """The address of a case; a path is asked of one of the plain hosts, in turn."""
        text = re.sub(r"PORT\+?(\d*)", lambda match: str(self.port + int(match[1] or 0)), row.path)
        if text.startswith("/"):
            host = f"127.0.0.{FIRST_HOST + number % (LAST_HOST - FIRST_HOST + 1)}"
            text = f"http://{host}:{self.port}{text}"
        return f"{text}{'&' if '?' in text else '?'}s={row.case_id}" if row.kind != "host" else text


# -- cases of one address


async def run_address(stage: Stage, row: Row, number: int) -> tuple[Outcome, str | None]:
    """One address case: asked once, or as often as its expectation needs."""
    kind = Kind.PAGE if row.kind == "article" else Kind.FEED
    url = stage.url(row, number)
    async with stage.client() as client:
        outcome = await outcome_of(client, Request(url, kind), stage.sandbox)
        if row.expected == "NOT_MODIFIED" and outcome.response is not None:
            first = outcome.response
            request = Request(url, kind, first.etag, first.last_modified)
            outcome = await outcome_of(client, request, stage.sandbox)
        if row.expected == "GONE":  # some are gone only after a while
            for _ in range(3):
                if outcome.reason is None:
                    outcome = await outcome_of(client, Request(url, kind), stage.sandbox)
        if "body hash says unchanged" in row.expected_detail and outcome.response is not None:
            again = await client.fetch(Request(url, kind, outcome.response.etag))
            if not isinstance(again, Response) or again.body_hash != outcome.response.body_hash:
                return outcome, "the body hash should tell that nothing changed"
    return outcome, mismatch(row.expected, row.expected_detail, outcome)


# -- cases of a whole host


async def _page(stage: Stage, client: Client, base: str, path: str) -> Outcome:
    return await outcome_of(client, Request(base + path, Kind.PAGE), stage.sandbox)


async def run_host(stage: Stage, row: Row) -> tuple[str, str | None]:
    """One host case: what a shard does to a host, reduced to what the expectation is about."""
    base = stage.url(row, 0).rstrip("/")
    expected = row.expected.partition(":")[2]
    changes: dict[str, Any] = {}
    if "[::1]" in base:  # the one case where the internal address plays an outlet
        changes["allowed_networks"] = (*stage.policy.allowed_networks, ipaddress.ip_network("::1/128"))
    if expected == "refresh":
        changes["robots_min_age"] = 1.0
    if expected == "circuit-open":
        async with Client(stage.policy) as client:  # pauses are the point here
            return await _circuit(stage, client, base)
    async with stage.client(**changes) as client:
        feed = await outcome_of(client, Request(f"{base}/feed.xml", Kind.FEED), stage.sandbox)
        pages = {path: await _page(stage, client, base, path) for path in ("/a/1", "/a/2", "/private/x")}
        reasons = {path: outcome.reason for path, outcome in pages.items()}
        shown = f"feed: {feed.reason or 'ok'}; " + ", ".join(f"{k}: {v or 'ok'}" for k, v in reasons.items())
        if expected == "refresh":
            for _ in range(5):
                await asyncio.sleep(1.1)
                last = await _page(stage, client, base, "/a/3")
            return shown, None if last.reason is Reason.ROBOTS else "the changed robots.txt was not noticed"
        if expected == "ok" and "flaky" in row.case_id:
            tries = [await _page(stage, client, base, f"/a/{n}") for n in range(1, 21)]
            good = sum(outcome.reason is None for outcome in tries)
            return f"{good} of {len(tries)} pages", None if good >= 3 else "too few pages of a flaky host"
    return shown, _host_mismatch(expected, feed, reasons)


async def _circuit(stage: Stage, client: Client, base: str) -> tuple[str, str | None]:
    outcomes = [await _page(stage, client, base, f"/a/{n}") for n in range(1, 21)]
    paused = [outcome for outcome in outcomes if outcome.reason is Reason.HOST_PAUSED]
    shown = f"{len(paused)} of {len(outcomes)} requests were not sent"
    return shown, None if paused else "the circuit stayed closed"


_ALL = {"/a/1": True, "/a/2": True, "/private/x": True}
_PAGES = {
    "ok": {"/a/1": True, "/a/2": True},
    "cluster": {"/a/1": True, "/a/2": True},
    "no-violation": {"/a/1": True, "/a/2": True},
    "allow-all": _ALL,
    "no-article-fetch": dict.fromkeys(_ALL, False),
    "deny-until-known": dict.fromkeys(_ALL, False),
    "disallow-/private": {"/a/1": True, "/private/x": False},
    "first-rule-honoured": {"/private/x": False},
    "only-/a/1": {"/a/1": True, "/a/2": False},
}


def _host_mismatch(expected: str, feed: Outcome, reasons: dict[str, Reason | None]) -> str | None:
    wanted = _PAGES.get("ok" if expected.startswith("gap") else expected)
    if wanted is None:
        return f"no rule for HOST:{expected}"
    refusals = {Reason.ROBOTS, Reason.ROBOTS_UNREACHABLE}
    for path, allowed in wanted.items():
        if allowed and reasons[path] in refusals:
            return f"{path} should be allowed"
        if not allowed and reasons[path] not in refusals:
            return f"{path} should not be fetched"
        if allowed and expected != "allow-all" and reasons[path] is not None:
            return f"{path} should have been an article"
    if expected in ("ok", "cluster", "no-violation") and feed.reason is not None:
        return "the feed should have been read"
    return None


async def run_syndication(stage: Stage, row: Row, number: int) -> tuple[str, str | None]:
    """A feed of wire copies at five hosts: five articles, and equal enough to be one story."""
    async with stage.client() as client:
        feed = await outcome_of(client, Request(stage.url(row, number), Kind.FEED), stage.sandbox)
        if feed.feed is None:
            return str(feed), "expected a feed"
        links = [entry.link for entry in feed.feed.entries if entry.link]
        pages = [await outcome_of(client, Request(link, Kind.PAGE), stage.sandbox) for link in links]
    texts = [page.article.near_duplicate_key for page in pages if page.article is not None and page.reason is None]
    shown = f"{len(texts)} articles"
    if len(texts) != 5:
        return shown, "expected 5 articles"
    alike = [sum(a == b for a, b in zip(texts[0], other, strict=True)) / len(other) for other in texts if other]
    return f"{shown}, likeness {min(alike, default=0):.2f}", None if min(alike, default=0) > 0.5 else "not one story"


# -- the whole suite


async def run_case(stage: Stage, row: Row, number: int) -> Result:
    started = time.monotonic()
    limit = row.max_seconds + (30 if row.kind == "host" else 0)
    try:
        async with asyncio.timeout(limit):
            if row.expected == "HOST:syndication":
                shown, miss = await run_syndication(stage, row, number)
            elif row.kind == "host":
                shown, miss = await run_host(stage, row)
            else:
                outcome, miss = await run_address(stage, row, number)
                shown = str(outcome)
    except TimeoutError:
        shown, miss = "no outcome", f"beyond its time limit of {limit:.0f} s"
    explained = miss is not None and row.case_id in EXPLAINED
    seconds = round(time.monotonic() - started, 2)
    return Result(row.case_id, row.expected, shown, None if explained else miss, seconds, explained)


async def run_all(stage: Stage, rows: list[Row]) -> list[Result]:
    """Hosts run side by side, each case of a host after the other."""
    lanes: dict[str, list[tuple[int, Row]]] = {}
    for number, row in enumerate(rows):
        host = re.sub(r":\d+/.*", "", stage.url(row, number).partition("//")[2])
        lanes.setdefault(host, []).append((number, row))

    async def run_lane(lane: list[tuple[int, Row]]) -> list[Result]:
        return [await run_case(stage, row, number) for number, row in lane]

    done = await asyncio.gather(*(run_lane(lane) for lane in lanes.values()))
    order = {row.case_id: number for number, row in enumerate(rows)}
    return sorted((result for lane in done for result in lane), key=lambda result: order[result.case_id])


def free_ports(count: int) -> int:
    """The first of `count` consecutive ports that nobody listens on."""
    for port in range(21_000, 31_000, 37):
        try:
            for offset in range(count):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.2", port + offset))
        except OSError:
            continue
        return port
    raise RuntimeError("no free ports")


def networks() -> tuple[Network, ...]:
    """127.0.0.2 to 127.0.0.50 play the public internet."""
    first, last = ipaddress.IPv4Address("127.0.0.2"), ipaddress.IPv4Address("127.0.0.50")
    return tuple(ipaddress.summarize_address_range(first, last))


def _warm_up(sandbox: Sandbox[Any]) -> None:
    """Let the processes start and load their libraries before the first case is timed."""
    now = datetime.now(UTC)
    documents = [(Kind.FEED, b"<rss><channel/></rss>"), (Kind.PAGE, b"<html><body><p>text</p></body></html>")] * 2
    futures = [sandbox.submit(kind, body, "http://a.example/", "text/html", now) for kind, body in documents]
    for future in futures:
        sandbox.outcome(future)


def run_suite(server: Path, cases: Path, *, only: str | None = None) -> dict[str, Any]:
    """Start the server, run all cases, stop the server; the report as plain data."""
    rows = [row for row in read_rows(cases) if only is None or re.search(only, row.case_id)]
    port = free_ports(PORTS)
    starter = Path(__file__).with_name("shared_server.py")
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(starter), str(server), "--port", str(port), "--work", folder]
        process = subprocess.Popen([*command, "--log", "none", "--max-seconds", "600"], stdout=subprocess.PIPE)
        try:
            assert process.stdout is not None
            assert b"ready" in process.stdout.readline()
            policy = Policy(
                product_token=TOKEN,
                contact="ops@example.org",
                min_gap=GAP,
                allowed_networks=networks(),
                allowed_ports=frozenset({80, 443, port, *range(port + 2, port + PORTS)}),
                ca_file=f"{folder}/ca.pem",
            )
            with Sandbox(read_document, 2, SandboxLimits(seconds=10, megabytes=2048)) as sandbox:
                _warm_up(sandbox)
                stage = Stage(port, policy, SuiteGate(), MemoryStore(), MemoryStore(), sandbox)
                started = time.monotonic()
                results = asyncio.run(run_all(stage, rows))
                seconds = time.monotonic() - started
            with urllib.request.urlopen(f"http://127.0.0.2:{port}/__ctl/log", timeout=30) as answer:
                log = [json.loads(line) for line in answer.read().decode().split("\n") if line]
        finally:
            process.terminate()
            process.wait(10)
    return {
        "cases": [asdict(result) for result in results],
        "faults": politeness(log, GAP),
        "seconds": round(seconds, 1),
        "peak_rss_mb": round(kilobytes("self", "status", "VmHWM:") / 1024),
        "requests": len(log),
    }


def show(report: dict[str, Any]) -> str:
    """The table of misses, for people."""
    misses = [case for case in report["cases"] if case["miss"]]
    lines = [
        f"{miss['case_id']:30} {miss['expected']:26} {miss['miss']}; got {miss['outcome'][:80]}" for miss in misses
    ]
    explained = [case["case_id"] for case in report["cases"] if case["explained"]]
    lines += [f"{case_id}: {EXPLAINED[case_id]}" for case_id in explained]
    lines += [f"politeness: {fault}" for fault in report["faults"]]
    lines.append(
        f"{len(report['cases']) - len(misses) - len(explained)} of {len(report['cases'])} cases as expected, "
        f"{len(explained)} explained, in {report['seconds']} s, "
        f"{report['requests']} requests, peak memory {report['peak_rss_mb']} MB"
    )
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", type=Path, default=SHARED / "hostile" / "hostile_server.py")
    parser.add_argument("--cases", type=Path, default=SHARED / "hostile" / "cases.csv")
    parser.add_argument("--report", type=Path, help="write the whole report as JSON")
    parser.add_argument("--only", help="regular expression over case ids")
    arguments = parser.parse_args()
    report = run_suite(arguments.server, arguments.cases, only=arguments.only)
    if arguments.report:
        arguments.report.write_text(json.dumps(report, indent=1, ensure_ascii=False), encoding="utf-8")
    print(show(report))
    return 1 if report["faults"] or any(case["miss"] for case in report["cases"]) else 0


if __name__ == "__main__":
    sys.exit(main())
