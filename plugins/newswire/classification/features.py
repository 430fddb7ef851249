"""What the model looks at: counts, places and neighbourhoods of concepts, never the words of a publisher.

Everything is derived from the title and the text alone. The address and the date of a page are not looked at: a model
that knows that an outlet writes of the war on weekdays has learnt the outlet.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from newswire.classification.lexicon import CONCEPT_ID, CONCEPTS, Hit, lexicon_for
from newswire.classification.stray import LEAD_WORDS, STEM, Subjects, doubted_sentences
from newswire.classification.tokens import MAX_WORDS, Words, words_of

Vector = NDArray[np.float64]

TITLE_WORDS = 60
# Shorter words of a title are mostly grammar.
TITLE_WORD_LETTERS = 4
# Passages: long enough to carry a subject, short enough that a stray headline is a passage of its own neighbourhood.
PASSAGE_WORDS = 50
GROUPS: dict[str, tuple[str, ...]] = {
    "U": ("ukraine", "ua_city", "ua_front", "crimea", "ua_person", "ua_force"),
    "R": ("russia", "ru_person", "ru_force", "ru_border"),
    "W": (
        "war",
        "strike",
        "force",
        "this_war",
        "occupation",
        "weapon",
        "mobilisation",
        "ua_force",
        "ru_force",
        "slang",
    ),
    "T": (
        "sanctions",
        "aid",
        "refugee",
        "prisoner",
        "war_crime",
        "nuclear",
        "power_grid",
        "grain",
        "information",
        "dissent",
    ),
    "X": ("gaza", "mideast", "other_war"),
    "C": ("sport", "culture", "business", "domestic", "life", "history", "procurement"),
    "S": ("this_war", "occupation", "ua_force", "ru_force", "ua_front", "mobilisation", "war_law", "war_talks"),
    "E": ("era_before", "year_old", "history"),
    "N": ("era_now", "year_full", "war_money", "war_dates"),
    # Traces of the war that need no country word; one kind says little, several kinds a good deal.
    "O": (
        "alarm", "wounded", "fallen", "trench", "draft", "flight", "taken_children", "captives", "penal", "shipping",
        "seizure", "evasion", "market_exit", "airspace", "fundraising", "aid_works", "annexation",
    ),
}  # fmt: skip
# Two (or three) things said in one sentence: the evidence that names side by side in a long text do not give.
PAIRS: tuple[tuple[str, ...], ...] = (
    ("U", "R"), ("U", "W"), ("R", "W"), ("U", "R", "W"), ("U", "war"), ("R", "war"), ("U", "strike"), ("R", "strike"),
    ("U", "force"), ("R", "force"), ("U", "casualty"), ("U", "diplomacy"), ("R", "diplomacy"), ("R", "sanctions"),
    ("U", "aid"), ("U", "refugee"), ("U", "prisoner"), ("R", "war_crime"), ("U", "nuclear"), ("U", "power_grid"),
    ("U", "energy_trade"), ("R", "energy_trade"), ("R", "information"), ("R", "nato"), ("U", "nato"), ("R",
    "dissent"), ("ua_front", "strike"), ("ru_border", "strike"), ("crimea", "W"), ("ua_city", "strike"), ("U",
    "sport"), ("R", "sport"), ("U", "culture"), ("U", "domestic"), ("U", "business"), ("U", "history"), ("R",
    "history"), ("X", "W"), ("X", "U"), ("war", "sanctions"), ("S", "W"), ("belarus", "W"), ("R", "europe"), ("U",
    "europe"), ("U", "us_president"), ("U", "grain"), ("mediator", "U"), ("R", "business"), ("U", "life"), ("war",
    "history"), ("U", "E"), ("R", "E"), ("W", "E"), ("U", "N"), ("R", "N"), ("W", "N"), ("R", "war_money"), ("U",
    "nord_stream"), ("U", "this_war"), ("R", "refugee"), ("R", "aid"), ("U", "procurement"), ("ua_front",
    "procurement"), ("nord_stream", "strike"), ("S", "domestic"), ("S", "culture"), ("S", "sport"),
)  # fmt: skip
_N = len(CONCEPTS)


def _membership(parts: tuple[str, ...]) -> NDArray[np.float32]:
    """Column per part: 1 for the concepts that the part (a group or a concept) stands for; shape (concepts, parts)."""
    out = np.zeros((_N, len(parts)), dtype=np.float32)
    for column, part in enumerate(parts):
        for name in GROUPS.get(part, (part,)):
            out[CONCEPT_ID[name], column] = 1.0
    return out


_PARTS = tuple(dict.fromkeys(part for pair in PAIRS for part in pair))
_PART_OF = _membership(_PARTS)
# The three columns of each pair; a pair of two repeats its last part.
_A, _B, _C = (np.array([_PARTS.index((*pair, pair[-1])[k]) for pair in PAIRS]) for k in range(3))
_G = tuple(GROUPS)
_SUBJECTS = Subjects(
    ukraine=frozenset(CONCEPT_ID[c] for c in GROUPS["U"]),
    sides=frozenset(CONCEPT_ID[c] for g in "UR" for c in GROUPS[g]),
    war=frozenset(CONCEPT_ID[c] for c in GROUPS["W"]),
    this_war=frozenset(CONCEPT_ID[c] for c in GROUPS["S"]),
    other_war=frozenset(CONCEPT_ID[c] for c in GROUPS["X"]),
)
_GROUP_OF = _membership(_G)

GLOBALS = (
    "log_words", "short", "no_title", "passages", "no_U", "no_R", "no_UR", "first_U", "first_R", "first_S",
    "blocks_U", "blocks_R", "blocks_W", "blocks_UW", "blocks_X", "blocks_C", "min_UW", "min_UR", "min_RW", "min_URW",
    "dens_U", "dens_R", "dens_W", "dens_X", "dens_C", "title_U", "title_R", "title_W", "title_S", "title_T",
    "title_X", "title_C", "title_UW", "title_RW", "lead_U", "lead_R", "lead_W", "lead_UW", "lead_RW", "lead_UR",
    "lead_X", "other_war_excess", "sport_no_war", "history_no_now", "sanctions_R", "kinds_W", "kinds_T", "kinds_C",
    "domestic_U_no_war", "tail_only", "kinds_E", "kinds_N", "old_not_now", "dens_S", "title_E", "lead_S",
    "kinds_O", "dens_O", "blocks_O", "title_told",
)  # fmt: skip


def feature_names() -> tuple[str, ...]:
    """Names of the columns of `features`, in order."""
    per_concept = [f"{kind}:{c}" for kind in ("count", "share", "title", "lead", "spread") for c in CONCEPTS]
    pairs = [f"{kind}:{'+'.join(p)}" for kind in ("pairs", "pair_share", "pair_lead") for p in PAIRS]
    return (*per_concept, *pairs, *GLOBALS)


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as the model reads it: words and hits of the title and of the text, and what it passed over.

    `passages[s]` is the passage of sentence s. `doubted` are the sentences that are passed over (see `read`): for the model
    they are not there, and `aside` are the hits found in them. `places[i]` is the place of word i among those believed (of
    a word that is not, that of the last one before it). `title_told`: see `_title_told`.
    """

    title: str
    text: str
    language: str
    title_words: Words
    text_words: Words
    title_hits: list[Hit]
    text_hits: list[Hit]
    aside: list[Hit]
    passages: list[int]
    doubted: frozenset[int]
    places: list[int]
    title_told: float


