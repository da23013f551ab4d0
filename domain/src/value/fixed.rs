//! The lists that are the same in every pool.

use crate::field::FieldKind;
use crate::lang::Lang;
use crate::lists;
use crate::permission::Permission;
use crate::problem::Problem;

/// The code that somebody means. The browser build has no lists: there a code is taken as it is, and the server looks
/// at it again.
#[cfg(feature = "lists")]
pub(super) fn code(kind: FieldKind, line: &str, country: Option<&str>) -> Result<String, Problem> {
    let (code, problem) = match kind {
        FieldKind::Salutation => (lists::find_salutation(line), Problem::UnknownSalutation),
        FieldKind::Country => (lists::find_country(line), Problem::UnknownCountry),
        FieldKind::State => (lists::find_state(line, country), Problem::UnknownState),
        FieldKind::MobilePrefix => (lists::find_mobile_prefix(line, country), Problem::UnknownMobilePrefix),
        _ => (lists::find_language(line), Problem::UnknownLanguage),
    };
    code.map(str::to_owned).ok_or(problem)
}

#[cfg(not(feature = "lists"))]
pub(super) fn code(_kind: FieldKind, line: &str, _country: Option<&str>) -> Result<String, Problem> {
    Ok(line.to_owned())
}

/// The name of a code; none for other types and for codes that the lists do not have.
#[cfg(feature = "lists")]
pub(super) fn label(kind: FieldKind, code: &str, lang: Lang) -> Option<&'static str> {
    match kind {
        FieldKind::Salutation => lists::salutation_label(code, lang),
        FieldKind::Country => lists::country_label(code, lang),
        FieldKind::State => lists::state_label(code, lang),
        FieldKind::MobilePrefix => lists::mobile_prefix_label(code),
        FieldKind::Language => lists::language_label(code, lang),
        _ => None,
    }
}

#[cfg(not(feature = "lists"))]
pub(super) fn label(_kind: FieldKind, _code: &str, _lang: Lang) -> Option<&'static str> {
    None
}

/// Other words for permissions.
const PERMISSION_WORDS: [(&str, Permission); 5] = [
    ("soi", Permission::SingleOptIn),
    ("coi", Permission::ConfirmedOptIn),
    ("doi", Permission::DoubleOptIn),
    ("unbestatigt", Permission::DoubleOptInPending),
    ("unconfirmed", Permission::DoubleOptInPending),
];

/// Reads a permission by its code, its number or its name in either language; signs and case do not count.
pub(super) fn permission(line: &str) -> Result<Permission, Problem> {
    let exact = Permission::from_code(line).or_else(|| Permission::from_number(line.parse().ok()?));
    if let Some(permission) = exact {
        return Ok(permission);
    }
    let shown = |permission: &Permission| Lang::ALL.iter().any(|lang| permission.label(*lang) == line);
    if let Some(permission) = Permission::ALL.into_iter().find(shown) {
        return Ok(permission);
    }
    let word = lists::fold(line);
    let named = |permission: &Permission| {
        let names = [permission.code(), permission.label(Lang::De), permission.label(Lang::En)];
        names.iter().any(|name| lists::fold(name) == word)
    };
    let other = || PERMISSION_WORDS.iter().find(|(other, _)| *other == word).map(|(_, permission)| *permission);
    Permission::ALL.into_iter().find(named).or_else(other).ok_or(Problem::UnknownPermission)
}
