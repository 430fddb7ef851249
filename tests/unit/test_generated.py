"""The generated documents: they say what the code says, and a gap in the code is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg2
import pytest

from newswire.local import generate
from newswire.local.dag_list import dags_document, read_dag
from newswire.local.dictionary import dictionary_document
from newswire.local.documents import GenerateError
from newswire.local.generate import stale

ROOT = Path(__file__).resolve().parents[2]

A_DAG = '''"""### Count sheep: one by one

**What it does.** Counts | sheep.
"""
import os
from datetime import timedelta
from airflow.sdk import Param, dag, task

@dag(
    schedule=os.environ.get("SHEEP_SCHEDULE", "@nightly") or None,
    params={"flock": Param([], type="array", title="Flock", description="Only these; a|b."),
            "loud": Param(True, type="boolean", description="Say each number."),
            "most": Param(12, type="integer", description="Stop there.")},
)
def count_sheep():
    @task(execution_timeout=timedelta(hours=1, minutes=5))
    def count(): ...

    @task.short_circuit(task_id="asleep")
    def check(): ...
'''


def test_the_dag_list_is_fresh() -> None:
    assert stale(ROOT / "dags" / "DAGS.md", dags_document(ROOT / "dags")) == "", "run 'make generate'"


def test_the_dictionary_is_fresh(database_url: str) -> None:
    assert stale(ROOT / "sql" / "DICTIONARY.md", dictionary_document(database_url)) == "", "run 'make generate'"


def test_a_dag_file_is_read_without_running_it(tmp_path: Path) -> None:
    (tmp_path / "sheep.py").write_text(A_DAG, encoding="utf-8")
    found = read_dag(tmp_path / "sheep.py")
    assert (found.dag_id, found.schedule) == ("count_sheep", "by the schedule `@nightly` (setting `SHEEP_SCHEDULE`)")
    assert [(f.name, f.title, f.default) for f in found.fields] == [
        ("flock", "Flock", "empty"), ("loud", "loud", "on"), ("most", "most", "`12`"),
    ]  # fmt: skip
    assert found.tasks == (("count", "1 h 5 min"), ("asleep", "no limit"))
    text = dags_document(tmp_path)
    assert (
        "| [count_sheep](#count_sheep) | by the schedule `@nightly` (setting `SHEEP_SCHEDULE`) | one by one |" in text
    )
    assert "| Flock | `flock` | empty | Only these; a\\|b. |" in text
    assert "**What it does.** Counts | sheep." in text


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (A_DAG[: A_DAG.index("import os")], "", "sheep.py: no docstring for the operator"),
        ("@dag(", "@staticmethod\n@other(", "sheep.py: no function decorated with @dag"),
        (', description="Stop there."', "", "sheep.py: params['most'] has no description"),
        ('Param(12, type="integer", description="Stop there.")', "12", "sheep.py: params['most'] is no Param"),
    ],
)
def test_a_dag_that_does_not_explain_itself_is_named(tmp_path: Path, before: str, after: str, said: str) -> None:
    assert before in A_DAG
    (tmp_path / "sheep.py").write_text(A_DAG.replace(before, after), encoding="utf-8")
    with pytest.raises(GenerateError, match=said.replace("[", r"\[").replace("]", r"\]")):
        dags_document(tmp_path)


def test_everything_without_a_comment_is_named(database_url: str) -> None:
    with psycopg2.connect(database_url) as connection, connection.cursor() as cursor:
        cursor.execute("create table news.sheep (sheep_id bigint primary key, name text)")
        cursor.execute("comment on column news.sheep.name is 'What it is called.'")
        cursor.execute("create view news.flock as select name from news.sheep")
        cursor.execute("create function news.bleat(loud boolean) returns text language sql return 'baa'")
    with pytest.raises(GenerateError) as raised:
        dictionary_document(database_url)
    assert set(str(raised.value).splitlines()) == {
        "no comment on table news.sheep",
        "no comment on column news.sheep.sheep_id",
        "no comment on view news.flock",
        "no comment on column news.flock.name",
        "no comment on function news.bleat(loud boolean)",
    }


def test_keys_references_and_nulls_are_said(database_url: str) -> None:
    with psycopg2.connect(database_url) as connection, connection.cursor() as cursor:
        cursor.execute(
            "create table news.sheep (sheep_id bigint primary key, outlet_id bigint references news.outlets)"
        )
        cursor.execute("comment on table news.sheep is 'Woolly.'")
        cursor.execute("comment on column news.sheep.sheep_id is 'Key | number.'")
        cursor.execute("comment on column news.sheep.outlet_id is 'Owner.'")
    text = dictionary_document(database_url)
    assert "| sheep_id | `bigint` key | Key \\| number. |" in text
    assert "| outlet_id | `bigint` → [outlets](#outlets) or null | Owner. |" in text
    assert "| shown_at | `timestamptz` |" in text
    assert "polls_default" not in text, "a partition is no table of its own"


def test_check_shows_what_is_stale_and_writes_nothing(tmp_path: Path, monkeypatch: Any, capsys: Any) -> None:
    document = tmp_path / "DAGS.md"
    document.write_text("old\n", encoding="utf-8")
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    monkeypatch.setattr(generate, "documents", lambda root: {document: "new\n"})
    assert generate.main(["--check"]) == 1
    assert document.read_text(encoding="utf-8") == "old\n"
    shown = capsys.readouterr().out
    assert "-old" in shown
    assert "+new" in shown
    assert generate.main([]) == 0
    assert document.read_text(encoding="utf-8") == "new\n"
    assert generate.main(["--check"]) == 0
