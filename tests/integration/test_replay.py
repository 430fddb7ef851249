"""Replay: a window of the past read and judged again, compared, promoted; and nobody is asked for anything."""

# ruff: noqa: F401, F811 - fixtures come by their names
from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from integration.replay_fixtures import (
    Shifted,
    extract_everything,
    extract_otherwise,
    extract_the_same,
    ingested,
    ingested_template,
    query,
)
from newswire.cli import main
from newswire.config import load
from newswire.replay import ReplayError, Request, compare, promote, summary_text
from newswire.replay.report import summary_markdown

pytestmark = pytest.mark.timeout(300)

START = datetime(2000, 1, 1, tzinfo=UTC)
END = datetime.now(UTC) + timedelta(days=1)
STATE = "select * from news.revisions order by revision_id"
VERDICTS = "select article_id, label, probability from news.current_verdicts order by article_id"


def window(what: Any, limit: int | None = None) -> Request:
    return Request(START, END, what, limit)


def replay(database: Any, what: Any = "both", *, limit: int | None = None, **more: Any) -> Any:
    return compare(database, load({}, database_url=database.url, extract_workers=1), window(what, limit), **more)


def articles(database: Any) -> int:
    return int(query(database, "select count(*) from news.articles")[0][0])


def changes(database: Any, kind: str) -> dict[int, Any]:
    rows = query(database, "select * from news.reprocess_changes where kind = %s", kind)
    return {row.revision_id: row for row in rows}


def test_the_same_tools_find_the_same(ingested: Any) -> None:
    result = replay(ingested)
    counts = result.summary["counts"]
    assert counts["seen"]["articles"] == counts["seen"]["judged"] == articles(ingested) > 40
    assert counts["seen"]["revisions"] == counts["seen"]["articles"] + 1, "one article was changed"
    assert "columns" not in counts, counts["columns"]
    assert "flips" not in counts
    assert "refused" not in counts
    assert query(ingested, "select * from news.reprocess_changes") == []
    assert "; no text and no label differs" in summary_text(result.summary)


def test_a_new_extractor_version_that_finds_the_same_is_no_change(ingested: Any) -> None:
    assert "extraction" not in replay(ingested, "extract", extractor=extract_the_same).summary["counts"]


def test_a_comparison_changes_nothing_that_anybody_sees(ingested: Any) -> None:
    before = query(ingested, STATE), query(ingested, VERDICTS)
    result = replay(ingested, extractor=extract_otherwise, classifier=Shifted())
    counts = result.summary["counts"]
    assert counts["extraction"]["changed"] > 20
    assert counts["columns"]["text"] == counts["columns"]["section"] == counts["extraction"]["changed"]
    assert counts["refused"].keys() == {"index-page", "crashed"}
    assert counts["flips"]["conflict → uncertain"] > 0
    assert (query(ingested, STATE), query(ingested, VERDICTS)) == before


def test_the_summary_is_stored_and_shows_flips_with_their_evidence(ingested: Any) -> None:
    result = replay(ingested, "classify", classifier=Shifted())
    [run] = query(ingested, "select * from news.reprocess_runs")
    assert run.finished_at is not None
    assert run.promoted_at is None
    assert run.summary["counts"]["flips"] == result.summary["counts"]["flips"]
    [flip, *_] = run.summary["examples"]
    assert flip["before_probability"] > flip["after_probability"]
    assert flip["lost"], "the evidence that the other model does not see"
    text = summary_text(run.summary)
    assert "Labels that flip: " in text
    assert "no label differs" not in text
    assert flip["title"][:40] in text
    assert "**Labels that flip:**" in summary_markdown(run.summary)


def test_verdicts_of_another_model_stand_beside_the_current_ones(ingested: Any) -> None:
    model, before = Shifted(), query(ingested, VERDICTS)
    replay(ingested, "classify", classifier=model)
    by_model = dict(query(ingested, "select model_version, count(*) from news.verdicts group by 1"))
    assert by_model["shifted-1"] == model.judged
    assert query(ingested, VERDICTS) == before


def test_verdicts_on_proposed_texts_wait_for_promotion(ingested: Any) -> None:
    replay(ingested, extractor=extract_otherwise, classifier=Shifted())
    proposed = changes(ingested, "extraction").keys()
    stored = {
        row[0] for row in query(ingested, "select revision_id from news.verdicts where model_version = 'shifted-1'")
    }
    assert not proposed & stored
    assert proposed <= changes(ingested, "verdict").keys()


