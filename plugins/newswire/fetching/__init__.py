"""Fetching: the polite HTTP client. Guard, robots, limits, decoding and what an answer means.

    async with Client(Policy(contact="ops@example.org")) as client:
        result = await client.fetch(Request("https://example.org/feed.xml", Kind.FEED))

`result` is a `Response` (the document, or 304) or a `Failure` with the ledger's reason. Nothing a server does raises.
"""

from newswire.fetching.addresses import classify_address, normalise_host, parse_networks
from newswire.fetching.client import Client
from newswire.fetching.gate import HostGate, HostPausedError, LocalGate
from newswire.fetching.headers import Headers, RetryAfter, Signals
from newswire.fetching.messages import Failure, Redirect, Request, Response
from newswire.fetching.outcomes import challenge_vendor, judge
from newswire.fetching.policy import Kind, Limits, Policy
from newswire.fetching.resolver import NameNotFoundError, Resolver, SystemResolver
from newswire.fetching.robots import RobotsRecord, RobotsState
from newswire.fetching.stores import MemoryStore, OriginStore
from newswire.fetching.tdmrep import TdmRecord, TdmRule

__all__ = [
    "Client",
    "Failure",
    "Headers",
    "HostGate",
    "HostPausedError",
    "Kind",
    "Limits",
    "LocalGate",
    "MemoryStore",
    "NameNotFoundError",
    "OriginStore",
    "Policy",
    "Redirect",
    "Request",
    "Resolver",
    "Response",
    "RetryAfter",
    "RobotsRecord",
    "RobotsState",
    "Signals",
    "SystemResolver",
    "TdmRecord",
    "TdmRule",
    "challenge_vendor",
    "classify_address",
    "judge",
    "normalise_host",
    "parse_networks",
]
