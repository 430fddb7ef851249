"""What the shared suite's server has written down of our manners."""

from __future__ import annotations

from typing import Any

# a loop and a chain are walked, a changing file is the point of its case, and other origins redirect to the plain hosts
_ASKED_OFTEN = {"robots-redirect-loop", "robots-redirect", "robots-changes", "normal"}


def politeness(log: list[dict[str, Any]], gap: float) -> list[str]:
    """What the server's own log says against us."""
    faults = []
    robots: dict[tuple[str, str], int] = {}
    for entry in log:
        case = f"{entry.get('vhost')}{entry.get('path')}"
        if entry.get("event") == "canary":
            faults.append(f"the canary was hit: {case}")
        if entry.get("event") not in ("request", None):
            continue
        if entry.get("inflight", 0) > 1:
            faults.append(f"two connections at once: {case}")
        if entry.get("gap_ms") is not None and entry["gap_ms"] < gap * 1000 - 5 and entry.get("role") == "http":
            faults.append(f"gap of {entry['gap_ms']} ms: {case}")
        if entry.get("robots_denied"):
            faults.append(f"disallowed by robots.txt: {case}")
        if entry.get("cookie") or entry.get("authorization"):
            faults.append(f"cookie or credentials sent: {case}")
        if (entry.get("note") or {}).get("violation"):
            faults.append(f"rate limit violated: {case}")
        if entry.get("path") == "/robots.txt" and not entry.get("query"):
            key = (str(entry.get("local")), str(entry.get("persona")))
            robots[key] = robots.get(key, 0) + 1
    for (local, persona), times in robots.items():
        if times > 1 and persona not in _ASKED_OFTEN:
            faults.append(f"robots.txt of {local} ({persona}) asked {times} times")
    return faults
