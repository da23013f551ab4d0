//! What the demo's people are made of. Names are common ones, put together by chance; the telephone numbers of Germany
//! lie in the ranges that its regulator keeps for films and books.

/// First names of women, frequent ones in front.
#[rustfmt::skip]
pub(super) const WOMEN: &[&str] = &[
    "Anna", "Julia", "Laura", "Sarah", "Lisa", "Katharina", "Sabine", "Petra", "Monika", "Claudia", "Andrea", "Stefanie", "Nicole", "Sandra", "Susanne",
    "Martina", "Birgit", "Christine", "Lena", "Marie", "Sophie", "Hannah", "Emma", "Lea", "Johanna", "Barbara", "Ursula", "Heike", "Karin", "Renate",
    "Franziska", "Theresa", "Magdalena", "Eva", "Daniela", "Simone", "Tanja", "Silke", "Kerstin", "Anja", "Vanessa", "Jasmin", "Miriam", "Ayşe", "Elif",
    "Olga", "Giulia", "Chiara", "María", "Zoë", "Noëlle", "Céline", "Käthe", "Jördis", "Antje", "Wiebke", "Ludmila", "Agnieszka", "Beáta", "Hatice",
];

/// First names of men, frequent ones in front.
#[rustfmt::skip]
pub(super) const MEN: &[&str] = &[
    "Michael", "Thomas", "Andreas", "Stefan", "Christian", "Peter", "Markus", "Martin", "Daniel", "Matthias", "Alexander", "Tobias", "Sebastian", "Florian", "Jan",
    "Wolfgang", "Klaus", "Jürgen", "Günther", "Frank", "Bernd", "Lukas", "Leon", "Felix", "Jonas", "Maximilian", "Paul", "Finn", "David", "Simon",
    "Philipp", "Johannes", "Franz", "Josef", "Georg", "Reto", "Urs", "Beat", "Karl-Heinz", "Hans-Jörg", "Uwe", "Ralf", "Dirk", "Jörg", "Sven",
    "Mehmet", "Emre", "Dmitri", "Marco", "Luca", "José", "Björn", "Søren", "François", "Łukasz", "Ondřej", "Nguyên", "Mohammed", "Kwame", "Ivan",
];

/// Family names, frequent ones in front.
#[rustfmt::skip]
pub(super) const FAMILIES: &[&str] = &[
    "Müller", "Schmidt", "Schneider", "Fischer", "Weber", "Meyer", "Wagner", "Becker", "Schulz", "Hoffmann", "Schäfer", "Koch", "Bauer", "Richter", "Klein",
    "Wolf", "Schröder", "Neumann", "Schwarz", "Zimmermann", "Braun", "Krüger", "Hofmann", "Hartmann", "Lange", "Schmitt", "Werner", "Krause", "Meier", "Lehmann",
    "Gruber", "Huber", "Pichler", "Steiner", "Moser", "Mayer", "Hofer", "Leitner", "Berger", "Fuchs", "Eder", "Egger", "Brunner", "Wallner", "Aigner",
    "Keller", "Baumann", "Frei", "Zürcher", "Gerber", "Bühler", "Graf", "Widmer", "Wyss", "Favre", "Rochat", "Bernasconi", "Köhler", "Herrmann", "König",
    "Kaiser", "Peters", "Scholz", "Möller", "Weiß", "Jung", "Hahn", "Vogel", "Winkler", "Roth", "Lorenz", "Böhm", "Krämer", "Jäger", "Groß",
    "Straßer", "Özdemir", "Yılmaz", "Nowak", "Kowalski", "Rossi", "Jovanović", "Nguyễn", "O'Brien", "von der Heide", "d'Angelo", "Østergård", "Dvořák", "Szabó", "Çelik",
];

/// Streets without number; those of French and Italian Switzerland apart.
#[rustfmt::skip]
pub(super) const STREETS: &[&str] = &[
    "Hauptstraße", "Bahnhofstraße", "Gartenweg", "Lindenallee", "Schulstraße", "Dorfstraße", "Bergstraße", "Kirchgasse", "Waldweg", "Ringstraße", "Am Mühlbach",
    "Goethestraße", "Schillerplatz", "Mozartgasse", "Feldweg", "Rosenweg", "Marktplatz", "Wiesengrund", "An der alten Ziegelei", "Straße des 17. Juni", "Birkenweg", "Sonnenhang",
];

/// Streets where French is spoken.
pub(super) const FRENCH: &[&str] = &["Rue du Lac", "Avenue de la Gare", "Chemin des Vignes", "Rue de l'Église", "Place du Marché"];

/// Streets where Italian is spoken.
pub(super) const ITALIAN: &[&str] = &["Via Stazione", "Via San Gottardo", "Piazza Grande", "Via al Lago"];