def test_promotion_applies_texts_and_verdicts_and_keeps_the_old_ones(ingested: Any) -> None:
    old = {row.revision_id: row for row in query(ingested, STATE)}
    result = replay(ingested, extractor=extract_otherwise, classifier=Shifted())
    done = promote(ingested, result.reprocess_id)
    proposed = changes(ingested, "extraction")
    assert done.extractions == len(proposed) > 20
    assert done.stale == 0
    assert done.model_current
    assert query(ingested, "select model_version from news.current_model")[0][0] == "shifted-1"
    for row in query(ingested, STATE):
        before = old[row.revision_id]
        if row.revision_id in proposed:
            assert row.text == "\n".join(before.text.split("\n")[:-1])
            assert proposed[row.revision_id].before["text"] == before.text
            assert (row.section, row.extractor_version) == ("moved", "next")
        else:
            assert row == before
        assert (row.article_id, row.number, row.page_id, row.seen_at) == (
            before.article_id, before.number, before.page_id, before.seen_at,
        )  # fmt: skip
    unproven = query(
        ingested,
        "select e->>'text' from news.current_verdicts v join news.revisions r using (revision_id), "
        "jsonb_array_elements(v.evidence) as e where position(e->>'text' in coalesce(r.title, '') || r.text) = 0",
    )
    assert unproven == [], "evidence is verbatim in the text as it stands now"
    assert query(ingested, "select adds_up from news.ledger_check")[0][0]


