"""Words around dates that carry no date (FILLERS) and words that count from today; read by newswire.dates."""

from __future__ import annotations

FILLERS = frozenset(
    # articles, prepositions, "o'clock", "year" and their abbreviations
    "at on of the de del do da di le la les el den am um uhr kl klo kell à a le às os as u w o z dn dnia r roku rok g god "
    "г год года р рік року в во у о об на від от час годині години годин года лет ч часа часов хв мин h hs hrs "
    "hod v ve ob om om. ora ore alle orą ώρα στις και et y e e. i and y i і и il lo os um og på den d. α nap-on "
    "гг гг. рр t st nd rd th er сағат ժ ម 星期 al ai as las los år god. godine leto leta m min h. dne ze dne"
    # labels that templates put before a date
    " published updated posted created last modified date pubdate publié publiée mis jour veröffentlicht aktualisiert "
    "stand опубликовано опубликована обновлено дата оновлено опубліковано створено публікації публикации редакции "
    "publicado publicada actualizado atualizado pubblicato aggiornato opublikowano aktualizacja publikacja zveřejněno "
    "публикувана публикувано data fecha datum".split()
)

RELATIVE_DAYS: dict[int, str] = {
    0: "today сегодня сьогодні днес heute dziś dzisiaj aujourd'hui hoy dnes hoje oggi сёння danas bugün vandaag idag",
    -1: "yesterday вчера вчора учора gestern wczoraj hier ayer včera ontem ieri учора jučer juče dün gisteren igår",
    -2: "позавчера позавчора vorgestern przedwczoraj avant-hier anteayer předevčírem anteontem завчера",
}

UNITS: dict[str, frozenset[str]] = {
    "minute": frozenset(
        [
            "min",
            "mins",
            "minute",
            "minutes",
            "мин",
            "минут",
            "минуты",
            "минуту",
            "хв",
            "хвилин",
            "хвилини",
            "хвилину",
            "minuten",
            "minut",
            "minuty",
            "minuta",
            "minutę",
            "minuto",
            "minutos",
            "minuti",
            "минута",
            "минути",
        ]
    ),
    "hour": frozenset(
        [
            "h",
            "hr",
            "hrs",
            "hour",
            "hours",
            "час",
            "часа",
            "часов",
            "ч",
            "год",
            "годину",
            "години",
            "годин",
            "stunde",
            "stunden",
            "std",
            "godz",
            "godzin",
            "godziny",
            "godzinę",
            "heure",
            "heures",
            "hora",
            "horas",
            "ora",
            "ore",
            "hodina",
            "hodiny",
            "hodin",
            "часа",
        ]
    ),
    "day": frozenset(
        [
            "d",
            "day",
            "days",
            "день",
            "дня",
            "дней",
            "дні",
            "днів",
            "tag",
            "tage",
            "tagen",
            "dzień",
            "dni",
            "jour",
            "jours",
            "día",
            "días",
            "dia",
            "dias",
            "giorno",
            "giorni",
            "den",
            "dny",
            "dnů",
            "ден",
            "дни",
        ]
    ),
}
