//! The text by which a profile is found.

use domain::field::{FieldDef, FieldKind};
use domain::id::{FieldId, OptionId};
use domain::lang::Lang;
use domain::pool::Pool;
use domain::search::push_index_text;
use domain::time::Zone;
use domain::value::{Value, show};

/// What stands in the index for an option. It reads like a word of its own, because PostgreSQL's
/// trigrams know letters and digits only.
pub(crate) fn option_token(option: OptionId) -> String {
    format!("  zq{option}qz")
}

/// Appends what is indexed of a field's value: what the screen shows in either language.
pub(crate) fn push_field(out: &mut String, field: &FieldDef, value: &Value) {
    match (field.kind, value) {
        (FieldKind::Selection, Value::Int(option)) => out.push_str(&option_token(OptionId::new(*option))),
        (FieldKind::MultiSelection, Value::Set(options)) => {
            options.iter().for_each(|option| out.push_str(&option_token(*option)));
        }
        (kind, Value::Text(text)) if !kind.has_fixed_list() => push_index_text(out, text),
        (kind, value) => {
            let zone = Zone::default();
            let german = show(field, value, Lang::De, &zone);
            let english = show(field, value, Lang::En, &zone);
            push_index_text(out, &german);
            if english != german {
                push_index_text(out, &english);
            }
            if let (FieldKind::Integer | FieldKind::ProfileId, Value::Int(n)) = (kind, value) {
                let plain = n.to_string();
                if plain != german {
                    push_index_text(out, &plain);
                }
            }
        }
    }
}

/// Makes the two index texts of profiles.
#[derive(Clone, Debug)]
pub(crate) struct Indexer {
    main: Vec<FieldDef>,
    all: Vec<FieldDef>,
}

impl Indexer {
    /// For the fields of a pool.
    pub(crate) fn of(pool: &Pool) -> Self {
        let searched = pool.fields.iter().filter(|field| field.searchable()).cloned().collect();
        Self { main: pool.default_search().into_iter().cloned().collect(), all: searched }
    }

    /// The text of name, first name, e-mail and company.
    pub(crate) fn main<'v>(&self, value: impl Fn(FieldId) -> Option<&'v Value>) -> String {
        text_of(&self.main, value)
    }

    /// The text of all fields.
    pub(crate) fn all<'v>(&self, value: impl Fn(FieldId) -> Option<&'v Value>) -> String {
        text_of(&self.all, value)
    }

    /// Whether a change of this field changes the first text.
    pub(crate) fn in_main(&self, field: FieldId) -> bool {
        self.main.iter().any(|known| known.id == field)
    }
}

fn text_of<'v>(fields: &[FieldDef], value: impl Fn(FieldId) -> Option<&'v Value>) -> String {
    let mut out = String::with_capacity(128);
    for field in fields {
        if let Some(value) = value(field.id) {
            push_field(&mut out, field, value);
        }
    }
    out
}
