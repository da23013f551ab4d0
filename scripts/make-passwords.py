#!/usr/bin/env python3
"""Write server/src/password/common.txt: the passwords that are tried first, from a maintained package and our own German ones.

    scripts/make-passwords.py COMMON

COMMON  folder of the unpacked npm package @zxcvbn-ts/language-common   (npm pack @zxcvbn-ts/language-common && tar xzf *.tgz)

Small letters, four signs and more, in the order of their bytes. Same package, same bytes.
"""
import json, pathlib, sys

TARGET = pathlib.Path(__file__).resolve().parent.parent / "server" / "src" / "password" / "common.txt"
# What German-speaking people choose and lists made elsewhere lack; figures and signs around a word need no entry.
GERMAN = """
passwort passwörter passwd kennwort losung losungswort geheim geheimnis geheimwort sesam sesamöffnedich zugang zugangsdaten anmelden
anmeldung einloggen benutzer benutzername kunde kunden kundendaten admin administrator gast chef firma büro rechner computer internet
qwertz qwertzu qwertzui qwertzuiop qwertzuiopü asdfgh asdfghjkl asdfghjklö yxcvbn yxcvbnm qaywsx qaywsxedc qayxsw 1qay2wsx 1qay2wsx3edc
qay123 wsxqay hallo hallo123 halloo hallöchen hallihallo halloduda halloichbins hallowelt hallowach hello moin moinmoin servus grüezi
grüssgott tschüss ichliebedich ichliebdich liebedich ichhassedich vergissmeinnicht keineahnung weissnicht weißnicht istmiregal egal
schatz schatzi schatzilein schätzchen liebling liebe meineliebe meinschatz meinleben engel engelchen süsse süße süsser mausi mausebär
mäuschen maus hase hasi häschen bärchen bärli spatz spatzi spatzl zuckerpuppe prinzessin prinz sonne sonnenschein sonnenblume
schmetterling blume blümchen stern sternchen sternschnuppe regenbogen himmel wolke mond feuer wasser erde freiheit frieden freude glück
glücklich hoffnung leben familie mama papa mutti vati oma opa mutter vater bruder schwester tochter sohn baby freund freundin freunde
beste bestefreunde hund hündchen katze kätzchen miezekatze pferd pferdchen hamster vogel tiger löwe wolf drache delphin delfin schildkröte
erdbeere kirsche banane schokolade kaffee bier weissbier weißbier pizza nudeln kartoffel kuchen keks zucker pommes currywurst bratwurst
sommer winter herbst frühling sommerzeit winterzeit montag dienstag mittwoch donnerstag freitag samstag sonntag wochenende feierabend
urlaub ferien januar februar märz april juni juli august september oktober november dezember weihnachten weihnachtsmann ostern osterhase
silvester geburtstag deutschland österreich schweiz berlin hamburg münchen köln frankfurt stuttgart düsseldorf dortmund essen leipzig
dresden hannover nürnberg bremen wien zürich basel bern graz salzburg innsbruck bayern hessen sachsen schwaben franken heimat
fussball fußball bundesliga fcbayern bayernmünchen fcbayernmünchen schalke schalke04 bvb09 borussia dortmund09 werder werderbremen
hertha herthabsc hsv1887 sanktpauli stpauli eintracht fckoeln fcköln effzeh gladbach vfbstuttgart unioner weltmeister torwart
mercedes daimler volkswagen porsche audi golfgti opel trabant trabbi motorrad traktor feuerwehr polizei bundeswehr eisenbahn lokomotive
arschloch scheisse scheiße verdammt mistkerl ficken fickdich leckmich leckmichamarsch hurensohn wichser schlampe penner idiot dummkopf
michael thomas andreas stefan stephan christian sebastian alexander matthias markus daniel tobias florian benjamin juliane sabine
susanne claudia katharina stefanie nicole melanie sandra jessica julia sarah laura annalena marie lukas jonas leonie
starten test testen tester testpasswort probe versuch demo beispiel standard muster mustermann maxmustermann erikamustermann vorlage
abcdefg abc123 buchstabe zahlen ziffern einszweidrei einszweipolizei dreivierfünf nullnullsieben superman batman spiderman
password passwort1 passwort123 passwort1234 passwort12345 neuespasswort altespasswort meinpasswort deinpasswort keinpasswort
daspasswort geheimespasswort sicherespasswort startpasswort initialpasswort standardpasswort letmein willkommen willkommen1
"""


def main(common):
    package = json.loads((common / "package.json").read_text(encoding="utf-8"))
    listed = json.loads((common / "src" / "passwords.json").read_text(encoding="utf-8"))
    words = {word.lower() for word in listed + GERMAN.split()}
    # Spellings without umlauts are as common.
    plain = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
    words |= {word.translate(plain) for word in words}
    kept = sorted((word for word in words if len(word) >= 4 and not any(c.isspace() for c in word)), key=lambda word: word.encode())
    head = [f"# Facts from the npm package {package['name']} {package['version']} (MIT) and our own German list.",
            "# Written by scripts/make-passwords.py; change that, not this."]
    TARGET.write_text("\n".join(head + kept) + "\n", encoding="utf-8")
    print(TARGET.name, len(kept))


main(pathlib.Path(sys.argv[1]))
