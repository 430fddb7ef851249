"""Who wrote a piece: people, and nobody who is none."""

from __future__ import annotations

import time

import pytest

from newswire.extraction.authors import find_authors
from newswire.extraction.jsonld import article_node
from newswire.extraction.page import parse
from newswire.extraction.structured import read_structured
from newswire.extraction.surroundings import labelled_texts, marked_elements, texts_after


def find(html: str, site: tuple[str, ...] = ("example",)) -> tuple[tuple[str, ...], str | None]:
    data = read_structured(parse(html))
    heading = data.headings[0] if data.headings else None
    near = list(texts_after(heading, 50)) if heading is not None else []
    found = find_authors(
        data,
        article_node(data.nodes, (), ()),
        site=site,
        heading=heading,
        near=near,
        tail=lambda: labelled_texts(data.root),
        marked=lambda: marked_elements(data.root),
    )
    return found.people, found.agency


@pytest.mark.parametrize(
    ("author", "people", "agency"),
    [
        ('"By Anna Smith"', ("Anna Smith",), None),
        ('{"@type":"Person","name":"Anna Smith"}', ("Anna Smith",), None),
        ('[{"@type":"Person","name":"Anna Smith"},{"name":"Ben Jones"}]', ("Anna Smith", "Ben Jones"), None),
        ('[[{"@type":"Person","name":"Anna Smith"}],[{"@type":"Person","name":"MDR NEWS"}]]', ("Anna Smith",), None),
        ('{"@type":"Person","givenName":"Anna","familyName":"Smith"}', ("Anna Smith",), None),
        ('{"@type":"Person","name":["Anna Smith | The Newsroom"]}', ("Anna Smith",), None),
        ('{"@type":"Organization","name":"Anna Smith Media"}', (), None),
        ('{"@type":"Person","name":"dpa"}', (), "dpa"),
        ('{"@type":"Person","name":"Example"}', (), None),
        ('{"@type":"Person","name":"Редакція"}', (), None),
        ('{"@id":"#nobody"}', (), None),
    ],
)
def test_json_ld_authors(author: str, people: tuple[str, ...], agency: str | None) -> None:
    html = (
        f'<html><head><script type="application/ld+json">{{"@type":"NewsArticle","headline":"A","author":{author}}}'
        "</script></head><body><h1>A story of some length</h1><p>Text</p></body></html>"
    )
    assert find(html) == (people, agency)


@pytest.mark.parametrize(
    ("field", "people"),
    [
        ('<meta name="author" content="Smith, Anna">', ("Anna Smith",)),
        ('<meta name="author" content="Петренко, Іван">', ("Іван Петренко",)),
        ('<meta name="twitter:creator" content="Anna Smith">', ("Anna Smith",)),
        ('<meta name="twitter:creator" content="@annasmith">', ()),
        ('<meta name="author" content="Новини, Example">', ()),
    ],
)
def test_names_in_meta_fields(field: str, people: tuple[str, ...]) -> None:
    assert find(f"<html><head>{field}</head><body><h1>Міст відкрили</h1><p>Текст.</p></body></html>")[0] == people


def test_an_address_is_no_name() -> None:
    html = (
        '<html><head><meta property="article:author" content="https://www.facebook.com/anna.smith">'
        '<meta name="author" content="Anna Smith"></head><body><h1>A story</h1></body></html>'
    )
    assert find(html)[0] == ("Anna Smith",)


def test_bylines_of_teasers_and_comments_are_not_taken() -> None:
    html = """<html><body><article><h1>A story of some length</h1><p>Text of the piece.</p></article>
    <div class="related"><span class="author">Wrong One</span></div>
    <ul><li><a href="/x">Another story <span class="author">Wrong Two</span></a></li></ul>
    <div id="comments"><b class="comment-author">Wrong Three</b></div>
    <figure><figcaption><span class="author">Wrong Four</span></figcaption></figure></body></html>"""
    assert find(html) == ((), None)


def test_a_marked_byline_with_several_people() -> None:
    html = """<html><body><article><h1>A story of some length</h1><div class="byline">By
    <a class="author-link" href="/author/a">Anna Smith</a> and <a class="author-link" href="/author/b">Ben Jones</a>
    </div><p>Text.</p></article></body></html>"""
    assert find(html)[0] == ("Anna Smith", "Ben Jones")


def test_a_name_beside_the_date_is_a_byline_and_a_section_is_none() -> None:
    signed = "<html><body><h1>Story title here</h1><div>Mehmet Toptaş</div><div>03.04.2025</div><p>x</p></body></html>"
    assert find(signed)[0] == ("Mehmet Toptaş",)
    section = (
        "<html><body><h1>Story title here</h1><div>House Call</div><div>03.04.2025</div>"
        "<p>Every house got a call.</p></body></html>"
    )
    assert find(section)[0] == ()


