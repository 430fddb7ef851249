"""Flags on texts written for the test: agency copy stays unflagged, prose about nothing does not."""

import time

import pytest

from newswire.extraction.language import LanguageGuess
from newswire.extraction.quality import count_words, quality_flags
from newswire.extraction.values import Removed

AGENCY = "\n".join(
    [
        "LARKPORT, March 3 (Coast Agency) - The council approved 12 million pounds for a new harbour wall on Monday.",
        "“We have waited since the flood of 1998,” harbour master Ida Quill said after the vote of 21 to 9.",
        "The works could begin in April. Engineers will drive 180 piles into the harbour bed, according to the plans.",
        "Two members of the council voted against the plan because of its costs, and asked for a report by June.",
        "The region pays two thirds of the sum, the ministry of public works confirmed in a statement on Tuesday.",
        "Some 40 boats will move to the northern quay, said Quill, who expects the basin to reopen in October.",
        "In 1998 a storm tide destroyed 60 metres of the wall and flooded 210 houses in the old town.",
    ]
)
EMPTY_TALK = "\n".join(
    [
        "The Path Forward",
        "The move represents a significant escalation and could change the course of the conflict. It serves "
        "as a powerful reminder that the situation may evolve in ways that would have far-reaching "
        "consequences for the global stage.",
        "Regional Implications",
        "Against a backdrop of tension, the decision might trigger a new dynamic and could potentially "
        "reshape alliances. Will it bring change? Or could it provoke a further response? Only time will "
        "tell, and the world is watching.",
        "The Psychological Impact",
        "It would appear that the power dynamics may shift, which could play a crucial role in what comes "
        "next. The impact might be profound, and it remains to be seen whether this could open the door to a "
        "more stable future for all.",
        "Conclusion",
        "As the situation unfolds, the risks are high and the outcome may well be uncertain. This could be a "
        "turning point.",
    ]
)


def names(text, language="en", **options):
    return [flag.name for flag in quality_flags(text, language=LanguageGuess(language, 1.0, ""), **options)]


def test_agency_copy_has_no_flag():
    assert names(AGENCY) == []


def test_prose_about_nothing_is_flagged_as_spun_and_explained():
    flags = quality_flags(EMPTY_TALK, language=LanguageGuess("en", 1.0, ""))
    assert [flag.name for flag in flags] == ["spun"]
    assert "hedges" in flags[0].explanation
    assert flags[0].value >= 2.5


def test_synonyms_swapped_into_a_report_are_flagged():
    assert "spun" in names("Russian powers smacked the quiet metropolis with rockets. " + AGENCY)


@pytest.mark.parametrize(
    ("text", "options", "flag"),
    [
        ("A tram stopped.", {}, "too-short"),
        (AGENCY, {"cut_off": True}, "truncated"),
        (AGENCY + " The council …", {}, "truncated"),
        (
            "“" + "We have waited for this wall, and we are glad that it comes. " * 8 + "” she said.",
            {},
            "mostly-quotes",
        ),
        (AGENCY, {"removed": [Removed("x" * 4_000, "nothing but a link")]}, "mostly-links"),
        (AGENCY.split("\n")[0] + "\n" + AGENCY, {}, "duplicate-lead"),
        ("\n".join(f"Harbour, Basin {n}, Quay, Crane, Larkport" for n in range(12)), {}, "no-verbs"),
    ],
)
def test_facts(text, options, flag):
    assert flag in names(text, **options)


def test_mixed_languages():
    assert [f.name for f in quality_flags(AGENCY, language=LanguageGuess("en", 0.9, "", others=("uk",)))] == [
        "mixed-languages"
    ]


def test_words_of_scripts_without_spaces():
    assert count_words("議会は月曜日に予算を可決した") == 7
    assert count_words("Рада ухвалила бюджет") == 3


def test_a_line_of_dots_costs_no_time():
    text = "\n".join([*["слово " * 60] * 5, "." * 60_000 + "я"])
    began = time.process_time()
    assert [flag.name for flag in quality_flags(text)] == ["no-verbs"]
    assert time.process_time() - began < 1


def test_figures_without_a_word_at_the_beginning_are_a_list():
    text = "12.5 3.7 " * 700 + "\n" + "Larkport council budget harbour wall basin quay tide " * 6
    assert [flag.name for flag in quality_flags(text, language=LanguageGuess("en", 0.9, "declared"))] == ["no-verbs"]
