"""Whole hosts that the project's own server plays: robots.txt of every kind, and manners that need several requests."""

from __future__ import annotations

import asyncio
import time

from hostile.cases import FEED, XML
from hostile.server import Behaviour, Peer

HOSTS: dict[str, Behaviour] = {}
PAGE = b"<!doctype html><html><head><title>t</title></head><body><article><p>Text.</p></article></body></html>"


async def page(peer: Peer) -> None:
    await peer.answer(PAGE, "Content-Type: text/html")


def host(name: str, robots: Behaviour | bytes | str, behaviour: Behaviour = page) -> None:
    """A host with pages, and a robots.txt given as text, as a status line, or as a behaviour."""

    async def answer(peer: Peer) -> None:
        if isinstance(robots, bytes):
            await peer.answer(robots, "Content-Type: text/plain")
        elif isinstance(robots, str):
            await peer.answer(b"", status=robots)
        else:
            await robots(peer)

    HOSTS[name] = behaviour
    HOSTS[f"robots:{name}"] = answer


RULES = b"User-agent: *\nDisallow: /private\n"

host("robots-found", RULES)
host("robots-disallow-all", b"User-agent: *\nDisallow: /\n")
host("robots-names-us", b"User-agent: NEWSWIRE/2.0\nUser-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nDisallow:\n")
host("robots-404", "404 Not Found")
host("robots-401", "401 Unauthorized")
host("robots-403", "403 Forbidden")
host("robots-410", "410 Gone")
host("robots-500", "500 Internal Server Error")
host("robots-503", "503 Service Unavailable")
host("robots-html", b"<!doctype html><html><body>Welcome: home</body></html>")
host("robots-empty", b"")
host("robots-bom", b"\xef\xbb\xbf" + RULES)
host("robots-cp1251", "User-agent: *\n# комментарий\nDisallow: /private\n".encode("cp1251"))
host("robots-nul", b"User-agent: *\n\0\0\n" + b"X" * 100_000 + b": y\nDisallow: /private\n")
host("robots-cr-only", RULES.replace(b"\n", b"\r"))
host("robots-huge", RULES + b"# padding\n" * 100_000)
host("robots-override", b"User-agent: *\nDisallow: /a/\nAllow: /a/1$\nDisallow: /*.pdf$\n")
host("robots-delay", b"User-agent: *\nCrawl-delay: 0.4\nDisallow: /private\n")
host("robots-delay-of-an-hour", b"User-agent: *\nCrawl-delay: 3600\n")


async def endless_robots(peer: Peer) -> None:
    await peer.send(b"HTTP/1.1 200 OK\r\n\r\n" + RULES)
    await peer.forever(b"# padding\n" * 5000)


async def hanging(peer: Peer) -> None:
    await asyncio.sleep(10)


async def looping(peer: Peer) -> None:
    await peer.redirect("/robots.txt")


async def elsewhere(peer: Peer) -> None:
    await peer.redirect(f"http://robots-found.test:{peer.server.ports['http']}/robots.txt", 301)


async def three_hops(peer: Peer) -> None:
    hops = int(peer.path.partition("?")[2] or "0")
    await (peer.redirect(f"/robots.txt?{hops + 1}") if hops < 3 else peer.answer(RULES))


async def into_the_inside(peer: Peer) -> None:
    await peer.redirect(f"http://inside.test:{peer.server.ports['canary']}/robots.txt")


async def resetting(peer: Peer) -> None:
    peer.reset()


host("robots-endless", endless_robots)
host("robots-hangs", hanging)
host("robots-loops", looping)
host("robots-elsewhere", elsewhere)
host("robots-three-hops", three_hops)
host("robots-inside", into_the_inside)
host("robots-reset", resetting)


# -- hosts that reserve text and data mining for some of their pages

RESERVED = b"""[
 {"location": "/open/", "tdm-reservation": 0},
 {"location": "/*/essay$", "tdm-reservation": "1", "tdm-policy": "https://tdm.test/policy.json"},
 {"location": "/premium", "tdm-reservation": 1}
]"""


def tdm_host(name: str, tdmrep: Behaviour | bytes | str, robots: bytes | str = "404 Not Found") -> None:
    """A host with pages, and a tdmrep.json given as text, as a status line, or as a behaviour."""
    host(name, robots)
    host(f"file of {name}", tdmrep)
    HOSTS[f"tdmrep:{name}"] = HOSTS.pop(f"robots:file of {name}")
    del HOSTS[f"file of {name}"]


async def tdm_elsewhere(peer: Peer) -> None:
    await peer.redirect(f"http://tdm-reserves.test:{peer.server.ports['http']}/.well-known/tdmrep.json", 301)


async def tdm_inside(peer: Peer) -> None:
    await peer.redirect(f"http://inside.test:{peer.server.ports['canary']}/.well-known/tdmrep.json")


