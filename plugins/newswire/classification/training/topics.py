"""How `topics.json` is made: one logistic regression per topic on pieces whose topics a person named.

As for the model itself, whole families of sources are left out for every figure, and for calibration and limits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from newswire.classification.features import Vector, feature_names
from newswire.classification.model import Mask, Matrix, sigmoid
from newswire.classification.topics import CLIP, TOPICS, topic_columns
from newswire.classification.training.build import Data, calibrate
from newswire.classification.training.fit import DIGITS

# Of 0.0003 to 0.02 the best on families left out; ten times more or less loses one to five points of F1.
C = 0.01
GRID = np.round(np.arange(0.1, 0.8, 0.02), 2)


@dataclass(frozen=True, slots=True)
class Named:
    """Pieces about the conflict whose topics a person named: features, topics (pieces, topics), folds."""

    x: Matrix
    y: NDArray[np.bool_]
    fold: NDArray[np.str_]


def named(data: Data) -> Named:
    """The rows of `data` to learn topics from."""
    rows = [
        i for i, row in enumerate(data.rows)
        if row.topics and row.label == 1 and row.fold and row.sure and not data.is_variant[i]
    ]  # fmt: skip
    y = np.array([[topic in data.rows[i].topics for topic in TOPICS] for i in rows])
    return Named(data.x[rows][:, topic_columns()], y, np.array([data.rows[i].fold for i in rows]))


def _standard(x: Matrix) -> tuple[Vector, Vector]:
    mean, scale = x.mean(axis=0), x.std(axis=0)
    scale[scale < 1e-9] = 1.0
    return mean, scale


def _fit(x: Matrix, y: NDArray[np.bool_]) -> tuple[Matrix, Vector]:
    """(weights, biases) of one regression per topic on standardised features."""
    fitted = [
        LogisticRegression(C=C, max_iter=200, solver="newton-cholesky").fit(x, y[:, j]) for j in range(len(TOPICS))
    ]
    return np.array([m.coef_[0] for m in fitted]), np.array([m.intercept_[0] for m in fitted])


def _out_of_fold(some: Named) -> Matrix:
    """Log-odds of every topic for every piece, by regressions that saw no piece of its fold."""
    z = np.zeros(some.y.shape)
    for name in sorted(set(some.fold)):
        test = some.fold == name
        mean, scale = _standard(some.x[~test])
        weights, bias = _fit(np.clip((some.x[~test] - mean) / scale, -CLIP, CLIP), some.y[~test])
        z[test] = np.clip((some.x[test] - mean) / scale, -CLIP, CLIP) @ weights.T + bias
    return z


def _f1(y: NDArray[np.bool_], said: NDArray[np.bool_]) -> float:
    both = float((y & said).sum())
    return 2 * both / float(y.sum() + said.sum()) if both else 0.0


def _limits(p: Matrix, y: NDArray[np.bool_]) -> Vector:
    """Per topic the probability from which giving it has the best F1."""
    return np.array([max(GRID, key=lambda t: _f1(y[:, j], p[:, j] >= t)) for j in range(len(TOPICS))])


def _calibrated(z: Matrix, y: NDArray[np.bool_]) -> tuple[Vector, Vector]:
    pairs = [calibrate(z[:, j], y[:, j].astype(float)) for j in range(len(TOPICS))]
    return np.array([a for a, _ in pairs]), np.array([b for _, b in pairs])


def _given(p: Matrix, limits: Vector) -> NDArray[np.bool_]:
    given = p >= limits
    none = ~given.any(axis=1)
    given[none, p[none].argmax(axis=1)] = True
    return given


def build(data: Data) -> tuple[dict[str, Any], dict[str, dict[str, float]]]:
    """(the file that is shipped, figures per topic on families left out, with limits chosen on the others)."""
    some = named(data)
    z = _out_of_fold(some)
    said, strongest = np.zeros(some.y.shape, dtype=bool), np.zeros(len(z), dtype=bool)
    for name in sorted(set(some.fold)):
        test: Mask = some.fold == name
        slope, offset = _calibrated(z[~test], some.y[~test])
        p = sigmoid(slope * z + offset)
        said[test] = _given(p[test], _limits(p[~test], some.y[~test]))
        strongest[test] = some.y[test, p[test].argmax(axis=1)]
    slope, offset = _calibrated(z, some.y)
    limits = _limits(sigmoid(slope * z + offset), some.y)
    mean, scale = _standard(some.x)
    weights, bias = _fit(np.clip((some.x - mean) / scale, -CLIP, CLIP), some.y)
    names = feature_names()
    body: dict[str, Any] = {"topics": list(TOPICS), "columns": [names[i] for i in topic_columns()]}
    for key, values in (("mean", mean), ("scale", scale), ("weights", weights), ("bias", bias), ("slope", slope),
                        ("offset", offset), ("limits", limits)):  # fmt: skip
        body[key] = [_short(v) for v in values]
    return body, _figures(some.y, said, strongest)


def _short(value: Any) -> Any:
    return [_short(v) for v in value] if isinstance(value, np.ndarray) else float(f"{value:.{DIGITS}g}")


def _figures(y: NDArray[np.bool_], said: NDArray[np.bool_], strongest: Mask) -> dict[str, dict[str, float]]:
    def row(a: NDArray[np.bool_], b: NDArray[np.bool_]) -> dict[str, float]:
        both = float((a & b).sum())
        return {
            "pieces": int(a.sum()), "precision": round(both / max(1.0, float(b.sum())), 2),
            "recall": round(both / max(1.0, float(a.sum())), 2), "f1": round(_f1(a, b), 2),
        }  # fmt: skip

    found = {topic: row(y[:, j], said[:, j]) for j, topic in enumerate(TOPICS)}
    found["all"] = row(y, said)
    found["strongest"] = {"pieces": len(y), "precision": round(float(strongest.mean()), 2)}
    return found


def section(figures: dict[str, dict[str, float]]) -> str:
    """The part of the card on topics."""
    head = "| topic | pieces | precision | recall | F1 |\n| --- | ---: | ---: | ---: | ---: |\n"
    lines = [
        f"| {name} | {f['pieces']} | {f['precision']} | {f['recall']} | {f['f1']} |"
        for name, f in figures.items() if name != "strongest"
    ]  # fmt: skip
    return (
        "## Topics\n\nOne logistic regression per topic over the same concepts (`topics.json`, made by the same command),"
        " each with its own calibration and its own limit; learnt from pieces whose one to three topics a person named."
        " Families of sources are left out as above, and the limits come from the other families."
        f" The strongest topic is one of the reader's in {figures['strongest']['precision']:.0%} of"
        f" {figures['strongest']['pieces']} pieces. The weights"
        " by hand that it replaced had precision 0.58, recall 0.59, F1 0.58 on the pieces named by then.\n\n"
        + head + "\n".join(lines) + "\n"
    )  # fmt: skip
