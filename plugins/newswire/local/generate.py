"""The documents that are written by the code itself: `python -m newswire.local.generate [--check]`.

- dags/DAGS.md from the DAG files: each file's docstring (which Airflow shows as the DAG's documentation), schedule,
  trigger form and tasks. Read with `ast`: nothing is imported, so it needs no Airflow.
- sql/DICTIONARY.md from the comments in a freshly migrated database: what Postgres itself would answer to `\\d+`.

With --check nothing is written; a stale document is shown as a diff and ends the command with 1.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import psycopg2

from newswire.config import ROOT

T = TypeVar("T")
R = TypeVar("R")

NOTICE = "<!-- Written by `make generate`. Edit {source} instead; a test fails where this file is stale. -->"


class GenerateError(Exception):
    """A source lacks what the document must say. One line per omission."""


# -- DAGs


@dataclass(frozen=True, slots=True)
class DagField:
    """One field of a DAG's trigger form."""

    name: str
    title: str
    default: str
    description: str


@dataclass(frozen=True, slots=True)
class DagDescription:
    """What a DAG file says of itself."""

    dag_id: str
    file: str
    doc: str
    schedule: str
    fields: tuple[DagField, ...]
    tasks: tuple[tuple[str, str], ...]
    """Name and time limit of each task, in the order of the file."""


