"""Pages that list other pieces, missing pages and paywalls, in more languages; and pieces that only look alike."""

import pytest

from newswire.extraction import Extraction, PageKind, extract_page


def extracted(body: str, url: str = "https://outlet.example/news/71", head: str = "") -> Extraction:
    page = f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return extract_page(page.encode(), url)


def cards(number: int, *, tag: str = "p") -> str:
    return "".join(
        f'<div class="post"><h2><a href="/2026/11/{n}-story">Another headline of the day in Larkport, number {n}</a></h2><{tag}>'
        f"Story number {n} is told here in one sentence of some length, so that readers of the town click.</{tag}></div>"
        for n in range(number)
    )


TEXT = [
    f"The council of Larkport spoke of part {n} of the harbour wall for an hour, and then voted on it."
    for n in range(20)
]
PIECE = "".join(f"<p>{line}</p>" for line in TEXT)
LISTS = ["/", "/tag/bridge/", "/category/news/local/", "/author/anna-reyes/", "/tag/bridge/page/2/", "/news/index.html"]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("tag", ["p", "div"])
def test_excerpts_below_linked_headlines_are_no_piece(path, tag):
    found = extracted(f"<main><h1>Bridge</h1>{cards(24, tag=tag)}</main>", f"https://outlet.example{path}")
    assert found.kind is PageKind.INDEX


def test_plugins_call_a_list_an_article_and_a_collection():
    head = '<meta property="og:type" content="article"><script type="application/ld+json">{"@type":"CollectionPage"}</script>'
    found = extracted(f"<main><h1>Bridge</h1>{cards(24)}</main>", "https://outlet.example/tag/bridge/", head)
    assert found.kind is PageKind.INDEX


@pytest.mark.parametrize("path", [*LISTS, "/2026/11/harbour-wall-voted-on"])
def test_a_piece_beside_excerpts_is_one(path):
    found = extracted(
        f"<main><article><h1>Wall</h1>{PIECE}</article><section>{cards(8)}</section></main>",
        f"https://outlet.example{path}",
    )
    assert found.kind is PageKind.ARTICLE
    assert found.text.split("\n")[:3] == TEXT[:3]


def test_a_digest_under_an_address_of_its_own_is_a_piece():
    found = extracted(
        f"<main><h1>Ten stories of the week</h1>{cards(10)}</main>",
        "https://outlet.example/2026/11/ten-stories-of-the-week",
    )
    assert found.kind is PageKind.ARTICLE


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Sayfa bulunamadı", "Aradığınız sayfa kaldırılmış olabilir."),
        ("الصفحة غير موجودة", "عذرا، الصفحة التي تبحث عنها غير موجودة."),
        ("הדף לא נמצא", "הדף שחיפשתם אינו קיים."),
        ("页面不存在", "您访问的页面不存在或已被删除。"),
        ("ページが見つかりません", "お探しのページは見つかりませんでした。"),
        ("페이지를 찾을 수 없습니다", "요청하신 페이지를 찾을 수 없습니다."),
    ],
)
def test_missing_pages_in_more_languages(title, text):
    assert extracted(f"<main><h1>{title}</h1><p>{text}</p></main>").kind is PageKind.SOFT_404


@pytest.mark.parametrize(
    ("first", "notice"),
    [
        (
            "De gemeenteraad van Groendal heeft dinsdagavond de begroting aangenomen.",
            "Dit artikel is alleen voor abonnees",
        ),
        (
            "Kommunfullmäktige antog på tisdagskvällen nästa års budget med stor majoritet.",
            "Redan prenumerant? Logga in",
        ),
        (
            "緑谷市議会は火曜日の夜、来年度の予算案を賛成多数で可決した。賛成は二十一人だった。",
            "有料会員になると続きをお読みいただけます。",
        ),
        ("绿谷市议会周二晚间以多数票通过了明年的预算案，共有二十一名议员投了赞成票。", "订阅后阅读全文"),
    ],
)
def test_paywalls_in_more_languages(first, notice):
    found = extracted(f"<main><article><h1>Budget</h1><p>{first}</p><p>{notice}</p></article></main>")
    assert (found.kind, found.paywalled) == (PageKind.PAYWALL, True)


def test_what_stands_over_a_teaser_is_a_sign_of_a_paywall():
    layer = '<div class="paywall-overlay"><p>This article is for subscribers only.</p></div>'
    found = extracted(f"<main><article><h1>Wall</h1><p>{TEXT[0]}</p>{layer}</article></main>")
    assert (found.kind, found.paywalled) == (PageKind.PAYWALL, True)


def test_an_agency_in_brackets_before_the_place():
    assert (
        extracted(f"<main><h1>Bilancio</h1><p>(ANSA) - VALDOMBRA, 18 NOV - {TEXT[0]}</p>{PIECE}</main>").agency
        == "ANSA"
    )