async def tdm_endless(peer: Peer) -> None:
    await peer.send(b"HTTP/1.1 200 OK\r\n\r\n[")
    await peer.forever(b'{"location": "/", "tdm-reservation": 1},' * 1000)


async def tdm_loops(peer: Peer) -> None:
    await peer.redirect("/.well-known/tdmrep.json")


async def tdm_fails_later(peer: Peer) -> None:
    asked = sum(seen.path.endswith("tdmrep.json") and seen.host == peer.seen.host for seen in peer.server.seen)
    await peer.answer(RESERVED if asked == 1 else b"", status="200 OK" if asked == 1 else "503 Oops")


tdm_host("tdm-reserves", RESERVED)
tdm_host("tdm-elsewhere", tdm_elsewhere)
tdm_host("tdm-fails-later", tdm_fails_later)
tdm_host("tdm-404", "404 Not Found")
tdm_host("tdm-403", "403 Forbidden")
tdm_host("tdm-500", "500 Oops")
tdm_host("tdm-html", b"<!doctype html><html><body>Nothing here</body></html>")
tdm_host("tdm-empty", b"")
tdm_host("tdm-object", b'{"location": "/", "tdm-reservation": 1}')
tdm_host("tdm-deep", b"[" * 100_000)
tdm_host("tdm-endless", tdm_endless)
tdm_host("tdm-hangs", hanging)
tdm_host("tdm-resets", resetting)
tdm_host("tdm-loops", tdm_loops)
tdm_host("tdm-inside", tdm_inside)
tdm_host("tdm-closed-by-robots", RESERVED, b"User-agent: *\nDisallow: /.well-known/\n")


# -- hosts for manners


async def changing_robots(peer: Peer) -> None:
    asked = sum(seen.path == "/robots.txt" and seen.host == peer.seen.host for seen in peer.server.seen)
    await peer.answer(RULES if asked == 1 else b"User-agent: *\nDisallow: /\n", "Cache-Control: max-age=1")


async def failing_robots(peer: Peer) -> None:
    asked = sum(seen.path == "/robots.txt" and seen.host == peer.seen.host for seen in peer.server.seen)
    await peer.answer(RULES if asked == 1 else b"", status="200 OK" if asked == 1 else "500 Oops")


async def rate_limiting(peer: Peer) -> None:
    await peer.answer(b"", "Retry-After: 120", status="429 Too Many Requests")


async def rate_limiting_silently(peer: Peer) -> None:
    await peer.answer(b"", status="429 Too Many Requests")


async def dropping_kept(peer: Peer) -> None:
    await peer.answer(FEED, "Connection: keep-alive", "Keep-Alive: timeout=60")
    peer.close()


async def speaking_unasked(peer: Peer) -> None:
    """Answers, and a little later sends a second answer that nobody asked for."""
    await peer.answer(FEED)
    await asyncio.sleep(0.1)
    await peer.answer(b"POISON")


async def slow_page(peer: Peer) -> None:
    started = time.monotonic()
    while time.monotonic() - started < 0.1:
        await asyncio.sleep(0.02)
    await page(peer)


async def validating(peer: Peer) -> None:
    if peer.headers.get("if-none-match") == 'W/"v1"' or peer.headers.get("if-modified-since"):
        await peer.send(b'HTTP/1.1 304 Not Modified\r\nETag: W/"v1"\r\n\r\n')
    else:
        await peer.answer(FEED, XML, 'ETag: W/"v1"', "Last-Modified: Sun, 20 Sep 2026 08:00:00 GMT")


async def setting_cookies(peer: Peer) -> None:
    if peer.path == "/feed":
        await peer.redirect(
            f"http://cookie-target.test:{peer.server.ports['http']}/feed", 302, "Set-Cookie: session=secret; Path=/"
        )
    else:
        await peer.answer(FEED, "Set-Cookie: session=secret; Path=/")


async def into_private(peer: Peer) -> None:
    await peer.redirect(f"http://robots-found.test:{peer.server.ports['http']}/private/x")


async def failing(peer: Peer) -> None:
    await peer.answer(b"", status="500 Oops")


host("robots-changes", changing_robots)
host("robots-fails-later", failing_robots)
host("rate-limits", "404 Not Found", rate_limiting)
host("rate-limits-silently", "404 Not Found", rate_limiting_silently)
host("drops-kept", "404 Not Found", dropping_kept)
host("speaks-unasked", "404 Not Found", speaking_unasked)
host("busy", "404 Not Found", slow_page)
host("validates", "404 Not Found", validating)
host("cookies", "404 Not Found", setting_cookies)
host("cookie-target", "404 Not Found", setting_cookies)
host("redirects-into-private", "404 Not Found", into_private)
host("down", "404 Not Found", failing)
host("down-by-reset", "404 Not Found", resetting)


async def large(peer: Peer) -> None:
    await peer.answer(b"<html>" + b"x" * 2_999_994, "Content-Type: text/html")


for number in range(12):
    host(f"large-{number}", "404 Not Found", large)
