//! What the domain knows of a pool, as the page shows it.

use domain::field::{FieldDef, FieldKind};
use domain::integration::{Code, Example, examples, variable};
use domain::lang::Lang;
use domain::lists::salutations;
use domain::permission::Permission;
use domain::pool::Pool;

use super::{ExampleCall, FieldLine, Integration};
use crate::components::icon::type_icon;
use crate::context::{PublicUrl, Viewer, given};
use crate::error::AppError;

/// Options that stand on the page; a file has all of them.
const MANY: usize = 200;

pub(super) fn of(pool: &Pool, viewer: &Viewer) -> Result<Integration, AppError> {
    let PublicUrl(server) = given()?;
    Ok(Integration {
        pool: pool.id,
        fields: pool.fields.iter().map(|field| line(field, viewer.lang)).collect(),
        examples: examples(pool, &server, viewer.lang).into_iter().map(|example| call(example, viewer.lang)).collect(),
    })
}

fn line(field: &FieldDef, lang: Lang) -> FieldLine {
    let mut options = options(field, lang);
    let n_options = options.len();
    options.truncate(MANY);
    FieldLine {
        id: field.id.get(),
        label: field.label(lang).to_owned(),
        key: field.key.clone(),
        variable: variable(field),
        kind: field.kind.label(lang).to_owned(),
        code: field.kind.code().to_owned(),
        number: field.kind.number(),
        icon: type_icon(field.kind).to_owned(),
        required: field.required,
        read_only: !field.writable(),
        options,
        n_options,
        list: standard(field.kind).to_owned(),
    }
}

/// Own options by their ids, short fixed lists by their codes.
fn options(field: &FieldDef, lang: Lang) -> Vec<(String, String)> {
    match field.kind {
        FieldKind::Salutation => salutations(lang).iter().map(|choice| (choice.code.clone(), choice.label.clone())).collect(),
        FieldKind::Permission => {
            Permission::ALL.into_iter().map(|permission| (permission.code().to_owned(), permission.label(lang).to_owned())).collect()
        }
        _ => field.options.iter().map(|option| (option.id.to_string(), option.label.clone())).collect(),
    }
}

/// Long fixed lists are those of a standard.
const fn standard(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Country => "ISO 3166-1 alpha-2",
        FieldKind::State => "ISO 3166-2",
        FieldKind::Language => "ISO 639-1",
        FieldKind::MobilePrefix => "E.164",
        _ => "",
    }
}

fn call(example: Example, lang: Lang) -> ExampleCall {
    debug_assert_eq!(example.texts.len(), Code::ALL.len());
    ExampleCall {
        title: example.purpose.label().get(lang).to_owned(),
        hint: example.purpose.hint().get(lang).to_owned(),
        texts: example.texts,
    }
}
