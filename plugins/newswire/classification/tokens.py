"""Cut a text into words and sentences, keeping where each word stands, so that evidence can be shown verbatim.

A word is matched in a folded form (case, accents, apostrophes, look-alike letters), but never loses its span in the
original: folding is done word by word, after cutting.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

# Combining marks, the soft hyphen and invisible characters are kept inside a word: texts carry stress marks, decomposed
# letters, byte-order and direction marks that would otherwise cut "Украи́на" in two. An apostrophe joins only Cyrillic
# ("Слов'янськ"); elsewhere it parts an article or a genitive from the name ("l'Ukraine", "Putin's").
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_INSIDE = rf"\u0300-\u036f\u0900-\u097f{_INVISIBLE}"
_CJK = r"\u3400-\u9fff"
_LOWER = r"a-z\u00df-\u00ff\u0430-\u045f\u0491"
_UPPER = r"A-Z\u00c0-\u00de\u0400-\u042f\u0490"
# Letters that feeds leave written as entities ("S&atilde;o", "M&#252;nchen"): Latin and Cyrillic only, no punctuation.
_ENTITY = (
    r"&(?:[A-Za-z](?:acute|grave|circ|uml|tilde|cedil|ring|caron|slash)|szlig"
    r"|#(?:19[2-9]|[23]\d\d|10[2-9]\d|11\d\d|12[0-7]\d));"
)
# A word parted at the end of a line: "Ukra-\nine".
_PARTED = rf"[-\u2010\u00ad]\n(?=[{_LOWER}])"
_WORD = rf"(?:[^\W_{_CJK}]+|{_ENTITY})(?:[^\W_{_CJK}]+|{_PARTED}|[{_INSIDE}]+|{_ENTITY})*"
# An address or the name of an account is no text: what it spells ("…/ukraine-war-live", "@ukraine_now") is the name of
# a section or of a channel.
_LINK = r"(?:https?://|www\.|t\.me/)\S+|(?<!\w)@\w+"
# A sentence also ends where the space after its stop was lost ("in Kyiv.The minister"). A line that goes on in lower
# case was wrapped, and does not end.
_STOP = (
    rf"[.!?…。]+(?=[\s\"»”“'’)\]]|$)|(?<=[{_LOWER}]{{2}})[.!?…]+(?=[{_UPPER}])|\n+(?![ \t]*[{_LOWER}])"
)  # fmt: skip
_WORD_OR_STOP = rf"(?P<word>[{_CJK}]|{_WORD}(?:['’ʼ`](?=[\u0400-\u04ff]){_WORD})*)|(?P<stop>{_STOP})"
_TOKEN, _TOKEN_OR_LINK = re.compile(_WORD_OR_STOP), re.compile(rf"(?P<link>{_LINK})|{_WORD_OR_STOP}")
# What every link holds; most texts have none of it, and are cut faster without looking for links at each character.
_OF_LINKS = ("://", "www.", "t.me/", "@")

_LATIN_EXTRA = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"})
_DROPPED = re.compile(rf"[{_INVISIBLE}'’ʼ`\n\-\u2010]")
# Latin letters that are drawn like Cyrillic ones: some outlets (and whoever evades filters) mix them into words.
_LATIN_TWINS, _CYRILLIC_TWINS = "aeopcxyikhtmb", "аеорсхуікнтмв"
_TO_CYRILLIC, _TO_LATIN = str.maketrans(_LATIN_TWINS, _CYRILLIC_TWINS), str.maketrans(_CYRILLIC_TWINS, _LATIN_TWINS)
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[a-z]")
_STRESS = dict.fromkeys((0x300, 0x301))

# The verdict is formed on the beginning of a text: news says what it is about at once, and what stands after this many
# words is, in the texts seen, archive, comments or the next story. It also bounds the time for one article.
MAX_WORDS = 2000


def fold_word(word: str) -> str:
    """The form in which a word is compared: `Krieg’s` → `kriegs`, `Россиё` → `россие`, `Łuck` → `luck`."""
    if "&" in word:
        word = html.unescape(word)
    low = _DROPPED.sub("", unicodedata.normalize("NFKC", word).lower())
    if _CYRILLIC.search(low) and _LATIN.search(low):
        low = _in_one_script(low)
    if _CYRILLIC.search(low):
        bare = unicodedata.normalize("NFD", low).translate(_STRESS)
        return unicodedata.normalize("NFC", bare).replace("ё", "е")
    if low.isascii():
        return low
    bare = unicodedata.normalize("NFD", low)
    return "".join(c for c in bare if not "\u0300" <= c <= "\u036f").translate(_LATIN_EXTRA)


def _in_one_script(word: str) -> str:
    """A word of both scripts in the one that most of it is in, or that all of it can be read in."""
    if len(_CYRILLIC.findall(word)) * 2 >= len(word) or not set(_LATIN.findall(word)) - set(_LATIN_TWINS):
        return word.translate(_TO_CYRILLIC)
    return word if set(_CYRILLIC.findall(word)) - set(_CYRILLIC_TWINS) else word.translate(_TO_LATIN)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one field: `raw[i]` stands at `text[starts[i]:starts[i] + len(raw[i])]`, in sentence `sentence[i]`.

    `opens[s]` marks a sentence that begins a line; `stops[s]` is the stop that it ends with, empty where there is none.
    """

    raw: list[str]
    starts: list[int]
    sentence: list[int]
    opens: list[bool]
    stops: list[str]

    def __len__(self) -> int:
        return len(self.raw)


def words_of(text: str, limit: int = MAX_WORDS) -> Words:
    """The first `limit` words of `text` with their places; sentences are numbered from 0 and never empty."""
    raw: list[str] = []
    starts: list[int] = []
    sentence: list[int] = []
    opens: list[bool] = []
    stops: list[str] = []
    used, at_line_start = False, True
    token = _TOKEN_OR_LINK if any(part in text for part in _OF_LINKS) else _TOKEN
    for match in token.finditer(text):
        kind = match.lastgroup
        if kind == "word":
            if not used:
                opens.append(at_line_start)
                stops.append("")
                used = True
            raw.append(match.group())
            starts.append(match.start())
            sentence.append(len(opens) - 1)
            if len(raw) >= limit:
                break
        elif kind == "stop":
            at_line_start = match.group()[0] == "\n"
            if used:
                stops[-1] = "" if at_line_start else match.group()
                used = False
    return Words(raw, starts, sentence, opens, stops)
