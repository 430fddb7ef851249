"""The JSON that page builders leave in a page for their scripts: found, bounded and decoded, never run.

A builder (Next, Nuxt, SvelteKit, Arc, …) hands its data over as a script of type `application/json`, as a value that a
script assigns (`window.__INITIAL_STATE__ = {…}`), in streamed pieces (`self.__next_f.push([1, "…"])`) or in a data
attribute. All JSON is read by the standard library's decoder. JavaScript that is not JSON is left alone, but for object
literals, whose bare keys and constants are spelt as JSON first. Where one value refers to another (Apollo's `__ref`,
the row numbers of streams, the parameters of Nuxt's function), the reference is followed when it is read, so that no
page can make a small text grow.

Sources: the React Flight rows that Next.js streams; devalue, the format of Nuxt 3; Apollo's normalised cache.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from newswire.text import printable

# The largest state of the development pages has 0.5 million characters. What is decoded takes some twenty times as many
# bytes at worst (a list of empty objects), so this keeps a hostile page at some 50 MB.
MAX_STATE_CHARS = 2_000_000
# An article of two sentences with its headline and address is longer; most scripts without state are shorter.
SHORTEST_STATE = 300
# Assignments that are tried in one script, and the failures after which it is left alone.
MAX_STARTS, MAX_FAILURES = 200, 20
# References that lead to references.
MAX_HOPS = 8

_DECODER = json.JSONDecoder(strict=False)
_FAILURES = (ValueError, RecursionError)
# Where a value may begin in a script. Group 1 are the parameters of a function that is called on the spot.
_START = re.compile(
    r"=\s*+(?:[{\[]|JSON\.parse\s*+\(\s*+(?:decodeURIComponent\s*+\(\s*+)?[\"']|\(?function\s*+\(([\w$,\s]*+)\)\s*+\{)"
    r"|\bdata\s*+:\s*+\["
)
_NAME = re.compile(r"([\w$.]+)(?:\[?[\"']([\w$.-]+)[\"']\]?)?\s*$")
# Names under which builders keep their state: only there is a literal that is no JSON worth a second look.
_STATE_NAME = re.compile(r"__|state|data|props|store|content|initial|preload", re.IGNORECASE)
_STREAM = "__next_f.push("
_STREAM_ROW = re.compile(rb"([0-9a-f]{1,8}):(?:T([0-9a-f]{1,8}),)?")
_STREAM_REF = re.compile(r"\$[L@]?([0-9a-f]{1,8})")
# Angular's own escapes for its state in a script.
_ANGULAR = (("&q;", '"'), ("&s;", "'"), ("&l;", "<"), ("&g;", ">"), ("&a;", "&"))
# Plain substrings first: hardly any page has one.
_ATTRIBUTE_NAMES = ("data-page=", "data-props=", "data-state=")
# A data attribute with an object, as Inertia writes it; each alternative stops at the first closing quote.
_ATTRIBUTE = re.compile(r"""data-(page|props|state)=(?:"((?:\{|\[)[^"]{300,}+)"|'((?:\{|\[)[^']{300,}+)')""")


@dataclass(frozen=True, slots=True)
class State:
    """One decoded value, what the page calls it, and what references inside it lead to."""

    value: Any
    source: str
    refs: Mapping[str, Any] = field(default_factory=dict)

    def look(self, value: Any) -> Any:
        """A value with references followed (a value that is none is returned as it is)."""
        if not self.refs:
            return value
        for _ in range(MAX_HOPS):
            key: object = None
            if isinstance(value, dict):
                if "__ref" in value or value.get("type") == "id":
                    key = value.get("__ref") or value.get("id")
            elif isinstance(value, str) and value[:1] == "$" and (match := _STREAM_REF.fullmatch(value)):
                key = f"${match[1]}"
            if not isinstance(key, str) or key not in self.refs:
                return value
            value = self.refs[key]
        return value


def may_hold_article(script: str) -> bool:
    """Whether a script is worth decoding: whatever holds an article has a key that ends in "title" or "headline"."""
    return len(script) >= SHORTEST_STATE and ("itle" in script or "eadline" in script)


def read_states(scripts: Sequence[HtmlElement], source_text: str = "") -> Iterator[State]:
    """The states in script elements (JSON-LD left out by the caller), then those in the data attributes of a source.

    Lazy: whoever has found what was looked for decodes no more. Never raises on the page's content.
    """
    budget = MAX_STATE_CHARS
    streamed: list[str] = []
    for element in scripts:
        text = element.text or ""
        if _STREAM in text:
            budget -= len(text)
            if budget > 0:
                streamed += _pushed(text)
            continue
        if not may_hold_article(text):
            continue
        budget -= len(text)
        if budget <= 0:
            continue
        name = printable(element.get("id") or "", 60)
        if "json" in (element.get("type") or "").lower() or text[:200].lstrip()[:1] in ("{", "["):
            yield from _from_json(text, name or "application/json")
        else:
            yield from _from_script(text)
    if streamed:
        yield _from_stream("".join(streamed))
    if not any(map(source_text.__contains__, _ATTRIBUTE_NAMES)):
        return
    for match in _ATTRIBUTE.finditer(source_text):
        raw = match[2] or match[3]
        budget -= len(raw)
        if budget > 0 and may_hold_article(raw):
            yield from _from_json(html.unescape(raw), f"data-{match[1]}")


