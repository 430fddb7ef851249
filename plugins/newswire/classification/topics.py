"""Which subjects within the conflict a piece treats. Several may hold; each has a score of its own."""

from __future__ import annotations

import math
from collections.abc import Mapping

from newswire.classification.features import GROUPS, LEAD_WORDS, Reading
from newswire.classification.lexicon import CONCEPTS
from newswire.classification.values import Topic

# Topic → concepts that speak of it, with how strongly one mention does. The list of topics is the one of the coding
# guide.
TOPICS: Mapping[str, Mapping[str, float]] = {
    "military": {"strike": 0.7, "force": 0.5, "weapon": 0.8, "ua_force": 0.8, "ru_force": 0.8, "casualty": 0.3,
                            "ua_front": 0.5},
    "diplomacy": {"diplomacy": 1.0, "war_talks": 1.0, "mediator": 0.3, "nato": 0.4, "us_president": 0.2},
    "sanctions": {"sanctions": 1.4, "war_money": 1.4, "energy_trade": 0.7, "grain": 0.8, "business": 0.25},
    "aid": {"aid": 1.5, "weapon": 0.3, "nato": 0.3},
    "civilians": {"refugee": 1.2, "prisoner": 1.4, "casualty": 0.4},
    "justice": {"war_crime": 1.4},
    "energy": {"nuclear": 1.3, "power_grid": 1.2},
    "information": {"information": 1.2},
    "homefront": {"mobilisation": 1.4, "war_law": 1.4, "dissent": 1.3, "domestic": 0.15},
    "territory": {"occupation": 1.3, "crimea": 0.8, "this_war": 0.15},
}  # fmt: skip
# How far a mention carries, per topic: words of fighting stand in nearly every piece, words of talks in few. Fitted on half of
# the hand-read positives so that one limit serves all topics.
SCALE = {
    "military": 0.4, "diplomacy": 3.0, "sanctions": 0.4, "aid": 2.0, "civilians": 1.0, "justice": 1.7, "energy": 0.35,
    "information": 1.5, "homefront": 1.2, "territory": 0.6,
}  # fmt: skip
# A mention in the title says what the piece is about; one in the lead nearly so.
TITLE_FACTOR, LEAD_FACTOR = 3.0, 1.5
# Topics below this score are single words. On the half of the hand-read positives that `SCALE` was not fitted on: precision 0.58,
# recall 0.60, and the strongest topic is one of the reader's in two pieces of three.
MIN_SCORE = 0.45


def topics_of(reading: Reading) -> tuple[Topic, ...]:
    """The topics of a piece, strongest first. The score is 1 − exp(−m), m being mentions by weight per ~150 words."""
    mass: dict[str, float] = {}
    for hit in reading.title_hits:
        mass[CONCEPTS[hit.concept]] = mass.get(CONCEPTS[hit.concept], 0.0) + TITLE_FACTOR
    for hit in reading.text_hits:
        name = CONCEPTS[hit.concept]
        mass[name] = mass.get(name, 0.0) + (LEAD_FACTOR if hit.at < LEAD_WORDS else 1.0)
    # Long texts mention more of everything; a short one says what it says.
    length = max(1.0, (len(reading.title_words) + len(reading.text_words)) / 150)
    found = []
    for topic, concepts in TOPICS.items():
        said = sum(weight * mass.get(concept, 0.0) for concept, weight in concepts.items())
        m = SCALE[topic] * said / (2.0 * length)
        score = 1.0 - math.exp(-m)
        if score >= MIN_SCORE:
            found.append(Topic(topic, round(score, 3)))
    return tuple(sorted(found, key=lambda t: (-t.score, t.name)))


assert all(c in CONCEPTS for concepts in TOPICS.values() for c in concepts)
assert all(c in CONCEPTS for members in GROUPS.values() for c in members)
