"""URL identity: one spelling per address, one key per article, one test for "the same site".

`canonical_url` returns an address that can still be fetched: only spellings that every server must treat alike (RFC
3986 section 6.2, UTS #46) and parameters that name no page are changed. `identity` goes further (scheme, "www.", mobile
and AMP hosts, final slash) and is a key, never fetched. Whether an address may be connected to is the guard's business.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Container
from functools import lru_cache
from urllib.parse import unquote, urljoin, urlsplit

import idna
from publicsuffixlist import PublicSuffixList

from newswire.ledger import Reason
from newswire.text import printable
from newswire.tracking_params import CHANNEL_NAMES, CHANNELS, NAMES, PREFIXES, VIEW_FLAGS

# A headline of 300 Cyrillic letters takes 1,800 characters when percent-encoded; beyond 4,096 there is no page, only an
# attack or a broken template. (Servers commonly refuse more than 8,192.)
MAX_LENGTH = 4096

_DEFAULT_PORTS = {"http": "80", "https": "443"}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_ASCII_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# Everything that may stand unencoded in a path or query (RFC 3986: pchar, "/", "?"); "%" is treated before.
_NOT_ALLOWED = re.compile(r"[^A-Za-z0-9\-._~!$&'()*+,;=:@/?%]")
_NOT_ALLOWED_QUERY = re.compile(r"[^A-Za-z0-9\-._~!$&'()*+,;=:@/?%\[\]]")
# "/amp" at the end of a path, "story.amp", "story.amp.html": the three forms of AMP addresses on the publisher's host
_AMP_PATH = re.compile(r"/amp/?$|(?<=[^/])\.amp(?=(?:\.html?)?$)", re.IGNORECASE)
_HOST_VARIANT = re.compile(r"(?:www|m|mobile|touch|amp|wap|pda)\.")
_HOME = re.compile(
    r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|home|default|main)(?:\.[a-z]{2,5})?/?)?", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<![A-Za-z0-9%])[0-9]{5,12}(?![A-Za-z0-9%])")
_DATE_NUMBER = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{2,4})?")
_HOST_NAME = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}")


class UrlRejected(ValueError):  # noqa: N818 - a verdict, not a fault
    """The address can never be fetched. `reason` is for the ledger, `detail` for a person; it is safe to log."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason.value}: {detail}")
        self.reason = reason
        self.detail = detail


def canonical_url(url: str, base: str | None = None) -> str:
    """Return the canonical absolute http(s) URL of `url`, resolved against `base` when it is relative.

    Lower-case scheme and host (IDN as punycode, odd IP spellings as dotted quads), no default port, no fragment, dot
    segments removed, percent-encoding normalised, tracking parameters and AMP views removed; the order of the other
    parameters is kept, because some sites read them by position. Idempotent.

    Raises UrlRejected: SCHEME (not http or https), CREDENTIALS (user info), BAD_URL (no host, bad port, too long…).
    """
    scheme, host, port, path, query = _split(url, base)
    scheme, host, port, path, query = _unwrap_amp_cache(scheme, host, port, path, query)
    path = _without_amp(path)
    if query:
        query = _clean_query(query)
    netloc = host if port is None else f"{host}:{port}"
    result = f"{scheme}://{netloc}{path}" + (f"?{query}" if query else "")
    if len(result) > MAX_LENGTH:
        raise UrlRejected(Reason.BAD_URL, f"{len(result)} characters; at most {MAX_LENGTH}")
    return result


def absolute_url(url: str, base: str | None = None) -> str:
    """Return `url` as listed but absolute and well-formed: percent-encoded, nothing removed but the fragment.

    This is what is fetched. Raises UrlRejected as `canonical_url`.
    """
    scheme, host, port, path, query = _split(url, base)
    netloc = host if port is None else f"{host}:{port}"
    result = f"{scheme}://{netloc}{path}" + (f"?{query}" if query else "")
    if len(result) > MAX_LENGTH:
        raise UrlRejected(Reason.BAD_URL, f"{len(result)} characters; at most {MAX_LENGTH}")
    return result


