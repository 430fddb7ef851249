"""Days, months and dates as each of the newsroom's languages writes them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

# fmt: off
MONTHS = {
    "en": ["January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December"],
    "uk": ["січня", "лютого", "березня", "квітня", "травня", "червня",
           "липня", "серпня", "вересня", "жовтня", "листопада", "грудня"],
    "ru": ["января", "февраля", "марта", "апреля", "мая", "июня",
           "июля", "августа", "сентября", "октября", "ноября", "декабря"],
    "de": ["Januar", "Februar", "März", "April", "Mai", "Juni",
           "Juli", "August", "September", "Oktober", "November", "Dezember"],
}
# The day of the week with the preposition and case that the language wants, from Monday
ON_DAY = {
    "en": ["on Monday", "on Tuesday", "on Wednesday", "on Thursday", "on Friday", "on Saturday", "on Sunday"],
    "uk": ["у понеділок", "у вівторок", "у середу", "у четвер", "у п'ятницю", "у суботу", "у неділю"],
    "ru": ["в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу", "в воскресенье"],
    "de": ["am Montag", "am Dienstag", "am Mittwoch", "am Donnerstag", "am Freitag", "am Samstag", "am Sonntag"],
}
# fmt: on
_TOKEN = re.compile(r"\{(on_day|On_day|date|month|year)([+-]\d+)?\}")


def day_and_month(moment: datetime, language: str) -> str:
    """`22 November`, `22 листопада`, `22. November`."""
    dot = "." if language == "de" else ""
    return f"{moment.day}{dot} {MONTHS[language][moment.month - 1]}"


def full_date(moment: datetime, language: str) -> str:
    """A date with the time of day, as an outlet prints it under a headline."""
    clock = f"{moment:%H:%M}" + (" Uhr" if language == "de" else "")
    return f"{day_and_month(moment, language)} {moment.year}, {clock}"


def american_date(moment: datetime) -> str:
    """`Nov. 22, 2026 at 1:42 p.m.`, the style of newspapers in the United States."""
    half = "a.m." if moment.hour < 12 else "p.m."
    return f"{moment:%b}. {moment.day}, {moment.year} at {moment.hour % 12 or 12}:{moment:%M} {half}"


def fill(text: str, published: datetime, language: str) -> str:
    """Replace the date tokens of a text; `{on_day-2}` is two days before the local day of `published`."""

    def word(match: re.Match[str]) -> str:
        day = published + timedelta(days=int(match[2] or 0))
        match match[1]:
            case "on_day":
                return ON_DAY[language][day.weekday()]
            case "On_day":
                phrase = ON_DAY[language][day.weekday()]
                return phrase[0].upper() + phrase[1:]
            case "date":
                return day_and_month(day, language)
            case "month":
                return MONTHS[language][day.month - 1]
            case _:
                return str(day.year)

    return _TOKEN.sub(word, text)
