"""newswire.decoding: bytes to text, whatever was declared."""

from __future__ import annotations

import codecs
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newswire.decoding import Kind, decode
from newswire.mojibake import repair_mojibake

UK = "Зеленський: ґанок, їжак, євро — «Шахед». Уночі російські війська атакували Харків; пошкоджено житлові будинки."
RU = "В ночь на среду войска нанесли удар по энергетической инфраструктуре Одесской области, сообщил глава города."
BG = "Министърът на отбраната заяви, че страната ще изпрати още помощ; решението бе взето във вторник."
SR = "Председник је изјавио да ће разговори бити настављени следеће недеље у Београду."
PL = "Minister powiedział, że rozmowy będą kontynuowane w przyszłym tygodniu; żołnierze wrócą później."
CS = "Prezident řekl, že jednání budou pokračovat příští týden; vojáci se vrátí později."
HU = "A miniszter elmondta, hogy a tárgyalások jövő héten folytatódnak, a főváros felől érkező küldöttséggel."
FR = (
    "Le ministère a déclaré que les négociations se poursuivraient la semaine prochaine à Genève, où l’armée française…"
)
DE = "Der Außenminister erklärte, die Gespräche würden nächste Woche in Zürich fortgeführt; später könne mehr folgen."
ES = "El ministro señaló que la reunión continuará mañana en la región; según él, habrá más información."
PT = "O ministro afirmou que as negociações continuarão amanhã na região; não há previsão de conclusão."
TR = "Dışişleri Bakanı, görüşmelerin gelecek hafta süreceğini söyledi; ülkenin doğusunda çatışmalar sürüyor."
EL = "Ο υπουργός δήλωσε ότι οι συνομιλίες θα συνεχιστούν την επόμενη εβδομάδα στην Αθήνα."
HE = "השר אמר כי השיחות יימשכו בשבוע הבא בירושלים"
AR = "قال الوزير إن المحادثات ستستمر الأسبوع المقبل في العاصمة"
TH = "รัฐมนตรีกล่าวว่าการเจรจาจะดำเนินต่อไปในสัปดาห์หน้า"
ZH = "外交部发言人说，谈判将在下周继续进行，双方都表示愿意合作。"
TW = "外交部發言人說，談判將在下週繼續進行，雙方都表示願意合作。"
JA = "外務省の報道官は、来週も交渉を続けると述べた。双方が協力する。"
KO = "외교부 대변인은 다음 주에도 협상이 계속될 것이라고 말했다."
LT = "Ministras pareiškė, kad derybos bus tęsiamos kitą savaitę, o šalies gynėjai grįš vėliau."

LEGACY = [
    (UK, "windows-1251"), (UK, "koi8-u"), (UK, "mac-cyrillic"),
    (RU, "windows-1251"), (RU, "koi8-r"), (RU, "cp866"), (RU, "iso-8859-5"), (RU, "mac-cyrillic"),
    (BG, "windows-1251"), (SR, "windows-1251"),
    (PL, "windows-1250"), (PL, "iso-8859-2"), (CS, "windows-1250"), (CS, "iso-8859-2"), (HU, "windows-1250"),
    (FR, "windows-1252"), (DE, "windows-1252"), (ES, "windows-1252"), (PT, "windows-1252"), (TR, "windows-1254"),
    (LT, "windows-1257"),
    (EL, "windows-1253"), (HE, "windows-1255"), (AR, "windows-1256"), (TH, "cp874"),
    (ZH, "gb18030"), (TW, "big5"), (JA, "shift_jis"), (JA, "euc-jp"), (KO, "euc-kr"),
]  # fmt: skip


def _rss(text: str, encoding: str, declared: str | None) -> bytes:
    declaration = f' encoding="{declared}"' if declared else ""
    return (
        f'<?xml version="1.0"{declaration}?><rss version="2.0"><channel><title>News</title><item><title>{text}</title>'
        f"<link>http://example.com/a</link></item></channel></rss>"
    ).encode(encoding, "xmlcharrefreplace")


def _title(text: str) -> str:
    return text.split("<item><title>")[1].split("</title>")[0]


@pytest.mark.parametrize(("text", "encoding"), LEGACY)
def test_declared_rightly(text: str, encoding: str) -> None:
    body = _rss(text, encoding, encoding.replace("mac-cyrillic", "x-mac-cyrillic").replace("cp874", "windows-874"))
    decoded = decode(body, content_type="text/xml", kind="xml")
    assert _title(decoded.text) == _title(body.decode(encoding))
    assert decoded.source == "xml"
    assert not decoded.repaired


