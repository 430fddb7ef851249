"""Lines that repeat over an outlet's pages: learnt from what is stored, left out of what comes, overruled by a person."""

# ruff: noqa: F401, F811 - fixtures come by their names
from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg2.extras
import pytest

from integration.replay_fixtures import query
from integration.small_site import Site, run, site
from newswire.cli import main
from newswire.config import load
from newswire.extraction.boilerplate import REPEATS
from newswire.pipeline.repetition import FORGOTTEN_AFTER, SHORTEST_TEXT, STORIES_A_DAY, learn_repeated_lines
from newswire.replay import Request, compare, promote

NOTICE = "The Larkport Post is printed on paper from the mill at Ambergate, and was founded by two fishermen in 1871."
BACKGROUND = (
    "Russia launched its full-scale invasion of Ukraine on 24 February 2022, after eight years of war in Donbas."
)
LABEL = "Larkport Post, the paper of the coast"

NOUNS = (
    "harbour ferry bridge council mayor teacher hospital orchard railway museum bakery lighthouse budget forest quarry "
    "tram theatre market library fountain vineyard factory school bishop castle airport festival river tunnel"
)
VERBS = "closed praised rebuilt sold visited searched painted rented crossed lost found measured counted feared"
TOWNS = "Ambergate Larkport Stonewick Hallin Treve Osterby Kestrel Dunmore Pellworth Arkady Brumley Fenwick"


def paragraphs(number: int, count: int = 5) -> list[str]:
    """Sentences about nothing, two to a paragraph, different for each number."""
    chance = random.Random(number)
    nouns, verbs, towns = NOUNS.split(), VERBS.split(), TOWNS.split()

    def sentence() -> str:
        one, two, three, four = chance.sample(nouns, 4)
        verb, other = chance.sample(verbs, 2)
        here, there = chance.sample(towns, 2)
        return (
            f"The {one} of {here} {verb} a {two} on day {chance.randint(1, 999)}, "
            f"and the {three} near {there} {other} its old {four}."
        )

    return [f"{sentence()} {sentence()}" for _ in range(count)]


# -- learning from what is stored

INSERT = """
with o as (
    insert into news.outlets (name, country) values (%(outlet)s, 'XX')
    on conflict (name) do update set country = 'XX' returning outlet_id
), u as (
    insert into news.urls (url_hash, canonical_url, fetch_url, host, outlet_id, state)
    select sha256(convert_to(%(key)s, 'UTF8')), %(key)s, 'x', 'x.test', outlet_id, 'published' from o
    returning url_id, url_hash, outlet_id
), s as (
    insert into news.stories select where %(story)s::bigint is null returning story_id
), a as (
    insert into news.articles (url_id, identity, outlet_id, first_seen_at, story_id)
    select url_id, url_hash, outlet_id, %(at)s, coalesce(%(story)s, (select story_id from s)) from u
    returning article_id, story_id
)
insert into news.revisions (article_id, number, page_id, page_fetched_at, seen_at, text, page_kind, word_count,
                            content_hash, extractor_version, removed)
select article_id, 1, 1, now(), now(), %(text)s, 'article', 1, '', '2', %(removed)s from a
returning revision_id, article_id, (select story_id from a)
"""
NOW = datetime(2026, 11, 22, 3, 15, tzinfo=UTC)


class Archive:
    """Writes articles as if the pipeline had stored them."""

    def __init__(self, database: Any) -> None:
        self.database = database
        self.written = 0

    def add(
        self,
        lines: Sequence[str],
        *,
        outlet: str = "Post",
        story: int | None = None,
        removed: Sequence[str] = (),
        days: float,
    ) -> int:
        """An article of these lines, first listed so many days before NOW; returns its story."""
        self.written += 1

        def work(connection: Any) -> int:
            with connection.cursor() as cursor:
                cursor.execute(
                    INSERT,
                    {
                        "outlet": outlet,
                        "key": f"https://x.example/{self.written}",
                        "story": story,
                        "at": NOW - timedelta(days=days),
                        "text": "\n".join(lines),
                        "removed": psycopg2.extras.Json([{"line": line, "why": REPEATS} for line in removed]),
                    },
                )
                row = cursor.fetchone()
                cursor.execute(
                    "update news.articles set revision_id = %s where article_id = %s", (row.revision_id, row.article_id)
                )
                return int(row.story_id)

        return int(self.database.run(work))

    def learn(self, now: datetime = NOW) -> set[str]:
        """The lines that are known after a night."""
        learn_repeated_lines(load({}, database_url=self.database.url), self.database, now=now)
        return {row.line for row in query(self.database, "select line from news.repeated_lines")}


