//! Invented profiles of twenty fields, the same for the same seed.

use domain::config::NewField;
use domain::field::FieldKind;
use domain::id::{ClientId, FieldId, OptionId, PoolId};
use domain::pool::Pool;
use domain::text::PoolName;
use domain::time::Millis;
use domain::value::Value;
use store::{Result, Store};

const FEMALE: &str = "Anna Lena Marie Sophie Julia Laura Lea Sarah Lisa Katharina Petra Sabine Monika Ursula Claudia Heike \
    Birgit Andrea Stefanie Nicole Ayşe Olga Giulia María Zoë Annegret Käthe Jördis Elif Chiara Noëlle";
const MALE: &str = "Peter Michael Thomas Andreas Wolfgang Klaus Jürgen Günther Stefan Christian Markus Matthias Martin \
    Frank Jan Tobias Florian Lukas Leon Finn Paul Felix Jonas Mehmet Dmitri Marco José Björn Søren François Łukasz Karl-Heinz Hans-Jörg";
const LAST: &str = "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter \
    Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Krause Meier Lehmann \
    Schmid Schulze Maier Köhler Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Vogel \
    Keller Berger Winkler Roth Beck Lorenz Baumann Böhm Krämer Jäger Groß Straßer Özdemir Yılmaz Nowak Kowalski Rossi \
    Jovanović Nguyễn O'Brien von-der-Heide d'Angelo Ærøskøbing";
const PLACES: &str = "10115|Berlin|DE-BE|DE 20095|Hamburg|DE-HH|DE 80331|München|DE-BY|DE 50667|Köln|DE-NW|DE \
    60311|Frankfurt|DE-HE|DE 70173|Stuttgart|DE-BW|DE 40213|Düsseldorf|DE-NW|DE 04109|Leipzig|DE-SN|DE 01067|Dresden|DE-SN|DE \
    30159|Hannover|DE-NI|DE 90402|Nürnberg|DE-BY|DE 28195|Bremen|DE-HB|DE 99084|Erfurt|DE-TH|DE 24103|Kiel|DE-SH|DE \
    66111|Saarbrücken|DE-SL|DE 1010|Wien|AT-9|AT 5020|Salzburg|AT-5|AT 8010|Graz|AT-6|AT 8001|Zürich|CH-ZH|CH 3011|Bern|CH-BE|CH \
    1201|Genève|CH-GE|CH 6900|Lugano|CH-TI|CH";
const STREETS: &str = "Hauptstraße Bahnhofstr. Gartenweg Lindenallee Schulstraße Dorfstr. Bergstraße Kirchgasse Waldweg Ringstraße";
const COMPANIES: &str = "Nordwerk GmbH|Südkraft AG|Alpenblick KG|Hanse Logistik GmbH & Co. KG|Rheinmetrik|Bavaria Data SE|\
    Elbtal Software|Isar Mobil|Spree Medien|Main Finanz|Käserei \"Zum Ochsen\"|Müller, Meier & Söhne OHG|株式会社例";
const DOMAINS: &str = "example.com example.org example.net nordwerk.example suedkraft.example alpenblick.example mail.example";
const INTERESTS: &str = "Mode|Technik|Reisen|Sport|Musik|Kochen|Garten|Auto|Kunst & Kultur";
const NOTES: &str = "|||||VIP|bitte nicht anrufen|sagt: \"gern wieder\"|Zeile 1\nZeile 2|50 % Rabatt; Stammkunde";

/// Chance that can be repeated (splitmix64).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    /// The next number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    /// One of them.
    pub(crate) fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

/// Makes the pool with five fields of its own.
pub(crate) async fn pool(store: &Store, client: ClientId, now: Millis) -> Result<(PoolId, Pool)> {
    let name = PoolName::parse("Million").expect("a name");
    let id = store.create_pool(client, &name, now).await?;
    let category = store.pool(client, id).await?.categories[0].id;
    for (key, label, kind) in [
        ("INTERESTS", "Interessen", FieldKind::MultiSelection),
        ("SINCE", "Kunde seit", FieldKind::Date),
        ("REVENUE", "Umsatz", FieldKind::Integer),
        ("NEWSLETTER", "Newsletter", FieldKind::Boolean),
        ("NOTE", "Notiz", FieldKind::MultiLine),
    ] {
        let new = NewField { key: Some(key.to_owned()), ..NewField::new(label, kind, category) };
        let field = store.create_field(client, id, &new).await?;
        if kind == FieldKind::MultiSelection {
            let options: Vec<String> = INTERESTS.split('|').map(str::to_owned).collect();
            store.add_options(client, id, field, &options).await?;
        }
    }
    Ok((id, store.pool(client, id).await?))
}

