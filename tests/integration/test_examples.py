"""The analyst's side: every example query runs as the analyst, answers sensibly, and the analyst can do no harm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

import psycopg2
import psycopg2.errors
import pytest
from psycopg2.extras import RealDictCursor

from integration.replay_fixtures import ingest_newsroom
from newswire.local.demo import QUERIES
from newswire.storage import Database

pytestmark = pytest.mark.timeout(300)

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "sql" / "examples").glob("*.sql"))

Rows = list[dict[str, Any]]


@dataclass
class Analyst:
    """A connection as the role newswire_analyst, as the README opens one."""

    url: str

    def rows(self, query: str) -> Rows:
        connection = psycopg2.connect(self.url)
        try:
            with connection.cursor(cursor_factory=RealDictCursor) as cursor:
                cursor.execute(query)
                return [dict(row) for row in cursor.fetchall()]
        finally:
            connection.close()

    def example(self, number: int) -> Rows:
        return self.rows(next(p for p in EXAMPLES if p.name.startswith(f"{number:02}_")).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def database_of_two_editions(postgres: Any, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The sample newsroom's both editions, ingested once for all queries, with a review and a second model's verdicts."""
    url = postgres.create_database("test_examples", template=template)
    with Database(url, ROOT / "sql", patience=30) as database:
        ingest_newsroom(database, tmp_path_factory.mktemp("examples"))
        database.run(_review_and_judge_again)
        yield database


def _review_and_judge_again(connection: Any) -> None:
    """A person overrules one article, and a model that is not promoted judges all of them as other."""
    with connection.cursor() as cursor:
        cursor.execute("""
            insert into news.reviews (article_id, revision_id, label, reviewer)
            select article_id, revision_id, 'conflict', 'test' from news.current_verdicts
            where label = 'uncertain' order by article_id limit 1""")
        cursor.execute("insert into news.models (model_version) values ('another-1')")
        cursor.execute("""
            insert into news.verdicts (revision_id, model_version, label, probability)
            select revision_id, 'another-1', 'other', 0.01 from news.current_verdicts""")


@pytest.fixture(scope="module")
def analyst(postgres: Any, database_of_two_editions: Any) -> Analyst:
    postgres.allow_login("newswire_analyst")
    return Analyst(postgres.url("test_examples", "newswire_analyst"))


@pytest.fixture(scope="module")
def published(analyst: Analyst) -> Rows:
    return analyst.rows("select * from news.published_articles")


def labelled(rows: Rows, label: str) -> int:
    return sum(row["label"] == label for row in rows)


# -- every example


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_says_what_it_answers_and_brings_rows(path: Path, analyst: Analyst) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.match(r"-- [A-Z].+\?( |\n)", text), "begins with its question in words"
    assert "\n-- Watch out: " in text
    rows = analyst.rows(text)
    assert rows
    for column in rows[0]:
        assert re.fullmatch(r"[a-z][a-z_]*", column), f"a column without a name of its own: {column}"


@pytest.mark.parametrize(("words", "query"), QUERIES)
def test_a_query_that_the_demo_proposes_brings_rows(words: str, query: str, analyst: Analyst) -> None:
    assert analyst.rows(query), words


