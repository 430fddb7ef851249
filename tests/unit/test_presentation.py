"""What the command line shows: whole words, and no blank ends."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from types import SimpleNamespace

from newswire.presentation import articles_text, status_text

SPAN = "The general staff reported on the evening of May that Russian troops had crossed the river"


def test_evidence_is_cut_between_words_and_says_so() -> None:
    row = SimpleNamespace(
        probability=0.97, language="en", outlet="Courier", title="Crossing", evidence=[{"text": SPAN}, {"text": "shelling"}],
    )  # fmt: skip
    shown = re.sub(r"[^\w…;]+", " ", articles_text([row], "Newest"))
    assert "of May that…; shelling" in shown


def test_a_run_without_a_note_ends_without_a_blank() -> None:
    check = {"listed": 0, "published": 0, "skipped": 0, "failed": 0, "pending": 0, "adds_up": True}
    run = {"run_id": 1, "status": "finished", "started_at": datetime(2026, 9, 20, 8, tzinfo=UTC), "note": None}
    feeds = {"active": 0, "feeds": 0, "due": 0, "failing": 0, "alarmed": 0}
    status = {"ledger": check, "feeds": feeds, "by_reason": [], "runs": [run], "alarms": [], "stuck": []}
    assert status_text(status).splitlines()[-1] == "run 1 finished 2026-09-20 08:00"
