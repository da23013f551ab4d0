//! What a file wants of one field, tried against the rules before anything happens.

use std::collections::{HashMap, HashSet};

use super::compare::{Hindrance, Obstacle};
use super::order::{target, to_move};
use super::plan::Ref;
use super::{FileField, default_of};
use crate::config::{FieldChange, NewField, NewOption, check_change, check_new, default};
use crate::field::{ChoiceOption, FieldDef};
use crate::id::{CategoryId, OptionId};
use crate::lang::Lang;
use crate::problem::{Invalid, Problem};
use crate::time::{Millis, Zone};
use crate::value::{DateOrder, ParseContext};

/// One thing of a field that is to change: its name in the file, before, after.
pub(super) struct Setting {
    pub(super) name: &'static str,
    pub(super) before: String,
    pub(super) after: String,
    change: fn(&mut FieldChange, String),
}

/// A field of the pool that the file names.
pub(super) struct Known<'a> {
    pub(super) field: &'a FieldDef,
    pub(super) changes: Vec<Setting>,
    pub(super) new_options: Vec<String>,
    pub(super) option_order: Vec<Ref<OptionId>>,
    pub(super) moved_options: HashSet<Ref<OptionId>>,
    pub(super) named_options: HashSet<OptionId>,
}

/// A field that the pool has not.
pub(super) struct Fresh {
    /// What it is to be; category and neighbour come when it is made.
    pub(super) new: NewField,
    /// Number of the file's category.
    pub(super) category: usize,
}

impl<'a> Known<'a> {
    pub(super) fn new(field: &'a FieldDef, asked: &FileField, now: Millis, zone: &Zone, obstacles: &mut Vec<Obstacle>) -> Option<Self> {
        let obstacle = |what| Obstacle { key: field.key.clone(), label: field.label.clone(), what };
        if let Some(kind) = asked.kind.filter(|kind| *kind != field.kind) {
            obstacles.push(obstacle(Hindrance::OtherKind { pool: field.kind, file: kind }));
            return None;
        }
        let options = asked.options.as_deref().unwrap_or_default();
        if !options.is_empty() && !field.kind.has_options() {
            obstacles.push(obstacle(Hindrance::Wrong { name: "options", problem: Problem::NotForThisType }));
        }
        let mut known = Self {
            field,
            changes: Vec::new(),
            new_options: Vec::new(),
            option_order: Vec::new(),
            moved_options: HashSet::new(),
            named_options: HashSet::new(),
        };
        if field.kind.has_options() && asked.options.is_some() {
            known.arrange(options);
        }
        for setting in settings(field, asked) {
            let mut change = FieldChange::default();
            (setting.change)(&mut change, setting.after.clone());
            match check_change(field, &change) {
                Ok(()) => known.changes.push(setting),
                Err(wrong) => {
                    obstacles.extend(wrong_parts(wrong).map(|(_, problem)| obstacle(Hindrance::Wrong { name: setting.name, problem })))
                }
            }
        }
        let wanted = asked.default.as_deref().filter(|wanted| field.internal.is_none() || !wanted.is_empty());
        if let Some(wanted) = wanted {
            match known.default(wanted, now, zone) {
                Ok(setting) => known.changes.extend(setting),
                Err(problem) => obstacles.push(obstacle(Hindrance::Wrong { name: "default", problem })),
            }
        }
        Some(known)
    }

    /// Which options are new, and where all of them go.
    fn arrange(&mut self, asked: &[String]) {
        let exact: HashMap<&str, OptionId> = self.field.options.iter().map(|option| (option.label.as_str(), option.id)).collect();
        let folded: HashMap<String, OptionId> =
            self.field.options.iter().rev().map(|option| (option.label.to_lowercase(), option.id)).collect();
        let named: HashSet<OptionId> = asked.iter().filter_map(|label| exact.get(label.as_str()).copied()).collect();
        let mut new = HashSet::new();
        let mut order = Vec::new();
        for label in asked {
            let like = folded.get(&label.to_lowercase()).copied();
            match exact.get(label.as_str()).copied().or(like.filter(|id| !named.contains(id))) {
                Some(id) if self.named_options.insert(id) => order.push(Ref::Old(id)),
                // The same but for capitals as one that is there or comes: nobody could tell the two apart.
                None if like.is_none() && new.insert(label.to_lowercase()) => {
                    order.push(Ref::New(self.new_options.len()));
                    self.new_options.push(label.clone());
                }
                _ => {}
            }
        }
        // New ones come at the end first.
        let old = self.field.options.iter().map(|option| Ref::Old(option.id));
        let now: Vec<Ref<OptionId>> = old.chain((0..self.new_options.len()).map(Ref::New)).collect();
        self.option_order = target(&now, &order);
        self.moved_options = to_move(&now, &self.option_order);
    }

