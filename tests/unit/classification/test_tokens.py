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
        ("Ky\ufeffiv\u200e", "kyiv"),  # byte-order and direction marks
        ("Poccия", "россия"),  # mostly Latin letters, but all of them twins of Cyrillic ones
        ("Ukrаinе", "ukraine"),  # Cyrillic а and е in a Latin word
        ("M&uuml;nchen", "munchen"),
        ("Fran&#231;a", "franca"),
        ("Ukra-\nine", "ukraine"),  # parted at the end of a line
    ],
)
def test_a_word_is_compared_without_what_typesetting_and_tricks_add(written: str, folded: str) -> None:
    assert fold_word(written) == folded


def test_an_apostrophe_joins_cyrillic_and_parts_latin() -> None:
    assert words_of("Слов'янськ l'Ukraine Putin’s").raw == ["Слов'янськ", "l", "Ukraine", "Putin", "s"]


def test_sentences_end_at_stops_and_lines_but_not_inside_numbers() -> None:
    words = words_of("It cost 3.5 million. Then it fell\nNext line")
    assert words.sentence == [0, 0, 0, 0, 0, 1, 1, 1, 2, 2]


def test_a_sentence_ends_where_the_space_after_its_stop_was_lost() -> None:
    assert words_of("It fell in Kyiv.The minister said so.Nobody knew.").sentence == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2]
    assert words_of("the U.S.Navy and example.com").sentence[-1] == 0


def test_a_line_that_goes_on_in_lower_case_is_wrapped_and_does_not_end() -> None:
    assert words_of("Talks went on\nuntil midnight\nNobody spoke").sentence == [0, 0, 0, 0, 0, 1, 1]
    assert words_of("Talks went on\n\nuntil midnight").sentence == [0, 0, 0, 1, 1]


def test_addresses_and_names_of_accounts_are_no_words() -> None:
    text = "See https://news.example/ukraine-war?x=1, www.kyiv.example or t.me/kyiv. Ask @ukraine_now or #Kyiv"
    assert words_of(text).raw == ["See", "or", "Ask", "or", "Kyiv"]


def test_a_word_parted_at_the_end_of_a_line_is_one() -> None:
    assert words_of("in Ukra-\nine, pro-\nRussian").raw == ["in", "Ukra-\nine", "pro", "Russian"]


def test_invisible_characters_alone_are_no_word() -> None:
    assert words_of("one \u200b \ufeff two").raw == ["one", "two"]


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
