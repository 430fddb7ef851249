"""The words by which lines say that they are none of the article, in the languages of the catalogue: data for the repair
and the search for the lead.

Every pattern is one alternation per language group, for text in lower case: matching without regard to case takes twice
as long. They name wording, never a site.
"""

from __future__ import annotations

import re

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
    r"|(?:читайте|дивіться|смотрите|прочетете|вижте|читати|читать)\s*:|читать (?:далее|дальше|также|"
    r"полностью)\b(?= *[:…»→>]|[^.!?]*$)|"
    r"читати (?:далі|також)\b"
    r"|(?:більше|больше|ещё|еще|детальніше|подробнее|повече) (?:новин|новостей|по теме|за темою|на тему|про|об этом|"
    r"о|от|по темата)\b[^.!?]{0,60}[:|]?$|(?:по|до|за) тем[еиіу]\s*(?:[:|]|$)|на (?:цю|эту|ту же) тему\s*(?:[:|]|$)|"
    r"(?:новин[иа]|новост[иь]|матеріали|материалы|статті|статьи|ссылки|посилання) (?:по|за|на|"
    r"до) т[еі]м[еиіуоа]\w*\s*(?:[:|]|$)|(?:також|также) (?:читайте|за темою|по теме)\b|(?:схожі|похожие|"
    r"пов[’']язані|связанные|вас (?:може|может)|вам (?:може|может)|рекомендуємо|рекомендуем|популярне|популярное|"
    r"останні новини|последние новости|свързани (?:новини|статии))[^.!?]{0,40}[:|]?$"
    # de
    r"|(?:lesen sie (?:auch|mehr|hier|dazu|außerdem|weiter)|lies auch|mehr (?:zum thema(?=\s*(?::|$|[^.!?]*$))|"
    r"dazu(?! (?:\w+ ){1,6}nicht )|lesen|über|aus|von)\b|"
    r"mehr:|auch interessant|das könnte (?:sie|dich) (?:auch )?interessieren|weitere (?:artikel|meldungen|"
    r"nachrichten|informationen|themen)(?: (?:zum thema|zu|aus|von)[^.!?]{0,60})?\s*:?$|zum thema(?:\s*:|"
    r"[^.!?]*$)|passend dazu|"
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
    r"関連(?:記事|】)|あわせて読みたい|相关(?:阅读|"
    r"新闻|文章)|延伸閱讀|相關新聞|관련\s?기사)"
    # ar, fa, he
    r"|(?:[إا]?[قق]رأ (?:أيضا|أيضاً|المزيد|كذلك)|شاهد أيضا|مواضيع ذات صلة|بیشتر بخوانید|همچنین بخوانید|"
    r"(?:קראו|ראו|קרא|צפו) (?:גם|עוד)\b|כתבות נוספות)"
    r")",
)
# Notices about the page, the outlet or the reader's account: sentences, but none of the article's.
NOTICE = re.compile(
    r"(?:^\W*(?:(?:sign|signing) up (?:for|to|here|now)|subscribe\b(?! to the (?:idea|theory|view|notion|belief))|"
    r"newsletter\b|share (?:this|on|via|with)\b|"
    r"follow (?:us|me|@|along with)|join (?:us|our)|like us on|click here|comments?\s*(?:\(\d+\))?\W*$|"
    r"leave a (?:comment|reply)|post a comment|copyright\b(?=\s*(?:©|\(c\)|:|by\b|\d|notice|$)|[^.!?]*$)|©|"
    r"\(c\) \d{4}|all rights reserved|advertisement\b|"
    r"sponsored\b|story continues below|continue reading|skip to|print this|email this|filed under|tags?:|topics?:|"
    r"image:|photo:|this (?:article|story|post|piece|report) (?:was |is |has been |originally |"
    r"first )+(?:originally |first )?(?:published|appeared|reprinted|republished|syndicated|translated|posted)|"
    r"have a (?:tip|story)|got a (?:tip|story)|do you have a (?:tip|story)|get in touch with|contact (?:us|"
    r"the (?:author|reporter|writer))|download (?:our|the) app|get (?:the latest|our|real-time|more|daily|breaking|"
    r"today[’']s)[^.]{0,80}(?:inbox|newsletter|app|updates|alerts|news|delivered)|for more (?:stories|news|"
    r"information),? (?:like this|visit|check|follow|click)|visit [^.]{2,60}(?:homepage|website|for more)|"
    r"tell us what you think|listen to this article|reading time|"
    r"(?:thanks|thank you) for (?:signing up|subscribing)|there was an error (?:processing|submitting|with) your|"
    r"(?:to (?:display|view|see) this (?:content|embed)|this (?:content|embed) is (?:hosted|provided) by|we need your "
    r"(?:permission|consent) to)|updated?\s*:?\s*\d|published\s*:?\s*\d)"
    r"|^\W*(?:підпи(?:суйтесь|суйтеся|шіться|сатися(?: на|\W*$))|приєднуйте(?:сь|ся)(?: до (?:нас|наш\w+|"
    r"спільнот\w+)|\W*$| (?:в|у|на)\b)|(?:стежте|"
    r"слідкуйте) за (?:нами|наш|новин|оновлен|подіями|головн|останн)|долучайте(?:сь|ся)(?: до (?:нас|наш\w+|"
    r"спільнот\w+)|\W*$)|"
    r"сподоба(?:вся|лася|лась) (?:матеріал|стаття|текст)|поділитис[ья]|поширити|поширюйте|коментар\w*\W*$|"
    r"залишити коментар|усі права (?:захищ|застере)|всі права|"
    r"реклама\W*$|помітили помилку|знайшли помилку|якщо ви (?:помітили|знайшли|побачили) помилку|хочете (?:читати|"
    r"отримувати|першими)|читайте нас|ми в (?:telegram|facebook|соц)|наш (?:telegram|телеграм|"
    r"канал)(?:-канал)?\b[^.!?]{0,60}$|фото\s*:|"
    r"теги\s*:|ключові слова|джерело фото|надішліть|повідомити про помилку|друкувати|час читання|передрук|"
    r"використання матеріалів|при (?:використанні|копіюванні|передруці|цитуванні))"
    # cookies
    r"|^\W*(?:(?:мы|ми|сайт|этот сайт|цей сайт|на (?:цьому |этом |нашем |нашому )?сайт[іе])? ?(?:использу|використову)\w+ "
    r"(?:файл[иы] )?(?:cookie|куки)|(?:we|this (?:web)?site|our (?:web)?site|our pages?) uses? (?:\w+ )?cookies|"
    r"(?:wir|diese (?:web)?seite|diese website|unsere (?:web)?seite) (?:verwende[nt]|nutz(?:en|t)) (?:\w+ )?cookies|"
    r"(?:nous utilisons|ce site utilise) des cookies|(?:usamos|utilizamos|este (?:sitio|site)[^.]{0,10} (?:usa|utiliza)) "
    r"(?:\w+ )?cookies|(?:utilizziamo|questo sito (?:utilizza|usa)) (?:i )?cookie|(?:używamy|ta strona (?:używa|"
    r"korzysta z|wykorzystuje)) (?:plik(?:ów|i) )?cookie|tento web používá (?:soubory )?cookie|(?:използваме|"
    r"(?:този )?сайт(?:ът)? използва) (?:бисквитки|cookie)|bu (?:web |internet )?sitesi? çerez)"
    # players, networks, places in a programme, reporters' addresses
    r"|^\W*(?:this audio (?:is|was) (?:auto-?)?generated|follow [^.!?]{2,40} on (?:facebook|x\b|twitter|instagram|whatsapp|"
    r"telegram|google|youtube|tiktok|threads|linkedin|bluesky)|(?:über )?dieses thema (?:berichtet|im programm|lief)|"
    r"retrouvez [^.!?]{2,60}(?:whatsapp|notre application|newsletter|réseaux sociaux|notre page|facebook)|"
    r"(?:تابعونا|تابعوا|تابع آخر|اشترك في|انضم إلى) |(?:הצטרפו|הירשמו|עקבו) (?:ל|אחר)|"
    r"[\uac00-\ud7af]{2,4}\s?(?:기자|특파원)\s*[=(]?\s*[\w.+-]+@|"
    r"기사\s?제보|제보(?:는|하기)|네이버[^.]{0,30}구독|카카오톡[^.]{0,20}(?:제보|채널)|(?:本文)?版权(?:归|所有|声明)|未经(?:授权|许可)|"
    r"(?:扫|掃)(?:码|一扫|描)[^。]{0,12}关注|更多精彩内容|この記事は(?:有料)?会員|"
    r"\[사진|[\uac00-\ud7af]{2,4} (?:기자|특파원)$|[\w.+-]+@[\w-]+(?:\.\w+)+$|(?:have|got|send us) a (?:news )?(?:tip|story)\b|"
    r"(?:view|see) this post on |a post shared by |thanks for reading!|image (?:caption|source)\b[,:]|republished (?:with "
    r"permission|from|under)|стань(?:те)? (?:част|наш)|підпишись на|(?:дивіться|смотрите) відео\W*$|"
    r"ця публікація доступна|читайте (?:цю|эту) (?:новину|новость|статтю) |dalszy ciąg (?:materiału|artykułu|tekstu)|"
    r"sigue toda la actualidad|participe do (?:nosso )?canal|"
    # by Russian law
    r"(?:данное сообщение|насто?ящ(?:ий|ее) (?:материал|сообщение)|данный материал) \((?:материал|информация)|"
    r"\*+ ?[^.]{0,80}(?:признан|внес[её]н)\w*[^.]{0,60}(?:ино(?:странн\w+ )?агент|нежелательн|террорист|экстремист)|"
    r"при (?:полном или частичном|повному (?:або|чи|та) частковому) (?:использовани|копировани|цитировани|використанн|цитуванн)|"
    r"присылайте (?:\w+ )?новост|есть (?:новость|что рассказать)\W|вступайте в наш|заходите (?:в|на) наш)"
    r"|^\W*(?:подпи(?:сывайтесь|шитесь(?! под )|саться(?: на|\W*$))|присоединяйтесь(?: к (?:нам|наш\w+)|\W*$)|"
    r"следите за (?:нами|"
    r"наш|новост|обновлен|событи|развити|главн|последн)|понравил(?:ся|ась) (?:материал|статья|"
    r"текст)|поделиться|"
    r"поделитесь|комментари\w*\W*$|"
    r"комментировать|оставить комментарий|оцените (?:статью|материал|новость)|все права (?:защищ|принадлеж)|"
    r"реклама\W*$|нашли (?:ошибку|опечатку)|заметили ошибку|если вы (?:нашли|заметили|обнаружили) (?:ошибку|"
    r"опечатку)|хотите (?:читать|получать|быть в курсе)|читайте нас|мы в (?:telegram|facebook|вконтакте|соц)|"
    r"наш (?:telegram|телеграм|канал)|фото\s*:|теги\s*:|ключевые слова|источник фото|сообщить об ошибке|распечатать|"
    r"версия для печати|время (?:чтения|на чтение)|перепечатка|использование материалов|при (?:использовании|"
    r"копировании|перепечатке|цитировании)|ваше мнение|уважаемый посетитель|"
    r"(?:информация\W{1,3})?посетители, находящиеся в группе|в закладки|на главную)"
    r"|^\W*(?:newsletter|jetzt (?:abonnieren|anmelden|registrieren|herunterladen)|abonnieren sie|abonniere\b|"
    r"melden sie sich|folgen sie uns|folge uns|folgst du|teilen\W*$|artikel (?:teilen|drucken|versenden|"
    r"kommentieren)|kommentar(?:e|\s+(?:abgeben|schreiben|verfassen))?\W*$|alle rechte vorbehalten|rechte am artikel|"
    r"anzeige\W*$|werbung\W*$|du musst dich|sie müssen sich|dies ist eine maschinelle übersetzung|dieser (?:artikel|"
    r"text|beitrag) (?:ist|wurde|erschien|erscheint)(?: zuerst| zunächst| ursprünglich)? (?:am|im|in|bei|auf|von|"
    r"zuerst|erschienen)|lesezeit|aktualisiert(?!\s+(?:wird|wurde|werden|hat))|stand\s*:|fehler (?:gefunden|"
    r"melden)|schreiben sie uns|"
    r"hinweis der redaktion|hat ihnen (?:dieser|der) (?:artikel|beitrag|text) gefallen|wie hat ihnen (?:dieser|der) |"
    r"ein klick für den datenschutz|(?:empfohlener )?(?:externer|redaktioneller) inhalt\W*$|an dieser stelle (?:finden|"
    r"befindet|ist) [^.]{0,40}(?:extern|inhalt)|wir (?:benötigen|brauchen) (?:ihre|deine) (?:zustimmung|einwilligung)|"
    r"das gespräch führte|mit material von|erstveröffentlichung)"
    r"|^\W*(?:abonnez-vous|inscrivez-vous|suivez-nous|partager(?:\W*$| (?:sur|cet|l[’']article|par)\b)|"
    r"commentaires?\W*$|tous droits réservés|"
    r"pour afficher ce contenu|ce contenu est (?:hébergé|fourni) par|publicité\W*$|temps de lecture|"
    r"signaler une erreur|recevez (?:nos|notre|chaque|l[’']|toute|le|les|gratuitement|par)|téléchargez (?:notre|"
    r"l[’']app|"
    r"gratuitement)|(?:avec|source)\s*:?\s*(?:afp|reuters|"
    r"ap)\W*$)"
    r"|^\W*(?:suscr[ií]bete|suscr[ií]base|s[ií]guenos|síganos|compart(?:ir|e|ilo)(?:\W*$| (?:en|est[ea]|por|vía|"
    r"noticia|artículo)\b)|comentarios?\W*$|"
    r"todos los derechos|publicidad\W*$|recibe (?:nuestra|las|toda)|apúntate|únete a|tu suscripción|inscreva-se|"
    r"assine (?:a|o|nossa)|siga-nos|(?:com)?partilh(?:ar|e)(?:\W*$| (?:n[oa]|est[ea]|via|artigo|notícia)\b)|"
    r"comentários?\W*$|todos os direitos|"
    r"publicidade\W*$|tempo de leitura)"
    r"|^\W*(?:iscriviti|seguici|condividi(?:\W*$| (?:su|quest|l[’']articolo|via)\b)|commenti?\W*$|tutti i diritti|"
    r"riproduzione riservata|© riproduzione|"
    r"pubblicità\W*$|tempo di lettura|scarica l[’']app)"
    r"|^\W*(?:zapisz się|subskrybuj|obserwuj nas|dołącz do|udostępnij|podziel się|komentarz[ey]?\W*$|dodaj komentarz|"
    r"skomentuj|wszelkie prawa|wszystkie prawa|reklama\W*$|źródło zdjęcia|czas czytania|zgłoś błąd|drukuj|"
    r"wyślij (?:znajomemu|e-?mail)|zapraszamy (?:też )?do dyskusji|oceń artykuł|przihla[sš]te se|přihlaste se|"
    r"odebírejte|sledujte nás|sdílet(?:\W*$| (?:na|článek|tento)\b)|komentáře?\W*$|diskuse\W*$|všechna práva|"
    r"reklama\W*$|абонирайте се|"
    r"последвайте ни|споделете(?:\W*$| (?:в|във|статията|новината|тази|с приятели)\b)|коментари?\W*$|всички права|"
    r"следете ни)"
    r")",
)
# Appeals to the reader in whole sentences: to pay, to follow on other platforms, to read on below an advertisement. The
# verb opens the line, and what it asks for must be the outlet's: "Support the harbour" is a headline.
APPEAL = re.compile(
    r"^\W*(?:"
    # en
    r"(?:please )?(?:support|help)(?: to support)? (?:us\b[^.!?]{0,40}(?:$|[:.!]|journalis|report|work|run|grow|donat)|"
    r"(?:our|independent|quality|free|local|fearless|this|the)\b[^.!?]{0,50}(?:journalis|reporting|newsroom|reporters))"
    r"|if you (?:value|like|enjoy|enjoyed|appreciate|believe in|rely on)\b[^.!?]{0,60}(?:report|journalis|newsletter|"
    r"stor(?:y|ies)|article|our work)[^.!?]{0,80}(?:consider|support|donat|subscri|share)|become a (?:\w+ )?(?:member|"
    r"patron|supporter|subscriber)\b|(?:this|our) (?:story|article|journalism|reporting|site|website) (?:is|remains) "
    r"free\b[^\n]{0,80}(?:donat|support|help)|follow (?:our|the) [^.!?]{0,40}(?:channel|page|account)|don[’']t miss "
    r"(?:out|a (?:story|thing|beat))\b[^\n]{0,80}(?:inbox|newsletter|app\b|follow|subscri|sign)|add us as a preferred|"
    r"(?:let us know|tell us|share your (?:thoughts|views|opinion))[^.!?]{0,40}comments?\b|what (?:do you think|"
    r"are your "
    r"thoughts)\?[^\n]{0,60}(?:comment|let us know)|(?:this )?(?:article|story|text) continues? (?:below|after|under)|"
    r"scroll (?:down )?(?:to|for)\b[^.!?]{0,40}$|loading\W*$|related content\W*$"
    # uk, ru, be
    r"|(?:підтрима(?:йте|ти|й)|допоможіть|станьте|ставайте|долучайте?ся|задонат\w+|приєднуйте?ся)\b[^.!?]{0,70}"
    r"(?:журналіст|редакці|видання|спільнот|patreon|донат|внеск|читачів|розповідати правду|\bнас\b|\bнам\b|"
    r"telegram|телеграм)"
    r"|ваш\w* (?:внес|донат|підтримк)\w*[^.!?]{0,50}(?:допо|дозвол|нам\b|нас\b|журналіст)"
    r"|(?:ще )?більше (?:новин|матеріалів|цікавого|подробиць)\b[^.!?]{0,60}(?:telegram|телеграм|viber|вайбер|"
    r"facebook|instagram|youtube|whatsapp|канал)|(?:наші )?новини\b[^.!?]{0,40}(?:у|в) (?:telegram|телеграм|viber)"
    r"|(?:читайте|дивіться|слухайте|стежте|підпис\w+)\b[^.!?]{0,60}(?:у|в|на|через) (?:наш\w* )?(?:telegram|телеграм|"
    r"viber|вайбер|google ?новин|google news|facebook|instagram|youtube|whatsapp|tiktok|threads)"
    r"|(?:цей )?(?:матеріал|текст|статт[яю]|публікаці[яю]) (?:було )?(?:підготовлен|створен|опублікован)\w+ (?:за "
    r"(?:фінансової )?підтримки|у межах|в рамках|в межах)"
    r"|(?:поддержите|помогите|станьте|присоединяйтесь|оформите)\b[^.!?]{0,70}(?:журналист|редакци|издани|сообществ|"
    r"пожертвован|подписк|донат|\bнас\b|\bнам\b|telegram|телеграм)"
    r"|(?:ещ[её] )?больше (?:новостей|материалов|интересного|подробностей)\b[^.!?]{0,60}(?:telegram|телеграм|viber|"
    r"дзен|вконтакте|whatsapp|youtube|\bmax\b|канал)"
    r"|(?:читайте|смотрите|слушайте|следите)\b[^.!?]{0,60}(?:у|в|на) (?:наш\w* )?[«\"]?(?:telegram|телеграм|дзен|"
    r"viber|вконтакте|вк\b|youtube|whatsapp|\bmax\b|яндекс)|добавьте (?:нас|[^.!?]{2,30}) в (?:избранн|источник)"
    r"|падпі(?:свайцеся|свайся|шыцеся)|падтрыма(?:йце|ць)\b[^.!?]{0,50}(?:журналіст|рэдакц|нас\b|праект)|"
    r"чытайце (?:таксама|яшчэ|нас|падрабязн)|больш (?:навін|цікавага)\b|дасылайце\b[^.!?]{0,40}(?:навін|фота|пошт|нам)|"
    r"далучайцеся да|сачыце за намі|рэклама\W*$|фота\s*:|усе правы|глядзіце таксама|заўважылі памылку"
    # de
    r"|unterstütz(?:en sie|e|t)\b[^.!?]{0,60}(?:journalis|redaktion|unsere arbeit|\buns\b)|mehr (?:aktuelle )?"
    r"(?:nachrichten|news|meldungen)\b[^.!?]{0,60}(?:lesen|finden|gibt es|hier)|[^.!?]{0,40}\?? ?testen sie (?:jetzt|"
    r"unser)[^.!?]{0,60}(?:abo|digital|angebot|plus|e-paper)|keine (?:nachrichten?|news) (?:mehr )?verpassen|"
    r"auch (?:lesenswert|spannend)\s*:|diese[rs] (?:inhalt|element)[^.!?]{0,20}(?:drittanbieter|extern)|"
    r"(?:der )?artikel "
    r"(?:geht|wird) (?:nach der anzeige|unten) "
    # fr, es, pt, it
    r"|suivez (?:toute l[’']|notre |nos |-?nous)[^.!?]{0,60}(?:whatsapp|chaîne|google|facebook|twitter|telegram|"
    r"réseaux|page)|soutenez (?:une|un|le|la|notre|nous)?\b[^.!?]{0,40}(?:presse|journalis|rédaction|média|don\b)|"
    r"(?:la suite|l[’']article continue|suite de l[’']article) après|vous avez une information|faites un don"
    r"|(?:apoya|sostén|colabora con)\b[^.!?]{0,40}(?:periodis|nosotros|medio)|hazte (?:socio|suscriptor)|"
    r"sigue (?:a|todas? las noticias|nuestr\w+)\b[^.!?]{0,50}(?:whatsapp|canal|google|facebook|telegram)|"
    r"contenido relacionado\W*$|(?:la noticia |el artículo )?(?:continúa|sigue) (?:después|debajo|"
    r"tras) de? ?la publicidad"
    r"|siga (?:o|a|os|as) [^.!?]{0,40}(?:whatsapp|canal|instagram|google|facebook|telegram)|"
    r"apoie\b[^.!?]{0,40}(?:jornalis|"
    r"redação)|(?:o artigo |a notícia )?continua (?:depois|após) da? publicidade|conteúdo relacionado\W*$"
    r"|segui (?:il|la|le|i)\b[^.!?]{0,50}(?:whatsapp|canale|pagina|google|facebook|telegram|instagram)|sostieni\b"
    r"[^.!?]{0,40}(?:giornalis|informazione|redazione)|scopri di più\b[^.!?]{0,40}$|(?:l[’']articolo )?continua (?:a "
    r"leggere )?dopo la pubblicità"
    # pl, cs, sk
    r"|(?:wspieraj|wesprzyj|wspomóż)\b[^.!?]{0,50}(?:dziennikar|redakcj|\bnas\b|media)|(?:dalsza część|reszta|ciąg "
    r"dalszy)\b[^.!?]{0,30}(?:pod|poniżej)\b|przeczytaj\s*:|masz (?:ciekawy )?temat\b|masz (?:dla nas )?informacj"
    r"|(?:podpořte|podporte)\b[^.!?]{0,50}(?:žurnalist|novinář|novinár|redakc|\bnás\b)|(?:článek|článok|text) "
    r"pokračuje (?:pod|níže|za)|pokračování (?:článku|textu)\b|(?:prihláste sa|odoberajte|sledujte nás|zdieľať\W*$)"
    # bg, sr, hr, ro, hu, tr, el
    r"|подкрепете\b[^.!?]{0,50}(?:журналист|медия|редакция|\bни\b)|(?:pratite|zapratite|пратите|запратите) (?:nas|"
    r"нас)\b|"
    r"(?:pročitajte|прочитајте|čitajte|читајте) (?:još|i ovo|takođe|također|и ово|још|такође)"
    r"|urmăr(?:ește|iți)-ne|susține(?:ți)?\b[^.!?]{0,40}(?:jurnalis|presa|redacți)|articolul continuă|abon(?:ează-te|"
    r"ați-vă)|publicitate\W*$|kövess(?:en|é)?(?:tek)? minket|iratkozz(?:on)? fel|bizi takip|abone ol|ακολουθήστε μας|"
    r"ακολουθήστε το\b[^.!?]{0,40}(?:google|viber)"
    # nl, nordic
    r"|volg ons\b|steun (?:onze|de) (?:journalis|redactie)|følg oss\b|følg os\b|följ oss\b|seuraa meitä"
    r")",
)
# Said anywhere in a line, it makes the line a notice.
RIGHTS = re.compile(
    r"\bwe may (?:earn|receive|get) [^.]{0,40}(?:commission|compensation)|\bearn an affiliate commission|"
    r"無断(?:転載|複製)|저작권자|무단\s?전재|재배포\s?금지|"
    r"\b(?:all rights reserved|alle rechte vorbehalten|все права защищены"
    r"|усі права захищено|tous droits réservés|todos los derechos reservados|wszelkie prawa zastrzeżone)",
)
# Every match of RIGHTS has one of these, and hardly any page does: asked first, for all lines together.
RIGHTS_HINTS = (
    "commission", "compensation", "無断", "저작권", "무단", "재배포", "rights reserved", "rechte vorbehalten",
    "права защищены", "права захищено", "droits réservés", "derechos reservados", "prawa zastrzeżone",
)  # fmt: skip
# Captions and picture credits.
CAPTION = re.compile(
    r"^\W*(?:(?:photo|image|picture|video|graphic|credit|photograph|illustration|screenshot|file photo|foto|fotos|"
    r"bild|bilder|grafik|quelle|imago|dpa|getty|фото|фотография|світлина|ілюстрація|иллюстрация|скриншот|скріншот|"
    r"відео|видео|zdjęcie|fot|źródło|снимка|crédit|credits?|crédits?|imagen|imagem|fotografía|fotografia|fotó|"
    r"φωτ\w*)\s*(?:\(?s\)?)?\s*[.:/©|]|\(?(?:ap|afp|getty|reuters|epa|dpa|imago|shutterstock) ?(?:photo|images|"
    r"via)?/|(?:фото|світлина|photo|foto|fot)\s+[\w.’'-]+(?:\s+[\w.’'-]+){0,2}$|pictured\b|show caption|\(?fot\. |"
    r"\[[^\]]{0,40}=[^\]]{0,60}\]$)",
)
# The agencies and stocks that pictures are credited to, at the end of a line.
CREDIT = re.compile(
    r"\b(?:getty images|shutterstock|afp via|ap photo|reuters/|epa-efe|imago images|picture alliance|\bunsplash|"
    r"depositphotos|istock)\b[^.]{0,40}$"
    # what is seen, then who took it
    r"|[.!?…)]\s*\(?(?:фото|світлина|photo|foto|zdjęcie|снимка)\s*:[^.!?]{2,40}$"
    # the running time of a film
    r"|\|\s*\d{1,3}:\d\d\s*min\W*$",
)
# The same for CREDIT.
CREDIT_HINTS = (
    "getty images", "shutterstock", "afp via", "ap photo", "reuters/", "epa-efe", "imago images", "picture alliance",
    "unsplash", "depositphotos", "istock", "|",
    "фото", "світлина", "photo", "foto", "zdjęcie", "снимка",
)  # fmt: skip
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
)
# Class words of a lead paragraph, and of what only summarises or decorates.
LEAD_CLASS = re.compile(
    r"(?:^|[\s_-])(?:lead|lede|ingress|preamble|perex|zajawka|vorspann|chapo|chapeau|anons|anonce|lid|leadin|"
    r"entradilla|sommario|standfirst|itemintrotext|preview-?text)(?:$|[\s_-])"
    r"|art(?:icle)?[_-]?lead\b|lead-?(?:text|paragraph)|articlesummary|teaser-?text|field--?name-field-(?:teaser|"
    r"lead|intro|summary)\b|news[_-]?(?:lead|intro|anons|heading)",
)
NO_LEAD_CLASS = re.compile(
    r"sub|\bdek|dek\b|strap|heading-des|promo|foot|summary|excerpt|synopsis|teaser|caption|social|newsletter|author|"
    r"bio|related|share|credit|comment",
)
# Said at the foot of a page to the reader: newsletters, accounts, addresses, disclaimers. Searched anywhere in a line,
# but only in the last ones. Last paragraphs of news have most of these words, too: somebody writes on his Telegram
# channel, a country would become a member, a group is an affiliate, an AFP reporter saw it.
FOOT = re.compile(
    r"©|@\w+ on (?:twitter|x)\b|\b(?:newsletter|sign(?:ing)? up (?:for (?:our|the|free|a|more|\w+ (?:newsletter|"
    r"alert|email|update))|here|now|today|below|to (?:our|receive|get)|with your)|subscrib(?:e|"
    r"ing)\b(?! to the (?:idea|"
    r"theory|view|notion|belief))|follow (?:him|her|them|us|me) (?:on|at|@)|on (?:twitter|facebook|instagram|telegram|"
    r"whatsapp) (?:at |@)|(?:contact|email|e-mail|reach|"
    r"tip)\w*[^.]{0,60}[\w.+-]+@[\w-]+\.\w|^[\w.+-]+@[\w-]+\.\w+$|(?:may|"
    r"can) be reached (?:at|by) (?:\S+@|phone|e-?mail|[\d(+])|email (?:us|your)|story ideas|letters to the editor"
    r"|support (?:our|independent|this|quality)[^.]{0,40}(?:journalism|work|site|reporting)|make a (?:monthly |"
    r"one-time |"
    r"tax-deductible )?(?:donation|contribution)(?: (?:to (?:us|our|this)|today|now|here)|\W*$)|"
    r"become a (?:\w+ )?(?:patron|"
    r"supporter|subscriber|member (?:today|now|for|from|here|and (?:get|support|help)|to (?:support|read)))\b|"
    r"(?:monthly|one-time|regular) (?:commitment|donation|contribution)|please (?:consider|take a moment|donate|"
    r"support)|donate (?:now|today|here)|(?:every|per) month\. \d+ issues|"
    r"free (?:daily|weekly) (?:newsletter|email)"
    r"|contributed (?:reporting |to this )|(?:associated press|reuters|afp) (?:writers?|"
    r"reporters?)\b[^.]{0,120}contributed|"
    r"^\W*(?:additional )?(?:reporting|editing|writing) by|editing by|^\W*(?:[\w.’'-]+ ){1,4}is (?:a|an|the|our) "
    r"[^.]{0,60}\b(?:reporter|editor|writer|journalist|columnist|correspondent|contributor|author|fellow|freelanc\w+|"
    r"producer)\b|^\W*disclaimer|disclaimer\s*:|prices? (?:are )?subject to change|may (?:receive|"
    r"earn) (?:a )?commission|affiliate (?:links?|commissions?|partners?|program|marketing|disclosure)|"
    r"for (?:informational|"
    r"educational) purposes|(?:our|agree|protected by|see the|read the|by clicking)\b[^.]{0,60}(?:terms of (?:use|"
    r"service)|"
    r"privacy policy)|(?:terms of (?:use|service)|privacy policy)(?: apply|\W*$)|all rights reserved|^\W*copyright|"
    r"copyright (?:©|\(c\)|\d|notice|policy)|views expressed)"
    r"|підпи(?:суйтесь|суйтеся|шіться)|наш(?:ого|ому)? (?:telegram|телеграм)|(?:підпис\w+|читайте|стежте|приєдн\w+|"
    r"долуч\w+|більше)\b[^.]{0,60}(?:telegram|телеграм)|(?:знайшли|помітили|побачили|виділіть|повідом\w+ про)[^.]{0,20}"
    r"помилку|ctrl ?\+ ?enter|(?:всі|усі) права (?:захищ|застереж|належ|на )|(?:матеріал|про[єе]кт|публікаці|"
    r"статт|текст|"
    r"підготовлен|створен|реалізу)\w*[^.]{0,60}за (?:\w+ )?підтримки|підтримайте (?:нас|наш|редакц|незалежн|роботу|"
    r"журналіст|видання|про[єе]кт)|задонат|донатьте|редакці[яї] (?:не несе|може не (?:поділяти|погоджуватис))|"
    r"думк\w+ редакції|передрук|гіперпосилання"
    r"|подпи(?:сывайтесь|шитесь)|наш(?:его|ем)? (?:telegram|телеграм)|(?:нашли|заметили|увидели|выделите|"
    r"сообщ\w+ об)[^.]{0,20}(?:ошибк|опечатк)|все права (?:защищ|принадлеж|на )|поддержите (?:нас|наш|редакц|независим|"
    r"работу|журналист|издание|проект)|редакция (?:может не разделять|не нес[её]т)|мнение (?:автора|редакции)|"
    r"перепечатк|"
    r"гиперссылк|использовани[еия] материалов|с указанием (?:источник|ссылк|автор|активн)|ссылка на [\w.-]+ обязательна|"
    r"зарегистрирован\w* (?:федеральн|роскомнадзор|в роскомнадзор)|свидетельств\w+ (?:о регистрации|эл )|ідентифікатор медіа"
    r"|abonnier|abonnement|whatsapp-kanal|korrespondent(?:in)? [^.]{0,40}(?:ist|berichtet)|"
    r"^\W*(?:[\w.’'-]+ ){1,4}(?:ist|"
    r"arbeitet als) [^.]{0,40}(?:redakteur|reporter|korrespondent|autor)(?:in)?\b|rechte am artikel|alle rechte "
    r"vorbehalten|datenschutz(?:erklärung|hinweis|bestimmung|einstellung)|originalartikel"
    r"|abonnez|inscrivez-vous|vous inscrire|droits réservés|suscr[ií]b(?:ete|ase|irte|irse)|tu suscripción|"
    r"inscr[ií]b(?:ete|"
    r"ase)|inscreva-se|tu cuenta|derechos reservados|iscriviti|abbonati (?:a|ora|per|qui|subito|al)\b|"
    r"riproduzione riservata|"
    r"zapisz się|dołącz do (?:nas|nasz)|(?:nas|nasz\w*|śledź|obserwuj|polub)\b[^.]{0,40}na facebooku|prawa zastrzeżone|"
    r"redakcja nie (?:ponosi|odpowiada|zwraca)|předplat|(?:přihl|objedn)\w+[^.]{0,30}odběr|odběr (?:novinek|newsletter|"
    r"článk|zpráv)|práva vyhrazena|абонирай|последвайте|aboneler|abonelik",
)
# Class words of a box beside the text.
BOX_CLASS = re.compile(
    r"newsletter|whatsapp|sign-?up|subscri(?:be|ption)|author-?(?:bio|info|box|card)|recommend\w*|most-?(?:read|"
    r"popular)|news-?list|also-?read"
    r"|read-?(?:also|next)|related\w*|comment-?form|fact-?box|info-?box|(?:^|[\s_-])box(?=$|[\s_-])|sidebar|"
    r"promo(?:tion)?|advert\w*|donat\w+|disclaimer|(?:^|[\s_-])(?:poll|voting|quiz|survey)(?=$|[\s_-])|read-?more"
    r"|(?:^|[\s_-])(?:appeal|support-?us|membership)(?=$|[\s_-])",
)
# Class words of what shows pictures and films; labels in it are captions.
MEDIA_CLASS = re.compile(
    r"(?:^|[\s_-])(?:video|player|gallery|slider|slideshow|photo|image|picture|figure|media)(?:$|[\s_|-])"
)
