"""Bylines as pages show them, without any mark of their own; and lines that are none."""

import pytest

from newswire.extraction import extract_page

TEXT = "".join(
    f"<p>Рада Ларкпорта обговорила частину {n} портової стіни, а потім за неї проголосувала.</p>" for n in range(9)
)


def authors(meta: str = "", below: str = "") -> list[str]:
    page = f'<main><h1>Портова стіна</h1><div class="head">{meta}</div><div class="article-text">{TEXT}{below}</div></main>'
    return list(extract_page(f"<meta charset=utf-8>{page}".encode(), "https://outlet.example/a").authors)


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ("<p>Von unserem Korrespondenten Karl Brandl, Wien</p>", ["Karl Brandl"]),
        ("<p>Von unserer Redakteurin <strong>Sabine Köhler</strong> und dpa</p>", ["Sabine Köhler"]),
        ("<p>Napsala Jana Dvořáčková</p>", ["Jana Dvořáčková"]),
        ("<p>Текст — Анна Кравець</p>", ["Анна Кравець"]),
        ("<p>Корр. Анна Кравцова</p><p>18 ноября 2026</p>", ["Анна Кравцова"]),
        ("<p>Maëlle Kerrien, envoyée spéciale à Valbrune</p><p>18/11/2026</p>", ["Maëlle Kerrien"]),
        ("<span>Anna Reyes</span><span>Local Government Correspondent</span><span>17 Nov</span>", ["Anna Reyes"]),
        ("<span>Інна Вітрова</span><span>Кореспондентка відділу подій</span>", ["Інна Вітрова"]),
        ("<p>高橋健一記者</p>", ["高橋健一"]),
        ("<p>文・高橋健一</p>", ["高橋健一"]),
        ("<p>文／王小明</p>", ["王小明"]),
        # neither a byline nor a role
        ("<p>Дочь <a href=/t>Юлії Терещенко</a> <a href=/u>журналісти помітили біля вокзалу</a></p>", []),
        ("<p>Журналист Пётр Мамчич</p><p>вменил гражданский иск</p>", []),
        ("<p>Новини — Зеленогірськ</p>", []),
    ],
)
def test_bylines_at_the_headline(meta, expected):
    assert authors(meta) == expected


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("<p><b><i>Інна ВІТРОВА</i></b></p>", ["Інна ВІТРОВА"]),
        ("<p><b>Інна ВІТРОВА. Фото авторки</b></p>", ["Інна ВІТРОВА"]),
        ("<p>І. В. ВІТРОВА</p>", ["І. В. ВІТРОВА"]),
        ("<p><b>Про ПАТ</b></p>", []),
        ("<p>Benedikt XVI</p>", []),
        ("<p>Konstruktor CAD</p>", []),
    ],
)
def test_newspapers_sign_below_the_text_with_the_family_name_in_capitals(below, expected):
    assert authors(below=below) == expected


@pytest.mark.parametrize(
    ("label", "name", "expected"),
    [
        ("Написано", "Олена Крук", ["Олена Крук"]),
        ("Napisane przez", "Krystyna Bąk", ["Krystyna Bąk"]),
        ("Scritto da", "Loredana Fumagalli", ["Loredana Fumagalli"]),
        ("執筆者", "高橋健一", ["高橋健一"]),
        ("Прибл. час читання", "2 хвилини", []),
        ("Написано", "Зеленогірськ Онлайн", []),
    ],
)
def test_the_first_field_of_a_card_is_the_author_where_its_label_says_so(label, name, expected):
    head = f'<meta name="twitter:label1" content="{label}"><meta name="twitter:data1" content="{name}">'
    page = f'<head><meta charset=utf-8>{head}</head><body><main><h1>Портова стіна</h1><div class="text">{TEXT}</div></main>'
    assert list(extract_page(page.encode(), "https://outlet.example/a").authors) == expected
