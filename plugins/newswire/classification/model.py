"""The trained numbers, and how they become a probability. Nothing here but numpy."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newswire.classification.features import Vector, feature_names
from newswire.classification.values import Thresholds

Matrix = NDArray[np.float64]
Mask = NDArray[np.bool_]
SHIPPED = Path(__file__).parent / "model.json"


def sigmoid(z: Vector) -> Vector:
    """Log-odds to probability, safe for any finite input."""
    return 1.0 / (1.0 + np.exp(-np.clip(z, -30.0, 30.0)))


def log_odds(p: float) -> float:
    """Probability to log-odds; the ends are pulled in by 1e-6."""
    p = min(max(p, 1e-6), 1 - 1e-6)
    return float(np.log(p / (1 - p)))


@dataclass(frozen=True, slots=True)
class Forest:
    """Boosted trees, arrays of shape (trees, nodes): left when `x[feature] <= threshold`; leaves point home."""

    feature: NDArray[np.int64]
    threshold: Matrix
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    value: Matrix
    depth: int
    bias: float

    def score(self, x: Matrix) -> Vector:
        """Log-odds for rows of `x`."""
        trees = np.arange(self.feature.shape[0])[None, :]
        node = np.zeros((x.shape[0], self.feature.shape[0]), dtype=np.int64)
        rows = np.arange(x.shape[0])[:, None]
        for _ in range(self.depth):
            go_left = x[rows, self.feature[trees, node]] <= self.threshold[trees, node]
            node = np.where(go_left, self.left[trees, node], self.right[trees, node])
        out: Vector = self.value[trees, node].sum(axis=1) + self.bias
        return out


@dataclass(frozen=True, slots=True)
class Model:
    """A linear part and a forest over the same features, mixed in log-odds, then calibrated.

    Calibration: p = sigmoid(slope · z + offset[language group]), fitted on predictions for sources left out of
    training.
    """

    version: str
    mean: Vector
    scale: Vector
    weights: Vector
    bias: float
    forest: Forest | None
    mix: float  # share of the forest in the log-odds
    slope: float
    offset: float
    foreign_slope: float  # how much less is believed in a language without words of its own
    thresholds: Thresholds

    def score(self, x: Matrix) -> Vector:
        """Calibrated log-odds of "conflict" for rows of features."""
        linear: Vector = ((x - self.mean) / self.scale) @ self.weights + self.bias
        z = linear if self.forest is None else (1 - self.mix) * linear + self.mix * self.forest.score(x)
        out: Vector = self.slope * np.clip(z, -12.0, 12.0) + self.offset
        return out


def model_from(data: dict[str, Any]) -> Model:
    """A model from its JSON form; raises ValueError when it was trained for other features."""
    if tuple(data["features"]) != feature_names():
        raise ValueError("the model was trained for other features than this version computes: train it again")
    forest = None
    if data["forest"] is not None:
        f = data["forest"]
        forest = Forest(
            np.array(f["feature"], dtype=np.int64),
            np.array(f["threshold"], dtype=np.float64),
            np.array(f["left"], dtype=np.int64),
            np.array(f["right"], dtype=np.int64),
            np.array(f["value"], dtype=np.float64),
            int(f["depth"]),
            float(f["bias"]),
        )
    return Model(
        version=data["version"],
        mean=np.array(data["mean"]),
        scale=np.array(data["scale"]),
        weights=np.array(data["weights"]),
        bias=data["bias"],
        forest=forest,
        mix=data["mix"],
        slope=data["slope"],
        offset=data["offset"],
        foreign_slope=data["foreign_slope"],
        thresholds=Thresholds(**data["thresholds"]),
    )


@cache
def shipped() -> Model:
    """The model that comes with the package."""
    return model_from(json.loads(SHIPPED.read_text(encoding="utf-8")))
