//! The lists that a form chooses from, each once.

use domain::field::{FieldDef, FieldKind};
use domain::id::FieldId;
use domain::lang::Lang;

use super::columns::choices;
use super::shapes::Choice;

/// What a list belongs to: to one field, or to all fields of a type.
#[derive(PartialEq, Eq)]
enum Of {
    Field(FieldId),
    Kind(FieldKind),
}

/// The lists of a form, as its fields ask for them.
pub(super) struct Lists {
    lang: Lang,
    known: Vec<Of>,
    /// The lists in the order of their numbers. A choice that is called what it is stored as has no label.
    pub(super) all: Vec<Vec<Choice>>,
}

impl Lists {
    pub(super) fn new(lang: Lang) -> Self {
        Self { lang, known: Vec::new(), all: Vec::new() }
    }

    /// The number of a field's list.
    pub(super) fn of(&mut self, field: &FieldDef) -> usize {
        let of = match field.kind {
            FieldKind::Selection | FieldKind::MultiSelection => Of::Field(field.id),
            kind => Of::Kind(kind),
        };
        if let Some(number) = self.known.iter().position(|known| *known == of) {
            return number;
        }
        self.known.push(of);
        let mut list = choices(field, self.lang, None);
        for choice in list.iter_mut().filter(|choice| choice.label == choice.code) {
            choice.label.clear();
        }
        self.all.push(list);
        self.all.len() - 1
    }
}
