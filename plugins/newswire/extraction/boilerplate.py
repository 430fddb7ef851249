"""What does not belong to the article, told from what does: by links, position, element, wording and fit to the rest.

The extractor keeps whatever looks like text inside the container of the article, and newsrooms put much into it: "read
also" lines, other stories' headlines, captions, share and newsletter lines, the author's biography, counters, rights.
`repair` reads the lines with what their source elements say, and takes out those that some general signal marks; every
line taken out is returned with its reason. No rule knows an outlet; repetition over an outlet's pages is passed in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from newswire.extraction.label_wording import LABELLED, LABELS, LONGEST_LABEL, label_key
from newswire.extraction.line_wording import (
    APPEAL,
    BOX_CLASS,
    CAPTION,
    CREDIT,
    CREDIT_HINTS,
    FOOT,
    LEAD_IN,
    MEDIA_CLASS,
    NOTICE,
    RIGHTS,
    RIGHTS_HINTS,
    TAIL_HEADING,
)
from newswire.extraction.lines import HEADINGS, PARAGRAPH, PLAIN_TAGS, Line, is_label, is_long, is_prose, is_sentence
from newswire.extraction.plaintext import letters
from newswire.extraction.strays import strays
from newswire.extraction.values import Removed

# A line is other pages' headline when nearly all of it is a link.
LINKED = 0.8
# So many links in one sentence are citations.
CITED = 3
# With this much prose beside them, linked lines are not the text, however many they are.
DIGEST_PROSE = 400
# A flash has few lines, and none that is as long as a paragraph.
FLASH_LINES = 6
# An article has a box or two beside it.
MANY_BOXES = 5
# So many short lines together in the article's own container are a list, if only made of paragraphs.
MANY_LINES = 5
# Notices and lead-ins are short; longer paragraphs that begin alike are prose ("Read the ruling carefully, she said…").
SHORT = 250
# Longer paragraphs at the foot are text, whatever words they have.
LONGEST_NOTICE = 700
# An unfinished line this long above the text can be the lead; shorter ones are kickers, dates and bylines.
SHORTEST_LEAD = 60
# Words of an item of a summary; dates, bylines and sections in lists have fewer.
KEY_POINT = 5
# A longer line is no headline of another story.
LONGEST_HEADLINE = 150
# A note on the author is no longer.
LONGEST_BIOGRAPHY = 400
_SECTION_HEADINGS = frozenset(("h2", "h3", "h4"))
_ROWS = frozenset(("td", "th", "tr"))
_LISTED = _ROWS | {"li"}
# Somebody speaks: "“Share this ferry? Never,” said one islander."
_OPENING_QUOTES = "“„«\"'‘‚»”"
# Behind a label; Korean credits have an equals sign.
_COLON = re.compile(r"[:：=]")
# Speech in a dialogue.
_SPEECH = ("— ", "– ")
# In lists and tables of facts such words are text.
_FACTS = frozenset(("td", "th", "tr", "dt", "dd"))
# Why a line that repeats over an outlet's pages was taken out; what is learnt of repetition asks for it by these words.
REPEATS = "repeats over the pages of the outlet"


@dataclass(frozen=True, slots=True)
class Repaired:
    """The lines of the article, and those taken out."""

    lines: tuple[str, ...]
    removed: tuple[Removed, ...]


def repair(
    lines: Sequence[Line], titles: Sequence[str] = (), *, known: Collection[str] = (), authors: Sequence[str] = ()
) -> Repaired:
    """Take out what is not the article's.

    `titles` are the names that the page gives to its piece, `authors` who wrote it; `known` lines that repeat over the
    pages of the outlet. The lines come in document order. Pure; linear in the number of lines but for the fit of short
    lines to the rest.
    """
    why: list[str | None] = [None] * len(lines)
    _mark_wording(lines, why)
    _mark_links(lines, why)
    _mark_boxes(lines, why)
    _mark_known(lines, why, frozenset(map(letters, known)))
    _mark_above_headline(lines, why, titles[0] if titles else "")
    _mark_head(lines, why, titles)
    _mark_tail(lines, why)
    _mark_biography(lines, why, authors)
    for i in strays(lines, [i for i, reason in enumerate(why) if reason is None], titles):
        why[i] = "headline-like line that shares no word with the article"
    kept = tuple(line.text for line, reason in zip(lines, why, strict=True) if reason is None)
    removed = tuple(Removed(line.text, reason) for line, reason in zip(lines, why, strict=True) if reason is not None)
    return Repaired(kept, removed)


def _mark_wording(lines: Sequence[Line], why: list[str | None]) -> None:
    short = {i: line.text.lower() for i, line in enumerate(lines) if why[i] is None and len(line.text) < SHORT}
    said = "\n".join(short.values())
    may_claim_rights = any(map(said.__contains__, RIGHTS_HINTS))
    may_credit = any(map(said.__contains__, CREDIT_HINTS))
    for i, text in short.items():
        if why[i] is not None or (text[0] in _OPENING_QUOTES and is_sentence(text)):
            continue
        if text.startswith(_SPEECH) and not lines[i].linked and is_sentence(text):
            continue
        if _is_label(lines[i]):
            why[i] = "label of the page"
            continue
        if LEAD_IN.match(text):
            why[i] = "leads to another page (read also)"
            # "Read also:" on a line of its own speaks of the linked lines below it.
            if len(text) < 40:
                for j in range(i + 1, len(lines)):
                    if lines[j].linked < LINKED:
                        break
                    why[j] = "linked line below a lead-in to other pages"
        elif NOTICE.match(text) or APPEAL.match(text) or (may_claim_rights and RIGHTS.search(text)):
            why[i] = "notice about the page or the outlet"
        elif CAPTION.match(text) or (may_credit and CREDIT.search(text)):
            why[i] = "caption or picture credit"


def _is_label(line: Line) -> bool:
    """Whether a line is a button, a counter, or a label with what it labels."""
    text = line.text
    if line.tag in _FACTS or is_sentence(text):
        return False
    if len(text) <= LONGEST_LABEL and label_key(text) in LABELS:
        return True
    colon = _COLON.search(text, 0, LONGEST_LABEL)
    return colon is not None and line.tag != "li" and label_key(text[: colon.start()]) in LABELLED


def _mark_links(lines: Sequence[Line], why: list[str | None]) -> None:
    linked = sum(len(line.text) for line in lines if line.linked >= LINKED)
    prose = sum(len(line.text) for line in lines if is_prose(line))
    if linked > 0.5 * sum(len(line.text) for line in lines) and prose < DIGEST_PROSE:
        return  # a digest: its items are its text
    for i, line in enumerate(lines):
        # A sentence that was made of links by hand: its author cites several pages, a teaser leads to one.
        cites = line.links >= CITED and len(line.text) >= PARAGRAPH and is_sentence(line.text)
        if why[i] is None and line.linked >= LINKED and not cites:
            why[i] = "nothing but a link"


def _mark_biography(lines: Sequence[Line], why: list[str | None], authors: Sequence[str]) -> None:
    """The last line, where it begins with who wrote the piece: nobody tells news of himself."""
    last = next((i for i in range(len(lines) - 1, -1, -1) if why[i] is None), 0)
    if last and len(lines[last].text) <= LONGEST_BIOGRAPHY:
        start = letters(lines[last].text[:80])
        if any(letters(name) and start.startswith(letters(name)) for name in authors):
            why[last] = "about the author"


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
    for i, line in enumerate(lines):
        if why[i] is None and line.container not in homes and line.tag in PLAIN_TAGS and is_label(line.text):
            names = line.context.lower().split(" | ")[0]
            if MEDIA_CLASS.search(names) and not any(
                MEDIA_CLASS.search(home.context.lower()) for home in around.values()
            ):
                why[i] = "caption or picture credit"


def _box_words(line: Line) -> set[str]:
    return set(BOX_CLASS.findall(" ".join(line.context.lower().split(" | ")[:2])))


def _mark_known(lines: Sequence[Line], why: list[str | None], known: frozenset[str]) -> None:
    """Lines that repeat over the outlet's pages: at the head and the foot; between paragraphs only loose labels.

    A background paragraph repeats as well ("The two countries have been at war since …"), and so do headings and the
    cells of tables: those are text. A page on which no other prose stands is left as it is: its text may be a notice.
    """
    if not known:
        return
    repeated = {i for i, line in enumerate(lines) if why[i] is None and letters(line.text) in known}
    own = [i for i, line in enumerate(lines) if why[i] is None and i not in repeated and is_sentence(line.text)]
    if not any(is_prose(lines[i]) for i in own):
        return
    for i in repeated:
        if not own[0] < i < own[-1] or (lines[i].tag in PLAIN_TAGS and is_label(lines[i].text)):
            why[i] = REPEATS


def _mark_above_headline(lines: Sequence[Line], why: list[str | None], title: str) -> None:
    """Where the headline stands in the midst of the lines, and most of the prose below it, what is above is not its."""
    name = letters(title)
    found = [i for i, line in enumerate(lines) if line.tag in HEADINGS and letters(line.text) == name]
    if len(found) != 1 or len(name) < 12:
        return
    (at,) = found
    prose = [
        len(line.text) if reason is None and is_prose(line) else 0 for line, reason in zip(lines, why, strict=True)
    ]
    if sum(prose[:at]) <= sum(prose[at:]):
        for i in range(at):
            why[i] = why[i] or "stands above the headline"


def _mark_head(lines: Sequence[Line], why: list[str | None], titles: Sequence[str]) -> None:
    names = [name for name in map(letters, titles) if len(name) >= 8]
    wanted = is_prose if len(lines) > FLASH_LINES else _is_told
    first = next((i for i, line in enumerate(lines) if why[i] is None and wanted(line)), 0)
    homes = _homes(lines, why)
    for i in range(min(max(first, 3), len(lines))):
        if why[i] is not None:
            continue
        own = letters(lines[i].text)
        if own and any(own == name or (len(own) >= 0.6 * len(name) and (name in own or own in name)) for name in names):
            if len(lines[i].text) < 300 and not (is_prose(lines[i]) and own not in names):
                why[i] = "repeats the title"
        elif i < first and not (
            is_sentence(lines[i].text) or _is_summary(lines, i) or _is_first_heading(lines, i, first)
        ):
            apart = lines[i].linked > 0.3 or lines[i].container not in homes
            if apart or (len(lines[i].text) < SHORTEST_LEAD and not is_long(lines[i].text)):
                why[i] = "line above the text that is no sentence"


def _is_told(line: Line) -> bool:
    """Whether a line is a sentence, of whatever length, outside links."""
    return line.linked < 0.5 and is_sentence(line.text)


def _is_first_heading(lines: Sequence[Line], i: int, first: int) -> bool:
    """Whether a line right above the text heads its first section: more headings of its sort follow."""
    line = lines[i]
    return (
        i + 1 == first
        and line.tag in _SECTION_HEADINGS
        and any(other.tag == line.tag and other.context == line.context and not other.linked for other in lines[first:])
    )


def _is_summary(lines: Sequence[Line], i: int) -> bool:
    """Whether a line above the text is one of the key points: items of several words, without links, together."""
    return any(
        all(
            0 <= j < len(lines)
            and lines[j].tag == "li"
            and lines[j].container == lines[i].container
            and not lines[j].linked
            and len(lines[j].text.split()) >= KEY_POINT
            for j in (i, other)
        )
        for other in (i - 1, i + 1)
    )


def _mark_tail(lines: Sequence[Line], why: list[str | None]) -> None:
    homes = _homes(lines, why)
    last = next(
        (
            i
            for i in range(len(lines) - 1, -1, -1)
            if why[i] is None and is_prose(lines[i]) and lines[i].container in homes
        ),
        None,
    )
    if last is None:
        return
    _mark_sections_below(lines, why, last)
    last = _peel(lines, why, last)
    run, listed = range(0), False
    # From below, so that a line above text that stays is known to be its heading.
    heads = False
    for i in range(len(lines) - 1, last, -1):
        line = lines[i]
        if why[i] is not None:
            continue
        if is_sentence(line.text):
            heads = not line.linked and (line.container in homes or line.tag in _LISTED)
            continue
        if len(line.text) >= LONGEST_HEADLINE and not line.linked:
            continue
        if not line.linked:
            # Lines that stand together are judged together, and once.
            if i not in run:
                run = _run(lines, why, i)
                listed = _is_list(lines, run, homes)
            if listed:
                heads = True
                continue
            if heads and len(line.text) < PARAGRAPH and (line.container in homes or line.tag in HEADINGS):
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
            # The length first: the pattern is not made for lines without bounds.
            if len(lines[i].text) > LONGEST_NOTICE or not FOOT.search(lines[i].text.lower()):
                if is_sentence(lines[i].text):
                    break
            else:
                why[i] = "notice below the text"
        i -= 1
    while last > 0 and why[last] is not None:
        last -= 1
    return last


def _homes(lines: Sequence[Line], why: Sequence[str | None]) -> frozenset[int]:
    """The containers that hold the article: those with a good share of its paragraphs."""
    sizes: dict[int, int] = {}
    for line, reason in zip(lines, why, strict=True):
        if reason is None and is_prose(line):
            sizes[line.container] = sizes.get(line.container, 0) + len(line.text)
    most = max(sizes.values(), default=0)
    return frozenset(container for container, size in sizes.items() if size >= 0.25 * most)


def _is_list(lines: Sequence[Line], run: range, homes: frozenset[int]) -> bool:
    """Whether lines below the text are a list: dates of a tour, results, ingredients."""
    first = lines[run[0]]
    if first.tag in _LISTED:
        # Old layouts are tables, too; in tables of facts most rows hold a figure.
        if first.tag == "li" and any(is_prose(lines[i]) for i in run):
            return True  # other items of it are paragraphs
        figures = sum(any(map(str.isdigit, lines[i].text)) for i in run)
        return len(run) >= 3 and (first.tag == "li" or 2 * figures > len(run))
    together = [i for i in run if lines[i].container in homes and not is_sentence(lines[i].text)]
    return len(together) >= MANY_LINES


def _run(lines: Sequence[Line], why: Sequence[str | None], i: int) -> range:
    """The unlinked lines of the same element that stand together around `i`."""
    first = last = i
    sort = _ROWS if lines[i].tag in _ROWS else (lines[i].tag,)  # a table's head is one of its rows
    while first > 0 and lines[first - 1].tag in sort and not lines[first - 1].linked and why[first - 1] is None:
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].tag in sort and not lines[last + 1].linked:
        last += 1
    return range(first, last + 1)
