"""Text from the web inside Markdown: it is shown as it is, and nothing in it becomes markup or a link."""

from __future__ import annotations

import re
import urllib.parse

from newswire.text import clean, one_line

# CommonMark takes a backslash before any ASCII punctuation for the character itself. The three that mean something to
# HTML are written as entities, so that a renderer that knows nothing of the backslash shows no markup either.
_PUNCTUATION = re.compile(r"([!-%'-/:;=?@\[-`{-~])|([&<>])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# GitHub's flavour links bare addresses after escapes are resolved, so these three are broken by a zero-width space.
_ADDRESS = re.compile(r"(https?:|ftp:|mailto:|xmpp:|www(?=\.)|@)", re.IGNORECASE)
_ZERO_WIDTH = "\u200b"
# What may stand in the address of a link as it is; everything else is percent-encoded (";" too: it ends an entity).
_LINK_SAFE = ":/?#&=+,@%~!$-._"


def literal(text: str, limit: int = 300) -> str:
    """One line of foreign text, at most `limit` characters of it, as literal Markdown."""
    line = one_line(text)
    cut = line[:limit] + "…" if len(line) > limit else line
    return _PUNCTUATION.sub(_escaped, _ADDRESS.sub(rf"\1{_ZERO_WIDTH}", cut))


def literal_paragraphs(text: str, limit: int = 1500) -> str:
    """Foreign text with its paragraphs, as literal Markdown."""
    cut = clean(text)[:limit]
    return "\n\n".join(literal(line, limit) for line in cut.split("\n") if line.strip())


def link(words: str, url: str) -> str:
    """A link to a web address with our own `words`; any other address is shown, not linked."""
    if not re.match(r"https?://[^/]", url, re.IGNORECASE):
        return literal(url)
    return f"[{words}](<{urllib.parse.quote(one_line(url), safe=_LINK_SAFE)}>)"


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[1]}" if match[1] else _ENTITIES[match[2]]
