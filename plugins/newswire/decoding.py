"""The one step from bytes to text, for feeds, pages and JSON.

Order of belief: byte order mark; valid UTF-8; what HTTP, the XML declaration or a meta element declare; what the bytes
look like. A declaration is a claim: it is overruled where the text it gives is implausible and another reading is not
(windows-1251 declared as UTF-8, KOI8 or windows-1252 are daily bread on this beat). Names are read by the WHATWG
encoding table, so UTF-7 and other encodings that can hide markup do not exist here. Deterministic; no network, no model
file. A valid UTF-8 body costs one strict decode and one regex scan.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Literal

import webencodings  # type: ignore[import-untyped]

from newswire.mojibake import repair_mojibake
from newswire.plausibility import LANGUAGE_ENCODINGS, LATIN, RARE, SNIFFED, plausibility

Kind = Literal["xml", "html", "json"]

# HTML asks browsers to prescan 1,024 bytes; pages that put their licence, a consent script or 6 KB of comments before
# the meta element are common, so we look through the first 64 KB.
_PRESCAN_BYTES = 65_536
# Enough text for letter statistics to settle; a constant, so that a 50 MB body costs no more than a small one.
_SAMPLE_BYTES = 6_144
# A reading must beat the declared one by this much (plausibility runs from -1 to 1). Honest declarations score within
# 0.1 of the best reading, wrong ones at least 0.4 below it (measured by tests/unit/test_decoding.py's table).
_OVERRULE_MARGIN = 0.25
_DEFAULT_MARGIN = 0.05

# Texts of another alphabet, read in one of these, stay below it (the highest of 225 wrong readings of the test's texts
# is 0.69); only Macintosh Cyrillic, which shares its small letters with windows-1251, does not.
_SURE = 0.72
_DISTINCT = frozenset(
    {"windows-1251", "koi8-u", "windows-1250", "windows-1252", "iso-8859-2", "gb18030", "big5", "euc-kr"}
)
# All readings are judged by the first lines; only those close to the best by the whole sample.
_FIRST_SAMPLE = 1_024
_CLOSE = 0.3
# Fewer bytes above 127 than this in the first lines (English quotes, a name) and the whole sample judges at once.
_MIN_FIRST = 64
# Bytes above 127 below which a multi-byte declaration that decodes without fault is not questioned.
_MIN_EVIDENCE = 12

_HTTP_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';,]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']\s*([A-Za-z0-9._:\-]+)")
_META_CHARSET = re.compile(rb"<meta[^>]{1,400}?charset\s*=\s*[\"']?\s*([^\s\"'/>;]+)", re.IGNORECASE)
_SILENT_START = re.compile(rb"<(!--|script\b|style\b|noscript\b)", re.IGNORECASE)
_LANGUAGE = re.compile(
    rb"(?:\blang\s*=\s*[\"']?|<language>\s*(?:<!\[CDATA\[)?|<dc:language>\s*)([A-Za-z]{2})\b", re.IGNORECASE
)
_TEXT_FROM_HIGH_BYTE = re.compile(rb"[\x80-\xff][^<>\r\n]{0,1000}")
_TEXT_END = re.compile(rb"[<>\r\n]")
_BEFORE_BYTES = 80
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_CESU8_PAIR = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16-LE, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Python codecs that read a superset of what the WHATWG name covers; KOI8-U differs from KOI8-R in eight letters that
# KOI8-R gives to box drawing, which no news text contains.
_WIDER = {
    "gbk": "gb18030",
    "koi8-r": "koi8-u",
    # the same under the name that Python knows
    "x-mac-cyrillic": "mac-cyrillic",
    "macintosh": "mac-roman",
    "ibm866": "cp866",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso-8859-8",
}
_CJK = frozenset({"gb18030", "big5", "euc-kr", "shift_jis", "euc-jp"})
_NEVER = frozenset({"replacement", "x-user-defined", "utf-16le", "utf-16be"})  # without a mark or zero bytes: a mistake


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and how it was won. `source` is where the encoding came from: "bom", "http", "xml", "meta", "ascii", "utf-8"
    (valid and undeclared) or "sniffed". `repaired` says that a declaration was overruled or bytes had to be mended.
    `utf8` are the bytes of the text where it came in UTF-8 and is unchanged, for who needs it so once more.
    """

    text: str
    encoding: str
    source: str
    repaired: bool
    utf8: bytes | None = None