/// Draws profiles.
pub(crate) struct People {
    chance: Chance,
    fields: Vec<FieldId>,
    options: Vec<OptionId>,
    lists: [Vec<&'static str>; 9],
    n: u64,
}

const KEYS: [&str; 20] = [
    "SALUTATION",
    "TITLE",
    "FIRSTNAME",
    "NAME",
    "COMPANY",
    "STREET",
    "ZIP",
    "CITY",
    "STATE",
    "COUNTRY",
    "EMAIL",
    "PHONE",
    "MOBILE",
    "BIRTHDAY",
    "WEBSITE",
    "INTERESTS",
    "SINCE",
    "REVENUE",
    "NEWSLETTER",
    "NOTE",
];

impl People {
    /// Always the same ones for the same seed.
    pub(crate) fn new(pool: &Pool, seed: u64) -> Self {
        let words = |text: &'static str| text.split_whitespace().collect();
        let parts = |text: &'static str| text.split('|').collect();
        Self {
            chance: Chance(seed),
            fields: KEYS.iter().map(|key| pool.field(key).unwrap_or_else(|| panic!("no field {key}")).id).collect(),
            options: pool.field("INTERESTS").expect("made above").options.iter().map(|option| option.id).collect(),
            lists: [
                words(FEMALE),
                words(MALE),
                words(LAST),
                words(PLACES),
                words(STREETS),
                parts(COMPANIES),
                words(DOMAINS),
                parts(NOTES),
                vec!["", "", "", "", "", "Dr.", "Prof. Dr."],
            ],
            n: 0,
        }
    }

    /// The next profile: its filled fields.
    pub(crate) fn next(&mut self) -> Vec<(FieldId, Value)> {
        let [female, male, last, places, streets, companies, domains, notes, titles] = &self.lists;
        let chance = &mut self.chance;
        let woman = chance.below(2) == 0;
        let first = chance.one(if woman { female } else { male });
        let last = chance.one(last);
        let place: Vec<&str> = chance.one(places).split('|').collect();
        let prefix = match place[3] {
            "AT" => "+43",
            "CH" => "+41",
            _ => "+49",
        };
        let local: String = format!("{first}.{last}")
            .to_lowercase()
            .replace('ä', "ae")
            .replace('ö', "oe")
            .replace('ü', "ue")
            .replace('ß', "ss")
            .chars()
            .filter(char::is_ascii)
            .filter(|c| *c != '\'')
            .collect();
        let text = |text: String| (!text.is_empty()).then_some(Value::Text(text));
        let mut interests: Vec<OptionId> = (0..chance.below(4)).map(|_| self.options[chance.below(self.options.len())]).collect();
        interests.sort_unstable();
        interests.dedup();
        let values = [
            (chance.below(100) < 93).then(|| Value::Text(if woman { "female" } else { "male" }.to_owned())),
            text(chance.one(titles).to_owned()),
            text(first.to_owned()),
            text(last.to_owned()),
            if chance.below(10) < 4 { text(chance.one(companies).to_owned()) } else { None },
            text(format!("{} {}", chance.one(streets), 1 + chance.below(199))),
            text(place[0].to_owned()),
            text(place[1].to_owned()),
            text(place[2].to_owned()),
            text(place[3].to_owned()),
            text(format!("{local}{}@{}", self.n, chance.one(domains))),
            text(format!("{prefix} {} {}", 30 + chance.below(969), 10_000 + chance.below(99_990_000))),
            if chance.below(10) < 6 {
                text(format!("{prefix} 1{} {}", 50 + chance.below(30), 1_000_000 + chance.below(9_000_000)))
            } else {
                None
            },
            (chance.below(10) < 7).then(|| Value::Int(-10_958 + chance.below(24_000) as i64)),
            if chance.below(10) < 2 { text(format!("https://{}/", chance.one(domains))) } else { None },
            (!interests.is_empty()).then_some(Value::Set(interests)),
            Some(Value::Int(14_245 + chance.below(6_300) as i64)),
            Some(Value::Int(chance.below(500_000) as i64)),
            Some(Value::Bool(chance.below(100) < 55)),
            text(chance.one(notes).to_owned()),
        ];
        self.n += 1;
        self.fields.iter().copied().zip(values).filter_map(|(field, value)| Some((field, value?))).collect()
    }

    /// A search of words with three and more letters as people type them: whole words, parts, two at a time, addresses.
    pub(crate) fn search(&mut self) -> String {
        let [female, male, last, _, _, companies, domains, ..] = &self.lists;
        let chance = &mut self.chance;
        let last = chance.one(last);
        let first = if chance.below(2) == 0 { chance.one(female) } else { chance.one(male) };
        let part = |word: &str, chance: &mut Chance| {
            let letters: Vec<char> = word.chars().collect();
            let from = if letters.len() > 4 { chance.below(letters.len() - 3) } else { 0 };
            letters[from..].iter().take(3 + chance.below(4)).collect::<String>()
        };
        match chance.below(9) {
            0 => last.to_lowercase(),
            1 => first.to_owned(),
            2 => part(last, chance),
            3 => format!("{first} {last}"),
            4 => format!("{} {}", part(last, chance), part(first, chance)),
            5 => format!("{last} {}", chance.one(companies)),
            6 => format!("{}{}", last.to_lowercase(), chance.below(1_000_000)),
            7 => format!("{} {}", part(last, chance), chance.one(domains)),
            _ => format!("{}{}", part(last, chance), part(first, chance)),
        }
    }
}
