"""The product under fire: the real command against the shared hostile server, and what its ledger says afterwards.

One database takes everything. Feeds that break their host for everybody (429, failures in a row) have a host to
themselves in each round; between rounds the pauses are lifted by hand, so that nobody waits an hour for them.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from hostile.ledger_expectations import article_mismatch, feed_mismatch, host_mismatch
from hostile.politeness import politeness
from hostile.product import OwnFeeds, Product
from hostile.shared_suite import EXPLAINED, PORTS, TOKEN, Row, free_ports, read_rows

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("NEWSWIRE_SHARED") or ROOT.parent / "shared")
SERVER = SHARED / "hostile" / "hostile_server.py"
GAP = 0.55
"""Seconds between requests to one host: one of the suite's hosts complains below half a second."""
PLAIN = range(31, 49)
"""Hosts without a character of their own."""
OWN = "127.0.0.3"
"""Where our own well-behaved feeds are served, listing the suite's articles."""
TOO_LONG = 300
FLAKY = "host-flaky-30pct"
"""The host that answers 503 three times out of ten, by chance."""
TRIES = 12
"""Of its feed: all of them fail once in two million runs."""

pytestmark = pytest.mark.skipif(not SERVER.exists(), reason="the shared hostile suite is not on this machine")


def breaks_its_host(row: Row) -> bool:
    """Whether a case may pause the host for the cases after it."""
    return row.expected.startswith("RETRY") or row.expected in {"FEED_REJECT:timeout", "FEED_REJECT:reset"}


@dataclass
class Fire:
    """What happened: rows of the ledger, by what they are about."""

    rows: list[Row]
    product: Product
    address: dict[str, str]
    """The address that was asked for each case."""
    log: list[dict[str, Any]] = field(default_factory=list)
    pauses: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    """Until when each host was paused, as every round left it."""
    seconds: float = 0.0

    def polls(self) -> dict[str, list[dict[str, Any]]]:
        found = defaultdict(list)
        for poll in self.product.rows(
            "select o.name, p.* from news.polls p join news.feeds f using (feed_id) join news.outlets o using (outlet_id)"
            " order by p.polled_at"
        ):
            found[poll["name"]].append(poll)
        return found

    def feeds(self) -> dict[str, dict[str, Any]]:
        rows = self.product.rows("select o.name, f.* from news.feeds f join news.outlets o using (outlet_id)")
        return {row["name"]: row for row in rows}

    def urls(self) -> dict[str, dict[str, Any]]:
        """The ledger's line of every URL with the newest text of its article, by the address that was listed."""
        rows = self.product.rows(
            "select u.*, l.listed_url, a.gone_at, a.story_id, r.text, r.paywalled from news.urls u"
            " join news.listings l using (url_id) left join news.articles a using (url_id)"
            " left join lateral (select text, paywalled from news.revisions r where r.article_id = a.article_id"
            " order by number desc limit 1) r on true"
        )
        return {row["listed_url"]: row for row in rows}


