"""The newsroom's web server: every outlet on a loopback address of its own, all on one port.

Besides the outlets' own pages and feeds, 127.0.0.2 answers:

    GET  /__newsroom/stats           requests, statuses, conditional hits and the most connections at once, per host
    GET  /__newsroom/catalogue.csv   the catalogue
    GET  /__newsroom/expected.json   what the ledger must say in this edition
    POST /__newsroom/advance         bring out the second edition
"""

from __future__ import annotations

import asyncio
import contextlib
import email.utils
import hashlib
import json
import socket
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from aiohttp import web

from newswire.newsroom import catalogue, content
from newswire.newsroom.content import Outlet
from newswire.newsroom.feeds import render_feed
from newswire.newsroom.pages import render_home, render_missing, render_page
from newswire.newsroom.site import Site

CONTROL = "/__newsroom/"
BIND_ATTEMPTS = 20  # a port that is free on one loopback address may be taken on another
DISALLOWED = "/private/"
ROBOTS = f"User-agent: *\nDisallow: {DISALLOWED}\nAllow: /\n"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360"><rect width="640" height="360"/></svg>'


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer before conditional requests and compression are looked at."""

    status: int
    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    location: str = ""
    changed_at: datetime | None = None  # None: the answer carries no validators


@dataclass(slots=True)
class HostStats:
    """What one host saw."""

    requests: int = 0
    conditional_hits: int = 0
    robots_requests: int = 0
    disallowed_requests: int = 0  # what robots.txt asks machines to leave alone
    peak_connections: int = 0
    smallest_gap_seconds: float | None = None  # between the starts of two requests, control requests left out
    statuses: Counter[int] = field(default_factory=Counter)
    last_request: float | None = None

    def saw_request(self, path: str, connections: int, now: float) -> None:
        self.requests += 1
        self.robots_requests += path == "/robots.txt"
        self.disallowed_requests += path.startswith(DISALLOWED)
        self.peak_connections = max(self.peak_connections, connections)
        if self.last_request is not None:
            gap = now - self.last_request
            self.smallest_gap_seconds = min(self.smallest_gap_seconds or gap, gap)
        self.last_request = now


class Newsroom:
    """A running newsroom; made by `serve`."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._hosts = {outlet.host: HostStats() for outlet in content.outlets()}
        self.servers: dict[str, web.Server] = {}  # by host; they know their open connections

    @property
    def port(self) -> int:
        return self.site.port

    @property
    def control_url(self) -> str:
        """The base of the control addresses; append `stats`, `catalogue.csv`, `expected.json` or `advance`."""
        return f"http://{content.outlets()[0].host}:{self.port}{CONTROL}"

    def catalogue_csv(self) -> str:
        return catalogue.catalogue_csv(self.port)

    def expected(self) -> list[catalogue.Expected]:
        return catalogue.expected(self.site)

    def advance(self) -> None:
        """Bring out the second edition: a silent correction, a vanished page, new articles."""
        self.site = self.site.advance()

    def stats(self) -> dict[str, object]:
        hosts = {
            host: {
                "requests": seen.requests,
                "conditional_hits": seen.conditional_hits,
                "robots_requests": seen.robots_requests,
                "disallowed_requests": seen.disallowed_requests,
                "peak_connections": seen.peak_connections,
                "smallest_gap_seconds": seen.smallest_gap_seconds,
                "statuses": {str(status): count for status, count in sorted(seen.statuses.items())},
            }
            for host, seen in self._hosts.items()
        }
        return {
            "edition": self.site.edition,
            "requests": sum(seen.requests for seen in self._hosts.values()),
            "conditional_hits": sum(seen.conditional_hits for seen in self._hosts.values()),
            "disallowed_requests": sum(seen.disallowed_requests for seen in self._hosts.values()),
            "peak_connections_per_host": max(seen.peak_connections for seen in self._hosts.values()),
            "hosts": hosts,
        }

    def application(self, outlet: Outlet) -> web.Application:
        """The web application of one outlet."""

        async def handle(request: web.Request) -> web.Response:
            if request.path.startswith(CONTROL):
                return self._control(outlet, request)
            seen = self._hosts[outlet.host]
            seen.saw_request(request.path, len(self.servers[outlet.host].connections), time.monotonic())
            if request.method in {"GET", "HEAD"}:
                response = to_response(answer(self.site, outlet, request.path), outlet, request)
            else:
                response = web.Response(status=405, headers={"Allow": "GET, HEAD"})
            seen.statuses[response.status] += 1
            seen.conditional_hits += response.status == 304
            return response

        app = web.Application()
        app.router.add_route("*", "/{path:.*}", handle)
        return app

    def _control(self, outlet: Outlet, request: web.Request) -> web.Response:
        if outlet is not content.outlets()[0]:
            return web.Response(status=404)
        match request.method, request.path.removeprefix(CONTROL):
            case "GET", "stats":
                return web.json_response(self.stats())
            case "GET", "catalogue.csv":
                return web.Response(text=self.catalogue_csv(), content_type="text/csv", charset="utf-8")
            case "GET", "expected.json":
                rows = [{**asdict(row), "published_at": row.published_at.isoformat()} for row in self.expected()]
                return web.json_response(rows)
            case "POST", "advance":
                self.advance()
                return web.json_response({"edition": self.site.edition})
            case _:
                return web.Response(status=404)


