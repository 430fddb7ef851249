"""What does not belong to the article, told from what does: by links, position, element, wording and fit to the rest.

The extractor keeps whatever looks like text inside the container of the article, and newsrooms put much into it: "read
also" lines, other stories' headlines, captions, share and newsletter lines, the author's biography, counters, rights.
`repair` reads the lines with what their source elements say, and takes out those that some general signal marks; every
line taken out is returned with its reason. No rule knows an outlet; repetition over an outlet's pages is passed in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from newswire.extraction.line_wording import (
    BOX_CLASS,
    CAPTION,
    CREDIT,
    CREDIT_HINTS,
    FOOT,
    LEAD_IN,
    NOTICE,
    RIGHTS,
    RIGHTS_HINTS,
    TAIL_HEADING,
)
from newswire.extraction.values import Removed

# A line is other pages' headline when nearly all of it is a link.
LINKED = 0.8
# With this much prose beside them, linked lines are not the text, however many they are.
DIGEST_PROSE = 400
# An article has a box or two beside it.
MANY_BOXES = 5
# So many short lines together in the article's own container are a list, if only made of paragraphs.
MANY_LINES = 5
# A line this long that ends like a sentence is a paragraph of prose.
PARAGRAPH = 80
# Notices and lead-ins are short; longer paragraphs that begin alike are prose ("Read the ruling carefully, she said…").
SHORT = 250
# An unfinished line this long above the text can be the lead; shorter ones are kickers, dates and bylines.
SHORTEST_LEAD = 60
# A longer line is no headline of another story.
LONGEST_HEADLINE = 150
# With less text around it, sharing no word says little.
STRAY_TEXT = 600
_PLAIN_TAGS = frozenset(("p", "div", "span", "section", ""))
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_NAME = re.compile(r"\b[A-ZА-ЯІЇЄҐ][^\W\d_]{3,}")
_LISTED = frozenset(("li", "td", "th", "tr"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CLOSING = "['\"”’“»)\\]」』）】〉]*"
_END = re.compile(rf"[.!?…。！？]{_CLOSING}$|[:;,、]$|[.!?。]{_CLOSING}\s*[(（\[【][^()（）\[\]【】]{{1,40}}[)）\]】]$")
_STOPS = frozenset(".!?…。！？")
# A sentence that ends inside the line, so that the line is prose even where its own end is missing.
_INNER_END = re.compile(r"\w{2}[.!?]['\"”’“»)]*\s+['\"“„«(]?[^\W\d_a-zа-яіїєґ]|[。！？]")
# What _END looks at lies within so many characters.
_ENDING = 80
_LETTER = re.compile(r"[^\W_]")
_WORD = re.compile(r"[^\W\d_]{3,}")
_FOLD = re.compile(r"\W+")
# Why a line that repeats over an outlet's pages was taken out; what is learnt of repetition asks for it by these words.
REPEATS = "repeats over the pages of the outlet"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of extracted text with what its source says: share of linked letters, element, class and id words."""

    text: str
    linked: float
    tag: str
    context: str
    container: int


@dataclass(frozen=True, slots=True)
class Repaired:
    """The lines of the article, and those taken out."""

    lines: tuple[str, ...]
    removed: tuple[Removed, ...]


def ends_like_sentence(text: str) -> bool:
    """Whether a line closes with the punctuation of prose (also before a closing quote or a source in brackets)."""
    last = text[-1:]
    if last in _STOPS or last.isalnum():  # nearly every line; the pattern need not be asked
        return last in _STOPS
    return _END.search(text[-_ENDING:]) is not None


def letters_of(text: str) -> str:
    """The word characters only, folded: equal for lines that differ in punctuation and case."""
    return _FOLD.sub("", text).casefold()


def is_label(text: str) -> bool:
    """Whether a line is no prose: too short for a paragraph, and not closed like a sentence."""
    return len(text) < PARAGRAPH and not _sentence(text)


