"""Bylines on the visible page: marked elements, lines that say so, names beside the date, signatures.

What is no person's name is never taken, and neither is what stands around a piece: teasers, comments, captions, quotes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from newswire.date_names import WEEKDAYS
from newswire.extraction.agencies import agency_of
from newswire.extraction.jsonld import LinkedNode, resolve
from newswire.extraction.name_words import LEADS, OUR
from newswire.extraction.names import LEAD_WORDS, is_credit, person_name, single_name, split_names
from newswire.extraction.plaintext import element_text, first_string, is_small, letters, plain
from newswire.extraction.structured import Structured
from newswire.extraction.surroundings import AUTHOR_MARK, Marked, follows, frame_of

MAX_AUTHORS = 20
# Of the texts after the headline, how many are its own head, and how far a byline may stand from it.
AT_HEADLINE, NEAR_LINES = 5, 40

# "Interview: …" stands before whom somebody has spoken with as often as before who has.
_LABEL = re.compile(rf"^(?!interview|entrevista|інтерв|интерв)(?:{LEADS})(?:\s*[:：]|\s+[–—]\s)\s*(.*)$", re.I)
# Without a mark most leads are common prose, too: these few are not, near a headline.
PLAIN_LEAD = re.compile(
    r"^(?:(?:(?:(?:written|reported|posted|submitted|story|words|text|interview|report|analysis|opinion|comment)"
    r"(?:\s*(?:and|&)\s*(?:photos?|photographs?|pictures?|images?|video))? )?by|as told to"
    r"|(?:eine? \w+ |(?:gast)?(?:beitrag|kommentar|kolumne|analyse|reportage|interview|protokoll) |text )?von"
    r"|par|por|door|di|af|av|napsal[ai]?|připravila?|publicado por|escrito por|propos recueillis par|oprac\."
    r"|na(?=\s+(?-i:[A-Z][A-Z'’-]+)\s)|rozmawiała?|автор(?:ка)?|аўтар|від|підготува(?:в|ла)|записа(?:в|ла)"
    r"|розмовля(?:в|ла)|спілкува(?:вся|лася|лась)|(?:матеріал|материал) (?:підготува(?:в|ла)|подготовила?)"
    r"|подготовила?|записала?|беседовала?|بقلم|كتبت?|מאת)(?!\w)"
    rf"{OUR}|記者|记者)\s*:?\s*(.*)$",
    re.I,
)
# A label behind something else on one line: "01.09.2026, 16:30 | Автор: …", "来源：新华社 作者：…".
_INNER_LABEL = re.compile(
    r"(?<=[\s,;|/•·])(?:(?:автор|autor|author|auteur|avtor|аутор|аўтар)[^\W\d_]{0,3}|autore|szerző|yazar|muhabir|penulis"
    r"|текст|text[oe]?|testo|tekst|piše|пише|作者|记者|記者)\s*[:：]",
    re.I,
)
_SOURCE_LABEL = re.compile(
    r"(?:^|(?<=[\s,;|/•·]))(?:источник|джерело|по материалам|за матеріалами|source|quelle|fuente|fonte|źródło|bron|kilde"
    r"|zdroj|izvor|извор|sursa|sursă|kaynak|lähde|källa|allikas|avots|šaltinis|forrás|πηγή|来源|來源|出典|출처)"
    r"\s*[:：]\s*(?P<name>.{2,60}?)\s*(?=$|[|•·]|[,;\s]\s*[^\W\d_]+\s*[:：])",
    re.I,
)


@dataclass(slots=True)
class Finding:
    """What one source says: the people and the agency it names."""

    people: list[str]
    agency: str | None
    source: str


_PROFILE = re.compile(
    r"/(?:authors?|autor(?:en|es|i)?|auteurs?|avtor\w*|journalists?|columnists?|staff|editors?|profile|by|reporters?|people|person)/",
    re.I,
)


_NO_BYLINE = frozenset(
    ("html", "body", "article", "main", "meta", "link", "script", "style", "input", "form", "textarea")
)  # fmt: skip


# More people than this, each in a byline of their own, are those of a list of pieces.
MAX_BYLINES = 6


def from_bylines(
    data: Structured,
    heading: HtmlElement | None,
    site: Sequence[str],
    near: Sequence[str],
    marked: Callable[[], Marked],
) -> Finding:
    """The people in elements that are marked as bylines, and in links to people's pages at the headline."""
    found = Finding([], None, "byline")
    at_headline = " ".join(near[:AT_HEADLINE])
    for ask in (lambda: marked().authors, lambda: _profile_links(data, heading, near)):
        first: HtmlElement | None = None
        bylines = 0
        for element in _after_heading(ask(), heading):
            if element.tag in _NO_BYLINE or (first is not None and not _companions(first, element)):
                continue
            if not is_small(element):
                continue
            text = element_text(element, 240)
            if not text or len(text) > 180:
                continue
            if first is None and (_beside_the_piece(element, heading, text, at_headline) or _in_list(element)):
                continue
            found.agency = found.agency or agency_of(LEAD_WORDS.sub("", text))
            names = _names_within(element, text, site)
            if names:
                first = element if first is None else first
                bylines += 1
                found.people += names
        if bylines > MAX_BYLINES and len(set(found.people)) > MAX_BYLINES:
            found.people.clear()
        if found.people:
            break
    return found


