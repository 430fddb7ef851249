"""The values of this room: what a classifier is given, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

Label = Literal["conflict", "other", "uncertain"]
Centrality = Literal["central", "mentioned", "none"]
Field = Literal["title", "text"]

# An article: a mapping or an object with `title`, `text`, `language`, `url` and `published_at` (a datetime); all but `text`
# may be None or absent.
Article = Mapping[str, Any] | object


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim span of the article and what it does to the verdict.

    `weight` is measured, not guessed: the log-odds that the verdict loses when this span is not there (negative:
    gains).
    """

    text: str
    field: Field
    start: int  # offset in the field, in characters
    weight: float
    why: str  # the concepts found in the span, such as "ua_front+strike"


@dataclass(frozen=True, slots=True)
class Topic:
    """One subject within the conflict; `score` in [0, 1]. The names are listed in `topics.TOPICS`."""

    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probability below `other`: label "other"; at or above `conflict`: label "conflict"; between: "uncertain"."""

    other: float
    conflict: float


@dataclass(frozen=True, slots=True)
class Flip:
    """What the verdict would need to become another one.

    `threshold` is the nearest one in probability, `distance` the signed log-odds from the verdict to it (negative: the
    verdict would have to lose evidence), `removals` the fewest evidence spans, strongest first, whose removal crosses
    it (empty: no removal of the evidence shown does).
    """

    threshold: float
    label: Label
    distance: float
    removals: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a piece is about the conflict, how sure, on what, and because of what."""

    probability: float
    label: Label
    topics: tuple[Topic, ...]
    evidence: tuple[Evidence, ...]
    centrality: Centrality
    flip: Flip
    thresholds: Thresholds
    language: str  # the language read by: ISO 639-1, or "und"
    model_version: str
    unknown_rate: float = 0.0  # share of words that the training texts did not hold; watched for drift
    note: str | None = None  # why the confidence is lower than usual, in words

    @property
    def margin(self) -> float:
        """Distance to the nearest threshold in log-odds, never negative."""
        return abs(self.flip.distance)


class Classifier(Protocol):
    """What the pipeline needs of a classifier; `newswire.classification.registry` loads one by name."""

    @property
    def version(self) -> str:
        """Changes whenever the verdicts may change."""
        ...

    def __call__(self, articles: Sequence[Article]) -> list[Verdict]:
        """One verdict per article, in order; deterministic; never raises for the content of an article."""
        ...
