"""newswire.text: untrusted text made safe."""

from __future__ import annotations

import csv
import io
import json
import logging
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newswire.text import clean, csv_cell, fold, one_line, printable, shortened

ENGLAND = "🏴" + "".join(chr(0xE0000 + ord(c)) for c in "gbeng") + "\U000e007f"
# every code point, lone surrogates too: what a hostile feed can make a parser hand out
ANY_TEXT = st.text(st.characters(min_codepoint=0, max_codepoint=0x10FFFF, exclude_categories=[]), max_size=60)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("nul\x00title", "nultitle"),
        ("Kyiv \x9b31m red", "Kyiv 31m red"),
        ("Kyiv \x1b[31mred\x1b[0m", "Kyiv red"),
        ("\x1b]0;owned\x07Kyiv", "Kyiv"),
        ("Drone \u202etxt.exe\u202c strike \u2066x\u2069", "Drone txt.exe strike x"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("pair \ud83d\ude00", "pair 😀"),
        ("a\r\nb\rc\u2028d\u0085e", "a\nb\nc\nd\ne"),
        ("\ufeffStart", "Start"),
        ("и\u0306 i\u0308", "й ï"),
        ("War update 🇺🇦 💥 𝕏 👩‍🚀", "War update 🇺🇦 💥 𝕏 👩‍🚀"),
        (ENGLAND, ENGLAND),
        ("hidden\U000e0041\U000e0042", "hidden"),
        ("קול\u200f ישראל", "קול\u200f ישראל"),
        ("x\ufffe\U0001ffffy", "xy"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_clean(raw: str, expected: str) -> None:
    assert clean(raw) == expected


@settings(max_examples=300)
@given(ANY_TEXT)
def test_clean_text_can_be_stored_and_is_stable(raw: str) -> None:
    text = clean(raw)
    text.encode("utf-8")
    assert "\x00" not in text
    assert not any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in text)
    assert not any("\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069" for c in text)
    assert clean(text) == text
    assert unicodedata.is_normalized("NFC", text)


def test_one_line_collapses_every_space() -> None:
    assert one_line(" Київ\xa0—\u202fХарків \r\n\tLine\u3000two ") == "Київ — Харків Line two"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Укр\u200bаїн\u200dа\ufeff \u2060war\xad", "україна war"),
        ("Cборная Рoссии и Укpаина", "Сборная России и Украина"),
        ("ХАРКIВ", "Харків"),
        ("ﬁnal  STRASSE", "final straße"),
        ("é", "e\u0301"),
    ],
)
def test_fold_makes_equal_what_looks_equal(a: str, b: str) -> None:
    assert fold(a) == fold(b)


@pytest.mark.parametrize("word", ["iPhone-ом", "Ростех", "NATO", "T-90М"])
def test_fold_keeps_honest_words_of_two_scripts_apart(word: str) -> None:
    assert fold(word) == word.casefold()


@settings(max_examples=200)
@given(ANY_TEXT)
def test_fold_is_stable(raw: str) -> None:
    assert fold(fold(raw)) == fold(raw)


def test_printable_is_one_harmless_line(caplog: pytest.LogCaptureFixture) -> None:
    hostile = "ok\r\nERROR fake log\x1b[31m\u202e\x00\ud800"
    assert printable(hostile) == "ok\\r\\nERROR fake log\\x1b[31m\\u202e\\x00\\ud800"
    with caplog.at_level(logging.INFO):
        logging.getLogger("test").info("title=%s", printable("a\nb %s {0}"))
    assert caplog.messages == ["title=a\\nb %s {0}"]
    assert printable("x" * 600) == "x" * 500 + "…"


@settings(max_examples=200)
@given(ANY_TEXT)
def test_printable_is_printable(raw: str) -> None:
    assert printable(raw).isprintable()


@pytest.mark.parametrize(
    ("raw", "limit", "shown"),
    [
        ("Russian troops", 14, "Russian troops"),
        ("Russian troops near Kharkiv", 14, "Russian…"),
        ("Russian troops near Kharkiv", 15, "Russian troops…"),
        ("Kharkiv, and then Sumy", 9, "Kharkiv…"),
        ("Kriegsdienstverweigerung", 8, "Kriegsd…"),
        (" two\n lines ", 20, "two lines"),
    ],
)
def test_shortened_cuts_between_words_and_says_so(raw: str, limit: int, shown: str) -> None:
    assert shortened(raw, limit) == shown
    assert len(shown) <= limit


@pytest.mark.parametrize(
    "formula",
    [
        '=HYPERLINK("http://127.0.0.1/?x="&A1,"Kyiv")',
        "@SUM(1+1)*cmd|calc!A0",
        "+1",
        "-2+3",
        "\t=1",
        " =1",
        "＝1",
        "\x00=1",
    ],
)
def test_csv_cell_is_no_formula(formula: str) -> None:
    cell = csv_cell(formula)
    assert cell.startswith("'")
    out = io.StringIO()
    csv.writer(out).writerow([cell])
    assert next(csv.reader(io.StringIO(out.getvalue(), newline="")))[0] == cell


def test_csv_cell_leaves_text_alone() -> None:
    assert csv_cell("Kyiv = Київ") == "Kyiv = Київ"
    assert json.loads(json.dumps(csv_cell("{{7*7}} ${7*7}"))) == "{{7*7}} ${7*7}"
