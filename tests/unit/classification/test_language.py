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


LONG = "The ministers met on Tuesday to discuss the budget of the coming year, and agreed that the talks should go on. "


@pytest.mark.parametrize(
    ("said", "text", "language"),
    [
        ("uk", "The text of the page is in English and that is it", "uk"),  # too short to overrule anybody
        ("de", LONG, "en"),
        ("en", LONG, "en"),
        ("sv", LONG * 6 + "Міністри зустрілися у вівторок, щоб обговорити бюджет. " * 40, "en"),  # the opening decides
        ("uk", "Kyiv, Kharkiv, Odesa, Lviv, Dnipro, Kherson, Mykolaiv, Sumy, Poltava, Chernihiv. " * 3, "uk"),
        ("ru", "12:30 45 67 " * 30, "ru"),
    ],
)
def test_what_is_said_is_believed_unless_the_opening_is_plainly_in_another_language(
    said: str, text: str, language: str
) -> None:
    assert language_of(said, None, text) == language


def test_eleven_languages_have_words_of_their_own() -> None:
    assert all(is_supported(x) for x in ("en", "uk", "ru", "de", "fr", "pl", "es", "bg", "cs", "pt", "it"))
    assert not is_supported("fi")
