"""Untrusted text made safe to store, to match, to log and to export. Pure functions, no I/O.

Everything that comes from the web passes through `clean` (or `one_line`) once, before it is stored; the other
functions are for the place where the text is used. None of them escapes HTML: stored text is text, and whoever shows
it escapes it.
"""

from __future__ import annotations

import re
import unicodedata

# Terminal escape sequences (ECMA-48 CSI and OSC, introduced by ESC). They never occur in honest text, so the whole
# sequence goes; removing ESC alone would leave "[31m" in a headline.
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|\][^\x07\x1b\n]{0,256}(?:\x07|\x1b\\)?)?")

# Line ends of other systems and of Unicode (NEL, LINE and PARAGRAPH SEPARATOR, VT, FF) are all line ends to a reader.
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")

# What is dropped: C0 but TAB and LF, DEL, C1, lone surrogates (cannot be encoded), bidi embeddings, overrides and
# isolates and the Arabic letter mark (Trojan Source, CVE-2021-42574), U+FEFF inside text, noncharacters, interlinear
# annotation marks. LRM and RLM stay: Hebrew and Arabic need them and they cannot reorder a foreign line.
_UNSAFE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\u061c\u202a-\u202e\u2066-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
# Tag characters carry the flags of England, Scotland and Wales after U+1F3F4; anywhere else they are hidden text.
_TAGS = re.compile("(\U0001f3f4[\U000e0020-\U000e007f]{1,12})|[\U000e0000-\U000e007f]+")
# All that the steps below change, and everything beyond U+FFFF; the plane that nearly all text is written in is told
# apart in one look per character.
_SUSPECT = re.compile(
    "[^\t\n -~\xa0-\u061b\u061d-\u2027\u202f-\u2065\u2070-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufff8\ufffc\ufffd]"
)

# Invisible in print, so invisible in matching: soft hyphen, CGJ, ZWSP to RLM, word joiner and invisible operators,
# Mongolian vowel separator, variation selectors, BOM.
_INVISIBLE = re.compile("[\xad\u034f\u180b-\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")

# Latin letters that are drawn like Cyrillic ones, and back. Headlines mix them by accident ("Cборная" with a Latin C).
_TO_CYRILLIC = str.maketrans("ABCEHIKMOPTXYaceiopxyïÏëË", "АВСЕНІКМОРТХУасеіорхуїЇёЁ")
_TO_LATIN = str.maketrans("АВСЕНІКМОРТХУасеіорху", "ABCEHIKMOPTXYaceiopxy")
_CYR = "\u0400-\u052f"
_LAT = "A-Za-zÀ-ɏ"
_MIXED_WORD = re.compile(f"[{_CYR}{_LAT}]*(?:[{_CYR}][{_LAT}]|[{_LAT}][{_CYR}])[{_CYR}{_LAT}]*")
# Nearly no text has a mixed word, and this is found out ten times as fast as by looking at each word.
_CYRILLIC = re.compile(f"[{_CYR}]")
_NEIGHBOURS = re.compile(f"[{_LAT}](?:(?=[{_CYR}])|(?<=[{_CYR}].))")

# A spreadsheet takes a cell that starts with one of these for a formula (OWASP "CSV Injection"); the fullwidth forms
# are read alike by some. TAB and CR start a cell in the same way.
_FORMULA_START = frozenset("=+-@\t\r\n＝＋－＠|%")


def clean(s: str) -> str:
    """Return `s` safe to store: valid UTF-8, no NUL, controls, lone surrogates, bidi overrides or isolates; in NFC.

    Line ends become `\\n` and are kept, so are tabs. Surrogate pairs become the character they mean.
    """
    if s.isascii() and s.isprintable():
        return s
    if _SUSPECT.search(s) is None:
        return s if unicodedata.is_normalized("NFC", s) else unicodedata.normalize("NFC", s)
    if "\x1b" in s:
        s = _ESCAPE.sub("", s)
    s = _LINE_END.sub("\n", s)
    s = _PAIR.sub(lambda m: m.group().encode("utf-16-le", "surrogatepass").decode("utf-16-le"), s)
    s = _UNSAFE.sub("", s)
    s = _TAGS.sub(lambda m: m.group(1) or "", s)
    return unicodedata.normalize("NFC", s)


def one_line(s: str) -> str:
    """`clean`, with every run of white space (no-break spaces, line ends) collapsed to one space, and stripped."""
    return " ".join(clean(s).split())


def fold(s: str) -> str:
    """Return the form of `s` for matching and hashing; never shown or stored as text.

    NFKC, casefold, invisible characters removed, white space collapsed. In a word that mixes Cyrillic and Latin
    letters, look-alikes are mapped to the script that the word is written in.
    """
    s = clean(s)
    if s.isascii():
        return " ".join(s.lower().split())
    # Each step can make work for another (a compatibility form that folds to an invisible mark, a word whose capitals
    # have no look-alike); one round settles all but rare text, and three all that Unicode has.
    for _ in range(3):
        folded = unicodedata.normalize("NFKC", _INVISIBLE.sub("", s))
        if _CYRILLIC.search(folded) and _NEIGHBOURS.search(folded):
            folded = _MIXED_WORD.sub(_one_script, folded)
        folded = unicodedata.normalize("NFKC", folded.casefold())
        if folded == s:
            break
        s = folded
    return " ".join(s.split())


def _one_script(match: re.Match[str]) -> str:
    """Write a mixed word in one script, if that is possible by look-alikes alone; else leave it."""
    word = match.group()
    cyrillic = sum(1 for c in word if "\u0400" <= c <= "\u052f")
    mapped = word.translate(_TO_CYRILLIC if cyrillic * 2 >= len(word) else _TO_LATIN)
    scripts = {"\u0400" <= c <= "\u052f" for c in mapped}
    return mapped if len(scripts) == 1 else word


def printable(s: str, limit: int = 500) -> str:
    """Return `s` for a log line or a terminal: one line, at most `limit` characters, every odd character escaped.

    Line ends, controls, escapes, invisible and bidi characters appear as `\\n`, `\\x1b`, `\\u202e`…
    """
    cut = s[:limit]
    if not cut.isprintable():
        cut = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in cut)
    return cut + "…" if len(s) > limit else cut


def shortened(s: str, limit: int) -> str:
    """Return `one_line` of `s` in at most `limit` characters: cut between words where there are any, with an ellipsis."""
    s = one_line(s)
    if len(s) <= limit:
        return s
    cut = s[: limit - 1]
    if not s[limit - 1].isspace():
        cut = cut.rpartition(" ")[0] or cut
    return cut.rstrip(" ,;:–—-") + "…"


def csv_cell(s: str) -> str:
    """Return `s` as a cell that no spreadsheet takes for a formula: an apostrophe is put before a dangerous start."""
    s = clean(s)
    if s and (s[0] in _FORMULA_START or s.lstrip()[:1] in _FORMULA_START):
        return "'" + s
    return s
