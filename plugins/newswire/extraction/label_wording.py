"""Labels of pages, in the languages of the catalogue: whole lines ("Share", "Друк"), and what stands before a colon ("Tags:").

Looked up, not searched: a line is one of these or it is not, so that prose with the same words stays.
"""

from __future__ import annotations

from newswire.extraction.plaintext import letters

# A longer line is no label.
LONGEST_LABEL = 60
_DIGITS = str.maketrans("", "", "0123456789")


def label_key(text: str) -> str:
    """A line for looking it up: its letters in lower case, without figures."""
    return letters(text).translate(_DIGITS)


# Buttons, counters, advertisements, headings of boxes.
LABELS = frozenset(map(label_key, (
    # tables of contents
    "contents", "table of contents", "зміст", "содержание", "съдържание", "inhalt", "inhaltsverzeichnis", "sommaire",
    "índice", "indice", "spis treści", "obsah", "içindekiler", "目次", "目录",
    # en
    "share", "share this", "copy link", "link copied", "listen", "listen now", "listen to article", "play",
    "play video", "min read", "minute read", "minutes read", "mins read", "print", "email", "save", "bookmark",
    "loading", "load more", "show more", "see more", "view more", "read more", "read full story", "view comments",
    "add a comment", "comment", "comments", "be the first to comment", "join the conversation", "join the discussion",
    "skip advertisement", "ad", "advertisement", "sponsored", "promoted", "donate", "donate now", "subscribe",
    "subscribe now", "sign up", "follow", "following", "follow us", "get in touch", "file photo", "stock photo",
    "recommended for you", "editors picks", "views", "what to read next", "read this next", "you might also like",
    "watch the video below", "watch the video", "watch more", "republished with permission", "back to top",
    "top stories", "in this article", "have your say", "shares", "donate today", "live updates", "view gallery",
    "open in app", "enlarge", "enlarge image", "toggle caption",
    # uk
    "друк", "друкувати", "версія для друку", "надіслати новину", "додати коментар", "залиште свій коментар",
    "коментарі", "коментувати", "головне за добу", "головні новини", "популярні новини", "обговорити",
    "обговорити на форумі", "оцініть статтю", "рекламні матеріали", "на правах реклами", "дивіться відео",
    "відео дня", "фото дня", "перегляди", "новини партнерів", "завантажити ще", "показати ще", "більше новин",
    "читати далі", "скріншот", "скріншот відео", "слухати статтю", "прослухати", "скопіювати посилання",
    "посилання скопійовано", "поділитися", "поділитись", "переглядів", "підпишись", "підписатися", "підписатись",
    "хв читання", "хвилин читання", "фото ілюстративне", "ілюстративне фото", "фото з відкритих джерел",
    "фото з соцмереж", "всі новини", "усі новини", "стрічка новин", "надрукувати",
    # ru
    "ссылка скопирована", "скопировать ссылку", "обсудить", "обсуждение", "комментировать", "комментарии",
    "просмотров", "новости сми", "новости партнёров", "новости партнеров", "на правах рекламы", "скриншот",
    "скриншот видео", "просмотры", "загрузить ещё", "загрузить еще", "показать ещё", "показать еще",
    "сообщить об опечатке", "сообщить об ошибке", "ctrl enter", "войдите чтобы оставить комментарий",
    "прослушать новость", "слушать новость", "слушать", "прослушать", "видео дня", "фото дня", "лента новостей",
    "все новости", "поделиться", "поделиться новостью", "подписаться", "мин чтения", "минут чтения", "распечатать",
    "версия для печати", "фото из открытых источников", "архивное фото", "фото из соцсетей", "иллюстративное фото",
    "другие новости", "смотрите видео", "читать далее", "читать полностью", "предложить новость", "прислать новость",
    "главное за день", "рекомендуем", "выбор редакции",
    # bg, sr, hr
    "сподели", "сподели в", "изпрати новина", "станете част от нашата общност", "коментирай", "коментари",
    "виж всички", "още по темата", "видео на деня", "podeli", "podijeli", "oglas", "komentari", "pošalji komentar",
    "najčitanije",
    # de
    "zur startseite", "zum artikel", "diskutieren sie mit", "audio anhören", "artikel anhören", "anhören", "vorlesen",
    "jetzt newsletter abonnieren", "merken", "drucken", "teilen", "kommentieren", "kommentare", "anzeige", "werbung",
    "min lesezeit", "minuten lesezeit", "mehr anzeigen", "mehr laden", "weiterlesen", "artikel teilen",
    "zur merkliste", "bild vergrößern", "bilderstrecke", "zur galerie", "video abspielen", "inhalt anzeigen",
    "externer inhalt",
    # fr
    "la rédaction vous conseille", "voir les commentaires", "écouter l'article", "ecouter l'article", "écouter",
    "partager", "publicité", "imprimer", "enregistrer", "lire la suite", "min de lecture", "commentaires", "réagir",
    "à la une", "photo d'illustration", "copier le lien", "lire plus tard", "ajouter à vos favoris", "voir plus",
    # es, pt, it
    "también te puede interesar", "temas relacionados", "compartir", "publicidad", "comentarios", "escuchar",
    "imprimir", "guardar", "ver más", "cargar más", "min de lectura", "noticias relacionadas", "archivado en",
    "lo más leído", "compartilhe", "compartilhar", "partilhar", "publicidade", "comentários", "ouvir", "ver mais",
    "min de leitura", "receba as notícias no seu email", "condividi", "pubblicità", "commenti", "ascolta",
    "stampa articolo", "salva",
    # pl, cs, sk
    "udostępnij", "reklama", "dodaj komentarz", "komentarze", "drukuj", "zapisz", "posłuchaj", "pokaż więcej",
    "vstoupit do diskuze", "vstoupit do diskuse", "diskuze", "diskuse", "sdílet", "poslechnout", "tisknout",
    "zdieľať",
    # tr, az
    "ilgili haberler", "ilgili haber", "bunlar da ilginizi çekebilir", "reklam", "paylaş", "yorum yap", "yorumlar",
    "haberin devamı", "abone ol", "takip et", "google newste takip et", "bizi sosyal medyada takip edin", "yazdır",
    "dinle",
    # ro, hu, el
    "distribuie", "publicitate", "comentarii", "recomandări", "citește și", "megosztás", "hirdetés", "hozzászólások",
    "kapcsolódó cikkek", "κοινοποίηση", "διαφήμιση", "σχόλια", "διαβάστε επίσης",
    # nl, nordic
    "delen", "advertentie", "reacties", "deel", "dela", "annons", "annonse", "kommentarer", "lyssna", "luister",
    # ar, fa, he
    "اقرأ المزيد", "اقرأ أيضا", "اقرأ أيضاً", "إقرأ أيضا", "شاهد أيضا", "شاهد أيضاً", "مواضيع ذات صلة",
    "أخبار ذات صلة", "ذات صلة", "إعلان", "شارك", "مشاركة", "تعليقات", "التعليقات", "طباعة", "بیشتر بخوانید",
    "همچنین بخوانید", "קראו עוד", "קראו גם", "כתבות נוספות", "ראו גם", "שתפו", "שיתוף", "פרסומת", "תגובות", "הדפסה",
    # zh, ja, ko
    "相关阅读", "推荐阅读", "相关新闻", "延伸阅读", "分享到", "分享", "广告", "廣告", "评论", "評論", "打印", "完",
    "责任编辑", "扫码关注公众号", "版权所有", "关联记事", "シェア", "シェアする", "続きを読む", "フォローする",
    "広告", "コメント", "印刷", "関連記事", "関連ニュース", "あわせて読みたい", "記事をシェア", "구독하기",
    "공유하기", "댓글", "기사공유", "인쇄", "광고",
)))  # fmt: skip
# What stands before a colon (or the like) where the rest is a name, a list of words or another piece.
LABELLED = frozenset(map(label_key, (
    "tags", "tag", "topics", "filed under", "categories", "category", "photo credit", "image credit", "edited by",
    "related", "related story", "related article", "read", "hashtags", "views", "image caption", "image source",
    "теги", "тег", "хештеги", "рубрика", "рубрики", "категорія", "категории", "категория", "метки", "мітки",
    "позначки", "автор фото", "автори фото", "колаж", "коллаж", "скріншот", "скриншот", "просмотров", "переглядів",
    "перегляди", "количество просмотров", "кількість переглядів", "ключові слова", "ключевые слова", "ключови думи",
    "етикети", "джерело", "источник", "джерела", "источники", "джерело фото", "источник фото", "всі новини на тему",
    "дивіться відео", "усі новини на тему", "все новости по теме", "сюжет", "сюжети", "сюжеты", "снимка", "снимки",
    "източник", "lesetipp", "bildrechte", "bildquelle", "schlagworte", "schlagwörter", "themen", "sendung",
    "titelbild", "crédit photo", "crédits photo", "mots clés", "étiquettes", "etiquetas", "archivado en",
    "palabras clave", "źródło zdjęć", "autor zdjęcia", "autor zdjęć", "tagi", "źródło", "zdroj", "autor fotografie",
    "štítky", "fotoğraf", "kaynak", "etiketler", "ilgili haber", "sursa", "foto", "fotó", "forrás", "πηγή",
    "ετικέτες", "المصدر", "المصادر", "صورة", "اقرأ أيضا", "اقرأ أيضاً", "إقرأ أيضا", "شاهد أيضا", "اقرأ المزيد",
    "بیشتر بخوانید", "צילום", "קראו גם", "קראו עוד", "ראו גם", "תגיות", "责任编辑", "责编", "编辑", "編輯", "原标题",
    "来源", "來源", "延伸阅读", "相关阅读", "推荐阅读", "版权声明", "校对", "标签", "写真", "関連記事", "関連",
    "出典", "사진", "관련기사", "출처", "영상",
)))  # fmt: skip
