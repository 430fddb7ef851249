"""How much a decoded text looks like writing: the judge between readings of the same bytes (used by newswire.decoding).

Every wrong code page leaves traces that need no dictionary: letters that the language hardly uses, capitals in the
middle of words, symbols between letters, box drawing, replacement characters. The score is the mean over the non-ASCII
characters; honest text scores 0.5 and more, a wrong reading 0.2 and less.
"""

from __future__ import annotations

import re

# Letters by how common they are in Russian, Ukrainian, Belarusian, Bulgarian, Serbian and Macedonian news (counted on
# 5 million letters of articles): 1.0, 0.6, 0.2; the rest of the block is rarer than that in all of them.
_CYRILLIC = (
    dict.fromkeys("оаеинтсрвлкм", 1.0)
    | dict.fromkeys("пудяіьызгбйчї", 0.6)
    | dict.fromkeys("хжшюцєъщўэјфёґ", 0.2)
    | dict.fromkeys("њљћђџќѓѕ", 0.1)
)
_GREEK = dict.fromkeys("αοιετσνηυρςκμπλ", 1.0) | dict.fromkeys("ωίάόέδγήύχθφώβξζψϊ", 0.6)
_HEBREW = dict.fromkeys("יוהלארתבמשנ", 1.0)
_ARABIC = dict.fromkeys("اليمونرتبعدسه", 1.0)
_THAI = dict.fromkeys("านรอกเงมยลวดทสต่้ปบคหจพะ", 1.0)
# The most frequent Han characters, simplified and traditional, and Hangul syllables: 100 cover 40 % of running text.
_HAN = frozenset(
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起"
    "还发成事只作当想看文无开手用主行方又如前所本见经头面公同三已老从动两长這來國個說們為時會過學對後麼沒發當無開經頭從動兩長新報網"
)
_HANGUL = frozenset("이다는에의을를가고하은한로지기사서도대시자어인나해일정스그부리장만원제수보전국과으있했")

# The non-ASCII letters of languages written in Latin script, lower case.
_LATIN: dict[str, frozenset[str]] = {
    language: frozenset(letters)
    for language, letters in {
        "fr": "àâæçéèêëîïôœùûüÿ",
        "de": "äöüß",
        "es": "áéíñóúü",
        "pt": "áàâãçéêíóôõúü",
        "it": "àèéìíòóùú",
        "ca": "àçèéíïòóúü·",
        "nl": "áéëèïóöü",
        "nordic": "åäöæøéü",
        "is": "áðéíóúýþæö",
        "pl": "ąćęłńóśźż",
        "cs": "áčďéěíňóřšťúůýž",
        "sk": "áäčďéíĺľňóôŕšťúýž",
        "hu": "áéíóöőúüű",
        "hr": "čćđšž",
        "ro": "ăâîșțşţ",
        "tr": "çğıöşüâîû",
        "lt": "ąčęėįšųūž",
        "lv": "āčēģīķļņšūž",
        "et": "äõöüšž",
        "sq": "çë",
    }.items()
}
# Encodings by language, most likely first (WHATWG's table of defaults by locale, and the older standard beside it).
_CYRILLIC_ENCODINGS = ("windows-1251", "koi8-u", "cp866", "iso-8859-5", "mac-cyrillic")
LANGUAGE_ENCODINGS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "kk"), _CYRILLIC_ENCODINGS),
    "sr": ("windows-1251", "windows-1250", "iso-8859-5"),
    **dict.fromkeys(("pl", "cs", "sk", "hu", "sl", "hr", "bs", "ro", "sq"), ("windows-1250", "iso-8859-2")),
    **dict.fromkeys(("lt", "lv", "et"), ("windows-1257", "iso-8859-13")),
    "tr": ("windows-1254",),
    "az": ("windows-1254",),
    "el": ("windows-1253", "iso-8859-7"),
    "he": ("windows-1255",),
    "ar": ("windows-1256", "iso-8859-6"),
    "fa": ("windows-1256",),
    "th": ("windows-874",),
    "ja": ("shift_jis", "euc-jp"),
    "ko": ("euc-kr",),
    "zh": ("gb18030", "big5"),
}
LANGUAGE_ENCODINGS = {
    language: tuple({"windows-874": "cp874"}.get(name, name) for name in names)
    for language, names in LANGUAGE_ENCODINGS.items()
}
# What is tried when nothing helps; the order decides between equals.
SNIFFED = (
    "windows-1251",
    "windows-1252",
    "koi8-u",
    "windows-1250",
    "iso-8859-2",
    "windows-1254",
    "windows-1257",
    "windows-1253",
    "gb18030",
    "big5",
    "euc-kr",
    "shift_jis",
    "euc-jp",
    "windows-1255",
    "windows-1256",
    "cp874",
    "cp866",
    "iso-8859-5",
    "mac-cyrillic",
)
LATIN = frozenset({"windows-1252", "windows-1250", "iso-8859-2", "windows-1254", "windows-1257", "iso-8859-13"})
# Hardly on the web any more. The small letters of Macintosh Cyrillic are those of windows-1251, and its capitals are
# punctuation there, so the two can come close.
RARE = frozenset({"mac-cyrillic", "cp866", "iso-8859-5", "iso-8859-2", "iso-8859-7", "iso-8859-13"})
# Signs that news text uses freely: they prove nothing, unless they stand inside a word.
_PUNCTUATION = frozenset(
    "«»„“”‘’–—…№•·°§©®™€£±×½¼¾²³¡¿´ªº\xa0\xad\u202f\u2009\u200b\u3000、。，：；！？「」『』（）《》・ー〈〉【】“”～％／－＋"
)
# Inside a word only these are honest: apostrophes, hyphens, and dashes that lost their spaces
_INSIDE = frozenset("’ʼ‘·\xad\u2010\u2011–—…\u200b")
_WORD = re.compile(r"[^\W\d_]*[^\W\d_\x00-\x7f][^\W\d_]*")
_SYMBOL = re.compile(r"[^\x00-\x7f]")


