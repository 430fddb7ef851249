"""newswire.polling.parse_feed: documents that attack the parser, and documents that need repair."""

from __future__ import annotations

import gzip
import time

import pytest

from newswire.ledger import Reason
from newswire.polling import FeedRejected
from unit.polling.documents import UK, answer, item, read, rss

# --------------------------------------------------------------------------- entities


def test_billion_laughs() -> None:
    layers = '<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 11))
    started = time.process_time()
    result = answer(f'<?xml version="1.0"?><!DOCTYPE rss [{layers}]><rss><channel><title>&l10;</title></channel></rss>')
    assert isinstance(result, FeedRejected)
    assert result.reason is Reason.ENTITY_EXPANSION
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!ENTITY a "{"A" * 100_000}">',
        f'<!ENTITY a "{"A" * 10_000}">',
        '<!ENTITY a "&b;"><!ENTITY b "&a;">',
        '<!ENTITY a "&a;">',
    ],
)
def test_expansion_out_of_proportion(doctype: str) -> None:
    result = answer(f"<!DOCTYPE rss [{doctype}]><rss><channel><title>{'&a;' * 5000}</title></channel></rss>")
    assert isinstance(result, FeedRejected)
    assert result.reason is Reason.ENTITY_EXPANSION


def test_small_entities_are_text() -> None:
    feed = read(
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY outlet "Test &amp; Outlet"><!ENTITY tag "<b>x</b>">]>'
        + rss(item("News from &outlet; &tag;"), declaration="")
    )
    assert feed.entries[0].title == "News from Test & Outlet x"


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY x PUBLIC "-//X" "http://127.0.0.1:1/x">]>',
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/dtd">',
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:1/p"> %p;]>',
        '<!DOCTYPE rss [<!ATTLIST item x CDATA "]>">]>',
    ],
)
def test_nothing_external_is_loaded(doctype: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a parser tried to open something")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("urllib.request.OpenerDirector.open", refuse)
    feed = read('<?xml version="1.0"?>' + doctype + rss(item("before &x; after"), declaration=""))
    assert "root:" not in repr(feed)
    assert feed.entries[0].title.startswith("before")


def test_xinclude_is_text_without_effect() -> None:
    extra = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
    assert "root:" not in repr(read(rss(item(extra=extra))))


# --------------------------------------------------------------------------- repairs


@pytest.mark.parametrize(
    ("body", "titles"),
    [
        ("\n\n" + rss(item()), ["Story"]),
        ("<br />\n<b>Warning</b>: foo() in x.php<br />\n" + rss(item()), ["Story"]),
        ("<!-- cache --><?xml-stylesheet href='x'?>" + rss(item()), ["Story"]),
        (rss(item()) + "\n<!-- cached --><script>1</script><rss/>", ["Story"]),
        (rss(item("nul\x00title")), ["nultitle"]),
        (rss(item("bad &#0; &#xD800; &#x1F600; \ud83d\ude00")), ["bad 😀 😀"]),
        (rss(item("&laquo;цитата&raquo;&nbsp;&mdash; &hellip; &foo;")), ["«цитата» — … &foo;"]),
        (rss(item("quotes &#147;x&#148;")), ["quotes “x”"]),
        (rss(item("R&D & war", "https://example.com/a?a=1&b=2")), ["R&D & war"]),
        (rss(item("a < b"), item("ok")), ["a < b", "ok"]),
        (
            rss(item(extra="<description><p>para<br>line <img src=x> <b>bold</description>"), item("ok")),
            ["Story", "ok"],
        ),
        (rss(item(extra="<description><![CDATA[if (a[b[0]]>1) x]]></description>"), item("ok")), ["Story", "ok"]),
        (rss(item(extra='<media:content url="https://example.com/i.jpg"/><nobody:knows a:b="c"/>')), ["Story"]),
        (rss(item(), item("cut off"))[:-40], ["Story"]),
        (rss(item(), "<item><title>broken</b></title></item>", item("ok")), ["Story", "broken", "ok"]),
        (rss("<item><title>open", item("ok")), ["open", "ok"]),
        (rss(item()).replace('version="2.0"', "version=2.0"), ["Story"]),
        (rss(item("Live &lt;script&gt;alert(1)&lt;/script&gt; Kyiv")), ["Live Kyiv"]),
        (rss(item("&lt;img src=x onerror=alert(1)&gt; Kharkiv")), ["Kharkiv"]),
        (rss(item("&amp;lt;b&amp;gt;Kyiv&amp;lt;/b&amp;gt; &amp;amp; Moscow")), ["<b>Kyiv</b> & Moscow"]),
        (rss(item("x&lt;y and z&gt;w")), ["x<y and z>w"]),
        (rss(item("Line one\r\nERROR fake log\tTab")), ["Line one ERROR fake log Tab"]),
        (rss(item("Kyiv \x9b31m red")), ["Kyiv 31m red"]),
        (rss(item("Drone \u202etxt.exe\u202c")), ["Drone txt.exe"]),
        (rss(item("{{7*7}} ${7*7} %s {0} {% raw %}")), ["{{7*7}} ${7*7} %s {0} {% raw %}"]),
        ("<channel><title>bare</title>" + item() + "</channel>", ["Story"]),
    ],
)
def test_repaired(body: str, titles: list[str]) -> None:
    assert [e.title for e in read(body).entries] == titles


def test_what_was_repaired_is_told() -> None:
    feed = read("junk" + rss(item("a & b"), item("x", "javascript:1"), item("", "https://example.com/b")))
    assert feed.problems == (
        "4 characters before the document cut",
        "references and stray markup escaped",
        "1 entries without a title",
        "1 entries without a usable link (scheme)",
    )


def test_links_survive_repair() -> None:
    assert (
        read(rss(item("R&D", "https://example.com/a?a=1&b=2&copy=3"))).entries[0].link
        == "https://example.com/a?a=1&b=2&copy=3"
    )


def test_raw_html_description_is_kept_as_text() -> None:
    body = rss(item(extra="<description><p>para<br>line</p> <b>bold</description>"), item("ok"))
    assert read(body).entries[0].summary == "para\nline\nbold"


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("cp1251", "windows-1251", "text/xml"),
        ("cp1251", None, "text/xml"),
        ("cp1251", "UTF-8", "text/xml; charset=utf-8"),
        ("koi8-u", None, "text/xml; charset=windows-1251"),
        ("utf-8", "utf8mb4-unicode", "text/xml; charset=bogus"),
        ("utf-16", "utf-16", "text/xml"),
        ("utf-8", None, "text/xml"),
    ],
)
def test_encodings(encoding: str, declared: str | None, content_type: str) -> None:
    declaration = f'<?xml version="1.0"{f" encoding={chr(34)}{declared}{chr(34)}" if declared else ""}?>'
    summary = "<description>Уночі російські війська атакували Харків ударними безпілотниками</description>"
    body = rss(item(UK, extra=summary), declaration=declaration).encode(encoding, "xmlcharrefreplace")
    assert read(body, content_type=content_type).entries[0].title == UK


def test_a_feed_that_was_stored_compressed() -> None:
    assert len(read(gzip.compress(rss(item()).encode())).entries) == 1
    assert isinstance(answer(gzip.compress(rss(item()).encode())[:40]), FeedRejected)
