"""Names of news agencies, as they stand in bylines, credits and author fields.

A list of facts (who supplies wire copy), not of outlets that are read. Sources: the members of the European Alliance of
News Agencies (newsalliance.org), the world agencies, and the agencies of Ukraine, Russia and their neighbours.
"""

from __future__ import annotations

import re

from newswire.extraction.plaintext import letters

# canonical name: spellings. Spellings are compared letter by letter without case, so that "dpa-AFX" is "dpaafx".
_SPELLINGS: dict[str, tuple[str, ...]] = {
    "Reuters": ("Reuters", "Thomson Reuters", "Рейтер", "Рейтерс", "Ройтерс", "Reuters News Agency"),
    "AFP": ("AFP", "Agence France-Presse", "Agence France Presse", "Франс Пресс", "АФП", "AFP Relaxnews"),
    "AP": ("AP", "Associated Press", "The Associated Press", "AP News", "Ассошиэйтед Пресс", "Асошіейтед Прес"),
    "dpa": (
        "dpa", "Deutsche Presse-Agentur", "dpa-AFX", "dpa/lby", "dpa infocom", "dpa-tmn", "DPA International",
        "dpa/lnw", "dpa/lni", "dpa/lsw", "dpa/lhe", "dpa/lno", "dpa-infocom", "Deutsche Presse-Agentur GmbH",
    ),
    "SID": ("SID", "Sport-Informations-Dienst"),
    "epd": ("epd", "Evangelischer Pressedienst"),
    "KNA": ("KNA", "Katholische Nachrichten-Agentur"),
    "APA": ("APA", "Austria Presse Agentur", "APA-OTS"),
    "Keystone-SDA": ("Keystone-SDA", "SDA", "Keystone SDA", "ATS", "Keystone-ATS", "Schweizerische Depeschenagentur"),
    "UPI": ("UPI", "United Press International"),
    "PA Media": ("PA Media", "Press Association", "PA News Agency", "PA"),
    "Bloomberg": ("Bloomberg", "Bloomberg News"),
    "Dow Jones": ("Dow Jones", "Dow Jones Newswires"),
    "Xinhua": ("Xinhua", "Xinhua News Agency", "新华社", "新华网", "Синьхуа", "Сіньхуа"),
    "Kyodo": ("Kyodo", "Kyodo News", "共同通信", "共同通信社"),
    "Jiji": ("Jiji", "Jiji Press", "時事通信", "時事通信社"),
    "Yonhap": ("Yonhap", "Yonhap News", "연합뉴스"),
    "PTI": ("PTI", "Press Trust of India"),
    "ANI": ("ANI", "Asian News International"),
    "IANS": ("IANS", "Indo-Asian News Service"),
    "AAP": ("AAP", "Australian Associated Press"),
    "CP": ("The Canadian Press", "Canadian Press", "La Presse Canadienne"),
    "ANSA": ("ANSA", "Agenzia ANSA", "Redazione ANSA"),
    "Adnkronos": ("Adnkronos",),
    "AGI": ("AGI", "Agenzia Giornalistica Italia"),
    "EFE": ("EFE", "Agencia EFE", "EFE Agencia"),
    "Europa Press": ("Europa Press",),
    "Lusa": ("Lusa", "Agência Lusa"),
    "Agência Brasil": ("Agência Brasil", "Agencia Brasil"),
    "Estadão Conteúdo": ("Estadão Conteúdo", "Estadao Conteudo"),
    "Folhapress": ("Folhapress",),
    "Télam": ("Télam", "Telam"),
    "Notimex": ("Notimex",),
    "Belga": ("Belga", "Agence Belga"),
    "ANP": ("ANP",),
    "Ritzau": ("Ritzau",),
    "TT": ("TT", "TT Nyhetsbyrån"),
    "NTB": ("NTB",),
    "STT": ("STT", "STT-Lehtikuva"),
    "PAP": ("PAP", "Polska Agencja Prasowa"),
    "ČTK": ("ČTK", "CTK", "Česká tisková kancelář"),
    "TASR": ("TASR",),
    "SITA": ("SITA",),
    "MTI": ("MTI", "Magyar Távirati Iroda"),
    "BTA": ("BTA", "БТА", "Българска телеграфна агенция"),
    "Agerpres": ("Agerpres",),
    "Mediafax": ("Mediafax",),
    "HINA": ("HINA",),
    "Tanjug": ("Tanjug", "Танјуг"),
    "Beta": ("Beta News Agency",),
    "FoNet": ("FoNet",),
    "STA": ("STA", "Slovenska tiskovna agencija"),
    "AMNA": ("ΑΠΕ-ΜΠΕ", "ANA-MPA", "ΑΠΕ", "ΑΜΠΕ"),
    "Anadolu": ("Anadolu", "Anadolu Agency", "Anadolu Ajansı", "AA"),
    "DHA": ("DHA", "Demirören Haber Ajansı"),
    "İHA": ("İHA", "İhlas Haber Ajansı"),
    "BNS": ("BNS", "Baltic News Service"),
    "ELTA": ("ELTA",),
    "LETA": ("LETA",),
    "Ukrinform": ("Ukrinform", "Укрінформ", "Укринформ"),
    "Interfax-Ukraine": ("Interfax-Ukraine", "Інтерфакс-Україна", "Интерфакс-Украина", "Interfax-Ukraina"),
    "UNIAN": ("UNIAN", "УНІАН", "УНИАН"),
    "UNN": ("УНН", "Українські національні новини"),
    "TASS": ("TASS", "ТАСС", "ИТАР-ТАСС", "ITAR-TASS", "ТАРС"),
    "RIA Novosti": ("RIA Novosti", "РИА Новости", "РИА «Новости»", "РІА Новини", "РИА Новости Украина"),
    "Interfax": ("Interfax", "Интерфакс", "Інтерфакс", "Interfax.ru"),
    "Sputnik": ("Sputnik", "Sputnik News Agency", "Спутник"),
    "Regnum": ("ИА Регнум", "ИА REGNUM", "IA REGNUM"),
    "Rosbalt": ("Росбалт", "ИА Росбалт"),
    "BelTA": ("БЕЛТА", "БелТА", "BelTA"),
    "BelaPAN": ("БелаПАН", "BelaPAN"),
    "Infotag": ("Infotag", "Инфотаг"),
    "IPN": ("IPN",),
    "Armenpress": ("Armenpress", "Арменпресс"),
    "Trend": ("Trend News Agency",),
    "Azertac": ("Azertac", "АЗЕРТАДЖ", "AZERTAC"),
    "Kazinform": ("Kazinform", "Казинформ"),
    "IRNA": ("IRNA", "ИРНА"),
    "SANA": ("SANA",),
    "WAFA": ("WAFA",),
    "Antara": ("ANTARA", "Antara News"),
    "Bernama": ("Bernama",),
    "PRNewswire": ("PRNewswire", "PR Newswire"),
    "Business Wire": ("Business Wire", "Businesswire"),
    "GlobeNewswire": ("GlobeNewswire", "Globe Newswire"),
}  # fmt: skip

