"""A small hostile server on loopback: it speaks raw bytes, so that it can break every rule.

It listens on 127.0.0.2 (playing the public internet: http and several kinds of https) and on 127.0.0.1 (playing the
internal network: whoever connects there has been fooled). The Host header chooses the behaviour: `name.test` runs the
case `name`. It runs in a thread of its own and records every request.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import ipaddress
import ssl
import struct
import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from socket import SO_LINGER, SOL_SOCKET

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PUBLIC = "127.0.0.2"
INTERNAL = "127.0.0.1"
GOOD_NAMES = ("tls.test", "redirect-downgrade.test")
LONGEST = 30.0  # no behaviour goes on for longer, whatever its client does


@dataclass
class Seen:
    """One request as it arrived."""

    host: str
    path: str
    headers: dict[str, str]
    connection: int
    at: float
    in_flight: int


class Peer:
    """What a behaviour plays with: the request and the raw connection."""

    def __init__(self, seen: Seen, writer: asyncio.StreamWriter, server: HostileServer, count: int) -> None:
        self.seen = seen
        self.path = seen.path
        self.headers = seen.headers
        self.server = server
        self.count = count
        """How many requests this host has had, robots.txt not counted, this one included."""
        self._writer = writer
        self.closing = False

    async def send(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    async def answer(self, body: bytes = b"", *lines: str, status: str = "200 OK") -> None:
        """A correct answer with a Content-Length."""
        head = "\r\n".join((f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *lines))
        await self.send(head.encode() + b"\r\n\r\n" + body)

    async def chunked(self, *chunks: bytes, end: bytes = b"0\r\n\r\n", lines: tuple[str, ...] = ()) -> None:
        head = "\r\n".join(("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", *lines))
        await self.send(head.encode() + b"\r\n\r\n")
        for chunk in chunks:
            await self.send(b"%x\r\n%s\r\n" % (len(chunk), chunk))
        await self.send(end)

    async def redirect(self, location: str | bytes, status: int = 302, *lines: str) -> None:
        raw = location if isinstance(location, bytes) else location.encode()
        head = "\r\n".join((f"HTTP/1.1 {status} Moved", "Content-Length: 0", *lines)).encode()
        await self.send(head + b"\r\nLocation: " + raw + b"\r\n\r\n")

    async def forever(self, data: bytes, pause: float = 0.0) -> None:
        end = time.monotonic() + LONGEST
        while time.monotonic() < end:
            await self.send(data)
            await asyncio.sleep(pause)

    def reset(self) -> None:
        """Close with a TCP RST."""
        self._writer.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()
        self.closing = True

    def close(self) -> None:
        self._writer.close()
        self.closing = True


Behaviour = Callable[[Peer], Awaitable[None]]


_OWN_FILES = {"/robots.txt": "robots", "/.well-known/tdmrep.json": "tdmrep"}
"""What a client asks for by itself: behaviours of their own, which do not count as requests of a case."""


@dataclass
class HostileServer:
    """Start with `with HostileServer(behaviours, folder) as server`."""

    behaviours: dict[str, Behaviour]
    folder: Path
    seen: list[Seen] = field(default_factory=list)
    fooled: list[str] = field(default_factory=list)
    """Connections to the internal network."""
    ports: dict[str, int] = field(default_factory=dict)
    """http, canary, and the kinds of https: good, self-signed, expired, wrong-host, plain, drop, mute."""
    ca_file: str = ""

    def __enter__(self) -> HostileServer:
        self._contexts = make_certificates(self.folder)
        self.ca_file = str(self.folder / "ca.pem")
        ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run(ready)), daemon=True)
        self._thread.start()
        assert ready.wait(20), "the hostile server did not start"
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(20)

    async def _run(self, ready: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._in_flight: dict[str, int] = {}
        self._counts: dict[str, int] = {}
        self._connections = 0
        servers = [
            await self._listen("http", PUBLIC, self._serve),
            await self._listen("canary", INTERNAL, self._fool),
            await self._listen("plain", PUBLIC, self._serve),
            await self._listen("drop", PUBLIC, self._drop),
            await self._listen("mute", PUBLIC, self._mute),
        ]
        for kind, context in self._contexts.items():
            servers.append(await self._listen(kind, PUBLIC, self._serve, context))
        ready.set()
        await self._stop.wait()
        for server in servers:
            server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _listen(
        self,
        name: str,
        address: str,
        handle: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
        context: ssl.SSLContext | None = None,
    ) -> asyncio.Server:
        async def guarded(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            self._tasks.add(task)
            try:
                with contextlib.suppress(OSError, asyncio.IncompleteReadError, TimeoutError, asyncio.CancelledError):
                    await handle(reader, writer)
            finally:
                self._tasks.discard(task)
                with contextlib.suppress(OSError, RuntimeError):
                    writer.close()

        server = await asyncio.start_server(guarded, address, 0, ssl=context)
        self.ports[name] = server.sockets[0].getsockname()[1]
        return server

    async def _fool(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.fooled.append((await asyncio.wait_for(reader.read(300), 2)).decode("latin-1"))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nSECRET")

    async def _drop(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(10)

    async def _mute(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(LONGEST)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections += 1
        connection = self._connections
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            request, *lines = head.rstrip("\r\n").split("\r\n")
            headers = {key.lower(): value.strip() for key, _, value in (line.partition(":") for line in lines)}
            host = headers.get("host", "").partition(":")[0]
            self._in_flight[host] = self._in_flight.get(host, 0) + 1
            seen = Seen(host, request.split(" ")[1], headers, connection, time.monotonic(), self._in_flight[host])
            self.seen.append(seen)
            try:
                peer = await self._behave(seen, writer)
            finally:
                self._in_flight[host] -= 1
            if peer.closing:
                return

    async def _behave(self, seen: Seen, writer: asyncio.StreamWriter) -> Peer:
        name = seen.host.removesuffix(".test")
        kind = _OWN_FILES.get(seen.path.partition("?")[0])
        if kind is None:
            self._counts[name] = self._counts.get(name, 0) + 1
        peer = Peer(seen, writer, self, self._counts.get(name, 0))
        behaviour = self.behaviours.get(name if kind is None else f"{kind}:{name}")
        if behaviour is not None:
            await behaviour(peer)
        else:
            await peer.answer(status="404 Not Found")
        return peer

    def requests(self, case: str) -> list[Seen]:
        """What the host of a case was asked, robots.txt and tdmrep.json left out."""
        return [seen for seen in self.seen if seen.host == f"{case}.test" and seen.path not in _OWN_FILES]


def make_certificates(folder: Path, good_names: Sequence[str] = GOOD_NAMES) -> dict[str, ssl.SSLContext]:
    """A certificate authority and servers with good and bad certificates; the authority goes to `ca.pem`."""
    now = datetime.datetime.now(datetime.UTC)
    ca_key = ec.generate_private_key(ec.SECP256R1())
    ca_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Hostile test authority")])
    ca = _sign(ca_name, ca_key, ca_name, ca_key, now, [], is_ca=True)
    (folder / "ca.pem").write_bytes(ca.public_bytes(serialization.Encoding.PEM))
    contexts = {}
    for kind in ("good", "self-signed", "expired", "wrong-host"):
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, kind)])
        names = ["wrong.example"] if kind == "wrong-host" else good_names
        start = now - datetime.timedelta(days=30) if kind == "expired" else now
        issuer, issuer_key = (name, key) if kind == "self-signed" else (ca_name, ca_key)
        certificate = _sign(name, key, issuer, issuer_key, start, names)
        pem = folder / f"{kind}.pem"
        pem.write_bytes(
            certificate.public_bytes(serialization.Encoding.PEM)
            + key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        contexts[kind] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        contexts[kind].load_cert_chain(pem)
    return contexts


def _sign(
    name: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    start: datetime.datetime,
    names: Sequence[str],
    *,
    is_ca: bool = False,
) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start - datetime.timedelta(minutes=5))
        .not_valid_after(start + datetime.timedelta(days=2))
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
    )
    if names:
        alternatives: list[x509.GeneralName] = [x509.DNSName(each) for each in names]
        alternatives.append(x509.IPAddress(ipaddress.ip_address(PUBLIC)))
        builder = builder.add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
    return builder.sign(issuer_key, hashes.SHA256())