def read(title: str | None, text: str | None, language: str) -> Reading:
    """Cut and look up one article. `language` is an ISO 639-1 code or "und"."""
    title, text = title or "", text or ""
    lexicon = lexicon_for(language)
    text_words = words_of(text)
    # Some feeds carry the whole piece in its title.
    title_words = words_of(title, TITLE_WORDS if text_words.raw else MAX_WORDS)
    title_hits, found = lexicon.scan(title_words), lexicon.scan(text_words)
    doubted = doubted_sentences(text_words, title_hits, found, _SUBJECTS)
    hits = [h for h in found if text_words.sentence[h.at] not in doubted]
    aside = [h for h in found if text_words.sentence[h.at] in doubted]
    passages = _passage_of_sentence(text_words.sentence, doubted)
    told = _title_told(title_words, text_words, doubted)
    places = _places(text_words.sentence, doubted)
    return Reading(
        title, text, language, title_words, text_words, title_hits, hits, aside, passages, doubted, places, told
    )


def _places(sentences: list[int], doubted: frozenset[int]) -> list[int]:
    """Place of every word, counted without those passed over: what is not believed must move nothing."""
    return (
        list(accumulate((s not in doubted for s in sentences), initial=-1))[1:] if doubted else [*range(len(sentences))]
    )


def _passage_of_sentence(sentences: list[int], doubted: frozenset[int]) -> list[int]:
    """Sentence number → passage number: sentences are joined until a passage has `PASSAGE_WORDS` words believed."""
    sizes = [0] * ((sentences[-1] + 1) if sentences else 0)
    for s in sentences:
        sizes[s] += s not in doubted
    passage, filled, out = 0, 0, []
    for size in sizes:
        if size and filled >= PASSAGE_WORDS:
            passage, filled = passage + 1, 0
        out.append(passage)
        filled += size
    return out


