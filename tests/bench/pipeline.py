"""`make bench`: what the pipeline reaches on this machine, beside plain trafilatura in the same run.

    python -m tests.bench.pipeline [--only articles|feeds|airflow|memory|imports] [--articles N] [--feeds N]

Prints a table and writes .newswire/bench/pipeline.json. Parts that need the real pages say so where these are absent.
"""

# ruff: noqa: E501 - a small server stands in here as text

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import multiprocessing
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("NEWSWIRE_SHARED", ROOT.parent / "shared"))
RESULTS = ROOT / ".newswire" / "bench" / "pipeline.json"
CORES = os.cpu_count() or 1

sys.path.insert(0, str(ROOT / "plugins"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", choices=["articles", "feeds", "airflow", "memory", "imports"])
    parser.add_argument("--articles", type=int, default=-1, help="real pages to ingest (default: all)")
    parser.add_argument("--feeds", type=int, default=1000, help="feeds to poll (default 1,000)")
    options = parser.parse_args()
    parts: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
        "imports": imports, "feeds": feeds, "articles": articles, "memory": memory, "airflow": airflow,
    }  # fmt: skip
    results: dict[str, Any] = {"cores": CORES, "load_at_start": os.getloadavg()}
    for name, part in parts.items():
        if options.only and name not in options.only:
            continue
        print(f"== {name}", flush=True)
        results[name] = part(options)
        for key, value in results[name].items():
            print(f"   {key:58} {value}", flush=True)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1))
    print(f"written to {RESULTS.relative_to(ROOT)}")
    return 0


# -- articles: end to end over the real pages, beside plain trafilatura on all cores


def articles(options: argparse.Namespace) -> dict[str, Any]:
    """All stations over the replayed pages, rows in Postgres; articles per second, per station and core."""
    if not (SHARED / "replay").is_dir():
        return {"skipped": f"needs the real pages in {SHARED}"}
    from newswire.pipeline.context import Context, Selection
    from newswire.pipeline.runs import plan, report

    plain = plain_trafilatura(options.articles)
    with database() as db, replay("pages", options.articles) as port:
        settings = prepared(db, port)
        context = Context(settings, db, plan(db, settings, Selection(), trigger="bench").run_id)
        seconds = stations(context)
        result = report(db, context.run_id)
        listed = result.ledger["listed"]
        total = sum(seconds.values())
        found: dict[str, Any] = {
            "pages": listed,
            "published": result.published,
            "ledger adds up": result.ledger["adds_up"],
        }
        for name, spent in seconds.items():
            found[f"{name}: pages/s ({spent:.1f} s)"] = round(listed / spent, 1)
        found["end to end: pages/s"] = round(listed / total, 1)
        found["end to end: pages/s and core"] = round(listed / total / CORES, 1)
        found[f"plain trafilatura on {CORES} cores: pages/s"] = round(plain, 1)
        found["end to end / plain trafilatura (wanted: at least 0.60)"] = round(listed / total / plain, 2)
        found["largest station but extract, as a share of extract"] = round(
            max(s for n, s in seconds.items() if n != "extract") / seconds["extract"], 2
        )
    return found


def stations(context: Any) -> dict[str, float]:
    """Seconds of each station."""
    from newswire.pipeline.classify import classify
    from newswire.pipeline.extract import extract
    from newswire.pipeline.fetch import fetch
    from newswire.pipeline.group import group
    from newswire.pipeline.poll import poll

    seconds = {}
    for station in (poll, fetch, extract, classify, group):
        started = time.perf_counter()
        station(context)
        seconds[station.__name__] = time.perf_counter() - started
    return seconds


def plain_trafilatura(limit: int) -> float:
    """Pages per second of trafilatura.bare_extraction(with_metadata=True) on all cores."""
    rows = [json.loads(line) for line in (SHARED / "data/pages/gold.jsonl").open(encoding="utf-8")]
    rows = rows[: None if limit < 0 else limit]
    jobs = [(str(SHARED / "data/pages/pages" / f"{row['id']}.html.gz"), row["url"]) for row in rows]
    with multiprocessing.get_context("spawn").Pool(CORES) as pool:
        pool.map(_plain_one, jobs[: CORES * 2], chunksize=1)  # imports and caches are not what is measured
        started = time.perf_counter()
        for _ in pool.imap_unordered(_plain_one, jobs, chunksize=4):
            pass
        return len(jobs) / (time.perf_counter() - started)


def _plain_one(job: tuple[str, str]) -> None:
    from trafilatura import bare_extraction

    with contextlib.suppress(Exception):
        bare_extraction(gzip.decompress(Path(job[0]).read_bytes()), url=job[1], with_metadata=True)


# -- feeds: unchanged and changed


