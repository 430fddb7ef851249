"""Headlines of other stories without link, class or label, in the midst of texts of many languages."""

import pytest

from newswire.extraction.boilerplate import repair
from newswire.extraction.lines import Line
from newswire.extraction.strays import LONGEST_STRAY_RUN

# Language: (paragraphs, own headings, headlines of other stories).
TEXTS = {
    "uk": (
        [
            "У середу в Кременці відкрили музей старої друкарні, яку зачинили ще у 1963 році, повідомила міська рада.",
            "В експозиції – два ручні верстати, понад чотириста літер із дерева та афіші довоєнних театрів.",
            "«Ми шукали ці верстати одинадцять років», – розповіла директорка музею Олена Гнатюк.",
            "Музей працюватиме щодня, крім понеділка, з десятої до шостої; квиток коштує 60 гривень.",
            "Наступного року тут планують відкрити майстерню палітурників, для якої вже купили прес.",
        ],
        ["Як шукали верстати", "Скільки коштуватиме квиток до музею"],
        ["Російські дрони атакували порт в Ізмаїлі вночі", "Збірна України з біатлону виграла естафету в Хохфільцені"],
    ),
    "ru": (
        [
            "В Зареченске в понедельник запустили трамвайную линию до нового района Сосновый, сообщила мэрия.",
            "Длина линии – 7,4 километра, на ней построили одиннадцать остановок и кольцо у школы.",
            "Вагоны будут ходить каждые восемь минут в часы пик и каждые пятнадцать вечером, рассказали в депо.",
            "Строительство обошлось бюджету в 4,1 миллиарда рублей, почти половину суммы выделил регион.",
            "Подрядчик пообещал до осени высадить вдоль путей четыреста лип и убрать временный забор.",
        ],
        ["Сколько стоит новая линия", "Что думают жители района Сосновый"],
        ["Сборная Швеции по хоккею вышла в финал чемпионата мира", "Цены на нефть упали после заседания ОПЕК в Вене"],
    ),
    "de": (
        [
            "Die Gemeinde Altenried baut eine neue Brücke über die Lohe und hat den Auftrag am Dienstag vergeben.",
            "Die alte Brücke aus dem Jahr 1954 ist seit März für Lastwagen gesperrt, weil der Beton bröckelt.",
            "„Wir wollten nicht noch einen Winter mit der Umleitung leben“, sagte Bürgermeisterin Petra Wimmer.",
            "Der Bau kostet 2,8 Millionen Euro, von denen das Land gut die Hälfte übernimmt.",
            "Anwohner hatten einen breiteren Gehweg gefordert, damit Kinder sicher zur Schule kommen.",
        ],
        ["Umleitung im Winter", "Was die Anwohner in Altenried vom Bau der Brücke erwarten"],
        ["Erdbeben der Stärke sechs erschüttert den Osten Japans"],
    ),
    "es": (
        [
            "El puerto de Almoraba ampliará el muelle pesquero en 140 metros para recibir barcos de mayor calado.",
            "Las obras comenzarán en enero y durarán catorce meses, según anunció la autoridad portuaria.",
            "“Llevamos veinte años descargando en fila”, dijo Rafael Montes, patrón mayor de la cofradía.",
            "Los vecinos del barrio de la Lonja temen el paso de camiones y piden un acceso por el norte.",
            "La cofradía reúne a 63 barcos y da trabajo a unas cuatrocientas personas del puerto.",
        ],
        ["Los vecinos del barrio de la Lonja", "Veinte años de espera"],
        ["El Real Madrid ficha al delantero brasileño Oliveira"],
    ),
    "pl": (
        [
            "W Zalesinie otwarto w piątek odnowiony dworzec kolejowy, który był zamknięty przez dziewięć lat.",
            "Remont kosztował 14 milionów złotych, a większość pieniędzy pochodziła z funduszy unijnych.",
            "– Pamiętam, jak ten zegar stanął w 1997 roku – mówi Halina Wrona, emerytowana kasjerka.",
            "Pociągi do Lublina będą odjeżdżać co godzinę, a w weekendy uruchomiono dodatkowe kursy.",
            "Podczas prac odkryto polichromie z 1911 roku, które konserwatorzy odsłonili nad kasami.",
        ],
        ["Ile kosztował remont dworca", "Wspomnienia kasjerki"],
        ["Trzęsienie ziemi o sile sześciu stopni nawiedziło Japonię"],
    ),
    "be": (
        [
            "У Лепелі скончылі аднаўленне драўлянай званіцы, якую пабудавалі ў 1802 годзе, паведаміла газета.",
            "Майстры замянілі сорак бярвёнаў і наноў накрылі дах гонтай, якую рабілі ўручную.",
            "«Мы баяліся, што ніжнія вянцы не вытрымаюць зімы», – расказаў кіраўнік брыгады Пятро Шыманец.",
            "У званіцы зноў павесяць два званы, якія захоўваліся ў музеі з 1958 года.",
            "Адкрыццё адбудзецца ў нядзелю, на яго запрасілі хор з Віцебска.",
        ],
        ["Два званы з музея", "Майстры і гонта"],
        ["Землятрус магнітудай шэсць страсянуў поўнач Японіі"],
    ),
}
CASES = [(code, tag) for code in TEXTS for tag in ("p", "div", "h2", "h3")]


def line(text: str, tag: str = "p") -> Line:
    return Line(text, 0.0, tag, "text", 1)


@pytest.mark.parametrize(("code", "tag"), CASES)
def test_other_stories_go_and_own_headings_stay(code, tag):
    (first, second, third, *rest), (one, two), others = TEXTS[code]
    lines = [line(first), line(one, tag), line(second), *(line(other, tag) for other in others), line(third)]
    lines += [line(two, tag), *map(line, rest)]
    repaired = repair(lines)
    assert [taken.line for taken in repaired.removed] == others
    assert one in repaired.lines
    assert two in repaired.lines


@pytest.mark.parametrize("code", TEXTS)
def test_a_heading_without_a_foreign_name_stays(code):
    paragraphs, _, _ = TEXTS[code]
    heading = {"de": "Wer jetzt noch alles mitreden will"}.get(code, "Що ж буде далі з усім цим добром")
    lines = [*map(line, paragraphs[:3]), line(heading, "h2"), *map(line, paragraphs[3:])]
    assert heading in repair(lines).lines


def test_many_lines_together_are_a_list():
    paragraphs, _, others = TEXTS["ru"]
    listed = [
        *others,
        "В Токио открылась большая выставка роботов-поваров",
        "Пингвины Антарктиды сменили место зимовки",
    ]
    assert len(listed) > LONGEST_STRAY_RUN
    lines = [*map(line, paragraphs[:3]), *map(line, listed), *map(line, paragraphs[3:])]
    assert set(listed) <= set(repair(lines).lines)


def test_a_line_that_knows_a_word_of_the_text_speaks_for_its_neighbours():
    paragraphs, _, others = TEXTS["ru"]
    own = "Трамвайную линию в Зареченске построили быстрее обычного"
    lines = [*map(line, paragraphs[:3]), line(own), line(others[0]), *map(line, paragraphs[3:])]
    assert {own, others[0]} <= set(repair(lines).lines)
