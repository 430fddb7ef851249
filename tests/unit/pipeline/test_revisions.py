"""What counts as a new version of an article, and how the change is told."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime

import pytest

from newswire.revisions import SHOWN_WORDS, Version, describe, is_new, without_lines

MORNING = datetime(2026, 9, 20, 8, tzinfo=UTC)
NOON = datetime(2026, 9, 20, 12, tzinfo=UTC)
TEXT = "Three people were killed in the strike.\nThe governor spoke on television.\nRescue work goes on."


def version(title: str = "Strike", text: str = TEXT, modified_at: datetime | None = None) -> Version:
    return Version(title, text, str(hash(text)), modified_at)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (version(), False),
        (version(title="STRIKE "), False),  # spelling of the same headline
        (version(modified_at=NOON), False),  # a new time alone is no new text
        (version(title="Strike kills four"), True),
        (version(text=TEXT.replace("Three", "Four")), True),
    ],
)
def test_what_is_a_new_version(now: Version, expected: bool) -> None:
    assert is_new(version(), now) is expected


FOOT = "The Post is printed at Ambergate."


@pytest.mark.parametrize("now", [TEXT, f"{TEXT}\n{FOOT}", f"{TEXT}\n{FOOT.upper()}"])
def test_a_line_that_is_left_out_is_no_change(now: str) -> None:
    before, after = version(text=f"{TEXT}\n{FOOT}"), version(text=now)
    assert not is_new(without_lines(before, {FOOT}), without_lines(after, {FOOT}))


def test_another_line_is_a_change_beside_one_that_is_left_out() -> None:
    before, after = version(text=f"{TEXT}\n{FOOT}"), version(text=TEXT.replace("Three", "Four"))
    assert is_new(without_lines(before, {FOOT}), without_lines(after, {FOOT}))
    assert describe(without_lines(before, {FOOT}), without_lines(after, {FOOT})).removed == "Three"


def test_a_silent_correction_of_one_word() -> None:
    change = describe(version(), version(text=TEXT.replace("Three", "Four")))
    assert (change.removed, change.added, change.words_removed, change.words_added) == ("Three", "Four", 1, 1)
    assert not change.title_changed
    assert not change.announced


def test_a_paragraph_that_was_added() -> None:
    change = describe(version(), version(text=TEXT + "\nTwo more died in hospital."))
    assert (change.removed, change.added) == ("", "Two more died in hospital.")


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [(None, NOON, True), (MORNING, NOON, True), (NOON, NOON, False), (NOON, MORNING, False), (MORNING, None, False)],
)
def test_a_change_is_announced_by_a_newer_time(before: datetime | None, now: datetime | None, expected: bool) -> None:
    assert describe(version(modified_at=before), version(text="x", modified_at=now)).announced is expected


def test_a_new_headline() -> None:
    assert describe(version(), version(title="Four killed")).title_changed


def test_enormous_texts_are_compared_in_time() -> None:
    chance = random.Random(1)
    words = [f"w{n}" for n in range(1000)]
    old, new = (" ".join(chance.choices(words, k=100_000)) for _ in range(2))
    started = time.process_time()
    change = describe(version(text=old), version(text=new))
    assert time.process_time() - started < 5
    assert change.words_added == 100_000
    assert len(change.added.split()) == SHOWN_WORDS
