"""When a host counts as down: a pure circuit breaker over the results of its requests.

5xx and resets speak against one address until several addresses of the host fail in a row; then the host is paused,
and after the pause one probe decides (closed, open, half-open in the usual words).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from newswire.fetching.policy import Policy
from newswire.ledger import Reason

MIN_URLS = 3
"""Different addresses that must have failed: one broken feed, asked often, is no broken host."""


@dataclass(frozen=True, slots=True)
class HostHealth:
    """What recent requests to one host brought."""

    failures_in_a_row: int = 0
    failed_urls: frozenset[str] = frozenset()
    openings: int = 0
    """Pauses since the last success."""
    rate_limits: int = 0
    """429 answers since the last success."""

    def after_failure(self, url: str) -> HostHealth:
        urls = self.failed_urls if len(self.failed_urls) >= MIN_URLS else self.failed_urls | {url}
        return HostHealth(self.failures_in_a_row + 1, urls, self.openings, self.rate_limits)

    def after_opening(self) -> HostHealth:
        return HostHealth(self.failures_in_a_row, self.failed_urls, self.openings + 1, self.rate_limits)

    def after_rate_limit(self) -> HostHealth:
        return HostHealth(self.failures_in_a_row, self.failed_urls, self.openings, self.rate_limits + 1)

    def is_down(self, policy: Policy) -> bool:
        """Whether the host should be paused; once it was, each failed probe is enough."""
        if self.openings:
            return True
        return self.failures_in_a_row >= policy.breaker_threshold and len(self.failed_urls) >= MIN_URLS


HEALTHY = HostHealth()

_HOST_REASONS: Final = frozenset({Reason.DNS, Reason.CONNECT, Reason.TLS, Reason.RESET, Reason.TIMEOUT})


def is_host_failure(reason: Reason | None, status: int | None) -> bool:
    """Whether a result may speak against the whole host rather than against one address."""
    return reason in _HOST_REASONS or (status is not None and 500 <= status <= 599)


def rate_limit_pause(times: int, asked: float | None, policy: Policy) -> float:
    """Seconds of the pause after the 429 that is the `times`-th since the last good answer; `asked` is its Retry-After.

    A server is believed once. One that asks for no pause, or a short one, and then answers 429 again did not mean it:
    from then on our own pause counts too, which doubles each time.
    """
    own = pause_after(times, first=policy.rate_limit_pause, longest=policy.max_retry_after)
    if asked is None:
        return own
    return asked if times == 1 else max(asked, own)


def pause_after(times: int, *, first: float, longest: float) -> float:
    """Seconds of the next pause: doubled each time, bounded. `times` counts from 1."""
    return float(min(first * 2 ** min(times - 1, 30), longest))