_BY_LETTERS = {letters(spelling): name for name, spellings in _SPELLINGS.items() for spelling in spellings}
# Of four letters or fewer: an abbreviation, which is only an agency when written as one ("Lusa" aside).
_SHORT = {key for key in _BY_LETTERS if len(key) <= 4} - {"lusa", "efe"}
_LOWER_CASE = {"dpa", "epd", "afp", "kna", "sid"}
_SPLIT = re.compile(
    r"\s*(?:[,/;|+&()–—]|\s-\s|\b(?:and|und|et|y|e|та|и|і|with|mit|avec|con|com|med|met|via|from|in|aus|from|von|de)\b)\s*",
    re.I,
)
_GENERIC = re.compile(
    r"\b(?:news ?agency|presse-?agentur|press agency|agence de presse|agencia de noticias|agência de notícias"
    r"|agenzia di stampa|information agency|информационное агентство|інформаційне агентство|информагентство"
    r"|інформагентство|информационна агенция)\b",
    re.I,
)


def agency_of(text: str) -> str | None:
    """The news agency that a byline, credit or author field names, by its usual name; None where it names none.

    Only for short texts that say who supplied a piece; in running prose an agency is a source, not the author.
    """
    if not text or len(text) > 200:
        return None
    if name := _lookup(text.strip(" .,:;*")):
        return name
    for part in _SPLIT.split(text):
        if part and (name := _lookup(part.strip(" .,:;*«»\"'"))):
            return name
    if _GENERIC.search(text) and len(text) < 80:
        return text.strip(" .,:;")
    return None


def without_agency(text: str) -> str:
    """A byline without the agency at its end: "Anna Smith Associated Press" is hers; '' where it ends in none."""
    words = text.split()
    for count in (3, 2, 1):
        if len(words) > count + 1 and _lookup(" ".join(words[-count:]).strip(" .,:;*()/")):
            return " ".join(words[:-count])
    return ""


def _lookup(text: str) -> str | None:
    key = letters(text)
    name = _BY_LETTERS.get(key)
    if (
        name
        and key in _SHORT
        and text.upper() != text.lower()  # scripts without capitals abbreviate nothing by them
        and not (text.isupper() or (text.istitle() and len(key) > 3) or text in _LOWER_CASE or text == name)
    ):
        return None
    return name


# "KYIV, Nov. 3 (Reuters) - ", "Kiew (dpa) – ", "КИЇВ. 3 листопада. УНН.", "МОСКВА, 3 ноя - РИА Новости.", "/ТАСС/", "(ANSA) - "
_DATELINE = re.compile(
    r"^[^\W\d_][^()\n]{0,60}\((?P<a>[^()\n]{2,40})\)\s*[-–—.:]"
    r"|^[^\W\d_][^()\n.]{1,30}[.,][^()\n]{0,30}?[-–—.,]\s*(?P<b>[^\W\d_][\w .-]{1,24}?)\s*[.,–—-]\s"
    r"|^(?:[^\n]{0,80}\s)?/(?P<c>[^/\n]{2,25})/"
    r"|^\((?P<d>[^()\n]{2,25})\)\s*[-–—.]"
)


def agency_in_text(text: str) -> str | None:
    """The agency that a piece's first paragraph names in its dateline; None where it has no dateline of that form."""
    match = _DATELINE.match(text[:160])
    if not match:
        return None
    name = next(group for group in match.groups() if group)
    return agency_of(name) if len(name) <= 40 else None
