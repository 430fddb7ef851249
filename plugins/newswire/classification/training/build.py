"""From rows to the shipped files: out-of-fold predictions, calibration, thresholds, the model, the vocabulary."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from newswire.classification import vocabulary
from newswire.classification.features import Vector, feature_names
from newswire.classification.model import Forest, Mask, Matrix, sigmoid
from newswire.classification.period import ceiling
from newswire.classification.tokens import words_of
from newswire.classification.training.augment import variants
from newswire.classification.training.data import Row, authored, corpus, hard_cases
from newswire.classification.training.fit import DIGITS, fit_forest, fit_linear, matrix
from newswire.classification.training.folds import second_split, unit_of

# Share of the forest in the mixed log-odds; from the table of families.
MIX = 0.75
# A wrong label in a published number costs an analyst more than a minute of a reviewer: one wrong decision is set to
# cost as much as eight reviews. With calibrated probabilities a decision then pays where it is wrong less often than
# once in eight. Thresholds that minimise the cost on the corpus itself jump by a tenth from one seed to the next.
WRONG_COST, REVIEW_COST = 8.0, 1.0
THRESHOLDS = (REVIEW_COST / WRONG_COST, 1 - REVIEW_COST / WRONG_COST)  # (other below, conflict from)
# So weak a penalty that it is felt only where the two classes part without a mistake, and no maximum exists.
CALIBRATION_C = 1e6
# In a language without words of its own the log-odds are shrunk by this factor: names carry, reasons do not.
FOREIGN_SLOPE = 0.6


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
    """All rows with their features: corpus first, then hard cases, then authored pieces, then variants of all of these.

    `origin[i]` is the number of the row that row i is, or is a variant of.
    """

    rows: list[Row]
    x: Matrix
    y: Vector
    w: Vector
    limit: Vector  # what the date in the address allows, in log-odds; infinite where it says nothing
    origin: NDArray[np.int64]
    n_corpus: int
    n_hard: int

    @property
    def in_corpus(self) -> Mask:
        """True for rows of the corpus."""
        mask: Mask = np.arange(len(self.rows)) < self.n_corpus
        return mask

    @property
    def is_hard(self) -> Mask:
        """True for hard cases."""
        i = np.arange(len(self.rows))
        mask: Mask = (i >= self.n_corpus) & (i < self.n_corpus + self.n_hard)
        return mask

    @property
    def is_variant(self) -> Mask:
        """True for variants."""
        mask: Mask = self.origin != np.arange(len(self.rows))
        return mask


def load(directory: Path) -> Data:
    """Read everything, make the variants, and compute the features."""
    base, hard, own = corpus(directory), hard_cases(directory), authored()
    rows = [*base, *hard, *own]
    more, origin = variants(rows)
    everything = [*rows, *more]
    return Data(
        rows=everything,
        x=matrix(everything),
        y=np.array([r.label for r in everything], dtype=float),
        w=np.array([r.weight for r in everything], dtype=float),
        limit=np.array([_limit(r) for r in everything]),
        origin=np.array([*range(len(rows)), *origin], dtype=np.int64),
        n_corpus=len(base),
        n_hard=len(hard),
    )


def _limit(row: Row) -> float:
    found = ceiling(row.url, None)
    return np.inf if found is None else found.log_odds


def fit(data: Data, train: Mask) -> Parts:
    """Fit both parts on the rows marked in `train`."""
    x, y, w = data.x[train], data.y[train], data.w[train]
    return Parts(*fit_linear(x, y, w), fit_forest(x, y, w))


Fitter = Callable[[Data, Mask], Callable[[Data, Mask], Vector]]


def shipped_family(data: Data, train: Mask) -> Callable[[Data, Mask], Vector]:
    """The family that is shipped, as a `Fitter`."""
    parts = fit(data, train)
    return lambda other, rows: parts.scores(other.x[rows])


def by_family(data: Data) -> list[str]:
    """The first split: the fold of each row, "" for a row of no fold."""
    return [r.fold or "" for r in data.rows]


def by_source(data: Data) -> list[str]:
    """The second split; a variant is in the fold of its row.

    Stray headlines of variants come from the same family (see `augment`), so here one may be that of a row left out: in
    an article of the other class, where it can only mislead.
    """
    units = [unit_of(r.source, r.id) for r, v in zip(data.rows, data.is_variant, strict=True) if not v]
    folds = second_split(units)
    return [folds[i] for i in data.origin]


def out_of_fold(data: Data, fitter: Fitter = shipped_family, split: Callable[[Data], list[str]] = by_family) -> Vector:
    """Log-odds of every row by a model that saw no row of its fold; NaN for variants and rows of no fold."""
    z = np.full(len(data.rows), np.nan)
    scored = ~data.is_variant
    folds = np.array(split(data))
    for name in sorted(set(folds) - {""}):
        test = (folds == name) & scored
        z[test] = fitter(data, folds != name)(data, test)
    return z


def calibrate(z: Vector, y: Vector) -> tuple[float, float]:
    """Slope and offset of Platt's scaling: p = sigmoid(slope · z + offset), by maximum likelihood.

    By Newton's method, since the loss is convex: a simplex search was seen to stop at an offset of -0.03 instead of -0.69.
    """
    model = LogisticRegression(C=CALIBRATION_C, solver="newton-cholesky", tol=1e-8)
    fitted = model.fit(np.clip(z, -12, 12)[:, None], y)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


@dataclass(frozen=True, slots=True)
class Calibrated:
    """Out-of-fold log-odds made probabilities, as the shipped model will make them."""

    slope: float
    offset: float
    p: Vector  # per row of the data; NaN where there was no prediction


def calibrated(data: Data, z: Vector) -> Calibrated:
    """Calibration by the predictions for the corpus; rows that their date decides teach no slope."""
    free = data.in_corpus & np.isinf(data.limit)
    slope, offset = calibrate(z[free], data.y[free])
    return Calibrated(slope, offset, probabilities(data, z, slope, offset))


def probabilities(data: Data, z: Vector, slope: float, offset: float) -> Vector:
    """Probabilities of rows from uncalibrated log-odds, under what their dates allow."""
    return sigmoid(np.minimum(slope * np.clip(z, -12, 12) + offset, data.limit))


def to_json(parts: Parts, calibration: Calibrated) -> dict[str, Any]:
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
        "slope": round(calibration.slope, 5),
        "offset": round(calibration.offset, 5),
        "foreign_slope": FOREIGN_SLOPE,
        "thresholds": dict(zip(("other", "conflict"), THRESHOLDS, strict=True)),
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
