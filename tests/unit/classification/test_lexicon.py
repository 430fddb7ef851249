from __future__ import annotations

import csv
from pathlib import Path

import pytest

from newswire.classification.lexicon import CONCEPTS, lexicon_for, tables
from newswire.classification.tokens import words_of


def concepts(text: str, language: str) -> set[str]:
    return {CONCEPTS[h.concept] for h in lexicon_for(language).scan(words_of(text))}


@pytest.mark.parametrize(
    ("text", "language", "concept"),
    [
        ("у Харкові", "uk", "ua_front"),
        ("в Харькове", "ru", "ua_front"),
        ("у Курській області", "uk", "ru_border"),
        ("в Курской области", "ru", "ru_border"),
        ("bei Charkiw", "de", "ua_front"),
        ("w Chersoniu", "pl", "ua_front"),
        ("en Járkov", "es", "ua_front"),
        ("na Ukrajině", "cs", "ukraine"),
        ("войната в Украйна", "bg", "this_war"),
        ("l'invasion de l'Ukraine", "fr", "this_war"),
        ("der Ukrainekrieg", "de", "this_war"),
        ("a guerra na Ucrânia", "pt", "this_war"),
        ("la guerra in Ucraina", "it", "this_war"),
        ("Ζελένσκι στην Ουκρανία", "el", "ukraine"),
        ("乌克兰战争", "zh", "ukraine"),
        ("обстріляли зі «Смерчів»", "uk", "strike"),
        ("санкций", "ru", "sanctions"),
        ("під час повітряної тривоги", "uk", "alarm"),
        ("lekcje w schronach", "pl", "alarm"),
        ("tras la amputación", "es", "wounded"),
        ("die Witwe des Gefallenen", "de", "fallen"),
        ("лікар з бліндажа", "uk", "trench"),
        ("recibió la citación, es desertor", "es", "draft"),
        ("titulaire d'une protection temporaire", "fr", "flight"),
        ("odvlečené děti", "cs", "taken_children"),
        ("сім місяців у полоні", "uk", "captives"),
        ("deux ans de colonie pénitentiaire", "fr", "penal"),
        ("petroleiros sem seguro", "pt", "shipping"),
        ("замразените активи", "bg", "seizure"),
        ("zboží dvojího užití, dvojí použití", "cs", "evasion"),
        ("wyszła z Rosji", "pl", "market_exit"),
        ("violazione dello spazio aereo", "it", "airspace"),
        ("zbiórka na drony", "pl", "fundraising"),
        ("Tetjana und ihr Sohn", "de", "given_name"),
        ("familie Kowalenko aus", "de", "given_name"),
        ("barikády na Majdanu", "cs", "maidan"),
        ("такси за транзит на газ", "bg", "pipe_works"),
        ("спецоперація «Павутина»", "uk", "this_war"),
        ("Operation Spider's Web", "en", "this_war"),
        ("війни в Україні", "uk", "this_war"),
        ("ruské války", "cs", "this_war"),
        ("из плана из 28 пунктов", "ru", "war_talks"),
        ("den 28-Punkte-Plan", "de", "war_talks"),
        ("la coalizione dei volenterosi", "it", "war_talks"),
        ("репараційної позики", "uk", "war_money"),
        ("prêt de réparations", "fr", "war_money"),
        ("планирующие бомбы", "ru", "weapon"),
        ("Kh-101", "en", "weapon"),
        ("Gleitbomben", "de", "weapon"),
        ("бусифікували", "uk", "mobilisation"),
        ("Росіяни просунулись поблизу Золотого Колодязя", "uk", "ua_front"),
        ("Сил безпілотних систем", "uk", "ua_force"),
        ("российские дроны", "ru", "ru_force"),
        ("soldados norcoreanos", "es", "ru_force"),
    ],
)
def test_inflected_and_foreign_forms_are_found(text: str, language: str, concept: str) -> None:
    assert concept in concepts(text, language)