_PICTURE = re.compile(
    r"(?:^|[\s_-])(?:img|image|photo|picture|foto|bild|captions?|credits?|copyright)(?:$|[\s_-])", re.I
)
_QUOTE = re.compile(r"(?:^|[\s_-])(?:(?:pull|block)?quotes?|zitat|citation)(?:$|[\s_-])", re.I)


def _beside_the_piece(element: HtmlElement, heading: HtmlElement | None, text: str, at_headline: str) -> bool:
    """Whether an element names the author of something else: a teaser, a comment, a picture, a quoted sentence."""
    around = [element, *islice(element.iterancestors(), 3)]
    if _PICTURE.search(element.get("class") or "") or any(
        ancestor.tag == "blockquote" or _QUOTE.search(ancestor.get("class") or "") for ancestor in around
    ):
        return True
    figure = next((ancestor for ancestor in around if ancestor.tag == "figure"), None)
    if figure is not None and not AUTHOR_MARK.search(figure.get("class") or ""):
        return True  # who took the picture; an author's portrait is marked as such
    frame = frame_of(element, heading)
    return bool(frame) and not (frame == "aside" and text in at_headline)  # some layouts put the byline into an <aside>


def single_names(
    data: Structured,
    node: LinkedNode | None,
    heading: HtmlElement | None,
    site: Sequence[str],
    marked: Callable[[], Marked],
) -> Finding:
    """Pseudonyms and first names ("Dominique") of those whom the page declares to be persons.

    Declared are a Person in the structured data, and a link to a profile within a byline.
    """
    for value in (node.data.get(key) for key in ("author", "creator")) if node else ():
        for one in value if isinstance(value, list) else [value]:
            person = resolve(one, data.by_id)
            if not isinstance(person, Mapping) or "person" not in str(person.get("@type")).lower():
                continue
            if name := single_name(first_string(person.get("name")), site):
                return Finding([name], None, "json-ld")
    for item in data.items:
        if item.name == "author" and not frame_of(item.element, heading) and is_small(item.element):
            for inner in item.element.xpath(".//*[@itemprop='name']"):
                if name := single_name(plain(inner.get("content") or "") or element_text(inner, 60), site):
                    return Finding([name], None, "microdata")
    for element in _after_heading(marked().authors, heading):
        if element.tag == "body" or not is_small(element, 12) or frame_of(element, heading) or _in_list(element):
            continue
        for link in [element] if element.tag == "a" else element.iter("a"):
            address = link.get("href") or ""
            profile = link.get("rel") == "author" or _PROFILE.search(address) or "/user/" in address
            if profile and (name := single_name(element_text(link, 60), site)):
                return Finding([name], None, "byline")
    return Finding([], None, "byline")


def _profile_links(data: Structured, heading: HtmlElement | None, near: Sequence[str]) -> list[HtmlElement]:
    """The links around the headline whose address is that of a person's page on the site.

    People whom the piece speaks of may have such pages, too: a link within prose, or to somebody whom the headline
    names, is no byline.
    """
    around, about = " ".join(near), titles_of(data, heading)
    links = [a for a in data.anchors if _PROFILE.search(a.get("href") or "")][:60]
    return [
        a
        for a in links
        if (text := element_text(a, 80)) in around
        and letters(text) not in about
        and len(line := element_text(a.getparent(), 200)) <= 140
        and not is_credit(line)
    ]


def titles_of(data: Structured, heading: HtmlElement | None) -> str:
    """The letters of headline and title tag, which name sections and those whom the piece is about."""
    return letters(f"{element_text(heading, 600) if heading is not None else ''} {data.title_tag}")


def _in_list(element: HtmlElement) -> bool:
    """Whether an element is part of a link or list entry that says more: the byline of a teaser with its headline."""
    own = len(element_text(element, 200))
    for number, ancestor in enumerate(element.iterancestors()):
        if number >= 5 or ancestor.tag in ("article", "main", "body"):
            return False
        if ancestor.tag in ("li", "a") and len(element_text(ancestor, 200)) > own + 10:
            return True
    return False


