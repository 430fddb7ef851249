"""What we say to a server: the request as bytes. Pure."""

from __future__ import annotations

import re
from typing import Final

from newswire.fetching.content import ACCEPTED
from newswire.fetching.guard import Target
from newswire.fetching.headers import clean_value
from newswire.fetching.messages import Request
from newswire.fetching.policy import Kind, Policy

ACCEPT: Final = {
    # some front ends refuse whoever does not name a feed type
    Kind.FEED: "application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1",
    Kind.PAGE: "text/html, application/xhtml+xml, application/xml;q=0.5, */*;q=0.1",
    Kind.ROBOTS: "text/plain, */*;q=0.1",
    Kind.TDMREP: "application/json, */*;q=0.1",
}
_MAIL: Final = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII)


def request_message(request: Request, target: Target, policy: Policy) -> bytes:
    """The request as sent. No cookies and no credentials, ever; validators verbatim, if they are one line."""
    lines = [
        f"GET {target.path} HTTP/1.1",
        f"Host: {target.authority}",
        f"User-Agent: {clean_value(policy.identity.encode('utf-8', 'replace'))}",
        f"Accept: {ACCEPT[request.kind]}",
        f"Accept-Encoding: {ACCEPTED}",
    ]
    if policy.contact and _MAIL.fullmatch(policy.contact):
        lines.append(f"From: {policy.contact}")  # RFC 9110 section 10.1.2 asks robots for it
    for name, value in (("If-None-Match", request.etag), ("If-Modified-Since", request.last_modified)):
        if value and value.isprintable():  # a line break here would write our next header
            lines.append(f"{name}: {value}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "replace")
