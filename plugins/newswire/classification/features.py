"""What the model looks at: counts, places and neighbourhoods of concepts, never the words of a publisher.

Everything is derived from the title and the text alone. The address and the date of a page are not looked at: a model that
knows that an outlet writes of the war on weekdays has learnt the outlet.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newswire.classification.lexicon import CONCEPT_ID, CONCEPTS, Hit, lexicon_for
from newswire.classification.tokens import Words, words_of

Vector = NDArray[np.float64]

# The lead: an agency's first two or three sentences answer who, what and where.
LEAD_WORDS = 70
TITLE_WORDS = 60
# Passages: long enough to carry a subject, short enough that a stray headline is a passage of its own neighbourhood.
PASSAGE_WORDS = 50

GROUPS: dict[str, tuple[str, ...]] = {
    "U": ("ukraine", "ua_city", "ua_front", "crimea", "ua_person", "ua_force"),
    "R": ("russia", "ru_person", "ru_force", "ru_border"),
    "W": ("war", "strike", "force", "this_war", "occupation", "weapon", "mobilisation", "ua_force", "ru_force"),
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
    "C": ("sport", "culture", "business", "domestic", "life", "history"),
    "S": ("this_war", "occupation", "ua_force", "ru_force", "ua_front", "mobilisation"),
}
# Two (or three) things said in one sentence: the evidence that names side by side in a long text do not give.
PAIRS: tuple[tuple[str, ...], ...] = (
    ("U", "R"), ("U", "W"), ("R", "W"), ("U", "R", "W"), ("U", "war"), ("R", "war"), ("U", "strike"), ("R", "strike"),
    ("U", "force"), ("R", "force"), ("U", "casualty"), ("U", "diplomacy"), ("R", "diplomacy"), ("R", "sanctions"),
    ("U", "aid"), ("U", "refugee"), ("U", "prisoner"), ("R", "war_crime"), ("U", "nuclear"), ("U", "power_grid"),
    ("U", "energy_trade"), ("R", "energy_trade"), ("R", "information"), ("R", "nato"), ("U", "nato"), ("R", "dissent"),
    ("ua_front", "strike"), ("ru_border", "strike"), ("crimea", "W"), ("ua_city", "strike"), ("U", "sport"),
    ("R", "sport"), ("U", "culture"), ("U", "domestic"), ("U", "business"), ("U", "history"), ("R", "history"),
    ("X", "W"), ("X", "U"), ("war", "sanctions"), ("S", "W"), ("belarus", "W"), ("R", "europe"), ("U", "europe"),
    ("U", "us_president"), ("U", "grain"), ("mediator", "U"), ("R", "business"), ("U", "life"), ("war", "history"),
)  # fmt: skip
_MASK = {name: 1 << i for name, i in CONCEPT_ID.items()}
_GROUP_MASK = {g: sum(_MASK[m] for m in members) for g, members in GROUPS.items()}
_PAIR_MASKS = [tuple(_GROUP_MASK.get(p, 0) or _MASK[p] for p in pair) for pair in PAIRS]
_N = len(CONCEPTS)

GLOBALS = (
    "log_words", "short", "no_title", "passages", "no_U", "no_R", "no_UR", "first_U", "first_R", "first_S", "blocks_U",
    "blocks_R", "blocks_W", "blocks_UW", "blocks_X", "blocks_C", "min_UW", "min_UR", "min_RW", "min_URW", "dens_U", "dens_R",
    "dens_W", "dens_X", "dens_C", "title_U", "title_R", "title_W", "title_S", "title_T", "title_X", "title_C", "title_UW",
    "title_RW", "lead_U", "lead_R", "lead_W", "lead_UW", "lead_RW", "lead_UR", "lead_X", "other_war_excess", "sport_no_war",
    "history_no_now", "sanctions_R", "kinds_W", "kinds_T", "kinds_C", "domestic_U_no_war", "tail_only",
)  # fmt: skip


def feature_names() -> tuple[str, ...]:
    """Names of the columns of `features`, in order."""
    per_concept = [f"{kind}:{c}" for kind in ("count", "share", "title", "lead", "spread") for c in CONCEPTS]
    pairs = [f"{kind}:{'+'.join(p)}" for kind in ("pairs", "pair_share", "pair_lead") for p in PAIRS]
    return (*per_concept, *pairs, *GLOBALS)


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as the model reads it: words and hits of the title and of the text."""

    title: str
    text: str
    language: str
    title_words: Words
    text_words: Words
    title_hits: list[Hit]
    text_hits: list[Hit]


