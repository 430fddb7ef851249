"""The gazetteer: which words and phrases speak of which concept, in eleven languages and a little beyond.

The forms live in `terms/*.toml`, one table per concept, one entry per language; `terms/places.toml` says how a form is
written. Names of places, people, weapons and wordings of this war are matched whatever the language of the text;
general words only in their own language, because German "war" is no war and Polish "min" is no mine in English.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from newswire.classification.tokens import Words, fold_word, words_of

TERMS = Path(__file__).parent / "terms"

# Languages whose general words are read beside the text's own: their speakers quote each other untranslated, or they
# are close enough that the neighbour's stems carry.
RELATIVES = {"uk": ("uk", "ru"), "ru": ("ru", "uk"), "be": ("uk", "ru"), "sr": ("bg",), "mk": ("bg",), "sk": ("cs",)}
SUPPORTED = frozenset({"en", "uk", "ru", "de", "fr", "pl", "es", "bg", "cs", "pt", "it"})
# In a language we have no words for, a general stem must be this long to be believed.
MIN_FOREIGN_STEM = 5

YEARS = {"year_old": range(1700, 2014), "year_hybrid": range(2014, 2022), "year_full": range(2022, 2036)}


@dataclass(frozen=True, slots=True)
class Form:
    """One written form: words in a row, each (folded text, how it matches)."""

    concept: int
    parts: tuple[tuple[str, str], ...]  # how: "exact" | "stem" | "infix"
    capital: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A form found in a field: `length` words from word `at`."""

    concept: int
    at: int
    length: int


@cache
def _parse(entry: str, concept: int) -> Form:
    # Kept: every language asks for nearly all entries again, and parsing them is most of the time of a small batch.
    capital = entry.startswith("^")
    parts: list[tuple[str, str]] = []
    for piece in entry.lstrip("^").split():
        how = "infix" if piece.startswith("*") else "stem" if piece.endswith("*") else "exact"
        if how == "infix" and not piece.endswith("*"):
            how = "suffix"
        pieces = words_of(piece.strip("*")).raw
        folded = [fold_word(p) for p in pieces]
        parts += [(p, "exact") for p in folded[:-1]] + [(folded[-1], how)]
    return Form(concept, tuple(parts), capital)


@dataclass(slots=True)
class _Index:
    """The forms that apply to one language, arranged for one dictionary look-up per word."""

    exact: dict[str, list[Form]] = field(default_factory=dict)
    stems: dict[str, list[Form]] = field(default_factory=dict)
    infixes: list[Form] = field(default_factory=list)
    vetoes: list[Form] = field(default_factory=list)
    longest: int = 0
    sieve: re.Pattern[str] | None = None

    def add(self, form: Form) -> None:
        text, how = form.parts[0]
        if how == "exact":
            self.exact.setdefault(text, []).append(form)
        elif how == "stem":
            self.stems.setdefault(text, []).append(form)
            self.longest = max(self.longest, len(text))
        else:
            self.infixes.append(form)

    def starting(self, word: str) -> list[Form]:
        """All forms whose first word matches the folded `word`."""
        found = list(self.exact.get(word, ()))
        for end in range(1, min(len(word), self.longest) + 1):
            found += self.stems.get(word[:end], ())
        if self.infixes and self._any_infix(word):
            found += [f for f in self.infixes if _matches(f.parts[0], word)]
        return found

    def _any_infix(self, word: str) -> bool:
        """Whether some infix occurs at all: one search instead of one per form, since most words hold none."""
        if self.sieve is None:
            self.sieve = re.compile("|".join(sorted({re.escape(f.parts[0][0]) for f in self.infixes})))
        return self.sieve.search(word) is not None


def _matches(part: tuple[str, str], word: str) -> bool:
    text, how = part
    if how == "exact":
        return word == text
    if how == "stem":
        return word.startswith(text)
    return word.endswith(text) if how == "suffix" else text in word


@cache
def tables() -> tuple[tuple[str, bool, dict[str, tuple[str, ...]], tuple[str, ...]], ...]:
    """All concepts in a fixed order: (name, matched in every language?, forms by language, vetoes)."""
    found = []
    for path in sorted(TERMS.glob("*.toml")):
        for name, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
            forms = {
                language: tuple(e.strip() for e in entry.split(",") if e.strip())
                for language, entry in table.items()
                if isinstance(entry, str) and language != "no"
            }
            local = {f"local.{k}": tuple(e.strip() for e in v.split(",")) for k, v in table.get("local", {}).items()}
            vetoes = tuple(e.strip().lstrip("!") for e in table.get("no", "").split(",") if e.strip())
            found.append((name, bool(table.get("names", False)), forms | local, vetoes))
    return tuple(found)


