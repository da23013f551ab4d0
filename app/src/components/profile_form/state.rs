//! What is typed into a profile's form, and what became of it.

use std::collections::BTreeMap;

use domain::id::{PoolId, ProfileId};
use domain::lang::Lang;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::profiles::sheet::{Conflict, Control, FormField, Place, Saved, Sheet};
use crate::api::profiles::{check_value, read_place, save_profile};
use crate::components::field_input::options::Options;
use crate::error::AppError;

/// A field at work.
#[derive(Clone, Copy)]
pub struct FieldState {
    pub field: StoredValue<FormField>,
    /// What stands in the control.
    pub values: RwSignal<Vec<String>>,
    /// What stood in it when the form was opened, or when someone else saved meanwhile.
    pub was: RwSignal<Vec<String>>,
    pub error: RwSignal<Option<String>>,
}

impl FieldState {
    fn new(field: &FormField) -> Self {
        Self {
            values: RwSignal::new(field.values.clone()),
            was: RwSignal::new(field.was.clone().unwrap_or_else(|| field.values.clone())),
            error: RwSignal::new(field.error.clone()),
            field: StoredValue::new(field.clone()),
        }
    }

    /// Does it differ from how it was?
    pub fn changed(self) -> bool {
        self.values.with(|values| self.was.with(|was| values != was))
    }

    /// The field's internal name.
    pub fn key(self) -> String {
        self.field.with_value(|field| field.key.clone())
    }
}

/// The form of one profile.
#[derive(Clone, Copy)]
pub struct FormState {
    pub pool: PoolId,
    pub id: Option<ProfileId>,
    revision: StoredValue<i64>,
    groups: StoredValue<Vec<(String, Vec<FieldState>)>>,
    lists: StoredValue<Vec<Options>>,
    /// What the country in the form decides.
    pub place: RwSignal<Place>,
    /// Today in the client's zone, in days since 1970-01-01.
    pub today: i64,
    /// A save was refused: the summary is shown.
    pub refused: RwSignal<bool>,
    /// The server could not be asked, or answered with an error.
    pub failed: RwSignal<Option<String>>,
    pub conflict: RwSignal<Option<Conflict>>,
    pub saving: RwSignal<bool>,
    pub just_saved: RwSignal<bool>,
    /// The page is awake: before that, buttons must not depend on what is counted here.
    pub awake: RwSignal<bool>,
    on_saved: Callback<Sheet>,
}

impl FormState {
    /// A form filled with a profile, or with the defaults of a new one.
    pub fn new(pool: PoolId, sheet: &Sheet, on_saved: Callback<Sheet>) -> Self {
        let groups: Vec<_> =
            sheet.groups.iter().map(|group| (group.label.clone(), group.fields.iter().map(FieldState::new).collect())).collect();
        let refused = sheet.groups.iter().flat_map(|group| &group.fields).any(|field| field.error.is_some());
        let awake = RwSignal::new(false);
        Effect::new(move |_| awake.set(true));
        let form = Self {
            pool,
            id: sheet.id,
            revision: StoredValue::new(sheet.revision),
            groups: StoredValue::new(groups),
            lists: StoredValue::new(sheet.lists.iter().map(|list| Options::new(list.clone())).collect()),
            place: RwSignal::new(sheet.place.clone()),
            today: sheet.today,
            refused: RwSignal::new(refused),
            failed: RwSignal::new(None),
            conflict: RwSignal::new(sheet.conflict.clone()),
            saving: RwSignal::new(false),
            just_saved: RwSignal::new(sheet.saved),
            awake,
            on_saved,
        };
        form.follow_the_country();
        form
    }

    /// Another country has other states and writes its postcodes in another way.
    fn follow_the_country(self) {
        let is_country = |field: &FieldState| field.field.with_value(|field| matches!(field.control, Control::Country(_)));
        let Some(field) = self.fields().into_iter().find(is_country) else { return };
        Effect::new(move |_| {
            let country = field.values.with(|values| values.first().cloned().unwrap_or_default());
            if self.place.with_untracked(|place| place.country == country) {
                return;
            }
            spawn_local(async move {
                let answer = read_place(self.pool, country.clone()).await;
                let still = field.values.try_with_untracked(|values| values.first() == Some(&country));
                if let (Ok(place), Some(true)) = (answer, still) {
                    self.place.try_set(place);
                    self.check_postcodes();
                }
            });
        });
    }

    /// What was typed as a postcode may be wrong, or right, in the new country.
    fn check_postcodes(self) {
        let is_postcode = |field: &FieldState| field.field.with_value(|field| field.control == Control::Postcode);
        for field in self.fields().into_iter().filter(is_postcode) {
            if field.values.with_untracked(|values| values.iter().any(|value| !value.is_empty())) {
                self.check(field);
            }
        }
    }

    /// The states of the profile's country.
    pub fn states(self) -> Options {
        self.place.with(|place| Options::new(place.states.clone()))
    }

    /// The list with this number.
    pub fn list(self, number: usize) -> Options {
        self.lists.with_value(|lists| lists.get(number).cloned().unwrap_or_default())
    }

