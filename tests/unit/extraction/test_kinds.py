"""Kinds over counted signals: a wall needs a sign and the absence of a text; an article with the sign stays one."""

import pytest

from newswire.extraction.kinds import kind_before_text, kind_with_text, paywall_signs
from newswire.extraction.page import open_page
from newswire.extraction.signals import Counted, Signals, read_signals
from newswire.extraction.values import PageKind
from newswire.ledger import Reason

URL = "https://outlet.example/2026/03/harbour-wall.html"
TEXT = "The council of Larkport approved the budget for the harbour wall on Monday, after a debate of three hours. "


def signals(counted: Counted | None = None, **changed) -> Signals:
    values = {
        "url": URL,
        "status": None,
        "paragraph_chars": 0,
        "types": frozenset(),
        "not_free": False,
        "few": counted is not None,
        "counted": counted or Counted(),
    }
    return Signals(**(values | changed))


SIGNS = [
    Counted(title="Just a moment...", text_chars=120, scripts=900),
    Counted(title="Access denied", text_chars=120),
    Counted(title="Подтвердите, что вы не робот", text_chars=90),
    Counted(title="404 Not Found", text_chars=60),
    Counted(heading="Сторінку не знайдено", text_chars=60),
    Counted(title="Цей домен продається", text_chars=60),
    Counted(title="Anmelden", text_chars=60, password=True),
    Counted(text_chars=0, scripts=5_000, mount_point=True),
    Counted(text_chars=20, refresh=True),
    Counted(text_chars=0, frames=True),
]


@pytest.mark.parametrize("counted", SIGNS)
def test_a_sign_without_text_is_no_article(counted):
    verdict = kind_before_text(signals(counted))
    assert verdict is not None
    assert verdict.reason is not None
    assert verdict.why


@pytest.mark.parametrize("counted", SIGNS)
def test_the_same_sign_over_plenty_of_text_is_left_to_the_text(counted):
    assert kind_before_text(signals(None, paragraph_chars=2_000)) is None
    plenty = {name: getattr(counted, name) for name in Counted.__dataclass_fields__} | {"text_chars": 5_000}
    assert kind_before_text(signals(Counted(**plenty))) is None


@pytest.mark.parametrize("page", ["<p>{}</p>", "<div>{}<br>{}</div>", "<table><tr><td>{}</td></tr></table>"])
@pytest.mark.parametrize(
    "sign",
    [
        '<div class="cookie"><p>We and our partners use cookies. Consent?</p><button>Accept all</button></div>',
        '<form><input type="password"></form>',
        '<div class="g-recaptcha"></div>',
        "<noscript>Please enable JavaScript.</noscript>",
    ],
)
def test_an_article_with_a_banner_or_a_form_is_read(page, sign):
    body = f"<html><title>Harbour wall</title><body><h1>Harbour wall</h1>{page.replace('{}', TEXT * 15)}{sign}</body>"
    seen = read_signals(open_page(body.encode(), URL))
    assert kind_before_text(seen) is None
    assert kind_with_text(seen, TEXT * 15).kind == PageKind.ARTICLE


LAYERS = [
    '<div id="consent-layer" class="hidden"><p>{}</p><button>Zustimmen</button></div>',
    '<div role="dialog"><p>{}</p><button>Zustimmen</button></div>',
    '<section style="display: none"><p>{}</p><button>Zustimmen</button></section>',
    '<div class="cookie-banner"><p>{} {}</p><button>Zustimmen</button></div>',
]
DIALOGUE = "Wir und unsere Partner verarbeiten Ihre Daten. Mit Ihrer Zustimmung setzen wir Cookies: Datenschutz."


