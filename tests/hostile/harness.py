"""What the tests against the hostile server share: names, a policy, and a client in an event loop of its own."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Awaitable, Callable
from typing import TypeVar

from hostile.server import INTERNAL, PUBLIC, HostileServer
from newswire.fetching import (
    Client,
    Failure,
    HostGate,
    Kind,
    Limits,
    NameNotFoundError,
    OriginStore,
    Policy,
    Request,
    Resolver,
    Response,
    RobotsRecord,
    TdmRecord,
)
from newswire.fetching.addresses import Address
from newswire.ledger import Reason

Result = TypeVar("Result")
Outcome = Response | Failure

CAP = 4 * 1024 * 1024
DEADLINE = 1.5


class Names:
    """A resolver for tests: `inside*` is internal, `unknown*` does not exist, every other name is public."""

    async def resolve(self, name: str) -> tuple[Address, ...]:
        if name.startswith("unknown"):
            raise NameNotFoundError("no such name")
        inside = name.startswith(("inside", "localhost"))
        return (ipaddress.ip_address(INTERNAL if inside else PUBLIC),)


def policy_for(server: HostileServer, **changes: object) -> Policy:
    """The default policy, with the test's public network, its ports and short waits."""
    ports = frozenset(port for name, port in server.ports.items() if name != "canary")
    values: dict[str, object] = {
        "allowed_networks": (ipaddress.ip_network(PUBLIC),),
        "allowed_ports": ports | {80, 443},
        "ca_file": server.ca_file,
        "min_gap": 0.0,
        "total_deadline": DEADLINE,
        "connect_timeout": DEADLINE / 2,
        "robots_deadline": DEADLINE,
        "limits": {kind: Limits(CAP, CAP) for kind in Kind} | {Kind.ROBOTS: Limits(512 * 1024, 512 * 1024)},
    }
    return Policy(**(values | changes))  # type: ignore[arg-type]


def with_client(
    policy: Policy,
    steps: Callable[[Client], Awaitable[Result]],
    *,
    gate: HostGate | None = None,
    robots: OriginStore[RobotsRecord] | None = None,
    reservations: OriginStore[TdmRecord] | None = None,
    resolver: Resolver | None = None,
) -> Result:
    """Run `steps` with a client in a fresh event loop."""

    async def run() -> Result:
        names = resolver or Names()
        async with Client(policy, gate=gate, robots=robots, reservations=reservations, resolver=names) as client:
            return await steps(client)

    return asyncio.run(run())


def url(server: HostileServer, host: str, path: str = "/a/2") -> str:
    """An address of one of the server's hosts."""
    return f"http://{host}.test:{server.ports['http']}{path}"


def ask(server: HostileServer, host: str, path: str = "/a/2", kind: Kind = Kind.PAGE, **changes: object) -> Outcome:
    """Fetch one document with a client of its own; `changes` are of its policy."""
    request = Request(url(server, host, path), kind)
    return with_client(policy_for(server, **changes), lambda client: client.fetch(request))


def reason(outcome: Outcome) -> Reason | None:
    """Why it failed; None for an answer."""
    return outcome.reason if isinstance(outcome, Failure) else None