def read(title: str | None, text: str | None, language: str) -> Reading:
    """Cut and look up one article. `language` is an ISO 639-1 code or "und"."""
    title, text = title or "", text or ""
    lexicon = lexicon_for(language)
    title_words, text_words = words_of(title, TITLE_WORDS), words_of(text)
    return Reading(title, text, language, title_words, text_words, lexicon.scan(title_words), lexicon.scan(text_words))


def _passage_of_sentence(sentences: list[int]) -> list[int]:
    """Sentence number → passage number: sentences are joined until a passage has `PASSAGE_WORDS` words."""
    sizes = [0] * ((sentences[-1] + 1) if sentences else 0)
    for s in sentences:
        sizes[s] += 1
    passage, filled, out = 0, 0, []
    for size in sizes:
        if filled >= PASSAGE_WORDS:
            passage, filled = passage + 1, 0
        out.append(passage)
        filled += size
    return out


def features(reading: Reading) -> Vector:
    """The feature vector of one article, shape (len(feature_names()),)."""
    nt, nb = len(reading.title_words), len(reading.text_words)
    n = max(1, nt + nb)
    sentence = reading.text_words.sentence
    passages = _passage_of_sentence(sentence)
    n_passages = max(1, (passages[-1] + 1) if passages else 1)
    count, title, lead = np.zeros(_N), np.zeros(_N), np.zeros(_N)
    n_sentences = (sentence[-1] + 1) if sentence else 0
    masks, passage_masks = [0] * n_sentences, [0] * n_passages
    title_mask = lead_mask = 0
    first = dict.fromkeys("URS", -1)
    for hit in reading.title_hits:
        title[hit.concept] += 1
        title_mask |= 1 << hit.concept
    for hit in reading.text_hits:
        concept, bit = hit.concept, 1 << hit.concept
        count[concept] += 1
        s = sentence[hit.at]
        masks[s] |= bit
        passage_masks[passages[s]] |= bit
        if hit.at < LEAD_WORDS:
            lead[concept] += 1
            lead_mask |= bit
        for g in "URS":
            if first[g] < 0 and bit & _GROUP_MASK[g]:
                first[g] = hit.at
    count += title
    lead += title
    lead_mask |= title_mask
    spread = np.array([sum(1 for m in passage_masks if m >> c & 1) for c in range(_N)]) / n_passages

    all_masks = [title_mask, *masks]
    found = [m for m in all_masks if m]
    lead_sentences = 1 + (sentence[min(nb, LEAD_WORDS) - 1] + 1 if nb else 0)
    found_lead = [m for m in all_masks[:lead_sentences] if m]
    pairs, pair_lead = [], []
    for parts in _PAIR_MASKS:
        pairs.append(sum(1 for m in found if all(m & p for p in parts)))
        pair_lead.append(float(any(all(m & p for p in parts) for m in found_lead)))
    pair_counts = np.array(pairs, dtype=float)

    g = {k: float(sum(count[CONCEPT_ID[c]] for c in members)) for k, members in GROUPS.items()}
    has_title = {k: bool(title_mask & _GROUP_MASK[k]) for k in GROUPS}
    has_lead = {k: bool(lead_mask & _GROUP_MASK[k]) for k in GROUPS}
    block = {k: sum(1 for m in passage_masks if m & _GROUP_MASK[k]) / n_passages for k in "URWXC"}
    block_uw = sum(1 for m in passage_masks if m & _GROUP_MASK["U"] and m & _GROUP_MASK["W"]) / n_passages
    place = {k: (0.0 if has_title[k] else 1.0 if first[k] < 0 else min(first[k] / n, 1.0)) for k in "URS"}
    kinds = {k: sum(1 for c in GROUPS[k] if count[CONCEPT_ID[c]]) for k in ("W", "T", "C")}
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
        (u > 0) and not has_lead["U"],
    )  # fmt: skip
    return np.concatenate(
        [
            np.log1p(count), np.minimum(count / n * 100, 12), (title > 0).astype(float), np.log1p(lead), spread,
            np.log1p(pair_counts), pair_counts / max(1, len(all_masks)), np.array(pair_lead), np.array(others, dtype=float),
        ]
    )  # fmt: skip