def _sentence(text: str) -> bool:
    return ends_like_sentence(text) or (len(text) >= 2 * PARAGRAPH and _INNER_END.search(text) is not None)


def _prose(line: Line) -> bool:
    return len(line.text) >= PARAGRAPH and line.linked < 0.5 and _sentence(line.text)


def repair(lines: Sequence[Line], titles: Sequence[str] = (), *, known: Collection[str] = ()) -> Repaired:
    """Take out what is not the article's.

    `titles` are the names that the page gives to its piece; `known` lines that repeat over the pages of the outlet. The
    lines come in document order. Pure; linear in the number of lines but for the fit of short lines to the rest.
    """
    why: list[str | None] = [None] * len(lines)
    _mark_wording(lines, why)
    _mark_links(lines, why)
    _mark_boxes(lines, why)
    _mark_known(lines, why, frozenset(map(letters_of, known)))
    _mark_above_headline(lines, why, titles[0] if titles else "")
    _mark_head(lines, why, titles)
    _mark_tail(lines, why)
    _mark_strays(lines, why, titles)
    kept = tuple(line.text for line, reason in zip(lines, why, strict=True) if reason is None)
    removed = tuple(Removed(line.text, reason) for line, reason in zip(lines, why, strict=True) if reason is not None)
    return Repaired(kept, removed)


def _mark_wording(lines: Sequence[Line], why: list[str | None]) -> None:
    short = {i: line.text.lower() for i, line in enumerate(lines) if why[i] is None and len(line.text) < SHORT}
    said = "\n".join(short.values())
    may_claim_rights = any(map(said.__contains__, RIGHTS_HINTS))
    may_credit = any(map(said.__contains__, CREDIT_HINTS))
    for i, text in short.items():
        if why[i] is not None:
            continue
        if LEAD_IN.match(text):
            why[i] = "leads to another page (read also)"
            # "Read also:" on a line of its own speaks of the linked lines below it.
            if len(text) < 40:
                for j in range(i + 1, len(lines)):
                    if lines[j].linked < LINKED:
                        break
                    why[j] = "linked line below a lead-in to other pages"
        elif NOTICE.match(text) or (may_claim_rights and RIGHTS.search(text)):
            why[i] = "notice about the page or the outlet"
        elif CAPTION.match(text) or (may_credit and CREDIT.search(text)):
            why[i] = "caption or picture credit"


def _mark_links(lines: Sequence[Line], why: list[str | None]) -> None:
    linked = sum(len(line.text) for line in lines if line.linked >= LINKED)
    prose = sum(len(line.text) for line in lines if _prose(line))
    if linked > 0.5 * sum(len(line.text) for line in lines) and prose < DIGEST_PROSE:
        return  # a digest: its items are its text
    for i, line in enumerate(lines):
        if why[i] is None and line.linked >= LINKED:
            why[i] = "nothing but a link"


def _mark_boxes(lines: Sequence[Line], why: list[str | None]) -> None:
    """Lines in a box of its own inside the article: sign-up forms, biographies, fact boxes, lists of other news."""
    homes = _homes(lines, why)
    # A word that also stands around the paragraphs says nothing ("sidebar-1" can be the whole page).
    around = {line.container: line for line in lines if line.container in homes}
    common = {word for line in around.values() for word in _box_words(line)}
    marked = [
        i
        for i, line in enumerate(lines)
        if why[i] is None and line.container not in homes and line.context and _box_words(line) - common
    ]
    # Boxes all through a text that hold a good part of it are how the piece is laid out.
    inside = sum(len(lines[i].text) for i in marked if not lines[i].linked)
    total = sum(len(line.text) for line, reason in zip(lines, why, strict=True) if reason is None)
    if len({lines[i].container for i in marked}) >= MANY_BOXES and inside >= 0.15 * total:
        return
    for i in marked:
        why[i] = "in a box beside the article"


def _box_words(line: Line) -> set[str]:
    return set(BOX_CLASS.findall(" ".join(line.context.lower().split(" | ")[:2])))


