"""Stories: near-duplicates and syndication. The same wire copy in forty outlets is one story.

Two steps, as usual for web-scale near-duplicate detection (Broder 1997; Leskovec et al., Mining of Massive Datasets, ch. 3):
MinHash bands find candidates through an index, then the texts themselves decide.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from functools import cache
from typing import Any, AnyStr

import datasketch
import numpy as np

from newswire.text import fold

SHINGLE = 3
"""Words per shingle. Three survive the light edits of wire copy better than the usual five, and are still specific."""

BANDS, ROWS = 16, 4
"""16 bands of 4 rows find half of the pairs at a Jaccard similarity of (1/16)^(1/4) = 0.5 and 98 % of those at 0.7."""

LEAST_SHINGLES = 12
"""Shorter texts share their few shingles by chance (a stock phrase); they are stories of their own."""

SAME_JACCARD = 0.5
"""Edited copies of one wire story lie above; two reports of one event written apart lie below 0.2."""

SAME_CONTAINMENT = 0.8
"""A shortened copy: four fifths of the shorter text stand in the longer one."""

_WORD = re.compile(r"\w+")


def shingles(text: str) -> set[str]:
    """The distinct word triples of a text, folded."""
    return _shingles(_WORD.findall(fold(text)), " ")


def _shingles(words: Sequence[AnyStr], space: AnyStr) -> set[AnyStr]:
    return set(map(space.join, zip(*(words[i:] for i in range(SHINGLE)), strict=False)))


def fingerprint(text: str) -> tuple[int, ...]:
    """The near-duplicate key of a text: one 32-bit signed integer per band, () for a text too short to compare.

    Texts of which any band is equal are candidates for being copies. Deterministic over processes and machines.
    """
    return fingerprint_of_folded(fold(text))


def fingerprint_of_folded(folded: str) -> tuple[int, ...]:
    """`fingerprint` of a text that `newswire.text.fold` has been through: folding costs more than the key."""
    # The hashes are those of bytes: encoding the text takes a twentieth of encoding each shingle.
    parts = _shingles(" ".join(_WORD.findall(folded)).encode().split(b" "), b" ")
    if len(parts) < LEAST_SHINGLES:
        return ()
    hashes = datasketch.MinHash(
        permutations=_permutations(), num_perm=BANDS * ROWS, hashfunc=zlib.crc32, scheme="affine32"
    )
    hashes.update_batch(parts)
    rows = hashes.hashvalues.astype("<u4").reshape(BANDS, ROWS)
    # The band's number goes into its hash, so that equal rows in different bands do not meet.
    return tuple(int(np.int32(np.uint32(zlib.crc32(bytes([band]) + row.tobytes())))) for band, row in enumerate(rows))


def same_story(one: str, other: str) -> bool:
    """Whether two texts are copies of each other: near-duplicates, or one a shortened copy of the other."""
    a, b = shingles(one), shingles(other)
    if min(len(a), len(b)) < LEAST_SHINGLES:
        return False
    shared = len(a & b)
    return shared / len(a | b) >= SAME_JACCARD or shared / min(len(a), len(b)) >= SAME_CONTAINMENT


@cache
def _permutations() -> Any:
    """Drawing them costs more than using them, so once per process (fixed seed: part of the key's definition)."""
    return datasketch.MinHash(num_perm=BANDS * ROWS, seed=1, scheme="affine32").permutations
