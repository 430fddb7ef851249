"""The JSON-LD of a page: parsed in spite of the usual damage, flattened, and the object of the page's piece.

Sources: JSON-LD 1.1 (graphs, `@id` references), schema.org Article and its subtypes.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newswire.extraction.jsonld_repair import mended, salvaged
from newswire.extraction.plaintext import first_string, letters, path_key

# Real pages stay far below these bounds; a hostile page must not buy time with repetition.
MAX_JSON_CHARS = 2_000_000
MAX_NODES = 2_000
MAX_DEPTH = 12

# schema.org types of one written piece (https://schema.org/Article and its subtypes), in lower case.
ARTICLE_TYPES = frozenset((
    "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle",
    "backgroundnewsarticle", "reviewnewsarticle", "asknewsarticle", "advertisercontentarticle", "satiricalarticle",
    "scholarlyarticle", "techarticle", "blogposting", "liveblogposting", "socialmediaposting",
    "discussionforumposting", "report",
))  # fmt: skip
# Types that describe the page around the piece: their dates are a second-best answer.
PAGE_TYPES = frozenset(("webpage", "itempage", "creativework", "medicalwebpage"))
# Below these keys a node speaks of something other than the page's own piece.
FOREIGN_KEYS = frozenset((
    "itemlistelement", "haspart", "comment", "citation", "review", "mentions", "isbasedon", "relatedlink",
    "blogpost", "hasoccupation", "potentialaction", "breadcrumb", "isrelatedto", "significantlink", "subjectof",
    "suggestedanswer", "acceptedanswer", "image", "logo", "publisher", "author", "creator", "contributor",
    "editor", "sponsor", "copyrightholder", "sourceorganization", "video", "audio", "associatedmedia", "thumbnail",
    "primaryimageofpage", "about", "keywords", "offers", "worksfor", "parentorganization", "sameas",
))  # fmt: skip

_WRAP_START = re.compile(r"\s*(?:/\*\s*)?(?:<!--|(?://\s*)?<!\[CDATA\[)(?:\s*\*/)?\s*")
_WRAP_END = re.compile(r"\s*(?://|/\*)?\s*(?:-->|\]\]>)(?:\s*\*/)?[\s;]*$")

Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LinkedNode:
    """One JSON-LD object: its types in lower case, its content, the key below which it was found ('' at the top)."""

    types: frozenset[str]
    data: Node
    below: str
    foreign: bool


def read_json(scripts: Sequence[str]) -> tuple[list[LinkedNode], dict[str, Node], int]:
    nodes: list[LinkedNode] = []
    by_id: dict[str, Node] = {}
    broken = 0
    budget = MAX_JSON_CHARS
    for text in scripts:
        budget -= len(text)
        if budget < 0:
            break
        documents = list(_parse_json(text))
        if not documents:
            broken += 1
        for document in documents:
            _walk(document, nodes, by_id, below="", foreign=False, depth=0)
    return nodes, by_id, broken


def _parse_json(text: str) -> Iterator[Any]:
    """The JSON values in a script, in spite of the usual damage: comment wrappers, trailing commas, several values.

    Where it is past mending, one object with the facts that can still be read of the piece.
    """
    text = text.strip().removeprefix("\ufeff").rstrip("; \r\n\t")
    if match := _WRAP_START.match(text):
        text = text[match.end() :]
    if match := _WRAP_END.search(text, max(0, len(text) - 40)):
        text = text[: match.start()].rstrip("; \r\n\t")
    for attempt in range(3):
        if attempt == 1:
            text = mended(html.unescape(text) if text[:20].lstrip("[{ \r\n\t").startswith("&quot;") else text)
        elif attempt == 2:
            if "&quot;" not in text:
                break
            text = html.unescape(text)
        try:
            yield json.loads(text, strict=False)
        except RecursionError:
            return
        except ValueError:
            continue
        return
    decoder = json.JSONDecoder(strict=False)
    position = 0
    for _ in range(20):  # several values one after the other
        start = min((p for p in (text.find("{", position), text.find("[", position)) if p >= 0), default=-1)
        if start < 0:
            return
        try:
            value, position = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            if rest := salvaged(text[position:], ARTICLE_TYPES):
                yield rest
            return
        yield value


def _walk(value: Any, nodes: list[LinkedNode], by_id: dict[str, Node], below: str, foreign: bool, depth: int) -> None:
    if depth > MAX_DEPTH or len(nodes) >= MAX_NODES:
        return
    if isinstance(value, list):
        for part in value:
            if isinstance(part, dict | list):
                _walk(part, nodes, by_id, below, foreign, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type", value.get("type"))
        types = frozenset(
            k.rsplit("/", 1)[-1].rsplit(":", 1)[-1].strip().lower()
            for k in (kinds if isinstance(kinds, list) else [kinds])
            if isinstance(k, str)
        )
        nodes.append(LinkedNode(types, value, below, foreign))
        identity = value.get("@id")
        if isinstance(identity, str) and (len(value) > 2 or identity not in by_id):
            by_id[identity] = value
        for key, part in value.items():
            if isinstance(part, dict | list):
                name = key.lower().rsplit(":", 1)[-1]
                _walk(part, nodes, by_id, name, foreign or name in FOREIGN_KEYS, depth + 1)


def resolve(value: object, by_id: Mapping[str, Node]) -> object:
    """A reference `{"@id": …}` replaced by the node it points to, where the page has it."""
    if isinstance(value, Mapping):
        identity = value.get("@id")
        if isinstance(identity, str) and not value.get("name"):
            return by_id.get(identity, value)
    return value


def article_node(nodes: Sequence[LinkedNode], addresses: Sequence[str], titles: Sequence[str]) -> LinkedNode | None:
    """The JSON-LD object that describes this page's own piece, or None.

    A page may carry dozens (a list of related pieces, a slide show). The own one names the page's address or headline,
    lies at the top, and is the fullest; where nothing points at the page and several compete, the first full one wins.

    Args:
        addresses: the page's own addresses (final, canonical).
        titles: what other sources call the piece (h1, og:title, title tag).
    """
    wanted_paths = {path_key(address) for address in addresses if address} - {""}
    wanted_titles = [key for title in titles if (key := letters(title))]
    best: tuple[float, LinkedNode] | None = None
    candidates = [n for n in nodes if n.types & ARTICLE_TYPES and not n.foreign]
    if not candidates:
        candidates = [n for n in nodes if n.types & ARTICLE_TYPES and n.below not in ("itemlistelement", "comment")]
    for node in candidates[:200]:
        fields = node.data
        score = sum(bool(fields.get(k)) for k in ("headline", "datePublished", "author", "articleBody", "description"))
        if not score:
            continue
        own = {path_key(a) for a in _addresses(fields)} - {""}
        if own & wanted_paths:
            score += 6
        elif own and wanted_paths:
            score -= 1
        headline = letters(first_string(fields.get("headline") or fields.get("name")))
        if headline and any(headline in title or title in headline for title in wanted_titles):
            score += 6
        if node.foreign:
            score -= 4
        if best is None or score > best[0]:
            best = (score, node)
    return best[1] if best else None


def _addresses(fields: Node) -> Iterator[str]:
    for key in ("url", "@id", "mainEntityOfPage"):
        value = fields.get(key)
        if isinstance(value, Mapping):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str):
            yield value