@pytest.fixture
def archive(database: Any) -> Archive:
    return Archive(database)


def test_what_repeats_is_learnt_and_background_is_not(archive: Archive) -> None:
    for number in range(30):
        text = paragraphs(number)
        if number % 3:
            text.insert(2 if number % 2 else 5, BACKGROUND)
        archive.add([*text[:3], LABEL, *text[3:], NOTICE], days=number % 10)
    assert archive.learn() == {NOTICE, LABEL}
    [row] = query(archive.database, "select * from news.repeated_lines where line = %s", NOTICE)
    assert (row.stories, row.of_stories, row.days, row.overruled) == (30, 30, 10, False)
    assert row.first_seen_at == NOW - timedelta(days=9)
    assert row.last_seen_at == NOW
    [known] = query(archive.database, "select lines from news.known_boilerplate")
    assert set(known.lines) == {NOTICE, LABEL}


def test_copies_of_one_story_count_once(archive: Archive) -> None:
    story = None
    for number in range(30):
        story = archive.add([*paragraphs(0), LABEL], story=story, days=number % 10)
    for number in range(1, 4):
        archive.add([*paragraphs(number), LABEL], days=number)
    assert archive.learn() == set(), "thirty-three articles, but four stories"
    archive.add([*paragraphs(4), LABEL], days=4)
    assert archive.learn() == {LABEL}


def test_one_outlets_lines_are_not_anothers(archive: Archive) -> None:
    for number in range(12):
        archive.add([*paragraphs(number), LABEL], outlet=("Post", "Herald", "Echo")[number % 3], days=number)
    assert archive.learn() == set(), "four stories of each"


def test_an_events_label_and_a_rare_one_stay(archive: Archive) -> None:
    for number in range(60):
        lines = paragraphs(number)
        if number % 10 < 2:
            lines.insert(2, "Flood in Larkport")
        if number % 12 == 0:
            lines.insert(2, "From our correspondent in Treve")
        archive.add(lines, days=number % 10)
    assert archive.learn() == set(), "twelve stories of two days, and five of sixty"


def test_short_texts_teach_nothing(archive: Archive) -> None:
    alert = "Air raid alert in Larkport"
    for number in range(20):
        archive.add([alert, f"Go to the shelter of ward {number}"], days=number % 10)
    assert len(alert) * 3 < SHORTEST_TEXT
    assert archive.learn() == set()


def test_a_busy_day_weighs_no_more_than_others(archive: Archive) -> None:
    for number in range(100):
        archive.add([*paragraphs(number), LABEL], days=0.001 * number)
    for number in range(100, 110):
        archive.add(paragraphs(number), days=number - 98)
    assert archive.learn() == set()
    archive.add([*paragraphs(200), LABEL], days=1.5)
    archive.add([*paragraphs(201), LABEL], days=2.5)
    assert archive.learn() == {LABEL}
    [row] = query(archive.database, "select * from news.repeated_lines")
    assert (row.stories, row.of_stories) == (STORIES_A_DAY + 2, STORIES_A_DAY + 12)


def test_a_line_that_is_left_out_is_not_forgotten_until_it_is_gone_for_long(archive: Archive) -> None:
    for number in range(25):
        archive.add([*paragraphs(number), NOTICE], days=number)
    assert archive.learn() == {NOTICE}
    later = NOW + timedelta(days=60)
    for number in range(25, 50):
        archive.add(paragraphs(number), removed=[NOTICE], days=number - 25 - 60)
    assert archive.learn(later) == {NOTICE}
    [row] = query(archive.database, "select * from news.repeated_lines")
    assert (row.stories, row.of_stories) == (25, 25)
    assert row.last_seen_at == later
    assert archive.learn(later + FORGOTTEN_AFTER) == {NOTICE}
    assert archive.learn(later + FORGOTTEN_AFTER + timedelta(days=1)) == set()


