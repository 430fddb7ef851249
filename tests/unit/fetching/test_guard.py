"""How addresses are read, joined and admitted."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest

from newswire.fetching.guard import RefusedError, admit, join_location, other_reading, parse_target
from newswire.fetching.policy import Policy
from newswire.ledger import Reason


@pytest.mark.parametrize(
    ("url", "meaning"),
    [
        ("http://Example.org", "http://example.org/"),
        ("HTTPS://example.org:443/a?b#c", "https://example.org/a?b"),
        ("http://example.org:080/", "http://example.org/"),
        ("http://example.org:8080?x", "http://example.org:8080/?x"),
        (" \n http://example.org/a\t/b\n ", "http://example.org/a/b"),
        ("http:\\\\example.org\\a", "http://example.org/a"),
        ("http:/example.org/a", "http://example.org/a"),
        ("http:////example.org/a", "http://example.org/a"),
        ("http://example.org/a/./b/../c", "http://example.org/a/c"),
        ("http://example.org/../../c/", "http://example.org/c/"),
        ("http://example.org/%2e%2E/%2e/c/..", "http://example.org/"),
        ("http://example.org/стаття?q=війна", "http://example.org/%D1%81%D1%82%D0%B0%D1%82%D1%82%D1%8F?q=%D0%B2%D1%96%D0%B9%D0%BD%D0%B0"),
        ("http://example.org/a b", "http://example.org/a%20b"),
        ("http://example.org/%D0%B0%zz", "http://example.org/%D0%B0%zz"),
        ("http://[2A00::1]:8080/", "http://[2a00::1]:8080/"),
        ("http://2130706433/", "http://127.0.0.1/"),
    ],
)  # fmt: skip
def test_reading(url: str, meaning: str) -> None:
    assert parse_target(url).url == meaning


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.org/", Reason.SCHEME),
        ("file:///etc/passwd", Reason.SCHEME),
        ("javascript:alert(1)", Reason.SCHEME),
        ("data:text/html,x", Reason.SCHEME),
        ("mailto:a@b.c", Reason.SCHEME),
        ("", Reason.BAD_URL),
        ("example.org/a", Reason.BAD_URL),
        ("//example.org/a", Reason.BAD_URL),
        ("http://", Reason.BAD_URL),
        ("http:///", Reason.BAD_URL),
        ("http://:80/", Reason.BAD_URL),
        ("http://user@/", Reason.BAD_URL),
        ("http://example.org:65536/", Reason.BAD_URL),
        ("http://example.org:99999999999/", Reason.BAD_URL),
        ("http://example.org:8o/", Reason.BAD_URL),
        ("http://exa mple.org/", Reason.BAD_URL),
        ("http://[::1/", Reason.BAD_URL),
        ("http://1.2.3.4.5/", Reason.BAD_URL),
        ("http://example.org/" + "a" * 9000, Reason.BAD_URL),
        ("http://%ff%fe/", Reason.BAD_URL),
    ],
)
def test_what_cannot_be_read(url: str, reason: Reason) -> None:
    with pytest.raises(RefusedError) as refused:
        parse_target(url)
    assert refused.value.reason is reason
    assert "\n" not in refused.value.detail


def test_control_characters_never_reach_the_request() -> None:
    target = parse_target("http://example.org/a\x00b\x7f?c\x1bd")
    assert target.path == "/a%00b%7F?c%1Bd"
    assert parse_target("http://example.org/a\r\nX-Injected: 1").path == "/aX-Injected:%201"


def test_credentials_are_noted_and_not_kept() -> None:
    target = parse_target("http://user:secret@example.org/a")
    assert target.has_credentials
    assert "secret" not in repr(target)


@pytest.mark.parametrize(
    ("location", "meaning"),
    [
        (b"http://other.example/x", "http://other.example/x"),
        (b"//other.example/x", "https://other.example/x"),
        (b"\\\\other.example/x", "https://other.example/x"),
        (b"/x", "https://example.org/x"),
        (b"x", "https://example.org/a/x"),
        (b"../x", "https://example.org/x"),
        (b"?y=1", "https://example.org/a/b?y=1"),
        (b"#part", "https://example.org/a/b?q"),
        (b"", "https://example.org/a/b?q"),
        (b" /x \t", "https://example.org/x"),
        (b"https:x", "https://example.org/a/x"),
        (b"https:/x", "https://x/"),
        ("/лента".encode(), "https://example.org/%D0%BB%D0%B5%D0%BD%D1%82%D0%B0"),
        ("/лента".encode("cp1251"), "https://example.org/%EB%E5%ED%F2%E0"),
        (b"/a%20b c", "https://example.org/a%20b%20c"),
        ("http://мвс.укр/x".encode(), "http://xn--b1atq.xn--j1amh/x"),
    ],
)
def test_locations(location: bytes, meaning: str) -> None:
    base = parse_target("https://example.org/a/b?q")
    assert parse_target(join_location(base, location)).url == meaning


@pytest.mark.parametrize("location", [b"javascript:alert(1)", b"file:///etc/passwd", b"ftp://127.0.0.1/x"])
def test_locations_of_other_schemes(location: bytes) -> None:
    with pytest.raises(RefusedError) as refused:
        parse_target(join_location(parse_target("https://example.org/"), location))
    assert refused.value.reason is Reason.SCHEME


def test_schools_of_parsing_disagree_about_backslashes() -> None:
    assert other_reading("http://127.0.0.1\\@127.0.0.2/x") == "http://127.0.0.2/"
    assert other_reading("http://127.0.0.1/\\@127.0.0.2/x") is None
    assert other_reading("http://user@127.0.0.2/x") is None


POLICY = Policy(allowed_networks=(ip_network("127.0.0.2/32"),), allowed_ports=frozenset({80, 443, 8700}))


@pytest.mark.parametrize(
    ("url", "addresses", "reason"),
    [
        ("http://a.example/", ["10.0.0.1"], Reason.INTERNAL_ADDRESS),
        ("http://a.example/", ["10.0.0.1", "::1"], Reason.INTERNAL_ADDRESS),
        ("http://a.example/", [], Reason.INTERNAL_ADDRESS),
        ("http://u:p@a.example/", ["10.0.0.1"], Reason.INTERNAL_ADDRESS),
        ("http://a.example:22/", ["10.0.0.1"], Reason.INTERNAL_ADDRESS),
        ("http://u:p@a.example:22/", ["1.1.1.1"], Reason.CREDENTIALS),
        ("http://a.example:22/", ["1.1.1.1"], Reason.PORT),
        ("https://a.example:25/", ["1.1.1.1"], Reason.PORT),
    ],
)
def test_what_is_not_admitted(url: str, addresses: list[str], reason: Reason) -> None:
    with pytest.raises(RefusedError) as refused:
        admit(parse_target(url), [ip_address(address) for address in addresses], POLICY)
    assert refused.value.reason is reason


def test_what_is_admitted() -> None:
    target = parse_target("http://a.example:8700/")
    found = [ip_address(a) for a in ("10.0.0.1", "::ffff:1.1.1.1", "1.1.1.1", "2a00:1450::1", "127.0.0.2")]
    assert [str(address) for address in admit(target, found, POLICY)] == ["1.1.1.1", "2a00:1450::1", "127.0.0.2"]