def _mark_known(lines: Sequence[Line], why: list[str | None], known: frozenset[str]) -> None:
    """Lines that repeat over the outlet's pages: at the head and the foot; between paragraphs only loose labels.

    A background paragraph repeats as well ("The two countries have been at war since …"), and so do headings and the
    cells of tables: those are text. A page on which no other prose stands is left as it is: its text may be a notice.
    """
    if not known:
        return
    repeated = {i for i, line in enumerate(lines) if why[i] is None and letters_of(line.text) in known}
    own = [i for i, line in enumerate(lines) if why[i] is None and i not in repeated and _sentence(line.text)]
    if not any(_prose(lines[i]) for i in own):
        return
    for i in repeated:
        if not own[0] < i < own[-1] or (lines[i].tag in _PLAIN_TAGS and is_label(lines[i].text)):
            why[i] = REPEATS


def _mark_above_headline(lines: Sequence[Line], why: list[str | None], title: str) -> None:
    """Where the headline stands in the midst of the lines, and most of the prose below it, what is above is not its."""
    name = letters_of(title)
    found = [i for i, line in enumerate(lines) if line.tag in _HEADINGS and letters_of(line.text) == name]
    if len(found) != 1 or len(name) < 12:
        return
    (at,) = found
    prose = [len(line.text) if reason is None and _prose(line) else 0 for line, reason in zip(lines, why, strict=True)]
    if sum(prose[:at]) <= sum(prose[at:]):
        for i in range(at):
            why[i] = why[i] or "stands above the headline"


def _mark_head(lines: Sequence[Line], why: list[str | None], titles: Sequence[str]) -> None:
    names = [name for name in map(letters_of, titles) if len(name) >= 8]
    first = next((i for i, line in enumerate(lines) if why[i] is None and _prose(line)), 0)
    homes = _homes(lines, why)
    for i in range(min(max(first, 3), len(lines))):
        if why[i] is not None:
            continue
        own = letters_of(lines[i].text)
        if own and any(own == name or (len(own) >= 0.6 * len(name) and (name in own or own in name)) for name in names):
            if len(lines[i].text) < 300 and not (_prose(lines[i]) and own not in names):
                why[i] = "repeats the title"
        elif i < first and not _sentence(lines[i].text):
            apart = lines[i].linked > 0.3 or lines[i].container not in homes
            if apart or len(lines[i].text) < SHORTEST_LEAD:
                why[i] = "line above the text that is no sentence"


def _mark_tail(lines: Sequence[Line], why: list[str | None]) -> None:
    homes = _homes(lines, why)
    last = next(
        (
            i
            for i in range(len(lines) - 1, -1, -1)
            if why[i] is None and _prose(lines[i]) and lines[i].container in homes
        ),
        None,
    )
    if last is None:
        return
    _mark_sections_below(lines, why, last)
    last = _peel(lines, why, last)
    run, listed = range(0), False
    for i in range(last + 1, len(lines)):
        line = lines[i]
        if why[i] is not None or _sentence(line.text):
            continue
        if len(line.text) >= LONGEST_HEADLINE and not line.linked:
            continue
        if not line.linked:
            # Lines that stand together are judged together, and once.
            if i not in run:
                run = _run(lines, why, i)
                listed = _is_list(lines, run, homes)
            if listed:
                continue
        if line.linked > 0.3 or line.container not in homes or len(line.text) < PARAGRAPH:
            why[i] = "line below the text that is no sentence"


def _mark_sections_below(lines: Sequence[Line], why: list[str | None], last: int) -> None:
    """What follows a heading like "Latest news", or other stories' linked headlines, below the last paragraph."""
    foreign = 0
    for i in range(last + 1, len(lines)):
        if TAIL_HEADING.match(lines[i].text.lower()):
            foreign = 2
        elif lines[i].linked >= LINKED:
            foreign += 1
        if foreign >= 2 and why[i] is None:
            why[i] = "belongs to a section below the article"


