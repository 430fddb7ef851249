"""An operator asks what became of an address, and has it fetched once more."""

# ruff: noqa: F401, F811 - fixtures come by their names
from __future__ import annotations

from typing import Any

import pytest

from integration.replay_fixtures import query
from integration.small_site import Site, run, site
from newswire.cli import main


@pytest.fixture
def refused(database: Any, site: Site) -> Site:
    """A site of which one page is an article, one is missing, and one entry has no address."""
    site.article("/a/one", "A story")
    site.feed("/rss", "/a/one", "/a/missing?id=7")
    site.documents["/rss"] = (
        site.documents["/rss"][0],
        site.documents["/rss"][1].replace("</channel>", "<item><title>Nowhere</title></item></channel>"),
    )
    report = run(database, site, "/rss")
    assert (report.published, report.skipped["not-found"]) == (1, 1)
    return site


def states(database: Any) -> list[tuple[str, str | None, str | None]]:
    rows = query(database, "select state, reason, stage from news.urls order by url_id")
    return [(row.state, row.reason, row.stage) for row in rows]


def test_what_became_of_an_address(database: Any, refused: Site, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--database", database.url]
    assert main(["urls", "why", f"{refused.base}/a/missing?id=7&utm_source=x#top", *where]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["skipped: not-found (status 404)", f"  {refused.base}/a/missing?id=7"]
    assert lines[2].startswith("  Outlet, first listed 2")
    assert main(["urls", "why", f"{refused.base}/a/one", *where]) == 0
    assert "waits for next visit, due " in capsys.readouterr().out
    assert main(["urls", "why", f"{refused.base}/never", *where]) == 1
    assert f"listed by no feed: {refused.base}/never" in capsys.readouterr().err
    assert main(["urls", "why", "no address", *where]) == 1
    assert "'no address' is no address of a page: " in capsys.readouterr().err


def test_a_page_that_is_there_after_all_is_fetched_once_more(database: Any, refused: Site, capsys: Any) -> None:
    refused.article("/a/missing?id=7", "A late story", "Another text altogether. " * 40)
    assert main(["urls", "retry", f"{refused.base}/a/missing?id=7", "--database", database.url]) == 0
    assert capsys.readouterr().out == "fetched once more by the next run: 1 that were skipped (not-found)\n"
    assert query(database, "select adds_up from news.ledger_check")[0].adds_up
    report = run(database, refused, "/rss")
    assert report.ledger["adds_up"]
    assert report.ledger["published"] == 2


def test_all_of_a_reason_and_an_outlet(database: Any, refused: Site, capsys: Any) -> None:
    before = states(database)
    where = ["--database", database.url]
    assert main(["urls", "retry", "--reason", "not-found", "--outlet", "Nobody", *where]) == 1
    assert main(["urls", "retry", "--outlet", "Outlet", *where]) == 1, "an outlet alone is no choice"
    assert main(["urls", "retry", f"{refused.base}/a/one", *where]) == 1, "an article is not fetched by this"
    assert main(["urls", "retry", "--reason", "bad-url", *where]) == 1, "what has no address cannot be fetched"
    assert states(database) == before
    assert main(["urls", "retry", "--reason", "not-found", "--outlet", "Outlet", *where]) == 0
    assert states(database).count(("pending", None, "fetch")) == 1
    with pytest.raises(SystemExit):
        main(["urls", "retry", "--reason", "notfound", *where])
