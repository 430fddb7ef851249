"""Headlines of other stories that stand in a text as if they were its own: no link, no class, no label marks them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from newswire.extraction.lines import HEADINGS, PLAIN_TAGS, Line, is_sentence

# With less text around it, sharing no word says little.
STRAY_TEXT = 400
# Fewer words than these are a heading more often than a headline.
SHORT_STRAY = 6
# More headline-like lines together are a list, or verse.
LONGEST_STRAY_RUN = 3
# The text that a stray line interrupts goes on in sentences; what is shorter may be a label or a caption.
SHORTEST_NEIGHBOUR = 60
_STRAY_TAGS = PLAIN_TAGS | HEADINGS
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


def strays(lines: Sequence[Line], kept: Sequence[int], titles: Sequence[str]) -> list[int]:
    """Headlines of other stories between two paragraphs, unmarked by link or wording: they share no word with the rest.

    The article's own headings share words with it, or are too short to be judged; a heading element must bring a name
    that the article does not know. On the 1,224 development pages with lines this takes out four: three credits
    and a reader's comment. `kept` are the indices of the lines that are still there.
    """
    if sum(len(lines[i].text) for i in kept) < STRAY_TEXT:
        return []
    runs = _between_sentences(lines, kept)
    if not runs:
        return []
    stems = {i: _stems(lines[i].text) for i in kept}
    counts = Counter(stem for found in stems.values() for stem in found)
    named = set().union(*map(_stems, titles)) if titles else set()
    found = []
    for run in runs:
        foreign = [_is_foreign(lines[i], {s for s in stems[i] if counts[s] == 1 and s not in named}) for i in run]
        # One line of a list that has a word of the text in it speaks for the others.
        if all(foreign):
            found += run
    return found


def _between_sentences(lines: Sequence[Line], kept: Sequence[int]) -> list[list[int]]:
    """Headline-like lines, alone or two or three together, with a sentence of the text above and below them."""
    runs: list[list[int]] = []
    run: list[int] | None = None
    for i in kept:
        line = lines[i]
        if _may_be_stray(line):
            if run is not None:
                run.append(i)
        elif len(line.text) >= SHORTEST_NEIGHBOUR and line.linked < 0.5 and is_sentence(line.text):
            if run and len(run) <= LONGEST_STRAY_RUN:
                runs.append(run)
            run = []
        else:
            run = None
    return runs


def _is_foreign(line: Line, alone: set[str]) -> bool:
    """Whether a line is another story's. `alone` are those of its stems that stand nowhere else in the article."""
    stems = _stems(line.text)
    if len(stems) < 4:
        return False
    names = _names(line.text)
    # Headings of one's own are made of such elements, or of few words: there, the names must say it.
    if line.tag in HEADINGS or len(line.text.split()) < SHORT_STRAY:
        named = _names(line.text.partition(" ")[2])
        if not named or not named <= alone:
            return False
    # Where every name in it is new to the article, some of its other words may occur there.
    allowed = 0.34 if names and names <= alone else 0.15
    return len(stems) - len(alone) <= allowed * len(stems)


def _names(text: str) -> set[str]:
    """The stems of the words with a capital."""
    return {stem for word in _LONG_WORD.findall(text) if word[0].isupper() for stem in _stems(word)}


def _may_be_stray(line: Line) -> bool:
    if line.tag not in _STRAY_TAGS or not 5 <= len(line.text.split()) <= 20 or is_sentence(line.text):
        return False
    return line.text[0].isupper() and "://" not in line.text and "(" not in line.text


def _stems(text: str) -> set[str]:
    """The longer words of a text by their first five letters: enough to meet through inflection."""
    return {word[:5] for word in _LONG_WORD.findall(text.casefold())}
