"""The validation protocol: whole families of sources are left out, never random rows.

Random folds flatter every model here: a source has a tone, a template and a rule by which its rows were labelled, and a
model that has seen a hundred rows of a source has learnt the rule. So a fold is a family of sources (all outlets of one
collection), and a row is only ever scored by a model that has seen no row of its family.

Years are left out in a second protocol: rows are scored by a model that has seen none of their years. Rows without a date
are in every training set and are not scored there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

# Collection (the part of a source's name before the dash) → fold. Small collections of one language and period are joined
# where alone they hold only one class in a handful of rows.
FOLDS = {
    "1tv": "1tv", "agnews": "en-old", "bbc": "en-old", "bgwar": "bgwar", "bruk": "uk", "neruk": "uk", "faerber": "en-war",
    "gdelt": "en-war", "semeval10": "semeval10", "slavicner": "slavicner", "spai": "spai", "tgcontest": "tgcontest",
    "trends": "trends", "unlp": "unlp",
}  # fmt: skip

PERIODS = {
    "before-2014": range(1990, 2014), "2014-2019": range(2014, 2020), "2020-2021": range(2020, 2022),
    "2022": range(2022, 2023), "2023": range(2023, 2024), "2024": range(2024, 2025), "2025-": range(2025, 2040),
}  # fmt: skip


def fold_of(source: str) -> str | None:
    """The fold of a source, None for a source that belongs to none (pieces written for the project)."""
    return FOLDS.get(source.split("-")[0])


def period_of(date: str | None) -> str | None:
    """The period of a date such as `2022-03` or `2000-09-11`; None without a year."""
    year = (date or "")[:4]
    return next((name for name, years in PERIODS.items() if int(year) in years), None) if year.isdigit() else None


def split(folds: Sequence[str | None]) -> Iterator[tuple[str, list[int], list[int]]]:
    """(fold, rows to train on, rows to score) for every fold; rows without a fold are always trained on."""
    for name in sorted({f for f in folds if f is not None}):
        yield name, [i for i, f in enumerate(folds) if f != name], [i for i, f in enumerate(folds) if f == name]
