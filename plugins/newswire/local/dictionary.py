"""sql/DICTIONARY.md from the comments in a freshly migrated database: what Postgres itself would answer to `\\d+`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import psycopg2

from newswire.local.documents import NOTICE, GenerateError, cell

_RELATIONS = """
select c.oid, c.relname, c.relkind = 'v' as is_view, obj_description(c.oid, 'pg_class') as words
from pg_class as c
where c.relnamespace = 'news'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
order by c.relname
"""

_COLUMNS = """
select
    a.attname, replace(format_type(a.atttypid, a.atttypmod), 'timestamp with time zone', 'timestamptz'),
    not a.attnotnull as nullable,
    exists (select from pg_constraint as k
            where k.conrelid = a.attrelid and k.contype = 'p' and a.attnum = any (k.conkey)) as key,
    (select r.relname from pg_constraint as k join pg_class as r on r.oid = k.confrelid
     where k.conrelid = a.attrelid and k.contype = 'f' and k.conkey = array[a.attnum] limit 1) as refers_to,
    col_description(a.attrelid, a.attnum) as words
from pg_attribute as a
where a.attrelid = %s and a.attnum > 0 and not a.attisdropped
order by a.attnum
"""

_FUNCTIONS = """
select
    p.proname || '(' || pg_get_function_arguments(p.oid) || ')', pg_get_function_result(p.oid),
    obj_description(p.oid, 'pg_proc') as words
from pg_proc as p
where p.pronamespace = 'news'::regnamespace and p.prokind in ('f', 'p')
  and not exists (select from pg_depend as d where d.objid = p.oid and d.deptype = 'e')  -- not an extension's own
order by 1
"""


class Column(NamedTuple):
    """A column as _COLUMNS selects it."""

    name: str
    type: str
    nullable: bool
    key: bool
    refers_to: str | None
    words: str | None


class Relation(NamedTuple):
    """A table or a view."""

    name: str
    is_view: bool
    words: str | None
    columns: list[Column]


class Function(NamedTuple):
    """A function as _FUNCTIONS selects it."""

    signature: str
    result: str
    words: str | None


def dictionary_document(url: str) -> str:
    """The text of sql/DICTIONARY.md, from the comments of a migrated database.

    Raises:
        GenerateError: a table, view, column or function of schema news has no comment; names each.
    """
    connection = psycopg2.connect(url)
    try:
        with connection.cursor() as cursor:
            relations = [
                Relation(name, is_view, words, [Column(*row) for row in _rows(cursor, _COLUMNS, oid)])
                for oid, name, is_view, words in _rows(cursor, _RELATIONS)
            ]
            functions = [Function(*row) for row in _rows(cursor, _FUNCTIONS)]
            schema = str(_rows(cursor, "select obj_description('news'::regnamespace, 'pg_namespace')")[0][0])
    finally:
        connection.close()
    missing = _without_comment(relations, functions)
    if missing:
        raise GenerateError("\n".join(f"no comment on {what}" for what in missing))
    relations.sort(key=lambda relation: not relation.is_view)
    lines = ["# The data dictionary", "", NOTICE.format(source="the comments in sql/migrations"), "", schema, ""]
    lines += ["Times are UTC. Begin with the views; the tables are what they are made of. `or null`: may be empty."]
    lines += ["Queries to start from are in [examples](examples/)."]
    for heading, kind in (("Views", "view"), ("Tables", "table")):
        lines += ["", f"## {heading}", "", f"| {kind} | what it holds |", "| --- | --- |"]
        lines += [f"| [{r.name}](#{r.name}) | {cell(r.words)} |" for r in relations if r.is_view == (kind == "view")]
    lines += ["", "## Functions", "", "| function | returns | what it does |", "| --- | --- | --- |"]
    lines += [f"| `{cell(f.signature)}` | `{cell(f.result)}` | {cell(f.words)} |" for f in functions]
    for relation in relations:
        lines += ["", f'<a id="{relation.name}"></a>', "", f"### news.{relation.name}", "", relation.words or "", ""]
        lines += ["| column | type | meaning |", "| --- | --- | --- |"]
        lines += [f"| {c.name} | {_type(c, relation.is_view)} | {cell(c.words)} |" for c in relation.columns]
    return "\n".join(lines) + "\n"


def _without_comment(relations: Iterable[Relation], functions: Iterable[Function]) -> list[str]:
    missing = []
    for relation in relations:
        if not relation.words:
            missing.append(f"{'view' if relation.is_view else 'table'} news.{relation.name}")
        missing += [f"column news.{relation.name}.{c.name}" for c in relation.columns if not c.words]
    return missing + [f"function news.{f.signature}" for f in functions if not f.words]


def _type(column: Column, in_view: bool) -> str:
    """Type, key and reference; Postgres does not know of a view's column whether it may be null."""
    notes = ["key"] if column.key else []
    notes += [f"→ [{column.refers_to}](#{column.refers_to})"] if column.refers_to else []
    notes += ["or null"] if column.nullable and not in_view else []
    return " ".join([f"`{column.type}`", *notes])


def migrated_dictionary(sql_dir: Path) -> str:
    """The dictionary of a database that is migrated for it in a scratch server, and thrown away."""
    from newswire.local.postgres import EmbeddedPostgres
    from newswire.storage import migrate

    with tempfile.TemporaryDirectory(prefix="newswire-dictionary-") as folder:
        # The server steps down from root to a user of its own, who must be able to reach its data.
        Path(folder).chmod(0o755)
        postgres = EmbeddedPostgres(Path(folder) / "postgres", durable=False)
        postgres.start()
        try:
            url = postgres.create_database("newswire")
            migrate(url, sql_dir)
            return dictionary_document(url)
        finally:
            postgres.stop()


def _rows(cursor: Any, query: str, *values: object) -> list[Any]:
    cursor.execute(query, values)
    return list(cursor.fetchall())
