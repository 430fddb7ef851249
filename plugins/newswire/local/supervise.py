"""Airflow's parts as one family of processes: `python -m newswire.local.supervise api-server scheduler …`.

honcho starts them in process groups of their own, ends all when one ends, and passes SIGTERM on. `airflow standalone`
was not used: killed, it leaves its parts and thirty-two idle workers behind.
"""

from __future__ import annotations

import shlex
import sys

from honcho.manager import Manager


def main(parts: list[str]) -> int:
    """Run the parts until one ends or a signal comes. Returns the exit code of the first that ended."""
    manager = Manager()
    for part in parts:
        manager.add_process(part, f"exec {shlex.quote(sys.executable)} -m airflow {part}")
    manager.loop()
    return int(manager.returncode or 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
