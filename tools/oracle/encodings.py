"""Texts of many languages in their encodings, whole and in pieces, with the encoding that chardet finds."""

from __future__ import annotations

import base64

import chardet

from golden import write_golden

SCRIPT = "encodings.py"
# Each language's text, its encodings, and how many characters a piece has.
TEXTS = {
    "be": ("У нядзелю мы паехалі на возера. Дзеці ўвесь дзень купаліся, а дарослыя гатавалі абед і размаўлялі пра новую школу ў нашай вёсцы. Увечары пайшоў дождж.", ["cp1251"]),
    "bg": ("Пекарната отваря в шест часа сутринта. Хлябът още е топъл, когато първите хора влизат, а след обяд често няма нищо освен сухари и бисквити.", ["cp1251"]),
    "cs": ("Vlak měl čtvrt hodiny zpoždění, ale nikdo si nestěžoval. Průvodčí prošel vagónem, zkontroloval jízdenky a řekl, že ve městě prší už od rána. Šťastnou cestu!", ["cp1250", "iso8859-2"]),
    "da": ("På øen bor der kun halvtreds mennesker om vinteren. Færgen sejler to gange om dagen, og når det blæser for meget, må børnene blive hjemme fra skole.", ["cp1252"]),
    "de": ("Die Bäckerei an der Straßenecke öffnet früh. Schon um fünf Uhr hört man, wie die großen Bleche in den Ofen geschoben werden, und später duftet es überall nach Brötchen.", ["cp1252", "latin-1"]),
    "el": ("Το πλοίο έφυγε από το λιμάνι με μία ώρα καθυστέρηση. Οι επιβάτες κάθισαν στο κατάστρωμα, ήπιαν καφέ και κοίταζαν τα νησιά που μίκραιναν στον ορίζοντα.", ["cp1253", "iso8859-7"]),
    "es": ("El señor Núñez abre la librería a las nueve. Por la mañana vienen pocos clientes, así que ordena los estantes, lee el periódico y después prepara café para todos.", ["cp1252"]),
    "et": ("Hommikul oli jões jää nii õhuke, et keegi ei julgenud üle minna. Lapsed ootasid kaldal, vanaema keetis köögis putru ja küsis, kas kõik mütsid on peas.", ["cp1257"]),
    "fi": ("Mökin vieressä on pieni järvi, jossa uimme kesällä joka päivä. Illalla lämmitämme saunan, syömme jotain hyvää ja katselemme, kun yö tulee metsän ylle.", ["cp1252"]),
    "fr": ("Le garçon a posé la théière près de la fenêtre. Il avait neigé toute la nuit, et même les chênes derrière l’église étaient blancs. Où était passé le chat\u00a0?", ["cp1252"]),
    "he": ("הגן נמצא ליד הנהר. בבוקר באים לשם אנשים עם כלבים, ובערב יושבים הצעירים על הדשא ושרים שירים ישנים עד שמחשיך לגמרי.", ["cp1255", "iso8859-8"]),
    "hr": ("Kuća na brežuljku već je godinama prazna. Susjedi kažu da će je općina prodati, ali nitko još nije došao pogledati voćnjak, bunar i staru štalu iza ceste.", ["cp1250"]),
    "hu": ("A hídon túl kezdődik az erdő, ahová ősszel gombát szedni járunk. Nagyapám minden ösvényt ismer, és azt is tudja, melyik gombából főzhető jó leves.", ["cp1250"]),
    "ja": ("昨日は雨が降ったので、家で本を読んでいました。夕方になって空が晴れたから、犬を連れて川まで散歩に行きました。カフェでコーヒーも飲みました。", ["shift_jis", "euc_jp", "iso2022_jp"]),
    "ko": ("우리 동네 시장은 아침 일찍 문을 엽니다. 할머니는 채소를 사고 나는 따뜻한 떡을 삽니다. 비가 오는 날에는 사람이 적어서 조용합니다.", ["euc_kr"]),
    "lt": ("Šiandien turguje pirkome obuolių, grybų ir šviežios žuvies. Močiutė sakė, kad žiema bus šalta, todėl reikia džiovinti daržoves ir virti uogienę.", ["cp1257"]),
    "pl": ("Pociąg przyjechał spóźniony, więc zdążyliśmy jeszcze wypić herbatę. Później szliśmy wąską ścieżką przez las, aż usłyszeliśmy dźwięk dzwonów z małego kościoła.", ["cp1250", "iso8859-2"]),
    "pt": ("A estação fica à beira do rio, e de manhã a névoa cobre os trilhos. Ninguém sabe até quando o comboio passará por aqui, mas as crianças vão lá todos os dias.", ["cp1252"]),
    "ru": ("Утром над рекой стоял туман, и паром ещё не ходил. Рыбаки сидели на берегу, пили чай из термоса и спорили о том, когда наконец построят новый мост.", ["cp1251", "koi8-r", "iso8859-5", "cp866"]),
    "sv": ("Båten låg kvar vid bryggan hela vintern. När våren äntligen kom målade vi den röd, köpte nya åror och rodde ut till den lilla ön där fåglarna häckar.", ["cp1252"]),
    "th": ("เมื่อวานนี้ฝนตกหนักมาก เราจึงอยู่ที่บ้านและทำอาหารด้วยกัน ตอนเย็นเพื่อนบ้านนำผลไม้มาให้และนั่งคุยกันจนดึก", ["cp874"]),
    "tr": ("Köyün girişindeki çeşmenin yanında yaşlı bir ağaç var. Yazın öğleden sonra herkes gölgesinde oturur, çay içer ve çocukların oyununu seyreder. Işıklar geç söner.", ["cp1254", "iso8859-9"]),
    "ar": ("تقع المدرسة في آخر الشارع قرب الحديقة. يصل الأطفال في الصباح الباكر، ويلعبون قليلا قبل أن تبدأ الدروس، ثم يعودون إلى بيوتهم عند الظهر.", ["cp1256", "iso8859-6"]),
    "uk": ("Уранці над річкою стояв туман, і пором іще не ходив. Її сестра приїхала з міста й привезла ґречний подарунок: книжку про їжу та подорожі.", ["cp1251", "koi8-u"]),
    "zh-hans": ("昨天下了一整天的雨，所以我们在家里看书。傍晚天晴了，我带着狗去河边散步，还在路口的小店买了两个热包子。", ["gbk", "gb18030"]),
    "zh-hant": ("昨天下了一整天的雨，所以我們在家裡看書。傍晚天晴了，我帶著狗去河邊散步，還在路口的小店買了兩個熱包子。", ["big5"]),
}
# Of no single language.
EVERYWHERE = ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
PIECE = 40


def main() -> None:
    cases = []
    for language, (text, encodings) in TEXTS.items():
        pieces = [text, *(text[at : at + PIECE] for at in range(0, len(text) - PIECE + 1, PIECE))]
        for encoding in [*encodings, *(EVERYWHERE if language in ("de", "ru") else [])]:
            # What the encoding lacks is left out, so that each text comes back as it is.
            kept = [piece.encode(encoding, "ignore").decode(encoding) for piece in pieces]
            for piece in kept:
                data = piece.encode(encoding)
                found = chardet.detect(data)["encoding"]
                cases.append({"language": language, "encoding": encoding, "chardet": found, "text": piece, "bytes": base64.b64encode(data).decode()})
    print(write_golden("packages/document-loaders/test/goldens/encodings.json", SCRIPT, ["chardet"], cases))


if __name__ == "__main__":
    main()
