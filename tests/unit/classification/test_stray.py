"""What a text carries of other stories is passed over: headlines on lines of their own, or run into a paragraph."""

from __future__ import annotations

import pytest

from newswire.classification.features import Reading, features, read

HEADLINE = "Russian missile strike on Kharkiv kills six, Ukraine says"
SUMMIT = [
    "Ministers of nine countries opened a summit on trade in the port city of Surabaya on Monday.",
    "They want to lower tariffs on rice, palm oil and electronic parts over the coming five years.",
    "Delegates said that the talks on customs forms had gone on until long after midnight.",
    "A second working group is to settle who inspects the containers and who pays for the inspection.",
    "Fishermen protested outside the conference hall against the new rules for deep-sea nets.",
    "The host promised a fund for villages whose harbours silt up, but named no sum.",
    "Russia and Ukraine both sent observers, as did Brazil and Norway.",
    "The final statement is expected on Thursday evening, after a dinner given by the governor.",
    "Economists doubt that the smaller members can keep pace with the timetable.",
    "The next summit will be held in Cebu, where a new terminal is being built.",
]


def _read(sentences: list[str], title: str = "Nine countries talk about tariffs") -> Reading:
    return read(title, " ".join(sentences), "en")


def _told(reading: Reading) -> set[int]:
    return {reading.text_words.sentence[h.at] for h in reading.text_hits}


@pytest.mark.parametrize("place", [3, 5, 8, len(SUMMIT)])
def test_a_headline_of_the_war_run_into_another_story_is_passed_over(place: int) -> None:
    reading = _read([*SUMMIT[:place], f"{HEADLINE}.", *SUMMIT[place:]])
    assert place not in _told(reading)
    assert place in {reading.text_words.sentence[h.at] for h in reading.aside}


def test_it_is_believed_where_the_title_or_the_opening_tells_of_the_war() -> None:
    tail = [*SUMMIT[:5], f"{HEADLINE}.", *SUMMIT[5:]]
    assert 5 in _told(_read(tail, title="Russian strike on Kharkiv: six dead"))
    assert 6 in _told(_read(["Russian missiles hit the Ukrainian port of Odesa at dawn.", *tail]))


def test_it_is_believed_where_the_text_goes_on_about_it() -> None:
    more = "Rescuers looked for survivors of the Kharkiv strike, in which a missile killed residents of two blocks."
    reading = _read([*SUMMIT[:5], "Russian missile strike killed six residents in Kharkiv.", more, *SUMMIT[5:]])
    assert {5, 6} <= _told(reading)


def test_it_is_believed_where_the_text_tells_of_the_war_again_and_again() -> None:
    also = ["Ukrainian drones struck a Russian oil depot.", "Shelling in occupied Donetsk wounded nine."]
    reading = _read([*SUMMIT[:3], f"{HEADLINE}.", *SUMMIT[3:5], also[0], *SUMMIT[5:7], also[1], *SUMMIT[7:]])
    assert {3, 6, 9} <= _told(reading)


def test_a_short_text_is_believed_whole() -> None:
    assert 2 in _told(_read([*SUMMIT[:2], f"{HEADLINE}."]))


LIST = [
    "Russian missile strike on Kharkiv kills six",
    "What we know about the front near Pokrovsk",
    "Kyiv: drones over the capital. How the night went",
    "Is the truce in Ukraine over?",
    "Prisoner exchange between Russia and Ukraine",
    "Ceasefire talks for Gaza resume in Cairo",
]


def _lines(lines: list[str], title: str = "Nine countries talk about tariffs") -> Reading:
    return read(title, "\n".join(lines), "en")


@pytest.mark.parametrize("text", [SUMMIT, SUMMIT[:2], SUMMIT[:4]])
def test_a_list_of_headlines_after_a_text_moves_nothing_however_long_it_is(text: list[str]) -> None:
    alone, with_list = _lines(text), _lines([*text, *LIST])
    assert (features(alone) == features(with_list)).all()


def test_a_list_of_headlines_before_a_text_moves_nothing() -> None:
    assert (features(_lines(SUMMIT)) == features(_lines([*LIST, *SUMMIT]))).all()


def test_short_lines_that_are_sentences_are_no_list() -> None:
    reading = _lines([*SUMMIT, *(f"{line}." for line in LIST)])
    assert {len(SUMMIT), len(SUMMIT) + 1} <= _told(reading)


@pytest.mark.parametrize(
    ("pointer", "language"),
    [
        ("Read also: Russian missile strike on Kharkiv kills six", "en"),
        ("Читайте также: ракетный удар по Харькову, погибли шесть человек", "ru"),
        ("Читайте також: ракетний удар по Харкову, шестеро загиблих", "uk"),
        ("Lesen Sie auch: Russischer Raketenangriff auf Charkiw", "de"),
        ("Czytaj też: rosyjski atak rakietowy na Charków", "pl"),
        ("Lea también: un ataque ruso con misiles contra Járkov", "es"),
        ("À lire aussi : une frappe russe sur Kharkiv", "fr"),
    ],
)
def test_a_pointer_to_another_story_is_passed_over_even_in_a_short_text(pointer: str, language: str) -> None:
    for stop in ("\n", ". "):
        reading = read(None, f"Nine countries met.\n{pointer}{stop}They talked about rice.", language)
        assert not reading.text_hits
        assert reading.aside


def test_a_text_that_is_nothing_but_a_pointer_is_read() -> None:
    assert _told(read(None, f"Read also: {HEADLINE}", "en"))


def test_a_pointer_on_a_line_of_its_own_takes_its_list_with_it() -> None:
    reading = _lines([*SUMMIT[:3], "Read also", LIST[0], LIST[1], *SUMMIT[3:]])
    assert {3, 4, 5} <= reading.doubted
    assert not {2, 6} & reading.doubted


def test_what_readers_wrote_under_a_text_is_passed_over() -> None:
    comments = ["Comments (2)", "John: Putin must lose this war in Ukraine.", "Mary: what has this to do with it?"]
    assert (features(_lines(SUMMIT)) == features(_lines([*SUMMIT, *comments]))).all()
    assert _told(_lines(["Comments", "Russian missiles hit the port of Odesa."])) == {1}


def test_a_piece_that_stands_in_its_title_is_read_whole() -> None:
    title = " ".join([*SUMMIT[:6], "Russian missiles hit the Ukrainian port of Odesa."])
    assert read(title, "", "en").title_words.raw[-1] == "Odesa"
    assert read(title, "Nine countries met.", "en").title_words.raw[-1] != "Odesa"
