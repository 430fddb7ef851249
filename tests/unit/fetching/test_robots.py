"""robots.txt: RFC 9309 in tables, beside Protego where both should agree, and in the hands of a fuzzer."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta

import protego
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswire.fetching.policy import Kind, Policy
from newswire.fetching.robots import (
    RobotsState,
    absent,
    found,
    normalise_path,
    parse_robots,
    permission,
    unreachable,
)
from newswire.fetching.stores import MemoryStore
from newswire.ledger import Reason

TOKEN = "Newswire"
NOW = datetime(2026, 9, 20, 8, 0, tzinfo=UTC)
POLICY = Policy()


def allows(text: str | bytes, path: str, token: str = TOKEN) -> bool:
    body = text if isinstance(text, bytes) else text.encode()
    return parse_robots(body, token).allows(path)


@pytest.mark.parametrize(
    ("rules", "allowed", "refused"),
    [
        ("Disallow: /", [], ["/", "/a"]),
        ("Disallow:", ["/", "/a"], []),
        ("Disallow: /a", ["/", "/b", "/A"], ["/a", "/abc", "/a/b?c"]),
        ("Disallow: /a/\nAllow: /a/1$", ["/a/1", "/a", "/b"], ["/a/", "/a/2", "/a/1/x", "/a/1?x"]),
        ("Allow: /p\nDisallow: /", ["/p", "/page"], ["/", "/q"]),
        ("Disallow: /x\nAllow: /x", ["/x"], []),  # a tie goes to Allow
        ("Disallow: /*.pdf$", ["/a.pdf?x", "/a.pdfx"], ["/a.pdf", "/b/c.pdf"]),
        ("Disallow: /*?", ["/a"], ["/a?b", "/?"]),
        ("Disallow: *secret", ["/public"], ["/a/secret/b"]),
        ("Disallow: /a*b*c$", ["/acb", "/abcd"], ["/abc", "/axbxc", "/abcbc"]),
        ("Disallow: /$", ["/a"], ["/"]),
        ("Disallow: /стаття", ["/інше"], ["/стаття/1", "/%D1%81%D1%82%D0%B0%D1%82%D1%82%D1%8F"]),
        ("Disallow: /%d1%81", ["/a"], ["/с", "/%D1%81x"]),
        ("Disallow: /a%2Fb", ["/a/b"], ["/a%2fb"]),
        ("Disallow: /%61bc", ["/b"], ["/abc"]),
        ("Disallow: /~x", ["/x"], ["/%7Ex", "/~x"]),
        ("disallow : /a # comment", ["/b"], ["/a"]),
        ("Disallow: http://example.org/a", ["/a"], []),  # no path, so no rule
        ("Disallow: /a\nDisallow: /b\n\n\nDisallow: /c", ["/d"], ["/a", "/b", "/c"]),
        ("Noindex: /a\nSitemap: /x", ["/a"], []),
    ],
)
def test_rules(rules: str, allowed: list[str], refused: list[str]) -> None:
    for ends in ("\n", "\r\n", "\r"):
        text = ("User-agent: *\n" + rules).replace("\n", ends)
        assert [path for path in allowed if not allows(text, path)] == []
        assert [path for path in refused if allows(text, path)] == []
    assert allows("User-agent: *\n" + rules, "/robots.txt")


GROUPS = """
Disallow: /before-any-group
User-agent: *
Disallow: /all
User-agent: NEWSWIRE/2.1
User-agent: other
Crawl-delay: 2.5
Disallow: /both
Sitemap: https://example.org/sitemap.xml
Disallow: /still

