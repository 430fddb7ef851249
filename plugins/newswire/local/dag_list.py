"""dags/DAGS.md from the DAG files: each file's docstring (which Airflow shows as the DAG's documentation), schedule,
trigger form and tasks. Read with `ast`: nothing is imported, so it needs no Airflow.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from newswire.local.documents import NOTICE, GenerateError, cell, each


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
    dags = each(read_dag, sorted(folder.glob("*.py")))
    # ingest_news is what everything else serves, so it comes first.
    dags.sort(key=lambda dag: (dag.dag_id != "ingest_news", dag.dag_id))
    lines = ["# The DAGs", "", NOTICE.format(source="the DAG files' docstrings"), ""]
    lines += ["| DAG | runs | what it does |", "| --- | --- | --- |"]
    lines += [f"| [{dag.dag_id}](#{dag.dag_id}) | {dag.schedule} | {cell(_headline(dag.doc))} |" for dag in dags]
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
                f"| {cell(f.title)} | `{f.name}` | {cell(f.default)} | {cell(f.description)} |" for f in dag.fields
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
