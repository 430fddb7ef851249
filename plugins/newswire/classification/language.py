"""The language to read an article by: the one it is said to be in, unless its opening is plainly in another."""

from __future__ import annotations

from functools import cache

from newswire.classification.lexicon import RELATIVES, SUPPORTED

# What feeds and corpora write instead of the two-letter code (ISO 639-2 codes, and a country for its language).
_TWO_LETTERS = {
    "eng": "en", "ukr": "uk", "ua": "uk", "rus": "ru", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "pol": "pl",
    "spa": "es", "bul": "bg", "ces": "cs", "cze": "cs", "por": "pt", "ita": "it", "slv": "sl", "slk": "sk",
}  # fmt: skip
# Title and lead weigh most in a verdict, so their language is the one to read by. (With twice as many characters no article of
# the development corpus was read in another.)
OPENING_CHARS = 300
# Fewer characters than a sentence or two are mostly names: there the word of the caller is better than a guess.
SHORT_CHARS = 100
# So sure must detection be to overrule what the caller says (a vote in it already). Of 9,610 articles of the development
# corpus 35 open in another language than stated; those looked at did.
SURE = 0.7
_NO_LANGUAGE = frozenset({"und", "xx", "mul", "zxx"})


def normalise(code: str | None) -> str | None:
    """`pt-BR`, `PT_br`, `por` → `pt`; None and blanks → None; anything else is passed on in lower case."""
    if not code or not code.strip():
        return None
    base = code.strip().lower().replace("_", "-").split("-")[0]
    return None if base in _NO_LANGUAGE else _TWO_LETTERS.get(base, base)


@cache
def is_supported(language: str) -> bool:
    """Whether the gazetteer holds general words of this language, not only names."""
    return language in SUPPORTED or language in RELATIVES or language == "sl"


def language_of(said: str | None, title: str | None, text: str | None) -> str:
    """The language to read by, "und" where there is none.

    What the caller says is believed, unless the opening is surely in another language: feeds and corpora state the
    language of the outlet, and by the words of the wrong language an article cannot be judged.
    """
    # Imported late: extraction loads an HTML stack that no caller needs for the classes of this package alone.
    from newswire.extraction.language import main_language

    known = normalise(said)
    if known is None:
        return main_language(f"{title or ''}\n{text or ''}").code or "und"
    opening = f"{title or ''}\n{(text or '')[:OPENING_CHARS]}"
    if len(opening) < SHORT_CHARS:
        return known
    found = main_language(opening, declared=known)
    return found.code if found.code is not None and found.confidence >= SURE else known
