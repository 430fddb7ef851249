"""The data of the wording: what the readers of the patterns rely on."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newswire.extraction import kind_wording, line_wording

PATTERNS = {
    name: value
    for module in (kind_wording, line_wording)
    for name, value in vars(module).items()
    if isinstance(value, re.Pattern)
}
ESCAPE = re.compile(r"\\.")


@pytest.mark.parametrize("name", PATTERNS)
def test_patterns_are_for_lower_case(name):
    assert not PATTERNS[name].flags & re.IGNORECASE
    bare = ESCAPE.sub("", PATTERNS[name].pattern)
    assert bare == bare.lower()


@pytest.mark.parametrize(
    ("pattern", "hints"),
    [
        (kind_wording.PAYWALL, kind_wording.PAYWALL_HINTS),
        (line_wording.RIGHTS, line_wording.RIGHTS_HINTS),
        (line_wording.CREDIT, line_wording.CREDIT_HINTS),
    ],
    ids=["paywall", "rights", "credit"],
)
def test_every_match_holds_a_hint(pattern, hints):
    @settings(max_examples=400, deadline=None)
    @given(st.from_regex(pattern))
    def holds(text):
        assert any(hint in text for hint in hints)

    holds()
