"""The wording of texts that say nothing in particular: data for the quality flags, by language.

Collected from general knowledge of generated, spun and machine-translated prose, not from any one text; what honest
news uses freely ("escalation", "crucial") is only listed with the words that make it stock.
"""

from __future__ import annotations

import re


def _words(*phrases: str) -> re.Pattern[str]:
    """For text in lower case: searching without regard to case takes twice as long."""
    return re.compile(r"\b(?:" + "|".join(phrases) + r")\b")


# fmt: off
HEDGES = {
    "en": _words(
        "could", "may", "might", "would", "perhaps", "possibly", "potentially", "likely", "seems?", "seemingly",
        "arguably", "appears? to",
    ),
    "uk": _words(
        "може", "можуть", "міг би", "могла б", "могло б", "могли б", "можливо", "ймовірно", "потенційно", "здається",
        "очевидно",
    ),
    "ru": _words(
        "может", "могут", "мог бы", "могла бы", "могло бы", "могли бы", "возможно", "вероятно", "потенциально",
        "кажется", "по-видимому",
    ),
    "de": _words(
        "könnten?", "dürften?", "möglicherweise", "vielleicht", "vermutlich", "wahrscheinlich", "womöglich",
        "würden?", "scheint", "scheinen",
    ),
    "fr": _words(
        "pourrai(?:t|ent)", "peut-être", "possiblement", "probablement", "potentiellement", "semblent?",
        "devrai(?:t|ent)",
    ),
    "es": _words(
        "podrían?", "quizás?", "posiblemente", "probablemente", "potencialmente", "parecen?", "tal vez", "podría",
    ),
    "pt": _words("poderiam?", "talvez", "possivelmente", "provavelmente", "potencialmente", "parecem?"),
    "it": _words("potrebbe(?:ro)?", "forse", "possibilmente", "probabilmente", "potenzialmente", "sembra(?:no)?"),
    "pl": _words(
        "może", "mogą", "mógłby", "mogłaby", "mogłoby", "mogłyby", "być może", "prawdopodobnie", "potencjalnie",
        "zapewne", "wydaje się",
    ),
    "cs": _words(
        "může", "mohou", "mohl by", "mohla by", "mohlo by", "mohly by", "možná", "pravděpodobně", "potenciálně",
        "zdá se",
    ),
    "bg": _words("може", "могат", "би могл[аои]", "вероятно", "възможно", "потенциално", "изглежда"),
}
ATTRIBUTION = {
    "en": _words(
        "said", "says?", "told", "according to", "reports?", "reported", "announced", "added", "stated", "confirmed",
        "wrote", "asked", "warned",
    ),
    "uk": _words(
        "повідоми\\w+", "сказа\\w+", "заяви\\w+", "зазначи\\w+", "за словами", "йдеться", "написа\\w+", "додa?в",
        "додала", "розпові\\w+", "за даними", "інформує", "пише", "передає",
    ),
    "ru": _words(
        "сообщ\\w+", "сказа\\w+", "заяви\\w+", "отмети\\w+", "по словам", "говорится", "написа\\w+", "добави\\w+",
        "рассказа\\w+", "по данным", "пишет", "передает", "передаёт",
    ),
    "de": _words(
        "sagte", "sagt", "teilte\\w*", "erklärte", "laut", "zufolge", "berichte\\w+", "betonte", "hieß", "schrieb",
    ),
    "fr": _words(
        "a (?:dit|déclaré|annoncé|affirmé|indiqué|précisé|ajouté)", "selon", "d[’']après", "explique", "affirme",
        "rapporte",
    ),
    "es": _words("dijo", "según", "declaró", "afirmó", "anunció", "señaló", "informó", "aseguró", "explicó", "añadió"),
    "pt": _words(
        "disse", "segundo", "declarou", "afirmou", "anunciou", "informou", "explicou", "acrescentou",
        "de acordo com",
    ),
    "it": _words("ha (?:detto|dichiarato|affermato|annunciato|spiegato)", "secondo", "spiega", "afferma", "riferisce"),
    "pl": _words(
        "powiedział\\w*", "poinformował\\w*", "według", "zdaniem", "dodał\\w*", "podkreślił\\w*", "przekazał\\w*",
        "napisał\\w*", "podał\\w*", "podaje", "mówi",
    ),
    "cs": _words(
        "řekl\\w*", "uvedl\\w*", "podle", "dodal\\w*", "oznámil\\w*", "sdělil\\w*", "prohlásil\\w*", "napsal\\w*",
        "informoval\\w*",
    ),
    "bg": _words("каза", "заяви", "съобщи\\w*", "според", "посочи", "добави", "обяви", "написа", "предаде"),
}
STOCK = {
    "en": _words(
        "(?:whole |entire )?world (?:is |holds |will be |watches )?(?:closely |anxiously )?(?:watching|watches)",
        "holds its (?:collective )?breath", "(?:only )?time will tell", "remains to be seen",
        "as (?:the|this) (?:situation|story|conflict|crisis) (?:develops|unfolds|evolves|plays out)",
        "the (?:story|situation|events?) unfolds?", "serves? as an? (?:\\w+ ){0,2}reminder",
        "(?:sends?|sending) a (?:\\w+ )?message",
        "against (?:a|the) backdrop of", "far-reaching (?:consequences|implications|effects)",
        "(?:represents?|marks?) a (?:\\w+ )?(?:escalation|turning point|milestone|shift)",
        "it is (?:worth|important to) not(?:e|ing)", "plays? an? (?:\\w+ )?(?:crucial|vital|pivotal|key) role",
        "pivotal (?:for|moment|role|point)", "now more than ever",
        "in today[’']s (?:world|fast-paced|digital|society)", "ever-(?:changing|evolving)", "a testament to",
        "delves? into", "(?:the|a) (?:\\w+ )?landscape of", "game.changer", "double-edged sword",
        "(?:sent|caused|send|sends) shockwaves", "power dynamics",
        "(?:change|alter|shape) the (?:\\w+ )?(?:course|future|direction) of", "(?:the )?global stage",
        "multifaceted", "underscores? the (?:importance|need|significance)",
        "significant implications", "in conclusion", "navigat\\w+ the complex\\w*",
        "a complex (?:web|interplay|tapestry)", "rich tapestry",
        "(?:could|would|might) (?:further )?(?:trigger|provoke|alter|reshape)",
        "should not be underestimated", "cannot be overstated", "the risks are (?:huge|high|enormous)",
        "ramifications for", "a (?:stark|powerful|clear|sobering) (?:reminder|message)", "paves? the way for",
        "opens? the door to", "the (?:wider|broader) implications",
    ),
    "uk": _words(
        "увесь світ (?:уважно )?(?:стежить|спостерігає)", "світ (?:уважно )?(?:стежить|спостерігає|затамував)",
        "час покаже", "покаже (?:лише |тільки )?час", "варто (?:зазначити|зауважити)",
        "важливо (?:зазначити|розуміти)", "відіграє (?:\\w+ )?роль", "далекосяжн\\w+ наслідк\\w+",
        "знаков\\w+ под\\w+", "переломн\\w+ момент\\w*", "у сучасному світі", "на тлі (?:загострення|ескалації)",
        "слугує нагадуванням", "надсилає сигнал", "підкреслює важливість", "не можна недооцінювати",
        "залишається відкритим",
    ),
    "ru": _words(
        "весь мир (?:внимательно )?(?:следит|наблюдает)", "мир (?:внимательно )?(?:следит|наблюдает|затаил)",
        "время покажет", "покажет (?:лишь |только )?время", "стоит (?:отметить|заметить)",
        "важно (?:отметить|понимать)", "играет (?:\\w+ )?роль", "далеко идущи\\w+ последстви\\w+",
        "знаков\\w+ событи\\w+", "переломн\\w+ момент\\w*", "в современном мире", "на фоне (?:обострения|эскалации)",
        "служит напоминанием", "посылает сигнал", "подч[её]ркивает важность", "нельзя недооценивать",
        "оста[её]тся открытым",
    ),
    "de": _words(
        "die (?:ganze )?welt (?:blickt|schaut|hält)", "bleibt abzuwarten", "die zeit wird zeigen",
        "es ist wichtig zu", "spielt eine (?:\\w+ )?rolle", "weitreichende (?:folgen|auswirkungen)",
        "in der heutigen (?:welt|zeit)", "ein wendepunkt", "vor dem hintergrund", "dient als (?:\\w+ )?erinnerung",
        "sendet (?:eine|ein) (?:\\w+ )?(?:botschaft|signal)", "unterstreicht die bedeutung",
        "nicht zu unterschätzen",
    ),
    "fr": _words(
        "le monde (?:entier )?(?:observe|regarde|retient)", "l[’']avenir (?:nous )?(?:le )?dira", "reste à voir",
        "il est important de", "joue un rôle (?:\\w+ )?", "conséquences profondes",
        "dans le monde d[’']aujourd[’']hui", "un tournant", "dans un contexte de", "envoie un message",
        "souligne l[’']importance",
    ),
    "es": _words(
        "el mundo (?:entero )?(?:observa|contiene|mira)", "el tiempo (?:lo )?dirá", "queda por ver",
        "es importante (?:señalar|destacar)", "juega un papel", "desempeña un papel",
        "consecuencias de gran alcance", "en el mundo actual", "un punto de inflexión", "envía un mensaje",
        "subraya la importancia",
    ),
    "pl": _words(
        "(?:cały )?świat (?:uważnie )?(?:patrzy|obserwuje|wstrzymał)", "czas pokaże",
        "warto (?:zauważyć|podkreślić)", "odgrywa (?:\\w+ )?rolę", "dalekosiężne (?:skutki|konsekwencje)",
        "w dzisiejszym świecie", "punkt zwrotny", "na tle", "wysyła (?:\\w+ )?sygnał", "podkreśla znaczenie",
    ),
}
# Headings that could stand above a paragraph of any text.
TEMPLATE_HEADING = re.compile(
    r"^\W*(?:\d+[.)]\s*)?(?:(?:in )?conclusions?|introduction|summary|overview|final (?:thoughts|words)|"
    r"key takeaways?|looking (?:ahead|forward)|the (?:path|way|road|journey) (?:forward|ahead)|what (?:lies|"
    r"comes) (?:ahead|next)|the bigger picture"
    r"|(?:the )?(?:global|regional|international|wider|broader|potential|geopolitical|economic|political|strategic|"
    r"military|psychological|humanitarian) (?:repercussions?|implications?|impacts?|consequences|calculations?|"
    r"warfare|dimensions?|landscape|significance|context|stakes|advance|ramifications|considerations)"
    r"|the (?:impact|implications|significance|importance|role|future|consequences|aftermath|rise|power) (?:of|on|"
    r"for) .{3,50}|understanding .{3,40}|why (?:it|this) matters"
    r"|висновок|висновки|вступ|підсумок|підсумки|шлях уперед|що далі|глобальні наслідки|заключение|вывод|выводы|"
    r"введение|итоги?|путь вперед|глобальные последствия|что дальше"
    r"|fazit|einleitung|zusammenfassung|ausblick|schlussfolgerung(?:en)?|der weg nach vorn|globale auswirkungen|"
    r"en conclusion|conclusion|perspectives|conclusión|conclusiones|introducción|reflexiones finales|conclusão|"
    r"introdução|conclusione|introduzione|podsumowanie|wnioski|wstęp|wprowadzenie|závěr|shrnutí|úvod|заключение|"
    r"въведение)\W*$",
    re.IGNORECASE,
)
# Collocations that replace a standing term word by word with synonyms.
TORTURED = _words(
    "(?:joined|assembled|unified|united) (?:realm|countries of america|states of the usa)",
    "(?:joined|assembled) (?:states|countries|nations)", "white residence",
    "(?:equipped|outfitted|furnished) (?:powers|strengths)", "(?:head|leading) (?:clergyman|priest)",
    "(?:unfamiliar|outside|remote) (?:clergyman|priest|minister)", "(?:head|prime) (?:clergyman|administrator)",
    "(?:air|aerial|rocket|robot|drone) (?:hit|smack|slap)s?",
    "(?:russian|ukrainian|military|government|occupying|rebel|equipped) strengths",
    "(?:russian|ukrainian) powers",
    "(?:smacked|whacked|slapped|thumped|clobbered) (?:the |a |an )?"
    "(?:\\w+ ){0,3}(?:metropolis|city|town|village|territory|region|building|structure|with)",
    "(?:counterfeit|bogus|fake) intelligence",
    "(?:common|human) (?:freedoms|privileges) (?:watchdog|gathering|association)",
    "(?:preeminent|high|incomparable) court (?:equity|judge)", "environmental change (?:highest point|culmination)",
    "online media stage", "web-based media", "(?:atomic|nuclear) (?:force|vitality) (?:station|plant)",
    "vitality (?:framework|foundation|infrastructure)",
    "(?:non military|regular) (?:citizens|people) (?:killed|harmed)", "(?:shelled|besieged) metropolis",
    "harmony (?:talks|arrangements|discussions)",
    "(?:guided|controlled) (?:rocket|projectile) (?:hits?|smacks?)", "big information", "profound learning",
    "colossal information", "mean(?:ing)? square blunder",
)
# A text without any of these has no match of the pattern above.
TORTURED_HINTS = (
    "realm", "countries of america", "states of the usa", "joined states", "joined countries", "joined nations",
    "assembled states", "assembled countries", "assembled nations", "white residence", "powers", "strengths", "clergyman",
    "head priest", "leading priest", "unfamiliar priest", "outside priest", "remote priest", "unfamiliar minister",
    "outside minister", "remote minister", "head administrator", "prime administrator", "air hit", "aerial hit", "rocket hit",
    "robot hit", "drone hit", "smack", "slap", "whacked", "thumped", "clobbered", "counterfeit intelligence",
    "bogus intelligence", "fake intelligence", "freedoms", "privileges", "court equity", "court judge", "environmental change",
    "media stage", "web-based media", "atomic force", "nuclear force", "atomic vitality", "nuclear vitality", "vitality f",
    "vitality i", "non military", "regular citizens", "regular people", "metropolis", "harmony t", "harmony a", "harmony d",
    "guided rocket", "guided projectile", "controlled rocket", "controlled projectile", "big information",
    "profound learning", "colossal information", "square blunder",
)
# fmt: on