def identity(url: str) -> str:
    """Return the key under which all addresses of one page meet: http and https, with and without "www.", "m.", "amp.",
    with and without the final slash. A key for hashing and comparing, never an address. Raises UrlRejected.
    """
    canonical = canonical_url(url)
    rest = canonical.split("://", 1)[1]
    host, slash, tail = rest.partition("/")
    name, colon, port = host.partition(":") if not host.startswith("[") else (host, "", "")
    match = _HOST_VARIANT.match(name)
    while match and "." in name[match.end() :] and _registrable(name[match.end() :]):
        name = name[match.end() :]
        match = _HOST_VARIANT.match(name)
    path, mark, query = tail.partition("?")
    return f"{name}{colon}{port}{slash}{path.rstrip('/')}{mark}{query}"


def article_number(url: str) -> str | None:
    """Return "site#number" where the address carries one article number that outlives a change of its slug, or None.

    Content systems put the number of an article beside a slug made of its headline ("/news/7412345-old-headline"); a
    corrected headline changes the slug. Dates and short numbers (years, sections, pages) are no article numbers, and
    two candidates are none.
    """
    try:
        canonical = canonical_url(url)
        site = site_of(canonical)
    except UrlRejected:
        return None
    parts = urlsplit(canonical)
    text = f"{parts.path}?{parts.query}"
    found = {n for n in _NUMBER.findall(text) if not _DATE_NUMBER.fullmatch(n)}
    return f"{site}#{found.pop()}" if len(found) == 1 else None


def host_of(url: str) -> str:
    """Return the host of an absolute http(s) URL: lower case, punycode, no port, no brackets. Raises UrlRejected."""
    return _split(url, None)[1].strip("[]")


def path_of(url: str) -> str:
    """The path of an address as it is written; '' where it cannot be read as one."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def site_of(url: str) -> str:
    """Return the registrable domain ("bbc.co.uk") of a URL by the Public Suffix List; of an IP address or a name
    without a public suffix, the host itself. Raises UrlRejected.
    """
    host = host_of(url)
    return _registrable(host) or host


def same_site(a: str, b: str) -> bool:
    """Whether two URLs have one registrable domain ("edition.cnn.com" and "cnn.com"; not two blogspot.com blogs)."""
    try:
        return site_of(a) == site_of(b)
    except UrlRejected:
        return False


def is_home(url: str) -> bool:
    """Whether the URL is a front page: no path, a language ("/en/") or an index file, and no query."""
    _, _, _, path, query = _split(url, None)
    return not query and _HOME.fullmatch(path) is not None


def accept_canonical(page_url: str, declared: str | None, *, shared: Container[str] = ()) -> str | None:
    """Return the canonical form of the `rel=canonical` that a page declares, or None where it must not be believed.

    Believed only on the same site, never a front page (unless the page is one), never a section above the page
    ("/news" for "/news/a-story"), and never one in `shared`: canonical addresses that other, different pages declared
    too (a template that always says the same). Google's own guidance for rel=canonical lists the same mistakes.
    """
    if not declared or not declared.strip():
        return None
    try:
        page = canonical_url(page_url)
        target = canonical_url(declared, page_url)
    except UrlRejected:
        return None
    if target == page:
        return target
    if not same_site(page, target) or target in shared or is_home(target):
        return None
    target_path, page_path = urlsplit(target).path.rstrip("/") + "/", urlsplit(page).path.rstrip("/") + "/"
    if page_path != target_path and page_path.startswith(target_path):
        return None
    # "?id=1" and "?p=2" pages whose template declares the bare script: the query names the page
    if page_path == target_path and urlsplit(page).query and not urlsplit(target).query and _names_page(page):
        return None
    return target


def _names_page(url: str) -> bool:
    """Whether the query looks like the page's name (an id) on a script such as /news.php?id=7."""
    parts = urlsplit(url)
    leaf = parts.path.rsplit("/", 1)[-1]
    return (leaf == "" or "." in leaf or not any(c.isdigit() for c in leaf)) and any(
        value.isdigit() and len(value) >= 2 for _, _, value in (p.partition("=") for p in parts.query.split("&"))
    )


# --------------------------------------------------------------------------- the parts


