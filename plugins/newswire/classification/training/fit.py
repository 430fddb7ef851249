"""Fitting: features to a linear model and boosted trees, with fixed seeds and one thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import lightgbm
import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from newswire.classification.features import Vector, features, read
from newswire.classification.language import language_of
from newswire.classification.model import Forest, Matrix
from newswire.classification.training.augment import without_unknown
from newswire.classification.training.data import Row

# Strong shrinking: with 500 correlated features and sources left out, weaker penalties lose up to three points of F1.
LINEAR_C = 0.0001
TREES = 150
# Small trees, shrunk leaves, a third of the features each: what held best for sources left out.
TREE_SETTINGS: dict[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.06,
    "num_leaves": 12,
    "min_data_in_leaf": 40,
    "lambda_l2": 5.0,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "max_bin": 63,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
# Forests are averaged over seeds: one alone moves by half a point of F1 with its seed.
SEEDS = (0, 1, 2)
# Significant digits kept: the last ones of a float differ between processors, and carry nothing.
DIGITS = 7


def matrix(rows: Sequence[Row]) -> Matrix:
    """Features of rows, shape (rows, features), rounded as the shipped model's own numbers are."""
    readings = (read(r.title, r.text, language_of(r.language, r.title, r.text)) for r in rows)
    return np.array([features(without_unknown(reading, row)) for reading, row in zip(readings, rows, strict=True)])


def fit_linear(x: Matrix, y: Vector, w: Vector) -> tuple[Vector, Vector, Vector, float]:
    """(mean, scale, weights, bias) of a logistic regression on standardised features."""
    mean, scale = x.mean(axis=0), x.std(axis=0)
    scale[scale < 1e-9] = 1.0
    model = LogisticRegression(C=LINEAR_C, max_iter=100, solver="newton-cholesky")
    fitted = model.fit((x - mean) / scale, y, sample_weight=w)
    return mean, scale, fitted.coef_[0], float(fitted.intercept_[0])


def fit_forest(x: Matrix, y: Vector, w: Vector) -> Forest:
    """Boosted trees, averaged over `SEEDS`, as plain arrays (see `Forest`)."""
    trees: list[dict[str, Any]] = []
    data = lightgbm.Dataset(x, y, weight=w, params={"max_bin": TREE_SETTINGS["max_bin"], "verbose": -1})
    for seed in SEEDS:
        booster = lightgbm.train({**TREE_SETTINGS, "seed": seed}, data, TREES)
        trees += [info["tree_structure"] for info in booster.dump_model()["tree_info"]]
    return _arrays(trees, 1.0 / len(SEEDS))


def _arrays(trees: Sequence[dict[str, Any]], share: float) -> Forest:
    """Nested trees as arrays; leaves point to themselves and carry `share` of their value."""
    flat = [_flatten(tree) for tree in trees]
    size = max(len(nodes) for nodes, _ in flat)
    shape = (len(flat), size)
    feature, left, right = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    threshold, value = np.zeros(shape), np.zeros(shape)
    for i, (nodes, _) in enumerate(flat):
        for j, (f, t, a, b, v) in enumerate(nodes):
            feature[i, j], threshold[i, j], left[i, j], right[i, j], value[i, j] = f, t, a, b, v * share
    return Forest(feature, threshold, left, right, value, max(depth for _, depth in flat), 0.0)


def _flatten(root: dict[str, Any]) -> tuple[list[tuple[int, float, int, int, float]], int]:
    """(nodes, depth) of one tree in breadth-first order."""
    queue: list[tuple[dict[str, Any], int]] = [(root, 0)]
    nodes: list[tuple[int, float, int, int, float]] = []
    deepest = 0
    at = 0
    while at < len(queue):
        node, level = queue[at]
        deepest = max(deepest, level)
        if "leaf_value" in node:
            nodes.append((0, 0.0, at, at, float(node["leaf_value"])))
        else:
            if node["decision_type"] != "<=":
                raise ValueError(f"unexpected decision {node['decision_type']!r}")
            left = len(queue)
            queue += [(node["left_child"], level + 1), (node["right_child"], level + 1)]
            nodes.append((int(node["split_feature"]), float(node["threshold"]), left, left + 1, 0.0))
        at += 1
    return nodes, deepest
