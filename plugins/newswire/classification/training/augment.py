"""Variants of training rows: what pages do to texts, done on purpose, so that the model learns not to mind.

Each keeps the label of its row: the lead alone (many feeds carry no more), no title, a headline of the other class
strayed into the text, and the text as a gazetteer sees it that lacks some of its words. The stray headline comes from
the same fold, so that no fold learns from another.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from newswire.classification.features import Reading
from newswire.classification.lexicon import Hit
from newswire.classification.tokens import Words
from newswire.classification.training.data import Row

# Each row gets one variant of its text where its length allows, which counts less than the row itself.
FACTOR = 0.5
# But for a headline of the war strayed into another piece: such a false alarm is a false number in print. So weighed,
# a headline run into a paragraph turned 1.6 % of the development articles instead of 2.1 %, for 0.002 of F1, before
# `features.run_in_headlines` passed over most of them (0.5 % since).
FACTOR_OF_FALSE_ALARM = 1.5
SEED = 0
_LEAD, _UNTITLED = 0.15, 0.2  # cumulative shares of the first two variants
# Every row also stands there once with this share of its words in the gazetteer taken for unknown: an outlet, a year or
# a language not seen before writes with words that the gazetteer lacks, and a model that leans on a single one of them
# falls there. F1 with and without: 0.937 and 0.933 on the corpus, 0.923 and 0.916 on rows read for doubt.
UNKNOWN_SHARE = 0.25


def variants(rows: Sequence[Row]) -> tuple[list[Row], list[int]]:
    """(variants, for each the number of its row), the same every time."""
    dice = random.Random(SEED)  # noqa: S311 - no secret: the same variants in every build
    others: dict[tuple[str, str | None, int], list[int]] = {}
    for i, row in enumerate(rows):
        others.setdefault((row.language, row.fold, row.label), []).append(i)
    made: list[Row] = []
    origin: list[int] = []
    for i, row in enumerate(rows):
        pool = others.get((row.language, row.fold, 1 - row.label), [])
        new = _variant(row, [rows[j] for j in pool[:: max(1, len(pool) // 50)]], dice)
        if new is not None:
            strayed = len(new.text) > len(row.text)
            factor = FACTOR_OF_FALSE_ALARM if strayed and not row.label else FACTOR
            made.append(replace(new, weight=row.weight * factor))
            origin.append(i)
    made += [replace(row, weight=row.weight * FACTOR, unknown=UNKNOWN_SHARE) for row in rows]
    return made, [*origin, *range(len(rows))]


def without_unknown(reading: Reading, row: Row) -> Reading:
    """The reading of a row, less the hits of the words that `row.unknown` takes for unknown; the same every time."""
    if not row.unknown:
        return reading
    dice = random.Random(f"{row.id} {row.unknown}")  # noqa: S311 - no secret
    kept: dict[str, bool] = {}

    def known(words: Words, hits: Sequence[Hit]) -> list[Hit]:
        # A word is known or not wherever it stands in the article.
        for hit in hits:
            kept.setdefault(words.raw[hit.at].lower(), dice.random() >= row.unknown)
        return [hit for hit in hits if kept[words.raw[hit.at].lower()]]

    return replace(
        reading,
        title_hits=known(reading.title_words, reading.title_hits),
        text_hits=known(reading.text_words, reading.text_hits),
    )


def _variant(row: Row, pool: Sequence[Row], dice: random.Random) -> Row | None:
    words = row.text.split()
    kind = dice.random()
    if kind < _LEAD and row.title and len(words) > 80:
        return replace(row, text=" ".join(words[: dice.randint(30, 70)]))
    if kind < _UNTITLED and row.title and len(words) > 60:
        return replace(row, title=None)
    stops = [m + 1 for m in range(len(row.text) - 1) if row.text[m] == "." and row.text[m + 1] in " \n"]
    if len(words) < 100 or not pool or not stops:
        return None
    cut, other = dice.choice(stops), dice.choice(pool)
    headline = (other.title or other.text.strip().split("\n")[0])[:140].rstrip(".")
    return replace(row, text=f"{row.text[:cut]} {headline}. {row.text[cut:].lstrip()}")
