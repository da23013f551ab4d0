//! Writes the values of a file, in the words that were chosen.

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::DateTime;
use serde_json::Value as Json;

use super::{Cell, Values, harmless};
use crate::field::{FieldDef, FieldKind};
use crate::lang::Lang;
use crate::pool::Pool;
use crate::time::{Millis, Zone, rfc3339, show_seconds, show_time};
use crate::value::{DateOrder, ParseContext, Value, iso_moment, parse, plain, show, to_json};

/// Knows the columns of a file and how their values are written.
#[derive(Clone, Debug)]
pub struct Scribe {
    columns: Vec<Column>,
    values: Values,
    lang: Lang,
    /// Chosen by whoever asks.
    zone: Option<Zone>,
    /// The client's.
    own: Zone,
    /// The column that says the country of a profile, by which states are read back.
    country: Option<usize>,
}

/// A column, and the words for values that few profiles have differently.
#[derive(Clone, Debug)]
struct Column {
    field: FieldDef,
    /// Stands in the file as it is stored.
    verbatim: bool,
    known: HashMap<Value, String>,
}

impl Scribe {
    /// Writes these fields of a pool.
    pub fn new(pool: &Pool, fields: Vec<FieldDef>, values: Values, lang: Lang, zone: Option<Zone>) -> Self {
        let country = fields.iter().position(|field| field.key == "COUNTRY");
        let column = |field: FieldDef| Column { verbatim: is_verbatim(field.kind, values), field, known: HashMap::new() };
        Self { columns: fields.into_iter().map(column).collect(), values, lang, zone, own: pool.zone, country }
    }

    /// The fields, in their order.
    pub fn fields(&self) -> impl ExactSizeIterator<Item = &FieldDef> {
        self.columns.iter().map(|column| &column.field)
    }

    /// A field by its place.
    pub fn field(&self, nth: usize) -> &FieldDef {
        &self.columns[nth].field
    }

    /// The language of the file.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// In which words values are written.
    pub fn values(&self) -> Values {
        self.values
    }

    /// The zone on whose wall clock people read points in time.
    pub fn wall_zone(&self) -> Zone {
        self.zone.unwrap_or(self.own)
    }

    /// What stands above the columns: internal names, or for people the names of the fields where no two are alike.
    pub fn headings(&self) -> Vec<String> {
        let label = |field: &FieldDef| field.label(self.lang).to_lowercase();
        let heading = |field: &FieldDef| {
            // Two columns of one name could not be told apart when the file comes back.
            let alone = || self.fields().filter(|other| label(other) == label(field)).count() == 1;
            if self.values == Values::Labels && alone() { field.label(self.lang).to_owned() } else { field.key.clone() }
        };
        self.fields().map(heading).collect()
    }

    /// The code of the country that a row names.
    pub fn country_of<'r>(&self, cells: &'r [Cell<'_>]) -> Option<&'r str> {
        cells.get(self.country?)?.text()
    }

    /// A cell as text; nothing is an empty one. For people as they read it, as long as it can be read back to the same
    /// value, else in the form of programs.
    pub fn text<'c>(&'c mut self, nth: usize, cell: &'c Cell<'_>, country: Option<&str>) -> Cow<'c, str> {
        let column = &mut self.columns[nth];
        let value = match cell {
            Cell::Empty => return Cow::Borrowed(""),
            Cell::Text(text) if column.verbatim => return Cow::Borrowed(text),
            Cell::Text(text) => Cow::Owned(Value::Text((*text).to_owned())),
            Cell::Value(value) => Cow::Borrowed(value),
        };
        let zones = (self.zone, self.own);
        if !has_few(column.field.kind) {
            return Cow::Owned(written(&column.field, &value, self.values, self.lang, zones, country));
        }
        if !column.known.contains_key(&*value) {
            let text = written(&column.field, &value, self.values, self.lang, zones, country);
            column.known.insert(value.clone().into_owned(), text);
        }
        Cow::Borrowed(column.known.get(&*value).map_or("", String::as_str))
    }

    /// The same, and no spreadsheet runs it.
    pub fn guarded<'c>(&'c mut self, nth: usize, cell: &'c Cell<'_>, country: Option<&str>) -> Cow<'c, str> {
        match self.text(nth, cell, country) {
            Cow::Borrowed(text) => harmless(text),
            Cow::Owned(text) => {
                let safe = match harmless(&text) {
                    Cow::Borrowed(_) => None,
                    Cow::Owned(safe) => Some(safe),
                };
                Cow::Owned(safe.unwrap_or(text))
            }
        }
    }

    /// A cell in JSON: whole numbers and truth values as such, several options as a list, everything else as a text. Days
    /// and moments are those of ISO 8601 in any words.
    pub fn json(&mut self, nth: usize, cell: &Cell<'_>, country: Option<&str>) -> Json {
        let field = &self.columns[nth].field;
        let value = match cell {
            Cell::Empty => return Json::Null,
            Cell::Text(text) if self.columns[nth].verbatim => return Json::String((*text).to_owned()),
            Cell::Text(text) => Cow::Owned(Value::Text((*text).to_owned())),
            Cell::Value(value) => Cow::Borrowed(value),
        };
        match (field.kind, &*value) {
            (FieldKind::DateTime, Value::Int(at)) => moment(*at, self.zone).into(),
            (FieldKind::Date, _) => to_json(field, &value),
            (FieldKind::Selection, Value::Int(id)) if self.values == Values::Ids => (*id).into(),
            (_, Value::Set(set)) if self.values == Values::Ids => set.iter().map(|id| Json::from(id.get())).collect(),
            (FieldKind::Integer | FieldKind::ProfileId | FieldKind::FormRef, _) | (_, Value::Bool(_) | Value::Set(_)) => {
                to_json(field, &value)
            }
            _ => self.text(nth, cell, country).into_owned().into(),
        }
    }
}

