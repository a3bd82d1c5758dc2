/** Frequent words of a language. */
interface LanguageWords {
  /** Words of this language that other texts do not contain by chance. */
  readonly own: readonly string[];
  /** Words that also occur in English or in names ("die", "de", "van"): they count only together with an own word. */
  readonly shared: readonly string[];
}

/** Languages in Latin letters by their English names, with frequent words: most questions and sentences contain some of them. */
export const LATIN_LANGUAGES: Readonly<Record<string, LanguageWords>> = Object.fromEntries(
  [
    [
      "catalan",
      "què és amb aquest aquesta aquests són però pot poden quan quina quines més també sense tots seva ser fins perquè té segons els dels està cada molt",
      "de la el les en un per que es al del quin hi ha des com una",
    ],
    [
      "croatian",
      "nije kako koji koja koje ili kao su može mogu gdje kada zašto kakav ovaj ova između bez samo također ako prije što jer treba više jedan",
      "na da se za od iz po pri bio te ne sve svaki je",
    ],
    [
      "czech",
      "není který která které nebo jako jsou tím být může lze proč jaký tento tato mezi bez pouze také aby podle pokud však když před jen jak byl soubor",
      "na se ze za od pro si že kde kdy při ve po co ne je",
    ],
    [
      "danish",
      "og ikke hvordan hvad hvor fra blive bliver mellem denne dette også når hvis jeg være efter mange hvilke hvorfor mig eller",
      "er det en den som på med de har kan skal vil der ved om alle men var af et til",
    ],
    [
      "dutch",
      "het een niet voor met zijn dat wordt worden deze wat waar naar uit kunnen maar tussen geen heeft hebben moet wanneer waarom welke je veel nog hoe welk ook bij",
      "de van en te op of om aan door over dit die er was alle meer kan als",
    ],
    [
      "estonian",
      "ja ei kui kes kuidas kus miks milline selle mida võib pärast enne vahel ilma siis üks kõik seda pole saab kasutada",
      "et ning oma olla aga või see ta ka mis",
    ],
    [
      "finnish",
      "ja ei että mutta kun joka jotka myös ovat voi miten mitä missä miksi mikä kuinka tämä niin kuin olla sekä jos voidaan mukaan kanssa ennen jälkeen minun käytetään tiedosto",
      "se tai ole ne hän",
    ],
    [
      "french",
      "une dans que qui avec cette sont où quel quelle quelles être vous je aux ces elle ils leur leurs nous sans peut ou fait pourquoi depuis aussi même mais très était chaque plusieurs lorsque ainsi doit toujours quelques alors votre celui certains faut comment pour",
      "de la le les des du et en un à au ce il se ne pas par sur plus si comme tout son est",
    ],
    [
      "german",
      "und nicht ist ich wie wird werden ein eine einen einem einer eines auch sich auf oder wenn aber nach durch können kann zwischen diese dieser dieses sind wurde nur noch für vom zum zur aus dass welche welcher müssen keine warum gibt ohne haben mit wer wo macht sie",
      "die der das den dem am im was es er zu von bei hat als um man war",
    ],
    [
      "hungarian",
      "és nem hogy egy ez vagy csak ha lehet kell hol mikor miért milyen hogyan minden ezt között nélkül után előtt által azt mit még nagyon lesz vannak fájl",
      "az meg el ki van volt mint",
    ],
    [
      "indonesian",
      "yang dan tidak itu dengan untuk dari pada adalah dalam akan atau juga bisa dapat oleh saya bagaimana apa mengapa kapan karena sudah seperti antara tanpa setelah lebih semua cara",
      "di ke ini ada",
    ],
    [
      "italian",
      "che è con come sono questo questa può possono quando quale anche tra fra senza della delle degli dei nella nel sul alla gli essere ogni molto perché viene dal dalla cosa posso",
      "di la le un si da per lo più dove se al suo ha non una il",
    ],
    [
      "latvian",
      "ir nav kā vai kas kur kāpēc kad šis tas pēc starp tikai arī būt lai bet pirms ja visi kuru tiek viņš",
      "uz par bez pie un ar",
    ],
    [
      "lithuanian",
      "yra nėra kaip iš kas kur kodėl kada šis tai tarp tik taip pat gali būti kad bet prieš jei visi kuris buvo arba",
      "į su apie ir ar",
    ],
    [
      "norwegian",
      "og ikke av hvordan hva hvor fra blir mellom denne dette også når hvis jeg være etter mange hvilke hvorfor meg eller",
      "er det en den som på med de har kan skal vil der ved om alle men var et til",
    ],
    [
      "polish",
      "nie się jak która które który przez lub czy dla oraz jako są tym tego być można gdzie kiedy dlaczego jaki jakie jego między bez tylko przed bardzo także jest plik",
      "na od że po za może przy ten",
    ],
    [
      "portuguese",
      "que é uma como não estão está este esta isso mas pode quando qual onde mais também sem pelo pela nas seu sua foi aos você cada muito até porque tem ou quais",
      "de da em um para os na por com se ao são dos das ser",
    ],
    [
      "romanian",
      "și nu este sau din pentru prin poate unde când această între fără doar după dacă dar fost înainte cel să cât foarte toate cum fișier",
      "de la în cu pe se un ce sunt care mai că ca fi al",
    ],
    [
      "slovak",
      "nie ako ktorý ktorá ktoré alebo sú byť môže kedy prečo aký tento táto medzi iba tiež aby podľa však keď čo",
      "na sa zo za od pre si že kde pri vo po je",
    ],
    [
      "slovenian",
      "kako ali kot lahko kje kdaj zakaj kakšen med brez samo tudi če vendar bil kaj vsak biti več ter",
      "na za se da po pri ni iz je ki",
    ],
    [
      "spanish",
      "que con como cómo qué está este esta estos pero puede pueden cuando cuál donde dónde más también desde todos sus hay cada muy porque tiene según sobre quién cuándo",
      "de la el en los las del se un por al lo su si para son sin ser todo es una hasta",
    ],
    [
      "swedish",
      "och inte ett är hur vad från blir mellan denna detta också när jag vara efter många vilka varför eller",
      "att det en som på av med för den de har kan ska om alla men var vid till",
    ],
    [
      "turkish",
      "ve bir bu için olarak değil nasıl veya daha çok olan gibi kadar sonra nerede neden hangi olduğu tarafından ya mı ise önce bütün arasında olur eğer şu",
      "da de ne mi en ben ile",
    ],
    [
      "vietnamese",
      "không của các những được này trong một người với để và có như thế nào cách làm khi từ trên đến bị gì sao về đó cũng tôi là",
      "cho ra hay",
    ],
  ].map(([language, own, shared]) => [language, { own: own!.split(" "), shared: shared!.split(" ") }]),
);
