"""The foot of a text: notices go, last paragraphs that have a word of notices in them stay."""

import pytest

from newswire.extraction.boilerplate import repair
from newswire.extraction.lines import Line

TEXT = (
    "The council of Larkport approved the budget for the harbour wall on Monday after a debate of three hours.",
    "Engineers will drive 180 steel piles into the harbour bed before the wall of the old basin is raised by a metre.",
    "The works on the harbour wall begin in April and should be finished before the autumn storms, the council said.",
    "Larkport pays a third of the costs of 12 million pounds; the rest comes from the flood fund of the region.",
)


def repaired(last: str) -> tuple[str, ...]:
    return repair([Line(text, 0.0, "p", "text", 1) for text in (*TEXT, last)]).lines


@pytest.mark.parametrize(
    "last",
    [
        "The army blamed the attack on an affiliate of Islamic State, which has fought in the region since 2015.",
        "The country wants to become a member of the European Union by 2030, and of the alliance soon after that.",
        "An AFP reporter in the city heard two explosions shortly before midnight and saw smoke above the port.",
        "The dead man was a journalist of the local station and had covered the front for more than three years.",
        "Iran has refused to sign up to the agreement, which would limit its enrichment of uranium to four per cent.",
        "The agency asked donors to support the humanitarian work in the north, where two clinics have closed.",
        "The court found that the film had infringed the copyright of the family, and ordered the studio to pay.",
        "Про це міський голова повідомив у своєму телеграм-каналі пізно ввечері, коли рятувальники вже поїхали.",
        "Піхота просувалася за підтримки авіації та артилерії, але зупинилася на околиці села, додали в штабі.",
        "Командир визнав, що припустився помилку в розрахунках, і вибачився перед мешканцями прикордонного села.",
        "На донати мешканців громада вже придбала для бригади чотири позашляховики та два десятки дронів.",
        "Об этом глава региона написал в своём телеграм-канале поздно вечером, когда тревогу уже отменили.",
        "В министерстве признали, что совершили ошибку, и пообещали пересмотреть списки до конца ноября.",
        "Подрядчика обязали вывесить щит с указанием сроков, стоимости и имени ответственного инженера.",
        "Правозащитники напомнили, что все права человека действуют и во время чрезвычайного положения.",
        "Der Beauftragte für den Datenschutz prüft nun, ob das Amt die Bilder der Kameras löschen muss.",
        "Le Sénat doit encore se prononcer sur le projet d'inscrire ce droit dans la Constitution du pays.",
        "El presidente suscribió el acuerdo en la capital junto a los ministros de los tres países vecinos.",
        "Minister napisał na Facebooku, że decyzja zapadnie dopiero po rozmowach z samorządem województwa.",
        "Kraj omezil odběr vody z řeky, protože hladina klesla pod hranici, kterou určuje vodní zákon.",
    ],
)
def test_paragraphs_stay(last):
    assert repaired(last) == (*TEXT, last)


@pytest.mark.parametrize(
    "last",
    [
        "This post contains affiliate links, for which we are paid a little when you buy something there.",
        "Become a member today and read every story on the day on which we print it, wherever you may be.",
        "Associated Press writers Ann Cole in Larkport and Ewan Reid in Leeds contributed to this report.",
        "Morag Sim is a reporter on the Scotland desk. She joined the Post in 2016 after six years at sea.",
        "Sign up for our letter from the coast, which goes out every Friday at noon and costs you nothing.",
        "Support our journalism with a gift of any size; it pays for the boat and for the man who sails it.",
        "Disclaimer: the author holds shares in the company that builds the wall, and has done so since May.",
        "Читайте нас також у Telegram: там ми пишемо коротко, лише про головне і без жодної реклами.",
        "Матеріал підготовлено за підтримки фонду «Відлуння», який не впливає на зміст наших публікацій.",
        "Якщо ви помітили помилку, виділіть її та натисніть клавіші, і редактор дізнається про неї одразу.",
        "Перепечатка материалов допускается только с указанием источника и активной ссылки на страницу.",
        "Поддержите редакцию: мы живём на ваши деньги и потому пишем то, что считаем нужным и важным.",
        "Mehr über die Verarbeitung Ihrer Daten steht in der Datenschutzerklärung am Ende dieser Seite.",
    ],
)
def test_notices_go(last):
    assert repaired(last) == TEXT