@pytest.mark.parametrize(
    ("byline", "people"),
    [
        ('<span class="author">by <a href="/author/dominique">Dominique</a></span>', ("Dominique",)),
        ('<span class="author-name"><a href="/user/witgren">witgren</a></span>', ("witgren",)),
        ('<span class="author">Dominique</span>', ()),  # nothing says that this is a person
        ('<span class="author"><a href="/author/admin">admin</a></span>', ()),
        ('<span class="author"><a href="/author/redaktion">Sportredaktion</a></span>', ()),
        ('<span class="author"><a href="/author/example">ExampleMag</a></span>', ()),  # the site's own name
        ('<span class="author"><a href="/author/reuters">Reuters</a></span>', ()),
        ('<span class="author"><a href="/author/tnn">TNN</a></span>', ()),
        ('<span class="author"><a href="/author/cpm">cpm</a></span>', ()),
    ],
)
def test_one_word_is_a_signature_where_the_page_declares_a_person(byline: str, people: tuple[str, ...]) -> None:
    html = (
        f"<html><body><article><h1>A story of some length</h1>{byline}<p>Text of the piece.</p></article></body></html>"
    )
    assert find(html)[0] == people


def test_one_word_of_a_declared_person_in_structured_data() -> None:
    for kind, people in (("Person", ("Dominique",)), ("Organization", ()), ("Thing", ())):
        html = (
            '<html><head><script type="application/ld+json">{"@type":"NewsArticle","headline":"A",'
            f'"author":{{"@type":"{kind}","name":"Dominique"}}}}</script></head><body><h1>A story</h1></body></html>'
        )
        assert find(html)[0] == people
    item = (
        '<html><body><article itemscope><h1>A story</h1><div itemprop="author" itemscope><meta itemprop="name" '
        'content="flerche"></div></article></body></html>'
    )
    assert find(item)[0] == ("flerche",)


def test_a_full_name_is_preferred_to_one_word() -> None:
    html = """<html><head><meta name="author" content="Anna Smith"></head><body><h1>A story of some length</h1>
    <span class="author"><a href="/author/asmith">asmith</a></span></body></html>"""
    assert find(html)[0] == ("Anna Smith",)


def test_a_text_is_signed_below_and_to_the_right() -> None:
    page = "<html><body><h1>A story of some length</h1><p>Text of the piece.</p>{}</body></html>"
    assert find(page.format('<p style="text-align:right;"><strong>Lê Phương</strong></p>'))[0] == ("Lê Phương",)
    assert find(page.format('<p align="right">Олена Коваль</p>'))[0] == ("Олена Коваль",)
    for other in (
        "<p><strong>Lê Phương</strong></p>",
        '<p style="text-align: right">Anna Smith, head of the company</p>',
        '<p style="text-align: right">Deutsch / Türkçe</p>',
        '<p style="text-align: right">Share this story</p>',
        '<p style="text-align: right">Impressum | Sitemap</p>',
        '<p style="text-align: right">It was cold that night and nobody came.</p>',
        '<p style="margin-right: 3px">Anna Smith</p>',
    ):
        assert find(page.format(other))[0] == ()


def test_links_to_people_in_prose_are_no_byline() -> None:
    prose = "The award goes to <a href='/people/anna-smith'>Anna Smith</a>, who has led the company for many years and "
    html = f"<html><body><h1>A story of some length</h1><p>{prose * 2}is glad.</p></body></html>"
    assert find(html)[0] == ()
    far = (
        "<html><body><h1>A story of some length</h1>" + "<p>Text.</p>" * 60 + '<a href="/people/anna">Anna Smith</a>'
        "</body></html>"
    )
    data = read_structured(parse(far))
    assert find_authors(data, None, site=(), heading=data.headings[0], near=["Text."]).people == ()


def test_a_label_is_followed_by_a_linked_role_and_a_name_on_its_own_line() -> None:
    html = (
        "<html><body><h1>A story</h1><div>" + "Many words of the story. " * 20 + "<br>Quelle: Gericht<br>"
        'Autor: <a href="/rechtsanwalt/">Rechtsanwalt</a> Max Muster<br>Anna Smith</div></body></html>'
    )
    data = read_structured(parse(html))
    found = find_authors(data, None, site=(), heading=data.headings[0], tail=lambda: labelled_texts(data.root))
    assert found.people == ("Max Muster",)


