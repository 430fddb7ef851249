"""Who is at work on a state folder: a lock that the operating system takes back however its holder ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class OccupiedError(Exception):
    """Another process is at work on the folder."""

    def __init__(self, pid: int) -> None:
        super().__init__(f"process {pid}")
        self.pid = pid


@contextmanager
def occupied(folder: Path) -> Iterator[None]:
    """Hold the folder for the time of the body. The lock is beside it, because a demo deletes the folder itself.

    Raises:
        OccupiedError: another process holds it.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _file(folder).open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OccupiedError(_pid(folder)) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def occupant(folder: Path) -> int | None:
    """The process that holds the folder, if any; 0 for one that has not written its number yet."""
    try:
        with _file(folder).open(encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return None
    except BlockingIOError:
        return _pid(folder)
    return None


def _file(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.lock")


def _pid(folder: Path) -> int:
    return int(_file(folder).read_text(encoding="ascii") or 0)
