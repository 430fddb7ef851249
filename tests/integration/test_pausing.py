"""An operator pauses feeds and has them polled again; the catalogue and polls in flight leave that decision alone."""

# ruff: noqa: F401, F811 - fixtures come by their names
from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from integration.replay_fixtures import query
from integration.small_site import Site, run, site
from newswire.catalogue import Catalogue, FeedRow, OutletRow, sync
from newswire.cli import main
from newswire.overview import read, render
from newswire.pipeline import poll
from newswire.pipeline.pausing import UnknownFeedError, pause, resume

ONE, TWO, OTHER = "https://one.example/rss", "https://one.example/sport", "https://other.example/rss"


def listed(database: Any, *urls: str) -> None:
    """Sync a catalogue of just these feeds."""
    feeds = tuple(FeedRow("Other" if "other" in url else "One", url, url.split("/")[2]) for url in urls)
    sync(database, Catalogue((OutletRow("One"), OutletRow("Other")), feeds, ()), remove=True)


def statuses(database: Any) -> dict[str, str]:
    return {row.url: row.status for row in query(database, "select url, status from news.feeds")}


def past(database: Any, url: str) -> list[tuple[str, str | None]]:
    rows = query(
        database,
        "select s.status, s.note from news.feed_statuses as s join news.feeds as f using (feed_id) where f.url = %s "
        "order by since",
        url,
    )
    return [(row.status, row.note) for row in rows]


def test_a_paused_feed_is_not_polled_until_it_is_resumed(database: Any, site: Site) -> None:
    site.article("/a/story", "A story")
    site.feed("/rss", "/a/story")
    run(database, site, "/rss")
    asked = [path for path, _ in site.asked].count("/rss")
    pause(database, [f"{site.base}/rss"], [], "they asked us to wait for their new server")
    run(database, site, "/rss")
    assert [path for path, _ in site.asked].count("/rss") == asked
    resume(database, [f"{site.base}/rss"], [], "the server is there")
    [row] = query(database, "select next_poll_reason, next_poll_at <= now() as due from news.feeds")
    assert (row.next_poll_reason, row.due) == ("resumed by an operator: polled at once", True)
    run(database, site, "/rss")
    assert [path for path, _ in site.asked].count("/rss") == asked + 1


def test_each_change_is_kept_with_its_reason_and_time(database: Any) -> None:
    listed(database, ONE, TWO)
    pause(database, [ONE], [], "too many")
    pause(database, [ONE], [], "too many, they say")
    resume(database, [ONE], [], "fewer now")
    listed(database, TWO)
    listed(database, ONE, TWO)
    assert past(database, ONE) == [
        ("paused", "too many"),
        ("paused", "too many, they say"),
        ("active", "fewer now"),
        ("removed", "no longer in the catalogue"),
        ("active", "listed in the catalogue again"),
    ]
    assert past(database, TWO) == []
    [one, two] = query(
        database,
        "select h.status_note, h.status_since > f.created_at as later from news.feed_health as h "
        "join news.feeds as f using (url) order by url",
    )
    assert (one.status_note, one.later) == ("listed in the catalogue again", True)
    assert (two.status_note, two.later) == (None, False)


def test_a_sync_leaves_a_paused_feed_paused(database: Any) -> None:
    listed(database, ONE, TWO)
    pause(database, [ONE], [], "broken since their relaunch")
    listed(database, ONE, TWO)
    assert statuses(database) == {ONE: "paused", TWO: "active"}
    listed(database, TWO)
    assert statuses(database) == {ONE: "paused", TWO: "active"}
    listed(database, ONE, TWO)
    assert statuses(database) == {ONE: "paused", TWO: "active"}
    assert past(database, ONE) == [("paused", "broken since their relaunch")]


def test_an_outlet_is_paused_and_resumed_as_a_whole(database: Any) -> None:
    listed(database, ONE, TWO, OTHER)
    query(database, "update news.feeds set status = 'retired', status_note = 'gone (410)' where url = %s", TWO)
    paused = pause(database, [], ["One"], "asked to")
    assert (paused.changed, paused.left) == ((ONE,), (f"{TWO} is not polled any more: gone (410)",))
    assert statuses(database) == {ONE: "paused", TWO: "retired", OTHER: "active"}
    resumed = resume(database, [], ["One"], "allowed to")
    assert resumed.changed == (ONE,)
    assert "name its address" in resumed.left[0]
    assert statuses(database) == {ONE: "active", TWO: "retired", OTHER: "active"}


