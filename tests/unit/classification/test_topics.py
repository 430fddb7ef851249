from __future__ import annotations

import json

import numpy as np
import pytest

from newswire.classification.features import feature_names, features, read
from newswire.classification.topics import SHIPPED, TOPICS, model_from, shipped, topics_of


def topics(title: str, text: str, language: str) -> tuple[str, ...]:
    return tuple(t.name for t in topics_of(features(read(title, text, language))))


@pytest.mark.parametrize(
    ("title", "text", "language", "expected"),
    [
        (
            "Kyiv and Moscow swap 200 prisoners of war",
            "Families waited at the border for the captured soldiers.",
            "en",
            "civilians",
        ),
        (
            "EU agrees on another sanctions package",
            "The price cap falls and frozen assets stay frozen; oligarchs were listed.",
            "en",
            "sanctions",
        ),
        (
            "Переговори у Стамбулі",
            "Делегації говорили про припинення вогню та гарантії безпеки, посередник задоволений.",
            "uk",
            "diplomacy",
        ),
        (
            "Ракетный удар по Харькову",
            "Ночью город обстреляли ракетами и дронами, ПВО сбила десять целей.",
            "ru",
            "military",
        ),
        (
            "Nouvelle livraison d'armes à Kiev",
            "Paris annonce une aide militaire et des obus pour l'armée ukrainienne.",
            "fr",
            "aid",
        ),
        (
            "Stromausfälle nach Angriff auf das Netz",
            "Das Kraftwerk bei Odessa ist beschädigt, die Energieinfrastruktur zerstört.",
            "de",
            "energy",
        ),
    ],
)
def test_a_piece_that_says_its_topic_gets_it(title: str, text: str, language: str, expected: str) -> None:
    assert expected in topics(title, text, language)


def test_topics_come_strongest_first_and_at_least_one_is_given() -> None:
    found = topics_of(features(read("Ukraine", "", "en")))
    assert len(found) >= 1
    assert [t.score for t in found] == sorted((t.score for t in found), reverse=True)
    assert all(t.name in TOPICS and 0 <= t.score <= 1 for t in found)


def test_topics_trained_for_other_features_are_refused() -> None:
    data = json.loads(SHIPPED.read_text(encoding="utf-8"))
    assert model_from(data).weights.shape == shipped().weights.shape == (len(TOPICS), len(data["columns"]))
    with pytest.raises(ValueError, match="build them again"):
        model_from({**data, "columns": data["columns"][1:]})
    assert len(feature_names()) > len(data["columns"])  # pairs and neighbourhoods are for the model alone


def test_a_piece_has_no_say_in_the_topics_it_is_scored_with() -> None:
    pytest.importorskip("sklearn")
    from newswire.classification.training.topics import Named, _out_of_fold

    dice = np.random.default_rng(0)
    x = dice.normal(size=(60, 5))
    y = dice.random((60, len(TOPICS))) < 0.4
    fold = np.array(["a"] * 30 + ["b"] * 30)
    other = y.copy()
    other[:30] = ~other[:30]
    before, after = _out_of_fold(Named(x, y, fold)), _out_of_fold(Named(x, other, fold))
    assert np.array_equal(before[:30], after[:30])  # fold a is scored by b alone
    assert not np.allclose(before[30:], after[30:])


def test_the_limit_of_a_topic_is_where_it_is_right_most_often() -> None:
    pytest.importorskip("sklearn")
    from newswire.classification.training.topics import _limits

    p = np.tile(np.array([0.15, 0.25, 0.45, 0.65])[:, None], (1, len(TOPICS)))
    y = np.tile(np.array([False, False, True, True])[:, None], (1, len(TOPICS)))
    limits = _limits(p, y)
    assert ((limits > 0.25) & (limits <= 0.45)).all()
