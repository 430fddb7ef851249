from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import numpy as np
import pytest

from newswire.classification import vocabulary
from newswire.classification.features import feature_names, features, read
from newswire.classification.model import SHIPPED, Forest, model_from, sigmoid
from newswire.classification.training.folds import FOLDS, fold_of, second_split, unit_of


def test_a_fold_is_a_family_of_sources_never_a_part_of_one() -> None:
    assert fold_of("semeval10-en") == fold_of("semeval10-bg") == "semeval10"
    assert fold_of("bgwar-fakti") == fold_of("bgwar-blitz")
    assert fold_of("authored") is None  # of no source: always learnt from, never scored
    assert len(set(FOLDS.values())) >= 6


def test_the_second_split_leaves_out_single_sources_and_years_whole() -> None:
    assert unit_of("semeval10-en", "semeval10-en/EN_1.txt") != unit_of("semeval10-bg", "semeval10-bg/BG_1.txt")
    assert unit_of("1tv", "1tv/2006-527") == unit_of("1tv", "1tv/2006-2644") != unit_of("1tv", "1tv/2008-180")
    assert unit_of("project", "en-1") is None
    units = ["a"] * 9 + ["b"] * 5 + ["c"] * 4 + [f"small{i}" for i in range(20)] + [None] * 8
    folds = second_split(units)
    assert all(len({f for u, f in zip(units, folds, strict=True) if u == unit}) == 1 for unit in "abc")
    assert len(set(folds[-8:])) == 8  # rows of no source take turns


def test_no_row_is_scored_by_a_model_that_saw_its_fold_or_a_variant_of_it() -> None:
    pytest.importorskip("lightgbm")
    from newswire.classification.training.build import Data, out_of_fold
    from newswire.classification.training.data import Row

    def row(i: int, fold: str | None) -> Row:
        return Row(str(i), "en", "s", None, "text", None, i % 2, i % 2, 1.0, fold, True, True, False, "read")

    rows = [row(0, "a"), row(1, "b"), row(2, "a"), row(3, None), row(4, "a"), row(5, "b")]
    n = len(rows)
    origin = np.array([0, 1, 2, 3, 2, 1])  # the last two are variants of rows 2 and 1
    data = Data(
        rows,
        np.arange(n, dtype=float)[:, None],
        np.zeros(n),
        np.ones(n),
        np.full(n, np.inf),
        origin,
        n_corpus=3,
        n_hard=0,
    )
    seen: list[tuple[set[int], set[int]]] = []

    def spy(given: Data, train: np.ndarray) -> object:  # type: ignore[type-arg]
        def score(other: Data, test: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
            seen.append((set(np.flatnonzero(train)), set(np.flatnonzero(test))))
            return np.zeros(int(test.sum()))

        return score

    z = out_of_fold(data, spy)  # type: ignore[arg-type]
    assert seen == [({1, 3, 5}, {0, 2}), ({0, 2, 3, 4}, {1})]
    assert np.isnan(z).tolist() == [False, False, False, True, True, True]


def test_rows_that_their_date_decides_are_held_down_and_do_not_bend_the_calibration() -> None:
    pytest.importorskip("lightgbm")
    from newswire.classification.period import BY_ADDRESS
    from newswire.classification.training.build import Data, calibrated
    from newswire.classification.training.data import Row

    dice = np.random.default_rng(2)
    n = 4000
    z = dice.normal(scale=3, size=n)
    y = (dice.random(n) < sigmoid(z)).astype(float)
    old = dice.random(n) < 0.3
    z[old], y[old] = np.abs(z[old]), 0.0  # words of war, and all of them from before it
    limit = np.where(old, BY_ADDRESS, np.inf)
    row = Row("r", "en", "s", None, "text", None, 0, 0, 1.0, "a", True, True, False, "read")
    data = Data([row] * n, np.zeros((n, 1)), y, np.ones(n), limit, np.arange(n), n_corpus=n, n_hard=0)
    found = calibrated(data, z)
    assert found.slope == pytest.approx(1, abs=0.1)
    assert found.offset == pytest.approx(0, abs=0.15)
    assert (found.p[old] <= sigmoid(np.array(BY_ADDRESS)) + 1e-12).all()
    assert np.allclose(found.p[~old], sigmoid(found.slope * np.clip(z[~old], -12, 12) + found.offset))


def test_a_variant_lacks_some_words_wherever_they_stand_and_the_same_every_time() -> None:
    pytest.importorskip("lightgbm")
    from newswire.classification.training.augment import UNKNOWN_SHARE, variants, without_unknown
    from newswire.classification.training.data import Row

    names = "Kyiv Kharkiv Odesa Lviv Kherson Mariupol Donetsk Luhansk Bakhmut Moscow Putin Zelensky"
    row = Row("r", "en", "s", names, f"{names}. {names}.", None, 1, 1, 2.0, "a", True, True, False, "read")
    made, origin = variants([row])
    variant = made[-1]
    assert (variant.unknown, variant.weight, variant.label, origin[-1]) == (UNKNOWN_SHARE, 1.0, 1, 0)
    whole = read(row.title, row.text, "en")
    less, again = without_unknown(whole, variant), without_unknown(whole, variant)
    assert less == again
    assert without_unknown(whole, row) == whole
    kept = {whole.title_words.raw[h.at] for h in less.title_hits}
    assert 0 < len(kept) < len(names.split())
    assert {whole.text_words.raw[h.at] for h in less.text_hits} == kept


def test_trees_as_arrays_walk_as_trees_do() -> None:
    # x0 <= 1 ? (x1 <= 0 ? -1 : 2) : 5
    forest = Forest(
        feature=np.array([[0, 1, 0, 0, 0]]), threshold=np.array([[1.0, 0.0, 0, 0, 0]]), left=np.array([[1, 3, 2, 3, 4]]),
        right=np.array([[2, 4, 2, 3, 4]]), value=np.array([[0, 0, 5.0, -1.0, 2.0]]), depth=2, bias=0.5,
    )  # fmt: skip
    x = np.array([[1.0, 0.0], [1.0, 0.1], [1.1, 0.0]])
    assert forest.score(x).tolist() == [-0.5, 2.5, 5.5]


def test_the_exported_forest_scores_as_the_library_that_fitted_it() -> None:
    lightgbm = pytest.importorskip("lightgbm")
    from newswire.classification.training import fit

    dice = np.random.default_rng(0)
    x = dice.normal(size=(400, 6))
    y = (x[:, 0] + x[:, 1] * x[:, 2] > 0).astype(float)
    w = np.ones(400)
    forest = fit.fit_forest(x, y, w)
    expected = np.zeros(400)
    for seed in fit.SEEDS:
        data = lightgbm.Dataset(x, y, weight=w, params={"max_bin": fit.TREE_SETTINGS["max_bin"], "verbose": -1})
        booster = lightgbm.train({**fit.TREE_SETTINGS, "seed": seed}, data, fit.TREES)
        expected += booster.predict(x, raw_score=True) / len(fit.SEEDS)
    assert np.allclose(forest.score(x), expected, atol=1e-9)


def test_calibration_finds_the_slope_that_made_the_labels() -> None:
    pytest.importorskip("lightgbm")
    from newswire.classification.training.build import calibrate

    dice = np.random.default_rng(1)
    z = dice.normal(scale=3, size=20_000)
    y = (dice.random(20_000) < sigmoid(0.5 * z - 1)).astype(float)
    slope, offset = calibrate(z, y)
    assert slope == pytest.approx(0.5, abs=0.03)
    assert offset == pytest.approx(-1, abs=0.08)


def test_a_model_for_other_features_is_refused() -> None:
    data = json.loads(SHIPPED.read_text(encoding="utf-8"))
    data["features"] = data["features"][1:]
    with pytest.raises(ValueError, match="train it again"):
        model_from(data)


def test_the_version_names_the_content() -> None:
    data = json.loads(SHIPPED.read_text(encoding="utf-8"))
    version = data.pop("version")
    digest = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:10]
    assert version.endswith(digest)
    assert version in (SHIPPED.parent / "MODEL_CARD.md").read_text(encoding="utf-8")


