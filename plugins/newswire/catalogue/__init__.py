"""The catalogue: outlets and feeds, read from CSV or OPML, checked row by row, synced to the database."""

from newswire.catalogue.reading import Catalogue, CatalogueError, FeedRow, OutletRow, Problem, read_catalogue
from newswire.catalogue.syncing import Synced, sync

__all__ = [
    "Catalogue",
    "CatalogueError",
    "FeedRow",
    "OutletRow",
    "Problem",
    "Synced",
    "read_catalogue",
    "sync",
]
