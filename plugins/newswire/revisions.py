"""Revisions: what an outlet changed in an article after publication, and whether it said so."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from newswire.text import fold

SHOWN_WORDS = 60
"""Words of a change that are kept in words: enough to see what it is; the full texts stay in both revisions."""


LONGEST_COMPARED = 2000
"""Words on both sides of a changed passage up to which it is compared word by word: that takes time with the square of
its length, and a page of millions of words must not hold up its batch."""


@dataclass(frozen=True, slots=True)
class Version:
    """What a revision is compared by."""

    title: str | None
    text: str
    content_hash: str
    modified_at: datetime | None


@dataclass(frozen=True, slots=True)
class Change:
    """How a revision differs from the one before. Counts are words; `announced` where the page gives a newer
    modification time than it gave before."""

    title_changed: bool
    words_added: int
    words_removed: int
    added: str
    removed: str
    announced: bool


def without_lines(version: Version, lines: Collection[str]) -> Version:
    """A version as it is without these lines: what we have learnt to leave out is no change that the outlet made."""
    folded = frozenset(map(fold, lines))
    text = "\n".join(line for line in version.text.split("\n") if fold(line) not in folded)
    return replace(version, text=text, content_hash=hashlib.sha256(fold(text).encode()).hexdigest())


def is_new(before: Version, now: Version) -> bool:
    """Whether title or text differ beyond spelling of spaces and case."""
    return before.content_hash != now.content_hash or fold(before.title or "") != fold(now.title or "")


def describe(before: Version, now: Version) -> Change:
    """What changed: by lines, and within the changed lines by words (difflib's longest matching blocks)."""
    old, new = before.text.split("\n"), now.text.split("\n")
    added: list[str] = []
    removed: list[str] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if tag != "equal":
            less, more = _changed_words(" ".join(old[i1:i2]).split(), " ".join(new[j1:j2]).split())
            removed += less
            added += more
    announced = now.modified_at is not None and (before.modified_at is None or now.modified_at > before.modified_at)
    return Change(
        title_changed=fold(before.title or "") != fold(now.title or ""),
        words_added=len(added),
        words_removed=len(removed),
        added=" ".join(added[:SHOWN_WORDS]),
        removed=" ".join(removed[:SHOWN_WORDS]),
        announced=announced,
    )


def _changed_words(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """The words that went, and those that came."""
    if len(old) + len(new) > LONGEST_COMPARED:
        return old, new
    removed: list[str] = []
    added: list[str] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if tag != "equal":
            removed += old[i1:i2]
            added += new[j1:j2]
    return removed, added
