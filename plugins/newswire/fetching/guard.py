"""The guard: whether an address may be asked at all. The one choke point for every hop of every request.

`parse_target` and `admit` are pure. Between them the client resolves the name, and the connection is then made to one
of the very addresses that `admit` returned, so that a name that changes its mind (DNS rebinding) changes nothing.

The order of the checks is the order of severity: a target inside our network is reported as such even when its port or
its credentials would be reason enough.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

from newswire.fetching.addresses import Address, InvalidHostError, classify_address, effective_address, normalise_host
from newswire.fetching.policy import Policy
from newswire.ledger import Reason


class RefusedError(Exception):
    """The guard says no."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Target:
    """A parsed address: where to connect and what to ask for."""

    scheme: str
    host: Address | str
    port: int
    path: str
    """Path and query, ASCII, beginning with a slash: the request target."""
    has_credentials: bool = False
    host_name: str = field(init=False)
    """The host as the gate counts it: lower case, no brackets, no port."""
    authority: str = field(init=False)
    """The Host header: brackets for IPv6, the port only where it is not the scheme's own."""

    def __post_init__(self) -> None:
        name = str(self.host)
        bracketed = f"[{name}]" if ":" in name else name
        default = self.port == _DEFAULT_PORTS[self.scheme]
        object.__setattr__(self, "host_name", name)
        object.__setattr__(self, "authority", bracketed if default else f"{bracketed}:{self.port}")

    @property
    def is_tls(self) -> bool:
        return self.scheme == "https"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        return self.origin + self.path


_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
# what urllib, browsers and servers strip or drop from an address (WHATWG URL standard, "basic URL parser")
_EDGES: Final = "".join(map(chr, range(0x21)))
_DROPPED: Final = re.compile(r"[\t\r\n]")
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def parse_target(url: str, *, max_length: int = 8192) -> Target:
    """Read an absolute http(s) address as browsers do. Raises `RefusedError` with BAD_URL or SCHEME.

    Credentials are noted, not kept. The fragment is dropped. Non-ASCII in path and query becomes percent-encoded UTF-8.
    """
    text = _DROPPED.sub("", url.strip(_EDGES))
    if len(text) > max_length:
        raise RefusedError(Reason.BAD_URL, f"address longer than {max_length} characters")
    match = _SCHEME.fullmatch(text)
    if match is None:
        raise RefusedError(Reason.BAD_URL, "no absolute address")
    scheme = match[1].lower()
    if scheme not in _DEFAULT_PORTS:
        raise RefusedError(Reason.SCHEME, f"scheme {scheme[:20]}")
    rest = re.match(r"[/\\]*(?P<authority>[^/\\?#]*)(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?", match[2], re.DOTALL)
    assert rest is not None  # every part may be empty
    _, at, host_port = rest["authority"].rpartition("@")
    host, port = _split_port(host_port, scheme)
    path = _encode(rest["path"].replace("\\", "/") or "/")
    query = f"?{_encode(rest['query'])}" if rest["query"] is not None else ""
    if _CONTROLS.search(path + query):
        raise RefusedError(Reason.BAD_URL, "control character")
    try:
        return Target(scheme, normalise_host(host), port, _without_dots(path) + query, has_credentials=bool(at))
    except (InvalidHostError, UnicodeError) as error:
        raise RefusedError(Reason.BAD_URL, f"host: {error}") from error


def _split_port(host_port: str, scheme: str) -> tuple[str, int]:
    match = re.fullmatch(r"(\[[^\]]*\]|[^:]*)(?::([0-9]*))?", host_port, re.DOTALL)
    if match is None or not match[1]:
        raise RefusedError(Reason.BAD_URL, "no host" if match else "malformed host or port")
    digits = (match[2] or "").lstrip("0")
    if len(digits) > 5 or int(digits or "0") > 65535:
        raise RefusedError(Reason.BAD_URL, "port out of range")
    return match[1], int(digits) if match[2] else _DEFAULT_PORTS[scheme]


def _encode(part: str) -> str:
    """Percent-encode what may not travel in a request line; what is encoded already stays as it is."""
    return quote(part, safe="/%:@!$&'()*+,;=~-._?[]|^`{}", errors="surrogatepass")


def _without_dots(path: str) -> str:
    """Resolve `.` and `..` segments (RFC 3986 section 5.2.4), encoded ones too, as browsers do."""
    if "." not in path and "%2" not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for position, segment in enumerate(segments):
        plain = segment.replace("%2e", ".").replace("%2E", ".")
        if plain == "..":
            del kept[-1:]
        elif plain != ".":
            kept.append(segment)
            continue
        if position == len(segments) - 1:
            kept.append("")
    return "/" + "/".join(kept)


def join_location(base: Target, location: bytes) -> str:
    """The absolute address that a Location header means, seen from `base` (RFC 9110 section 10.2.2).

    Raw bytes in path and query (UTF-8, windows-1251) are percent-encoded as they are, as browsers do.
    """
    raw = location.strip(b" \t")
    text = raw.decode("utf-8", "surrogateescape")
    if not raw.isascii() and any("\udc80" <= character <= "\udcff" for character in text):
        text = "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in raw)
    text = _DROPPED.sub("", text.strip(_EDGES))
    if _SCHEME.fullmatch(text):
        match = _SCHEME.fullmatch(text)
        assert match is not None
        if match[1].lower() != base.scheme or match[2][:1] in ("/", "\\"):
            return text
        text = match[2]  # "http:path" is relative to a base of the same scheme
    head = text.replace("\\", "/", 2)
    if head.startswith("//"):
        return f"{base.scheme}:{text}"
    base_path = base.path.partition("?")[0]
    if not text or text.startswith("#"):
        return base.url
    if text.startswith("?"):
        return f"{base.origin}{base_path}{text}"
    if head.startswith("/"):
        return base.origin + text
    return f"{base.origin}{base_path.rpartition('/')[0]}/{text}"


def other_reading(url: str) -> str | None:
    """The same address as parsers of the other school read it, where a backslash makes the schools differ.

    Browsers end the host at a backslash, RFC 3986 parsers take it for user information.
    """
    match = re.match(r"[^:/?#]+:[/\\]{2}([^/?#]*\\[^/?#]*)@([^/\\?#]+)(.*)", url, re.DOTALL)
    return f"http://{match[2]}/" if match else None


def admit(target: Target, addresses: Sequence[Address], policy: Policy) -> tuple[Address, ...]:
    """The addresses of `target` that may be connected to, best first. Raises `RefusedError`.

    Of a mixed answer only the allowed ones are kept: an outlet with a stray AAAA of ::1 stays reachable, and the inner
    address is never contacted.
    """
    why = ""
    admitted = []
    for address in addresses:
        refusal = classify_address(address, allowed=policy.allowed_networks, denied=policy.denied_networks)
        if refusal is None:
            admitted.append(effective_address(address) if getattr(address, "ipv4_mapped", None) else address)
        else:
            why = why or refusal
    if not admitted:
        raise RefusedError(Reason.INTERNAL_ADDRESS, why or "no address")
    if target.has_credentials:
        raise RefusedError(Reason.CREDENTIALS, "credentials in the address")
    if target.port not in policy.allowed_ports:
        raise RefusedError(Reason.PORT, f"port {target.port}")
    return tuple(dict.fromkeys(admitted))
