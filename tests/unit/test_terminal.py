"""What the groups of commands share."""

from __future__ import annotations

import sys

import pytest

from newswire.terminal import to_type


@pytest.mark.parametrize(
    ("called", "typed"),
    [
        (".venv/bin/newswire", ".venv/bin/newswire replay promote 7"),
        ("/opt/venv/bin/newswire", "/opt/venv/bin/newswire replay promote 7"),
        ("/opt/newswire/plugins/newswire/__main__.py", "python -m newswire replay promote 7"),
    ],
)
def test_a_command_to_go_on_with_is_named_as_this_one_was_called(
    monkeypatch: pytest.MonkeyPatch, called: str, typed: str
) -> None:
    monkeypatch.setattr(sys, "argv", [called, "replay", "compare"])
    assert to_type("replay promote 7") == typed
