"""Names of people in bylines: what is one, what is none, and how several are told apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from newswire.extraction.agencies import agency_of, without_agency
from newswire.extraction.name_words import (
    CREDITS,
    LEADS,
    NOT_PEOPLE,
    NOT_PEOPLE_ENDINGS,
    NOT_PEOPLE_PARTS,
    PARTICLES,
    PLACES,
    SUFFIXES,
    TITLES,
)
from newswire.extraction.plaintext import latin, letters, plain

MAX_NAMES = 20

# "ByTravis Haney", "Isabel KeaneJournal": the texts of two elements run together ("DeSiato", "FitzGerald" are names).
_GLUED_LEAD = re.compile(r"^(?:By|Von|Par|Por|Автор)(?=[A-ZÀ-ÞА-ЯІЇЄҐ])")
_GLUED = re.compile(r"(?<=[^\W\d_][^\W\d_A-Z][^\W\d_A-Z][a-zß-ÿа-яіїєґ])(?<!Fitz)(?=[A-ZÀ-ÞА-ЯІЇЄҐ][a-zß-ÿа-яіїєґ]{2})")
_GLUED_TITLE = re.compile(r"\b(Dr|Prof|Mr|Mrs|Ms|Д-р|Проф)\.(?=[^\W\d_])")
_CREDIT = re.compile(rf"^\W*(?:{CREDITS})", re.I)
# "Text: Anna Svensson Foto: Kari Nordmann": credits on the same line, known by their colon.
_CREDIT_BEHIND = re.compile(rf"[\s,;|/](?:{CREDITS})[^\s:]*\s*:.*$", re.I)
LEAD_WORDS = re.compile(rf"^(?:{LEADS})(?!\w)\s*[:：\-–—|]?\s*", re.I)
# Chinese, Japanese and Korean bylines name the profession before or behind the person, without a space.
_WIDE_ROLE = re.compile(r"^(?:記者|记者|撰文|作者|著者)\s*|\s*(?:선임기자|인턴기자|기자|특파원|記者|记者)$")
_ORG_MARK = re.compile(
    r"\.(?:com|net|org|ru|ua|de|info|tv|fr|uk|pl|by|bg|es|it|io|news|at|ch|co|me)\b|https?:|www\.|@|[:：©#%=<>{}\[\]_\\^~*]|\d",
    re.I,
)
_EMAIL = re.compile(r"\S+@\S+\.\w+|(?<!\w)@\w+|\[email.protected\]", re.I)
_ADDRESS = re.compile(r"https?://[^\s)\]]*|www\.[^\s)\]]+", re.I)
# "Defence Correspondent Jane Doe", "Staff Writer Jane Doe": a role in front of a name of at least two words.
_ROLE_IN_FRONT = re.compile(
    r"^(?:[A-Z][\w-]+ ){0,2}(?:[Cc]orrespondent|[Rr]eporter|[Ee]ditor|[Cc]olumnist|[Ww]riter|[Jj]ournalist|[Cc]ritic)"
    r"\s+(?=[A-Z][\w.'’-]+\s[A-Z])"
)
# "João dos Santos, TV Exemplo — Porto Alegre": what follows an outlet behind a dash is its place.
_PLACE_BEHIND = re.compile(r"^([^,–—]*,[^–—]*?)\s+[–—]\s+\S.*$")
# "Jane Doe Staff Writer"
_ROLE_BEHIND = re.compile(
    r"(?<=\w)\s+(?:(?:staff|senior|chief|political|sports?|contributing|special|managing|associate|assistant|news|city|business"
    r"|education|crime|health|science|foreign|deputy|executive|digital|features|guest|opinion|local|national|world)\s+)+"
    r"(?:correspondent|reporter|editor|columnist|writer|journalist|critic)$",
    re.I,
)
# "Jan Müller (Text), Anna Keller (Bilder)"
_CREDITED = re.compile(rf"[^,;|&()]+\((?:{CREDITS})[^()]*\)", re.I)
# "jdoe@example.org (Jane Doe)", as RSS 2.0 writes an author
_NAMED_EMAIL = re.compile(r"^\S+@\S+\s+\(([^()]+)\)$")
_PARENTHESIS = re.compile(r"\s*[(（\[][^)）\]]{0,80}[)）\]]")
_AND_WORD = r"(?:[Aa]nd|AND|UND|ET|OG|OCH|und|et|y|e|i|og|och|en|ja|a|и|і|та|й|ve|dan|και)"
_JOIN = re.compile(
    rf"\s*(?:,\s*{_AND_WORD}\s|[,;|/•·&+、，；／]|\s[-–—]\s|(?<=\w)[–—](?=\w)|\n|\s{_AND_WORD}\s)\s*"  # "A, B, and C"
)
_TAIL = re.compile(
    r"\s+(?:[Ff]or|in|at|of|from|with|im|aus|bei|mit|avec|für|pour|à|para|en|em|per|для|з|із|в|у|с|из|на|is|ist|was|has|who|hat|est|es|um"
    r"|am|on|exclusively|special to|contributing)(?:\s.*)?$"
)
_DATE_TAIL = re.compile(
    r"\s*(?:\||[-–—•·,])?\s*(?:published|updated|posted|veröffentlicht|aktualisiert|actualizado|publicado|stand|опубликовано|обновлено"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d|\d).*$",
    re.I,
)
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CASELESS = re.compile(r"[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0eff\u10a0-\u10ff]")
_WORD = re.compile(r"[^\W\d_]+(?:[.'’ʼ`´-][^\W\d_]+)*[.'’]?")


def person_name(text: str, site: Sequence[str] = ()) -> str | None:
    """The person's name that a text is, without titles and additions; None where it is none.

    A name has two to six words, each capitalised, an initial or a particle; up to ten characters in Chinese, Japanese
    or Korean. Names of sites, desks and roles are refused by their words, not by a list of outlets.
    """
    text = _PARENTHESIS.sub("", unicodedata.normalize("NFC", text))
    text = _SPACE.sub(" ", text).strip(" \t.,:;|–—-•·\"“”„«»'‘’*/")
    text = _GLUED_TITLE.sub(r"\1. ", text)
    if not 3 <= len(text) <= 70 and not (_WIDE.search(text) and 2 <= len(text) <= 20):
        return None
    if _ORG_MARK.search(text) or "/" in text or "|" in text:
        return None
    key = letters(text)
    if any(key == name or (len(name) >= 5 and (name in key or (len(key) >= 5 and key in name))) for name in site):
        return None
    words = _WORD.findall(text)
    plain_words = [w.strip(".'’").casefold() for w in words]
    if len(words) == 2 and plain_words[0] in PARTICLES and {plain_words[1], latin(plain_words[1])} & set(site):
        return None  # "Do UOL": from the outlet
    # "Hans zur Mühlen": a particle within a name
    telling = [w for number, w in enumerate(plain_words) if not (number and w in PARTICLES)]
    if any(part in NOT_PEOPLE for word in telling for part in (word, *word.split("-"))):
        return None
    if any(_GREEK.search(word) and _unaccented(word) in _GREEK_NOT_PEOPLE for word in plain_words):
        return None
    if any(word.endswith(NOT_PEOPLE_ENDINGS) for word in plain_words):
        return None
    if _WIDE.search(text):
        text = _WIDE_ROLE.sub("", text)
        compact = text.replace(" ", "").replace("　", "")
        if any(part in compact for part in NOT_PEOPLE_PARTS):
            return None
        return text if len(compact) <= 10 else None
    while words and plain_words[0] in TITLES:
        words, plain_words = words[1:], plain_words[1:]
        text = text[text.find(words[0]) :] if words else ""
    if not 2 <= len(words) <= 6 or not text:
        return None
    if text.casefold() in PLACES or agency_of(text):
        return None
    if _CASELESS.search(text):
        return text if len(words) <= 4 else None
    if any(word in site or latin(word) in site for word in plain_words if len(word) >= 3 and len(words) > 2):
        return None
    real = 0
    for number, (word, lower) in enumerate(zip(words, plain_words, strict=True)):
        # "Ben Andrews", "Al Baker": a capitalised particle in front is a first name
        if lower in SUFFIXES or (lower in PARTICLES and (number or word[:1].islower())):
            continue
        first = word.lstrip("'’ʼ`")[:1]
        # a word with a full stop ends a sentence, unless it is an initial or an abbreviation
        if first.islower() or (word.endswith(".") and len(word) > 5):
            return None
        real += 1
    if real < 2:
        return None
    if text.isupper() and len(words) > 4:
        return None
    return text


def _unaccented(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


# Greek capitals carry no accents.
_GREEK = re.compile("[α-ω]")
_GREEK_NOT_PEOPLE = frozenset(_unaccented(word) for word in NOT_PEOPLE if _GREEK.search(word))
_SPACE = re.compile(r"\s+")
# A first name or pseudonym that somebody signs with; longer ones are run together from several words.
_SINGLE = re.compile(r"[^\W\d_]{3,20}(?:-[^\W\d_]{2,15})?")


def single_name(text: str, site: Sequence[str] = ()) -> str | None:
    """The one word with which somebody signs ("Dominique", "witgren"); None where it can be a desk, role or agency.

    Only for texts that the page itself declares to be a person: a single word has nothing else that tells a person
    from a thing. Capitals alone are refused: they abbreviate desks and agencies.
    """
    text = LEAD_WORDS.sub("", _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip(" \t.,:;|–—-•·/")).strip()
    lower = text.casefold()
    if not _SINGLE.fullmatch(text) or text.isupper() or _WIDE.search(text):
        return None
    if text.islower() and len(text) < 5:  # initials
        return None
    if any(part in NOT_PEOPLE or part in PARTICLES or part in TITLES for part in (lower, *lower.split("-"))):
        return None
    if lower.endswith((*NOT_PEOPLE_ENDINGS, "admin", "team", "news", "media", "desk")) or agency_of(text):
        return None
    # also a part or an extension of the site's name: "kicker", "SolarServer"
    if any(
        name in (own, roman) or (len(name) >= 4 and name in own) or own in name
        for name in site
        for own, roman in [(letters(text), latin(letters(text)))]
    ):
        return None
    return text


def is_credit(text: str) -> bool:
    """Whether a line names those who took the pictures, edited or translated, not those who wrote."""
    return _CREDIT.search(text) is not None


def split_names(text: str, site: Sequence[str] = ()) -> list[str]:
    """The people named in a byline such as "By A and B, Special Correspondent | a@b.c"."""
    text = plain(text, 600)
    if is_credit(text):
        return []
    if "(" in text:
        text = _CREDITED.sub("", _NAMED_EMAIL.sub(r"\1", text))
    text = _PLACE_BEHIND.sub(r"\1", text)
    # the lead first: "Text und Fotos: …" is none of the credits behind a name
    text = LEAD_WORDS.sub("", _GLUED.sub(" | ", _GLUED_LEAD.sub("", text)).strip(" :|–—-,'\""))
    text = _ADDRESS.sub(" ", _EMAIL.sub(" | ", _CREDIT_BEHIND.sub("", text)))
    text = _PARENTHESIS.sub("", text)
    for _ in range(2):
        text = LEAD_WORDS.sub("", text.strip(" :|–—-,'\""))
    found: list[str] = []
    for part in _JOIN.split(text):
        if _CREDIT.search(part):
            break
        dateless = _DATE_TAIL.sub("", part)
        roleless = _ROLE_BEHIND.sub("", dateless)
        # Mostly there is nothing to take off, and all are the same.
        for option in dict.fromkeys((part, dateless, roleless, _TAIL.sub("", dateless), without_agency(dateless))):
            lead_free = LEAD_WORDS.sub("", option.strip()) if option else ""
            if name := person_name(_ROLE_IN_FRONT.sub("", lead_free), site):
                found.append(name)
                break
    return unique_names(found)


def unique_names(names: Sequence[str]) -> list[str]:
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
    return list(kept.values())[:MAX_NAMES]


def fold_name(name: str) -> str:
    """A name for comparing: without case, accents, punctuation and order of words."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(sorted(re.findall(r"\w+", bare)))
