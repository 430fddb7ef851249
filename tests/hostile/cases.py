"""The misbehaviours that the project's own hostile server plays, each with the outcome that must follow.

`expects` is OK (the body arrives intact), a `Reason`, or a set of acceptable reasons where several are right.
"""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import brotli
import zstandard

from hostile.server import INTERNAL, PUBLIC, Behaviour, Peer
from newswire.fetching import Kind
from newswire.ledger import Fate, Reason

OK: Final = "ok"
FEED = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>Hostile</title>'
    + b"".join(b"<item><title>Story %d</title><link>http://a.test/%d</link></item>" % (n, n) for n in range(40))
    + b"</channel></rss>"
)
XML = "Content-Type: application/rss+xml"


@dataclass(frozen=True)
class Case:
    name: str
    behaviour: Behaviour
    expects: str | Reason
    kind: Kind
    fate: Fate | None
    port: str
    """Which listener of the server is asked: http, or a kind of https."""
    requests: int | None
    """How many requests the case's host must have seen, where that matters."""
    slow: bool
    """Ends only by the deadline."""


CASES: dict[str, Case] = {}


def case(
    expects: str | Reason,
    *,
    name: str | None = None,
    kind: Kind = Kind.FEED,
    fate: Fate | None = None,
    port: str = "http",
    requests: int | None = None,
    slow: bool = False,
) -> Callable[[Behaviour], Behaviour]:
    def register(behaviour: Behaviour) -> Behaviour:
        label = name or behaviour.__name__.replace("_", "-")
        assert label not in CASES, label
        CASES[label] = Case(label, behaviour, expects, kind, fate, port, requests, slow)
        return behaviour

    return register


def raw(label: str, expects: str | Reason, data: bytes, *, close: bool = True, requests: int | None = None) -> None:
    """A case that sends fixed bytes and closes."""

    @case(expects, name=label, requests=requests)
    async def send(peer: Peer) -> None:
        await peer.send(data)
        if close:
            peer.close()


def _with_length(*lines: bytes, body: bytes = FEED, status: bytes = b"HTTP/1.1 200 OK") -> bytes:
    return b"\r\n".join((status, *lines, b"Content-Length: %d" % len(body))) + b"\r\n\r\n" + body


# -- the status line and the headers

