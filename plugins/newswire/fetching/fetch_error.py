"""How a fetch ends without an answer: raised inside this room, and turned into a `Failure` by the client."""

from __future__ import annotations

from typing import Final

from newswire.ledger import Fate, Reason

FINAL_REASONS: Final = frozenset(
    {Reason.BAD_URL, Reason.SCHEME, Reason.PORT, Reason.CREDENTIALS, Reason.INTERNAL_ADDRESS, Reason.ROBOTS}
)
"""Reasons that no later attempt will do away with."""


class FetchError(Exception):
    """A fetch ends here, with this reason."""

    def __init__(
        self, reason: Reason, detail: str, *, fate: Fate | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.fate = fate or (Fate.SKIP if reason in FINAL_REASONS else Fate.RETRY)
        self.retry_after = retry_after
        self.redirected = False
        """Whether the document was looked for elsewhere by then."""
