//! Options as they are pasted: many, one a line.

use serde::{Deserialize, Serialize};

use crate::field::ChoiceOption;
use crate::problem::Problem;
use crate::search::same_but_for_case;
use crate::text::{Name, clean_line};

/// An option to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewOption {
    /// What people read.
    pub label: String,
    /// Its place in the standard order, if somebody gave it one: smaller ones first, those without a number behind them.
    pub order: Option<i64>,
}

impl NewOption {
    /// An option without a number.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), order: None }
    }
}

/// What a pasted text has in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OptionLines {
    /// New ones, in their order.
    pub new: Vec<NewOption>,
    /// Labels that exist already or come twice, once each.
    pub duplicates: Vec<String>,
    /// Lines that can't be an option: number of the line from 1, and why not.
    pub wrong: Vec<(usize, Problem)>,
}

/// Reads options one a line, each with or without an order number in front (`10 Rot`). Empty lines are passed over.
/// Two labels that differ in capitals only are the same: nobody could tell them apart in a form.
pub fn read_options(text: &str, existing: &[ChoiceOption]) -> OptionLines {
    let mut lines = OptionLines::default();
    let mut known: std::collections::HashSet<String> = existing.iter().map(|option| option.label.to_lowercase()).collect();
    for (n, line) in text.lines().enumerate() {
        let line = clean_line(line);
        if line.is_empty() {
            continue;
        }
        let (order, label) = numbered(&line);
        match Name::parse(label) {
            Err(problem) => lines.wrong.push((n + 1, problem)),
            Ok(label) if known.insert(label.as_str().to_lowercase()) => {
                lines.new.push(NewOption { label: label.into(), order });
            }
            Ok(label) => {
                let label = String::from(label);
                if !lines.duplicates.iter().any(|other| same_but_for_case(other, &label)) {
                    lines.duplicates.push(label);
                }
            }
        }
    }
    lines.new.sort_by_key(|option| option.order.map_or((1, 0), |order| (0, order)));
    lines
}

/// `10 Rot` is Rot in place 10; a number alone is a label. An option that begins with a number is pasted with a place in
/// front of it: `1 2 Zimmer`.
fn numbered(line: &str) -> (Option<i64>, &str) {
    let Some((number, label)) = line.split_once([' ', '\t']) else { return (None, line) };
    match number.parse::<i64>() {
        Ok(order) if number.bytes().all(|b| b.is_ascii_digit()) && !label.trim().is_empty() => (Some(order), label.trim()),
        _ => (None, line),
    }
}
