"""What is odd about a text, in measured and explained flags. Nothing is dropped for a flag."""

from __future__ import annotations

from collections.abc import Sequence

from newswire.extraction.language import LanguageGuess
from newswire.extraction.values import QualityFlag, Removed


def quality_flags(
    text: str,
    *,
    title: str | None = None,
    language: LanguageGuess | None = None,
    cut_off: bool = False,
    removed: Sequence[Removed] = (),
) -> tuple[QualityFlag, ...]:
    """The flags of a text, in a fixed order; () for an ordinary one."""
    return ()
