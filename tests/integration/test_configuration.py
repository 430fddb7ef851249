"""Bad configuration gets one line that says what and where; the rest goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from newswire.catalogue import CatalogueError, read_catalogue, sync
from newswire.config import ConfigError, load


def newswire(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("NEWSWIRE_")}
    return subprocess.run(
        [sys.executable, "-m", "newswire", *arguments],
        cwd=ROOT,
        env={**env, "PYTHONPATH": str(ROOT / "plugins"), **environ},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["status"], "no database: set NEWSWIRE_DATABASE_URL"),
        (["status", "--database", "mysql://x"], "must begin with postgresql://"),
        (["status", "--database", "postgresql://nobody@127.0.0.1:1/x"], "Connection refused"),
        (["ingest", "--once", "--database", "postgresql://nobody@127.0.0.1:1/x"], "Connection refused"),
        (["catalogue", "check", "no-such-file.csv"], "no-such-file.csv: No such file"),
        (["extract", "no-such-file.html", "--url", "https://example.org/"], "no-such-file.html: No such file"),
    ],
)
def test_a_mistake_is_one_line_and_a_failure(arguments: list[str], says: str) -> None:
    done = newswire(*arguments)
    assert done.returncode != 0
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr


def test_a_missing_role_is_one_line(postgres: Any, database_url: str) -> None:
    done = newswire("status", "--database", database_url.replace("postgres@", "no_such_role@"))
    assert done.returncode == 1
    assert 'role "no_such_role" does not exist' in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_an_unmigrated_database_says_what_to_do(postgres: Any) -> None:
    done = newswire("ingest", "--once", "--database", postgres.create_database("empty"))
    assert done.returncode == 2
    assert "run 'newswire migrate' first" in done.stderr


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("MIN_GAP", "soon"),
        ("SHARDS", "0"),
        ("ALLOWED_NETWORKS", "10.0.0.0/99"),
        ("ALLOWED_PORTS", "80,99999"),
        ("REVISIT_HOURS", "24,-1"),
        ("REVISIT_HOURS", "daily"),
    ],
)
def test_a_bad_setting_is_named(variable: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f"NEWSWIRE_{variable}"):
        load({f"NEWSWIRE_{variable}": value})


@pytest.mark.parametrize(
    "url",
    ["postgresql+psycopg2://u:s3cret@h/db", "u:s3cret@h/db", "postgresql://u:100%s3cret@h/db"],
)
def test_a_bad_address_does_not_show_its_password(url: str) -> None:
    with pytest.raises(ConfigError, match="NEWSWIRE_DATABASE_URL") as error:
        load({"NEWSWIRE_DATABASE_URL": url})
    assert "s3cret" not in str(error.value)


@pytest.mark.parametrize("password", ["s3cret", "pa:s3cret", "s3cret@home"])
def test_settings_do_not_show_the_password(password: str) -> None:
    done = newswire("settings", NEWSWIRE_DATABASE_URL=f"postgresql://u:{password}@h/db")
    assert "postgresql://u:…@h/db" in done.stdout


@pytest.mark.parametrize(
    ("raw", "hours"), [("", (24.0, 168.0)), ("0", ()), ("168, 24", (24.0, 168.0)), ("0.5", (0.5,))]
)
def test_hours_of_revisits(raw: str, hours: tuple[float, ...]) -> None:
    assert load({"NEWSWIRE_REVISIT_HOURS": raw}).revisit_hours == hours


def test_a_secret_may_be_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "url"
    secret.write_text("postgresql://a@b/c\n")
    assert load({"NEWSWIRE_DATABASE_URL_FILE": str(secret)}).database_url == "postgresql://a@b/c"
    with pytest.raises(ConfigError, match="cannot read"):
        load({"NEWSWIRE_DATABASE_URL_FILE": str(tmp_path / "none")})


BAD_ROWS = """outlet,country,language,feed_url,homepage,kind,time_zone
Good,UA,uk,https://good.example/rss,https://good.example,national,Europe/Kyiv
NoUrl,UA,uk,,https://x.example,national,
BadUrl,UA,uk,javascript:alert(1),https://x.example,national,
BadZone,UA,uk,https://zone.example/rss,https://zone.example,national,Europe/Atlantis
BadCountry,Ukraine,uk,https://country.example/rss,https://country.example,national,UTC
Twice,UA,uk,https://good.example/rss,https://good.example,national,UTC
,UA,uk,https://noname.example/rss,,national,UTC
"""


def test_bad_rows_are_named_and_the_others_load(database: Any, tmp_path: Path) -> None:
    path = tmp_path / "feeds.csv"
    path.write_text(BAD_ROWS)
    catalogue = read_catalogue(path)
    assert [feed.outlet for feed in catalogue.feeds] == ["Good", "BadCountry"]
    said = [str(problem) for problem in catalogue.problems]
    assert [line.split(":")[0] for line in said] == [
        "line 3, feed_url", "line 4, feed_url", "line 5, time_zone", "line 6, country", "line 7, feed_url",
        "line 8, outlet",
    ]  # fmt: skip
    assert "Europe/Atlantis" in said[2]
    assert sync(database, catalogue, remove=True).feeds_new == 2
    assert sync(database, catalogue, remove=True).feeds_new == 0


def test_opml_is_a_catalogue_too(tmp_path: Path) -> None:
    path = tmp_path / "feeds.opml"
    path.write_text(
        '<?xml version="1.0"?><opml version="2.0"><body><outline text="Group"><outline type="rss" text="An Outlet" '
        'xmlUrl="https://outlet.example/feed" htmlUrl="https://outlet.example/"/></outline></body></opml>'
    )
    [feed] = read_catalogue(path).feeds
    assert (feed.outlet, feed.url) == ("An Outlet", "https://outlet.example/feed")


def test_opml_reads_no_other_file(tmp_path: Path) -> None:
    path = tmp_path / "evil.opml"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/hostname">]><opml version="2.0"><body>'
        '<outline text="&x;" xmlUrl="https://outlet.example/feed"/></body></opml>'
    )
    with pytest.raises(CatalogueError, match="external entity"):
        read_catalogue(path)


def test_a_file_that_is_no_catalogue_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("name,address\na,b\n")
    with pytest.raises(CatalogueError, match="the header lacks outlet and feed_url"):
        read_catalogue(path)


def test_an_empty_catalogue_removes_nothing(database: Any, tmp_path: Path) -> None:
    path = tmp_path / "feeds.csv"
    path.write_text(BAD_ROWS)
    sync(database, read_catalogue(path), remove=True)
    path.write_text("outlet,feed_url\n")
    assert sync(database, read_catalogue(path), remove=True).feeds_removed == 0


def test_the_built_in_catalogue_is_sound() -> None:
    catalogue = read_catalogue(load({}).catalogue)
    assert catalogue.problems == ()
    assert len(catalogue.feeds) >= 190