@pytest.mark.parametrize("layer", LAYERS)
def test_a_consent_layer_beside_a_brief_is_no_wall_and_alone_it_is_one(layer):
    layer = layer.replace("{}", DIALOGUE)
    brief = f"<html><title>Hafenmauer</title><body>{layer}<h1>Hafenmauer</h1><p>{TEXT}</p><p>{TEXT}</p></body></html>"
    assert kind_before_text(read_signals(open_page(brief.encode(), URL))) is None
    alone = f"<html><title>Hafenblatt</title><body>{layer}<p>Hafenblatt</p></body></html>"
    assert kind_before_text(read_signals(open_page(alone.encode(), URL))).reason == Reason.CONSENT


def test_a_short_article_below_an_unnamed_banner_is_read():
    banner = f"<div><p>{DIALOGUE}</p><button>Zustimmen</button></div>"
    body = f"<html><title>Hafenmauer</title><body>{banner}<div>{TEXT * 11}</div></body></html>"
    assert kind_before_text(read_signals(open_page(body.encode(), URL))) is None


def test_a_video_with_a_caption_beside_other_headlines_is_a_video():
    caption = "Filmed from a drone, one minute and twenty seconds."
    headlines = "\n".join(["Ferry firm drops the night crossing after a summer of empty decks and angry letters"] * 6)
    video = frozenset({"videoobject", "video.other"})
    assert kind_with_text(signals(Counted(players=1), types=video), f"{caption}\n{headlines}").reason == Reason.VIDEO
    assert kind_with_text(signals(Counted(players=1), types=video), f"{TEXT.strip()}\n" * 4).reason is None
    assert kind_with_text(signals(Counted(players=1), types=video | {"newsarticle"}), caption).reason is None


def test_an_article_about_missing_pages_is_an_article():
    body = f"<html><title>Why the page is not found: 404 turns 30</title><body><p>{TEXT * 8}</p></body></html>"
    assert kind_before_text(read_signals(open_page(body.encode(), URL))) is None


def test_a_live_blog_with_text_is_kept():
    verdict = kind_with_text(signals(types=frozenset({"liveblogposting"})), TEXT * 20)
    assert (verdict.kind, verdict.reason) == (PageKind.LIVE_BLOG, None)


def test_a_teaser_behind_a_wall_is_a_paywall_and_a_long_text_is_not():
    assert kind_with_text(signals(Counted(), not_free=True), TEXT).reason == Reason.PAYWALL
    assert kind_with_text(signals(not_free=True), TEXT * 20).reason is None


def test_a_brief_of_two_sentences_is_an_article():
    assert kind_with_text(signals(Counted(text_chars=200)), TEXT + TEXT).reason is None


def test_hardly_a_word_beside_a_player():
    assert kind_with_text(signals(Counted(players=1)), "Watch.").reason == Reason.TOO_SHORT
    assert (
        kind_with_text(signals(Counted(players=1), types=frozenset({"video.other"})), "Watch.").reason == Reason.VIDEO
    )


@pytest.mark.parametrize(
    "notice",
    [
        "Subscribe to continue reading",
        "Щоб читати далі, оформіть передплату",
        "Чтобы читать дальше, оформите подписку",
        "Weiterlesen mit BoteplusPlus+",
        "Article réservé aux abonnés",
        "Contenido exclusivo para suscriptores",
        "Conteúdo exclusivo para assinantes",
        "Contenuto riservato agli abbonati",
    ],
)
def test_paywall_notices(notice):
    assert paywall_signs(signals(), TEXT, [notice])
    assert not paywall_signs(signals(), TEXT, ["Subscribe to our newsletter"])


@pytest.mark.parametrize(
    "offer",
    [
        "Sign up to get the latest news in your inbox",
        "Log in to read your saved stories",
        "Оформіть передплату на газету",
    ],
)
def test_offers_that_are_no_paywall(offer):
    assert not paywall_signs(signals(), TEXT, [offer])
    assert kind_with_text(signals(Counted(opening=f"{TEXT}{offer}")), TEXT).kind == PageKind.ARTICLE


