"""The shipped classifier: gazetteer features, a linear model and boosted trees, calibrated; plain numpy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np

from newswire.classification import model as models
from newswire.classification import vocabulary
from newswire.classification.evidence import Candidate, candidates, evidence_of, without
from newswire.classification.features import GROUPS, Reading, Vector, features, read
from newswire.classification.language import is_supported, language_of
from newswire.classification.lexicon import CONCEPT_ID
from newswire.classification.model import Model, log_odds, sigmoid
from newswire.classification.period import Ceiling, ceiling
from newswire.classification.topics import topics_of
from newswire.classification.values import Article, Centrality, Evidence, Flip, Label, Thresholds, Verdict

# Below this probability nobody asks for the reasons, and measuring them would cost more than the verdict.
EXPLAIN_FROM = 0.02
_NAMES = frozenset(CONCEPT_ID[c] for g in "UR" for c in GROUPS[g]) | {CONCEPT_ID[c] for c in GROUPS["S"]}


def _get(article: Article, name: str) -> Any:
    return article.get(name) if isinstance(article, Mapping) else getattr(article, name, None)


def label_of(probability: float, thresholds: Thresholds) -> Label:
    """The label of a probability under two thresholds."""
    if probability >= thresholds.conflict:
        return "conflict"
    return "other" if probability < thresholds.other else "uncertain"


@dataclass(frozen=True, slots=True)
class GazetteerClassifier:
    """A `Classifier` over a trained `Model`."""

    model: Model

    @property
    def version(self) -> str:
        """The version of the trained model."""
        return self.model.version

    def __call__(self, articles: Sequence[Article]) -> list[Verdict]:
        """One verdict per article, in order."""
        if not articles:
            return []
        readings = [self._read(a) for a in articles]
        return self._verdicts(readings, self._scores(readings), [_ceiling(a) for a in articles])

    def probabilities(self, articles: Sequence[Article]) -> list[float]:
        """Only the probabilities, without the reasons; several times faster."""
        if not articles:
            return []
        scores = self._scores([self._read(a) for a in articles])
        return [float(p) for p in sigmoid(_allowed(scores, [_ceiling(a) for a in articles]))]

    def _read(self, article: Article) -> Reading:
        title, text = _get(article, "title"), _get(article, "text")
        return read(title, text, language_of(_get(article, "language"), title, text))

    def _scores(self, readings: Sequence[Reading]) -> Vector:
        scores = self.model.score(np.array([features(r) for r in readings]))
        foreign = np.array([not is_supported(r.language) for r in readings])
        return np.where(foreign, scores * self.model.foreign_slope, scores)

    def _verdicts(self, readings: Sequence[Reading], scores: Vector, limits: Sequence[Ceiling | None]) -> list[Verdict]:
        allowed = _allowed(scores, limits)
        probabilities = sigmoid(allowed)
        # All spans of the batch are taken away and judged in one go: one by one, then strongest first together.
        spans = [candidates(r) if p >= EXPLAIN_FROM else [] for r, p in zip(readings, probabilities, strict=True)]
        alone = [without(r, [c]) for r, cs in zip(readings, spans, strict=True) for c in cs]
        alone_scores = iter(self._scores(alone) if alone else ())
        ranked: list[list[tuple[Candidate, float]]] = []
        for score, cs in zip(scores, spans, strict=True):
            weighed = [(c, float(score - next(alone_scores))) for c in cs]
            ranked.append(sorted(weighed, key=lambda cw: (-cw[1], cw[0].sentence)))
        together = [
            without(r, [c for c, _ in weighed[:k]])
            for r, weighed in zip(readings, ranked, strict=True)
            for k in range(2, len(weighed) + 1)
        ]
        together_scores = iter(self._scores(together) if together else ())
        verdicts = []
        for i, (reading, weighed) in enumerate(zip(readings, ranked, strict=True)):
            after = [float(scores[i]) - weighed[0][1]] if weighed else []
            after += [float(next(together_scores)) for _ in range(2, len(weighed) + 1)]
            shown = tuple(evidence_of(reading, c, w) for c, w in weighed)
            limit = limits[i] if allowed[i] < scores[i] else None
            verdicts.append(self._verdict(reading, float(allowed[i]), limit, shown, after))
        return verdicts

    def _verdict(
        self,
        reading: Reading,
        score: float,
        limit: Ceiling | None,
        shown: tuple[Evidence, ...],
        after: list[float],
    ) -> Verdict:
        thresholds = self.model.thresholds
        p = float(sigmoid(np.array(score)))
        label = label_of(p, thresholds)
        supported = is_supported(reading.language)
        note = None if supported else f"no words of its own for language {reading.language!r}: judged by names alone"
        if limit is not None:
            note = limit.note
        if not reading.text_words.raw and not reading.title_words.raw:
            note = "empty: neither title nor text"
        return Verdict(
            probability=round(p, 6),
            label=label,
            topics=topics_of(features(reading)) if label != "other" else (),
            evidence=shown,
            centrality=_centrality(reading, label, p),
            flip=_flip(score, label, thresholds, shown, after),
            thresholds=thresholds,
            language=reading.language,
            model_version=self.model.version,
            unknown_rate=round(vocabulary.shipped().unknown_rate(reading.text_words), 4),
            note=note,
        )


def _ceiling(article: Article) -> Ceiling | None:
    url, published = _get(article, "url"), _get(article, "published_at")
    return ceiling(url if isinstance(url, str) else None, published if isinstance(published, datetime) else None)


def _allowed(scores: Vector, limits: Sequence[Ceiling | None]) -> Vector:
    return np.minimum(scores, [np.inf if limit is None else limit.log_odds for limit in limits])


def _centrality(reading: Reading, label: Label, p: float) -> Centrality:
    """`central`: judged a main subject; `mentioned`: a name of the conflict occurs; `none`: it does not."""
    if label == "conflict" or (label == "uncertain" and p >= 0.5):
        return "central"
    named = any(h.concept in _NAMES for h in (*reading.title_hits, *reading.text_hits, *reading.aside))
    return "mentioned" if named else "none"


def _flip(score: float, label: Label, thresholds: Thresholds, shown: tuple[Evidence, ...], after: list[float]) -> Flip:
    low, high = log_odds(thresholds.other), log_odds(thresholds.conflict)
    if label == "other" or (label == "uncertain" and high - score < score - low):
        becomes: Label = "uncertain" if label == "other" else "conflict"
        target, edge = (thresholds.other, low) if label == "other" else (thresholds.conflict, high)
        return Flip(target, becomes, round(edge - score, 4), ())
    target, edge = (thresholds.conflict, high) if label == "conflict" else (thresholds.other, low)
    becomes = "uncertain" if label == "conflict" else "other"
    for k, left in enumerate(after, 1):
        if left < edge:
            return Flip(target, becomes, round(edge - score, 4), shown[:k])
    return Flip(target, becomes, round(edge - score, 4), ())


def as_verdict(explained: Verdict, p: float, label: Label, flip: Flip, thresholds: Thresholds, version: str) -> Verdict:
    """An explained verdict with another model's probability: its evidence and topics stay, its judgement goes."""
    centrality: Centrality = "central" if label == "conflict" else explained.centrality
    if label == "other" and centrality == "central":
        centrality = "mentioned"
    topics = explained.topics if label != "other" else ()
    return replace(
        explained, probability=round(p, 6), label=label, flip=flip, thresholds=thresholds, model_version=version,
        centrality=centrality, topics=topics,
    )  # fmt: skip


def shipped() -> GazetteerClassifier:
    """The classifier that comes with the package."""
    return GazetteerClassifier(models.shipped())
