"""The validation protocol: whole families of sources are left out, never random rows.

Random folds flatter every model here: a source has a tone, a template and a rule by which its rows were labelled, and a
model that has seen a hundred rows of a source has learnt the rule. So a fold is a family of sources (all outlets of one
collection), and a row is only ever scored by a model that has seen no row of its family.

Years go with the sources: most collections here cover a year or two of their own (2000-2023 for one broadcaster, 2004,
2014, 2019, 2022, January 2023, 2024, 2025-26), so that a fold left out is also a time left out.

A second split, by single sources and years, tells whether choices were made for the first one. It is milder, and nearer
to what the model meets: other outlets and other years, but not other kinds of text than any it has seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

# Collection (the part of a source's name before the dash) → fold. Collections of different languages share a fold,
# which costs none of them its strictness and saves half of the fitting.
FOLDS = {
    "1tv": "1tv", "agnews": "agnews+bbc+bgwar", "bbc": "agnews+bbc+bgwar", "bgwar": "agnews+bbc+bgwar",
    "bruk": "bruk+neruk+spai", "neruk": "bruk+neruk+spai", "spai": "bruk+neruk+spai", "semeval10": "semeval10",
    "slavicner": "slavicner", "tgcontest": "tgcontest+trends", "trends": "tgcontest+trends",
    "faerber": "faerber+gdelt+unlp", "gdelt": "faerber+gdelt+unlp", "unlp": "faerber+gdelt+unlp",
}  # fmt: skip
# Hard cases written for the purpose belong to no source; they are dealt out to the folds in turn.
FOLD_NAMES = tuple(sorted(set(FOLDS.values())))


def fold_of(source: str) -> str | None:
    """The fold of a source, None for a source that belongs to none (pieces written for the project)."""
    return FOLDS.get(source.split("-")[0])


# Enough that seven eighths are learnt from; more would only cost time.
SECOND_FOLDS = 8


def unit_of(source: str, row_id: str) -> str | None:
    """What the second split leaves out whole: a source, or one year of the source whose ids begin with a year.

    None for a source that belongs to no fold.
    """
    if fold_of(source) is None:
        return None
    return f"{source}/{row_id.split('/')[1][:4]}" if source == "1tv" else source


def second_split(units: Sequence[str | None]) -> list[str]:
    """The fold of each row: units are dealt out largest first to the fold with the fewest rows, rows of none in turn."""
    sizes = Counter(u for u in units if u is not None)
    filled = [0] * SECOND_FOLDS
    fold: dict[str, int] = {}
    for unit in sorted(sizes, key=lambda u: (-sizes[u], u)):
        fold[unit] = filled.index(min(filled))
        filled[fold[unit]] += sizes[unit]
    return [f"{fold[u] if u is not None else i % SECOND_FOLDS}" for i, u in enumerate(units)]
