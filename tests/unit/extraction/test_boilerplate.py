"""The repair as a table of lines in and out."""

import time

import pytest

from newswire.extraction.boilerplate import REPEATS, repair
from newswire.extraction.lines import Line, ends_like_sentence
from newswire.extraction.values import Removed

LONG = (
    "The council of Larkport approved the budget for the harbour wall on Monday after a debate of three hours.",
    "Engineers will drive 180 steel piles into the harbour bed before the wall of the old basin is raised by a metre.",
    "“We have waited for this since the flood of 1998,” said the harbour master of Larkport at the council meeting.",
    "The works on the harbour wall begin in April and should be finished before the autumn storms, the council said.",
    "Larkport pays a third of the costs of 12 million pounds; the rest comes from the flood fund of the region.",
    "The fishing fleet will land its catch at the northern quay of the harbour while the basin is closed to boats.",
)


def line(text: str, linked: float = 0.0, tag: str = "p", context: str = "body-text", container: int = 1) -> Line:
    return Line(text, linked, tag, context, container)


def article(*inserted: Line, after: int = 3) -> list[Line]:
    return [*map(line, LONG[:after]), *inserted, *map(line, LONG[after:])]


@pytest.mark.parametrize(
    "intruder",
    [
        line("Read also: Storm sinks two boats off the cape", 0.7),
        line("Читайте також: Росія атакувала порт Одеси дронами", 0.8),
        line("Смотрите также: Пожар на складе в Туле", 0.6),
        line("Lesen Sie auch: Sturm versenkt zwei Boote", 0.9),
        line("Lire aussi : La tempête coule deux bateaux"),
        line("Zobacz też: Sztorm zatopił dwie łodzie"),
        line("Вижте още: Буря потопи две лодки"),
        line("Čtěte také: Bouře potopila dvě lodě"),
        line("Leia também: Tempestade afunda dois barcos"),
        line("Leggi anche: La tempesta affonda due barche"),
        line("Te puede interesar: la tormenta hunde dos barcos"),
        line("Storm sinks two boats off the cape", 1.0),
        line("Sign up for our newsletter"),
        line("Підписуйтесь на наш канал"),
        line("Photo: Anna Reyes/Getty Images"),
        line(
            "Get the best of the coast by mail every Friday, for free.",
            context="newsletter-box | body-text",
            container=2,
        ),
        line("Hamas calls for immediate ceasefire to be implemented in Gaza"),
    ],
)
def test_takes_out_what_is_not_the_articles(intruder):
    repaired = repair(article(intruder), ["Council pays for harbour wall"])
    assert repaired.lines == LONG
    assert [taken.line for taken in repaired.removed] == [intruder.text]
    assert repaired.removed[0].why


@pytest.mark.parametrize(
    "own",
    [
        line("Conclusion"),
        line("Global Repercussions"),
        line("Steel piles before the storms", tag="h2"),
        line("What the harbour master of Larkport expects", tag="p"),
        line("Related costs were not discussed, the council said."),
        line("More than forty people spoke at the meeting."),
        line("The wall, according to the surveyor’s report, will hold for a century.", 0.4),
        line(
            "Read the minutes carefully, the harbour master told the council: "
            + "there is more in them. " * 11
            + "It is."
        ),
    ],
)
def test_keeps_headings_and_sentences_of_the_article(own):
    assert repair(article(own), ["Council pays for harbour wall"]).lines == (*LONG[:3], own.text, *LONG[3:])


APPEALS = [
    "Підтримайте нас на Patreon, щоб ми могли працювати далі.",
    "Більше новин – у нашому Telegram-каналі.",
    "Ваш внесок допоможе нам робити більше якісних матеріалів.",
    "Матеріал створено за підтримки фонду «Відлуння».",
    "Поддержите независимую журналистику: оформите ежемесячное пожертвование.",
    "Читайте «Берег» в Telegram — только важное.",
    "Уважаемый посетитель, вы зашли на сайт как незарегистрированный пользователь.",
    "Падпісвайцеся на наш тэлеграм-канал, каб не прапусціць галоўнае.",
    "Чытайце таксама: У Полацку знайшлі скарб",
    "Подкрепете независимата журналистика с дарение.",
    "If you value our reporting, please consider making a donation today.",
    "Don’t miss out: get the Post in your inbox every morning.",
    "Add us as a preferred source on Google",
    "Article continues below",
    "Unterstützen Sie unabhängigen Journalismus mit einer Spende.",
    "Mehr aktuelle Nachrichten aus Altenried lesen Sie hier.",
    "Suivez toute l'actualité du port sur notre chaîne WhatsApp.",
    "L'article continue après la publicité",
    "Apoya el periodismo independiente: hazte socio.",
    "Siga o nosso canal no WhatsApp e receba as notícias.",
    "Segui il nostro canale WhatsApp per non perdere le notizie.",
    "Wspieraj niezależne dziennikarstwo: wpłać darowiznę.",
    "Podpořte nezávislou žurnalistiku: přispějte nám.",
    "Susține jurnalismul independent cu o donație.",
]


