"""Review: people judge what the model leaves open; their word counts, once, and trains the next model."""

# ruff: noqa: F401, F811 - fixtures come by their names
from __future__ import annotations

import io
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from integration.replay_fixtures import ingested, ingested_template, query
from newswire.cli import main
from newswire.review import OPTIONS, export, item, pick, store

pytestmark = pytest.mark.timeout(300)

AT = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)


@pytest.fixture
def uncertain(ingested: Any) -> list[int]:
    """Five articles that the model leaves open, newest first where days differ, then nearest to even odds first."""
    rows = query(ingested, "select article_id, revision_id from news.current_verdicts order by article_id limit 5")
    query(ingested, "update news.verdicts set label = 'other', probability = 0.01 where label = 'uncertain'")
    order = []
    for row, (days, probability) in zip(rows, [(0, 0.30), (2, 0.50), (0, 0.52), (1, 0.6), (0, 0.4)], strict=True):
        query(
            ingested,
            "update news.verdicts set label = 'uncertain', probability = %s where revision_id = %s",
            probability, row.revision_id,
        )  # fmt: skip
        seen = AT - timedelta(days=days)
        query(ingested, "update news.articles set first_seen_at = %s where article_id = %s", seen, row.article_id)
        order.append((days, abs(probability - 0.5), row.article_id))
    return [article_id for _, _, article_id in sorted(order)]


def revision(database: Any, article_id: int) -> int:
    return int(query(database, "select revision_id from news.articles where article_id = %s", article_id)[0][0])


def answer(database: Any, article_id: int, label: str, reviewer: str = "ann", **more: Any) -> bool:
    return store(database, article_id, revision(database, article_id), label, reviewer=reviewer, **{"at": AT, **more})


def label(database: Any, article_id: int) -> tuple[str, str | None]:
    [row] = query(database, "select label, reviewer from news.published_articles where article_id = %s", article_id)
    return row.label, row.reviewer


def picked(database: Any, most: int, run: str = "run", waiting: timedelta = timedelta(hours=1)) -> list[int]:
    return [article_id for article_id, _ in pick(database, most, run=run, waiting=waiting)]


def test_the_most_valuable_come_first(ingested: Any, uncertain: list[int]) -> None:
    assert picked(ingested, 10) == uncertain
    assert picked(ingested, 3) == uncertain[:3], "the same run gets the same"


def test_runs_that_wait_side_by_side_share_no_article(ingested: Any, uncertain: list[int]) -> None:
    assert picked(ingested, 2, "morning") == uncertain[:2]
    assert picked(ingested, 2, "by hand") == uncertain[2:4]
    assert picked(ingested, 2, "morning") == uncertain[:2]
    query(ingested, "update news.review_requests set asked_until = now() where asked_by = 'morning'")
    assert picked(ingested, 3, "next morning") == [*uncertain[:2], uncertain[4]]


def test_runs_that_pick_at_once_share_no_article(ingested: Any, uncertain: list[int]) -> None:
    with ThreadPoolExecutor(5) as threads:
        found = list(threads.map(lambda n: picked(ingested, 1, f"run {n}"), range(5)))
    assert sorted(article_id for articles in found for article_id in articles) == sorted(uncertain)


def test_an_answer_wins_over_the_model_and_leaves_the_queue(ingested: Any, uncertain: list[int]) -> None:
    first = uncertain[0]
    assert label(ingested, first) == ("uncertain", None)
    assert answer(ingested, first, "conflict")
    assert label(ingested, first) == ("conflict", "ann")
    assert picked(ingested, 10) == uncertain[1:]
    assert item(ingested, first, revision(ingested, first)) is None


def test_an_answer_is_stored_once(ingested: Any, uncertain: list[int]) -> None:
    assert answer(ingested, uncertain[0], "conflict", note=" because ")
    assert not answer(ingested, uncertain[0], "conflict", note=" because ")
    [row] = query(ingested, "select * from news.reviews")
    assert (row.label, row.reviewer, row.reviewed_at, row.note) == ("conflict", "ann", AT, "because")


def test_the_newest_answer_counts(ingested: Any, uncertain: list[int]) -> None:
    answer(ingested, uncertain[0], "other", "bob", at=AT + timedelta(hours=1))
    answer(ingested, uncertain[0], "conflict", "ann")
    assert label(ingested, uncertain[0]) == ("other", "bob")


def test_skip_stores_nothing(ingested: Any, uncertain: list[int]) -> None:
    assert not answer(ingested, uncertain[0], "skip")
    assert query(ingested, "select * from news.reviews") == []
    assert picked(ingested, 1) == [uncertain[0]]


@pytest.mark.parametrize(
    ("given", "more", "says"),
    [
        ("maybe", {}, "an answer is one of"),
        ("other", {"reviewer": "  "}, "the reviewer's name"),
        ("other", {"at": AT.replace(tzinfo=None)}, "needs a zone"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(ingested: Any, given: str, more: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        store(ingested, 1, 1, given, **{"reviewer": "ann", "at": AT, **more})


def test_the_request_shows_hostile_words_as_words(ingested: Any, uncertain: list[int]) -> None:
    hostile = "{{ var.value.secret }} <script>x</script> [click](javascript:alert(1)) ![i](http://t.example/p.png)\n# H"
    number = revision(ingested, uncertain[0])
    query(
        ingested, "update news.revisions set title = %s, text = %s where revision_id = %s",
        hostile, f"www.evil.example\n\n    code\n\n{hostile}", number,
    )  # fmt: skip
    found = item(ingested, uncertain[0], number)
    assert found is not None
    assert "\n" not in found.subject
    body = found.body
    for live in ("{{ var", "<script", "[click](", "![i](", "\n# H", "www.evil", "http://t.", "\n    code"):
        assert live not in body, live
    assert r"\{\{ var\.value\.secret \}\}" in body
    assert "[open the page](<http" in body


def test_reviews_are_exported_as_training_reads_them(ingested: Any, uncertain: list[int]) -> None:
    answer(ingested, uncertain[0], "other")
    answer(ingested, uncertain[0], "conflict", at=AT + timedelta(hours=2), note="Frontbericht")
    answer(ingested, uncertain[1], "other", "bob")
    file = io.StringIO()
    assert export(ingested, file) == 2
    rows = {row["id"]: row for row in map(json.loads, file.getvalue().splitlines())}
    assert len(rows) == 2
    row = rows[f"review/{uncertain[0]}-{revision(ingested, uncertain[0])}"]
    assert (row["label"], row["label_basis"], row["reviewer"], row["note"]) == (1, "read", "ann", "Frontbericht")
    assert row["model_label"] == "uncertain"
    [stored] = query(ingested, "select title, text from news.published_articles where article_id = %s", uncertain[0])
    assert (row["title"], row["text"]) == tuple(stored)


def test_training_reads_the_export(ingested: Any, uncertain: list[int], tmp_path: Path) -> None:
    training = pytest.importorskip("newswire.classification.training.data")
    path = tmp_path / "reviews.jsonl"
    answer(ingested, uncertain[0], "conflict")
    assert main(["reviews", "export", str(path), "--database", ingested.url]) == 0
    [row] = list(training._lines(path))
    needed = {"id", "lang", "source", "title", "text", "label", "kind", "topics", "label_basis"}
    assert needed <= row.keys()
    assert int(str(row["label"])) == 1


def test_the_options_are_those_of_the_coding_guide() -> None:
    assert set(OPTIONS) == {"conflict", "other", "skip"}
