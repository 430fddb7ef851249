"""The command line: what people type, and what programs read from it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from conftest import ROOT

PARAGRAPH = (
    "Russian drones struck a substation in the Kharkiv region overnight, leaving forty thousand people without power, the "
    "regional governor Oleh Syniehubov said on Tuesday. Ukraine's air force said that it had shot down 41 of 60 drones. "
)
PAGE = """<!doctype html><html lang="en"><head><title>Drones \x1b[31mhit\x1b[0m substation | The Outlet</title>
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Drones hit substation near Kharkiv",
"datePublished": "2026-03-03T08:15:00+02:00", "author": {{"@type": "Person", "name": "Anna Example"}}}}</script></head>
<body><article><h1>Drones hit substation near Kharkiv</h1>{body}</article></body></html>"""


def newswire(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "newswire", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
        input=stdin,
        capture_output=True,
        text=True,
        timeout=240,
    )


def test_extract_prints_an_article_as_json(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE.format(body=f"<p>{PARAGRAPH * 4}</p>" * 3))
    done = newswire("extract", str(page), "--url", "https://outlet.example/2026/03/03/drones", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["title"] == "Drones hit substation near Kharkiv"
    assert found["authors"] == ["Anna Example"]
    assert found["published_at"] == "2026-03-03T08:15:00+02:00"
    assert found["language"] == "en"
    assert "substation" in found["text"]


def test_extract_reads_standard_input_and_escapes_what_a_terminal_would_obey() -> None:
    hostile = PAGE.format(body=f"<p>Red \x1b[31malert\x1b[0m \x9b31m. {PARAGRAPH * 4}</p>" * 3)
    done = newswire("extract", "-", "--url", "https://outlet.example/a/b", stdin=hostile)
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout
    assert "\x9b" not in done.stdout


def test_a_page_that_is_no_article_fails_with_its_reason() -> None:
    done = newswire("extract", "-", "--url", "https://outlet.example/a", "--json", stdin="%PDF-1.7 ...")
    assert done.returncode == 1
    assert "no article" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_an_address_that_is_none_is_refused() -> None:
    for address in ("notaurl", "file:///etc/hosts", "https://"):
        done = newswire("extract", "-", "--url", address, stdin=PAGE.format(body=f"<p>{PARAGRAPH * 4}</p>"))
        assert done.returncode == 2, address
        assert done.stdout == ""
        assert done.stderr.startswith("newswire: --url: "), done.stderr


def test_classify_answers_with_evidence_from_the_text() -> None:
    done = newswire("classify", "-", "--json", "--title", "Drones hit substation", stdin=PARAGRAPH)
    assert done.returncode == 0, done.stderr
    verdict = json.loads(done.stdout)
    assert verdict["label"] == "conflict"
    assert all(item["text"] in PARAGRAPH + "Drones hit substation" for item in verdict["evidence"])
    assert verdict["evidence"]


def test_classify_takes_json_lines() -> None:
    lines = [
        {"title": "Tram line", "text": "The council approved a new tram line to the university."},
        {"text": PARAGRAPH},
    ]
    done = newswire("classify", "-", "--json", stdin="\n".join(map(json.dumps, lines)))
    labels = [part for part in done.stdout.split("\n}\n") if part.strip()]
    assert done.returncode == 0, done.stderr
    assert len(labels) == 2


def test_classify_says_what_is_wrong_with_its_input() -> None:
    assert "the text is empty" in newswire("classify", "-", stdin="  \n").stderr
    assert "need a 'text' each" in newswire("classify", "-", stdin='{"title": "x"}').stderr


def test_migrate_is_idempotent_and_checkable(postgres: Any) -> None:
    url = postgres.create_database("migrate_me")
    assert newswire("migrate", "--check", "--database", url).returncode == 1
    assert "applied 0001-places" in newswire("migrate", "--database", url).stdout
    assert newswire("migrate", "--database", url).stdout.strip() == "up to date"
    assert newswire("migrate", "--check", "--database", url).returncode == 0


def test_status_of_an_empty_database(database_url: str) -> None:
    done = newswire("status", "--json", "--database", database_url)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["ledger"]["adds_up"] is True


def test_ingest_prints_the_ledger_as_json(database_url: str, newsroom: Any, catalogue_of: Any) -> None:
    done = newswire(
        "ingest", "--once", "--json", "--details", "--catalogue", str(catalogue_of(newsroom)), "--database", database_url,
        "--allow-network", "127.0.0.0/8", "--allow-port", str(newsroom.port), "--min-gap", "0.02",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["ledger"]["adds_up"] is True
    assert document["ledger"]["listed"] == len(document["urls"]) == newsroom.facts["listed"]
    assert {feed["outcome"] for feed in document["feeds"]} == {"parsed"}
    assert all(feed["next_poll_reason"] for feed in document["feeds"])
    assert all(url["reason"] for url in document["urls"] if url["state"] in ("skipped", "failed"))


def test_a_catalogue_of_nothing_is_no_good_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "feeds.csv"
    path.write_text("outlet,feed_url\n")
    done = newswire("catalogue", "check", str(path))
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == f"{path}: no usable row"


def test_a_wrong_name_or_limit_is_said(database_url: str) -> None:
    done = newswire("ingest", "--once", "--outlet", "NoSuch", "--database", database_url)
    assert (done.returncode, done.stdout) == (2, "")
    assert "the catalogue has no outlet 'NoSuch'" in done.stderr
    for limit in ("-3", "many"):
        done = newswire("ingest", "--once", "--limit", limit, "--database", database_url)
        assert done.returncode == 2
        assert "is no whole number of 0 or more" in done.stderr


def test_no_repeated_line_is_said(database_url: str) -> None:
    done = newswire("lines", "list", "--database", database_url)
    assert (done.returncode, done.stdout) == (
        0,
        "no line is known to repeat; maintain_database looks for them every night\n",
    )


def test_an_outage_is_said_on_the_terminal(database_url: str, tmp_path: Path) -> None:
    path = tmp_path / "feeds.csv"
    path.write_text("outlet,feed_url\nA,http://one.invalid/feed\n")
    done = newswire("ingest", "--once", "--catalogue", str(path), "--database", database_url)
    assert "newswire: 1 of 1 polls failed (dns): check this machine's network" in done.stderr


def test_the_default_refuses_loopback(database_url: str, newsroom: Any, catalogue_of: Any) -> None:
    done = newswire(
        "ingest", "--once", "--json", "--catalogue", str(catalogue_of(newsroom)), "--database", database_url,
    )  # fmt: skip
    assert {feed["reason"] for feed in json.loads(done.stdout)["feeds"]} <= {"port", "internal-address"}
    assert sum(host["requests"] for host in newsroom.get("stats")["hosts"].values()) == 0


def test_help_shows_examples() -> None:
    done = newswire("--help")
    assert "newswire ingest --catalogue feeds.csv" in done.stdout
    assert newswire("no-such-command").returncode == 2