def answer(site: Site, outlet: Outlet, path: str) -> Reply:
    """What the outlet answers to a path, in the site's edition. Queries play no part."""
    html = f"text/html; charset={outlet.encoding}" if outlet.declares_charset else "text/html"
    if path == "/robots.txt":
        return Reply(200, ROBOTS.encode(), "text/plain; charset=utf-8")
    for feed in outlet.feeds:
        if path == feed.path:
            body, content_type = render_feed(site, outlet, feed)
            return Reply(200, body, content_type, changed_at=site.changed_at())
    if path.startswith("/img/"):
        return Reply(200, PICTURE.encode(), "image/svg+xml")
    if path == "/":
        return Reply(200, render_home(site, outlet), html)
    address = site.addresses(outlet).get(path)
    if address is None or address.piece.kind == "not-found":
        return Reply(404, render_missing(site, outlet), html)
    if address.role == "redirect":
        return Reply(301, location=site.url(address.piece))
    if site.is_gone(address.piece):
        return Reply(410, render_missing(site, outlet), html)
    changed_at = site.changed_at() if address.piece.replacements else site.published(address.piece).astimezone(UTC)
    return Reply(200, render_page(site, outlet, address.piece), html, changed_at=changed_at)


def to_response(reply: Reply, outlet: Outlet, request: web.Request) -> web.Response:
    """Turn a reply into HTTP: validators, 304 by RFC 9110 (If-None-Match before If-Modified-Since), compression."""
    headers = {"Content-Type": reply.content_type, "X-Newsroom": "fiction"}
    if reply.location:
        return web.Response(status=reply.status, headers={**headers, "Location": reply.location})
    if reply.status == 200 and reply.changed_at:
        tag = f'W/"{hashlib.sha256(reply.body).hexdigest()[:20]}"'
        if outlet.validators in {"both", "etag"}:
            headers["ETag"] = tag
        if outlet.validators in {"both", "last-modified"}:
            headers["Last-Modified"] = email.utils.format_datetime(reply.changed_at.astimezone(UTC), usegmt=True)
        if _unchanged(request, headers, reply.changed_at):
            del headers["Content-Type"]
            return web.Response(status=304, headers=headers)
    response = web.Response(status=reply.status, body=reply.body, headers=headers)
    response.enable_compression()
    return response


def _unchanged(request: web.Request, headers: dict[str, str], changed_at: datetime) -> bool:
    wanted = request.headers.get("If-None-Match")
    if wanted is not None:
        return "ETag" in headers and headers["ETag"] in [tag.strip() for tag in wanted.split(",")]
    since = request.headers.get("If-Modified-Since")
    if since is None or "Last-Modified" not in headers:
        return False
    try:
        return changed_at.replace(microsecond=0) <= email.utils.parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False


@contextlib.asynccontextmanager
async def serve(port: int = 0, *, opened_at: datetime | None = None) -> AsyncIterator[Newsroom]:
    """Serve the newsroom while the context is open. Port 0 chooses a free one.

    `opened_at` (aware) is the moment that the pieces' ages count from; now, when not given. Raises OSError where the
    addresses 127.0.0.2 … cannot be bound (macOS needs `ifconfig lo0 alias` for each).
    """
    hosts = [outlet.host for outlet in content.outlets()]
    sockets = _bind(hosts, port)
    site = Site(sockets[0].getsockname()[1], (opened_at or datetime.now(UTC)).replace(microsecond=0))
    newsroom = Newsroom(site)
    runners = []
    try:
        for outlet, sock in zip(content.outlets(), sockets, strict=True):
            # No access log: the pipeline under test writes the one that matters
            runner = web.AppRunner(newsroom.application(outlet), access_log=None, shutdown_timeout=1.0)
            runners.append(runner)
            await runner.setup()
            if runner.server is not None:
                newsroom.servers[outlet.host] = runner.server
            await web.SockSite(runner, sock).start()
        yield newsroom
    finally:
        await asyncio.gather(*(runner.cleanup() for runner in runners))
        for sock in sockets:
            sock.close()


def _bind(hosts: list[str], port: int) -> list[socket.socket]:
    """Listening sockets on one port of every host. Raises OSError."""
    for attempt in range(BIND_ATTEMPTS):
        bound: list[socket.socket] = []
        try:
            for host in hosts:
                sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
                bound.append(sock)
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                sock.bind((host, bound[0].getsockname()[1] if len(bound) > 1 else port))
        except OSError as error:
            for sock in bound:
                sock.close()
            if port or attempt == BIND_ATTEMPTS - 1:
                raise OSError(error.errno, f"cannot listen on {host}: {error.strerror}") from error
        else:
            return bound
    raise AssertionError("unreachable")


def describe(newsroom: Newsroom) -> str:
    """One JSON line for scripts: where the outlets are and where to find catalogue and controls."""
    return json.dumps(
        {
            "port": newsroom.port,
            "outlets": {outlet.id: f"http://{outlet.host}:{newsroom.port}/" for outlet in content.outlets()},
            "catalogue": newsroom.control_url + "catalogue.csv",
            "control": newsroom.control_url,
            "listed": len(newsroom.expected()),
        }
    )