    /// The fields by category.
    pub fn groups(self) -> Vec<(String, Vec<FieldState>)> {
        self.groups.get_value()
    }

    fn fields(self) -> Vec<FieldState> {
        self.groups.with_value(|groups| groups.iter().flat_map(|(_, fields)| fields.iter().copied()).collect())
    }

    /// How many fields differ.
    pub fn n_changed(self) -> usize {
        self.fields().into_iter().filter(|field| field.changed()).count()
    }

    /// The fields with an error: key and label.
    pub fn wrong(self) -> Vec<(String, String)> {
        let fields = self.fields().into_iter().filter(|field| field.error.with(Option::is_some));
        fields.map(|field| field.field.with_value(|field| (field.key.clone(), field.label.clone()))).collect()
    }

    /// How everything was when the form was opened, for the merge on the server.
    pub fn was_text(self) -> String {
        let was: BTreeMap<String, Vec<String>> = self.fields().into_iter().map(|field| (field.key(), field.was.get_untracked())).collect();
        serde_json::to_string(&was).unwrap_or_default()
    }

    /// Everything as it was.
    pub fn discard(self) {
        for field in self.fields() {
            field.values.set(field.was.get_untracked());
            field.error.set(None);
        }
        self.refused.set(false);
        self.failed.set(None);
        self.conflict.set(None);
    }

    /// Ask whether a typed value can stay, once the reader has left the field.
    pub fn check(self, field: FieldState) {
        // A field that goes away while somebody is in it says so once more.
        let Some(typed) = field.values.try_get_untracked() else { return };
        let (key, unchanged) = (field.key(), !untrack(move || field.changed()));
        if unchanged && self.id.is_some() {
            field.error.set(None);
            return;
        }
        let country = self.place.with_untracked(|place| place.country.clone());
        spawn_local(async move {
            if let Ok(problem) = check_value(self.pool, key, typed.clone(), country).await
                && field.values.try_with_untracked(|now| *now == typed) == Some(true)
            {
                field.error.try_set(problem);
            }
        });
    }

    /// Save what differs. Nothing typed is lost, whatever the answer.
    pub fn save(self, lang: Lang) {
        if self.saving.get_untracked() {
            return;
        }
        let changed: Vec<FieldState> =
            untrack(move || self.fields().into_iter().filter(|field| self.id.is_none() || field.changed()).collect());
        if changed.is_empty() {
            return;
        }
        let values: BTreeMap<String, Vec<String>> = changed.iter().map(|field| (field.key(), field.values.get_untracked())).collect();
        let was: BTreeMap<String, Vec<String>> = changed.iter().map(|field| (field.key(), field.was.get_untracked())).collect();
        let was = serde_json::to_string(&was).unwrap_or_default();
        let values = serde_json::to_string(&values).unwrap_or_default();
        self.saving.set(true);
        self.failed.set(None);
        spawn_local(async move {
            let saved = save_profile(self.pool, self.id, self.revision.get_value(), values, was).await;
            // The reader may have gone elsewhere meanwhile.
            if !self.saving.is_disposed() {
                self.saving.set(false);
                self.settle(saved, lang);
            }
        });
    }

    fn settle(self, saved: Result<Saved, AppError>, lang: Lang) {
        match saved {
            Ok(Saved::Done(sheet)) => {
                for field in self.fields() {
                    field.was.set(field.values.get_untracked());
                }
                self.on_saved.run(*sheet);
            }
            Ok(Saved::Refused(problems)) => {
                for field in self.fields() {
                    let problem = field
                        .field
                        .with_value(|field| problems.iter().find(|(key, _)| *key == field.key).map(|(_, sentence)| sentence.clone()));
                    field.error.set(problem);
                }
                self.refused.set(true);
                request_animation_frame(|| crate::browser::forms::focus("form-errors"));
            }
            Ok(Saved::Stale(conflict)) => self.conflict.set(Some(*conflict)),
            Err(error) => self.failed.set(Some(error.message(lang))),
        }
    }

    /// Keep the values chosen in a conflict, and save them on the newer revision.
    pub fn resolve(self, conflict: &Conflict, theirs: &[String], lang: Lang) {
        for field in self.fields() {
            let key = field.key();
            if let Some(clash) = conflict.fields.iter().find(|clash| clash.key == key) {
                field.was.set(clash.theirs_values.clone());
                if theirs.contains(&key) {
                    field.values.set(clash.theirs_values.clone());
                }
            }
        }
        self.revision.set_value(conflict.revision);
        self.conflict.set(None);
        if untrack(move || self.n_changed()) == 0 {
            self.reopen();
        } else {
            self.save(lang);
        }
    }

    /// Everything is theirs: show the profile as it is now.
    fn reopen(self) {
        let Some(id) = self.id else { return };
        spawn_local(async move {
            if let Ok(sheet) = crate::api::profiles::open_sheet(self.pool, Some(id), false).await
                && !self.saving.is_disposed()
            {
                self.on_saved.run(sheet);
            }
        });
    }
}
