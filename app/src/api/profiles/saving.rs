//! Saving what was typed: refuse what can't be, merge what doesn't clash, show what does.

use std::collections::BTreeMap;

use domain::field::FieldDef;
use domain::history::Actor;
use domain::id::{FieldId, ProfileId};
use domain::problem::{Invalid, Problem};
use domain::profile::{Draft, Profile};
use domain::time::show_time;
use domain::value::Value;
use store::StoreError;

use super::form::Desk;
use super::sheet::{Clash, Conflict, Saved};
use crate::error::AppError;

/// The fields that change and their new values.
type Changes = Vec<(FieldId, Option<Value>)>;

/// Typed values by field key.
pub(super) type Typed = BTreeMap<String, Vec<String>>;

/// So many times a save is tried again on a newer revision before the clash is given to the person.
const TRIES: usize = 5;

/// Read the typed values as the form sends them.
pub(super) fn typed(json: &str) -> Result<Typed, AppError> {
    serde_json::from_str(json).map_err(|_| Invalid::one("values", Problem::WrongType { expected: "list".to_owned() }).into())
}

impl Desk {
    /// Save what differs from how it was.
    pub(super) async fn save(&self, id: Option<ProfileId>, revision: i64, typed: &Typed, was: &Typed) -> Result<Saved, AppError> {
        let mine: Vec<(&FieldDef, &Vec<String>)> = typed
            .iter()
            .filter(|(key, values)| id.is_none() || was.get(*key) != Some(values))
            .filter_map(|(key, values)| Some((self.pool.field(key).filter(|field| field.writable())?, values)))
            .collect();
        let country = match (self.typed_country(typed), id) {
            (Some(country), _) => Some(country),
            (None, Some(id)) => self.country(self.store.profile(&self.viewer.reach(), &self.pool, id).await.ok().as_ref()),
            (None, None) => None,
        };
        let changes = match self.read(&mine, country.as_deref()) {
            Ok(changes) => changes,
            Err(problems) => return Ok(Saved::Refused(problems)),
        };
        let saved = match id {
            None => self.create(changes).await,
            Some(id) => self.update(id, revision, changes, &mine, was).await,
        };
        match saved {
            Err(SaveError::Refused(invalid)) => Ok(Saved::Refused(self.sentences(&invalid))),
            Err(SaveError::Clash(conflict)) => Ok(Saved::Stale(conflict)),
            Err(SaveError::Other(error)) => Err(error),
            Ok(profile) => {
                Ok(Saved::Done(Box::new(super::sheet::Sheet { saved: true, ..self.sheet(&profile, super::form::LINES).await? })))
            }
        }
    }

    fn read(&self, mine: &[(&FieldDef, &Vec<String>)], country: Option<&str>) -> Result<Changes, Vec<(String, String)>> {
        let mut problems = Vec::new();
        let mut changes = Vec::new();
        for (field, values) in mine {
            match self.parse(field, values, country) {
                Ok(value) => changes.push((field.id, value)),
                Err(problem) => problems.push((field.key.clone(), problem.message(self.viewer.lang))),
            }
        }
        if problems.is_empty() { Ok(changes) } else { Err(problems) }
    }

    async fn create(&self, changes: Changes) -> Result<Profile, SaveError> {
        let draft = Draft::of(&self.pool, changes).map_err(SaveError::Refused)?;
        let (actor, now) = (Actor::User(self.viewer.user), crate::context::now());
        Ok(self.store.create_profile(&self.viewer.reach(), &self.pool, draft, &actor, now).await?)
    }

    /// Save on the revision that the form started from. When it is not the newest, what others changed elsewhere is kept
    /// and ours put beside it; only a field that both changed is given back.
    async fn update(
        &self,
        id: ProfileId,
        revision: i64,
        changes: Vec<(FieldId, Option<Value>)>,
        mine: &[(&FieldDef, &Vec<String>)],
        was: &Typed,
    ) -> Result<Profile, SaveError> {
        let (reach, actor) = (self.viewer.reach(), Actor::User(self.viewer.user));
        let mut base = revision;
        for _ in 0..TRIES {
            let saved = self.store.update_profile(&reach, &self.pool, id, Some(base), &changes, &actor, crate::context::now()).await;
            let current = match saved {
                Err(StoreError::Stale(current)) => current,
                other => return Ok(other?),
            };
            let clashes = self.clashes(&current, mine, was);
            if !clashes.is_empty() {
                return Err(SaveError::Clash(Box::new(self.conflict(&current, clashes).await?)));
            }
            base = current.revision;
        }
        Err(SaveError::Other(AppError::Unavailable))
    }

    /// The fields that differ from how I found them, and from how I want them.
    fn clashes(&self, current: &Profile, mine: &[(&FieldDef, &Vec<String>)], was: &Typed) -> Vec<Clash> {
        let clash = |(field, values): &(&FieldDef, &Vec<String>)| {
            let many = matches!(field.kind, domain::field::FieldKind::MultiSelection);
            let mut theirs = current.value(field.id).map(|value| self.typed(field, value)).unwrap_or_default();
            if theirs.is_empty() && !many {
                theirs.push(String::new());
            }
            let untouched = was.get(&field.key).is_none_or(|was| *was == theirs);
            (!untouched && theirs != **values).then(|| Clash {
                key: field.key.clone(),
                label: field.label(self.viewer.lang).to_owned(),
                mine: self.said(field, values),
                theirs: self.said(field, &theirs),
                theirs_values: theirs,
            })
        };
        mine.iter().filter_map(clash).collect()
    }

    fn said(&self, field: &FieldDef, typed: &[String]) -> String {
        match self.parse(field, typed, None) {
            Ok(Some(value)) => domain::value::show(field, &value, self.viewer.lang, &self.viewer.zone),
            _ => typed.join(", "),
        }
    }

    async fn conflict(&self, current: &Profile, fields: Vec<Clash>) -> Result<Conflict, SaveError> {
        let last = self.store.history(&self.viewer.reach(), &self.pool, current.id, 1, None).await?.into_iter().next();
        let (by, at) =
            last.map_or_else(Default::default, |line| (line.actor_name, show_time(line.at, self.viewer.lang, &self.viewer.zone)));
        Ok(Conflict { revision: current.revision, by, at, fields })
    }

    fn sentences(&self, invalid: &Invalid) -> Vec<(String, String)> {
        invalid.problems.iter().map(|problem| (problem.field.clone(), problem.problem.message(self.viewer.lang))).collect()
    }
}

/// Why a save did not happen.
enum SaveError {
    Refused(Invalid),
    Clash(Box<Conflict>),
    Other(AppError),
}

impl From<StoreError> for SaveError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Invalid(invalid) => Self::Refused(invalid),
            other => Self::Other(other.into()),
        }
    }
}
