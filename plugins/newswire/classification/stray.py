"""What a text carries of other stories, and is passed over: menus, lists of headlines, pointers, comments, mentions.

Extraction takes most of it away; what it leaves, and what feeds and old archives carry, must not turn a verdict.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from newswire.classification.lexicon import Hit
from newswire.classification.tokens import Words, fold_word

# The lead: an agency's first two or three sentences answer who, what and where.
LEAD_WORDS = 70
# A stray line: headlines have up to about eighteen words; in a short text, or where a third of the text is such lines,
# the lines are the text (channels, lists), and nothing is passed over.
STRAY_MAX_LINE, STRAY_MIN_WORDS, STRAY_MAX_SHARE = 18, 60, 0.33
# Lists of other stories and menus: so many lines in a row of at most so many words, of which this share ends without a
# stop, after a running text of so many words, however long the list is beside it.
LIST_MIN_LINES, LIST_MAX_LINE, LIST_OPEN_ENDED, RUNNING_MIN_WORDS = 3, 20, 0.6, 20
# From this length on, a list before a text takes in the first line.
LONG_LIST_LINES = 5
# A sentence that points to another story has its headline in it, and seldom more words than this; a text that holds fewer
# words besides is itself the pointer, and all there is to judge by.
POINTER_MAX_WORDS, POINTER_MIN_REST = 30, 5
# What a text is about is told in its title or first two sentences, or else in more than a headline.
OPENING_SENTENCES = 2
# A text that tells of the war in more sentences than this is believed. Without a limit, 90 articles about the war instead
# of 13 lose a sentence in the development data, and one stray headline more is found in 1,110 articles.
STRAY_MOST = 2
# Letters by which two inflected forms are taken for one word; shorter words are mostly grammar.
STEM = 5
# From this length on, a subject that is named in one sentence only, after the lead, is no subject.
ONCE_MIN_WORDS = 100

# With these words editors point to another story, in the languages of the gazetteer.
_POINTERS = (
    "read also, also read, read more, read next, see also, related story, related stories, related articles, more on this "
    "story, don't miss, читайте также, читать также, читайте ещё, смотрите также, см. также, материалы по теме, новости "
    "по теме, читайте по теме, похожие новости, ранее по теме, другие новости, читайте також, читати також, дивіться "
    "також, дивись також, читайте ще, матеріали за темою, новини за темою, схожі новини, інші новини, lesen sie auch, "
    "lesen sie mehr, lies auch, mehr zum thema, auch interessant, weitere nachrichten, das könnte sie auch interessieren, "
    "lire aussi, à lire aussi, à lire également, voir aussi, sur le même sujet, czytaj też, czytaj także, czytaj również, "
    "czytaj więcej, zobacz też, zobacz także, zobacz również, przeczytaj też, przeczytaj także, przeczytaj również, lea "
    "también, lee también, leer también, lea además, vea también, te puede interesar, le puede interesar, más "
    "información, noticias relacionadas, вижте още, вижте също, прочетете още, прочетете също, чети още, още по темата, "
    "още новини, čtěte také, čtěte též, čtěte více, přečtěte si, další zprávy, související články, leia também, leia "
    "mais, ler também, veja também, saiba mais, notícias relacionadas, leggi anche, vedi anche, guarda anche, potrebbe "
    "interessarti, preberite tudi, preberite še, beri tudi"
)  # fmt: skip
# A line that is nothing but one of these (and a number) heads what readers wrote.
_COMMENTS = (
    "comments, comment, leave a comment, reader comments, комментарии, комментарий, комментариев, оставить комментарий, "
    "коментарі, коментар, залишити коментар, kommentare, kommentar, leserkommentare, commentaires, commentaire, "
    "komentarze, komentarz, comentarios, comentários, коментари, коментар, komentáře, diskuse, diskuze, commenti, komentarji"
)  # fmt: skip


def _phrases(entries: str) -> frozenset[tuple[str, ...]]:
    return frozenset(
        tuple(fold_word(w) for w in e.replace(".", "").replace("'", " ").split()) for e in entries.split(", ")
    )


# Sentences begin with few words, and folding one costs more than all else that is done with it here.
_folded = lru_cache(maxsize=10_000)(fold_word)
_POINTER, _COMMENT = _phrases(_POINTERS), _phrases(_COMMENTS)
_POINTER_LENGTHS = sorted({len(p) for p in _POINTER})
_FIRST_WORDS = frozenset(p[0] for p in _POINTER | _COMMENT)


@dataclass(frozen=True, slots=True)
class Subjects:
    """Numbers of the concepts by what they tell of."""

    ukraine: frozenset[int]
    sides: frozenset[int]
    war: frozenset[int]
    this_war: frozenset[int]
    other_war: frozenset[int]

    def of_the_war(self, concepts: set[int]) -> bool:
        """Whether these concepts together tell of this war."""
        return bool(concepts & self.this_war) or bool(concepts & self.sides and concepts & self.war)


def doubted_sentences(words: Words, title_hits: list[Hit], hits: list[Hit], subjects: Subjects) -> frozenset[int]:
    """All sentences of a text that are not to be believed."""
    found = elsewhere(words)
    if sum(s not in found for s in words.sentence) < POINTER_MIN_REST:
        found = frozenset()
    found |= stray_sentences(words, found)
    for rule in (mentioned_once, run_in_headlines):
        found |= rule(words, title_hits, [h for h in hits if words.sentence[h.at] not in found], subjects)
    return found


def elsewhere(words: Words) -> frozenset[int]:
    """Sentences that say themselves that they belong to something else: pointers to other stories, and what readers wrote.

    A pointer that is a line of its own heads a list: the lines without a stop that follow it are passed over with it.
    """
    found: set[int] = set()
    bare, listed = _bare(words), False
    for s, (first, last) in enumerate(_sentences(words)):
        opening = words.raw[first : min(last, first + _POINTER_LENGTHS[-1])]
        if _folded(opening[0]) not in _FIRST_WORDS:
            listed = listed and bare[s] and last - first <= STRAY_MAX_LINE
        elif last - first <= POINTER_MAX_WORDS:
            folded = tuple(fold_word(w) for w in opening)
            lengths = [n for n in _POINTER_LENGTHS if folded[:n] in _POINTER]
            header = tuple(w for w in folded if not w.isdigit())
            if first >= RUNNING_MIN_WORDS and bare[s] and last - first <= len(folded) and header in _COMMENT:
                return frozenset(found) | frozenset(range(s, len(bare)))
            listed = bool(lengths) and bare[s] and last - first == lengths[-1]
            if lengths:
                found.add(s)
        else:
            listed = False
        if listed:
            found.add(s)
    return frozenset(found)


def _bounds(starts: Sequence[int], end: int) -> list[tuple[int, int]]:
    """(first, one after the last) of the stretches that begin at `starts`."""
    return list(zip(starts, [*starts, end][1:], strict=True))


def _sentences(words: Words) -> list[tuple[int, int]]:
    """(first word, one after the last) of every sentence."""
    return _bounds([bisect_left(words.sentence, s) for s in range(len(words.opens))], len(words))


def _bare(words: Words) -> list[bool]:
    """Which sentences are a line of their own without a full stop: a heading, a caption, a menu, a headline."""
    return [opens and not stop for opens, stop in zip(words.opens, words.stops, strict=True)]


def stray_sentences(words: Words, known: frozenset[int] = frozenset()) -> frozenset[int]:
    """Sentences of a text that are not to be believed: lines without a full stop amid running text. `known` are sentences
    that are passed over already.

    Scraped bodies carry headlines of other stories, menus and captions; they stand on lines of their own and end
    without a stop. Subheadings look alike and are passed over as well, which costs nothing, since the text under them
    says the same. The first line is kept (it is often the lead), and so is everything in a text that consists of such
    lines. A list of them before or after a running text is passed over even where it is longer than the text.
    """
    if len(words) < STRAY_MIN_WORDS:
        return frozenset()
    sizes = [0 if s in known else last - first for s, (first, last) in enumerate(_sentences(words))]
    lists = _lists_around(words, sizes)
    others = {s for s, bare in enumerate(_bare(words)) if s and bare and sizes[s] <= STRAY_MAX_LINE} - lists
    text = sum(sizes) - sum(sizes[s] for s in lists)
    return lists if sum(sizes[s] for s in others) > STRAY_MAX_SHARE * text else lists | others


def _lists_around(words: Words, sizes: Sequence[int]) -> frozenset[int]:
    """The sentences of the lists of short lines after and before a running text.

    Most lines of a list end without a stop; a few may be questions or two sentences. The first line of a text may be its lead:
    it is part of no list but a long one.
    """
    lines = _bounds([s for s, opens in enumerate(words.opens) if opens or s == 0], len(words.opens))
    length = [sum(sizes[first:last]) for first, last in lines]
    # An ellipsis ends a headline that was cut.
    open_ended = [words.stops[last - 1] in ("", "…", "...") for _, last in lines]

    def run(order: Sequence[int]) -> list[int]:
        found = list(takewhile(lambda i: length[i] <= LIST_MAX_LINE, order))
        # A list neither begins nor ends with a sentence of the text.
        while found and not open_ended[found[-1]]:
            found.pop()
        long_enough = len(found) >= LIST_MIN_LINES and len(found) < len(lines)
        return found if long_enough and sum(open_ended[i] for i in found) >= LIST_OPEN_ENDED * len(found) else []

    after, before = run(range(len(lines) - 1, 0, -1)), run(range(len(lines)))
    if len(before) < LONG_LIST_LINES:
        before = before[1:] if len(before) > LIST_MIN_LINES else []
    running = sum(length) - sum(length[i] for i in after)
    if running < RUNNING_MIN_WORDS:
        after = []
    if running - sum(length[i] for i in before) < STRAY_MIN_WORDS:
        before = []
    return frozenset(s for i in (*after, *before) for s in range(*lines[i]))


def mentioned_once(words: Words, title_hits: list[Hit], hits: list[Hit], subjects: Subjects) -> frozenset[int]:
    """Sentences that alone, in a text of some length, speak of Ukraine or of another war, and not in title or lead.

    What is said once, far from the beginning, is a passing mention or a sentence of another story; it is not the
    subject.
    """
    if len(words) < ONCE_MIN_WORDS:
        return frozenset()
    found: set[int] = set()
    for members in (subjects.ukraine, subjects.other_war):
        if any(h.concept in members for h in title_hits):
            continue
        places = [h for h in hits if h.concept in members]
        where = {words.sentence[h.at] for h in places}
        if len(where) == 1 and min(h.at for h in places) >= LEAD_WORDS:
            found |= where
    return frozenset(found)


def run_in_headlines(words: Words, title_hits: list[Hit], hits: list[Hit], subjects: Subjects) -> frozenset[int]:
    """Headlines of other stories, run into a paragraph when the page was scraped: sentences that tell of the war and stand
    apart (`_stands_apart`) in a text of some length whose title and opening do not, and hardly another sentence does.
    """
    if len(words) < ONCE_MIN_WORDS or subjects.of_the_war({h.concept for h in title_hits}):
        return frozenset()
    said: dict[int, set[int]] = {}
    for hit in hits:
        said.setdefault(words.sentence[hit.at], set()).add(hit.concept)
    telling = [s for s, concepts in said.items() if subjects.of_the_war(concepts)]
    if len(telling) > STRAY_MOST or any(s < OPENING_SENTENCES for s in telling):
        return frozenset()
    return frozenset(s for s in telling if _stands_apart(words, s, hits))


def _stands_apart(words: Words, sentence: int, hits: list[Hit]) -> bool:
    """Whether a sentence has the length of a headline and shares no word but those of the gazetteer with the rest."""
    own = {i for i, s in enumerate(words.sentence) if s == sentence}
    if len(own) > STRAY_MAX_LINE:
        return False
    known = {i for h in hits for i in range(h.at, h.at + h.length)}
    stems = {_stem(words.raw[i]) for i in own - known if len(words.raw[i]) >= STEM}
    return not any(_stem(word) in stems for i, word in enumerate(words.raw) if i not in own)


def _stem(word: str) -> str:
    return word.lower()[:STEM]
