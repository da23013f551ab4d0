//! One invented person after the other.

use domain::{
    field::Internal,
    id::{FieldId, OptionId},
    permission::Permission,
    pool::Pool,
    text::internal_name,
    time::Millis,
    value::Value,
};

use super::{
    random::Random,
    words::{COMPANIES, DOMAINS, FAMILIES, FORMS, FRENCH, INTERESTS, ITALIAN, MEN, MOBILES, PLACES, SOURCES, STREETS, WOMEN},
};

const DAY: i64 = 86_400_000;
/// Entries are spread over three years.
const SPREAD: i64 = 3 * 365;

/// Draws people for one pool.
pub(super) struct People<'a> {
    pool: &'a Pool,
    interests: Vec<OptionId>,
    sources: Vec<OptionId>,
    random: Random,
    now: Millis,
    n: u64,
}

impl<'a> People<'a> {
    /// `pool` has the two selections of the demo. Same seed and time, same people.
    pub(super) fn new(pool: &'a Pool, seed: u64, now: Millis) -> Self {
        let options = |key: &str, labels: &[&str]| {
            let own = pool.field(key).map_or(&[][..], |f| &f.options);
            labels.iter().filter_map(|l| own.iter().find(|o| o.label == *l).map(|o| o.id)).collect()
        };
        let (interests, sources) = (options("INTERESSEN", INTERESTS), options("QUELLE", SOURCES));
        People { pool, interests, sources, random: Random::new(seed), now, n: 0 }
    }

    fn id(&self, key: &str) -> Option<FieldId> {
        self.pool.field(key).map(|f| f.id)
    }

    /// The values of the next person.
    pub(super) fn next(&mut self) -> Vec<(FieldId, Value)> {
        let mut person = Vec::with_capacity(28);
        self.n += 1;
        let place = self.random.early(PLACES);
        let (country, _) = place.state.split_once('-').unwrap_or(("DE", ""));
        let woman = self.random.percent(51);
        let first = *self.random.early(if woman { WOMEN } else { MEN });
        let family = *self.random.early(FAMILIES);
        let company = self.random.percent(38).then(|| {
            let forms = FORMS[usize::from(country == "CH")];
            (*self.random.one(COMPANIES), *self.random.early(forms))
        });
        let mut put = |key: &str, value: &str| {
            if let Some(id) = self.id(key).filter(|_| !value.is_empty()) {
                person.push((id, Value::Text(value.to_owned())));
            }
        };
        put("SALUTATION", if woman { "female" } else { "male" });
        put("FIRSTNAME", first);
        put("NAME", family);
        put("COMPANY", &company.map(|(name, form)| format!("{name} {form}")).unwrap_or_default());
        put("ZIP", place.zip);
        put("CITY", place.city);
        put("STATE", place.state);
        put("COUNTRY", country);
        let streets = match place.state {
            "CH-GE" | "CH-VD" => FRENCH,
            "CH-TI" => ITALIAN,
            _ => STREETS,
        };
        let language = match place.state {
            "CH-GE" | "CH-VD" => "fr",
            "CH-TI" => "it",
            _ => "de",
        };
        put("LANGUAGE", language);
        let number = self.random.between(1, 140);
        let tail = *self.random.one(&["", "", "", "", "a", "b"]);
        let street = self.random.one(streets).replace("straße", if country == "CH" { "strasse" } else { "straße" });
        self.text(&mut person, "STREET", format!("{street} {number}{tail}"));
        if self.random.percent(7) {
            let title = *self.random.early(&["Dr.", "Prof. Dr.", "Dipl.-Ing.", "Mag.", "Dr. med."]);
            self.text(&mut person, "TITLE", title.to_owned());
        }
        self.contact(&mut person, country, place, &company.map(|c| c.0));
        // Some came in without an address, at a fair or by post.
        if !self.random.percent(2) {
            let domain = match company {
                Some((name, _)) if self.random.percent(70) => format!("{}.example", ascii(name, "")),
                _ => (*self.random.early(DOMAINS)).to_owned(),
            };
            let n = self.n;
            self.text(&mut person, "EMAIL", format!("{}.{}{n}@{domain}", ascii(first, "-"), ascii(family, "-")));
        }
        if self.random.percent(64) {
            let born = self.random.between(-9_000, 13_500);
            self.value(&mut person, "BIRTHDAY", Value::Int(born));
        }
        self.selections(&mut person);
        self.consent(&mut person);
        person
    }