def test_promotion_can_be_repeated_and_goes_on_after_a_crash(ingested: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    result = replay(ingested, extractor=extract_otherwise, classifier=Shifted())
    monkeypatch.setattr("newswire.replay.promoting.CHUNK", 7)
    real, calls = ingested.run, []

    def die_in_the_middle(work: Any) -> Any:
        calls.append(work)
        if len(calls) == 6:
            raise KeyboardInterrupt
        return real(work)

    with monkeypatch.context() as patched:
        patched.setattr(ingested, "run", die_in_the_middle)
        with pytest.raises(KeyboardInterrupt):
            promote(ingested, result.reprocess_id)
    assert query(ingested, "select promoted_at from news.reprocess_runs")[0][0] is None
    first = promote(ingested, result.reprocess_id)
    state = query(ingested, STATE), query(ingested, VERDICTS)
    again = promote(ingested, result.reprocess_id)
    assert (again.stale, again.model_current) == (first.stale, first.model_current) == (0, True)
    assert (query(ingested, STATE), query(ingested, VERDICTS)) == state
    [judged] = query(ingested, "select count(*) from news.verdicts where model_version = 'shifted-1'")
    assert judged[0] == len(state[0])


def test_a_comparison_goes_on_after_its_last_chunk(ingested: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newswire.replay.comparing.CHUNK", 10)
    whole = replay(ingested, "classify", classifier=Shifted()).summary["counts"]
    model = Shifted(version="shifted-2")

    class Dying(Shifted):
        def __call__(self, batch: Any) -> Any:
            if self.judged > 20:
                raise KeyboardInterrupt
            return super().__call__(batch)

    with pytest.raises(KeyboardInterrupt):
        replay(ingested, "classify", classifier=Dying(version="shifted-2"), key="a run")
    result = replay(ingested, "classify", classifier=model, key="a run")
    assert model.judged < whole["seen"]["revisions"]
    assert result.summary["counts"]["seen"] == whole["seen"]
    assert result.summary["counts"]["flips"] == whole["flips"]
    model.judged = 0
    assert replay(ingested, "classify", classifier=model, key="a run") == result
    assert model.judged == 0, "a finished comparison is not made again"


def test_a_model_is_not_promoted_while_articles_would_lose_their_verdict(ingested: Any) -> None:
    before = query(ingested, VERDICTS)
    done = promote(ingested, replay(ingested, "classify", limit=5, classifier=Shifted()).reprocess_id)
    assert not done.model_current
    assert done.unjudged == articles(ingested) - 5
    assert "NOT the current model" in str(done)
    assert query(ingested, VERDICTS) == before
    rest = promote(ingested, replay(ingested, "classify", classifier=Shifted()).reprocess_id)
    assert rest.model_current
    assert query(ingested, VERDICTS) != before


def test_what_changed_since_the_comparison_is_left_alone(ingested: Any) -> None:
    first = replay(ingested, extractor=extract_otherwise, classifier=Shifted())
    revision = min(changes(ingested, "extraction"))
    query(ingested, "update news.revisions set text = 'otherwise', content_hash = 'x' where revision_id = %s", revision)
    done = promote(ingested, first.reprocess_id)
    assert done.stale == 2, "the text and the verdict on it"
    assert query(ingested, "select text from news.revisions where revision_id = %s", revision)[0][0] == "otherwise"
    assert done.unjudged == 1
    assert not done.model_current


def test_a_page_that_is_no_longer_archived_is_counted_and_still_judged(ingested: Any) -> None:
    query(ingested, "update news.pages set body_zstd = null where page_id = (select min(page_id) from news.revisions)")
    seen = replay(ingested, extractor=extract_otherwise).summary["counts"]["seen"]
    assert seen["pages no longer archived"] == 1
    assert seen["judged"] == seen["articles"]


def test_a_reviewed_article_keeps_its_label_and_says_which_model_is_right(ingested: Any) -> None:
    article = query(ingested, "select article_id, revision_id from news.current_verdicts where label = 'conflict'")[0]
    query(
        ingested,
        "insert into news.reviews (article_id, revision_id, label, reviewer) values (%s, %s, 'conflict', 'ann')",
        article.article_id, article.revision_id,
    )  # fmt: skip
    result = replay(ingested, "classify", classifier=Shifted(-1.0))
    assert result.summary["counts"]["reviewed"] == {"articles": 1, "right before": 1, "right after": 0}
    promote(ingested, result.reprocess_id)
    [row] = query(ingested, "select * from news.current_verdicts where article_id = %s", article.article_id)
    assert (row.label, row.model_label, row.model_version, row.reviewer) == ("conflict", "other", "shifted-1", "ann")


def test_nobody_is_fetched_from(ingested: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: Any) -> None:
        raise AssertionError("a replay asked the network")

    ingested.run(lambda c: None)
    monkeypatch.setattr(socket.socket, "connect", forbidden)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    assert replay(ingested, extractor=extract_otherwise).summary["counts"]["extraction"]["changed"] > 20


def test_extraction_alone_needs_the_current_model(ingested: Any) -> None:
    with pytest.raises(ReplayError, match="choose 'both'"):
        replay(ingested, "extract", extractor=extract_otherwise, classifier=Shifted())
    result = replay(ingested, "extract", extractor=extract_otherwise)
    done = promote(ingested, result.reprocess_id)
    assert done.model is None
    assert done.verdicts >= done.extractions
    stale = query(
        ingested,
        "select e->>'text' from news.current_verdicts v join news.revisions r using (revision_id), "
        "jsonb_array_elements(v.evidence) as e where position(e->>'text' in coalesce(r.title, '') || r.text) = 0",
    )
    assert stale == []


@pytest.mark.parametrize(
    ("request_of", "says"),
    [
        (lambda: Request(END, START, "both"), "ends .* before it starts"),
        (lambda: Request(START.replace(tzinfo=None), END, "both"), "times with a zone"),
        (lambda: Request(START, END, "translate"), "extract, classify or both"),  # type: ignore[arg-type]
        (lambda: Request(START, END, "both", 0), "at least 1"),
    ],
)
def test_a_request_that_cannot_be_is_refused(request_of: Any, says: str) -> None:
    with pytest.raises(ReplayError, match=says):
        request_of()


def test_an_unknown_or_unfinished_replay_is_not_promoted(ingested: Any) -> None:
    with pytest.raises(ReplayError, match="no replay 77"):
        promote(ingested, 77)
    result = replay(ingested, "classify")
    query(ingested, "update news.reprocess_runs set finished_at = null")
    with pytest.raises(ReplayError, match="has not ended"):
        promote(ingested, result.reprocess_id)


def test_pages_once_refused_go_back_to_the_extract_station(ingested: Any) -> None:
    before = query(ingested, "select url_id, state, reason from news.urls order by 1")
    same = replay(ingested, "extract").summary
    assert same["counts"]["seen"]["refused pages"] > 0
    assert same["accepted"] == []
    result = replay(ingested, "extract", extractor=extract_everything)
    accepted = result.summary["accepted"]
    assert 0 < len(accepted) == sum(result.summary["counts"]["now accepted"].values())
    assert query(ingested, "select url_id, state, reason from news.urls order by 1") == before
    assert promote(ingested, result.reprocess_id).handed_back == len(accepted)
    moved = query(ingested, "select url_id from news.urls where state = 'pending' and stage = 'extract' order by 1")
    assert [row.url_id for row in moved] == sorted(accepted)
    assert query(ingested, "select adds_up from news.ledger_check")[0][0]
    assert promote(ingested, result.reprocess_id).handed_back == 0


def test_an_empty_window_proposes_no_promotion(ingested: Any, capsys: pytest.CaptureFixture[str]) -> None:
    window = ["--from", "2000-01-01", "--to", "2000-01-02"]
    assert main(["replay", "compare", *window, "--what", "classify", "--database", ingested.url]) == 0
    said = capsys.readouterr().out
    assert said.endswith("nothing to promote\n")
    assert "newswire replay promote" not in said


def test_the_command_line_compares_and_promotes(ingested: Any, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--database", ingested.url]
    span = ["--from", "2000-01-01", "--to", END.isoformat(), "--what", "classify"]
    assert main(["replay", "compare", *span, *where]) == 0
    said = capsys.readouterr().out
    assert "judged by" in said
    assert "newswire replay promote 1" in said
    assert main(["replay", "promote", "1", *where]) == 0
    assert "is the current model" in capsys.readouterr().out
    assert main(["replay", "promote", "2", *where]) == 1
    assert capsys.readouterr().err == "newswire: there is no replay 2\n"
