from __future__ import annotations

import pytest

from newswire.classification.drift import BINS, DayCounts, histogram, measure_drift, stability_index


def day(n: int, group: str = "language:uk", articles: int = 200, conflict: int = 80, uncertain: int = 16, unknown: float = 0.05,
        shape: tuple[int, ...] = (100, 5, 4, 3, 4, 4, 3, 4, 13, 60)) -> DayCounts:  # fmt: skip
    return DayCounts(f"2026-03-{n:02}", group, articles, conflict, uncertain, shape, unknown * articles)


CALM = [day(n, conflict=78 + n % 5, uncertain=15 + n % 3) for n in range(1, 22)]


def test_a_day_like_the_others_warns_of_nothing() -> None:
    assert measure_drift([day(22)], CALM) == []


@pytest.mark.parametrize(
    ("today", "metric"),
    [
        (day(22, conflict=20), "conflict_share"),
        (day(22, uncertain=90), "uncertain_share"),
        (day(22, unknown=0.4), "unknown_rate"),
        (day(22, shape=(10, 10, 20, 40, 40, 30, 20, 10, 10, 10)), "score_shape"),
    ],
)
def test_each_figure_warns_when_it_leaves_its_range(today: DayCounts, metric: str) -> None:
    assert metric in {w.metric for w in measure_drift([today], CALM)}


def test_a_group_that_fell_silent_is_named() -> None:
    [warning] = measure_drift([], CALM)
    assert warning.metric == "silence"
    assert "language:uk" in warning.message


def test_few_articles_or_few_days_prove_nothing() -> None:
    assert measure_drift([day(22, articles=10, conflict=0, uncertain=0, shape=(10,) + (0,) * 9)], CALM) == []
    assert measure_drift([day(22, conflict=0)], CALM[:3]) == []
    assert measure_drift([day(22), day(22, group="outlet:new.example", conflict=0)], CALM) == []


def test_days_that_differ_among_themselves_are_forgiven_more() -> None:
    restless = [day(n, conflict=40 + 80 * (n % 2)) for n in range(1, 22)]
    assert not [w for w in measure_drift([day(22, conflict=130)], restless) if w.metric == "conflict_share"]
    assert [w for w in measure_drift([day(22, conflict=130)], CALM) if w.metric == "conflict_share"]


def test_histogram_and_index() -> None:
    assert histogram([0.0, 0.05, 0.99, 1.0]) == (2, 0, 0, 0, 0, 0, 0, 0, 0, 2)
    assert stability_index((5,) * BINS, (50,) * BINS) == pytest.approx(0.0)
    assert stability_index((100,) + (0,) * 9, (0,) * 9 + (100,)) > 1