# One capital letter among ninety is too little to tell Macintosh Cyrillic from windows-1251 when nothing is declared
UNDECLARED = [(text, encoding) for text, encoding in LEGACY if (text, encoding) != (RU, "mac-cyrillic")]


@pytest.mark.parametrize(("text", "encoding"), UNDECLARED)
def test_undeclared(text: str, encoding: str) -> None:
    body = _rss(text, encoding, None)
    decoded = decode(body, content_type="text/xml", kind="xml")
    assert _title(decoded.text) == _title(body.decode(encoding))
    assert decoded.source == "sniffed"


@pytest.mark.parametrize(
    "claim", ["utf-8", "windows-1252", "iso-8859-1", "koi8-r", "utf-7", "utf8mb4-unicode", "utf-16", "gb2312"]
)
@pytest.mark.parametrize(
    ("text", "encoding"), [(UK, "windows-1251"), (RU, "windows-1251"), (RU, "koi8-r"), (BG, "windows-1251")]
)
def test_cyrillic_declared_wrongly(text: str, encoding: str, claim: str) -> None:
    body = _rss(text, encoding, claim)
    decoded = decode(body, content_type=f"text/xml; charset={claim}", kind="xml")
    assert _title(decoded.text) == _title(body.decode(encoding))


@pytest.mark.parametrize("text", [t for t, _ in LEGACY])
@pytest.mark.parametrize("claim", [None, "windows-1251", "iso-8859-1", "bogus", "utf-7", "gb2312"])
def test_utf8_is_utf8_whatever_is_declared(text: str, claim: str | None) -> None:
    decoded = decode(_rss(text, "utf-8", claim), content_type=claim and f"text/xml; charset={claim}", kind="xml")
    assert _title(decoded.text) == text
    assert decoded.encoding == "utf-8"


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
def test_unicode_encodings_with_and_without_mark(encoding: str) -> None:
    decoded = decode(_rss(UK, encoding, "utf-8"), content_type="text/xml; charset=windows-1251", kind="xml")
    assert _title(decoded.text) == UK
    assert decoded.text.startswith("<?xml")


def test_mark_before_bytes_that_are_not_utf8() -> None:
    assert _title(decode(b"\xef\xbb\xbf" + _rss(RU, "cp1251", "utf-8"), content_type=None, kind="xml").text) == RU


@pytest.mark.parametrize(
    ("head", "source"),
    [
        ('<meta charset="koi8-r">', "meta"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', "meta"),
        ("<!--" + "x" * 6000 + '--><meta charset="koi8-r">', "meta"),
        ('<!-- <meta charset="windows-1252"> --><meta charset=koi8-r>', "meta"),
        ("<script>var a='<meta charset=\"windows-1252\">'</script><meta charset='koi8-r' />", "meta"),
    ],
)
def test_meta_charset(head: str, source: str) -> None:
    page = f"<!doctype html><html><head>{head}<title>t</title></head><body><p>{RU}</p></body></html>".encode("koi8-r")
    decoded = decode(page, content_type="text/html", kind="html")
    assert RU in decoded.text
    assert (decoded.encoding, decoded.source) == ("koi8-u", source)


def test_language_settles_what_letters_cannot() -> None:
    page = '<html lang="cs"><body><p>Šéf</p></body></html>'.encode("cp1250")
    assert "Šéf" in decode(page, content_type="text/html", kind="html").text


@pytest.mark.parametrize("claim", ["utf-8", "iso-8859-1", None])
def test_english_with_typographic_quotes_only(claim: str | None) -> None:
    text = "“It’s over,” he said – after 20 years… – and left for a café."
    body = f"<html><body><p>{text}</p></body></html>".encode("cp1252")
    decoded = decode(body, content_type=claim and f"text/html; charset={claim}", kind="html")
    assert (text in decoded.text, decoded.encoding) == (True, "windows-1252")


@pytest.mark.parametrize(
    ("text", "encoding", "language"), [(HU, "cp1250", "hu"), (TR, "cp1254", "tr"), (CS, "cp1250", "cs")]
)
def test_the_servers_default_charset_is_weaker_than_the_language(text: str, encoding: str, language: str) -> None:
    page = f'<html lang="{language}"><body><p>{text}</p></body></html>'.encode(encoding)
    assert text in decode(page, content_type="text/html; charset=ISO-8859-1", kind="html").text


def test_utf7_is_never_honoured() -> None:
    decoded = decode(b"<rss>+ADw-script+AD4-alert(1)</rss>", content_type="text/xml; charset=utf-7", kind="xml")
    assert decoded.text == "<rss>+ADw-script+AD4-alert(1)</rss>"


def test_japanese_escapes_only_when_declared() -> None:
    body = f"<rss>{JA}</rss>".encode("iso-2022-jp")
    assert JA in decode(body, content_type="text/xml; charset=iso-2022-jp", kind="xml").text
    assert decode(body, content_type="text/xml", kind="xml").text.isascii()


def test_mixed_bytes_leave_the_rest_intact() -> None:
    body = (
        _rss(f"ok {UK} MARK end", "utf-8", "utf-8")
        .replace(b"MARK", "плохо".encode("cp1251") + b"\xc0\xaf\xed\xa0\x80\xc0\x80")
    )  # fmt: skip
    decoded = decode(body, content_type="text/xml; charset=utf-8", kind="xml")
    assert f"ok {UK} плохо" in decoded.text
    assert decoded.repaired
    assert "\x00" not in decoded.text
    assert "/" not in _title(decoded.text)
    decoded.text.encode("utf-8")


def test_cesu8_pairs_become_the_character() -> None:
    body = _rss(UK, "utf-8", None).replace(b"</item>", b"\xed\xa0\xbd\xed\xb8\x80</item>")
    assert "😀" in decode(body, content_type=None, kind="xml").text


@pytest.mark.parametrize("text", [UK, RU, BG, EL, ZH, JA, KO, HE])
def test_double_encoding_is_undone(text: str) -> None:
    twice = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in text.encode("utf-8"))
    assert repair_mojibake(twice) == text


