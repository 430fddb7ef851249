"""The table of families: every kind of model that was tried, on the same folds, rows and labels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import HashingVectorizer  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from newswire.classification.features import Vector, feature_names
from newswire.classification.model import Mask
from newswire.classification.training.build import Data, Fitter, calibrated, out_of_fold, shipped_family
from newswire.classification.training.data import READ_WEIGHT, Row
from newswire.classification.training.fit import fit_forest, fit_linear
from newswire.classification.training.folds import fold_of
from newswire.classification.training.measures import table

Fitted = Callable[[Data, Mask], Vector]
# Enough of a text for n-grams: the lead and what follows it.
NGRAM_CHARACTERS = 1500


def _ngrams(analyzer: str, sizes: tuple[int, int]) -> Fitter:
    hashing = HashingVectorizer(analyzer=analyzer, ngram_range=sizes, n_features=2**18, alternate_sign=False)
    kept: dict[int, Any] = {}

    def vectors(data: Data) -> Any:
        if id(data) not in kept:
            kept[id(data)] = hashing.transform(f"{r.title or ''}\n{r.text[:NGRAM_CHARACTERS]}" for r in data.rows)
        return kept[id(data)]

    def fitter(data: Data, train: Mask) -> Fitted:
        rows = np.flatnonzero(train & ~data.is_variant)
        model = LogisticRegression(C=10.0, solver="liblinear").fit(vectors(data)[rows], data.y[rows])
        return lambda other, some: np.asarray(model.decision_function(vectors(other)[np.flatnonzero(some)]))

    return fitter


def _linear(data: Data, train: Mask) -> Fitted:
    mean, scale, weights, bias = fit_linear(data.x[train], data.y[train], data.w[train])
    return lambda other, some: ((other.x[some] - mean) / scale) @ weights + bias


def _forest(data: Data, train: Mask) -> Fitted:
    forest = fit_forest(data.x[train], data.y[train], data.w[train])
    return lambda other, some: forest.score(other.x[some])


def _without_variants(fitter: Fitter) -> Fitter:
    return lambda data, train: fitter(data, train & ~data.is_variant)


def _without_unknown(fitter: Fitter) -> Fitter:
    return lambda data, train: fitter(data, train & ~np.array([row.unknown > 0 for row in data.rows]))


def _reweighted(fitter: Fitter, factor: Callable[[Row], float]) -> Fitter:
    """Rows (and their variants) weighing `factor` of the row as much as they do in the shipped model."""

    def fit(data: Data, train: Mask) -> Fitted:
        times = np.array([factor(row) for row in data.rows])
        return fitter(replace(data, w=data.w * times), train)

    return fit


def _even(fitter: Fitter) -> Fitter:
    """Every row counts one: no more trust in rows read by hand."""
    return _reweighted(fitter, lambda row: 1 / row.weight)


def _read_times(factor: float, fitter: Fitter) -> Fitter:
    """Articles of the corpus read by hand without a doubt count `factor` times as much as in the shipped model."""
    return _reweighted(fitter, lambda row: factor if row.sure and fold_of(row.source) else 1.0)


def _keyword_rule(data: Data, train: Mask) -> Fitted:
    """No training: a name of Ukraine and a word of war within one sentence of the lead."""
    column = feature_names().index("pair_lead:U+W")
    return lambda other, some: np.where(other.x[some][:, column] > 0, 1.0, -1.0)


FAMILIES: dict[str, Fitter] = {
    "keyword rule: a Ukrainian name and a word of war in one sentence of the lead": _keyword_rule,
    "hashed word 1-2-grams, logistic regression": _ngrams("word", (1, 2)),
    "hashed character 3-4-grams, logistic regression": _ngrams("char_wb", (3, 4)),
    "gazetteer features, logistic regression": _linear,
    "gazetteer features, boosted trees": _forest,
    "both mixed, every row counting one": _even(shipped_family),
    "both mixed, rows read by hand counting ten": _read_times(10 / READ_WEIGHT, shipped_family),
    "both mixed, without variants of rows": _without_variants(shipped_family),
    "both mixed, without variants that lack words": _without_unknown(shipped_family),
    "both mixed (shipped)": shipped_family,
}


def compare(data: Data) -> dict[str, dict[str, dict[str, Any]]]:
    """Figures of every family (see `measures.table`)."""
    out = {}
    for name, fitter in FAMILIES.items():
        found = calibrated(data, out_of_fold(data, fitter))
        out[name] = table(data, found.p)
        print(f"{name}: {out[name]['all']}", flush=True)
    return out
