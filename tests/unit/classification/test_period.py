"""The date of a piece: nothing from before the war is about it, and a doubtful date is for a person to see."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from newswire.classification import Verdict, classify
from newswire.classification.period import ceiling, day_in_address

# Every word of it could be of today; only the date tells.
FLEET = {
    "title": "Ukraine accuses Russian troops of seizing a lighthouse in Crimea",
    "text": "Officials in Kyiv said Russian military personnel had occupied the Yalta lighthouse in Crimea. Ukraine's "
    "foreign ministry called it an act of aggression. Russian forces said that the site belonged to the Black Sea Fleet, "
    "and that Ukrainian soldiers had been turned back. Moscow warned Kyiv against further provocations in Sevastopol.",
    "language": "en",
}


def judged(**more: object) -> Verdict:
    return classify([{**FLEET, **more}])[0]


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/news/2006-01-13/1-title", date(2006, 1, 13)),
        ("https://a.example/2006/1/3/title.html", date(2006, 1, 3)),
        ("https://a.example/politika/2024/05/17", date(2024, 5, 17)),
        ("https://a.example/news/20060113", None),  # a number, perhaps
        ("https://a.example/2006/13/45/title", None),
        ("https://a.example/2006/02/31/title", None),
        ("https://a.example/2006/01/title", None),
        ("https://a.example/2006-01/13/title", None),
        ("https://a.example/112006/01/131/title", None),
        ("https://a.example/2024/05/17/ten-years-since-2014-02-20", None),  # two days: which is its own?
        ("https://a.example/2006/01/13/again-2006-01-13", date(2006, 1, 13)),
        ("", None),
    ],
)
def test_the_day_in_an_address(url: str, day: date | None) -> None:
    assert day_in_address(url) == day


def test_an_address_from_before_the_war_decides() -> None:
    assert judged().probability > 0.5
    old = judged(url="https://a.example/2006/01/13/lighthouse")
    assert old.label == "other"
    assert old.note is not None
    assert "2006-01-13" in old.note
    assert old.flip.label == "uncertain"
    assert old.flip.distance > 0


def test_the_war_begins_on_the_twentieth_of_february_2014() -> None:
    assert judged(url="https://a.example/2014/02/19/x").label == "other"
    assert judged(url="https://a.example/2014/02/20/x").probability == judged().probability


def test_a_stated_date_against_the_words_goes_to_a_person() -> None:
    verdict = judged(published_at=datetime(2006, 1, 13, tzinfo=UTC))
    assert verdict.label == "uncertain"
    assert verdict.probability <= 0.5
    assert verdict.note is not None
    assert "2006-01-13" in verdict.note


def test_an_address_is_believed_before_a_stated_date() -> None:
    verdict = judged(url="https://a.example/2024/05/17/x", published_at=datetime(2006, 1, 13, tzinfo=UTC))
    assert verdict.probability == judged().probability
    assert verdict.note is None


def test_an_old_day_in_the_address_of_a_later_piece_goes_to_a_person() -> None:
    verdict = judged(url="https://a.example/crimea-before-2014-02-18", published_at=datetime(2024, 2, 18, tzinfo=UTC))
    assert verdict.label == "uncertain"
    assert verdict.note is not None
    assert "2014-02-18" in verdict.note
    both_old = judged(url="https://a.example/2006/01/13/x", published_at=datetime(2006, 1, 13, tzinfo=UTC))
    assert both_old.label == "other"


def test_an_old_piece_about_something_else_stays_as_it_was() -> None:
    piece = {"title": "Late goal wins the cup", "text": "The striker scored in the 89th minute.", "language": "en"}
    verdict = classify([{**piece, "published_at": datetime(2006, 1, 13, tzinfo=UTC)}])[0]
    assert verdict.label == "other"
    assert verdict.note is None


@pytest.mark.parametrize("junk", [7, b"https://a.example/2006/01/13/x", ["x"], {"a": 1}, "2006-01-13"])
def test_what_is_no_address_and_no_date_is_passed_over(junk: object) -> None:
    assert judged(published_at=junk).probability == judged().probability
    if not isinstance(junk, str):
        assert judged(url=junk).probability == judged().probability


def test_a_date_that_is_late_enough_says_nothing() -> None:
    assert ceiling("https://a.example/2022/03/01/x", None) is None
    assert ceiling(None, datetime(2022, 3, 1, tzinfo=UTC)) is None
    assert ceiling(None, None) is None