def plausibility(text: str) -> float:
    """Return how much `text` looks like writing, from -1 to 1; 0.0 when it has no character outside ASCII."""
    total = 0
    value = 0.0
    latin_letters: dict[str, int] = {}
    for match in _WORD.finditer(text):
        word = match.group()
        total += sum(1 for c in word if c > "\x7f")
        value += _word_value(word, latin_letters)
    value += _latin_value(latin_letters)
    for match in _SYMBOL.finditer(text):
        c = match.group()
        if c.isalpha():
            continue
        inside = _is_letter(text, match.start() - 1) and _is_letter(text, match.end())
        if c in _PUNCTUATION:
            if inside and c not in _INSIDE and c < "\u3000":
                total += 1
                value -= 1.0
        elif not _is_mark(c):
            total += 1
            value -= 1.0
        else:
            total += 1
            value += 0.5
    return value / total if total else 0.0


def _is_letter(text: str, i: int) -> bool:
    return 0 <= i < len(text) and text[i].isalpha()


def _is_mark(c: str) -> bool:
    """Vowel signs and tone marks of Hebrew, Arabic and Thai are no letters for Python, but they are writing."""
    return "\u0591" <= c <= "\u05c7" or "\u060c" <= c <= "\u0652" or "\u0e31" <= c <= "\u0e4e"


def _word_value(word: str, latin_letters: dict[str, int]) -> float:
    first = next(c for c in word if c > "\x7f")
    high = [c for c in word if c > "\x7f"]
    if first < "\u0250":
        return _latin_word(word, high, latin_letters)
    if "\u0400" <= first <= "\u04ff":
        return _alphabet_word(word, high, _CYRILLIC, "\u0400", "\u04ff")
    if "\u0370" <= first <= "\u03ff":
        return _alphabet_word(word, high, _GREEK, "\u0370", "\u03ff") if "ς" not in word[:-1] else -float(len(high))
    for low, up, letters in (("\u05d0", "\u05ff", _HEBREW), ("\u0600", "\u06ff", _ARABIC), ("\u0e00", "\u0e7f", _THAI)):
        if low <= first <= up:  # no case; a word keeps to its block
            value = sum(letters.get(c, 0.4) if low <= c <= up else -1.0 for c in high)
            return value - sum(1 for c in word if c <= "\x7f")
    if len(high) == 1 and len(word) > 1:
        return -1.0  # one Chinese character inside a Latin word is an accent, read wrongly
    return sum(map(_east_asian, high))


def _east_asian(c: str) -> float:
    if c in _HAN or c in _HANGUL or "\u3041" <= c <= "\u30ff":
        return 1.0
    if "\u4e00" <= c <= "\u9fa5" or "\uac00" <= c <= "\ud7a3":
        return 0.45
    return 0.3 if "\uff10" <= c <= "\uff5a" else -1.0


def _alphabet_word(word: str, high: list[str], letters: dict[str, float], low: str, up: str) -> float:
    """A word of an alphabet with case: all of one script, no capital after a small letter, common letters."""
    if len(high) < len(word) or any(not low <= c <= up for c in high):
        return -float(len(high))
    if len(word) > 1 and not (word.islower() or word[1:].islower() or word.isupper()):
        return -float(len(high))
    # Small letters are the rule: a code page that swaps the cases (KOI8 and windows-1251) shows as shouting
    return sum(letters.get(c, letters.get(c.lower(), -0.5) * 0.5 - 0.2) for c in high)


def _latin_word(word: str, high: list[str], latin_letters: dict[str, int]) -> float:
    """Accents stand alone between plain letters; four in a row, or a capital inside a word, is another alphabet."""
    if re.search(r"[^\x00-\x7f]{4}", word) or (len(word) > 2 and not (word[1:].islower() or word.isupper())):
        return -float(len(high))
    if any(c >= "\u0250" and not "\u1e00" <= c <= "\u1eff" for c in high) or word in ("ª", "º"):
        return -float(len(high))
    for c in high:
        latin_letters[c.lower()] = latin_letters.get(c.lower(), 0) + 1
    return 0.0


def _latin_value(latin_letters: dict[str, int]) -> float:
    """What the accented letters are worth together: do they belong to one language?"""
    count = sum(latin_letters.values())
    if not count:
        return 0.0
    # Turkish letters stand where Latin-1 has those of Icelandic, which no text uses without its vowels
    vowels = sum(latin_letters.get(c, 0) for c in "áíóæ")
    return max(
        sum(n * (0.8 if c in letters else -0.4) for c, n in latin_letters.items())
        for language, letters in _LATIN.items()
        if language != "is" or vowels * 5 >= count
    )
