"""The names of a site, and titles without them: every source of a headline adds some, each in another place."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from newswire.extraction.plaintext import element_text, first_string, latin, letters
from newswire.extraction.structured import Structured

# A separator between a headline and a site's name: always with space around it, but for the bar and double marks.
SEPARATOR = re.compile(
    r"\s+(?:[-–—―‒/·•›»«:~*→⋆★►▷│┃¦]|//|::|>>|<<|--)\s+|\s*(?:\|+|::|｜)\s*|\s+[-–—](?=\w)"
    r"|(?<=[\u3000-\u9fff])(?:_+|-+)(?=[\u3000-\u9fff])"  # Chinese and Japanese sites write no spaces
)
# Marks after which nothing of a headline follows, as long as enough of one stands before it.
_HARD_SEPARATOR = re.compile(r"\||//|::|»|›|·|•|_|(?<![ -])-(?![ -])")
# Titles of error pages, start pages and empty fields: no headline, whatever names it.
NO_TITLE = frozenset((
    "home", "homepage", "startseite", "index", "untitled", "notitle", "null", "undefined", "none", "news", "article",
    "artikel", "новини", "новости", "главная", "головна", "accueil", "inicio", "portada",
))  # fmt: skip
_SECTION_WORDS = NO_TITLE | frozenset((
    "noticias", "nachrichten", "aktuelles", "nieuws", "actualité", "wiadomości", "vesti", "вести",
))  # fmt: skip


def site_words(data: Structured, url: str) -> tuple[str, ...]:
    """The names by which a page calls its site, as `letters`: declared names and the words of the host."""
    fields = ("og:site_name", "application-name", "apple-mobile-web-app-title", "publisher", "dc.publisher")
    names = [value for _, value in data.all_meta(*fields)]
    names += [value.lstrip("@") for _, value in data.all_meta("twitter:site", "al:ios:app_name", "al:android:app_name")]
    for node in data.nodes:
        if node.types & {"website"} or node.below in ("publisher", "sourceorganization"):
            names += [first_string(node.data.get("name")), first_string(node.data.get("alternateName"))]
    names += [element_text(heading, 100) for heading in data.headings if leads_home(heading)]
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    labels = [label for label in host.split(".") if label not in ("www", "m", "amp", "news", "mobile", "blog")]
    if len(labels) > 1:
        core = labels[:-1]
        if len(core) > 1 and len(core[-1]) <= 3:  # co.uk, com.ua
            core = core[:-1]
        names += [core[-1], ".".join(labels), "".join(core)]
    pieces = {letters(value) for value in (data.meta("og:title"), data.title_tag, first_heading(data)) if value}
    keys = (key for name in names if name for key in (letters(name), latin(letters(name))))
    # some sites declare the headline as the name of the site: that is no name to strip
    return tuple(dict.fromkeys(key for key in keys if len(key) > 1 and not (len(key) > 20 and key in pieces)))


def leads_home(heading: HtmlElement) -> bool:
    """Whether a heading is a link to the front page: the site's masthead."""
    link = next(heading.iter("a"), None)
    if link is None and (parent := heading.getparent()) is not None and parent.tag == "a":
        link = parent
    if link is None or letters(element_text(link, 200)) != letters(element_text(heading, 200)):
        return False
    try:
        parts = urlsplit((link.get("href") or "#").strip())
    except ValueError:
        return False
    return parts.path in ("/", "./") or (not parts.path and bool(parts.netloc))


def first_heading(data: Structured) -> str:
    """The text of the first h1, or ''."""
    return element_text(data.headings[0], 600) if data.headings else ""


def is_site(segment: str, site: Sequence[str]) -> bool:
    """Whether a part of a title is a name of the site, also with an addition or in another script."""
    key = letters(segment)
    if not key:
        return True
    roman = latin(key)
    for name in site:
        if name in (key, roman):
            return True
        if len(name) >= 4 and name in roman and len(roman) <= 3 * len(name) + 12:
            return True
        if len(name) >= 4 and name in key and len(key) <= 3 * len(name) + 12:
            return True
        if len(key) >= 4 and (key in name or roman in name) and len(key) * 2 >= len(name):
            return True
    return False


