"""Why a verdict is what it is: spans of the article, each weighed by taking it away and judging again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from newswire.classification.features import GROUPS, Reading
from newswire.classification.lexicon import CONCEPT_ID, CONCEPTS, Hit
from newswire.classification.values import Evidence, Field

# Concepts that can be evidence for the conflict; the rest (sport, other wars…) tell what a piece is about instead.
_FOR = frozenset(c for g in "URWT" for c in GROUPS[g]) | {"diplomacy", "nato", "energy_trade", "casualty", "mediator"}
_AGAINST = frozenset(c for g in "XC" for c in GROUPS[g])
_WEIGHT = dict.fromkeys(_FOR, 1.0) | dict.fromkeys((*GROUPS["U"], *GROUPS["S"]), 2.0) | dict.fromkeys(GROUPS["R"], 1.5)
_STRENGTH = [_WEIGHT.get(c, 0.0) for c in CONCEPTS]
_U = {CONCEPT_ID[c] for c in GROUPS["U"]} | {CONCEPT_ID[c] for c in GROUPS["R"]}

# A reader looks at three spans, not at ten; each costs one more judgement.
MAX_SPANS = 3
# A span longer than this many words is no longer evidence but a quotation.
MAX_SPAN_WORDS = 14


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may be evidence: a run of hits within one sentence of one field."""

    field: Field
    sentence: int
    first: int  # word
    last: int  # word, inclusive
    concepts: tuple[int, ...]
    strength: float


def candidates(reading: Reading) -> list[Candidate]:
    """The sentences that speak most of the conflict, at most `MAX_SPANS`, the title among them if it does."""
    found = [_best_run("title", 0, reading.title_hits)] if reading.title_hits else []
    by_sentence: dict[int, list[Hit]] = {}
    for hit in reading.text_hits:
        by_sentence.setdefault(reading.text_words.sentence[hit.at], []).append(hit)
    found += [_best_run("text", s, hits) for s, hits in by_sentence.items()]
    real = [c for c in found if c is not None]
    # Ties go to the earlier sentence: the lead explains better than the tail.
    return sorted(real, key=lambda c: (-c.strength * (1.5 if c.field == "title" else 1.0), c.sentence))[:MAX_SPANS]


def _best_run(field: Field, sentence: int, hits: list[Hit]) -> Candidate | None:
    """The run of at most `MAX_SPAN_WORDS` words with the most different concepts for the conflict."""
    useful = [h for h in hits if _STRENGTH[h.concept] > 0]
    best: Candidate | None = None
    for i, start in enumerate(useful):
        inside = [h for h in useful[i:] if h.at + h.length <= start.at + MAX_SPAN_WORDS]
        concepts = tuple(sorted({h.concept for h in inside}))
        strength = sum(_STRENGTH[c] for c in concepts) + (1.0 if _U & set(concepts) else 0.0)
        if inside and (best is None or strength > best.strength):
            last = max(h.at + h.length for h in inside) - 1
            best = Candidate(field, sentence, start.at, last, concepts, strength)
    return best


def without(reading: Reading, spans: Iterable[Candidate]) -> Reading:
    """The article as if the sentences of `spans` had said nothing."""
    spans = tuple(spans)
    gone = {c.sentence for c in spans if c.field == "text"}
    title_gone = any(c.field == "title" for c in spans)
    return replace(
        reading,
        title_hits=[] if title_gone else reading.title_hits,
        text_hits=[h for h in reading.text_hits if reading.text_words.sentence[h.at] not in gone],
    )


def evidence_of(reading: Reading, candidate: Candidate, weight: float) -> Evidence:
    """The span in the words of the article."""
    words = reading.title_words if candidate.field == "title" else reading.text_words
    source = reading.title if candidate.field == "title" else reading.text
    start = words.starts[candidate.first]
    end = words.starts[candidate.last] + len(words.raw[candidate.last])
    why = "+".join(CONCEPTS[c] for c in candidate.concepts)
    return Evidence(source[start:end], candidate.field, start, round(weight, 3), why)
