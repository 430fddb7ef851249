"""The language to read an article by: the one it is said to be in, else the one that extraction finds in its text."""

from __future__ import annotations

from functools import cache

from newswire.classification.lexicon import RELATIVES, SUPPORTED

# What feeds and corpora write instead of the two-letter code (ISO 639-2 codes, and a country for its language).
_TWO_LETTERS = {
    "eng": "en", "ukr": "uk", "ua": "uk", "rus": "ru", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "pol": "pl",
    "spa": "es", "bul": "bg", "ces": "cs", "cze": "cs", "por": "pt", "ita": "it", "slv": "sl", "slk": "sk",
}  # fmt: skip
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

    What the caller says is believed: the pipeline passes the language that extraction found. Only for callers that know
    none is the text asked here.
    """
    known = normalise(said)
    if known is not None:
        return known
    # Imported late: extraction loads an HTML stack that a caller who knows the language does not need.
    from newswire.extraction.language import detect_language

    return detect_language(f"{title or ''}\n{text or ''}").code or "und"