def without_site(title: str, site: Sequence[str]) -> str:
    """A title without the site's name before or behind it; unchanged where the rest would be nothing."""
    for _ in range(4):
        before, colon, after = title.rpartition(": ")
        if colon and letters(before) and {letters(after), latin(letters(after))} & set(site):
            title = before.strip()
            continue
        cuts = [m.span() for m in SEPARATOR.finditer(title)]
        if not cuts:
            break
        start, end = cuts[-1]
        if is_site(title[end:], site) and letters(title[:start]):
            title = title[:start].strip()
            continue
        start, end = cuts[0]
        if is_site(title[:start], site) and letters(title[end:]):
            title = title[end:].strip()
            continue
        # "Headline | section | Site": the site may also be the middle one
        if len(cuts) > 1 and any(is_site(title[a[1] : b[0]], site) for a, b in itertools.pairwise(cuts)):
            first = cuts[0][0]
            if len(letters(title[:first])) >= 15:
                title = title[:first].strip()
                continue
        break
    return title.strip()


# "Headline (Outlet)", "Headline «Outlet»", "Headline [Outlet]"
_IN_BRACKETS = re.compile(r"^(.*\S)\s*[(\[«„“\"]([^()\[\]«»„“”\"]{2,60})[)\]»“”\"]$")
# One word before a colon is as often what a piece is about as the site's name.
_SITE_BEFORE_COLON = re.compile(r"^([^:：]+)[:：]\s+(\S.*)$")


def without_site_mark(title: str, site: Sequence[str]) -> str:
    """A template's title without a site's name that stands behind a comma, a full stop or a colon, in brackets, or before
    a colon; only the whole name counts, because these marks are part of headlines, too."""

    def named(text: str) -> bool:
        key = letters(text)
        return len(key) >= 3 and (key in site or latin(key) in site)

    for mark in ("：", ": ", ", ", ". "):
        head, found, tail = title.rpartition(mark)
        if found and letters(head) and named(tail):
            return head.strip()
    if (match := _IN_BRACKETS.match(title)) and named(match.group(2)):
        return match.group(1).strip()
    if (match := _SITE_BEFORE_COLON.match(title)) and len(match.group(1).split()) > 1 and named(match.group(1)):
        return match.group(2).strip()
    return title


def shorter_forms(title: str) -> list[str]:
    """What a title tag may be once a tail is cut at each separator; longest first."""
    return [title[: m.start()].strip() for m in reversed(list(SEPARATOR.finditer(title)))]


def guess_tail(title: str) -> str:
    """A title tag without what looks like a site's name, for pages where nothing else names site or piece."""
    cuts = list(SEPARATOR.finditer(title))
    if not cuts:
        return title
    hard = [c for c in cuts if _HARD_SEPARATOR.search(c.group())]
    if hard:
        first, rest = title[: hard[0].start()].strip(), title[hard[0].end() :].strip()
        if len(rest) > 2 * len(first) and len(hard) == 1 and letters(rest) and len(first.split()) <= 4:
            return rest
        if len(first.split()) >= 2 or not first.isascii():
            return first
    if letters(title[: cuts[0].start()]) in _SECTION_WORDS:
        return title[cuts[0].end() :].strip()
    cut = cuts[-1]
    head, tail = title[: cut.start()].strip(), title[cut.end() :].strip()
    long_enough = len(head.split()) >= 3 and len(letters(head)) >= 15 and not head.endswith((":", ",", ";"))
    if (
        long_enough
        and len(tail.split()) <= 5
        and (len(tail) < 0.7 * len(head) or tail.isupper())
        and (tail[:1].isupper() or "." in tail)
    ):
        return head
    return title
