"""What Linux says of a process's memory."""

from __future__ import annotations

from pathlib import Path


def kilobytes(pid: int | str, file: str, name: str) -> int:
    """The value of a line of /proc/PID/FILE (proc(5)), in kB; 0 when the process has ended.

    For the peak of a process read ``status``, ``VmHWM:``. The ``ru_maxrss`` of getrusage(2) survives exec, so a
    process that a big parent starts reports the parent's memory as its own.
    """
    try:
        for line in Path(f"/proc/{pid}/{file}").read_text(encoding="ascii").splitlines():
            if line.startswith(name):
                return int(line.split()[1])
    except (OSError, ValueError):
        pass  # it has ended
    return 0
