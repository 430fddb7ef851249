"""Compare an outcome with what a row of the shared suite expects. Pure; each rule quotes the suite's own vocabulary.

FEED_OK:n  FEED_PARTIAL:n  FEED_REJECT:why  ART_OK  ART_REJECT:why  NOT_MODIFIED  RETRY:when  GONE  BLOCK:why
"""

from __future__ import annotations

import re

from hostile.documents import Outcome, usable
from newswire.extraction import PageKind
from newswire.ledger import Fate, Reason

# the suite's words for a reason, where they cover several of ours
_REASONS = {
    "not-article": {
        Reason.NOT_ARTICLE, Reason.PARKED, Reason.INDEX_PAGE, Reason.SCRIPT_SHELL, Reason.STUB, Reason.TOO_SHORT,
    },
    "too-short": {Reason.TOO_SHORT, Reason.VIDEO},
}  # fmt: skip


def reasons_for(word: str) -> set[Reason]:
    return _REASONS.get(word) or {Reason(word)}


def mismatch(expected: str, detail: str, outcome: Outcome) -> str | None:
    """Why `outcome` is not what was expected, or None."""
    verb, _, argument = expected.partition(":")
    match verb:
        case "FEED_OK" | "FEED_PARTIAL":
            return _feed(verb, int(argument), detail, outcome)
        case "FEED_REJECT" if argument == "downgrade":
            flagged = outcome.response is not None and outcome.response.downgraded
            return None if flagged else "the downgrade was neither refused nor flagged"
        case "FEED_REJECT" | "ART_REJECT" | "BLOCK":
            if outcome.reason in reasons_for(argument):
                return None
            if "or stored as partial with a flag" in detail and outcome.article and outcome.article.paywalled:
                return None
            if "ART_OK also fine" in detail and outcome.article is not None and outcome.reason is None:
                return None
            return f"expected {argument}"
        case "ART_OK":
            if outcome.article is None or outcome.reason is not None or not outcome.article.text:
                return "expected an article"
            return None if outcome.article.kind is PageKind.ARTICLE else "expected the kind article"
        case "NOT_MODIFIED":
            good = outcome.response is not None and outcome.response.is_not_modified and outcome.reason is None
            return None if good else "expected 304"
        case "GONE":
            return None if (outcome.reason, outcome.fate) == (Reason.GONE, Fate.SKIP) else "expected gone"
        case "RETRY":
            return _retry(argument, outcome)
    return f"no rule for {expected}"


def _feed(verb: str, count: int, detail: str, outcome: Outcome) -> str | None:
    if outcome.feed is None:
        # "partial" leaves a clean refusal open where nothing, or nothing certain, must be kept
        may_refuse = verb == "FEED_PARTIAL" and (count == 0 or "reject" in detail) and outcome.reason is not None
        return None if may_refuse else f"expected {count} entries"
    got = len(outcome.feed.entries)
    if verb == "FEED_PARTIAL" and count == 0:
        return None
    if got != count:
        return f"expected {count} entries, got {got}"
    wanted = re.match(r"title must equal (.+)", detail)
    titles = [entry.title for entry in outcome.feed.entries]
    if wanted and titles[0] != wanted[1]:
        return f"expected the title {wanted[1]}, got {titles[0]}"
    if "equal after normalisation" in detail and len(set(titles)) != 1:
        return "titles differ"
    if detail.startswith("never fetched") and usable(outcome.feed):
        return "a link that must never be fetched"
    return None


def _retry(when: str, outcome: Outcome) -> str | None:
    if outcome.fate is not Fate.RETRY:
        return "expected a retry"
    wait = outcome.retry_after
    if when == "backoff":
        return None if wait is None else "expected our own backoff"
    if when == "date":
        return None if wait is not None and 80 <= wait <= 95 else "expected about 90 s"
    if when == "capped":
        return None if wait == 86_400 and "capped" in outcome.detail else "expected a cap that is said"
    return None if wait == float(when) else f"expected {when} s"