def readme_queries() -> list[str]:
    blocks = re.findall(r"```sql\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    return [query for block in blocks for query in block.split(";") if query.strip()]


def test_a_query_of_the_readme_brings_rows(analyst: Analyst) -> None:
    queries = readme_queries()
    assert len(queries) >= 3
    for query in queries:
        assert analyst.rows(query), query


# -- what the answers must agree with


def test_days_and_languages_add_up_to_all_articles(analyst: Analyst, published: Rows) -> None:
    rows = analyst.example(1)
    assert sum(row["conflict"] for row in rows) == labelled(published, "conflict") > 0
    assert sum(row["uncertain"] for row in rows) == labelled(published, "uncertain") > 0
    assert sum(r["conflict"] + r["uncertain"] + r["other"] + r["unjudged"] for r in rows) == len(published)


def test_the_share_lies_in_its_interval_and_the_interval_is_wilsons(analyst: Analyst) -> None:
    rows = analyst.example(2)
    assert all(0 <= row["low"] < row["share"] < row["high"] <= 1 or row["share"] in (0, 1) for row in rows)
    assert all(r["share_if_uncertain_is_other"] <= r["share_if_uncertain_is_conflict"] for r in rows)
    half_of_four = next((row for row in rows if (row["conflict"], row["decided"]) == (1, 4)), None)
    if half_of_four is not None:  # 1 of 4 by the published formula: 0.0456 to 0.6994
        assert (float(half_of_four["low"]), float(half_of_four["high"])) == (0.046, 0.699)


def test_the_copies_of_the_wire_story_are_one_story_with_its_first_source(analyst: Analyst) -> None:
    (story,) = [row for row in analyst.example(3) if row["outlets"] >= 3]
    assert story["first_outlet"] in story["carried_by"]
    assert len(story["carried_by"]) == story["outlets"]


def test_beside_the_first_outlet_stands_its_own_time(analyst: Analyst, published: Rows) -> None:
    stories = analyst.example(3)
    assert stories
    for story in stories:
        copies = [a for a in published if a["story_id"] == story["story_id"] and a["outlet"] == story["first_outlet"]]
        precise = [a for a in copies if a["published_precision"] in ("second", "minute", None)]
        assert story["first_out_at"] in [a["shown_at"] for a in precise]
        assert story["first_out_at"] == min(a["shown_at"] for a in published if a["story_id"] == story["story_id"])


def test_a_day_of_the_readme_is_a_utc_day_and_counts_every_article(analyst: Analyst, published: Rows) -> None:
    query = next(q for q in readme_queries() if "as day" in q)
    rows = analyst.rows("set timezone = 'Pacific/Auckland'; " + query)
    assert {row["day"] for row in rows} == {a["shown_at"].astimezone(UTC).date() for a in published}
    undecided = sum(row["conflict"] + row["uncertain"] + row["unjudged"] for row in rows)
    assert undecided == len(published) - labelled(published, "other")


def test_the_dictionary_warns_of_what_is_easily_misread(analyst: Analyst) -> None:
    for view in ("published_articles", "conflict_articles"):
        rows = analyst.rows(f"""
            select attname as name, col_description(attrelid, attnum) as words from pg_attribute
            where attrelid = 'news.{view}'::regclass and attnum > 0""")
        words = {row["name"]: row["words"] for row in rows}
        assert "nothing to do with the label" in words["published_conflict"]
        assert "Null: not judged" in words["label"]
        (row,) = analyst.rows(f"select obj_description('news.{view}'::regclass) as words")
        assert "gone_at" in row["words"]


def test_the_silent_edit_shows_what_was_there_before(analyst: Analyst) -> None:
    (edit,) = analyst.example(4)
    assert edit["revision"] == 2
    assert edit["words_removed"] > 0
    assert edit["removed"] != edit["added"]


def test_the_ledger_adds_up(analyst: Analyst) -> None:
    rows = analyst.example(6)
    assert all(row["adds_up"] for row in rows)
    assert sum(row["urls"] for row in rows) == rows[0]["listed"]


def test_every_feed_says_why_it_is_polled_then(analyst: Analyst) -> None:
    assert all(row["next_poll_reason"] for row in analyst.example(7))


def test_evidence_stands_in_the_article_where_it_says(analyst: Analyst, published: Rows) -> None:
    rows = analyst.example(9)
    article = next(a for a in published if a["url"] == rows[0]["url"])
    for row in rows:
        start = row["at_character"]
        assert article[row["field"]][start : start + len(row["span"])] == row["span"]


def test_stories_are_fewer_than_articles(analyst: Analyst, published: Rows) -> None:
    rows = analyst.example(10)
    assert sum(row["articles"] for row in rows) == labelled(published, "conflict") > sum(row["stories"] for row in rows)


def test_a_review_counts_before_the_model(analyst: Analyst, published: Rows) -> None:
    (row,) = analyst.example(11)
    assert (row["model_label"], row["reviewed"], row["person_says_conflict"], row["agree"]) == ("uncertain", 1, 1, 0)
    (reviewed,) = [a for a in published if a["reviewer"] == "test"]
    assert reviewed["label"] == "conflict"


def test_another_model_is_compared_and_changes_nothing(analyst: Analyst) -> None:
    rows = analyst.example(12)
    other = [row for row in rows if row["model_version"] == "another-1"]
    assert {row["label"] for row in other} == {"other"}
    assert {row["current_label"] for row in other} == {"conflict", "other", "uncertain"}
    assert all(row["same"] for row in rows if row["promoted_at"] is not None)


def test_as_of_now_is_what_the_views_say(analyst: Analyst, published: Rows) -> None:
    rows = analyst.example(13)
    assert sum(row["conflict"] for row in rows) == labelled(published, "conflict")
    assert sum(row["uncertain"] for row in rows) == labelled(published, "uncertain")


def test_as_of_a_moment_before_the_review_leaves_the_review_out(analyst: Analyst, published: Rows) -> None:
    query = next(p for p in EXAMPLES if p.name.startswith("13_")).read_text(encoding="utf-8")
    before = "(select reviewed_at - interval '1 microsecond' from news.reviews)"
    rows = analyst.rows(query.replace("select now() as as_of", f"select {before} as as_of"))
    assert sum(row["conflict"] for row in rows) == labelled(published, "conflict") - 1


# -- what the analyst may not do


@pytest.mark.parametrize(
    "statement",
    [
        "insert into news.reviews (article_id, revision_id, label, reviewer) select 1, 1, 'other', 'me'",
        "update news.verdicts set label = 'other'",
        "delete from news.articles",
        "truncate news.urls",
        "drop view news.ledger",
        "create table news.mine (a integer)",
        "create table public.mine (a integer)",
        "alter table news.urls add column mine integer",
    ],
)
def test_the_analyst_cannot_write_even_without_the_read_only_setting(analyst: Analyst, statement: str) -> None:
    with psycopg2.connect(analyst.url) as connection, connection.cursor() as cursor:
        cursor.execute("set transaction read write")  # a careless notebook may set it; the rights must hold alone
        with pytest.raises((psycopg2.errors.InsufficientPrivilege, psycopg2.errors.ReadOnlySqlTransaction)):
            cursor.execute(statement)


def test_the_analyst_is_read_only_and_limited_in_time_by_default(analyst: Analyst) -> None:
    (row,) = analyst.rows("""
        select current_user as user, current_setting('statement_timeout') as statement_timeout,
               current_setting('default_transaction_read_only') as read_only,
               current_setting('idle_in_transaction_session_timeout') as idle""")
    assert row == {"user": "newswire_analyst", "statement_timeout": "5min", "read_only": "on", "idle": "10min"}


def test_a_runaway_query_ends_by_itself(analyst: Analyst) -> None:
    with psycopg2.connect(analyst.url) as connection, connection.cursor() as cursor:
        cursor.execute("set statement_timeout = '50ms'")
        with pytest.raises(psycopg2.errors.QueryCanceled):
            cursor.execute("select pg_sleep(10)")


# -- traps


def publish(database: Any, outlet: str, seen: str, *, state: str = "published", **revision: str | None) -> None:
    """An article of the one story that there is, judged to be about the conflict."""
    values = {"published_at": None, "published_precision": None, **revision}

    def work(connection: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                """
                with o as (insert into news.outlets (name, country) values (%(outlet)s, 'XX') returning outlet_id),
                u as (insert into news.urls (url_hash, canonical_url, fetch_url, host, outlet_id, state, reason, settled_at)
                      select %(outlet)s::bytea, %(outlet)s, 'x', 'x', outlet_id, %(state)s, 'x', %(seen)s from o
                      returning url_id, outlet_id),
                s as (insert into news.stories (story_id) overriding system value values (1) on conflict do nothing),
                a as (insert into news.articles (url_id, identity, outlet_id, story_id, first_seen_at)
                      select url_id, %(outlet)s::bytea, outlet_id, 1, %(seen)s from u returning article_id),
                r as (insert into news.revisions (article_id, number, page_id, page_fetched_at, seen_at, created_at, text,
                          published_at, published_precision, page_kind, word_count, content_hash, extractor_version)
                      select article_id, 1, 1, %(seen)s, %(seen)s, %(seen)s, '', %(published_at)s, %(published_precision)s,
                             'article', 1, '', '1' from a returning revision_id),
                m as (insert into news.models (model_version, promoted_at) values ('m', '2026-01-01') on conflict do nothing)
                insert into news.verdicts (revision_id, model_version, label, probability)
                select revision_id, 'm', 'conflict', 1 from r""",
                {"outlet": outlet, "seen": seen, "state": state, **values},
            )
            cursor.execute("update news.articles as a set revision_id = r.revision_id from news.revisions as r "
                           "where r.article_id = a.article_id")  # fmt: skip

    database.run(work)


def test_an_outlet_that_gives_no_time_of_day_is_not_first_by_it(database: Any) -> None:
    publish(database, "Daily", "2026-09-20 14:00+00", published_at="2026-09-20 00:00+00", published_precision="day")
    publish(database, "Agency", "2026-09-20 08:05+00", published_at="2026-09-20 08:00+00", published_precision="minute")
    publish(database, "Monthly", "2026-09-20 09:00+00", published_at="2026-09-01 00:00+00", published_precision="month")
    rows = Analyst(database.url).rows("select first_outlet, copies from news.story_overview")
    assert rows == [{"first_outlet": "Agency", "copies": 3}]
    publish(database, "Early", "2026-09-20 07:00+00", published_at="2026-09-20 00:00+00", published_precision="day")
    assert Analyst(database.url).rows("select first_outlet from news.story_overview") == [{"first_outlet": "Early"}]


def test_what_was_never_published_is_in_no_figure_of_the_past(database: Any) -> None:
    publish(database, "Known", "2026-09-20 08:00+00")
    publish(database, "Crashed", "2026-09-20 08:00+00", state="failed")
    [row] = Analyst(database.url).example(13)
    assert (row["conflict"], row["articles"]) == (1, 1)


def test_the_analysts_day_is_a_utc_day_wherever_the_server_stands(postgres: Any, database: Any) -> None:
    name = database.run(lambda c: c.info.dbname)

    def elsewhere(connection: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"alter database {name} set timezone = 'Pacific/Auckland'")

    database.run(elsewhere)
    postgres.allow_login("newswire_analyst")
    analyst = Analyst(postgres.url(name, "newswire_analyst"))
    assert analyst.rows("select current_setting('timezone') as zone") == [{"zone": "UTC"}]
