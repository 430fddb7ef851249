"""News sitemaps (sitemaps.org 0.9 with Google's news extension), which some outlets keep better than their feeds."""

from __future__ import annotations

from xml.etree import ElementTree

from newswire.polling.raw import RawEntry, RawFeed
from newswire.polling.wellformed import Document, split_items


def read(document: Document, max_entries: int) -> RawFeed | str:
    """Read a urlset; returns a sentence where it is an index of sitemaps or a map of pages without news.

    The document is well-formed or not, but has no document type any more (see wellformed.mend).
    """
    if document.root == "sitemapindex":
        return "an index of sitemaps, not a sitemap"
    if "sitemap-news" not in document.text and "<lastmod" not in document.text:
        return "a sitemap without news and without dates"
    head, pieces, _ = split_items(document.text, document.root)
    entries: list[RawEntry] = []
    lost = 0
    for piece in pieces[:max_entries]:
        try:
            entries.append(_entry(ElementTree.fromstring(head + piece + "</urlset>")))  # noqa: S314 - no DTD is left in it
        except ElementTree.ParseError:
            lost += 1
    problems = [f"{lost} entries could not be read"] if lost else []
    if len(pieces) > max_entries:
        problems.append(f"{len(pieces) - max_entries} entries beyond {max_entries} dropped")
    name, language = _first(entries)
    return RawFeed(format="sitemap", title=name, language=language, entries=tuple(entries), problems=tuple(problems))


def _entry(tree: ElementTree.Element) -> RawEntry:
    found: dict[str, str] = {}
    images: list[tuple[str, str]] = []
    for element in tree.iter():
        name, text = element.tag.rpartition("}")[2], (element.text or "").strip()
        if name == "loc" and "image" in element.tag:
            images.append((text, "image"))
        elif text:
            found.setdefault(name, text)
    return RawEntry(
        guid=found.get("loc"),
        guid_is_permalink=True,
        link=found.get("loc"),
        title=found.get("title", ""),
        published=tuple((f"sitemap:{k}", found[k]) for k in ("publication_date",) if k in found),
        updated=tuple((f"sitemap:{k}", found[k]) for k in ("lastmod",) if k in found),
        authors=(),
        tags=tuple(t.strip() for t in found.get("keywords", "").split(",") if t.strip()),
        enclosures=tuple(images),
        language=found.get("language"),
    )


def _first(entries: list[RawEntry]) -> tuple[str, str | None]:
    return "", next((e.language for e in entries if e.language), None)
