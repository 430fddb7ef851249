"""Month and weekday names as news sites write them, per language; read by newswire.dates.

Taken from the Unicode CLDR 47 (wide and abbreviated names, both the form inside a date and the one that stands alone),
with the shorter or unaccented spellings that feeds use added. Lower case (casefold), without the final dot. One entry
per language; months (January first) or weekdays (Monday first) separated by "|", spellings by spaces.
"""

from __future__ import annotations

MONTHS: dict[str, str] = {
    "en": (
        "january jan | february feb | march mar | april apr | may | june jun | july jul | august aug | "
        "september sep sept | october oct | november nov | december dec"
    ),
    "uk": (
        "січня січень січ | лютого лютий лют | березня березень бер | квітня квітень квіт кві | травня "
        "травень трав тра | червня червень черв чер | липня липень лип | серпня серпень серп сер | вересня "
        "вересень вер верес | жовтня жовтень жовт жов | листопада листопад лист лис | грудня грудень груд гру"
    ),
    "ru": (
        "января январь янв | февраля февраль февр фев | марта март мар | апреля апрель апр | мая май | июня "
        "июнь июн | июля июль июл | августа август авг | сентября сентябрь сент сен | октября октябрь окт | "
        "ноября ноябрь нояб ноя | декабря декабрь дек"
    ),
    "be": (
        "студзеня студзень сту | лютага люты лют | сакавіка сакавік сак | красавіка красавік кра | мая май | "
        "чэрвеня чэрвень чэр | ліпеня ліпень ліп | жніўня жнівень жні | верасня верасень вер | кастрычніка "
        "кастрычнік кас | лістапада лістапад ліс | снежня снежань сне"
    ),
    "bg": (
        "януари яну ян | февруари фев | март | април апр | май | юни | юли | август авг | септември сеп септ "
        "| октомври окт | ноември ное ноем | декември дек"
    ),
    "sr": (
        "јануар јан | фебруар феб | март мар | април апр | мај | јун | јул | август авг | септембар сеп | "
        "октобар окт | новембар нов | децембар дец"
    ),
    "sr-latn": (
        "januar jan | februar feb | mart mar | april apr | maj | jun | jul | avgust avg | septembar sep | "
        "oktobar okt | novembar nov | decembar dec"
    ),
    "hr": (
        "siječnja siječanj sij | veljače veljača velj | ožujka ožujak ožu | travnja travanj tra | svibnja "
        "svibanj svi | lipnja lipanj lip | srpnja srpanj srp | kolovoza kolovoz kol | rujna rujan ruj | "
        "listopada listopad lis | studenoga studeni stu | prosinca prosinac pro"
    ),
    "bs": (
        "januar jan | februar feb | mart mar | april apr | maj | juni jun | juli jul | august aug | septembar "
        "sep | oktobar okt | novembar nov | decembar dec"
    ),
    "sl": (
        "januar jan | februar feb | marec mar | april apr | maj | junij jun | julij jul | avgust avg | "
        "september sep | oktober okt | november nov | december dec"
    ),
    "mk": (
        "јануари јан | февруари фев | март мар | април апр | мај | јуни јун | јули јул | август авг | "
        "септември сеп | октомври окт | ноември ное | декември дек"
    ),
    "pl": (
        "stycznia styczeń sty stycz | lutego luty lut | marca marzec mar | kwietnia kwiecień kwi kwiet | maja "
        "maj | czerwca czerwiec cze czerw | lipca lipiec lip | sierpnia sierpień sie sierp | września "
        "wrzesień wrz wrzes | października październik paź paz pazdziernika | listopada listopad lis list | "
        "grudnia grudzień gru grudz"
    ),
    "cs": (
        "ledna leden led | února únor úno | března březen bře | dubna duben dub | května květen kvě | června "
        "červen čvn čer | července červenec čvc | srpna srpen srp | září zář | října říjen říj | listopadu "
        "listopad lis | prosince prosinec pro"
    ),
    "sk": (
        "januára január jan | februára február feb | marca marec mar | apríla apríl apr | mája máj | júna jún "
        "| júla júl | augusta august aug | septembra september sep | októbra október okt | novembra november "
        "nov | decembra december dec"
    ),
    "de": (
        "januar jan jänner jän jaenner | februar feb feber | märz mär maerz mrz | april apr | mai | juni jun "
        "| juli jul | august aug | september sept sep | oktober okt | november nov | dezember dez"
    ),
    "nl": (
        "januari jan | februari feb | maart mrt | april apr | mei | juni jun | juli jul | augustus aug | "
        "september sep | oktober okt | november nov | december dec"
    ),
    "fr": (
        "janvier janv jan | février févr fév fev fevrier | mars | avril avr | mai | juin jun | juillet juil "
        "jul | août aoû aout | septembre sept sep | octobre oct | novembre nov | décembre déc dec decembre"
    ),
    "es": (
        "enero ene | febrero feb | marzo mar | abril abr | mayo may | junio jun | julio jul | agosto ago | "
        "septiembre sept sep set setiembre | octubre oct | noviembre nov | diciembre dic"
    ),
    "pt": (
        "janeiro jan | fevereiro fev | março mar marco | abril abr | maio mai | junho jun | julho jul | "
        "agosto ago | setembro set | outubro out | novembro nov | dezembro dez"
    ),
    "it": (
        "gennaio gen genn | febbraio feb | marzo mar | aprile apr | maggio mag | giugno giu | luglio lug | "
        "agosto ago | settembre set sett | ottobre ott | novembre nov | dicembre dic"
    ),
    "ca": (
        "gener gen | febrer febr | març | d’abril abril d’abr abr | maig | juny | juliol jul | d’agost agost "
        "d’ag ag | setembre set | d’octubre octubre d’oct oct | novembre nov | desembre des"
    ),
    "ro": (
        "ianuarie ian | februarie feb | martie mar | aprilie apr | mai | iunie iun | iulie iul | august aug | "
        "septembrie sept | octombrie oct | noiembrie nov noi | decembrie dec"
    ),
    "hu": (
        "január jan | február febr feb | március márc már | április ápr | május máj | június jún | július júl "
        "| augusztus aug | szeptember szept szep | október okt | november nov | december dec"
    ),
    "tr": (
        "ocak oca | şubat şub | mart mar | nisan nis | mayıs may | haziran haz | temmuz tem | ağustos ağu | "
        "eylül eyl | ekim eki | kasım kas | aralık ara"
    ),
    "el": (
        "ιανουαρίου ιανουάριοσ ιαν | φεβρουαρίου φεβρουάριοσ φεβ | μαρτίου μάρτιοσ μαρ μάρ | απριλίου "
        "απρίλιοσ απρ | μαΐου μάιοσ μαΐ μάι | ιουνίου ιούνιοσ ιουν ιούν | ιουλίου ιούλιοσ ιουλ ιούλ | "
        "αυγούστου αύγουστοσ αυγ αύγ | σεπτεμβρίου σεπτέμβριοσ σεπ | οκτωβρίου οκτώβριοσ οκτ | νοεμβρίου "
        "νοέμβριοσ νοε νοέ | δεκεμβρίου δεκέμβριοσ δεκ"
    ),
    "sv": (
        "januari jan | februari feb | mars | april apr | maj | juni | juli | augusti aug | september sep | "
        "oktober okt | november nov | december dec"
    ),
    "da": (
        "januar jan | februar feb | marts mar | april apr | maj | juni jun | juli jul | august aug | "
        "september sep | oktober okt | november nov | december dec"
    ),
    "nb": (
        "januar jan | februar feb | mars mar | april apr | mai | juni jun | juli jul | august aug | september "
        "sep | oktober okt | november nov | desember des"
    ),
    "fi": (
        "tammikuuta tammikuu tammi | helmikuuta helmikuu helmi | maaliskuuta maaliskuu maalis | huhtikuuta "
        "huhtikuu huhti | toukokuuta toukokuu touko | kesäkuuta kesäkuu kesä | heinäkuuta heinäkuu heinä | "
        "elokuuta elokuu elo | syyskuuta syyskuu syys | lokakuuta lokakuu loka | marraskuuta marraskuu marras "
        "| joulukuuta joulukuu joulu"
    ),
    "et": (
        "jaanuar jaan | veebruar veebr | märts | aprill apr | mai | juuni | juuli | august aug | september "
        "sept | oktoober okt | november nov | detsember dets"
    ),
    "lv": (
        "janvāris janv | februāris febr | marts | aprīlis apr | maijs | jūnijs jūn | jūlijs jūl | augusts aug "
        "| septembris sept | oktobris okt | novembris nov | decembris dec"
    ),
    "lt": (
        "sausio sausis saus | vasario vasaris vas | kovo kovas kov | balandžio balandis bal | gegužės gegužė "
        "geg | birželio birželis birž | liepos liepa liep | rugpjūčio rugpjūtis rugp | rugsėjo rugsėjis rugs "
        "| spalio spalis spal | lapkričio lapkritis lapkr | gruodžio gruodis gruod"
    ),
    "ka": (
        "იანვარი იან | თებერვალი თებ | მარტი მარ | აპრილი აპრ | მაისი მაი | ივნისი ივნ | ივლისი ივლ | აგვისტო "
        "აგვ | სექტემბერი სექ | ოქტომბერი ოქტ | ნოემბერი ნოე | დეკემბერი დეკ"
    ),
    "hy": (
        "հունվարի հունվար հնվ | փետրվարի փետրվար փտվ | մարտի մարտ մրտ | ապրիլի ապրիլ ապր | մայիսի մայիս մյս | "
        "հունիսի հունիս հնս | հուլիսի հուլիս հլս | օգոստոսի օգոստոս օգս | սեպտեմբերի սեպտեմբեր սեպ | "
        "հոկտեմբերի հոկտեմբեր հոկ | նոյեմբերի նոյեմբեր նոյ | դեկտեմբերի դեկտեմբեր դեկ"
    ),
    "az": (
        "yanvar yan | fevral fev | mart mar | aprel apr | may | iyun iyn | iyul iyl | avqust avq | sentyabr "
        "sen | oktyabr okt | noyabr noy | dekabr dek"
    ),
    "kk": (
        "қаңтар қаң | ақпан ақп | наурыз нау | сәуір сәу | мамыр мам | маусым мау | шілде шіл | тамыз там | "
        "қыркүйек қыр | қазан қаз | қараша қар | желтоқсан жел"
    ),
    "sq": (
        "janar jan | shkurt shk | mars mar | prill pri | maj | qershor qer | korrik korr | gusht gush | "
        "shtator sht | tetor tet | nëntor nën | dhjetor dhj"
    ),
    # Also as the Levant and the Maghreb call them; names of two words run together (see dates).
    "ar": (
        "يناير كانونالثاني جانفي | فبراير شباط فيفري | مارس آذار | أبريل ابريل إبريل نيسان أفريل | مايو أيار | "
        "يونيو حزيران جوان | يوليو تموز جويلية | أغسطس اغسطس آب أوت | سبتمبر أيلول | أكتوبر اكتوبر تشرينالأول | "
        "نوفمبر تشرينالثاني | ديسمبر كانونالأول"
    ),
    "fa": (
        "ژانویهٔ ژانویه | فوریهٔ فوریه | مارس | آوریل | مهٔ مه | ژوئن | ژوئیهٔ ژوئیه | اوت | سپتامبر | اکتبر "
        "| نوامبر | دسامبر"
    ),
    "he": (
        "ינואר בינואר ינו׳ | פברואר בפברואר פבר׳ | מרץ במרץ | אפריל באפריל אפר׳ | מאי במאי | יוני ביוני | "
        "יולי ביולי | אוגוסט באוגוסט אוג׳ | ספטמבר בספטמבר ספט׳ | אוקטובר באוקטובר אוק׳ | "
        "נובמבר בנובמבר נוב׳ | דצמבר בדצמבר דצמ׳"
    ),
    "sw": (
        "januari jan | februari feb | machi mac | aprili apr | mei | juni jun | julai jul | agosti ago | "
        "septemba sep | oktoba okt | novemba nov | desemba des"
    ),
}

