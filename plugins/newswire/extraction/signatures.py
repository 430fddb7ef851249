"""Names below the text, as letters and newspapers sign."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from newswire.extraction.bylines import Finding
from newswire.extraction.names import person_name
from newswire.extraction.plaintext import element_text, is_small
from newswire.extraction.surroundings import follows, frame_of

_RIGHT = re.compile(r"text-align:\s*right", re.I)


def signature(root: HtmlElement, heading: HtmlElement | None, site: Sequence[str]) -> Finding:
    """A name that stands alone below the text and is set to the right, as a letter is signed, or has the family name in
    capitals, as newspapers sign."""
    aligned = (e for e in root.iter("p", "div") if e.get("align") == "right" or _RIGHT.search(e.get("style") or ""))
    for element in islice(aligned, 60):
        if name := _signs(element, heading, site):
            return Finding([name], None, "signature")
    candidates = list(islice(root.iter("p", "b", "strong", "i", "em"), MOST_SIGNED))
    for element in reversed(candidates):
        start = (element.text or "").lstrip()
        if len(element) > 2 or len(start) > MOST_SIGNED_CHARS or (start and not start[0].isupper()):
            continue
        match = _IN_CAPITALS.fullmatch(element_text(element, MOST_SIGNED_CHARS))
        if match and (name := _signs(element, heading, site, match["name"])):
            return Finding([name], None, "signature")
    return Finding([], None, "signature")


# Beyond so many paragraphs and emphasised words of a page there are lists of them.
MOST_SIGNED = 2_000
# A name, and what stands behind it.
MOST_SIGNED_CHARS = 80
# Only in Cyrillic: Latin capitals are abbreviations and numbers of popes.
_IN_CAPITALS = re.compile(
    r"(?P<name>(?:[А-ЯІЇЄҐ][а-яёіїєґ'’ʼ-]+|[А-ЯІЇЄҐ]\.(?: ?[А-ЯІЇЄҐ]\.)?) [А-ЯЁІЇЄҐ][А-ЯЁІЇЄҐ'’ʼ-]{3,})(?:[.,].{0,30})?"
)


def _signs(
    element: HtmlElement, heading: HtmlElement | None, site: Sequence[str], said: str | None = None
) -> str | None:
    """The name with which an element signs the piece."""
    if not is_small(element, 4) or (heading is not None and not follows(element, heading)):
        return None
    text = said or element_text(element, 60)
    if len(text) > 40 or "," in text or frame_of(element, heading):
        return None
    return person_name(text, site)