@pytest.mark.parametrize(
    "line", ["By Reuters", "Filed Under", "Gewässer und Auen", "Mensch zu Mensch", "Anna/Ben Smith"]
)
def test_what_stands_beside_a_date_and_is_no_name(line: str) -> None:
    html = f"<html><body><h1>Story title here</h1><div>{line}</div><div>03.04.2025</div><p>x</p></body></html>"
    assert find(html)[0] == ()


def test_whom_somebody_writes_for_is_no_author() -> None:
    page = (
        "<html><body><h1>A story of some length</h1><p class='author'>{} for <a href='/blog/s'>Backyard Science</a></p>"
    )
    assert find(page.format("<a href='/user/forester'>forester</a>"))[0] == ("forester",)
    assert find(page.format("<a href='/author/anna'>Anna Smith</a>"))[0] == ("Anna Smith",)


def test_a_byline_directly_above_the_headline() -> None:
    html = "<html><body><p>Home</p><h1>A story of some length</h1><p>Text.</p></body></html>"
    data = read_structured(parse(html))

    def people(*above: str) -> tuple[str, ...]:
        return find_authors(data, None, site=(), heading=data.headings[0], near=["Text."], above=above).people

    assert people("02.02.2022 · 11:14", "von", "Anna Smith") == ("Anna Smith",)
    assert people("By Anna Smith", "2 Feb 2022") == ("Anna Smith",)
    assert people("02.02.2022", "Anna Smith") == ()  # without a word that says so, it may be the piece before


def test_the_outlet_may_stand_between_name_and_date_directly_below_the_headline() -> None:
    page = "<html><body><h1>Story title here</h1>{}<p>x</p></body></html>"
    head = "<b>Anna Smith</b><br><a href='/'>Information Review</a><br>October 22, 2018"
    assert find(page.format(head))[0] == ("Anna Smith",)
    assert find(page.format("<p>One two three.</p>" + head))[0] == ()


def test_labels_over_a_huge_element_are_read_within_bounds() -> None:
    """The work is bounded by elements, not only by text: empty elements must not buy time."""
    root = parse("<html><body><h1>A story</h1>" + "<i>a:" * 200 + "<b></b>" * 50_000 + "</body></html>")
    start = time.process_time()
    assert labelled_texts(root)
    assert time.process_time() - start < 0.5  # without the bound: some seconds


@pytest.mark.parametrize(
    ("body", "people"),
    [
        # who is quoted, photographed, or edits
        ("<div class=pull-quote><span class=author>Boris Kern</span></div>", ()),
        ("<blockquote><p>«Ні»</p><span class=author>Іван Петренко</span></blockquote>", ()),
        ("<span class=img-author>Іван Петренко</span>", ()),
        ("<p class=byline>Редакторка: <a href=/author/1>Олена Коваль</a></p>", ()),
        ("<p class=byline>Redaktion: Jens Weber und <a href=/a>Anna Schmidt</a></p>", ()),
        # the outlet beside the people, the tag behind them
        (
            "<div class=byline><span class=author>Anna Smith and Ben Jones</span>"
            "<span class=publication>Eastern Falls Enquirer</span></div>",
            ("Anna Smith", "Ben Jones"),
        ),
        (
            "<div class=author><a href=/autor/jan>Jan Kowalski</a>, <a href=/tag/fundusz>Zielony Ład</a></div>",
            ("Jan Kowalski",),
        ),
        # not everybody has a page to link to
        ("<p class=byline>By <a href=/a>Anna Smith</a> and Ben Jones</p>", ("Anna Smith", "Ben Jones")),
        ("<p class=byline>By <a href=/a>Anna Smith</a>, West Harbour</p>", ("Anna Smith",)),
        # a list of columns: none of them is this piece's
        (
            "".join(
                f"<div class=author>Автор: {name}</div>"
                for name in (
                    "Іван Петренко",
                    "Олена Коваль",
                    "Ірина Мороз",
                    "Анна Лис",
                    "Петро Гук",
                    "Марія Шевчук",
                    "Олег Бондар",
                )
            ),
            (),
        ),
    ],
)
def test_who_stands_in_a_marked_element(body: str, people: tuple[str, ...]) -> None:
    assert find(f"<html><body><h1>Міст відкрили</h1><p>Один.</p>{body}<p>Два.</p></body></html>")[0] == people


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Підготувала: Марія Шевчук", ("Марія Шевчук",)),
        ("Беседовал: Сергей Орлов", ("Сергей Орлов",)),
        ("Opracowanie: Jan Kowalski", ("Jan Kowalski",)),
        ("Текст: Ірина Бондар", ("Ірина Бондар",)),
        ("Інтерв'ю: Ірина Бондар", ()),
        ("Фото: Ірина Бондар", ()),
        ("Переклад: Ірина Бондар", ()),
    ],
)
def test_a_label_below_the_text(line: str, people: tuple[str, ...]) -> None:
    text = "".join(f"<p>Абзац номер {n} про ремонт мосту.</p>" for n in range(60))
    assert find(f"<html><body><h1>Міст відкрили</h1>{text}<p>{line}</p></body></html>")[0] == people


