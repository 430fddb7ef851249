"""trafilatura's metadata until the room's own reader is there."""

from types import SimpleNamespace
from datetime import datetime, UTC
from trafilatura.metadata import extract_metadata
from newswire.extraction.page import Page
from copy import copy


def read_metadata(page: Page, fetched_at):
    from trafilatura.settings import set_date_params

    d = extract_metadata(copy(page.root), page.url, set_date_params(False), True, set())
    when = None
    if d.date:
        try:
            when = datetime.fromisoformat(d.date).replace(tzinfo=UTC)
        except ValueError:
            when = None
    return SimpleNamespace(
        title=d.title,
        subtitle=None,
        authors=tuple(a.strip() for a in (d.author or "").split(";") if a.strip()),
        agency=None,
        published_at=when,
        published_source="htmldate" if when else None,
        published_precision="day" if when else None,
        published_conflict=False,
        published_why=None,
        modified_at=None,
        modified_source=None,
        language=d.language,
        language_confidence=0.0,
        canonical_url=None,
        image=d.image,
        tags=tuple(d.tags or ()),
        section=None,
        site_name=d.sitename,
        licence=d.license,
        tdm_reserved=False,
    )
