"""Undo double encoding where it is certain: UTF-8 that somebody read as windows-1252 (or Latin-1) or windows-1251 and
wrote as UTF-8 once more ("Ð£ÐºÑ€Ð°Ñ—Ð½Ð°", "РЈРєСЂР°С—РЅР°", "Itâ€™s"). Used by newswire.decoding.

Certain means: the characters turn back into valid UTF-8, and what comes out is a run of letters of one script or a
typographic sign, while what stood there is no writing of any language. Anything less is left alone.
"""

from __future__ import annotations

import re

_HIGH_1252 = {i: bytes([i]).decode("cp1252", "ignore") or chr(i) for i in range(0x80, 0x100)}
_BYTE_1252 = {c: i for i, c in _HIGH_1252.items()} | {chr(i): i for i in range(0x80, 0x100)}
_HIGH_1251 = {i: bytes([i]).decode("cp1251", "ignore") or chr(i) for i in range(0x80, 0x100)}
_BYTE_1251 = {c: i for i, c in _HIGH_1251.items()}


def _class(chars: set[str]) -> str:
    return "[" + "".join(re.escape(c) for c in sorted(chars)) + "]"


# "tail" stands for the UTF-8 continuation bytes 80..BF, as the wrong reading shows them
_TAIL_1252 = _class({c for c, i in _BYTE_1252.items() if 0x80 <= i <= 0xBF})
_TAIL_1251 = _class({c for c, i in _BYTE_1251.items() if 0x80 <= i <= 0xBF})

_RUN_1252 = re.compile(f"(?:[Â-ß]{_TAIL_1252}|[à-ï]{_TAIL_1252}{{2}}|[ð-ô]{_TAIL_1252}{{3}})+")
# D0 and D1 lead all Russian and Ukrainian letters, E2 80 the typographic signs, C2 the Latin-1 ones
_PAIRS_1251 = f"(?:[РС]{_TAIL_1251}|вЂ{_TAIL_1251}|Т[ђ‘]|В[\xa0«»©®°·])"
_RUN_1251 = re.compile(f"{_PAIRS_1251}+")
_SURE_1251 = re.compile(f"(?:[РС]{_TAIL_1251}){{4}}")
# (the characters without which the pattern cannot match, the pattern): a plain "in" over a page costs a hundredth of a
# regex search, and nearly every page has none of them
_SURE_1252 = (
    ("ÐÑ", re.compile(f"(?:[ÐÑ]{_TAIL_1252}){{3}}")),
    ("â", re.compile(f"â€{_TAIL_1252}")),
    ("ÎÏ", re.compile(f"(?:[ÎÏ]{_TAIL_1252}){{3}}")),
    ("×ØÙÚ", re.compile(f"(?:[×ØÙÚ]{_TAIL_1252}){{4}}")),
    ("àáâãäåæçèéêëìí", re.compile(f"(?:[à-í]{_TAIL_1252}{{2}}){{2}}")),
)
_ASCII = bytes(range(0x80))
_ASCII_BLANK = bytes([0x20] * 0x80 + list(range(0x80, 0x100)))
_ACCENT_1252 = re.compile(f"[ÃÂÄÅ]{_TAIL_1252}")


def repair_mojibake(text: str, utf8: bytes | None = None) -> str:
    """Return `text` with certain double encoding undone; the same object when there is none.

    `utf8` are the same text's bytes, where the caller has them.
    """
    if text.isascii():
        return text
    # All signs are made of characters outside ASCII that stand together; without the ASCII ones, a page in Latin letters
    # is a hundredth of its length. Nearly all pages show no sign even where those between them are left out.
    data = text.encode("utf-8", "surrogatepass") if utf8 is None else utf8
    if not _may_be_double(data.translate(None, _ASCII).decode("utf-8", "surrogatepass")):
        return text
    foreign = b" ".join(data.translate(_ASCII_BLANK).split()).decode("utf-8", "surrogatepass")
    if _is_surely_1251(foreign):
        text = _RUN_1251.sub(lambda m: _undo(m.group(), _BYTE_1251), text)
        foreign = text
    if _is_surely_1252(foreign) or _has_accents(text):
        text = _RUN_1252.sub(lambda m: _undo(m.group(), _BYTE_1252), text)
    return text


def _may_be_double(foreign: str) -> bool:
    return _is_surely_1251(foreign) or _is_surely_1252(foreign) or "Ã" in foreign


def _is_surely_1251(text: str) -> bool:
    return ("Р" in text or "С" in text) and _SURE_1251.search(text) is not None


def _is_surely_1252(text: str) -> bool:
    return any(any(c in text for c in needed) and pattern.search(text) for needed, pattern in _SURE_1252)


def _has_accents(text: str) -> bool:
    """Latin text doubled: at least three "Ã©"-like pairs, and no Ã that stands before anything else (as in "SÃO")."""
    if "Ã" not in text:
        return False
    pairs = _ACCENT_1252.findall(text)
    return len(pairs) >= 3 and text.count("Ã") == sum(1 for pair in pairs if pair[0] == "Ã")


def _undo(run: str, to_byte: dict[str, int]) -> str:
    try:
        mended = bytes(to_byte[c] for c in run).decode("utf-8")
    except (UnicodeDecodeError, KeyError):
        return run
    return run if any("\x80" <= c < "\xa0" for c in mended) else mended