User-agent: newswire
Disallow: /again
User-agent: newswirebot
Disallow: /another-bot
"""


def test_groups() -> None:
    ours = parse_robots(GROUPS.encode(), TOKEN)
    assert ours.names_us
    assert ours.crawl_delay == 2.5
    allowed = {path: ours.allows(path) for path in ("/all", "/both", "/still", "/again", "/another-bot")}
    assert allowed == {"/all": True, "/both": False, "/still": False, "/again": False, "/another-bot": True}
    everybody = parse_robots(GROUPS.encode(), "Unnamed")
    assert not everybody.names_us
    assert everybody.crawl_delay is None
    assert not everybody.allows("/all")
    assert everybody.allows("/before-any-group")


@pytest.mark.parametrize(
    ("value", "delay"),
    [
        ("2", 2.0),
        ("0.5", 0.5),
        ("", None),
        ("-1", None),
        ("soon", None),
        ("1e9", None),
        ("999999", 86_400.0),
        ("٣", None),
    ],
)
def test_crawl_delay(value: str, delay: float | None) -> None:
    assert parse_robots(f"User-agent: *\nCrawl-delay: {value}".encode(), TOKEN).crawl_delay == delay


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!doctype html><html><body>Disallow: everything</body></html>",
        b"\xff\xfe\x00" * 1000,
        b"\0" * 1000,
        b"Disallow: /a",
        b"User-agent\nDisallow",
        b":" * 1000,
    ],
)
def test_what_is_no_robots_file_restricts_nothing(body: bytes) -> None:
    assert allows(body, "/a")


def test_noise_around_a_rule() -> None:
    rule = b"User-agent: *\nDisallow: /private\n"
    for body in (
        b"\xef\xbb\xbf" + rule,
        "# комментарий\n".encode("cp1251") + rule,
        rule.decode().encode("utf-16"),
        b"Useragent: *\nDisalow: /private\n",
        b"User-agent: *\n\0\0\n" + b"X" * 100_000 + b": y\nDisallow: /private\n",
        rule + b"# padding\n" * 200_000,
        b"User-agent: *\nDisallow: /" + b"x" * 100_000 + b"\nDisallow: /private\n",
    ):
        assert not allows(body, "/private/x")
        assert allows(body, "/public")


def test_the_line_that_is_cut_off_counts_for_nothing() -> None:
    head = b"User-agent: *\nDisallow: /private\n"
    cut = head + b"#" * (512 * 1024 - len(head) - 11) + b"\nDisallow: /abc/only-this\n"
    assert cut[: 512 * 1024].endswith(b"Disallow: ") or b"Disallow: /" in cut[512 * 1024 - 12 :]
    assert allows(cut, "/abc/other")
    assert not allows(cut, "/private")


def test_wildcards_cost_no_more_than_their_length() -> None:
    evil = "User-agent: *\n" + ("Disallow: /" + "*a" * 1000 + "*b\n") * 100
    rules = parse_robots(evil.encode(), TOKEN)
    started = time.process_time()
    assert rules.allows("/" + "a" * 4000)
    assert time.process_time() - started < 2


PATHS = st.text(alphabet="/ab.?=%2F*$&é", max_size=12).map(lambda text: "/" + text)
RULE_LINES = st.lists(st.tuples(st.sampled_from(["Allow", "Disallow"]), PATHS), max_size=6)


@given(RULE_LINES, st.text(alphabet="/ab.", max_size=10).map(lambda text: "/" + text))
def test_beside_protego(rules: list[tuple[str, str]], path: str) -> None:
    """On plain ASCII patterns both must agree (percent-encoding is treated more strictly here, see RFC 9309, 2.2.2)."""
    plain = [(verb, pattern) for verb, pattern in rules if pattern.isascii() and not set(pattern) & set("%?=&$")]
    text = "User-agent: *\n" + "".join(f"{verb}: {pattern}\n" for verb, pattern in plain)
    assert allows(text, path) == protego.Protego.parse(text).can_fetch(f"http://example.org{path}", TOKEN)


@given(st.binary(max_size=500) | st.text(alphabet="User-agent: *\nDisallow/$%\x00\r#newswireCrawl09", max_size=300))
def test_any_file(body: bytes | str) -> None:
    rules = parse_robots(body if isinstance(body, bytes) else body.encode(), TOKEN)
    for path in ("/", "/a?b=c", "/%zz", "/é"):
        assert rules.allows(path) in (True, False)


@given(st.text(max_size=40))
def test_normalising_a_path_twice_changes_nothing(path: str) -> None:
    once = normalise_path("/" + path)
    assert normalise_path(once) == once
    assert once.isascii()


# -- what is kept, and what it permits

ORIGIN = "https://example.org"
RULES = b"User-agent: *\nDisallow: /private\nCrawl-delay: 3\n"


def test_a_found_file() -> None:
    record = found(ORIGIN, RULES, max_age=None, now=NOW, policy=POLICY)
    assert record.expires_at == NOW + timedelta(days=1)
    assert permission(record, "/a", Kind.PAGE, now=NOW, policy=POLICY).refusal is None
    assert permission(record, "/a", Kind.PAGE, now=NOW, policy=POLICY).crawl_delay == 3
    assert permission(record, "/private", Kind.PAGE, now=NOW, policy=POLICY).refusal is Reason.ROBOTS
    assert permission(record, "/private", Kind.FEED, now=NOW, policy=POLICY).refusal is None


@pytest.mark.parametrize(("max_age", "kept"), [(0, 60), (3600, 3600), (10**9, 86_400), (None, 86_400)])
def test_how_long_it_is_kept(max_age: float | None, kept: float) -> None:
    record = found(ORIGIN, RULES, max_age=max_age, now=NOW, policy=POLICY)
    assert (record.expires_at - NOW).total_seconds() == kept


@pytest.mark.parametrize(("delay", "kept"), [(20, 60), (120, 360), (86_400, 259_200)])
def test_it_outlives_the_delay_that_it_asks_for(delay: int, kept: int) -> None:
    """Else the page that waits for the delay finds the file stale, and waits again, for ever."""
    record = found(ORIGIN, b"User-agent: *\nCrawl-delay: %d\n" % delay, max_age=0, now=NOW, policy=POLICY)
    assert (record.expires_at - NOW).total_seconds() == kept


def test_no_file() -> None:
    record = absent(ORIGIN, "404", now=NOW, policy=POLICY)
    assert record.state is RobotsState.NONE
    assert permission(record, "/private", Kind.PAGE, now=NOW, policy=POLICY).refusal is None


def test_an_unreachable_file() -> None:
    record = unreachable(ORIGIN, "503", previous=None, wait=None, now=NOW, policy=POLICY)
    denied = permission(record, "/a", Kind.PAGE, now=NOW, policy=POLICY)
    assert (denied.refusal, denied.retry_after) == (Reason.ROBOTS_UNREACHABLE, POLICY.robots_retry)
    assert permission(record, "/a", Kind.FEED, now=NOW, policy=POLICY).refusal is None


def test_an_unreachable_file_that_was_known() -> None:
    known = found(ORIGIN, RULES, max_age=None, now=NOW, policy=POLICY)
    later = NOW + timedelta(hours=23)
    record = unreachable(ORIGIN, "503", previous=known, wait=None, now=later, policy=POLICY)
    assert permission(record, "/a", Kind.PAGE, now=later, policy=POLICY).refusal is None
    assert permission(record, "/private", Kind.PAGE, now=later, policy=POLICY).refusal is Reason.ROBOTS
    too_late = NOW + timedelta(hours=25)
    assert permission(record, "/a", Kind.PAGE, now=too_late, policy=POLICY).refusal is Reason.ROBOTS_UNREACHABLE


def test_the_store_is_bounded() -> None:
    async def fill() -> tuple[object, object]:
        store = MemoryStore(max_bytes=10_000)
        for n in range(50):
            await store.put(str(n), found(str(n), b"x" * 1000, max_age=None, now=NOW, policy=POLICY))
        return await store.get("0"), await store.get("49")

    first, last = asyncio.run(fill())
    assert first is None
    assert last is not None