CONCEPTS: tuple[str, ...] = tuple(name for name, *_ in tables()) + tuple(YEARS)
CONCEPT_ID = {name: i for i, name in enumerate(CONCEPTS)}


class Lexicon:
    """The gazetteer as seen by one language; looks a word up once and remembers it."""

    # Enough for every word of some thousand articles; a bound, so that a long-lived worker does not grow for ever.
    MAX_REMEMBERED = 200_000

    def __init__(self, language: str) -> None:
        self.language = language
        own = RELATIVES.get(language, (language,))
        foreign = language not in SUPPORTED and language not in RELATIVES and language != "sl"
        self._index = _Index()
        for concept, (_, names, forms, vetoes) in enumerate(tables()):
            for key, entries in forms.items():
                for entry in entries:
                    form = _parse(entry, concept)
                    long_stem = len(form.parts) > 1 or len(form.parts[0][0]) >= MIN_FOREIGN_STEM
                    if key in own or key.removeprefix("local.") in own:
                        self._index.add(form)
                    elif key.startswith("local."):
                        continue
                    elif names or (foreign and long_stem and form.parts[0][1] in ("stem", "exact")):
                        self._index.add(form)
            self._index.vetoes += [_parse(entry, concept) for entry in vetoes]
        self._single: dict[str, tuple[int, ...]] = {}
        # First word → beginning letter of the second → the forms; under "" those whose second word may begin with any.
        self._phrases: dict[str, dict[str, tuple[Form, ...]]] = {}
        self._folded: dict[str, str] = {}

    def _learn(self, raw: str) -> tuple[int, ...]:
        if len(self._single) >= self.MAX_REMEMBERED:
            self._single.clear()
            self._phrases.clear()
            self._folded.clear()
        word = fold_word(raw)
        forms = [f for f in self._index.starting(word) if not f.capital or raw[:1].isupper()]
        single = {f.concept for f in forms if len(f.parts) == 1}
        if single:
            single -= {f.concept for f in self._index.vetoes if _matches(f.parts[0], word)}
        if len(word) == 4 and word.isdigit():
            single |= {CONCEPT_ID[name] for name, years in YEARS.items() if int(word) in years}
        self._single[raw] = known = tuple(sorted(single))
        phrases = [f for f in forms if len(f.parts) > 1]
        if phrases:
            self._phrases[raw] = _by_letter(phrases)
        self._folded[raw] = word
        return known

    def knows(self, raw: str) -> bool:
        """Whether the word belongs to any concept by itself."""
        known = self._single.get(raw)
        return bool(self._learn(raw) if known is None else known)

    def _fold(self, raw: str) -> str:
        word = self._folded.get(raw)
        return fold_word(raw) if word is None else word

    def scan(self, words: Words) -> list[Hit]:
        """Every form found in `words`, in the order of the text; one word may speak of several concepts."""
        hits: list[Hit] = []
        single, phrases, raws = self._single, self._phrases, words.raw
        for i, raw in enumerate(raws):
            known = single.get(raw)
            if known is None:
                known = self._learn(raw)
            if known:
                hits += [Hit(concept, i, 1) for concept in known]
            if raw in phrases and i + 1 < len(raws):
                second, forms = self._fold(raws[i + 1]), phrases[raw]
                hits += self._phrases_at(i, second, forms.get(second[:1]) or forms[""], raws)
        return hits

    def _phrases_at(self, i: int, second: str, forms: Sequence[Form], raws: list[str]) -> list[Hit]:
        """Those of `forms` that stand at word `i`, whose first word is there; the first one of each concept."""
        found: dict[int, Hit] = {}
        for form in forms:
            n = len(form.parts)
            if form.concept in found or not _matches(form.parts[1], second) or i + n > len(raws):
                continue
            if all(_matches(form.parts[k], self._fold(raws[i + k])) for k in range(2, n)):
                found[form.concept] = Hit(form.concept, i, n)
        return list(found.values())


def _by_letter(phrases: Sequence[Form]) -> dict[str, tuple[Form, ...]]:
    """Phrases, in their order, by the letter with which their second word begins."""
    letters = {text[:1] for _, (text, how), *_ in (f.parts for f in phrases) if how in ("exact", "stem")} | {""}
    return {
        letter: tuple(f for f in phrases if f.parts[1][1] not in ("exact", "stem") or f.parts[1][0][:1] == letter)
        for letter in letters
    }


@cache
def lexicon_for(language: str) -> Lexicon:
    """The lexicon for a language code (ISO 639-1, lower case); unknown codes get the shared names and long stems."""
    return Lexicon(language)