def feeds(options: argparse.Namespace) -> dict[str, Any]:
    """Feeds polled per second by one worker: first poll, unchanged (304), and all changed."""
    from newswire.catalogue import Catalogue, FeedRow, OutletRow, sync
    from newswire.pipeline.context import Context, Selection
    from newswire.pipeline.poll import poll
    from newswire.pipeline.runs import plan

    count = options.feeds
    with database() as db, feed_server(count) as port:
        rows = [
            FeedRow("Bench", f"http://127.0.0.{2 + n % 48}:{port}/{n}", f"127.0.0.{2 + n % 48}") for n in range(count)
        ]
        sync(db, Catalogue((OutletRow("Bench"),), tuple(rows), ()), remove=True)
        settings = loopback(db, port)
        found: dict[str, Any] = {"feeds": count}
        for words in ("first poll, 20 entries each", "unchanged (304)", "changed, 1 new entry of 20 each"):
            if words.startswith("changed"):
                urllib.request.urlopen(f"http://127.0.0.2:{port}/advance", timeout=30).close()
            run = plan(db, settings, Selection(), trigger="bench", force=True)
            started = time.perf_counter()
            polled = poll(Context(settings, db, run.run_id))
            spent = time.perf_counter() - started
            assert polled == count, polled
            found[f"{words}: feeds/s ({spent:.1f} s)"] = round(count / spent, 1)
            if words.startswith("unchanged"):
                found["1,000 unchanged feeds: seconds (wanted: at most 10)"] = round(spent * 1000 / count, 1)
                found["unchanged feeds per hour, one worker"] = round(count / spent * 3600)
    return found


FEED_SERVER = r"""
import asyncio, sys
count = int(sys.argv[1]); edition = [0]
def feed(n):
    items = "".join(
        f"<item><title>Entry {i} of feed {n}</title><link>http://127.0.0.{2 + n % 48}:{port}/a/{n}/{i}</link><guid>{n}-{i}</guid></item>"
        for i in range(edition[0], edition[0] + 20))
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed {n}</title>{items}</channel></rss>'
async def serve(reader, writer):
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            path = head.split(" ", 2)[1]
            tag = f'"{edition[0]}"'
            if path == "/robots.txt":
                status, body, extra = "404 Not Found", b"", ""
            elif path == "/advance":
                edition[0] += 1; status, body, extra = "200 OK", b"", ""
            elif tag in head:
                status, body, extra = "304 Not Modified", b"", ""
            else:
                status, body, extra = "200 OK", feed(int(path[1:])).encode(), f"ETag: {tag}\r\n"
            writer.write(f"HTTP/1.1 {status}\r\nContent-Type: application/rss+xml\r\n{extra}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()
async def main():
    global port
    first = await asyncio.start_server(serve, "127.0.0.2", 0)
    port = first.sockets[0].getsockname()[1]
    rest = [await asyncio.start_server(serve, f"127.0.0.{n}", port) for n in range(3, 50)]
    print(port, flush=True)
    await asyncio.sleep(1800)
asyncio.run(main())
"""


@contextlib.contextmanager
def feed_server(count: int) -> Iterator[int]:
    """Small feeds on 48 loopback hosts, in a process of its own."""
    process = subprocess.Popen([sys.executable, "-c", FEED_SERVER, str(count)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield int(process.stdout.readline())
    finally:
        process.terminate()
        process.wait(10)


# -- memory: flat over ten thousand articles


def memory(_: argparse.Namespace) -> dict[str, Any]:
    """Resident memory of the worker (with its processes) over 10,000 articles."""
    if not (SHARED / "replay").is_dir():
        return {"skipped": f"needs the real articles in {SHARED}"}
    with database() as db, replay("both", -1) as port:
        prepared(db, port)
        environ = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
        command = [sys.executable, "-m", "newswire", "ingest", "--once", "--database", db.url, "--min-gap", "0"]
        command += ["--allow-network", "127.0.0.0/8", "--allow-port", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL)
        samples: list[tuple[int, int, int]] = []
        while process.poll() is None:
            time.sleep(2)
            archived, extracted = db.run(lambda c: counts(c))
            samples.append((archived, extracted, tree_rss(process.pid)))
    found: dict[str, Any] = {}
    for name, index in (("fetched", 0), ("extracted", 1)):
        for target in (1000, 10_000):
            at = [s for s in samples if s[index] >= target]
            found[f"RSS of worker and its processes at {target:,} {name}, MB"] = (
                at[0][2] // 2**20 if at else "not reached"
            )
    found["largest RSS, MB"] = max(s[2] for s in samples) // 2**20
    found["articles"] = samples[-1][1]
    return found


def counts(connection: Any) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) filter (where visits > 0) as archived, "
            "count(*) filter (where visits > 0 and stage is distinct from 'extract') as extracted "
            "from news.urls"
        )
        archived, extracted = cursor.fetchone()
    return archived, extracted


def tree_rss(pid: int) -> int:
    """Resident bytes of a process and all below it (shared pages counted once per process, so an upper bound)."""
    import psutil

    with contextlib.suppress(psutil.NoSuchProcess):
        root = psutil.Process(pid)
        return sum(p.memory_info().rss for p in [root, *root.children(recursive=True)])
    return 0


# -- Airflow: from trigger to first row, and a run with nothing to do


