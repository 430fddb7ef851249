"""Document types and entities of feeds, resolved here so that no XML parser ever sees one.

Nothing external is loaded, ever: no DTD, no external entity, no parameter entity. A small internal entity is expanded
as text; a declaration whose expansion would grow out of proportion rejects the document (XML bombs).
"""

from __future__ import annotations

import re
from html.entities import html5

# Honest feeds declare a handful of characters or an outlet's name. A bomb multiplies: 1 KB to 10 GB, 100 KB to 500 MB.
MAX_ENTITY = 20_000
MAX_EXPANSION = 200_000

_DECLARATION = re.compile(
    r"<!ENTITY\s+(%\s+)?([^\s\"'<>%&;]{1,100})\s+(?:(SYSTEM|PUBLIC)\b|\"([^\"]*)\"|'([^']*)')", re.IGNORECASE
)
_REFERENCE = re.compile(r"&([A-Za-z_][\w.-]{0,100});")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_CHARACTER = re.compile(r"&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,10}));")
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z_][\w.-]{0,100});")
_ILLEGAL_REFERENCE = re.compile(r"&#(?:x[0-9a-fA-F]*|[0-9]*);?")


class EntityBomb(ValueError):  # noqa: N818 - a verdict about a document, not a fault
    """The entities of this document would expand out of proportion."""


def split_doctype(text: str) -> tuple[str, str | None]:
    """Cut the document type declaration out. Returns (text without it, declaration or None). Quotes are respected."""
    start = re.search(r"<!DOCTYPE\b", text[:65_536], re.IGNORECASE)
    if start is None:
        return text, None
    depth, quote = 0, ""
    for match in re.compile(r"[\"'<>\[\]]|<!--").finditer(text, start.start()):
        mark = match.group()
        if quote:
            quote = "" if mark == quote else quote
        elif mark in "\"'":
            quote = mark
        elif mark == "<":
            depth += 1
        elif mark == ">":
            depth -= 1
            if depth == 0:
                return text[: start.start()] + text[match.end() :], text[start.start() : match.end()]
    return text[: start.start()], text[start.start() :]  # never closed: all of it is declaration


def expand(text: str, doctype: str) -> str:
    """Replace references to the entities that `doctype` declares; external ones become nothing. Raises EntityBomb."""
    values: dict[str, str] = {}
    for match in _DECLARATION.finditer(doctype):
        parameter, name, external, double, single = match.groups()
        if not parameter and name not in values:  # the first declaration counts (XML 1.0 section 4.2)
            values[name] = "" if external else double if double is not None else (single or "")
    if not values:
        return text
    sizes: dict[str, int] = {}
    for name in values:
        _measure(name, values, sizes, ())
    uses: dict[str, int] = {}
    for match in _REFERENCE.finditer(text):
        if match.group(1) in values:
            uses[match.group(1)] = uses.get(match.group(1), 0) + 1
    if sum(sizes[name] * count for name, count in uses.items()) > MAX_EXPANSION:
        raise EntityBomb(f"{len(values)} entities would expand beyond {MAX_EXPANSION} characters")
    flat = {name: _flatten(name, values) for name in uses}
    return _REFERENCE.sub(lambda m: flat.get(m.group(1), m.group()), text)


def _measure(name: str, values: dict[str, str], sizes: dict[str, int], path: tuple[str, ...]) -> int:
    """Size of an entity fully expanded, computed without expanding it."""
    if name in path or len(path) > 20:
        raise EntityBomb("an entity contains itself, or is nested more than 20 deep")
    if name not in sizes:
        size = len(values[name])
        for match in _REFERENCE.finditer(values[name]):
            if match.group(1) in values:
                size += _measure(match.group(1), values, sizes, (*path, name))
        if size > MAX_ENTITY:
            raise EntityBomb(f"an entity would expand beyond {MAX_ENTITY} characters")
        sizes[name] = size
    return sizes[name]


def _flatten(name: str, values: dict[str, str]) -> str:
    flat = _REFERENCE.sub(lambda m: _flatten(m.group(1), values) if m.group(1) in values else m.group(), values[name])
    return flat.replace("<", "&lt;")


def mend_references(text: str) -> str:
    """Make every reference outside CDATA one that XML knows: HTML names become characters, references to characters
    that XML forbids go, a bare ampersand is escaped. Numbers 128 to 159 mean windows-1252, as in HTML.
    """
    if "&" not in text:
        return text
    if "<![CDATA[" not in text:
        return _mend(text)
    return "".join(part if part.startswith("<![CDATA[") else _mend(part) for part in split_cdata(text))


def split_cdata(text: str) -> list[str]:
    """Cut a text into pieces that are each a whole CDATA section or contain none. Linear also when none ever ends."""
    parts: list[str] = []
    position = 0
    while (start := text.find("<![CDATA[", position)) >= 0:
        end = text.find("]]>", start)
        if end < 0:
            break
        parts += (text[position:start], text[start : end + 3])
        position = end + 3
    return [*parts, text[position:]]


def drop_blocks(text: str, opening: str, closing: str) -> str:
    """Drop everything between two marks, the marks too; an opening without a closing stays. Linear."""
    kept: list[str] = []
    position = 0
    while (start := text.find(opening, position)) >= 0:
        end = text.find(closing, start + len(opening))
        if end < 0:
            break
        kept.append(text[position:start])
        position = end + len(closing)
    return "".join((*kept, text[position:]))


def _mend(text: str) -> str:
    if "&" not in text:
        return text
    text = _NAMED.sub(_named, text)
    text = _ILLEGAL_REFERENCE.sub(_numbered, text)
    return re.sub(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)", "&amp;", text)


def _named(match: re.Match[str]) -> str:
    character = html5.get(match.group(1) + ";")
    if character is None:
        return "&amp;" + match.group(1) + ";"
    return "".join(f"&#{ord(c)};" if c in "<>&\"'" else c for c in character)


def _numbered(match: re.Match[str]) -> str:
    whole = _CHARACTER.fullmatch(match.group())
    if whole is None:
        return "&amp;" + match.group()[1:]
    code = int(whole.group(1), 16) if whole.group(1) else int(whole.group(2))
    if 0x80 <= code <= 0x9F:
        return bytes([code]).decode("cp1252", "ignore")
    legal = code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
    return match.group() if legal else ""
