"""Every misbehaviour of the project's own hostile server ends in the outcome that it must have."""

from __future__ import annotations

import time

import pytest

from hostile.cases import CASES, FEED, OK, Case
from hostile.harness import DEADLINE, policy_for, with_client
from hostile.server import HostileServer
from newswire.fetching import Failure, Request, Response


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_case(server: HostileServer, case: Case) -> None:
    deadline = DEADLINE if case.slow else 8.0
    scheme = "http" if case.port == "http" else "https"
    request = Request(f"{scheme}://{case.name}.test:{server.ports[case.port]}/feed", case.kind)
    started = time.monotonic()
    result = with_client(policy_for(server, total_deadline=deadline), lambda client: client.fetch(request))
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
    assert server.fooled == []