/// First halves of company names.
#[rustfmt::skip]
pub(super) const COMPANIES: &[&str] = &[
    "Nordwerk", "Südkraft", "Alpenblick", "Hanse Logistik", "Rheinmetrik", "Bavaria Data", "Elbtal Software", "Isar Mobil", "Spree Medien", "Main Finanz", "Käserei zum Ochsen",
    "Donauwerk", "Seeblick Hotels", "Tirol Sport", "Föhn Textil", "Matterhorn Optik", "Lindenhof Verlag", "Grünwald Energie", "Hafenkante", "Kranich Bau", "Schwarzwald Uhren", "Weinviertel Genuss",
];

/// Legal forms: Germany and Austria, Switzerland.
pub(super) const FORMS: [&[&str]; 2] = [&["GmbH", "AG", "GmbH & Co. KG", "KG", "OHG", "e. K."], &["AG", "GmbH", "SA", "Sàrl"]];

/// A town with everything that belongs to it.
pub(super) struct Place {
    pub(super) zip: &'static str,
    pub(super) city: &'static str,
    pub(super) state: &'static str,
    /// Area code without zero.
    pub(super) area: &'static str,
    /// The block of the number that is kept for fiction, or one that looks like it.
    pub(super) block: &'static str,
}

#[rustfmt::skip]
const fn place(zip: &'static str, city: &'static str, state: &'static str, area: &'static str, block: &'static str) -> Place {
    Place { zip, city, state, area, block }
}

/// Towns, those with more people in front.
#[rustfmt::skip]
pub(super) const PLACES: &[Place] = &[
    place("10115", "Berlin", "DE-BE", "30", "23125"), place("20095", "Hamburg", "DE-HH", "40", "66969"), place("80331", "München", "DE-BY", "89", "99998"), place("1010", "Wien", "AT-9", "1", "555"),
    place("50667", "Köln", "DE-NW", "221", "4710"), place("60311", "Frankfurt am Main", "DE-HE", "69", "90009"), place("8001", "Zürich", "CH-ZH", "44", "555"), place("70173", "Stuttgart", "DE-BW", "711", "555"),
    place("40213", "Düsseldorf", "DE-NW", "211", "555"), place("04109", "Leipzig", "DE-SN", "341", "555"), place("01067", "Dresden", "DE-SN", "351", "555"), place("30159", "Hannover", "DE-NI", "511", "555"),
    place("90402", "Nürnberg", "DE-BY", "911", "555"), place("28195", "Bremen", "DE-HB", "421", "555"), place("8010", "Graz", "AT-6", "316", "555"), place("3011", "Bern", "CH-BE", "31", "555"),
    place("99084", "Erfurt", "DE-TH", "361", "555"), place("24103", "Kiel", "DE-SH", "431", "555"), place("06108", "Halle (Saale)", "DE-ST", "345", "555"), place("66111", "Saarbrücken", "DE-SL", "681", "555"),
    place("55116", "Mainz", "DE-RP", "6131", "555"), place("14467", "Potsdam", "DE-BB", "331", "555"), place("18055", "Rostock", "DE-MV", "381", "555"), place("79098", "Freiburg im Breisgau", "DE-BW", "761", "555"),
    place("5020", "Salzburg", "AT-5", "662", "555"), place("4020", "Linz", "AT-4", "732", "555"), place("6020", "Innsbruck", "AT-7", "512", "555"), place("3100", "St. Pölten", "AT-3", "2742", "555"),
    place("9020", "Klagenfurt", "AT-2", "463", "555"), place("7000", "Eisenstadt", "AT-1", "2682", "555"), place("6900", "Bregenz", "AT-8", "5574", "555"), place("4051", "Basel", "CH-BS", "61", "555"),
    place("6003", "Luzern", "CH-LU", "41", "555"), place("9000", "St. Gallen", "CH-SG", "71", "555"), place("1201", "Genève", "CH-GE", "22", "555"), place("1003", "Lausanne", "CH-VD", "21", "555"),
    place("6900", "Lugano", "CH-TI", "91", "555"), place("7000", "Chur", "CH-GR", "81", "555"),
];

/// Mobile prefixes and beginnings of numbers by country.
pub(super) const MOBILES: [(&str, &[(&str, &str)]); 3] = [
    ("DE", &[("+49171", "39200"), ("+49176", "04069")]),
    ("AT", &[("+43660", "555"), ("+43664", "555"), ("+43676", "555")]),
    ("CH", &[("+4176", "555"), ("+4178", "555"), ("+4179", "555")]),
];

/// Domains that are kept for examples.
pub(super) const DOMAINS: &[&str] = &["example.com", "example.org", "example.net", "mail.example", "post.example"];

/// What people are interested in.
pub(super) const INTERESTS: &[&str] =
    &["Reisen", "Kochen", "Sport", "Technik", "Musik", "Garten", "Mode", "Kunst & Kultur", "Auto", "Familie"];

/// Where people came from.
pub(super) const SOURCES: &[&str] = &["Website", "Messe", "Empfehlung", "Newsletter", "Ladengeschäft", "Partner"];
