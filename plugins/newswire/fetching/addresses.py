"""Hosts and addresses: what a spelling really means, and whether its address may be connected to. Pure functions.

Every spelling is brought to one of two things before anything is resolved: an address, or a lower-case A-label name.
The rules are those of the WHATWG URL standard ("host parsing"), because they are what redirects in the wild rely on
and what attackers play against: `2130706433`, `0x7f.1`, `127。0。0。1`, `①②⑦.0.0.1` and `%31%32%37.1` mean 127.0.0.1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final
from urllib.parse import unquote

import idna

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

MAX_NAME = 253
"""RFC 1035: a name has at most 255 octets on the wire, 253 written out."""


class InvalidHostError(ValueError):
    """The spelling names no host at all."""


# IANA special-purpose registries (RFC 6890 and successors), and addresses that are global but lead inside.
_REFUSED_V4: Final[tuple[tuple[IPv4Network, str], ...]] = tuple(
    (IPv4Network(network), why)
    for network, why in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "carrier-grade NAT"),
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "cloud metadata"),  # Azure's wire server: a global address that only its guests reach
        ("169.254.0.0/16", "link-local"),  # also 169.254.169.254, the metadata service of most clouds
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "protocol assignment"),
        ("192.0.2.0/24", "documentation"),
        ("192.31.196.0/24", "AS112"),
        ("192.52.193.0/24", "AMT relay"),
        ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "AS112"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),  # with 255.255.255.255, broadcast
    )
)
_GLOBAL_V6: Final = IPv6Network("2000::/3")
"""The only part of IPv6 that IANA gives out as global unicast; all else is refused unread."""
_REFUSED_V6: Final[tuple[tuple[IPv6Network, str], ...]] = tuple(
    (IPv6Network(network), why)
    for network, why in (
        ("::1/128", "loopback"),
        ("::/128", "unspecified"),
        ("::/96", "IPv4-compatible"),
        ("::ffff:0:0:0/96", "IPv4-translated"),
        ("64:ff9b:1::/48", "local-use NAT64"),
        ("100::/64", "discard"),
        ("2001::/32", "Teredo"),
        ("2001::/23", "protocol assignment"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("3fff::/20", "documentation"),
        ("fc00::/7", "unique local"),  # also fd00:ec2::254, the metadata service of AWS
        ("fe80::/10", "link-local"),
        ("fec0::/10", "site-local"),
        ("ff00::/8", "multicast"),
    )
)
_NAT64: Final = IPv6Network("64:ff9b::/96")


def effective_address(address: Address) -> Address:
    """The address that a connection really reaches: the IPv4 inside an IPv4-mapped or well-known NAT64 one."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in _NAT64:  # RFC 6052; DNS64 makes these of public names on IPv6-only networks
            return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


@lru_cache(maxsize=4096)
def classify_address(
    address: Address, *, allowed: Sequence[Network] = (), denied: Sequence[Network] = ()
) -> str | None:
    """Why `address` must not be connected to, or None where it may be.

    Only global unicast is allowed by default. `allowed` adds networks, `denied` wins over everything.
    Pass tuples: the answer is remembered.
    """
    if isinstance(address, IPv6Address) and address.scope_id is not None:
        return "scoped"
    reached = effective_address(address)
    if _inside(reached, denied) or _inside(address, denied):
        return "denied by configuration"
    if _inside(reached, allowed):
        return None
    if isinstance(reached, IPv4Address):
        return next((why for network, why in _REFUSED_V4 if reached in network), None)
    for network, why in _REFUSED_V6:
        if reached in network:
            return why
    return None if reached in _GLOBAL_V6 else "not global unicast"


def _inside(address: Address, networks: Sequence[Network]) -> bool:
    return any(address.version == network.version and address in network for network in networks)


def parse_networks(text: str) -> tuple[Network, ...]:
    """Networks from a comma- or space-separated list, as the configuration writes them. Raises ValueError."""
    return tuple(ip_network(part, strict=False) for part in re.split(r"[,\s]+", text.strip()) if part)


def normalise_host(raw: str) -> Address | str:
    """The address or the lower-case A-label name that a host spelling stands for. Raises `InvalidHostError`."""
    host = unquote(raw, errors="strict") if "%" in raw and not raw.startswith("[") else raw
    if host.startswith("["):
        if not host.endswith("]"):
            raise InvalidHostError("unclosed bracket")
        return _ipv6(host[1:-1])
    if ":" in host:
        raise InvalidHostError("colon in a name")
    try:
        # non-transitional UTS 46 maps case, width, circled digits and ideographic dots, and drops soft hyphens
        mapped = idna.uts46_remap(host, std3_rules=False, transitional=False)
    except (idna.IDNAError, UnicodeError) as error:
        raise InvalidHostError(str(error)[:120]) from error
    name = mapped.removesuffix(".")  # the root's dot changes neither the address nor the certificate
    if not name:
        raise InvalidHostError("empty")
    labels = name.split(".")
    if _is_number(labels[-1]):
        return _ipv4(labels)
    ascii_name = ".".join(_a_label(label) for label in labels)
    if len(ascii_name) > MAX_NAME:
        raise InvalidHostError("name too long")
    return ascii_name


# hostnames with underscores exist and resolve, although RFC 952 forbids them
_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)


def _a_label(label: str) -> str:
    if label.isascii():
        encoded = label.lower()
    else:
        try:
            encoded = idna.alabel(label).decode("ascii")
        except (idna.IDNAError, UnicodeError) as error:
            raise InvalidHostError(str(error)[:120]) from error
    if not _LABEL.fullmatch(encoded):
        raise InvalidHostError("label of forbidden characters or length")
    return encoded


def _ipv6(text: str) -> Address:
    try:
        address = IPv6Address(text)
    except ValueError as error:
        raise InvalidHostError("no IPv6 address") from error
    return address.ipv4_mapped or address


def _is_number(label: str) -> bool:
    return re.fullmatch(r"[0-9]+|0[xX][0-9a-fA-F]*", label, re.ASCII) is not None


def _ipv4(labels: list[str]) -> IPv4Address:
    """One to four decimal, octal or hexadecimal parts; the last one fills the rest (inet_aton, WHATWG)."""
    if len(labels) > 4:
        raise InvalidHostError("more than four numbers")
    numbers = [_number(label) for label in labels]
    if any(number > 255 for number in numbers[:-1]) or numbers[-1] >= 256 ** (5 - len(numbers)):
        raise InvalidHostError("number out of range")
    value = numbers[-1]
    for position, number in enumerate(numbers[:-1]):
        value += number * 256 ** (3 - position)
    return IPv4Address(value)


def _number(label: str) -> int:
    if len(label) > 64:  # an integer of a million digits is work, not an address
        raise InvalidHostError("number too long")
    try:
        if label[:2] in ("0x", "0X"):
            return int(label[2:] or "0", 16)
        if len(label) > 1 and label[0] == "0":
            return int(label, 8)
        if not (label.isascii() and label.isdigit()):
            raise InvalidHostError("name mixed with numbers")
        return int(label)
    except ValueError as error:
        raise InvalidHostError("no number") from error


def parse_address(text: str) -> Address:
    """An address as a resolver gives it. Raises ValueError."""
    return ip_address(text)
