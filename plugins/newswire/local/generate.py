"""The documents that are written by the code itself: `python -m newswire.local.generate [--check]`.

dags/DAGS.md comes from the DAG files (`dag_list`), sql/DICTIONARY.md from the database (`dictionary`). With --check
nothing is written; a stale document is shown as a diff and ends the command with 1.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Sequence
from pathlib import Path

from newswire.config import ROOT
from newswire.local.dag_list import dags_document
from newswire.local.dictionary import migrated_dictionary
from newswire.local.documents import GenerateError, each


def documents(root: Path) -> dict[Path, str]:
    """Each generated document and what it must say now.

    Raises:
        GenerateError: all that is missing in the sources, one line each.
    """
    makers = {root / "dags" / "DAGS.md": dags_document, root / "sql" / "DICTIONARY.md": migrated_dictionary}
    return dict(each(lambda path: (path, makers[path](path.parent)), makers))


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


if __name__ == "__main__":
    sys.exit(main())
