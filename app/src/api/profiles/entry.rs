//! What is typed into a form: one rule for the check beside the field, the save, the plain form and the change of many.

use domain::calendar::{clock_of, day_words};
use domain::config::default;
use domain::field::{FieldDef, FieldKind};
use domain::lang::fill;
use domain::problem::Problem;
use domain::profile::Profile;
use domain::time::{Millis, day_of, show_date, show_time};
use domain::value::{DateOrder, Entered, ParseContext, Value, entered};

use super::columns::choices;
use super::form::Desk;
use super::saving::Typed;
use super::sheet::{Place, Reading};
use crate::context::now;
use crate::pages::profiles::words as w;

impl Desk {
    /// Read what was typed into a field.
    pub(super) fn parse(&self, field: &FieldDef, typed: &[String], country: Option<&str>) -> Result<Option<Value>, Problem> {
        let line = match field.kind {
            FieldKind::MultiSelection => {
                let labels = typed.iter().filter(|label| !label.is_empty()).map(|label| label.replace('\\', "\\\\").replace('|', "\\|"));
                labels.collect::<Vec<_>>().join("|")
            }
            _ => typed.first().cloned().unwrap_or_default(),
        };
        field.accept(self.enter(field, &line, country)?.value)
    }

    fn enter(&self, field: &FieldDef, line: &str, country: Option<&str>) -> Result<Entered, Problem> {
        let cx = ParseContext { lang: self.viewer.lang, zone: &self.viewer.zone, date_order: DateOrder::Dmy, country_hint: country };
        entered(field, line, now(), &cx)
    }

    /// Why a typed value can't stay.
    pub(super) fn check(&self, key: &str, typed: &[String], country: &str) -> Option<String> {
        let field = self.pool.field(key)?;
        let country = self.meant(country);
        self.parse(field, typed, country.as_deref()).err().map(|problem| problem.message(self.viewer.lang))
    }

    /// What a new profile gets, as the control holds it.
    pub(super) fn default_of(&self, field: &FieldDef) -> Vec<String> {
        let value = default::value(field, now(), &self.viewer.zone);
        value.map(|value| self.typed(field, &value)).unwrap_or_default()
    }

    /// What a typed point in time comes to; nothing while it is none.
    pub(super) fn reading(&self, key: &str, typed: &str) -> Option<Reading> {
        let field = self.pool.field(key)?;
        let (lang, zone) = (self.viewer.lang, &self.viewer.zone);
        let Entered { value: Some(Value::Int(value)), reckoned, traps } = self.enter(field, typed, None).ok()? else { return None };
        let (day, clock) = match field.kind {
            FieldKind::Date => (value, String::new()),
            FieldKind::DateTime => (day_of(Millis::new(value), zone), clock_of(Millis::new(value), zone)),
            _ => return None,
        };
        let words = if clock.is_empty() { day_words(day, lang) } else { format!("{}, {clock}", day_words(day, lang)) };
        let from = || if clock.is_empty() { show_date(self.today(), lang) } else { show_time(now(), lang, zone) };
        let sentence = if clock.is_empty() { w::FROM_TODAY } else { w::FROM_NOW };
        Some(Reading {
            reckoned: reckoned.then(|| fill(sentence.get(lang), &[("now", &from())])),
            traps: traps.into_iter().map(|trap| trap.text().get(lang).to_owned()).collect(),
            words,
            day,
            clock,
        })
    }

    /// The day that it is for the client.
    pub(super) fn today(&self) -> i64 {
        day_of(now(), &self.viewer.zone)
    }

    /// The field whose country decides how postcodes and states of the profile are read.
    pub(super) fn country_field(&self) -> Option<&FieldDef> {
        self.pool.fields.iter().find(|field| field.kind == FieldKind::Country && field.writable())
    }

    /// The country of a profile, or the one that a new profile gets.
    pub(super) fn country(&self, profile: Option<&Profile>) -> Option<String> {
        let field = self.country_field()?;
        match profile {
            Some(profile) => match profile.value(field.id)? {
                Value::Text(code) => Some(code.clone()),
                _ => None,
            },
            None => self.default_of(field).into_iter().next(),
        }
    }

    /// The country that was typed, if it was.
    pub(super) fn typed_country(&self, typed: &Typed) -> Option<String> {
        let values = typed.get(&self.country_field()?.key)?;
        Some(self.meant(values.first()?).unwrap_or_default())
    }

    /// The code of the country that somebody means.
    fn meant(&self, typed: &str) -> Option<String> {
        match self.enter(self.country_field()?, typed, None) {
            Ok(Entered { value: Some(Value::Text(code)), .. }) => Some(code),
            _ => None,
        }
    }

    /// What a country, as it stands in the form, decides.
    pub(super) fn place(&self, country: &str) -> Place {
        let code = self.meant(country);
        let states = self.pool.fields.iter().find(|field| field.kind == FieldKind::State);
        Place {
            masks: code.as_deref().and_then(domain::postcode::Masks::of),
            states: states.map(|field| choices(field, self.viewer.lang, code.as_deref())).unwrap_or_default(),
            country: country.to_owned(),
        }
    }
}
