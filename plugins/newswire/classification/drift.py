"""Watching the classifier: is today like the weeks before? Pure functions over daily counts, without SQL.

A classifier falls silently: a new word for the war, an outlet that changes its pages, an extractor that lets menus
through. Each shows in one of four figures per group (a language, an outlet, or everything): the share of conflict
pieces, the share of uncertain ones, the shape of the scores, and the share of words the training texts did not hold.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

# Scores are counted in ten bins of equal width: bin i holds probabilities from i/10 to (i+1)/10.
BINS = 10
# A day with fewer articles says nothing about shares; it is joined to no conclusion.
MIN_ARTICLES = 30
# The baseline needs some days to know how much days differ; two weeks hold two weekends.
MIN_DAYS = 7
# Two-sided limit on the standard score of today's share. News moves by itself, and dozens of groups are watched each
# night: at 4 a calm year brings about one false warning per hundred groups.
Z_LIMIT = 4.0
# Population stability index; 0.25 is the customary limit for "the population has shifted" (Siddiqi, Credit Risk
# Scorecards).
PSI_LIMIT = 0.25
# Days differ by more than chance: a summit, a strike. Day-to-day spread of the share is never believed below this.
MIN_SPREAD = 0.01

Metric = Literal["conflict_share", "uncertain_share", "unknown_rate", "score_shape", "silence"]


@dataclass(frozen=True, slots=True)
class DayCounts:
    """One day of verdicts of one group.

    `group` is a label such as "language:uk", "outlet:example.org" or "all"; `scores` has `BINS` counts;
    `unknown_sum` is the sum of the per-text rates of unknown words.
    """

    day: str  # ISO date
    group: str
    articles: int
    conflict: int
    uncertain: int
    scores: tuple[int, ...]
    unknown_sum: float


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001 - the word of the field; Python's own Warning is not used here
    """One figure of one group that left its range."""

    group: str
    metric: Metric
    today: float
    expected: float
    distance: float  # standard score; for "score_shape" the population stability index
    message: str


def histogram(probabilities: Iterable[float]) -> tuple[int, ...]:
    """Counts of probabilities in `BINS` bins; 1.0 falls into the last."""
    counts = [0] * BINS
    for p in probabilities:
        counts[min(int(p * BINS), BINS - 1)] += 1
    return tuple(counts)


def stability_index(today: Sequence[int], baseline: Sequence[int]) -> float:
    """Population stability index of two histograms; half an article is added to each bin so that none is empty."""
    n, m = sum(today) + BINS / 2, sum(baseline) + BINS / 2
    pairs = [((a + 0.5) / n, (b + 0.5) / m) for a, b in zip(today, baseline, strict=True)]
    return sum((p - q) * math.log(p / q) for p, q in pairs)


def measure_drift(today: Sequence[DayCounts], baseline: Sequence[DayCounts]) -> list[Warning]:
    """Warnings for today's groups against the days before, worst first.

    `baseline` holds any number of earlier days of any groups. A group without `MIN_DAYS` days of its own is not judged
    (a new outlet has no past); a group with a past that has fallen silent is.
    """
    past: dict[str, list[DayCounts]] = {}
    for day in baseline:
        past.setdefault(day.group, []).append(day)
    found: list[Warning] = []
    seen = {day.group for day in today if day.articles}
    for day in today:
        days = [d for d in past.get(day.group, []) if d.articles]
        if len(days) >= MIN_DAYS and day.articles >= MIN_ARTICLES:
            found += _judge(day, days)
    for group, days in past.items():
        usual = sum(d.articles for d in days) / len(days)
        if group not in seen and len(days) >= MIN_DAYS and usual >= MIN_ARTICLES:
            message = f"{group}: no article today, {usual:.0f} a day before"
            found.append(Warning(group, "silence", 0.0, round(usual, 1), round(math.sqrt(usual), 2), message))
    return sorted(found, key=lambda w: (-w.distance, w.group, w.metric))


def _judge(day: DayCounts, days: list[DayCounts]) -> list[Warning]:
    shares: Mapping[Metric, tuple[float, list[float]]] = {
        "conflict_share": (day.conflict / day.articles, [d.conflict / d.articles for d in days]),
        "uncertain_share": (day.uncertain / day.articles, [d.uncertain / d.articles for d in days]),
        "unknown_rate": (day.unknown_sum / day.articles, [d.unknown_sum / d.articles for d in days]),
    }
    found = []
    for metric, (now, before) in shares.items():
        # Large days count for more, since their shares are surer.
        total = sum(d.articles for d in days)
        expected = sum(s * d.articles for s, d in zip(before, days, strict=True)) / total
        spread = math.sqrt(sum((s - expected) ** 2 for s in before) / (len(before) - 1))
        chance = math.sqrt(max(expected * (1 - expected), 0.0) / day.articles)
        z = (now - expected) / max(math.hypot(spread, chance), MIN_SPREAD)
        if abs(z) >= Z_LIMIT:
            message = (
                f"{day.group}: {metric.replace('_', ' ')} {now:.1%} on {day.day}, {expected:.1%} before ({z:+.1f} sd)"
            )
            found.append(Warning(day.group, metric, round(now, 4), round(expected, 4), round(abs(z), 2), message))
    # Chance alone moves the index by about bins / articles; a day must be large enough for its shape to mean something.
    index = stability_index(day.scores, [sum(column) for column in zip(*(d.scores for d in days), strict=True)])
    if index - 2 * BINS / day.articles >= PSI_LIMIT:
        message = f"{day.group}: the scores of {day.day} are shaped unlike those before (stability index {index:.2f})"
        found.append(Warning(day.group, "score_shape", round(index, 4), 0.0, round(index, 4), message))
    return found