WEEKDAYS: dict[str, str] = {
    "en": (
        "monday mon mo | tuesday tue tu tues | wednesday wed we weds | thursday thu th thur thurs | friday "
        "fri fr | saturday sat sa | sunday sun su"
    ),
    "uk": (
        "понеділок пн | вівторок вт | середа ср середу | четвер чт | пʼятниця пт п'ятниця п’ятниця п'ятницю "
        "п’ятницю | субота сб суботу | неділя нд неділю"
    ),
    "ru": (
        "понедельник пн | вторник вт | среда ср среду | четверг чт | пятница пт пятницу | суббота сб субботу "
        "| воскресенье вс"
    ),
    "be": "панядзелак пн | аўторак аў | серада ср | чацвер чц | пятніца пт | субота сб | нядзеля нд",
    "bg": "понеделник пн | вторник вт | сряда ср | четвъртък чт | петък пт | събота сб | неделя нд",
    "sr": (
        "понедељак пон по | уторак уто ут | среда сре ср | четвртак чет че | петак пет пе | субота суб су | "
        "недеља нед не"
    ),
    "sr-latn": (
        "ponedeljak pon po | utorak uto ut | sreda sre sr | četvrtak čet če | petak pet pe | subota sub su | "
        "nedelja ned ne"
    ),
    "hr": "ponedjeljak pon | utorak uto | srijeda sri | četvrtak čet | petak pet | subota sub | nedjelja ned",
    "bs": "ponedjeljak pon | utorak uto | srijeda sri | četvrtak čet | petak pet | subota sub | nedjelja ned",
    "sl": "ponedeljek pon | torek tor | sreda sre | četrtek čet | petek pet | sobota sob | nedelja ned",
    "mk": "понеделник пон | вторник вто | среда сре | четврток чет | петок пет | сабота саб | недела нед",
    "pl": (
        "poniedziałek pon | wtorek wt wto | środa śr śro | czwartek czw | piątek pt pią | sobota sob | "
        "niedziela niedz nie"
    ),
    "cs": "pondělí po | úterý út | středa st | čtvrtek čt | pátek pá | sobota so | neděle ne",
    "sk": "pondelok po | utorok ut | streda st | štvrtok št | piatok pi | sobota so | nedeľa ne",
    "de": ("montag mo | dienstag di | mittwoch mi | donnerstag do | freitag fr | samstag sa sonnabend | sonntag so"),
    "nl": "maandag ma | dinsdag di | woensdag wo | donderdag do | vrijdag vr | zaterdag za | zondag zo",
    "fr": (
        "lundi lun lu | mardi mar ma | mercredi mer me | jeudi jeu je | vendredi ven ve | samedi sam sa | "
        "dimanche dim di"
    ),
    "es": (
        "lunes lun lu | martes mar ma | miércoles mié mi miercoles | jueves jue ju | viernes vie vi | sábado "
        "sáb sa sabado | domingo dom do"
    ),
    "pt": (
        "segunda-feira seg segunda | terça-feira ter terça terca | quarta-feira qua quarta | quinta-feira qui "
        "quinta | sexta-feira sex sexta | sábado sáb sabado | domingo dom"
    ),
    "it": "lunedì lun | martedì mar | mercoledì mer | giovedì gio | venerdì ven | sabato sab | domenica dom",
    "ca": "dilluns dl | dimarts dt | dimecres dc | dijous dj | divendres dv | dissabte ds | diumenge dg",
    "ro": ("luni lun lu | marți mar ma | miercuri mie mi | joi | vineri vin vi | sâmbătă sâm sâ | duminică dum du"),
    "hu": "hétfő | kedd | szerda sze | csütörtök cs | péntek | szombat szo | vasárnap",
    "tr": (
        "pazartesi pzt pt | salı sal sa | çarşamba çar ça | perşembe per pe | cuma cum cu | cumartesi cmt ct "
        "| pazar paz pa"
    ),
    "el": (
        "δευτέρα δευ δε | τρίτη τρί τρ | τετάρτη τετ τε | πέμπτη πέμ πέ | παρασκευή παρ πα | σάββατο σάβ σά | "
        "κυριακή κυρ κυ"
    ),
    "sv": (
        "måndag mån må | tisdag tis ti | onsdag ons on | torsdag tors to | fredag fre fr | lördag lör lö | "
        "söndag sön sö"
    ),
    "da": (
        "mandag man ma | tirsdag tirs ti | onsdag ons on | torsdag tors to | fredag fre fr | lørdag lør lø | "
        "søndag søn sø"
    ),
    "nb": (
        "mandag man ma | tirsdag tir ti | onsdag ons on | torsdag tor to | fredag fre fr | lørdag lør lø | "
        "søndag søn sø"
    ),
    "fi": (
        "maanantaina maanantai ma | tiistaina tiistai ti | keskiviikkona keskiviikko ke | torstaina torstai "
        "to | perjantaina perjantai pe | lauantaina lauantai la | sunnuntai su"
    ),
    "et": "esmaspäev | teisipäev | kolmapäev | neljapäev | reede | laupäev | pühapäev",
    "lv": (
        "pirmdiena pirmd pr | otrdiena otrd ot | trešdiena trešd tr | ceturtdiena ceturtd ce | piektdiena "
        "piektd pk | sestdiena sestd se | svētdiena svētd sv"
    ),
    "lt": (
        "pirmadienis pr | antradienis an | trečiadienis tr | ketvirtadienis kt | penktadienis pn | "
        "šeštadienis št | sekmadienis sk"
    ),
    "ka": (
        "ორშაბათი ორშ ორ | სამშაბათი სამ სმ | ოთხშაბათი ოთხ ოთ | ხუთშაბათი ხუთ ხთ | პარასკევი პარ პრ | შაბათი "
        "შაბ შბ | კვირა კვი კვ"
    ),
    "hy": (
        "երկուշաբթի երկ եկ | երեքշաբթի երք եք | չորեքշաբթի չրք չք | հինգշաբթի հնգ հգ | ուրբաթ ուր ու | շաբաթ "
        "շբթ շբ | կիրակի կիր կր"
    ),
    "az": " |  | çərşənbə |  | cümə | şənbə | bazar",
    "kk": "дүйсенбі дс | сейсенбі сс | сәрсенбі ср | бейсенбі бс | жұма жм | сенбі сб | жексенбі жс",
    "sq": "hën | mar | mër | enj | pre | sht | die",
    "ar": ("الاثنين إثنين | الثلاثاء ثلاثاء | الأربعاء أربعاء | الخميس خميس | الجمعة جمعة | السبت سبت | الأحد أحد"),
    "fa": "دوشنبه | سهشنبه | چهارشنبه | پنجشنبه | جمعه | شنبه | یکشنبه",
    "he": "ב׳ שני | ג׳ שלישי | ד׳ רביעי | ה׳ חמישי | ו׳ שישי | שבת ש׳ | א׳ ראשון",
    "sw": "jumatatu | jumanne | jumatano | alhamisi | ijumaa | jumamosi | jumapili",
}
