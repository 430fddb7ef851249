"""Reading a catalogue. A bad row gets one line that says where and what; the other rows load."""

from __future__ import annotations

import csv
import io
import re
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree  # type: ignore[import-untyped]

from newswire.text import one_line
from newswire.urls import UrlRejected, canonical_url, host_of

REQUIRED = ("outlet", "feed_url")
KNOWN = ("outlet", "country", "language", "feed_url", "homepage", "kind", "time_zone", "perspective_note", "terms_note")

LARGEST = 50_000_000
"""Bytes. A catalogue of a hundred thousand feeds is a third of this; more is a mistake."""


class CatalogueError(Exception):
    """The catalogue as a whole cannot be read. The message is one line and says what to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A row or a value that was left out. `line` counts from 1; the header is line 1."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.column}: {self.message}"


@dataclass(frozen=True, slots=True)
class OutletRow:
    """Who publishes, as the catalogue says."""

    name: str
    country: str | None = None
    language: str | None = None
    homepage: str | None = None
    kind: str | None = None
    time_zone: str | None = None
    perspective_note: str | None = None
    terms_note: str | None = None


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed of an outlet."""

    outlet: str
    url: str
    host: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What could be read, and what could not."""

    outlets: tuple[OutletRow, ...]
    feeds: tuple[FeedRow, ...]
    problems: tuple[Problem, ...]


def read_catalogue(path: Path) -> Catalogue:
    """Read a catalogue file: CSV with the columns of KNOWN (outlet and feed_url required; others are optional and
    unknown ones ignored), or OPML.

    Raises:
        CatalogueError: no such file, not UTF-8, no header, not OPML.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise CatalogueError(f"{path}: larger than {LARGEST // 1_000_000} MB, surely no catalogue")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CatalogueError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{path}: is not UTF-8 (byte {error.start}); save it as UTF-8") from None
    rows = (
        _opml_rows(path, text) if text.lstrip()[:200].lower().startswith(("<?xml", "<opml")) else _csv_rows(path, text)
    )
    return _checked(rows)


def _csv_rows(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    header = [name.strip() for name in reader.fieldnames or ()]
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        raise CatalogueError(
            f"{path}: the header lacks {' and '.join(missing)}; expected the columns {','.join(KNOWN)}"
        )
    reader.fieldnames = header

    def rows() -> Iterator[tuple[int, dict[str, str]]]:
        try:
            for row in reader:
                yield reader.line_num, {k: v for k, v in row.items() if k in KNOWN and isinstance(v, str)}
        except csv.Error as error:
            raise CatalogueError(f"{path}: line {reader.line_num}: {error}") from None

    return rows()


def _opml_rows(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """OPML 2.0: every outline with an xmlUrl is a feed; its title or text names the outlet."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise CatalogueError(f"{path}: not OPML: {error.msg}") from None
    if etree.QName(root).localname.lower() != "opml":
        raise CatalogueError(f"{path}: the root element is <{etree.QName(root).localname}>, not <opml>")
    for outline in root.iter("{*}outline", "outline"):
        if address := outline.get("xmlUrl"):
            yield (
                outline.sourceline or 0,
                {
                    "outlet": outline.get("title") or outline.get("text") or "",
                    "feed_url": address,
                    "homepage": outline.get("htmlUrl") or "",
                    "language": outline.get("language") or "",
                },
            )


def _checked(rows: Iterator[tuple[int, dict[str, str]]]) -> Catalogue:
    outlets: dict[str, OutletRow] = {}
    feeds: dict[str, FeedRow] = {}
    problems: list[Problem] = []
    for line, raw in rows:
        row = {name: one_line(value) for name, value in raw.items()}
        found = list(_problems(line, row))
        problems += found
        fatal = {p.column for p in found} & set(REQUIRED)
        if fatal:
            continue
        bad = {p.column for p in found}
        url = row["feed_url"]
        if url in feeds:
            problems.append(Problem(line, "feed_url", f"listed before: {url}; this row is left out"))
            continue
        if "time_zone" in bad:
            continue  # its dates would be read wrongly, which is worse than not reading it
        value = {name: (None if name in bad else row.get(name) or None) for name in KNOWN}
        name = row["outlet"]
        outlets.setdefault(
            name,
            OutletRow(
                name=name,
                country=(value["country"] or "").upper() or None,
                language=(value["language"] or "").lower() or None,
                homepage=value["homepage"],
                kind=value["kind"],
                time_zone=value["time_zone"],
                perspective_note=value["perspective_note"],
                terms_note=value["terms_note"],
            ),
        )
        feeds[url] = FeedRow(name, url, host_of(url))
    return Catalogue(tuple(outlets.values()), tuple(feeds.values()), tuple(problems))


def _problems(line: int, row: dict[str, str]) -> Iterator[Problem]:
    if not row.get("outlet"):
        yield Problem(line, "outlet", "is empty")
    if not row.get("feed_url"):
        yield Problem(line, "feed_url", "is empty")
    else:
        try:
            canonical_url(row["feed_url"])
        except UrlRejected as error:
            yield Problem(line, "feed_url", f"cannot be polled: {error}")
    if row.get("country") and not re.fullmatch(r"[A-Za-z]{2}", row["country"]):
        yield Problem(line, "country", f"{row['country']!r} is no ISO 3166-1 code of two letters; taken as unknown")
    if row.get("language") and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9-]+)?", row["language"]):
        yield Problem(line, "language", f"{row['language']!r} is no ISO 639-1 code; taken as unknown")
    if row.get("time_zone"):
        try:
            zoneinfo.ZoneInfo(row["time_zone"])
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            yield Problem(
                line, "time_zone", f"unknown time zone {row['time_zone']!r} (e.g. Europe/Kyiv); the row is left out"
            )