raw("length", OK, _with_length())
raw("no-length", OK, b"HTTP/1.1 200 OK\r\n\r\n" + FEED)
raw("http-1-0", OK, b"HTTP/1.0 200 OK\r\n\r\n" + FEED)
raw("no-reason-phrase", OK, _with_length(status=b"HTTP/1.1 200"))
raw("escapes-in-reason-phrase", OK, _with_length(status=b"HTTP/1.1 200 \x1b[31mERROR\x1b[0m"))
raw("line-break-before-status", OK, b"\r\n" + _with_length())
raw("early-hints", OK, b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + _with_length())
raw("bare-line-feeds", OK, _with_length().replace(b"\r\n", b"\n"))
raw("folded-header", OK, _with_length(b"X-Fold: one\r\n two"))
raw("line-that-is-no-header", OK, _with_length(b"this is no header"))
raw("raw-bytes-in-header", OK, _with_length("X-Ru: Привет".encode("cp1251")))
raw("nul-in-header", OK, _with_length(b"X-Nul: a\0b"))
raw("two-equal-lengths", OK, _with_length(b"Content-Length: %d" % len(FEED)))
raw("length-as-list", OK, _with_length().replace(b"%d\r" % len(FEED), b"%d, %d\r" % (len(FEED), len(FEED))))
raw("no-status-line", Reason.PROTOCOL, FEED)
raw("status-without-number", Reason.PROTOCOL, b"HTTP/1.1 OK\r\nContent-Length: 2\r\n\r\nhi")
raw("status-of-four-digits", Reason.PROTOCOL, _with_length(status=b"HTTP/1.1 2000 OK"))
raw("another-protocol", Reason.PROTOCOL, b"SSH-2.0-OpenSSH_9.6\r\n")
raw("http-2-frame", Reason.PROTOCOL, b"\0\0\x12\x04\0\0\0\0\0" + b"\0" * 18)
raw("icy", Reason.PROTOCOL, b"ICY 200 OK\r\n\r\n")
raw("switching-protocols", Reason.PROTOCOL, b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n")
raw("interim-flood", Reason.PROTOCOL, b"HTTP/1.1 102 Processing\r\n\r\n" * 5000 + _with_length())
raw("header-lines-flood", Reason.PROTOCOL, _with_length(*(b"X-%d: v" % n for n in range(5000))))
raw("header-of-a-megabyte", Reason.PROTOCOL, _with_length(b"X: " + b"a" * 1_000_000))
raw("two-lengths", Reason.PROTOCOL, _with_length(b"Content-Length: 10"))
raw("negative-length", Reason.PROTOCOL, b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n" + FEED)
raw("length-with-plus", Reason.PROTOCOL, b"HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\n" + FEED)
raw("length-and-chunked", Reason.PROTOCOL, _with_length(b"Transfer-Encoding: chunked"))
raw("closed-in-the-headers", Reason.TRUNCATED, b"HTTP/1.1 200 OK\r\nContent-Type: text/x")
raw("closed-at-once", Reason.RESET, b"", requests=2)


@case(Reason.PROTOCOL)
async def endless_headers(peer: Peer) -> None:
    await peer.send(b"HTTP/1.1 200 OK\r\n")
    await peer.forever(b"X-More: header\r\n" * 100)


@case(Reason.TIMEOUT, slow=True)
async def dripping_headers(peer: Peer) -> None:
    await peer.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    await peer.forever(b"a", pause=0.05)


# -- the body and its framing

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
ONE_CHUNK = b"%x\r\n%s\r\n" % (len(FEED), FEED)

raw("chunk-extension", OK, CHUNKED + b"%x;name=value\r\n%s\r\n0\r\n\r\n" % (len(FEED), FEED))
raw("trailers", OK, CHUNKED + ONE_CHUNK + b"0\r\nX-Trailer: 1\r\n\r\n")
raw("last-line-break-missing", OK, CHUNKED + ONE_CHUNK + b"0\r\n")
raw("chunk-size-no-number", Reason.PROTOCOL, CHUNKED + b"zz\r\nabc\r\n")
raw("chunk-size-negative", Reason.PROTOCOL, CHUNKED + b"-5\r\nabcde\r\n0\r\n\r\n")
raw("chunk-size-0x", Reason.PROTOCOL, CHUNKED + b"0x5\r\nabcde\r\n0\r\n\r\n")
raw("chunk-size-overflow", Reason.PROTOCOL, CHUNKED + b"1" + b"0" * 30 + b"\r\nabc")
raw("chunk-longer-than-said", Reason.PROTOCOL, CHUNKED + b"3\r\nabcdef\r\n0\r\n\r\n")
raw("chunk-extension-of-a-megabyte", Reason.PROTOCOL, CHUNKED + b"5;" + b"x" * 1_000_000 + b"\r\nabcde\r\n0\r\n\r\n")
raw("trailers-flood", Reason.PROTOCOL, CHUNKED + ONE_CHUNK + b"0\r\n" + b"X: y\r\n" * 50_000 + b"\r\n")
raw("closed-between-chunks", Reason.TRUNCATED, CHUNKED + ONE_CHUNK)
raw("closed-in-the-body", Reason.TRUNCATED, _with_length()[:-300])
raw("chunked-twice", Reason.PROTOCOL, CHUNKED.replace(b"chunked", b"chunked, chunked") + ONE_CHUNK + b"0\r\n\r\n")


@case(OK)
async def tiny_chunks(peer: Peer) -> None:
    body = FEED + b" " * 10_000
    await peer.send(CHUNKED + b"".join(b"1\r\n%c\r\n" % byte for byte in body) + b"0\r\n\r\n")


@case(Reason.TOO_LARGE)
async def chunk_extensions_around_every_byte(peer: Peer) -> None:
    await peer.send(CHUNKED)
    await peer.forever(b"1;" + b"x" * 4000 + b"\r\na\r\n")


@case(Reason.TOO_LARGE)
async def endless_chunks(peer: Peer) -> None:
    await peer.send(CHUNKED)
    await peer.forever(b"10000\r\n" + b"x" * 65536 + b"\r\n")


@case(Reason.TOO_LARGE)
async def endless_until_close(peer: Peer) -> None:
    await peer.send(b"HTTP/1.0 200 OK\r\n\r\n")
    await peer.forever(b"x" * 65536)


@case(Reason.TOO_LARGE)
async def length_of_gigabytes(peer: Peer) -> None:
    await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 9000000000\r\n\r\n<rss>")
    await asyncio.sleep(5)


@case(Reason.TIMEOUT, slow=True)
async def dripping_body(peer: Peer) -> None:
    await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    await peer.forever(b"x", pause=0.05)


@case(Reason.TIMEOUT, slow=True)
async def stalled_body(peer: Peer) -> None:
    await peer.send(_with_length()[:-100])
    await asyncio.sleep(10)


@case(Reason.TIMEOUT, slow=True)
async def silent(peer: Peer) -> None:
    await asyncio.sleep(10)


# -- resets and kept connections


@case(Reason.RESET, requests=2)
async def reset_at_once(peer: Peer) -> None:
    peer.reset()


@case(Reason.RESET, requests=2)
async def reset_in_the_headers(peer: Peer) -> None:
    await peer.send(b"HTTP/1.1 200 OK\r\nConte")
    await asyncio.sleep(0.1)
    peer.reset()


@case(Reason.RESET, requests=2)
async def reset_in_the_body(peer: Peer) -> None:
    await peer.send(_with_length()[:-100])
    await asyncio.sleep(0.1)
    peer.reset()


@case(OK, requests=2)
async def reset_then_fine(peer: Peer) -> None:
    if peer.count == 1:
        peer.reset()
    else:
        await peer.answer(FEED)


@case(OK)
async def more_than_announced(peer: Peer) -> None:
    await peer.send(_with_length() + _with_length(body=b"POISON"))


# -- content coding

BIG = b"<rss>" + b" " * (64 * 1024 * 1024) + b"</rss>"


def coded(
    label: str, expects: str | Reason, coding: str | None, make: Callable[[], bytes], *, kind: Kind = Kind.FEED
) -> None:
    @case(expects, name=label, kind=kind)
    async def send(peer: Peer) -> None:
        await peer.answer(make(), *([f"Content-Encoding: {coding}"] if coding else []))


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def giant_window() -> bytes:
    """A zstd frame that asks for a window of 1 GiB: magic, descriptor, window descriptor, one raw block."""
    block = (len(FEED) << 3 | 1).to_bytes(3, "little") + FEED
    return b"\x28\xb5\x2f\xfd\x00" + bytes([(30 - 10) << 3]) + block


coded("gzip", OK, "gzip", lambda: gzip.compress(FEED))
coded("gzip-of-two-members", OK, "gzip", lambda: gzip.compress(FEED[:300]) + gzip.compress(FEED[300:]))
coded("gzip-and-garbage", OK, "gzip", lambda: gzip.compress(FEED) + b"\0" * 500)
coded("x-gzip", OK, "x-gzip", lambda: gzip.compress(FEED))
coded("deflate", OK, "deflate", lambda: zlib.compress(FEED))
coded("deflate-raw", OK, "deflate", lambda: raw_deflate(FEED))
coded("brotli", OK, "br", lambda: brotli.compress(FEED))
coded("brotli-and-garbage", Reason.ENCODING, "br", lambda: brotli.compress(FEED) + b"garbage")
coded("zstd", OK, "zstd", lambda: zstandard.compress(FEED))
coded("zstd-of-two-frames", OK, "zstd", lambda: zstandard.compress(FEED[:99]) + zstandard.compress(FEED[99:]))
coded("gzip-in-brotli", OK, "gzip, br", lambda: brotli.compress(gzip.compress(FEED)))
coded("identity", OK, "identity", lambda: FEED)
coded("charset-as-coding", OK, "UTF-8", lambda: FEED)
coded("coding-unheard-of-text", OK, "sdch", lambda: FEED)
coded("gzip-undeclared", OK, None, lambda: gzip.compress(FEED))
coded("gzip-declared-and-plain", OK, "gzip", lambda: FEED)
coded("brotli-declared-and-plain", OK, "br", lambda: FEED)
coded("zstd-declared-and-plain", OK, "zstd", lambda: FEED)
coded("deflate-declared-and-plain", OK, "deflate", lambda: FEED)
coded("gzip-bomb", Reason.TOO_LARGE, "gzip", lambda: gzip.compress(BIG))
coded("gzip-bomb-undeclared", Reason.TOO_LARGE, None, lambda: gzip.compress(BIG))
coded("gzip-bomb-nested", Reason.TOO_LARGE, "gzip, gzip", lambda: gzip.compress(gzip.compress(BIG)))
coded("brotli-bomb", Reason.TOO_LARGE, "br", lambda: brotli.compress(BIG, quality=5))
coded("zstd-bomb", Reason.TOO_LARGE, "zstd", lambda: zstandard.compress(BIG))
coded("zstd-giant-window", Reason.ENCODING, "zstd", giant_window)
coded("gzip-truncated", Reason.TRUNCATED, "gzip", lambda: gzip.compress(FEED)[:-40])
coded("gzip-without-checksum", Reason.TRUNCATED, "gzip", lambda: gzip.compress(FEED)[:-8])
coded("deflate-truncated", Reason.TRUNCATED, "deflate", lambda: zlib.compress(FEED)[:-20])
coded("brotli-truncated", Reason.TRUNCATED, "br", lambda: brotli.compress(FEED)[:-20])
coded("zstd-truncated", Reason.TRUNCATED, "zstd", lambda: zstandard.compress(FEED)[:-20])
coded("gzip-wrong-checksum", Reason.ENCODING, "gzip", lambda: gzip.compress(FEED)[:-8] + b"12345678")
coded("gzip-of-noise", Reason.ENCODING, "gzip", lambda: b"\x1f\x8b\x08" + b"\xff" * 500)
coded("coding-unheard-of-bytes", Reason.ENCODING, "sdch", lambda: b"\x91\x92\x93" * 100)
coded("four-codings", Reason.ENCODING, "gzip, gzip, gzip, gzip", lambda: gzip.compress(FEED))
coded("empty-members-flood", Reason.ENCODING, "gzip", lambda: gzip.compress(b"") * 5000)
coded("empty", Reason.EMPTY, None, lambda: b"")
coded("empty-with-coding", Reason.EMPTY, "gzip", lambda: b"")
coded("only-white-space", Reason.EMPTY, None, lambda: b" \r\n\r\n")


# -- redirects and the guard


def moves(label: str, expects: str | Reason, location: Callable[[Peer], str | bytes], *, port: str = "http") -> None:
    @case(expects, name=label, port=port)
    async def redirect(peer: Peer) -> None:
        if peer.path == "/feed":
            await peer.redirect(location(peer))
        else:
            await peer.answer(FEED, XML)


def here(peer: Peer, path: str) -> str:
    return f"http://{peer.headers['host']}{path}"


def canary(host: str) -> Callable[[Peer], str]:
    return lambda peer: f"http://{host}:{peer.server.ports['canary']}/secret"


moves("redirect", OK, lambda peer: here(peer, "/moved"))
moves("redirect-relative", OK, lambda peer: "../moved?x=1#part")
moves("redirect-query-only", OK, lambda peer: "?page=2")
moves("redirect-without-scheme", OK, lambda peer: f"//{peer.headers['host']}/moved")
moves("redirect-utf8", OK, lambda peer: "/лента.xml".encode())
moves("redirect-cp1251", OK, lambda peer: "/лента.xml".encode("cp1251"))
moves("redirect-with-spaces", OK, lambda peer: " /with space ")
moves("redirect-to-itself", Reason.TOO_MANY_REDIRECTS, lambda peer: here(peer, "/feed"))
for scheme in ("file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1:25/_x", "data:text/xml,<rss/>"):
    moves(f"redirect-{scheme.partition(':')[0]}", Reason.SCHEME, lambda peer, scheme=scheme: scheme)
for number, spelling in enumerate((
    "127.0.0.1", "localhost", "localhost.", "LOCALHOST", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
    "[0:0:0:0:0:0:0:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fd00:ec2::254]", "[fe80::1]", "2130706433",
    "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "127.0.1", "0", "0.0.0.0", "①②⑦.⓪.⓪.①", "１２７.0.0.1",
    "127。0。0。1", "%31%32%37.0.0.1", "127.0.0\u00ad.1", "169.254.169.254", "10.0.0.1", "172.16.0.1", "192.168.1.1",
    "100.64.0.1", "224.0.0.1", "255.255.255.255", "168.63.129.16", "user@127.0.0.1", "127.0.0.2@127.0.0.1",
    "inside", "inside.test",
)):  # fmt: skip
    moves(f"redirect-inside-{number}", Reason.INTERNAL_ADDRESS, canary(spelling))
moves(
    "redirect-backslash", Reason.INTERNAL_ADDRESS,
    lambda peer: f"http://{INTERNAL}:{peer.server.ports['canary']}\\@{PUBLIC}/",
)  # fmt: skip
moves(
    "redirect-backslash-reversed", Reason.INTERNAL_ADDRESS,
    lambda peer: f"http://{PUBLIC}\\@{INTERNAL}:{peer.server.ports['canary']}/",
)  # fmt: skip
moves("redirect-to-another-port", Reason.PORT, lambda peer: f"http://{PUBLIC}:22/")
moves("redirect-with-credentials", Reason.CREDENTIALS, lambda peer: here(peer, "/x").replace("//", "//user:secret@"))
moves("redirect-without-host", Reason.BAD_URL, lambda peer: "http:///")
moves("redirect-to-impossible-host", Reason.BAD_URL, lambda peer: "http://1.2.3.4.5/")
moves("redirect-to-unknown-name", Reason.DNS, lambda peer: "http://unknown.test/")
moves("redirect-downgrade", OK, lambda peer: f"http://{peer.seen.host}:{peer.server.ports['http']}/moved", port="good")


@case(Reason.TOO_MANY_REDIRECTS, requests=6)
async def redirect_chain(peer: Peer) -> None:
    await peer.redirect(f"/feed/{peer.count}")


@case(Reason.TOO_MANY_REDIRECTS, requests=1)
async def redirect_for_a_cookie(peer: Peer) -> None:
    await peer.redirect(here(peer, "/feed"), 302, f"Set-Cookie: k{peer.count}=v; Path=/")


@case(OK, requests=6)
async def redirect_five_times(peer: Peer) -> None:
    await (peer.redirect(f"/feed/{peer.count}", 301) if peer.count < 6 else peer.answer(FEED))


@case(Reason.PROTOCOL)
async def redirect_nowhere(peer: Peer) -> None:
    await peer.answer(b"moved", status="302 Found")


@case(Reason.PROTOCOL)
async def redirect_to_two_places(peer: Peer) -> None:
    await peer.redirect("/one", 302, "Location: /two")


@case(OK)
async def redirect_with_endless_body(peer: Peer) -> None:
    if peer.path == "/feed":
        await peer.send(b"HTTP/1.1 302 Found\r\nLocation: /moved\r\n\r\n")
        await peer.forever(b"x" * 65536)
    await peer.answer(FEED)


# -- statuses whose body does not come


@case(Reason.NOT_FOUND, fate=Fate.RETRY)
async def not_found_with_stalled_body(peer: Peer) -> None:
    await peer.send(b"HTTP/1.1 404 Not Found\r\nContent-Length: 500\r\n\r\nno")
    await asyncio.sleep(10)


@case(Reason.GONE, fate=Fate.SKIP)
async def gone_with_endless_body(peer: Peer) -> None:
    await peer.send(b"HTTP/1.1 410 Gone\r\n\r\n")
    await peer.forever(b"x" * 65536)


@case(Reason.SERVER_ERROR, fate=Fate.RETRY)
async def error_with_broken_gzip(peer: Peer) -> None:
    await peer.answer(b"\x1f\x8b\x08\xff\xff\xff", "Content-Encoding: gzip", status="502 Bad Gateway")


@case(Reason.NON_HTML, kind=Kind.PAGE, fate=Fate.SKIP)
async def video_of_gigabytes(peer: Peer) -> None:
    await peer.send(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 2147483648\r\n\r\n")
    await peer.forever(b"\0" * 65536)


# -- TLS


async def _fine(peer: Peer) -> None:
    await peer.answer(FEED, XML)


case(OK, name="tls", port="good")(_fine)
for bad in ("self-signed", "expired", "wrong-host", "plain", "drop"):
    case(Reason.TLS, name=f"tls-{bad}", port=bad)(_fine)
case(Reason.TLS, name="tls-mute", port="mute", slow=True)(_fine)
