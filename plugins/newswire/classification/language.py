"""The language that an article is read by: the one it is said to be in, else the one it looks like."""

from __future__ import annotations

from collections import Counter
from functools import cache

from newswire.classification.lexicon import RELATIVES, SUPPORTED
from newswire.classification.tokens import fold_word, words_of

# The commonest function words of each language, folded; enough to tell them apart within two sentences.
_FUNCTION_WORDS = {
    "en": "the of and to in is that for on was with as it by at from has are have be not this but his",
    "de": "der die und das den von zu mit sich des auf fur ist im dem nicht ein eine als auch es an werden hat",
    "fr": "le la les des et du une est dans pour que qui sur pas au avec il par ne plus sont ce ont aux",
    "es": "el la los de y que en las del un por con una para es se su al lo como mas fue han sus este",
    "pt": "o a os de e que em do da as um para com uma no na por mais dos se ao nao foi das pelo sao",
    "it": "il di e che la in un per una del della non con sono le si da gli dei nel anche piu come alla",
    "pl": "w i z na nie sie do ze jest o to jak przez po od za co dla oraz byl ktore tym ma juz jego",
    "cs": "a se na v je ze s z do o i to jako pro po by podle za ale jsou ve byl ktery uz jeho take",
    "sl": "je in v na za so se da ki z s pa ne po ob tudi od bo kot pri bi ni iz ter",
    "uk": "і в у на що не з до за та це як про від для його але був є після були також він під",
    "ru": "и в на не что с по он из за как это от для о к его но был все при были также после",
    "bg": "на и в да за се от е с че не по са това като ще беше до му но или бе след който",
}
_WORDS = {language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()}
# Below this share of function words the guess is worth nothing (a table, names only, another language).
_MIN_SHARE = 0.06


def normalise(code: str | None) -> str | None:
    """`pt-BR`, `PT_br`, `por` → `pt`; None and blanks → None; anything else is passed on in lower case."""
    if not code or not code.strip():
        return None
    base = code.strip().lower().replace("_", "-").split("-")[0]
    long = {
        "eng": "en",
        "ukr": "uk",
        "ua": "uk",
        "rus": "ru",
        "deu": "de",
        "ger": "de",
        "fra": "fr",
        "fre": "fr",
        "pol": "pl",
    }
    more = {"spa": "es", "bul": "bg", "ces": "cs", "cze": "cs", "por": "pt", "ita": "it", "slv": "sl", "slk": "sk"}
    return None if base in {"und", "xx", "mul", "zxx"} else (long | more).get(base, base)


def guess(text: str) -> str:
    """The language by its function words, "und" when none stands out."""
    words = [fold_word(w) for w in words_of(text, 300).raw]
    if not words:
        return "und"
    counts = Counter(words)
    scores = {lang: sum(counts[w] for w in known) / len(words) for lang, known in _WORDS.items()}
    best = max(sorted(scores), key=lambda lang: scores[lang])
    return best if scores[best] >= _MIN_SHARE else "und"


@cache
def is_supported(language: str) -> bool:
    """Whether the gazetteer holds general words of this language, not only names."""
    return language in SUPPORTED or language in RELATIVES or language == "sl"


def language_of(said: str | None, title: str | None, text: str | None) -> str:
    """The language to read by. What the page or feed says is believed; otherwise the text decides."""
    return normalise(said) or guess(f"{title or ''}\n{text or ''}")
