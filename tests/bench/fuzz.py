"""Fuzz the readers of untrusted input: bytes to text, addresses, dates, titles, feeds and the schedule.

    nice python -m tests.bench.fuzz --inputs 1000000 --seconds 1200

Inputs are built from small seeds of our own by random splices, bit flips, insertions of tokens that parsers stumble
over, deletions and repetitions; the generator is seeded, so a finding can be repeated (--seed). Every input must come
back without an exception and keep the promises that are checked here: text that Postgres can store, canonical
addresses that are stable, dates of our time, rejections with a reason. An input that takes longer than --slow seconds
is a finding too. Exit status 1 and the inputs on standard output when there are findings.
"""

# ruff: noqa: E501, PT017, PT018 - seeds are markup; an assertion here is a finding to be reported, not a test

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

from newswire.dates import parse_date, plausible
from newswire.decoding import decode
from newswire.polling import Answer, Feed, FeedRejected, PollHistory, PollResult, next_poll, parse_feed, record
from newswire.polling.markup import text_of, title_of
from newswire.text import clean, csv_cell, fold, printable
from newswire.urls import UrlRejected, accept_canonical, canonical_url, host_of, identity

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

_UK = "Сили оборони збили 54 із 71 дрона «Шахед»; їх було багато"
FEEDS = [
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title>'
    "<link>https://example.com/</link><ttl>60</ttl><item><title>One &amp; two</title><link>https://example.com/a?x=1&amp;y=2</link>"
    '<guid isPermaLink="false">g1</guid><pubDate>Sun, 20 Sep 2026 08:15:00 EEST</pubDate><description><![CDATA[<p>x<br>y</p>]]>'
    f"</description><dc:creator>N</dc:creator></item><item><title>{_UK}</title><link>/b</link></item></channel></rss>",
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.com/"><title>A</title><entry><title type="html">a&lt;b&gt;'
    '</title><id>tag:1</id><link href="a"/><updated>2026-09-20T08:15:00Z</updated><content type="xhtml"><div '
    'xmlns="http://www.w3.org/1999/xhtml"><p>t</p></div></content></entry></feed>',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>R</title>'
    '</channel><item rdf:about="x"><title>r</title><link>https://example.com/r</link></item></rdf:RDF>',
    '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","url":"/a","title":"j","date_published":"2026-09-20"}]}',
    '<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://example.com/s</loc><news:news>'
    "<news:publication_date>2026-09-20</news:publication_date><news:title>s</news:title></news:news></url></urlset>",
    '<!DOCTYPE rss [<!ENTITY a "x"><!ENTITY b SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&a;&b;</title></item></channel></rss>',
    '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head><body>x</body></html>',
]  # fmt: skip
SEED_BODIES = [f.encode() for f in FEEDS] + [
    FEEDS[0].encode("cp1251"),
    FEEDS[0].encode("koi8-u", "replace"),
    FEEDS[1].encode("utf-16"),
]
SEED_URLS = [
    "https://www.example.com:443/a/../b/%7e?utm_source=x&id=7#f",
    "http://user@0x7f.1/",
    "//приклад.укр/стаття?назва=війна",
    "https://m.example.co.uk/story/amp/",
    "http://[::ffff:1.2.3.4]:8080/x",
    "HTTPS:\\\\example.com\\a\n b",
    "https://a-com.cdn.ampproject.org/c/s/a.com/x",
]
SEED_DATES = [
    "Sun, 20 Sep 2026 08:15:00 +0300",
    "2026-09-20T08:15:00.123+03:00",
    "20 вересня 2026 р., 08:15 МСК",
    "20.09.2026 08:15",
    "09/20/2026 5:15 PM EST",
    "1789881300",
    "вчора, 20:15",
    "5 minutes ago",
    "2026年9月20日 14时15分",
    "dimanche 20 septembre 2026 à 07h15",
]
SEED_TEXTS = [
    "<p>a <b>b</b> &amp; &lt;i&gt;</p><script>x</script>",
    "a\x00\x1b[31m\u202e\ud800 é",
    "=1+1",
    _UK,
    "Ð£ÐºÑ€Ð°Ñ—Ð½Ð°",
    "РЈРєСЂ",
]
TOKENS = [
    "<", ">", "&", ";", "]]>", "<![CDATA[", "<!--", "-->", "<?xml", "?>", "<!DOCTYPE", "<!ENTITY a '&a;'>", "&#0;", "&#xD800;", "&nbsp;",
    "\x00", "\ufeff", "\u202e", "\ud800", "\U0001f600", "й", "ї", "Ã©", "xmlns:", "xml:base='", "isPermaLink='true'", "</item>", "<item>",
    "</channel>", "http://", "javascript:", "@", "%", "%zz", "%00", "[", "]", "..", "//", "\\", ":", "?", "#", "+9900", "24:00", "99", "0000",
    "-", ".", ",", "AM", "mar", "EEST", "'", '"', "\r\n", "\t", " " * 50, "9" * 30, "encoding='utf-7'", "charset=koi8-r", "{", "}", "null",
]  # fmt: skip
BYTE_TOKENS = [t.encode("utf-8", "surrogatepass") for t in TOKENS] + [
    b"\xff",
    b"\xfe\xff",
    b"\xc0\xaf",
    b"\xed\xa0\x80",
    b"\x80",
    b"\xe9",
    b"\x1f\x8b\x08",
    b"\x98",
]
CHARSETS = [
    None,
    "text/xml",
    "text/xml; charset=utf-8",
    "charset=windows-1251",
    "x; charset=utf-7",
    'charset="',
    "charset=utf-16",
    "charset=big5",
    "charset=iso-2022-jp",
]


