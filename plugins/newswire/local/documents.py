"""What the generated documents share: the notice at their head, their errors, and the cells of their tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

NOTICE = "<!-- Written by `make generate`. Edit {source} instead; a test fails where this file is stale. -->"


class GenerateError(Exception):
    """A source lacks what the document must say. One line per omission."""


def cell(text: str | None) -> str:
    """Text in a cell of a Markdown table: one line, no bar that would end the cell."""
    return " ".join((text or "").split()).replace("|", "\\|")


def each(function: Callable[[T], R], items: Iterable[T]) -> list[R]:
    """The function's answer for each item; what all of them lack is raised together."""
    answers, missing = [], []
    for item in items:
        try:
            answers.append(function(item))
        except GenerateError as error:
            missing.append(str(error))
    if missing:
        raise GenerateError("\n".join(missing))
    return answers
