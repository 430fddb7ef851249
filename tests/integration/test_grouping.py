"""Which articles become one story, whenever they are grouped."""

# ruff: noqa: F401, F811 - fixtures come by their names
from __future__ import annotations

from typing import Any

import pytest

from integration.replay_fixtures import query
from integration.small_site import Site, run, site


@pytest.mark.parametrize(("days_between", "stories"), [(0, 1), (13, 1), (15, 2)])
def test_copies_are_found_by_when_they_were_listed_not_by_when_they_are_grouped(
    database: Any, site: Site, days_between: int, stories: int
) -> None:
    """A page of last month that a replay hands back belongs to the story of last month."""
    site.article("/a/first", "A story")
    site.article("/b/copy", "A story, copied")
    site.feed("/rss", "/a/first", "/b/copy")
    run(database, site, "/rss")
    query(database, "update news.articles set first_seen_at = first_seen_at - interval '60 days'")
    query(
        database,
        "update news.articles as a set story_id = null, first_seen_at = first_seen_at + make_interval(days => %s) "
        "from news.urls as u where u.url_id = a.url_id and right(u.fetch_url, 5) = '/copy'",
        days_between,
    )
    query(
        database,
        "update news.urls set state = 'pending', stage = 'group', due_at = now() where right(fetch_url, 5) = '/copy'",
    )
    assert run(database, site, "/rss").ledger["adds_up"]
    assert len({row.story_id for row in query(database, "select story_id from news.articles")}) == stories


def test_copies_are_found_without_going_through_all_articles_of_the_time(database: Any) -> None:
    """Grouping is done by one worker at a time: what it asks for each article must not grow with the newsroom."""
    for statement in (
        "insert into news.outlets (name, country) values ('O', 'XX')",
        "insert into news.urls (url_hash, canonical_url, fetch_url, host, outlet_id, state) "
        "select n::text::bytea, n, n, 'h', outlet_id, 'published' from news.outlets, generate_series(1, 20000) as n",
        "insert into news.stories (first_article_id) values (1)",
        "insert into news.articles (url_id, identity, outlet_id, story_id, first_seen_at) "
        "select url_id, url_hash, outlet_id, story_id, now() from news.urls, news.stories",
        "insert into news.revisions (article_id, number, page_id, page_fetched_at, seen_at, text, page_kind, word_count, "
        "content_hash, near_duplicate_key, extractor_version) "
        "select article_id, 1, 1, now(), now(), '', 'article', 1, '', array[article_id, -article_id], '1' from news.articles",
        "update news.articles as a set revision_id = r.revision_id from news.revisions as r where r.article_id = a.article_id",
        "analyze news.articles, news.revisions, news.urls",
    ):
        query(database, statement)

    def plan(connection: Any) -> str:
        with connection.cursor() as cursor:
            values = {"key": [7, 8, 9], "article_id": 9, "window": "14 days"}
            cursor.execute("explain " + database.sql.near_duplicates.sql, values)
            return "\n".join(row[0] for row in cursor.fetchall())

    found = database.run(plan)
    assert "Index Scan using articles_pkey" in found
    assert "Seq Scan on articles" not in found
    assert "Seq Scan on urls" not in found
