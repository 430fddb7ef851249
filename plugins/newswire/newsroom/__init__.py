"""A small sample newsroom on loopback, for the demonstration and for the tests.

Nine invented outlets in four languages publish a day of news, about half of it on the Russia-Ukraine war, with the
blemishes of real sites. Every text was written for this project; people, outlets and events are fiction.

    async with serve(port=0) as newsroom:
        newsroom.catalogue_csv()      # what to put into the catalogue
        newsroom.expected()           # what the ledger must say afterwards
        newsroom.advance()            # the second edition: a silent correction, a vanished page, new articles
"""

from newswire.newsroom.catalogue import Expected, catalogue_csv, expected
from newswire.newsroom.server import Newsroom, serve
from newswire.newsroom.site import Site

__all__ = ["Expected", "Newsroom", "Site", "catalogue_csv", "expected", "serve"]
