"""How fast the polite client is: pages from 48 hosts at a latency, and unchanged feeds per hour.

    python -m tests.bench.fetching              # everything
    python -m tests.bench.fetching pages        # one of: pages, feeds, feeds-tls

pages      1,000 pages from 48 hosts, 50 ms latency, one connection per host, no gap: time over the theoretical minimum,
           which is (pages of the busiest host + its robots.txt and tdmrep.json) x latency.
feeds      5,000 feeds at 5,000 hosts, all unchanged (304), robots.txt known, a new connection each: feeds per hour.
feeds-tls  the same over TLS, with a full handshake each, as on the real web.

The server is a process of its own, so that on two cores client and server do not share one.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import ipaddress
import multiprocessing
import random
import ssl
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "plugins"), str(ROOT / "tests")]

from hostile.memory import kilobytes  # noqa: E402
from hostile.server import make_certificates  # noqa: E402
from newswire.fetching import (  # noqa: E402
    Client,
    Failure,
    Kind,
    MemoryStore,
    Policy,
    Request,
    RobotsRecord,
    RobotsState,
)
from newswire.fetching.addresses import Address  # noqa: E402

HOSTS = [f"127.0.0.{n}" for n in range(2, 50)]
PAGES = 1000
FEEDS = 5000
LATENCY = 0.05
AT_ONCE = 200
"""Feeds asked for at the same time: well below the usual limit of open files."""


class _Server(asyncio.Protocol):
    """Answers any GET after a latency: 304 to a known validator, else a page; robots.txt allows everything, and there is
    no tdmrep.json."""

    page = b""
    latency = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.buffer = b""

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            request, self.buffer = self.buffer[:end], self.buffer[end + 4 :]
            if request.startswith(b"GET /robots.txt"):
                answer = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
            elif request.startswith(b"GET /.well-known/"):
                answer = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
            elif b'If-None-Match: "v1"' in request:
                answer = b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\nCache-Control: max-age=600\r\n\r\n'
            else:
                answer = self.page
            asyncio.get_running_loop().call_later(self.latency, self.transport.write, answer)


def page() -> bytes:
    """A page of a typical size: 90 KB of HTML, gzipped."""
    words = random.Random(1).choices([f"word{n}" for n in range(3000)], k=11_000)
    body = gzip.compress(f"<!doctype html><html><body><p>{' '.join(words)}</p></body></html>".encode(), 6)
    lines = ("HTTP/1.1 200 OK", "Content-Type: text/html", "Content-Encoding: gzip", f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def serve(pipe: Connection, latency: float, certificate: str | None) -> None:
    """The server process; it tells its port and ends with its parent."""

    async def run() -> None:
        _Server.page, _Server.latency = page(), latency
        loop = asyncio.get_running_loop()
        tls = None
        if certificate is not None:
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            tls.load_cert_chain(certificate)
        first = await loop.create_server(_Server, HOSTS[0], 0, ssl=tls, backlog=1024)
        port = first.sockets[0].getsockname()[1]
        for host in HOSTS[1:]:
            await loop.create_server(_Server, host, port, ssl=tls, backlog=1024)
        pipe.send(port)
        await loop.run_in_executor(None, pipe.recv)

    asyncio.run(run())


class Server:
    """The server process as a context manager that gives its port."""

    def __init__(self, latency: float = 0.0, certificate: str | None = None) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, latency, certificate), daemon=True)

    def __enter__(self) -> int:
        self._process.start()
        port: int = self._pipe.recv()
        return port

    def __exit__(self, *_: object) -> None:
        self._pipe.send("end")
        self._process.join(5)
        self._process.kill()


class Names:
    """5,000 names over 48 addresses."""

    async def resolve(self, name: str) -> tuple[Address, ...]:
        return (ipaddress.ip_address(HOSTS[int(name[1:].partition(".")[0]) % len(HOSTS)]),)


def policy(port: int, ca_file: str | None = None) -> Policy:
    return Policy(
        allowed_networks=(ipaddress.ip_network("127.0.0.0/26"),),
        allowed_ports=frozenset({port}),
        ca_file=ca_file,
        min_gap=0.0,
    )


@dataclass(frozen=True)
class Measured:
    done: int
    failed: int
    seconds: float
    cpu_seconds: float


async def fetch_all(client: Client, lanes: list[list[Request]]) -> Measured:
    """Fetch as the pipeline does: lanes side by side, the requests of a lane one after the other."""

    async def run_lane(lane: list[Request]) -> int:
        results = [await client.fetch(request) for request in lane]
        return sum(isinstance(result, Failure) for result in results)

    cpu, started = time.process_time(), time.perf_counter()
    failed = sum(await asyncio.gather(*(run_lane(lane) for lane in lanes)))
    seconds = time.perf_counter() - started
    return Measured(sum(map(len, lanes)), failed, seconds, time.process_time() - cpu)


async def bare(requests: list[Request]) -> float:
    """Seconds that the same requests take without any client at all: one naked socket per host, bytes counted.

    Run beside the measurement, it tells how much of a delay is this machine's and how much is ours.
    """

    async def one_host(host: str, port: int, paths: list[str]) -> None:
        reader, writer = await asyncio.open_connection(host, port)
        for path in ["/robots.txt", "/.well-known/tdmrep.json", *paths]:
            writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(int(head.rpartition(b"Content-Length: ")[2]))
        writer.close()

    paths: dict[tuple[str, int], list[str]] = defaultdict(list)
    for request in requests:
        host, _, port = request.url.split("/")[2].partition(":")
        paths[host, int(port)].append("/" + request.url.rpartition("/")[2])
    started = time.perf_counter()
    await asyncio.gather(*(one_host(host, port, each) for (host, port), each in paths.items()))
    return time.perf_counter() - started


def bench_pages() -> float:
    """Time over the theoretical minimum."""
    with Server(LATENCY) as port:
        requests = [Request(f"http://{HOSTS[n % len(HOSTS)]}:{port}/{n}", Kind.PAGE) for n in range(PAGES)]

        async def run() -> Measured:
            async with Client(policy(port)) as client:
                return await fetch_all(client, [requests[n :: len(HOSTS)] for n in range(len(HOSTS))])

        before = asyncio.run(bare(requests))
        measured = asyncio.run(run())
        after = asyncio.run(bare(requests))
    busiest = max(Counter(request.url.split("/")[2] for request in requests).values())
    minimum = (busiest + 2) * LATENCY
    factor = measured.seconds / minimum
    print(
        f"pages: {measured.done} ({measured.failed} failed) from {len(HOSTS)} hosts at {LATENCY * 1000:.0f} ms in "
        f"{measured.seconds:.2f} s; minimum {minimum:.2f} s; factor {factor:.2f}; {measured.cpu_seconds:.2f} s CPU; "
        f"naked sockets just before and after: {before:.2f} s and {after:.2f} s"
    )
    return factor


def bench_feeds(*, tls: bool) -> float:
    """Feeds per hour."""
    with tempfile.TemporaryDirectory() as folder:
        certificate, ca_file = None, None
        if tls:
            make_certificates(Path(folder), ["*.feeds.test"])
            certificate, ca_file = f"{folder}/good.pem", f"{folder}/ca.pem"
        with Server(0.0, certificate) as port:
            origins = [f"http{'s' if tls else ''}://f{n}.feeds.test:{port}" for n in range(FEEDS)]
            requests = [Request(f"{origin}/feed.xml", Kind.FEED, etag='"v1"') for origin in origins]

            async def run() -> Measured:
                now = datetime.now(UTC)
                store = MemoryStore()
                for origin in origins:  # as between two polls of the same day
                    await store.put(
                        origin, RobotsRecord(origin, RobotsState.FOUND, b"", now, now + timedelta(days=1), good_at=now)
                    )
                async with Client(policy(port, ca_file), robots=store, resolver=Names()) as client:
                    return await fetch_all(client, [requests[n::AT_ONCE] for n in range(AT_ONCE)])

            measured = asyncio.run(run())
    per_hour = measured.done / measured.seconds * 3600
    print(
        f"feeds{' over TLS' if tls else ''}: {measured.done} ({measured.failed} failed) unchanged in "
        f"{measured.seconds:.2f} s = {per_hour:,.0f} per hour; {measured.cpu_seconds:.2f} s CPU"
    )
    return per_hour


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", choices=["pages", "feeds", "feeds-tls", []], help="default: all")
    chosen = parser.parse_args().what or ["pages", "feeds", "feeds-tls"]
    if "pages" in chosen:
        bench_pages()
    if "feeds" in chosen:
        bench_feeds(tls=False)
    if "feeds-tls" in chosen:
        bench_feeds(tls=True)
    print(f"peak memory of the client {kilobytes('self', 'status', 'VmHWM:') // 1024} MB")


if __name__ == "__main__":
    main()