def test_features_are_finite_and_named() -> None:
    for title, text in (("", ""), (None, "x"), ("Kyiv", "War. " * 500), ("Gaza", "\n\n\n")):
        vector = features(read(title, text, "en"))
        assert vector.shape == (len(feature_names()),)
        assert np.isfinite(vector).all()
    assert len(set(feature_names())) == len(feature_names())


def test_the_vocabulary_knows_its_stems_and_few_strangers() -> None:
    known = vocabulary.Vocabulary(vocabulary.build([f"stem{i}" for i in range(2000)]))
    assert all(known.knows(f"stem{i}") for i in range(2000))
    assert sum(known.knows(f"st{i}x") for i in range(2000)) < 60


@pytest.mark.skipif("NEWSWIRE_REBUILD" not in os.environ, reason="takes minutes: set NEWSWIRE_REBUILD=1 to run it")
def test_the_shipped_files_are_rebuilt_bit_for_bit(shared: Path, tmp_path: Path) -> None:
    """Trains the whole model again."""
    pytest.importorskip("lightgbm")
    import subprocess
    import sys

    command = [sys.executable, "-m", "newswire.classification.training", "build", "--data", str(shared / "data")]
    plugins = Path(__file__).resolve().parents[3] / "plugins"
    subprocess.run([*command, "--out", str(tmp_path)], check=True, env={"PYTHONPATH": str(plugins), "PATH": ""})
    for name in ("model.json", "vocabulary.bloom", "MODEL_CARD.md"):
        assert (tmp_path / name).read_bytes() == (SHIPPED.parent / name).read_bytes(), name
