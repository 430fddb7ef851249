"""Airflow's parts as one family of processes: `python -m newswire.local.supervise api-server scheduler …`.

honcho starts them in process groups of their own, ends all when one ends, and passes SIGTERM on. `airflow standalone`
was not used: killed, it leaves its parts and thirty-two idle workers behind.
"""

from __future__ import annotations

import shlex
import sys

from honcho.manager import Manager

LOG_SERVERS = frozenset({"scheduler", "triggerer"})
"""Parts that serve the logs of tasks to other machines, on all interfaces, which Airflow cannot be told to narrow. Here
the api-server reads them from the disk that all parts share, so they are switched off."""


def command(part: str) -> str:
    """The shell command of a part of Airflow."""
    option = " --skip-serve-logs" if part in LOG_SERVERS else ""
    return f"exec {shlex.quote(sys.executable)} -m airflow {part}{option}"


def main(parts: list[str]) -> int:
    """Run the parts until one ends or a signal comes. Returns the exit code of the first that ended."""
    manager = Manager()
    for part in parts:
        manager.add_process(part, command(part))
    manager.loop()
    return int(manager.returncode or 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
