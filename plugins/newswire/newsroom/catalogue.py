"""What the newsroom offers (its catalogue) and what a correct ingestion of it ends with (the expected ledger)."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import datetime

from newswire.ledger import Reason, State
from newswire.newsroom import content
from newswire.newsroom.content import Label, Piece
from newswire.newsroom.site import Site, outlet_of

COLUMNS = (
    "outlet",
    "country",
    "language",
    "feed_url",
    "homepage",
    "kind",
    "time_zone",
    "perspective_note",
    "terms_note",
)
TERMS_NOTE = "fiction written for the project's demonstration; free to use"


@dataclass(frozen=True, slots=True)
class Expected:
    """What the ledger must say about one listed URL.

    `url` is the listed address without tracking parameters. `article_url` is the address that the article is kept
    under, after redirects and the page's own rel=canonical; several listed URLs may share it, and it is None where
    there is no article. `story` groups near-duplicates: equal and non-empty means the same wire copy.
    `listings` counts the feed entries that lead to the URL, over all feeds. `text` is the article alone, one paragraph
    per line: what a perfect extraction keeps, without related headlines, captions and comments.
    `label` is the coding guide's; a classifier may answer "uncertain" where a piece is hard, never the opposite.
    """

    url: str
    article_url: str | None
    outlet: str
    language: str
    title: str
    kind: str
    state: State
    reason: Reason | None
    label: Label | None
    story: str
    topics: tuple[str, ...]
    listings: int
    corrected: bool  # its text differs between the first and the second edition
    vanished: bool  # published in the first edition, 410 in the second
    published_at: datetime  # aware, in the outlet's zone, to the minute
    authors: tuple[str, ...]
    agency: str
    text: str


def catalogue_csv(base_port: int) -> str:
    """The newsroom's feeds as a catalogue file, one row per feed."""
    return catalogue_of(content.outlets(), base_port)


def catalogue_of(outlets: tuple[content.Outlet, ...], port: int) -> str:
    """The catalogue rows of some outlets."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for outlet in outlets:
        base = f"http://{outlet.host}:{port}"
        for feed in outlet.feeds:
            writer.writerow(
                [
                    outlet.name,
                    outlet.country,
                    outlet.language,
                    base + feed.path,
                    base + "/",
                    outlet.kind,
                    outlet.time_zone,
                    outlet.perspective_note,
                    TERMS_NOTE,
                ]
            )
    return out.getvalue()


def expected(site: Site) -> list[Expected]:
    """One record per distinct listed URL of the site's edition (and of the editions before it)."""
    found = []
    for piece in site.pieces():
        base = site.base(outlet_of(piece))
        paths = dict.fromkeys(listed.partition("?")[0] for listed in site.listed_paths(piece))
        for path in paths:
            entries = sum(listed.partition("?")[0] == path for listed in site.listed_paths(piece))
            # A print version, say, that is listed beside the article itself: one article, so one of them is a duplicate.
            other_address = piece.state is State.PUBLISHED and path != site.path(piece) and site.path(piece) in paths
            found.append(
                Expected(
                    url=base + path,
                    article_url=site.url(piece) if piece.state is State.PUBLISHED else None,
                    outlet=piece.outlet,
                    language=piece.language,
                    title=site.text(piece, piece.title),
                    kind=piece.kind,
                    state=State.SKIPPED if other_address else piece.state,
                    reason=Reason.DUPLICATE if other_address else piece.reason,
                    label=None if other_address else piece.label,
                    story=piece.story,
                    topics=piece.topics,
                    listings=entries * len(piece.feeds),
                    corrected=bool(piece.replacements),
                    vanished=piece.gone_in is not None,
                    published_at=site.published(piece),
                    authors=piece.authors,
                    agency=piece.agency,
                    text=article_text(site, piece) if piece.state is State.PUBLISHED else "",
                )
            )
    return found


def article_text(site: Site, piece: Piece) -> str:
    """The article's own paragraphs, headings and quotations, one per line."""
    kept = (block for block in piece.body if block.kind not in {"related", "figure"})
    return "\n".join(site.text(piece, block.text) for block in kept)
