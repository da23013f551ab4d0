//! What is typed about a field is put beside what others changed meanwhile; only where both changed the same, nothing is
//! written and both are shown.

use domain::config::{Done, FieldChange, Step, default};
use domain::field::{ChoiceOption, FieldDef, FieldKind};
use domain::id::{FieldId, OptionId, PoolId};
use domain::lang::{Lang, Text, fill};
use domain::pool::Pool;
use domain::text::clean_lines;
use domain::time::show_time;
use store::StoreError;

use super::entry::{FieldEntry, Saved, TEXTS};
use super::{Taken, read};
use crate::api::profiles::sheet::{Clash, Conflict};
use crate::context::{Viewer, store};
use crate::error::AppError;
use crate::text::configuration as t;

/// So many times a step is made anew for a pool that others reshape meanwhile.
const TRIES: usize = 5;

/// Why no step is taken.
pub(super) enum Halt {
    /// It would change nothing.
    Same,
    /// Somebody else has changed the same.
    Clash(Vec<Clash>),
    Error(AppError),
}

impl From<AppError> for Halt {
    fn from(error: AppError) -> Self {
        Self::Error(error)
    }
}

/// Takes the step that is made from the pool as it is now; when somebody was faster, it is made anew.
pub(super) async fn take<E: From<AppError>>(viewer: &Viewer, pool: PoolId, make: impl Fn(&Pool) -> Result<Step, E>) -> Result<Done, E> {
    for _ in 0..TRIES {
        let now = store().pool(viewer.client, pool).await.map_err(AppError::from)?;
        match store().configure_since(viewer.client, pool, Some(now.shape), &make(&now)?, &viewer.wish()).await {
            Err(StoreError::Reshaped) => {}
            done => return Ok(done.map_err(AppError::from)?),
        }
    }
    Err(AppError::Unavailable.into())
}

/// Saves what was typed about a field; `was` is how it was found.
pub(super) async fn field(viewer: &Viewer, pool: PoolId, id: FieldId, mine: &FieldEntry, was: &FieldEntry) -> Result<Saved, AppError> {
    let done = take(viewer, pool, |pool| {
        let field = pool.field_by_id(id).ok_or(AppError::NotFound)?;
        let now = entry(field, viewer);
        let clashes = clashes(mine, was, &now, viewer.lang);
        if clashes.is_empty() { change(field, mine, was, &now).ok_or(Halt::Same) } else { Err(Halt::Clash(clashes)) }
    });
    saved(viewer, pool, id, done.await).await
}

/// Gives an option another label; `was` is the one that was found.
pub(super) async fn label(viewer: &Viewer, pool: PoolId, id: FieldId, option: OptionId, mine: &str, was: &str) -> Result<Saved, AppError> {
    let done = take(viewer, pool, |pool| {
        let found = pool.field_by_id(id).and_then(|field| field.option(option)).ok_or(AppError::NotFound)?;
        match weigh(mine, was, &found.label) {
            Weighed::Same => Err(Halt::Same),
            Weighed::Clash => Err(Halt::Clash(vec![clash(option.to_string(), &found.label, mine, &found.label)])),
            Weighed::Change => Ok(Step::RenameOption { field: id, option, label: mine.to_owned() }),
        }
    });
    saved(viewer, pool, id, done.await).await
}

/// Makes an option a default, or no longer. Of a single selection one takes the place of another: not of one that somebody
/// else has chosen since, `was` being the one that was found.
pub(super) fn default_option(field: &FieldDef, option: OptionId, on: bool, was: Option<OptionId>) -> Result<Step, AppError> {
    let found = field.option(option).ok_or(AppError::NotFound)?;
    let now = field.options.iter().find(|other| default::names(field, other.id));
    if let Some(now) = now.filter(|now| on && field.kind == FieldKind::Selection && now.id != option && Some(now.id) != was) {
        return Err(chosen_meanwhile(found, now));
    }
    let change = FieldChange { default: Some(default::with_option(field, option, on)), ..FieldChange::default() };
    Ok(Step::ChangeField { field: field.id, change })
}

fn chosen_meanwhile(mine: &ChoiceOption, theirs: &ChoiceOption) -> AppError {
    let say = |lang: Lang| fill(t::DEFAULT_MOVED.get(lang), &[("theirs", &theirs.label), ("mine", &mine.label)]);
    AppError::Refused { de: say(Lang::De), en: say(Lang::En) }
}

