"""Which subjects within the conflict a piece treats. Several may hold; each has a score of its own.

One logistic regression per subject over the concepts of the gazetteer (how often, how densely, in the title, in the
lead), trained on pieces whose subjects a person named; `training/topics.py` makes `topics.json`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newswire.classification.features import Vector, feature_names
from newswire.classification.model import sigmoid
from newswire.classification.values import Topic

SHIPPED = Path(__file__).parent / "topics.json"
# The list of the coding guide.
TOPICS = (
    "military", "diplomacy", "sanctions", "aid", "civilians", "justice", "energy", "information", "homefront", "territory",
)  # fmt: skip
# The features looked at: what is said, not how the names of the two sides stand to each other.
KINDS = ("count", "share", "title", "lead")
# A standardised feature beyond this is one rare word said often, and counts no more than that.
CLIP = 6.0


@dataclass(frozen=True, slots=True)
class TopicModel:
    """Weights of shape (topics, columns) over the standardised `columns` of the features; calibrated per topic."""

    columns: NDArray[np.int64]
    mean: Vector
    scale: Vector
    weights: NDArray[np.float64]
    bias: Vector
    slope: Vector
    offset: Vector
    limits: Vector  # probability from which a topic is given, per topic

    def probabilities(self, x: Vector) -> Vector:
        """Calibrated probability of each topic of `TOPICS`, for the features of one article."""
        z = self.weights @ np.clip((x[self.columns] - self.mean) / self.scale, -CLIP, CLIP) + self.bias
        return sigmoid(self.slope * z + self.offset)


def topics_of(x: Vector) -> tuple[Topic, ...]:
    """The topics of a piece about the conflict, strongest first, from its features. At least one is given."""
    model = shipped()
    p = model.probabilities(x)
    given = p >= model.limits
    if not given.any():
        given[int(np.argmax(p))] = True
    found = [Topic(name, round(float(q), 3)) for name, q, yes in zip(TOPICS, p, given, strict=True) if yes]
    return tuple(sorted(found, key=lambda t: (-t.score, t.name)))


def topic_columns() -> NDArray[np.int64]:
    """The columns of the features that topics are judged by."""
    return np.array([i for i, name in enumerate(feature_names()) if name.partition(":")[0] in KINDS])


def model_from(data: dict[str, Any]) -> TopicModel:
    """A model from its JSON form; raises ValueError when it was trained for other topics or features."""
    columns = topic_columns()
    if tuple(data["topics"]) != TOPICS or data["columns"] != [feature_names()[i] for i in columns]:
        raise ValueError("the topics were trained for other features than this version computes: build them again")
    fields = ("mean", "scale", "weights", "bias", "slope", "offset", "limits")
    return TopicModel(columns, *(np.array(data[name], dtype=np.float64) for name in fields))


@cache
def shipped() -> TopicModel:
    """The topics that come with the package."""
    return model_from(json.loads(SHIPPED.read_text(encoding="utf-8")))
