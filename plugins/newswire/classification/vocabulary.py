"""Which words the training texts held, as a Bloom filter: for the rate of unknown words, a sign of drift.

Words are remembered by language-free stems (the first letters), never as text.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from newswire.classification.tokens import Words, fold_word

SHIPPED = Path(__file__).parent / "vocabulary.bloom"
# First letters kept: inflected languages change the end, and a stem of six still tells words apart.
STEM = 6
# Four probes into ten bits per stem: about one stranger in a hundred passes for known (Bloom 1970).
PROBES, BITS_PER_STEM = 4, 10


def stem(word: str) -> str:
    """The remembered part of a word."""
    return fold_word(word)[:STEM]


def _probes(text: str, bits: int) -> list[int]:
    data = text.encode()
    a, b = zlib.crc32(data), zlib.crc32(data, 0x9E3779B9) | 1
    return [(a + i * b) % bits for i in range(PROBES)]


def build(stems: Iterable[str]) -> bytes:
    """A filter that holds `stems`."""
    known = sorted(set(stems))
    bits = max(64, len(known) * BITS_PER_STEM)
    table = bytearray((bits + 7) // 8)
    for text in known:
        for probe in _probes(text, len(table) * 8):
            table[probe >> 3] |= 1 << (probe & 7)
    return bytes(table)


class Vocabulary:
    """Asks a filter, and remembers the answers."""

    MAX_REMEMBERED = 200_000

    def __init__(self, table: bytes) -> None:
        self._table, self._bits = table, len(table) * 8
        self._known: dict[str, bool] = {}

    def knows(self, raw: str) -> bool:
        """Whether the stem of `raw` was in the training texts (wrongly yes about once in a hundred)."""
        answer = self._known.get(raw)
        if answer is None:
            if len(self._known) >= self.MAX_REMEMBERED:
                self._known.clear()
            probes = _probes(stem(raw), self._bits)
            answer = self._known[raw] = all(self._table[p >> 3] >> (p & 7) & 1 for p in probes)
        return answer

    def unknown_rate(self, words: Words) -> float:
        """Share of the words (those with letters) that are unknown; 0.0 for no words."""
        letters = {word: times for word, times in Counter(words.raw).items() if not word[0].isdigit()}
        unknown = sum(times for word, times in letters.items() if not self.knows(word))
        return unknown / sum(letters.values()) if letters else 0.0


@cache
def shipped() -> Vocabulary:
    """The vocabulary that comes with the package."""
    return Vocabulary(SHIPPED.read_bytes())
