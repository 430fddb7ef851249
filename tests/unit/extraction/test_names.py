"""Names: what is one, how several stand in one line, and which are agencies."""

from __future__ import annotations

import pytest

from newswire.extraction.agencies import agency_in_text, agency_of
from newswire.extraction.names import fold_name, person_name, split_names


@pytest.mark.parametrize(
    ("byline", "people"),
    [
        ("By Anna Smith and Ben Jones", ["Anna Smith", "Ben Jones"]),
        ("By GRACE ZOKOVITCH | gz@example.com", ["GRACE ZOKOVITCH"]),
        ("Von Jürgen von der Heide, Berlin", ["Jürgen von der Heide"]),
        ("Par Stefan Häne, Sylvain Besson", ["Stefan Häne", "Sylvain Besson"]),
        ("Автор: Іван Петренко", ["Іван Петренко"]),
        ("Автор: Іван Петренко та Олена Коваль", ["Іван Петренко", "Олена Коваль"]),
        ("Текст: Мария Иванова", ["Мария Иванова"]),
        ("Dr. Leah C. Stokes, Assistant professor of political science", ["Leah C. Stokes"]),
        ("ByTravis Haney", ["Travis Haney"]),
        ("Glen Owen And Brendan Carlin For The Mail On Sunday", ["Glen Owen", "Brendan Carlin"]),
        ("Perry Bacon Jr.", ["Perry Bacon Jr"]),
        ("Theresa May", ["Theresa May"]),
        ("David Straub, MDR THÜRINGEN", ["David Straub"]),
        ("島津健吾", ["島津健吾"]),
        ("Підготувала Марія Шевчук", ["Марія Шевчук"]),
        ("Розмовляла Ірина Мороз", ["Ірина Мороз"]),
        ("Беседовал Сергей Орлов", ["Сергей Орлов"]),
        ("Текст: Ірина Бондар; фото: Петро Лис", ["Ірина Бондар"]),
        ("Мар'яна П'єцух, спеціально для «Прикладу»", ["Мар'яна П'єцух"]),
        ("Eine Analyse von Jens Weber", ["Jens Weber"]),
        ("Aus Kiew berichtet Anna Schmidt", ["Anna Schmidt"]),
        ("Par Marie Dupont avec AFP", ["Marie Dupont"]),
        ("Propos recueillis par Marie Dupont", ["Marie Dupont"]),
        ("oprac. Jan Kowalski", ["Jan Kowalski"]),
        ("Rozmawiała: Anna Nowak", ["Anna Nowak"]),
        ("Texto: João Silva", ["João Silva"]),
        ("dal nostro inviato Giovanni Rossi", ["Giovanni Rossi"]),
        ("Bc. Jan Novák, ČTK", ["Jan Novák"]),
        ("Tekst: Kari Nordmann Foto: Ola Hansen", ["Kari Nordmann"]),
        ("Anna Schmidt, New York", ["Anna Schmidt"]),
        ("Anna Smith Associated Press", ["Anna Smith"]),
        (
            "Reporting by Anna Smith in Kyiv and Ben Jones in London; Editing by Carl Reed",
            ["Anna Smith", "Ben Jones"],
        ),
        ("Robert Brum and Isabel KeaneJournal New", ["Robert Brum", "Isabel Keane"]),
        ("Danielle DeSiato", ["Danielle DeSiato"]),
        ("Dr.Αναστασία Μοσχοβάκη", ["Αναστασία Μοσχοβάκη"]),
        ("بقلم: أحمد علي", ["أحمد علي"]),
        ("記者王小明／台北報導", ["王小明"]),
        # leads of more languages and habits
        ("Gastbeitrag von Dr. Petra Köhler", ["Petra Köhler"]),
        ("Von unserem Redakteur Jens Weber", ["Jens Weber"]),
        ("Door onze verslaggever Sanne de Vries", ["Sanne de Vries"]),
        ("Text und Fotos: Jens Weber", ["Jens Weber"]),
        ("Texto y fotos: Ana García", ["Ana García"]),
        ("Words and pictures by Anna Smith", ["Anna Smith"]),
        ("Story by Anna Smith, photography by Ben Jones", ["Anna Smith"]),
        ("As told to Anna Smith", ["Anna Smith"]),
        ("Матеріал підготувала Олена Коваль", ["Олена Коваль"]),
        ("Текст і фото: Олена Коваль", ["Олена Коваль"]),
        ("Piše: Ivana Kovačić", ["Ivana Kovačić"]),
        ("Пише: Јована Јовановић", ["Јована Јовановић"]),
        ("Autors: Jānis Bērziņš", ["Jānis Bērziņš"]),
        ("Muhabir: Mehmet Demir", ["Mehmet Demir"]),
        ("Na JUMA MWANGI", ["JUMA MWANGI"]),
        ("Na Hyun-woo", ["Na Hyun-woo"]),
        # roles, places and joins
        ("By Defence Correspondent Anna Smith", ["Anna Smith"]),
        ("By Professor Anna Smith, University of Oslo", ["Anna Smith"]),
        ("Por João dos Santos, TV Exemplo — Porto Alegre", ["João dos Santos"]),
        ("BY ANNA SMITH AND RICK O'SHEA", ["ANNA SMITH", "RICK O'SHEA"]),
        ("Por: María de los Ángeles Ruiz", ["María de los Ángeles Ruiz"]),
        ("Hans zur Mühlen", ["Hans zur Mühlen"]),
        ("STT–Maija Virtanen", ["Maija Virtanen"]),
        ("By Anna Smith and Lee Min-ho", ["Anna Smith", "Lee Min-ho"]),
        ("Anna Smith is a reporter who covers transport.", ["Anna Smith"]),
        ("ΣΥΝΤΑΚΤΙΚΗ ΟΜΑΔΑ", []),
        ("By Anna Smith, Ben Jones, and Carl Reed", ["Anna Smith", "Ben Jones", "Carl Reed"]),
        ("Von Jens Weber, Berlin, und Anna Kraus, Kiew", ["Jens Weber", "Anna Kraus"]),
        ("Jan Müller (Text), Anna Keller (Bilder)", ["Jan Müller"]),
        ("anna@example.org (Anna Smith)", ["Anna Smith"]),
        ("ANNA SMITH Staff Writer", ["ANNA SMITH"]),
        ("Anna Smith senior political correspondent", ["Anna Smith"]),
        ("Polizeidirektion Musterstadt", []),
        ("ავტორი: ნინო ბერიძე", ["ნინო ბერიძე"]),
        ("김철수 기자", ["김철수"]),
        ("Foto: Michael Bönte", []),
        ("Редактор: Іван Петренко", []),
        ("Переклала Олеся Гук", []),
        ("Tłumaczenie: Jan Kowalski", []),
        ("По материалам СМИ", []),
        ("Пресслужба Генштабу", []),
        ("Δημοσιογραφικός Οργανισμός", []),
        ("Photo by Jane Roe", []),
        ("Редакція", []),
        ("Служба новин", []),
        ("Staff and news service reports", []),
        ("BR24 Redaktion", []),
        ("9News Staff", []),
        ("admin", []),
        ("@handle", []),
        ("desk@example.com", []),
        ("www.example.com", []),
        ("Reuters", []),
        ("Deutsche Presse-Agentur", []),
        ("Associated Press in Valencia", []),
    ],
)
def test_names_in_a_byline(byline: str, people: list[str]) -> None:
    assert [n.rstrip(".") for n in split_names(byline)] == people


