"""Pages on which the extractor finds next to nothing: a flash, texts without paragraphs, open paragraphs of old pages."""

import pytest

from newswire.extraction import Extraction, extract_page

FLASH = (
    "У Зеленогірську вранці 18 листопада пролунали вибухи, повідомив міський голова.",
    "«Залишайтеся в укриттях», — написав він.",
)
PIECE = (
    "Ночью беспилотники атаковали нефтебазу под Верхнереченском, сообщил глава региона Аркадий Мельхов.",
    "По его словам, загорелись два резервуара с топливом, на месте работают более ста пожарных и спасателей.",
    "«Пострадавших нет, угрозы населению тоже нет», — написал чиновник и попросил не публиковать снимки с места.",
    "Жители соседнего посёлка рассказали, что слышали не меньше пяти взрывов, после которых погас свет на улицах.",
    "Аэропорт города был закрыт до девяти утра, задержаны четырнадцать рейсов, пассажирам выдали воду и еду.",
    "Губернатор поручил создать комиссию, которая оценит ущерб и в течение недели представит доклад правительству.",
)
WIDE = (
    "绿谷市议会周二晚间以多数票通过了明年的预算案，共有二十一名议员投了赞成票。",
    "市长林秀兰表示，老桥将得到修缮，火车站旁将新建一所幼儿园。",
)


def extracted(body: str, title: str = "Вибухи у Зеленогірську") -> Extraction:
    page = f"<html><head><meta charset=utf-8><title>{title}</title></head><body>{body}</body></html>"
    return extract_page(page.encode(), "https://outlet.example/news/71")


def paragraphs(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.parametrize("texts", [FLASH, WIDE, FLASH[:1]])
def test_a_flash_is_its_sentences_and_not_the_whole_page_on_one_line(texts):
    found = extracted(
        '<header><a href="/">Хвиля</a></header><main><article><h1>Вибухи у Зеленогірську</h1>'
        '<div class="meta"><span>18.11.2026 08:15</span> <button>Поширити</button></div>'
        f'<div class="article__body">{paragraphs(texts)}</div><div class="tags"><a href="/t">вибухи</a></div></article></main>'
    )
    assert found.text.split("\n") == list(texts)


def test_a_flash_in_bare_boxes_is_told_from_the_date_above_it():
    found = extracted(
        '<div id="h"><a href="/">Хвиля</a></div><div id="c"><h1>Вибухи у Зеленогірську</h1><span>18.11.2026 08:15</span>'
        + "".join(f"<div>{text}</div>" for text in FLASH)
        + "</div>"
    )
    assert found.text.split("\n") == list(FLASH)


def test_blocks_with_line_breaks_that_nothing_names_keep_their_lines():
    blocks = "".join(
        f'<div class="rec"><div class="t-col"><div field="text">{one}<br><br>{two}</div></div></div>'
        for one, two in (PIECE[:2], PIECE[2:4])
    )
    head = '<div class="rec"><a href="/">РЕЧНЫЕ ХРОНИКИ</a></div><div class="rec"><h1>Ночь в Верхнереченске</h1></div>'
    found = extracted(f"<div>{head}{blocks}<div class=rec>© 2026 Речные хроники</div></div>", "Ночь в Верхнереченске")
    assert found.text.split("\n") == list(PIECE[:4])


def test_text_that_only_readers_without_scripts_are_shown():
    found = extracted(
        f"<main><article><h1>Ночь</h1><div><noscript>{paragraphs(PIECE)}</noscript></div></article></main>"
    )
    assert found.text.split("\n") == list(PIECE)


def test_paragraphs_left_open_within_each_other_are_lines_of_their_own():
    cell = (
        "<h2>Ночь в Верхнереченске</h2><font size=1>18.11.2006</font><p><font size=2>" + "<p>".join(PIECE) + "</font>"
    )
    side = "<b>Ещё новости</b><br><a href=1>Мост закрыт</a>"
    found = extracted(
        f"<table><tr><td width=140><a href=/>Главная</a></td><td>{cell}</td><td>{side}</td></tr></table>",
        "Ночь в Верхнереченске",
    )
    assert found.text.split("\n") == list(PIECE)
