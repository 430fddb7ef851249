"""Dates at the headline of pages without structured data: published and changed, zones, and times that are not the piece's."""

from __future__ import annotations

from datetime import timedelta

import pytest

from unit.extraction.heads import NOW, read


@pytest.mark.parametrize(
    ("head", "published", "modified"),
    [
        ("<div>Publié le 20/09/2026 à 10h02, mis à jour le 20/09/2026 à 12h30</div>", "10:02", "12:30"),
        ("<div>Giriş: 20.09.2026 - 10:02 Güncelleme: 20.09.2026 - 12:30</div>", "10:02", "12:30"),
        ("<div>Julkaistu 20.9.2026 klo 10.02, päivitetty 20.9.2026 klo 12.30</div>", "10:02", "12:30"),
        ("<div>Aktualizováno: 20. 9. 2026 12:30 | Publikováno: 20. 9. 2026 10:02</div>", "10:02", "12:30"),
        ("<div>公開日時：2026/09/20 10:02 更新日時：2026/09/20 12:30</div>", "10:02", "12:30"),
        ("<ul><li>입력 2026.09.20 10:02</li><li>수정 2026.09.20 12:30</li></ul>", "10:02", "12:30"),
        ("<div>نشر في: 20 سبتمبر 2026 - 10:02</div><div>آخر تحديث: 20 سبتمبر 2026 - 12:30</div>", "10:02", "12:30"),
        ("<div>20 września 2026, godz. 10:02</div>", "10:02", None),
        ("<div>20.09.2026 г., 10:02 ч.</div>", "10:02", None),
        ("<div>Objavljeno: 20. rujna 2026. u 10:02</div>", "10:02", None),
        ("<div>2026. szeptember 20. vasárnap, 10:02</div>", "10:02", None),
        ("<div>2026年9月20日 10時02分</div>", "10:02", None),
        ("<div>2026.09.20 오전 10:02</div>", "10:02", None),
        ("<div>20.09.2026. | 10:02</div>", "10:02", None),
        ("<div>20 september 2026 om 10:02 uur</div>", "10:02", None),
        ("<div>20 Septemba 2026, 10:02</div>", "10:02", None),
        ("<div>יום ראשון 20 בספטמבר 2026 בשעה 10:02</div>", "10:02", None),
        ("<div>الأحد 20 سبتمبر 2026 10:02 ص</div>", "10:02", None),
        ("<div>20 Σεπτεμβρίου 2026, 10:02 π.μ.</div>", "10:02", None),
        ("<div>الأحد 20 سبتمبر 2026 04:02 م</div>", "16:02", None),
        # the date of an element that shows something else
        ("<abbr class=published title='2026-09-20T10:02:00'>Sunday</abbr>", "10:02", None),
        ("<time title='20 September 2026 10:02'>2d</time>", "10:02", None),
        ("<div>Written by Anna Smith | Edited by Ben Jones | Sep 20, 2026, 10:02 am</div>", "10:02", None),
        # what looks like its time and is none does not cost the day
        ("<div>20 September 2026 um 99:99</div>", "00:00", None),
    ],
)
def test_published_and_changed_at_the_headline(head: str, published: str, modified: str | None) -> None:
    found = read(f"<html><body><h1>The bridge is open again</h1>{head}<p>And so the text begins.</p></body></html>")
    assert found.published_at is not None
    assert f"{found.published_at:%Y-%m-%d %H:%M}" == f"2026-09-20 {published}"
    assert (f"{found.modified_at:%H:%M}" if found.modified_at else None) == modified


@pytest.mark.parametrize(
    ("shown", "offset"),
    [
        ("14:05 (МСК) 19 сентября 2026 г.", timedelta(hours=3)),
        ("Thứ bảy, 19/09/2026 - 14:05 (GMT+7)", timedelta(hours=7)),
        ("19 September 2026 14:05 (UTC+2)", timedelta(hours=2)),
    ],
)
def test_a_zone_in_brackets_is_the_page_s_own(shown: str, offset: timedelta) -> None:
    html = f"<html lang=vi><body><h1>The bridge is open again</h1><div>{shown}</div><p>Text.</p></body></html>"
    found = read(html)
    assert found.published_at is not None
    assert found.published_at.utcoffset() == offset
    assert f"{found.published_at:%d %H:%M}" == "19 14:05"


def test_the_times_of_a_ticker_above_the_headline_come_last() -> None:
    ticker = "<div class=ticker><time datetime='2026-09-20T10:00:00Z'>10:00</time> <a href=/x>Mayor resigns</a></div>"
    own = (
        "<main><h1>The bridge is open again</h1><time datetime='2026-09-18T14:05:00Z'>18 Sept</time><p>Text.</p></main>"
    )
    found = read(f"<html><body>{ticker}{own}</body></html>")
    assert found.published_at is not None
    assert found.published_at.day == 18


def test_the_time_of_the_request_is_no_publication() -> None:
    now = NOW - timedelta(minutes=1)
    head = f'<meta property="article:published_time" content="{now.isoformat()}">'
    shown = "<div>12 August 2026, 9:41 am</div>"
    found = read(f"<html><head>{head}</head><body><h1>The bridge is open</h1>{shown}<p>Text.</p></body></html>")
    assert found.published_at is not None
    assert f"{found.published_at:%Y-%m-%d %H:%M}" == "2026-08-12 09:41"
    assert found.dates_refused
    # a piece that was published this minute shows no earlier day
    found = read(f"<html><head>{head}</head><body><h1>The bridge is open</h1><p>Text.</p></body></html>")
    assert found.published_at == now
