"""The gate: the shipped model on the frozen gold set, precision and recall per language.

The bars stand a little below what the model reached when they were set, so that a change for the worse fails. They are
raised with a better model and never lowered for a worse one; precision bars gave way twice. When recall rose by more:
those of Russian and of all together by one hundredth (recall by sixteen), that of Ukrainian by three, which is one piece
(recall by six). And when the stems that misread everyday words of their own language were narrowed
(tests/unit/classification/words.tsv): precision of English, Ukrainian and all by one or two pieces, recall of English and
Ukrainian by one piece each, while recall of German rose by two; log loss out of fold fell, from 0.0747 to 0.0737 over all
rows. The recall bar of German gave way once, by one piece, when the model learnt to see whether a text takes up its title:
recall of all rose by six pieces at the same precision, and wrong verdicts fell from 38 to 34.

Recall is low on purpose of the set: half of it is pieces about the conflict that name hardly any place, person or weapon
of it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newswire.classification import classify

GOLD = [json.loads(line) for line in (Path(__file__).parent / "conflict_gold.jsonl").open(encoding="utf-8")]
VERDICTS = classify([{"title": r["title"], "text": r["text"], "language": r["lang"], "url": None} for r in GOLD])

# language: (least precision, least recall) at a probability of 0.5
BARS = {"en": (0.86, 0.92), "uk": (0.91, 0.82), "ru": (0.9, 0.71), "de": (0.99, 0.71), "all": (0.92, 0.79)}


@pytest.mark.parametrize("language", BARS)
def test_precision_and_recall_do_not_fall(language: str) -> None:
    pairs = [
        (r["label"], v.probability >= 0.5)
        for r, v in zip(GOLD, VERDICTS, strict=True)
        if language in ("all", r["lang"])
    ]
    right = sum(1 for truth, said in pairs if truth and said)
    said = sum(said for _, said in pairs)
    true = sum(truth for truth, _ in pairs)
    least_precision, least_recall = BARS[language]
    assert right / said >= least_precision, f"precision {right}/{said}"
    assert right / true >= least_recall, f"recall {right}/{true}"


def test_a_confident_label_conflict_is_right() -> None:
    wrong = [r["id"] for r, v in zip(GOLD, VERDICTS, strict=True) if v.label == "conflict" and not r["label"]]
    said = sum(v.label == "conflict" for v in VERDICTS)
    assert len(wrong) <= 0.05 * said, wrong
