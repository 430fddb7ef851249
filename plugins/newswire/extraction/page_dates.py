"""Every date that a page states, from JSON-LD to the text beside the headline, as candidates for `published`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from newswire.date_names import WEEKDAYS
from newswire.date_words import RELATIVE_DAYS
from newswire.dates import OTHER_DIGITS, DateValue, parse_date
from newswire.extraction.comment_bylines import CommentByline
from newswire.extraction.jsonld import PAGE_TYPES, LinkedNode
from newswire.extraction.lines import PARAGRAPH
from newswire.extraction.plaintext import element_text, first_string, is_small
from newswire.extraction.published import TRUST, DateCandidate, local_time
from newswire.extraction.structured import NOT_THE_PIECE, Structured
from newswire.extraction.surroundings import Marked, follows

_META_PUBLISHED = (
    "article:published_time", "article:published", "og:published_time", "og:article:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "publish-date", "publish_date", "published_time", "pubdate", "pub_date",
    "publicationdate", "publication_date", "article.published", "article_date_original", "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime", "dcterms.issued", "dc.date.issued", "dc.date.published", "rnews:datepublished",
    "citation_publication_date", "citation_online_date", "bt:pubdate", "originalpublicationdate", "displaydate",
    "last-published", "published", "article:post_date", "mediator_published_time", "article:date", "ptime",
    "shareaholic:article_published_time", "analyticsattributes.articledate", "date.published",
)  # fmt: skip
_META_GENERIC = (
    "date", "dc.date", "dcterms.date", "article_date", "og:pubdate", "news_date", "weibo: article:create_at",
)  # fmt: skip
_META_CREATED = ("dcterms.created", "dc.date.created", "date.created", "created", "datecreated", "creation_date")
_META_MODIFIED = (
    "article:modified_time", "og:updated_time", "og:modified_time", "datemodified", "dcterms.modified", "last-modified",
    "lastmod", "article:updated_time", "modified_time", "dc.date.modified", "date.modified", "revised",
)  # fmt: skip
_PUBLISHED_MARK = re.compile(
    r"publi|posted|pubdate|entry-date|created|date-?line|опубл|публик|erstell|veröff|objav|julkais|avaldat|paskelb|dodan"
    r"|giriş|نشر|公開|発表|입력|등록",
    re.I,
)
_MODIFIED_MARK = re.compile(
    r"modif|updat|edited(?! by)|revis|a[kc]?tuali[sz]|обновл|обновен|оновл|абноўл|измен[еа]|ажурир|changed|mise à jour|mis à jour"
    r"|zmodyf|aggiorn|bijgewerkt|oppdatert|uppdater|opdater|päivitet|frissít|güncelle|ενημέρ|upraven|izm[j]?en|posodob"
    r"|atnaujin|atjaun|uuenda|muudetud|përditës|yenilən|cập nhật|diperbarui|تحديث|به.?روز|עודכן|更新|修改|수정|업데이트",
    re.I,
)

_DIGIT = re.compile(r"\d")
_MONTH_WORD = r"[^\W\d_]{3,12}\.?"
_WEEKDAY_NAMES = "|".join(
    sorted(
        {re.escape(name) for names in WEEKDAYS.values() for name in names.replace("|", " ").split() if len(name) > 2},
        key=len,
        reverse=True,
    )
)
_DAY_WORDS = "|".join(re.escape(word) for days in (0, -1) for word in RELATIVE_DAYS[days].split())
_HALF_DAY = "(?:오전|오후|午前|午後|上午|下午) ?"
# Between day and time: at most three marks or words, each with at most one space before it (the texts are on one line),
# so that the pattern cannot backtrack over long runs of commas.
_CLOCK = (
    rf"(?:(?: ?(?:[,|•·@/–—-]|(?:at|um|om|u|v|ve|o|ob|о|в|у|à|às|a las|alle|ore|ora|óra|saat|lúc|pukul|jam|בשעה)\b|kl\.?|klo"
    rf"|godz\.?|r\.|г\.|р\.|года|року"
    rf"|\([月火水木金土日월화수목금토일]\)|[月火水木金土日]曜日?|(?:{_WEEKDAY_NAMES})\b\.?)){{0,3}} ?"
    rf"[([]?(?:{_HALF_DAY})?\d{{1,2}}(?:[:.]| ?h ?|[時时点點시] ?)\d{{2}}(?::\d{{2}}|[分분])?"
    r"(?: ?(?:[ap]\.? ?m\b\.?|[صم]\b|[πμ]\.?μ\b\.?))?"
    r"(?: ?\(?(?:(?-i:[A-Z]{2,5})\b|msk\b|МСК|мск|UTC|GMT|Uhr)?(?: ?[+-]\d{1,2}:?\d{0,2})?\)?)?)?"
)
_DATE_TEXT = re.compile(
    rf"(?:\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}T\d{{2}}:\d{{2}}\S*"
    rf"|(?:\d{{1,2}}:\d{{2}}(?:\s*[ap]\.?m\.?)?(?:\s*\(?(?:(?-i:[A-Z]{{2,4}})|msk|мск)\)?)?[\s,|•/–-]{{1,4}}(?:on )?"
    rf"(?:(?:{_WEEKDAY_NAMES})\b[.,]? )?)?(?<![\d.,/-])(?P<day>"
    rf"\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}\.?|(?:19|20)\d{{2}}\. gada \d{{1,2}}\. {_MONTH_WORD}"
    rf"|(?:19|20)\d{{2}}\.?(?: m\.)? {_MONTH_WORD} \d{{1,2}}(?: d)?\.?"
    rf"|\d{{1,2}}[-./]\s?\d{{1,2}}[-./]\s?(?:\d{{4}}|\d{{2}})(?!\d|[./]\d)\.?"
    rf"|\d{{1,2}}(?:st|nd|rd|th|\.|º|°|er|-го)?\s+(?:de\s+|of\s+|d['’]|[^\W\d_]{{3,12}}\s*/\s*)?{_MONTH_WORD}"
    rf"(?: ال[^\W\d_]{{3,5}})?,?\s+(?:de\s+|del\s+)?(?:19|20)\d{{2}}\.?"
    rf"|{_MONTH_WORD}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d{{2}}"
    rf"|\d{{1,2}}[-/]{_MONTH_WORD}[-/]\d{{2,4}}"
    rf"|\d{{4}}\s?[年년]\s?\d{{1,2}}\s?[月월]\s?\d{{1,2}}\s?[日일]?"
    rf"|\d{{1,2}}\.?\s+{_MONTH_WORD}(?=,?\s(?:в\s|о\s|at\s|um\s)?\d{{1,2}}:\d{{2}})"  # no year: from `now`
    rf"|(?:{_DAY_WORDS})(?=\s*,?\s*(?:в|о|at|um|v|o|om|u|kl\.?|à|às|alle|a las)?\s*\d{{1,2}}[:.]\d{{2}})"
    rf"){_CLOCK})",
    re.I,
)
# The figures without which no date of the pattern above can be; a search for these costs a hundredth of its own.
_DATE_FIGURES = re.compile(r"\d{4}|\d[-./]\s?[\d]|\d[:.h]\d\d|\d[-/][^\W\d_]")
# No date of the pattern starts further before its first figure: a month's name, a mark and a space.
LEAD_CHARS = 20
# "12 хвилин тому", "2 hours ago", "vor 5 Minuten": believed only in the head of the piece, teasers say it, too.
_AGO = re.compile(
    r"\b\d{1,3} [^\W\d_]{1,9}\.? (?:тому|назад|ago|temu)\b|\b(?:vor|hace|há|il y a|преди) \d{1,3} [^\W\d_]{1,9}", re.I
)
# The head has one text as long as a paragraph at most, the standfirst: a date behind two is one that the piece speaks of.
_STANDFIRSTS = 1
# Of the texts after the headline, how many may say "2 hours ago" of the piece, and how many may state its date at all.
_HEAD_TEXTS, _FAR = 6, 15
_TWO_NAMES = re.compile(r"(?<=\d)\s+[^\W\d_]{3,12}\s*/(?=\s*[^\W\d_]{3,12}\s+\d{4})")  # "24 نيسان / أبريل 2020"
_URL_DAY = re.compile(r"(?<!\d)(19[89]\d|20[0-4]\d)[-_/.]?(0[1-9]|1[0-2])[-_/.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_URL_DAY_PARTED = re.compile(r"/(19[89]\d|20[0-4]\d)/(\d{1,2}|[a-z]{3})/(\d{1,2})(?:/|-|\.|$)", re.I)
_URL_DAY_FIRST = re.compile(r"[/-](0[1-9]|[12]\d|3[01])[-_/](0[1-9]|1[0-2])[-_/](20[0-4]\d)(?!\d)")


def date_candidates(
    data: Structured,
    node: LinkedNode | None,
    *,
    url: str,
    heading: HtmlElement | None,
    after: Sequence[str],
    before: Sequence[str],
    fetched_at: datetime | None = None,
    feed_time: datetime | None = None,
    outlet_zone: str | None = None,
    language: str | None = None,
    in_aside: Callable[[HtmlElement], bool] = lambda _: False,
    marked: Callable[[], Marked] = lambda: Marked((), ()),
    state: Callable[[], LinkedNode | None] = lambda: None,
    hidden: Callable[[], CommentByline | None] = lambda: None,
) -> list[DateCandidate]:
    """Every date that the page states, best source first; implausible ones are among them (see `choose_published`).

    Args:
        after, before: short visible texts that follow / precede the headline, nearest first.
        feed_time: what the feed says. outlet_zone: IANA name for times without a zone.
        in_aside: tells whether an element belongs to a teaser, a comment or the frame.
        marked: gives the elements marked as dates, asked only when no structured source states one.
        state: gives the page's piece in the state for its scripts, asked only when no structured data dates it.
        hidden: gives the byline in a comment of the source, asked only when nothing but running text states a date.
    """
    found: list[DateCandidate] = []
    read: dict[str, tuple[DateValue, datetime] | None] = {}  # a page states the same date in many places

    def add(raw: str | None, source: str, kind: str, role: str = "published") -> bool:
        if not raw or len(raw) > 200:
            return False
        if raw not in read:
            text = _TWO_NAMES.sub(" ", raw)
            value = parse_date(text, source=source, zone=outlet_zone, now=fetched_at, language=language)
            read[raw] = (value, local_time(value, outlet_zone)) if value else None
        if (known := read[raw]) is None:
            return False
        value, local = known
        found.append(
            DateCandidate(value if value.source == source else replace(value, source=source), local, kind, role)
        )
        return True

    for one, kind in _json_nodes(data, node):
        add(first_string(one.data.get("datePublished")), "json-ld:datePublished", kind)
        add(first_string(one.data.get("dateModified")), "json-ld:dateModified", kind, "modified")
        for key in ("dateCreated", "uploadDate", "dateline"):
            add(first_string(one.data.get(key)), f"json-ld:{key}", "json-ld-created")
    for names, kind, role in (
        (_META_PUBLISHED, "meta", "published"),
        (_META_GENERIC, "meta-generic", "published"),
        (_META_CREATED, "meta-created", "published"),
        (_META_MODIFIED, "meta", "modified"),
    ):
        for name, value in data.all_meta(*names)[:12]:
            add(value, f"meta:{name}", kind, role)
    for item in data.items:
        if item.name not in ("datepublished", "datemodified", "datecreated", "uploaddate"):
            continue
        if item.scope == "person" or item.scope in NOT_THE_PIECE or in_aside(item.element):
            continue
        role = "modified" if item.name == "datemodified" else "published"
        kind = "microdata" if item.name in ("datepublished", "datemodified") else "json-ld-created"
        source = f"microdata:{item.name}"
        title = item.element.get("title") or ""  # hAtom: <abbr title="2026-11-18T09:12:00+01:00">9:12</abbr>
        unseen = title if item.element.tag == "abbr" and _DAY_IN_FIGURES.match(title) else item.value
        add(unseen, source, kind, role) or add(element_text(item.element, 120), source, kind, role)
    if not any(c.role == "published" and c.trust > TRUST["hydration"] for c in found) and (held := state()):
        for key, kind, role in (
            ("datePublished", "hydration", "published"),
            ("dateModified", "hydration", "modified"),
            ("dateCreated", "meta-created", "published"),
        ):
            add(first_string(held.data.get(key)), f"hydration:{key}", kind, role)
    _add_times(data, heading, add, in_aside)
    if feed_time is not None:
        add(feed_time.isoformat(), "feed", "feed")
    if not any(c.role == "published" and c.trust >= TRUST["time"] for c in found):
        _add_marked(marked().dates, heading, add, in_aside)
    _add_texts(after, before, add)
    if day := url_day(url):
        add(day, "url", "url")
    if not any(c.role == "published" and c.trust > TRUST["comment"] for c in found) and (comment := hidden()):
        add(comment.date, "comment", "comment")
    return found


def _json_nodes(data: Structured, node: LinkedNode | None) -> Iterator[tuple[LinkedNode, str]]:
    if node is not None:
        yield node, "json-ld"
    for one in data.nodes:
        if one is not node and not one.foreign and one.types & PAGE_TYPES:
            yield one, "json-ld-page"


_Add = Callable[..., bool]


def _add_times(
    data: Structured, heading: HtmlElement | None, add: _Add, in_aside: Callable[[HtmlElement], bool]
) -> None:
    count = 0

    def is_above(element: HtmlElement) -> bool:
        return heading is not None and not follows(element, heading) and not _close(element, heading)

    for element in sorted(data.times, key=is_above):  # those of a ticker above the headline come last
        if in_aside(element):
            continue
        marks = " ".join(
            f"{e.get('class') or ''} {e.get('itemprop') or ''} {e.get('id') or ''} {e.get('property') or ''}"
            for e in [element, *islice(element.iterancestors(), 2)]
        )
        text = element_text(element, 120)
        role = (
            "modified"
            if _MODIFIED_MARK.search(f"{marks} {text}") and not _PUBLISHED_MARK.search(marks)
            else "published"
        )
        known = element.get("pubdate") is not None or _PUBLISHED_MARK.search(marks)
        kind = "time-published" if known else "time"
        raw = element.get("datetime") or element.get("content") or element.get("title")
        if (raw and add(raw, "time", kind, role)) or add(text, "time", kind, role):
            count += 1
        if count >= 6:
            return


_HOLDS_DATE = frozenset((
    "span", "div", "p", "li", "td", "small", "em", "i", "b", "strong", "dd", "a", "abbr", "h4", "h5", "h6",
    "footer", "header",
))  # fmt: skip


def _add_marked(
    marked: Sequence[HtmlElement], heading: HtmlElement | None, add: _Add, in_aside: Callable[[HtmlElement], bool]
) -> None:
    count = 0
    for element in marked:
        if element.tag not in _HOLDS_DATE or not is_small(element):
            continue
        text = element_text(element, 200)
        match = _find_date(text) if len(text) <= 160 and _DIGIT.search(text) else None
        unseen = next((v for name in _UNSEEN_DATE if (v := element.get(name)) and _DAY_IN_FIGURES.match(v)), None)
        if not (match or unseen) or in_aside(element):
            continue
        marks = f"{element.get('class') or ''} {text[: match.start()] if match else text[:160]}"
        role = "modified" if _MODIFIED_MARK.search(marks) and not _PUBLISHED_MARK.search(marks) else "published"
        # the frame above the headline shows today's date, the page's own header the piece's
        kind = "marked" if heading is None or follows(element, heading) or _close(element, heading) else "text-before"
        how = ("marked", kind, role)
        if (match and _add_dates(match, add, how)) or (unseen and add(unseen, *how)):
            count += 1
        if count >= 4:
            return


def _add_dates(first: re.Match[str], add: _Add, how: tuple[str, str, str]) -> bool:
    """Add the first date of a text as `how` says (source, kind, role), and a second one that says it is another thing:
    "Publié le 27/08/2026 à 18h02, mis à jour le 28/08/2026". Tells whether the first one was read."""
    read = _add_match(first, add, how)
    text = first.string
    second = _DATE_TEXT.search(text, first.end()) if _DATE_FIGURES.search(text, first.end()) else None
    if second is not None:
        source, kind, role = how
        between = text[first.end() : second.start()]
        if role == "published" and _MODIFIED_MARK.search(between):
            _add_match(second, add, (source, kind, "modified"))
        elif role == "modified" and _PUBLISHED_MARK.search(between) and not _MODIFIED_MARK.search(between):
            _add_match(second, add, (source, kind, "published"))
    return read


def _add_match(match: re.Match[str], add: _Add, how: tuple[str, str, str]) -> bool:
    """Add a date with its time; without it where what looks like the time cannot be read with it."""
    text = match.group()
    return add(text if "(" in text else text.rstrip(")"), *how) or add(match.groupdict().get("day"), *how)


# Attributes in which an element that shows "2 days ago" carries its date; hAtom (microformats.org) has it in `title`.
_UNSEEN_DATE = ("title", "content", "datetime", "data-date", "data-datetime", "data-time", "data-timestamp")
# … in figures, or as Unix time in seconds or milliseconds.
_DAY_IN_FIGURES = re.compile(r"(?:19|20)\d\d-\d\d-\d\d|1\d{9}(?:\d{3})?$")


def _find_date(text: str) -> re.Match[str] | None:
    """The first date in a text. The pattern tries every letter, so it only starts where a date can."""
    text = text if text.isascii() else text.translate(OTHER_DIGITS)
    if not _DATE_FIGURES.search(text):
        return None
    figure = _DIGIT.search(text)
    return _DATE_TEXT.search(text, max(0, figure.start() - LEAD_CHARS)) if figure else None


def _close(element: HtmlElement, heading: HtmlElement) -> bool:
    """Whether an element shares one of the headline's three nearest ancestors."""
    near = list(islice(heading.iterancestors(), 3))
    return any(a in near and a.tag not in ("body", "html") for a in islice(element.iterancestors(), 40))


