"""What is odd about a text, in measured and explained flags. Nothing is dropped for a flag.

The flags are facts (too short, cut off, repeated lead) or judgements from several weak signs together (machine-made
prose). No sign of the second sort is enough alone: commentaries hedge, verdicts have no numbers, agencies use headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from newswire.extraction.language import LanguageGuess
from newswire.extraction.spun_wording import ATTRIBUTION, HEDGES, STOCK, TEMPLATE_HEADING, TORTURED, TORTURED_HINTS
from newswire.extraction.values import QualityFlag, Removed

# A news brief of two sentences has about forty words; below that there is nothing to classify or compare.
FEW_WORDS = 40
# Characters that count as one word in scripts without spaces.
WIDE_WORD = 2
# Prose shows its manner early; longer texts are judged by their beginning.
JUDGED_CHARS = 6_000
# Rates below are per 100 words; shorter texts have no rates worth the name.
RATE_WORDS = 120
# Measured on 1,198 genuine English news texts: the median has 1.6 numbers, 1.6 quotation marks, 1.2 attributions and
# 0.4 hedges per 100 words, and no stock phrase; 99 % stay below 2.1 hedges, 0.3 stock phrases and one such heading. At
# 2.5 points, 5 of 10,172 genuine texts in 20 languages are flagged.
SPUN_POINTS = 2.5

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\u0e00-\u0e7f]")
_NUMBER = re.compile(r"\d+")
_QUOTE_MARK = re.compile(r"[“”„«»\"]")
_QUOTED = re.compile(r"“[^”“]{3,1500}”|„[^“”„]{3,1500}[“”]|«[^«»]{3,1500}»|\"[^\"\n]{3,1500}\"")
# A run of marks is read once, from its beginning: a line of dots would cost its square.
_SENTENCE_END = re.compile(r"(?<![.!?…。！？])[.!?…。！？]++['\"”’»)\]]*(?:\s+|$)")
_CUT = re.compile(r"(?:\.\.\.|…|\[[.…]+\]|\[\+\d+ chars\])\s*$")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
# Forms that only (or nearly only) finite verbs and participles have. A text of sentences has them in plenty, a list or
# a table of names has none. Languages without an entry are judged by sentence ends.
_VERBS = {
    "en": re.compile(
        r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|says?|said|do(?:es)?|did|\w{3,}(?:ed|"
        r"ing))\b",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"\b(?:ist|sind|war(?:en)?|wird|werden|wurden?|hat(?:te)?|haben|kann|können|soll(?:en|te)?|sei(?:en)?|"
        r"sagte|ge\w{3,}t|\w{3,}(?:te|ten|iert))\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:est|sont|était|étaient|a|ont|avait|sera|été|fait|peut|doit|dit|\w{3,}(?:ait|aient|ent|é|ée|és|ées|"
        r"er))\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(?:es|son|era|fue|fueron|ha|han|había|será|está|están|puede|dijo|\w{3,}(?:aba|aron|ieron|ado|ido|ará|"
        r"ó|ar|er|ir))\b",
        re.IGNORECASE,
    ),
    "pt": re.compile(
        r"\b(?:é|são|era|foi|foram|tem|têm|será|está|estão|pode|disse|\w{3,}(?:ava|aram|eram|ado|ido|ará|ou|ar|er|"
        r"ir))\b",
        re.IGNORECASE,
    ),
    "it": re.compile(
        r"\b(?:è|sono|era|erano|ha|hanno|sarà|stato|stati|può|deve|\w{3,}(?:ato|ito|uto|ata|ati|ava|are|ere|ire|"
        r"rà))\b",
        re.IGNORECASE,
    ),
    "pl": re.compile(
        r"\b(?:jest|są|był[aoy]?|byli|będ[zą]\w*|został\w*|może|ma|mają|\w{3,}(?:ał[aoy]?|ali|ił[aoy]?|ili|ął|ęła|"
        r"uje|ują|ać|ić|yć|eć|no|to))\b",
        re.IGNORECASE,
    ),
    "cs": re.compile(
        r"\b(?:je|jsou|byl[aoiy]?|bude|budou|má|mají|může|\w{3,}(?:al[aoiy]?|il[aoiy]?|uje|ují|ovat|it|at|et))\b",
        re.IGNORECASE,
    ),
    "uk": re.compile(
        r"\b(?:є|був|була|було|були|буде|має|мають|може|\w{3,}(?:в|вся|ла|лася|ло|лося|ли|лися|ти|тися|ють|ать|"
        r"ять|уть|ить|ється|ано|ено))\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"\b(?:был[аои]?|будет|есть|может|имеет|\w{3,}(?:л|лся|ла|лась|ло|лось|ли|лись|ть|ться|ет|ют|ит|ят|ут|"
        r"ется|ются|ится|ано|ено))\b",
        re.IGNORECASE,
    ),
    "bg": re.compile(r"\b(?:е|са|беше|бяха|ще|има|може|бил[аои]?|\w{3,}(?:ва|ват|ха|ше|ни|на|но|л|ла|ли|ът))\b", re.I),
}
_VERBS["sk"] = _VERBS["cs"]


def quality_flags(
    text: str,
    *,
    title: str | None = None,
    language: LanguageGuess | None = None,
    cut_off: bool = False,
    removed: Sequence[Removed] = (),
    state: str | None = None,
) -> tuple[QualityFlag, ...]:
    """The flags of a text in a fixed order, each with its explanation and the value behind it; () for an ordinary one.

    `cut_off` says that the page shows signs of a paywall; `removed` are the lines that the boilerplate repair took out;
    `state` names the state for scripts that the text was read from, where the page itself shows none.
    """
    code = language.code if language else None
    sample = text[:JUDGED_CHARS]
    sample_words = count_words(sample)
    # Whether a text is short shows at its beginning; only a short one is counted to the end.
    words = sample_words if sample_words >= FEW_WORDS or sample == text else count_words(text)
    found = [
        _too_short(words),
        _truncated(text, cut_off),
        spun(sample, code, sample_words),
        _mostly_quotes(text),
        _mostly_links(text, removed),
        _duplicate_lead(text),
        _mixed_languages(language),
        _no_verbs(text, sample, code, sample_words) if words >= FEW_WORDS else None,
        _from_state(state, text),
    ]
    return tuple(flag for flag in found if flag is not None)


def count_words(text: str) -> int:
    """Words of a text; in scripts without spaces two characters count as one."""
    wide = len(_WIDE.findall(text))
    return wide // WIDE_WORD + len(_WORD.findall(_WIDE.sub(" ", text) if wide else text))


def _from_state(state: str | None, text: str) -> QualityFlag | None:
    if state is None:
        return None
    return QualityFlag(
        "from-state", f"the page shows hardly any text; this is from its data for scripts: {state}", len(text)
    )


def _too_short(words: int) -> QualityFlag | None:
    if words >= FEW_WORDS:
        return None
    return QualityFlag("too-short", f"only {words} words, fewer than {FEW_WORDS}", words)


def _truncated(text: str, cut_off: bool) -> QualityFlag | None:
    if cut_off:
        return QualityFlag("truncated", "the page says that the rest is not free", 1.0)
    if text and _CUT.search(text):
        return QualityFlag("truncated", "the text breaks off with an ellipsis", 0.5)
    return None


def spun(text: str, language: str | None, words: int) -> QualityFlag | None:
    """Machine-made, spun or machine-translated-looking prose: vague, hedging, and built from stock parts.

    `words` is how many words the text has.

    Signs: hardly a number, quotation or attribution; much hedging; stock phrases of nothing in particular; headings
    that fit any piece; questions to the reader; and collocations that only a thesaurus makes ("tortured phrases", after
    Cabanac, Labbé and Magazinov 2021).
    """
    lower = text.lower()
    tortured: set[str] = set()
    # English ones only. The hints are plain substrings, ten times as fast as the pattern, and hardly any text has one.
    if language in ("en", None) and any(map(lower.__contains__, TORTURED_HINTS)):
        tortured = set(TORTURED.findall(lower))
    points, signs = 0.0, []
    if tortured:
        points += 2.0 * len(tortured)
        signs.append(f"thesaurus-made collocations ({', '.join(sorted(tortured)[:3])})")
    if words >= RATE_WORDS:
        per_hundred = 100 / words
        points += _vague(lower, language, per_hundred, signs)
        stock = _built_from_stock(text, lower, language if points else None, per_hundred, signs)
        # Vague and hedging prose alone is a commentary, written by hand.
        points = points + stock if stock or tortured else 0.0
    if points < SPUN_POINTS:
        return None
    return QualityFlag("spun", "reads as spun, translated or generated: " + "; ".join(signs), round(points, 2))


def _vague(lower: str, language: str | None, per_hundred: float, signs: list[str]) -> float:
    """Nothing that could be checked: half a point for each kind of fact that is missing, more for hedging."""
    points = 0.0
    missing = [
        name
        for name, sign in (
            ("numbers", _NUMBER),
            ("quotations", _QUOTE_MARK),
            ("attributions", ATTRIBUTION.get(language or "")),
        )
        if sign and not _reaches(sign, lower, 0.2, per_hundred)
    ]
    if missing:
        points += 0.5 * len(missing)
        signs.append("hardly any " + ", ".join(missing))
    if hedges := HEDGES.get(language or ""):
        rate = len(hedges.findall(lower)) * per_hundred
        if rate >= 1.4:
            points += 1.0 if rate < 2.0 else 1.5
            signs.append(f"{rate:.1f} hedges per 100 words")
    return points


def _reaches(sign: re.Pattern[str], text: str, rate: float, per_hundred: float) -> bool:
    """Whether a sign occurs at this rate per 100 words; the text is read no further than needed to tell."""
    return any(count * per_hundred >= rate for count, _ in enumerate(sign.finditer(text), 1))


def _built_from_stock(text: str, lower: str, language: str | None, per_hundred: float, signs: list[str]) -> float:
    """Stock phrases (not looked for where `language` is None: a text full of facts), headings, questions."""
    points = 0.0
    if pattern := STOCK.get(language or ""):
        phrases = set(pattern.findall(lower))
        rate = len(phrases) * per_hundred
        if len(phrases) >= 3 and rate >= 0.4:
            points += 1.5 if rate < 0.8 else 2.0
            signs.append(f"{len(phrases)} stock phrases ({', '.join(sorted(phrases)[:3])})")
    headings = [line for line in text.split("\n") if len(line) < 80 and TEMPLATE_HEADING.match(line)]
    if headings:
        points += 0.5 if len(headings) == 1 else 1.5 if len(headings) == 2 else 2.0
        signs.append(f"headings that fit any text ({', '.join(list(dict.fromkeys(headings))[:3])})")
    unquoted = _QUOTED.sub("", text) if text.count("?") >= 2 else ""
    if (questions := unquoted.count("?")) >= 2:
        sentences = [part for part in _SENTENCE_END.split(unquoted) if len(part) > 10]
        if questions >= 0.04 * len(sentences):
            points += 0.5
            signs.append(f"{questions} questions to the reader")
    return points


def _mostly_quotes(text: str) -> QualityFlag | None:
    quoted = sum(map(len, _QUOTED.findall(text)))
    share = quoted / len(text) if text else 0.0
    if share < 0.7 or len(text) < 300:
        return None
    return QualityFlag("mostly-quotes", f"{share:.0%} of the text stands in quotation marks", round(share, 3))


def _mostly_links(text: str, removed: Sequence[Removed]) -> QualityFlag | None:
    linked = sum(len(taken.line) for taken in removed if "link" in taken.why)
    share = linked / (linked + len(text)) if linked else 0.0
    if share < 0.6:
        return None
    return QualityFlag("mostly-links", f"{share:.0%} of what was found were links to other pages", round(share, 3))


def _duplicate_lead(text: str) -> QualityFlag | None:
    lines = text.split("\n")
    first = _stems(lines[0])
    if len(first) < 8:
        return None
    for number, line in enumerate(lines[1:6], 2):
        other = _stems(line)
        if len(other) >= 8 and (share := len(first & other) / len(first | other)) >= 0.8:
            return QualityFlag("duplicate-lead", f"line {number} says the first line again", round(share, 3))
    return None


def _stems(line: str) -> set[str]:
    return {word[:6] for word in _LONG_WORD.findall(line.casefold())}


def _mixed_languages(language: LanguageGuess | None) -> QualityFlag | None:
    if language is None or not language.others:
        return None
    others = ", ".join(language.others)
    return QualityFlag("mixed-languages", f"written in {language.code} and {others}", float(1 + len(language.others)))


def _no_verbs(text: str, sample: str, language: str | None, sample_words: int) -> QualityFlag | None:
    if pattern := _VERBS.get(language or ""):
        per_hundred = 100 / max(1, sample_words)  # a long table of figures may stand above the first word
        if _reaches(pattern, sample, 2.0, per_hundred):
            return None
        rate = len(pattern.findall(sample)) * per_hundred
        return QualityFlag("no-verbs", f"{rate:.1f} verbs per 100 words: a list or a table", round(rate, 2))
    lines = [line for line in text.split("\n") if line]
    ended = sum(1 for line in lines if _SENTENCE_END.search(line))
    if len(lines) < 5 or ended >= 0.1 * len(lines):
        return None
    return QualityFlag("no-verbs", f"{ended} of {len(lines)} lines hold a sentence: a list or a table", float(ended))
