"""What typesetting, feeds and pages do to a text must not turn its verdict: the same real articles, whole and blemished.

Needs the shared corpus. Rows that the model learnt from do here, since each is only compared with itself.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import textwrap
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newswire.classification.classifier import shipped
from unit.classification.test_robustness import CONFLICT, MAX_FLIPS, OTHER

Article = dict[str, Any]
POINTER = {
    "en": "Read also", "uk": "Читайте також", "ru": "Читайте также", "de": "Lesen Sie auch", "bg": "Вижте още",
    "pl": "Czytaj też", "es": "Lea también", "pt": "Leia também", "cs": "Čtěte také",
}  # fmt: skip
TWINS = str.maketrans("аеорсхіАВЕКМНОРСТХ", "aeopcxiABEKMHOPCTX")
ENTITIES = {"ä": "&auml;", "ö": "&ouml;", "ü": "&uuml;", "é": "&eacute;", "ã": "&atilde;", "ó": "&#243;", "í": "&#237;"}
WAR_COMMENT = "Comments (2)\nJohn: Putin must lose this war in Ukraine.\nMary: what has this to do with the article?"


@pytest.fixture(scope="module")
def articles(shared: Path) -> list[Article]:
    with gzip.open(shared / "data" / "relevance" / "dev.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    kept = [r for r in rows if r["lang"] in OTHER and len(r["text"].split()) >= 40]
    return [{"title": r["title"], "text": r["text"], "language": r["lang"], "label": r["label"]} for r in kept[::6]]


def _inside_words(text: str, what: str) -> str:
    """`what` put into every second longer word."""
    dice = random.Random(0)

    def part(match: re.Match[str]) -> str:
        word, at = match.group(), dice.randint(2, len(match.group()) - 2)
        return f"{word[:at]}{what}{word[at:]}" if dice.random() < 0.5 else word

    return re.sub(r"\w{6,}", part, text)


def _every_letter(text: str, letters: dict[str, str]) -> str:
    return "".join(letters.get(c, c) for c in text)


WRITING: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "decomposed letters": lambda t: unicodedata.normalize("NFD", t),
    "soft hyphens": lambda t: _inside_words(t, "\u00ad"),
    "byte-order marks": lambda t: _inside_words(t, "\ufeff"),
    "words parted at line ends": lambda t: _inside_words(t, "-\n"),
    "Latin twins of Cyrillic letters": lambda t: t.translate(TWINS),
    "entities": lambda t: _every_letter(t, ENTITIES),
    "no space after a stop": lambda t: re.sub(r"([.!?])\s+", r"\1", t),
    "wrapped lines": lambda t: "\n".join(textwrap.fill(p, 72) for p in t.split("\n")),
    "a link after every paragraph": lambda t: t.replace("\n", "\nhttps://news.example/ukraine-war-live?from=kyiv\n"),
    "the account of a channel": lambda t: f"{t}\n\nJoin @ukraine_war_now or t.me/kyiv_front",
}


def _headlines(article: Article) -> list[str]:
    """Four headlines of the class that the article is not of, and one that is of neither."""
    of = OTHER if article["label"] else CONFLICT
    line = of[article["language"]]
    return [line, f"{line} (video)", OTHER[article["language"]], f"{line}: live", f"{line} – analysis"]


def _with_list_after(article: Article) -> str:
    return "\n".join([article["text"], *_headlines(article)])


def _with_pointers(article: Article) -> str:
    stops = [m.end() for m in re.finditer(r"[.!?…]\s", article["text"])] or [len(article["text"])]
    cut = min(stops, key=lambda at: abs(at - len(article["text"]) // 2))
    pointer = f"{POINTER[article['language']]}: {_headlines(article)[0]}"
    return f"{article['text'][:cut]}{pointer}. {article['text'][cut:]}\n{pointer}"


PAGE: dict[str, Callable[[Article], str]] = {
    "a list of headlines after the text": _with_list_after,
    "pointers to another story": _with_pointers,
    "comments after the text": lambda a: f"{a['text']}\n{WAR_COMMENT}",
}


def _flips(articles: list[Article], changed: list[Article]) -> float:
    classifier = shipped()
    pairs = zip(classifier.probabilities(articles), classifier.probabilities(changed), strict=True)
    return sum((p >= 0.5) != (q >= 0.5) for p, q in pairs) / len(articles)


@pytest.mark.parametrize("blemish", WRITING)
def test_the_way_a_text_is_written_turns_no_verdict(articles: list[Article], blemish: str) -> None:
    write = WRITING[blemish]
    changed = [{**a, "title": a["title"] and write(a["title"]), "text": write(a["text"])} for a in articles]
    assert sum(a["text"] != b["text"] for a, b in zip(articles, changed, strict=True)) > 100
    assert _flips(articles, changed) <= MAX_FLIPS


@pytest.mark.parametrize("blemish", PAGE)
def test_what_a_page_adds_to_a_text_turns_no_verdict(articles: list[Article], blemish: str) -> None:
    assert _flips(articles, [{**a, "text": PAGE[blemish](a)} for a in articles]) <= MAX_FLIPS
