from __future__ import annotations

import pytest

from newswire.classification.language import is_supported, language_of, normalise


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("pt-BR", "pt"),
        ("UK_ua", "uk"),
        ("deu", "de"),
        ("", None),
        (None, None),
        ("und", None),
        ("xx", None),
        ("sv", "sv"),
    ],
)
def test_codes_are_brought_to_two_letters(code: str | None, language: str | None) -> None:
    assert normalise(code) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The minister said that it was not the first of the talks", "en"),
        ("Міністр сказав, що це не перші переговори і що вони були також у Києві", "uk"),
        ("Министърът каза, че това не са първите преговори и че ще се проведат след седмица", "bg"),
        ("", "und"),
        ("12 34 56", "und"),
    ],
)
def test_a_text_of_no_stated_language_is_asked(text: str, language: str) -> None:
    assert language_of(None, None, text) == language


def test_what_the_page_says_is_believed() -> None:
    assert language_of("uk", None, "The text of the page is in English and that is it") == "uk"


def test_eleven_languages_have_words_of_their_own() -> None:
    assert all(is_supported(x) for x in ("en", "uk", "ru", "de", "fr", "pl", "es", "bg", "cs", "pt", "it"))
    assert not is_supported("fi")
