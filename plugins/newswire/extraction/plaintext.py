"""Text from structured data and elements as plain text on one line, and keys for comparing what sources say."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement  # type: ignore[import-untyped]

# Real headlines, names and dates stay far below; a hostile value must not buy time.
MAX_VALUE_CHARS = 5_000
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,200}>")
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], None)


def plain(value: object, limit: int = MAX_VALUE_CHARS) -> str:
    """A value from structured data as one line of plain text: entities decoded (also twice), markup removed."""
    if not isinstance(value, str):
        return ""
    text = value[:limit]
    if "&" in text:
        text = html.unescape(text)
        if "&" in text and ";" in text:
            text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    return " ".join(text.translate(_INVISIBLE).split())


def strings(value: object) -> list[str]:
    """All plain texts in a JSON-LD value: a string, a number, a list of them, or language-tagged values."""
    if isinstance(value, str):
        text = plain(value)
        return [text] if text else []
    if isinstance(value, Mapping):
        return strings(value.get("@value"))
    if isinstance(value, Sequence):
        return [text for part in value[:100] for text in strings(part)]
    return []


def first_string(value: object) -> str:
    """The first plain text in a JSON-LD value, or ''."""
    return next(iter(strings(value)), "")


def element_text(element: HtmlElement, limit: int = MAX_VALUE_CHARS) -> str:
    """The visible text of an element on one line; scripts and styles are left out."""
    pieces: list[str] = []
    length = 0
    for piece in _texts(element):
        pieces.append(piece)
        length += len(piece)
        if length > limit:
            break
    return " ".join("".join(pieces).translate(_INVISIBLE).split())


def _texts(element: HtmlElement) -> Iterator[str]:
    if len(element) == 0:
        if element.text:
            yield element.text
        return
    if next(element.iter("script", "style", "template"), None) is None:
        yield from element.itertext("*")
        return
    for node in element.iter("*"):
        if node.tag not in ("script", "style", "template") and node.text:
            yield node.text
        if node is not element and node.tail:
            yield node.tail


def path_key(address: str) -> str:
    """Host (without www/m) and path of an address, for telling whether two addresses mean the same page."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    if not parts.netloc:
        return ""
    host = re.sub(r"^(www|m|amp|mobile)\.", "", parts.netloc.lower())
    path = unquote(parts.path).rstrip("/").lower()
    return f"{host}{path}" if path else ""


def letters(text: str) -> str:
    """Only the letters and digits of a text, case folded: two headlines with the same are the same headline."""
    return "".join(re.findall(r"\w+", text.casefold()))


# A rough romanisation, good enough to see that "НТВ" and ntv.ru, "Фергана" and fergananews.com are the same name.
_LATIN = {
    ord(a): b
    for a, b in zip(
        "абвгдезийклмнопрстуфыэіґєαβγδεζηικλμνοπρστυφςω", "abvgdeziiklmnoprstufyeigeavgdeziiklmnoprstyfso", strict=True
    )
}
_LATIN |= {
    ord(a): b
    for a, b in {
        "ж": "zh",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ю": "yu",
        "я": "ya",
        "ё": "e",
        "ї": "yi",
        "ъ": "",
        "ь": "",
        "ў": "u",
        "θ": "th",
        "ξ": "x",
        "χ": "h",
        "ψ": "ps",
    }.items()
}


def latin(key: str) -> str:
    """Cyrillic and Greek letters romanised, other letters unchanged."""
    return key.translate(_LATIN)
