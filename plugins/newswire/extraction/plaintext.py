"""Text from structured data and elements as plain text on one line, and keys for comparing what sources say."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement  # type: ignore[import-untyped]

# Real headlines, names and dates stay far below; a hostile value must not buy time.
MAX_VALUE_CHARS = 5_000
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,200}>")
_NO_LETTERS = re.compile(r"\W+")
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


def strings(value: object, depth: int = 4) -> list[str]:
    """All plain texts in a JSON-LD value: a string, a list of them, or language-tagged values; nested `depth` deep."""
    if depth < 0:
        return []
    if isinstance(value, str):
        text = plain(value)
        return [text] if text else []
    if isinstance(value, Mapping):
        return strings(value.get("@value"), depth - 1)
    if isinstance(value, Sequence):
        return [text for part in value[:100] for text in strings(part, depth - 1)]
    return []


def first_string(value: object) -> str:
    """The first plain text in a JSON-LD value, or ''."""
    return next(iter(strings(value)), "")


def addresses(value: object, depth: int = 4) -> Iterator[str]:
    """The addresses in a JSON-LD value: a string, an object with a `url`, or a list of these; nested `depth` deep."""
    if isinstance(value, str):
        yield value
    elif depth > 0 and isinstance(value, Mapping):
        yield from addresses(value.get("url") or value.get("contentUrl") or value.get("@id"), depth - 1)
    elif depth > 0 and isinstance(value, list):
        for part in value[:10]:
            yield from addresses(part, depth - 1)


def element_text(element: HtmlElement, limit: int = MAX_VALUE_CHARS) -> str:
    """The visible text of an element on one line; scripts and styles are left out."""
    pieces: list[str] = []
    length = 0
    for piece in walk_texts(element, _CODE):
        core = " ".join(piece.split())  # first, so that indentation does not use up the limit
        if not core:
            pieces.append(" ")
            continue
        pieces.append(f"{' ' * piece[0].isspace()}{core[: limit - length]}{' ' * piece[-1].isspace()}")
        length += len(core)
        if length >= limit:
            break
    return " ".join("".join(pieces).translate(_INVISIBLE).split())


# Elements whose text nobody reads as part of the page.
SILENT = frozenset(("script", "style", "template", "noscript", "svg", "select", "option", "button", "iframe"))
_CODE = frozenset(("script", "style", "template"))


def walk_texts(
    element: HtmlElement, silent: frozenset[str] = SILENT, skip: Callable[[HtmlElement], bool] | None = None
) -> Iterator[str]:
    """The texts below an element in document order, without those of silent elements, of elements that `skip` names,
    and without its own tail.

    Lazy, so that a caller who needs a few texts does not pay for the page; and without recursion, because a page may be
    nested deeper than the interpreter's stack.
    """
    if not isinstance(element.tag, str) or element.tag in silent or (skip is not None and skip(element)):
        return
    if element.text:
        yield element.text
    levels = [iter(element)]
    tails: list[str | None] = []
    while levels:
        child = next(levels[-1], None)
        if child is None:
            levels.pop()
            if tails and (tail := tails.pop()):
                yield tail
            continue
        if isinstance(child.tag, str) and child.tag not in silent and not (skip is not None and skip(child)):
            if child.text:
                yield child.text
            if len(child):
                levels.append(iter(child))
                tails.append(child.tail)
                continue
        if child.tail:
            yield child.tail


def walk_texts_back(element: HtmlElement) -> Iterator[str]:
    """The same texts in reverse order, the element's own tail first."""
    if element.tail:
        yield element.tail
    todo: list[HtmlElement | str] = [element]
    while todo:
        current = todo.pop()
        if isinstance(current, str):
            yield current
            continue
        if current is not element and current.tail:
            yield current.tail
        if isinstance(current.tag, str) and current.tag not in SILENT:
            if current.text:
                todo.append(current.text)
            todo.extend(current)


def is_small(element: HtmlElement, most: int = 60) -> bool:
    """Whether an element has few descendants: a byline or a date has, what holds the whole page has not."""
    return sum(1 for _ in islice(element.iter(), most + 1)) <= most


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
    """Only the letters and digits of a text, case folded: what has the same is the same headline or line."""
    return _NO_LETTERS.sub("", text.casefold())


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
