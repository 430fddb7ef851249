"""Damaged JSON-LD: what templates commonly break is mended, and of what stays broken the few facts of a piece are read.

Templates print a headline without escaping its quotation marks, leave a value empty or a comma out, or are cut off in
the middle: a strict parser then loses the date and the authors with the rest. Pure functions over strings. Literals of
scripts, which are whole and only no JSON, are read in `page_state`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

# A piece's JSON-LD with its whole text is below this; a hostile script must not buy time.
MAX_REPAIR_CHARS = 200_000
# An author's object or list of authors is below this.
_MAX_AUTHORS_CHARS = 4_000

# Strings are matched first, so that "https://…" inside one is no comment. One that nobody closes runs to the end of the
# text, so that nothing is read twice.
_STRING_OR_COMMENT = re.compile(r'("[^"\\]*+(?:\\.[^"\\]*+)*+"?)|//[^\n]*|/\*.{0,1000}?\*/', re.DOTALL)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_EMPTY_VALUE = re.compile(r'(":)\s*(?=[,}])')
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')


def mended(text: str) -> str:
    """A script without comments, trailing commas, empty values and escapes that JSON does not have (`\\'`)."""
    if len(text) > MAX_REPAIR_CHARS:
        return _TRAILING_COMMA.sub(r"\1", text)
    if text.startswith('{\\"'):  # printed as the inside of a string
        text = text.replace('\\\\"', "'").replace('\\"', '"').replace("\\/", "/")
    text = _BAD_ESCAPE.sub("", text)
    text = _STRING_OR_COMMENT.sub(lambda match: match.group(1) or " ", text)
    return _EMPTY_VALUE.sub(r"\1 null", _TRAILING_COMMA.sub(r"\1", text))


_TYPE = re.compile(r"""["']@type["']\s*:\s*\[?\s*["']([A-Za-z]{4,40})["']""")
# A value ends at the quotation mark behind which JSON goes on; those inside a headline are followed by its words.
_END = r"""["'](?=\s*+(?:,\s*+["'}\]]|[}\]]|$)|[^\S\n]*+\n\s*+["'])"""
_TEXTS = {
    key: re.compile(rf"""["']{key}["']\s*:\s*["'](.{{1,400}}?){_END}""", re.DOTALL)
    for key in ("headline", "datePublished", "dateModified", "name")
}
_AUTHOR = re.compile(r"""["']author["']\s*:\s*""")


def salvaged(text: str, types: frozenset[str]) -> Mapping[str, Any] | None:
    """Headline, dates and authors of the first object of one of these types (lower case) in JSON past mending.

    A value is looked for behind the object's type first, then before it: other objects of the script follow mostly.
    None where no such object is there.
    """
    text = text[:MAX_REPAIR_CHARS]
    start = next((match for match in _TYPE.finditer(text) if match.group(1).lower() in types), None)
    if start is None:
        return None
    found: dict[str, Any] = {"@type": start.group(1)}
    for key in ("headline", "datePublished", "dateModified"):
        if match := _TEXTS[key].search(text, start.end()) or _TEXTS[key].search(text[: start.start()]):
            found[key] = _unescaped(match.group(1))
    if author := _AUTHOR.search(text, start.end()) or _AUTHOR.search(text[: start.start()]):
        found["author"] = _authors(text[author.end() : author.end() + _MAX_AUTHORS_CHARS])
    return found


def _authors(text: str) -> list[Any]:
    """The value of an author field that starts with this text: a string, an object or a list of objects."""
    if text[:1] in ("'", '"'):
        match = re.match(rf"""["'](.{{1,200}}?){_END}""", text)
        return [_unescaped(match.group(1))] if match else []
    depth = 0
    for end, letter in enumerate(text):
        depth += (letter in "[{") - (letter in "]}")
        if depth <= 0:
            text = text[:end]
            break
    authors: list[Any] = []
    for piece in text.split("}"):
        if match := _TEXTS["name"].search(f"{piece}}}"):
            kind = _TYPE.search(piece)
            authors.append({"@type": kind.group(1) if kind else "", "name": _unescaped(match.group(1))})
    return authors


def _unescaped(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text
