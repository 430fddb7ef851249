"""Who wrote a piece: people only. Agencies are told apart, outlets, roles and desks are dropped.

The sources are asked in the order of their reliability: JSON-LD, microdata, meta, marked byline elements, and at last
lines that read like a byline. The first one that names a person answers; what is no person's name is never taken from
any of them, so that a page which names nobody keeps nobody.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from newswire.extraction.agencies import agency_of
from newswire.extraction.structured import (
    LinkedNode,
    Marked,
    Structured,
    element_text,
    first_string,
    follows,
    latin,
    letters,
    plain,
    resolve,
    strings,
)

MAX_AUTHORS = 20

# Words that lead into a byline, by language; with or without a colon.
_LEAD = (
    r"(?:written|reported|posted|published|story|words|text|opinion|analysis|article|review|report)?\s*by"
    r"|von|vom|text(?:\s+von)?|ein\s+(?:artikel|beitrag|kommentar|interview|gastbeitrag)\s+von|par|écrit\s+par|publié\s+par|por"
    r"|escribe|escrito\s+por|publicado\s+por|redactado\s+por|di|a\s+cura\s+di|scritto\s+da|door|av|af|skrevet\s+av|tekst"
    r"|autor(?:ka|zy|in|en|es|a)?|autore|auteur|author(?:s|\(s\))?|opracowała?|przygotowała?|napisała?|skribent|kirjoittaja"
    r"|автор(?:ка|и|ы|ы\s+статьи|\s+статьи|\s+статті|\s+тексту|\s+текста|\s+материала|\s+матеріалу)?|текст|записала?"
    r"|підготува(?:в|ла)|подготовила?|кореспондент(?:ка)?|корреспондент|журналист(?:ка)?|журналіст(?:ка)?"
    r"|автори|автор на статията|συντάκτης|γράφει\s+(?:ο|η)|του|της|yazar|yazan|penulis|reporter|szerző"
)
# "ByTravis Haney": the text of two elements run together.
_GLUED_LEAD = re.compile(r"^(?:By|Von|Par|Por|Автор)(?=[A-ZÀ-ÞА-ЯІЇЄҐ])")
_CREDIT = re.compile(
    r"^\W*(?:photos?|pictures?|images?|fotos?|bild(?:er)?|symbolbild|фото|иллюстрация|ілюстрація|grafik|video|видео|відео|credit|montage)\b",
    re.I,
)
_LEAD_WORDS = re.compile(rf"^(?:{_LEAD})\b\s*[:：\-–—|]?\s*", re.I)
# Of these the colon-less form is common prose, too: "di", "av", "text" … only trusted with a mark.
_LABEL = re.compile(
    r"^(?:автор(?:ка|и|ы)?(?:\s+(?:статьи|статті|тексту|текста|материала|матеріалу))?|author(?:s|\(s\))?|autor(?:ka|zy|in|en|es)?"
    r"|autore|auteur|written by|reporter|journalist|журналист(?:ка)?|журналіст(?:ка)?|корреспондент|кореспондент(?:ка)?"
    r"|текст|text|tekst|підготува(?:в|ла)|подготовила?|opracowała?|yazar|penulis|szerző|συντάκτης|著者|文|记者|記者)\s*[:：]\s*(.*)$",
    re.I,
)
_PLAIN_LEAD = re.compile(
    r"^(?:(?:written |reported |posted )?by|von|par|por|door|publicado por|escrito por|автор(?:ка)?)\b\s*:?\s*(.*)$",
    re.I,
)
_SOURCE_LABEL = re.compile(
    r"^(?:источник|джерело|по материалам|за матеріалами|source|quelle|fuente|fonte|źródło|bron|kilde|zdroj|източник)\s*[:：]\s*(.{2,60})$",
    re.I,
)

_PARTICLES = frozenset(
    [
        "de",
        "del",
        "della",
        "di",
        "da",
        "do",
        "dos",
        "das",
        "du",
        "des",
        "la",
        "le",
        "les",
        "el",
        "al",
        "ul",
        "bin",
        "ibn",
        "ben",
        "bint",
        "abu",
        "van",
        "von",
        "vom",
        "zu",
        "zur",
        "zum",
        "der",
        "den",
        "ter",
        "te",
        "ten",
        "het",
        "'t",
        "d'",
        "l'",
        "y",
        "e",
        "i",
        "und",
        "and",
        "af",
        "av",
        "ap",
        "mac",
        "mc",
        "st",
        "san",
        "santa",
        "de'",
        "degli",
        "dei",
        "lo",
        "vander",
        "dalla",
        "oz",
    ]
)
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "mba"])
_TITLES = frozenset(
    [
        "dr",
        "prof",
        "mr",
        "mrs",
        "ms",
        "sir",
        "dame",
        "rev",
        "fr",
        "hon",
        "lt",
        "col",
        "gen",
        "maj",
        "capt",
        "sgt",
        "pfarrer",
        "herr",
        "frau",
        "doc",
        "doz",
        "ing",
        "dipl",
        "mag",
    ]
)

# A part with one of these words is a desk, an outlet, a role or a control of the page, never a person.
_NOT_PEOPLE = frozenset(
    ["staff", "news", "newsroom", "newsdesk", "desk", "team", "editor", "editors", "editorial", "editorials", "edition", "reporter", "reporters", "correspondent", "correspondents", "contributor", "contributors", "columnist", "writer", "writers", "author", "authors", "admin", "administrator", "webmaster", "press", "agency", "agencies", "wire", "wires", "service", "services", "report", "reports", "reports", "media", "magazine", "times", "post", "daily", "weekly", "journal", "tribune", "herald", "gazette", "chronicle", "observer", "guardian", "telegraph", "today", "online", "digital", "website", "web", "site", "blog", "tv", "radio", "channel", "network", "broadcasting", "studio", "studios", "group", "company", "inc", "llc", "ltd", "gmbh", "corp", "corporation", "foundation", "institute", "university", "college", "school", "center", "centre", "association", "solutions", "global", "capital", "management", "consulting", "security", "department", "submissions", "interactive", "society", "council", "committee", "ministry", "department", "office", "bureau", "party", "union", "club", "community", "project", "production", "productions", "entertainment", "sports", "sport", "politics", "business", "world", "international", "national", "local", "regional", "opinion", "analysis", "letters", "readers", "user", "users", "member", "members", "anonymous", "unknown", "none", "null", "undefined", "test", "more", "follow", "share", "view", "all", "posts", "about", "twitter", "facebook", "instagram", "linkedin", "youtube", "telegram", "whatsapp", "email", "mail", "print", "comment", "comments", "updated", "update", "published", "publish", "posted", "last", "modified", "photo", "photos", "photograph", "photographs", "picture", "image", "images", "getty", "shutterstock", "video", "copyright", "rights", "reserved", "advertisement", "sponsored", "partner", "content", "subscribe", "newsletter", "subscription", "login", "register", "search", "home", "contact", "january", "february", "september", "october", "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "minutes", "min", "hours", "ago", "ago", "reading", "time", "exclusive", "breaking", "latest", "related", "trending", "popular", "source", "sources", "category", "tags", "topic", "via", "the", "this", "that", "with", "from", "for", "your", "our", "we", "it", "is", "are", "was", "has", "have", "how", "why", "what", "when", "where", "who", "redaktion", "redakteur", "redakteurin", "onlineredaktion", "redaktionsteam", "agentur", "agenturen", "nachrichten", "zeitung", "verlag", "presse", "pressestelle", "pressemitteilung", "pressedienst", "polizei", "mitarbeiter", "autor", "autoren", "gastautor", "leserbrief", "uhr", "aktualisiert", "verband", "verein", "kreuz", "stadtverwaltung", "landkreis", "feuerwehr", "bundesamt", "kanzlei", "gesellschaft", "akademie", "klinikum", "veröffentlicht", "lesezeit", "quelle", "stand", "bild", "foto", "fotos", "zum", "zur", "mehr", "alle", "sendung", "ressort", "volontär", "volontärin", "rédaction", "redaction", "journaliste", "correspondant", "correspondante", "avec", "agence", "agences", "publié", "mis", "jour", "lecture", "redacción", "redaccion", "redactor", "redactora", "redactores", "noticias", "agencia", "agencias", "diario", "periódico", "equipo", "actualizado", "redação", "redacao", "repórter", "agência", "jornal", "equipe", "conteúdo", "publicado", "atualizado", "redazione", "giornalista", "agenzia", "giornale", "redactie", "redacteur", "nieuws", "redakcja", "redaktor", "dziennikarz", "aktualności", "wiadomości", "redakce", "redakcia", "redaktör", "redaksjon", "redaktion", "nyheter", "nyhetsbyrå", "toimitus", "szerkesztőség", "haber", "merkezi", "ajansı", "gazetesi", "redacția", "redactia", "redakcija", "редакция", "редакція", "редактор", "редакторка", "редколлегия", "новости", "новини", "новина", "вести", "вісті", "агентство", "агенство", "агенція", "информ", "інформ", "пресс", "прес", "служба", "корреспондент", "кореспондент", "кореспондентка", "журналист", "журналіст", "журналістка", "отдел", "відділ", "сайт", "сайта", "портал", "газета", "газети", "радио", "радіо", "телеканал", "канал", "студия", "студія", "админ", "администратор", "модератор", "гость", "читать", "читати", "далее", "далі", "подробнее", "фото", "відео", "видео", "источник", "джерело", "просмотров", "переглядів", "комментарии", "коментарі", "сегодня", "сьогодні", "вчера", "вчора", "опубликовано", "опубліковано", "обновлено", "оновлено", "время", "час", "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря", "січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня", "листопада", "грудня", "россия", "украина", "україна", "киев", "київ", "москва", "мск", "редакционна", "редакция", "агенция", "екип", "новини", "репортер", "автор", "автори", "σύνταξη", "συντακτική", "ομάδα", "δημοσιογράφος", "編集部", "編集", "編輯", "編集者", "取材", "記者", "通信", "新聞", "新闻", "网", "報道", "스태프"]
)  # fmt: skip
_NOT_PEOPLE_ENDINGS = (
    "polizei",
    "zeitung",
    "verlag",
    "redaktion",
    "agentur",
    "nachrichten",
    "ministerium",
    "verband",
    "gmbh",
)
_ORG_MARK = re.compile(
    r"\.(?:com|net|org|ru|ua|de|info|tv|fr|uk|pl|by|bg|es|it|io|news|at|ch|co|me)\b|https?:|www\.|@|[#%=<>{}\[\]_\\^~*]|\d",
    re.I,
)
_EMAIL = re.compile(r"\S+@\S+\.\w+|(?<!\w)@\w+|\[email.protected\]", re.I)
_ADDRESS = re.compile(r"https?://\S*|www\.\S+", re.I)
_PARENTHESIS = re.compile(r"\s*[(（\[][^)）\]]{0,80}[)）\]]")
_JOIN = re.compile(
    r"\s*(?:[,;|/•·&+、，；／]|\s[-–—]\s|\n|\s(?:[Aa]nd|und|et|y|e|i|og|och|en|ja|a|и|і|та|й|ve|dan|και)\s)\s*"
)
_TAIL = re.compile(
    r"\s+(?:[Ff]or|in|at|of|from|im|aus|bei|für|pour|à|para|en|em|per|для|з|із|в|у|с|из|на|is|ist|was|has|who|hat|est|es|um|am|on|exclusively|special to|contributing)\s.*$"
)
_DATE_TAIL = re.compile(
    r"\s*(?:\||[-–—•·,])?\s*(?:published|updated|posted|veröffentlicht|aktualisiert|actualizado|publicado|stand|опубликовано|обновлено"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d|\d).*$",
    re.I,
)
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CASELESS = re.compile(r"[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0eff\u10a0-\u10ff]")
_WORD = re.compile(r"[^\W\d_]+(?:[.'’ʼ`´-][^\W\d_]+)*[.'’]?")


@dataclass(frozen=True, slots=True)
class Authors:
    """The people who signed (in the page's order), the agency that supplied the piece, and where both were found."""

    people: tuple[str, ...]
    agency: str | None
    source: str | None


def person_name(text: str, site: Sequence[str] = ()) -> str | None:
    """The person's name that a text is, without titles and additions; None where it is none.

    A name has two to six words, each capitalised, an initial or a particle; two to eight characters in Chinese, Japanese
    or Korean. Names of sites, desks and roles are refused by their words, not by a list of outlets.
    """
    text = _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip(" \t.,:;|–—-•·\"“”„«»'‘’*/")
    if not 3 <= len(text) <= 70 and not (_WIDE.search(text) and 2 <= len(text) <= 20):
        return None
    if _ORG_MARK.search(text):
        return None
    key = letters(text)
    if any(key == name or (len(name) >= 5 and (name in key or (len(key) >= 5 and key in name))) for name in site):
        return None
    words = _WORD.findall(text)
    plain_words = [w.strip(".'’").casefold() for w in words]
    if any(word in _NOT_PEOPLE for word in plain_words):
        return None
    if any(word.endswith(_NOT_PEOPLE_ENDINGS) for word in plain_words):
        return None
    if any(part in _NOT_PEOPLE for word in plain_words for part in word.split("-")):
        return None
    if _WIDE.search(text):
        compact = text.replace(" ", "").replace("　", "")
        if any(
            word in compact
            for word in ("編集", "新聞", "新闻", "記者", "通信", "ニュース", "取材", "뉴스", "기자", "公司", "网")
        ):
            return None
        return text if len(compact) <= 10 else None
    while words and plain_words[0] in _TITLES:
        words, plain_words = words[1:], plain_words[1:]
        text = text[text.find(words[0]) :] if words else ""
    if not 2 <= len(words) <= 6 or not text:
        return None
    if agency_of(text):
        return None
    if _CASELESS.search(text):
        return text if len(words) <= 4 else None
    if any(word in site or latin(word) in site for word in plain_words if len(word) >= 3 and len(words) > 2):
        return None
    real = 0
    for number, (word, lower) in enumerate(zip(words, plain_words, strict=True)):
        # "Ben Andrews", "Al Baker": a capitalised particle in front is a first name
        if lower in _SUFFIXES or (lower in _PARTICLES and (number or word[:1].islower())):
            continue
        first = word.lstrip("'’ʼ`")[:1]
        if first.islower():
            return None
        real += 1
    if real < 2:
        return None
    if text.isupper() and len(words) > 4:
        return None
    return text


_SPACE = re.compile(r"\s+")


def split_names(text: str, site: Sequence[str] = ()) -> list[str]:
    """The people named in a byline such as "By A and B, Special Correspondent | a@b.c"."""
    text = plain(text, 600)
    if _CREDIT.search(text):
        return []
    text = _GLUED_LEAD.sub("", text)
    text = _ADDRESS.sub(" ", _EMAIL.sub(" | ", text))
    text = _PARENTHESIS.sub("", text)
    for _ in range(2):
        text = _LEAD_WORDS.sub("", text.strip(" :|–—-,'\""))
    found: list[str] = []
    for part in _JOIN.split(text):
        if _CREDIT.search(part):
            break
        for option in (part, _DATE_TAIL.sub("", part), _TAIL.sub("", _DATE_TAIL.sub("", part))):
            lead_free = _LEAD_WORDS.sub("", option.strip()) if option else ""
            if name := person_name(lead_free, site):
                found.append(name)
                break
    return _unique(found)


def _unique(names: Sequence[str]) -> list[str]:
    if any(not name.isupper() for name in names):  # among names in mixed case, capitals are a broadcaster or a button
        names = [
            name
            for name in names
            if not name.isupper() or fold_name(name) in {fold_name(n) for n in names if not n.isupper()}
        ]
    kept: dict[str, str] = {}
    for name in names:
        key = fold_name(name)
        if key not in kept or (kept[key].isupper() and not name.isupper()):
            kept[key] = name
    return list(kept.values())[:MAX_AUTHORS]


def fold_name(name: str) -> str:
    """A name for comparing: without case, accents, punctuation and order of words."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(sorted(re.findall(r"\w+", bare)))


# --- structured data ----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Finding:
    people: list[str]
    agency: str | None
    source: str


def _from_json(data: Structured, node: LinkedNode | None, site: Sequence[str]) -> _Finding:
    found = _Finding([], None, "json-ld")
    if node is None:
        return found
    for key in ("author", "creator"):
        value = node.data.get(key)
        for one in value if isinstance(value, list) else [value]:
            for inner in one if isinstance(one, list) else [one]:
                _add_json(inner, data, site, found)
        if found.people:
            break
    return found


def _add_json(value: object, data: Structured, site: Sequence[str], found: _Finding) -> None:
    value = resolve(value, data.by_id)
    organisation = False
    if isinstance(value, Mapping):
        kinds = value.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        organisation = any("organization" in str(kind).lower() for kind in kinds)
        texts = strings(value.get("name")) or strings(value.get("legalName"))
        if not texts and value.get("givenName"):
            texts = [f"{first_string(value.get('givenName'))} {first_string(value.get('familyName'))}"]
    else:
        texts = strings(value)
    for text in texts[:MAX_AUTHORS]:
        found.agency = found.agency or agency_of(text)
        if not organisation:
            # whoever has a job there is a person, also when the site bears the same name
            employed = isinstance(value, Mapping) and bool(value.get("jobTitle"))
            found.people += split_names(text, () if employed else site)


def _from_items(data: Structured, heading: HtmlElement | None, site: Sequence[str]) -> _Finding:
    found = _Finding([], None, "microdata")
    for item in data.items:
        if item.name not in ("author", "creator") or item.scope in ("imageobject", "videoobject", "comment", "review"):
            continue
        if frame_of(item.element, heading):
            continue
        inner = item.element.xpath(".//*[@itemprop='name']") if len(item.element) else []
        texts = [t for e in inner[:MAX_AUTHORS] if (t := plain(e.get("content") or "") or element_text(e, 200))]
        for text in texts or [item.value]:
            if len(text) > 200:
                continue
            found.agency = found.agency or agency_of(text)
            found.people += split_names(text, site)
    if not found.people:
        for item in data.items:  # "Von <span itemtype=Person>": a Person in the text who is introduced as its author
            if item.name == "name" and item.scope == "person" and not frame_of(item.element, heading):
                for ancestor in list(item.element.iterancestors())[:3]:
                    text = element_text(ancestor, 120)
                    if len(text) < 100 and (match := _PLAIN_LEAD.match(text)):
                        found.people += split_names(match.group(1), site)
                        break
            if found.people:
                break
    return found


_META_NAMES = (
    "byl", "parsely-author", "sailthru.author", "author", "article:author", "lp.article:author", "dc.creator",
    "dcterms.creator", "dc.contributor", "citation_author", "cxenseparse:author", "mrc__author", "og:article:author",
    "article:author_name", "authors", "creator", "shareaholic:article_author_name", "twitter:data1", "og:author",
)  # fmt: skip


def _from_meta(data: Structured, site: Sequence[str]) -> _Finding:
    found = _Finding([], None, "meta")
    for name in _META_NAMES:
        values = data.metas.get(name, ())
        if name == "twitter:data1" and not re.search(
            r"written|verfasst|escrit|écrit|автор|autor|geschr|skriv|author|by", data.meta("twitter:label1") or "", re.I
        ):
            continue
        for value in values[:MAX_AUTHORS]:
            if value.startswith(("http:", "https:", "//", "@", "/")) or "facebook.com" in value:
                continue
            found.agency = found.agency or agency_of(value)
            found.people += split_names(value, site)
        if found.people:
            break
    return found


# --- the visible page ---------------------------------------------------------------------------------------------

_PROFILE = re.compile(
    r"/(?:authors?|autor(?:en|es|i)?|auteurs?|avtor\w*|journalists?|columnists?|staff|profile|by|reporters?|people|person)/",
    re.I,
)
_COMMENT_WORDS = frozenset(
    "comment comments commentlist disqus kommentar kommentare komment reply respond responses".split()
)
_FRAME_WORDS = frozenset(
    """related recommend recommended recommendations sidebar widget footer teaser teasers trending popular latest promo
    newsletter carousel slider nav navigation navbar menu caption photo credit credits copyright gallery mostread most
    also readmore more archive figure wp-caption outbrain taboola topicarea""".split()
)
_CLASS_WORD = re.compile(r"[^\s_-]+")
_BYLINE = re.compile(r"author|byline|autor|avtor|meta\b", re.I)


def frame_of(element: HtmlElement, heading: HtmlElement | None = None) -> str:
    """'comment', 'aside' or '' by the marks of the element's ancestors below the first one that holds the headline."""
    own = set(heading.iterancestors()) if heading is not None else set()
    current: HtmlElement | None = element
    for _ in range(12):
        if current is None or current in own or current.tag in ("body", "html"):
            break
        if current.tag in ("aside", "footer", "nav", "figure", "figcaption"):
            return "aside"
        marks = f"{current.get('class') or ''} {current.get('id') or ''}".lower()
        words = set(_CLASS_WORD.findall(marks))
        if words & _COMMENT_WORDS:
            return "comment"
        if words & _FRAME_WORDS and not _BYLINE.search(marks):
            return "aside"
        if current.tag == "main" or (current.tag == "article" and heading is None):
            break
        if current.tag == "article":  # another piece than the one with the headline
            return "aside"
        current = current.getparent()
    return ""


def _from_bylines(
    data: Structured,
    heading: HtmlElement | None,
    site: Sequence[str],
    near: Sequence[str],
    marked: Callable[[], Marked],
) -> _Finding:
    found = _Finding([], None, "byline")
    at_headline = " ".join(near[:14])
    for ask in (lambda: marked().authors, lambda: _profile_links(data.root)):
        elements = _after_heading(ask(), heading)
        first: HtmlElement | None = None
        for element in elements:
            if element.tag in (
                "html",
                "body",
                "article",
                "main",
                "meta",
                "link",
                "script",
                "style",
                "input",
                "form",
                "textarea",
            ):
                continue
            if first is not None and not _companions(first, element):
                continue
            text = element_text(element, 240)
            if not text or len(text) > 180:
                continue
            if text not in at_headline and (frame_of(element, heading) or _in_list(element)):
                continue
            found.agency = found.agency or agency_of(_LEAD_WORDS.sub("", text))
            names = _names_within(element, text, site)
            if names:
                first = element if first is None else first
                found.people += names
        if found.people:
            break
    return found


def _profile_links(root: HtmlElement) -> list[HtmlElement]:
    """The links whose address is that of a person's page on the site."""
    return [a for a in root.iter("a") if _PROFILE.search(a.get("href") or "")][:60]


def _in_list(element: HtmlElement) -> bool:
    """Whether an element is part of a link that says more, or of a list: the byline of a teaser."""
    for number, ancestor in enumerate(element.iterancestors()):
        if number >= 5 or ancestor.tag in ("article", "main", "body"):
            return False
        if ancestor.tag == "li" or (
            ancestor.tag == "a" and len(element_text(ancestor, 200)) > len(element_text(element, 200)) + 15
        ):
            return True
    return False


def _names_within(element: HtmlElement, text: str, site: Sequence[str]) -> list[str]:
    """Names in a byline element: those of its links if they are names (they are cleanest), else those of its text."""
    links = [element_text(a, 120) for a in element.iter("a")][:MAX_AUTHORS]
    names = [name for link in links for name in split_names(link, site)]
    if names:
        return names
    if next(element.iter("script", "style"), None) is not None:
        return split_names(text, site)[:4]
    leaves = [plain(t, 120) for t in element.itertext("*")][:30]
    own = [name for leaf in leaves if leaf for name in split_names(leaf, site)]
    return own[:4] if own else split_names(text, site)


def _companions(first: HtmlElement, other: HtmlElement) -> bool:
    """Whether two byline elements stand in one byline: same class, and a near ancestor in common."""
    if (first.get("class"), first.tag) != (other.get("class"), other.tag):
        return False
    near = list(first.iterancestors())[:3]
    return any(ancestor in near for ancestor in list(other.iterancestors())[:3])


def _after_heading(elements: Sequence[HtmlElement], heading: HtmlElement | None) -> list[HtmlElement]:
    """The elements from the headline on, in document order, then those before it."""
    if heading is None:
        return list(elements)
    after = [e for e in elements if follows(e, heading)]
    before = [e for e in elements if not follows(e, heading)]
    return after + list(reversed(before))[:10]


def _in_lower_case(name: str, texts: Sequence[str]) -> bool:
    """Whether the page writes a word of the name in lower case, as it does with "House Call" and never with a name."""
    words = [w.lower() for w in name.split() if len(w) > 3]
    if not words:
        return True
    body = " ".join(texts)
    return any(re.search(rf"\b{re.escape(word)}\b", body) for word in words)


def _from_lines(chunks: Sequence[str], tail: Callable[[], Sequence[str]], site: Sequence[str]) -> _Finding:
    """Names in lines that read like a byline: near the headline with or without a mark, elsewhere only with a mark."""
    found = _Finding([], None, "text")
    for number, chunk in enumerate(chunks[:40]):
        following = " ".join(chunks[number + 1 : number + 2])
        match = _LABEL.match(chunk) or _PLAIN_LEAD.match(chunk)
        if match and len(chunk) < 140:
            rest = match.group(1).strip() or following
            found.agency = found.agency or agency_of(rest)
            found.people += split_names(rest, site)
        if found.people:
            return found
    for number, chunk in enumerate(chunks[:10]):
        # a name that stands alone beside the date is a byline, too
        around = " ".join([*chunks[max(0, number - 1) : number], *chunks[number + 1 : number + 2]])
        if len(chunk) <= 40 and len(around) <= 120 and _DATE.search(around):
            name = person_name(chunk, site)
            if name and 2 <= len(name.split()) <= 3 and "&" not in chunk and not _in_lower_case(name, chunks):
                found.people.append(name)
                return found
    for line in tail():
        if match := _LABEL.match(line):
            found.agency = found.agency or agency_of(match.group(1))
            found.people += split_names(match.group(1), site)
        elif len(line) < 90 and (match := _SOURCE_LABEL.match(line)):
            found.agency = found.agency or agency_of(match.group(1))
        if found.people:
            break
    return found


_DATE = re.compile(
    r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}\.? [^\W\d_]{3,12},? \d{4}\b|[^\W\d_]{3,9}\.? \d{1,2}, \d{4}|\b\d{1,2}:\d{2}\b"
)


