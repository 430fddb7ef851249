from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswire.classification.tokens import MAX_WORDS, fold_word, words_of


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Слов’янськ", "словянськ"),
        ("Слов'янськ", "словянськ"),
        ("Украи\u0301на", "украина"),
        ("Україна", "україна"),
        ("Чайковский", "чайковский"),  # й keeps its breve: it is a letter, not a stress mark
        ("артёмовск", "артемовск"),
        ("Запорiжжя", "запоріжжя"),  # Latin i among Cyrillic letters
        ("Рoccии", "россии"),  # Latin o and c
        ("Łuck", "luck"),
        ("Jersón", "jerson"),
        ("Straße", "strasse"),
        ("Ukra\u00adine", "ukraine"),  # soft hyphen
        ("Kyiv\u200b", "kyiv"),  # zero-width space
        ("ＫＹＩＶ", "kyiv"),  # full-width letters
    ],
)
def test_a_word_is_compared_without_what_typesetting_and_tricks_add(written: str, folded: str) -> None:
    assert fold_word(written) == folded


def test_an_apostrophe_joins_cyrillic_and_parts_latin() -> None:
    assert words_of("Слов'янськ l'Ukraine Putin’s").raw == ["Слов'янськ", "l", "Ukraine", "Putin", "s"]


def test_sentences_end_at_stops_and_lines_but_not_inside_numbers() -> None:
    words = words_of("It cost 3.5 million. Then it fell\nNext line")
    assert words.sentence == [0, 0, 0, 0, 0, 1, 1, 1, 2, 2]


def test_chinese_is_cut_by_character_so_that_names_are_found_as_phrases() -> None:
    assert words_of("乌克兰战争").raw == ["乌", "克", "兰", "战", "争"]


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    assert len(words_of("word " * 10_000)) == MAX_WORDS


@given(st.text(max_size=300))
def test_every_word_stands_where_it_says(text: str) -> None:
    words = words_of(text)
    for raw, start in zip(words.raw, words.starts, strict=True):
        assert text[start : start + len(raw)] == raw
    assert words.sentence == sorted(words.sentence)


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(word: str) -> None:
    once = fold_word(word)
    assert fold_word(once) == once
