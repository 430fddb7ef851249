"""What an answer means: pure functions from a `Response` to the same `Response` or to a `Failure`.

The table, by status (fates for a feed / for a page; RETRY is bounded by whoever keeps the attempts):

    200, 203              the document; EMPTY (retry) without a body
    202                   a promise, mostly of a bot check: CHALLENGE or EMPTY (retry)
    204, 205              EMPTY (retry); 206 unasked is TRUNCATED (retry)
    304                   not modified, or PROTOCOL (retry) where nothing was asked conditionally
    401                   LOGIN        retry / skip
    402                   PAYWALL      skip / skip
    403                   FORBIDDEN    retry / skip, or CHALLENGE  retry / retry where a bot check answers
    404                   NOT_FOUND    retry / skip     (a feed returns after a deployment; a page was listed in vain)
    410                   GONE         skip / skip
    429                   RATE_LIMITED retry / retry
    451                   LEGAL        skip / skip
    other 4xx, 6xx-999    CLIENT_ERROR retry / skip, but 408, 421, 423 and 425 ask to come again
    5xx                   SERVER_ERROR retry / retry, or CHALLENGE where a bot check answers

A challenge is recognised to be recorded. Nothing here, or anywhere, tries to pass one.
"""

from __future__ import annotations

import re
from typing import Final

from newswire.fetching.messages import Failure, Response
from newswire.fetching.policy import Kind, Policy
from newswire.ledger import Fate, Reason

_DEFAULT_POLICY: Final = Policy()


def judge(response: Response, kind: Kind, policy: Policy = _DEFAULT_POLICY) -> Response | Failure:
    """The response itself where it brings what was asked for (or 304), else why not. Judging twice changes nothing."""
    status = response.status
    if response.is_success:
        return _judge_document(response, kind, policy)
    if status == 304:
        if response.conditional:
            return response
        return failure(response, Reason.PROTOCOL, Fate.RETRY, "304 although nothing was asked conditionally", policy)
    vendor = challenge_vendor(response)
    if vendor is not None and status != 429:
        return failure(response, Reason.CHALLENGE, Fate.RETRY, f"{status}: bot check by {vendor}", policy)
    reason, fate = _by_status(status, kind, has_body=not _is_blank(response.body))
    return failure(response, reason, fate, f"status {status}", policy)


def _judge_document(response: Response, kind: Kind, policy: Policy) -> Response | Failure:
    vendor = _vendor_by_header(response)
    if vendor is not None:
        return failure(response, Reason.CHALLENGE, Fate.RETRY, f"200: bot check by {vendor}", policy)
    if kind is Kind.PAGE:
        if policy.honour_tdm and response.signals.tdm_reservation:
            return failure(response, Reason.TDM_OPTOUT, Fate.SKIP, "TDM-Reservation: 1", policy)
        if response.body_skipped or is_media_type_of_no_page(response.media_type) or is_media(response.body):
            return failure(response, Reason.NON_HTML, Fate.SKIP, response.media_type or "by its first bytes", policy)
    if kind is not Kind.ROBOTS and _is_blank(response.body):
        return failure(response, Reason.EMPTY, Fate.RETRY, "no body", policy)
    return response


def _is_blank(body: bytes) -> bool:
    """Nothing but white space, NUL and byte order marks."""
    return not body.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe")


_SAME_FOR_BOTH: Final = {
    202: (Reason.EMPTY, Fate.RETRY),
    204: (Reason.EMPTY, Fate.RETRY),
    205: (Reason.EMPTY, Fate.RETRY),
    206: (Reason.TRUNCATED, Fate.RETRY),
    402: (Reason.PAYWALL, Fate.SKIP),
    410: (Reason.GONE, Fate.SKIP),
    429: (Reason.RATE_LIMITED, Fate.RETRY),
    451: (Reason.LEGAL, Fate.SKIP),
}
_RETRY_FOR_FEEDS: Final = {401: Reason.LOGIN, 403: Reason.FORBIDDEN, 404: Reason.NOT_FOUND}
_COME_AGAIN: Final = frozenset({408, 421, 423, 425})


def _by_status(status: int, kind: Kind, *, has_body: bool) -> tuple[Reason, Fate]:
    if status == 202 and has_body:
        return Reason.SERVER_ERROR, Fate.RETRY
    if status in _SAME_FOR_BOTH:
        return _SAME_FOR_BOTH[status]
    if 500 <= status <= 599:
        return Reason.SERVER_ERROR, Fate.RETRY
    if status < 400:
        return Reason.PROTOCOL, Fate.RETRY
    again = kind is not Kind.PAGE or status in _COME_AGAIN
    return _RETRY_FOR_FEEDS.get(status, Reason.CLIENT_ERROR), Fate.RETRY if again else Fate.SKIP


def failure(response: Response, reason: Reason, fate: Fate, detail: str, policy: Policy = _DEFAULT_POLICY) -> Failure:
    """A failure that keeps the answer behind it, with the wait that the server asked for."""
    wait = response.retry_after(cap=policy.max_retry_after) if fate is Fate.RETRY else None
    if wait is not None and wait.capped:
        detail = f"{detail}; Retry-After of {wait.raw:.0f} s capped at {wait.seconds:.0f} s"
    return Failure(
        url=response.url,
        reason=reason,
        detail=detail,
        fate=fate,
        retry_after=wait.seconds if wait else None,
        status=response.status,
        redirects=response.redirects,
        elapsed=response.elapsed,
        fetched_at=response.fetched_at,
        response=response,
    )


