//! What a text may mean otherwise than its writer thought.

use super::fields::Fields;
use super::reckon::Reckoned;
use crate::lang::Text;

/// A way in which PHP's rules surprise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trap {
    /// `+1 month` from the 31st leads to a month without a 31st, and on into the month after it.
    MonthOverflow,
    /// `2022` is twenty-two minutes past eight in the evening.
    YearAsTime,
    /// `february` keeps the day of the reference time; the 31st leads on into March.
    MonthKeepsDay,
    /// `30 february` is the first or second of March.
    RolledOver,
}

impl Trap {
    /// All four.
    pub const ALL: [Self; 4] = [Self::MonthOverflow, Self::YearAsTime, Self::MonthKeepsDay, Self::RolledOver];

    /// What happened, and what to write instead.
    pub const fn text(self) -> Text {
        match self {
            Self::MonthOverflow => Text::new(
                "Diesen Tag hat der erreichte Monat nicht, deshalb geht es im Monat danach weiter. Für das Monatsende „last day of next month“ oder „letzter Tag des nächsten Monats“ schreiben.",
                "The month that was reached has no such day, so counting went on into the month after it. For the end of a month write “last day of next month”.",
            ),
            Self::YearAsTime => Text::new(
                "Vier Ziffern allein sind eine Uhrzeit, kein Jahr. Für ein Jahr den Tag dazuschreiben, z. B. „1 January 2027“ oder „1. Januar 2027“.",
                "Four digits alone are a time of day, not a year. For a year write the day as well, e.g. “1 January 2027”.",
            ),
            Self::MonthKeepsDay => Text::new(
                "Ein Monat allein behält den heutigen Tag, und den hat dieser Monat nicht. Den Tag dazuschreiben, z. B. „1 February“ oder „1. Februar“.",
                "A month alone keeps today's day, which this month does not have. Write the day as well, e.g. “1 February”.",
            ),
            Self::RolledOver => Text::new(
                "Diesen Tag gibt es im Kalender nicht, deshalb wurde weitergezählt. Bitte Tag und Monat prüfen.",
                "The calendar has no such day, so counting went on. Please check day and month.",
            ),
        }
    }
}

/// The traps that a text ran into.
pub(super) fn of(fields: &Fields, reckoned: &Reckoned) -> Vec<Trap> {
    let found = [reckoned.month_overflowed, fields.digits_as_clock, reckoned.kept_day_too_large, reckoned.impossible_date];
    Trap::ALL.into_iter().zip(found).filter_map(|(trap, found)| found.then_some(trap)).collect()
}
