"""Every misbehaviour of the project's own hostile server ends in the outcome that it must have."""

from __future__ import annotations

import asyncio
import ipaddress
import time
from collections.abc import Iterator

import pytest
from hostile.cases import CASES, FEED, OK, ROBOTS, Case
from hostile.server import INTERNAL, PUBLIC, HostileServer
from newswire.fetching import Client, Failure, Kind, Limits, NameNotFoundError, Policy, Request, Response
from newswire.fetching.addresses import Address

CAP = 4 * 1024 * 1024
DEADLINE = 1.5


class Names:
    """A resolver for the test: `inside*` is internal, `unknown*` does not exist, every other name is public."""

    async def resolve(self, name: str) -> tuple[Address, ...]:
        if name.startswith("unknown"):
            raise NameNotFoundError("no such name")
        inside = name.startswith(("inside", "localhost"))
        return (ipaddress.ip_address(INTERNAL if inside else PUBLIC),)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostileServer]:
    behaviours = {name: case.behaviour for name, case in CASES.items()}
    behaviours |= {f"robots:{name}": behaviour for name, behaviour in ROBOTS.items()}
    with HostileServer(behaviours, tmp_path_factory.mktemp("certificates")) as running:
        yield running
        assert running.fooled == [], "the internal network was reached"


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


def fetch(server: HostileServer, case: Case, **changes: object) -> Response | Failure:
    scheme = "http" if case.port == "http" else "https"
    url = f"{scheme}://{case.name}.test:{server.ports[case.port]}/feed"

    async def run() -> Response | Failure:
        async with Client(policy_for(server, **changes), resolver=Names()) as client:
            return await client.fetch(Request(url, case.kind))

    return asyncio.run(run())


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_case(server: HostileServer, case: Case) -> None:
    deadline = DEADLINE if case.slow else 8.0
    started = time.monotonic()
    result = fetch(server, case, total_deadline=deadline)
    took = time.monotonic() - started
    if case.expects == OK:
        assert isinstance(result, Response), result
        assert result.body.strip() == FEED
    else:
        assert isinstance(result, Failure), result
        assert result.reason == case.expects, result
        assert case.fate in (None, result.fate)
        assert result.detail.isprintable()
    assert took < 2 * deadline + 1
    if case.requests is not None:
        assert len(server.requests(case.name)) == case.requests