def test_the_site_is_no_author() -> None:
    assert person_name("Presse Augsburg", ("presseaugsburg",)) is None
    assert person_name("The Daily Example", ("dailyexample",)) is None
    assert person_name("Anna Smith", ("dailyexample",)) == "Anna Smith"


def test_names_compare_without_case_accents_and_order() -> None:
    assert fold_name("JOSÉ Pérez") == fold_name("Perez, Jose")


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("Reuters", "Reuters"),
        ("dpa", "dpa"),
        ("Von DPA", "dpa"),
        ("sid/dpa", "SID"),
        ("Укрінформ", "Ukrinform"),
        ("Интерфакс-Украина", "Interfax-Ukraine"),
        ("ТАСС", "TASS"),
        ("Darlene Superville, Associated Press", "AP"),
        ("AP", "AP"),
        ("ap", None),
        ("a.p. Møller", None),
        ("Anna Smith", None),
        ("Some News Agency", "Some News Agency"),
    ],
)
def test_agencies_in_credits(text: str, agency: str | None) -> None:
    assert agency_of(text) == agency


@pytest.mark.parametrize(
    ("paragraph", "agency"),
    [
        ("KYIV, Sept 20 (Reuters) - Ukraine said on Sunday that", "Reuters"),
        ("Kiew (dpa) – Die Ukraine hat nach eigenen Angaben", "dpa"),
        ("МОСКВА, 20 сен - РИА Новости. Испытания завершены", "RIA Novosti"),
        ("КИЇВ. 20 вересня. УНН. Уряд ухвалив рішення", "UNN"),
        ("The minister told Reuters (a news agency) that he would", None),
        ("He spoke (in English) - and left.", None),
    ],
)
def test_agencies_in_datelines(paragraph: str, agency: str | None) -> None:
    assert agency_in_text(paragraph) == agency
