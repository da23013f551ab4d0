//! What is wrong with a form, field by field.

use serde::{Deserialize, Serialize};

use super::Problem;
use crate::lang::Lang;

/// A problem and where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// Internal name of the field, or the name of the form field.
    pub field: String,
    /// What is wrong with it.
    pub problem: Problem,
}

/// Everything that is wrong with a form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invalid {
    /// In the order of the form.
    pub problems: Vec<FieldProblem>,
}

impl Invalid {
    /// One problem with one field.
    pub fn one(field: impl Into<String>, problem: Problem) -> Self {
        Self { problems: vec![FieldProblem { field: field.into(), problem }] }
    }

    /// Adds a problem.
    pub fn push(&mut self, field: impl Into<String>, problem: Problem) {
        self.problems.push(FieldProblem { field: field.into(), problem });
    }

    /// The value of a field, or none, and what is wrong with it is noted.
    pub fn take<T>(&mut self, field: &str, read: Result<T, Problem>) -> Option<T> {
        read.map_err(|problem| self.push(field, problem)).ok()
    }

    /// The first problem of a field.
    pub fn of(&self, field: &str) -> Option<&Problem> {
        self.problems.iter().find(|p| p.field == field).map(|p| &p.problem)
    }

    /// `Ok` when nothing is wrong.
    pub fn or<T>(self, value: T) -> Result<T, Invalid> {
        if self.problems.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl std::fmt::Display for Invalid {
    /// For logs and the command line; in English.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (i, one) in self.problems.iter().enumerate() {
            let gap = if i == 0 { "" } else { " " };
            write!(f, "{gap}{}: {}", one.field, one.problem.message(Lang::En))?;
        }
        Ok(())
    }
}

impl std::error::Error for Invalid {}
