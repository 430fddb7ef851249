"""A classifier for the scorer that judges each article by a model that saw no row of its source.

The scorer hands over titles and texts, not sources; the article is found again by its text. One model per fold is trained at
the first call.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from newswire.classification import Verdict
from newswire.classification.classifier import GazetteerClassifier
from newswire.classification.model import model_from
from newswire.classification.training import build

SHARED = Path(os.environ["NEWSWIRE_SHARED"])


@cache
def _models() -> tuple[dict[str, str], dict[str, GazetteerClassifier]]:
    """(text → fold, fold → classifier); all share the calibration of the out-of-fold predictions, as the shipped one does."""
    data = build.load(SHARED / "data")
    folds = np.array([r.fold or "" for r in data.rows])
    scored = data.in_corpus | data.is_hard
    z, parts = np.full(len(data.rows), np.nan), {}
    for name in sorted(set(folds) - {""}):
        parts[name] = build.fit(data, folds != name)
        z[folds == name] = parts[name].scores(data.x[folds == name])
    calibration = build.calibrated(data, z)
    where = {f"{r.title or ''}\n{r.text}": r.fold or "" for r, s in zip(data.rows, scored, strict=True) if s}
    return where, {
        name: GazetteerClassifier(model_from(build.to_json(part, calibration))) for name, part in parts.items()
    }


def classify(articles: Sequence[Mapping[str, Any]]) -> list[Verdict]:
    """One verdict per article, in order."""
    where, models = _models()
    out: dict[int, Verdict] = {}
    folds = [where[f"{a['title'] or ''}\n{a['text']}"] for a in articles]
    for name in sorted(set(folds)):
        numbers = [i for i, fold in enumerate(folds) if fold == name]
        out |= dict(zip(numbers, models[name]([articles[i] for i in numbers]), strict=True))
    return [out[i] for i in range(len(articles))]