def read_dag(path: Path) -> DagDescription:
    """Read one DAG file without running it.

    Raises:
        GenerateError: it has no docstring, no function decorated with `@dag`, or a form field without a description.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    doc = ast.get_docstring(tree)
    if not doc:
        raise GenerateError(f"{path.name}: no docstring for the operator")
    for node in tree.body:
        call = _decorator(node, "dag")
        if isinstance(node, ast.FunctionDef) and call is not None:
            break
    else:
        raise GenerateError(f"{path.name}: no function decorated with @dag")
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    params = keywords.get("params")
    if isinstance(params, ast.Name):
        params = _module_value(tree, params.id)
    fields = (
        [_field(path, *pair) for pair in zip(params.keys, params.values, strict=True)]
        if isinstance(params, ast.Dict)
        else []
    )
    tasks = [(_text(task.keywords, "task_id") or inner.name, task) for inner in ast.walk(node)
             if isinstance(inner, ast.FunctionDef) and (task := _decorator(inner, "task")) is not None]  # fmt: skip
    dag_id = _text(call.keywords, "dag_id") or node.name
    limits = tuple((name, _limit(task)) for name, task in tasks)
    return DagDescription(dag_id, path.name, doc, _schedule(keywords.get("schedule")), tuple(fields), limits)


def dags_document(folder: Path) -> str:
    """The text of dags/DAGS.md.

    Raises:
        GenerateError: a DAG file does not say what it must.
    """
    dags = _each(read_dag, sorted(folder.glob("*.py")))
    # ingest_news is what everything else serves, so it comes first.
    dags.sort(key=lambda dag: (dag.dag_id != "ingest_news", dag.dag_id))
    lines = ["# The DAGs", "", NOTICE.format(source="the DAG files' docstrings"), ""]
    lines += ["| DAG | runs | what it does |", "| --- | --- | --- |"]
    lines += [f"| [{dag.dag_id}](#{dag.dag_id}) | {dag.schedule} | {_cell(_headline(dag.doc))} |" for dag in dags]
    for dag in dags:
        lines += [
            "",
            f'<a id="{dag.dag_id}"></a>',
            "",
            f"## {dag.dag_id}",
            "",
            f"File [{dag.file}]({dag.file}), runs {dag.schedule}.",
            "",
            dag.doc,
        ]
        if dag.fields:
            lines += [
                "",
                "**Trigger form**",
                "",
                "| field | name in `conf` | default | meaning |",
                "| --- | --- | --- | --- |",
            ]
            lines += [
                f"| {_cell(f.title)} | `{f.name}` | {_cell(f.default)} | {_cell(f.description)} |" for f in dag.fields
            ]
        lines += [
            "",
            "**Tasks** (longest time): " + ", ".join(f"`{name}` ({limit})" for name, limit in dag.tasks) + ".",
        ]
    return "\n".join(lines) + "\n"


def _decorator(node: ast.AST, name: str) -> ast.Call | None:
    """The call `@name(…)` or `@name.kind(…)` above a function; a bare `@name` counts as an empty call."""
    for decorator in getattr(node, "decorator_list", []):
        function = decorator.func if isinstance(decorator, ast.Call) else decorator
        root = function.value if isinstance(function, ast.Attribute) else function
        if isinstance(root, ast.Name) and root.id == name:
            return decorator if isinstance(decorator, ast.Call) else ast.Call(function, [], [])
    return None


def _module_value(tree: ast.Module, name: str) -> ast.expr | None:
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets):
            return node.value
    return None


def _field(path: Path, key: ast.expr | None, value: ast.expr) -> DagField:
    name = ast.literal_eval(key) if key is not None else "?"
    if not isinstance(value, ast.Call):
        raise GenerateError(f"{path.name}: params[{name!r}] is no Param(…), so its form field has no description")
    description = _text(value.keywords, "description")
    if not description:
        raise GenerateError(f"{path.name}: params[{name!r}] has no description")
    given = value.args[0] if value.args else next((k.value for k in value.keywords if k.arg == "default"), None)
    return DagField(name, _text(value.keywords, "title") or name, _default(given), description)


def _default(node: ast.expr | None) -> str:
    """The default as the form shows it: empty, on or off, or the value."""
    if node is None:
        return "required"
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return f"`{ast.unparse(node)}`"
    if isinstance(value, bool):
        return "on" if value else "off"
    return "empty" if value in (None, "", []) else f"`{value}`"


def _text(keywords: Iterable[ast.keyword], name: str) -> str | None:
    for keyword in keywords:
        if keyword.arg == name and isinstance(keyword.value, ast.Constant):
            return str(keyword.value.value)
    return None


def _schedule(node: ast.expr | None) -> str:
    """In words: a cron expression, an environment variable with its default, or by hand."""
    if isinstance(node, ast.BoolOp):  # `… or None`: an empty setting means by hand
        node = node.values[0]
    if node is None or (isinstance(node, ast.Constant) and node.value is None):
        return "by hand"
    if isinstance(node, ast.Constant):
        return f"by the schedule `{node.value!s}`"
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "os.environ.get" and len(node.args) == 2:
        variable, default = (ast.literal_eval(argument) for argument in node.args)
        return f"by the schedule `{default}` (setting `{variable}`)" if default else f"by the setting `{variable}`"
    return f"by `{ast.unparse(node)}`"


def _limit(task: ast.Call) -> str:
    value = next((k.value for k in task.keywords if k.arg == "execution_timeout"), None)
    if isinstance(value, ast.Call) and value.keywords:
        return (
            " ".join(f"{ast.unparse(k.value)} {k.arg}" for k in value.keywords)
            .replace("hours", "h")
            .replace("minutes", "min")
        )
    return "no limit"


def _headline(doc: str) -> str:
    return doc.splitlines()[0].lstrip("# ").partition(": ")[2] or doc.splitlines()[0].lstrip("# ")


# -- the data dictionary

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
        lines += [f"| [{r.name}](#{r.name}) | {_cell(r.words)} |" for r in relations if r.is_view == (kind == "view")]
    lines += ["", "## Functions", "", "| function | returns | what it does |", "| --- | --- | --- |"]
    lines += [f"| `{_cell(f.signature)}` | `{_cell(f.result)}` | {_cell(f.words)} |" for f in functions]
    for relation in relations:
        lines += ["", f'<a id="{relation.name}"></a>', "", f"### news.{relation.name}", "", relation.words or "", ""]
        lines += ["| column | type | meaning |", "| --- | --- | --- |"]
        lines += [f"| {c.name} | {_type(c, relation.is_view)} | {_cell(c.words)} |" for c in relation.columns]
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


# -- both


def documents(root: Path) -> dict[Path, str]:
    """Each generated document and what it must say now.

    Raises:
        GenerateError: all that is missing in the sources, one line each.
    """
    makers = {root / "dags" / "DAGS.md": dags_document, root / "sql" / "DICTIONARY.md": migrated_dictionary}
    return dict(_each(lambda path: (path, makers[path](path.parent)), makers))


def stale(path: Path, wanted: str) -> str:
    """The difference between a document and what it must say, as a unified diff; empty when there is none."""
    found = path.read_text(encoding="utf-8") if path.exists() else ""
    lines = difflib.unified_diff(
        found.splitlines(True), wanted.splitlines(True), f"{path.name} (as it is)", f"{path.name} (as the code says)"
    )
    return "".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the documents, or check them. Returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m newswire.local.generate", description="Write dags/DAGS.md and sql/DICTIONARY.md anew."
    )
    parser.add_argument("--check", action="store_true", help="write nothing; show what is stale and exit 1")
    options = parser.parse_args(arguments)
    try:
        wanted = documents(ROOT)
    except GenerateError as error:
        print(error, file=sys.stderr)
        return 1
    differences = {path: stale(path, text) for path, text in wanted.items()}
    for path, difference in differences.items():
        if options.check and difference:
            print(difference)
        elif not options.check:
            path.write_text(wanted[path], encoding="utf-8")
            print(f"{path.relative_to(ROOT)}: {'written' if difference else 'unchanged'}")
    if options.check and any(differences.values()):
        print("stale: run 'make generate' and commit the result", file=sys.stderr)
        return 1
    return 0


def _cell(text: str | None) -> str:
    """Text in a cell of a Markdown table: one line, no bar that would end the cell."""
    return " ".join((text or "").split()).replace("|", "\\|")


def _each(function: Callable[[T], R], items: Iterable[T]) -> list[R]:
    """The function's answer for each item; what all of them lack is raised together."""
    answers, missing = [], []
    for item in items:
        try:
            answers.append(function(item))
        except GenerateError as error:
            missing.append(str(error))
    if missing:
        raise GenerateError("\n".join(missing))
    return answers


if __name__ == "__main__":
    sys.exit(main())
