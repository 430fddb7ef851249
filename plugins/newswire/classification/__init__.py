"""Classification: is a piece about the Ukraine–Russia conflict, how sure, on which topics, and because of what.

    from newswire.classification import classify
    [verdict] = classify([{"title": "…", "text": "…", "language": "uk", "url": None}])

`CODING_GUIDE.md` defines the question, `MODEL_CARD.md` says how well it is answered, `training` makes the model.
"""

from __future__ import annotations

from collections.abc import Sequence

from newswire.classification.registry import load_classifier
from newswire.classification.values import (
    Article,
    Centrality,
    Classifier,
    Evidence,
    Flip,
    Label,
    Thresholds,
    Topic,
    Verdict,
)


def classify(articles: Sequence[Article]) -> list[Verdict]:
    """Judge articles with the shipped model: one verdict per article, in order. Deterministic, no network."""
    return load_classifier()(articles)


__all__ = [
    "Article", "Centrality", "Classifier", "Evidence", "Flip", "Label", "Thresholds", "Topic", "Verdict", "classify",
    "load_classifier",
]  # fmt: skip
