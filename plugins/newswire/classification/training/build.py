"""From rows to the shipped files: out-of-fold predictions, calibration, thresholds, the model, the vocabulary."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]

from newswire.classification import vocabulary
from newswire.classification.features import feature_names
from newswire.classification.model import Forest, Matrix, Vector, sigmoid
from newswire.classification.tokens import words_of
from newswire.classification.training.data import Row, authored, corpus, hard_cases
from newswire.classification.training.fit import DIGITS, fit_forest, fit_linear, matrix
from newswire.classification.training.folds import split

# Share of the forest in the mixed log-odds; from the table of families.
MIX = 0.5
# A wrong label in a published number costs an analyst more than a minute of a reviewer: one wrong decision is set to cost
# as much as ten reviews, and the thresholds minimise the cost on out-of-fold predictions.
WRONG_COST, REVIEW_COST = 10.0, 1.0
# In a language without words of its own the log-odds are shrunk by this factor: names carry, reasons do not.
FOREIGN_SLOPE = 0.6
HARD_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Parts:
    """A fitted, uncalibrated model."""

    mean: Vector
    scale: Vector
    weights: Vector
    bias: float
    forest: Forest

    def scores(self, x: Matrix) -> Vector:
        """Mixed log-odds, before calibration."""
        linear: Vector = ((x - self.mean) / self.scale) @ self.weights + self.bias
        return (1 - MIX) * linear + MIX * self.forest.score(x)


@dataclass(frozen=True, slots=True)
class Data:
    """All rows with their features: corpus first, then hard cases, then authored pieces."""

    rows: list[Row]
    x: Matrix
    y: Vector
    w: Vector
    n_corpus: int
    n_hard: int

    @property
    def is_hard(self) -> Vector:
        """True for hard cases."""
        mask = np.zeros(len(self.rows), dtype=bool)
        mask[self.n_corpus : self.n_corpus + self.n_hard] = True
        return mask


def load(directory: Path) -> Data:
    """Read everything and compute the features."""
    base, hard, own = corpus(directory), hard_cases(directory), authored()
    rows = [*base, *hard, *own]
    y = np.array([r.label for r in rows], dtype=float)
    w = np.array([r.weight for r in rows], dtype=float)
    return Data(rows, matrix(rows), y, w, len(base), len(hard))


def fit(data: Data, train: Vector) -> Parts:
    """Fit both parts on the rows marked in `train`."""
    x, y, w = data.x[train], data.y[train], data.w[train]
    return Parts(*fit_linear(x, y, w), fit_forest(x, y, w))


def out_of_fold(data: Data) -> Vector:
    """Log-odds of every corpus row and hard case by a model that saw no row of its source; NaN for authored pieces.

    A hard case of a source is scored with its source left out; one without a source by k-fold, every k-th case of the list
    (sorted by id, so that kinds and languages are spread) left out at a time.
    """
    z = np.full(len(data.rows), np.nan)
    folds = [r.fold for r in data.rows]
    for _, train, test in split(folds):
        mask = np.zeros(len(folds), dtype=bool)
        mask[train] = True
        z[test] = fit(data, mask).scores(data.x[test])
    loose = [i for i in np.flatnonzero(data.is_hard) if folds[i] is None]
    for k in range(HARD_FOLDS):
        test = loose[k::HARD_FOLDS]
        mask = np.ones(len(folds), dtype=bool)
        mask[test] = False
        z[test] = fit(data, mask).scores(data.x[test])
    return z


def calibrate(z: Vector, y: Vector, w: Vector | None = None) -> tuple[float, float]:
    """Slope and offset of Platt's scaling: p = sigmoid(slope · z + offset), by maximum likelihood."""
    weights = np.ones_like(y) if w is None else w

    def loss(ab: Vector) -> float:
        p = np.clip(sigmoid(ab[0] * np.clip(z, -12, 12) + ab[1]), 1e-9, 1 - 1e-9)
        return float(-(weights * (y * np.log(p) + (1 - y) * np.log(1 - p))).sum() / weights.sum())

    found = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead", options={"xatol": 1e-6, "fatol": 1e-9})
    return float(found.x[0]), float(found.x[1])


def choose_thresholds(p: Vector, y: Vector) -> tuple[float, float]:
    """(other, conflict): the pair that costs least at `WRONG_COST` per wrong decision and `REVIEW_COST` per review."""
    grid = np.round(np.concatenate([np.arange(0.02, 0.5, 0.01), np.arange(0.5, 0.99, 0.01)]), 2)
    low = min((t for t in grid if t <= 0.5), key=lambda t: _cost(p, y, float(t), 0.5))
    high = min((t for t in grid if t >= 0.5), key=lambda t: _cost(p, y, 0.5, float(t)))
    return float(low), float(high)


def _cost(p: Vector, y: Vector, low: float, high: float) -> float:
    wrong = ((p < low) & (y == 1)).sum() + ((p >= high) & (y == 0)).sum()
    return float(WRONG_COST * wrong + REVIEW_COST * ((p >= low) & (p < high)).sum())


def to_json(parts: Parts, calibration: tuple[float, float], thresholds: tuple[float, float]) -> dict[str, Any]:
    """The model file; the version names its content."""

    def short(values: Any) -> Any:
        if isinstance(values, np.ndarray):
            if values.dtype.kind == "i":
                return values.tolist()
            return [short(v) for v in values] if values.ndim > 1 else [float(f"{v:.{DIGITS}g}") for v in values]
        return float(f"{values:.{DIGITS}g}")

    forest = parts.forest
    body: dict[str, Any] = {
        "features": list(feature_names()),
        "mean": short(parts.mean),
        "scale": short(parts.scale),
        "weights": short(parts.weights),
        "bias": short(parts.bias),
        "mix": MIX,
        "slope": round(calibration[0], 5),
        "offset": round(calibration[1], 5),
        "foreign_slope": FOREIGN_SLOPE,
        "thresholds": {"other": thresholds[0], "conflict": thresholds[1]},
        "forest": {
            "feature": short(forest.feature),
            "threshold": short(forest.threshold),
            "left": short(forest.left),
            "right": short(forest.right),
            "value": short(forest.value),
            "depth": forest.depth,
            "bias": short(forest.bias),
        },
    }
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:10]
    return {"version": f"gazetteer-1-{digest}", **body}


def known_stems(rows: list[Row]) -> list[str]:
    """Stems that occur in at least two texts; a stem of one text is a name or a typing error of that text."""
    seen: Counter[str] = Counter()
    for row in rows:
        seen.update({vocabulary.stem(w) for w in words_of(row.text).raw if not w[0].isdigit()})
    return sorted(s for s, n in seen.items() if n >= 2)
