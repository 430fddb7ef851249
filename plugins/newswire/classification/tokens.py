"""Cut a text into words and sentences, keeping where each word stands, so that evidence can be shown verbatim.

A word is matched in a folded form (case, accents, apostrophes, look-alike letters), but never loses its span in the
original: folding is done word by word, after cutting.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Combining marks, the soft hyphen and zero-width characters are kept inside a word: texts carry stress marks,
# decomposed letters, and invisible characters that would otherwise cut "Украи́на" in two. An apostrophe joins only
# Cyrillic ("Слов'янськ"); elsewhere it parts an article or a genitive from the name ("l'Ukraine", "Putin's").
_INSIDE = r"\u0300-\u036f\u00ad\u200b-\u200d\u2060\u0900-\u097f"
_CJK = r"\u3400-\u9fff"
_TOKEN = re.compile(
    rf"(?P<word>[{_CJK}]|(?:[^\W_{_CJK}]|[{_INSIDE}])+(?:['’ʼ`](?=[\u0400-\u04ff])(?:[^\W_{_CJK}]|[{_INSIDE}])+)*)"
    r"|(?P<stop>[.!?…。]+(?=[\s\"»”“'’)\]]|$)|\n+)"
)

_LATIN_EXTRA = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"})
_DROP = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060'’ʼ`"))
# Latin letters that are drawn like Cyrillic ones: some outlets (and whoever evades filters) mix them into words.
_LOOKALIKE = str.maketrans("aeopcxyikhtmb", "аеорсхуікнтмв")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[a-z]")
_STRESS = dict.fromkeys((0x300, 0x301))

# The verdict is formed on the beginning of a text: news says what it is about at once, and what stands after this many
# words is, in the texts seen, archive, comments or the next story. It also bounds the time for one article.
MAX_WORDS = 2000


def fold_word(word: str) -> str:
    """The form in which a word is compared: `Krieg’s` → `kriegs`, `Россиё` → `россие`, `Łuck` → `luck`."""
    low = unicodedata.normalize("NFKC", word).lower().translate(_DROP)
    if _CYRILLIC.search(low):
        if _LATIN.search(low) and len(_CYRILLIC.findall(low)) * 2 >= len(low):
            low = low.translate(_LOOKALIKE)
        bare = unicodedata.normalize("NFD", low).translate(_STRESS)
        return unicodedata.normalize("NFC", bare).replace("ё", "е")
    if low.isascii():
        return low
    bare = unicodedata.normalize("NFD", low)
    return "".join(c for c in bare if not "\u0300" <= c <= "\u036f").translate(_LATIN_EXTRA)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one field: `raw[i]` stands at `text[starts[i]:starts[i] + len(raw[i])]`, in sentence `sentence[i]`.

    `bare[s]` marks a sentence that is a line of its own without a full stop: a heading, a caption, a menu, or the
    headline of another story.
    """

    raw: list[str]
    starts: list[int]
    sentence: list[int]
    bare: list[bool]

    def __len__(self) -> int:
        return len(self.raw)


def words_of(text: str, limit: int = MAX_WORDS) -> Words:
    """The first `limit` words of `text` with their places; sentences are numbered from 0 and never empty."""
    raw: list[str] = []
    starts: list[int] = []
    sentence: list[int] = []
    bare: list[bool] = []
    used, at_line_start = False, True
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "stop":
            ends_line = match.group()[0] == "\n"
            if used:
                bare[-1] = bare[-1] and ends_line
                used = False
            at_line_start = ends_line
            continue
        if not used:
            bare.append(at_line_start)
            used = True
        raw.append(match.group())
        starts.append(match.start())
        sentence.append(len(bare) - 1)
        if len(raw) >= limit:
            break
    return Words(raw, starts, sentence, bare)