def features(reading: Reading) -> Vector:
    """The feature vector of one article, shape (len(feature_names()),)."""
    sentence, passages = reading.text_words.sentence, reading.passages
    nt, nb = len(reading.title_words), (reading.places[-1] + 1 if reading.places else 0)
    n = max(1, nt + nb)
    n_sentences, n_passages = len(passages) - len(reading.doubted), (passages[-1] + 1 if passages else 1)

    title = np.bincount(np.array([h.concept for h in reading.title_hits], dtype=np.int64), minlength=_N)
    concept = np.array([h.concept for h in reading.text_hits], dtype=np.int64)
    at = np.array([reading.places[h.at] for h in reading.text_hits], dtype=np.int64)
    of_sentence = np.array([sentence[h.at] for h in reading.text_hits], dtype=np.int64)
    lead = np.bincount(concept[at < LEAD_WORDS], minlength=_N) + title
    count = np.bincount(concept, minlength=_N) + title
    # Row 0 is the title, row s + 1 is sentence s.
    said = np.zeros((len(passages) + 1, _N), dtype=np.float32)
    said[0] = title > 0
    said[of_sentence + 1, concept] = 1.0
    in_passage = np.zeros((n_passages, _N), dtype=np.float32)
    in_passage[np.array(passages, dtype=np.int64)[of_sentence] if passages else of_sentence, concept] = 1.0
    spread = in_passage.mean(axis=0)

    parts = said @ _PART_OF > 0
    both = parts[:, _A] & parts[:, _B] & parts[:, _C]
    pair_counts = both.sum(axis=0).astype(float)
    lead_rows = 1 + (sentence[bisect_left(reading.places, min(nb, LEAD_WORDS) - 1)] + 1 if nb else 0)
    pair_lead = both[:lead_rows].any(axis=0).astype(float)

    g = dict(zip(_G, (count @ _GROUP_OF).tolist(), strict=True))
    has_title = dict(zip(_G, (title @ _GROUP_OF > 0).tolist(), strict=True))
    has_lead = dict(zip(_G, (lead @ _GROUP_OF > 0).tolist(), strict=True))
    passage_groups = in_passage @ _GROUP_OF > 0
    block = dict(zip(_G, passage_groups.mean(axis=0).tolist(), strict=True))
    block_uw = float((passage_groups[:, _G.index("U")] & passage_groups[:, _G.index("W")]).mean())
    place = {}
    for k in "URS":
        inside = at[_GROUP_OF[concept, _G.index(k)] > 0] if len(concept) else at
        place[k] = 0.0 if has_title[k] else 1.0 if not len(inside) else min(float(inside[0]) / n, 1.0)
    kinds = {k: float(_GROUP_OF[:, _G.index(k)] @ (count > 0)) for k in ("W", "T", "C", "E", "N", "O")}
    u, r, w = g["U"], g["R"], g["W"]
    others = (
        math.log(n) / 5, float(n < 60), float(nt == 0), math.log(n_passages + 1), float(u == 0), float(r == 0),
        float(u == 0 and r == 0), place["U"], place["R"], place["S"], block["U"], block["R"], block["W"], block_uw,
        block["X"], block["C"], math.log1p(min(u, w)), math.log1p(min(u, r)), math.log1p(min(r, w)),
        math.log1p(min(u, r, w)), min(u / n * 100, 15), min(r / n * 100, 15), min(w / n * 100, 20),
        min(g["X"] / n * 100, 15), min(g["C"] / n * 100, 20), has_title["U"], has_title["R"], has_title["W"],
        has_title["S"], has_title["T"], has_title["X"], has_title["C"], has_title["U"] and has_title["W"],
        has_title["R"] and has_title["W"], has_lead["U"], has_lead["R"], has_lead["W"], has_lead["U"] and has_lead["W"],
        has_lead["R"] and has_lead["W"], has_lead["U"] and has_lead["R"], has_lead["X"],
        math.log1p(max(0.0, g["X"] - u - r)), math.log1p(count[CONCEPT_ID["sport"]]) * (w < 3),
        math.log1p(count[CONCEPT_ID["history"]]) * (g["S"] < 2), math.log1p(min(count[CONCEPT_ID["sanctions"]], r)),
        kinds["W"], kinds["T"], kinds["C"], math.log1p(min(u, count[CONCEPT_ID["domestic"]])) * (w < 3),
        (u > 0) and not has_lead["U"], kinds["E"], kinds["N"], float(kinds["E"] > 0 and kinds["N"] == 0),
        min(g["S"] / n * 100, 15), has_title["E"], has_lead["S"], kinds["O"], min(g["O"] / n * 100, 20), block["O"],
        reading.title_told,
    )  # fmt: skip
    return np.concatenate(
        [
            np.log1p(count), np.minimum(count / n * 100, 12), (title > 0).astype(float), np.log1p(lead), spread,
            np.log1p(pair_counts), pair_counts / (n_sentences + 1), pair_lead, np.array(others, dtype=float),
        ]
    )  # fmt: skip


def _title_told(title: Words, text: Words, doubted: frozenset[int]) -> float:
    """The share of the title's longer words that the text takes up; one without a title.

    News takes up most of them; a scraped body that is the headline of another story takes up none, and an essay few. So
    the model need not expect of news what the oblique pieces among its training rows taught it.
    """
    stems = {word.lower()[:STEM] for word in title.raw if len(word) >= TITLE_WORD_LETTERS}
    if not stems:
        return 1.0
    believed = (
        {word for word, s in zip(text.raw, text.sentence, strict=True) if s not in doubted} if doubted else {*text.raw}
    )
    taken_up = stems & {word.lower()[:STEM] for word in believed}
    return len(taken_up) / len(stems)