def _split(url: str, base: str | None) -> tuple[str, str, str | None, str, str]:
    """Return (scheme, host, port or None, normalised path, normalised query) of a repaired, absolute URL."""
    url = _repair(url)
    if not url:
        raise UrlRejected(Reason.BAD_URL, "empty")
    if len(url) > MAX_LENGTH * 6:  # a raw letter can become six characters; anything longer is hopeless either way
        raise UrlRejected(Reason.BAD_URL, f"{len(url)} characters; at most {MAX_LENGTH}")
    match = _SCHEME.match(url)
    scheme = match.group(1).lower() if match else ""
    if match and scheme not in _DEFAULT_PORTS:
        if "." in scheme and url[match.end() : match.end() + 1].isdigit():
            raise UrlRejected(Reason.BAD_URL, "a host and a port without a scheme")
        raise UrlRejected(Reason.SCHEME, printable(scheme, 40))
    try:
        if base is not None and (not match or not url[match.end() :].startswith("//")):
            url = urljoin(_repair(base), url)
        elif match and scheme in _DEFAULT_PORTS and not url[match.end() :].startswith("//"):
            # "http:/host/path" and "http:host/path": browsers read both as "http://host/path"
            url = f"{scheme}://{url[match.end() :].lstrip('/')}"
        parts = urlsplit(url)
    except ValueError as error:
        raise UrlRejected(Reason.BAD_URL, printable(str(error), 100)) from None
    scheme = parts.scheme.lower()
    if not scheme:
        raise UrlRejected(Reason.BAD_URL, "relative, and no base to resolve it against")
    if scheme not in _DEFAULT_PORTS:
        raise UrlRejected(Reason.SCHEME, printable(scheme, 40))
    if "@" in parts.netloc:
        raise UrlRejected(Reason.CREDENTIALS, "user information before the host")
    host, port = _host_port(parts.netloc, scheme)
    return scheme, host, port, _normal_path(parts.path), _normal(parts.query, _NOT_ALLOWED_QUERY)


def _repair(url: str) -> str:
    """Undo what templates do to addresses: white space around, line breaks and tabs inside, back slashes, controls."""
    url = url.strip(" \t\r\n\x00\x0b\x0c\xa0\ufeff\u200b\u2028\u2029")
    if any(c in url for c in "\t\r\n"):
        url = re.sub(r"[ \t]*[\r\n\t][ \t\r\n]*", "", url)
    if not url.isprintable():
        url = re.sub("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]", "", url)
    if "\\" in url:  # WHATWG URL: a back slash in an http URL is a slash, up to the query
        cut = min((i for i in (url.find("?"), url.find("#")) if i >= 0), default=len(url))
        url = url[:cut].replace("\\", "/") + url[cut:]
    return url


def _host_port(netloc: str, scheme: str) -> tuple[str, str | None]:
    host, port = netloc, ""
    if netloc.startswith("["):
        end = netloc.find("]")
        host, port = netloc[: end + 1], netloc[end + 2 :] if netloc[end + 1 : end + 2] == ":" else netloc[end + 1 :]
    elif ":" in netloc:
        host, _, port = netloc.rpartition(":")
    if port and (not (port.isascii() and port.isdigit()) or len(port) > 5 or int(port) > 65535):
        raise UrlRejected(Reason.BAD_URL, f"port {printable(port, 20)}")
    port = str(int(port)) if port else ""
    return _normal_host(host), None if port in ("", _DEFAULT_PORTS[scheme]) else port


@lru_cache(maxsize=4096)
def _normal_host(host: str) -> str:
    """Return the host in the form in which it is compared: lower case, punycode, IPs in their usual spelling."""
    if host.startswith("["):
        try:
            if "%" in host:  # a zone id is of this machine; Python would take any text for one
                raise ValueError(host)
            return f"[{ipaddress.IPv6Address(host[1:-1]).compressed}]"
        except ValueError:
            raise UrlRejected(Reason.BAD_URL, f"host {printable(host, 60)}") from None
    name = unquote(host).strip()
    if not name.isascii():
        try:
            name = idna.uts46_remap(name, std3_rules=False, transitional=False)
            name = ".".join(
                label if label.isascii() else idna.alabel(label).decode("ascii") for label in name.split(".")
            )
        except (idna.IDNAError, UnicodeError):
            raise UrlRejected(Reason.BAD_URL, f"host {printable(host, 60)}") from None
    name = name.lower().rstrip(".")
    ip = _ipv4(name)
    if ip is not None:
        return ip
    labels = name.split(".")
    if not name or len(name) > 253 or not all(_ASCII_LABEL.fullmatch(label) for label in labels):
        raise UrlRejected(Reason.BAD_URL, f"host {printable(host, 60)}")
    return name


