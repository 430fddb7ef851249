"""Which language a text is in."""

from __future__ import annotations

import socket

import pytest

from newswire.extraction.language import detect_language

UK = "Міністерство оборони повідомило, що сили протиповітряної оборони вночі збили двадцять безпілотників."
RU = "Министерство обороны сообщило, что ночью силы противовоздушной обороны сбили двадцать беспилотников."
BE = "Міністэрства абароны паведаміла, што ўначы сілы супрацьпаветранай абароны збілі дваццаць беспілотнікаў."
BG = "Министерството на отбраната съобщи, че през нощта противовъздушната отбрана е свалила двадесет дрона."


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (UK, "uk"),
        (RU, "ru"),
        (BE, "be"),
        (BG, "bg"),
        ("Во текот на ноќта беа соборени дваесет беспилотни летала, соопшти министерството.", "mk"),
        ("Током ноћи оборено је двадесет беспилотних летелица, саопштило је министарство.", "sr"),
        ("The defence ministry said that twenty drones were shot down overnight.", "en"),
        ("Das Verteidigungsministerium teilte mit, dass in der Nacht zwanzig Drohnen abgeschossen wurden.", "de"),
        ("Ministerstwo obrony poinformowało, że w nocy zestrzelono dwadzieścia dronów.", "pl"),
        ("Τη νύχτα καταρρίφθηκαν είκοσι μη επανδρωμένα αεροσκάφη.", "el"),
        ("国防部表示，夜间击落了二十架无人机。", "zh"),
        ("国防省は夜間に20機の無人機を撃墜したと発表した。", "ja"),
        ("국방부는 밤사이 드론 20대를 격추했다고 밝혔다.", "ko"),
        ("ЦЕ НАЙБІЛЬША АТАКА ЗА МІСЯЦЬ, ЗАЯВИЛИ У ВІЙСЬКУ", "uk"),
        ("Їжак і ґава", "uk"),
        ("Эти выборы", "ru"),
    ],
)
def test_texts_and_headlines(text: str, code: str) -> None:
    assert detect_language(text).code == code


def test_a_mixed_page_is_in_the_language_of_its_greater_part() -> None:
    mixed = "\n".join([UK + " " + UK, f"«{RU}»", UK + " Про це йдеться у повідомленні.", UK])
    assert detect_language(mixed).code == "uk"
    other = "\n".join([RU + " " + RU, f"«{UK}»", RU + " Об этом говорится в сообщении.", RU])
    assert detect_language(other, declared="uk").code == "ru"


def test_a_second_language_is_reported() -> None:
    guess = detect_language("\n".join([UK, UK, RU, RU, UK]))
    assert guess.code == "uk"
    assert guess.others == ("ru",)
    assert detect_language("\n".join([UK] * 5)).others == ()


def test_the_declaration_decides_close_calls_only() -> None:
    assert detect_language("Trump", declared="de-AT").code == "de"
    assert detect_language(RU, declared="uk").code == "ru"
    assert detect_language(UK, declared="ru").code == "uk"


@pytest.mark.parametrize("declared", [None, "", "x", "en-us-oed-!", "1234", "ua", "\ud800"])
def test_nothing_to_judge(declared: str | None) -> None:
    guess = detect_language("12:30 — 7 %", declared=declared)
    assert guess.code in (None, "uk", "en")
    assert guess.confidence <= 0.3


def test_deterministic_and_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the detector opened a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    assert detect_language(UK) == detect_language(UK)
    assert 0.9 < detect_language(UK).confidence <= 0.999