def airflow(_: argparse.Namespace) -> dict[str, Any]:
    """Seconds through the whole of Airflow, on the sample newsroom."""
    from newswire.catalogue import read_catalogue, sync
    from newswire.local.demo import Newsroom, run_dag
    from newswire.local.stack import Stack
    from newswire.storage import Database

    newsroom = Newsroom()
    with tempfile.TemporaryDirectory(prefix="newswire-bench-", ignore_cleanup_errors=True) as name:
        environ = {"NEWSWIRE_ALLOWED_NETWORKS": "127.0.0.0/8", "NEWSWIRE_ALLOWED_PORTS": str(newsroom.facts["port"])}
        environ |= {
            "NEWSWIRE_MIN_GAP": "0.02",
            "NEWSWIRE_SCHEDULE": "",
        }
        stack = Stack(Path(name) / "stack", durable=False, settings=environ)
        found: dict[str, Any] = {}
        try:
            started = time.perf_counter()
            access = stack.up()
            found["from nothing to Airflow ready, s"] = round(time.perf_counter() - started, 1)
            with Database(access.database, ROOT / "sql") as db:
                file = Path(name) / "catalogue.csv"
                file.write_bytes(newsroom.get("/__newsroom/catalogue.csv"))
                sync(db, read_catalogue(file), remove=True)
                first: list[float] = []

                def watch(_: str) -> None:
                    if not first and db.run(lambda c: db.sql.ledger_check(c)).published:
                        first.append(time.perf_counter())

                started = time.perf_counter()
                run_dag(stack, watch, {})
                found["run over the newsroom, s"] = round(time.perf_counter() - started, 1)
                found["from trigger to first published row, s"] = round(
                    (first[0] if first else time.perf_counter()) - started, 1
                )
                started = time.perf_counter()
                run_dag(stack, lambda _: None, {})
                found["a run with nothing to do, s (wanted: at most 20)"] = round(time.perf_counter() - started, 1)
        finally:
            stack.down()
            newsroom.end()
    return found


def imports(_: argparse.Namespace) -> dict[str, Any]:
    """Seconds to import each DAG file beyond `import airflow.sdk` and making an empty DAG (best of three)."""
    script = (
        "import time, sys, importlib.util; import airflow.sdk; from airflow.sdk import dag, task, Param, Asset, TriggerRule\n"
        "dag(schedule=None)(lambda: task(lambda: None)())\n"
        "s = importlib.util.spec_from_file_location('d', sys.argv[1]); m = importlib.util.module_from_spec(s)\n"
        "t = time.perf_counter(); s.loader.exec_module(m); print('T', time.perf_counter() - t)"
    )
    environ = {**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "AIRFLOW_HOME": str(ROOT)}
    found = {}
    for path in sorted((ROOT / "dags").glob("*.py")):
        times = []
        for _ in range(3):
            done = subprocess.run(
                [sys.executable, "-c", script, str(path)], capture_output=True, text=True, env=environ
            )
            times += [float(line[2:]) for line in done.stdout.splitlines() if line.startswith("T ")]
        found[f"{path.name}, s (wanted: at most 0.5)"] = round(min(times), 3) if times else done.stderr[-300:]
    return found


# -- what the parts share


@contextlib.contextmanager
def database() -> Iterator[Any]:
    """A fresh database in an embedded Postgres with PostgreSQL's own safety settings."""
    from newswire.local.postgres import EmbeddedPostgres
    from newswire.storage import Database, migrate

    with tempfile.TemporaryDirectory(prefix="newswire-bench-", ignore_cleanup_errors=True) as name:
        server = EmbeddedPostgres(Path(name) / "data")
        server.start()
        try:
            url = server.create_database("newswire")
            migrate(url, ROOT / "sql")
            with Database(url, ROOT / "sql") as opened:
                yield opened
        finally:
            server.stop()


@contextlib.contextmanager
def replay(source: str, limit: int) -> Iterator[int]:
    """The replay server of the shared data."""
    port = free_port("127.0.0.2")
    command = [sys.executable, str(SHARED / "replay/replay_server.py"), "--port", str(port), "--source", source]
    process = subprocess.Popen([*command, "--limit", str(limit)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        process.stdout.readline()
        yield port
    finally:
        process.terminate()
        process.wait(10)


def prepared(db: Any, port: int) -> Any:
    """Settings for the replay server, with its catalogue synced."""
    from newswire.catalogue import read_catalogue, sync

    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        with urllib.request.urlopen(f"http://127.0.0.2:{port}/feeds.csv", timeout=60) as answer:
            file.write(answer.read())
        file.flush()
        sync(db, read_catalogue(Path(file.name)), remove=True)
    return loopback(db, port)


def loopback(db: Any, port: int) -> Any:
    from newswire.config import load

    return load({}, database_url=db.url, allowed_networks=("127.0.0.0/8",), allowed_ports=(port,), min_gap=0.0)


def free_port(host: str = "127.0.0.1") -> int:
    """A port of `host` that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
