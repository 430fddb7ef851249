"""Spellings of hosts, and which addresses may be connected to."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest

from newswire.fetching.addresses import InvalidHostError, classify_address, normalise_host, parse_networks

LOOPBACK = IPv4Address("127.0.0.1")


@pytest.mark.parametrize(
    "spelling",
    [
        "127.0.0.1", "127.0.0.1.", "127.1", "127.0.1", "2130706433", "0x7f000001", "0X7F000001", "0x7f.0.0.1",
        "0177.0.0.1", "0177.0x0.0.1", "017700000001", "127.0.0.0x1", "１２７.０.０.１", "①②⑦.⓪.⓪.①", "127。0。0。1",
        "127．0．0．1", "127｡0｡0｡1", "%31%32%37.0.0.1", "12\u00ad7.0.0.1", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:7f00:0001]", "[::FFFF:127.0.0.1]",
    ],
)  # fmt: skip
def test_every_spelling_of_loopback(spelling: str) -> None:
    assert normalise_host(spelling) == LOOPBACK


@pytest.mark.parametrize(
    ("spelling", "meaning"),
    [
        ("0", IPv4Address("0.0.0.0")),
        ("0.0.0.0", IPv4Address("0.0.0.0")),
        ("4294967295", IPv4Address("255.255.255.255")),
        ("1.65535", IPv4Address("1.0.255.255")),
        ("1.2.65535", IPv4Address("1.2.255.255")),
        ("0x", IPv4Address("0.0.0.0")),
        ("[::1]", IPv6Address("::1")),
        ("[2a00:1450::1]", IPv6Address("2a00:1450::1")),
        ("Example.ORG.", "example.org"),
        ("украина.ру", "xn--80aaxgrpt.xn--p1ag"),
        ("пошта.УКР", "xn--80a1acn3a.xn--j1amh"),
        ("münchen.de", "xn--mnchen-3ya.de"),
        ("faß.de", "xn--fa-hia.de"),
        ("a_b.example.org", "a_b.example.org"),
        ("1.2.3.example", "1.2.3.example"),
        ("exa\u00admple.org", "example.org"),
        ("①example.org", "1example.org"),
        ("localhost", "localhost"),
        ("[fe80::1%25eth0]", IPv6Address("fe80::1%25eth0")),
    ],
)
def test_what_a_spelling_means(spelling: str, meaning: object) -> None:
    assert normalise_host(spelling) == meaning


@pytest.mark.parametrize(
    "spelling",
    [
        "", ".", "..", "a..b", "1.2.3.4.5", "256.0.0.1", "1.2.3.256", "4294967296", "0x100000000", "08.0.0.1",
        "1.2.3.09",
        "a.b.3", "[::1", "[not]", "::1", "a b.example", "a/b", "a@b", "exam\x00ple.org",
        "-a.example", "a-.example", "x" * 64 + ".example", ".".join(["a" * 60] * 5), "9" * 5000, "xn--zzzz\u0301.de",
        "%ff.example", "exa<mple>.org", "\u202eexample.org",
    ],
)  # fmt: skip
def test_what_is_no_host(spelling: str) -> None:
    with pytest.raises((InvalidHostError, UnicodeDecodeError)):
        normalise_host(spelling)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("127.0.0.1", "loopback"), ("127.255.255.254", "loopback"), ("::1", "loopback"),
        ("0.0.0.0", "this network"), ("0.1.2.3", "this network"), ("::", "unspecified"),
        ("10.0.0.1", "private"), ("10.255.255.255", "private"), ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.168.0.1", "private"), ("100.64.0.1", "carrier-grade NAT"), ("100.127.255.255", "carrier-grade NAT"),
        ("100.100.100.200", "carrier-grade NAT"),  # the metadata service of one cloud
        ("169.254.169.254", "link-local"), ("169.254.0.1", "link-local"), ("fe80::1", "link-local"),
        ("168.63.129.16", "cloud metadata"), ("192.0.0.192", "protocol assignment"),
        ("192.0.2.1", "documentation"), ("198.51.100.7", "documentation"), ("203.0.113.9", "documentation"),
        ("192.88.99.1", "6to4 relay"), ("198.18.0.1", "benchmarking"), ("198.19.255.255", "benchmarking"),
        ("224.0.0.1", "multicast"), ("239.255.255.255", "multicast"), ("ff02::1", "multicast"),
        ("240.0.0.1", "reserved"), ("255.255.255.255", "reserved"),
        ("fc00::1", "unique local"), ("fd00:ec2::254", "unique local"), ("fec0::1", "site-local"),
        ("2001:db8::1", "documentation"), ("3fff::1", "documentation"), ("100::1", "discard"),
        ("::ffff:127.0.0.1", "loopback"), ("::ffff:169.254.169.254", "link-local"), ("::ffff:10.0.0.1", "private"),
        ("::127.0.0.1", "IPv4-compatible"), ("::ffff:0:127.0.0.1", "IPv4-translated"),
        ("64:ff9b::7f00:1", "loopback"), ("64:ff9b::a9fe:a9fe", "link-local"), ("64:ff9b:1::1", "local-use NAT64"),
        ("2002:7f00:1::", "6to4"), ("2002:a9fe:a9fe::1", "6to4"), ("2001:0:7f00:1::1", "Teredo"),
        ("2001:10::1", "protocol assignment"), ("4000::1", "not global unicast"), ("5f00::1", "not global unicast"),
        ("fe80::1%eth0", "scoped"), ("2a00:1450::1%eth0", "scoped"),
    ],
)  # fmt: skip
def test_what_is_refused(address: str, why: str) -> None:
    assert classify_address(ip_address(address)) == why


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1", "126.255.255.255", "128.0.0.1",
        "172.15.255.255", "172.32.0.1", "192.167.255.255", "192.169.0.1", "198.17.255.255", "198.20.0.1",
        "223.255.255.255", "2a00:1450:4001::1", "2606:4700::1", "64:ff9b::101:101", "::ffff:1.1.1.1",
    ],
)  # fmt: skip
def test_what_is_allowed(address: str) -> None:
    assert classify_address(ip_address(address)) is None


def test_a_test_network_can_be_allowed_and_a_global_one_denied() -> None:
    allowed = (ip_network("127.0.0.2/31"),)
    assert classify_address(ip_address("127.0.0.2"), allowed=allowed) is None
    assert classify_address(ip_address("::ffff:127.0.0.3"), allowed=allowed) is None
    assert classify_address(ip_address("127.0.0.1"), allowed=allowed) == "loopback"
    denied = (ip_network("1.1.1.0/24"), ip_network("127.0.0.2/32"))
    assert classify_address(ip_address("1.1.1.1"), denied=denied) == "denied by configuration"
    assert classify_address(ip_address("127.0.0.2"), allowed=allowed, denied=denied) == "denied by configuration"
    assert classify_address(ip_address("64:ff9b::101:101"), denied=denied) == "denied by configuration"


def test_our_table_agrees_with_the_standard_library_where_that_refuses() -> None:
    # the library's `is_global` errs towards allowing (multicast, metadata); never may we allow what it refuses
    for text in ("10.1.1.1", "127.1.1.1", "192.0.2.5", "198.18.5.5", "240.1.1.1", "fc00::5", "2001:db8::5", "100::5"):
        assert not ip_address(text).is_global
        assert classify_address(ip_address(text)) is not None


def test_networks_are_read_from_configuration() -> None:
    assert parse_networks("10.0.0.0/8, fd00::/8 127.0.0.2") == (
        ip_network("10.0.0.0/8"), ip_network("fd00::/8"), ip_network("127.0.0.2/32"),
    )  # fmt: skip
    assert parse_networks(" ") == ()
    with pytest.raises(ValueError, match="appear"):
        parse_networks("ten")