def mutate_bytes(r: random.Random, seeds: list[bytes]) -> bytes:
    data = bytearray(r.choice(seeds))
    for _ in range(r.randint(1, 8)):
        i = r.randrange(len(data) + 1)
        match r.randrange(6):
            case 0:
                data[i:i] = r.choice(BYTE_TOKENS)
            case 1:
                del data[i : i + r.randint(1, 30)]
            case 2 if i < len(data):
                data[i] = r.randrange(256)
            case 3:
                other = r.choice(seeds)
                j = r.randrange(len(other))
                data[i:i] = other[j : j + r.randint(1, 60)]
            case 4:
                data[i:i] = data[max(0, i - r.randint(1, 20)) : i] * r.randint(1, 6)
            case _:
                data[i:] = data[i:][: r.randint(0, len(data))]
    return bytes(data)


def mutate(r: random.Random, seeds: list[str]) -> str:
    text = r.choice(seeds)
    for _ in range(r.randint(1, 5)):
        i = r.randrange(len(text) + 1)
        match r.randrange(5):
            case 0:
                text = text[:i] + r.choice(TOKENS) + text[i:]
            case 1:
                text = text[:i] + text[i + r.randint(1, 6) :]
            case 2:
                text = (
                    text[:i]
                    + chr(r.choice((r.randrange(0x80), r.randrange(0x600), r.randrange(0x110000))))
                    + text[i + 1 :]
                )
            case 3:
                other = r.choice(seeds)
                j = r.randrange(len(other))
                text = text[:i] + other[j : j + r.randint(1, 12)] + text[i:]
            case _:
                text = text[:i] + text[max(0, i - 6) : i] * r.randint(1, 4) + text[i:]
    return text


def storable(text: str) -> None:
    assert "\x00" not in text, "NUL"
    text.encode("utf-8")


def fuzz_feed(r: random.Random) -> object:
    body = mutate_bytes(r, SEED_BODIES)
    yield_input = body
    result = parse_feed(
        body, url="https://example.com/feed", content_type=r.choice(CHARSETS), fetched_at=NOW, zone="Europe/Kyiv"
    )
    if isinstance(result, FeedRejected):
        assert result.detail.isprintable(), "detail"
        return yield_input
    assert isinstance(result, Feed)
    for entry in result.entries:
        for text in (
            entry.title,
            entry.summary,
            entry.content_html or "",
            entry.guid or "",
            *entry.authors,
            *entry.tags,
        ):
            storable(text)
            assert "root:x" not in text, "a file was read"
        assert "\n" not in entry.title, "title"
        assert (entry.canonical_url is None) == (entry.rejected is not None), "reason"
        if entry.published:
            assert plausible(entry.published.instant, NOW), "date"
        assert len(entry.entry_key) == len(entry.fingerprint) == 32
    return yield_input


def fuzz_decode(r: random.Random) -> object:
    body = mutate_bytes(r, SEED_BODIES) if r.random() < 0.7 else r.randbytes(r.randint(0, 200))
    decode(body, content_type=r.choice(CHARSETS), kind=r.choice(("xml", "html", "json"))).text.encode("utf-8")
    return body


def fuzz_url(r: random.Random) -> object:
    raw = mutate(r, SEED_URLS)
    try:
        once = canonical_url(raw, r.choice((None, "https://example.com/x/y")))
    except UrlRejected as rejected:
        assert rejected.detail.isprintable(), "detail"
        return raw
    assert canonical_url(once) == once, "not idempotent"
    assert once.isascii() and once.isprintable() and " " not in once, "form"
    assert host_of(once) and identity(once), "host"
    accept_canonical(once, raw)
    return raw