def test_a_retired_feed_that_is_named_is_revived_and_has_a_week_again(database: Any, site: Site) -> None:
    site.feed("/rss", "/a/story")
    run(database, site, "/rss")
    document = site.documents.pop("/rss")
    run(database, site, "/rss")
    query(
        database,
        """update news.feeds set history = history || '{"same_reason": 9, "failures": 9}'
           || jsonb_build_object('failing_since', now() - interval '8 days')""",
    )
    run(database, site, "/rss")
    assert list(statuses(database).values()) == ["retired"]
    assert render(read(database)).count("retired: not found (404)") == 1
    resume(database, [f"{site.base}/rss"], [], "they say that it is back")
    run(database, site, "/rss")
    assert list(statuses(database).values()) == ["active"], "one more 404 is no week of them"
    site.documents["/rss"] = document
    run(database, site, "/rss")
    [row] = query(database, "select status, failures, alarm, last_outcome from news.feeds")
    assert (row.status, row.failures, row.alarm) == ("active", 0, None)


def test_a_feed_that_is_paused_while_it_is_asked_stays_so(
    database: Any, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, decide = poll.write, poll.decide

    def write_late(context: Any, chunk: Any) -> None:
        pause(database, [f"{site.base}/rss"], [], "in the midst of a poll")
        write(context, chunk)

    monkeypatch.setattr(poll, "write", write_late)
    monkeypatch.setattr(
        poll, "decide", lambda polled, new: replace(decide(polled, new), status="retired", status_note="410")
    )
    site.feed("/rss", "/a/story")
    run(database, site, "/rss")
    assert past(database, f"{site.base}/rss") == [("paused", "in the midst of a poll")]


def test_a_moved_feed_is_known_by_the_catalogues_address(database: Any) -> None:
    listed(database, ONE)
    query(database, "update news.feeds set listed_url = url, url = %s", TWO)
    assert pause(database, [ONE], [], "why not").changed == (TWO,)


def test_an_unknown_name_changes_nothing(database: Any) -> None:
    listed(database, ONE, OTHER)
    with pytest.raises(UnknownFeedError, match=r"no feed 'https://one.example/rs\\n', no outlet 'Two' with a feed"):
        pause(database, [ONE, "https://one.example/rs\n"], ["Two"], "a slip")
    assert set(statuses(database).values()) == {"active"}


def test_the_alarm_of_a_paused_feed_no_longer_counts(database: Any) -> None:
    listed(database, ONE, TWO)
    query(database, "update news.feeds set alarm = 'silent', alarm_since = now()")
    pause(database, [ONE], [], "known")
    listed(database, ONE)
    assert read(database)["summary"].alarmed == 0


def test_the_command_line(database: Any, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--database", database.url]
    listed(database, ONE, TWO)
    assert main(["feeds", "pause", ONE, "--note", "their\nword \x1b[31m", *where]) == 0
    assert capsys.readouterr().out == f"paused: {ONE}\n"
    assert main(["feeds", "list", "--status", "paused", *where]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == f"paused   One  {ONE}"
    assert second.endswith(" UTC: their word")
    assert main(["feeds", "resume", "--outlet", "One", "--note", "over", *where]) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == (f"polled again: {ONE}\n", f"left as it is: {TWO} is polled\n")
    assert main(["feeds", "resume", TWO, "--note", "over", *where]) == 1
    assert main(["feeds", "pause", "https://none.example/", "--note", "x", *where]) == 1
    assert "'python -m newswire feeds list' shows them" in capsys.readouterr().err
    assert main(["feeds", "pause", "--note", "x", *where]) == 1
    assert main(["feeds", "pause", ONE, "--note", " ", *where]) == 1
    assert "--note must say why" in capsys.readouterr().err
    assert main(["feeds", "list", "--outlet", "Nobody", *where]) == 0
    assert capsys.readouterr().out == "there is no such feed\n"
