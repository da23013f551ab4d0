//! The own options of a selection field.

use std::borrow::Cow;

use crate::field::ChoiceOption;
use crate::id::OptionId;
use crate::problem::Problem;
use crate::search::same_but_for_case;

/// The option with this label: to the letter, else but for case and accents.
pub(super) fn one(options: &[ChoiceOption], label: &str) -> Result<OptionId, Problem> {
    find(options, label).ok_or_else(|| unknown(label))
}

fn find(options: &[ChoiceOption], label: &str) -> Option<OptionId> {
    let exact = options.iter().find(|option| option.label == label);
    exact.or_else(|| options.iter().find(|option| same_but_for_case(&option.label, label))).map(|option| option.id)
}

fn unknown(value: &str) -> Problem {
    Problem::UnknownOption { value: value.to_owned() }
}

/// The options named in a line: with `|` between, as [`piped`] writes them, or else with `;` or `,`, as other programs
/// do, unless there is an option of exactly that name. Sorted, each once.
pub(super) fn several(options: &[ChoiceOption], line: &str) -> Result<Vec<OptionId>, Problem> {
    let mut set = Vec::new();
    for part in unescaped(line) {
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        if let Some(id) = find(options, part) {
            set.push(id);
            continue;
        }
        let separator = if part.contains(';') { ';' } else { ',' };
        for piece in part.split(separator).map(str::trim).filter(|piece| !piece.is_empty()) {
            set.push(one(options, piece)?);
        }
    }
    Ok(sorted(set))
}

/// The labels that [`several`] looks for in a line.
pub(crate) fn parts(options: &[ChoiceOption], line: &str) -> Vec<String> {
    let mut labels = Vec::new();
    for part in unescaped(line) {
        let part = crate::text::clean_line(&part);
        if options.iter().any(|option| option.label == part) {
            labels.push(part);
            continue;
        }
        let separator = if part.contains(';') { ';' } else { ',' };
        labels.extend(part.split(separator).map(str::trim).filter(|piece| !piece.is_empty()).map(str::to_owned));
    }
    labels
}

/// As a set is stored.
pub(crate) fn sorted(mut set: Vec<OptionId>) -> Vec<OptionId> {
    set.sort_unstable();
    set.dedup();
    set
}

/// Splits at `|`; behind a `\` a `|` or `\` stands for itself.
fn unescaped(line: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let literal = if c == '\\' { chars.next_if(|next| matches!(next, '|' | '\\')) } else { None };
        match (c, literal, parts.last_mut()) {
            ('|', _, _) => parts.push(String::new()),
            (_, literal, Some(part)) => part.push(literal.unwrap_or(c)),
            (_, _, None) => {}
        }
    }
    parts
}

/// The label of an option; one that is gone shows its number.
pub(super) fn label(options: &[ChoiceOption], id: OptionId) -> Cow<'_, str> {
    let option = options.iter().find(|option| option.id == id);
    option.map_or_else(|| Cow::Owned(format!("#{id}")), |option| Cow::Borrowed(option.label.as_str()))
}

/// The labels of a set, in the order of the options.
pub(super) fn labels<'a>(options: &'a [ChoiceOption], set: &'a [OptionId]) -> impl Iterator<Item = Cow<'a, str>> {
    let known = options.iter().filter(|option| set.contains(&option.id)).map(|option| Cow::Borrowed(option.label.as_str()));
    let gone = set.iter().filter(|id| !options.iter().any(|option| option.id == **id)).map(|id| label(options, *id));
    known.chain(gone)
}

/// The labels of a set in one line that [`several`] reads.
pub(super) fn piped(options: &[ChoiceOption], set: &[OptionId]) -> String {
    let escaped: Vec<String> = labels(options, set).map(|label| label.replace('\\', "\\\\").replace('|', "\\|")).collect();
    escaped.join("|")
}