@pytest.mark.parametrize("appeal", APPEALS)
@pytest.mark.parametrize("after", [3, len(LONG)])
def test_appeals_to_the_reader_go(appeal, after):
    assert repair(article(line(appeal), after=after)).lines == LONG


@pytest.mark.parametrize(
    "own",
    [
        "Нагадаємо, у вересні місто вже відкривало оновлену бібліотеку.",
        "Як повідомляв «Берег», друкарню знайшли під час ремонту школи.",
        "Підписатися під петицією про музей можна до кінця листопада, додали в раді.",
        "Приєднуйтесь до громадських слухань, закликала мешканців директорка.",
        "Подписаться под обращением успели две тысячи человек, говорят жители.",
        "Следите за руками, шутит Климова: сначала убрали автобусы, потом подняли цену.",
        "Поддержите ветеранов, попросил мэр жителей, когда вышел на сцену.",
        "Support for the harbour wall grew after the flood, the council said.",
        "“Share this ferry with Orkney? Never,” said one islander.",
        "Help us, the fishermen shouted when the mayor came to the harbour.",
        "Zum Thema Gehweg sagte Wimmer, er werde zwei Meter breit.",
        "Partager les bénéfices du moulin n'a jamais été envisagé, assure l'association.",
        "Compartir el muelle con los yates no gusta a los pescadores.",
        "Sdílet most s autobusy by podle Hovorky nebylo bezpečné.",
    ],
)
def test_sentences_that_open_like_a_notice_stay(own):
    assert repair(article(line(own))).lines == (*LONG[:3], own, *LONG[3:])


def test_a_heading_above_the_last_sentence_stays():
    lines = [*map(line, LONG), line("What comes next", tag="h2"), line("The council meets in May.")]
    assert repair(lines).removed == ()


def test_the_heading_of_a_list_at_the_end_stays():
    listed = [line(f"Pile number {n} of the wall", tag="li", container=5) for n in range(4)]
    assert repair([*map(line, LONG), line("The piles", tag="h2"), *listed]).removed == ()


def test_key_points_above_the_text_stay_and_lists_of_labels_go():
    points = [line("Council approves the harbour wall", tag="li", container=4)]
    points.append(line("The region pays two thirds of it", tag="li", container=4))
    labels = [line("Larkport", tag="li", container=3), line("4 min read", tag="li", container=3)]
    repaired = repair([*labels, *points, *map(line, LONG)])
    assert repaired.lines == (*(point.text for point in points), *LONG)


def test_a_sentence_made_of_several_links_cites_and_one_link_leads_away():
    text = "The wall was approved in May, priced in June, and its piles were ordered in July and paid for in August."
    cites, leads = Line(text, 0.9, "p", "", 1, links=4), Line(text, 0.9, "p", "", 1, links=1)
    assert text in repair(article(cites)).lines
    assert text not in repair(article(leads)).lines


def test_lines_below_a_lead_in_go_with_it():
    lines = article(line("Read also:"), line("Storm sinks two boats", 1.0), line("Ferry cancelled", 1.0))
    assert repair(lines).lines == LONG


def test_a_section_below_the_article_goes_with_its_teasers():
    below = [
        line("Latest news", tag="h3", container=9),
        line("Storm sinks two boats", 1.0, container=9),
        line("Two boats sank on Tuesday in the worst storm that the coast has seen for eleven years.", container=9),
    ]
    assert repair([*map(line, LONG), *below]).lines == LONG


def test_the_repeated_title_goes_and_the_lead_stays():
    lines = [line("Council pays for harbour wall", tag="h1"), *map(line, LONG)]
    assert repair(lines, ["Council pays for harbour wall"]).lines == LONG


def test_a_digest_of_links_is_left_alone():
    lines = [line(f"Council approves item {n} of the budget", 1.0, "li") for n in range(6)]
    assert len(repair(lines).lines) == 6


PRINTED = "The Larkport Post is printed on paper from the mill at Ambergate, and was founded by two fishermen in 1871."
BACKGROUND = "The harbour wall of Larkport was broken by the flood of 1998, in which eleven people lost their lives."
LABEL = "Larkport Post, the paper of the coast"


