"""What origins said of themselves, kept for those who come later: the contract, and a store for one process."""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar


class Weighed(Protocol):
    """A record that knows its size."""

    @property
    def weight(self) -> int:
        """Bytes that it takes in memory, roughly."""


Record = TypeVar("Record")
Kept = TypeVar("Kept", bound=Weighed)


class OriginStore(Protocol[Record]):
    """Where records outlive a client: one per origin (scheme, host and port)."""

    async def get(self, origin: str) -> Record | None: ...
    async def put(self, origin: str, record: Record) -> None: ...


class MemoryStore(Generic[Kept]):
    """A store for one process, bounded by bytes: the oldest origins are forgotten first."""

    def __init__(self, *, max_bytes: int = 32 * 1024 * 1024) -> None:  # ten thousand real files; 64 of the largest
        self._records: dict[str, Kept] = {}
        self._bytes = 0
        self._max_bytes = max_bytes

    async def get(self, origin: str) -> Kept | None:
        return self._records.get(origin)

    async def put(self, origin: str, record: Kept) -> None:
        self._forget(origin)
        self._records[origin] = record
        self._bytes += record.weight
        while self._bytes > self._max_bytes and len(self._records) > 1:
            self._forget(next(iter(self._records)))

    def _forget(self, origin: str) -> None:
        record = self._records.pop(origin, None)
        if record is not None:
            self._bytes -= record.weight