def test_whom_the_headline_names_is_no_byline_by_standing_beside_the_date() -> None:
    html = "<html><body><h1>{}</h1><p>Ірина Мороз</p><p>20.09.2026, 14:05</p><p>Текст.</p></body></html>"
    assert find(html.format("Міст відкрили"))[0] == ("Ірина Мороз",)
    assert find(html.format("Ірина Мороз: як ми будували міст"))[0] == ()


@pytest.mark.parametrize(
    ("line", "people", "agency"),
    [
        ("01.09.2026, 16:30 | Автор: Гергана Петрова | Обновено: 02.09.2026", ("Гергана Петрова",), None),
        ("3. 9. 2026 14:05 Zdroj: TASR, Autor: Mária Horváthová", ("Mária Horváthová",), "TASR"),
        ("2026-09-17 08:30 来源：新华社 作者：李晓明", ("李晓明",), "Xinhua"),
        ("Izvor: Tanjug | 03.09.2026. | 14:05", (), "Tanjug"),
        ("Фото: Петро Лис, текст: Олена Коваль", ("Олена Коваль",), None),
        ("Автор фото: Петро Лис", (), None),
        ("홍길동 기자 hong@example.kr", ("홍길동",), None),
        ("2026年09月20日 14:05 | 记者 王小明 李红", ("王小明", "李红"), None),
        ("樣報 記者王小明／台北即時報導", ("王小明",), None),
        ("Interview von Jens Weber und Anna Kraus", ("Jens Weber", "Anna Kraus"), None),
        ("Par Léa Moreau (avec AFP)", ("Léa Moreau",), "AFP"),
    ],
)
def test_labels_that_stand_within_a_line(line: str, people: tuple[str, ...], agency: str | None) -> None:
    assert find(f"<html><body><h1>A story of some length</h1><div>{line}</div><p>Text.</p></body></html>") == (
        people,
        agency,
    )


def test_the_authors_of_the_page_s_own_object_where_the_piece_has_none() -> None:
    html = (
        '<html><head><script type="application/ld+json">{"@graph":[{"@type":"WebPage","author":{"@id":"#p"}},'
        '{"@type":"Person","@id":"#p","name":"Anna Smith"}]}</script></head><body><h1>A story</h1></body></html>'
    )
    assert find(html)[0] == ("Anna Smith",)


@pytest.mark.parametrize("name", ["comments-area", "related-posts", "most-read", "more-stories"])
def test_what_stands_beside_the_piece_by_its_whole_class_names_nobody(name: str) -> None:
    html = f"""<html><body><div class="post comments-open"><h1>A story of some length</h1><p>Text.</p>
    <section class="{name}"><article><b>Anna Smith</b> <i>20 September 2026</i><span class="byline">By Ben Jones</span>
    </article></section></div></body></html>"""
    assert find(html)[0] == ()


@pytest.mark.parametrize(
    "head",
    [
        "<p>Anna Smith, Abuja</p><div>20th September 2026</div>",
        "<div>A town wonders</div><b>Anna Smith</b><i>, News Partner</i><div>Sep 20, 2026 at 2:05 pm</div>",
        "<div>Anna Smith - Example News</div><div>Sunday, 20 Sep 2026</div>",
        "<div>Anna Smith | Example</div><div>20 de septiembre de 2026</div>",
    ],
)
def test_what_follows_a_name_beside_the_date(head: str) -> None:
    html = f"<html><body><h1>A story of some length</h1>{head}<p>The text begins here.</p></body></html>"
    assert find(html)[0] == ("Anna Smith",)


def test_on_one_line_the_headline_still_divides_before_from_after() -> None:
    html = (
        '<html><body><div><div class="menu-piece"><span class="author">By Ben Jones</span></div></div><article>'
        '<h1>A story of some length</h1><span class="author">By Anna Smith</span><p>Text.</p></article></body></html>'
    )
    assert find(html)[0] == ("Anna Smith",)


def test_the_author_of_a_picture_below_the_headline() -> None:
    picture = '<figure class="{}"><img><figcaption><span class="author">Anna Smith</span></figcaption></figure>'
    html = "<html><body><h1>A story of some length</h1>{}<p>Text.</p></body></html>"
    assert find(html.format(picture.format("lead-image")))[0] == ()
    assert find(html.format(picture.format("author-portrait")))[0] == ("Anna Smith",)
