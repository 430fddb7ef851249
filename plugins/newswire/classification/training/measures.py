"""The figures of a set of predictions, computed as the shared scorer computes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from newswire.classification.features import Vector
from newswire.classification.model import Mask
from newswire.classification.training.build import THRESHOLDS, Data


def f1(y: Vector, said: Mask) -> float:
    """F1 of the positive class."""
    hit = float((said & (y == 1)).sum())
    wrong = float((said & (y == 0)).sum() + (~said & (y == 1)).sum())
    return 2 * hit / (2 * hit + wrong) if hit else 0.0


def roc_auc(y: Vector, p: Vector) -> float:
    """Area under the ROC curve, ties counted half."""
    _, inverse, counts = np.unique(p, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks = (ends - (counts - 1) / 2)[inverse]
    ones = float((y == 1).sum())
    zeros = len(y) - ones
    return float((ranks[y == 1].sum() - ones * (ones + 1) / 2) / (ones * zeros))


def calibration_error(y: Vector, p: Vector) -> float:
    """Expected calibration error over ten bins of equal size."""
    order, size = np.argsort(p, kind="stable"), max(1, len(p) // 10)
    bins = [order[i : i + size] for i in range(0, len(order), size)]
    return float(sum(len(b) / len(p) * abs(p[b].mean() - y[b].mean()) for b in bins))


@dataclass(frozen=True, slots=True)
class Groups:
    """Which rows a figure is computed on, and by which label."""

    masks: Mapping[str, Mask]
    labels: Mapping[str, Vector]


def groups(data: Data) -> Groups:
    """Everything by the labels of the corpus and by the corrected ones, hand-read rows, hard cases, languages.

    Rows that were read because they were drawn at random are easy, and stand apart from those read for doubt.
    """
    base, n = data.in_corpus, len(data.rows)
    given = np.array([r.given for r in data.rows], dtype=float)
    stated_read = np.array([r.kind == "read" for r in data.rows]) & base
    sure_read = np.array([r.sure for r in data.rows]) & base
    drawn = np.array([r.drawn for r in data.rows])
    masks = {
        "all": base, "all, corrected": base, "read in the corpus": stated_read,
        "read for the project": sure_read & ~drawn, "read at random": sure_read & drawn, "hard": data.is_hard,
        "written for the project": ~data.is_variant & ~base & ~data.is_hard,
    }  # fmt: skip
    labels = {"all": given}
    languages = np.array([r.language for r in data.rows])
    for language in sorted(set(languages[:n][base])):
        masks[f"language {language}"] = base & (languages == language)
    return Groups(masks, {name: labels.get(name, data.y) for name in masks})


def table(data: Data, p: Vector) -> dict[str, dict[str, Any]]:
    """Figures per group: F1 at one half, AUC, calibration error, share decided and share right of those."""
    out: dict[str, dict[str, Any]] = {}
    found = groups(data)
    for name, mask in found.masks.items():
        y, q = found.labels[name][mask], p[mask]
        decided = (q < THRESHOLDS[0]) | (q >= THRESHOLDS[1])
        right = float(((q >= 0.5) == (y == 1))[decided].mean()) if decided.any() else 0.0
        both = 0 < y.sum() < len(y)
        out[name] = {
            "rows": len(y), "positive": int(y.sum()), "f1": round(f1(y, q >= 0.5), 3),
            "auc": round(roc_auc(y, q), 4) if both else None, "ece": round(calibration_error(y, q), 3),
            "decided": round(float(decided.mean()), 3), "right": round(right, 3),
        }  # fmt: skip
    return out
