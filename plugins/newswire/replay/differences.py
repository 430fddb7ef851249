"""What differs between what is stored and what a replay finds: pure functions over columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, is_dataclass
from datetime import UTC, datetime
from typing import Any, Literal

Kind = Literal["extraction", "verdict", "refused"]

NOISE = 0.005
"""Confidences and probabilities nearer than this are equal: the database keeps them with seven digits, and no decision
hangs on the third."""

ALWAYS = ("content_hash", "extractor_version")
"""Kept with every extraction change: they tell later whether the revision is still what was compared."""

JUDGED = frozenset({"title", "text", "language", "published_at"})
"""The columns that a classifier reads."""


@dataclass(frozen=True, slots=True)
class Change:
    """One row of news.reprocess_changes."""

    revision_id: int
    kind: Kind
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(slots=True)
class Tally:
    """Counts by group and name, which add up over chunks and go through JSON."""

    groups: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, group: str, name: str | None, count: int = 1) -> None:
        """Count something once (or `count` times)."""
        self.groups.setdefault(group, Counter())[name or "unknown"] += count

    def count(self, group: str, name: str) -> int:
        """How often something was counted."""
        return self.groups[group][name] if group in self.groups else 0

    def as_json(self) -> dict[str, dict[str, int]]:
        """Most frequent first."""
        return {group: dict(counts.most_common()) for group, counts in self.groups.items()}

    @staticmethod
    def from_json(stored: Mapping[str, Mapping[str, int]]) -> Tally:
        """The tally that `as_json` wrote."""
        return Tally({group: Counter(counts) for group, counts in stored.items()})


def plain(value: Any) -> Any:
    """A value as JSON has it: times in UTC, tuples as lists, frozen values as mappings."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    return value


def equal(one: Any, other: Any) -> bool:
    """Whether two plain values say the same."""
    if isinstance(one, float) and isinstance(other, (int, float)):
        return abs(one - other) < NOISE
    return bool(one == other)


def extraction_change(revision_id: int, stored: Mapping[str, Any], found: Mapping[str, Any]) -> Change | None:
    """The columns in which an extraction differs from the stored revision; None where it finds the same.

    A newer extractor that finds the same is no change: the stored version still tells who read it.
    """
    new = {name: plain(value) for name, value in found.items()}
    old = {name: plain(stored.get(name)) for name in new}
    names = [name for name in new if name != "extractor_version" and not equal(old[name], new[name])]
    if not names:
        return None
    names += [name for name in ALWAYS if name not in names]
    return Change(revision_id, "extraction", {n: old[n] for n in names}, {n: new[n] for n in names})


def changed_columns(change: Change) -> list[str]:
    """The columns that differ, without those that are kept always."""
    return [name for name in change.after if not equal(change.before[name], change.after[name]) and name not in ALWAYS]


def verdict_change(
    revision_id: int,
    current: Mapping[str, Any] | None,
    same_model: Mapping[str, Any] | None,
    new: Mapping[str, Any],
    content_hash: str,
    *,
    text_changed: bool,
) -> Change | None:
    """What a new verdict changes.

    Args:
        current: the stored verdict of the current model, as its row.
        same_model: the stored verdict of the model that judges now.
        new: the new verdict as a row of news.verdicts.
        content_hash: of the text that was judged.
        text_changed: the text is itself only proposed.

    Returns:
        None where the label stays and nothing stored need be replaced at promotion.
    """
    after = plain(new)
    flips = current is None or current["label"] != after["label"]
    replaces = same_model is not None and not same_verdict(same_model, after)
    if not (flips or replaces or text_changed):
        return None
    shown = ("label", "probability", "model_version", "centrality", "topics", "evidence")
    before = {name: plain(current[name]) for name in shown} if current is not None else {}
    old, now = _spans(before.get("evidence", ())), _spans(after["evidence"])
    extra = {
        "content_hash": content_hash,
        "evidence_gained": [text for text in now if text not in old],
        "evidence_lost": [text for text in old if text not in now],
    }
    return Change(revision_id, "verdict", before, after | extra)


def same_verdict(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two verdicts say the same by the same evidence."""
    return bool(
        one["label"] == other["label"]
        and abs(one["probability"] - other["probability"]) < NOISE
        and _spans(one["evidence"]) == _spans(other["evidence"])
    )


def _spans(evidence: Sequence[Mapping[str, Any]]) -> list[str]:
    return [str(item["text"]) for item in evidence]
