"""JSON Feed 1.0 and 1.1 (https://jsonfeed.org/version/1.1): feedparser returns nothing for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from newswire.polling.raw import RawEntry, RawFeed


def read(text: str) -> RawFeed | str:
    """Read a JSON Feed; returns a sentence where the document is none. Raises RecursionError on hostile nesting."""
    try:
        data = json.loads(text)
    except ValueError:
        return "starts like JSON, but is none"
    if not isinstance(data, dict) or not isinstance(data.get("items"), list):
        return "JSON without a list of items"
    if "jsonfeed.org" not in _text(data.get("version")) and not any(
        isinstance(item, dict) and ("url" in item or "id" in item) for item in data["items"]
    ):
        return "JSON, but no JSON Feed"
    links = [("hub", _text(h.get("url"))) for h in _list(data.get("hubs")) if isinstance(h, dict)]
    links += [(rel, _text(data.get(key))) for rel, key in (("self", "feed_url"), ("next", "next_url"))]
    return RawFeed(
        format="json",
        title=_text(data.get("title")),
        language=_text(data.get("language")) or None,
        home=_text(data.get("home_page_url")) or None,
        entries=tuple(_entry(item) for item in data["items"] if isinstance(item, dict)),
        links=tuple((rel, href) for rel, href in links if href),
    )


def _entry(item: Mapping[str, Any]) -> RawEntry:
    authors = _list(item.get("authors")) or [item.get("author")]
    attachments = [a for a in _list(item.get("attachments")) if isinstance(a, dict)]
    enclosures = [(_text(a.get("url")), _text(a.get("mime_type"))) for a in attachments]
    enclosures += [(_text(item.get(key)), "image") for key in ("image", "banner_image")]
    guid, link = _text(item.get("id")), _text(item.get("url"))
    if not link and guid.startswith(("http://", "https://")):
        link = guid
    html, plain, summary = (_text(item.get(key)) for key in ("content_html", "content_text", "summary"))
    return RawEntry(
        guid=guid or None,
        guid_is_permalink=bool(guid) and guid == link,
        link=link or None,
        title=_text(item.get("title")),
        summary=summary or plain or html,
        content=html or plain,
        published=_dates("json:date_published", item.get("date_published")),
        updated=_dates("json:date_modified", item.get("date_modified")),
        authors=tuple(_text(a.get("name")) for a in authors if isinstance(a, dict)),
        tags=tuple(_text(t) for t in _list(item.get("tags"))),
        enclosures=tuple((u, t) for u, t in enclosures if u),
        language=_text(item.get("language")) or None,
    )


def _dates(source: str, value: Any) -> tuple[tuple[str, str], ...]:
    text = _text(value)
    return ((source, text),) if text else ()


def _text(value: Any) -> str:
    """Strings as they are, numbers as text (ids are numbers in many feeds), everything else as nothing."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