def _ipv4(name: str) -> str | None:
    """Read 2130706433, 0x7f.1, 0177.0.0.1 and their like as browsers do (WHATWG IPv4 parser); None when it is a name.

    Raises UrlRejected when the last label is a number but the whole is no address.
    """
    labels = name.split(".")
    if not re.fullmatch(r"[0-9]+|0x[0-9a-f]*", labels[-1]):
        return None
    numbers = []
    for label in labels:
        try:
            if label.startswith("0x"):
                numbers.append(int(label[2:] or "0", 16))
            else:
                numbers.append(int(label, 8 if len(label) > 1 and label.startswith("0") else 10))
        except ValueError:
            raise UrlRejected(Reason.BAD_URL, f"host {printable(name, 60)}") from None
    if len(numbers) > 4 or any(n > 255 for n in numbers[:-1]) or numbers[-1] >= 256 ** (5 - len(numbers)):
        raise UrlRejected(Reason.BAD_URL, f"host {printable(name, 60)}")
    value = numbers[-1] + sum(n << (8 * (3 - i)) for i, n in enumerate(numbers[:-1]))
    return str(ipaddress.IPv4Address(value))


def _normal_path(path: str) -> str:
    path = _normal(path, _NOT_ALLOWED)
    if "/." not in path:
        return path or "/"
    out: list[str] = []
    segments = path.split("/")
    for i, segment in enumerate(segments):
        if segment == "..":
            if len(out) > 1:
                out.pop()
        elif segment != ".":
            out.append(segment)
        if segment in (".", "..") and i == len(segments) - 1:
            out.append("")
    return "/".join(out) if out and out[0] == "" else "/" + "/".join(out).lstrip("/")


def _normal(part: str, not_allowed: re.Pattern[str]) -> str:
    """Percent-encode what must be, decode what need not be, upper-case the rest (RFC 3986 sections 6.2.2.1 and 2)."""
    if "%" in part:
        part = _PERCENT.sub(_decode_unreserved, _BARE_PERCENT.sub("%25", part))
    return not_allowed.sub(lambda m: "".join(f"%{b:02X}" for b in m.group().encode("utf-8", "replace")), part)


def _decode_unreserved(match: re.Match[str]) -> str:
    char = chr(int(match.group(1), 16))
    return char if char in _UNRESERVED else f"%{match.group(1).upper()}"


def _clean_query(query: str) -> str:
    return "&".join(part for part in query.split("&") if part and not _is_tracking(part))


def _is_tracking(part: str) -> bool:
    name, _, value = part.partition("=")
    name = unquote(name).lower().removeprefix("amp;")  # "&amp;amp;utm_source=" of twice-escaped feeds
    if name in NAMES or name.startswith(_PREFIXES):
        return True
    if name in VIEW_FLAGS:
        return value.lower() in VIEW_FLAGS[name]
    if name in CHANNEL_NAMES:
        value = unquote(value).lower().strip()
        return value in CHANNELS or value.startswith("rss") or _HOST_NAME.fullmatch(value) is not None
    return False


_PREFIXES = tuple(PREFIXES)


def _without_amp(path: str) -> str:
    while (shorter := _AMP_PATH.sub("", path)) != path:
        path = shorter
    return path or "/"


def _unwrap_amp_cache(
    scheme: str, host: str, port: str | None, path: str, query: str
) -> tuple[str, str, str | None, str, str]:
    """Undo the AMP cache (AMP cache URL format) and Google's viewer: both carry the publisher's address in the path."""
    inner = None
    if host.endswith(".cdn.ampproject.org"):
        inner = re.match(r"/[acvw]/(s/)?(.+)", path)
    elif host.startswith("www.google.") and path.startswith("/amp/"):
        inner = re.match(r"/amp/(s/)?(.+)", path)
    if inner is None:
        return scheme, host, port, path, query
    try:
        address = f"{'https' if inner.group(1) else 'http'}://{inner.group(2)}" + (f"?{query}" if query else "")
        return _split(address, None)
    except UrlRejected:
        return scheme, host, port, path, query


_SUFFIXES: PublicSuffixList | None = None


@lru_cache(maxsize=8192)
def _registrable(host: str) -> str | None:
    """The registrable domain of a host, or None for an IP address, a bare public suffix or a single label."""
    global _SUFFIXES  # the list takes 70 ms to read; most imports of this module never need it
    if ":" in host or host.rsplit(".", 1)[-1].isdigit():
        return None
    if _SUFFIXES is None:
        _SUFFIXES = PublicSuffixList()
    found = _SUFFIXES.privatesuffix(host)
    return str(found) if found else None
