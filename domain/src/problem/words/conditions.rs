//! Code and wording of what can be wrong with a condition.

use crate::lang::Text;

type Words = (&'static str, Text);

pub(super) const NOT_A_CONDITION: Words = (
    "not_a_condition",
    Text::new(
        "Ab „{part}“ ist die Bedingung nicht zu verstehen. Bitte z. B. COUNTRY = \"AT\" schreiben.",
        "The condition can't be understood from “{part}” on. Please write e.g. COUNTRY = \"AT\".",
    ),
);

pub(super) const TOO_DEEP: Words = (
    "too_deep",
    Text::new(
        "Die Bedingungen stehen zu tief ineinander. Bitte auf höchstens {max} Ebenen kürzen.",
        "The conditions stand too deep within each other. Please reduce them to at most {max} levels.",
    ),
);

pub(super) const TOO_MANY_CONDITIONS: Words = (
    "too_many_conditions",
    Text::new(
        "Das sind zu viele Bedingungen. Bitte auf höchstens {max} kürzen.",
        "These are too many conditions. Please reduce them to at most {max}.",
    ),
);

pub(super) const TOO_MANY_VALUES: Words = (
    "too_many_values",
    Text::new(
        "Das sind zu viele Werte in einer Bedingung. Bitte auf höchstens {max} kürzen.",
        "These are too many values in a condition. Please give at most {max}.",
    ),
);

pub(super) const WRONG_VALUE_COUNT: Words = (
    "wrong_value_count",
    Text::new(
        "Dieser Vergleich braucht {expected} Werte, angegeben sind {found}. Bitte ergänzen oder weglassen.",
        "This comparison takes {expected} values, but {found} are given. Please add or remove some.",
    ),
);

pub(super) const NOT_COMPARABLE: Words = (
    "not_comparable",
    Text::new(
        "Felder dieses Typs lassen sich so nicht vergleichen. Bitte einen anderen Vergleich wählen.",
        "Fields of this type can't be compared like this. Please choose another comparison.",
    ),
);