@pytest.mark.parametrize(
    ("text", "language", "concept"),
    [
        ("Andrea Kiewel im Fernsehgarten", "de", "ua_city"),  # a presenter, not the capital
        ("también el tamaño", "es", "nuclear"),  # words of one language that begin like names written in another
        ("hier klicken", "de", "ua_person"),
        ("the team won by 28 points", "en", "war_talks"),
        ("сказки о Бабе-яге", "ru", "weapon"),
        ("28 puntos y diez rebotes", "es", "war_talks"),
        ("дав слюсаря, тот самый", "uk", "ru_person"),
        ("Carsten und Sancho auf dem Kongress von Deportivo", "de", "history"),
        ("Carsten und Sancho auf dem Kongress von Deportivo", "de", "sanctions"),
        ("Carsten und Sancho auf dem Kongress von Deportivo", "de", "other_war"),
        ("Carsten und Sancho auf dem Kongress von Deportivo", "de", "war_crime"),
        ("überfällige Bücher", "de", "war"),
        ("a car beside the cinema", "en", "history"),
        ("a car beside the cinema", "en", "china"),
        ("the stubborn branch in Stockholm", "en", "mediator"),
        ("the stubborn branch in Stockholm", "en", "mobilisation"),
        ("the stubborn branch in Stockholm", "en", "business"),
        ("une poutine râpée", "fr", "war"),
        ("Das war ein schöner Tag", "de", "war"),  # German "war" is a verb
        ("Taylor Swift on tour", "en", "sanctions"),  # a singer, not the payment system
        ("Krimi am Sonntag", "de", "crimea"),  # a crime story
        ("кримінальне провадження", "uk", "crimea"),
        ("dwie sumy pieniędzy", "pl", "ua_city"),  # sums of money
        ("великі суми коштів", "uk", "ua_city"),
        ("големи суми пари", "bg", "ua_city"),
        ("równe szanse", "pl", "ua_city"),
        ("stare browary", "pl", "ua_city"),
        ("dnia 14 lipca", "pl", "ua_front"),  # July, not a village
        ("Никопол на Дунав", "bg", "ua_front"),  # the Bulgarian town
        ("a permanent solution", "en", "ru_rear"),
        ("твердо вирішив", "uk", "ru_rear"),
        ("дом культуры", "ru", "wounded"),  # not a stump
        ("п’ять тисяч гривень", "uk", "draft"),  # not the river that draft evaders swim
        ("останній транш кредиту", "uk", "trench"),
        ("решение суда", "ru", "shipping"),  # of the court, not ships
        ("Stepan Bandera", "pl", "shipping"),  # not a flag
        ("Gruzja i Armenia", "pl", "alarm"),  # not rubble
        ("медик надав допомогу", "uk", "farm_border"),  # not the border crossing
        ("divers avis", "fr", "pipe_blast"),  # various, not frogmen
        ("peut avoir lieu", "fr", "seizure"),
        ("Will Smith", "pl", "seizure"),
        ("Aston Villa", "en", "seizure"),
        ("volnočasové aktivity", "cs", "seizure"),
        ("zur Pause ausgetauscht", "de", "captives"),
        ("starý dům", "cs", "ru_service"),  # a house, not the Duma
        ("svoboda slova", "cs", "maidan"),  # freedom, not the party
        ("Pavlovi a Petrovi", "cs", "given_name"),
        ("dobrá myšlenka", "cs", "given_name"),
        ("dwie piosenki", "pl", "given_name"),
        ("Bruder Stepan Timoschenko", "ru", "given_name"),  # told by names only where others have other names
    ],
)
def test_words_that_only_look_like_names_are_not_found(text: str, language: str, concept: str) -> None:
    assert concept not in concepts(text, language)


# Everyday words that begin like the words of a concept, and forms of those words that must stay: a stem that is
# narrowed for the one must not lose the other.
with (Path(__file__).parent / "words.tsv").open(encoding="utf-8", newline="") as _file:
    WORDS = [tuple(row.values()) for row in csv.DictReader(_file, delimiter="\t")]


@pytest.mark.parametrize(("concept", "language", "other", "meant"), WORDS)
def test_a_stem_reads_the_words_it_means_and_no_others(concept: str, language: str, other: str, meant: str) -> None:
    assert [word for word in other.split() if concept in concepts(word, language)] == []
    assert [word for word in meant.split() if concept not in concepts(word, language)] == []


def test_general_words_of_one_language_are_not_read_in_another() -> None:
    assert "war" in concepts("the war", "en")
    assert "war" not in concepts("es war", "de")


def test_an_unknown_language_still_has_the_names() -> None:
    assert {"ukraine", "ru_person"} <= concepts("Ukraina Putin xyz", "xx")


# Names that are written alike everywhere, slang of two languages, and formats of which there are few.
SPARSE = {
    "slang",
    "nord_stream",
    "belarus",
    "mediator",
    "us_president",
    "nato",
    "ru_border",
    "dissent",
    "weapon",
    "digest",
    "given_name",
}


def test_every_concept_has_forms_in_the_main_languages() -> None:
    for name, names, forms, _ in tables():
        if name not in SPARSE:
            assert {"uk", "ru", "de", "pl", "es", "bg", "cs"} <= set(forms), name
            assert names or "en" in forms, name


def test_a_lexicon_forgets_before_it_fills_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    lexicon = lexicon_for("en")
    monkeypatch.setattr(type(lexicon), "MAX_REMEMBERED", 50)
    lexicon.scan(words_of(" ".join(f"word{i}" for i in range(500))))
    assert len(lexicon._single) <= 50
    assert "ukraine" in concepts("Ukraine", "en")
