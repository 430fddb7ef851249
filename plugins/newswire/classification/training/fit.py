"""Fitting: features to a linear model and boosted trees, with fixed seeds and one thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from newswire.classification.features import features, read
from newswire.classification.model import Forest, Matrix, Vector
from newswire.classification.training.data import Row

Scorer = Callable[[Matrix], Vector]

# Strong shrinking: with 400 correlated features and sources left out, weaker penalties lose up to three points of F1.
LINEAR_C = 0.001
TREES = {
    "max_iter": 150,
    "learning_rate": 0.06,
    "max_leaf_nodes": 12,
    "min_samples_leaf": 40,
    "l2_regularization": 5.0,
    "max_features": 0.3,
    "random_state": 0,
}
# Significant digits kept: the last ones of a float differ between processors, and carry nothing.
DIGITS = 7


def matrix(rows: Sequence[Row]) -> Matrix:
    """Features of rows, shape (rows, features)."""
    return np.array([features(read(r.title, r.text, r.language)) for r in rows])


def fit_linear(x: Matrix, y: Vector, w: Vector) -> tuple[Vector, Vector, Vector, float]:
    """(mean, scale, weights, bias) of a logistic regression on standardised features."""
    mean, scale = x.mean(axis=0), x.std(axis=0)
    scale[scale < 1e-9] = 1.0
    fitted = LogisticRegression(C=LINEAR_C, max_iter=5000, tol=1e-6).fit((x - mean) / scale, y, sample_weight=w)
    return mean, scale, fitted.coef_[0], float(fitted.intercept_[0])


def fit_forest(x: Matrix, y: Vector, w: Vector) -> Forest:
    """Boosted trees as plain arrays (see `Forest`)."""
    fitted = HistGradientBoostingClassifier(**TREES).fit(x, y, sample_weight=w)
    return export(fitted)


def export(fitted: Any) -> Forest:
    """The trees of a fitted HistGradientBoostingClassifier as arrays; leaves point to themselves."""
    trees = [stage[0].nodes for stage in fitted._predictors]
    size, depth = max(len(t) for t in trees), 0
    shape = (len(trees), size)
    feature, left, right = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    threshold, value = np.zeros(shape), np.zeros(shape)
    for i, nodes in enumerate(trees):
        for j, node in enumerate(nodes):
            leaf = bool(node["is_leaf"])
            feature[i, j] = 0 if leaf else int(node["feature_idx"])
            threshold[i, j] = 0.0 if leaf else float(node["num_threshold"])
            left[i, j] = j if leaf else int(node["left"])
            right[i, j] = j if leaf else int(node["right"])
            value[i, j] = float(node["value"]) if leaf else 0.0
            depth = max(depth, int(node["depth"]))
    bias = float(np.ravel(fitted._baseline_prediction)[0])
    return Forest(feature, threshold, left, right, value, depth, bias)
