"""What a page says of the use of its piece: whether it is free to read, its licence, and reservations against mining."""

from __future__ import annotations

import re
from collections.abc import Mapping

from newswire.extraction.plaintext import addresses, first_string
from newswire.extraction.structured import Structured


def accessible_for_free(data: Structured, fields: Mapping[str, object]) -> bool | None:
    """What the page says of its piece or of itself (`isAccessibleForFree`); None where it does not say.

    `fields` are those of the piece's JSON-LD object.
    """
    values = [fields.get("isAccessibleForFree"), data.item("isaccessibleforfree")]
    values += [
        n.data.get("isAccessibleForFree")
        for n in data.nodes
        if n.types & {"webpage", "newsarticle", "article"} and not n.foreign
    ]
    for value in values:
        if isinstance(value, bool):
            return value
        text = first_string(value).rsplit("/", 1)[-1].lower()
        if text in ("false", "no", "0"):
            return False
        if text in ("true", "yes", "1"):
            return True
    return None


def licence(data: Structured, fields: Mapping[str, object]) -> str | None:
    """The licence that the page declares, as written."""
    for value in (
        next(addresses(fields.get("license")), None),
        data.link("license"),
        data.meta("dcterms.license", "dc.rights", "dcterms.rights", "license", "licence"),
    ):
        if value and len(value) <= 500:
            return value
    return next((anchor.get("href") for anchor in data.anchors if anchor.get("rel") == "license"), None)


def tdm_signs(data: Structured, headers: Mapping[str, str]) -> tuple[bool, tuple[str, ...]]:
    """Whether the page reserves its rights against text and data mining, and where it says so.

    Sources: the TDM Reservation Protocol (W3C community group report, `tdm-reservation`, `tdm-policy`), and the robots
    values `noai` / `noimageai` in use since 2022. A plain `noindex` is no reservation.
    """
    signs: list[str] = []
    if (value := headers.get("tdm-reservation", "").strip()) == "1":
        signs.append("header tdm-reservation: 1")
    elif not value and data.meta("tdm-reservation") == "1":
        signs.append("meta tdm-reservation: 1")
    robots = [("header x-robots-tag", headers.get("x-robots-tag", ""))]
    robots += [(f"meta {name}", value) for name, value in data.all_meta("robots", "googlebot", "ccbot", "gptbot")]
    for source, value in robots:
        tokens = {token.strip().lower() for token in re.split(r"[,;:\s]+", value)}
        if "noai" in tokens:
            signs.append(f"{source}: noai")
    return bool(signs), tuple(signs)