    fn text(&self, person: &mut Vec<(FieldId, Value)>, key: &str, value: String) {
        self.value(person, key, Value::Text(value));
    }

    fn value(&self, person: &mut Vec<(FieldId, Value)>, key: &str, value: Value) {
        person.extend(self.id(key).map(|id| (id, value)));
    }

    fn contact(&mut self, person: &mut Vec<(FieldId, Value)>, country: &str, place: &super::words::Place, company: &Option<&str>) {
        let calling = domain::lists::calling_code(country).unwrap_or("49");
        let three = self.random.between(100, 999);
        if self.random.percent(58) {
            self.text(person, "PHONE", format!("+{calling} {} {} {three}", place.area, place.block));
        }
        if company.is_some() && self.random.percent(30) {
            self.text(person, "FAX", format!("+{calling} {} {} {}", place.area, place.block, 1_099 - three));
        }
        if let (Some(name), true) = (company, self.random.percent(60)) {
            self.text(person, "WEBSITE", format!("https://www.{}.example/", ascii(name, "")));
        }
        if self.random.percent(66) {
            let own = MOBILES.iter().find(|(c, _)| *c == country).map_or(MOBILES[0].1, |(_, all)| all);
            let (prefix, begin) = self.random.one(own);
            let rest = self.random.between(0, 99);
            self.text(person, "MOBILEPREFIX", (*prefix).to_owned());
            self.text(person, "MOBILE", format!("{begin} {rest:02}"));
        }
    }

    fn selections(&mut self, person: &mut Vec<(FieldId, Value)>) {
        let mut chosen: Vec<OptionId> = Vec::new();
        for _ in 0..self.random.below(5) {
            if !self.interests.is_empty() {
                chosen.push(*self.random.early(&self.interests));
            }
        }
        chosen.sort_unstable();
        chosen.dedup();
        if !chosen.is_empty() {
            self.value(person, "INTERESSEN", Value::Set(chosen));
        }
        if !self.sources.is_empty() && self.random.percent(90) {
            let source = *self.random.early(&self.sources);
            self.value(person, "QUELLE", Value::Int(source.get()));
        }
    }

    fn consent(&mut self, person: &mut Vec<(FieldId, Value)>) {
        // More came lately than long ago.
        let days = self.random.between(0, SPREAD).min(self.random.between(0, SPREAD + SPREAD / 2));
        let entered = self.now.get() - days * DAY - self.random.between(0, DAY - 1);
        let permission = match self.random.below(100) {
            0..=66 => Permission::DoubleOptIn,
            67..=78 => Permission::ConfirmedOptIn,
            79..=86 => Permission::SingleOptIn,
            87..=91 => Permission::DoubleOptInPending,
            92..=96 => Permission::OptOut,
            _ => Permission::None,
        };
        let mut put = |internal: Internal, value| person.extend(self.pool.internal(internal).map(|f| (f.id, value)));
        put(Internal::EntryDate, Value::Int(entered));
        put(Internal::Permission, Value::Int(permission.number()));
        if self.random.percent(5) {
            put(Internal::Unsubscribed, Value::Bool(true));
            put(Internal::UnsubscribeDate, Value::Int(self.random.between(entered, self.now.get())));
        }
        if self.random.percent(3) {
            put(Internal::HardBounces, Value::Int(self.random.between(3, 5)));
        }
        if self.random.percent(3) {
            put(Internal::NoTracking, Value::Bool(true));
        }
        if self.n.is_multiple_of(1_500) {
            put(Internal::Persona, Value::Bool(true));
        }
    }
}

/// The text in small letters a to z, other signs as `gap`.
fn ascii(text: &str, gap: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(|w| internal_name(w).to_lowercase()).collect::<Vec<_>>().join(gap)
}