@pytest.mark.parametrize("after", [0, len(LONG)])
@pytest.mark.parametrize("known", [PRINTED, PRINTED.upper().rstrip(".")])
def test_a_sentence_that_repeats_goes_at_the_head_and_the_foot(after, known):
    repaired = repair(article(line(PRINTED), after=after), known=[known])
    assert repaired.lines == LONG
    assert repaired.removed == (Removed(PRINTED, REPEATS),)
    assert len(repair(article(line(PRINTED), after=after)).lines) == len(LONG) + 1, "only when it is known"


def test_lines_that_repeat_stand_on_each_other_at_the_foot():
    foot = [line(PRINTED), line(LABEL), line("Printed since 1871 in one house, read in all of them.")]
    assert repair([*map(line, LONG), *foot], known=[each.text for each in foot]).lines == LONG


def test_a_paragraph_that_repeats_stays_between_others():
    lines = article(line(BACKGROUND))
    assert repair(lines, known=[BACKGROUND]).lines == tuple(each.text for each in lines)


@pytest.mark.parametrize(("tag", "stays"), [("p", False), ("div", False), ("h2", True), ("td", True), ("li", True)])
def test_a_label_that_repeats_goes_anywhere_unless_it_heads_or_lists(tag, stays):
    lines = article(line("What the Post knows so far", tag=tag))
    assert (len(repair(lines, known=["What the Post knows so far"]).lines) > len(LONG)) is stays


def test_a_text_of_nothing_but_repeating_lines_is_left_alone():
    lines = [line("Air raid alert in Larkport"), line(PRINTED)]
    assert repair(lines, known=[each.text for each in lines]) == repair(lines)
    assert PRINTED in repair(lines).lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left.", True),
        ("„Er ging.“", True),
        ("Он ушёл»", False),
        ("彼は去った。", True),
        ("He left. (Reuters)", True),
        ("Storm sinks two boats", False),
    ],
)
def test_ends_like_sentence(text, expected):
    assert ends_like_sentence(text) is expected


def test_nothing_in_nothing_out():
    assert repair([]).lines == ()


def test_what_stands_above_the_headline_in_the_midst_of_the_lines_goes():
    title = "Larkport approves the harbour wall"
    above = [
        line(
            "The fire brigade of Ostheim saved four boats from the storm last night, and two of them had sunk.",
            tag="div",
        ),
        line("Sport at the weekend", tag="div"),
    ]
    assert repair([*above, line(title, tag="h1"), *map(line, LONG)], [title]).lines == LONG
    # Below a headline that is followed by little stands another box, or the next page.
    assert repair([*map(line, LONG), line(title, tag="h2"), line(LONG[0])], [title]).lines[: len(LONG)] == LONG


def test_a_list_below_the_text_stays_and_names_in_a_table_of_the_layout_go():
    text = [*map(line, LONG)]
    dates = [line(f"{day} June: Northern Quay, Larkport") for day in range(10, 16)]
    assert len(repair([*text, *dates]).lines) == len(LONG) + 6
    assert len(repair([*text, *dates[:3]]).lines) == len(LONG)
    results = [line(f"{rank} Harbour Rowing Club", tag="td", container=9) for rank in range(1, 5)]
    assert len(repair([*text, *results]).lines) == len(LONG) + 4
    partners = [line(name, tag="td", container=9) for name in ("News Bureau", "The Courier", "Larkport Post", "Herald")]
    assert len(repair([*text, *partners]).lines) == len(LONG)


@pytest.mark.parametrize(
    "notice",
    [
        "Ein Klick für den Datenschutz",
        "Hat Ihnen dieser Artikel gefallen? Dann unterstützen Sie uns mit einer Spende.",
        "Thanks for signing up!",
        "There was an error processing your subscription.",
        "Der Hafen am Morgen danach, aus der Luft gefilmt. 06.09.2023 | 31:42 min",
        "If you buy something through our links, we may earn an affiliate commission.",
        "Сподобалася стаття? Поділіться нею з друзями.",
    ],
)
def test_notices_of_embeds_forms_and_films_go(notice):
    assert repair(article(line(notice))).lines == LONG


def test_a_long_list_is_judged_once():
    began = time.process_time()
    found = repair([*map(line, LONG), *(line("a short item", tag="li", container=9) for _ in range(20_000))])
    assert len(found.lines) == len(LONG) + 20_000
    assert time.process_time() - began < 10


def test_a_last_line_of_dots_costs_no_time():
    began = time.process_time()
    assert repair([*article(), line("." * 60_000 + "a")]).lines[: len(LONG)] == LONG
    assert time.process_time() - began < 1
