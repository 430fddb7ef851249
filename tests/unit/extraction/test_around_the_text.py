"""What stands around a text: leads outside its container, notes on authors, captions of players, notices that a law asks for."""

import pytest

from newswire.extraction import extract_page
from newswire.extraction.boilerplate import repair
from newswire.extraction.lines import Line

TEXT = (
    "Рада Зеленогірська у вівторок ухвалила бюджет на наступний рік, за нього проголосували тридцять депутатів.",
    "Мерка Соломія Гайова пообіцяла відновити старий міст і побудувати дитячий садок біля залізничного вокзалу.",
    "Опозиція нагадує про лікарню, у якій уже рік не працює дитяче відділення, і про темні вулиці на півдні міста.",
    "Мешканці південних кварталів збирають підписи, бо вулиці там не освітлені від минулої осені до сьогодні.",
)
LEAD = "Зеленогірськ має бюджет на наступний рік: на старий міст, дитячий садок і лікарню, але не на темні вулиці."


def line(text: str, context: str = "article-text", container: int = 1, tag: str = "p") -> Line:
    return Line(text, 0.0, tag, context, container)


def kept(last: Line, authors: tuple[str, ...] = ()) -> bool:
    return last.text in repair([*map(line, TEXT), last], ["Бюджет ухвалено"], authors=authors).lines


def test_a_last_line_that_begins_with_the_author_is_about_the_author():
    note = line("Інна Вітрова викладає історію в коледжі Зеленогірська й пише книжку про мости.")
    assert not kept(note, ("Інна Вітрова",))
    assert kept(note, ("Олена Крук",))
    assert kept(note)


@pytest.mark.parametrize(
    "notice",
    [
        "ДАННОЕ СООБЩЕНИЕ (МАТЕРИАЛ) СОЗДАНО И (ИЛИ) РАСПРОСТРАНЕНО ИНОСТРАННЫМ СРЕДСТВОМ МАССОВОЙ ИНФОРМАЦИИ.",
        "Настоящий материал (информация) произведён иностранным агентом «Река» либо касается его деятельности.",
        "* Организация признана в РФ иностранным агентом.",
        "При полном или частичном использовании материалов сайта активная гиперссылка на «Вестник» обязательна.",
        "Зарегистрировано Роскомнадзором, свидетельство ЭЛ № ФС 77-00000 от 1 января 2010 года.",
    ],
)
def test_notices_that_a_law_asks_for(notice):
    assert not kept(line(notice))


def test_of_foreign_agents_and_materials_news_may_tell():
    assert kept(line("Организация признана иностранным агентом в октябре, сообщило министерство."))
    assert kept(line("Данный материал эксперты исследуют в лаборатории, ответ будет через месяц."))


@pytest.mark.parametrize("name", ["video", "gallery__item", "photo-block"])
def test_labels_in_boxes_for_pictures_and_films_are_captions(name):
    lines = [*map(line, TEXT[:2]), line("Як горів порт", f"{name} | article-text", 2), *map(line, TEXT[2:])]
    assert repair(lines).lines == TEXT
    # where the whole text stands in such a box, its class says nothing
    inside = [line(one, f"{name} | article-text") for one in TEXT]
    assert "Як горів порт" in repair([*inside[:2], line("Як горів порт", f"{name} | b", 2), *inside[2:]]).lines


@pytest.mark.parametrize("name", ["intro", "announce", "description", "x1"])
def test_a_lead_between_headline_and_text_is_told_by_its_place(name):
    text = "".join(f"<p>{one}</p>" for one in TEXT * 2)
    page = (
        f'<html lang="uk"><main><h1>Бюджет ухвалено</h1><div class="{name}">{LEAD}</div><img src=x>'
        f'<div class="article-text">{text}</div></main></html>'
    )
    assert extract_page(page.encode(), "https://x.example/a").text.split("\n")[0] == LEAD


@pytest.mark.parametrize(
    "other",
    [
        "<div class=note>Усі матеріали цього видання призначені винятково для особистого користування читачів.</div>",
        f"<figure><p>{LEAD}</p></figure>",
        f'<div class="related-box"><p>{LEAD}</p></div>',
    ],
)
def test_other_texts_in_the_place_of_a_lead_are_none(other):
    text = "".join(f"<p>{one}</p>" for one in TEXT * 2)
    page = f'<html lang="uk"><main><h1>Бюджет ухвалено</h1>{other}<div class="article-text">{text}</div></main></html>'
    assert extract_page(page.encode(), "https://x.example/a").text.split("\n")[0] == TEXT[0]
