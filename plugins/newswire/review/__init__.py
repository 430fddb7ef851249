"""Review: the uncertain band goes to people, and what they say wins over the model and trains the next one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, TextIO

from newswire.markdown import link, literal, literal_paragraphs
from newswire.storage import Database
from newswire.text import clean, one_line

Answer = Literal["conflict", "other", "skip"]

OPTIONS: tuple[Answer, ...] = ("conflict", "other", "skip")
"""What a reviewer may answer. `skip` stores nothing: the article stays in the queue, for the next day's run."""

NOTE_LIMIT = 1000
"""Characters of a reviewer's note: a sentence or two, not an essay."""

EVIDENCE_SHOWN = 6
"""Spans shown to a reviewer: what decides is among the strongest few."""

CHUNK = 200
"""Reviewed articles read at once for an export."""


@dataclass(frozen=True, slots=True)
class Item:
    """An article that waits for a person. Every text in it comes from the web."""

    article_id: int
    revision_id: int
    url: str
    outlet: str
    title: str | None
    opening: str
    probability: float
    evidence: tuple[Mapping[str, Any], ...]
    language: str | None

    @property
    def subject(self) -> str:
        """The headline of the request: plain text, which Airflow shows as such."""
        return one_line(f"{self.outlet}: {self.title or '(no title)'}")[:250]

    @property
    def body(self) -> str:
        """The request as Markdown; nothing in the article's words becomes markup."""
        probability = f"The model gives **{self.probability:.0%}** and does not decide."
        parts = [
            f"**{literal(self.title or '(no title)')}**",
            f"{literal(self.outlet)} · {literal(self.language or 'language unknown')} · "
            f"{link('open the page', self.url)} · {literal(self.url)}",
            f"{probability} Is a main subject the Russian–Ukrainian war, or what is directly tied to it?",
        ]
        if self.evidence:
            shown = [
                f"- {float(item['weight']):+.2f} · {literal(str(item['text']))} ({literal(str(item['why']))})"
                for item in self.evidence[:EVIDENCE_SHOWN]
            ]
            parts.append("What it went by:\n\n" + "\n".join(shown))
        parts += ["---", literal_paragraphs(self.opening)]
        return "\n\n".join(parts)


def pick(database: Database, most: int, *, run: str, waiting: timedelta) -> list[tuple[int, int]]:
    """Article and revision of up to `most` uncertain articles: newest days first, nearest to even odds first.

    They are `run`'s for as long as its requests are `waiting`: no other run picks them, so that several can wait for
    people side by side. The same run may pick again, and gets the same.
    """

    def work(connection: Any) -> list[tuple[int, int]]:
        database.sql.lock_review_requests(connection)
        rows = database.sql.claim_reviews(connection, most=most, asked_by=run, waiting=waiting)
        return [(row.article_id, row.revision_id) for row in rows]

    return database.run(work)


def item(database: Database, article_id: int, revision_id: int) -> Item | None:
    """An article of the queue; None when it has left it (judged, changed, or decided by a newer model)."""
    row = database.run(lambda c: database.sql.review_item(c, article_id=article_id, revision_id=revision_id))
    if row is None:
        return None
    return Item(
        row.article_id, row.revision_id, row.url, row.outlet, row.title, row.opening, row.probability,
        tuple(row.evidence), row.language,
    )  # fmt: skip


def store(
    database: Database,
    article_id: int,
    revision_id: int,
    answer: str,
    *,
    reviewer: str,
    at: datetime,
    note: str | None = None,
) -> bool:
    """Keep an answer; it is the label that counts from now on. Returns whether it was new. Idempotent.

    Raises:
        ValueError: no such option, no reviewer's name, or a time without a zone.
    """
    if answer not in OPTIONS:
        raise ValueError(f"an answer is one of {', '.join(OPTIONS)}, not {answer!r}")
    if not reviewer.strip():
        raise ValueError("a review needs the reviewer's name")
    if at.tzinfo is None:
        raise ValueError("the time of a review needs a zone")
    if answer == "skip":
        return False
    values = {
        "article_id": article_id,
        "revision_id": revision_id,
        "label": answer,
        "reviewer": one_line(reviewer),
        "reviewed_at": at,
        "note": clean(note or "")[:NOTE_LIMIT].strip() or None,
    }

    def write(connection: Any) -> int:
        database.sql.lock_article(connection, article_id=article_id)
        added: int = database.sql.add_review(connection, **values)
        return added

    return database.run(write) > 0


def export(database: Database, file: TextIO) -> int:
    """Write every reviewed article as a JSON line, as training reads labelled articles. Returns how many.

    The newest review of an article counts. `label` is 1 for conflict and 0 for other.
    """
    written = 0
    for row in _reviewed(database):
        document = {
            "id": f"review/{row.article_id}-{row.revision_id}",
            "lang": row.language,
            "source": row.outlet,
            "date": row.shown_at.date().isoformat(),
            "url": row.url,
            "title": row.title,
            "text": row.text,
            "label": int(row.label == "conflict"),
            "label_basis": "read",
            "kind": "reviewed",
            "topics": [],
            "reviewer": row.reviewer,
            "reviewed_at": row.reviewed_at.isoformat(),
            "note": row.note,
            "model_version": row.model_version,
            "model_label": row.model_label,
            "probability": row.probability,
        }
        file.write(json.dumps(document, ensure_ascii=False) + "\n")
        written += 1
    return written


def _reviewed(database: Database) -> Iterator[Any]:
    after = 0
    while rows := database.run(lambda c, a=after: list(database.sql.reviewed_articles(c, after=a, most=CHUNK))):  # type: ignore[misc]
        yield from rows
        after = rows[-1].article_id
