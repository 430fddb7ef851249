from __future__ import annotations

import pytest

from newswire.classification.language import guess, is_supported, language_of, normalise


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
        ("Министр сказал, что это не первые переговоры и что они были также в Москве", "ru"),
        ("Министърът каза, че това не са първите преговори и че ще се проведат след седмица", "bg"),
        ("Der Minister sagte, dass es nicht die ersten Gespräche mit dem Land sind", "de"),
        ("Minister powiedział, że to nie jest pierwsza rozmowa i że się nie boi o to", "pl"),
        ("El ministro dijo que no es la primera de las reuniones con los países", "es"),
        ("", "und"),
        ("12 34 56", "und"),
    ],
)
def test_the_text_tells_its_language(text: str, language: str) -> None:
    assert guess(text) == language


def test_what_the_page_says_is_believed() -> None:
    assert language_of("uk", None, "The text of the page is in English and that is it") == "uk"


def test_eleven_languages_have_words_of_their_own() -> None:
    assert all(is_supported(x) for x in ("en", "uk", "ru", "de", "fr", "pl", "es", "bg", "cs", "pt", "it"))
    assert not is_supported("fi")
