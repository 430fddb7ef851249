"""Repetition: the lines that an outlet shows on many of its pages are learnt, and left out of its next articles.

What extraction takes out for this reason stays in the column `removed`, and counts as shown: else a learnt line would
be seen no more, forgotten, and come back. A person's word stands above what is learnt (`newswire lines`).
"""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from newswire.config import Settings
from newswire.extraction.boilerplate import REPEATS
from newswire.extraction.lines import is_label
from newswire.extraction.plaintext import letters
from newswire.storage import Database, json_rows
from newswire.text import printable

log = logging.getLogger(__name__)

WINDOW = timedelta(days=28)
"""Four weeks hold four of each weekday: a weekly's lines are seen on several days, and a redesign is soon behind."""

STORIES_A_DAY = 20
"""Stories of an outlet's day that are looked at: 560 in the window tell a share of 10 % from one of 5 %."""

SHORTEST_TEXT = 300
"""Characters. In shorter texts (an alert, a note beside a film) what repeats may be the whole of the message."""

LONGEST_LINE = 600
"""Characters. A longer line is no notice; and four bytes for each of them must fit into an index entry."""

MOST_LINES = 100
"""Lines known of one outlet, the most frequent ones: they go with each page into the sandbox."""

FORGOTTEN_AFTER = timedelta(days=90)
"""Longer than an outlet that is paused, or a column that has a summer break, is away."""


@dataclass(frozen=True, slots=True)
class Need:
    """How often a line must have been shown: in how many stories, in what share of the outlet's, on how many days."""

    stories: int
    share: float
    days: int


LABEL = Need(stories=5, share=0.1, days=3)
"""A short line that is no sentence says nothing by itself. Fewer than five stories may be a series, two days an event."""

PROSE = Need(stories=20, share=0.5, days=7)
"""A sentence may be background ("Russia launched its full-scale invasion on 24 February 2022 …"), which a newsroom
repeats word by word in all that it writes on one subject, for weeks. Only what ends or begins half of everything that
the outlet writes, whatever the subject, is its own notice. A notice that stays in is a smaller loss than a paragraph."""

PROSE_AT_EDGE = 0.95
"""Share of its stories in which a sentence stands above or below all text of their own. Background paragraphs wander:
they close a short piece, and stand in the midst of a long one."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of an outlet: in how many of its stories, and on how many days, it stood; `at_edge` in how many of them
    nothing of their own stood above it or below it. Times are when the first and the last of them were listed."""

    outlet_id: int
    line: str
    stories: int
    of_stories: int
    days: int
    at_edge: int
    first_seen_at: datetime
    last_seen_at: datetime


def is_boilerplate(shown: Shown) -> bool:
    """Whether a line repeats so that it is the outlet's, and not a story's."""
    if sum(map(str.isalpha, letters(shown.line))) < 2:
        return False  # "1", "B" and "2026" mean something only where they stand
    label = is_label(shown.line)
    need = LABEL if label else PROSE
    if shown.stories < need.stories or shown.stories < need.share * shown.of_stories or shown.days < need.days:
        return False
    return label or shown.at_edge >= PROSE_AT_EDGE * shown.stories


def learn_repeated_lines(_: Settings, database: Database, *, now: datetime | None = None) -> dict[str, int]:
    """Learn which lines repeat over each outlet's pages, and forget those not shown for long. Returns the counts."""
    now = now or datetime.now(UTC)

    def work(connection: Any) -> dict[str, int]:
        sql = database.sql
        found = sql.repeating_lines(
            connection,
            since=now - WINDOW,
            per_day=STORIES_A_DAY,
            least_stories=LABEL.stories,
            least_days=LABEL.days,
            least_share=LABEL.share,
            shortest_text=SHORTEST_TEXT,
            longest_line=LONGEST_LINE,
            most_lines=MOST_LINES,
            reason=REPEATS,
        )
        rows = [(row.known, Shown(**{name: getattr(row, name) for name in Shown.__slots__})) for row in found]
        new = [shown for known, shown in rows if not known and is_boilerplate(shown)]
        seen = [shown for known, shown in rows if known]
        sql.learn_lines(connection, rows=json_rows([asdict(shown) for shown in new + seen]))
        forgotten = sql.forget_lines(connection, before=now - FORGOTTEN_AFTER)
        for shown in new:
            counted = (shown.outlet_id, shown.stories, shown.of_stories)
            log.info("outlet %d shows in %d of %d stories: %s", *counted, printable(shown.line))
        return {"learnt": len(new), "seen": len(seen), "forgotten": forgotten}

    counts = database.run(work)
    log.info("repeated lines: %s", counts)
    return counts