def _add_texts(after: Sequence[str], before: Sequence[str], add: _Add) -> None:
    for texts, kind in ((after, "text"), (before, "text-before")):
        count = 0
        for number, chunk in enumerate(texts[:50]):
            if len(chunk) > 200 or not _DIGIT.search(chunk):
                continue
            chunk = _with_clock(texts, number)
            match = _find_date(chunk) or (_AGO.search(chunk) if number < _HEAD_TEXTS else None)
            if not match:
                continue
            # a date in running text, or far down, is one that the piece speaks of
            begun = sum(len(text) > PARAGRAPH for text in texts[:number]) > _STANDFIRSTS
            prose = begun or number >= _FAR or (len(chunk) > PARAGRAPH and match.start() > 40)
            label = texts[number - 1] if number else ""  # "Updated:" may stand in an element of its own
            lead = f"{label if len(label) < 40 and not _DIGIT.search(label) else ''} {chunk[: match.start()]}"
            role = "modified" if _MODIFIED_MARK.search(lead) and not _PUBLISHED_MARK.search(lead) else "published"
            if _add_dates(match, add, ("text", "text-far" if prose else kind, role)):
                count += 1
            if count >= 2:
                break


# "14:05", "о 14:05", "14.05 Uhr": a time in an element of its own.
_CLOCK_ALONE = re.compile(
    r"(?:(?:о|в|at|um|à|alle|a las|kl\.?) ?)?\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?: ?(?:Uhr|ч\.|h|[ap]\.?m\.?))?", re.I
)


