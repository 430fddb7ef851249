"""From the operator's settings to the fetching room's policy."""

from __future__ import annotations

from ipaddress import ip_network

from newswire import __version__
from newswire.config import Settings
from newswire.fetching import Policy


def policy(settings: Settings) -> Policy:
    """The policy of a deployment: the room's defaults, changed where the operator decided."""
    return Policy(
        product_token=settings.product_token,
        version=__version__,
        contact=settings.contact or None,
        min_gap=settings.min_gap,
        allowed_ports=frozenset(settings.allowed_ports),
        allowed_networks=tuple(ip_network(n) for n in settings.allowed_networks),
        denied_networks=tuple(ip_network(n) for n in settings.denied_networks),
        ca_file=settings.ca_file,
        honour_tdm=settings.honour_tdm,
    )
