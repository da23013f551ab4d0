//! The cells that a mapping makes out of those of a file.

use super::split::{join, split};
use super::{By, Goes};
use crate::import::Mapping;

/// Which cell goes to which field. The cells of the file come first, those that are made are numbered on behind them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    n: usize,
    targets: Vec<(usize, String)>,
    made: Vec<Vec<usize>>,
    recipes: Vec<Recipe>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Recipe {
    Split { column: usize, by: By, at: String, n: usize },
    Join { columns: Vec<usize>, with: String },
}

impl Layout {
    /// What a mapping makes of a file with so many columns.
    pub fn of(mapping: &Mapping, n: usize) -> Self {
        let mut layout = Layout { n, ..Self::default() };
        let all: Vec<(usize, Goes)> =
            mapping.columns.iter().take(n).enumerate().filter_map(|(at, word)| Some((at, Goes::of(word.as_deref()?)))).collect();
        for (column, goes) in &all {
            match goes {
                Goes::Field(field) => layout.targets.push((*column, field.clone())),
                Goes::Split { by, fields, at } => {
                    for field in fields {
                        if !field.is_empty() {
                            layout.targets.push((n + layout.made.len(), field.clone()));
                        }
                        layout.made.push(vec![*column]);
                    }
                    layout.recipes.push(Recipe::Split { column: *column, by: *by, at: at.clone(), n: fields.len() });
                }
                Goes::Join { field, with } => {
                    let same =
                        |(at, goes): &(usize, Goes)| matches!(goes, Goes::Join { field: other, .. } if other == field).then_some(*at);
                    let columns: Vec<usize> = all.iter().filter_map(same).collect();
                    if columns.first() == Some(column) {
                        layout.targets.push((n + layout.made.len(), field.clone()));
                        layout.made.push(columns.clone());
                        layout.recipes.push(Recipe::Join { columns, with: with.clone() });
                    }
                }
            }
        }
        layout
    }

    /// The cells and their fields, from left to right.
    pub fn targets(&self) -> &[(usize, String)] {
        &self.targets
    }

    /// Whether all cells are those of the file.
    pub fn is_plain(&self) -> bool {
        self.recipes.is_empty()
    }

    /// Makes the further cells of a row.
    pub fn make<'c>(&self, cell: impl Fn(usize) -> &'c str, made: &mut Vec<String>) {
        made.clear();
        for recipe in &self.recipes {
            match recipe {
                Recipe::Split { column, by, at, n } => made.extend(split(*by, at, cell(*column), *n).0),
                Recipe::Join { columns, with } => made.push(join(columns.iter().map(|column| cell(*column)), with)),
            }
        }
    }

    /// The columns of the file out of which a cell is made: for one of the file itself none but it.
    pub fn origin(&self, at: usize) -> Vec<usize> {
        at.checked_sub(self.n).and_then(|at| self.made.get(at)).cloned().unwrap_or_else(|| vec![at])
    }

    /// For each cell that is made, what the columns are called out of which it is.
    pub fn names(&self, headings: &[String]) -> impl Iterator<Item = String> {
        let name = |at: &usize| headings.get(*at).map(String::as_str).unwrap_or_default();
        self.made.iter().map(move |columns| columns.iter().map(name).collect::<Vec<_>>().join(" + "))
    }
}
