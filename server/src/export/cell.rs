//! What stands in the cells of an export.

use domain::{
    export::harmless,
    field::{FieldDef, FieldKind},
    id::FieldId,
    import::importable,
    lang::Lang,
    pool::Pool,
    profile::Profile,
    time::Zone,
    value::{DateOrder, ParseContext, Value, parse, plain, show},
};

use super::Dialect;

/// Writes the cells of profiles.
pub(super) struct Cells {
    fields: Vec<FieldDef>,
    dialect: Dialect,
    lang: Lang,
    zone: Zone,
    /// Where the row says its country, by which states are read back.
    country: Option<FieldId>,
}

impl Cells {
    pub(super) fn new(pool: &Pool, fields: Vec<FieldDef>, dialect: Dialect, lang: Lang) -> Self {
        let country = pool.field("COUNTRY").map(|f| f.id).filter(|id| fields.iter().any(|f| f.id == *id));
        Cells { fields, dialect, lang, zone: Zone::default(), country }
    }

    /// The cells of a profile, none of which a spreadsheet would run.
    pub(super) fn of<'a>(&'a self, profile: &'a Profile) -> impl Iterator<Item = String> + 'a {
        let country = match self.country.and_then(|id| profile.value(id)) {
            Some(Value::Text(code)) => Some(code.as_str()),
            _ => None,
        };
        self.fields.iter().map(move |field| {
            let Some(value) = profile.value(field.id) else { return String::new() };
            let cell = match self.dialect {
                Dialect::Plain => plain(field, value),
                Dialect::Excel => self.for_people(field, value, country),
            };
            harmless(&cell).into_owned()
        })
    }

    /// As people read it, as long as it can be read back to the same value; else in the form of programs.
    fn for_people(&self, field: &FieldDef, value: &Value, country: Option<&str>) -> String {
        use FieldKind::{Boolean, Country, Date, DateTime, Language, Permission, Salutation, Selection, State};
        if !matches!(field.kind, Boolean | Country | Date | DateTime | Language | Permission | Salutation | Selection | State) {
            return plain(field, value);
        }
        let shown = show(field, value, self.lang, &self.zone);
        let cx = ParseContext { lang: self.lang, zone: &self.zone, date_order: DateOrder::Dmy, country_hint: country };
        if !importable(field) || parse(field, &shown, &cx).as_ref() == Ok(&Some(value.clone())) { shown } else { plain(field, value) }
    }
}