@pytest.fixture(scope="module")
def fire(postgres: Any, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fire]:
    folder = tmp_path_factory.mktemp("fire")
    port = free_ports(PORTS)
    command = [sys.executable, str(Path(__file__).with_name("shared_server.py")), str(SERVER), "--port", str(port)]
    command += ["--work", str(folder), "--log", "none", "--max-seconds", "900"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert server.stdout is not None
        assert b"ready" in server.stdout.readline()
        with OwnFeeds(OWN) as own:
            options = [f"--allow-network=127.0.0.{n}" for n in range(2, 51)]
            options += ["--deny-network=127.0.0.1/32", "--min-gap", str(GAP), "--ca-file", str(folder / "ca.pem")]
            options += [f"--allow-port={n}" for n in (80, 443, own.port, port, *range(port + 2, port + PORTS))]
            database_url = postgres.create_database("under_fire", template=template)
            rows = read_rows(SERVER.with_name("cases.csv"))
            started = time.monotonic()
            token = {"NEWSWIRE_PRODUCT_TOKEN": TOKEN}
            fire = Fire(rows, Product(database_url, folder, options, token), {})
            go_through(fire, own, port)
            fire.seconds = time.monotonic() - started
            with urllib.request.urlopen(f"http://127.0.0.2:{port}/__ctl/log", timeout=30) as answer:
                fire.log = [json.loads(line) for line in answer.read().decode().split("\n")]
            yield fire
    finally:
        server.terminate()
        server.wait(10)


def go_through(fire: Fire, own: OwnFeeds, port: int) -> None:
    """Poll everything once; what breaks hosts, host by host; what needs a second look, twice."""
    feeds = [row for row in fire.rows if row.kind == "feed" and row.expected != "HOST:syndication"]
    for number, row in enumerate(row for row in fire.rows if row.kind != "host"):
        fire.address[row.case_id] = _address(row, port, PLAIN[number % len(PLAIN)])
    bad = [row for row in feeds if breaks_its_host(row) or row.category == "tls"]
    easy = [(row.case_id, fire.address[row.case_id]) for row in feeds if row not in bad]
    easy += [(row.case_id, fire.address[row.case_id]) for row in fire.rows if row.expected == "HOST:syndication"]
    for row in fire.rows:
        if row.kind == "host" and "[::1]" not in row.path:
            base = _address(row, port, 0).rstrip("/")
            easy.append((row.case_id, f"{base}/feed.xml"))
            own.feeds[row.case_id] = [f"{base}/private/x"]
            easy.append((f"{row.case_id} private", own.url(row.case_id)))
    own.feeds["articles"] = [fire.address[row.case_id] for row in fire.rows if row.kind == "article"]
    easy.append(("articles", own.url("articles")))
    fire.product.ingest(easy)
    _lift_pauses(fire)
    for start in range(0, len(bad), len(PLAIN)):
        some = bad[start : start + len(PLAIN)]
        for row, host in zip(some, PLAIN, strict=False):
            fire.address[row.case_id] = _address(row, port, host)
        fire.product.ingest([(row.case_id, fire.address[row.case_id]) for row in some])
        _lift_pauses(fire)
    # Articles are looked at again: by their revisit, and because the feed says that they changed.
    for _ in range(2):
        own.version += 1
        # A feed that announces a change again so soon is believed after a while only.
        fire.product.rows("update news.urls set settled_at = settled_at - interval '1 day' where state = 'published'")
        twice = [
            fire.address[row.case_id]
            for row in feeds
            if row.expected == "NOT_MODIFIED" or "version" in row.expected_detail or row.case_id.startswith("http-etag")
        ]
        chosen = [argument for url in (*twice, own.url("articles")) for argument in ("--feed", url)]
        fire.product.ingest([("articles", own.url("articles"))], "--force", *chosen)
        _lift_pauses(fire)
    _insist(fire)
    for row in fire.rows:
        if "[::1]" in row.path:
            base = _address(row, port, 0).rstrip("/")
            fire.product.ingest(
                [(row.case_id, f"{base}/feed.xml")], "--allow-network=::1/128", f"--feed={base}/feed.xml"
            )


def _insist(fire: Fire) -> None:
    """Poll the host that fails by chance again, as the hours would, until its feed has been read."""
    (flaky,) = [feed for name, feed in fire.feeds().items() if name == FLAKY]
    for _ in range(TRIES):
        if [poll for poll in fire.polls()[FLAKY] if poll["outcome"] != "failed"]:
            break
        fire.product.ingest([(FLAKY, flaky["url"])], "--force", f"--feed={flaky['url']}")
        _lift_pauses(fire)


def _lift_pauses(fire: Fire) -> None:
    for row in fire.product.rows("select host, paused_until from news.hosts where paused_until is not null"):
        fire.pauses[row["host"]].append(row["paused_until"])
    fire.product.rows("update news.hosts set paused_until = null")


def _address(row: Row, port: int, host: int) -> str:
    text = re.sub(r"PORT\+?(\d*)", lambda match: str(port + int(match[1] or 0)), row.path)
    if text.startswith("/"):
        text = f"http://127.0.0.{host}:{port}{text}"
    return f"{text}{'&' if '?' in text else '?'}s={row.case_id}" if row.kind != "host" else text


def test_every_case_ends_in_the_ledger_as_expected(fire: Fire) -> None:
    polls, feeds, urls = fire.polls(), fire.feeds(), fire.urls()
    by_address = {row["listed_url"].partition("?s=")[0]: row for row in urls.values()}
    outcomes = {}
    for row in fire.rows:
        name = row.case_id
        if row.kind == "article":
            found = urls.get(fire.address[name])
            outcomes[name] = article_mismatch(row.expected, row.expected_detail, found)
        elif row.expected in {"HOST:syndication", "HOST:circuit-open"}:
            continue  # tests of their own
        elif row.kind == "host":
            base = feeds[name]["url"].removesuffix("/feed.xml")
            pages = {path: by_address.get(base + path) for path in ("/a/1", "/a/2", "/private/x")}
            outcomes[name] = host_mismatch(row.expected, {path: page for path, page in pages.items() if page})
        else:
            outcomes[name] = feed_mismatch(row.expected, row.expected_detail, polls[name], feeds[name])
            if outcomes[name] and polls[name]:
                last = polls[name][0]
                outcomes[name] = f"{outcomes[name]}; poll: {last['outcome']} {last['reason']} {last['detail']}"
    print(f"{sum(miss is None for miss in outcomes.values())} of {len(outcomes)} as expected in {fire.seconds:.0f} s")
    misses = {name: miss for name, miss in outcomes.items() if miss and name not in EXPLAINED}
    assert misses == {}


def test_the_ledger_adds_up_and_nothing_is_left(fire: Fire) -> None:
    assert [run.exit_code for run in fire.product.runs] == [0] * len(fire.product.runs), fire.product.runs[0].errors
    assert all(run.ledger["ledger"]["adds_up"] for run in fire.product.runs)
    assert [run.left_running for run in fire.product.runs] == [[]] * len(fire.product.runs)
    assert fire.product.rows("select host from news.hosts where lease_until > now()") == []


def test_it_is_quick_and_small(fire: Fire) -> None:
    runs = [(round(run.seconds), round(run.peak_mb), round(run.peak_tree_mb)) for run in fire.product.runs]
    print("seconds, MB of the fetching process, MB of all processes:", runs)
    assert max(run.peak_mb for run in fire.product.runs) < 400
    assert fire.seconds < TOO_LONG


def test_nobody_has_a_reason_to_block_us(fire: Fire) -> None:
    # Each run is a process of its own and asks each robots.txt through the shared cache: once per host in all.
    assert politeness(fire.log, GAP) == []


def test_what_is_stored_is_clean(fire: Fire) -> None:
    bad = "[\\u0001-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069\\ufeff]"
    columns = fire.product.rows(
        "select c.table_name as t, c.column_name as c, c.data_type as d from information_schema.columns c"
        " join information_schema.tables using (table_schema, table_name)"
        " where table_schema = 'news' and table_type = 'BASE TABLE' and c.data_type in ('text', 'ARRAY', 'jsonb')"
    )
    assert len(columns) > 50
    found = []
    for column in columns:
        query = f'select count(*) as n from news."{column["t"]}" where "{column["c"]}"::text ~ %(bad)s'
        if fire.product.rows(query, bad=bad)[0]["n"]:
            found.append(f"{column['t']}.{column['c']}")
    assert found == []
    secrets = fire.product.rows(
        "select url_id from news.urls where fetch_url || coalesce(detail, '') like '%%secret%%'"
    )
    assert secrets == []


def test_a_wire_story_of_five_outlets_is_five_articles_and_one_story(fire: Fire) -> None:
    rows = fire.product.rows(
        "select u.canonical_url, a.story_id from news.urls u join news.articles a using (url_id)"
        " where u.host = any(%(hosts)s) and u.canonical_url like '%%/a/1' and u.state = 'published'",
        hosts=[f"127.0.0.{n}" for n in range(21, 26)],
    )
    assert len(rows) == 5
    assert len({row["story_id"] for row in rows}) == 1


def test_a_dead_host_is_paused_and_its_pages_wait_without_using_up_attempts(fire: Fire) -> None:
    rows = fire.product.rows(
        "select state, reason, attempts, due_at > now() as later from news.urls where host = '127.0.0.30'"
    )
    waiting = [row for row in rows if row["reason"] == "host-paused"]
    assert fire.pauses["127.0.0.30"]
    assert waiting
    assert {row["attempts"] for row in waiting} == {0}
    assert not [row for row in rows if row["state"] == "failed"]


def test_too_many_requests_pause_the_host_and_not_the_feed(fire: Fire) -> None:
    feeds, polls = fire.feeds(), fire.polls()
    for case, seconds in (("http-429-seconds", 120), ("http-429-date", 90), ("http-429-huge", 86_400)):
        asked = polls[case][0]["polled_at"]
        waits = [(until - asked).total_seconds() for until in fire.pauses[feeds[case]["host"]]]
        assert any(seconds - 2 < wait < seconds + 5 for wait in waits), (case, waits)
        assert feeds[case]["status"] == "active"


def test_a_live_story_is_one_article(fire: Fire) -> None:
    rows = fire.product.rows(
        "select distinct l.url_id from news.listings l join news.feeds f using (feed_id) join news.outlets o using (outlet_id)"
        " where o.name = 'id-guid-reused'"
    )
    assert len(rows) == 1


def test_robots_txt_is_asked_again_within_a_day(fire: Fire) -> None:
    rows = fire.product.rows(
        "select origin from news.robots where expires_at > fetched_at + interval '24 hours 1 second'"
    )
    assert rows == []
