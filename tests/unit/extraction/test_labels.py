"""Labels of pages in many languages: whole lines and what stands before a colon; and lines that only begin alike."""

import pytest

from newswire.extraction import extract_page
from newswire.extraction.boilerplate import repair
from newswire.extraction.label_wording import LABELLED, LABELS
from newswire.extraction.lines import Line, is_prose

TEXT = (
    "Рада Зеленогірська у вівторок ухвалила бюджет на наступний рік, за нього проголосували тридцять депутатів.",
    "Мерка Соломія Гайова пообіцяла відновити старий міст і побудувати дитячий садок біля залізничного вокзалу.",
    "Опозиція нагадує про лікарню, у якій уже рік не працює дитяче відділення, і про темні вулиці на півдні міста.",
    "Мешканці південних кварталів збирають підписи, бо вулиці там не освітлені від минулої осені до сьогодні.",
)
WIDE = "绿谷市议会周二晚间以多数票通过了明年的预算案，共有二十一名议员投了赞成票，五名议员投了反对票。"


def kept(text: str, tag: str = "p") -> bool:
    lines = [Line(one, 0.0, "p", "article-text", 1) for one in TEXT]
    lines.insert(2, Line(text, 0.0, tag, "article-text", 1))
    return text in repair(lines, ["Бюджет ухвалено"]).lines


@pytest.mark.parametrize(
    "label",
    [
        *(
            "Друк",
            "Показати ще",
            "Ссылка скопирована",
            "На правах рекламы",
            "Просмотров: 512",
            "Copy link",
            "4 min read",
        ),
        *(
            "Автор фото: Іван Кіт",
            "Рубрика: Події",
            "Tagi: budżet",
            "Zur Startseite",
            "Bildrechte: dpa",
            "Haberin devamı",
        ),
        *(
            "اقرأ المزيد",
            "المصدر: وكالات",
            "קראו גם: הגשר יישאר סגור",
            "צילום: דוד כהן",
            "责任编辑：李华",
            "（完）",
            "原标题：预算案",
        ),
        *(
            "【関連】古い橋は閉鎖",
            "続きを読む",
            "사진=녹곡일보",
            "홍길순 기자 hong@nok.example",
            "제보는 카카오톡 녹곡제보",
            "구독하기",
        ),
        *(
            "Follow Harrow News on Facebook, X and Instagram.",
            "Thanks for reading! Subscribe for free to receive new posts.",
        ),
        "Мы используем файлы cookie, чтобы сделать сайт удобнее. Продолжая, вы соглашаетесь с этим.",
        "This website uses cookies to make your visit more pleasant.",
        "Dieses Thema im Programm: Lokalradio, 18. November 2026, 12:00 Uhr",
        "Retrouvez toute l’actualité de Valbrune sur notre chaîne WhatsApp.",
    ],
)
def test_labels_and_notices_of_pages_go(label):
    assert not kept(label)


@pytest.mark.parametrize(
    "own",
    [
        *("Джерело: за словами очевидців, вибухів було п’ять.", "Фото зруйнованого складу він показав журналістам."),
        *("Listen.", "“Share?”", "Share prices fell by a third.", "— Поделитесь хлебом, — сказала она."),
        *("Mehr dazu wollte der Bürgermeister nicht sagen.", "Подпишитесь под обращением, просят жители."),
        "Cookies and cakes were sold at the town fair.",
    ],
)
def test_sentences_that_begin_alike_stay(own):
    assert kept(own)


def test_labels_are_text_in_tables_of_facts():
    assert kept("Views", tag="td")
    assert kept("Source: survey of 2026", tag="td")


def test_labels_are_kept_as_they_are_looked_up():
    assert all(label and label == label.casefold() and not any(map(str.isdigit, label)) for label in LABELS | LABELLED)


def test_a_paragraph_of_chinese_is_prose_with_half_as_many_characters():
    assert is_prose(Line(WIDE, 0.0, "p", "", 1))
    assert not is_prose(Line(WIDE[:25] + "。", 0.0, "p", "", 1))


def test_a_table_below_the_text_keeps_its_head():
    rows = "<tr><th>Ward</th><th>Votes</th></tr><tr><td>North</td><td>12</td></tr><tr><td>South</td><td>9</td></tr>"
    text = "".join(f"<p>{one}</p>" for one in TEXT)
    page = f"<main><h1>Бюджет</h1><div class=article-text>{text}<table>{rows}</table></div></main>"
    assert extract_page(page.encode(), "https://x.example/a").text.split("\n") == [
        *TEXT,
        "Ward Votes",
        "North 12",
        "South 9",
    ]