def decoded(text: str, start: int = 0) -> tuple[Any, int] | None:
    """The JSON value at a position and where it ends; None where there is none."""
    try:
        return _DECODER.raw_decode(text, start)
    except _FAILURES:
        return None


def _from_json(text: str, source: str) -> Iterator[State]:
    text = text.strip()
    if "&q;" in text[:2_000]:
        for escape, character in _ANGULAR:
            text = text.replace(escape, character)
    if found := decoded(text):
        yield _state(found[0], source)
    elif text[:1] in ("{", "["):  # an object literal, as SvelteKit writes it in a block of its own
        yield from _from_script(text)


def _state(value: Any, source: str) -> State:
    if isinstance(value, list) and _is_flattened(value):
        return State(_unflattened(value), source)
    return State(value, source, _cache(value))


def _cache(value: Any) -> Mapping[str, Any]:
    """The entries of an Apollo cache by their keys: the first object in the upper levels with a root query."""
    level = [value]
    for _ in range(6):
        below: list[Any] = []
        for one in level[:200]:
            if isinstance(one, dict):
                if "ROOT_QUERY" in one or "$ROOT_QUERY" in one:
                    return one
                below += one.values()
        level = below
    return {}


# --- scripts -------------------------------------------------------------------------------------------------------


def _from_script(text: str) -> Iterator[State]:
    position = failures = 0
    for _ in range(MAX_STARTS):
        match = _START.search(text, position)
        if match is None or failures > MAX_FAILURES:
            return
        position = match.end()
        name = _name_before(text, match.start())
        if match[1] is not None:
            if "__" not in name:
                continue
            if state := _called_function(text, position, match[1], name):
                yield state
            return
        if text[match.end() - 1] in "\"'":
            found = _parsed_string(text, match.end() - 1, uri="decodeURI" in match[0])
        else:
            found = decoded(text, match.end() - 1)
        if found is None:
            failures += 1
            if not _STATE_NAME.search(name):
                continue
            end = _literal_end(text, match.end() - 1)
            if end is None:
                return
            if end - position >= SHORTEST_STATE and (found := decoded(spelt_as_json(text[position - 1 : end]))):
                yield _state(found[0], name)
            position = end
            continue
        value, end = found
        if end - position >= SHORTEST_STATE:
            yield _state(value, name)
        position = end


# Strings as in `_TOKEN`, so that what stands in them closes nothing.
_BRACKET = re.compile(r""""[^"\\]*+(?:\\.[^"\\]*+)*+"?|'[^'\\]*+(?:\\.[^'\\]*+)*+'?|[{}\[\]]""", re.DOTALL)


def _literal_end(text: str, start: int) -> int | None:
    """Where the bracket at `start` is closed."""
    depth = 0
    for match in _BRACKET.finditer(text, start):
        if match[0] in "{[":
            depth += 1
        elif match[0] in "}]":
            depth -= 1
            if depth == 0:
                return match.end()
    return None


def _name_before(text: str, position: int) -> str:
    match = _NAME.search(text[max(0, position - 60) : position])
    return (match[2] or match[1]) if match else "data"


def _parsed_string(text: str, start: int, *, uri: bool) -> tuple[Any, int] | None:
    """What `JSON.parse("…")` gives: the string literal at `start`, decoded twice."""
    match = _TOKEN.match(text, start)
    if match is None:
        return None
    literal = decoded(_as_json_string(match[0]))
    if literal is None or not isinstance(literal[0], str):
        return None
    inner = decoded(unquote(literal[0]) if uri else literal[0])
    return (inner[0], match.end()) if inner else None


# Strings run to the end of the text where nobody closes them, so that nothing is read twice.
_TOKEN = re.compile(
    r""""[^"\\]*+(?:\\.[^"\\]*+)*+"?|'[^'\\]*+(?:\\.[^'\\]*+)*+'?|new Date\(([^()]{0,40})\)|Array\(\d+\)|void 0\b|!([01])\b"""
    r"|,(?=\s*+[}\]])|(?<![\w.$])([A-Za-z_$][\w$]*+)(\s*+:)?",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u[0-9a-fA-F]{4}|(.))|\"", re.DOTALL)
# From the end of a returned literal to the arguments of the function.
_CALL = re.compile(r"[\s;)]*+\}\s*+\)?\s*+\(\s*+")
_COMMA = re.compile(r"\s*+,\s*+")
_CONSTANTS = frozenset(("true", "false", "null"))


def _as_json_string(token: str) -> str:
    """A JavaScript string literal as JSON: other quotes, escapes that JSON does not know."""
    if token[0] == '"' and "\\" not in token:
        return token
    closed = len(token) > 1 and token[-1] == token[0]
    return f'"{_ESCAPE.sub(_escape, token[1:-1] if closed else token[1:])}"'


