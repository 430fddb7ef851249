"""The newsroom's web pages, rendered with the outlet's own template."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from markupsafe import Markup

from newswire.newsroom import wording
from newswire.newsroom.content import Outlet, Piece
from newswire.newsroom.feeds import summary
from newswire.newsroom.render import environment
from newswire.newsroom.site import Site

TEASER_BLOCKS = 1  # what a paywall shows


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A block ready for a template: its text filled in, an update's time resolved."""

    kind: str
    text: str
    note: str


def render_page(site: Site, outlet: Outlet, piece: Piece) -> bytes:
    """The page of a piece that answers 200: an article, or what stands where an article was promised."""
    template = f"outlets/{outlet.id}.html" if piece.kind in {"article", "live", "paywall", "private"} else _kind(piece)
    return _bytes(outlet, template, {**_chrome(site, outlet, piece), **_article(site, outlet, piece)})


def render_home(site: Site, outlet: Outlet) -> bytes:
    """The outlet's homepage: a list of headlines."""
    return _bytes(outlet, "kinds/home.html", _chrome(site, outlet, None))


def render_missing(site: Site, outlet: Outlet) -> bytes:
    """The body of a 404 or 410."""
    return _bytes(outlet, "kinds/soft-404.html", _chrome(site, outlet, None))


def _kind(piece: Piece) -> str:
    return f"kinds/{piece.kind}.html"


def _bytes(outlet: Outlet, template: str, context: dict[str, Any]) -> bytes:
    text = environment().get_template(template).render(context)
    return text.encode(outlet.encoding, "xmlcharrefreplace")


def _chrome(site: Site, outlet: Outlet, piece: Piece | None) -> dict[str, Any]:
    """What surrounds every page of an outlet: its name, address, and the headlines of its boxes."""
    others = [other for other in site.pieces(outlet) if other is not piece and other.kind == "article"]
    links = [
        {"title": site.text(other, other.title), "url": site.url(other), "section": other.section} for other in others
    ]
    return {
        "layout": f"outlets/{outlet.id}.html",
        "outlet": outlet,
        "home": site.base(outlet),
        "related": links[:3],
        "most_read": links[3:8] or links[:5],
        "headlines": links,
        "year": site.opened_at.year,
        # Only an article's page has these; the defaults serve the others
        "piece": None,
        "title": outlet.name,
        "subtitle": "",
        "authors": (),
        "agency": "",
        "canonical": "",
        "published": None,
        "modified": None,
        "visible_date": "",
        "summary": outlet.name,
        "image": "",
        "blocks": (),
        "comments": (),
        "structured": "",
        "paywalled": False,
        "live": False,
    }


def _article(site: Site, outlet: Outlet, piece: Piece) -> dict[str, Any]:
    published = site.published(piece)
    blocks = tuple(_page_block(site, piece, block.kind, block.text, block.note, published) for block in piece.body)
    paywalled = piece.kind == "paywall"
    return {
        "piece": piece,
        "title": site.text(piece, piece.title),
        "subtitle": site.text(piece, piece.subtitle),
        "authors": piece.authors,
        "agency": piece.agency,
        "canonical": site.url(piece),
        "published": published,
        "modified": published,  # the correction is silent: no page ever says that it changed
        "visible_date": wording.american_date(published)
        if outlet.country == "US"
        else wording.full_date(published, outlet.language),
        "summary": summary(site, piece),
        "image": f"{site.base(outlet)}/img/{piece.id}.svg",
        "blocks": blocks[:TEASER_BLOCKS] if paywalled else blocks,
        "comments": tuple(PageBlock("comment", site.text(piece, c.text), c.note) for c in piece.comments),
        "structured": _script(structured_data(site, outlet, piece)),
        "paywalled": paywalled,
        "live": piece.kind == "live",
    }


def _page_block(site: Site, piece: Piece, kind: str, text: str, note: str, published: datetime) -> PageBlock:
    if kind == "update":
        note = f"{published - timedelta(minutes=int(note)):%H:%M}"
    return PageBlock(kind, site.text(piece, text), note)


def structured_data(site: Site, outlet: Outlet, piece: Piece) -> Any:
    """The page's JSON-LD in the shape that the outlet's content system writes; None where it writes none."""
    if outlet.structured == "none":
        return None
    types = {"live": "LiveBlogPosting", "video": "VideoObject", "gallery": "ImageGallery"}
    published = site.published(piece)
    article: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": types.get(piece.kind, "NewsArticle"),
        "headline": site.text(piece, piece.title),
        "name": site.text(piece, piece.title),
        "description": summary(site, piece),
        "datePublished": published.isoformat(),
        "dateModified": published.isoformat(),
        "inLanguage": outlet.language,
        "mainEntityOfPage": {"@type": "WebPage", "@id": site.url(piece)},
        "image": [f"{site.base(outlet)}/img/{piece.id}.svg"],
        "isAccessibleForFree": piece.kind != "paywall",
    }
    publisher = {"@type": "NewsMediaOrganization", "name": outlet.name, "url": site.base(outlet) + "/"}
    if outlet.structured == "bare":  # a content system that knows neither author nor publisher
        return {name: value for name, value in article.items() if name not in {"isAccessibleForFree", "name"}}
    article["publisher"] = publisher
    article["author"] = [{"@type": "Person", "name": name} for name in piece.authors] or [
        {"@type": "Organization", "name": piece.agency or outlet.name}
    ]
    if piece.kind == "paywall":
        article["hasPart"] = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".plus-inhalt"}
    if piece.kind == "live":
        article["coverageStartTime"] = article["datePublished"]
        article["liveBlogUpdate"] = [
            {"@type": "BlogPosting", "headline": site.text(piece, block.text)}
            for block in piece.body
            if block.kind == "update"
        ]
    if outlet.structured == "list":
        return [{"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": []}, article]
    if outlet.structured == "graph":
        del article["@context"]
        website = {"@type": "WebSite", "name": outlet.name, "url": site.base(outlet) + "/"}
        return {"@context": "https://schema.org", "@graph": [website, publisher, article]}
    return article


def _script(data: Any) -> str | Markup:
    if data is None:
        return ""
    text = json.dumps(data, ensure_ascii=False, indent=1).replace("</", "<\\/")
    return Markup(f'<script type="application/ld+json">\n{text}\n</script>')  # noqa: S704 - "</" is escaped above
