//! How a file is written: its format, its dialect, and in which words values stand in it.

use crate::lang::{Lang, Text};
use crate::problem::{Invalid, Problem};
use crate::time::Zone;

/// Names things in addresses, in REST and on the screen: `Name = "code", "deutsch", "English";`
macro_rules! named {
    ($($(#[$doc:meta])* $type:ident { $($(#[$each:meta])* $name:ident = $code:literal, $de:literal, $en:literal;)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub enum $type {
            $($(#[$each])* $name,)+
        }

        impl $type {
            /// All of them, in the order in which a form offers them.
            pub const ALL: &[$type] = &[$($type::$name),+];

            /// The name in addresses and in REST.
            pub const fn code(self) -> &'static str {
                match self {
                    $($type::$name => $code,)+
                }
            }

            /// The one with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }

            /// The name on the screen.
            pub const fn label(self) -> Text {
                match self {
                    $($type::$name => Text::new($de, $en),)+
                }
            }
        }
    )+};
}

named! {
    /// What stands between two cells.
    Delimiter {
        /// `,`, as programs write it.
        #[default]
        Comma = "comma", "Komma", "Comma";
        /// `;`, as Excel expects it in German-speaking countries.
        Semicolon = "semicolon", "Semikolon", "Semicolon";
        /// A tab, which occurs in no line of text.
        Tab = "tab", "Tabulator", "Tab";
    }

    /// How letters become bytes.
    Encoding {
        /// UTF-8.
        #[default]
        Utf8 = "utf8", "UTF-8", "UTF-8";
        /// UTF-8 behind a byte order mark, by which Excel recognises it.
        Utf8Bom = "utf8_bom", "UTF-8 mit Kennung (für Excel)", "UTF-8 with a mark (for Excel)";
        /// Western European Windows, for old programs. Letters that it has not become question marks.
        Windows1252 = "windows1252", "Windows-1252 (ältere Programme)", "Windows-1252 (older programs)";
    }

    /// What ends a row.
    LineEnd {
        /// Carriage return and line feed, as RFC 4180 has it.
        #[default]
        CrLf = "crlf", "Windows (CR LF)", "Windows (CR LF)";
        /// A line feed.
        Lf = "lf", "Unix (LF)", "Unix (LF)";
    }

    /// In which words values stand in a file.
    Values {
        /// As programs read them, in no language: codes, `1990-12-31`, internal names as headings. What was exported so is
        /// imported again without any difference.
        #[default]
        Plain = "plain", "Für Programme (Codes)", "For programs (codes)";
        /// As people read them in a language, names of fields as headings.
        Labels = "labels", "Für Menschen (Bezeichnungen)", "For people (labels)";
        /// As for programs, but options by their ids, which stay when an option is renamed.
        Ids = "ids", "Für Programme, Optionen als IDs", "For programs, options as ids";
    }
}

impl Delimiter {
    /// The letter itself.
    pub const fn byte(self) -> u8 {
        match self {
            Delimiter::Comma => b',',
            Delimiter::Semicolon => b';',
            Delimiter::Tab => b'\t',
        }
    }
}

/// The dialect of a table as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Csv {
    /// Between two cells.
    pub delimiter: Delimiter,
    /// How letters become bytes.
    pub encoding: Encoding,
    /// Behind a row.
    pub line_end: LineEnd,
    /// Whether cells that a spreadsheet would run get an apostrophe in front, see [`harmless`](super::harmless).
    pub guard: bool,
}

impl Csv {
    /// Opens in a German Excel with a double click.
    pub const EXCEL: Csv = Csv { delimiter: Delimiter::Semicolon, encoding: Encoding::Utf8Bom, line_end: LineEnd::CrLf, guard: true };
}

impl Default for Csv {
    /// As RFC 4180 has it, in UTF-8, guarded against formulas.
    fn default() -> Self {
        Self { delimiter: Delimiter::Comma, encoding: Encoding::Utf8, line_end: LineEnd::CrLf, guard: true }
    }
}

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// A table as text.
    Csv(Csv),
    /// A table for Excel, with numbers, dates and truth values as such.
    Xlsx,
    /// One list of objects.
    Json,
    /// An object in each line.
    Ndjson,
    /// Address cards, version 4 (RFC 6350).
    Vcard,
    /// A document with an element for each profile.
    Xml,
}

impl Format {
    /// Every format, in the order in which a form offers them.
    pub const ALL: [Format; 6] = [Format::Csv(Csv::EXCEL), Format::Xlsx, Format::Json, Format::Ndjson, Format::Vcard, Format::Xml];

    const fn facts(self) -> (&'static str, &'static str, &'static str, Text) {
        match self {
            Format::Csv(_) => ("csv", "csv", "text/csv", Text::new("CSV (Tabelle als Text)", "CSV (table as text)")),
            Format::Xlsx => (
                "xlsx",
                "xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                Text::new("Excel (XLSX)", "Excel (XLSX)"),
            ),
            Format::Json => ("json", "json", "application/json", Text::new("JSON", "JSON")),
            Format::Ndjson => {
                ("ndjson", "ndjson", "application/x-ndjson", Text::new("NDJSON (JSON je Zeile)", "NDJSON (JSON in each line)"))
            }
            Format::Vcard => ("vcard", "vcf", "text/vcard; charset=utf-8", Text::new("vCard (Adressbuch)", "vCard (address book)")),
            Format::Xml => ("xml", "xml", "application/xml", Text::new("XML", "XML")),
        }
    }

