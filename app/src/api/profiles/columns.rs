//! The columns that a pool offers.

use domain::field::{FieldDef, FieldKind};
use domain::lang::Lang;
use domain::list::STATUS;
use domain::permission::Permission;
use domain::pool::Pool;

use super::shapes::{Choice, ColumnHead, Look};

/// The name under which the status is sorted and filtered.
pub(super) fn key_of_status() -> &'static str {
    STATUS
}

/// Every field as a column.
pub(super) fn heads(pool: &Pool, lang: Lang) -> Vec<ColumnHead> {
    let searched: Vec<&str> = pool.default_search().into_iter().map(|field| field.key.as_str()).collect();
    let category = |field: &FieldDef| {
        pool.categories.iter().find(|category| category.id == field.category).map_or("", |category| category.label(lang))
    };
    let head = |field: &FieldDef| ColumnHead {
        key: field.key.clone(),
        label: field.label(lang).to_owned(),
        look: look(field),
        category: category(field).to_owned(),
        searched: searched.contains(&field.key.as_str()),
        searchable: field.searchable(),
        writable: field.writable(),
        choices: short_choices(field, lang),
    };
    pool.fields.iter().map(head).collect()
}

/// How a field's column is drawn.
pub(super) fn look(field: &FieldDef) -> Look {
    match field.kind {
        FieldKind::DateTime => Look::Time,
        FieldKind::Date | FieldKind::Integer | FieldKind::Postcode | FieldKind::ProfileId | FieldKind::FormRef => Look::Number,
        FieldKind::MultiSelection => Look::Tags,
        FieldKind::Email => Look::Mail,
        _ if matches!(field.key.as_str(), "NAME" | "FIRSTNAME") => Look::Name,
        _ => Look::Text,
    }
}

/// The values of a closed list that is short enough to travel with every page.
fn short_choices(field: &FieldDef, lang: Lang) -> Vec<Choice> {
    match field.kind {
        FieldKind::Country | FieldKind::State | FieldKind::MobilePrefix | FieldKind::Language => Vec::new(),
        _ => choices(field, lang, None),
    }
}

/// The values that a field can take, as they are typed and as they are shown.
pub(super) fn choices(field: &FieldDef, lang: Lang, country: Option<&str>) -> Vec<Choice> {
    let fixed = |list: &[domain::lists::Choice]| {
        list.iter().map(|choice| Choice { code: choice.code.clone(), label: choice.label.clone() }).collect()
    };
    match field.kind {
        FieldKind::Selection | FieldKind::MultiSelection => {
            field.options.iter().map(|option| Choice { code: option.label.clone(), label: option.label.clone() }).collect()
        }
        FieldKind::Boolean => {
            let words = [("true", ("Ja", "Yes")), ("false", ("Nein", "No"))];
            words
                .into_iter()
                .map(|(code, (de, en))| Choice { code: code.to_owned(), label: if lang == Lang::De { de } else { en }.to_owned() })
                .collect()
        }
        FieldKind::Permission => Permission::ALL
            .into_iter()
            .map(|permission| Choice { code: permission.code().to_owned(), label: permission.label(lang).to_owned() })
            .collect(),
        FieldKind::State => country.map_or_else(
            || ["DE", "AT", "CH"].into_iter().flat_map(|country| fixed(&domain::lists::states(country, lang))).collect(),
            |country| fixed(&domain::lists::states(country, lang)),
        ),
        kind => fixed(domain::lists::choices(kind, lang)),
    }
}
