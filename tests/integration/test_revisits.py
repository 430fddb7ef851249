"""Published articles are looked at again after a day and a week, by conditional requests, and each visit counts."""

# ruff: noqa: F401, F811 - fixtures come by their names
from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from integration.replay_fixtures import query
from integration.small_site import TEXT, Site, run, site


class Visits(NamedTuple):
    """How often a URL was visited, and in how many hours it is visited next."""

    count: int
    next_in: int | None
    revision: int
    gone: bool


@pytest.fixture
def story(site: Site) -> Site:
    site.article("/a/story", "A story")
    site.feed("/rss", "/a/story")
    return site


def pass_hours(database: Any, hours: int) -> None:
    """What waiting would do."""
    query(
        database,
        f"update news.urls set due_at = due_at - interval '{hours} hours', settled_at = settled_at - interval '{hours} hours'",
    )


def visits(database: Any) -> Visits:
    [row] = query(
        database,
        """select u.visits, extract(epoch from u.due_at - now()) / 3600 as hours, p.revision, p.gone_at is not null as gone
           from news.urls as u join news.published_articles as p on p.url = u.canonical_url where u.state = 'published'""",
    )
    return Visits(row.visits, None if row.hours is None else round(row.hours), row.revision, row.gone)


def test_visits_grow_apart_and_end(database: Any, story: Site) -> None:
    run(database, story, "/rss")
    assert visits(database) == Visits(1, 24, 1, False)
    pass_hours(database, 25)
    run(database, story, "/rss")
    assert visits(database) == Visits(2, 143, 1, False)
    pass_hours(database, 144)
    run(database, story, "/rss")
    assert visits(database) == Visits(3, None, 1, False)
    run(database, story, "/rss")
    assert [status for path, status in story.asked if path == "/a/story"] == [200, 304, 304]


def test_a_changed_page_is_a_revision_and_the_next_visit_stays(database: Any, story: Site) -> None:
    run(database, story, "/rss")
    story.article("/a/story", "A corrected story", TEXT.replace("Four bridges", "Three bridges and a tunnel"))
    pass_hours(database, 24)
    run(database, story, "/rss")
    assert visits(database) == Visits(2, 144, 2, False)


def test_a_visit_between_takes_none_of_those_to_come(database: Any, story: Site) -> None:
    run(database, story, "/rss")
    pass_hours(database, 4)
    kind, feed = story.documents["/rss"]
    story.documents["/rss"] = (kind, feed.replace("Story at", "Updated: story at"))
    run(database, story, "/rss")
    assert visits(database) == Visits(2, 20, 1, False)


def test_an_article_that_was_taken_down_and_comes_back(database: Any, story: Site) -> None:
    run(database, story, "/rss")
    page = story.documents.pop("/a/story")
    pass_hours(database, 24)
    run(database, story, "/rss")
    assert visits(database) == Visits(1, 144, 1, True)
    story.documents["/a/story"] = (page[0], page[1].replace("A story", "The story"))
    pass_hours(database, 144)
    run(database, story, "/rss")
    assert visits(database) == Visits(2, None, 2, False)


def test_none_where_an_operator_wants_none(database: Any, story: Site) -> None:
    run(database, story, "/rss", revisit_hours=())
    assert visits(database) == Visits(1, None, 1, False)


def chatter(site: Site, number: int) -> None:
    """The entry says something else at every poll, as those with a count of comments or the time of the request do."""
    kind, feed = site.documents["/rss"]
    site.documents["/rss"] = (kind, feed.replace("</title><link>", f" ({number} comments)</title><link>"))


def test_a_feed_that_never_says_the_same_twice_is_believed_ever_more_rarely(database: Any, story: Site) -> None:
    run(database, story, "/rss")
    for number in range(12):
        chatter(story, number)
        run(database, story, "/rss")
    assert visits(database).count == 2
    for number in range(24):
        pass_hours(database, 1)
        chatter(story, number)
        run(database, story, "/rss")
    assert visits(database).count <= 10  # of 26, the one after a day among them


def test_a_feed_does_not_hurry_a_visit_that_waits_for_a_failing_server(database: Any, story: Site) -> None:
    run(database, story, "/rss")
    story.redirects["/a/story"] = "/a/story"  # a loop: a fault of the server's, asked again later
    for number in range(3):
        chatter(story, number)
        run(database, story, "/rss")
    assert [status for path, status in story.asked if path == "/a/story"] == [200, 301]
