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
from newswire.config import ConfigError, as_typed, load


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
        (["status", "--database", "mysql://x"], "must begin with postgresql://"),
        (["status", "--database", "postgresql://nobody@127.0.0.1:1/x"], "Connection refused"),
        (["ingest", "--once", "--database", "postgresql://nobody@127.0.0.1:1/x"], "Connection refused"),
        (["ingest", "--once", "--min-gap", "nan"], "NEWSWIRE_MIN_GAP: must be a number (got 'nan')"),
        (["ingest", "--once", "--ca-file", "no-such.pem"], "NEWSWIRE_CA_FILE: is not a file"),
        (["ingest", "--once", "--allow-network", "bogus"], "NEWSWIRE_ALLOWED_NETWORKS: 'bogus' does not appear"),
        (["ingest", "--once", "--allow-port", "http"], "NEWSWIRE_ALLOWED_PORTS: must be a whole number"),
        (["catalogue", "check", "no-such-file.csv"], "no-such-file.csv: No such file"),
        (["extract", "no-such-file.html", "--url", "https://example.org/"], "no-such-file.html: No such file"),
    ],
)
def test_a_mistake_is_one_line_and_a_failure(arguments: list[str], says: str) -> None:
    done = newswire(*arguments)
    assert done.returncode != 0
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr


@pytest.mark.parametrize("name", ["zzz", "newswire.classification.classifier:none_such"])
def test_a_classifier_that_is_none_is_one_line(name: str, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text("The council approved a new tram line to the university.")
    done = newswire("classify", str(tmp_path / "article.txt"), NEWSWIRE_CLASSIFIER=name)
    assert done.returncode == 2
    assert done.stderr.startswith("newswire: NEWSWIRE_CLASSIFIER: ")
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_missing_role_is_one_line(postgres: Any, database_url: str) -> None:
    done = newswire("status", "--database", database_url.replace("postgres@", "no_such_role@"))
    assert done.returncode == 1
    assert 'role "no_such_role" does not exist' in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_an_unmigrated_database_says_what_to_do(postgres: Any) -> None:
    done = newswire("ingest", "--once", "--database", postgres.create_database("empty"))
    assert done.returncode == 2
    assert "run 'python -m newswire migrate' first" in done.stderr


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("MIN_GAP", "soon", "must be a number"),
        ("MIN_GAP", "nan", "must be a number"),
        ("EXTRACT_SECONDS", "inf", "must be a number"),
        ("SHARDS", "0", "must be at least 1"),
        ("SHARDS", "1.5", "must be a whole number"),
        ("ALLOWED_NETWORKS", "10.0.0.0/99", "does not appear to be"),
        ("ALLOWED_PORTS", "80,99999", "ports are 1 to 65535"),
        ("ALLOWED_PORTS", "80,http", "must be a whole number"),
        ("ALLOWED_PORTS", ",", "ports are 1 to 65535"),
        ("REVISIT_HOURS", "24,-1", "hours after publication"),
        ("REVISIT_HOURS", "daily", "hours after publication"),
        ("CA_FILE", "/no/such/file", "is not a file"),
        ("HONOUR_TDM", "false", "must be yes or no"),
        ("CA_FILE", __file__, "holds no certificates"),
        ("CATALOGUE", "/no/such/file", "is not a file"),
        ("CONTACT", "desk@example.org\nX-Header: 1", "one line"),
        ("SCHEDULE", "bogus", "cron expression"),
        ("SCHEDULE", "61 * * * *", "cron expression"),
        ("CLASSIFIER", "zzz", "module:factory"),
        ("CLASSIFIER", "no_such_module:factory", "module:factory"),
    ],
)
def test_a_bad_setting_is_named(variable: str, value: str, says: str) -> None:
    with pytest.raises(ConfigError, match=f"NEWSWIRE_{variable}: .*{says}"):
        load({f"NEWSWIRE_{variable}": value})


def test_a_name_that_is_no_setting_is_said_with_the_one_that_was_meant(caplog: pytest.LogCaptureFixture) -> None:
    load({"NEWSWIRE_MINGAP": "5", "NEWSWIRE_SERVICE_HOST": "10.0.0.1", "NEWSWIRE_STACK": "x", "HOME": "/"})
    assert caplog.messages == [
        "NEWSWIRE_MINGAP is no setting; did you mean NEWSWIRE_MIN_GAP?",
        "NEWSWIRE_SERVICE_HOST is no setting",
    ]


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"NEWSWIRE_REVISIT_HOURS": "0", "NEWSWIRE_SCHEDULE": "", "NEWSWIRE_MIN_GAP": "0.05"},
        {"NEWSWIRE_ALLOWED_NETWORKS": "10.1.0.0/16, ::1/128", "NEWSWIRE_ALLOWED_PORTS": "80,8443"},
    ],
)
def test_settings_are_shown_as_one_types_them(given: dict[str, str]) -> None:
    settings = load(given)
    assert load(as_typed(settings)) == settings


def test_the_command_settings_prints_what_a_shell_reads() -> None:
    shown = newswire("settings", NEWSWIRE_REVISIT_HOURS="0.5,24").stdout.splitlines()
    assert "NEWSWIRE_REVISIT_HOURS=0.5,24" in shown
    assert "NEWSWIRE_SCHEDULE='*/10 * * * *'" in shown
    assert "NEWSWIRE_CA_FILE=" in shown
    assert not {"()", "None"} & {value for _, value in (line.split("=", 1) for line in shown)}


def test_the_schedule_s_default_is_that_of_the_dag() -> None:
    dag = (ROOT / "dags" / "ingest_news.py").read_text(encoding="utf-8")
    assert f'os.environ.get("NEWSWIRE_SCHEDULE", "{load({}).schedule}")' in dag


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


def test_nor_one_that_is_a_parameter_of_the_address() -> None:
    done = newswire("settings", NEWSWIRE_DATABASE_URL="postgresql://u@h/db?sslmode=require&password=s3cret&port=1")
    assert "s3cret" not in done.stdout
    assert "sslmode=require&password=…&port=1" in done.stdout


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