def find_authors(
    data: Structured,
    node: LinkedNode | None,
    *,
    site: Sequence[str],
    heading: HtmlElement | None,
    near: Sequence[str] = (),
    tail: Callable[[], Sequence[str]] = tuple,
    marked: Callable[[], Marked] = lambda: Marked((), ()),
    feed: Sequence[str] = (),
) -> Authors:
    """The authors of a piece.

    Args:
        site: the names of the site, as `titles.site_words` gives them.
        heading: the headline's element, from which on bylines are looked for.
        near: short texts around the headline. tail: gives the short texts of the page that hold a colon,
            asked only when nothing else names a person. marked: gives the elements marked as bylines.
        feed: the feed's author names, asked last.
    """
    agency: str | None = None
    for finding in _findings(data, node, site, heading, near, tail, marked, feed):
        agency = agency or finding.agency
        people = _unique(finding.people)
        if people:
            return Authors(tuple(people), agency, finding.source)
    return Authors((), agency, None)


def _findings(
    data: Structured,
    node: LinkedNode | None,
    site: Sequence[str],
    heading: HtmlElement | None,
    near: Sequence[str],
    tail: Callable[[], Sequence[str]],
    marked: Callable[[], Marked],
    feed: Sequence[str],
) -> Iterator[_Finding]:
    yield _from_json(data, node, site)
    yield _from_items(data, heading, site)
    yield _from_meta(data, site)
    yield _from_bylines(data, heading, site, near, marked)
    yield _from_lines(near, tail, site)
    yield _Finding([name for text in feed for name in split_names(text, site)], None, "feed")
