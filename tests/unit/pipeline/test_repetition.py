"""Which lines that repeat are the outlet's, and which are the text of its stories."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from newswire.pipeline.repetition import Shown, is_boilerplate

NOTICE = "The Larkport Post is printed on paper from the mill at Ambergate, and was founded by two fishermen in 1871."
BACKGROUND = (
    "Russia launched its full-scale invasion of Ukraine on 24 February 2022, after eight years of war in Donbas."
)
START, END = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 22, tzinfo=UTC)


def label(**other: int | str) -> Shown:
    """A label on 40 of 200 stories of eight days."""
    return replace(Shown(1, "The paper of the coast", 40, 200, 8, 4, START, END), **other)


def prose(**other: int | str) -> Shown:
    """A sentence at the foot of 180 of 200 stories of twenty days."""
    return replace(Shown(1, NOTICE, 180, 200, 20, 180, START, END), **other)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (label(), True),
        (label(at_edge=0), True),
        (label(stories=5, of_stories=50, days=3), True),
        (label(stories=4, of_stories=10), False),
        (label(stories=19), False),  # of 200: less than a tenth
        (label(days=2), False),  # the label of an event
        (label(line="Пише «Берег»"), True),
        (label(line="广告"), True),
        (label(line="24"), False),
        (label(line="A"), False),
        (label(line="– 2026 –"), False),
    ],
)
def test_labels(shown: Shown, expected: bool) -> None:
    assert is_boilerplate(shown) is expected


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (prose(), True),
        (prose(stories=100, at_edge=100), True),
        (prose(stories=99, at_edge=99), False),  # not the half of what the outlet writes
        (prose(stories=180, at_edge=160), False),  # it stands in the midst of stories too
        (prose(stories=19, of_stories=19, at_edge=19), False),
        (prose(days=6), False),
        (prose(line="Follow the coast."), True),
        (prose(line="Follow the coast.", stories=60, at_edge=60), False),  # short, and yet a sentence
        # Without any punctuation (Thai writes so), a long line is taken for prose.
        (prose(line=NOTICE.rstrip(".").replace(",", ""), stories=60, at_edge=60), False),
    ],
)
def test_prose(shown: Shown, expected: bool) -> None:
    assert is_boilerplate(shown) is expected


@pytest.mark.parametrize(("stories", "at_edge"), [(12, 12), (60, 60), (90, 80), (150, 120)])
def test_background_is_text_wherever_an_agency_repeats_it(stories: int, at_edge: int) -> None:
    assert not is_boilerplate(prose(line=BACKGROUND, stories=stories, at_edge=at_edge))