@pytest.mark.parametrize("text", ["Україна", "Київ", "Путин", UK, RU])
def test_double_encoding_through_cyrillic_is_undone(text: str) -> None:
    twice = "".join(bytes([b]).decode("cp1251", "ignore") or chr(b) for b in text.encode("utf-8"))
    assert repair_mojibake(twice) == text


def test_doubled_typography_and_accents() -> None:
    assert repair_mojibake("Itâ€™s a â€œtestâ€\x9d") == "It’s a “test”"
    assert repair_mojibake("dÃ©clarÃ© Ã\xa0 GenÃ¨ve, franÃ§ais") == "déclaré à Genève, français"


@pytest.mark.parametrize(
    "text", ["SÃO PAULO", "Ärger, Übung", "РФ и США", "Рік у Києві", "«С» и «Р»", "Â", "ÃƒO", "in Ñandú", "РЇ"]
)
def test_honest_text_is_no_mojibake(text: str) -> None:
    assert repair_mojibake(text) == text


@pytest.mark.parametrize("text", [t for t, _ in LEGACY])
def test_honest_writing_is_left_alone(text: str) -> None:
    assert repair_mojibake(text) is text


@settings(max_examples=300)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.builds(
            bytes.__add__,
            st.sampled_from([b"\xef\xbb\xbf", b"\xff\xfe", b"<?xml encoding='x'?>"]),
            st.binary(max_size=200),
        ),
    ),
    st.one_of(
        st.none(),
        st.text(max_size=40),
        st.sampled_from(["text/xml; charset=utf-16", "x; charset=big5", 'charset="', "charset=iso-2022-jp"]),
    ),
    st.sampled_from(["xml", "html", "json"]),
)
def test_any_bytes_become_text(body: bytes, content_type: str | None, kind: Kind) -> None:
    decoded = decode(body, content_type=content_type, kind=kind)
    decoded.text.encode("utf-8")
    assert decode(body, content_type=content_type, kind=kind) == decoded


def test_ten_megabytes_take_no_time() -> None:
    """A bound against quadratic behaviour, not a benchmark: each of these takes well under a second."""
    for body in (
        b"<a>" + b"\xe9" * 10_000_000,
        ("Київ " * 1_000_000).encode(),
        b"<meta " * 1_500_000,
        b"\xd0" * 10_000_000,
        b"<!--" * 2_500_000,
    ):
        started = time.process_time()
        decode(body, content_type=None, kind="html")
        assert time.process_time() - started < 5


def test_bytes_that_are_the_text_in_utf8_are_handed_on() -> None:
    page = "<p>Рада ухвалила бюджет</p>"
    body = page.encode()
    assert decode(body, content_type=None, kind="html").utf8 is body
    assert decode(b"<p>plain</p>", content_type=None, kind="html").utf8 == b"<p>plain</p>"
    assert decode(codecs.BOM_UTF8 + body, content_type=None, kind="html").utf8 is None
    assert decode(page.encode("cp1251"), content_type="text/html; charset=windows-1251", kind="html").utf8 is None
    doubled = "<p>Itâ€™s late</p>".encode()
    assert decode(doubled, content_type=None, kind="html").utf8 is None