# -- bot checks

_CHALLENGE_HEADERS: Final = (
    ("cf-mitigated", re.compile("challenge", re.IGNORECASE), "Cloudflare"),
    ("x-vercel-mitigated", re.compile("challenge", re.IGNORECASE), "Vercel"),
    ("x-amzn-waf-action", re.compile("challenge|captcha", re.IGNORECASE), "AWS WAF"),
    ("x-datadome", re.compile("protected", re.IGNORECASE), "DataDome"),
)
# Only on answers that are an error anyway, so that an article which quotes one of these is no challenge
_CHALLENGE_BODIES: Final = (
    (re.compile(rb"_cf_chl_|/cdn-cgi/challenge-platform|cf-browser-verification|cf-turnstile|__cf_chl"), "Cloudflare"),
    (re.compile(rb"<title>\s*(?:just a moment|attention required! \| cloudflare)", re.IGNORECASE), "Cloudflare"),
    (re.compile(rb"ddos-guard(?:\.net)?|/\.well-known/ddos-guard", re.IGNORECASE), "DDoS-Guard"),
    (re.compile(rb"_Incapsula_Resource|incapsula incident id", re.IGNORECASE), "Imperva"),
    (re.compile(rb"captcha-delivery\.com|datadome", re.IGNORECASE), "DataDome"),
    (re.compile(rb"px-captcha|_pxAppId|perimeterx", re.IGNORECASE), "HUMAN"),
    (re.compile(rb"sucuri_cloudproxy|sucuri website firewall", re.IGNORECASE), "Sucuri"),
    (re.compile(rb"awswafcookie|token\.awswaf\.com|captcha\.awswaf\.com", re.IGNORECASE), "AWS WAF"),
    (re.compile(rb"__qrator|qauth\.js|qrator", re.IGNORECASE), "Qrator"),
    (re.compile(rb"showcaptcha|smartcaptcha", re.IGNORECASE), "SmartCaptcha"),
    (re.compile(rb"anubis_challenge|within\.website/x/cmd/anubis", re.IGNORECASE), "Anubis"),
    (re.compile(rb"g-recaptcha|h-captcha|hcaptcha\.com|friendlycaptcha|geetest", re.IGNORECASE), "a captcha"),
    (
        re.compile(
            rb"checking (?:if the site connection is secure|your browser)|verify(?:ing)? (?:that )?you are (?:a )?human"
            rb"|enable javascript and cookies to continue|are you a robot|not a robot|complete the security check",
            re.IGNORECASE,
        ),
        "an unnamed vendor",
    ),
)
CHALLENGE_SCAN = 128 * 1024
"""Challenge pages are small, and their marks stand in the first kilobytes."""


def challenge_vendor(response: Response) -> str | None:
    """Who answers with a bot check instead of the document, or None. Meant for answers other than 200."""
    vendor = _vendor_by_header(response)
    if vendor is None:
        start = response.body[:CHALLENGE_SCAN]
        vendor = next((name for pattern, name in _CHALLENGE_BODIES if pattern.search(start)), None)
    return vendor


def _vendor_by_header(response: Response) -> str | None:
    for header, pattern, name in _CHALLENGE_HEADERS:
        value = response.headers.get(header)
        if value is not None and pattern.search(value):
            return name
    return None


# -- documents that are no page

_PAGE_TYPES: Final = re.compile(
    # markup, and the types under which servers send markup that they do not know
    r"text/.*|application/(?:xhtml\+xml|xml|octet-stream|unknown|x-unknown|force-download|x-httpd-php|vnd\.wap\.xhtml\+xml)"
    r"|unknown/unknown|multipart/.*"
)
_NO_PAGE_TEXT: Final = frozenset({"text/calendar", "text/css", "text/csv", "text/javascript", "text/vcard"})


def is_media_type_of_no_page(media_type: str | None) -> bool:
    """Whether the headers alone say that this is no web page (PDF, video, JSON): then the body is not worth reading."""
    if media_type is None:
        return False
    return media_type in _NO_PAGE_TEXT or _PAGE_TYPES.fullmatch(media_type) is None


# First bytes of what is served as text/html and is none (WHATWG MIME sniffing standard, section 6)
_MAGIC: Final = re.compile(
    rb"%PDF-|\x89PNG\r\n|GIF8[79]a|\xff\xd8\xff|BM.{4}\0\0\0\0|II\*\0|MM\0\*|PK(?:\x03\x04|\x05\x06)|Rar!\x1a\x07"
    rb"|7z\xbc\xaf\x27\x1c|\x1f\x8b\x08|RIFF.{4}(?:WEBP|AVI |WAVE)|.{4}ftyp|OggS\0|ID3[\x02-\x04]|fLaC|\x1aE\xdf\xa3"
    rb"|FLV\x01|\xff[\xfb\xf3\xf2]"
    rb"|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|\x7fELF|MZ.\0|wOF[F2]|\0\0[\x01\x02]\0|BZh[1-9]|\xfd7zXZ\0|\{\\rtf",
    re.DOTALL,
)


def is_media(body: bytes) -> bool:
    """Whether a body is an image, audio, video, archive, program or office file, whatever its Content-Type says."""
    return _MAGIC.match(body) is not None
