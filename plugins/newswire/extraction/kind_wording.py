"""The words by which pages say what kind of page they are, in the languages of the catalogue: data for the decisions beside it.

Every pattern is one alternation per language group (en, uk, ru, de, fr, pl, es, pt, it, cs/sk, bg, and the Nordic and
Dutch forms where they are short). Patterns are for text in lower case: searching without regard to case takes
twice as long. They name wording, never a site.
"""

from __future__ import annotations

import re


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases))


# A page that the server does not have, said with status 200.
MISSING = _any(
    r"\b(?:error|http|status)?\s*404\b(?:\s*(?:[-–—:|]|not|error|page|помилка|ошибка|seite|erreur|strona|p[aá]gina)|"
    r"\s*$)",
    r"(?:page|article|story|content|post|document|file|url)(?: you (?:requested|are looking for|were looking for|"
    r"want))?"
    r" (?:was |is |has |could |can)?(?:not |n[o']t |no longer |been )?(?:be )?(?:not found|found\b(?<=not found)|"
    r"removed|deleted"
    r"|unavailable|no longer (?:exists|available)|does not exist|doesn[’']t exist|cannot be found|can[’']t be found)",
    r"(?:page|article|story) (?:could )?not (?:be )?found|^not found$|nothing (?:was )?found here|we (?:can[’']t|"
    r"couldn[’']t|cannot)"
    r" find (?:that|the|this) (?:page|article|story)|this (?:page|article|story) (?:isn[’']t|is not|"
    r"is no longer) available",
    r"(?:сторінк[уиа]|матеріал|новин[уа]|стаття|статтю|запис)[^.!?\n]{0,30}(?:не знайден|не існує|видален|"
    r"більше не доступн|недоступн)",
    r"(?:страниц[аыу]|материал|новость|статья|запись|публикация)[^.!?\n]{0,30}(?:не найден|не существует|удал[её]н|"
    r"больше не доступ|недоступ)",
    r"(?:такої|цієї) сторінки (?:не існує|немає)|(?:такой|этой) страницы (?:не существует|нет)",
    r"(?:seite|artikel|beitrag|inhalt)[^.!?\n]{0,40}(?:nicht (?:gefunden|mehr verfügbar|verfügbar|vorhanden)|"
    r"existiert nicht|gelöscht)",
    r"page (?:introuvable|non trouvée|inexistante)|(?:page|article)[^.!?\n]{0,40}(?:n[’']existe (?:pas|plus)|"
    r"n[’']est plus disponible|introuvable)",
    r"(?:strona|strony|artykuł|materiał)[^.!?\n]{0,40}(?:nie istnieje|nie została znaleziona|"
    r"nie zosta[łl][ao]?(?: on[ay]?)? (?:odnalezion|znalezion)|został usunięty)|nie znaleziono (?:strony|artykułu)",
    r"(?:p[aá]gina|art[ií]culo|noticia|contenido|artigo|not[ií]cia|conteúdo)[^.!?\n]{0,40}"
    r"(?:no (?:encontrad|existe|disponible|está disponible|se ha encontrado|se encuentra)|não (?:encontrad|existe|"
    r"disponível|foi encontrad|está disponível))",
    r"(?:pagina|articolo)[^.!?\n]{0,40}(?:non (?:trovat|esiste|disponibile|è (?:stata|stato)? ?(?:trovat|disponibil)))",
    r"(?:stránka|stránku|článek|článok)[^.!?\n]{0,40}(?:nenalezen|nebyl[ao]? nalezen|neexistuje|nenájden|"
    r"nebol[ao]? nájden)",
    r"(?:страницата|статията|новината)[^.!?\n]{0,40}(?:не (?:е намерена|съществува|беше намерена)|изтрита)",
    r"pagina (?:nu (?:a fost|există|este)|pe care o căutați)|az oldal (?:nem (?:található|létezik))|"
    r"sayfa(?:sı)? bulunamadı|"
    r"страниц[аеу] (?:није|не) (?:пронађен|постоји)|stranica nije pronađena|старонк[аі][^.!?\n]{0,30}не (?:знойдзен|"
    r"існуе)|η σελίδα[^.!?\n]{0,30}(?:δεν βρέθηκε|δεν υπάρχει)",
    r"sayfa[^.!?\n]{0,40}(?:bulunamadı|kaldırılmış|mevcut değil)|"
    r"(?:الصفحة|المقال)[^.!؟\n]{0,40}(?:غير موجود|لم يتم العثور|محذوف)|"
    r"(?:הדף|העמוד|הכתבה)[^.!?\n]{0,30}(?:לא נמצא|אינו קיים|לא קיי[םמ])|(?:页面|頁面|网页|文章|内容)[^。\n]{0,12}(?:不存在|"
    r"已(?:被)?[删刪]除|找不到|未找到)|(?:找不到|未找到)[^。\n]{0,10}(?:页面|頁面|网页)|ページ[^。\n]{0,20}(?:見つかりません|存在しません|削除され)|"
    r"記事[^。\n]{0,12}(?:見つかりません|公開(?:が)?終了)|(?:페이지|기사)[^.\n]{0,20}(?:찾을 수 없|존재하지 않|삭제)|"
    r"(?:tražena|ova) stranica ne postoji|a keresett oldal (?:nem|megszűnt)|"
    r"(?:pagina|artikel)[^.!?\n]{0,30}niet (?:gevonden|beschikbaar)|(?:sidan|siden|"
    r"sivua)[^.!?\n]{0,40}(?:hittades inte|kunde inte hittas|finns inte|ble ikke funnet|blev ikke fundet|ei löy)",
)
# A check that a person reads, not a programme; or that the reader is in the right country.
CHALLENGE = _any(
    r"^just a moment|attention required!|checking (?:if the site connection is secure|your browser)|"
    r"verify(?:ing)? (?:that )?you are (?:a )?human",
    r"are you a (?:robot|human)\?|(?:prove|confirm) (?:that )?you(?:[’']re| are) (?:not a robot|human)|"
    r"i[’']?a?m not a robot",
    r"(?:complete|solve) the (?:security check|captcha)|unusual traffic from your|"
    r"enable javascript and cookies to continue",
    r"please enable js and disable any ad blocker|access (?:to this page )?(?:has been )?denied|"
    r"ddos[- ]?(?:protection|guard|захист|защита)",
    r"pardon our interruption|request unsuccessful\. incapsula|your browser will redirect to your requested content",
    r"перев(?:ірка|іряємо)[^.\n]{0,20}браузер|перевірка безпеки|підтверд(?:іть|іть,)? що ви (?:не робот|людина)|"
    r"ви не робот",
    r"проверка (?:вашего )?браузера|проверяем (?:ваш )?браузер|подтвердите,? что (?:вы не робот|"
    r"запросы отправляли вы)|вы не робот|доступ (?:ограничен|заблокирован|запрещ[её]н)",
    r"your browser is being checked|ihr browser wird (?:überprüft|geprüft)|(?:not available|unavailable) in your "
    r"(?:region|country|location)|unavailable (?:due to|for) legal reasons|access (?:to this (?:site|page|"
    r"website) )?from your "
    r"(?:region|country)|недоступ\w+ (?:у|в|для) ваш\w+ (?:регіон|країн|регион|стран)\w*|з вашого регіону|"
    r"из вашего региона|"
    r"in ihrem land nicht verfügbar|n[’']est pas (?:disponible|accessible) dans votre (?:pays|région)|"
    r"no está disponible en "
    r"(?:tu|su) (?:país|región)|niedostępn\w+ w (?:twoim|państwa) kraju",
    r"sind sie ein (?:mensch|roboter)|ich bin kein roboter|sicherheitsüberprüfung|(?:überprüfen|"
    r"prüfen) sie,? dass sie ein mensch",
    r"vérifi(?:ez|er) que vous êtes (?:un )?humain|je ne suis pas un robot|vérification de (?:votre navigateur|"
    r"sécurité)",
    r"nie jestem robotem|sprawdzanie (?:twojej )?przeglądarki|potwierdź,? że (?:jesteś człowiekiem|nie jesteś robotem)",
    r"no soy un robot|verifi(?:que|ca) que (?:es|eres) humano|comprobando su navegador|não sou um robô|"
    r"verifique se você é humano",
    r"non sono un robot|verifica di essere umano|nejsem robot|ověř(?:te|ení),? že (?:jste člověk|nejste robot)|"
    r"не съм робот|потвърдете,? че (?:сте човек|не сте робот)",
)
CHALLENGE_CODE = _any(
    r"challenge-platform|cf[-_]chl[-_]|cf-turnstile|/cdn-cgi/challenge|px-captcha|captcha-delivery\.com|geo\.captcha|"
    r"_incapsula_resource",
    r"g-recaptcha|h-captcha|hcaptcha\.com|smartcaptcha|ddos-guard|sucuri_cloudproxy|aws-?waf-?(?:token|captcha)|"
    r"akam/\d+/pixel_|__qrator",
)
# The server speaks in the place of the site: at work on it, broken, or not content with the browser.
OUT_OF_ORDER = _any(
    r"(?:50[0234]|error)\b[^.\n]{0,30}(?:bad gateway|internal server error|service (?:temporarily )?unavailable|"
    r"gateway "
    r"time-?out)|^bad gateway|error establishing a database connection|(?:fatal|parse) error\b[^\n]{0,200}\bon line \d|"
    r"(?:too many connections|can[’']t connect to (?:local )?mysql)",
    r"^(?:site |website )?(?:is )?(?:under|down for|scheduled) maintenance|^maintenance(?: mode)?$|(?:performing|"
    r"undergoing) "
    r"(?:some |scheduled |routine )?maintenance|we[’']ll be back (?:soon|shortly|online)",
    r"(?:проводяться|тривають|ведуться) (?:технічні|профілактичні|планові) робот|сайт (?:тимчасово|"
    r"зараз) (?:недоступн|не прац)"
    r"|(?:ведутся|проводятся|идут) (?:технические|профилактические|плановые) работ|сайт (?:временно|"
    r"сейчас) (?:недоступ|"
    r"не работ|закрыт)|сайт на (?:обслуживании|реконструкции)|вядуцца тэхнічныя работы",
    r"^wartungs(?:arbeiten|modus)|(?:seite|website) (?:wird|ist) (?:gerade|derzeit|zurzeit|"
    r"momentan)[^.\n]{0,20}(?:gewartet|nicht "
    r"erreichbar|überarbeitet)|(?:site|page) (?:est )?(?:en|pour) (?:cours de )?maintenance|(?:sitio|página|site) en? "
    r"mant(?:enimiento|imiento)|sito in manutenzione|em manutenção|(?:strona|serwis)[^.\n]{0,30}(?:prace (?:techniczne|"
    r"serwisowe)|przerwa techniczna)|trwają prace (?:techniczne|serwisowe)|probíhá údržba|сайтът (?:е в|временно)",
    r"(?:ваш|твой) браузер (?:устарел|не поддерживается)|ваш браузер (?:застарів|не підтримується)|"
    r"your browser is (?:out of "
    r"date|outdated|not supported|no longer supported)|ihr browser (?:ist veraltet|wird nicht (?:mehr )?unterstützt)",
)
PARKED = _any(
    r"(?:this |the )?domain(?: name)?(?: [\w.-]{3,60})? (?:is|may be|might be)(?: now)? (?:for sale|parked|"
    r"available for purchase)",
    r"(?:buy|purchase|acquire|inquire about) (?:this|the) domain|domain (?:parking|parked)|parked (?:free|domain)|"
    r"sedoparking|domain has expired",
    r"this (?:web ?page|site|website) (?:is|was) (?:parked|generated by the domain owner)|domain (?:owner|"
    r"inhaber)[^.\n]{0,40}(?:sedo|parking)",
    r"домен(?:не ім[’']я)? (?:продається|на продаж|припарковано|вільний)|домен(?:ное имя)? (?:прода[её]тся|"
    r"выставлен на продажу|припаркован|истек|свободен)|купить (?:этот )?домен|купити (?:цей )?домен",
    r"(?:diese )?domain (?:steht zum verkauf|ist zu verkaufen|kaufen|ist geparkt)|(?:ce |"
    r"le )?(?:nom de )?domaine (?:est )?(?:à vendre|en vente|parké)|acheter ce (?:nom de )?domaine",
    r"(?:ta )?domena (?:jest )?(?:na sprzedaż|zaparkowana|została zaparkowana)|kup (?:tę )?domenę|"
    r"(?:este )?dominio (?:está )?(?:en venta|a la venta|aparcado)|(?:este )?domínio (?:está )?à venda",
    r"(?:questo )?dominio (?:è )?in vendita|(?:tato )?doména (?:je )?(?:na prodej|k prodeji|zaparkovaná|na predaj)|"
    r"домейнът (?:се продава|е паркиран)",
)
# Words of consent dialogues; two of them in the opening of a page with little text make a wall.
CONSENT = _any(
    r"\bcookies?\b|\bconsent\b|\bour (?:\d[\d.,]* )?partners\b|personali[sz]ed (?:ads|advertising|content)|"
    r"privacy (?:policy|settings|choices)|legitimate interest",
    r"\bcookie\w*|файл[иы]?в? cookie|згод[ауи] на|обробк[ауи] (?:персональних )?даних|персональн(?:их|ых|ые|і) дан|"
    r"наш(?:ими|і|и|их) (?:\d+ )?партнер|апрацоўку персанальных|персанальны|"
    r"\bcookie-uri|date cu caracter personal|consimțământul|parteneri ai noștri|согласи[ея] на|"
    r"обработк[ауи] (?:персональных )?данных",
    r"\bzustimm\w+|einwillig\w+|datenschutz\w*|(?:unsere|und) (?:\d[\d.]* )?partner\b|verarbeiten (?:ihre|deine|"
    r"personenbezogene) daten|personalisierte (?:werbung|anzeigen)|pur-abo|werbung lesen",
    r"\bconsentement\b|nos (?:\d[\d .]* )?partenaires|données personnelles|politique de confidentialité|"
    r"publicités? personnalisé",
    r"\bzgod[yęa]\b|nasi (?:zaufani )?partnerzy|partnerzy|dan(?:e|ych) osobow(?:e|ych)|polityk[ai] prywatności|"
    r"ciasteczk",
    r"consentimiento|nuestros (?:\d[\d.]* )?socios|datos personales|política de privacidad|consentimento|"
    r"nossos (?:\d[\d.]* )?parceiros|dados pessoais",
    r"\bconsenso\b|nostri (?:\d[\d.]* )?partner|dati personali|informativa sulla privacy|\bsouhlas\w*|"
    r"naši(?:mi)? (?:\d+ )?partne[rř]\w*|osobní(?:ch)? údaj|съгласие|лични(?:те)? данни|бисквитки",
)
CONSENT_BUTTON = _any(
    r"\b(?:accept|agree|reject|decline|allow)(?: all| and continue| cookies)?\b|manage (?:options|preferences|"
    r"settings|choices)",
    r"прыняць|адхіліць|пагаджаюся|accept(?:ă|ați)?\b|refuz\w*|elfogad\w*|kabul et|αποδοχή|accepteren|godkänn|godta|"
    r"прийняти|погоджуюс[ья]|відхилити|надати згоду|принять|соглас(?:ен|иться|на)\b|отклонить",
    r"akzeptier\w+|zustimmen|ablehnen|einverstanden|tout (?:accepter|refuser)|accepter|refuser|zaakceptuj|"
    r"akceptuj\w*|zgadzam się|odrzuć|przejdź do serwisu",
    r"acept\w+|rechazar|aceitar|rejeitar|accett\w+|rifiut\w+|souhlasím|přijmout|odmítnout|приемам|съгласен|отказвам",
)
LOGIN = _any(
    r"(?:please )?(?:sign|log)[ -]?in(?: to (?:continue|your account|read))?|login|member login|account login|"
    r"authentication required",
    r"увійти|вхід(?: до (?:акаунту|кабінету|сайту))?|авторизація|войти|вход(?: (?:в аккаунт|на сайт|"
    r"в личный кабинет))?|авторизация",
    r"anmelden|anmeldung|einloggen|connexion|se connecter|identification|zaloguj(?: się)?|logowanie|iniciar sesión|"
    r"acceder|entrar|iniciar sessão|accedi|accesso|přihlášení|přihlásit(?: se)?",
)
# A promise that the rest is there for those who pay. Whole phrases only: "subscribe to our newsletter" is none.
PAYWALL = _any(
    r"(?:subscribe|register|sign up|log in|sign in|join)(?: now| today)?(?: to| for)? (?:continue\b|unlock\b|"
    r"keep(?: on)? "
    r"reading|(?:read|access|get)(?: on)?(?: the (?:full|rest|whole)| full| this| unlimited| more of|\W*$))",
    r"(?:already|are you) a subscriber\??|(?:this|the) (?:article|story|content|post) is (?:for|only for|"
    r"reserved for|available (?:only )?to|exclusive to) (?:paid |our )?(?:subscribers|members|registered)",
    r"(?:subscribers?|members?)[- ]only (?:content|article|story)|to (?:continue|"
    r"keep) reading,? (?:please )?(?:subscribe|log|sign|register|become|create|start)|(?:you[’']ve|"
    r"you have) (?:reached|read|used) (?:your|all|the) [^.\n]{0,30}(?:limit|free articles)|unlock (?:this|"
    r"the full) (?:article|story)|start your (?:free )?trial",
    r"(?:щоб|аби) (?:про)?читати (?:далі|повністю|повну)|(?:повн(?:ий текст|а версія)|матеріал|стаття|"
    r"текст) (?:доступн\w+|лише|тільки|для) [^.\n]{0,20}(?:передплатник|підписник|учасник)|оформ(?:іть|"
    r"ити) передплат\w+(?! на (?:газет|журнал|паперов|розсилк))[^.\n]{0,40}|доступно (?:лише|"
    r"тільки) (?:за передплатою|передплатникам|для передплатників)|"
    r"вже (?:маєте передплату|передплатник)",
    r"чтобы (?:про)?читать (?:дальше|далее|полностью|полную)|(?:полный текст|полная версия|материал|статья|"
    r"текст) (?:доступ\w+|только|для) [^.\n]{0,20}(?:подписчик|по подписке)|оформ(?:ите|"
    r"ить) подписку(?! на (?:газет|журнал|рассылк|новост|канал))"
    r"[^.\n]{0,40}|"
    r"доступно только (?:по подписке|подписчикам|для подписчиков)|уже (?:есть подписка|подписчик)\b",
    r"(?:weiterlesen|jetzt (?:weiter)?lesen|alle artikel) mit [^.\n]{0,30}(?:plus|abo|premium|\+)|(?:artikel|inhalt|"
    r"beitrag) (?:ist )?(?:nur )?(?:für|exklusiv für) abonnent|sie (?:sind bereits|haben bereits ein) abo|"
    r"bereits (?:abonnent|abonniert)|jetzt (?:abonnieren|testen) und weiterlesen|um (?:diesen artikel |"
    r"den artikel )?(?:weiterzulesen|zu lesen)",
    r"(?:réservé|accessible uniquement) (?:aux|à nos) abonnés|il vous reste [^.\n]{0,20}% (?:de cet article )?à lire|"
    r"déjà abonné|abonnez-vous pour (?:lire|continuer|accéder)|pour (?:lire|continuer) (?:la suite|à lire|"
    r"l[’']article)",
    r"(?:dostęp|treść|artykuł|tekst)(?: jest)? (?:tylko )?(?:dla|dostępny (?:tylko )?dla) (?:prenumerator|"
    r"subskrybent|zalogowan)\w*|pozostało \d+ ?% (?:artykułu|tekstu)|(?:wykup|kup) (?:dostęp|prenumeratę|"
    r"subskrypcję)[^.\n]{0,30}czyta|masz już (?:prenumeratę|subskrypcję)|(?:dalsza|pełna) (?:część|"
    r"treść)[^.\n]{0,30}(?:prenumerat|subskry)",
    r"(?:solo|exclusivo|contenido) para (?:suscriptores|socios|abonados)|suscr[ií]b(?:ete|ase) para (?:seguir|"
    r"continuar|leer)|¿ya (?:eres|es) suscriptor|para seguir leyendo|(?:conteúdo |"
    r"artigo )?exclusivo para (?:assinantes|subscritores)|assine para (?:continuar|ler|ter)|já é assinante|"
    r"para continuar a ler",
    # nl, nordic, ja, zh, ko
    r"(?:dit |het )?(?:artikel|verhaal) is (?:alleen|exclusief|enkel) (?:voor|beschikbaar voor) abonnees|lees verder met een "
    r"abonnement|(?:al|reeds) abonnee\?|redan prenumerant|(?:bli|börja) prenumerant|läs hela (?:artikeln|texten)\W|"
    r"(?:denne|denna|den här) (?:artikkelen|saken|artikeln?|artikel) er (?:kun )?for abonnenter|(?:allerede|er du) abonnent|"
    r"(?:bare|kun) for abonnenter|artikkeli on (?:vain )?tilaajille|"
    r"(?:有料|会員限定|有料会員限定)(?:の)?記事(?:です|になります)|有料会員(?:になると|に登録|限定です)|残り[\d,，]+文字|続きを(?:お読み|読む)に(?:なるに)?は|"
    r"(?:订阅|訂閱|付费|付費)[^。\n]{0,10}(?:后|後|以)?[^。\n]{0,6}(?:阅读|閱讀)全文|(?:剩余|余下)[\d%]+[^。\n]{0,8}付费|"
    r"(?:유료|구독자|회원)[^.\n]{0,6}(?:전용|공개) (?:기사|콘텐츠)",
    r"(?:contenuto|articolo)? ?riservat[oi] agli abbonati|sei già abbonato|abbonati per (?:continuare|leggere)|"
    r"per continuare a leggere|(?:článek|obsah|text) (?:je )?(?:určen |dostupný )?(?:jen |pouze |"
    r"len )?pro (?:předplatitele|predplatiteľov)|už máte předplatné|předplaťte si|(?:съдържанието|"
    r"статията) е (?:достъпна|само) [^.\n]{0,15}абонати",
)
# What PAYWALL finds has one of these in it.
PAYWALL_HINTS = (
    "subscri", "register", "sign up", "log in", "sign in", "join", "member", "reading", "limit", "free articles",
    "unlock", "trial",
    "читати", "передплат", "підписник", "учасник", "читать", "подписк", "подписчик",
    "weiterlesen", "lesen mit", "artikel mit", "abonn", "abo", "weiterzulesen", "zu lesen", "weiterles",
    "à lire", "pour lire", "pour continuer",
    "prenumer", "subskry", "zalogowan", "pozostało",
    "suscri", "suscrí", "socios", "leyendo", "assina", "subscrit", "assine", "continuar a ler",
    "abonnee", "abonnement", "prenumerant", "läs hela", "abonnent", "tilaajille", "有料", "会員限定", "残り",
    "続きを", "全文", "付费", "유료", "구독자", "회원",
    "continuare a leggere", "abbonat", "předpla", "dostęp", "predplat", "абонати",
)  # fmt: skip
# A page put up before its text: "coming soon", "text follows".
STUB = _any(
    r"(?:coming|check back|available|back) soon\b|more (?:to follow|details (?:soon|to follow)|on this (?:story|"
    r"shortly))|this (?:story|article|page) (?:will be|is being) (?:updated|published|written)(?: (?:shortly|soon|"
    r"later|at|on))?|(?:full|further) (?:story|text|report|details) (?:to )?follow|embargoed? until|scheduled (?:for|"
    r"to be published)|lorem ipsum dolor",
    r"(?:матеріал|новина|текст|стаття|публікація)[^.\n]{0,30}(?:доповн\w+|оновлю\w+|готу[єю]ться|з[’']явиться|"
    r"буде опублікован)|деталі (?:згодом|за мить|незабаром)|незабаром (?:тут|буде)|скоро (?:тут|буде)",
    r"(?:материал|новость|текст|статья|публикация)[^.\n]{0,30}(?:дополня\w+|обновля\w+|готовится|появится|"
    r"будет (?:опубликован|дополнен))|подробности (?:позже|следуют|через минуту)",
    r"(?:mehr|weitere informationen|text|meldung|artikel|details) (?:in kürze|folgt|folgen|wird (?:in kürze|laufend|"
    r"aktualisiert))|plus d[’']informations? à (?:suivre|venir)|(?:article|texte) (?:à venir|bientôt disponible)|"
    r"bientôt disponible",
    r"(?:więcej|szczegóły|artykuł|materiał)[^.\n]{0,20}(?:wkrótce|za chwilę|w przygotowaniu|aktualizowan)|"
    r"(?:próximamente|en breve|mas información en|más información en breve)|(?:em breve|mais informações em)|"
    r"(?:in arrivo|seguono aggiornamenti|articolo in aggiornamento)|(?:připravujeme|podrobnosti (?:připravujeme|"
    r"sledujeme)|více informací připravujeme)|(?:очаквайте|материалът се допълва)",
)
SCRIPT_NEEDED = _any(
    r"(?:enable|turn on|requires?|needs?|without) (?:java ?script|js)\b|java ?script (?:is )?(?:disabled|required|"
    r"needed|not enabled|must be enabled)",
    r"(?:увімкн\w+|включ\w+|потріб\w+|вимкнен\w*|необхідн\w+)[^.\n]{0,25}java ?script|(?:включ\w+|отключ\w+|"
    r"требует\w*|нужен|необходим\w*)[^.\n]{0,25}java ?script|java ?script[^.\n]{0,25}(?:увімкн|вимкн|включ|отключ|"
    r"необход|требу)",
    r"java ?script[^.\n]{0,30}(?:aktivier|erforderlich|deaktiviert|activ|désactiv|requis|włącz|wyłącz|wymaga|habilit|"
    r"activa|desactiv|ativ|abilit|disattiv|povol|zapn|включ)",
    r"(?:aktivier\w+|activ\w+|włącz\w*|habilit\w+|ativ\w+|abilit\w+|attiva\w*|povolte|zapněte)[^.\n]{0,25}java ?script",
)