def fuzz_date(r: random.Random) -> object:
    raw = mutate(r, SEED_DATES)
    value = parse_date(raw, source="x", zone=r.choice((None, "Europe/Kyiv", "no/zone")), now=r.choice((None, NOW)))
    assert value is None or 1990 <= value.instant.year <= 2100, "year"
    return raw


def fuzz_text(r: random.Random) -> object:
    raw = mutate(r, SEED_TEXTS)
    for text in (clean(raw), title_of(raw), text_of(raw), csv_cell(raw)):
        storable(text)
    assert printable(raw).isprintable(), "printable"
    assert fold(fold(raw)) == fold(raw), "fold"
    return raw


def fuzz_schedule(r: random.Random) -> object:
    history = PollHistory()
    for _ in range(r.randint(0, 5)):
        history = record(history, _result(r))
    result = _result(r)
    plan = next_poll(history, result, now=NOW)
    assert 60 <= plan.interval_s <= 4 * 86_400 and plan.reason, "interval"
    assert PollHistory.from_json(history.to_json()) == history, "stored"
    return result


def _result(r: random.Random) -> PollResult:
    from newswire.ledger import Reason

    times = tuple(datetime.fromtimestamp(r.randrange(0, 2_500_000_000), UTC) for _ in range(r.randint(0, 5)))
    return PollResult(
        r.choice(list(Answer)), datetime.fromtimestamp(NOW.timestamp() - r.randrange(10**7), UTC), mutate(r, SEED_URLS),
        reason=r.choice([None, *Reason]), entries=r.randrange(9), new_entries=r.randrange(9), entry_times=times,
        max_age_s=r.choice((None, 0.0, 1e9)), retry_after_s=r.choice((None, 0.0, 1e12)), moved_to=r.choice((None, "x", SEED_URLS[0])),
    )  # fmt: skip


# (target, share of the inputs): feeds cost a hundred times what an address costs
TARGETS: list[tuple[Callable[[random.Random], object], int]] = [
    (fuzz_feed, 10), (fuzz_decode, 20), (fuzz_url, 30), (fuzz_date, 25), (fuzz_text, 10), (fuzz_schedule, 5),
]  # fmt: skip


def main() -> None:
    options = parser(__doc__, inputs=20_000, seconds=600).parse_args()
    targets = [target for target, share in TARGETS for _ in range(share)]

    def one(i: int, r: random.Random) -> str:
        target = targets[i % len(targets)]
        target(r)
        return target.__name__

    sys.exit(drive(one, options))


def parser(description: str | None, *, inputs: int, seconds: float) -> argparse.ArgumentParser:
    """The options of every fuzzer, with its defaults."""
    made = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--inputs", type=int, default=inputs)
    made.add_argument("--seconds", type=float, default=seconds, help="stop after this long, whatever was reached")
    made.add_argument("--seed", type=int, default=1)
    made.add_argument("--slow", type=float, default=5.0, help="an input that takes more seconds is a finding")
    return made


def drive(one: Callable[[int, random.Random], str], options: argparse.Namespace) -> int:
    """Call `one` with the number and the randomness of each input; it returns what came of it, or raises a finding.

    Prints each finding when it is first met and the counts at the end. Returns the exit status: 1 with findings.
    """
    done: Counter[str] = Counter()
    findings: Counter[str] = Counter()
    slowest, started = 0.0, time.perf_counter()
    for i in range(options.inputs):
        before = time.perf_counter()
        try:
            done[one(i, random.Random(f"{options.seed}:{i}"))] += 1
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            key = f"{type(error).__name__} at {where.filename.rsplit('/', 1)[-1]}:{where.lineno}"
            findings[key] += 1
            if findings[key] == 1:
                print(f"FINDING input {i}: {key}: {printable(str(error))[:300]}", flush=True)
        took = time.perf_counter() - before
        slowest = max(slowest, took)
        if took > options.slow:
            findings["slow"] += 1
            print(f"FINDING input {i}: took {took:.1f} s", flush=True)
        if before - started > options.seconds:
            break
    total = done.total() + findings.total() - findings["slow"]
    spent = time.perf_counter() - started
    print(
        f"{total} inputs in {spent:.0f} s ({dict(done.most_common())}), slowest {slowest:.2f} s, findings: {dict(findings)}"
    )
    return 1 if findings else 0


if __name__ == "__main__":
    main()