# "Anna Smith for Science Weekly": what follows is whom somebody writes for.
_FOR_OUTLET = re.compile(r"\s(?:for|für|pour)\s", re.I)


# Addresses of what stands beside a byline and is no person: tags, sections.
_TOPIC = re.compile(
    r"/(?:tags?|topics?|thema|themen|themes?|categor[a-z]+|kategor[a-z]+|sections?|rubri[a-z]+|search|suche|label)/",
    re.I,
)
# Classes of what stands in a byline and is no person: the outlet, the place.
_NO_PERSON = re.compile(
    r"(?:^|[\s_-])(?:publication|publisher|source|outlet|affiliation|organi[sz]ation|location|place|role)(?:$|[\s_-])",
    re.I,
)
_AND = r"(?:\s+(?:and|und|et|y|e|i|og|och|en|ja|a|и|і|та|й|ve|dan|και)\s+|\s*&\s*)"


def _names_within(element: HtmlElement, text: str, site: Sequence[str]) -> list[str]:
    """Names in a byline element: those of its links if they are names (they are cleanest), else those of its text."""
    if is_credit(text):
        return []
    if outlet := _FOR_OUTLET.search(text):
        return split_names(text[: outlet.start()], site)
    links = [element_text(a, 120) for a in element.iter("a") if not _TOPIC.search(a.get("href") or "")][:MAX_AUTHORS]
    names = [name for link in links for name in split_names(link, site)]
    if names:
        # "By <a>Anna Smith</a> and Ben Jones": not everybody has a page to link to
        joined = [name for name in split_names(text, site) if name not in names and _stands_beside(name, names, text)]
        return names + joined
    if next(element.iter("script", "style"), None) is not None:
        return split_names(text, site)[:4]
    inner = (
        e for e in islice(element.iter(), 60) if isinstance(e.tag, str) and not _NO_PERSON.search(e.get("class") or "")
    )
    leaves = [plain(piece or "", 120) for e in inner for piece in (e.text, e.tail if e is not element else None)]
    own = [name for leaf in leaves[:30] if leaf for name in split_names(leaf, site)]
    return own[:4] if own else split_names(text, site)


def _stands_beside(name: str, others: Sequence[str], text: str) -> bool:
    """Whether a name is joined to another one by "and"."""
    return any(
        re.search(rf"{re.escape(one)}{_AND}{re.escape(two)}", text)
        for o in others
        for one, two in ((name, o), (o, name))
    )


def _companions(first: HtmlElement, other: HtmlElement) -> bool:
    """Whether two byline elements stand in one byline: same class, and a near ancestor in common."""
    if (first.get("class"), first.tag) != (other.get("class"), other.tag):
        return False
    if first.getparent() is other.getparent():
        return True
    near = [ancestor for ancestor in islice(first.iterancestors(), 3) if ancestor.tag not in ("body", "html")]
    return any(ancestor in near for ancestor in islice(other.iterancestors(), 3))


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


# Korean, Chinese and Japanese reporters are named with their profession, which needs no other mark.
_WIDE_NAME = r"[\u4e00-\u9fff]{2,4}"
_WIDE_BYLINE = re.compile(
    r"(?:^|[\s|/=\[(])(?P<korean>[\uac00-\ud7af]{2,4})\s?(?:선임|인턴|수습|전문)?(?:기자|특파원)(?![\uac00-\ud7af])"
    rf"|^(?P<japanese>{_WIDE_NAME})記者$|^(?:取材・)?文[・／/](?P<written>{_WIDE_NAME})$"
    rf"|(?:記者|记者)[\s:：]*(?P<chinese>{_WIDE_NAME}(?:[\s、,，]{_WIDE_NAME}){{0,3}})(?=$|[\s／/、，,｜|（(])"
)


def _wide_names(line: str) -> list[str]:
    match = _WIDE_BYLINE.search(line) if len(line) <= 60 else None
    return re.split(r"[\s、,，]", next(filter(None, match.groups()))) if match else []


# As many pieces in a list name their authors with a label each; one piece seldom has more than this.
MAX_LABELS = 3


def from_labels(lines: Sequence[str], site: Sequence[str], *, marked_only: bool) -> Finding:
    """Names in lines that say so: "Автор: …", and near the headline also "By …" without a mark."""
    found = Finding([], None, "text")
    labels: set[str] = set()
    for number, line in enumerate(lines):
        if len(line) >= 140:
            continue
        label = None
        if any(mark in line for mark in (":", "：", " — ", " – ")):
            if source := _SOURCE_LABEL.search(line):
                found.agency = found.agency or agency_of(source["name"])
            inner = _INNER_LABEL.search(line)
            label = _LABEL.match(line) or (_LABEL.match(line[inner.start() :]) if inner else None)
        match = label or (None if marked_only else PLAIN_LEAD.match(line))
        if match and (label or not found.people):
            rest = match.group(1).strip() or " ".join(lines[number + 1 : number + 2])
            people = split_names(rest, site)
            labels.update(people[:1] if label else ())
            if not found.people:
                found.agency = found.agency or agency_of(rest)
                found.people += people
        if not marked_only and not found.people:
            found.people += [name for name in _wide_names(line) if person_name(name, site)]
    if len(labels) > MAX_LABELS:
        found.people.clear()
    return found


