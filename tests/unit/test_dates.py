"""newswire.dates: a wrong instant is worse than none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newswire.date_names import MONTHS, WEEKDAYS
from newswire.dates import DateValue, parse_date, plausible

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
INSTANT = "2026-09-20T05:15"


def read(raw: str, **options: object) -> str | None:
    value = parse_date(raw, source="test", **options)  # type: ignore[arg-type]
    if value is None:
        return None
    assert value.raw == raw
    shape = {"second": "%Y-%m-%dT%H:%M:%S", "minute": "%Y-%m-%dT%H:%M", "day": "%Y-%m-%d", "month": "%Y-%m"}
    return value.instant.strftime(shape[value.precision])


@pytest.mark.parametrize(
    "raw",
    [
        # RFC 822, 1123, 850, asctime
        "Sun, 20 Sep 2026 08:15 +0300",
        "Sun, 20 Sep 2026 05:15 GMT",
        "20 Sep 26 05:15 UT",
        "20 Sep 26 05:15 Z",
        "Sun, 20 Sep 2026 01:15 EDT",
        "Sat, 19 Sep 2026 22:15 PDT",
        "Sun,20 Sep 2026 08:15+0300",
        "Wed, 20 Sep 2026 08:15 +0300",  # the weekday is wrong: the figures win
        "Sunday, 20-Sep-26 05:15 GMT",
        # zone names that feedparser reads as UTC
        "Sun, 20 Sep 2026 08:15 EEST",
        "Sun, 20 Sep 2026 07:15 EET",
        "Sun, 20 Sep 2026 08:15 MSK",
        "Sun, 20 Sep 2026 09:15 MSD",
        "Sun, 20 Sep 2026 08:15 МСК",
        "Sun, 20 Sep 2026 07:15 CEST",
        "Sun, 20 Sep 2026 06:15 CET",
        "Sun, 20 Sep 2026 06:15 BST",
        "Sun, 20 Sep 2026 08:15 +0300 (EEST)",
        "Sun, 20 Sep 2026 08:15 (MSK)",
        "20.09.2026 08:15 GMT+3",
        "20.09.2026 08:15 UTC+03:00",
        "20 Sep 2026 08:15 (GMT+03:00)",
        # ISO 8601 and W3CDTF
        "2026-09-20T08:15+03:00",
        "2026-09-20T08:15+0300",
        "2026-09-20T08:15+03",
        "2026-09-20 08:15 +0300",
        "2026-09-20T05:15Z",
        "2026-09-20T05:15z",
        "2026-09-20 05:15 UTC",
        "20260920T0515Z",
        "2026-09-20T0515Z",
        "2026/9/20 05:15 +0000",
        "2026.09.20 05:15 GMT",
        "2026-9-20 5:15 GMT",
        # figures
        "20.09.2026 08:15 +0300",
        "20.09.2026, 08:15 +0300",
        "20.9.2026 o 8:15 +0300",
        "08:15 20.09.2026 +0300",
        "20/09/2026 05:15 GMT",
        "09/20/2026 05:15 GMT",
        "9/20/2026 5:15 AM GMT",
        "20-09-2026 05:15 GMT",
        "Sunday, September 20, 2026 05:15 AM +0000",
        "Sept. 20, 2026, 5:15 a.m. GMT",
        "September 20, 2026 at 5:15 am UTC",
        # names
        "20 вересня 2026, 08:15 +0300",
        "Нд, 20 вер 2026 08:15 +0300",
        "неділя, 20 вересня 2026 р., 08:15 +0300",
        "Вс, 20 сен 2026 08:15 +0300",
        "20 сентября 2026 г., 08:15 +0300",
        "20 сентября 2026 года в 08:15 МСК",
        "08:15, 20 сентября 2026 МСК",
        "20 СЕН 2026 08:15 +0300",
        "20 верасня 2026, 08:15 +0300",
        "20 септември 2026 г. 08:15 +0300",
        "So, 20 Sep 2026 07:15 +0200",
        "Sonntag, 20. September 2026, 07:15 Uhr MESZ",
        "niedziela, 20 września 2026 07:15 CEST",
        "20 wrz 2026, 07:15 +0200",
        "dimanche 20 septembre 2026 à 07h15 +0200",
        "20 septembre 2026 à 7 h 15 CEST",
        "domingo, 20 de septiembre de 2026 07:15 +0200",
        "domingo, 20 de setembro de 2026 às 02h15 -0300",
        "dom, 20 set 2026 07:15 +0200",
        "domenica 20 settembre 2026 ore 07:15 CEST",
        "neděle 20. září 2026 7:15 CEST",
        "2026. szeptember 20. 07:15 CEST",
        "20 Eylül 2026 Pazar 08:15 +0300",
        "Κυριακή, 20 Σεπτεμβρίου 2026 08:15 EEST",
        "20 septembrie 2026, 08:15 EEST",
        "20 syyskuuta 2026 klo 8:15 EEST",
        "20 ספטמבר 2026 08:15 +0300",
        "20 سبتمبر 2026 08:15 +0300",
        "٢٠ سبتمبر ٢٠٢٦ ٠٨:١٥ +0300",
        "2026年9月20日 13:15 +0800",
        "2026年9月20日 14时15分 +0900",
        "Published: 20 September 2026 05:15 GMT",
        "Опубликовано 20.09.2026 08:15 МСК",
    ],
)
def test_one_instant_in_many_spellings(raw: str) -> None:
    assert read(raw) == INSTANT


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("1789881300", "2026-09-20T05:15:00"),
        ("1789881300000", "2026-09-20T05:15:00"),
        ("1789881300000000", "2026-09-20T05:15:00"),
        ("1789881300.123", "2026-09-20T05:15:00"),
        ("Sun Sep 20 05:15:30 2026", "2026-09-20T05:15:30"),
        ("Sun Sep 20 08:15:30 EEST 2026", "2026-09-20T05:15:30"),
        ("Sun Sep 20 2026 08:15:30 GMT+0300 (Eastern European Summer Time)", "2026-09-20T05:15:30"),
        ("2026-09-20T08:15:30.123456789+03:00", "2026-09-20T05:15:30"),
        ("2026-09-20T08:15:30+03:00[Europe/Kyiv]", "2026-09-20T05:15:30"),
        ("2026-09-20 08:15:30.5 +03", "2026-09-20T05:15:30"),
        ("20260920081530+0300", "2026-09-20T05:15:30"),
        ("Sun, 20 Sep 2026 24:00:00 +0000", "2026-09-21T00:00:00"),
        ("Sat, 31 Dec 2016 23:59:60 GMT", "2016-12-31T23:59:59"),
        ("2026-09-20", "2026-09-20"),
        ("20260920", "2026-09-20"),
        ("2026/9/20", "2026-09-20"),  # feedparser makes 1 November of its like
        ("2016/6/29", "2016-06-29"),
        ("Mo. 25 Jun 2018", "2018-06-25"),
        ("20.09.2026", "2026-09-20"),
        ("20.09.26", "2026-09-20"),
        ("20/09/2026", "2026-09-20"),
        ("09/20/2026", "2026-09-20"),
        ("05/05/2026", "2026-05-05"),
        ("20 вересня 2026 року", "2026-09-20"),
        ("2026-W38-7", "2026-09-20"),
        ("2026-263", "2026-09-20"),
        ("2026-09", "2026-09"),
        ("September 2026", "2026-09"),
        ("вересень 2026", "2026-09"),
        ("Fri, 05/03/2019 - 15:21", "2019-05-03T15:21"),  # only the third of May was a Friday
        ("Tue, 05/03/2019 - 15:21", "2019-03-05T15:21"),
        ("Mar, 20 oct 2020 10:00 +0000", "2020-10-20T10:00"),  # Tuesday, in five languages
        ("20 mar 2020 10:00 +0000", "2020-03-20T10:00"),
        ("12:00 AM, 20 Sep 2026 GMT", "2026-09-20T00:00"),
        ("12:00 PM, 20 Sep 2026 GMT", "2026-09-20T12:00"),
        ("15:30 PM, 20 Sep 2026 GMT", "2026-09-20T15:30"),
        ("Tue, 03 Nov 2026 10:00 listopada", None),
    ],
)
def test_shapes_and_precision(raw: str, expected: str | None) -> None:
    assert read(raw) == expected


@pytest.mark.parametrize(
    "raw",
    [
        "", " ", "Invalid Date", "null", "0000-00-00 00:00:00", "0001-01-01T00:00:00Z", "1970-01-01", "0", "-1",
        "2026-02-30T10:00:00Z", "Sun, 31 Feb 2026 10:00 GMT", "2026-13-01", "32.01.2026", "20.13.2026",
        "Sun, 20 Sep 2026 08:61:00 +0300", "Sun, 20 Sep 2026 25:00:00 +0300", "Sun, 20 Sep 2026 08:15:00 +9900",
        "03/04/2026", "03-04-2026 10:00", "03/04/26", "26-09-20", "2026092008",
        "20 Sep 2026 10:00 XYZ",
        "20 Sep", "10:15", "Sunday", "2026", "September", "20 September 21 October 2026", "20 Sep 2026 21 Sep 2026",
        "20 Sep 2026 10:00 - 12:00", "3 listopada 2026", "yesterday", "5 minutes ago", "version 2.0.1", "1.2.3.4",
        "10.5.3", "20 Foo 2026", "Sep 20 Oct 2026", "20 Sep 2026 99", "12:30 13:30 2026-09-20", "2150-01-01",
        "9" * 2000, "20 Sep 2026 " * 20, "2026-09-20T10:00:00+15:00", "\x00", "٢٠", "20 Sep 1812", "12/31",
        "+380 44 123 45 67",
    ],
)  # fmt: skip
def test_what_is_no_sure_date_is_none(raw: str) -> None:
    assert read(raw) is None


@pytest.mark.parametrize(
    ("raw", "zone", "expected", "zone_source"),
    [
        ("2026-09-20 08:15", "Europe/Kyiv", "2026-09-20T05:15", "outlet"),
        ("2026-12-20 08:15", "Europe/Kyiv", "2026-12-20T06:15", "outlet"),
        ("2013-09-20 08:15", "Europe/Moscow", "2013-09-20T04:15", "outlet"),
        ("Fri, 20 Sep 2013 08:15 MSK", None, "2013-09-20T04:15", "explicit"),
        ("2026-09-20 08:15", None, "2026-09-20T08:15", "assumed-utc"),
        ("2026-09-20 08:15", "No/Such_Zone", "2026-09-20T08:15", "assumed-utc"),
        ("2026-09-20 08:15", "../../etc/passwd", "2026-09-20T08:15", "assumed-utc"),
        ("20 Sep 2026 10:00 IST", "Asia/Kolkata", "2026-09-20T04:30", "explicit"),
        ("20 Sep 2026 10:00 IST", None, "2026-09-20", "none"),  # India or Israel: only the day is sure
        ("20 Sep 2026 10:00 CST", "Europe/Kyiv", "2026-09-20", "none"),
        ("20 Sep 2026 10:00 IST", "Asia/Jerusalem", "2026-09-20", "none"),  # Israel is on IDT in September
        ("2026-01-20 10:00 Europe/Kyiv", None, "2026-01-20T08:00", "explicit"),
        ("2026-01-20T10:00[Europe/Kyiv]", "America/New_York", "2026-01-20T08:00", "explicit"),
        ("8:15 p.m. ET, September 21, 2026", "Europe/Kyiv", "2026-09-22T00:15", "explicit"),
        ("September 21 2026, 8.15pm", "Europe/Kyiv", "2026-09-21T17:15", "outlet"),
        ("20 Jan 2026 10:00 IST", "Asia/Jerusalem", "2026-01-20T08:00", "explicit"),
        ("20 Jan 2026 10:00 CST", "America/Chicago", "2026-01-20T16:00", "explicit"),
        ("20 Jan 2026 10:00 CST", "Asia/Shanghai", "2026-01-20T02:00", "explicit"),
        ("20 Jan 2026 10:00 PT", None, "2026-01-20T18:00", "explicit"),
        ("20 Jan 2026 10:00 ET", "America/New_York", "2026-01-20T15:00", "explicit"),
        ("2026-09-20", "Europe/Kyiv", "2026-09-20", "none"),
        ("1789881300", "Europe/Kyiv", "2026-09-20T05:15:00", "epoch"),
    ],
)
def test_where_the_zone_comes_from(raw: str, zone: str | None, expected: str | None, zone_source: str | None) -> None:
    assert read(raw, zone=zone) == expected
    value = parse_date(raw, source="x", zone=zone)
    assert (value and value.zone) == zone_source


@pytest.mark.parametrize(
    ("raw", "language", "expected"),
    [
        ("03/04/2026", "fr", "2026-04-03"),
        ("03/04/2026", "uk", "2026-04-03"),
        ("03/04/2026", "en-GB", None),
        ("03/04/2026", "en-US", "2026-03-04"),
        ("03/04/2026", None, None),
        ("3 listopada 2026", "pl", "2026-11-03"),
        ("3 listopada 2026", "hr", "2026-10-03"),
        ("wtorek, 3 listopada 2026", None, "2026-11-03"),  # the weekday settles it
    ],
)
def test_language_settles_ambiguity(raw: str, language: str | None, expected: str | None) -> None:
    assert read(raw, language=language) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("сегодня, 12:49", "2026-11-22T10:49"),
        ("Сьогодні о 12:49", "2026-11-22T10:49"),
        ("вчора, 20:15", "2026-11-21T18:15"),
        ("Yesterday at 20:15", "2026-11-21T18:15"),
        ("вчера", "2026-11-21"),
        ("позавчора, 10:00", "2026-11-20T08:00"),
        ("5 minutes ago", "2026-11-22T11:55"),
        ("5 хвилин тому", "2026-11-22T11:55"),
        ("10 минут назад", "2026-11-22T11:50"),
        ("vor 5 Minuten", "2026-11-22T11:55"),
        ("il y a 5 minutes", "2026-11-22T11:55"),
        ("hace 5 minutos", "2026-11-22T11:55"),
        ("2 hours ago", "2026-11-22"),
        ("3 days ago", "2026-11-19"),
        ("20 листопада, 12:49", "2026-11-20T10:49"),
        ("20 декабря, 12:49", "2025-12-20T10:49"),
        ("5 minutes", None),
        ("in 5 minutes", None),
        ("tomorrow", None),
    ],
)
def test_words_relative_to_now(raw: str, expected: str | None) -> None:
    assert read(raw, now=NOW, zone="Europe/Kyiv") == expected


def test_the_future_is_refused_but_for_a_day() -> None:
    assert read("Sat, 16 Nov 2041 19:11:00 GMT", now=NOW) is None
    assert read("Sat, 16 Nov 2041 19:11:00 GMT") == "2041-11-16T19:11:00"
    assert read("2026-11-23T11:59:00Z", now=NOW) is not None
    assert plausible(NOW + timedelta(hours=23), NOW)
    assert not plausible(NOW + timedelta(hours=25), NOW)
    assert not plausible(datetime(1989, 12, 31, tzinfo=UTC), NOW)


def test_the_value_keeps_where_it_came_from() -> None:
    assert parse_date("Sun, 20 Sep 2026 08:15:00 EEST", source="rss:pubDate") == DateValue(
        datetime(2026, 9, 20, 5, 15, tzinfo=UTC), "second", "rss:pubDate", "explicit", "Sun, 20 Sep 2026 08:15:00 EEST"
    )


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("es", "2026-04-03"),
        ("es-AR", "2026-04-03"),
        ("es-PR", None),  # written both ways
        ("en", None),
        ("en-US", "2026-03-04"),
        ("uk", "2026-04-03"),
    ],
)
def test_day_or_month_first_by_language(language: str, expected: str | None) -> None:
    assert read("03/04/2026", language=language) == expected


@pytest.mark.parametrize("language", sorted(MONTHS))
def test_every_month_name_of_every_language(language: str) -> None:
    months, weekdays = MONTHS[language].split("|"), WEEKDAYS[language].split("|")
    assert (len(months), len(weekdays)) == (12, 7)
    for number, spellings in enumerate(months, 1):
        day = datetime(2026, number, 20, tzinfo=UTC)
        for spelling in spellings.split():
            assert read(f"20 {spelling} 2026 08:15 +0300", language=language) == f"2026-{number:02}-20T05:15", spelling
            for weekday in weekdays[day.weekday()].split():
                got = read(f"{weekday}, 20 {spelling}. 2026, 08:15 +0300", language=language)
                assert got == f"2026-{number:02}-20T05:15", (weekday, spelling)


INSTANTS = st.datetimes(
    datetime(1991, 1, 1),  # noqa: DTZ001 - hypothesis wants naive bounds
    datetime(2026, 11, 22),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=3))]),
).map(lambda d: d.replace(microsecond=0))


@settings(max_examples=300)
@given(INSTANTS)
def test_machine_formats_come_back_exactly(instant: datetime) -> None:
    for raw in (
        format_datetime(instant),
        instant.isoformat(),
        instant.isoformat(" "),
        instant.strftime("%d.%m.%Y %H:%M:%S %z"),
    ):
        value = parse_date(raw, source="x", now=NOW)
        assert value is not None
        assert value.instant == instant


@settings(max_examples=500)
@given(
    st.one_of(
        st.text(st.characters(exclude_categories=[]), max_size=60),
        st.text(st.sampled_from("0123456789 :./-,+TZ年月日"), max_size=30),
        st.lists(
            st.sampled_from(
                [
                    "20",
                    "9",
                    "2026",
                    "26",
                    "Sep",
                    "вер",
                    "нд",
                    "08:15",
                    "+0300",
                    "MSK",
                    "/",
                    ".",
                    "-",
                    ",",
                    "mar",
                    "99",
                    "T",
                    "ago",
                    "вчора",
                    "a.m.",
                    "(",
                    ")",
                ]
            ),
            max_size=8,
        ).map(" ".join),
    )
)
def test_any_text_gives_an_instant_of_our_time_or_none(raw: str) -> None:
    value = parse_date(raw, source="x", zone="Europe/Kyiv", now=NOW)
    if value is not None:
        assert value.instant.utcoffset() == timedelta(0)
        assert plausible(value.instant, NOW)
        assert value == parse_date(raw, source="x", zone="Europe/Kyiv", now=NOW)
