//! A profile's form sent without WASM: the page's own address takes it, and what can't be saved is shown with what was typed.

use std::collections::BTreeMap;

use domain::id::ProfileId;
use leptos::prelude::use_context;

use super::form::Desk;
use super::plain;
use super::saving::Typed;
use super::sheet::{Conflict, Control, Saved, Sheet};
use crate::error::AppError;
use crate::pages::profiles::place::pairs_of;

/// The body of a form that was sent to a page's own address. `server` puts it into the context.
#[derive(Clone, Debug)]
pub struct Posted(pub String);

/// The form as it was sent.
struct Sent {
    revision: i64,
    typed: Typed,
    was: Typed,
    /// The reader has seen both values: on which revision, and in which fields theirs shall stay.
    choice: Option<(i64, Vec<String>)>,
}

impl Sent {
    fn read(body: &str) -> Self {
        let pairs = pairs_of(body);
        let value = |name: &str| pairs.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str());
        let mut typed: Typed = BTreeMap::new();
        let mut theirs = Vec::new();
        for (name, value) in &pairs {
            if let Some(key) = name.strip_prefix("fields[").and_then(|rest| rest.strip_suffix("][]")) {
                typed.entry(key.to_owned()).or_default().push(value.clone());
            } else if let Some(key) = name.strip_prefix("choose-").filter(|_| value == "theirs") {
                theirs.push(key.to_owned());
            }
        }
        Self {
            revision: value("revision").and_then(|text| text.parse().ok()).unwrap_or_default(),
            was: value("was").and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default(),
            choice: value("newer").and_then(|text| text.parse().ok()).map(|newer| (newer, theirs)),
            typed,
        }
    }
}

impl Desk {
    /// The sheet, or what became of the form that was sent to it.
    pub(super) async fn posted(&self, id: Option<ProfileId>, mut sheet: Sheet) -> Result<Sheet, AppError> {
        let Some(Posted(body)) = use_context::<Option<Posted>>().flatten() else { return Ok(sheet) };
        let mut sent = Sent::read(&body);
        self.tidy(&mut sent, &sheet);
        match self.save(id, sent.revision, &sent.typed, &sent.was).await? {
            Saved::Done(saved) => {
                if let Some(id) = saved.id {
                    plain::to(&crate::routes::profile(self.pool.id, id));
                }
                return Ok(*saved);
            }
            Saved::Refused(problems) => retype(&mut sheet, &sent, &problems, None),
            Saved::Stale(conflict) => retype(&mut sheet, &sent, &[], Some(*conflict)),
        }
        // The plain form is written anew for the country that was chosen.
        if let Some(country) = self.typed_country(&sent.typed) {
            sheet.place = self.place(&country);
        }
        sheet.revision = sent.revision;
        Ok(sheet)
    }

    /// Check boxes come with an empty value, so that none ticked is something too. A chosen value replaces the one it clashed with.
    fn tidy(&self, sent: &mut Sent, sheet: &Sheet) {
        let fields = || sheet.groups.iter().flat_map(|group| &group.fields);
        // Of two buttons of which none is pressed nothing is sent.
        let asked = |key: &str| sheet.id.is_none() || sent.was.contains_key(key);
        for field in fields().filter(|field| field.control == Control::Truth && asked(&field.key)) {
            sent.typed.entry(field.key.clone()).or_insert_with(|| vec![String::new()]);
        }
        for field in fields().filter(|field| matches!(field.control, Control::Choices(_))) {
            if let Some(values) = sent.typed.get_mut(&field.key) {
                values.retain(|value| !value.is_empty());
                values.sort();
            }
        }
        let Some((newer, theirs)) = sent.choice.take() else { return };
        sent.revision = newer;
        if sheet.revision != newer {
            return;
        }
        for field in fields() {
            let untouched = sent.was.get(&field.key) == sent.typed.get(&field.key);
            if untouched || theirs.contains(&field.key) {
                sent.typed.insert(field.key.clone(), field.values.clone());
            }
            sent.was.insert(field.key.clone(), field.values.clone());
        }
    }
}

/// Put what was typed into the form again, with what is wrong with it.
fn retype(sheet: &mut Sheet, sent: &Sent, problems: &[(String, String)], conflict: Option<Conflict>) {
    for field in sheet.groups.iter_mut().flat_map(|group| &mut group.fields) {
        if let Some(typed) = sent.typed.get(&field.key) {
            field.was = Some(sent.was.get(&field.key).unwrap_or(&field.values).clone());
            field.values.clone_from(typed);
        }
        field.error = problems.iter().find(|(key, _)| *key == field.key).map(|(_, sentence)| sentence.clone());
    }
    sheet.conflict = conflict;
}