def agency_at_headline(lines: Sequence[str]) -> str | None:
    """An agency that stands alone in the head of a piece, or between bars: "20.09.2026 | 14:05 | Укрінформ"."""
    for line in lines:
        if len(line) <= 60:
            for part in re.split(r"\s*[|·•]\s*", line):
                if 2 < len(part) <= 30 and len(part.split()) <= 3 and (name := agency_of(part)):
                    return name
    return None


def from_date_line(lines: Sequence[str], site: Sequence[str], about: str) -> Finding:
    """A name that stands alone beside the date below the headline is a byline, too, unless `about` (the letters of the
    titles) has it."""
    # ", News Partner" in an element of its own: what somebody is
    lines = [line for line in lines if not line.startswith(",")]
    for number, line in enumerate(lines[:10]):
        # "Ірина Мороз — неділя, 20 вересня 2026, 14:05"
        if len(line) <= 80 and (date := _DATE.search(line)) and (signed := _SIGNED.match(line[: date.start()])):
            name = person_name(LEAD_WORDS.sub("", signed.group()), site)
            if name and _may_sign(name, lines, about) and not _DAYS & set(name.casefold().split()):
                return Finding([name], None, "text")
        # directly below the headline the outlet that had the piece first may stand between name and date
        beside = [*lines[max(0, number - 1) : number], *lines[number + 1 : number + (2 if number else 3)]]
        # what somebody is may stand behind the name or on the next line, and then the date need not be there
        behind = lines[number + 1] if number + 1 < len(lines) else ""
        role = _ROLE_BEHIND.search(line[:80]) or _ROLE_LINE.fullmatch(behind)
        dated = any(len(t) <= 80 and _DATE.search(t) for t in beside)
        if len(line) <= (80 if _BEFORE_ROLE.search(line) and role else 40) and "&" not in line and (dated or role):
            # the name may be followed by a role or an outlet: "Мария Иванова, корреспондент", "Rizky Pratama - Contoh"
            name = person_name(LEAD_WORDS.sub("", _BEFORE_ROLE.split(line)[0]), site)
            if name and _may_sign(name, lines, about):
                return Finding([name], None, "text")
    return Finding([], None, "text")


_DAYS = frozenset(name for names in WEEKDAYS.values() for name in names.replace("|", " ").casefold().split())


def _may_sign(name: str, lines: Sequence[str], about: str) -> bool:
    """Whether a name that only its place makes a byline is one: no section, no place, nobody whom the piece is about."""
    words = name.split()
    return (
        2 <= len(words) == len(set(words)) <= 3
        and not name.isupper()
        and letters(name) not in about
        and not _in_lower_case(name, lines)
    )


_ROLE = (
    r"(?:envoyée? spéciale?|correspond(?:ent|ante?|iente)|кор+еспондент(?:ка)?|korrespondent(?:in)?|журнал[іи]ст(?:ка)?"
    r"|journalist[ae]?|inviat[oa]|enviad[oa] especial|reporter(?:ka)?|репорт[её]р(?:ка)?|redakteur(?:in)?|redaktor(?:ka)?"
    r"|redactora?|редактор(?:ка)?|editor|columnist|оглядач(?:ка)?|обозреватель|staff writer)"
)
_ROLE_BEHIND = re.compile(rf"^[^,]{{5,40}}, (?:[\w’'-]+ ){{0,3}}{_ROLE}\b", re.I)
_ROLE_LINE = re.compile(rf"(?:[^\W\d_][\w’'-]* ){{1,3}}{_ROLE}|{_ROLE}(?: [\w’'-]+){{0,3}}", re.I)
_BEFORE_ROLE = re.compile(r",|\s+[-–—|/]\s+|\s*\|\s*")
# What stands before the first separator of a line, if there is one.
_SIGNED = re.compile(r"[^,|•·:—–]{5,40}(?=\s*[,|•·—–])")
_DATE = re.compile(
    r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b"
    r"|\b\d{1,2}(?:\.|st|nd|rd|th|er)? (?:de )?[^\W\d_]{3,12},? (?:de )?\d{4}\b"
    r"|[^\W\d_]{3,9}\.? \d{1,2}, \d{4}|\b\d{1,2}:\d{2}\b"
)