def test_a_line_that_a_person_keeps_is_kept_for_good(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(25):
        archive.add([*paragraphs(number), NOTICE], days=number)
    archive.learn()
    database = ["--database", archive.database.url]
    assert main(["lines", "list", "--outlet", "Post", *database]) == 0
    shown = capsys.readouterr().out
    assert NOTICE in shown
    assert "in 25 of 25 stories until 2026-11-22" in shown
    number = shown.split()[0]
    assert main(["lines", "keep", number, "--note", "our readers want it", *database]) == 0
    assert query(archive.database, "select * from news.known_boilerplate") == []
    assert archive.learn() == {NOTICE}
    assert archive.learn(NOW + 2 * FORGOTTEN_AFTER) == {NOTICE}
    assert query(archive.database, "select * from news.known_boilerplate") == []
    capsys.readouterr()
    main(["lines", "list", *database])
    assert "kept: our readers want it" in capsys.readouterr().out
    assert main(["lines", "drop", number, *database]) == 0
    assert [row.lines for row in query(archive.database, "select lines from news.known_boilerplate")] == [[NOTICE]]
    assert main(["lines", "keep", "999", *database]) == 1
    assert "there is no line 999" in capsys.readouterr().err


# -- from the page to the article


def publish(site: Site, number: int, *, comment: str = "") -> str:
    """A page with the notice at its foot; two of three have the background paragraph, here and there."""
    own = paragraphs(number)
    if number % 3:
        own.insert(2 if number % 2 else 5, BACKGROUND)
    body = "".join(f"<p>{text}</p>" for text in [*own, NOTICE])
    title = own[0].split(",")[0]
    path = f"/story/{number}"
    head = f"<!doctype html><html lang=en><head><title>{title}</title></head>"
    page = f"{head}<body><article><h1>{title}</h1>{body}</article><!-- {comment} --></body></html>"
    site.documents[path] = ("text/html", page)
    return path


def revisions(database: Any) -> dict[str, Any]:
    """The current revision of each article by the path of its page."""
    rows = query(
        database,
        "select '/' || split_part(u.canonical_url, '/', 4) || '/' || split_part(u.canonical_url, '/', 5) as path, r.* "
        "from news.articles as a join news.urls as u using (url_id) join news.revisions as r using (revision_id)",
    )
    return {row.path: row for row in rows}


@pytest.mark.timeout(300)
def test_the_foot_of_an_outlets_pages_is_learnt_and_left_out_and_its_background_stays(
    database: Any, site: Site
) -> None:
    site.feed("/rss", *(publish(site, number) for number in range(24)))
    run(database, site, "/rss")
    before = revisions(database)
    assert len(before) == 24
    assert all(NOTICE in row.text for row in before.values()), "nothing is known yet"
    query(database, "update news.articles set first_seen_at = now() - article_id %% 12 * interval '1 day'")
    settings = load({}, database_url=database.url, extract_workers=1)
    assert learn_repeated_lines(settings, database) == {"learnt": 1, "seen": 0, "forgotten": 0}

    # New pages, and an old one that changed where no reader looks.
    new = [publish(site, number) for number in (25, 26)]
    publish(site, 1, comment="changed")
    site.feed("/rss", *new, "/story/1")
    database.run(lambda c: database.sql.make_revisits_due(c))
    run(database, site, "/rss")
    now = revisions(database)
    for path in new:
        assert NOTICE not in now[path].text
        assert BACKGROUND in now[path].text
        assert {"line": NOTICE, "why": REPEATS} in now[path].removed
    assert ("/story/1", 200) in site.asked[-40:], "it was fetched again"
    assert now["/story/1"].number == 1, "what we leave out is no silent edit of theirs"
    assert learn_repeated_lines(settings, database) == {"learnt": 0, "seen": 1, "forgotten": 0}
    [line] = query(database, "select * from news.repeated_lines")
    assert (line.stories, line.of_stories) == (26, 26)

    # A replay reads the past with what is known today, and then finds nothing more to change.
    window = Request(datetime(2000, 1, 1, tzinfo=UTC), datetime.now(UTC) + timedelta(days=1), "extract")
    replay = compare(database, settings, window)
    assert replay.summary["counts"]["extraction"]["changed"] == 24
    promote(database, replay.reprocess_id)
    assert not [row for row in revisions(database).values() if NOTICE in row.text]
    assert sum(BACKGROUND in row.text for row in revisions(database).values()) == 18
    assert "extraction" not in compare(database, settings, window).summary["counts"]

    # A person's word: the line stays in the next page.
    assert main(["lines", "keep", str(line.line_id), "--database", database.url]) == 0
    site.feed("/rss", publish(site, 28))
    run(database, site, "/rss")
    assert NOTICE in revisions(database)["/story/28"].text
