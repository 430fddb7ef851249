"""The cheaper path reads what it takes exactly as feedparser does; otherwise it takes nothing."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newswire.decoding import decode
from newswire.polling import Feed, parse, plain_rss
from newswire.polling.entities import EntityBomb
from newswire.polling.entries import finish
from newswire.polling.wellformed import TooDeep, mend

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
URL = "https://example.com/feed/x.xml"
HEAD = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:slash="http://purl.org/rss/1.0/modules/slash/" '
    'xmlns:yandex="http://news.yandex.ru" xmlns:own="urn:own"><channel><title>Новини</title><link>https://a.example/</link>'
    '<language>uk</language><atom:link rel="self" href="https://a.example/feed"/><ttl>15</ttl>'
    "<image><url>https://a.example/i.png</url><title>other</title><link>https://b.example/</link></image>"
)
PLAIN = (
    HEAD + "<item><title>Перша &amp;amp; друга</title><link>https://a.example/1</link><guid>https://a.example/1</guid>"
    "<description>d <![CDATA[<b>x</b>]]></description><content:encoded><![CDATA[<p>c</p>]]></content:encoded>"
    '<dc:creator>Н. Н.</dc:creator><category>a</category><category domain="q">b</category><slash:comments>0</slash:comments>'
    '<enclosure url="/i.jpg" type="image/JPEG" length="1"/><media:thumbnail url="https://a.example/t.jpg"/><own:x y="1">z</own:x>'
    "<pubDate>Sun, 20 Sep 2026 08:15:00 EEST</pubDate></item>"
    '<item><guid isPermaLink="false">g</guid><title>two</title><link>https://a.example/2</link><dc:date>2026-09-20</dc:date>'
    "<yandex:full-text>Повний текст</yandex:full-text></item><item><guid>https://a.example/3</guid><title>три</title></item></channel></rss>"
)


def both(body: bytes) -> tuple[Feed, Feed] | None:
    """The feed by the cheap path and by feedparser, or None where the cheap path does not take it."""
    try:
        document = mend(decode(body, content_type=None, kind="xml").text.lstrip())
    except (EntityBomb, TooDeep):
        return None
    if not document.strict or document.root != "rss":
        return None
    plain = plain_rss.read_plain_rss(document.text, URL)
    if plain is None:
        return None
    slow = parse._raw(parse._feedparser(document.text, URL), document)
    cheap, reference = (finish(raw, URL, NOW, None, 2_000, []) for raw in (plain, slow))
    return cheap, reference


def test_it_takes_a_plain_feed_and_reads_it_alike() -> None:
    found = both(PLAIN.encode())
    assert found is not None
    cheap, reference = found
    assert cheap == reference
    assert [e.title for e in cheap.entries] == ["Перша & друга", "two", "три"]


@pytest.mark.parametrize(
    "changed",
    [
        PLAIN.replace('version="2.0"', 'version="0.92"'),
        PLAIN.replace("<title>two", '<title type="html">two'),
        PLAIN.replace("<title>two", "<title>once</title><title>two"),
        PLAIN.replace("<description>d", "<description>d</description><description>d"),
        PLAIN.replace("<dc:creator>Н. Н.", "<dc:creator>n@example.com (N)"),
        PLAIN.replace("<link>https://a.example/1<", "<link>/1<"),
        PLAIN.replace("<link>https://a.example/1<", "<link>https://a.example/1?a=1&amp;b=2<"),
        PLAIN.replace("<own:x y", "<media:group><media:title>q</media:title></media:group><own:x y"),
        PLAIN.replace("<own:x y", "<atom:link rel='alternate' href='https://a.example/q'/><own:x y"),
        PLAIN.replace("http://search.yahoo.com/mrss/", "https://search.yahoo.com/mrss/"),
        PLAIN.replace('xmlns:own="urn:own"', 'xmlns:own="urn:own" xml:base="https://q.example/"'),
        PLAIN.replace("<title>two", "<title>quote \x93two\x94"),
        PLAIN.replace("<title>two", "<title>Ã©"),
        PLAIN.replace("<item><title>", "<item><x><title>q</title></x><title>"),
    ],
)
def test_it_leaves_to_feedparser_what_it_does_not_know(changed: str) -> None:
    assert changed != PLAIN
    found = both(changed.encode())
    assert found is None or found[0] == found[1]


def damaged(seed: int, body: bytes) -> bytes:
    r = random.Random(seed)
    data = bytearray(body)
    for _ in range(r.randint(1, 4)):
        i = r.randrange(len(data))
        match r.randrange(4):
            case 0:
                del data[i : i + r.randint(1, 25)]
            case 1:
                data[i] = r.randrange(256)
            case 2:
                j = r.randrange(len(data))
                data[i:i] = data[j : j + r.randint(1, 60)]
            case _:
                data[i:i] = r.choice(
                    [
                        b"<item>",
                        b"</item>",
                        b"&amp;",
                        b"<title>",
                        b"\xc2\x93",
                        b"<guid>",
                        b"]]>",
                        b"<link>",
                        b' type="x"',
                    ]
                )
    return bytes(data)


def test_damaged_feeds_are_read_alike() -> None:
    taken = 0
    for seed in range(600):
        found = both(damaged(seed, PLAIN.encode()))
        if found is not None:
            taken += 1
            assert found[0] == found[1], seed
    assert taken > 20  # else this test proves nothing


SAMPLES = Path(__file__).parents[3].parent / "shared" / "data" / "feeds" / "samples"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples of real feeds are not on this machine")
def test_samples_are_read_alike() -> None:
    taken = 0
    for path in sorted(SAMPLES.glob("*.xml")):
        found = both(path.read_bytes())
        if found is not None:
            taken += 1
            assert found[0] == found[1], path.name
    assert taken >= 20