def _with_clock(texts: Sequence[str], number: int) -> str:
    """A text with the time beside it, where a short date and its time stand in elements of their own."""
    text = texts[number]
    if len(text) > 40 or _CLOCK_TIME.search(text):
        return text
    for step in (1, -1):
        beside = number + step
        if 0 <= beside < len(texts) and not _WORD.search(texts[beside]):  # a bar or a dot between the two
            beside += step
        if 0 <= beside < len(texts) and len(texts[beside]) <= 16:
            clock = texts[beside].strip(" ,|•·-–")
            if _CLOCK_ALONE.fullmatch(clock):
                return f"{text} {clock}"
    return text


_CLOCK_TIME = re.compile(r"\d{1,2}[:h]\d{2}")
_WORD = re.compile(r"\w")


def url_day(url: str) -> str | None:
    """The day in an address ("/2024/05/17/", "20240517", "17-05-2024") as YYYY-MM-DD, or None."""
    path = re.sub(r"^[a-z]+://[^/]+", "", url)
    if match := _URL_DAY_PARTED.search(path):
        year, month, day = match.groups()
        if not month.isdigit():
            names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
            if month.lower() not in names:
                return None
            month = str(names.index(month.lower()) + 1)
    elif match := _URL_DAY.search(path):
        year, month, day = match.groups()
    elif match := _URL_DAY_FIRST.search(path):
        day, month, year = match.groups()
    else:
        return None
    try:
        return datetime(int(year), int(month), int(day), tzinfo=UTC).date().isoformat()
    except ValueError:
        return None