@pytest.mark.parametrize(
    "body",
    [
        "<title>Технічні роботи</title><h1>Сайт тимчасово недоступний</h1><p>Проводяться технічні роботи.</p>",
        "<title>Сайт на обслуживании</title><p>Ведутся технические работы, приносим извинения.</p>",
        "<title>Maintenance</title><h1>We’ll be back soon!</h1><p>Sorry for the inconvenience, we try to hurry.</p>",
        "<title>Wartungsarbeiten</title><p>Unsere Seite wird gerade gewartet und ist bald wieder für Sie da.</p>",
        "<title>news | 502: Bad gateway</title><h1>Bad gateway Error code 502</h1><p>The web server reported an error.</p>",
        "<b>Fatal error</b>: Uncaught Error: Call to undefined function get_header() in /var/www/single.php on line 12",
        "<p>Ваш браузер устарел. Установите современный браузер, чтобы читать сайт дальше.</p>",
    ],
)
def test_a_site_out_of_order_is_no_article(body):
    verdict = kind_before_text(read_signals(open_page(f"<html><body>{body}</body></html>".encode(), URL)))
    assert (verdict.kind, verdict.reason) == (PageKind.STUB, Reason.STUB)
    article = f"<html><body>{body}<p>{TEXT}</p><p>{TEXT}</p><p>{TEXT}</p><p>{TEXT}</p></body></html>"
    assert kind_before_text(read_signals(open_page(article.encode(), URL))) is None


def test_a_region_that_is_refused_is_a_challenge():
    body = "<html><title>Sorry</title><body><p>This content is not available in your region, we are afraid.</p></body></html>"
    assert kind_before_text(read_signals(open_page(body.encode(), URL))).reason == Reason.CHALLENGE


@pytest.mark.parametrize(
    "heading",
    ["Pagina nu a fost găsită", "Az oldal nem található", "Sayfa bulunamadı", "Страница није пронађена", "Старонка не знойдзена",
     "Η σελίδα δεν βρέθηκε", "Sidan kunde inte hittas"],
)  # fmt: skip
def test_missing_pages_of_more_languages(heading):
    body = f"<html><body><h1>{heading}</h1></body></html>"
    assert kind_before_text(read_signals(open_page(body.encode(), URL))).reason == Reason.SOFT_404


def test_a_login_form_beside_short_paragraphs_is_an_article():
    paragraphs = "".join(f"<p>{sentence}.</p>" for sentence in (TEXT.strip(". ")[:95],) * 4)
    body = f"<html><title>Wall</title><body>{paragraphs}<form><input type=password></form></body></html>"
    assert kind_before_text(read_signals(open_page(body.encode(), URL))) is None


def test_a_brief_that_speaks_of_cookies_is_no_dialogue_without_its_buttons():
    text = "Die Bäckerei verkauft keine Cookies mehr. Cookies sagt hier keiner, meint sie zum Datenschutz."
    assert kind_with_text(signals(Counted(opening=text)), text).kind == PageKind.ARTICLE
    assert kind_with_text(signals(Counted(opening=f"{text} Akzeptieren")), text).kind == PageKind.CONSENT


def test_the_player_of_a_platform_is_a_video():
    body = '<html><title>Tram</title><body><h1>Tram</h1><iframe src="https://www.youtube.com/embed/a"></iframe></body></html>'
    seen = read_signals(open_page(body.encode(), URL), frozenset({"videoobject"}))
    assert kind_before_text(seen) is None
    assert kind_with_text(seen, "").reason == Reason.VIDEO


@pytest.mark.parametrize("path", ["author/morag-sim/", "en/tag/ferry-to-skerry", "topics/harbour"])
def test_the_page_of_an_author_or_a_tag_is_an_index(path):
    links = Counted(long_links=20, link_chars=900, text_chars=1_200)
    assert kind_with_text(signals(links, url=f"https://outlet.example/{path}"), "A word.\n" * 9).kind == PageKind.INDEX
