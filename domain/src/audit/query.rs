//! What somebody looks for in the log, as the address of its page has it.

use chrono::NaiveDate;

use super::{Deed, ObjectKind};
use crate::history::Actor;
use crate::list::url::push;
use crate::time::{Millis, Zone, days, start_of};

/// The most characters that are searched for.
const MAX_Q: usize = 200;

/// What somebody looks for; nothing given is everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// Words, each of which must occur in the names of actor and object, the deed or the address.
    pub q: String,
    /// What was done.
    pub deed: Option<Deed>,
    /// Who did it.
    pub who: Option<Actor>,
    /// To what; of a pool also to everything in it.
    pub object: Option<(ObjectKind, i64)>,
    /// From this day on, counted from 1970-01-01.
    pub from: Option<i64>,
    /// Up to this day, that included.
    pub to: Option<i64>,
    /// Only entries before the one with this number.
    pub before: Option<i64>,
}

impl AuditQuery {
    /// Reads the decoded pairs of an address. Never fails: what is unknown is passed over.
    pub fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Self {
        let mut query = Self::default();
        for (name, value) in pairs {
            let value = value.trim();
            match name.as_str() {
                "q" => query.q = value.chars().take(MAX_Q).collect(),
                "deed" => query.deed = Deed::from_code(value),
                "who" => query.who = who(value),
                "object" => query.object = object(value),
                "from" => query.from = day(value),
                "to" => query.to = day(value),
                "before" => query.before = value.parse().ok().filter(|n| *n > 0),
                _ => {}
            }
        }
        query
    }

    /// The address' part behind the question mark; may be empty.
    pub fn to_query(&self) -> String {
        let mut out = String::new();
        if !self.q.is_empty() {
            push(&mut out, "q", &self.q);
        }
        let pairs = [
            ("deed", self.deed.map(|deed| deed.code().to_owned())),
            ("who", self.who.map(|actor| who_code(actor.kind(), actor.id()))),
            ("object", self.object.map(|(kind, id)| who_code(kind.code(), Some(id)))),
            ("from", self.from.and_then(iso_day)),
            ("to", self.to.and_then(iso_day)),
            ("before", self.before.map(|n| n.to_string())),
        ];
        for (name, value) in pairs {
            if let Some(value) = value {
                push(&mut out, name, &value);
            }
        }
        out
    }

    /// The first moment that is meant and the first one behind it, on the calendar of a zone.
    pub fn span(&self, zone: &Zone) -> (Option<Millis>, Option<Millis>) {
        (self.from.and_then(|day| start_of(day, zone)), self.to.and_then(|day| start_of(day.checked_add(1)?, zone)))
    }

    /// A day of the query as forms have it.
    pub fn shown_day(day: Option<i64>) -> String {
        day.and_then(iso_day).unwrap_or_default()
    }
}

/// How an actor or an object is named in an address: `user:3`, `system`.
pub fn who_code(kind: &str, id: Option<i64>) -> String {
    id.map_or_else(|| kind.to_owned(), |id| format!("{kind}:{id}"))
}

fn who(text: &str) -> Option<Actor> {
    let (kind, id) = match text.split_once(':') {
        Some((kind, id)) => (kind, Some(id.parse().ok()?)),
        None => (text, None),
    };
    let actor = Actor::from_parts(kind, id);
    (actor.kind() == kind && actor.id() == id).then_some(actor)
}

fn object(text: &str) -> Option<(ObjectKind, i64)> {
    let (kind, id) = text.split_once(':')?;
    Some((ObjectKind::from_code(kind)?, id.parse().ok()?))
}

fn day(text: &str) -> Option<i64> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(days)
}

fn iso_day(day: i64) -> Option<String> {
    crate::time::day(day).map(|date| date.format("%Y-%m-%d").to_string())
}
