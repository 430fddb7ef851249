"""Newswire: feeds to clean, classified, explained articles in Postgres.

One module or small package per station, in the order in which the data travels:
catalogue, polling, fetching, extraction, classification, stories; storage is the only code that talks to Postgres.
"""

__version__ = "0.1.0"