def _peel(lines: Sequence[Line], why: list[str | None], last: int) -> int:
    """Take notices off the foot, from the last line upwards; returns the index of the last paragraph that stays."""
    i = len(lines) - 1
    limit = max(len(lines) // 2, len(lines) - 8)
    while i > limit:
        if why[i] is None:
            if not FOOT.search(lines[i].text.lower()) or len(lines[i].text) > 700:
                if _sentence(lines[i].text):
                    break
            else:
                why[i] = "notice below the text"
        i -= 1
    while last > 0 and why[last] is not None:
        last -= 1
    return last


def _mark_strays(lines: Sequence[Line], why: list[str | None], titles: Sequence[str]) -> None:
    """A headline of another story between two paragraphs, unmarked by link or wording: it shares no word with the rest.

    The article's own headings share words with it, or are too short or too plain (a heading element, a list item) to be
    judged. Of 592 short lines inside 361 development articles this takes out two, both of them other stories'.
    """
    kept = [i for i, reason in enumerate(why) if reason is None]
    if sum(len(lines[i].text) for i in kept) < STRAY_TEXT:
        return
    between = [
        i
        for before, i, after in zip(kept, kept[1:], kept[2:], strict=False)
        if _may_be_stray(lines[i]) and _prose(lines[before]) and _prose(lines[after])
    ]
    if not between:
        return
    stems = {i: _stems(lines[i].text) for i in kept}
    counts = Counter(stem for found in stems.values() for stem in found)
    named = set().union(*map(_stems, titles)) if titles else set()
    for i in between:
        line = lines[i]
        if len(stems[i]) < 4:
            continue
        alone = {stem for stem in stems[i] if counts[stem] == 1 and stem not in named}
        names = {stem for word in _NAME.findall(line.text) for stem in _stems(word)}
        # Where every name in it is new to the article, some of its other words may occur there.
        allowed = 0.34 if names and names <= alone else 0.15
        if len(stems[i]) - len(alone) <= allowed * len(stems[i]):
            why[i] = "headline-like line that shares no word with the article"


def _may_be_stray(line: Line) -> bool:
    if line.tag not in _PLAIN_TAGS or not 6 <= len(line.text.split()) <= 20 or _sentence(line.text):
        return False
    return line.text[0].isupper() and "://" not in line.text and "(" not in line.text


def _stems(text: str) -> set[str]:
    """The longer words of a text by their first five letters: enough to meet through inflection."""
    return {word[:5] for word in _LONG_WORD.findall(text.casefold())}


def _homes(lines: Sequence[Line], why: Sequence[str | None]) -> frozenset[int]:
    """The containers that hold the article: those with a good share of its paragraphs."""
    sizes: dict[int, int] = {}
    for line, reason in zip(lines, why, strict=True):
        if reason is None and _prose(line):
            sizes[line.container] = sizes.get(line.container, 0) + len(line.text)
    most = max(sizes.values(), default=0)
    return frozenset(container for container, size in sizes.items() if size >= 0.25 * most)


def _is_list(lines: Sequence[Line], run: range, homes: frozenset[int]) -> bool:
    """Whether lines below the text are a list: dates of a tour, results, ingredients."""
    first = lines[run[0]]
    if first.tag in _LISTED:
        # Old layouts are tables, too; in tables of facts most rows hold a figure.
        figures = sum(any(map(str.isdigit, lines[i].text)) for i in run)
        return len(run) >= 3 and (first.tag == "li" or 2 * figures > len(run))
    together = [i for i in run if lines[i].container in homes and not _sentence(lines[i].text)]
    return len(together) >= MANY_LINES


def _run(lines: Sequence[Line], why: Sequence[str | None], i: int) -> range:
    """The unlinked lines of the same element that stand together around `i`."""
    first = last = i
    while first > 0 and lines[first - 1].tag == lines[i].tag and not lines[first - 1].linked and why[first - 1] is None:
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].tag == lines[i].tag and not lines[last + 1].linked:
        last += 1
    return range(first, last + 1)