    fn default(&self, wanted: &str, now: Millis, zone: &Zone) -> Result<Option<Setting>, Problem> {
        let field = with_options(self.field, &self.new_options);
        let check = FieldChange { default: Some(wanted.to_owned()), ..FieldChange::default() };
        check_change(&field, &check).map_err(|wrong| wrong_parts(wrong).next().map_or(Problem::NotForThisType, |(_, problem)| problem))?;
        let stored = default::read(&field, wanted, now, &reading(zone))?;
        let (before, after) = (default_of(self.field), default_of(&FieldDef { default_value: stored, ..field }));
        let change = |change: &mut FieldChange, text| change.default = Some(text);
        Ok((before != after).then_some(Setting { name: "default", before, after, change }))
    }

    /// All its changes as one.
    pub(super) fn change(&self) -> FieldChange {
        let mut change = FieldChange::default();
        self.changes.iter().for_each(|setting| (setting.change)(&mut change, setting.after.clone()));
        change
    }
}

impl Fresh {
    pub(super) fn new(asked: &FileField, category: usize, now: Millis, zone: &Zone, obstacles: &mut Vec<Obstacle>) -> Option<Self> {
        let label = asked.label.clone().filter(|label| !label.is_empty()).unwrap_or_else(|| asked.key.clone());
        let obstacle = |what| Obstacle { key: asked.key.clone(), label: label.clone(), what };
        let Some(kind) = asked.kind else {
            obstacles.push(obstacle(Hindrance::NoKind));
            return None;
        };
        let mut seen = HashSet::new();
        let labels = asked.options.iter().flatten().filter(|label| seen.insert(label.to_lowercase()));
        let mut new = NewField {
            key: Some(asked.key.clone()),
            required: asked.required.unwrap_or_default(),
            matching: asked.matching.unwrap_or_default(),
            profiling: asked.profiling.unwrap_or_default(),
            tagging: asked.tagging.unwrap_or_default(),
            default: asked.default.clone().unwrap_or_default(),
            help: asked.help.clone().unwrap_or_default(),
            options: labels.map(NewOption::new).collect(),
            ..NewField::new(label.clone(), kind, CategoryId::new(0))
        };
        let mut wrong: Vec<(String, Problem)> = check_new(&new).err().into_iter().flat_map(wrong_parts).collect();
        if wrong.is_empty() {
            let labels: Vec<String> = new.options.iter().map(|option| option.label.clone()).collect();
            let field = with_options(&blank(&new), &labels);
            match default::read(&field, &new.default, now, &reading(zone)) {
                Ok(stored) => new.default = default_of(&FieldDef { default_value: stored, ..field }),
                Err(problem) => wrong.push(("default".to_owned(), problem)),
            }
        }
        if wrong.is_empty() {
            return Some(Self { new, category });
        }
        let name = |wrong: &str| super::decode::FIELD.iter().find(|name| **name == wrong).copied().unwrap_or("key");
        obstacles.extend(wrong.into_iter().map(|(wrong, problem)| obstacle(Hindrance::Wrong { name: name(&wrong), problem })));
        None
    }
}

/// The settings but for the default that the file has otherwise.
fn settings(field: &FieldDef, asked: &FileField) -> Vec<Setting> {
    type Change = fn(&mut FieldChange, String);
    let text = |name, before: &str, after: &Option<String>, change: Change| {
        after.as_ref().filter(|after| *after != before).map(|after| Setting {
            name,
            before: before.to_owned(),
            after: after.clone(),
            change,
        })
    };
    let truth = |name, before: bool, after: Option<bool>, change: Change| {
        after.filter(|after| *after != before).map(|after| Setting { name, before: before.to_string(), after: after.to_string(), change })
    };
    // Only standard and internal fields have a name of their own to go back to.
    let label = asked.label.clone().filter(|label| !label.is_empty() || !field.deletable());
    [
        text("label", &field.label, &label, |change, text| change.label = Some(text)),
        truth("required", field.required, asked.required, |change, text| change.required = Some(text == "true")),
        truth("matching", field.matching, asked.matching, |change, text| change.matching = Some(text == "true")),
        truth("profiling", field.profiling, asked.profiling, |change, text| change.profiling = Some(text == "true")),
        truth("tagging", field.tagging, asked.tagging, |change, text| change.tagging = Some(text == "true")),
        text("help", &field.help, &asked.help, |change, text| change.help = Some(text)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The field with more options, whose ids nobody has given out yet.
fn with_options(field: &FieldDef, labels: &[String]) -> FieldDef {
    let mut field = field.clone();
    let option = |(label, n): (&String, i64)| ChoiceOption { id: OptionId::new(-1 - n), label: label.clone(), position: i64::MAX };
    field.options.extend(labels.iter().zip(0..).map(option));
    field
}

fn blank(new: &NewField) -> FieldDef {
    FieldDef {
        label: new.label.clone(),
        required: new.required,
        matching: new.matching,
        profiling: new.profiling,
        tagging: new.tagging,
        help: new.help.clone(),
        ..FieldDef::new(new.key.clone().unwrap_or_default(), new.kind, new.category)
    }
}

/// As programs write values, whoever asks.
fn reading(zone: &Zone) -> ParseContext<'_> {
    ParseContext { lang: Lang::En, zone, date_order: DateOrder::default(), country_hint: None }
}

fn wrong_parts(invalid: Invalid) -> impl Iterator<Item = (String, Problem)> {
    invalid.problems.into_iter().map(|one| (one.field, one.problem))
}
