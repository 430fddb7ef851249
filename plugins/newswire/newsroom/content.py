"""The newsroom's outlets and pieces, read from the data files beside this module.

A piece is one Markdown-like file `articles/<language>/<id>.md`: TOML front matter between two `+++` lines, then blocks
divided by blank lines. A block is a paragraph unless it starts with one of these marks:

    ## text            a subheading
    > text             a quotation
    @related text      a headline of another story, put into the middle of the body by the outlet
    @figure text       a picture with this caption
    @update N | text   an update of a live blog, N minutes before the piece's own time
    @comment who | text  a reader's comment under the piece

Times are ages in minutes before the newsroom opens, so that the sample is always fresh. `{on_day}`, `{on_day-2}`,
`{date-1}`, `{month}` and `{year}` in a text are replaced by words in the outlet's language (see `wording`).
"""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal
from zoneinfo import ZoneInfo

from newswire.ledger import Reason, State

FIRST_HOST = 2  # 127.0.0.1 plays the internal network in the tests of the guard, so outlets start above it

PieceKind = Literal[
    "article", "live", "paywall", "video", "gallery", "consent", "soft-404", "not-found", "gone", "private"
]
Label = Literal["conflict", "other"]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that an outlet offers."""

    id: str
    path: str
    dialect: Literal["rss", "atom", "rdf", "json", "sitemap"]
    title: str
    ttl: int | None = None  # minutes
    dates: Literal["rfc822", "eest", "iso"] = "rfc822"
    encoding: str = "utf-8"
    full_text: bool = False


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes. Every outlet has a loopback address of its own."""

    id: str
    host: str
    name: str
    country: str
    language: str
    time_zone: str
    kind: str
    path: str
    structured: Literal["news-article", "graph", "list", "bare", "none"]
    validators: Literal["both", "etag", "last-modified", "none"]
    perspective_note: str
    feeds: tuple[Feed, ...]
    encoding: str = "utf-8"
    declares_charset: bool = True

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the body. `note` is an update's age in minutes before the piece's time, or a commenter's name."""

    kind: Literal["p", "h2", "quote", "related", "figure", "update", "comment"]
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that a feed lists: an article, or one of the things that are mistaken for one."""

    id: str
    outlet: str
    language: str
    title: str
    age_minutes: int
    label: Label | None
    kind: PieceKind = "article"
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    agency: str = ""
    section: str = "news"
    topics: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ("news",)
    path: str = ""  # where it does not follow the outlet's pattern
    story: str = ""
    state: State = State.PUBLISHED
    reason: Reason | None = None
    edition: int = 1  # the edition that first lists it
    gone_in: int | None = None  # the edition from which its address answers 410
    replacements: tuple[tuple[str, str], ...] = ()  # the silent correction of the second edition
    moved_from: str = ""  # an old address that redirects here; the feed lists that one
    listed: tuple[str, ...] = ("{path}",)  # what the feed lists, in terms of the piece's own path
    blocks: tuple[Block, ...] = ()

    @property
    def comments(self) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.kind == "comment")

    @property
    def body(self) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.kind != "comment")

    @property
    def words(self) -> int:
        """Words of the article itself, without related headlines and comments."""
        return sum(len(block.text.split()) for block in self.body if block.kind not in {"related", "figure"})


@functools.cache
def outlets() -> tuple[Outlet, ...]:
    """All outlets, in the order of their addresses."""
    rows = tomllib.loads(_data().joinpath("outlets.toml").read_text(encoding="utf-8"))["outlet"]
    return tuple(
        Outlet(
            host=f"127.0.0.{FIRST_HOST + rank}",
            feeds=tuple(Feed(**feed) for feed in row["feed"]),
            **{name: value for name, value in row.items() if name != "feed"},
        )
        for rank, row in enumerate(rows)
    )


@functools.cache
def pieces() -> tuple[Piece, ...]:
    """All pieces of both editions, newest first. Raises ValueError naming the file of a malformed one."""
    known = {outlet.id: outlet for outlet in outlets()}
    sources: dict[str, tuple[dict[str, Any], tuple[Block, ...]]] = {}
    for folder in sorted(_data().joinpath("articles").iterdir(), key=lambda entry: entry.name):
        for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if not file.name.endswith(".md"):
                continue
            front, blocks = _read(file)
            if front["outlet"] not in known or known[front["outlet"]].language != folder.name:
                raise ValueError(f"{file.name}: outlet {front['outlet']!r} does not publish in {folder.name!r}")
            front["language"] = folder.name
            sources[front.setdefault("id", file.name.removesuffix(".md"))] = (front, blocks)
    found = [_piece(front, blocks, sources) for front, blocks in sources.values()]
    return tuple(sorted(found, key=lambda piece: (piece.age_minutes, piece.id)))


def _data() -> Traversable:
    return files("newswire.newsroom")


def _read(file: Traversable) -> tuple[dict[str, Any], tuple[Block, ...]]:
    parts = file.read_text(encoding="utf-8").split("+++\n")
    if len(parts) != 3:
        raise ValueError(f"{file.name}: expected front matter between two lines of +++")
    try:
        front = tomllib.loads(parts[1])
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{file.name}: {error}") from error
    return front, tuple(_block(" ".join(text.split())) for text in parts[2].split("\n\n") if text.strip())


def _block(text: str) -> Block:
    if text.startswith("## "):
        return Block("h2", text[3:])
    if text.startswith("> "):
        return Block("quote", text[2:])
    if text.startswith("@related "):
        return Block("related", text[9:])
    if text.startswith("@figure "):
        return Block("figure", text[8:])
    if text.startswith("@update "):
        note, _, rest = text[8:].partition(" | ")
        return Block("update", rest, note)
    if text.startswith("@comment "):
        note, _, rest = text[9:].partition(" | ")
        return Block("comment", rest, note)
    return Block("p", text)


def _piece(
    front: dict[str, Any],
    blocks: tuple[Block, ...],
    sources: dict[str, tuple[dict[str, Any], tuple[Block, ...]]],
) -> Piece:
    fields = dict(front)
    source = fields.pop("copy_of", None)
    edits = fields.pop("edits", [])
    cut = fields.pop("cut_paragraphs", 0)  # how many paragraphs of the agency's copy the desk cut from the end
    if source is not None:
        original = tuple(block for block in sources[source][1] if block.kind != "comment")
        blocks = blocks + tuple(
            Block(block.kind, _edited(block.text, edits), block.note) for block in original[: len(original) - cut]
        )
    for name in ("authors", "topics", "feeds", "listed"):
        if name in fields:
            fields[name] = tuple(fields[name])
    fields["replacements"] = tuple((old, new) for old, new in fields.pop("correction", []))
    fields["state"] = State(fields.get("state", State.PUBLISHED))
    fields["reason"] = Reason(fields["reason"]) if "reason" in fields else None
    fields.setdefault("label", None)
    if fields.get("moved_from"):
        fields.setdefault("listed", (fields["moved_from"],))
    text = "\n".join([fields["title"], *(block.text for block in blocks)])
    for old, _ in fields["replacements"]:
        if old not in text:
            raise ValueError(f"{fields['id']}: the correction's old text {old!r} is not in the piece")
    return Piece(blocks=blocks, **fields)


def _edited(text: str, edits: list[list[str]]) -> str:
    for old, new in edits:
        text = text.replace(old, new)
    return text
