//! The rules of an import, checked against its pool and its columns before anything is changed.

use domain::{
    field::{FieldDef, FieldKind, Internal},
    id::FieldId,
    import::{Evidence, MAX_SOURCE, Mapping, Rules, mappable, matchable, takes},
    lang::Lang,
    pool::Pool,
    problem::Problem,
    time::Zone,
    value::{DateOrder, ParseContext, Value, parse},
};

use super::error::ImportError;

/// The fields of the key, and the values for all rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    pub(crate) key: Vec<FieldDef>,
    pub(crate) constants: Vec<(FieldId, Value)>,
    /// The country of all rows, if it is one of those.
    pub(crate) country: Option<String>,
}

/// Checks rules. `headings`: what the file has, where that is known.
///
/// # Errors
/// A field that does not exist or can't be used like this, a value that can't be read, a consent without a source.
pub(crate) fn check(pool: &Pool, headings: &[String], mapping: &Mapping, rules: &Rules, lang: Lang) -> Result<Told, ImportError> {
    let named = |name: &String| pool.field(name).ok_or_else(|| ImportError::UnknownField(name.clone()));
    let mut told = Told::default();
    for name in &rules.key {
        let field = named(name)?;
        if !matchable(field) || told.key.iter().any(|known| known.id == field.id) {
            return Err(ImportError::NoKey(field.label(lang).to_owned()));
        }
        if mapping.column(name).is_none() && rules.constant(name).is_none() {
            return Err(ImportError::MissingKeyColumn { field: field.label(lang).to_owned(), headings: headings.to_vec() });
        }
        told.key.push(field.clone());
    }
    let cx = ParseContext { lang, zone: &Zone::default(), date_order: DateOrder::default(), country_hint: None };
    for (name, typed) in &rules.constants {
        let field = named(name)?;
        if !takes(field) || field.internal == Some(Internal::ProfileId) {
            return Err(ImportError::NotImportable(field.label(lang).to_owned()));
        }
        if mapping.column(name).is_some() || told.constants.iter().any(|(known, _)| *known == field.id) {
            return Err(ImportError::FieldTwice(field.label(lang).to_owned()));
        }
        let wrong = |reason| ImportError::Constant { field: field.label(lang).to_owned(), reason };
        match parse(field, typed, &cx).map_err(wrong)? {
            Some(value) => {
                if let (FieldKind::Country, Value::Text(code)) = (field.kind, &value) {
                    told.country = Some(code.clone());
                }
                told.constants.push((field.id, value));
            }
            None => return Err(wrong(Problem::Required)),
        }
    }
    if let Some(raise) = &rules.consent {
        let n = raise.source.trim().chars().count();
        if n == 0 || n > MAX_SOURCE || !Evidence::Source.may_be_mapped(pool) {
            return Err(ImportError::NoSource);
        }
    }
    Ok(told)
}

/// Whether each column goes to a field that may be filled, and none twice.
pub(super) fn check_columns(pool: &Pool, mapping: &Mapping, n: usize, lang: Lang) -> Result<(), ImportError> {
    let columns = Mapping { columns: mapping.columns.iter().take(n).cloned().collect() }.fields();
    for (at, name) in columns.iter().enumerate() {
        let evidence = Evidence::from_key(name);
        let field = pool.field(name);
        if field.is_none() && evidence.is_none() {
            return Err(ImportError::UnknownField(name.clone()));
        }
        let label = || match evidence {
            Some(evidence) => evidence.label().get(lang).to_owned(),
            None => field.map_or_else(|| name.clone(), |field| field.label(lang).to_owned()),
        };
        if columns[..at].contains(name) {
            return Err(ImportError::FieldTwice(label()));
        }
        if !mappable(pool, name) {
            return Err(ImportError::NotImportable(label()));
        }
    }
    Ok(())
}