    /// The name in addresses and in REST.
    pub const fn code(self) -> &'static str {
        self.facts().0
    }

    /// The format with this code; CSV in the usual dialect.
    pub fn from_code(code: &str) -> Option<Self> {
        let format = Self::ALL.into_iter().find(|format| format.code() == code)?;
        Some(if matches!(format, Format::Csv(_)) { Format::Csv(Csv::default()) } else { format })
    }

    /// How the names of such files end, without the dot.
    pub const fn ending(self) -> &'static str {
        self.facts().1
    }

    /// What programs call such files (media type).
    pub const fn media_type(self) -> &'static str {
        match self {
            Format::Csv(Csv { encoding: Encoding::Windows1252, .. }) => "text/csv; charset=windows-1252",
            Format::Csv(_) => "text/csv; charset=utf-8",
            _ => self.facts().2,
        }
    }

    /// The name on the screen.
    pub const fn label(self) -> Text {
        self.facts().3
    }
}

impl Default for Format {
    fn default() -> Self {
        Format::Csv(Csv::default())
    }
}

/// How a file is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Form {
    /// In which format.
    pub format: Format,
    /// In which words.
    pub values: Values,
    /// The language of labels and headings; none: that of whoever asks.
    pub lang: Option<Lang>,
    /// The zone whose wall clock points in time are written by; none: UTC for programs, the client's for people.
    pub zone: Option<Zone>,
}

impl Form {
    /// For Excel and people.
    pub const EXCEL: Form = Form { format: Format::Csv(Csv::EXCEL), values: Values::Labels, lang: None, zone: None };

    /// Reads the decoded pairs of an address; what they don't name is as in `otherwise`, and an empty value names nothing.
    /// `dialect=excel` and `dialect=plain` stand for several of them.
    ///
    /// # Errors
    /// Every choice that there is not.
    pub fn from_pairs(pairs: &[(String, String)], otherwise: Form) -> Result<Self, Invalid> {
        let mut invalid = Invalid::default();
        let named =
            |name: &str| pairs.iter().rev().find(|(other, value)| other == name && !value.is_empty()).map(|(_, value)| value.as_str());
        let mut form = match named("dialect") {
            Some("excel") => Form::EXCEL,
            // Whatever else stood there was plain from the first version on.
            Some(_) => Form::default(),
            None => otherwise,
        };
        let csv = |format: Format| if let Format::Csv(csv) = format { Some(csv) } else { None };
        if let Some(format) = choice(named, "format", Format::from_code, &mut invalid) {
            form.format = csv(format).and(csv(form.format)).map_or(format, Format::Csv);
        }
        if let Some(values) = choice(named, "values", Values::from_code, &mut invalid) {
            form.values = values;
        }
        if let Some(lang) = named("lang") {
            form.lang = lang.parse().map_err(|problem| invalid.push("lang", problem)).ok();
        }
        if let Some(zone) = named("zone") {
            form.zone = zone.parse().map_err(|problem| invalid.push("zone", problem)).ok();
        }
        let truth =
            |code: &str| matches!(code, "on" | "true" | "1").then_some(true).or(matches!(code, "off" | "false" | "0").then_some(false));
        let delimiter = choice(named, "delimiter", Delimiter::from_code, &mut invalid);
        let encoding = choice(named, "encoding", Encoding::from_code, &mut invalid);
        let line_end = choice(named, "line_end", LineEnd::from_code, &mut invalid);
        let guard = choice(named, "guard", truth, &mut invalid);
        if let Format::Csv(csv) = &mut form.format {
            csv.delimiter = delimiter.unwrap_or(csv.delimiter);
            csv.encoding = encoding.unwrap_or(csv.encoding);
            csv.line_end = line_end.unwrap_or(csv.line_end);
            csv.guard = guard.unwrap_or(csv.guard);
        }
        invalid.or(form)
    }

    /// The pairs of an address that say all of it; language and zone are named where they were chosen.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("format", self.format.code().to_owned())];
        if let Format::Csv(csv) = self.format {
            pairs.push(("delimiter", csv.delimiter.code().to_owned()));
            pairs.push(("encoding", csv.encoding.code().to_owned()));
            pairs.push(("line_end", csv.line_end.code().to_owned()));
            pairs.push(("guard", if csv.guard { "on" } else { "off" }.to_owned()));
        }
        pairs.push(("values", self.values.code().to_owned()));
        pairs.extend(self.lang.map(|lang| ("lang", lang.code().to_owned())));
        pairs.extend(self.zone.map(|zone| ("zone", zone.name().to_owned())));
        pairs
    }
}

/// What a pair names; a name that nothing has is a problem.
fn choice<'p, T>(
    named: impl Fn(&str) -> Option<&'p str>,
    name: &'static str,
    of: impl Fn(&str) -> Option<T>,
    invalid: &mut Invalid,
) -> Option<T> {
    let given = named(name)?;
    let chosen = of(given);
    if chosen.is_none() {
        invalid.push(name, Problem::UnknownChoice { value: given.to_owned() });
    }
    chosen
}
