"""Words that tell a person's name from what else stands in bylines. Facts about languages, not about outlets."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.casefold().split())


# Words that lead into a byline, by language; with or without a colon (a regular expression's alternatives).
# Between a lead and a name: "Von unserem Redakteur", "Door onze verslaggever", "Par notre correspondante".
OUR = r"(?:\s+(?:unser\w*|onze|notre|nostr[oa]|nuestr[oa]|noss[oa])\s+[^\W\d_]+(?:\s+(?:spécial|especial|speciale))?)?"
# "Text und Fotos", "Words and pictures", "Текст и фото": who took the pictures has written, too.
_AND_PICTURES = (
    r"(?:\s*(?:und|and|y|e|et|i|og|och|en|ja|и|та|і|&|\+|/)\s*(?:fotos?|foto['’]?s|photos?|photographs?|pictures?|images?"
    r"|bild(?:er)?|imagens|immagini|zdjęcia|fotografie|kuvat?|video|фото|відео|видео))"
)
LEADS = "|".join(
    (
        r"(?:written|reported|reporting|posted|published|submitted|contributed|filed|compiled|story|words|text|opinion"
        r"|analysis|article|review|report|comment|commentary|interview|(?:guest )?(?:post|column|essay))?"
        rf"{_AND_PICTURES}?\s*by|as\s+told\s+to|reporter|author(?:s|\(s\))?",  # en
        rf"(?:(?:erstellt|verfasst|geschrieben|veröffentlicht|eingestellt)\s+)?(?:von|vom){OUR}"
        rf"|text{_AND_PICTURES}?(?:\s+von)?|eine?\s+[^\W\d_]+\s+von|interview(?:\s+von)?|aus\s+[^\W\d_]+\s+berichtet"
        r"|(?:gast)?(?:beitrag|kommentar|kolumne|analyse|essay|reportage|glosse|porträt|meinung|bericht|rezension|kritik"
        r"|leitartikel|protokoll)\s+von|protokoll|aufgezeichnet\s+von|autor(?:in|en)?",  # de
        rf"par{OUR}|écrit\s+par|publié\s+par|propos\s+recueillis\s+par|texte{_AND_PICTURES}?|auteure?s?|autrice",  # fr
        rf"por{OUR}|escribe|escrito\s+por|publicado\s+por|redactado\s+por|redacción\s+de|autor(?:es|a)?"
        rf"|texto{_AND_PICTURES}?|entrevista|reportagem",  # es, pt
        r"di|a\s+cura\s+di|scritto\s+da|dal\s+nostro\s+(?:inviato|corrispondente)|servizio\s+di|autore"
        rf"|testo{_AND_PICTURES}?",  # it
        r"opracowa(?:ła?|nie)|oprac\.?|przygotowała?|napisała?|rozmawiała?|notowała?|autor(?:ka|zy)"
        rf"|tekst{_AND_PICTURES}",  # pl
        r"napsala?|připravila?|napísala?|pripravila?",  # cs, sk
        rf"door{OUR}|av|af|skrevet\s+av|skrevet\s+af|tekst{_AND_PICTURES}?|skribent|kirjoittaja"
        rf"|teksti{_AND_PICTURES}?",  # nl, no, da, sv, fi
        r"(?:матеріал|текст|інтерв['’ʼ]ю|розмову|материал|интервью|беседу)\s+(?:підготува(?:в|ла)|записа(?:в|ла)"
        r"|вела|вів|подготовила?|записала?)",  # uk, ru
        r"автор(?:ка|и|ы|ы\s+статьи|\s+статьи|\s+статті|\s+тексту|\s+текста|\s+материала|\s+матеріалу)?"
        rf"|текст{_AND_PICTURES}?|кореспондент(?:ка)?|корреспондент|(?:соб\. ?)?корр\."
        r"|журналист(?:ка)?|журналіст(?:ка)?",  # uk, ru
        r"підготува(?:в|ла)|підготовлено|записа(?:в|ла)|розмовля(?:в|ла)|спілкува(?:вся|лася|лась)|інтерв['’ʼ]ю|від",  # uk
        r"подготовила?|записала?|беседовала?|интервью|аўтар(?:ка)?|падрыхтава(?:ў|ла)",  # ru, be
        r"автори|автор на статията|от|пишува|пише|аутор(?:ка)?",  # bg, mk, sr
        r"piše|pišu|avtor(?:ica)?|müəllif|nga(?=\s*:)|ავტორი",  # hr, sl, az, sq, ka
        r"autors|autore|sagatavoja|autorius|autorė|parengė",  # lv, lt
        r"συντάκτης|γράφει\s+(?:ο|η)|του|της|yazar|yazan|haber|muhabir|penulis|oleh(?=\s*:)|szerző|írta|tác\s+giả",  # el, tr, …
        # Swahili "by": two words at least follow, for "Na" is a Korean name
        r"na(?=\s+[^\W\d_]\S+\s+[^\W\d_])",
        r"بقلم|كتبت?|تقرير|إعداد|מאת|取材・文|文|記者|记者|著者|作者|撰文|撰稿",  # ar, he, zh, ja
    )
)
# Words that begin a credit of somebody who has not written: pictures, editing, translation, production.
CREDITS = (
    r"(?:photo(?:s|graphy|graphs?)?|pictures?|images?|fotos?|bild(?:er)?|symbolbild|фото\w*|зображення|иллюстраци[яи]|ілюстраці[яї]"
    r"|grafika?|графика|(?:інфо|инфо)графика|video|видео|відео|credits?|montage|illustrations?(?:\s+by)?|снимк[аи]|зн[иі]мк[аи]"
    r"|zdjęci[ae]|ilustracj[ae]|fotografie|valokuvat?|kuvat?|foto['’]?s|immagini|imagen(?:es)?|imagem|camera|kamera"
    r"|edit(?:ed|ing)(?:\s+by)?|translat(?:ed|ion)(?:\s+by)?|produc(?:ed|tion|er)(?:\s+by)?"
    r"|(?:medically |fact )?(?:reviewed|checked)\s+by"
    r"|redaktion|redaktor(?:ka|\s+prowadząc[ya])?|redattore|редактор(?:ка)?|редактував|редактувала|коректор(?:ка)?|корректор"
    r"|перекла(?:в|ла|д|дач)|переклад\w*|перевод(?:чик)?|перевела|перевёл|перевел|превод(?:ач)?|tłumacz(?:enie|yła?)"
    r"|übersetz\w*|traduction|traducción|traduzione|tradução|překlad|preklad|bearbeitung|режис[её]р|оператор|монтаж)(?!\w)"
)

# Towns and countries of two words and more that stand behind a name, and look like another one.
PLACES = frozenset(
    """
    new york|new york city|new delhi|los angeles|san francisco|san diego|las vegas|washington dc|hong kong|tel aviv
    buenos aires|são paulo|sao paulo|rio de janeiro|abu dhabi|addis ababa|kuala lumpur|mexico city|cape town|den haag
    the hague|st petersburg|saint petersburg|kryvyi rih|bila tserkva|кривий ріг|біла церква|белая церковь|кривой рог
    нижний новгород|великий новгород|ростов на дону|санкт петербург|стара загора|велико търново|нови сад|novi sad
    нова каховка|новая каховка|часів яр|часов яр|гуляй поле|велика новосілка|великий бурлук|красний лиман|красный лиман
    старый оскол|набережные челны|великие луки|новый уренгой|южно сахалинск|new orleans|kansas city|salt lake city
    san josé|san salvador|santo domingo|panama city|zielona góra|nowy sącz|hradec králové|české budějovice
    united states|united kingdom|saudi arabia|south korea|north korea|south africa|sri lanka|new zealand|costa rica
    puerto rico|el salvador|bad homburg|frankfurt am main|ho chi minh city|phnom penh|ciudad de méxico|santa cruz
    """.replace("\n", "|")
    .replace("    ", "")
    .strip("|")
    .split("|")
)

# Parts of family names that are written in lower case, by language of origin.
PARTICLES = _words(
    """
    de del della di da do dos das du des la le les el al ul bin ibn ben bint abu van von vom zu zur zum der den ter te
    ten los las het 't d' l' y e i af av ap mac mc st san santa de' degli dei lo v vander dalla oz
    """
)
SUFFIXES = _words("jr sr ii iii iv phd md esq mba")
# Academic, clerical and military titles in front of a name; they are not part of it.
TITLES = _words(
    """
    rechtsanwalt rechtsanwältin ra adv dr prof mr mrs ms sir dame rev fr hon lt col gen maj capt sgt pfarrer herr frau
    professor professorin lord lady baroness doc doz ing dipl mag bc mgr inż phdr mudr judr rndr д-р проф
    """
)

# A part of a byline with one of these words is a desk, an outlet, a role or a control of the page, never a person.
# Words that are common names of people, too ("May", "Guest", "You"), are left out.
NOT_PEOPLE = _words(
    """
    kg ag sa srl spa oy ab llp plc bv
    staff news newsroom newsdesk desk team editor editors editorial editorials edition reporter reporters correspondent
    correspondents contributor contributors columnist writer writers author authors admin administrator webmaster
    press agency agencies wire wires service services report reports media magazine times post daily weekly journal
    nation tribune herald gazette chronicle observer guardian telegraph today online digital website web site blog tv radio
    channel network broadcasting studio studios group company inc llc ltd gmbh corp corporation foundation institute
    university college school center centre association solutions global capital management consulting security
    department submissions interactive society council committee ministry office bureau
    party union club community project production productions entertainment sports sport politics business world
    international national local regional opinion analysis letters readers user users member members anonymous unknown
    none null undefined test more follow share view all posts about twitter facebook instagram linkedin youtube
    telegram whatsapp email mail print comment comments updated update published publish posted last modified photo
    photos photograph photographs picture image images getty shutterstock video copyright rights reserved advertisement
    sponsored filed under partner content subscribe newsletter subscription login register search home contact click here
    information january february
    september october november december monday tuesday wednesday thursday friday saturday sunday minutes
    dispatch examiner sentinel argus board web
    hours ago reading time exclusive breaking latest related trending popular source sources category tags topic via
    the this that with from for our we it is are was has have how why what when where who

    redaktion redakteur redakteurin onlineredaktion redaktionsteam agentur agenturen nachrichten zeitung verlag presse
    pressestelle pressemitteilung pressedienst polizei mitarbeiter autor autoren gastautor leserbrief uhr aktualisiert
    verband verein kreuz stadtverwaltung landkreis feuerwehr bundesamt kanzlei gesellschaft akademie klinikum
    veröffentlicht lesezeit quelle stand bild foto fotos zum zur mehr alle sendung ressort volontär volontärin

    rédaction journaliste correspondant correspondante avec agence agences publié mis jour lecture
    redacción redaccion redactor redactora redactores noticias agencia diario periódico equipo actualizado mundo tiempo
    heraldo universal nacional país em
    redação redacao repórter agência jornal equipe conteúdo publicado atualizado
    gazeta fundusz fundacja stowarzyszenie zespół portalu
    redazione giornalista agenzia giornale redactie redacteur nieuws redakcja redaktor dziennikarz aktualności
    wiadomości redakce redakcia redaktör redaksjon nyheter nyhetsbyrå toimitus szerkesztőség haber merkezi ajansı
    gazetesi redacția redactia redakcija

    редакция редакція редактор редакторка редколлегия новости новини новина вести вісті агентство агенство агенція
    информ інформ пресс прес служба корреспондент кореспондент кореспондентка журналист журналіст журналістка отдел
    відділ пресслужба компания компанія организация організація материалам матеріалами фонд центр группа група команда
    союз институт інститут университет університет министерство міністерство комитет комітет штаб стрічка
    лента главная головна раздел розділ рубрика сайт сайта
    онлайн інфо инфо портал газета газети радио радіо телеканал канал студия студія админ администратор модератор
    гость читать читати далее далі подробнее фото відео видео источник джерело просмотров переглядів комментарии
    коментарі сегодня сьогодні вчера вчора опубликовано опубліковано обновлено оновлено время час
    января февраля марта апреля мая июня июля августа сентября октября ноября декабря січня лютого березня квітня травня
    червня липня серпня вересня жовтня листопада грудня россия украина україна киев київ москва мск
    редакционна агенция екип репортер автор автори рэдакцыя навіны

    σύνταξη συντακτική ομάδα δημοσιογράφος δημοσιογραφικός οργανισμός όμιλος εφημερίδα ειδήσεις
    نيوز وكالة أخبار صحيفة فريق تحرير التحرير المحرر مراسل מערכת חדשות
    編集部 編集 編輯 編輯者 編集者 取材 記者 通信 新聞 新闻 网 報道
    """
)
# Endings of German compounds that name an institution.
NOT_PEOPLE_ENDINGS = (
    "polizei", "direktion", "inspektion", "präsidium", "verwaltung", "stiftung",
    "zeitung", "verlag", "redaktion", "agentur", "nachrichten", "ministerium", "verband", "gmbh",
    "служба", "агентство", "агенція",
)  # fmt: skip
# The same in scripts without spaces: parts, not words.
NOT_PEOPLE_PARTS = (
    "編集", "新聞", "新闻", "記者", "通信", "ニュース", "取材", "뉴스", "公司", "网", "報導", "报道", "報道", "快訊", "快讯",
)  # fmt: skip
