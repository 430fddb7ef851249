"""One hostile server for all tests of this folder; at the end nobody may have been led into the internal network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hostile.cases import CASES
from hostile.hosts import HOSTS
from hostile.server import HostileServer


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostileServer]:
    behaviours = {name: case.behaviour for name, case in CASES.items()} | HOSTS
    with HostileServer(behaviours, tmp_path_factory.mktemp("certificates")) as running:
        yield running
        assert running.fooled == [], "the internal network was reached"