def decode(body: bytes, *, content_type: str | None, kind: Kind) -> Decoded:
    """Decode a whole body. Never raises; what cannot be read becomes U+FFFD. The text keeps its controls, but no BOM.

    `content_type` is the raw header value or None; `kind` says where a declaration may stand in the body.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            rest = body[len(mark) :]
            if encoding != "utf-8":
                text = rest.decode(encoding, "replace")
                return Decoded(text.lstrip("\ufeff"), encoding, "bom", "\ufffd" in text)
            try:
                return _finish(rest.decode("utf-8"), "utf-8", "bom", repaired=False)
            except UnicodeDecodeError:
                return _decode_unmarked(rest, [("utf-8", "bom")])
    wide = _zero_byte_encoding(body)
    if wide is not None:
        text = body.decode(wide, "replace")
        return Decoded(text.lstrip("\ufeff"), wide, "sniffed", "\ufffd" in text)
    return _decode_unmarked(body, _declarations(body, content_type, kind))


def _decode_unmarked(body: bytes, declared: list[tuple[str, str]]) -> Decoded:
    if body.isascii():
        if b"\x1b" in body and any(name == "iso-2022-jp" for name, _ in declared):
            return Decoded(body.decode("iso2022_jp", "replace"), "iso-2022-jp", declared[0][1], repaired=False)
        return Decoded(body.decode("ascii"), "utf-8", "ascii", repaired=False, utf8=body)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(body, declared)
    if declared and declared[0][0] in _CJK and _is_short_cjk(body, text, declared[0][0]):
        return Decoded(body.decode(declared[0][0], "replace"), declared[0][0], declared[0][1], repaired=False)
    source = next((where for name, where in declared if name == "utf-8"), "utf-8")
    repaired = bool(declared) and declared[0][0] not in ("utf-8", "windows-1252")
    return _finish(text, "utf-8", source, repaired=repaired, utf8=body)


def _is_short_cjk(body: bytes, text: str, encoding: str) -> bool:
    """A few two-byte characters of GBK or EUC-KR can pass as valid UTF-8 of Latin, Greek or Cyrillic letters; Chinese,
    Japanese or Korean in UTF-8 takes three bytes a character, so a reading without any is the accident.
    """
    if len(body.translate(None, bytes(range(128)))) > 64 or any(c >= "\u0800" for c in text):
        return False
    try:
        other = body.decode(encoding)
    except UnicodeDecodeError:
        return False
    return plausibility(other) > plausibility(text)


def _decode_other(body: bytes, declared: list[tuple[str, str]]) -> Decoded:
    """The body is not valid UTF-8: mostly UTF-8 with damage, or another encoding."""
    if _is_mostly_utf8(body):
        handler = "newswire-cyrillic" if body.count(b"\xd0") > body.count(b"\xc3") else "newswire-latin"
        text = body.decode("utf-8", handler)
        source = next((where for name, where in declared if name == "utf-8"), "sniffed")
        return _finish(text, "utf-8", source, repaired=True)
    sample = _sample(body)
    hint = _LANGUAGE.search(body[:_PRESCAN_BYTES])
    by_language = LANGUAGE_ENCODINGS.get(hint.group(1).decode("ascii").lower(), ()) if hint else ()
    candidates = [name for name, _ in declared if name != "utf-8"]
    first = candidates[0] if candidates else None
    # The everyday case: the declaration is right. No wrong reading in these encodings comes near this score.
    is_of_language = not by_language or first in by_language
    if first in _DISTINCT and is_of_language and plausibility(sample.decode(first, "replace")) >= _SURE:
        source = next(where for name, where in declared if name == first)
        return _finish(body.decode(first, "replace"), first, source, repaired=declared[0][0] != first)
    is_latin = _is_latin(sample)
    sniffed = [name for name in (*by_language, *SNIFFED) if (name in LATIN) == is_latin]
    if len(sample.translate(None, bytes(range(128)))) < _MIN_EVIDENCE:
        # a character or two of Chinese can be seen in anything: such readings need a claim, or more evidence
        sniffed = [name for name in sniffed if name not in _CJK or name in by_language]
    names = [*candidates, *sniffed]
    scores = _scores(sample[:_FIRST_SAMPLE], names, by_language)
    high = len(sample[:_FIRST_SAMPLE].translate(None, bytes(range(128))))
    if high < _MIN_FIRST:
        scores = _scores(sample, names, by_language)
    elif len(sample) > _FIRST_SAMPLE:
        close = [name for name in scores if scores[name] >= max(scores.values()) - _CLOSE or name == first]
        scores = _scores(sample, close, by_language)
    best = max(scores, key=lambda name: scores[name])  # the first of equals: declared, then language, then SNIFFED
    if first is not None:
        # Servers say iso-8859-1 by default; the language that the document names weighs more than that
        margin = _DEFAULT_MARGIN if first == "windows-1252" and best in by_language else _OVERRULE_MARGIN
        if scores[best] - scores[first] < margin or _is_too_little(sample, first):
            best = first
    source = next((where for name, where in declared if name == best), "sniffed")
    return _finish(body.decode(best, "replace"), best, source, repaired=bool(declared) and declared[0][0] != best)


def _scores(sample: bytes, names: list[str], by_language: tuple[str, ...]) -> dict[str, float]:
    """Plausibility of each reading, with what is known beforehand: the language that the document names is weak
    evidence, enough to settle ties, and some encodings are so rare that they must be clearly better.
    """
    return {
        name: plausibility(sample.decode(name, "replace"))
        + (0.08 if name in by_language else 0.0)
        - (0.05 if name in RARE else 0.0)
        for name in names
    }


def _is_latin(sample: bytes) -> bool:
    """Whether the bytes above 127 stand alone among ASCII letters, as accents, quotes and dashes do; the letters of all
    other scripts come in words.
    """
    runs = [len(run) for run in _HIGH_RUN.findall(sample)]
    return sum(run for run in runs if run >= 3) * 3 < sum(runs)


def _is_too_little(sample: bytes, declared: str) -> bool:
    """A word or two prove nothing against a declaration under which they can be read without fault."""
    if len(sample.translate(None, bytes(range(128)))) >= _MIN_EVIDENCE:
        return False
    try:
        sample.decode(declared)
    except UnicodeDecodeError:
        return False
    return declared in _CJK


def _finish(text: str, encoding: str, source: str, *, repaired: bool, utf8: bytes | None = None) -> Decoded:
    mended = repair_mojibake(text, utf8)
    bare = mended.lstrip("\ufeff")
    return Decoded(bare, encoding, source, repaired or mended != text, utf8 if bare is text else None)


def _declarations(body: bytes, content_type: str | None, kind: Kind) -> list[tuple[str, str]]:
    """Return the (codec, where) claims that name a known encoding, in the order of their standing."""
    found: list[tuple[str, str]] = []

    def add(label: str, where: str) -> None:
        known = webencodings.lookup(label)
        if known is not None and known.name not in _NEVER:
            found.append((_WIDER.get(known.name, known.name), where))

    if content_type and (match := _HTTP_CHARSET.search(content_type)):
        add(match.group(1), "http")
    head = body[:_PRESCAN_BYTES]
    # Junk may precede the declaration, so it is searched for, but only near the start
    if kind != "json" and (declared := _XML_ENCODING.search(head, 0, 4096)):
        add(declared.group(1).decode("ascii"), "xml")
    if kind == "html" and (declared := _meta_charset(head)):
        add(declared.group(1).decode("ascii", "replace"), "meta")
    return found


def _meta_charset(head: bytes) -> re.Match[bytes] | None:
    declared = _META_CHARSET.search(head)
    # Most pages declare it before all else that could hold such an element.
    if declared and _SILENT_START.search(head, 0, declared.end()):
        declared = _META_CHARSET.search(_without_silent_parts(head))
    return declared


def _without_silent_parts(head: bytes) -> bytes:
    """Drop comments, scripts and styles: a meta element inside them declares nothing. One that stays open is kept."""
    lowered = head.lower()
    kept: list[bytes] = []
    position = 0
    while match := _SILENT_START.search(head, position):
        name = match.group(1).lower()
        end = lowered.find(b"-->" if name == b"!--" else b"</" + name, match.end())
        if end < 0:
            break
        kept.append(head[position : match.start()])
        position = end + 3
    return b"".join((*kept, head[position:]))


def _zero_byte_encoding(body: bytes) -> str | None:
    """Recognise UTF-16 and UTF-32 without a mark: markup is ASCII, so every second byte (or three of four) is zero."""
    head = body[:1024]
    zeros = head.count(0)
    if zeros * 5 < len(head) or len(head) < 8:
        return None
    share = [head[i::4].count(0) / len(head[i::4]) for i in range(4)]
    if min(share[1], share[2], share[3]) > 0.6 and share[0] < 0.2:
        return "utf-32-le"
    if min(share[0], share[1], share[2]) > 0.6 and share[3] < 0.2:
        return "utf-32-be"
    if min(share[1], share[3]) > 0.3 and max(share[0], share[2]) < 0.1:
        return "utf-16-le"
    if min(share[0], share[2]) > 0.3 and max(share[1], share[3]) < 0.1:
        return "utf-16-be"
    return None


def _sample(body: bytes) -> bytes:
    """Return up to _SAMPLE_BYTES of text (no markup) around the bytes above 127."""
    parts: list[bytes] = []
    size = end = 0
    for match in _TEXT_FROM_HIGH_BYTE.finditer(body):
        # Looked for backwards: most of a page is ASCII, and a pattern that began with it would try every byte of it.
        before = body[max(end, match.start() - _BEFORE_BYTES) : match.start()]
        end = match.end()
        parts.append(_TEXT_END.split(before)[-1] + match.group())
        size += len(parts[-1])
        if size >= _SAMPLE_BYTES:
            break
    return b"\n".join(parts)


def _is_mostly_utf8(body: bytes) -> bool:
    """Whether most bytes above 127 form UTF-8 sequences. In legacy text well under a third do, by accident."""
    valid = invalid = sequences = 0
    for run in _HIGH_RUN.finditer(body):
        found = _UTF8_SEQUENCE.findall(run.group()) + _CESU8_PAIR.findall(run.group())
        size = sum(map(len, found))
        valid, invalid, sequences = valid + size, invalid + len(run.group()) - size, sequences + len(found)
        if valid + invalid > _SAMPLE_BYTES * 4:
            break
    return valid > invalid and valid >= 4


def _mend(error: UnicodeError, codec: str) -> tuple[str, int]:
    """Read one damaged stretch inside UTF-8: CESU-8 pairs, overlong forms, or a sentence in the legacy encoding."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    data, start = error.object, error.start
    window = bytes(data[start : start + 6])
    if _CESU8_PAIR.match(window):
        return window.decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass").decode("utf-16"), start + 6
    if re.match(rb"\xed[\xa0-\xbf][\x80-\xbf]", window):
        return "\ufffd", start + 3
    if re.match(rb"[\xc0\xc1][\x80-\xbf]", window):
        return "\ufffd", start + 2  # overlong: never what it would mean (an encoded "/" or NUL is an attack)
    end = start + 1
    while end < len(data) and data[end] >= 0x80 and end - start < 4096:
        if _UTF8_SEQUENCE.match(data, end) or re.compile(rb"[\xc0\xc1][\x80-\xbf]|\xed[\xa0-\xbf]").match(data, end):
            break
        end += 1
    text = bytes(data[start:end]).decode(codec, "replace")
    return (text if all(c.isalpha() or c in "«»„“”’–—…№" for c in text) else "\ufffd"), end


codecs.register_error("newswire-cyrillic", lambda error: _mend(error, "cp1251"))
codecs.register_error("newswire-latin", lambda error: _mend(error, "cp1252"))
