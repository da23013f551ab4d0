//! Pieces that are added to a date: `+2 weeks`, `next monday`, `last day of`.

use super::cursor::{Cursor, lower};
use super::fields::{Fields, Refusal};
use super::vocabulary::{self, Unit};

/// What is to be added to the named parts.
#[derive(Clone, Debug, Default)]
pub(super) struct Relative {
    pub(super) years: i64,
    pub(super) months: i64,
    pub(super) days: i64,
    pub(super) seconds: i64,
    pub(super) micros: i64,
    pub(super) weekday: Option<i64>,
    pub(super) choice: Choice,
    pub(super) special: Option<Special>,
    pub(super) edge: Option<Edge>,
}

/// Which of the days with a name is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Choice {
    /// The next one after the day.
    #[default]
    After,
    /// The next one, which may be the day itself.
    From,
    /// The one in the week of the day, which begins on Monday.
    InWeek,
}

/// What is found from a month or counted without Saturdays and Sundays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Special {
    /// So many days from Monday to Friday.
    Weekdays(i64),
    /// A named day, counted from the beginning of the month.
    OfMonth,
    /// A named day, counted from the end of the month.
    FromMonthEnd,
}

/// The first or the last day of the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    First,
    Last,
}

/// `+2 weeks`, `3 mondays`: keeps the time of day.
pub(super) fn number_unit(fields: &mut Fields, cursor: &mut Cursor<'_>) -> Result<(), Refusal> {
    let amount = cursor.signed(24).ok_or(Refusal::Unknown)?;
    cursor.skip_blanks();
    add(fields, cursor, amount, Choice::From, false);
    Ok(())
}

/// `next month`, `third friday`: a named day begins at midnight.
pub(super) fn text_unit(fields: &mut Fields, cursor: &mut Cursor<'_>) {
    let (amount, choice) = amount(cursor);
    cursor.skip_blanks();
    add(fields, cursor, amount, choice, true);
}

/// `next week`: beside a named day the one of that week, else its Monday.
pub(super) fn text_week(fields: &mut Fields, cursor: &mut Cursor<'_>) {
    text_unit(fields, cursor);
    fields.relative.choice = Choice::InWeek;
    fields.relative.weekday.get_or_insert(1);
}

/// `monday`: the next one, or the day itself.
pub(super) fn weekday(fields: &mut Fields, cursor: &mut Cursor<'_>) -> Result<(), Refusal> {
    fields.reset_time();
    let day = match vocabulary::unit(&unit_word(cursor)).ok_or(Refusal::Unknown)? {
        Unit::Weekday(day) => day,
        // PHP reads a lone “weekday” as the day that it has the number of.
        _ => 1,
    };
    fields.relative.weekday = Some(day);
    if fields.relative.choice != Choice::InWeek {
        fields.relative.choice = Choice::From;
    }
    Ok(())
}

/// `first monday of`, `last friday of`.
pub(super) fn weekday_of(fields: &mut Fields, cursor: &mut Cursor<'_>) {
    fields.reset_time();
    let (amount, choice) = amount(cursor);
    cursor.skip_blanks();
    if amount > 0 {
        fields.relative.special = Some(Special::OfMonth);
        add(fields, cursor, amount, Choice::From, true);
    } else {
        fields.relative.special = Some(Special::FromMonthEnd);
        add(fields, cursor, amount, choice, true);
    }
}

/// `ago` turns round everything that was said to be added.
pub(super) fn ago(relative: &mut Relative) {
    // PHP leaves out the microseconds.
    for amount in [&mut relative.years, &mut relative.months, &mut relative.days, &mut relative.seconds] {
        *amount = amount.saturating_neg();
    }
    // Sunday is 0, which has no other side: a week is the same day.
    relative.weekday = relative.weekday.map(|day| if day == 0 { -7 } else { -day });
    if let Some(Special::Weekdays(amount)) = &mut relative.special {
        *amount = amount.saturating_neg();
    }
}

/// How many a word means; `this` lets the day itself count.
fn amount(cursor: &mut Cursor<'_>) -> (i64, Choice) {
    cursor.skip(|byte| matches!(byte, b' ' | b'\t' | b'-' | b'/'));
    let word = cursor.word();
    (vocabulary::amount(&word).unwrap_or(0), if word == "this" { Choice::From } else { Choice::After })
}

fn unit_word(cursor: &mut Cursor<'_>) -> String {
    cursor.skip(|byte| matches!(byte, b' ' | b'\t' | b'-' | b'/'));
    lower(cursor.take(usize::MAX, |byte| !b" \t,;:/.-()".contains(&byte)))
}

fn add(fields: &mut Fields, cursor: &mut Cursor<'_>, amount: i64, choice: Choice, midnight: bool) {
    let Some(unit) = vocabulary::unit(&unit_word(cursor)) else { return };
    let relative = &mut fields.relative;
    let plus = |field: &mut i64, times: i64| *field = field.saturating_add(amount.saturating_mul(times));
    match unit {
        Unit::Micros(times) => plus(&mut relative.micros, times),
        Unit::Seconds(times) => plus(&mut relative.seconds, times),
        Unit::Days(times) => plus(&mut relative.days, times),
        Unit::Months => plus(&mut relative.months, 1),
        Unit::Years => plus(&mut relative.years, 1),
        Unit::Weekday(day) => {
            // The first one is found by its name, the others are weeks later.
            let weeks = if amount > 0 { amount - 1 } else { amount };
            relative.days = relative.days.saturating_add(weeks.saturating_mul(7));
            (relative.weekday, relative.choice) = (Some(day), choice);
        }
        Unit::Weekdays => relative.special = Some(Special::Weekdays(amount)),
    }
    if midnight && matches!(unit, Unit::Weekday(_) | Unit::Weekdays) {
        fields.reset_time();
    }
}
