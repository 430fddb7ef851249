"""What the groups of commands share. Light to import: every command line is built with it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add_database_option(command: argparse.ArgumentParser) -> None:
    """Add `--database`, whose default newswire.cli finds."""
    command.add_argument(
        "--database", metavar="URL", help="postgresql://… (default: NEWSWIRE_DATABASE_URL, else what 'make up' started)"
    )


def to_type(arguments: str) -> str:
    """A further command as it can be typed where this one was: a fresh clone's `newswire` is in `.venv/bin`, which is not
    on the PATH, and the image has none but `python -m newswire`."""
    called = sys.argv[0]
    return f"{called if Path(called).name == 'newswire' else 'python -m newswire'} {arguments}"


def failed(error: object) -> int:
    """Say in one line why a command failed. Returns its exit code."""
    print(f"newswire: {error}", file=sys.stderr)
    return 1