/// Values of such fields are few, so that the words of each are made once.
fn has_few(kind: FieldKind) -> bool {
    use FieldKind::{Boolean, Country, Language, Permission, Salutation, Selection};
    matches!(kind, Boolean | Country | Language | Permission | Salutation | Selection)
}

/// Texts that are never written otherwise than they are stored.
fn is_verbatim(kind: FieldKind, values: Values) -> bool {
    use FieldKind::{Country, Email, IpAddress, Language, MobilePrefix, MultiLine, Postcode, Salutation, SingleLine, State};
    match kind {
        SingleLine | MultiLine | Email | Postcode | IpAddress | MobilePrefix => true,
        Salutation | Country | State | Language => values != Values::Labels,
        _ => false,
    }
}

fn written(
    field: &FieldDef,
    value: &Value,
    values: Values,
    lang: Lang,
    (zone, own): (Option<Zone>, Zone),
    country: Option<&str>,
) -> String {
    match (values, field.kind, value) {
        (Values::Ids, FieldKind::Selection, Value::Int(id)) => id.to_string(),
        (Values::Ids, FieldKind::MultiSelection, Value::Set(set)) => set.iter().map(ToString::to_string).collect::<Vec<_>>().join("|"),
        (Values::Labels, ..) => for_people(field, value, lang, zone.unwrap_or(own), country),
        (_, FieldKind::DateTime, Value::Int(at)) => moment(*at, zone),
        _ => plain(field, value),
    }
}

/// A moment as programs read it, in UTC or with the offset of a zone.
fn moment(at: i64, zone: Option<Zone>) -> String {
    let exact = |text: &String| DateTime::parse_from_rfc3339(text).is_ok_and(|read| read.timestamp_millis() == at);
    // Before the railways the clocks of towns differed by seconds, for which there is no room behind the time.
    let local = zone.filter(|zone| *zone != Zone::UTC).and_then(|zone| rfc3339(Millis::new(at), &zone)).filter(exact);
    local.unwrap_or_else(|| iso_moment(at))
}

fn for_people(field: &FieldDef, value: &Value, lang: Lang, zone: Zone, country: Option<&str>) -> String {
    use FieldKind::{Boolean, Country, Date, DateTime, Language, Permission, Salutation, Selection, State};
    if !matches!(field.kind, Boolean | Country | Date | DateTime | Language | Permission | Salutation | Selection | State) {
        return plain(field, value);
    }
    let cx = ParseContext { lang, zone: &zone, date_order: DateOrder::Dmy, country_hint: country };
    let comes_back = |text: &str| parse(field, text, &cx).as_ref() == Ok(&Some(value.clone()));
    if let (DateTime, Value::Int(at)) = (field.kind, value) {
        let at = Millis::new(*at);
        let to_the_minute = show_time(at, lang, &zone);
        if comes_back(&to_the_minute) {
            return to_the_minute;
        }
        let to_the_second = show_seconds(at, lang, &zone);
        return if comes_back(&to_the_second) { to_the_second } else { moment(at.get(), Some(zone)) };
    }
    let shown = show(field, value, lang, &zone);
    if comes_back(&shown) { shown } else { plain(field, value) }
}
