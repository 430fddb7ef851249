"""The words by which pages say what they are, in the languages of the catalogue: data for the decisions beside it.

Every pattern is one alternation per language group (en, uk, ru, de, fr, pl, es, pt, it, cs/sk, bg, and the Nordic and
Dutch forms where they are short). Patterns are matched without regard to case. They name wording, never a site.
"""

from __future__ import annotations

import re


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE)


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
    r"(?:pagina|artikel)[^.!?\n]{0,30}niet (?:gevonden|beschikbaar)|(?:sidan|siden|"
    r"sivua)[^.!?\n]{0,40}(?:hittades inte|finns inte|ble ikke funnet|blev ikke fundet|ei löy)",
)
# A check that a person reads, not a programme.
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
    r"наш(?:ими|і|и|их) (?:\d+ )?партнер|согласи[ея] на|обработк[ауи] (?:персональных )?данных",
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
    r"(?:subscribe|register|sign up|log in|sign in|join)(?: now| today)?(?: to| for)? (?:continue|keep|read|unlock|"
    r"access|get)(?: on)?(?: reading| the (?:full|rest)| full| this| unlimited| more of)?",
    r"(?:already|are you) a subscriber\??|(?:this|the) (?:article|story|content|post) is (?:for|only for|"
    r"reserved for|available (?:only )?to|exclusive to) (?:paid |our )?(?:subscribers|members|registered)",
    r"(?:subscribers?|members?)[- ]only (?:content|article|story)|to (?:continue|"
    r"keep) reading,? (?:please )?(?:subscribe|log|sign|register|become|create|start)|(?:you[’']ve|"
    r"you have) (?:reached|read|used) (?:your|all|the) [^.\n]{0,30}(?:limit|free articles)|unlock (?:this|"
    r"the full) (?:article|story)|start your (?:free )?trial",
    r"(?:щоб|аби) (?:про)?читати (?:далі|повністю|повну)|(?:повн(?:ий текст|а версія)|матеріал|стаття|"
    r"текст) (?:доступн\w+|лише|тільки|для) [^.\n]{0,20}(?:передплатник|підписник|учасник)|оформ(?:іть|"
    r"ити) передплат\w+[^.\n]{0,40}|доступно (?:лише|тільки) (?:за передплатою|передплатникам|для передплатників)|"
    r"вже (?:маєте передплату|передплатник)",
    r"чтобы (?:про)?читать (?:дальше|далее|полностью|полную)|(?:полный текст|полная версия|материал|статья|"
    r"текст) (?:доступ\w+|только|для) [^.\n]{0,20}(?:подписчик|по подписке)|оформ(?:ите|ить) подписку[^.\n]{0,40}|"
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
    r"(?:contenuto|articolo)? ?riservat[oi] agli abbonati|sei già abbonato|abbonati per (?:continuare|leggere)|"
    r"per continuare a leggere|(?:článek|obsah|text) (?:je )?(?:určen |dostupný )?(?:jen |pouze |"
    r"len )?pro (?:předplatitele|predplatiteľov)|už máte předplatné|předplaťte si|(?:съдържанието|"
    r"статията) е (?:достъпна|само) [^.\n]{0,15}абонати",
)
# What PAYWALL finds has one of these in it, casefolded.
PAYWALL_HINTS = (
    "subscri", "register", "sign up", "log in", "sign in", "join", "member", "reading", "limit", "free articles",
    "unlock", "trial",
    "читати", "передплат", "підписник", "учасник", "читать", "подписк", "подписчик",
    "weiterlesen", "lesen mit", "artikel mit", "abonn", "abo", "weiterzulesen", "zu lesen", "weiterles",
    "à lire", "pour lire", "pour continuer",
    "prenumer", "subskry", "zalogowan", "pozostało",
    "suscri", "suscrí", "socios", "leyendo", "assina", "subscrit", "assine", "continuar a ler",
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
# "Read also" and its kin: a line that begins so leads to another page.
LEAD_IN = re.compile(
    r"^\W*(?:"
    # en
    r"(?:also read|read (?:also|more|next|on|the full story)|see (?:also|more|related)|related(?: (?:stories|"
    r"articles?|news|content|topics|posts|coverage|links|reading))?\s*[:|]|related (?:stories|articles|posts|"
    r"coverage|links|topics)$"
    r"|more (?:on this|from|on|in this (?:series|section))\b[^.!?]{0,60}[:|]?$|(?:more|must read|don[’']t miss|"
    r"you may (?:also )?like|recommended(?: for you| reading| stories)?|watch(?: also| live| now| video)?|listen|"
    r"live|explore (?:further|more)|further reading|in case you missed it|editor[’']s picks?|trending(?: now)?|"
    r"most (?:read|popular|viewed)|up next|go deeper|for more (?:stories|news|on))\s*[:|]"
    r"|(?:don[’']t miss|recommended|most (?:read|popular|viewed)|trending(?: now)?|you (?:may|"
    r"might) (?:also )?(?:like|be interested in)|more (?:top )?(?:stories|news)|latest (?:news|stories)|"
    r"editor[’']s picks?)\s*(?:\.\.\.|…)?$)"
    # uk, ru, bg
    r"|(?:читай(?:те|мо)?|дивіться|дивись|слухайте|смотрите|смотри|слушайте|прочети(?:те)?|вижте|виж|"
    r"вижте още)\s+(?:ще|також|тут|нас|більше|еще|ещё|также|подробнее|далее|дальше|больше|материал|на тему|по теме|"
    r"за темою|про це|в разделе|още|и)\b"
    r"|(?:читайте|дивіться|смотрите|прочетете|вижте|читати|читать)\s*:|читать (?:далее|дальше|также|полностью)\b|"
    r"читати (?:далі|також)\b"
    r"|(?:більше|больше|ещё|еще|детальніше|подробнее|повече) (?:новин|новостей|по теме|за темою|на тему|про|об этом|"
    r"о|от|по темата)\b[^.!?]{0,60}[:|]?$|(?:по|до|за) тем[еиіу]\s*(?:[:|]|$)|на (?:цю|эту|ту же) тему\s*(?:[:|]|$)|"
    r"(?:новин[иа]|новост[иь]|матеріали|материалы|статті|статьи|ссылки|посилання) (?:по|за|на|"
    r"до) т[еі]м[еиіуоа]\w*\s*(?:[:|]|$)|(?:також|также) (?:читайте|за темою|по теме)\b|(?:схожі|похожие|"
    r"пов[’']язані|связанные|вас (?:може|может)|вам (?:може|может)|рекомендуємо|рекомендуем|популярне|популярное|"
    r"останні новини|последние новости|свързани (?:новини|статии))[^.!?]{0,40}[:|]?$"
    # de
    r"|(?:lesen sie (?:auch|mehr|hier|dazu|außerdem|weiter)|lies auch|mehr (?:zum thema|dazu|lesen|über|aus|von)\b|"
    r"mehr:|auch interessant|das könnte (?:sie|dich) (?:auch )?interessieren|weitere (?:artikel|meldungen|"
    r"nachrichten|informationen|themen)(?: (?:zum thema|zu|aus|von)[^.!?]{0,60})?\s*:?$|zum thema\s*:?|passend dazu|"
    r"siehe auch|hier (?:lesen|geht)|ähnliche (?:artikel|beiträge)|meistgelesen|verwandte (?:themen|artikel)|"
    r"empfohlene[rn]? (?:artikel|inhalt|beitrag)|schlagwörter|themen\s*:|video:|podcast:)"
    # fr, es, pt, it
    r"|(?:lire (?:aussi|également|la suite|plus)|à lire\b|voir (?:aussi|également)|sur le même (?:sujet|thème)|"
    r"à voir aussi|pour aller plus loin|articles? (?:liés|similaires|recommandés)|nos (?:derniers )?articles)"
    r"|(?:lea?e?\s+(?:también|tambien|además|más)|lee (?:también|más)|leer más|ver (?:también|más)|vea (?:también|"
    r"además|más)|te (?:puede|podría|recomendamos|puede) interesar|le (?:puede|podría) interesar|(?:más|"
    r"mas) (?:información|noticias|sobre)\s*:?$|noticias? relacionad[ao]s?|artículos? relacionados?|en (?:otras|"
    r"esta) noticias?:|mira también|sigue leyendo)"
    r"|(?:leia (?:também|mais|ainda)|veja (?:também|mais|ainda)|saiba mais|confira (?:também|mais)|ler mais|"
    r"notícias? relacionadas?|artigos? relacionados?|recomendad[oa]s?(?: para (?:si|você))?\s*:?$)"
    r"|(?:leggi (?:anche|tutto|pure)|vedi anche|guarda anche|approfondisci|approfondimenti\s*:?|"
    r"potrebbe interessarti|ti potrebbe (?:anche )?interessare|(?:articoli|notizie) correlat[ei]|"
    r"per saperne di più\s*:?$)"
    # pl, cs, sk
    r"|(?:czytaj(?: (?:też|także|również|więcej|dalej|całość))?\s*:|czytaj (?:też|także|również|więcej|dalej)|"
    r"zobacz (?:też|także|również|więcej|relację|wideo)|przeczytaj (?:też|także|również|więcej)|polecamy(?: również|"
    r" także)?\b|(?:zobacz|obejrzyj|posłuchaj)\s*:|więcej (?:na temat|na ten temat|informacji|o tym)|więcej\s*:|"
    r"powiązane (?:tematy|artykuły)|podobne artykuły|sprawdź (?:też|także|również)|warto przeczytać)"
    r"|(?:čtěte (?:také|též|více|dál)|přečtěte si|číst (?:dále|více)|související (?:články|témata)|"
    r"mohlo by vás zajímat|více (?:k tématu|na|o tématu)|čítajte (?:aj|viac)|prečítajte si|súvisiace)"
    # nl, nordic, el, tr, ro, hu, others
    r"|(?:lees (?:ook|meer|verder)|bekijk ook|meer (?:over|lezen)\b[^.!?]{0,40}$|läs (?:också|mer|även)|les (?:også|"
    r"mer|hele)|læs (?:også|mere)|lue (?:myös|lisää)|se også|katso myös|loe (?:ka|lisaks))"
    r"|(?:διαβάστε (?:επίσης|ακόμα|περισσότερα|εδώ)|δείτε (?:επίσης|ακόμα|εδώ)|σχετικά (?:άρθρα|θέματα)|"
    r"ayrıca (?:bkz|bak|oku)|ilgili haberler?|daha fazla(?:sı)?\s*:|citește și|citeşte şi|vezi și|olvass(?:a|"
    r"on) (?:el|tovább|még)|kapcsolódó (?:cikk|téma)\w*|baca juga|lihat juga|đọc thêm|xem thêm|"
    r"関連記事|あわせて読みたい|相关(?:阅读|"
    r"新闻|文章)|延伸閱讀|相關新聞|관련\s?기사)"
    r")",
    re.IGNORECASE,
)
# Notices about the page, the outlet or the reader's account: sentences, but none of the article's.
NOTICE = re.compile(
    r"(?:^\W*(?:(?:sign|signing) up (?:for|to|here|now)|subscribe\b|newsletter\b|share (?:this|on|via|with)\b|"
    r"follow (?:us|me|@|along with)|join (?:us|our)|like us on|click here|comments?\s*(?:\(\d+\))?\W*$|"
    r"leave a (?:comment|reply)|post a comment|copyright\b|©|\(c\) \d{4}|all rights reserved|advertisement\b|"
    r"sponsored\b|story continues below|continue reading|skip to|print this|email this|filed under|tags?:|topics?:|"
    r"image:|photo:|this (?:article|story|post|piece|report) (?:was |is |has been |originally |"
    r"first )+(?:originally |first )?(?:published|appeared|reprinted|republished|syndicated|translated|posted)|"
    r"have a (?:tip|story)|got a (?:tip|story)|do you have a (?:tip|story)|get in touch with|contact (?:us|"
    r"the (?:author|reporter|writer))|download (?:our|the) app|get (?:the latest|our|real-time|more|daily|breaking|"
    r"today[’']s)[^.]{0,80}(?:inbox|newsletter|app|updates|alerts|news|delivered)|for more (?:stories|news|"
    r"information),? (?:like this|visit|check|follow|click)|visit [^.]{2,60}(?:homepage|website|for more)|"
    r"tell us what you think|listen to this article|reading time|updated?\s*:?\s*\d|published\s*:?\s*\d)"
    r"|^\W*(?:підпи(?:суйтесь|суйтеся|шіться|сатися)|приєднуйтес[ья]|стежте за|слідкуйте за|долучайтес[ья]|"
    r"поділитис[ья]|поширити|поширюйте|коментар\w*\W*$|залишити коментар|усі права (?:захищ|застере)|всі права|"
    r"реклама\W*$|помітили помилку|знайшли помилку|якщо ви (?:помітили|знайшли|побачили) помилку|хочете (?:читати|"
    r"отримувати|першими)|читайте нас|ми в (?:telegram|facebook|соц)|наш (?:telegram|телеграм|канал)|фото\s*:|"
    r"теги\s*:|ключові слова|джерело фото|надішліть|повідомити про помилку|друкувати|час читання|передрук|"
    r"використання матеріалів|при (?:використанні|копіюванні|передруці|цитуванні))"
    r"|^\W*(?:подпи(?:сывайтесь|шитесь|саться)|присоединяйтесь|следите за|поделиться|поделитесь|комментари\w*\W*$|"
    r"комментировать|оставить комментарий|оцените (?:статью|материал|новость)|все права (?:защищ|принадлеж)|"
    r"реклама\W*$|нашли (?:ошибку|опечатку)|заметили ошибку|если вы (?:нашли|заметили|обнаружили) (?:ошибку|"
    r"опечатку)|хотите (?:читать|получать|быть в курсе)|читайте нас|мы в (?:telegram|facebook|вконтакте|соц)|"
    r"наш (?:telegram|телеграм|канал)|фото\s*:|теги\s*:|ключевые слова|источник фото|сообщить об ошибке|распечатать|"
    r"версия для печати|время (?:чтения|на чтение)|перепечатка|использование материалов|при (?:использовании|"
    r"копировании|перепечатке|цитировании)|ваше мнение|в закладки|на главную)"
    r"|^\W*(?:newsletter|jetzt (?:abonnieren|anmelden|registrieren|herunterladen)|abonnieren sie|abonniere\b|"
    r"melden sie sich|folgen sie uns|folge uns|folgst du|teilen\W*$|artikel (?:teilen|drucken|versenden|"
    r"kommentieren)|kommentar(?:e|\s+(?:abgeben|schreiben|verfassen))?\W*$|alle rechte vorbehalten|rechte am artikel|"
    r"anzeige\W*$|werbung\W*$|du musst dich|sie müssen sich|dies ist eine maschinelle übersetzung|dieser (?:artikel|"
    r"text|beitrag) (?:ist|wurde|erschien|erscheint)(?: zuerst| zunächst| ursprünglich)? (?:am|im|in|bei|auf|von|"
    r"zuerst|erschienen)|lesezeit|aktualisiert|stand\s*:|fehler (?:gefunden|melden)|schreiben sie uns|"
    r"hinweis der redaktion|das gespräch führte|mit material von|erstveröffentlichung)"
    r"|^\W*(?:abonnez-vous|inscrivez-vous|suivez-nous|partager\b|commentaires?\W*$|tous droits réservés|"
    r"publicité\W*$|temps de lecture|signaler une erreur|recevez|téléchargez|(?:avec|source)\s*:?\s*(?:afp|reuters|"
    r"ap)\W*$)"
    r"|^\W*(?:suscr[ií]bete|suscr[ií]base|s[ií]guenos|síganos|compart(?:ir|e|ilo)\b|comentarios?\W*$|"
    r"todos los derechos|publicidad\W*$|recibe (?:nuestra|las|toda)|apúntate|únete a|tu suscripción|inscreva-se|"
    r"assine (?:a|o|nossa)|siga-nos|compartilh(?:ar|e)\b|partilh(?:ar|e)\b|comentários?\W*$|todos os direitos|"
    r"publicidade\W*$|tempo de leitura)"
    r"|^\W*(?:iscriviti|seguici|condividi\b|commenti?\W*$|tutti i diritti|riproduzione riservata|© riproduzione|"
    r"pubblicità\W*$|tempo di lettura|scarica l[’']app)"
    r"|^\W*(?:zapisz się|subskrybuj|obserwuj nas|dołącz do|udostępnij|podziel się|komentarz[ey]?\W*$|dodaj komentarz|"
    r"skomentuj|wszelkie prawa|wszystkie prawa|reklama\W*$|źródło zdjęcia|czas czytania|zgłoś błąd|drukuj|"
    r"wyślij (?:znajomemu|e-?mail)|zapraszamy (?:też )?do dyskusji|oceń artykuł|przihla[sš]te se|přihlaste se|"
    r"odebírejte|sledujte nás|sdílet\b|komentáře?\W*$|diskuse\W*$|všechna práva|reklama\W*$|абонирайте се|"
    r"последвайте ни|споделете|коментари?\W*$|всички права|следете ни)"
    r")",
    re.IGNORECASE,
)
# Said anywhere in a line, it makes the line a notice.
RIGHTS = re.compile(
    r"\bwe may (?:earn|receive|get) [^.]{0,40}(?:commission|compensation)|\bearn an affiliate commission|"
    r"無断(?:転載|複製)|저작권자|무단\s?전재|재배포\s?금지|"
    r"\b(?:all rights reserved|alle rechte vorbehalten|все права защищены"
    r"|усі права захищено|tous droits réservés|todos los derechos reservados|wszelkie prawa zastrzeżone)",
    re.IGNORECASE,
)
# Captions and picture credits.
CAPTION = re.compile(
    r"^\W*(?:(?:photo|image|picture|video|graphic|credit|photograph|illustration|screenshot|file photo|foto|fotos|"
    r"bild|bilder|grafik|quelle|imago|dpa|getty|фото|фотография|світлина|ілюстрація|иллюстрация|скриншот|скріншот|"
    r"відео|видео|zdjęcie|fot|źródło|снимка|crédit|credits?|crédits?|imagen|imagem|fotografía|fotografia|fotó|"
    r"φωτ\w*)\s*(?:\(?s\)?)?\s*[.:/©|]|\(?(?:ap|afp|getty|reuters|epa|dpa|imago|shutterstock) ?(?:photo|images|"
    r"via)?/|pictured\b|show caption|\(?fot\. |\[[^\]]{0,40}=[^\]]{0,60}\]$)",
    re.IGNORECASE,
)
# The agencies and stocks that pictures are credited to, at the end of a line.
CREDIT = re.compile(
    r"\b(?:getty images|shutterstock|afp via|ap photo|reuters/|epa-efe|imago images|picture alliance|\bunsplash|"
    r"depositphotos|istock)\b[^.]{0,40}$",
    re.IGNORECASE,
)
# Headings below which nothing of the article follows.
TAIL_HEADING = re.compile(
    r"^\W*(?:(?:reader )?comments?|leave a (?:comment|reply)|related(?: (?:stories|articles|posts|news|topics|"
    r"content|links|coverage))?|more (?:stories|news|from .{2,40}|on .{2,40}|in .{2,40})|latest(?: (?:news|"
    r"stories))?|most (?:read|popular|viewed|commented)|trending(?: now)?|recommended(?: for you)?|you (?:may|"
    r"might) (?:also )?like|about the authors?|about us|share this(?: (?:article|story))?|sign up|newsletters?|tags?|"
    r"topics|editor[’']s picks?|popular(?: now)?|read next|up next|sponsored|advertisement|see also"
    r"|коментарі(?: .{0,20})?|обговорення|останні новини|схожі (?:новини|матеріали|статті)|популярн[еі](?: .{0,20})?|"
    r"читайте також|більше новин|рекомендуємо|теги|за темою|новини партнерів|головне|до теми|інші новини|"
    r"вибір редакції|про автора"
    r"|комментарии(?: .{0,20})?|обсуждение|последние новости|новости партн[её]ров|похожие (?:новости|материалы|"
    r"статьи)|популярное|читайте также|больше новостей|рекомендуем|по теме|новости по теме|материалы по теме|"
    r"ссылки по теме|главное|другие новости|выбор редакции|об авторе|авторизация|лента новостей|самое читаемое"
    r"|kommentare?|ähnliche (?:artikel|beiträge)|weitere (?:artikel|meldungen|nachrichten|themen)|meistgelesen|"
    r"mehr zum thema|das könnte sie (?:auch )?interessieren|über den autor|newsletter|themen|schlagwörter|zum thema|"
    r"auch interessant"
    r"|commentaires?|sur le même (?:sujet|thème)|les plus lus|à lire aussi|articles (?:liés|similaires)|comentarios|"
    r"noticias relacionadas|lo más (?:leído|visto)|más noticias|te puede interesar|comentários|notícias relacionadas|"
    r"mais lidas|veja também|leia também|commenti|articoli correlati|i più letti|leggi anche"
    r"|komentarz[ey]|dodaj komentarz|ostatnie wiadomości|najnowsze|najczęściej czytane|polecamy|zobacz (?:też|także|"
    r"również)|czytaj (?:też|także|również|więcej)|powiązane|tagi|komentáře|diskuse|související(?: .{0,20})?|"
    r"nejčtenější|mohlo by vás zajímat|коментари|свързани (?:новини|статии)|най-четени|още новини|σχόλια|"
    r"σχετικά (?:άρθρα|θέματα)|διαβάστε (?:επίσης|ακόμα)|σύνδεσμοι διαφημιζομένων|etiketler|yorumlar|ilgili haberler|"
    r"reacties|meer nieuws|kommentarer|läs också|相关新闻|评论|関連記事|관련기사)\s*(?:\(\d+\))?\W*$",
    re.IGNORECASE,
)
# Class words of a lead paragraph, and of what only summarises or decorates.
LEAD_CLASS = re.compile(
    r"(?:^|[\s_-])(?:lead|lede|ingress|preamble|perex|zajawka|vorspann|chapo|chapeau|anons|anonce|lid|leadin|"
    r"entradilla|sommario)(?:$|[\s_-])"
    r"|art(?:icle)?[_-]?lead\b|lead-?(?:text|paragraph)|articlesummary|news[_-]?(?:lead|intro|anons|heading)",
    re.IGNORECASE,
)
NO_LEAD_CLASS = re.compile(
    r"sub|\bdek|dek\b|strap|heading-des|promo|foot|summary|excerpt|synopsis|teaser|caption|social|newsletter|author|"
    r"bio|related|share|credit|comment",
    re.IGNORECASE,
)
# Said at the foot of a page to the reader: newsletters, accounts, addresses, disclaimers. Searched anywhere in a line,
# but only in the last ones.
FOOT = re.compile(
    r"©|@\w+ on (?:twitter|x)\b|\b(?:newsletter|sign(?:ing)? up\b|subscrib(?:e|ing)\b|follow (?:him|her|them|"
    r"us|me) (?:on|at|@)|on (?:twitter|"
    r"facebook|instagram|telegram|whatsapp) (?:at |@)|(?:contact|email|e-mail|reach|"
    r"tip)\w*[^.]{0,60}[\w.+-]+@[\w-]+\.\w|^[\w.+-]+@[\w-]+\.\w+$|@\w+ on (?:twitter|x)\b|(?:may|"
    r"can) be reached (?:at|by)|email (?:us|your)|story ideas|letters to the editor"
    r"|support (?:our|independent|this|the)[^.]{0,40}(?:journalism|work|site|reporting)|(?:make|"
    r"become) a (?:monthly |one-time )?(?:donation|contribution|commitment|member|patron|supporter)|"
    r"please (?:consider|take a moment|donate|support)|donate (?:now|today|here)|(?:every|per) month\. \d+ issues|"
    r"free (?:daily|weekly) (?:newsletter|email)"
    r"|contributed (?:reporting |to this )|(?:associated press|reuters|afp) (?:writers?|reporters?)|reporting by|"
    r"editing by|(?:is|was) (?:a|an|the) [^.]{0,60}\b(?:reporter|editor|writer|journalist|columnist|correspondent|"
    r"contributor|author|fellow|freelanc\w+|producer)\b|disclaimer|prices? (?:are )?subject to change|may (?:receive|"
    r"earn) (?:a )?commission|affiliate|for (?:informational|educational) purposes|terms of (?:use|service)|"
    r"privacy policy|all rights reserved|copyright|views expressed"
    r"|підпи(?:суйтесь|суйтеся|шіться)|наш(?:ого|ому)? (?:telegram|телеграм)|телеграм-канал|telegram-канал|помилку|"
    r"ctrl ?\+ ?enter|всі права|усі права|за підтримки|підтримайте|донат|редакці[яї] не несе|думка редакції|передрук|"
    r"гіперпосилання"
    r"|подпи(?:сывайтесь|шитесь)|наш(?:его|ем)? (?:telegram|телеграм)|ошибку|опечатку|все права|поддержите|"
    r"редакция (?:может не разделять|не нес[её]т)|мнение (?:автора|редакции)|перепечатк|гиперссылк|"
    r"использовани[ея] материал|с указанием|ссылка на [\w.-]+ обязательна"
    r"|abonnier|abonnement|whatsapp-kanal|korrespondent(?:in)? [^.]{0,40}(?:ist|berichtet)|(?:ist|"
    r"arbeitet als) [^.]{0,40}(?:redakteur|reporter|korrespondent|autor)(?:in)?\b|rechte am artikel|alle rechte|"
    r"datenschutz|originalartikel"
    r"|abonnez|inscri(?:vez|re)|droits réservés|suscr[ií]|inscr[ií]b|tu cuenta|derechos reservados|iscriviti|"
    r"abbonati|riproduzione riservata|zapisz się|dołącz do|na facebooku|prawa zastrzeżone|redakcja nie|předplat|"
    r"odběr|práva vyhrazena|абонирай|последвайте|aboneler|abonelik)",
    re.IGNORECASE,
)
# Class words of a box beside the text.
BOX_CLASS = re.compile(
    r"newsletter|whatsapp|sign-?up|subscri(?:be|ption)|author-?(?:bio|info|box|card)|recommend\w*|most-?(?:read|"
    r"popular)|news-?list|also-?read"
    r"|read-?(?:also|next)|related\w*|comment-?form|fact-?box|info-?box|(?:^|[\s_-])box(?=$|[\s_-])|sidebar|"
    r"promo(?:tion)?|advert\w*|donat\w+|disclaimer",
    re.IGNORECASE,
)
