"""Names to addresses. The client takes any `Resolver`; this is the system's."""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from newswire.fetching.addresses import Address, parse_address

THREADS = 32
"""Lookups at once: getaddrinfo blocks up to half a minute on a dead name server, and must not hold up living names."""


class NameNotFoundError(Exception):
    """The name has no address, or nobody answers for it."""


class Resolver(Protocol):
    """Raises `NameNotFoundError`; returns addresses in the order of preference."""

    async def resolve(self, name: str) -> tuple[Address, ...]: ...


class SystemResolver:
    """getaddrinfo in threads of its own, so that slow names starve nobody else's executor."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="resolve")

    async def resolve(self, name: str) -> tuple[Address, ...]:
        loop = asyncio.get_running_loop()
        try:
            found = await loop.run_in_executor(self._threads, _lookup, name)
        except (OSError, UnicodeError) as error:
            raise NameNotFoundError(getattr(error, "strerror", None) or type(error).__name__) from error
        if not found:
            raise NameNotFoundError("no address")
        return found

    def close(self) -> None:
        """Let go of the threads; lookups under way end by themselves."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _lookup(name: str) -> tuple[Address, ...]:
    rows = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    texts = (str(row[4][0]) for row in rows)
    return tuple(dict.fromkeys(parse_address(text) for text in texts))