def _escape(match: re.Match[str]) -> str:
    if match[1]:
        return f"\\u00{match[1]}"
    if match[2] is None:
        return match[0] if match[0] != '"' else '\\"'
    return match[0] if match[2] in '"\\/bfnrt' else match[2] if match[2] >= " " else ""


def spelt_as_json(text: str, parameters: Mapping[str, str] | None = None) -> str:
    """An object literal spelt as JSON: bare keys quoted, `undefined` and the like null, parameters as references.

    Words are replaced outside strings and nothing is evaluated; what is no literal is no JSON afterwards, either.
    """
    known = parameters or {}

    def spell(match: re.Match[str]) -> str:
        found = match[0]
        if found[0] in "\"'":
            return _as_json_string(found)
        if word := match[3]:
            if match[4]:
                return f'"{word}":'
            return word if word in _CONSTANTS else known.get(word, "null")
        if match[2]:
            return "true" if match[2] == "0" else "false"
        return "" if found == "," else match[1] or "null"

    return _TOKEN.sub(spell, text)


def _called_function(text: str, start: int, parameters: str, name: str) -> State | None:
    """Nuxt's `(function(a,b){return {…}}(1,"x"))`: the returned literal, its parameters being references."""
    begin = text.find("return", start)
    names = [word.strip() for word in parameters.split(",") if word.strip()]
    if begin < 0:
        return None
    spelt = spelt_as_json(text[begin + 6 :], {word: f'{{"__ref":"{word}"}}' for word in names}).lstrip(" \n\t(")
    found = decoded(spelt)
    if found is None:
        return None
    value, end = found
    refs: dict[str, Any] = {}
    rest = _CALL.match(spelt, end)
    position = rest.end() if rest else len(spelt)
    for word in names:
        argument = decoded(spelt, position)
        if argument is None:
            break
        refs[word], position = argument
        comma = _COMMA.match(spelt, position)
        if comma is None:
            break
        position = comma.end()
    return State(value, name, refs)


# --- streams and flattened lists -----------------------------------------------------------------------------------


def _pushed(text: str) -> Iterator[str]:
    """The pieces of a stream that a script pushes: `self.__next_f.push([1, "…"])`."""
    position = text.find(_STREAM)
    while position >= 0:
        position += len(_STREAM)
        found = decoded(text, position)
        if found is not None:
            value, position = found
            if isinstance(value, list) and len(value) == 2 and isinstance(value[1], str):
                yield value[1]
        position = text.find(_STREAM, position)


def _from_stream(text: str) -> State:
    """The rows of a React Flight stream: `1f:{…}` and a line break, or `1f:T<bytes in hex>,` and so many bytes."""
    # Pieces may part the two halves of a character beyond the basic plane.
    data = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()
    rows: dict[str, Any] = {}
    position = 0
    while position < len(data):
        row = _STREAM_ROW.match(data, position)
        if row is not None and row[2]:
            end = row.end() + int(row[2], 16)
            rows[f"${row[1].decode()}"] = data[row.end() : end].decode("utf-8", "replace")
            position = end
            continue
        end = data.find(b"\n", position)
        end = len(data) if end < 0 else end
        if row is not None and data[row.end() : row.end() + 1] in (b"{", b"["):
            found = decoded(data[row.end() : end].decode("utf-8", "replace"))
            if found is not None:
                rows[f"${row[1].decode()}"] = found[0]
        position = end + 1
    return State(list(rows.values()), "__next_f", rows)


def _is_flattened(value: Sequence[Any]) -> bool:
    """Whether a list is devalue's: the first entry and whatever lies in it are numbers of other entries."""
    first = value[0] if len(value) > 2 else None
    if isinstance(first, list) and len(first) == 2 and isinstance(first[0], str):
        return isinstance(first[1], int)
    return isinstance(first, dict) and bool(first) and all(isinstance(number, int) for number in first.values())


def _unflattened(flat: Sequence[Any]) -> Any:
    """devalue's list put together again; values that several share stay shared, also in circles."""
    made: list[Any] = [{} if isinstance(one, dict) else [] if isinstance(one, list) else one for one in flat]

    def target(number: Any) -> Any:
        for _ in range(MAX_HOPS):
            if not isinstance(number, int) or not 0 <= number < len(flat):
                return None  # negative numbers are holes and undefined
            one = flat[number]
            if not (isinstance(one, list) and len(one) == 2 and isinstance(one[0], str)):
                return made[number]
            if not isinstance(one[1], int):
                return one[1]  # ["Date", "2026-03-01T…"]
            number = one[1]  # ["Reactive", 7]
        return None

    for one, new in zip(flat, made, strict=True):
        if isinstance(one, dict):
            new.update((key, target(number)) for key, number in one.items())
        elif isinstance(one, list):
            new.extend(target(number) for number in one if isinstance(number, int))
    return target(0)
