"""Words around dates that carry no date, and words that count from today; read by newswire.dates."""

from __future__ import annotations

# articles, prepositions, "o'clock", "year" and their abbreviations; then labels that templates put before a date
FILLERS = frozenset(
    """
    at on of the de del do da di le la les el den am um uhr kl klo kell à a às os as u w o z dn dnia r roku rok g god
    г год года р рік року в во у о об на від от час годині години годин лет ч часа часов хв мин h hs hrs hod v ve ob om
    ora ore alle ώρα στις και et y e i and і и il lo og på d α гг рр t st nd rd th er сағат al ai las los år godine
    leto leta godz godzina godzinie uur lúc pukul jam יום בשעה m min dne ze gada gads plkst
    published updated posted created last modified date pubdate publié publiée mis jour veröffentlicht aktualisiert
    stand опубликовано опубликована обновлено дата оновлено опубліковано створено публікації публикации
    publicado publicada actualizado atualizado pubblicato aggiornato opublikowano aktualizacja publikacja zveřejněno
    публикувана публикувано data fecha datum
    """.split()  # noqa: SIM905 - a list of words reads best as words
)

# "ago" and what stands for it before or after the number
AGO = frozenset("ago тому назад vor il y a temu hace há fa před преди atrás".split())  # noqa: SIM905

RELATIVE_DAYS: dict[int, str] = {
    0: "today сегодня сьогодні днес heute dziś dzisiaj aujourd'hui hoy dnes hoje oggi сёння danas bugün vandaag idag",
    -1: "yesterday вчера вчора учора gestern wczoraj hier ayer včera ontem ieri jučer juče dün gisteren igår",
    -2: "позавчера позавчора vorgestern przedwczoraj avant-hier anteayer předevčírem anteontem завчера",
}

UNITS: dict[str, frozenset[str]] = {
    unit: frozenset(words.split())
    for unit, words in {
        "minute": "min mins minute minutes мин минут минуты минуту хв хвилин хвилини хвилину minuten minut minuty "
        "minuta minutę minuto minutos minuti минута минути",
        "hour": "h hr hrs hour hours час часа часов ч год годину години годин stunde stunden std godz godzin godziny "
        "godzinę heure heures hora horas ora ore hodina hodiny hodin",
        "day": "d day days день дня дней дні днів tag tage tagen dzień dni jour jours día días dia dias giorno giorni "
        "den dny dnů ден дни",
    }.items()
}