async fn saved(viewer: &Viewer, pool: PoolId, field: FieldId, done: Result<Done, Halt>) -> Result<Saved, AppError> {
    match done {
        Ok(done) => Ok(Saved::Done(Box::new(Taken { done, shape: read::shape(viewer, pool).await? }))),
        Err(Halt::Same) => Ok(Saved::Same(Box::new(read::shape(viewer, pool).await?))),
        Err(Halt::Error(error)) => Err(error),
        Err(Halt::Clash(fields)) => {
            let by = store().who_took(viewer.client, pool, |step| touches(step, field, &fields)).await?;
            let (by, at) = by.map_or_else(Default::default, |(name, at)| (name, show_time(at, viewer.lang, &viewer.zone)));
            Ok(Saved::Stale(Box::new(Conflict { revision: 0, by, at, fields })))
        }
    }
}

/// Whether a step changed one of these.
fn touches(step: &Step, id: FieldId, clashes: &[Clash]) -> bool {
    match step {
        Step::ChangeField { field, change } => *field == id && clashes.iter().any(|clash| change.changes(&clash.key)),
        Step::RenameOption { field, option, .. } => *field == id && clashes.iter().any(|clash| clash.key == option.to_string()),
        _ => false,
    }
}

/// The field as its dialog shows it now.
pub(super) fn entry(field: &FieldDef, viewer: &Viewer) -> FieldEntry {
    FieldEntry::of(&read::line(field, &[], viewer))
}

/// What becomes of one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Weighed {
    Same,
    Change,
    Clash,
}

fn weigh(mine: &str, was: &str, now: &str) -> Weighed {
    let [mine, was, now] = [mine, was, now].map(clean_lines);
    if mine == was || mine == now {
        Weighed::Same
    } else if was == now {
        Weighed::Change
    } else {
        Weighed::Clash
    }
}

fn clash(key: String, label: &str, mine: &str, theirs: &str) -> Clash {
    Clash { key, label: label.to_owned(), mine: mine.to_owned(), theirs: theirs.to_owned(), theirs_values: vec![theirs.to_owned()] }
}

/// The texts that both changed, each to something else.
fn clashes(mine: &FieldEntry, was: &FieldEntry, now: &FieldEntry, lang: Lang) -> Vec<Clash> {
    let clashing = TEXTS.into_iter().filter(|name| weigh(mine.text(name), was.text(name), now.text(name)) == Weighed::Clash);
    clashing.map(|name| clash(name.to_owned(), label_of(name).get(lang), mine.text(name), now.text(name))).collect()
}

/// What stands above an input of the dialog.
fn label_of(name: &str) -> Text {
    match name {
        "label" => t::NAME,
        "default" => t::DEFAULT,
        _ => t::HELP,
    }
}

/// What I changed and nobody else did: no more, so that undoing it undoes no more. Another category is a move.
fn change(field: &FieldDef, mine: &FieldEntry, was: &FieldEntry, now: &FieldEntry) -> Option<Step> {
    let text = |name: &str| (weigh(mine.text(name), was.text(name), now.text(name)) == Weighed::Change).then(|| mine.text(name).to_owned());
    // Of two values the other one is everybody's: flags never clash.
    let flag = |of: fn(&FieldEntry) -> bool| (of(mine) != of(was) && of(mine) != of(now)).then_some(of(mine));
    let change = FieldChange {
        label: text("label"),
        required: flag(|entry| entry.required),
        matching: flag(|entry| entry.matching),
        profiling: flag(|entry| entry.profiling),
        tagging: flag(|entry| entry.tagging),
        default: text("default").filter(|_| !field.kind.has_options()),
        help: text("help"),
    };
    let moved = mine.category.filter(|category| mine.category != was.category && *category != field.category);
    let changed = (change != FieldChange::default()).then_some(Step::ChangeField { field: field.id, change });
    let moved = moved.map(|category| Step::MoveField { field: field.id, category, before: None });
    match (changed, moved) {
        (Some(changed), Some(moved)) => Some(Step::All(vec![changed, moved])),
        (changed, moved) => changed.or(moved),
    }
}

/// What the dialog shows when both values are to be chosen from: what I changed, and for the rest what is there now.
pub(super) fn rebased(mine: &FieldEntry, was: &FieldEntry, now: &FieldEntry) -> FieldEntry {
    let mut rebased = now.clone();
    for name in TEXTS {
        if clean_lines(mine.text(name)) != clean_lines(was.text(name)) {
            mine.text(name).clone_into(rebased.text_mut(name));
        }
    }
    let flag = |of: fn(&FieldEntry) -> bool| if of(mine) == of(was) { of(now) } else { of(mine) };
    rebased.required = flag(|entry| entry.required);
    rebased.matching = flag(|entry| entry.matching);
    rebased.profiling = flag(|entry| entry.profiling);
    rebased.tagging = flag(|entry| entry.tagging);
    if mine.category != was.category {
        rebased.category = mine.category;
    }
    rebased
}

#[cfg(test)]
mod tests;
