//! History lines as events of days.

use chrono::{Datelike, NaiveDateTime};
use domain::field::FieldKind;
use domain::history::{Action, Actor, FieldChange, HistoryLine};
use domain::import::Evidence;
use domain::lang::Lang;
use domain::pool::Pool;
use domain::profile::Profile;
use domain::time::{Millis, Zone, show_time};
use domain::value::{self, Value};

use super::sheet::{Change, Day, Event};

/// The lines by day, in their order.
pub(super) fn days(pool: &Pool, profile: &Profile, lines: &[HistoryLine], lang: Lang, zone: &Zone) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for line in lines {
        let Some(wall) = wall(line.at, zone) else { continue };
        let label = long_date(wall, lang);
        if days.last().is_none_or(|day| day.label != label) {
            days.push(Day { label, events: Vec::new() });
        }
        if let Some(day) = days.last_mut() {
            day.events.push(event((pool, profile), line, wall, lang, zone));
        }
    }
    days
}

fn event((pool, profile): (&Pool, &Profile), line: &HistoryLine, wall: NaiveDateTime, lang: Lang, zone: &Zone) -> Event {
    let imported = matches!(line.actor, Actor::Import(_));
    Event {
        at: wall.format("%Y-%m-%dT%H:%M").to_string(),
        time: wall.format("%H:%M").to_string(),
        action: if imported && line.action == Action::Created { Action::Imported } else { line.action }.code().to_owned(),
        actor: if imported { String::new() } else { line.actor_name.clone() },
        changes: line
            .changes
            .iter()
            .map(|change| Change { back: back(pool, profile, line, change), ..told(pool, change, lang, zone) })
            .collect(),
        import: (imported && !line.actor_name.is_empty()).then(|| line.actor_name.clone()),
    }
}

/// A change in words. A field that was removed since keeps the name it had.
pub(crate) fn told(pool: &Pool, change: &FieldChange, lang: Lang, zone: &Zone) -> Change {
    let proof = Evidence::from_key(&change.key).map(|evidence| evidence.field(lang));
    let field = pool.field(&change.key).or(proof.as_ref());
    let label = match field {
        Some(field) => field.label(lang).to_owned(),
        None if change.label.is_empty() => change.key.clone(),
        None => change.label.clone(),
    };
    let said = |value: &Option<Value>| match (field, value) {
        // What proves a consent is noted as it was read; the time is told as all are.
        (Some(field), Some(Value::Text(text))) if field.kind == FieldKind::DateTime => {
            let read = value::from_plain(field, text).ok().flatten();
            read.map_or_else(|| text.clone(), |value| value::show(field, &value, lang, zone))
        }
        (Some(field), Some(value)) => value::show(field, value, lang, zone),
        (None, Some(Value::Text(text))) => text.clone(),
        (None, Some(Value::Int(n))) => n.to_string(),
        _ => String::new(),
    };
    Change { label, before: said(&change.before), after: said(&change.after), back: None }
}

/// By what the value before can be set again, if it is another than now, by hand.
fn back(pool: &Pool, profile: &Profile, line: &HistoryLine, change: &FieldChange) -> Option<(i64, String)> {
    let field = pool.field(&change.key).filter(|field| field.writable())?;
    let changed = matches!(line.action, Action::Edited | Action::ImportChanged);
    let differs = profile.value(field.id) != change.before.as_ref() && !(field.required && change.before.is_none());
    Some((line.id?, field.key.clone())).filter(|_| changed && differs)
}

/// What the clock on the wall showed.
fn wall(at: Millis, zone: &Zone) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(&show_time(at, Lang::De, zone), "%d.%m.%Y %H:%M").ok()
}

const WEEKDAYS_DE: [&str; 7] = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"];
const WEEKDAYS_EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS_DE: [&str; 12] =
    ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"];
const MONTHS_EN: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// "Mittwoch, 14. Oktober 2026", "Wednesday, 14 October 2026".
fn long_date(wall: NaiveDateTime, lang: Lang) -> String {
    let (weekday, month) = (wall.weekday().num_days_from_monday() as usize, wall.month0() as usize);
    let (day, year) = (wall.day(), wall.year());
    match lang {
        Lang::De => format!("{}, {day}. {} {year}", WEEKDAYS_DE[weekday], MONTHS_DE[month]),
        Lang::En => format!("{}, {day} {} {year}", WEEKDAYS_EN[weekday], MONTHS_EN[month]),
    }
}
