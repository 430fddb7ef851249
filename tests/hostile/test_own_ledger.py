"""The whole command against the project's own hostile server: the smaller sister of test_ledger.py, needing nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hostile.cases import CASES, OK, Case
from hostile.product import Product
from hostile.server import PUBLIC, HostileServer, Peer
from newswire.fetching import Kind
from newswire.ledger import Reason


def fits(case: Case) -> bool:
    """Whether a case can be played by a path of one common host, and soon."""
    own_host = case.name.startswith(("redirect", "dns", "robots")) or case.requests is not None
    breaks_the_host = case.expects in {Reason.RESET, Reason.TIMEOUT, Reason.SERVER_ERROR, Reason.RATE_LIMITED}
    return case.kind is Kind.FEED and case.port == "http" and not (case.slow or own_host or breaks_the_host)


CHOSEN = {name: case for name, case in CASES.items() if fits(case)}


@pytest.fixture(scope="module")
def product(postgres: Any, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    async def play(peer: Peer) -> None:
        case = CHOSEN.get(peer.path.removeprefix("/"))
        await (case.behaviour(peer) if case is not None else peer.answer(status="404 Not Found"))

    folder = tmp_path_factory.mktemp("own")
    with HostileServer({PUBLIC: play}, folder) as server:
        options = ["--allow-network", PUBLIC, "--allow-port", str(server.ports["http"]), "--min-gap", "0.01"]
        database_url = postgres.create_database("under_own_fire", template=template)
        product = Product(database_url, Path(folder), options)
        # The feeds list pages of hosts that do not exist: none is asked for.
        product.ingest([(name, f"http://{PUBLIC}:{server.ports['http']}/{name}") for name in CHOSEN], "--limit", "0")
        yield product
        assert server.fooled == [], "the internal network was reached"


def test_every_case_ends_in_the_ledger_as_expected(product: Product) -> None:
    rows = product.rows(
        "select o.name, p.* from news.polls p join news.feeds f using (feed_id) join news.outlets o using (outlet_id)"
    )
    assert len(rows) == len(CHOSEN) > 30
    misses = {}
    for row in rows:
        expected = CHOSEN[row["name"]].expects
        good = row["reason"] is None and row["outcome"] == "parsed" and row["entries"] > 0
        if not (good if expected == OK else row["reason"] == expected):
            misses[row["name"]] = (str(expected), row["outcome"], row["reason"], row["detail"])
        assert row["next_poll_at"] > row["polled_at"]
        assert row["next_poll_reason"]
    assert misses == {}


def test_the_run_is_whole(product: Product) -> None:
    [run] = product.runs
    assert run.exit_code == 0, run.errors
    assert run.ledger["ledger"]["adds_up"]
    assert run.left_running == []
    assert run.peak_mb < 400
    assert product.rows("select host from news.hosts where lease_until > now()") == []
