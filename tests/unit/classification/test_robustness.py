"""Robustness on real articles: what pages add to a text must not turn a verdict. Needs the shared corpus."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from newswire.classification import classify
from newswire.classification.classifier import label_of, shipped

# Headlines of other stories, as they stray into the middle of scraped bodies. Invented.
OTHER = {
    "en": "Hamas calls for immediate ceasefire to be implemented in Gaza",
    "uk": "ХАМАС закликає до негайного припинення вогню в секторі Газа",
    "ru": "ХАМАС призвал к немедленному прекращению огня в секторе Газа",
    "de": "Hamas fordert sofortige Waffenruhe im Gazastreifen",
    "bg": "Хамас призова за незабавно примирие в ивицата Газа",
    "pl": "Hamas wzywa do natychmiastowego zawieszenia broni w Strefie Gazy",
    "es": "Hamás pide un alto el fuego inmediato en la Franja de Gaza",
    "pt": "Hamas pede cessar-fogo imediato na Faixa de Gaza",
    "cs": "Hamás žádá okamžité příměří v Pásmu Gazy",
}
CONFLICT = {
    "en": "Russian missile strike on Kharkiv kills six, Ukraine says",
    "uk": "Росіяни вдарили ракетою по Харкову, шестеро загиблих",
    "ru": "Ракетный удар по Харькову: шесть человек погибли, заявил Киев",
    "de": "Sechs Tote bei russischem Raketenangriff auf Charkiw",
    "bg": "Руски ракетен удар по Харков уби шестима души",
    "pl": "Rosyjski atak rakietowy na Charków, sześć osób nie żyje",
    "es": "Un ataque ruso con misiles contra Járkov deja seis muertos",
    "pt": "Ataque russo com mísseis contra Kharkiv mata seis pessoas",
    "cs": "Ruský raketový útok na Charkov zabil šest lidí",
}
MENU = "Home | News | World | Ukraine war | Business | Sport | Culture | Weather | Subscribe"
COMMENT = "Comments (2)\nJohn: Slava Ukraini! Putin must lose this war.\nMary: what has this to do with the article?"
# A text must be long enough that one line of it is a stray line and not a quarter of the piece.
MIN_WORDS = 120
MAX_FLIPS = 0.01


@pytest.fixture(scope="module")
def articles(shared: Path) -> list[dict[str, Any]]:
    with gzip.open(shared / "data" / "relevance" / "dev.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    rows = [r for r in rows if r["lang"] in OTHER and len(r["text"].split()) >= MIN_WORDS]
    # every fourth: two hundred of each common language are enough to see one per cent
    return [{"title": r["title"], "text": r["text"], "language": r["lang"], "label": r["label"]} for r in rows[::4]]


def _inject(text: str, line: str, inline: bool = False) -> str:
    """`line` in the middle of `text`: as a paragraph of its own, or run into a paragraph as one more sentence."""
    lines = text.split("\n")
    if len(lines) > 2 and not inline:
        return "\n".join([*lines[: len(lines) // 2], line, *lines[len(lines) // 2 :]])
    # The end of a sentence nearest to the middle, never the beginning: a first sentence is the lead, and no stray line.
    stops = [m.end() for m in re.finditer(r"[.!?…]\s", text)] or [len(text)]
    cut = min(stops, key=lambda at: abs(at - len(text) // 2))
    return f"{text[:cut]}{line}. {text[cut:]}" if inline else f"{text[:cut]}\n{line}\n{text[cut:]}"


def _flips(
    articles: list[dict[str, Any]], lines: dict[str, str] | str, wanted: bool | None, inline: bool = False
) -> tuple[float, int]:
    """Share of articles that cross one half; `wanted` picks those that are conflict (True) or not (False) by verdict and
    by label: a headline of the war is one of another topic only in an article that is not about it.
    """
    classifier = shipped()
    before = classifier.probabilities(articles)
    kept = [
        (a, p)
        for a, p in zip(articles, before, strict=True)
        if wanted is None or (p >= 0.5) is bool(a["label"]) is wanted
    ]
    line = (lambda a: lines) if isinstance(lines, str) else (lambda a: lines[a["language"]])
    after = classifier.probabilities([{**a, "text": _inject(a["text"], line(a), inline)} for a, _ in kept])
    flipped = sum((p >= 0.5) != (q >= 0.5) for (_, p), q in zip(kept, after, strict=True))
    return flipped / len(kept), len(kept)


def test_a_headline_of_another_war_does_not_flip_conflict_pieces(articles: list[dict[str, Any]]) -> None:
    share, n = _flips(articles, OTHER, wanted=True)
    assert n > 200
    assert share <= MAX_FLIPS


def test_a_conflict_headline_does_not_flip_other_pieces(articles: list[dict[str, Any]]) -> None:
    share, n = _flips(articles, CONFLICT, wanted=False)
    assert n > 500
    assert share <= MAX_FLIPS


def test_a_headline_run_into_a_paragraph_does_not_flip_either(articles: list[dict[str, Any]]) -> None:
    for lines, wanted in ((OTHER, True), (CONFLICT, False)):
        share, _ = _flips(articles, lines, wanted=wanted, inline=True)
        assert share <= MAX_FLIPS, wanted


def test_no_stray_headline_turns_a_decided_label_into_its_opposite(articles: list[dict[str, Any]]) -> None:
    classifier = shipped()
    before = classifier.probabilities(articles)
    decided = [(a, label_of(p, classifier.model.thresholds)) for a, p in zip(articles, before, strict=True)]
    # As above: a headline of the war is one of another topic only in an article that is not about it.
    kept = [(a, was) for a, was in decided if was == ("conflict" if a["label"] else "other")]
    assert len(kept) > 1000
    for inline, most in ((False, 0.1 * MAX_FLIPS), (True, 0.5 * MAX_FLIPS)):
        lines = [OTHER[a["language"]] if was == "conflict" else CONFLICT[a["language"]] for a, was in kept]
        changed = [{**a, "text": _inject(a["text"], x, inline)} for (a, _), x in zip(kept, lines, strict=True)]
        after = [label_of(p, classifier.model.thresholds) for p in classifier.probabilities(changed)]
        turned = sum(now not in (was, "uncertain") for (_, was), now in zip(kept, after, strict=True))
        assert turned / len(kept) <= most, inline


def test_a_menu_in_the_middle_does_not_flip(articles: list[dict[str, Any]]) -> None:
    share, _ = _flips(articles, MENU, wanted=None)
    assert share <= MAX_FLIPS


def test_comments_about_the_war_under_a_text_flip_few(articles: list[dict[str, Any]]) -> None:
    # Comments are sentences like any other, so the limit is wider than for lines without a stop.
    classifier = shipped()
    before = classifier.probabilities(articles)
    after = classifier.probabilities([{**a, "text": f"{a['text']}\n{COMMENT}"} for a in articles])
    flipped = sum((p >= 0.5) != (q >= 0.5) for p, q in zip(before, after, strict=True))
    assert flipped / len(articles) <= 2 * MAX_FLIPS


def test_the_specimen_is_conflict_in_spite_of_its_stray_headline(shared: Path) -> None:
    text = (shared / "data" / "specimen.txt").read_text(encoding="utf-8")
    [verdict] = classify([{"title": None, "text": text, "language": None, "url": None}])
    assert verdict.label == "conflict"
    assert verdict.language == "en"
    assert any("Ukrain" in e.text for e in verdict.evidence)
    assert all("Hamas" not in e.text for e in verdict.evidence)
