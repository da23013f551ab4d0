//! What a field may be.

use std::ops::RangeInclusive;

use super::{FieldChange, NewField};
use crate::field::{FieldDef, FieldKind, Internal};
use crate::problem::{Invalid, Problem};
use crate::text::{Name, at_most, internal_name};

/// Between these numbers an installation may choose how many fields a pool carries, internal ones not counted. SQLite holds
/// 2 000 columns, PostgreSQL 1 600, those of deleted fields included.
pub const FIELD_LIMITS: RangeInclusive<usize> = 20..=1_000;

/// From this number on a pool is hard to survey; the brief's systems end here.
pub const MANY_FIELDS: usize = 100;

/// The longest help text, in characters.
const MAX_HELP: usize = 2_000;

/// The longest internal name, in characters.
const MAX_KEY: usize = 60;

/// Replacement variables that are no fields (domain facts 2.11).
const RESERVED: [&str; 2] = ["UID", "SID"];

impl FieldKind {
    /// Whether profiles can be compared by it (Profile Matching).
    pub const fn may_match(self) -> bool {
        self.may_tag() || matches!(self, FieldKind::Salutation | FieldKind::Country)
    }

    /// Whether it can choose content and be set by clicks (Content Profiling, Profile Tagging).
    pub const fn may_tag(self) -> bool {
        matches!(self, FieldKind::Selection | FieldKind::MultiSelection | FieldKind::Boolean)
    }

    /// Whether a new profile can be given a value: addresses come from requests only.
    pub const fn may_default(self) -> bool {
        self.offered() && !matches!(self, FieldKind::IpAddress)
    }
}

impl FieldDef {
    /// Whether it can be made a required one: somebody must be able to fill it in, and it must be able to be empty.
    pub fn may_require(&self) -> bool {
        let never_empty = matches!(
            self.internal,
            Some(
                Internal::Permission
                    | Internal::HardBounces
                    | Internal::UserState
                    | Internal::Unsubscribed
                    | Internal::Persona
                    | Internal::NoTracking
            )
        );
        self.writable() && self.kind != FieldKind::IpAddress && !never_empty
    }

    /// Whether it may be deleted.
    pub fn deletable(&self) -> bool {
        !self.standard && self.internal.is_none()
    }
}

/// An internal name as somebody chose it: capital letters A to Z and digits, beginning with a letter (brief), at most 60.
pub fn own_key(key: &str) -> Result<String, Problem> {
    let key = key.trim();
    let begins = key.bytes().next().is_some_and(|b| b.is_ascii_uppercase());
    if !begins || !key.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) {
        return Err(Problem::NotAnInternalName);
    }
    at_most(key, MAX_KEY)?;
    if RESERVED.contains(&key) || Internal::from_key(key).is_some() {
        return Err(Problem::Taken);
    }
    Ok(key.to_owned())
}

/// An internal name for a label that none of the pool's fields has: `STRASSE2` for “Straße 2”.
pub fn propose_key(label: &str, taken: impl Fn(&str) -> bool) -> String {
    let name = internal_name(label);
    let free = |key: &String| !RESERVED.contains(&key.as_str()) && !taken(key);
    let numbered = (2_u32..).map(|n| {
        let n = n.to_string();
        format!("{}{n}", &name[..name.len().min(MAX_KEY - n.len())])
    });
    std::iter::once(name.clone()).chain(numbered).find(free).unwrap_or(name)
}

/// What is wrong with a new field, but for its default, which is read when its options are known.
pub fn check_new(new: &NewField) -> Result<(), Invalid> {
    let mut invalid = Invalid::default();
    let mut check = |field: &str, result: Result<(), Problem>| {
        if let Err(problem) = result {
            invalid.push(field, problem);
        }
    };
    check("label", Name::parse(&new.label).map(drop));
    check("key", new.key.as_deref().map_or(Ok(()), |key| own_key(key).map(drop)));
    check("kind", if new.kind.offered() { Ok(()) } else { Err(Problem::UnknownChoice { value: new.kind.code().to_owned() }) });
    check("required", allowed(new.required, new.kind != FieldKind::IpAddress));
    check("matching", allowed(new.matching, new.kind.may_match()));
    check("profiling", allowed(new.profiling, new.kind.may_tag()));
    check("tagging", allowed(new.tagging, new.kind.may_tag()));
    check("default", allowed(!new.default.trim().is_empty(), new.kind.may_default()));
    check("help", at_most(&new.help, MAX_HELP));
    check("options", allowed(!new.options.is_empty(), new.kind.has_options()));
    new.options.iter().for_each(|option| check("options", Name::parse(&option.label).map(drop)));
    invalid.or(())
}

/// What is wrong with a change of a field, but for its default.
pub fn check_change(field: &FieldDef, change: &FieldChange) -> Result<(), Invalid> {
    let mut invalid = Invalid::default();
    let mut check = |name: &str, result: Result<(), Problem>| {
        if let Err(problem) = result {
            invalid.push(name, problem);
        }
    };
    if let Some(label) = &change.label {
        // Standard and internal fields have a name of their own to fall back to.
        let own = !field.deletable() && label.trim().is_empty();
        check("label", if own { Ok(()) } else { Name::parse(label).map(drop) });
    }
    let on = |flag: Option<bool>| flag == Some(true);
    check("required", allowed(on(change.required), field.may_require()));
    check("matching", allowed(on(change.matching), field.kind.may_match()));
    check("profiling", allowed(on(change.profiling), field.kind.may_tag()));
    check("tagging", allowed(on(change.tagging), field.kind.may_tag()));
    let default = change.default.as_ref().is_some_and(|default| !default.trim().is_empty());
    check("default", allowed(default, field.kind.may_default() && field.internal.is_none()));
    check("help", at_most(change.help.as_deref().unwrap_or_default(), MAX_HELP));
    invalid.or(())
}

fn allowed(wanted: bool, possible: bool) -> Result<(), Problem> {
    if wanted && !possible { Err(Problem::NotForThisType) } else { Ok(()) }
}
