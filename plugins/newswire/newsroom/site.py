"""The newsroom at one moment: which edition is out, on which port, and what every address means.

Everything here is a pure function of the content, the opening time, the port and the edition, so that the server, the
catalogue and the expected ledger can never disagree.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from newswire.newsroom import content, wording
from newswire.newsroom.content import Feed, Outlet, Piece

AddressRole = Literal["page", "alternate", "redirect"]


@dataclass(frozen=True, slots=True)
class Address:
    """What a path of an outlet leads to. The page of an `alternate` names the piece's own address as canonical."""

    piece: Piece
    role: AddressRole


@dataclass(frozen=True, slots=True)
class Site:
    """A view of the newsroom. `advanced_at` is set once the second edition is out."""

    port: int
    opened_at: datetime
    advanced_at: datetime | None = None

    @property
    def edition(self) -> int:
        return 1 if self.advanced_at is None else 2

    def advance(self, now: datetime | None = None) -> Site:
        """The same newsroom with its second edition out. Advancing twice changes nothing."""
        if self.advanced_at:
            return self
        # Last-Modified counts whole seconds, so the second edition must be at least one second younger
        moment = max((now or datetime.now(UTC)).replace(microsecond=0), self.opened_at + timedelta(seconds=1))
        return replace(self, advanced_at=moment)

    def base(self, outlet: Outlet) -> str:
        return f"http://{outlet.host}:{self.port}"

    def url(self, piece: Piece) -> str:
        """The piece's canonical address."""
        outlet = outlet_of(piece)
        return self.base(outlet) + self.path(piece)

    def path(self, piece: Piece) -> str:
        local = self.published(piece)
        return (piece.path or outlet_of(piece).path).format(
            slug=piece.id,
            number=number(piece),
            section=piece.section,
            year=f"{local:%Y}",
            month=f"{local:%m}",
            day=f"{local:%d}",
        )

    def listed_paths(self, piece: Piece) -> tuple[str, ...]:
        """The paths under which the feeds list the piece, tracking parameters included."""
        return tuple(entry.replace("{path}", self.path(piece)) for entry in piece.listed)

    def published(self, piece: Piece) -> datetime:
        """When the piece appeared, in its outlet's zone, to the minute."""
        opened = self.advanced_at if piece.edition == 2 and self.advanced_at else self.opened_at
        moment = opened - timedelta(minutes=piece.age_minutes)
        return moment.replace(second=0, microsecond=0).astimezone(outlet_of(piece).zone)

    def changed_at(self) -> datetime:
        """When the feeds last changed: their Last-Modified."""
        return self.advanced_at or self.opened_at

    def pieces(self, outlet: Outlet | None = None, feed: Feed | None = None) -> tuple[Piece, ...]:
        """What is listed now, newest first; of one outlet, or of one of its feeds."""
        return tuple(
            piece
            for piece in content.pieces()
            if piece.edition <= self.edition
            and (outlet is None or piece.outlet == outlet.id)
            and (feed is None or feed.id in piece.feeds)
            and not (feed is not None and self.is_gone(piece) and piece.kind != "gone")
        )

    def is_gone(self, piece: Piece) -> bool:
        """Whether its address answers 410 now."""
        return piece.kind == "gone" or (piece.gone_in is not None and piece.gone_in <= self.edition)

    def text(self, piece: Piece, raw: str) -> str:
        """One text of the piece as this edition prints it: corrected where it was corrected, dates filled in."""
        if self.edition >= 2:
            for old, new in piece.replacements:
                raw = raw.replace(old, new)
        return wording.fill(raw, self.published(piece), piece.language)

    def addresses(self, outlet: Outlet) -> dict[str, Address]:
        """Every path of the outlet that leads to a piece, without queries."""
        found: dict[str, Address] = {}
        for piece in self.pieces(outlet):
            found[self.path(piece)] = Address(piece, "page")
            for listed in self.listed_paths(piece):
                path = listed.partition("?")[0]
                found.setdefault(path, Address(piece, "redirect" if path == piece.moved_from else "alternate"))
        return found


def number(piece: Piece) -> int:
    """A stable five-digit number, as content systems put into addresses."""
    return 10_000 + zlib.crc32(piece.id.encode()) % 90_000


def outlet_of(piece: Piece) -> Outlet:
    return next(outlet for outlet in content.outlets() if outlet.id == piece.outlet)
